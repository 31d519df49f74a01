//! One correction: a line of the file, and what it asks for.

use onrecord_model::{Id, id_of};
use serde_json::{Map, Value, json};

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
}

/// What a correction asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The actor is another one.
    Merge {
        /// The one that goes.
        from: Id,
        /// The one that stays.
        to: Id,
    },
    /// Mentions of one written form are of another actor.
    Split {
        /// Whose they were.
        actor: Id,
        /// The words.
        form: String,
        /// The only article in which they are.
        article: Option<Id>,
        /// Name of the actor they are of.
        name: String,
    },
    /// The actor has another name.
    Rename {
        /// Whose.
        actor: Id,
        /// The name before.
        was: Option<String>,
        /// The name.
        name: String,
    },
    /// The actor is in no row; the text stays.
    Forget {
        /// Who.
        actor: Id,
    },
    /// An earlier correction is taken back.
    Undo {
        /// Which.
        correction: Id,
    },
}

/// Before the article's id, where a split is for one article only.
const IN_ARTICLE: &str = "form:";
/// The keys of a line, in the order in which they are written.
const KEYS: [&str; 8] = [
    "correction_id",
    "row_key",
    "field",
    "was",
    "is",
    "by",
    "at",
    "why",
];

impl Correction {
    /// The line of a change; `n` is its number in the file, so that the same change made
    /// twice is two corrections.
    pub fn of(change: Change, by: &str, at: &str, why: Option<&str>, n: usize) -> Correction {
        let (row_key, field, was, is) = match change {
            Change::Merge { from, to } => (from.clone(), "actor_id".into(), Some(from), Some(to)),
            Change::Split {
                actor,
                form,
                article,
                name,
            } => {
                let field = article.map_or("form".to_owned(), |a| format!("{IN_ARTICLE}{a}"));
                (actor, field, Some(form), Some(name))
            }
            Change::Rename { actor, was, name } => (actor, "name".into(), was, Some(name)),
            Change::Forget { actor } => (actor, "forgotten".into(), None, None),
            Change::Undo { correction } => (correction, "undone".into(), None, None),
        };
        let mut correction = Correction {
            id: Id::new(),
            row_key,
            field,
            was,
            is,
            by: Some(by.to_owned()),
            at: Some(at.to_owned()),
            why: why.map(str::to_owned),
        };
        let line = correction.to_line();
        correction.id = id_of("co", &[&n.to_string(), &line]);
        correction
    }

    /// What it asks for; `None` for a kind that this version does not know, or one that
    /// lacks a value.
    pub fn change(&self) -> Option<Change> {
        let actor = self.row_key.clone();
        match self.field.as_str() {
            "actor_id" => Some(Change::Merge {
                from: actor,
                to: self.is.clone()?,
            }),
            "name" => Some(Change::Rename {
                actor,
                was: self.was.clone(),
                name: self.is.clone()?,
            }),
            "forgotten" => Some(Change::Forget { actor }),
            "undone" => Some(Change::Undo { correction: actor }),
            field => Some(Change::Split {
                actor,
                form: self.was.clone()?,
                article: match field {
                    "form" => None,
                    _ => Some(field.strip_prefix(IN_ARTICLE)?.to_owned()),
                },
                name: self.is.clone()?,
            }),
        }
    }

    /// As it stands in the file, without the line end.
    pub fn to_line(&self) -> String {
        json!({
            "correction_id": self.id, "row_key": self.row_key, "field": self.field,
            "was": self.was, "is": self.is, "by": self.by, "at": self.at, "why": self.why,
        })
        .to_string()
    }

    /// Reads [`Correction::to_line`]; the error says what is wrong with the line.
    pub(crate) fn of_line(line: &str) -> Result<Correction, String> {
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
        Ok(Correction {
            id: needed("correction_id")?,
            row_key: needed("row_key")?,
            field: needed("field")?,
            was: text("was")?,
            is: text("is")?,
            by: text("by")?,
            at: text("at")?,
            why: text("why")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_back_as_it_was() {
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
            Change::Undo {
                correction: "co-1".into(),
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
        ] {
            let error = Correction::of_line(line).expect_err("broken");
            assert!(error.contains(what), "{line}: {error}");
        }
    }
}
