//! What was found across pages elsewhere: by a cluster that holds no record.
//!
//! Its rows travel in tables of their own ([`across_tables`]), beside the rows as read of the same
//! pages. They count only for a record of just these pages ([`Record::take_found`]).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use onrecord_model::Across;
use rusqlite::params_from_iter;

use crate::as_read::{cells, refused};
use crate::tables::col;
use crate::{
    Kind, Map, Record, RecordError, Table, compare, corrections, joins, table_named, values,
};

use Kind::{Integer, List, Text};

/// What is found across pages and has no table of its own in the record.
static BESIDE: [Table; 4] = [
    Table {
        name: "across_made",
        what: "what the rows across pages were made with, one row",
        columns: &[
            col(
                "made_with",
                Text,
                "version and lexicon of the steps across pages",
            ),
            col("articles", Integer, "how many articles were compared"),
        ],
    },
    Table {
        name: "across_joins",
        what: "an actor of the pages that is another",
        columns: &[
            col("from_id", Text, "the actor whose rows go to the other"),
            col("to_id", Text, "the actor that stays"),
            col("reason", Text, "the two names and the evidence"),
            col("made_by", Text, "the rule"),
            col("confidence", Integer, "how sure, in percent"),
        ],
    },
    Table {
        name: "across_outcomes",
        what: "an outcome of an outlook that other pages tell",
        columns: &[
            col("outlook_id", Text, "the outlook"),
            col("key", Text, "the block in which it was found"),
            col("outcome", Text, "fulfilled, broken or partly"),
            col("sentence_ids", List, "the sentences that tell it"),
            col("note", Text, "how it was found"),
        ],
    },
    Table {
        name: "across_same_text",
        what: "an article whose text stands in another",
        columns: &[
            col("article_id", Text, "the article"),
            col("same_text_as", Text, "the one that stands for the text"),
        ],
    },
];

/// Tables of the record that only several pages together fill.
const OWN: [&str; 3] = ["stories", "disagreements", "reprints"];

/// The tables of what is found across pages, `across_made` first.
pub fn across_tables() -> impl Iterator<Item = &'static Table> {
    let own = OWN.iter().filter_map(|name| table_named(name));
    BESIDE.iter().chain(own)
}

/// The rows of `stories`, `disagreements` and `reprints` that a record holds of what was found, by
/// table.
///
/// # Errors
/// If SQLite gives no memory.
///
/// ```
/// use onrecord_model::{Across, Story};
/// # fn main() -> Result<(), onrecord_record::RecordError> {
/// let story = Story::of("event", "A raid", vec!["ev-1".into()], &[]);
/// let across = Across { stories: vec![story], ..Across::default() };
/// let rows = onrecord_record::rows_across(&across)?;
/// assert_eq!(rows["stories"][0]["title"], "A raid");
/// # Ok(())
/// # }
/// ```
pub fn rows_across(across: &Across) -> Result<BTreeMap<&'static str, Vec<Map>>, RecordError> {
    let mut record = Record::in_memory()?;
    record.write_across(across)?;
    let tables = OWN.iter().filter_map(|name| table_named(name));
    tables
        .map(|table| {
            let sql = format!("select * from {} order by {}", table.name, table.key());
            let rows = record.with(|c| {
                let mut query = c.prepare(&sql)?;
                let found = query.query_map([], |row| values::row(table, row))?;
                Ok(found.collect::<Result<Vec<Map>, _>>()?)
            })?;
            Ok((table.name, rows))
        })
        .collect()
}

/// Takes what was found across pages elsewhere, in any order.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// use onrecord_record::{FoundElsewhere, Record, across_tables};
/// let mut found = FoundElsewhere::new(&folder.path().join("found.db"))?;
/// let made = across_tables().next().expect("a table");
/// let row = serde_json::json!({"made_with": "steps 1", "articles": 0});
/// found.put(made, row.as_object().expect("a row"))?;
/// let mut record = Record::open(&folder.path().join("all.db"))?;
/// assert_eq!(record.take_found(found, "steps 2")?, Some("it was made with steps 1".to_owned()));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct FoundElsewhere {
    record: Record,
    path: PathBuf,
    made: Vec<(String, u64)>,
}

impl FoundElsewhere {
    /// Nothing yet, in a new file.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn new(path: &Path) -> Result<FoundElsewhere, RecordError> {
        let record = Record::open(path)?;
        record.with(|c| {
            c.pragma_update(None, "synchronous", "off")?;
            Ok(c.execute_batch("begin")?)
        })?;
        Ok(FoundElsewhere {
            record,
            path: path.to_owned(),
            made: Vec::new(),
        })
    }

    /// Puts a row in; the same row again, as tasks that were run twice give it, is left out.
    ///
    /// # Errors
    /// If the row lacks a value, or the file cannot be written.
    pub fn put(&mut self, table: &Table, row: &Map) -> Result<(), RecordError> {
        let values = cells(table, row)?;
        let into = match table.name {
            "across_made" => {
                let made_with = row["made_with"].as_str().unwrap_or_default().to_owned();
                let articles = row["articles"].as_u64().unwrap_or_default();
                self.made.push((made_with, articles));
                return Ok(());
            }
            "across_joins" => "_joins",
            "across_outcomes" => "_outcomes",
            "across_same_text" => "_same_text",
            own if OWN.contains(&own) => own,
            other => {
                return Err(refused(format!(
                    "{other} is no table of what is found across pages"
                )));
            }
        };
        let places = vec!["?"; values.len()].join(", ");
        self.record.with(|c| {
            c.prepare_cached(&format!("insert or ignore into {into} values ({places})"))?
                .execute(params_from_iter(&values))?;
            Ok(())
        })
    }
}

impl Record {
    /// Writes what was found elsewhere in place of what the record has: its rows are those that
    /// [`Record::write_joins`] and [`Record::compare`] would have given. Nothing is written, and
    /// why is returned, unless it was made with `made_with` of just the articles in the record,
    /// and nobody has corrected a row.
    ///
    /// A later [`Record::compare`] keeps nothing of it and compares all articles once.
    ///
    /// # Errors
    /// If the file cannot be written; then nothing has changed, or only actors are joined.
    pub fn take_found(
        &mut self,
        found: FoundElsewhere,
        made_with: &str,
    ) -> Result<Option<String>, RecordError> {
        let articles = self.counts()?.get("articles").copied().unwrap_or_default();
        let corrected = self.with(|c| Ok(c.prepare("select 1 from _corrections")?.exists([])?))?;
        let why = match found.made.as_slice() {
            [] => "it is not told what it was made with".to_owned(),
            [(with, _)] if with != made_with => format!("it was made with {with}"),
            [(_, of)] if *of != articles => {
                format!("it is of {of} articles, and {articles} are in the record")
            }
            [_] if corrected => "rows of the record were corrected".to_owned(),
            [_] => String::new(),
            _ => "it is of several comparisons".to_owned(),
        };
        if !why.is_empty() {
            return Ok(Some(why));
        }
        found.record.with(|c| Ok(c.execute_batch("commit")?))?;
        let all = found.record.with(|c| joins::stored(c, false))?;
        drop(found.record);
        self.write_joins(&all)?;
        self.attached(&found.path, |tx| {
            compare::forget(tx)?;
            tx.execute_batch(TAKE)?;
            while compare::write_cells(tx)? > 0 {}
            compare::forget(tx)?;
            corrections::after_across(tx)
        })?;
        Ok(None)
    }
}

const TAKE: &str = "
    delete from main.stories;
    delete from main.disagreements;
    delete from main.reprints;
    insert into main.stories select * from other.stories order by story_id;
    insert into main.disagreements select * from other.disagreements order by disagreement_id;
    insert into main.reprints select * from other.reprints order by reprint_id;
    insert into main._outcomes select * from other._outcomes;
    insert or ignore into main._in_story
        select r.value, s.story_id from other.stories s, json_each(s.row_ids) r
        where s.kind <> 'text';
    update main.articles set same_text_as = null where same_text_as is not null;
    update main.articles set same_text_as = t.same_text_as from other._same_text t
        where t.article_id = main.articles.article_id;
    insert into main._cells select article_id from main.articles;
";
