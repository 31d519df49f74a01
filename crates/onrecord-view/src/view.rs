//! What a screen is given.

use onrecord_record::{Map, Record};
use serde_json::Value;

use crate::error::Fault;
use crate::names::Names;
use crate::params::{Params, path_part};
use crate::site::{Asked, Site};

/// In what form an address is answered: its ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Html,
    Json,
    Csv,
    Svg,
}

impl Form {
    /// A path without its ending, and the form that the ending asks for.
    pub fn of(path: &str) -> (&str, Form) {
        for form in [Form::Json, Form::Csv, Form::Svg] {
            if let Some(rest) = path.strip_suffix(form.ending()) {
                return (rest, form);
            }
        }
        (path, Form::Html)
    }

    pub fn ending(self) -> &'static str {
        match self {
            Form::Html => "",
            Form::Json => ".json",
            Form::Csv => ".csv",
            Form::Svg => ".svg",
        }
    }
}

/// A screen's view of the record: an address that is asked, and the record that answers.
pub(crate) struct View<'a> {
    pub site: &'a Site,
    pub record: &'a Record,
    pub names: Names<'a>,
    pub parts: &'a [String],
    pub form: Form,
    pub params: &'a Params,
    /// Whether who asks may write.
    pub write: bool,
}

impl<'a> View<'a> {
    pub fn new(site: &'a Site, record: &'a Record, asked: &'a Asked) -> View<'a> {
        View {
            site,
            record,
            names: Names::of(record),
            parts: &asked.parts,
            form: asked.form,
            params: &asked.params,
            write: asked.write,
        }
    }

    /// The part of the path behind the screen's name: which row.
    pub fn id(&self) -> Option<&'a str> {
        self.parts.get(1).map(String::as_str)
    }

    /// The address of this page with other parameters, in another form.
    pub fn address(&self, form: Form, params: &Params) -> String {
        let mut path: String = self
            .parts
            .iter()
            .map(|part| format!("/{}", path_part(part)))
            .collect();
        if path.is_empty() {
            path = if form == Form::Html { "/" } else { "/start" }.to_owned();
        }
        format!("{path}{}{}", form.ending(), params.query())
    }

    /// This page with one parameter changed, from its first part on.
    pub fn with(&self, name: &str, value: &str) -> String {
        let params = self.params.without("page").with(name, value);
        self.address(Form::Html, &params)
    }

    /// Rows of an SQL query.
    pub fn ask(&self, query: &str, values: &[Value]) -> Result<Vec<Map>, Fault> {
        Ok(self.record.sql_with(query, values)?.rows)
    }

    /// The first number of the first row of a query.
    pub fn count(&self, query: &str, values: &[Value]) -> Result<u64, Fault> {
        let rows = self.ask(query, values)?;
        let first = rows.first().and_then(|row| row.values().next());
        Ok(first.and_then(Value::as_u64).unwrap_or_default())
    }
}

/// A cell that holds words; empty where it holds none.
pub(crate) fn text<'r>(row: &'r Map, name: &str) -> &'r str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// As [`text`]; `None` where it holds none.
pub(crate) fn some<'r>(row: &'r Map, name: &str) -> Option<&'r str> {
    row.get(name)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
}

/// A cell that holds a whole number, else 0.
pub(crate) fn number(row: &Map, name: &str) -> i64 {
    row.get(name).and_then(Value::as_i64).unwrap_or_default()
}

/// The words of a cell that holds a list.
pub(crate) fn list<'r>(row: &'r Map, name: &str) -> impl Iterator<Item = &'r str> {
    let values = row.get(name).and_then(Value::as_array);
    values.into_iter().flatten().filter_map(Value::as_str)
}

/// Rows of a query on columns of `table`, as [`Record::table`] gives them: lists as lists.
pub(crate) fn typed(table: &str, mut rows: Vec<Map>) -> Vec<Map> {
    use onrecord_record::Kind;
    let Some(table) = onrecord_record::table_named(table) else {
        return rows;
    };
    for row in &mut rows {
        for column in table.columns {
            let Some(value) = row.get_mut(column.name) else {
                continue;
            };
            match column.kind {
                Kind::List | Kind::Object => {
                    if let Some(read) = value.as_str().and_then(|t| serde_json::from_str(t).ok()) {
                        *value = read;
                    }
                }
                Kind::Boolean => {
                    if let Some(n) = value.as_i64() {
                        *value = Value::Bool(n != 0);
                    }
                }
                _ => {}
            }
        }
    }
    rows
}
