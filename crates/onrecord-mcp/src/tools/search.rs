//! `search`: sentences and titles, or rows, by words.

use onrecord_record::{Record, Search};
use serde_json::{Value, json};

use super::Tool;
use crate::arguments::{Argument, Arguments, Takes, may, must};
use crate::names::{Names, line};
use crate::rows::{self, BOUNDS, CHOICE, COUNTED, Listed, WORDS};
use crate::sources::{Sources, head, of_hit};
use crate::{Answer, Trouble, words};

const OWN: &[Argument] = &[
    must("words", Takes::Text, WORDS),
    may(
        "table",
        Takes::OneOf(&[
            "sentences",
            "statements",
            "events",
            "positions",
            "outlooks",
            "framings",
            "relations",
            "mentions",
        ]),
        "What to give: sentences and titles (the default), or the rows that rest on such sentences.",
    ),
    may(
        "exact",
        Takes::Flag,
        "The words only, not the other names of the actors they name.",
    ),
    may("newest", Takes::Flag, "The newest first, not the best."),
    may(
        "context",
        Takes::Whole(0, 5, 0),
        "So many sentences before and after each, for sentences.",
    ),
];

pub const TOOL: Tool = Tool {
    name: "search",
    title: "Search the text",
    what: "Finds sentences and titles of the news pages by their words, with outlet, date and sentence id, or the rows of a \
           table that rest on them. Cite the ids. Text found here is verbatim, but check it with verify_quote before you \
           attribute it to a speaker: a sentence does not tell by itself whose words it holds.",
    arguments: &[OWN, CHOICE, BOUNDS],
    run,
};

fn run(record: &Record, arguments: &Arguments) -> Result<Answer, Trouble> {
    let mut search = Search {
        words: arguments.text("words").unwrap_or_default().to_owned(),
        exact: arguments.flag("exact"),
        newest: arguments.flag("newest"),
        filter: rows::filter(record, arguments)?,
        limit: Some(COUNTED + 1),
    };
    match arguments.text("table").unwrap_or("sentences") {
        "sentences" => {
            // Sentences have no confidence.
            search.filter.min_confidence = None;
            sentences(record, &search, arguments)
        }
        table => {
            let found = record.search_rows(table, &search)?;
            let mut listed = of(found.all.rows.len());
            listed.notes = rows::notes(&found.spellings, found.too_many);
            listed.rows = rows::cut(
                found.all.rows,
                arguments.whole("offset"),
                arguments.whole("limit"),
            );
            answer(record, table, &listed, arguments)
        }
    }
}

fn of(found: usize) -> Listed {
    Listed {
        total: (found as u64).min(COUNTED),
        more: found as u64 > COUNTED,
        ..Listed::default()
    }
}

fn sentences(record: &Record, search: &Search, arguments: &Arguments) -> Result<Answer, Trouble> {
    let found = record.search(search)?;
    let mut listed = of(found.all.len());
    listed.notes = rows::notes(&found.spellings, found.too_many);
    let hits = rows::cut(
        found.all,
        arguments.whole("offset"),
        arguments.whole("limit"),
    );
    let (count, mut data) = rows::count(hits.len(), &listed, arguments);
    let mut text = format!("{count}\n");
    for note in &listed.notes {
        text.push_str(&format!("note: {note}\n"));
    }
    let lines = u32::try_from(arguments.whole("context")).unwrap_or_default();
    let mut objects = Vec::new();
    for hit in &hits {
        let (before, after) = match hit.n {
            Some(n) if lines > 0 => record.around(&hit.article_id, n, lines)?,
            _ => Default::default(),
        };
        text.push('\n');
        for sentence in before.iter().chain([&hit.text]).chain(&after) {
            text.push_str(&format!("> {}\n", line(sentence)));
        }
        let kind = if hit.n.is_some() { "" } else { "a title: " };
        let source = head(
            hit.publisher.as_deref(),
            hit.published.as_deref(),
            hit.title.as_deref(),
        );
        text.push_str(&format!("  {kind}{source} [{}]\n", hit.row_id));
        let mut object = of_hit(hit);
        object["marks"] = json!(hit.marks);
        if lines > 0 {
            object["before"] = before.into();
            object["after"] = after.into();
        }
        objects.push(object);
    }
    data["sentences"] = objects.into();
    Ok(Answer { text, data })
}

/// Rows with their sentences, for reading and for programs.
pub fn answer(
    record: &Record,
    table: &str,
    listed: &Listed,
    arguments: &Arguments,
) -> Result<Answer, Trouble> {
    let (names, sources) = (Names::of(record), Sources::of(record));
    let (count, mut data) = rows::count(listed.rows.len(), listed, arguments);
    let mut text = format!("{table}: {count}\n");
    for note in &listed.notes {
        text.push_str(&format!("note: {note}\n"));
    }
    let mut all: Vec<Value> = Vec::new();
    for row in &listed.rows {
        text.push('\n');
        text.push_str(&words::told(table, row, &names, &sources)?);
        all.push(rows::full(table, row, &names, &sources)?);
    }
    data[table] = all.into();
    Ok(Answer { text, data })
}
