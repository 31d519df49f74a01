//! Names near one that is not in the record.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{Filter, Record, RecordError};

use crate::names::{list, text};

/// How alike two names must be, of 1.
const ALIKE: f64 = 0.3;

/// The actors whose name or alias is most like `wanted`, at most `most`, the likest first: ids
/// and names. Empty if none is like it.
///
/// # Errors
/// If the file cannot be read.
pub fn near_actors(
    record: &Record,
    wanted: &str,
    most: usize,
) -> Result<Vec<(String, String)>, RecordError> {
    let wanted = pieces(wanted);
    let mut found: Vec<(f64, String, String)> = Vec::new();
    record.for_each("actors", &Filter::default(), None, |row| {
        let name = text(&row, "name");
        let names = std::iter::once(name).chain(list(&row, "aliases"));
        let best = names
            .map(|name| alike(&wanted, &pieces(name)))
            .fold(0.0, f64::max);
        if best >= ALIKE {
            found.push((best, name.to_owned(), text(&row, "actor_id").to_owned()));
        }
        Ok::<(), RecordError>(())
    })?;
    found.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then_with(|| (&a.1, &a.2).cmp(&(&b.1, &b.2)))
    });
    let near = found.into_iter().take(most).map(|(_, name, id)| (id, name));
    Ok(near.collect())
}

/// The issues on which the record has positions, those most like `wanted` first.
///
/// # Errors
/// If the file cannot be read.
pub fn near_issues(record: &Record, wanted: &str) -> Result<Vec<String>, RecordError> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    record.for_each("positions", &Filter::default(), None, |row| {
        *counts.entry(text(&row, "issue").to_owned()).or_default() += 1;
        Ok::<(), RecordError>(())
    })?;
    let wanted = pieces(wanted);
    let mut issues: Vec<String> = counts.into_keys().collect();
    issues.sort_by(|a, b| {
        let like = |issue: &str| alike(&wanted, &pieces(issue));
        like(b).total_cmp(&like(a)).then_with(|| a.cmp(b))
    });
    Ok(issues)
}

/// The pairs of letters of the words of a name, in lower case.
fn pieces(name: &str) -> BTreeSet<[char; 2]> {
    let mut pieces = BTreeSet::new();
    for word in name.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
        let letters: Vec<char> = std::iter::once(' ')
            .chain(word.chars())
            .chain(std::iter::once(' '))
            .collect();
        if letters.len() > 2 {
            pieces.extend(letters.windows(2).map(|pair| [pair[0], pair[1]]));
        }
    }
    pieces
}

/// The share of pieces that two names have in common (Dice 1945).
fn alike(a: &BTreeSet<[char; 2]>, b: &BTreeSet<[char; 2]>) -> f64 {
    let shared = a.intersection(b).count() as f64;
    let all = (a.len() + b.len()) as f64;
    if all == 0.0 { 0.0 } else { 2.0 * shared / all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_names_are_near() {
        let like = |a: &str, b: &str| alike(&pieces(a), &pieces(b));
        assert!(like("Taymor Oskell", "Taymar Oskel") > 0.6);
        assert!(like("Hill Front", "Dawn Party") < ALIKE);
        assert_eq!(like("", ""), 0.0);
    }
}
