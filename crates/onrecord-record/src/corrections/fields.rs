//! Which cells people may change, and to what.

use onrecord_model::{EventType, PartialDate};
use serde_json::{Value, json};

use crate::{Kind, Map, table_named};

/// What a cell that people may change can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// An actor of the record, by id.
    Actor,
    /// A list of them.
    Actors,
    /// `narrator` or an actor.
    Voice,
    /// One of these words.
    Word(&'static [&'static str]),
    /// `2014`, `2014-09` or `2014-09-20`; the precision follows from it.
    Date,
    /// True or false.
    Truth,
    /// A place of the record, by id.
    Place,
    /// Any text.
    Text,
}

/// The sixteen event types of PLOVER, in the manual's order.
pub const EVENT_TYPES: &[&str] = &[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "SANCTION",
    "PROTEST",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];
const STATUS: &[&str] = &[
    "actual",
    "future",
    "threatened",
    "conditional",
    "denied",
    "alleged",
];
const STANCE: &[&str] = &["support", "oppose", "mixed"];
const OUTLOOK: &[&str] = &["threat", "promise", "demand", "prediction", "warning"];
const OUTCOME: &[&str] = &["fulfilled", "broken", "partly", "open"];
const TONE: &[&str] = &["positive", "negative", "neutral"];
const KIND: &[&str] = &["direct", "indirect", "mixed"];
const SOURCE: &[&str] = &["named", "anonymous", "document", "outlet", "crowd", "none"];
const PREDICATE: &[&str] = &[
    "leads",
    "member_of",
    "speaks_for",
    "part_of",
    "backed_by",
    "allied_with",
    "opposes",
];

/// The cells that people may change, by table, in the order in which they are shown.
const FIELDS: &[(&str, &[(&str, Rule)])] = &[
    ("mentions", &[("actor_id", Rule::Actor)]),
    (
        "relations",
        &[
            ("subject_id", Rule::Actor),
            ("predicate", Rule::Word(PREDICATE)),
            ("object_id", Rule::Actor),
            ("date", Rule::Date),
        ],
    ),
    (
        "statements",
        &[
            ("speaker_id", Rule::Actor),
            ("kind", Rule::Word(KIND)),
            ("addressee_id", Rule::Actor),
            ("via", Rule::Actors),
            ("negated", Rule::Truth),
            ("source_kind", Rule::Word(SOURCE)),
            ("date", Rule::Date),
        ],
    ),
    (
        "events",
        &[
            ("event_type", Rule::Word(EVENT_TYPES)),
            ("mode", Rule::Text),
            ("actor_ids", Rule::Actors),
            ("recipient_ids", Rule::Actors),
            ("status", Rule::Word(STATUS)),
            ("place_id", Rule::Place),
            ("date", Rule::Date),
            ("attributed_to", Rule::Actor),
        ],
    ),
    (
        "positions",
        &[
            ("issue", Rule::Text),
            ("actor_id", Rule::Actor),
            ("stance", Rule::Word(STANCE)),
            ("scope", Rule::Text),
            ("date", Rule::Date),
            ("according_to", Rule::Actor),
        ],
    ),
    (
        "outlooks",
        &[
            ("actor_id", Rule::Actor),
            ("type", Rule::Word(OUTLOOK)),
            ("made", Rule::Date),
            ("outcome", Rule::Word(OUTCOME)),
            ("outcome_note", Rule::Text),
        ],
    ),
    (
        "framings",
        &[
            ("actor_id", Rule::Actor),
            ("voice", Rule::Voice),
            ("tone", Rule::Word(TONE)),
        ],
    ),
];

/// The cells of a table that people may change.
pub(super) fn fields(table: &str) -> &'static [(&'static str, Rule)] {
    let found = FIELDS.iter().find(|(name, _)| *name == table);
    found.map_or(&[], |(_, fields)| fields)
}

/// What a cell may hold.
///
/// ```
/// use onrecord_record::{Rule, rule_of};
/// assert!(matches!(rule_of("positions", "stance"), Ok(Rule::Word(_))));
/// ```
///
/// # Errors
/// If people may not change it: which cells of the table they may.
pub fn rule_of(table: &str, field: &str) -> Result<Rule, String> {
    let fields = fields(table);
    if let Some((_, rule)) = fields.iter().find(|(name, _)| *name == field) {
        return Ok(*rule);
    }
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    Err(match names.as_slice() {
        [] => format!("rows of `{table}` cannot be corrected"),
        _ => format!(
            "`{field}` of `{table}` cannot be corrected; these can: {}",
            names.join(", ")
        ),
    })
}

impl Rule {
    /// The value that words typed by a person stand for; empty words empty the cell. Actors
    /// and places must be ids already, several parted by commas.
    ///
    /// # Errors
    /// What is wrong with them, and what fits.
    pub fn read(self, words: &str) -> Result<Value, String> {
        let words = words.trim();
        if words.is_empty() {
            return match self {
                Rule::Actors => Ok(json!([])),
                Rule::Word(all) => Err(format!("must be one of {}", all.join(", "))),
                Rule::Voice => Err("must be `narrator` or an actor".to_owned()),
                Rule::Truth => Err("must be true or false".to_owned()),
                _ => Ok(Value::Null),
            };
        }
        match self {
            Rule::Actor | Rule::Place | Rule::Text | Rule::Voice => Ok(words.into()),
            Rule::Actors => {
                let ids = words.split(',').map(str::trim).filter(|id| !id.is_empty());
                Ok(ids.map(Value::from).collect::<Vec<_>>().into())
            }
            Rule::Word(all) => all
                .iter()
                .find(|word| word.eq_ignore_ascii_case(words))
                .map(|word| Value::from(*word))
                .ok_or_else(|| format!("is `{words}`; it must be one of {}", all.join(", "))),
            Rule::Date => match PartialDate::parse(words) {
                Some(date) => Ok(date.to_string().into()),
                None => Err(format!(
                    "is `{words}`; a date is written 2014, 2014-09 or 2014-09-20"
                )),
            },
            Rule::Truth => match words.to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Ok(true.into()),
                "false" | "no" | "0" => Ok(false.into()),
                _ => Err(format!("is `{words}`; it must be true or false")),
            },
        }
    }
}

/// Cells of the row that follow from a new value by themselves.
pub(super) fn derived(table: &str, field: &str, value: &Value) -> Map {
    let mut with = Map::new();
    match field {
        "date" if matches!(table, "statements" | "events" | "positions") => {
            let date = value.as_str().and_then(PartialDate::parse);
            with.insert(
                "date_precision".to_owned(),
                date.map_or(Value::Null, |d| d.precision().name().into()),
            );
        }
        "event_type" => {
            let quad = value
                .as_str()
                .and_then(EventType::read)
                .map(EventType::quad);
            with.insert("quad".to_owned(), quad.into());
        }
        "speaker_id" => {
            let kind = if value.is_null() { "none" } else { "named" };
            with.insert("source_kind".to_owned(), kind.into());
        }
        _ => {}
    }
    with
}

/// The value of a cell as a line tells it; `None` if the column cannot hold it.
pub(super) fn value_of(table: &str, field: &str, is: Option<&str>) -> Option<Value> {
    let column = table_named(table)?.column(field)?;
    let Some(is) = is else {
        return Some(Value::Null);
    };
    match column.kind {
        Kind::Text => Some(is.into()),
        _ => serde_json::from_str(is).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{
        EventStatus, Outcome, OutlookType, Predicate, SourceKind, Stance, StatementKind, Tone,
    };

    #[test]
    fn every_field_is_a_column_and_words_are_those_of_the_model() {
        for (table, fields) in FIELDS {
            let table = table_named(table).expect("a table");
            for (field, _) in *fields {
                assert!(table.column(field).is_some(), "{}.{field}", table.name);
            }
        }
        let status = |w: &&str| STATUS.contains(w);
        assert_eq!(EventType::ALL.map(EventType::name), EVENT_TYPES);
        assert!(
            [
                EventStatus::Actual,
                EventStatus::Future,
                EventStatus::Threatened
            ]
            .map(EventStatus::name)
            .iter()
            .all(status)
        );
        for word in STANCE {
            assert!(Stance::read(word).is_some());
        }
        for word in OUTLOOK {
            assert!(OutlookType::read(word).is_some());
        }
        for word in TONE {
            assert!(Tone::read(word).is_some());
        }
        assert!(OUTCOME.contains(&Outcome::Partly.name()));
        assert!(KIND.contains(&StatementKind::Mixed.name()));
        assert!(SOURCE.contains(&SourceKind::Crowd.name()));
        assert!(PREDICATE.contains(&Predicate::BackedBy.name()));
    }

    #[test]
    fn words_are_read_by_their_rule() {
        let rule = |table, field| rule_of(table, field).expect("may be changed");
        assert_eq!(
            rule("events", "event_type").read("assault"),
            Ok("ASSAULT".into())
        );
        assert!(rule("events", "date").read("2014-13-03").is_err());
        assert_eq!(rule("events", "date").read(""), Ok(Value::Null));
        assert_eq!(
            rule("events", "actor_ids").read("ac-1, ac-2"),
            Ok(json!(["ac-1", "ac-2"]))
        );
        assert_eq!(rule("statements", "negated").read("yes"), Ok(true.into()));
        assert!(
            rule("positions", "stance")
                .read("maybe")
                .expect_err("no stance")
                .contains("oppose")
        );
        assert!(
            rule_of("events", "trigger")
                .expect_err("as it stands")
                .contains("event_type")
        );
        assert!(
            rule_of("runs", "version")
                .expect_err("no")
                .contains("cannot")
        );
    }
}
