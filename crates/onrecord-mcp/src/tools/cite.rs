//! `cite`: footnotes of rows.

use onrecord_record::{Citation, Map, Record};
use serde_json::{Value, json};

use super::Tool;
use crate::answer::asked;
use crate::arguments::{Argument, Arguments, Takes, may, must};
use crate::names::{line, text};
use crate::sources::{Sources, footnote, object};
use crate::{Answer, Trouble};

const OWN: &[Argument] = &[
    must("ids", Takes::Texts(20), "Ids of rows, or their beginnings."),
    may(
        "limit",
        Takes::Whole(1, 50, 10),
        "At most so many sentences of each row.",
    ),
];

pub const TOOL: Tool = Tool {
    name: "cite",
    title: "Footnotes of rows",
    what: "Gives the sentences that rows rest on, word for word, each with a footnote: author, title, outlet, date, address of the \
           page, place on it and hash of the page. What the page does not print is left out, never filled in. Use it for the \
           references at the end of an answer.",
    arguments: &[OWN],
    run,
};

fn run(record: &Record, arguments: &Arguments) -> Result<Answer, Trouble> {
    let mut told = String::new();
    let mut all = Vec::new();
    for id in arguments.texts("ids") {
        let (table, row) = self::row(record, id)?;
        let id = row
            .values()
            .next()
            .and_then(Value::as_str)
            .unwrap_or_default();
        let (citations, total) = sentences(record, &table, id, arguments.whole("limit"))?;
        told.push_str(&format!("[{id}] of {table}\n"));
        let mut given = Vec::new();
        for citation in &citations {
            told.push_str(&format!(
                "> {}\n  {}\n",
                line(&citation.text),
                footnote(citation)
            ));
            let mut object = object(citation);
            object["footnote"] = footnote(citation).into();
            given.push(object);
        }
        if given.len() as u64 != total || given.is_empty() {
            told.push_str(&format!("{} of {total} sentences given\n", given.len()));
        }
        all.push(json!({ "id": id, "table": table, "sentences": given, "sentences_total": total }));
    }
    let data = json!({ "rows": all });
    Ok(Answer { text: told, data })
}

/// The row with this id.
///
/// # Errors
/// There is none, or several ids begin so.
pub fn row(record: &Record, id: &str) -> Result<(String, Map), Trouble> {
    let id = id.trim().trim_start_matches('[').trim_end_matches(']');
    match record.row(id)? {
        Some(found) => Ok(found),
        None => asked(format!("no row has the id `{}`", line(id))),
    }
}

/// The first sentences of a row, and how many there are. Of a row with very many only those
/// asked for are looked up.
pub fn sentences(
    record: &Record,
    table: &str,
    id: &str,
    most: u64,
) -> Result<(Vec<Citation>, u64), Trouble> {
    let quoted = id.replace('\'', "''");
    let many = match table {
        "actors" => format!("from mentions where actor_id = '{quoted}'"),
        "articles" => format!("from sentences where article_id = '{quoted}'"),
        "pages" => format!(
            "from articles a join sentences s on s.article_id = a.article_id where a.page_id = '{quoted}'"
        ),
        _ => {
            let mut all = record.citation(id)?;
            let total = all.len() as u64;
            all.truncate(usize::try_from(most).unwrap_or(usize::MAX));
            return Ok((all, total));
        }
    };
    let count = record.sql(&format!("select count(distinct sentence_id) as n {many}"))?;
    let total = count
        .first()
        .and_then(|row| row["n"].as_u64())
        .unwrap_or_default();
    let ids = record.sql(&format!("select distinct sentence_id {many} limit {most}"))?;
    let sources = Sources::of(record);
    let mut found = Vec::new();
    for row in &ids {
        found.extend(sources.sentence(text(row, "sentence_id"))?);
    }
    Ok((found, total))
}
