//! Whether a record is sound.

use crate::{Record, RecordError};

/// Queries that find nothing in a sound record, and what it means if they do.
const NEVER: &[(&str, &str)] = &[
    (
        "select s.sentence_id from sentences s join articles a using (article_id)
         where substr(a.text, s.start + 1, s.\"end\" - s.start) <> s.text limit 1",
        "a sentence is not what stands at its place in the article",
    ),
    (
        "select r.row_id from _search_rows r
         left join sentences s on s.sentence_id = r.row_id
         left join articles a on a.article_id = r.row_id
         where s.text is null and a.title is null limit 1",
        "a search entry has no row",
    ),
    (
        "select s.sentence_id from sentences s
         where not exists (select 1 from _search_rows r where r.row_id = s.sentence_id) limit 1",
        "a sentence has no search entry",
    ),
    (
        "select s.sentence_id from sentences s join _search_rows r on r.row_id = s.sentence_id
         left join _texts x on x.article_id = s.article_id
         where x.first is null or r.id not between x.first and x.last limit 1",
        "a sentence is not among the search entries of its article",
    ),
    (
        "select a.article_id from articles a
         where not exists (select 1 from pages p where p.page_id = a.page_id) limit 1",
        "an article has no page",
    ),
    (
        "select t.sentence_id from (
             select sentence_id from mentions union all select sentence_id from relations
             union all select sentence_id from events union all select sentence_id from positions
             union all select sentence_id from outlooks union all select sentence_id from framings
             union all select j.value from statements x, json_each(x.sentence_ids) j) t
         where not exists (select 1 from sentences s where s.sentence_id = t.sentence_id) limit 1",
        "a row names a sentence that is not there",
    ),
    (
        "select t.row_id from (
             select mention_id as row_id, actor_id from mentions
             union all select row_id, actor_id from _row_actors) t
         join _fates f on f.actor_id = t.actor_id
         where not exists (select 1 from _parts p where p.to_id = t.actor_id) limit 1",
        "a row names an actor that was joined to another",
    ),
    (
        "select coalesce(a.actor_id, b.actor_id) from _mentioned a full join (
             select actor_id, count(*) as n from mentions
             where actor_id is not null group by actor_id) b on b.actor_id = a.actor_id
         where a.mentions is not b.n limit 1",
        "an actor's mentions are not counted right",
    ),
    (
        "select o.row_id from _moved o
         where not exists (select 1 from mentions m where m.mention_id = o.row_id)
         and not exists (select 1 from relations r where r.relation_id = o.row_id)
         and not exists (select 1 from statements s where s.statement_id = o.row_id)
         and not exists (select 1 from events e where e.event_id = o.row_id)
         and not exists (select 1 from positions p where p.position_id = o.row_id)
         and not exists (select 1 from outlooks u where u.outlook_id = o.row_id)
         and not exists (select 1 from framings f where f.framing_id = o.row_id)
         and not exists (select 1 from _forgotten_relations r where r.relation_id = o.row_id)
         and not exists (select 1 from _forgotten_positions p where p.position_id = o.row_id)
         and not exists (select 1 from _forgotten_outlooks u where u.outlook_id = o.row_id)
         and not exists (select 1 from _forgotten_framings f where f.framing_id = o.row_id)
         limit 1",
        "a cell is kept as it was read for a row that is not there",
    ),
];

impl Record {
    /// Looks for damage: SQLite's own check, the search index, sentences that do not stand
    /// where they say, rows without their sentence. Reads the whole record. The search index
    /// itself can only be checked in a record opened for writing.
    ///
    /// # Errors
    /// What is wrong first, or that the file cannot be read.
    pub fn check(&self) -> Result<(), RecordError> {
        let damaged = |what: String| RecordError::Damaged {
            path: self.path.clone(),
            what,
        };
        let found: String =
            self.with(|c| Ok(c.query_row("pragma integrity_check(1)", [], |row| row.get(0))?))?;
        if found != "ok" {
            return Err(damaged(found));
        }
        for (sql, what) in NEVER {
            let rows = self.sql(sql)?;
            if let Some(id) = rows.first().and_then(|row| row.values().next()) {
                return Err(damaged(format!(
                    "{what} ({})",
                    id.as_str().unwrap_or_default()
                )));
            }
        }
        let index = self.connection.execute(
            "insert into _search (_search, rank) values ('integrity-check', 1)",
            [],
        );
        match index {
            Ok(_) => Ok(()),
            Err(error) if error.to_string().contains("malformed") => Err(damaged(
                "the search index does not fit the sentences".to_owned(),
            )),
            Err(error) => match self.named(error.into()) {
                RecordError::ReadOnly { .. } => Ok(()),
                other => Err(other),
            },
        }
    }
}
