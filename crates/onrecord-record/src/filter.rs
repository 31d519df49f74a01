//! Which rows of a table are wanted.

use onrecord_model::PartialDate;
use rusqlite::types::Value as Sql;

use crate::query::{Dates, Sentences, Shape};
use crate::typed::Typed;
use crate::{Kind, Record, RecordError, Table};

/// Which rows of a table are wanted: those that fit all that is set.
///
/// ```
/// use onrecord_record::Filter;
/// let filter = Filter::default().equal("kind", "direct").since("2014-06");
/// assert_eq!(filter.equal, [("kind".to_owned(), "direct".to_owned())]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Column and value. Text is compared without regard to ASCII case; a list column must
    /// contain the value; an empty value stands for a missing one or an empty list.
    pub equal: Vec<(String, String)>,
    /// Id of an actor who is named in the sentence or article, or has any part in the row.
    pub actor: Option<String>,
    /// Id of a second actor of whom the same holds.
    pub with: Option<String>,
    /// Outlet of the row's article: its name or a part of it, in any case.
    pub outlet: Option<String>,
    /// How sure a row must be, from 0 to 1.
    pub min_confidence: Option<f64>,
    /// Only rows that a person has looked at, those of which a correction holds; or, if
    /// false, only the others.
    pub reviewed: Option<bool>,
    /// Id of a page.
    pub page: Option<String>,
    /// Id of an article.
    pub article: Option<String>,
    /// Id of a sentence.
    pub sentence: Option<String>,
    /// First date wanted, `2014`, `2014-09` or `2014-09-20`: the row's own date, or the
    /// article's where rows of the table have none. Undated rows do not fit.
    pub since: Option<String>,
    /// Last date wanted; of a row dated less exactly, any part may fit.
    pub until: Option<String>,
    /// Words that stand in the row's sentences: all of them, `"a phrase"`, `begin*`,
    /// `-without`, `OR`.
    pub words: Option<String>,
}

impl Filter {
    /// Adds a column and its value.
    pub fn equal(mut self, column: impl Into<String>, value: impl Into<String>) -> Filter {
        self.equal.push((column.into(), value.into()));
        self
    }

    /// Sets the actor.
    pub fn actor(mut self, id: impl Into<String>) -> Filter {
        self.actor = Some(id.into());
        self
    }

    /// Sets the second actor.
    pub fn with(mut self, id: impl Into<String>) -> Filter {
        self.with = Some(id.into());
        self
    }

    /// Sets the outlet.
    pub fn outlet(mut self, name: impl Into<String>) -> Filter {
        self.outlet = Some(name.into());
        self
    }

    /// Sets the page.
    pub fn page(mut self, id: impl Into<String>) -> Filter {
        self.page = Some(id.into());
        self
    }

    /// Sets the article.
    pub fn article(mut self, id: impl Into<String>) -> Filter {
        self.article = Some(id.into());
        self
    }

    /// Sets the sentence.
    pub fn sentence(mut self, id: impl Into<String>) -> Filter {
        self.sentence = Some(id.into());
        self
    }

    /// Sets the first date.
    pub fn since(mut self, date: impl Into<String>) -> Filter {
        self.since = Some(date.into());
        self
    }

    /// Sets the last date.
    pub fn until(mut self, date: impl Into<String>) -> Filter {
        self.until = Some(date.into());
        self
    }

    /// Sets the words.
    pub fn words(mut self, words: impl Into<String>) -> Filter {
        self.words = Some(words.into());
        self
    }
}

/// The condition that a person has looked at the row `t`.
pub(crate) fn reviewed_row(table: &Table) -> String {
    format!(
        "(exists (select 1 from _judged j where j.row_id = t.{key})
          or exists (select 1 from corrections c where c.row_key = t.{key} and c.applied))",
        key = table.key()
    )
}

/// Conditions of a query and the values they hold.
#[derive(Debug, Default)]
pub(crate) struct Conditions {
    pub sql: Vec<String>,
    pub values: Vec<Sql>,
}

impl Conditions {
    /// Adds a condition in which `?` stands for `value`, as often as it is there.
    pub fn add(&mut self, sql: &str, value: impl Into<Sql>) {
        self.values.push(value.into());
        self.sql
            .push(sql.replace('?', &format!("?{}", self.values.len())));
    }
}

impl Record {
    pub(crate) fn conditions(
        &self,
        table: &'static Table,
        shape: &Shape,
        filter: &Filter,
    ) -> Result<Conditions, RecordError> {
        let mut all = Conditions::default();
        let wrong = |what: String| RecordError::Filter {
            path: self.path.clone(),
            what,
        };
        let no = |what: &str| {
            wrong(format!(
                "rows of `{}` cannot be chosen by {what}",
                table.name
            ))
        };
        for (name, value) in &filter.equal {
            let column = table
                .column(name)
                .ok_or_else(|| self.no_column(table, name))?;
            let at = format!("t.\"{}\"", column.name);
            match column.kind {
                _ if value.is_empty() => {
                    all.sql
                        .push(format!("({at} is null or {at} in ('', '[]', '{{}}'))"));
                }
                Kind::Text | Kind::Object => {
                    let case = if name.ends_with("_id") {
                        ""
                    } else {
                        " collate nocase"
                    };
                    all.add(&format!("{at} = ?{case}"), value.clone());
                }
                Kind::List => all.add(
                    &format!(
                        "exists (select 1 from json_each({at}) j where j.value = ? collate nocase)"
                    ),
                    value.clone(),
                ),
                Kind::Boolean => {
                    let truth = match value.to_ascii_lowercase().as_str() {
                        "true" | "1" | "yes" => 1,
                        "false" | "0" | "no" => 0,
                        _ => {
                            return Err(wrong(format!("`{name}` is true or false, not `{value}`")));
                        }
                    };
                    all.add(&format!("{at} = ?"), truth);
                }
                Kind::Integer | Kind::Real => {
                    let number: f64 = value
                        .parse()
                        .map_err(|_| wrong(format!("`{name}` is a number, not `{value}`")))?;
                    all.add(&format!("{at} = ?"), number);
                }
            }
        }
        for actor in filter.actor.iter().chain(&filter.with) {
            let sql = shape.actor.ok_or_else(|| no("actor"))?;
            all.add(sql, actor.clone());
        }
        if let Some(outlet) = &filter.outlet {
            let at = shape
                .publisher
                .ok_or_else(|| wrong(format!("rows of `{}` belong to no outlet", table.name)))?;
            let outlets = self.outlets(outlet)?;
            let first = all.values.len();
            let places: Vec<String> = (1..=outlets.len())
                .map(|n| format!("?{}", first + n))
                .collect();
            all.values.extend(outlets.into_iter().map(Sql::from));
            all.sql.push(format!("{at} in ({})", places.join(", ")));
        }
        if let Some(least) = filter.min_confidence {
            if table.column("confidence").is_none() {
                return Err(wrong(format!(
                    "rows of `{}` have no confidence",
                    table.name
                )));
            }
            all.add("t.confidence >= ?", least);
        }
        if let Some(reviewed) = filter.reviewed {
            let not = if reviewed { "" } else { "not " };
            all.sql.push(format!("{not}{}", reviewed_row(table)));
        }
        if let Some(page) = &filter.page {
            let at = shape.page.ok_or_else(|| no("page"))?;
            all.add(&format!("{at} = ?"), page.clone());
        }
        if let Some(article) = &filter.article {
            let at = shape.article.ok_or_else(|| no("article"))?;
            all.add(&format!("{at} = ?"), article.clone());
        }
        if let Some(sentence) = &filter.sentence {
            match shape.sentences {
                Sentences::None | Sentences::Title => return Err(no("sentence")),
                Sentences::One(at) => all.add(&format!("{at} = ?"), sentence.clone()),
                Sentences::List(at) => all.add(
                    &format!("exists (select 1 from json_each({at}) j where j.value = ?)"),
                    sentence.clone(),
                ),
            }
        }
        if filter.since.is_some() || filter.until.is_some() {
            let Dates { first, last } = shape.dates.ok_or_else(|| no("date"))?;
            for date in filter.since.iter().chain(&filter.until) {
                if PartialDate::parse(date).is_none() {
                    let form = "a date is written 2014, 2014-09 or 2014-09-20";
                    return Err(wrong(format!("`{date}` is no date; {form}")));
                }
            }
            if let Some(since) = &filter.since {
                let sql = format!("({last} >= ? or substr(?, 1, length({last})) = {last})");
                all.add(&sql, since.clone());
            }
            if let Some(until) = &filter.until {
                let sql = format!("({first} <= ? or substr({first}, 1, length(?)) = ?)");
                all.add(&sql, until.clone());
            }
        }
        if let Some(words) = &filter.words {
            let query = Typed::read(words).map_err(wrong)?.sql();
            const FOUND: &str =
                "(select r.row_id from _search f join _search_rows r on r.id = f.rowid
                                  where f._search match ?)";
            let sql = match shape.sentences {
                Sentences::None => return Err(no("words")),
                Sentences::One(at) => format!("{at} in {FOUND}"),
                Sentences::List(at) => {
                    format!("exists (select 1 from json_each({at}) j where j.value in {FOUND})")
                }
                Sentences::Title => format!(
                    "(t.article_id in {FOUND} or t.article_id in
                      (select s.article_id from sentences s where s.sentence_id in {FOUND}))"
                ),
            };
            all.add(&sql, query);
        }
        Ok(all)
    }

    /// The outlets whose name holds these words.
    fn outlets(&self, words: &str) -> Result<Vec<String>, RecordError> {
        // From one name to the next in the index: as many steps as there are names.
        const NAMES: &str = "
            with recursive name(it) as (
                select min(publisher) from articles
                union all
                select (select min(publisher) from articles where publisher > it) from name
                where it is not null)
            select it from name where it is not null";
        let wanted = words.to_lowercase();
        let mut names: Vec<String> = self.with(|c| {
            let mut query = c.prepare_cached(NAMES)?;
            let found = query.query_map([], |row| row.get(0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })?;
        names.retain(|name| name.to_lowercase().contains(&wanted));
        Ok(names)
    }

    fn no_column(&self, table: &'static Table, column: &str) -> RecordError {
        let columns: Vec<_> = table.columns.iter().map(|c| c.name).collect();
        RecordError::NoColumn {
            path: self.path.clone(),
            table: table.name,
            column: column.to_owned(),
            columns: columns.join(", "),
        }
    }
}
