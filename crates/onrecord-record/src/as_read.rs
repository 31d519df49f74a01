//! Rows as their pages were read: what travels between machines that share no record.
//!
//! [`as_read_tables`] are those with all that reading pages writes, each row once a page. Rows of
//! many machines put into one [`Inbox`] are what [`Record::take_over`] takes. Names without `_`,
//! since programs that write folders of Parquet files hold those with it to be no data.

use std::collections::BTreeMap;
use std::path::Path;

use onrecord_model::{Pile, PileArticle};
use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde_json::Value;

use crate::error::Fault;
use crate::sql::held;
use crate::tables::{col, opt};
use crate::{Counts, Kind, Map, Record, RecordError, Table, pile, table_named, values};

use Kind::{Object, Text};

/// What `read_pages` and the other tables beside those of the record hold.
static BESIDE: [Table; 6] = [
    Table {
        name: "read_pages",
        what: "a page, and what it was read with",
        columns: &[
            col("page_id", Text, "the page"),
            col("run_id", Text, "the run that read it"),
            col(
                "fingerprint",
                Text,
                "the lines that its host repeats, as one number",
            ),
            col("counts", Object, "its rows by table"),
        ],
    },
    Table {
        name: "read_uris",
        what: "a place at which a page lies",
        columns: &[
            col("page_id", Text, "the page"),
            col("uri", Text, "where it was read"),
        ],
    },
    Table {
        name: "read_variants",
        what: "what a page says of an actor or a place",
        columns: &[
            col("page_id", Text, "the page"),
            col("kind", Text, "`actors` or `places`"),
            col("row_id", Text, "the actor or place"),
            col("data", Text, "what it says, as JSON"),
        ],
    },
    Table {
        name: "read_roles",
        what: "an office that a page says an actor has",
        columns: &[
            col("page_id", Text, "the page"),
            col("actor_id", Text, "the actor"),
            col("role", Text, "title, of, from and to, as JSON"),
            col("sentence_id", Text, "the sentence"),
        ],
    },
    Table {
        name: "read_outcomes",
        what: "an outcome that the article of an outlook tells itself",
        columns: &[
            col("outlook_id", Text, "the outlook"),
            col("outcome", Text, "fulfilled, broken or partly"),
            col("sentence_ids", Text, "the sentences that tell it, as JSON"),
            opt("note", Text, "what they say"),
        ],
    },
    Table {
        name: "read_parts",
        what: "an actor that has a part in a row",
        columns: &[
            col("actor_id", Text, "the actor"),
            col("row_id", Text, "the row"),
        ],
    },
];

/// Tables of the record whose rows are made from those of all pages.
const MADE: [&str; 6] = [
    "actors",
    "places",
    "stories",
    "disagreements",
    "reprints",
    "corrections",
];

/// The tables of rows as read, in the order in which an [`Inbox`] takes them: `read_pages` first,
/// then the others that the record does not have, then those of the record. In some of the
/// former the first column is no key.
pub fn as_read_tables() -> impl Iterator<Item = &'static Table> {
    let own = crate::TABLES.iter();
    BESIDE
        .iter()
        .chain(own.filter(|table| !MADE.contains(&table.name)))
}

/// The table of this name, of those of rows as read.
pub fn as_read_table(name: &str) -> Option<&'static Table> {
    as_read_tables().find(|table| table.name == name)
}

impl Record {
    /// Gives every row of a table of [`as_read_tables`] to `take`, in the order of its columns.
    /// Only of a record whose rows were not joined or corrected are they as read:
    /// [`Record::copy_as_read`] makes such a copy.
    ///
    /// # Errors
    /// If the record was joined or corrected, the table is none of them, the file cannot be
    /// read, or `take` fails.
    pub fn for_each_as_read<E: From<RecordError>>(
        &self,
        table: &Table,
        mut take: impl FnMut(Map) -> Result<(), E>,
    ) -> Result<u64, E> {
        if self.was_changed()? {
            return Err(E::from(RecordError::NotAsRead {
                path: self.path.clone(),
            }));
        }
        let failed = |source: rusqlite::Error| E::from(self.named(Fault::Sqlite(source)));
        let mut query = self.connection.prepare(&select(table)).map_err(failed)?;
        let mut found = query.query([]).map_err(failed)?;
        let mut n = 0;
        while let Some(row) = found.next().map_err(failed)? {
            take(values::row(table, row).map_err(failed)?)?;
            n += 1;
        }
        Ok(n)
    }
}

fn select(table: &Table) -> String {
    let of_page = "join main._pages p on p.n = ";
    match table.name {
        "read_pages" => {
            "select page_id, run_id, fingerprint, counts from _pages order by page_id".to_owned()
        }
        "read_uris" => "select page_id, uri from _uris order by page_id, uri".to_owned(),
        "read_variants" => format!(
            "select p.page_id, v.kind, v.row_id, v.data from _held h {of_page} h.page
             join _variants v on v.n = h.variant order by 1, 2, 3, 4"
        ),
        "read_roles" => format!(
            "select p.page_id, t.actor_id, t.role, t.sentence_id from _text_roles t
             {of_page} t.page order by 1, 2, 3, 4"
        ),
        "read_outcomes" => {
            "select outlook_id, outcome, sentence_ids, note from _own_outcomes order by 1"
                .to_owned()
        }
        "read_parts" => "select actor_id, row_id from _row_actors order by 1, 2".to_owned(),
        name => {
            let columns: Vec<String> = table
                .columns
                .iter()
                .map(|column| format!("\"{}\"", column.name))
                .collect();
            let (columns, key) = (columns.join(", "), table.key());
            format!("select {columns} from {name} order by {key}")
        }
    }
}

/// Takes rows as read, in the order of [`as_read_tables`], and is then a record to be taken over.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// use onrecord_record::{Inbox, Record};
/// let path = folder.path().join("inbox.db");
/// let inbox = Inbox::new(&path)?;
/// inbox.close()?;
/// let mut all = Record::open(&folder.path().join("all.db"))?;
/// assert_eq!(all.take_over(&path)?.pages, 0);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Inbox {
    record: Record,
}

impl Inbox {
    /// An empty one, in a new file.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn new(path: &Path) -> Result<Inbox, RecordError> {
        let record = Record::open(path)?;
        record.with(|c| {
            // It can be filled again: nothing waits for the disk.
            c.pragma_update(None, "synchronous", "off")?;
            Ok(c.execute_batch("begin")?)
        })?;
        Ok(Inbox { record })
    }

    /// Puts a row in; the same row again, as tasks that were run twice give it, is left out.
    ///
    /// # Errors
    /// If the row lacks a value, names a page that is not there, or is of a page that was read
    /// twice with something else each time; or the file cannot be written.
    pub fn put(&mut self, table: &Table, row: &Map) -> Result<(), RecordError> {
        let values = cells(table, row)?;
        if table.name == "read_pages" {
            return self.page(row);
        }
        let places = vec!["?"; values.len()].join(", ");
        let sql = match table.name {
            "read_uris" => "insert or ignore into _uris values (?, ?)".to_owned(),
            "read_outcomes" => "insert or ignore into _own_outcomes values (?, ?, ?, ?)".to_owned(),
            "read_parts" => "insert or ignore into _row_actors values (?, ?)".to_owned(),
            "read_roles" => "insert or ignore into _text_roles
                 select ?2, ?3, ?4, n from _pages where page_id = ?1"
                .to_owned(),
            "read_variants" => {
                return self.variant(&values);
            }
            name => format!("insert or ignore into {name} values ({places})"),
        };
        self.record.with(|c| {
            c.prepare_cached(&sql)?.execute(params_from_iter(&values))?;
            Ok(())
        })
    }

    /// One in memory, from which articles are seen and nothing is taken over.
    ///
    /// # Errors
    /// If SQLite gives no memory.
    pub fn in_memory() -> Result<Inbox, RecordError> {
        let record = Record::in_memory()?;
        record.with(|c| Ok(c.execute_batch("begin")?))?;
        Ok(Inbox { record })
    }

    /// The articles that were put in, with those of their rows that were. See [`Record::pile`].
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn pile(&self) -> Result<Pile, RecordError> {
        self.record.pile()
    }

    /// One of the articles that were put in, with its rows; `None` if it is not there.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<PileArticle>, RecordError> {
        self.record.with(|c| pile::article(c, id))
    }

    fn page(&self, row: &Map) -> Result<(), RecordError> {
        let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
        let counts = row.get("counts").map_or_else(String::new, plain);
        let (page, run, fingerprint) = (text("page_id"), text("run_id"), text("fingerprint"));
        let known: Option<(String, String)> = self.record.with(|c| {
            let mut query =
                c.prepare_cached("select run_id, fingerprint from _pages where page_id = ?")?;
            Ok(query
                .query_row([page], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?)
        })?;
        match known {
            Some(known) if (known.0.as_str(), known.1.as_str()) == (run, fingerprint) => Ok(()),
            Some(_) => Err(refused(format!(
                "page {page} was read twice, with other settings or other lines of its host; its \
                 rows cannot be told apart"
            ))),
            None => self.record.with(|c| {
                c.prepare_cached(
                    "insert into _pages (page_id, run_id, fingerprint, counts) values (?, ?, ?, ?)",
                )?
                .execute([page, run, fingerprint, &counts])?;
                Ok(())
            }),
        }
    }

    fn variant(&self, values: &[Sql]) -> Result<(), RecordError> {
        self.record.with(|c| {
            let [page, kind, row, data] = values else {
                return Ok(());
            };
            c.prepare_cached(
                "insert or ignore into _variants (kind, row_id, data) values (?, ?, ?)",
            )?
            .execute(params![kind, row, data])?;
            c.prepare_cached(
                "insert or ignore into _held select v.n, p.n from _variants v, _pages p
                 where v.kind = ? and v.row_id = ? and v.data = ? and p.page_id = ?",
            )?
            .execute(params![kind, row, data, page])?;
            Ok(())
        })
    }

    /// Checks that all is there, and closes the file.
    ///
    /// # Errors
    /// If a page, a run or rows of a page are missing, with what is; or the file cannot be
    /// written.
    pub fn close(self) -> Result<(), RecordError> {
        for (missing, what) in [
            (
                "select page_id from _pages where page_id not in (select page_id from pages)",
                "is in read_pages, but not in pages",
            ),
            (
                "select page_id from pages where page_id not in (select page_id from _pages)",
                "is in pages, but not in read_pages",
            ),
            (
                "select run_id from _pages where run_id not in (select run_id from runs)",
                "is in read_pages, but not in runs",
            ),
            (
                "select page_id from _pages where page_id not in (select page_id from _uris)",
                "is in read_pages, but not in read_uris",
            ),
        ] {
            let found: Option<String> = self.record.with(|c| {
                Ok(
                    c.query_row(&format!("{missing} limit 1"), [], |row| row.get(0))
                        .optional()?,
                )
            })?;
            if let Some(id) = found {
                return Err(refused(format!("{id} {what}")));
            }
        }
        let said = self.said()?;
        let held = self.record.counts()?;
        for table in as_read_tables().filter(|t| table_named(t.name).is_some()) {
            let (said, held) = (said.get(table.name), held.get(table.name));
            if table.name != "runs" && said.unwrap_or(&0) != held.unwrap_or(&0) {
                return Err(refused(format!(
                    "the pages have {} rows of {}, {} are there",
                    said.unwrap_or(&0),
                    table.name,
                    held.unwrap_or(&0)
                )));
            }
        }
        self.record.with(|c| Ok(c.execute_batch("commit")?))
    }

    /// How many rows the pages had when they were read.
    fn said(&self) -> Result<Counts, RecordError> {
        self.record.with(|c| {
            let mut query = c.prepare(
                "select j.key, sum(j.value) from _pages p, json_each(p.counts) j group by 1",
            )?;
            let found = query.query_map([], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
            })?;
            let mut all = BTreeMap::new();
            for pair in found {
                let (name, n) = pair?;
                all.insert(name, n.unsigned_abs());
            }
            Ok(all)
        })
    }
}

/// The cells of a row, in the order of its table.
///
/// # Errors
/// If one is missing that must be there.
pub(crate) fn cells(table: &Table, row: &Map) -> Result<Vec<Sql>, RecordError> {
    let values: Vec<Sql> = table
        .columns
        .iter()
        .map(|column| row.get(column.name).map_or(Sql::Null, held))
        .collect();
    let mut both = table.columns.iter().zip(&values);
    match both.find(|(c, v)| !c.null && **v == Sql::Null) {
        Some((column, _)) => Err(refused(format!(
            "a row of {} has nothing in the column {}",
            table.name, column.name
        ))),
        None => Ok(values),
    }
}

pub(crate) fn refused(what: String) -> RecordError {
    RecordError::Rows { what }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
