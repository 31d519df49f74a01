//! What a model answers, read with care.

use serde_json::Value;

use crate::Material;
use crate::opinion::Answered;
use crate::text::{beginning, find};

/// What a model can hold of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The source says something else.
    Wrong,
    /// It can be read either way.
    Unsure,
    /// The source says this.
    Right,
}

impl Verdict {
    /// All of them, disagreement first.
    pub const ALL: [Verdict; 3] = [Verdict::Wrong, Verdict::Unsure, Verdict::Right];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Wrong => "wrong",
            Verdict::Unsure => "unsure",
            Verdict::Right => "right",
        }
    }

    /// The verdict of this name.
    pub fn named(name: &str) -> Option<Verdict> {
        Verdict::ALL
            .into_iter()
            .find(|verdict| verdict.name() == name)
    }
}

/// How much of an answer is kept, in code points.
const KEPT: usize = 4_000;
/// How long a field of an answer may be, in code points.
const FIELD: usize = 500;

/// Reads an answer; one that does not hold what was asked for is kept, says why it does not
/// count, and has no verdict.
pub fn read(content: &str, labels: [Verdict; 3], material: &Material) -> Answered {
    let mut answered = Answered {
        labels: labels.to_vec(),
        raw: content.chars().take(KEPT).collect(),
        ..Answered::default()
    };
    match judged(content, material, &mut answered) {
        Ok(verdict) => answered.verdict = Some(verdict),
        Err(why) => answered.why = Some(why),
    }
    answered
}

fn judged(content: &str, material: &Material, answered: &mut Answered) -> Result<Verdict, String> {
    let object = object(content)?;
    let text = |name: &str| {
        object[name]
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    };
    let verdict = text("verdict").map(str::to_lowercase).unwrap_or_default();
    let Some(verdict) = Verdict::named(&verdict) else {
        return Err("the answer has no verdict right, wrong or unsure".to_owned());
    };
    answered.field = text("field")
        .filter(|field| material.fields().any(|known| known == *field))
        .map(str::to_owned);
    answered.better = text("better").map(|better| beginning(better, FIELD));
    let Some(quotation) = text("quotation") else {
        return match verdict {
            Verdict::Unsure => Ok(verdict),
            _ => Err("the answer quotes nothing".to_owned()),
        };
    };
    let found = material
        .sources
        .iter()
        .find_map(|source| Some((source, find(&source.text, quotation)?)));
    let Some((source, (start, end))) = found else {
        return Err("the words the answer quotes do not stand in the source".to_owned());
    };
    answered.quotation = Some(source.text.chars().skip(start).take(end - start).collect());
    answered.sentence_id = Some(source.sentence_id.clone());
    answered.start = Some(source.start + start as u64);
    answered.end = Some(source.start + end as u64);
    Ok(verdict)
}

/// The JSON object in an answer, which may think aloud before and chat after it.
fn object(content: &str) -> Result<Value, String> {
    let after = content
        .rsplit_once("</think>")
        .map_or(content, |(_, after)| after);
    let start = after.find('{').ok_or("the answer holds no JSON object")?;
    let mut values = serde_json::Deserializer::from_str(&after[start..]).into_iter::<Value>();
    match values.next() {
        Some(Ok(value)) => Ok(value),
        Some(Err(error)) => Err(format!("the answer is malformed JSON ({error})")),
        None => Err("the answer holds no JSON object".to_owned()),
    }
}
