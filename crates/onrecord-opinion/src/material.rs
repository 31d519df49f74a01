//! What a model is shown of a row: its claim, its sentences, and those beside them.

use onrecord_model::{Id, sha256_hex};
use onrecord_record::{Filter, Map, OF_SENTENCES, Record, table_named};
use serde_json::{Value, json};

use crate::OpinionError;

/// How many sentences before and after are shown.
const BESIDE: u32 = 2;
/// How long the material may be, in bytes.
const MOST: usize = 24_000;

/// A row as it is shown to a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Material {
    /// The row.
    pub row_id: Id,
    /// Its table.
    pub table: String,
    /// The claim of the row in a line of words.
    pub claim: String,
    /// The sentences the row rests on, in order.
    pub sources: Vec<Source>,
    /// What is sent: the claim, its fields, the sentences.
    pub(crate) shown: Value,
}

/// A sentence a row rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub sentence_id: Id,
    /// Its first code point in the article's text.
    pub start: u64,
    /// Its words.
    pub text: String,
}

impl Material {
    /// The material of the row with this id, or the only one whose id begins so.
    ///
    /// # Errors
    /// If there is no such row, rows of its table are not judged, the row rests on more text
    /// than a model is shown, or the record cannot be read.
    pub fn of(record: &Record, id: &str) -> Result<Material, OpinionError> {
        match record.row(id)? {
            Some((table, row)) => Material::of_row(record, &table, &row),
            None => Err(OpinionError::Row {
                id: id.to_owned(),
                what: "no row has this id".to_owned(),
            }),
        }
    }

    /// The material of a row of a table.
    ///
    /// # Errors
    /// As [`Material::of`].
    pub fn of_row(record: &Record, table: &str, row: &Map) -> Result<Material, OpinionError> {
        let key = table_named(table).map_or("", |table| table.key());
        let row_id = text(row, key).to_owned();
        let wrong = |what: String| OpinionError::Row {
            id: row_id.clone(),
            what,
        };
        if !OF_SENTENCES.contains(&table) {
            return Err(wrong(format!(
                "rows of {table} are not judged; those of {} are",
                OF_SENTENCES.join(", ")
            )));
        }
        let mut citations = Vec::new();
        let one = Some(text(row, "sentence_id")).filter(|id| !id.is_empty());
        for id in one.into_iter().chain(list(row, "sentence_ids")) {
            citations.extend(record.citation(id)?);
        }
        let (Some(first), Some(last)) = (citations.first(), citations.last()) else {
            return Err(wrong("the row rests on no sentence".to_owned()));
        };
        let (before, _) = record.around(&first.article_id, first.n, BESIDE)?;
        let (_, after) = record.around(&last.article_id, last.n, BESIDE)?;
        let fields = fields(record, table, row, &first.article_id)?;
        let claim = in_words(table, &fields);
        let words: Vec<&str> = citations
            .iter()
            .map(|citation| citation.text.as_str())
            .collect();
        let shown = json!({
            "claim": claim,
            "fields": fields,
            "outlet": first.publisher,
            "published": first.published,
            "before": before,
            "source": words,
            "after": after,
        });
        let length = shown.to_string().len();
        if length > MOST {
            return Err(wrong(format!(
                "it rests on {length} bytes of text; at most {MOST} are shown to a model"
            )));
        }
        let sources = citations.iter().map(|citation| Source {
            sentence_id: citation.sentence_id.clone(),
            start: u64::try_from(citation.start).unwrap_or_default(),
            text: citation.text.clone(),
        });
        Ok(Material {
            sources: sources.collect(),
            table: table.to_owned(),
            claim,
            shown,
            row_id,
        })
    }

    /// Hash of what is shown: it changes where the row, a name in it, its sentences or those
    /// beside them do.
    pub fn sha256(&self) -> String {
        sha256_hex(self.shown.to_string().as_bytes())
    }

    /// The names of the claim's fields.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let fields = self.shown["fields"].as_object();
        fields
            .into_iter()
            .flat_map(|fields| fields.keys().map(String::as_str))
    }
}

/// What the row claims, by name; ids of actors and places are names here.
fn fields(
    record: &Record,
    table: &str,
    row: &Map,
    article_id: &str,
) -> Result<Value, OpinionError> {
    let name = |column: &str| name(record, text(row, column));
    let names = |column: &str| -> Result<Vec<Value>, OpinionError> {
        list(row, column).map(|id| self::name(record, id)).collect()
    };
    let value = |column: &str| row.get(column).cloned().unwrap_or(Value::Null);
    Ok(match table {
        "statements" => json!({
            "speaker": name("speaker_id")?,
            "speaker_words": value("speaker_text"),
            "cue": value("cue"),
            "content": value("content"),
            "kind": value("kind"),
            "addressee": name("addressee_id")?,
            "reported_through": names("via")?,
            "not_said": value("negated"),
            "date": value("date"),
        }),
        "events" => {
            let words = Words::of(record, row, article_id)?;
            json!({
                "actors": names("actor_ids")?,
                "actor_words": words.spans("actor"),
                "event_type": value("event_type"),
                "mode": value("mode"),
                "trigger": value("trigger"),
                "recipients": names("recipient_ids")?,
                "recipient_words": words.spans("recipient"),
                "status": value("status"),
                "place": name("place_id")?,
                "date": value("date"),
                "according_to": name("attributed_to")?,
            })
        }
        "positions" => json!({
            "actor": name("actor_id")?,
            "stance": value("stance"),
            "issue": value("issue"),
            "scope": value("scope"),
            "date": value("date"),
            "according_to": name("according_to")?,
        }),
        "outlooks" => json!({
            "actor": name("actor_id")?,
            "type": value("type"),
            "content": value("content"),
            "horizon": value("horizon"),
        }),
        "framings" => json!({
            "actor": name("actor_id")?,
            "label": value("label"),
            "voice": name("voice")?,
            "tone": value("tone"),
        }),
        "relations" => json!({
            "subject": name("subject_id")?,
            "predicate": value("predicate"),
            "object": name("object_id")?,
            "date": value("date"),
        }),
        _ => json!({
            "words": value("text"),
            "kind": value("kind"),
            "actor": name("actor_id")?,
        }),
    })
}

/// The words of an article under the spans of a row.
struct Words {
    signs: Vec<char>,
    spans: Value,
}

impl Words {
    fn of(record: &Record, row: &Map, article_id: &str) -> Result<Words, OpinionError> {
        let filter = Filter::default().equal("article_id", article_id);
        let article = record.table("articles", &filter, Some(1))?.rows.pop();
        let body = article.as_ref().map_or("", |article| text(article, "text"));
        Ok(Words {
            signs: body.chars().collect(),
            spans: row.get("spans").cloned().unwrap_or(Value::Null),
        })
    }

    fn spans(&self, name: &str) -> Vec<String> {
        let at = |span: &Value, n: usize| usize::try_from(span[n].as_u64()?).ok();
        let words = |span: &Value| {
            let part = self.signs.get(at(span, 0)?..at(span, 1)?)?;
            Some(part.iter().collect())
        };
        let spans = self.spans[name].as_array();
        spans.into_iter().flatten().filter_map(words).collect()
    }
}

/// The claim in a line of words.
fn in_words(table: &str, fields: &Value) -> String {
    let told = |name: &str| match &fields[name] {
        Value::String(text) => text.clone(),
        Value::Array(all) => all
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(", "),
        _ => String::new(),
    };
    let or = |first: String, second: String| if first.is_empty() { second } else { first };
    let some = |before: &str, name: &str| match told(name) {
        text if text.is_empty() => text,
        text => format!("{before}{text}"),
    };
    let unknown = || "somebody who is not known".to_owned();
    match table {
        "statements" => {
            let pieces = fields["content"].as_array().into_iter().flatten();
            let pieces: Vec<&str> = pieces.filter_map(Value::as_str).collect();
            let said = if fields["not_said"] == true {
                "did not say"
            } else {
                "said"
            };
            format!(
                "{} {said}{} (cue: {}): {}",
                or(or(told("speaker"), told("speaker_words")), unknown()),
                some(" to ", "addressee"),
                or(told("cue"), "none".to_owned()),
                pieces.join(" … "),
            )
        }
        "events" => format!(
            "{} -> {}{} -> {}; status {}{}{}{}",
            or(or(told("actors"), told("actor_words")), unknown()),
            told("event_type"),
            some("/", "mode"),
            or(
                or(told("recipients"), told("recipient_words")),
                "nobody named".to_owned()
            ),
            told("status"),
            some("; at ", "place"),
            some("; date ", "date"),
            some("; according to ", "according_to"),
        ),
        "positions" => format!(
            "{}: {} on the issue {}{}{}",
            told("actor"),
            told("stance"),
            told("issue"),
            some(", only ", "scope"),
            some("; according to ", "according_to"),
        ),
        "outlooks" => format!(
            "{} utters a {}: {}{}",
            told("actor"),
            told("type"),
            told("content"),
            some("; by ", "horizon")
        ),
        "framings" => format!(
            "{} is called {} in the voice of {}, tone {}",
            told("actor"),
            told("label"),
            told("voice"),
            told("tone")
        ),
        "relations" => format!(
            "{} {} {}",
            told("subject"),
            told("predicate"),
            told("object")
        ),
        _ => format!(
            "the words {} stand for {}",
            told("words"),
            or(told("actor"), unknown())
        ),
    }
}

/// The name of an actor or place; null for no id, and what is no id as it is.
fn name(record: &Record, id: &str) -> Result<Value, OpinionError> {
    let (table, key) = match id.get(..3) {
        Some("ac-") => ("actors", "actor_id"),
        Some("pl-") => ("places", "place_id"),
        _ if id.is_empty() => return Ok(Value::Null),
        _ => return Ok(id.into()),
    };
    let row = record
        .table(table, &Filter::default().equal(key, id), Some(1))?
        .rows
        .pop();
    Ok(row.map_or_else(|| id.into(), |row| text(&row, "name").into()))
}

fn text<'r>(row: &'r Map, name: &str) -> &'r str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list<'r>(row: &'r Map, name: &str) -> impl Iterator<Item = &'r str> {
    let values = row.get(name).and_then(Value::as_array);
    values.into_iter().flatten().filter_map(Value::as_str)
}
