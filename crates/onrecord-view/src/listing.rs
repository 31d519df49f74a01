//! Rows of a table as an address chooses them, a page at a time.
//!
//! All queries look at a bounded number of rows, however large the record is: they go along
//! an index in the order of the list and stop when they have enough.

mod found;
mod query;
mod wanted;

use onrecord_record::{Filter, Map, Search, Spelling};

pub(crate) use wanted::{Wanted, whole_of_actor};

use crate::error::Fault;
use crate::view::{Form, View, typed};

/// Rows on a page of a list.
pub(crate) const SIZE: u64 = 50;
/// Rows in a file, unless asked otherwise.
const FILE: u64 = 1000;
/// At most so many rows in a file.
pub(crate) const MOST: u64 = 10_000;
/// Of so many rows the facets are counted, and so far the rows are counted.
pub(crate) const SAMPLE: u64 = 1000;
/// The same where words are searched for, which takes longer a row.
const SAMPLE_OF_WORDS: u64 = 300;
/// Further pages are not given: narrowing the list finds more than leafing.
const DEEPEST: u64 = 200_000;

/// A page of a list.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The rows on it; with `_publisher` and `_published` of their article, where they have one.
    pub rows: Vec<Map>,
    /// The first rows of the list, of which facets are counted.
    pub sample: Vec<Map>,
    /// How many rows the list has; where `more`, at least so many.
    pub count: u64,
    pub more: bool,
    /// Number of the first row on the page, from 0.
    pub first: u64,
    /// Whether a page follows.
    pub next: bool,
    pub size: u64,
    /// Names that were looked for besides those typed.
    pub spellings: Vec<Spelling>,
    /// So many texts hold the words that the newest come first.
    pub too_many: bool,
}

impl Page {
    /// Number of the page, from 1.
    pub fn number(&self) -> u64 {
        self.first / self.size.max(1) + 1
    }
}

/// The page of a list that an address asks for.
pub(crate) fn page(view: &View<'_>, wanted: &Wanted) -> Result<Page, Fault> {
    let size = match view.form {
        Form::Html => view.params.number("size", SIZE, 500),
        _ => view.params.number("size", FILE, MOST),
    }
    .max(1);
    let first = (view.params.number("page", 1, DEEPEST).max(1) - 1) * size;
    if first > DEEPEST {
        let told = format!("A list has no more than {DEEPEST} rows here; narrow it.");
        return Err(Fault::Wrong(told));
    }
    let mut page = Page {
        first,
        size,
        ..Page::default()
    };
    let sample = if wanted.words.is_some() {
        SAMPLE_OF_WORDS
    } else {
        SAMPLE
    };
    // One more tells whether there are more.
    let reach = (first + size + 1).max(sample + 1);
    let mut all = match &wanted.words {
        Some(words) => searched(view, wanted, words, reach, &mut page)?,
        None => typed(wanted.table.name, query::rows(view, wanted, reach)?),
    };
    page.more = all.len() as u64 == reach;
    page.count = if page.more {
        reach - 1
    } else {
        all.len() as u64
    };
    page.next = all.len() as u64 > first + size;
    let at = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    page.rows = all.iter().skip(at(first)).take(at(size)).cloned().collect();
    all.truncate(at(sample));
    page.sample = all;
    Ok(page)
}

/// The first rows of a list, without facets.
pub(crate) fn first(view: &View<'_>, wanted: &Wanted, most: u64) -> Result<Vec<Map>, Fault> {
    Ok(typed(wanted.table.name, query::rows(view, wanted, most)?))
}

fn searched(
    view: &View<'_>,
    wanted: &Wanted,
    words: &str,
    reach: u64,
    page: &mut Page,
) -> Result<Vec<Map>, Fault> {
    let search = Search {
        words: words.to_owned(),
        exact: view.params.is("exact"),
        newest: view.params.get("order") == Some("newest"),
        filter: wanted.filter(),
        limit: Some(reach),
    };
    match wanted.table.name {
        "sentences" => {
            // A title has none of the columns of a sentence.
            if let Some((column, _)) = wanted.equal.first() {
                let told = format!("Sentences with words cannot be chosen by `{column}` as well.");
                return Err(Fault::Wrong(told));
            }
            let hits = view.record.search(&search)?;
            page.spellings = hits.spellings;
            page.too_many = hits.too_many;
            Ok(hits.all.iter().map(found::of_hit).collect())
        }
        "articles" | "stories" | "disagreements" => {
            let filter = Filter {
                words: Some(words.to_owned()),
                ..search.filter
            };
            let rows = view.record.table(wanted.table.name, &filter, Some(reach))?;
            rows.into_iter()
                .map(|row| found::with_article(view, row))
                .collect()
        }
        name => {
            let found = view.record.search_rows(name, &search)?;
            page.spellings = found.spellings;
            page.too_many = found.too_many;
            let rows = found.all.into_iter();
            rows.map(|row| found::with_article(view, row)).collect()
        }
    }
}
