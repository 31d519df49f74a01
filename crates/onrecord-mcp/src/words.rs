//! A row in words, for reading. Quotation marks stand around verbatim text only.

use onrecord_record::Map;
use serde_json::Value;

use crate::Trouble;
use crate::names::{Names, line, list, text};
use crate::sources::{Sources, lines};

/// The row with its id, then the sentences it rests on.
pub fn told(
    table: &str,
    row: &Map,
    names: &Names<'_>,
    sources: &Sources<'_>,
) -> Result<String, Trouble> {
    let id = row
        .values()
        .next()
        .and_then(Value::as_str)
        .unwrap_or_default();
    let mut told = format!("[{id}] {}\n", in_words(table, row, names)?);
    for sentence in sources.of_row(row, 3)? {
        told.push_str(&lines(&sentence));
    }
    Ok(told)
}

/// What a row says.
pub fn in_words(table: &str, row: &Map, names: &Names<'_>) -> Result<String, Trouble> {
    let text = |name: &str| text(row, name);
    let name = |column: &str| -> Result<String, Trouble> { Ok(line(&names.of_id(text(column))?)) };
    let all = |column: &str| -> Result<String, Trouble> {
        let all = list(row, column).map(|id| Ok(line(&names.of_id(id)?)));
        Ok(all.collect::<Result<Vec<_>, Trouble>>()?.join(", "))
    };
    let some = |before: &str, value: String| match value.is_empty() {
        true => String::new(),
        false => format!("{before}{value}"),
    };
    let sure = match row.get("confidence").and_then(Value::as_f64) {
        Some(sure) => format!(" ({}, confidence {sure:.2})", text("made_by")),
        None => String::new(),
    };
    let said = match table {
        "statements" => {
            let pieces: Vec<String> = list(row, "content").map(line).collect();
            format!(
                "{}{} [{}{}]: {}{}{}",
                speaker(row, names)?,
                some(" to ", name("addressee_id")?),
                text("kind"),
                if negated(row) { ", NOT said" } else { "" },
                pieces.join(" … "),
                some("; reported through ", all("via")?),
                some("; date ", text("date").to_owned()),
            )
        }
        "events" => format!(
            "{} -> {}{} -> {}; status {}; trigger: {}{}{}{}",
            or_open(all("actor_ids")?),
            text("event_type"),
            some("/", text("mode").to_owned()),
            or_open(all("recipient_ids")?),
            text("status"),
            line(text("trigger")),
            some("; date ", text("date").to_owned()),
            some("; at ", name("place_id")?),
            some("; according to ", name("attributed_to")?),
        ),
        "positions" => format!(
            "{}: {} on {}{}{}{}",
            name("actor_id")?,
            text("stance"),
            text("issue"),
            some(", only ", line(text("scope"))),
            some("; date ", text("date").to_owned()),
            some("; according to ", name("according_to")?),
        ),
        "outlooks" => format!(
            "{}, {}: {}{}{}; outcome {}",
            name("actor_id")?,
            text("type"),
            line(text("content")),
            some("; made ", text("made").to_owned()),
            some("; horizon: ", line(text("horizon"))),
            text("outcome"),
        ),
        "framings" => format!(
            "{} is called: {} ({}, in the voice of {})",
            name("actor_id")?,
            line(text("label")),
            text("tone"),
            line(&names.of_id(text("voice"))?),
        ),
        "relations" => format!(
            "{} {} {}{}",
            name("subject_id")?,
            text("predicate").replace('_', " "),
            name("object_id")?,
            some("; date ", text("date").to_owned()),
        ),
        "mentions" => format!(
            "the words {} ({}) stand for {}",
            line(text("text")),
            text("kind"),
            or_open(name("actor_id")?),
        ),
        "actors" => format!(
            "{} ({}{}){}",
            line(text("name")),
            text("kind"),
            some(", ", text("country").to_owned()),
            some(
                "; also ",
                list(row, "aliases")
                    .map(line)
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        ),
        "places" => format!(
            "{} ({}{})",
            line(text("name")),
            text("kind"),
            some(", ", text("country").to_owned()),
        ),
        "sentences" => format!("a sentence: {}", line(text("text"))),
        "articles" => crate::sources::head(
            Some(text("publisher")).filter(|t| !t.is_empty()),
            Some(text("published")).filter(|t| !t.is_empty()),
            Some(text("title")).filter(|t| !t.is_empty()),
        ),
        _ => format!("a row of {table}"),
    };
    Ok(said + &sure)
}

/// Who speaks in a statement: the actor's name, else the words that name him.
pub fn speaker(row: &Map, names: &Names<'_>) -> Result<String, Trouble> {
    Ok(match (text(row, "speaker_id"), text(row, "speaker_text")) {
        ("", "") => "speaker not known".to_owned(),
        ("", words) => format!("{} (not a known actor)", line(words)),
        (id, _) => line(&names.of_id(id)?),
    })
}

/// Whether the source says that it was not said.
pub fn negated(row: &Map) -> bool {
    row.get("negated")
        .and_then(Value::as_bool)
        .unwrap_or_default()
}

fn or_open(names: String) -> String {
    match names.is_empty() {
        true => "(not told)".to_owned(),
        false => names,
    }
}
