//! The SQL of a list.

use onrecord_record::{Hit, Kind, Map, Table};
use serde_json::{Value, json};

use super::wanted::{Wanted, whole_of_actor};
use crate::error::Fault;
use crate::view::{View, text};

/// Actors with fewer rows have them looked up and sorted; of others the newest are found on
/// the way through the articles.
const FEW: u64 = 4000;
/// So many of the newest articles usually give enough rows.
const NEWEST: u64 = 8000;

/// How a table lies to its articles.
struct Way {
    /// From articles `a` to rows `t`, in this order.
    down: &'static str,
    /// From rows `t` to articles `a`.
    up: &'static str,
    /// Begins the ids of its rows.
    prefix: &'static str,
    /// The row's date.
    date: &'static str,
    /// The place in the article.
    place: &'static str,
}

const BY_ARTICLE: &str = "articles a cross join TABLE t on t.article_id = a.article_id";
const BY_SENTENCE: &str = "articles a cross join sentences s on s.article_id = a.article_id
    cross join TABLE t on t.sentence_id = s.sentence_id";
const TO_ARTICLE: &str = "cross join articles a on a.article_id = t.article_id";
const TO_SENTENCE: &str = "cross join sentences s on s.sentence_id = t.sentence_id
    cross join articles a on a.article_id = s.article_id";

fn way(table: &str) -> Option<Way> {
    let article = |prefix, date, place| Way {
        down: BY_ARTICLE,
        up: TO_ARTICLE,
        prefix,
        date,
        place,
    };
    let sentence = |prefix, date| Way {
        down: BY_SENTENCE,
        up: TO_SENTENCE,
        prefix,
        date,
        place: "s.n",
    };
    Some(match table {
        "sentences" => article("se", "a.published", "t.n"),
        "mentions" => article("me", "a.published", "t.start"),
        "statements" => article("st", "t.date", "t.rowid"),
        "events" => article("ev", "t.date", "t.rowid"),
        "framings" => article("fr", "a.published", "t.start"),
        "relations" => article("re", "t.date", "t.rowid"),
        "positions" => sentence("po", "t.date"),
        "outlooks" => sentence("ou", "t.made"),
        _ => return None,
    })
}

/// At most `most` rows, in the order of the list: the newest articles first, or by date where
/// dates are asked for.
///
/// A small record is asked at once. A large one is first looked through from the newest article
/// on, for as many articles as usually give enough; only if these do not, all rows that fit are
/// found and sorted.
pub(super) fn rows(view: &View<'_>, wanted: &Wanted, most: u64) -> Result<Vec<Map>, Fault> {
    let table = wanted.table;
    if wanted.outlets.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let Some(way) = way(table.name) else {
        return whole(view, wanted, &columns(table), most);
    };
    let dated = wanted.since.is_some() || wanted.until.is_some();
    let by_actor = !matches!(table.name, "mentions" | "sentences");
    let few = match wanted.actors.first() {
        Some(actor) if by_actor => whole_of_actor(view, way.prefix, actor, FEW)? < FEW,
        _ => false,
    };
    if few {
        return asked(view, wanted, &way, From::Actor, most);
    }
    // Rows that hang on sentences are too few an article to be looked for there.
    if way.down == BY_SENTENCE || dated && way.date.starts_with("t.") {
        return asked(view, wanted, &way, From::Date, most);
    }
    if dated {
        return asked(view, wanted, &way, From::Articles(None), most);
    }
    let newest = "select published from articles order by published desc limit 1 offset ?1";
    let newest = view.ask(newest, &[json!(NEWEST)])?;
    let Some(since) = newest.first().map(|row| text(row, "published").to_owned()) else {
        return asked(view, wanted, &way, From::Articles(None), most);
    };
    let found = asked(view, wanted, &way, From::Articles(Some(since)), most)?;
    if found.len() as u64 >= most {
        return Ok(found);
    }
    let from = match wanted.actors.is_empty() || !by_actor {
        true => From::Table,
        false => From::Actor,
    };
    asked(view, wanted, &way, from, most)
}

/// Along what rows are found.
enum From {
    /// The rows of the first actor.
    Actor,
    /// The dates of the rows, the last first; undated ones at the end.
    Date,
    /// The articles, the newest first, as far back as this date.
    Articles(Option<String>),
    /// All rows.
    Table,
}

fn asked(
    view: &View<'_>,
    wanted: &Wanted,
    way: &Way,
    along: From,
    most: u64,
) -> Result<Vec<Map>, Fault> {
    let table = wanted.table;
    let mut terms = Terms::default();
    let of_actor = matches!(along, From::Actor);
    let mut order = format!("a.published desc, a.article_id, {}", way.place);
    let from = match along {
        From::Actor => {
            let actor = wanted.actors.first().map_or("", String::as_str);
            let (actor, prefix) = (terms.put(json!(actor)), terms.put(json!(way.prefix)));
            format!(
                "(select row_id from _row_actors where actor_id = {actor}
                  and row_id >= {prefix} || '-' and row_id < {prefix} || '.') x
                 cross join {} t on t.{} = x.row_id {}",
                table.name,
                table.key(),
                way.up
            )
        }
        From::Date => {
            order = format!("{} desc, t.rowid desc", way.date);
            if wanted.since.is_some() || wanted.until.is_some() {
                // Makes the index on dates serve.
                terms.all.push(format!("{} is not null", way.date));
            }
            format!("{} t {}", table.name, way.up)
        }
        From::Articles(since) => {
            if let Some(since) = since {
                let since = terms.put(json!(since));
                terms.all.push(format!("a.published >= {since}"));
            }
            way.down.replace("TABLE", table.name)
        }
        From::Table => format!("{} t {}", table.name, way.up),
    };
    // Counted, not asked with EXISTS, of which SQLite makes a join in an order of its own.
    for actor in wanted.actors.iter().skip(usize::from(of_actor)) {
        let actor = terms.put(json!(actor));
        let key = table.key();
        terms.all.push(match table.name {
            "mentions" => format!("t.actor_id = {actor}"),
            "sentences" => format!(
                "(select count(*) from mentions m where m.actor_id = {actor}
                 and m.article_id = t.article_id and m.sentence_id = t.sentence_id) > 0"
            ),
            _ => format!(
                "(select count(*) from _row_actors x where x.actor_id = {actor}
                 and x.row_id = t.{key}) > 0"
            ),
        });
    }
    terms.outlets(wanted);
    terms.dates(wanted, way.date);
    terms.columns(wanted)?;
    let most = terms.put(json!(most));
    let query = format!(
        "select {}, a.publisher as _publisher, a.published as _published,
                a.title as _title, a.article_id as _article
         from {from} {} order by {order} limit {most}",
        columns(table),
        terms.sql()
    );
    view.ask(&query, &terms.values)
}

/// Rows of a table that hang on no article, and articles themselves.
fn whole(view: &View<'_>, wanted: &Wanted, columns: &str, most: u64) -> Result<Vec<Map>, Fault> {
    let table = wanted.table;
    let mut terms = Terms::default();
    let (order, date, extra) = match table.name {
        "articles" => (
            "a.published desc, a.article_id",
            Some("a.published"),
            ", a.publisher as _publisher, a.published as _published, a.title as _title,
              a.article_id as _article",
        ),
        "stories" => ("t.first desc, t.story_id", Some("t.first"), ""),
        "actors" | "places" => ("t.name, t.rowid", None, ""),
        "corrections" => ("t.rowid desc", None, ""),
        _ => ("t.rowid", None, ""),
    };
    let from = match table.name {
        "articles" => "articles a cross join articles t on t.article_id = a.article_id".to_owned(),
        name => format!("{name} t"),
    };
    for actor in &wanted.actors {
        let actor = terms.put(json!(actor));
        terms.all.push(match table.name {
            "articles" => format!(
                "exists (select 1 from mentions m where m.actor_id = {actor}
                 and m.article_id = t.article_id)"
            ),
            "actors" => format!("t.actor_id = {actor}"),
            "stories" => format!(
                "exists (select 1 from json_each(t.row_ids) j join _row_actors r
                 on r.row_id = j.value and r.actor_id = {actor})"
            ),
            name => return Err(Fault::Wrong(format!("Rows of {name} have no actor."))),
        });
    }
    if table.name == "articles" {
        terms.outlets(wanted);
    } else if wanted.outlet.is_some() || wanted.article.is_some() {
        let told = format!("Rows of {} are of no one outlet or article.", table.name);
        return Err(Fault::Wrong(told));
    }
    match date {
        Some(date) => terms.dates(wanted, date),
        None if wanted.since.is_some() || wanted.until.is_some() => {
            return Err(Fault::Wrong(format!(
                "Rows of {} have no date.",
                table.name
            )));
        }
        None => {}
    }
    terms.columns(wanted)?;
    let most = terms.put(json!(most));
    let query = format!(
        "select {columns}{extra} from {from} {} order by {order} limit {most}",
        terms.sql()
    );
    view.ask(&query, &terms.values)
}

/// All columns but the text of articles, which is long and shown nowhere in a list.
fn columns(table: &Table) -> String {
    let all = table
        .columns
        .iter()
        .map(|column| match (table.name, column.name) {
            ("articles", "text") => "null as text".to_owned(),
            (_, name) => format!("t.\"{name}\""),
        });
    all.collect::<Vec<_>>().join(", ")
}

/// Conditions and their values.
#[derive(Default)]
struct Terms {
    all: Vec<String>,
    values: Vec<Value>,
}

impl Terms {
    /// Adds a value and gives its place.
    fn put(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("?{}", self.values.len())
    }

    fn sql(&self) -> String {
        if self.all.is_empty() {
            return String::new();
        }
        format!("where {}", self.all.join(" and "))
    }

    fn outlets(&mut self, wanted: &Wanted) {
        match wanted.outlets.as_deref() {
            None => {}
            Some([one]) => {
                let one = self.put(json!(one));
                self.all.push(format!("a.publisher = {one}"));
            }
            Some(several) => {
                let places: Vec<String> = several.iter().map(|o| self.put(json!(o))).collect();
                self.all
                    .push(format!("a.publisher in ({})", places.join(", ")));
            }
        }
    }

    fn dates(&mut self, wanted: &Wanted, at: &str) {
        if let Some(since) = &wanted.since {
            let p = self.put(json!(since));
            self.all.push(format!(
                "({at} >= {p} or substr({p}, 1, length({at})) = {at})"
            ));
            // A year begins before its days: a bound that an index can take.
            let year = self.put(json!(since.get(..4).unwrap_or(since)));
            self.all.push(format!("{at} >= {year}"));
        }
        if let Some(until) = &wanted.until {
            let p = self.put(json!(until));
            self.all.push(format!(
                "({at} <= {p} or substr({at}, 1, length({p})) = {p})"
            ));
            let after = self.put(json!(format!("{until}~")));
            self.all.push(format!("{at} <= {after}"));
        }
    }

    /// Columns, confidence, review, article.
    fn columns(&mut self, wanted: &Wanted) -> Result<(), Fault> {
        let table = wanted.table;
        for (name, value) in &wanted.equal {
            let Some(column) = table.column(name) else {
                continue;
            };
            let at = format!("t.\"{}\"", column.name);
            if value == "none" {
                self.all
                    .push(format!("({at} is null or {at} in ('', '[]'))"));
                continue;
            }
            let p = self.put(match column.kind {
                Kind::Integer | Kind::Real => match value.parse::<f64>() {
                    Ok(number) => json!(number),
                    Err(_) => {
                        let told = format!("`{name}` is a number, not `{value}`.");
                        return Err(Fault::Wrong(told));
                    }
                },
                Kind::Boolean => json!(i32::from(matches!(value.as_str(), "true" | "1" | "yes"))),
                _ => json!(value),
            });
            self.all.push(match column.kind {
                Kind::List => {
                    format!("exists (select 1 from json_each({at}) j where j.value = {p})")
                }
                Kind::Text if !name.ends_with("_id") && *name != "issue" => {
                    format!("{at} = {p} collate nocase")
                }
                // The order by date serves better than the index on issues.
                _ => format!("+{at} = {p}"),
            });
        }
        if let Some(sure) = wanted.sure {
            let p = self.put(json!(sure));
            self.all.push(format!("t.confidence >= {p}"));
        }
        if let Some(reviewed) = wanted.reviewed {
            self.all.push(format!(
                "{not} (exists (select 1 from _judged j where j.row_id = t.{key})
                  or exists (select 1 from corrections c where c.row_key = t.{key} and c.applied))",
                not = if reviewed { "" } else { "not" },
                key = table.key()
            ));
        }
        if let Some(article) = &wanted.article {
            let p = self.put(json!(article));
            self.all.push(format!("a.article_id = {p}"));
        }
        Ok(())
    }
}

/// A sentence or title that was found, as a row of sentences.
pub(super) fn of_hit(view: &View<'_>, hit: &Hit) -> Result<Map, Fault> {
    let marks: Vec<[usize; 2]> = hit.marks.iter().map(|(a, b)| [*a, *b]).collect();
    let row = json!({
        "sentence_id": hit.row_id, "article_id": hit.article_id, "n": hit.n,
        "start": hit.start, "end": hit.end, "page_start": hit.page_start,
        "page_end": hit.page_end, "text": hit.text, "_marks": marks,
        "_publisher": hit.publisher, "_published": hit.published, "_title": hit.title,
        "_article": hit.article_id,
    });
    let _ = view;
    Ok(row.as_object().cloned().unwrap_or_default())
}

/// Adds what is shown of a row's article.
pub(super) fn with_article(view: &View<'_>, mut row: Map) -> Result<Map, Fault> {
    let of_sentence = "select a.publisher as _publisher, a.published as _published,
        a.title as _title, a.article_id as _article
        from sentences s join articles a on a.article_id = s.article_id where s.sentence_id = ?1";
    let of_article = "select publisher as _publisher, published as _published, title as _title,
        article_id as _article from articles where article_id = ?1";
    let found = match (text(&row, "article_id"), text(&row, "sentence_id")) {
        ("", "") => Vec::new(),
        ("", sentence) => view.ask(of_sentence, &[json!(sentence)])?,
        (article, _) => view.ask(of_article, &[json!(article)])?,
    };
    row.extend(found.into_iter().next().unwrap_or_default());
    Ok(row)
}
