//! How something was read, told to people.

pub mod history;
mod page;
pub mod scratch;
mod tokens;
mod tree;

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;
use onrecord::Kit;
use onrecord_record::{Change, Filter, Map, Record, State};
use serde_json::Value;

pub use page::explain_page;

use crate::output;
use crate::output::wrap;
use crate::people::{Names, short};
use tokens::Tokens;

/// Everything the record holds of a sentence, with the rule that made each row; `marked`
/// is pointed out among them. Then the words that rules know and made no row of.
pub fn explain_sentence(
    out: &mut impl Write,
    record: &Record,
    kit: Kit<'_>,
    sentence_id: &str,
    marked: Option<&str>,
) -> Result<()> {
    let names = Names::of(record);
    let text = names.sentence(sentence_id)?;
    for line in wrap(&text, output::width().saturating_sub(3)) {
        writeln!(out, "   {line}")?;
    }
    writeln!(out)?;
    let tokens = Tokens::of(&text, kit);
    writeln!(out, "   tokens     {}", tokens.told())?;
    for line in tokens.tree() {
        writeln!(out, "   {line}")?;
    }
    for found in tokens.attributions() {
        writeln!(out, "   said       {found}")?;
    }
    for found in tokens.triggers() {
        writeln!(out, "   done       {found}")?;
    }
    for found in tokens.nearly() {
        writeln!(out, "   nearly     {found}")?;
    }
    let mut fired = BTreeSet::new();
    let mut made = false;
    let filter = Filter::default().sentence(sentence_id);
    for (table, tell) in ROWS {
        for row in &record.table(table, &filter, None)? {
            let id = row
                .values()
                .next()
                .and_then(Value::as_str)
                .unwrap_or_default();
            let mark = if marked == Some(id) { "-> " } else { "   " };
            let told = tell(row, &names)?;
            fired.extend(
                row.get("made_by")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
            let by = match (
                row.get("made_by").and_then(Value::as_str),
                &row.get("confidence"),
            ) {
                (Some(rule), Some(sure)) => format!("  [{rule}, {sure}]"),
                _ => String::new(),
            };
            let kind = table.strip_suffix('s').unwrap_or(table);
            writeln!(out, "{mark}{kind:<10} {:<13}  {told}{by}", short(id))?;
            if marked == Some(id) {
                history::joined(out, record, table, row, sentence_id)?;
                history::corrections(out, record, id)?;
                history::opinions(out, record, id)?;
            }
            made |= table != "mentions";
        }
    }
    for judged in taken_out(record, sentence_id)? {
        writeln!(out, "   taken out  {judged}")?;
    }
    let unused = tokens.unused(kit.lexicon, &fired);
    if !made && unused.is_empty() {
        writeln!(
            out,
            "   no row     no word here is one that a rule knows as said, done or announced"
        )?;
    }
    for (words, rule) in unused {
        writeln!(
            out,
            "   no row     `{words}`, which {rule} knows, made none here"
        )?;
    }
    Ok(())
}

/// The rows of a sentence that people took out, and the correction that did.
fn taken_out(record: &Record, sentence_id: &str) -> Result<Vec<String>> {
    let mut told = Vec::new();
    for (correction, state) in record.corrections_in(sentence_id)? {
        let verdict = match correction.change() {
            Some(Change::Judge { verdict, .. }) if verdict.takes_out() => verdict,
            _ => continue,
        };
        if state == State::Applied {
            told.push(format!(
                "{} was {} ({})",
                short(&correction.row_key),
                verdict.name(),
                correction.id
            ));
        }
    }
    Ok(told)
}

type Tell = fn(&Map, &Names<'_>) -> Result<String>;

/// The tables whose rows rest on a sentence, and how a row of each is told.
const ROWS: [(&str, Tell); 7] = [
    ("mentions", |row, names| {
        let actor = match text(row, "actor_id") {
            "" => "nobody known".to_owned(),
            id => names.actor(id)?,
        };
        Ok(format!(
            "`{}` ({}) is {actor}",
            text(row, "text"),
            text(row, "kind")
        ))
    }),
    ("relations", |row, names| {
        let (subject, object) = (text(row, "subject_id"), text(row, "object_id"));
        Ok(format!(
            "{} {} {}",
            names.actor(subject)?,
            text(row, "predicate"),
            names.actor(object)?
        ))
    }),
    ("statements", |row, names| {
        let speaker = match (text(row, "speaker_id"), text(row, "speaker_text")) {
            ("", "") => "unknown speaker".to_owned(),
            ("", words) => format!("`{words}`, not resolved"),
            (id, words) => format!("`{words}`, who is {}", names.actor(id)?),
        };
        let not = if row["negated"] == Value::Bool(true) {
            ", not said"
        } else {
            ""
        };
        Ok(format!(
            "{} by {speaker}; cue `{}`{not}; content {}",
            text(row, "kind"),
            text(row, "cue"),
            words(row, "content").join(" … ")
        ))
    }),
    ("events", |row, names| {
        let all = |column: &str| -> Result<String> {
            let found: Result<Vec<String>> = words(row, column)
                .into_iter()
                .map(|id| names.actor(id))
                .collect();
            Ok(found?.join(" and "))
        };
        let (actors, recipients) = (all("actor_ids")?, all("recipient_ids")?);
        let mode = text(row, "mode");
        Ok(format!(
            "{}{}{mode}, {}: `{}`; {} -> {}",
            text(row, "event_type"),
            if mode.is_empty() { "" } else { " " },
            text(row, "status"),
            text(row, "trigger"),
            if actors.is_empty() {
                "nobody named"
            } else {
                &actors
            },
            if recipients.is_empty() {
                "nobody named"
            } else {
                &recipients
            },
        ))
    }),
    ("positions", |row, names| {
        let actor = names.actor(text(row, "actor_id"))?;
        Ok(format!(
            "{actor}: {} on {}",
            text(row, "stance"),
            text(row, "issue")
        ))
    }),
    ("outlooks", |row, names| {
        let actor = names.actor(text(row, "actor_id"))?;
        Ok(format!(
            "{} by {actor}: `{}`, {}",
            text(row, "type"),
            text(row, "content"),
            text(row, "outcome")
        ))
    }),
    ("framings", |row, names| {
        let actor = names.actor(text(row, "actor_id"))?;
        Ok(format!(
            "{actor} is called `{}`, {}",
            text(row, "label"),
            text(row, "tone")
        ))
    }),
];

fn text<'a>(row: &'a Map, column: &str) -> &'a str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}

fn words<'a>(row: &'a Map, column: &str) -> Vec<&'a str> {
    row.get(column)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}
