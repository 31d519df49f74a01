//! The rows of a page, made as people's corrections say.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::Id;
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value;

use super::find::{OnPage, ids_of};
use super::{Anchor, Change, Correction, State, Verdict, fields, keep, rows};
use crate::error::Fault;
use crate::{Map, OF_SENTENCES, Table, table_named};

/// Makes the rows of all pages as the corrections say; `states` is what is known of each so
/// far. Pages whose rows show their corrections already are left as they are.
pub(crate) fn settle(
    tx: &Transaction<'_>,
    all: &[Correction],
    mut states: Vec<State>,
    rebuild: &mut BTreeSet<Id>,
) -> Result<Vec<State>, Fault> {
    let mut pages: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, correction) in all.iter().enumerate() {
        if let Some(on) = &correction.on {
            pages.entry(&on.page).or_default().push(at);
        }
    }
    let known: BTreeMap<String, String> = {
        let mut query = tx.prepare_cached("select page_id, digest from _settled")?;
        let found = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        found.collect::<Result<_, _>>()?
    };
    for page in known
        .keys()
        .filter(|page| !pages.contains_key(page.as_str()))
    {
        restore(tx, page, rebuild)?;
    }
    let before: Vec<State> = super::all(tx)?
        .into_iter()
        .map(|(_, state)| state)
        .collect();
    for (page, own) in pages {
        let counting: Vec<usize> = own
            .iter()
            .copied()
            .filter(|at| states[*at] == State::Applied)
            .collect();
        let digest = digest(counting.iter().map(|at| &all[*at]));
        let is_gone = |at: &usize| before.get(*at) == Some(&State::Gone);
        if known.get(page) == Some(&digest) && !counting.iter().any(is_gone) {
            continue;
        }
        restore(tx, page, rebuild)?;
        let list: Vec<&Correction> = counting.iter().map(|at| &all[*at]).collect();
        let done = of_page(tx, page, &list, rebuild)?;
        for (at, state) in counting.into_iter().zip(done) {
            states[at] = state;
        }
        settled(tx, page, &digest)?;
    }
    Ok(states)
}

/// Which corrections a page shows.
fn digest<'a>(counting: impl Iterator<Item = &'a Correction>) -> String {
    let ids: Vec<&str> = counting.map(|c| c.id.as_str()).collect();
    onrecord_model::id_of("di", &ids)
}

fn settled(tx: &Transaction<'_>, page: &str, digest: &str) -> Result<(), Fault> {
    tx.prepare_cached("insert or replace into _settled values (?, ?)")?
        .execute([page, digest])?;
    Ok(())
}

/// Makes the rows of a page that was just written as the corrections say that counted when
/// they were last gone over.
pub(crate) fn written(
    tx: &Transaction<'_>,
    page: &str,
    rebuild: &mut BTreeSet<Id>,
) -> Result<(), Fault> {
    let none = !tx
        .prepare_cached("select 1 from _corrections where page_id = ?")?
        .exists([page])?;
    if none {
        return Ok(());
    }
    let all = super::all_of_page(tx, page)?;
    let counting: Vec<&Correction> = all
        .iter()
        .filter(|(_, state)| matches!(state, State::Applied | State::Gone))
        .map(|(correction, _)| correction)
        .collect();
    let states = of_page(tx, page, &counting, rebuild)?;
    for (correction, state) in counting.iter().zip(states) {
        super::note_one(tx, &correction.id, state)?;
    }
    settled(tx, page, &digest(counting.into_iter()))
}

/// Forgets what is kept of a page's corrected rows, which are about to be erased.
pub(crate) fn erased(tx: &Transaction<'_>, page: &str) -> Result<(), Fault> {
    for table in ["_touched", "_judged", "_settled"] {
        tx.prepare_cached(&format!("delete from {table} where page_id = ?"))?
            .execute([page])?;
    }
    Ok(())
}

/// Makes the rows of a page as they were read.
fn restore(tx: &Transaction<'_>, page: &str, rebuild: &mut BTreeSet<Id>) -> Result<(), Fault> {
    let touched: Vec<(Id, String, Option<String>)> = {
        let mut query = tx
            .prepare_cached("select row_id, tbl, was from _touched where page_id = ? order by 1")?;
        let found = query.query_map([page], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        found.collect::<Result<_, _>>()?
    };
    for (id, table, was) in touched {
        if let Some(table) = table_named(&table) {
            let was = was.and_then(|was| serde_json::from_str::<Map>(&was).ok());
            rows::put(tx, table, &id, was.as_ref(), rebuild)?;
        }
    }
    tx.prepare_cached("update _corrections set row_id = null where page_id = ?")?
        .execute([page])?;
    erased(tx, page)
}

/// Makes the rows of a page, which are as they were read, as these corrections say; what
/// became of each.
fn of_page(
    tx: &Transaction<'_>,
    page: &str,
    list: &[&Correction],
    rebuild: &mut BTreeSet<Id>,
) -> Result<Vec<State>, Fault> {
    let mut work = Work {
        on_page: OnPage::of(tx, page)?,
        rebuild,
        out: BTreeMap::new(),
    };
    let mut states = Vec::new();
    for correction in list {
        let row = match correction.change() {
            Some(Change::Set {
                row,
                field,
                value,
                with,
            }) => work.set(correction, &row, &field, &value, &with)?,
            Some(Change::Judge { row, verdict }) => work.judge(correction, &row, verdict)?,
            _ => None,
        };
        states.push(match &row {
            Some(_) => State::Applied,
            None => State::Gone,
        });
        tx.prepare_cached("update _corrections set row_id = ? where correction_id = ?")?
            .execute(params![row, correction.id])?;
    }
    work.what_rested_on_them()?;
    Ok(states)
}

struct Work<'a, 'b> {
    on_page: OnPage<'a>,
    rebuild: &'b mut BTreeSet<Id>,
    /// Rows that were taken out, and whether they may come back for a later correction.
    out: BTreeMap<Id, &'static Table>,
}

impl Work<'_, '_> {
    /// Gives a cell another value; the row that has it now.
    fn set(
        &mut self,
        correction: &Correction,
        on: &Anchor,
        field: &str,
        value: &Value,
        with: &Map,
    ) -> Result<Option<Id>, Fault> {
        let Some(table) = on.shape() else {
            return Ok(None);
        };
        if fields::rule_of(table.name, field).is_err() || !self.can_be(table, field, value)? {
            return Ok(None);
        }
        let Some(id) = self.find_or_keep(correction, on)? else {
            return Ok(None);
        };
        self.change(table, &id, |row| {
            for (name, value) in fields::derived(table.name, field, value) {
                row.insert(name, value);
            }
            for (name, value) in with {
                if table.column(name).is_some() {
                    row.insert(name.clone(), value.clone());
                }
            }
            row.insert(field.to_owned(), value.clone());
        })?;
        self.say(correction, &id, Verdict::Changed)?;
        Ok(Some(id))
    }

    fn judge(
        &mut self,
        correction: &Correction,
        on: &Anchor,
        verdict: Verdict,
    ) -> Result<Option<Id>, Fault> {
        match verdict {
            Verdict::Accepted => {
                let Some(table) = on.shape() else {
                    return Ok(None);
                };
                let Some(id) = self.find_or_keep(correction, on)? else {
                    return Ok(None);
                };
                let mut cells = Map::new();
                for (field, _) in fields::fields(table.name) {
                    // What became of an outlook is found anew with every page.
                    let value = on.row.get(*field).filter(|_| !field.starts_with("outcome"));
                    let Some(value) = value else { continue };
                    if self.can_be(table, field, value)? {
                        cells.insert((*field).to_owned(), value.clone());
                        for name in ["date_precision", "quad", "intensity", "cameo"] {
                            if let Some(value) = on.row.get(name) {
                                cells.insert(name.to_owned(), value.clone());
                            }
                        }
                    }
                }
                self.change(table, &id, |row| row.extend(cells))?;
                self.say(correction, &id, verdict)?;
                Ok(Some(id))
            }
            Verdict::Suppressed if matches!(on.table.as_str(), "sentences" | "articles") => {
                self.suppress_all(correction, on)
            }
            Verdict::Rejected | Verdict::Suppressed => {
                let id = self.on_page.row(on)?;
                let Some((table, id)) = on.shape().zip(id) else {
                    // Where its words are still there, it is out as asked.
                    let there = self.on_page.sentences(on).is_some();
                    return Ok(there.then(|| on.id().to_owned()));
                };
                let row = rows::as_read(self.on_page.tx(), table, &id)?;
                let other = verdict == Verdict::Rejected
                    && id != on.id()
                    && row.is_some_and(|row| !claims_the_same(&on.row, &row));
                if other {
                    return Ok(Some(on.id().to_owned()));
                }
                self.take_out(table, &id)?;
                self.say(correction, &id, verdict)?;
                Ok(Some(id))
            }
            Verdict::Changed => Ok(None),
        }
    }

    fn suppress_all(&mut self, correction: &Correction, on: &Anchor) -> Result<Option<Id>, Fault> {
        let (by, id) = match on.table.as_str() {
            "sentences" => (
                "sentence",
                self.on_page.sentences(on).and_then(|s| s.first().cloned()),
            ),
            _ => {
                let there = self
                    .on_page
                    .tx()
                    .prepare_cached("select 1 from articles where article_id = ?")?
                    .exists([on.id()])?;
                ("article", there.then(|| on.id().to_owned()))
            }
        };
        let Some(id) = id else { return Ok(None) };
        for table in OF_SENTENCES.iter().filter_map(|name| table_named(name)) {
            for row in ids_of(self.on_page.tx(), table, by, &id)? {
                self.take_out(table, &row)?;
                self.say(correction, &row, Verdict::Suppressed)?;
            }
        }
        Ok(Some(id))
    }

    /// The row, put in again where the page no longer gives it though its words are there.
    fn find_or_keep(&mut self, correction: &Correction, on: &Anchor) -> Result<Option<Id>, Fault> {
        if let Some(id) = self.on_page.row(on)? {
            // A row that was taken out comes back for a later correction of it.
            if let Some(table) = self.out.remove(&id) {
                self.bring_back(table, &id)?;
            }
            return Ok(Some(id));
        }
        let Some(row) = keep::row(&self.on_page, correction, on)? else {
            return Ok(None);
        };
        let (Some(table), id) = (on.shape(), on.id().to_owned()) else {
            return Ok(None);
        };
        let tx = self.on_page.tx();
        rows::put(tx, table, &id, Some(&row), self.rebuild)?;
        tx.prepare_cached("insert or replace into _touched values (?, ?, ?, null)")?
            .execute([&id, self.on_page.page(), table.name])?;
        self.on_page.is_back(&id);
        Ok(Some(id))
    }

    fn bring_back(&mut self, table: &'static Table, id: &str) -> Result<(), Fault> {
        let tx = self.on_page.tx();
        let was: Option<Option<String>> = tx
            .prepare_cached("select was from _touched where row_id = ?")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        let was = was
            .flatten()
            .and_then(|w| serde_json::from_str::<Map>(&w).ok());
        rows::put(tx, table, id, was.as_ref(), self.rebuild)
    }

    fn change(
        &mut self,
        table: &'static Table,
        id: &str,
        edit: impl FnOnce(&mut Map),
    ) -> Result<(), Fault> {
        let tx = self.on_page.tx();
        let Some(mut row) = rows::as_read(tx, table, id)? else {
            return Ok(());
        };
        self.keep_as_read(table, id, &row)?;
        let before = row.clone();
        edit(&mut row);
        if row == before {
            return Ok(());
        }
        rows::put(tx, table, id, Some(&row), self.rebuild)
    }

    fn take_out(&mut self, table: &'static Table, id: &str) -> Result<(), Fault> {
        let tx = self.on_page.tx();
        let Some(row) = rows::as_read(tx, table, id)? else {
            return Ok(());
        };
        self.keep_as_read(table, id, &row)?;
        rows::put(tx, table, id, None, self.rebuild)?;
        self.out.insert(id.to_owned(), table);
        Ok(())
    }

    /// Keeps a row as it was read, unless that was done before.
    fn keep_as_read(&self, table: &Table, id: &str, row: &Map) -> Result<(), Fault> {
        let was = Value::Object(row.clone()).to_string();
        self.on_page
            .tx()
            .prepare_cached("insert or ignore into _touched values (?, ?, ?, ?)")?
            .execute([id, self.on_page.page(), table.name, &was])?;
        Ok(())
    }

    /// Notes what a person said of a row. That it was changed is not forgotten when the
    /// changed row is accepted.
    fn say(&self, correction: &Correction, id: &str, verdict: Verdict) -> Result<(), Fault> {
        let keep = "verdict = case when verdict = 'changed' and excluded.verdict = 'accepted'
                    then verdict else excluded.verdict end";
        self.on_page
            .tx()
            .prepare_cached(&format!(
                "insert into _judged values (?, ?, ?, ?) on conflict (row_id) do update
                 set {keep}, correction_id = excluded.correction_id"
            ))?
            .execute([id, verdict.name(), &correction.id, self.on_page.page()])?;
        Ok(())
    }

    /// Whether a value may stand in a cell: actors and places must be there.
    fn can_be(&self, table: &Table, field: &str, value: &Value) -> Result<bool, Fault> {
        let tx = self.on_page.tx();
        let Some(column) = table.column(field) else {
            return Ok(false);
        };
        if value.is_null() {
            return Ok(column.null);
        }
        if field == "place_id" {
            let mut query = tx.prepare_cached("select 1 from places where place_id = ?")?;
            return Ok(query.exists([value.as_str()])?);
        }
        if !column.actor {
            return Ok(true);
        }
        let row = Map::from_iter([(field.to_owned(), value.clone())]);
        for actor in rows::actors_in(table, &row) {
            let mut query = tx.prepare_cached(
                "select 1 from _variants where kind = 'actors' and row_id = ?1
                 union all select 1 from _given_names where actor_id = ?1",
            )?;
            if !query.exists([&actor])? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Takes out what rested on rows that were taken out, and lets the other rows of the
    /// page name them no more.
    fn what_rested_on_them(&mut self) -> Result<(), Fault> {
        let gone: Vec<Id> = self.out.keys().cloned().collect();
        for id in gone {
            for (table, column, needs) in [
                ("positions", "statement_id", true),
                ("positions", "event_id", true),
                ("outlooks", "statement_id", true),
                ("events", "statement_id", false),
                ("statements", "nested_in", false),
            ] {
                let Some(table) = table_named(table) else {
                    continue;
                };
                for row in self.that_name(table, column, &id)? {
                    if needs {
                        self.take_out(table, &row)?;
                    } else {
                        self.change(table, &row, |cells| {
                            cells.insert(column.to_owned(), Value::Null);
                        })?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The rows of the page that name another in a column.
    fn that_name(&self, table: &Table, column: &str, id: &str) -> Result<Vec<Id>, Fault> {
        let on_page = match table.column("article_id") {
            Some(_) => "t.article_id in (select article_id from articles where page_id = ?2)",
            None => {
                "t.sentence_id in (select s.sentence_id from articles a
                 join sentences s using (article_id) where a.page_id = ?2)"
            }
        };
        let sql = format!(
            "select t.{} from {} t where {on_page} and t.{column} = ?1 order by 1",
            table.key(),
            table.name
        );
        let mut query = self.on_page.tx().prepare_cached(&sql)?;
        let found = query.query_map([id, self.on_page.page()], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}

/// Whether two rows at one place make the same claim: then a rejection of one is one of the
/// other.
fn claims_the_same(a: &Map, b: &Map) -> bool {
    ["event_type", "stance", "type", "predicate", "label"]
        .iter()
        .all(|column| a.get(*column) == b.get(*column))
}

/// After the step across pages: what it says of rows that are kept as they were read, and
/// outcomes that people gave.
pub(crate) fn after_across(tx: &Transaction<'_>) -> Result<(), Fault> {
    let touched: Vec<(Id, String, Option<String>)> = {
        let mut query = tx.prepare_cached("select row_id, tbl, was from _touched order by 1")?;
        let found = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        found.collect::<Result<_, _>>()?
    };
    const BY_PILE: [&str; 4] = [
        "story_id",
        "outcome",
        "outcome_sentence_ids",
        "outcome_note",
    ];
    for (id, table, was) in touched {
        let was = was.and_then(|was| serde_json::from_str::<Map>(&was).ok());
        let (Some(table), Some(mut was)) = (table_named(&table), was) else {
            continue;
        };
        let now = rows::as_read(tx, table, &id)?;
        for column in BY_PILE.iter().filter_map(|name| table.column(name)) {
            let value = match &now {
                Some(now) => now.get(column.name).cloned().unwrap_or_default(),
                None if column.name == "story_id" => Value::Null,
                None => continue,
            };
            was.insert(column.name.to_owned(), value);
        }
        tx.prepare_cached("update _touched set was = ? where row_id = ?")?
            .execute([&Value::Object(was).to_string(), &id])?;
    }
    for column in ["outcome", "outcome_note"] {
        tx.prepare_cached(&format!(
            "update outlooks set {column} = c.\"is\" from _corrections o
             join corrections c using (correction_id)
             where c.field = '{column}' and o.state = 'applied' and o.row_id = outlook_id"
        ))?
        .execute([])?;
    }
    Ok(())
}
