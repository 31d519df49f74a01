//! The data card that lies beside the tables of an export.

use onrecord_record::{Counts, Filter, Kind, Map, Record, Table};
use serde_json::{Value, json};

use crate::{ExportError, Format, Options};

/// What there is to know about an export before its rows are used.
pub(crate) struct Card<'a> {
    format: &'a Format,
    tables: &'a [&'static Table],
    options: &'a Options,
    rows: &'a Counts,
    runs: Vec<Map>,
    /// Kind of maker (`rule`, `head`), table, rows.
    makers: Vec<(String, &'static str, u64)>,
    pages: u64,
    articles: u64,
}

impl<'a> Card<'a> {
    pub(crate) fn of(
        record: &Record,
        format: &'a Format,
        tables: &'a [&'static Table],
        options: &'a Options,
        rows: &'a Counts,
    ) -> Result<Card<'a>, ExportError> {
        let mut runs = record.table("runs", &Filter::default(), None)?.rows;
        for run in &mut runs {
            if !options.times {
                run.retain(|name, _| name != "started" && name != "ended");
            }
        }
        let mut makers = Vec::new();
        for table in tables
            .iter()
            .filter(|table| table.column("made_by").is_some())
        {
            let found = record.sql(&format!(
                "select substr(made_by, 1, instr(made_by || ':', ':') - 1) as maker,
                        count(*) as n
                 from {} group by 1 order by 1",
                table.name
            ))?;
            makers.extend(found.iter().map(|row| {
                let maker = row["maker"].as_str().unwrap_or_default().to_owned();
                (maker, table.name, row["n"].as_u64().unwrap_or_default())
            }));
        }
        let counts = record.counts()?;
        let count = |name: &str| counts.get(name).copied().unwrap_or_default();
        Ok(Card {
            format,
            tables,
            options,
            rows,
            runs,
            makers,
            pages: count("pages"),
            articles: count("articles"),
        })
    }

    /// `datapackage.json` in the form of frictionlessdata.io, with what is our own under
    /// `onrecord`.
    pub(crate) fn package(&self) -> String {
        let resources: Vec<Value> = self
            .tables
            .iter()
            .map(|table| self.resource(table))
            .collect();
        let makers: Vec<Value> = self
            .makers
            .iter()
            .map(|(maker, table, n)| json!({"made_by": maker, "table": table, "rows": n}))
            .collect();
        let package = json!({
            "name": "onrecord-export",
            "title": self.title(),
            "profile": "data-package",
            "resources": resources,
            "onrecord": {
                "runs": self.runs,
                "rows": self.rows,
                "made_by": makers,
                "text": self.options.text,
                "times": self.options.times,
                "how_to_cite": self.how_to_cite(),
            },
        });
        format!("{package:#}\n")
    }

    fn resource(&self, table: &Table) -> Value {
        let fields: Vec<Value> = table
            .columns
            .iter()
            .map(|column| {
                let kind = match column.kind {
                    Kind::Text => "string",
                    Kind::Integer => "integer",
                    Kind::Real => "number",
                    Kind::Boolean => "boolean",
                    Kind::List => "array",
                    Kind::Object => "object",
                };
                json!({"name": column.name, "type": kind, "description": column.what})
            })
            .collect();
        json!({
            "name": table.name,
            "path": format!("{}.{}", table.name, self.format.extension),
            "format": self.format.extension,
            "mediatype": self.format.media_type,
            "encoding": "utf-8",
            "description": table.what,
            "schema": {"fields": fields, "primaryKey": table.key()},
        })
    }

    /// `CARD.md`, for people.
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("# {}\n\n", self.title());
        text.push_str(
            "Each row was read from a sentence of a page, which it names: look the sentence up \
             before you rely on the row. What somebody said is not what happened; an event has \
             a `status`, a statement a speaker or none.\n",
        );
        if !self.options.text {
            text.push_str(
                "\nThe words of articles, sentences, statements and outlooks are left out.\n",
            );
        }
        text.push_str("\n## Read with\n\n");
        for run in &self.runs {
            let of = |name: &str| run.get(name).and_then(Value::as_str).unwrap_or("none");
            text.push_str(&format!(
                "- onrecord {}, lexicon {}, model {}, settings `{}`\n",
                of("version"),
                of("lexicon_sha256"),
                of("weights_sha256"),
                run.get("settings").unwrap_or(&Value::Null),
            ));
        }
        text.push_str("\n## Rows\n\n| table | rows | one row is |\n|---|---|---|\n");
        for table in self.tables {
            let n = self.rows.get(table.name).copied().unwrap_or_default();
            text.push_str(&format!("| {} | {n} | {} |\n", table.name, table.what));
        }
        text.push_str("\n## Made by\n\n| maker | table | rows |\n|---|---|---|\n");
        for (maker, table, n) in &self.makers {
            text.push_str(&format!("| {maker} | {table} | {n} |\n"));
        }
        text.push_str(
            "\n`made_by` and `confidence` of a row say more. How often rows are right depends on \
             the pages: count a sample of your own against its sentences.\n",
        );
        text.push_str(&format!("\n## How to cite\n\n{}\n", self.how_to_cite()));
        text
    }

    fn title(&self) -> String {
        format!(
            "A record of {} articles from {} pages",
            self.articles, self.pages
        )
    }

    fn how_to_cite(&self) -> String {
        let version = self
            .runs
            .first()
            .and_then(|run| run["version"].as_str())
            .unwrap_or("");
        let version = if version.is_empty() {
            String::new()
        } else {
            format!(" {version}")
        };
        format!(
            "{}, made with onrecord{version}. Cite a row with its id, its sentence, and the \
             article's outlet, title and date.",
            self.title()
        )
    }
}
