//! What a correction asks for.

use onrecord_model::{Id, id_of};
use serde_json::Value;

use super::{Anchor, Correction};
use crate::Map;

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
    /// Two actors are two, whatever the step across pages takes them for.
    Apart {
        /// The one that leaves where both were joined.
        actor: Id,
        /// The other.
        other: Id,
    },
    /// A cell of a row has another value.
    Set {
        /// The row, as it was seen.
        row: Anchor,
        /// The column.
        field: String,
        /// Its value; `Null` empties the cell.
        value: Value,
        /// Cells that follow from the value, such as the quad from the type of an event.
        with: Map,
    },
    /// A person has looked at a row and says whether it is right.
    Judge {
        /// The row, as it was seen.
        row: Anchor,
        /// What the person says.
        verdict: Verdict,
    },
    /// An earlier correction is taken back.
    Undo {
        /// Which.
        correction: Id,
    },
}

/// What a person says of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// All it says is right: it stays as it is, whatever a later run reads.
    Accepted,
    /// A cell was wrong and was changed.
    Changed,
    /// It is wrong and is taken out.
    Rejected,
    /// It is not to be told, right or wrong: taken out. Of a sentence or an article, all
    /// rows that rest on it.
    Suppressed,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 4] = [
        Verdict::Accepted,
        Verdict::Changed,
        Verdict::Rejected,
        Verdict::Suppressed,
    ];

    /// The word in `corrections.field` (but for `Changed`, where the column stands).
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Accepted => "accepted",
            Verdict::Changed => "changed",
            Verdict::Rejected => "rejected",
            Verdict::Suppressed => "suppressed",
        }
    }

    /// Reads [`Verdict::name`].
    pub fn read(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|v| v.name() == word)
    }

    /// Whether rows so judged are taken out of their table.
    pub fn takes_out(self) -> bool {
        matches!(self, Verdict::Rejected | Verdict::Suppressed)
    }
}

/// Before the article's id, where a split is for one article only.
const IN_ARTICLE: &str = "form:";

impl Correction {
    /// The line of a change; `n` is its number in the file, so that the same change made
    /// twice is two corrections.
    ///
    /// ```
    /// use onrecord_record::{Change, Correction};
    /// let forget = Change::Forget { actor: "ac-1".into() };
    /// let line = Correction::of(forget.clone(), "me", "2030-01-01T09:00:00Z", None, 0);
    /// assert_eq!(line.field, "forgotten");
    /// assert_eq!(line.change(), Some(forget));
    /// ```
    pub fn of(change: Change, by: &str, at: &str, why: Option<&str>, n: usize) -> Correction {
        let mut correction = Correction {
            by: Some(by.to_owned()),
            at: Some(at.to_owned()),
            why: why.map(str::to_owned),
            ..Correction::default()
        };
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
            Change::Apart { actor, other } => (actor, "apart".into(), None, Some(other)),
            Change::Undo { correction } => (correction, "undone".into(), None, None),
            Change::Set {
                row,
                field,
                value,
                with,
            } => {
                let was = row.row.get(&field).and_then(text_of);
                let key = row.id().to_owned();
                correction.with = with;
                correction.on = Some(row);
                (key, field, was, text_of(&value))
            }
            Change::Judge { row, verdict } => {
                let key = row.id().to_owned();
                correction.on = Some(row);
                (key, verdict.name().to_owned(), None, None)
            }
        };
        (correction.row_key, correction.field) = (row_key, field);
        (correction.was, correction.is) = (was, is);
        let line = correction.to_line();
        correction.id = id_of("co", &[&n.to_string(), &line]);
        correction
    }

    /// What it asks for; `None` for a kind that this version does not know, or one that
    /// lacks a value.
    pub fn change(&self) -> Option<Change> {
        let actor = self.row_key.clone();
        if let Some(on) = &self.on {
            let row = on.clone();
            return Some(match Verdict::read(&self.field) {
                Some(verdict) => Change::Judge { row, verdict },
                None => Change::Set {
                    value: super::value_of(&row.table, &self.field, self.is.as_deref())?,
                    row,
                    field: self.field.clone(),
                    with: self.with.clone(),
                },
            });
        }
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
            "apart" => Some(Change::Apart {
                actor,
                other: self.is.clone()?,
            }),
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
}

/// A cell as the line says it: text as it is, anything else as JSON, nothing for an empty one.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
