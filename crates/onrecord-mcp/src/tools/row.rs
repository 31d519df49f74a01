//! `row`: one row, with its sentences.

use onrecord_record::{Filter, Record, table_named};
use serde_json::{Value, json};

use super::{Tool, cite};
use crate::arguments::{Argument, Arguments, Takes, must};
use crate::names::{Names, text};
use crate::sources::{Sources, lines, object};
use crate::{Answer, Trouble, rows, words};

/// How much of an article's text is given, in code points.
const MOST_TEXT: usize = 6_000;

const OWN: &[Argument] = &[must(
    "id",
    Takes::Text,
    "The id of a row, or its beginning where no other begins so.",
)];

pub const TOOL: Tool = Tool {
    name: "row",
    title: "One row with its sentences",
    what: "Shows one row of any table by its id ([st-…], [ev-…], [po-…], [ou-…], [fr-…], [re-…], [ac-…], [se-…], [ar-…], …): all \
           columns, the names of the actors in it, the sentences it rests on with their source, what made it and how sure it \
           is, and whether a person has reviewed it. Use it to check a row before you rely on it.",
    arguments: &[OWN],
    run,
};

fn run(record: &Record, arguments: &Arguments) -> Result<Answer, Trouble> {
    let (table, row) = cite::row(record, arguments.text("id").unwrap_or_default())?;
    let (names, sources) = (Names::of(record), Sources::of(record));
    let id = row
        .values()
        .next()
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let mut told = format!(
        "table {table}\n{}",
        words::told(&table, &row, &names, &sources)?
    );
    let mut data = rows::full(&table, &row, &names, &sources)?;
    if table == "articles" {
        cut_text(&mut data, &mut told);
    } else if data["sentences"].as_array().is_some_and(Vec::is_empty) {
        let (citations, total) = cite::sentences(record, &table, &id, rows::SENTENCES as u64)?;
        citations.iter().for_each(|c| told.push_str(&lines(c)));
        told.push_str(&format!("{} of {total} sentences given\n", citations.len()));
        data["sentences"] = citations.iter().map(object).collect();
        data["sentences_total"] = total.into();
    }
    let corrections = Filter::default().equal("row_key", &id);
    let corrections = record.table("corrections", &corrections, Some(20))?.rows;
    let reviewed = corrections.iter().any(|c| c["applied"] == true);
    if table_named(&table).is_some_and(|table| table.column("made_by").is_some()) {
        told.push_str(if reviewed {
            "reviewed by a person\n"
        } else {
            "not reviewed by a person\n"
        });
    }
    for correction in &corrections {
        told.push_str(&format!(
            "correction [{}] of {}, applied: {}\n",
            text(correction, "correction_id"),
            text(correction, "field"),
            correction["applied"]
        ));
    }
    let data =
        json!({ "table": table, "row": data, "reviewed": reviewed, "corrections": corrections });
    Ok(Answer { text: told, data })
}

/// Cuts the text of an article where it is long, and gives it for reading.
fn cut_text(data: &mut Value, told: &mut String) {
    let text = data["text"].as_str().unwrap_or_default().to_owned();
    let count = text.chars().count();
    let part: String = text.chars().take(MOST_TEXT).collect();
    for line in part.lines().filter(|line| !line.trim().is_empty()) {
        told.push_str(&format!("> {}\n", crate::names::line(line)));
    }
    if count > MOST_TEXT {
        told.push_str(&format!("the first {MOST_TEXT} of {count} characters\n"));
    }
    data["text"] = part.into();
    data["text_length"] = count.into();
}
