//! The stands of actors on an issue. What a spokesman says stands in the lane of the body he
//! speaks for too.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::PartialDate;
use onrecord_record::Map;
use serde_json::json;

use crate::error::Fault;
use crate::listing::Wanted;
use crate::view::{View, number, some, text};

/// Stands of an actor on an issue that are read.
const STANDS: u64 = 150;
/// Actors who are counted.
const ACTORS: u64 = 2000;

/// The lanes that are shown.
pub(super) struct Lanes {
    pub lanes: Vec<Lane>,
    /// How many actors have a stand.
    pub all_actors: u64,
}

/// The stands of one actor, by date; those without one last.
pub(super) struct Lane {
    pub actor: String,
    pub name: String,
    /// The scope of most of them, which the line of a chart follows.
    pub scope: Option<String>,
    pub stands: Vec<Stand>,
}

/// One stand, with its sentence.
#[derive(Clone)]
pub(super) struct Stand {
    pub id: String,
    pub date: Option<String>,
    pub precision: Option<String>,
    pub stance: String,
    pub scope: Option<String>,
    /// Whose words they are, where he speaks for the actor of the lane.
    pub through: Option<String>,
    pub according_to: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub article: String,
    pub sentence_id: String,
    pub sentence: String,
    pub reviewed: bool,
}

impl Lane {
    /// Stands of one scope that differ, the later certainly after the earlier.
    pub fn changes(&self) -> Vec<[&Stand; 2]> {
        let mut last: BTreeMap<Option<&str>, &Stand> = BTreeMap::new();
        let mut changes = Vec::new();
        for stand in self.stands.iter().filter(|s| s.date.is_some()) {
            let scope = stand.scope.as_deref();
            if let Some(before) = last.get(&scope)
                && before.stance != stand.stance
                && is_after(before.date.as_deref(), stand.date.as_deref())
            {
                changes.push([*before, stand]);
            }
            last.insert(scope, stand);
        }
        changes
    }
}

/// Whether the second date lies after all of the first.
fn is_after(first: Option<&str>, second: Option<&str>) -> bool {
    let parsed = |date: Option<&str>| {
        date.filter(|d| PartialDate::parse(d).is_some())
            .map(str::to_owned)
    };
    match (parsed(first), parsed(second)) {
        (Some(first), Some(second)) => {
            let n = first.len().min(second.len());
            first[..n] < second[..n]
        }
        _ => false,
    }
}

/// The lanes of the actors with most stands.
pub(super) fn of(view: &View<'_>, issue: &str) -> Result<Lanes, Fault> {
    let most = usize::try_from(view.params.number("actors", 12, 60))
        .unwrap_or(12)
        .max(1);
    let wanted = Wanted::read(view, "positions")?;
    let counts = view.ask(
        "select actor_id, count(*) as n from positions where issue = ?1
         group by actor_id order by 2 desc, 1 limit ?2",
        &[json!(issue), json!(ACTORS)],
    )?;
    let speaking = speakers(view)?;
    let mut totals: BTreeMap<String, i64> = BTreeMap::new();
    for row in &counts {
        let (actor, n) = (text(row, "actor_id"), number(row, "n"));
        *totals.entry(actor.to_owned()).or_default() += n;
        for body in speaking.get(actor).into_iter().flatten() {
            *totals.entry(body.clone()).or_default() += n;
        }
    }
    if !wanted.actors.is_empty() {
        totals.retain(|actor, _| wanted.actors.contains(actor));
    }
    let all_actors = totals.len() as u64;
    let mut order: Vec<(String, i64)> = totals.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let reviewed = reviewed(view)?;
    let mut lanes = Vec::new();
    for (actor, _) in order.into_iter().take(most) {
        let mut stands = stands(view, issue, &actor, &wanted, None, &reviewed)?;
        for (who, _) in speaking
            .iter()
            .filter(|(_, bodies)| bodies.contains(&actor))
            .take(20)
        {
            let name = view.names.actor(who)?;
            stands.extend(self::stands(
                view,
                issue,
                who,
                &wanted,
                Some(&name),
                &reviewed,
            )?);
        }
        stands.sort_by_key(|s| (s.date.is_none(), s.date.clone(), s.id.clone()));
        // A body's own row outdoes the same row through its spokesman.
        let mut seen = BTreeSet::new();
        stands.sort_by_key(|s| s.through.is_some());
        stands.retain(|s| seen.insert((s.sentence_id.clone(), s.stance.clone(), s.scope.clone())));
        stands.sort_by_key(|s| (s.date.is_none(), s.date.clone(), s.id.clone()));
        if !stands.is_empty() {
            let scope = usual_scope(&stands);
            lanes.push(Lane {
                name: view.names.actor(&actor)?,
                actor,
                scope,
                stands,
            });
        }
    }
    Ok(Lanes {
        all_actors: if lanes.is_empty() { 0 } else { all_actors },
        lanes,
    })
}

fn usual_scope(stands: &[Stand]) -> Option<String> {
    let mut counts: BTreeMap<&Option<String>, usize> = BTreeMap::new();
    for stand in stands {
        *counts.entry(&stand.scope).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(scope, n)| (*n, scope.is_none()));
    most.and_then(|(scope, _)| scope.clone())
}

/// For whom actors speak.
fn speakers(view: &View<'_>) -> Result<BTreeMap<String, BTreeSet<String>>, Fault> {
    let rows = view.ask(
        "select distinct subject_id, object_id from relations where predicate = 'speaks_for'
         limit 20000",
        &[],
    )?;
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in &rows {
        let body = text(row, "object_id").to_owned();
        all.entry(text(row, "subject_id").to_owned())
            .or_default()
            .insert(body);
    }
    Ok(all)
}

fn reviewed(view: &View<'_>) -> Result<BTreeSet<String>, Fault> {
    let rows = view.ask(
        "select row_id from _judged where row_id >= 'po-' and row_id < 'po.' limit 100000",
        &[],
    )?;
    Ok(rows
        .iter()
        .map(|row| text(row, "row_id").to_owned())
        .collect())
}

fn stands(
    view: &View<'_>,
    issue: &str,
    actor: &str,
    wanted: &Wanted,
    through: Option<&str>,
    reviewed: &BTreeSet<String>,
) -> Result<Vec<Stand>, Fault> {
    let rows = view.ask(
        "select p.position_id, p.date, p.date_precision, p.stance, p.scope, p.according_to,
                p.sentence_id, s.text as sentence, a.publisher, a.published, a.article_id
         from positions p
         cross join sentences s on s.sentence_id = p.sentence_id
         cross join articles a on a.article_id = s.article_id
         where p.issue = ?1 and p.actor_id = ?2 order by p.date desc limit ?3",
        &[json!(issue), json!(actor), json!(STANDS)],
    )?;
    let fits = |row: &&Map| {
        let date = some(row, "date");
        let since = wanted
            .since
            .as_deref()
            .is_none_or(|since| date.is_some_and(|d| d >= since || since.starts_with(d)));
        let until = wanted
            .until
            .as_deref()
            .is_none_or(|until| date.is_some_and(|d| d <= until || d.starts_with(until)));
        let outlet = wanted.outlets.as_ref().is_none_or(|outlets| {
            some(row, "publisher").is_some_and(|p| outlets.iter().any(|o| o == p))
        });
        since && until && outlet
    };
    let stand = |row: &Map| {
        let owned = |name: &str| some(row, name).map(str::to_owned);
        Stand {
            id: text(row, "position_id").to_owned(),
            date: owned("date"),
            precision: owned("date_precision"),
            stance: text(row, "stance").to_owned(),
            scope: owned("scope"),
            through: through.map(str::to_owned),
            according_to: owned("according_to"),
            outlet: owned("publisher"),
            published: owned("published"),
            article: text(row, "article_id").to_owned(),
            sentence_id: text(row, "sentence_id").to_owned(),
            sentence: text(row, "sentence").to_owned(),
            reviewed: reviewed.contains(text(row, "position_id")),
        }
    };
    Ok(rows.iter().filter(fits).map(stand).collect())
}

#[cfg(test)]
mod tests {
    use super::is_after;

    #[test]
    fn a_month_of_a_year_is_not_after_the_year() {
        assert!(is_after(Some("2014"), Some("2015-01")));
        assert!(!is_after(Some("2014"), Some("2014-09")));
        assert!(!is_after(Some("2014-09-02"), Some("2014")));
        assert!(is_after(Some("2014-09-02"), Some("2014-10")));
        assert!(!is_after(None, Some("2014")));
    }
}
