//! Full-text search over sentences and titles, kept right by hand: SQLite cannot do it,
//! since the text lies in other tables.

use rusqlite::{Transaction, params};

use crate::error::Fault;

/// Adds the text of a row that has just been written, and gives its number.
pub(crate) fn add(tx: &Transaction<'_>, row_id: &str, text: &str) -> Result<i64, Fault> {
    tx.prepare_cached("insert into _search_rows (row_id) values (?)")?
        .execute([row_id])?;
    let number = tx.last_insert_rowid();
    tx.prepare_cached("insert into _search (rowid, text, row_id) values (?, ?, ?)")?
        .execute(params![number, text, row_id])?;
    Ok(number)
}

/// Notes the numbers of an article's texts: they were added one after another.
pub(crate) fn add_article(
    tx: &Transaction<'_>,
    article_id: &str,
    first: i64,
    last: i64,
) -> Result<(), Fault> {
    tx.prepare_cached("insert into _texts (first, last, article_id) values (?, ?, ?)")?
        .execute(params![first, last, article_id])?;
    Ok(())
}

/// Takes out the texts of a page, while its rows are still there.
pub(crate) fn remove_page(tx: &Transaction<'_>, page_id: &str) -> Result<(), Fault> {
    const ROWS: &str = "
        select s.sentence_id from articles a join sentences s using (article_id)
        where a.page_id = ?1
        union all select article_id from articles where page_id = ?1";
    tx.prepare_cached(&format!(
        "insert into _search (_search, rowid, text, row_id)
         select 'delete', id, text, row_id from _search_text
         where id in (select r.id from _search_rows r where r.row_id in ({ROWS}))"
    ))?
    .execute([page_id])?;
    tx.prepare_cached(&format!(
        "delete from _search_rows where row_id in ({ROWS})"
    ))?
    .execute([page_id])?;
    tx.prepare_cached(
        "delete from _texts where article_id in
         (select article_id from articles where page_id = ?1)",
    )?
    .execute([page_id])?;
    Ok(())
}
