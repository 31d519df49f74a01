//! Summary figures: how much there is, and whose telling it is.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_charts::{Bar, Direction, Frame, Tag, bars};
use onrecord_record::RecordError;

use crate::doc::{Block, Section, Table, count, page, percent, text};
use crate::facts::{Articles, Facts};

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, RecordError> {
    let articles = articles(facts);
    let mut blocks = vec![Block::Table(totals(facts, &articles))];
    let mut by_outlet: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unnamed = 0;
    for article in &articles {
        match &facts.articles.get(*article).outlet {
            Some(outlet) => *by_outlet.entry(outlet).or_default() += 1,
            None => unnamed += 1,
        }
    }
    let mut outlets: Vec<(&str, usize)> = by_outlet.into_iter().collect();
    outlets.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
    if let Some((name, n)) = outlets.first() {
        let share = percent(*n, articles.len());
        let line = vec![
            text("The largest outlet is "),
            page(*name),
            text(format!(
                " with {n} of {} ({share}).",
                count(articles.len(), "article", "articles")
            )),
        ];
        if n * 2 > articles.len() {
            let mut line = line;
            line.push(text(
                " More than half of what follows is told by one outlet: it is its telling first of all.",
            ));
            blocks.push(Block::Warning(line));
        } else {
            blocks.push(Block::Para(line));
        }
    }
    if unnamed * 2 > articles.len() {
        blocks.push(Block::Warning(vec![text(format!(
            "{unnamed} of {} name no outlet, so that it cannot be told how many tell this.",
            count(articles.len(), "article", "articles")
        ))]));
    }
    let mut all: Vec<Bar> = outlets.iter().map(|(name, n)| bar(name, *n)).collect();
    let more = all.len().saturating_sub(facts.scope.limit);
    all.truncate(facts.scope.limit);
    if unnamed > 0 {
        all.push(bar("no outlet printed", unnamed));
    }
    if all.len() > 1 {
        let frame = Frame::new("outlets", "Articles by outlet");
        let chart = bars(&frame, &["articles"], &all, Direction::Across);
        let left_out = match more {
            0 => Vec::new(),
            n => vec![count(n, "smaller outlet", "smaller outlets")],
        };
        blocks.push(Block::Picture {
            svg: chart.svg,
            caption: "",
            left_out,
        });
        let rows = all.iter().map(|bar| {
            let n = bar.parts.first().copied().unwrap_or_default();
            vec![vec![page(bar.label.clone())], vec![text(n.to_string())]]
        });
        blocks.push(Block::Table(Table {
            heads: vec!["outlet", "articles"],
            rows: rows.collect(),
        }));
    }
    blocks.extend(time(facts, &articles));
    Ok(Section {
        id: "figures",
        title: "In figures".to_owned(),
        blocks,
    })
}

fn bar(label: &str, n: usize) -> Bar {
    Bar {
        label: label.to_owned(),
        parts: vec![n as u64],
        tag: Tag::default(),
    }
}

/// The articles in which a row of the scope stands.
pub(super) fn articles(facts: &Facts<'_>) -> BTreeSet<usize> {
    let all = facts.said.iter().map(|row| row.article);
    let all = all.chain(facts.acts.iter().map(|row| row.article));
    let all = all.chain(facts.stands.iter().map(|row| row.article));
    let all = all.chain(facts.announced.iter().map(|row| row.article));
    let all = all.chain(facts.frames.iter().map(|row| row.article));
    all.filter(|article| *article != Articles::NONE).collect()
}

/// How many stories rows tell: rows of one story count once.
pub(super) fn stories<'a>(rows: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> usize {
    let keys: BTreeSet<&str> = rows.map(|(id, story)| story.unwrap_or(id)).collect();
    keys.len()
}

fn totals(facts: &Facts<'_>, articles: &BTreeSet<usize>) -> Table {
    let record = facts.articles.all();
    let repeats = record.iter().filter(|article| article.repeats).count();
    let mut rows = Vec::new();
    let mut put = |what: &str, n: usize, more: String| {
        rows.push(vec![
            vec![text(what)],
            vec![text(n.to_string())],
            vec![text(more)],
        ]);
    };
    put(
        "articles",
        articles.len(),
        format!(
            "in which an entry of this report stands, of {} in the record{}",
            record.len(),
            match repeats {
                0 => String::new(),
                1 => "; 1 repeats another’s text and counts once, with it".to_owned(),
                n => format!("; {n} repeat another’s text and count once, with it"),
            }
        ),
    );
    let said = facts
        .said
        .iter()
        .map(|s| (s.id.as_str(), s.story.as_deref()));
    let said = stories(said);
    put(
        "statements",
        facts.said.len(),
        match said == facts.said.len() {
            true => String::new(),
            false => format!("{said} if those that several articles give count once"),
        },
    );
    let acts = facts
        .acts
        .iter()
        .map(|s| (s.id.as_str(), s.story.as_deref()));
    let acts = stories(acts);
    let actual = facts
        .acts
        .iter()
        .filter(|act| act.status == "actual")
        .count();
    let mut told = format!("{actual} told as having taken place");
    if acts != facts.acts.len() {
        told += &format!("; {acts} in all if those that several sentences tell count once");
    }
    put("events", facts.acts.len(), told);
    let own = facts
        .stands
        .iter()
        .filter(|stand| stand.through.is_none())
        .count();
    put("positions", own, String::new());
    let told = facts
        .announced
        .iter()
        .filter(|row| row.outcome != "open")
        .count();
    put(
        "announcements",
        facts.announced.len(),
        format!("later sentences tell what became of {told}"),
    );
    put("characterisations", facts.frames.len(), String::new());
    let ids = facts.said.iter().map(|row| &row.id);
    let ids = ids.chain(facts.acts.iter().map(|row| &row.id));
    let ids = ids.chain(facts.stands.iter().map(|row| &row.id));
    let ids = ids.chain(facts.announced.iter().map(|row| &row.id));
    let ids: BTreeSet<&String> = ids.chain(facts.frames.iter().map(|row| &row.id)).collect();
    let seen = ids.iter().filter(|id| facts.reviews.seen(id)).count();
    put(
        "looked at by a person",
        seen,
        format!("of these {} entries", ids.len()),
    );
    Table {
        heads: vec!["what", "how many", ""],
        rows,
    }
}

fn time(facts: &Facts<'_>, articles: &BTreeSet<usize>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some((first, last)) = facts.span() {
        blocks.push(Block::Para(vec![text(match first == last {
            true => format!("All dated entries are of {first}."),
            false => format!("The dates of these entries lie between {first} and {last}."),
        })]));
    }
    let undated = articles
        .iter()
        .filter(|article| facts.articles.get(**article).date.is_none())
        .count();
    if undated > 0 {
        blocks.push(Block::Para(vec![text(format!(
            "{undated} of the {} {} no date of publication.",
            count(articles.len(), "article", "articles"),
            if undated == 1 { "prints" } else { "print" }
        ))]));
    }
    let left = facts.undated.get();
    if left > 0 {
        blocks.push(Block::Warning(vec![text(format!(
            "{} without a date, in articles without one, cannot be placed in time and {} left out.",
            count(left, "entry", "entries"),
            if left == 1 { "is" } else { "are" }
        ))]));
    }
    blocks
}
