//! The data card that lies beside the tables of an export.

use onrecord_record::{Counts, Filter, Kind, Map, Precision, Table};
use serde_json::{Value, json};

use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, Format, Options};

const WARNING: &str = "Each row was read from a sentence of a page, which it names: look the sentence up \
     before you rely on the row. What somebody said is not what happened; an event has a \
     `status`, a statement a speaker or none.";
const REVIEWED: &str = "Only rows that a person has looked at: those which a correction that holds is about, \
     and what they name.";

/// What there is to know about an export before its rows are used.
pub(crate) struct Card<'a> {
    format: &'a Format,
    tables: &'a [&'static Table],
    options: &'a Options,
    rows: Counts,
    left_out: Counts,
    runs: Vec<Map>,
    /// Kind of maker (`rule`, `head`), table, rows.
    makers: Vec<(String, &'static str, u64)>,
    /// Of the rows that people looked at, by table.
    precision: Vec<Precision>,
    pages: u64,
    articles: u64,
}

impl<'a> Card<'a> {
    /// The card; without the numbers of rows where it is written before them.
    pub(crate) fn of(
        source: &'a Source<'_>,
        format: &'a Format,
        written: Option<&Written>,
    ) -> Result<Card<'a>, ExportError> {
        let mut runs = source.record.table("runs", &Filter::default(), None)?.rows;
        for run in &mut runs {
            if !source.options.times {
                run.retain(|name, _| name != "started" && name != "ended");
            }
        }
        let count = |name: &str| source.counts.get(name).copied().unwrap_or_default();
        let written = written.cloned().unwrap_or_default();
        let mut precision = source.record.precision()?;
        precision.retain(|of| of.actor_kind.is_none());
        Ok(Card {
            format,
            tables: &source.tables,
            options: source.options,
            rows: written.rows,
            left_out: written.left_out,
            runs,
            makers: source.makers(),
            precision,
            pages: count("pages"),
            articles: count("articles"),
        })
    }

    /// The card as an object, for formats that hold it themselves.
    pub(crate) fn object(&self) -> Value {
        let makers: Vec<Value> = self
            .makers
            .iter()
            .map(|(maker, table, n)| json!({"made_by": maker, "table": table, "rows": n}))
            .collect();
        json!({
            "title": self.title(),
            "runs": self.runs,
            "rows": self.rows,
            "left_out": self.left_out,
            "made_by": makers,
            "text": self.options.text,
            "times": self.options.times,
            "reviewed_only": self.options.reviewed,
            "precision": self.precision.iter().map(measured).collect::<Vec<_>>(),
            "offsets": "Unicode code points of the article's text, half-open",
            "how_to_cite": self.how_to_cite(),
        })
    }

    /// The card in one paragraph, for formats that have room for one.
    pub(crate) fn line(&self) -> String {
        let mut line = format!("{} {WARNING}", self.how_to_cite());
        if self.options.reviewed {
            line.push_str(&format!(" {REVIEWED}"));
        }
        for run in &self.runs {
            line.push_str(&format!(" Read with {}.", read_with(run)));
        }
        line
    }

    /// `datapackage.json` in the form of frictionlessdata.io, with what is our own under
    /// `onrecord`.
    pub(crate) fn package(&self) -> String {
        let resources: Vec<Value> = self
            .tables
            .iter()
            .map(|table| self.resource(table))
            .collect();
        let package = json!({
            "name": "onrecord-export",
            "title": self.title(),
            "profile": "data-package",
            "resources": resources,
            "onrecord": self.object(),
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
        text.push_str(WARNING);
        text.push('\n');
        if self.options.reviewed {
            text.push_str(&format!("\n{REVIEWED}\n"));
        }
        if !self.options.text {
            text.push_str(
                "\nThe words of articles, sentences, statements and outlooks are left out.\n",
            );
        }
        text.push_str("\n## Read with\n\n");
        for run in &self.runs {
            text.push_str(&format!("- {}\n", read_with(run)));
        }
        text.push_str("\n## Rows\n\n| table | rows | one row is |\n|---|---|---|\n");
        for table in self.tables {
            let n = self.rows.get(table.name).copied().unwrap_or_default();
            text.push_str(&format!("| {} | {n} | {} |\n", table.name, table.what));
        }
        if !self.left_out.is_empty() {
            text.push_str("\n## Left out\n\n| what | how many |\n|---|---|\n");
            for (why, n) in &self.left_out {
                text.push_str(&format!("| {why} | {n} |\n"));
            }
        }
        if !self.makers.is_empty() {
            text.push_str("\n## Made by\n\n| maker | table | rows |\n|---|---|---|\n");
            for (maker, table, n) in &self.makers {
                text.push_str(&format!("| {maker} | {table} | {n} |\n"));
            }
        }
        text.push_str("\n`made_by` and `confidence` of a row say more. ");
        if self.precision.is_empty() {
            text.push_str(
                "How often rows are right depends on the pages: count a sample of your own \
                 against its sentences.\n",
            );
        } else {
            text.push_str(
                "Of the rows that people looked at, so many were right as they were read (with \
                 the interval in which the share lies with a confidence of 95 %, if these rows \
                 are like the others):\n\n| table | right | changed | wrong | precision |\n\
                 |---|---|---|---|---|\n",
            );
            for of in &self.precision {
                let (low, high) = of.interval().unwrap_or_default();
                text.push_str(&format!(
                    "| {} | {} | {} | {} | {:.0} % ({:.0}-{:.0} %) |\n",
                    of.table,
                    of.accepted,
                    of.changed,
                    of.rejected,
                    of.share().unwrap_or_default() * 100.0,
                    low * 100.0,
                    high * 100.0
                ));
            }
        }
        text.push_str(&format!("\n## How to cite\n\n{}\n", self.how_to_cite()));
        text
    }

    /// `metadata.json` as Datasette reads it.
    pub(crate) fn datasette(&self) -> String {
        let mut tables = Map::new();
        for table in self.tables {
            let columns: Map = table
                .columns
                .iter()
                .map(|column| (column.name.to_owned(), column.what.into()))
                .collect();
            tables.insert(
                table.name.to_owned(),
                json!({"description": table.what, "columns": columns}),
            );
        }
        let metadata = json!({
            "title": self.title(),
            "description": self.line(),
            "databases": {"record": {"tables": tables}},
        });
        format!("{metadata:#}\n")
    }

    pub(crate) fn title(&self) -> String {
        format!(
            "A record of {} articles from {} pages",
            self.articles, self.pages
        )
    }

    pub(crate) fn how_to_cite(&self) -> String {
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

fn read_with(run: &Map) -> String {
    let of = |name: &str| run.get(name).and_then(Value::as_str).unwrap_or("none");
    format!(
        "onrecord {}, lexicon {}, model {}, settings `{}`",
        of("version"),
        of("lexicon_sha256"),
        of("weights_sha256"),
        run.get("settings").unwrap_or(&Value::Null),
    )
}

/// How right the rows of a table were, as an object.
fn measured(of: &Precision) -> Value {
    let (low, high) = of.interval().unwrap_or_default();
    let share = |share: f64| (share * 1000.0).round() / 1000.0;
    json!({
        "table": of.table, "accepted": of.accepted, "changed": of.changed, "rejected": of.rejected,
        "precision": of.share().map(share), "low": share(low), "high": share(high),
    })
}
