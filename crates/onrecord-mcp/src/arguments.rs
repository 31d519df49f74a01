//! Arguments of tools: which there are, as JSON Schema, and as a call gives them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::Trouble;
use crate::answer::asked;

/// An argument of a tool.
#[derive(Clone, Copy, Debug)]
pub struct Argument {
    pub name: &'static str,
    pub takes: Takes,
    pub needed: bool,
    /// Its meaning, for the model that calls.
    pub what: &'static str,
}

/// What an argument can be.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    Text,
    /// One of these, in any case.
    OneOf(&'static [&'static str]),
    /// A list of texts, at most so many.
    Texts(usize),
    /// A whole number within these bounds; the last is taken where none is given.
    Whole(u64, u64, u64),
    /// From 0 to 1.
    Share,
    Flag,
}

/// How long a text may be that a call gives, in code points.
const LONGEST: usize = 10_000;

pub const fn may(name: &'static str, takes: Takes, what: &'static str) -> Argument {
    Argument {
        name,
        takes,
        needed: false,
        what,
    }
}

pub const fn must(name: &'static str, takes: Takes, what: &'static str) -> Argument {
    Argument {
        needed: true,
        ..may(name, takes, what)
    }
}

/// Arguments in groups, since many tools share some.
pub type Groups = &'static [&'static [Argument]];

fn each(groups: Groups) -> impl Iterator<Item = &'static Argument> {
    groups.iter().flat_map(|group| group.iter())
}

/// The JSON Schema of the arguments.
pub fn schema(groups: Groups) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut needed = Vec::new();
    for argument in each(groups) {
        let mut property = match argument.takes {
            Takes::Text => json!({ "type": "string", "maxLength": LONGEST }),
            Takes::OneOf(all) => json!({ "type": "string", "enum": all }),
            Takes::Texts(most) => {
                json!({ "type": "array", "items": { "type": "string" }, "minItems": 1, "maxItems": most })
            }
            Takes::Whole(least, most, usual) => {
                json!({ "type": "integer", "minimum": least, "maximum": most, "default": usual })
            }
            Takes::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
            Takes::Flag => json!({ "type": "boolean", "default": false }),
        };
        property["description"] = argument.what.into();
        properties.insert(argument.name.to_owned(), property);
        if argument.needed {
            needed.push(argument.name);
        }
    }
    let schema = json!({
        "type": "object",
        "properties": properties,
        "required": needed,
        "additionalProperties": false,
    });
    schema.as_object().cloned().unwrap_or_default()
}

/// What a call gives.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    given: BTreeMap<&'static str, Value>,
}

impl Arguments {
    /// Reads what a call gives. Null and empty text count as not given, and a number or flag
    /// may be given as text, since models do so.
    ///
    /// # Errors
    /// What does not fit, and what would.
    pub fn read(groups: Groups, given: Option<&Map<String, Value>>) -> Result<Arguments, Trouble> {
        let mut read = Arguments::default();
        for (name, value) in given.into_iter().flatten() {
            let Some(argument) = each(groups).find(|argument| argument.name == name) else {
                let known: Vec<&str> = each(groups).map(|argument| argument.name).collect();
                return asked(format!(
                    "there is no argument `{}`; there are {}",
                    name.chars().take(40).collect::<String>(),
                    known.join(", ")
                ));
            };
            let missing = match value {
                Value::Null => true,
                Value::String(text) => text.trim().is_empty(),
                _ => false,
            };
            if !missing {
                read.given.insert(argument.name, argument.fit(value)?);
            }
        }
        for argument in each(groups) {
            if argument.needed && !read.given.contains_key(argument.name) {
                return asked(format!("`{}` is missing: {}", argument.name, argument.what));
            }
            if let Takes::Whole(_, _, usual) = argument.takes {
                read.given
                    .entry(argument.name)
                    .or_insert_with(|| usual.into());
            }
        }
        Ok(read)
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.given.get(name).and_then(Value::as_str)
    }

    pub fn texts(&self, name: &str) -> Vec<&str> {
        let values = self.given.get(name).and_then(Value::as_array);
        let values = values.into_iter().flatten();
        values.filter_map(Value::as_str).collect()
    }

    pub fn whole(&self, name: &str) -> u64 {
        self.given
            .get(name)
            .and_then(Value::as_u64)
            .unwrap_or_default()
    }

    pub fn share(&self, name: &str) -> Option<f64> {
        self.given.get(name).and_then(Value::as_f64)
    }

    pub fn flag(&self, name: &str) -> bool {
        let value = self.given.get(name).and_then(Value::as_bool);
        value.unwrap_or_default()
    }
}

impl Argument {
    /// The value as the tool takes it.
    fn fit(&self, value: &Value) -> Result<Value, Trouble> {
        let name = self.name;
        match self.takes {
            Takes::Text => match value {
                Value::String(text) => Ok(short_enough(name, text)?.into()),
                _ => asked(format!("`{name}` is text, not {}", kind(value))),
            },
            Takes::OneOf(all) => {
                let given = value.as_str().unwrap_or_default().trim();
                match all.iter().find(|one| one.eq_ignore_ascii_case(given)) {
                    Some(one) => Ok((*one).into()),
                    None => asked(format!("`{name}` is one of {}", all.join(", "))),
                }
            }
            Takes::Texts(most) => {
                let one = [value.clone()];
                let values = match value {
                    Value::Array(values) => values.as_slice(),
                    _ => &one,
                };
                if values.is_empty() || values.len() > most {
                    return asked(format!("`{name}` takes from 1 to {most}"));
                }
                let texts = values.iter().map(|value| match value {
                    Value::String(text) => Ok(Value::from(short_enough(name, text)?)),
                    _ => asked(format!("`{name}` is a list of texts")),
                });
                texts.collect()
            }
            Takes::Whole(least, most, _) => {
                let number = match value {
                    Value::String(text) => text.trim().parse().ok(),
                    Value::Number(number) => number.as_u64().or_else(|| {
                        number
                            .as_f64()
                            .filter(|n| n.fract() == 0.0 && *n >= 0.0)
                            .map(|n| n as u64)
                    }),
                    _ => None,
                };
                match number {
                    Some(number) if (least..=most).contains(&number) => Ok(number.into()),
                    _ => asked(format!("`{name}` is a whole number from {least} to {most}")),
                }
            }
            Takes::Share => {
                let number = match value {
                    Value::String(text) => text.trim().parse().ok(),
                    _ => value.as_f64(),
                };
                match number {
                    Some(number) if (0.0..=1.0).contains(&number) => Ok(number.into()),
                    _ => asked(format!("`{name}` is a number from 0 to 1")),
                }
            }
            Takes::Flag => match value {
                Value::Bool(flag) => Ok((*flag).into()),
                Value::String(text) if text == "true" => Ok(true.into()),
                Value::String(text) if text == "false" => Ok(false.into()),
                _ => asked(format!("`{name}` is true or false")),
            },
        }
    }
}

fn short_enough(name: &str, text: &str) -> Result<String, Trouble> {
    match text.chars().count() {
        count if count > LONGEST => asked(format!(
            "`{name}` has {count} characters; at most {LONGEST} are taken"
        )),
        _ => Ok(text.to_owned()),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: Groups = &[
        &[must("text", Takes::Text, "The words.")],
        &[
            may("limit", Takes::Whole(1, 50, 20), "At most so many."),
            may("newest", Takes::Flag, "The newest first."),
            may("sure", Takes::Share, "How sure."),
            may("stance", Takes::OneOf(&["support", "oppose"]), "Which."),
            may("ids", Takes::Texts(2), "Rows."),
        ],
    ];

    fn read(given: Value) -> Result<Arguments, String> {
        Arguments::read(SOME, given.as_object()).map_err(|trouble| trouble.to_string())
    }

    #[test]
    fn what_models_send_is_taken() {
        let given = json!({
            "text": "a", "limit": "3", "newest": "true", "sure": null, "stance": "OPPOSE", "ids": "st-1",
        });
        let read = read(given).expect("arguments");
        assert_eq!(read.text("text"), Some("a"));
        assert_eq!(read.whole("limit"), 3);
        assert!(read.flag("newest") && read.share("sure").is_none());
        assert_eq!(read.text("stance"), Some("oppose"));
        assert_eq!(read.texts("ids"), ["st-1"]);
    }

    #[test]
    fn what_does_not_fit_is_told() {
        for (given, told) in [
            (json!({}), "`text` is missing"),
            (json!({ "text": "  " }), "`text` is missing"),
            (json!({ "text": 3 }), "`text` is text, not a number"),
            (json!({ "text": "a", "limit": 51 }), "from 1 to 50"),
            (json!({ "text": "a", "limit": 2.5 }), "from 1 to 50"),
            (json!({ "text": "a", "sure": 2 }), "from 0 to 1"),
            (
                json!({ "text": "a", "stance": "x" }),
                "one of support, oppose",
            ),
            (
                json!({ "text": "a", "ids": ["1", "2", "3"] }),
                "from 1 to 2",
            ),
            (
                json!({ "txet": "a" }),
                "no argument `txet`; there are text, limit",
            ),
            (json!({ "text": "a".repeat(10_001) }), "at most 10000"),
        ] {
            let error = read(given.clone()).expect_err("does not fit");
            assert!(error.contains(told), "{given}: {error}");
        }
    }

    #[test]
    fn the_schema_says_the_same() {
        let schema = Value::from(schema(SOME));
        assert_eq!(schema["required"], json!(["text"]));
        assert_eq!(schema["properties"]["limit"]["maximum"], 50);
        assert_eq!(
            schema["properties"]["stance"]["enum"],
            json!(["support", "oppose"])
        );
        assert_eq!(schema["additionalProperties"], false);
    }
}
