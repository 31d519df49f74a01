//! Writing what only several pages together show.

use std::collections::BTreeMap;

use onrecord_model::{Across, Disagreement, OutcomeFound, Reprint, Story};
use rusqlite::{Transaction, params};

use crate::error::Fault;
use crate::{Record, RecordError, compare, corrections, schema, values};

impl Record {
    /// Writes stories, disagreements, outcomes, repeated texts and reprints in one transaction, in
    /// place of those that were there. What [`Record::compare`] keeps is forgotten.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write_across(&mut self, across: &Across) -> Result<(), RecordError> {
        self.transaction(|tx| {
            compare::forget(tx)?;
            stories(tx, &across.stories)?;
            disagreements(tx, &across.disagreements)?;
            outcomes(tx, &across.outcomes)?;
            same_text(tx, across)?;
            reprints(tx, &across.reprints)?;
            corrections::after_across(tx)
        })
    }
}

fn stories(tx: &Transaction<'_>, stories: &[Story]) -> Result<(), Fault> {
    tx.execute("delete from stories", [])?;
    // Sorted, so that a row in two stories gets the same one whatever their order.
    let mut story_of: BTreeMap<&str, &str> = BTreeMap::new();
    for story in sorted(stories, |s| &s.id) {
        self::story(tx, story)?;
        for row in &story.rows {
            story_of.entry(row).or_insert(&story.id);
        }
    }
    for (table, key, prefix) in [
        ("statements", "statement_id", "st-"),
        ("events", "event_id", "ev-"),
    ] {
        tx.execute(
            &format!("update {table} set story_id = null where story_id is not null"),
            [],
        )?;
        let sql = format!("update {table} set story_id = ? where {key} = ?");
        let mut update = tx.prepare_cached(&sql)?;
        for (row, story) in story_of.iter().filter(|(row, _)| row.starts_with(prefix)) {
            update.execute([story, row])?;
        }
    }
    Ok(())
}

/// Puts a story in.
pub(crate) fn story(tx: &Transaction<'_>, story: &Story) -> Result<(), Fault> {
    tx.prepare_cached(schema::insert("stories"))?
        .execute(params![
            story.id,
            story.kind,
            story.title,
            values::date(story.first).0,
            values::date(story.last).0,
            values::list(&story.articles),
            values::list(&story.publishers),
            values::list(&story.rows),
        ])?;
    Ok(())
}

fn disagreements(tx: &Transaction<'_>, found: &[Disagreement]) -> Result<(), Fault> {
    tx.execute("delete from disagreements", [])?;
    for disagreement in sorted(found, |d| &d.id) {
        self::disagreement(tx, disagreement)?;
    }
    Ok(())
}

/// Puts a disagreement in.
pub(crate) fn disagreement(tx: &Transaction<'_>, found: &Disagreement) -> Result<(), Fault> {
    tx.prepare_cached(schema::insert("disagreements"))?
        .execute(params![
            found.id,
            found.about,
            values::list(&found.sentences),
            values::list(&found.values),
            found.kind.name(),
        ])?;
    Ok(())
}

fn outcomes(tx: &Transaction<'_>, found: &[OutcomeFound]) -> Result<(), Fault> {
    tx.execute(
        "update outlooks set outcome = 'open', outcome_sentence_ids = '[]', outcome_note = null
         where outcome <> 'open' or outcome_note is not null or outcome_sentence_ids <> '[]'",
        [],
    )?;
    let mut update = tx.prepare_cached(
        "update outlooks set outcome = ?, outcome_sentence_ids = ?, outcome_note = ?
         where outlook_id = ?",
    )?;
    let mut own =
        tx.prepare("select outcome, sentence_ids, note, outlook_id from _own_outcomes")?;
    let mut rows = own.query([])?;
    while let Some(row) = rows.next()? {
        let of = |at: usize| row.get::<_, Option<String>>(at);
        update.execute(params![of(0)?, of(1)?, of(2)?, of(3)?])?;
    }
    for outcome in sorted(found, |o| &o.outlook) {
        update.execute(params![
            outcome.outcome.name(),
            values::list(&outcome.sentences),
            outcome.note,
            outcome.outlook,
        ])?;
    }
    Ok(())
}

fn same_text(tx: &Transaction<'_>, across: &Across) -> Result<(), Fault> {
    tx.execute(
        "update articles set same_text_as = null where same_text_as is not null",
        [],
    )?;
    let mut update =
        tx.prepare_cached("update articles set same_text_as = ? where article_id = ?")?;
    let mut pairs: Vec<_> = across.same_text.iter().collect();
    pairs.sort();
    for (article, first) in pairs {
        update.execute([first, article])?;
    }
    Ok(())
}

fn reprints(tx: &Transaction<'_>, found: &[Reprint]) -> Result<(), Fault> {
    tx.execute("delete from reprints", [])?;
    let found = sorted(found, |r| &r.id);
    found.into_iter().try_for_each(|r| reprint(tx, r))
}

/// Puts a reprint in.
pub(crate) fn reprint(tx: &Transaction<'_>, reprint: &Reprint) -> Result<(), Fault> {
    let (sentences, from): (Vec<&str>, Vec<&str>) = reprint
        .sentences
        .iter()
        .map(|(one, other)| (one.as_str(), other.as_str()))
        .unzip();
    tx.prepare_cached(schema::insert("reprints"))?
        .execute(params![
            reprint.id,
            reprint.article,
            reprint.from,
            reprint.kind.name(),
            reprint.share,
            reprint.share_of_from,
            values::list(&sentences),
            values::list(&from),
            reprint.wire,
            reprint.direction.name(),
            reprint.made_by,
        ])?;
    Ok(())
}

/// The items in order of their ids, each id once.
fn sorted<T>(items: &[T], id: impl Fn(&T) -> &String) -> Vec<&T> {
    let mut items: Vec<&T> = items.iter().collect();
    items.sort_by(|a, b| id(a).cmp(id(b)));
    items.dedup_by(|a, b| id(a) == id(b));
    items
}
