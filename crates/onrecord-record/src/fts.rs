//! Full-text search over sentences and titles, kept right by hand: SQLite cannot do it,
//! since the text lies in other tables.

use rusqlite::{Transaction, params};

use crate::error::Fault;

/// Adds the text of a row that has just been written.
pub(crate) fn add(tx: &Transaction<'_>, row_id: &str, text: &str) -> Result<(), Fault> {
    tx.prepare_cached("insert into _search_rows (row_id) values (?)")?
        .execute([row_id])?;
    tx.prepare_cached("insert into _search (rowid, text, row_id) values (?, ?, ?)")?
        .execute(params![tx.last_insert_rowid(), text, row_id])?;
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
    Ok(())
}

/// What a person types, as a query of SQLite's full-text search: every word must be there;
/// `"words in quotation marks"` stand together, `begin*` takes all endings and `OR` lets
/// either side do. `None` where nothing is left to look for.
pub(crate) fn query(words: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = words.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, after) = match rest.strip_prefix(['"', '“', '”']) {
            Some(inner) => inner.split_once(['"', '“', '”']).unwrap_or((inner, "")),
            None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        rest = after.trim_start();
        if word == "OR" && first == 'O' {
            if parts.last().is_some_and(|last| last != "OR") {
                parts.push("OR".to_owned());
            }
        } else if word.chars().any(char::is_alphanumeric) {
            let beginning = if word.ends_with('*') { "*" } else { "" };
            parts.push(format!("\"{}\"{beginning}", word.replace('"', " ")));
        }
    }
    if parts.last().is_some_and(|last| last == "OR") {
        parts.pop();
    }
    // `a b OR c` means (a b) or c to people, and to SQLite too.
    (!parts.is_empty()).then(|| parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn words_phrases_beginnings_and_choices() {
        for (typed, sent) in [
            ("troops leave", r#""troops" "leave""#),
            (r#""leave the country" now"#, r#""leave the country" "now""#),
            ("“leave the”", r#""leave the""#),
            ("Asa'ib al-Haqq", r#""Asa'ib" "al-Haqq""#),
            ("militi*", r#""militi*"*"#),
            ("base OR camp", r#""base" OR "camp""#),
            ("OR base OR", r#""base""#),
            ("\"unclosed words", r#""unclosed words""#),
        ] {
            assert_eq!(query(typed).as_deref(), Some(sent), "{typed}");
        }
        assert_eq!(query(" - \"\" . "), None);
    }
}
