//! Everything along time, in one picture.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_charts::{Bar, Direction, Frame, Kind, Row, Spot, Tag, bars, timeline};
use onrecord_model::PartialDate;
use onrecord_record::RecordError;

use super::{announced, when};
use crate::doc::{Block, Section, Table, count, text};
use crate::facts::Facts;

/// More marks than these are drawn as bars by year.
const MARKS: usize = 4_000;

pub(super) fn section(
    facts: &Facts<'_>,
    shown: &BTreeSet<String>,
) -> Result<Option<Section>, RecordError> {
    let total = facts.said.len() + facts.acts.len() + facts.announced.len();
    if total == 0 {
        return Ok(None);
    }
    let mut blocks = Vec::new();
    if total <= MARKS {
        let rows = rows(facts, shown)?;
        let title = "Events, statements and announcements over time";
        let chart = timeline(&Frame::new("timeline", title), &rows);
        blocks.push(Block::Picture {
            svg: chart.svg,
            caption: "Statements stand at their own date, or else at that of their article; events and announcements \
                      only at their own.",
            left_out: chart.left_out,
        });
    }
    let by_year = by_year(facts);
    if total > MARKS {
        let bars_of: Vec<Bar> = by_year
            .iter()
            .filter(|(year, _)| year.is_some())
            .map(|(year, parts)| Bar {
                label: when(year.as_ref()),
                parts: parts.map(|n| n as u64).to_vec(),
                tag: Tag::default(),
            })
            .collect();
        let frame = Frame::new("years", "Events, statements and announcements by year");
        let series = ["events", "statements", "announcements"];
        let chart = bars(&frame, &series, &bars_of, Direction::Up);
        blocks.push(Block::Picture {
            svg: chart.svg,
            caption: "Statements without a date of their own stand at that of their article.",
            left_out: chart.left_out,
        });
        blocks.push(Block::Rule(vec![text(format!(
            "{} are too many to be drawn one by one.",
            count(total, "entry", "entries")
        ))]));
    }
    let rows = by_year.iter().map(|(year, parts)| {
        let mut row = vec![vec![text(when(year.as_ref()))]];
        row.extend(parts.iter().map(|n| vec![text(n.to_string())]));
        row
    });
    blocks.push(Block::Table(Table {
        heads: vec!["year", "events", "statements", "announcements"],
        rows: rows.collect(),
    }));
    Ok(Some(Section {
        id: "timeline",
        title: "Over time".to_owned(),
        blocks,
    }))
}

/// Numbers of events, statements and announcements by year; what has none comes last.
fn by_year(facts: &Facts<'_>) -> Vec<(Option<i16>, [usize; 3])> {
    let mut years: BTreeMap<(bool, Option<i16>), [usize; 3]> = BTreeMap::new();
    let mut put = |date: Option<PartialDate>, at: usize| {
        let year = date.map(PartialDate::year_number);
        years.entry((year.is_none(), year)).or_default()[at] += 1;
    };
    facts.acts.iter().for_each(|act| put(act.date, 0));
    for said in &facts.said {
        put(said.date.or(facts.articles.get(said.article).date), 1);
    }
    facts.announced.iter().for_each(|row| put(row.date, 2));
    years
        .into_iter()
        .map(|((_, year), parts)| (year, parts))
        .collect()
}

fn rows(facts: &Facts<'_>, shown: &BTreeSet<String>) -> Result<Vec<Row>, RecordError> {
    let mut rows: BTreeMap<(u8, &str), Vec<Spot>> = BTreeMap::new();
    let actor = facts.actor.is_some();
    let tag = |id: &str, title: String| {
        let tag = Tag::new(title).row(id);
        match shown.contains(id) {
            true => tag.href(format!("#{id}")),
            false => tag,
        }
    };
    for act in &facts.acts {
        let row = facts.names.row("events", "event_id", &act.id)?;
        let row = row.as_deref().cloned().unwrap_or_default();
        let deed = super::done::deed(facts, &row)?;
        let deed: String = deed.iter().map(words).collect();
        let name = match (actor, act.acts, act.acted_upon, act.quad > 2) {
            (true, true, _, _) => (0, "the actor acts"),
            (true, false, true, _) => (1, "is acted upon"),
            (true, false, false, _) => (2, "events it tells of"),
            (false, _, _, true) => (0, "conflict"),
            (false, _, _, false) => (1, "cooperation"),
        };
        let status = match act.status.as_str() {
            "actual" => String::new(),
            status => format!(", {status}"),
        };
        let title = format!("{}: {deed}{status}", when(act.date));
        rows.entry(name).or_default().push(Spot {
            date: act.date,
            kind: Kind::of_quad(act.quad),
            actual: act.status == "actual",
            tag: tag(&act.id, title),
        });
    }
    for said in &facts.said {
        let row = facts.names.row("statements", "statement_id", &said.id)?;
        let row = row.as_deref().cloned().unwrap_or_default();
        let who = match crate::names::some(&row, "speaker_id") {
            Some(id) => facts.names.actor(&id)?,
            None => "unknown speaker".to_owned(),
        };
        let article = facts.articles.get(said.article);
        let title = match (said.date, article.date) {
            (Some(date), _) => format!("{date}: {who} speaks"),
            (None, Some(date)) => format!("{who} speaks, in an article of {date}"),
            (None, None) => format!("{who} speaks, undated"),
        };
        let name = match (actor, said.by_actor) {
            (true, true) => (3, "the actor speaks"),
            (true, false) => (4, "others speak of it"),
            (false, _) => (3, "statements"),
        };
        rows.entry(name).or_default().push(Spot {
            date: said.date.or(article.date),
            kind: Kind::Statement,
            actual: true,
            tag: tag(&said.id, title),
        });
    }
    for row in &facts.announced {
        let title = announced::line(facts, row)?;
        rows.entry((5, "announcements")).or_default().push(Spot {
            date: row.date,
            kind: Kind::Outlook,
            actual: true,
            tag: tag(&row.id, title),
        });
    }
    let row = |((_, name), spots): ((u8, &str), Vec<Spot>)| Row {
        name: name.to_owned(),
        href: None,
        spots,
    };
    Ok(rows.into_iter().map(row).collect())
}

fn words(piece: &crate::doc::Piece) -> String {
    match piece {
        crate::doc::Piece::Text(text)
        | crate::doc::Piece::Strong(text)
        | crate::doc::Piece::Page(text) => text.clone(),
        _ => String::new(),
    }
}
