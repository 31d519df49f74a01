//! The event list of the Discourse Network Analyzer (DNA): one line a position, as its own export
//! of an event list to CSV writes it.
//!
//! Cells are parted by `;`; texts stand in quotation marks, in them `;` is `,` and `"` is `'`, as DNA
//! does it. `person` is the actor if it is a person, with the body of its office, if one is
//! known, as `organization`; any other actor is an `organization`. `concept` is the issue, with
//! its scope in brackets, `agreement` is 1 for support and 0 for opposition. `time` is the day of
//! the position at 00:00:00; where only a month or year is known it is empty. `document ID` is the article,
//! `text` the sentence (empty with `--no-text`). Left out and counted: mixed positions, since agreement is
//! yes or no. Lost: who reports the stance, the confidence, the rule.

use std::io::Write;

use onrecord_record::{Filter, Map};
use serde_json::Value;

use super::{Format, Shape, out};
use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, row, tsv};

pub(super) const FORMAT: Format = Format {
    name: "dna",
    extension: "csv",
    what_for: "discourse networks: positions as an event list of the Discourse Network Analyzer",
    files: "dna.csv",
    media_type: "text/csv",
    holds_card: false,
    is_text: false,
    shape: Shape::Document {
        file: "dna.csv",
        takes: &["positions"],
        write,
    },
};

const HEADER: [&str; 13] = [
    "statement ID",
    "time",
    "document ID",
    "document title",
    "author",
    "source",
    "section",
    "type",
    "text",
    "person",
    "organization",
    "concept",
    "agreement",
];

fn write(source: &Source<'_>, to: &mut dyn Write) -> Result<Written, ExportError> {
    let header: Vec<String> = HEADER.iter().map(|name| quoted(name)).collect();
    out(writeln!(to, "{}", header.join(";")))?;
    let mut written = Written::default();
    source.each("positions", &Filter::default(), |position| {
        let agreement = match row::word(&position, "stance") {
            "support" => "1",
            "oppose" => "0",
            _ => {
                written.left_out("mixed positions");
                return Ok(());
            }
        };
        let day = row::day(&position, "date");
        if day.is_none() && row::date(&position, "date").is_some() {
            written.left_out("dates of positions without a day");
        }
        let sentence = source.named("sentences", &position, "sentence_id")?;
        let article = match &sentence {
            Some(sentence) => source.named("articles", sentence, "article_id")?,
            None => None,
        };
        let of = |row: &Option<std::rc::Rc<Map>>, column: &str| {
            let row = row.as_deref();
            quoted(
                row.and_then(|row| row::text(row, column))
                    .unwrap_or_default(),
            )
        };
        let actor = source.named("actors", &position, "actor_id")?;
        let (person, organization) = actor.as_deref().map(party).unwrap_or_default();
        let mut concept = row::word(&position, "issue").to_owned();
        if let Some(scope) = row::text(&position, "scope") {
            concept.push_str(&format!(" ({scope})"));
        }
        let cells = [
            row::word(&position, "position_id").to_owned(),
            day.map(|day| format!("{day} 00:00:00")).unwrap_or_default(),
            article
                .as_deref()
                .map(|a| row::word(a, "article_id"))
                .unwrap_or_default()
                .to_owned(),
            of(&article, "title"),
            of(&article, "author"),
            of(&article, "publisher"),
            quoted(""),
            quoted(""),
            of(&sentence, "text"),
            quoted(&person),
            quoted(&organization),
            quoted(&concept),
            agreement.to_owned(),
        ];
        written.row("positions");
        out(writeln!(to, "{}", cells.join(";")))
    })?;
    Ok(written)
}

/// Person and organization.
fn party(actor: &Map) -> (String, String) {
    let name = row::word(actor, "name").to_owned();
    if row::word(actor, "kind") != "person" {
        return (String::new(), name);
    }
    let roles = actor.get("roles").and_then(Value::as_array);
    let mut bodies: Vec<&str> = Vec::new();
    for role in roles.into_iter().flatten() {
        bodies.extend(role.get("of").and_then(Value::as_str));
    }
    bodies.dedup();
    // Several bodies: which of them speaks here is not known.
    let body = if bodies.len() == 1 { bodies[0] } else { "" };
    (name, body.to_owned())
}

fn quoted(text: &str) -> String {
    format!(
        "\"{}\"",
        tsv::clean(text).replace(';', ",").replace('"', "'")
    )
}
