//! What was done, each status apart: what was only announced, threatened, denied or alleged did not
//! take place by that.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{PartialDate, Precision};
use onrecord_record::RecordError;

use super::when;
use crate::choose::{choose, each};
use crate::doc::{Block, Cited, Line, Section, count, listed, page, shown, strong, text};
use crate::facts::{Act, Facts};
use crate::names::{some, spans, text as cell};

/// Statuses of the record, with what they mean.
const STATUSES: [(&str, &str); 6] = [
    ("actual", "Told as having taken place"),
    ("future", "Announced"),
    ("threatened", "Threatened"),
    ("conditional", "Under a condition"),
    ("denied", "Denied"),
    ("alleged", "Alleged"),
];

const RULE: &str = "Those that most outlets tell go first, then those dated to a day before a month, a year and none, \
                    then the surer before the less sure; of one article no more than a quarter of the list while \
                    others have some.";

/// One event: the sentences that tell it, the one with the most exact date first.
struct Event<'a> {
    rows: Vec<&'a Act>,
    outlets: BTreeSet<String>,
}

pub(super) fn section(facts: &Facts<'_>) -> Result<Option<Section>, RecordError> {
    if facts.acts.is_empty() {
        return Ok(None);
    }
    let mut blocks = vec![Block::Rule(vec![text(
        "One entry an event, with the sentence that dates it most exactly. An event that somebody vouches for says so. \
         Types are those of PLOVER.",
    )])];
    for (status, heading) in STATUSES {
        let of: Vec<&Act> = facts
            .acts
            .iter()
            .filter(|act| act.status == status)
            .collect();
        let events = events(facts, &of);
        if events.is_empty() {
            continue;
        }
        let limit = match status {
            "actual" => facts.scope.limit,
            _ => facts.scope.limit.div_ceil(2),
        };
        let ranked: Vec<_> = events
            .iter()
            .map(|e| (rank(e), e.rows[0].article))
            .collect();
        let mut taken = choose(&ranked, limit, each(limit));
        taken.sort_by_key(|n| {
            let act = events[*n].rows[0];
            (act.date.is_none(), act.date, act.article, act.id.clone())
        });
        blocks.push(Block::Heading(vec![text(heading)]));
        let names = ["event", "events"];
        blocks.push(Block::Rule(shown(
            taken.len(),
            events.len(),
            names,
            "by date",
            RULE,
        )));
        let cited = taken.into_iter().map(|n| cited(facts, &events[n]));
        blocks.push(Block::Cited(cited.collect::<Result<_, _>>()?));
    }
    Ok(Some(Section {
        id: "done",
        title: "What was done".to_owned(),
        blocks,
    }))
}

fn exact(date: Option<PartialDate>) -> u8 {
    match date.map(PartialDate::precision) {
        Some(Precision::Day) => 0,
        Some(Precision::Month) => 1,
        Some(Precision::Year) => 2,
        None => 3,
    }
}

fn events<'a>(facts: &Facts<'_>, acts: &[&'a Act]) -> Vec<Event<'a>> {
    let mut by_story: BTreeMap<&str, Vec<&Act>> = BTreeMap::new();
    let mut keys = Vec::new();
    for act in acts {
        let key = act.story.as_deref().unwrap_or(&act.id);
        let rows = by_story.entry(key).or_default();
        if rows.is_empty() {
            keys.push(key);
        }
        rows.push(act);
    }
    let of = |key: &str| {
        let mut rows = by_story.get(key).cloned().unwrap_or_default();
        rows.sort_by_key(|act| (exact(act.date), act.date, act.unsure));
        let outlets = rows
            .iter()
            .filter_map(|act| facts.articles.get(act.article).outlet.clone())
            .collect();
        Event { rows, outlets }
    };
    keys.into_iter().map(of).collect()
}

fn rank(event: &Event<'_>) -> (Reverse<usize>, u8, i64) {
    let act = event.rows[0];
    (Reverse(event.outlets.len()), exact(act.date), act.unsure)
}

/// `Hill Front → Dawn Party: ASSAULT (aerial)`.
pub(super) fn deed(facts: &Facts<'_>, row: &onrecord_record::Map) -> Result<Line, RecordError> {
    let who = facts.parties(row, "actor")?;
    let whom = facts.parties(row, "recipient")?;
    let mut line = match who.is_empty() {
        true => vec![text("somebody not named")],
        false => listed(&who),
    };
    let kind = cell(row, "event_type");
    line.push(text(": "));
    line.push(strong(match some(row, "mode") {
        Some(mode) => format!("{kind} ({mode})"),
        None => kind.to_owned(),
    }));
    if !whom.is_empty() {
        line.push(text(" toward "));
        line.extend(listed(&whom));
    }
    Ok(line)
}

fn cited(facts: &Facts<'_>, event: &Event<'_>) -> Result<Cited, RecordError> {
    let act = event.rows[0];
    let row = facts.names.row("events", "event_id", &act.id)?;
    let row = row.as_deref().cloned().unwrap_or_default();
    let mut head = vec![text(format!("{}: ", when(act.date)))];
    head.extend(deed(facts, &row)?);
    if let Some(place) = some(&row, "place_id") {
        let place = facts.names.row("places", "place_id", &place)?;
        if let Some(place) = place {
            head.extend([text(", at "), page(cell(&place, "name"))]);
        }
    }
    if let Some(by) = some(&row, "attributed_to") {
        head.extend([text(". So says "), page(facts.names.actor(&by)?)]);
    }
    let mut cited = facts.cited(&act.id, &row, head, &spans(&row, "trigger"))?;
    let others = event.outlets.len().saturating_sub(1);
    if others > 0 {
        cited.source.push(text(format!(
            "; and {}",
            count(others, "other outlet", "other outlets")
        )));
    } else if event.rows.len() > 1 {
        cited
            .source
            .push(text(format!("; told in {} sentences", event.rows.len())));
    }
    Ok(cited)
}
