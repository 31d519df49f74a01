//! What files look like from outside, to tell that they have changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

use crate::input::{Place, Source};

/// Length, time of the last change, and on Unix that of a change of name or rights.
type Stamp = (u64, Option<SystemTime>, (i64, i64));

/// The stamps of all files of an input, by how they are named; of what cannot be looked at,
/// none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamps(BTreeMap<String, Option<Stamp>>);

impl Stamps {
    /// As the files look now.
    pub fn of(sources: &[Source]) -> Stamps {
        let stamp = |source: &Source| match &source.place {
            Place::File(path) => stamp(path),
            Place::Copy(_) | Place::Nowhere(_) => None,
        };
        Stamps(sources.iter().map(|s| (s.uri.clone(), stamp(s))).collect())
    }

    /// The files that have changed since, or were not there.
    pub fn other_than(&self, before: &Stamps) -> BTreeSet<String> {
        let other = |(uri, stamp): &(&String, &Option<Stamp>)| before.0.get(*uri) != Some(*stamp);
        self.0
            .iter()
            .filter(other)
            .map(|(uri, _)| uri.clone())
            .collect()
    }

    /// Gives some files the stamps they had when they were read; takes those away that were not.
    pub fn put_back(&mut self, some: &BTreeSet<String>, read: &Stamps) {
        for uri in some {
            match read.0.get(uri) {
                Some(stamp) => self.0.insert(uri.clone(), *stamp),
                None => self.0.remove(uri),
            };
        }
    }

    /// How many files are not there any more.
    pub fn gone_from(&self, now: &Stamps) -> usize {
        let there = self.0.iter().filter(|(_, stamp)| stamp.is_some());
        there
            .filter(|(uri, _)| now.0.get(*uri).is_none_or(Option::is_none))
            .count()
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let about = fs::metadata(path).ok()?;
    Some((about.len(), about.modified().ok(), changed(&about)))
}

#[cfg(unix)]
fn changed(about: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (about.ctime(), about.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> (i64, i64) {
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamps(files: &[(&str, Option<u64>)]) -> Stamps {
        let stamp = |length: &u64| (*length, None, (0, 0));
        let of =
            |(uri, length): &(&str, Option<u64>)| ((*uri).to_owned(), length.as_ref().map(stamp));
        Stamps(files.iter().map(of).collect())
    }

    #[test]
    fn what_changed_is_told_and_what_is_gone() {
        let before = stamps(&[("a", Some(1)), ("b", Some(1)), ("c", Some(1))]);
        let mut now = stamps(&[("a", Some(1)), ("b", Some(2)), ("d", Some(1)), ("c", None)]);
        let changing = now.other_than(&before);
        assert_eq!(changing.iter().collect::<Vec<_>>(), ["b", "c", "d"]);
        assert_eq!(before.gone_from(&now), 1);
        now.put_back(&changing, &before);
        assert_eq!(now, before);
    }
}
