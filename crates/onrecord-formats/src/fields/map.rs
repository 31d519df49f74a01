//! A user's own names for fields.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Field, folded, known};

/// What the fields of a user's tables and JSON are called; the names that are known are
/// tried after these.
///
/// ```
/// use onrecord_formats::FieldMap;
/// let map = FieldMap::from_toml("text = 'Full text'\nauthors = ['Reporter', 'Byline']").unwrap();
/// assert_eq!(FieldMap::from_json(&map.to_json()), Ok(map));
/// let error = FieldMap::from_toml("body = 'Full text'").unwrap_err();
/// assert!(error.contains("`body`") && error.contains("text, content, html, title"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    /// Folded names by our field's name.
    own: BTreeMap<&'static str, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Many(Vec<String>),
}

impl FieldMap {
    /// Reads a map: `field = "name"` or `field = ["name", "other"]` a line. Case, blanks and
    /// signs in names do not count.
    ///
    /// # Errors
    /// A sentence that says what is wrong and which fields there are.
    pub fn from_toml(text: &str) -> Result<FieldMap, String> {
        let given: BTreeMap<String, Names> =
            toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        FieldMap::of(given)
    }

    /// Reads what [`FieldMap::to_json`] gives.
    ///
    /// # Errors
    /// As [`FieldMap::from_toml`].
    pub fn from_json(text: &str) -> Result<FieldMap, String> {
        FieldMap::of(serde_json::from_str(text).map_err(|error| error.to_string())?)
    }

    /// The map as a JSON object, for the settings of a run.
    pub fn to_json(&self) -> String {
        serde_json::json!(self.own).to_string()
    }

    /// Whether only the known names count.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty()
    }

    fn of(given: BTreeMap<String, Names>) -> Result<FieldMap, String> {
        let mut own = BTreeMap::new();
        for (key, names) in given {
            let field = Field::ALL.into_iter().find(|field| field.name() == key);
            let Some(field) = field else {
                let all: Vec<&str> = Field::ALL.into_iter().map(Field::name).collect();
                return Err(format!(
                    "there is no field `{key}`; the fields are {}",
                    all.join(", ")
                ));
            };
            let names = match names {
                Names::One(name) => vec![name],
                Names::Many(names) => names,
            };
            let names: Vec<String> = names.iter().map(|name| folded(name)).collect();
            if names.iter().any(String::is_empty) {
                return Err(format!("a name for `{key}` has no letter or digit in it"));
            }
            own.insert(field.name(), names);
        }
        Ok(FieldMap { own })
    }

    /// The user's names for a field.
    pub(super) fn own(&self, field: Field) -> impl Iterator<Item = &str> {
        let own = self.own.get(field.name()).into_iter().flatten();
        own.map(String::as_str)
    }

    /// All names of a field, the user's first.
    pub(super) fn names(&self, field: Field) -> impl Iterator<Item = &str> {
        self.own(field).chain(known::names(field).iter().copied())
    }

    /// Whether a column of this name is of use.
    pub fn knows(&self, column: &str) -> bool {
        let column = folded(column);
        let mut fields = Field::ALL.into_iter();
        fields.any(|field| self.names(field).any(|name| name == column))
    }

    /// Whether a column of this name can hold the page.
    pub fn holds_text(&self, column: &str) -> bool {
        let column = folded(column);
        let mut fields = [Field::Text, Field::Either, Field::Html].into_iter();
        fields.any(|field| self.names(field).any(|name| name == column))
    }
}
