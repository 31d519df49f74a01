//! Measures over pairs of names with a judgement, in the form of OpenSanctions' name_bench.

use std::collections::BTreeMap;

use crate::{Kind, compare};

/// A pair and whether its names are meant to be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The line of the file it stands on.
    pub line: u64,
    /// The set it comes from (`case_group`).
    pub group: String,
    /// The kind of both names (`schema`).
    pub kind: Kind,
    /// The first name.
    pub a: String,
    /// The second name.
    pub b: String,
    /// Whether they are the same.
    pub same: bool,
}

/// Why a file of pairs could not be read.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// A column is missing.
    #[error(
        "line 1: no column `{column}`; the columns are case_group, schema, name1, name2, is_match"
    )]
    Column {
        /// Its name.
        column: &'static str,
    },
    /// A row cannot be read as CSV.
    #[error("line {line}: {source}")]
    Row {
        /// Its line.
        line: u64,
        /// What is wrong.
        source: csv::Error,
    },
    /// `is_match` is neither `true` nor `false`.
    #[error("line {line}: is_match is `{found}`; `true` or `false` is expected")]
    Match {
        /// Its line.
        line: u64,
        /// What stands there.
        found: String,
    },
}

/// How many pairs were judged how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Same, and found the same.
    pub found: usize,
    /// Not the same, and found the same.
    pub wrong: usize,
    /// Same, and not found.
    pub missed: usize,
    /// Not the same, and not found the same.
    pub refused: usize,
}

/// The counts over all pairs, by set and by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// All pairs.
    pub all: Counts,
    /// By the set they come from.
    pub by_group: BTreeMap<String, Counts>,
    /// By the kind of name.
    pub by_kind: BTreeMap<Kind, Counts>,
}

impl Counts {
    /// How many of those found are right; 1 where none was found.
    pub fn precision(&self) -> f64 {
        share(self.found, self.found + self.wrong)
    }

    /// How many of those that are the same were found; 1 where there is none.
    pub fn recall(&self) -> f64 {
        share(self.found, self.found + self.missed)
    }

    /// The harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        share(2 * self.found, 2 * self.found + self.wrong + self.missed)
    }

    fn add(&mut self, same: bool, found: bool) {
        match (same, found) {
            (true, true) => self.found += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.wrong += 1,
            (false, false) => self.refused += 1,
        }
    }
}

fn share(part: usize, of: usize) -> f64 {
    if of == 0 {
        1.0
    } else {
        part as f64 / of as f64
    }
}

/// Reads pairs from CSV with a line of column names: `name1`, `name2` and `is_match`, and
/// where they are there `case_group` and `schema`. Other columns are passed over.
///
/// # Errors
/// If a column is missing or a row cannot be read; the error names the line.
pub fn read_csv(text: &str) -> Result<Vec<Pair>, BenchError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader
        .headers()
        .map_err(|source| BenchError::Row { line: 1, source })?;
    let at = |column: &str| headers.iter().position(|h| h == column);
    let need = |column: &'static str| at(column).ok_or(BenchError::Column { column });
    let (one, two, is_match) = (need("name1")?, need("name2")?, need("is_match")?);
    let (group, schema) = (at("case_group"), at("schema"));
    let mut pairs = Vec::new();
    let mut last = 1;
    for row in reader.records() {
        let row = row.map_err(|source| BenchError::Row {
            line: source.position().map_or(last + 1, csv::Position::line),
            source,
        })?;
        last = row.position().map_or(last + 1, csv::Position::line);
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        let same = match row.get(is_match).unwrap_or_default().trim() {
            "true" | "True" | "TRUE" | "1" => true,
            "false" | "False" | "FALSE" | "0" => false,
            found => {
                return Err(BenchError::Match {
                    line: last,
                    found: found.to_owned(),
                });
            }
        };
        pairs.push(Pair {
            line: last,
            group: group.map(cell).unwrap_or_default(),
            kind: schema.map_or(Kind::Unknown, |at| kind(&cell(at))),
            a: cell(one),
            b: cell(two),
            same,
        });
    }
    Ok(pairs)
}

/// The kind that a schema of FollowTheMoney, or a word for it, means.
fn kind(schema: &str) -> Kind {
    match schema.to_ascii_lowercase().as_str() {
        "person" => Kind::Person,
        "company" | "organization" | "organisation" | "publicbody" => Kind::Organization,
        "address" | "place" | "location" => Kind::Place,
        _ => Kind::Unknown,
    }
}

/// Compares all pairs and counts.
pub fn score(pairs: &[Pair]) -> Score {
    let mut score = Score::default();
    for pair in pairs {
        let found = compare(&pair.a, &pair.b, pair.kind).same;
        score.all.add(pair.same, found);
        let group = score.by_group.entry(pair.group.clone()).or_default();
        group.add(pair.same, found);
        score
            .by_kind
            .entry(pair.kind)
            .or_default()
            .add(pair.same, found);
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_and_counted() {
        let text = "schema,name1,name2,is_match\n\
                    Person,\"Lund, Karin\",Karin Lund,true\n\
                    Person,Karin Lund,Pieter Lund,false\n";
        let pairs = read_csv(text).expect("two rows");
        assert_eq!(pairs[0].a, "Lund, Karin");
        let all = score(&pairs).all;
        assert_eq!((all.found, all.refused), (1, 1));
        assert!((all.f1() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn errors_name_the_line() {
        let text = "name1,name2,is_match\na,b,true\na,b,perhaps\n";
        let error = read_csv(text).expect_err("a wrong word");
        assert!(error.to_string().starts_with("line 3:"), "{error}");
        assert!(read_csv("name1,name2\n").is_err());
        let short = read_csv("name1,name2,is_match\na,b\n").expect_err("two cells");
        assert!(short.to_string().starts_with("line 2:"), "{short}");
    }
}
