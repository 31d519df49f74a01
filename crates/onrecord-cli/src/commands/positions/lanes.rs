//! Lanes: the stands of one actor, and how they changed.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use onrecord_record::{Filter, Map, Record};

use crate::output::Period;
use crate::people::{Names, text};

/// The stands of one actor on one issue, by date; those without one last.
#[derive(Debug)]
pub struct Lane {
    /// Id of the actor.
    pub actor: String,
    /// Name of the actor.
    pub name: String,
    /// The stands.
    pub stands: Vec<Stand>,
}

/// One stand, with its sentence.
#[derive(Clone, Debug)]
pub struct Stand {
    pub id: String,
    pub date: Option<String>,
    pub precision: Option<String>,
    pub stance: String,
    pub scope: Option<String>,
    /// Whose words they are, where he speaks for the actor of the lane.
    pub through: Option<String>,
    pub according_to: Option<String>,
    pub outlet: String,
    pub sentence_id: String,
    pub sentence: String,
}

/// The lanes of all actors, those with most stands first.
///
/// # Errors
/// The record cannot be read.
pub fn of(record: &Record, names: &Names<'_>, rows: &[Map]) -> Result<Vec<Lane>> {
    let mut bodies: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let speaks = Filter::default().equal("predicate", "speaks_for");
    record.for_each("relations", &speaks, None, |row| -> Result<()> {
        let (who, body) = (text(&row, "subject_id"), text(&row, "object_id"));
        bodies
            .entry(who.to_owned())
            .or_default()
            .insert(body.to_owned());
        Ok(())
    })?;
    let mut lanes: BTreeMap<String, Vec<Stand>> = BTreeMap::new();
    for row in rows {
        let actor = text(row, "actor_id");
        let stand = stand(row, names)?;
        for body in bodies.get(actor).into_iter().flatten() {
            let mut of_body = stand.clone();
            of_body.through = Some(names.actor(actor)?);
            lanes.entry(body.clone()).or_default().push(of_body);
        }
        lanes.entry(actor.to_owned()).or_default().push(stand);
    }
    let mut all = Vec::new();
    for (actor, mut stands) in lanes {
        let key = |s: &Stand| (s.date.is_none(), s.date.clone(), s.id.clone());
        stands.sort_by_key(key);
        // one body's own row outdoes the same row through its spokesman
        stands.dedup_by(|a, b| {
            a.sentence_id == b.sentence_id && a.stance == b.stance && a.scope == b.scope
        });
        let name = names.actor(&actor)?;
        all.push(Lane {
            actor,
            name,
            stands,
        });
    }
    all.sort_by(|a, b| (b.stands.len(), &a.name).cmp(&(a.stands.len(), &b.name)));
    Ok(all)
}

fn stand(row: &Map, names: &Names<'_>) -> Result<Stand> {
    let some = |name: &str| Some(text(row, name).to_owned()).filter(|t| !t.is_empty());
    let sentence_id = text(row, "sentence_id").to_owned();
    Ok(Stand {
        id: text(row, "position_id").to_owned(),
        date: some("date"),
        precision: some("date_precision"),
        stance: text(row, "stance").to_owned(),
        scope: some("scope"),
        through: None,
        according_to: some("according_to")
            .map(|id| names.actor(&id))
            .transpose()?,
        outlet: names.outlet(row)?,
        sentence: names.sentence(&sentence_id)?,
        sentence_id,
    })
}

impl Lane {
    /// Each stand that differs from the dated one before it of the same scope, with that one.
    /// Two of one date, or of which it is not known which is later, are no change.
    pub fn changes(&self) -> Vec<[&Stand; 2]> {
        let mut last: BTreeMap<Option<&str>, &Stand> = BTreeMap::new();
        let mut found = Vec::new();
        for stand in &self.stands {
            let Some(date) = &stand.date else { continue };
            let scope = stand.scope.as_deref();
            if let Some(before) = last.get(&scope) {
                let was = before.date.as_deref().unwrap_or_default();
                let later = !date.starts_with(was) && !was.starts_with(date.as_str());
                if later && before.stance != stand.stance {
                    found.push([*before, stand]);
                }
            }
            last.insert(scope, stand);
        }
        found
    }
}

/// A lane a line: a mark for each period with a stand, and a line from the first on.
pub fn chart(lanes: &[Lane], by: Option<Period>, width: usize) -> String {
    let stands = || lanes.iter().flat_map(|lane| &lane.stands);
    let dates: Vec<&str> = stands().filter_map(|s| s.date.as_deref()).collect();
    let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) else {
        return "no stand has a date\n".to_owned();
    };
    let mut period = by.unwrap_or_else(|| Period::fitting(&dates));
    let mut columns = period.between(first, last);
    let longest = lanes
        .iter()
        .map(|l| l.name.chars().count())
        .max()
        .unwrap_or(0);
    let names = longest.min(32);
    let room = |n: usize| width.saturating_sub(names + 2) / n.max(1);
    if by.is_none() && room(columns.len()) < period.length() + 1 {
        period = Period::Year;
        columns = period.between(first, last);
    }
    let cell = (period.length() + 1).min(room(columns.len()).max(2));
    let mut drawn = format!("{:names$}  ", "");
    let labelled = cell > period.length();
    for column in &columns {
        let label = if labelled {
            column.as_str()
        } else {
            &column[column.len() - 2..]
        };
        drawn += &format!("{label:<cell$}");
    }
    drawn = format!("{}\n", drawn.trim_end());
    for lane in lanes {
        let name: String = lane.name.chars().take(names).collect();
        let mut line = format!("{name:<names$}  ");
        let mut begun = false;
        let of = |column: &str| -> BTreeSet<char> {
            let here = lane.stands.iter().filter(|s| {
                s.date
                    .as_ref()
                    .is_some_and(|d| d.get(..column.len()).unwrap_or(d) == column)
            });
            here.map(|s| mark(&s.stance)).collect()
        };
        let last = columns.iter().rposition(|c| !of(c).is_empty());
        for (n, column) in columns.iter().enumerate() {
            let marks: String = of(column).into_iter().collect();
            begun |= !marks.is_empty();
            let goes_on = begun && last.is_some_and(|last| n < last);
            let fill = if goes_on { '─' } else { ' ' };
            let used = marks.chars().count();
            line += &marks;
            line.extend(std::iter::repeat_n(fill, cell.saturating_sub(used)));
        }
        drawn += &format!("{}\n", line.trim_end());
    }
    let dated = dates.len();
    let all = stands().count();
    drawn + &format!("▲ support  ▼ oppose  ◆ mixed; {dated} of {all} stands are dated\n")
}

fn mark(stance: &str) -> char {
    match stance {
        "support" => '▲',
        "oppose" => '▼',
        _ => '◆',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(date: &str, stance: &str, scope: Option<&str>) -> Stand {
        Stand {
            id: format!("po-{date}-{stance}"),
            date: (!date.is_empty()).then(|| date.to_owned()),
            precision: None,
            stance: stance.to_owned(),
            scope: scope.map(str::to_owned),
            through: None,
            according_to: None,
            outlet: String::new(),
            sentence_id: format!("se-{date}-{stance}"),
            sentence: String::new(),
        }
    }

    fn lane(stands: Vec<Stand>) -> Lane {
        Lane {
            actor: "ac-1".into(),
            name: "Dawn Party".into(),
            stands,
        }
    }

    #[test]
    fn a_change_needs_one_scope_and_a_later_date() {
        let lane = lane(vec![
            stand("2014", "support", None),
            stand("2014-09", "oppose", None),
            stand("2015-01-02", "support", Some("training")),
            stand("2016", "oppose", None),
            stand("2019", "support", None),
            stand("", "oppose", None),
        ]);
        let told: Vec<(&str, &str)> = lane
            .changes()
            .iter()
            .map(|[was, is]| (was.id.as_str(), is.id.as_str()))
            .collect();
        // September 2014 may lie before the stand of "2014"
        assert_eq!(told, [("po-2016-oppose", "po-2019-support")]);
    }

    #[test]
    fn a_lane_is_a_line_of_marks() {
        let lanes = [lane(vec![
            stand("2014", "support", None),
            stand("2016", "oppose", None),
        ])];
        let drawn = chart(&lanes, Some(Period::Year), 80);
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(lines[0], "            2014 2015 2016");
        assert_eq!(lines[1], "Dawn Party  ▲─────────▼");
    }
}
