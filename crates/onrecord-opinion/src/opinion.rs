//! An opinion, and the line it is kept as.

use onrecord_model::{Id, id_of};
use serde_json::{Map, Value, json};

use crate::{Material, Verdict};

/// What makes two askings about the same row the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Name of the model.
    pub model: String,
    /// Hash of the words in which it was asked.
    pub prompt_sha256: String,
    /// What chose the order of the verdicts, and what the model was given as its seed.
    pub seed: u64,
}

/// One answer of a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// The verdicts in the order in which they were listed.
    pub labels: Vec<Verdict>,
    /// The answer as it came, its first 4,000 code points.
    pub raw: String,
    /// The verdict; none where the answer does not count.
    pub verdict: Option<Verdict>,
    /// The field that is wrong.
    pub field: Option<String>,
    /// What it should say.
    pub better: Option<String>,
    /// The words of the source that show it, as they stand there.
    pub quotation: Option<String>,
    /// The sentence in which they stand.
    pub sentence_id: Option<Id>,
    /// Where they begin: code points of the article's text.
    pub start: Option<u64>,
    /// Where they end.
    pub end: Option<u64>,
    /// Why it does not count.
    pub why: Option<String>,
}

/// An opinion on a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// Its id.
    pub id: Id,
    /// The row.
    pub row_id: Id,
    /// The row's table.
    pub table: String,
    /// How it was asked.
    pub key: Key,
    /// Hash of the row and the sentences that were shown.
    pub content_sha256: String,
    /// Where it was asked.
    pub url: String,
    /// When (ISO 8601).
    pub at: String,
    /// What the model holds, if it held the same both times.
    pub verdict: Option<Verdict>,
    /// Why there is no verdict.
    pub why: Option<String>,
    /// The answers, in the order in which they came.
    pub answers: Vec<Answered>,
}

impl Opinion {
    /// The opinion that answers make: a verdict only if there are two and they agree.
    pub fn of(
        material: &Material,
        key: Key,
        url: &str,
        at: &str,
        answers: Vec<Answered>,
    ) -> Opinion {
        let why = answers.iter().find_map(|answer| answer.why.clone());
        let verdicts: Vec<Verdict> = answers.iter().filter_map(|answer| answer.verdict).collect();
        let (verdict, why) = match (why, verdicts.as_slice()) {
            (Some(why), _) => (None, Some(why)),
            (None, [one, other]) if one == other => (Some(*one), None),
            (None, several) => {
                let names: Vec<&str> = several.iter().map(|verdict| verdict.name()).collect();
                let why = format!(
                    "with the verdicts listed in another order the answer differs: {}",
                    names.join(", ")
                );
                (None, Some(why))
            }
        };
        let mut opinion = Opinion {
            id: Id::new(),
            row_id: material.row_id.clone(),
            table: material.table.clone(),
            content_sha256: material.sha256(),
            key,
            url: url.to_owned(),
            at: at.to_owned(),
            verdict,
            why,
            answers,
        };
        opinion.id = id_of("op", &[&opinion.to_line()]);
        opinion
    }

    /// The words of the source that show it, as the first answer quotes them.
    pub fn quotation(&self) -> Option<&str> {
        self.verdict?;
        self.answers
            .iter()
            .find_map(|answer| answer.quotation.as_deref())
    }

    /// The field that is wrong, if all answers name the same one.
    pub fn field(&self) -> Option<&str> {
        self.same(|answer| answer.field.as_deref())
    }

    /// What the wrong field should say: as the first answer has it.
    pub fn better(&self) -> Option<&str> {
        self.field()?;
        self.answers
            .iter()
            .find_map(|answer| answer.better.as_deref())
    }

    fn same<'o>(&'o self, part: impl Fn(&'o Answered) -> Option<&'o str>) -> Option<&'o str> {
        self.verdict?;
        let first = part(self.answers.first()?)?;
        self.answers
            .iter()
            .all(|answer| part(answer) == Some(first))
            .then_some(first)
    }

    /// As it stands in the file, without the line end.
    pub fn to_line(&self) -> String {
        let name = |verdict: &Option<Verdict>| verdict.map(Verdict::name);
        let answers = self.answers.iter().map(|answer| {
            json!({
                "labels": answer.labels.iter().map(|label| label.name()).collect::<Vec<_>>(),
                "verdict": name(&answer.verdict), "field": answer.field, "better": answer.better,
                "quotation": answer.quotation, "sentence_id": answer.sentence_id,
                "start": answer.start, "end": answer.end, "why": answer.why, "raw": answer.raw,
            })
        });
        json!({
            "opinion_id": self.id, "row_id": self.row_id, "table": self.table,
            "verdict": name(&self.verdict), "why": self.why,
            "field": self.field(), "better": self.better(), "quotation": self.quotation(),
            "model": self.key.model, "url": self.url, "at": self.at, "seed": self.key.seed,
            "prompt_sha256": self.key.prompt_sha256, "content_sha256": self.content_sha256,
            "answers": answers.collect::<Vec<_>>(),
        })
        .to_string()
    }

    /// Reads [`Opinion::to_line`]; the error says what is wrong with the line.
    pub(crate) fn of_line(line: &str) -> Result<Opinion, String> {
        let object: Map<String, Value> =
            serde_json::from_str(line).map_err(|error| format!("is no JSON object ({error})"))?;
        let text = |name: &str| text(&object, name)?.ok_or_else(|| format!("has no `{name}`"));
        let answers = object
            .get("answers")
            .and_then(Value::as_array)
            .ok_or("has no `answers`")?;
        let answers = answers.iter().map(|answer| {
            answered(
                answer
                    .as_object()
                    .ok_or("has an answer that is no object")?,
            )
        });
        Ok(Opinion {
            id: text("opinion_id")?,
            row_id: text("row_id")?,
            table: text("table")?,
            key: Key {
                model: text("model")?,
                prompt_sha256: text("prompt_sha256")?,
                seed: object
                    .get("seed")
                    .and_then(Value::as_u64)
                    .ok_or("has no `seed`")?,
            },
            content_sha256: text("content_sha256")?,
            url: text("url")?,
            at: text("at")?,
            verdict: verdict(&object)?,
            why: self::text(&object, "why")?,
            answers: answers.collect::<Result<_, String>>()?,
        })
    }
}

fn answered(object: &Map<String, Value>) -> Result<Answered, String> {
    let labels = object
        .get("labels")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let labels = labels.filter_map(|label| Verdict::named(label.as_str()?));
    Ok(Answered {
        labels: labels.collect(),
        raw: text(object, "raw")?.unwrap_or_default(),
        verdict: verdict(object)?,
        field: text(object, "field")?,
        better: text(object, "better")?,
        quotation: text(object, "quotation")?,
        sentence_id: text(object, "sentence_id")?,
        start: object.get("start").and_then(Value::as_u64),
        end: object.get("end").and_then(Value::as_u64),
        why: text(object, "why")?,
    })
}

fn text(object: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("has a `{name}` that is neither text nor null")),
    }
}

fn verdict(object: &Map<String, Value>) -> Result<Option<Verdict>, String> {
    match text(object, "verdict")? {
        None => Ok(None),
        Some(name) => match Verdict::named(&name) {
            Some(verdict) => Ok(Some(verdict)),
            None => Err(format!("has the unknown verdict `{name}`")),
        },
    }
}
