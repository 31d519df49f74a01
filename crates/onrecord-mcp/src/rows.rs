//! Rows of a table that fit, a bounded part of them, and how many there are.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{Filter, Map, Record, Search, Spelling, table_named};
use serde_json::{Value, json};

use crate::Trouble;
use crate::answer::asked;
use crate::arguments::{Argument, Arguments, Takes, may};
use crate::names::{Names, actor_id, line, text};
use crate::sources::{Sources, object};

/// How many finds of a search are counted.
pub const COUNTED: u64 = 1_000;
/// How many sentences of a row are given.
pub const SENTENCES: usize = 10;

/// Which rows, the same for every tool that lists some.
pub const CHOICE: &[Argument] = &[
    may(
        "actor",
        Takes::Text,
        "Rows in which this actor has any part: a name, a part of one, or an id (ac-…).",
    ),
    may(
        "with",
        Takes::Text,
        "Of these, rows in which this actor has a part too.",
    ),
    may(
        "outlet",
        Takes::Text,
        "Rows of articles of this outlet: its name or a part of it.",
    ),
    may(
        "since",
        Takes::Text,
        "From this date on: 2014, 2014-09 or 2014-09-20.",
    ),
    may(
        "until",
        Takes::Text,
        "Up to this date: 2014, 2014-09 or 2014-09-20.",
    ),
    may(
        "min_confidence",
        Takes::Share,
        "Only rows at least so sure.",
    ),
];

/// How many, the same for every tool that lists something.
pub const BOUNDS: &[Argument] = &[
    may("limit", Takes::Whole(1, 50, 10), "At most so many."),
    may(
        "offset",
        Takes::Whole(0, COUNTED, 0),
        "So many are passed over first.",
    ),
];

/// What `words` can be.
pub const WORDS: &str = "Words of the sentence, all of them, in any order; \"a phrase\", \
     begin*, -without, OR. The name of an actor finds its other spellings too.";

/// The filter that the arguments of [`CHOICE`] ask for.
pub fn filter(record: &Record, arguments: &Arguments) -> Result<Filter, Trouble> {
    let actor = |name: &str| {
        let given = arguments.text(name);
        given.map(|name| actor_id(record, name)).transpose()
    };
    if arguments.text("with").is_some() && arguments.text("actor").is_none() {
        return asked("`with` goes with `actor`: give both");
    }
    let text = |name: &str| arguments.text(name).map(|text| text.trim().to_owned());
    Ok(Filter {
        actor: actor("actor")?,
        with: actor("with")?,
        outlet: text("outlet"),
        since: text("since"),
        until: text("until"),
        min_confidence: arguments.share("min_confidence"),
        ..Filter::default()
    })
}

/// A part of the rows that fit.
#[derive(Debug, Default)]
pub struct Listed {
    pub rows: Vec<Map>,
    /// How many fit.
    pub total: u64,
    /// Whether more than `total` fit.
    pub more: bool,
    /// What else the answer has to tell.
    pub notes: Vec<String>,
}

/// The rows that fit and hold these ids in these columns: with words in the order of the
/// search, else the newest first. The filter asks for the ids as actors.
pub fn listed(
    record: &Record,
    table: &str,
    filter: Filter,
    ids: &[(&str, String)],
    arguments: &Arguments,
) -> Result<Listed, Trouble> {
    let (skip, limit) = (arguments.whole("offset"), arguments.whole("limit"));
    let Some(words) = arguments.text("words") else {
        let filter = ids
            .iter()
            .fold(filter, |filter, (column, id)| filter.equal(*column, id));
        return newest(record, table, &filter, skip, limit);
    };
    let search = Search {
        words: words.to_owned(),
        filter,
        limit: Some(COUNTED + 1),
        ..Search::default()
    };
    let found = record.search_rows(table, &search)?;
    let mut rows = found.all.rows;
    let more = rows.len() as u64 > COUNTED;
    // Not a part of the filter: an index of the column would be used for each article anew.
    rows.retain(|row| ids.iter().all(|(column, id)| text(row, column) == id));
    Ok(Listed {
        more,
        total: (rows.len() as u64).min(COUNTED),
        notes: notes(&found.spellings, found.too_many),
        rows: cut(rows, skip, limit),
    })
}

/// What a search did beside what was asked.
pub fn notes(spellings: &[Spelling], too_many: bool) -> Vec<String> {
    let mut notes = Vec::new();
    for Spelling {
        typed,
        actors,
        also,
    } in spellings
    {
        let names = |names: Vec<String>| names.join(", ");
        notes.push(match actors.as_slice() {
            [(id, name)] => format!(
                "{} is taken for {} ({id}); also looked for as {}",
                line(typed),
                line(name),
                names(also.iter().map(|name| line(name)).collect())
            ),
            several => format!(
                "{} may be any of {}: looked for as typed only",
                line(typed),
                names(
                    several
                        .iter()
                        .map(|(id, name)| format!("{} ({id})", line(name)))
                        .collect()
                )
            ),
        });
    }
    if too_many {
        notes.push(
            "so many texts hold these words that the newest come first, not the best".to_owned(),
        );
    }
    notes
}

/// What is left of a list from `skip` on.
pub fn cut<T>(all: Vec<T>, skip: u64, limit: u64) -> Vec<T> {
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    all.into_iter()
        .skip(number(skip))
        .take(number(limit))
        .collect()
}

/// The newest rows that fit; those without a date last. Memory does not grow with the table.
fn newest(
    record: &Record,
    table: &str,
    filter: &Filter,
    skip: u64,
    limit: u64,
) -> Result<Listed, Trouble> {
    let known = table_named(table);
    let key = known.map_or("", |table| table.key());
    let date = match table {
        "outlooks" => "made",
        _ => "date",
    };
    let most = usize::try_from(skip + limit).unwrap_or(usize::MAX);
    let mut kept: BTreeMap<(Reverse<String>, String), Map> = BTreeMap::new();
    let total = record.for_each(table, filter, None, |row| -> Result<(), Trouble> {
        let order = (
            Reverse(text(&row, date).to_owned()),
            text(&row, key).to_owned(),
        );
        if kept.len() < most || kept.last_key_value().is_some_and(|(last, _)| order < *last) {
            kept.insert(order, row);
        }
        if kept.len() > most {
            kept.pop_last();
        }
        Ok(())
    })?;
    Ok(Listed {
        rows: cut(kept.into_values().collect(), skip, limit),
        total,
        more: false,
        notes: Vec::new(),
    })
}

/// Rows without words, actor or article would be the whole table.
pub fn refuse_whole_table(arguments: &Arguments, by: &[&str]) -> Result<(), Trouble> {
    if by.iter().any(|name| arguments.text(name).is_some()) {
        return Ok(());
    }
    let by: Vec<String> = by.iter().map(|name| format!("`{name}`")).collect();
    asked(format!(
        "that would be the whole table; give one of {}",
        by.join(", ")
    ))
}

/// A row for programs: its columns, the names of the ids in it, and the sentences it rests
/// on with their sources.
pub fn full(
    table: &str,
    row: &Map,
    names: &Names<'_>,
    sources: &Sources<'_>,
) -> Result<Value, Trouble> {
    let mut ids = BTreeSet::new();
    for column in table_named(table)
        .into_iter()
        .flat_map(|table| table.columns)
    {
        if column.actor || column.name == "place_id" {
            let value = row.get(column.name).unwrap_or(&Value::Null);
            let many = value.as_array().map(Vec::as_slice).unwrap_or_default();
            ids.extend([value].into_iter().chain(many).filter_map(Value::as_str));
        }
    }
    let voice = text(row, "voice");
    ids.extend(Some(voice).filter(|voice| voice.starts_with("ac-")));
    let mut named = Map::new();
    for id in ids {
        named.insert(id.to_owned(), names.of_id(id)?.into());
    }
    let mut told = row.clone();
    told.insert("names".to_owned(), named.into());
    let sentences = sources.of_row(row, SENTENCES)?;
    let sentences: Vec<Value> = sentences.iter().map(object).collect();
    told.insert("sentences".to_owned(), sentences.into());
    Ok(told.into())
}

/// How many are given, of how many.
pub fn count(given: usize, listed: &Listed, arguments: &Arguments) -> (String, Value) {
    let skip = arguments.whole("offset");
    let total = match listed.more {
        true => format!("more than {}", listed.total),
        false => listed.total.to_string(),
    };
    let range = match given {
        0 => "none".to_owned(),
        _ => format!("{} to {}", skip + 1, skip + given as u64),
    };
    let text = format!("{total} found, {range} given");
    let data = json!({
        "total": listed.total,
        "total_is_at_least": listed.more,
        "given": given,
        "offset": skip,
        "notes": listed.notes,
    });
    (text, data)
}
