//! One correction: a line of the file.

use onrecord_model::Id;
use serde_json::{Map, Value, json};

use super::Anchor;

/// A change that a person made, as its line says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// Its id.
    pub id: Id,
    /// The row it is about.
    pub row_key: Id,
    /// Which column, or which kind of change.
    pub field: String,
    /// The value before.
    pub was: Option<String>,
    /// The value after.
    pub is: Option<String>,
    /// Who made it.
    pub by: Option<String>,
    /// When (ISO 8601).
    pub at: Option<String>,
    /// The reason given.
    pub why: Option<String>,
    /// Cells that follow from the value after.
    pub with: crate::Map,
    /// Of a correction of a row of a page: the row as it was seen, by which it is found again.
    pub on: Option<Anchor>,
}

/// The keys of a line, in the order in which they are written; the last two only where they
/// are needed.
const KEYS: [&str; 10] = [
    "correction_id",
    "row_key",
    "field",
    "was",
    "is",
    "by",
    "at",
    "why",
    "with",
    "on",
];

impl Correction {
    /// As it stands in the file, without the line end.
    pub fn to_line(&self) -> String {
        let mut line = json!({
            "correction_id": self.id, "row_key": self.row_key, "field": self.field,
            "was": self.was, "is": self.is, "by": self.by, "at": self.at, "why": self.why,
        });
        if !self.with.is_empty() {
            line["with"] = Value::Object(self.with.clone());
        }
        if let Some(on) = &self.on {
            line["on"] = on.to_json();
        }
        line.to_string()
    }

    /// What the record keeps of `with` and `on`.
    pub(crate) fn more(&self) -> Option<String> {
        let on = self.on.as_ref()?.to_json();
        Some(json!({ "with": self.with, "on": on }).to_string())
    }

    /// Reads [`Correction::more`].
    pub(crate) fn take_more(&mut self, more: &str) {
        let more: Value = serde_json::from_str(more).unwrap_or_default();
        self.with = more["with"].as_object().cloned().unwrap_or_default();
        self.on = Anchor::of_json(&more["on"]).ok();
    }

    /// Reads [`Correction::to_line`].
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn of_line(line: &str) -> Result<Correction, String> {
        let known = KEYS.join(", ");
        let object: Map<String, Value> = serde_json::from_str(line)
            .map_err(|error| format!("is no JSON object with the keys {known} ({error})"))?;
        if let Some(key) = object.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(format!("has the unknown key `{key}`; the keys are {known}"));
        }
        let text = |key: &str| match object.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(format!("has a `{key}` that is neither text nor null")),
        };
        let needed = |key: &str| match text(key)? {
            Some(text) if !text.is_empty() => Ok(text),
            _ => Err(format!("has no `{key}`")),
        };
        let with = match object.get("with") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(with)) => with.clone(),
            Some(_) => return Err("has a `with` that is no object".to_owned()),
        };
        let on = match object.get("on") {
            None | Some(Value::Null) => None,
            Some(on) => Some(Anchor::of_json(on)?),
        };
        Ok(Correction {
            id: needed("correction_id")?,
            row_key: needed("row_key")?,
            field: needed("field")?,
            was: text("was")?,
            is: text("is")?,
            by: text("by")?,
            at: text("at")?,
            why: text("why")?,
            with,
            on,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, Verdict};

    fn anchor() -> Anchor {
        let row = json!({"event_id": "ev-1", "event_type": "AID", "actor_ids": ["ac-1"]});
        Anchor {
            table: "events".into(),
            page: "pg-1".into(),
            sentences: vec!["They “gave” it.".into()],
            row: row.as_object().cloned().unwrap_or_default(),
        }
    }

    #[test]
    fn a_line_comes_back_as_it_was() {
        let with = json!({"quad": 4}).as_object().cloned().unwrap_or_default();
        for change in [
            Change::Merge {
                from: "ac-1".into(),
                to: "ac-2".into(),
            },
            Change::Split {
                actor: "ac-1".into(),
                form: "the “Guards”".into(),
                article: Some("ar-3".into()),
                name: "Others".into(),
            },
            Change::Rename {
                actor: "ac-1".into(),
                was: Some("a".into()),
                name: "b".into(),
            },
            Change::Forget {
                actor: "ac-1".into(),
            },
            Change::Apart {
                actor: "ac-1".into(),
                other: "ac-2".into(),
            },
            Change::Undo {
                correction: "co-1".into(),
            },
            Change::Set {
                row: anchor(),
                field: "event_type".into(),
                value: "ASSAULT".into(),
                with,
            },
            Change::Set {
                row: anchor(),
                field: "actor_ids".into(),
                value: json!(["ac-2", "ac-3"]),
                with: Map::new(),
            },
            Change::Set {
                row: anchor(),
                field: "date".into(),
                value: Value::Null,
                with: Map::new(),
            },
            Change::Judge {
                row: anchor(),
                verdict: Verdict::Rejected,
            },
        ] {
            let made = Correction::of(change.clone(), "me", "2030", Some("it is so"), 4);
            let read = Correction::of_line(&made.to_line()).expect("a line");
            assert_eq!(read, made);
            assert_eq!(read.change(), Some(change));
        }
    }

    #[test]
    fn a_broken_line_says_what_is_wrong() {
        for (line, what) in [
            ("{", "no JSON object"),
            ("[]", "no JSON object"),
            (
                r#"{"correction_id":"co-1","row_key":"ac-1"}"#,
                "has no `field`",
            ),
            (
                r#"{"correction_id":"co-1","row_key":1,"field":"x"}"#,
                "neither text",
            ),
            (r#"{"corection_id":"co-1"}"#, "unknown key `corection_id`"),
            (
                r#"{"correction_id":"co-1","row_key":"ev-1","field":"accepted","on":{"table":"x"}}"#,
                "no table `x`",
            ),
        ] {
            let error = Correction::of_line(line).expect_err("broken");
            assert!(error.contains(what), "{line}: {error}");
        }
    }
}
