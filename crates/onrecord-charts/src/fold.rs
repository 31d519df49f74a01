//! Marks that would lie on one another become one with their count.

use std::collections::BTreeMap;

use onrecord_model::{PartialDate, Precision};

use crate::axis::Axis;
use crate::svg::count;
use crate::{Tag, days};

/// How many of the marks in one tell what they are.
const TOLD: usize = 4;

/// Several marks drawn as one.
#[derive(Debug)]
pub(crate) struct Folded<'a, K> {
    /// What they have in common.
    pub key: K,
    /// Their dates, first and last; none where they are undated.
    pub dates: Option<(PartialDate, PartialDate)>,
    /// Their tags, in the order given.
    pub tags: Vec<&'a Tag>,
}

impl<K> Folded<'_, K> {
    /// The tag of the whole: that of the only one; of several their number, the dates and
    /// the first of them. It leads where the first leads.
    pub(crate) fn tag(&self) -> Tag {
        let [first, rest @ ..] = self.tags.as_slice() else {
            return Tag::default();
        };
        if rest.is_empty() {
            return (*first).clone();
        }
        let when = match self.dates {
            Some((a, b)) if a == b => format!(" {a}"),
            Some((a, b)) => format!(
                " {} to {}",
                days::text(days::span(a).0),
                days::text(days::span(b).1)
            ),
            None => " without a date".to_owned(),
        };
        let n = self.tags.len();
        let mut title = format!("{}{when}", count(n as u64, "mark", "marks"));
        for tag in self.tags.iter().take(TOLD) {
            title.push_str(" · ");
            title.push_str(&tag.title);
        }
        if n > TOLD {
            title.push_str(&format!(" · and {} more", n - TOLD));
        }
        Tag {
            title,
            row: None,
            href: first.href.clone(),
        }
    }

    /// The rows they stand for.
    pub(crate) fn rows(&self) -> Vec<&str> {
        self.tags
            .iter()
            .filter_map(|tag| tag.row.as_deref())
            .collect()
    }
}

/// Folds marks of one key that lie within `room` pixels, days with days, months and years
/// with their like; those without a date into one a key. In the order of time, then key;
/// undated ones last.
pub(crate) fn fold<'a, K: Ord + Clone>(
    marks: impl Iterator<Item = (K, Option<PartialDate>, &'a Tag)>,
    axis: Option<&Axis>,
    room: f64,
) -> Vec<Folded<'a, K>> {
    let mut bins: BTreeMap<(Option<Precision>, i64, K), Folded<'a, K>> = BTreeMap::new();
    for (key, date, tag) in marks {
        let date = date.filter(|_| axis.is_some());
        let bin = match (date, axis) {
            (Some(date), Some(axis)) if date.precision() == Precision::Day => {
                (axis.span(date)[2] / room).floor() as i64
            }
            // A month or a year has its own width: it folds only with the same.
            (Some(date), _) => days::span(date).0,
            (None, _) => 0,
        };
        let place = (date.map(PartialDate::precision), bin, key.clone());
        let folded = bins.entry(place).or_insert_with(|| Folded {
            key,
            dates: date.map(|d| (d, d)),
            tags: Vec::new(),
        });
        if let (Some(date), Some((first, last))) = (date, &mut folded.dates) {
            if days::span(date) < days::span(*first) {
                *first = date;
            }
            if days::span(date) > days::span(*last) {
                *last = date;
            }
        }
        folded.tags.push(tag);
    }
    let mut all: Vec<Folded<'a, K>> = bins.into_values().collect();
    all.sort_by(|a, b| {
        let when = |f: &Folded<'_, K>| f.dates.map(|(a, b)| (days::span(a).0, days::span(b).1));
        let undated = |f: &Folded<'_, K>| f.dates.is_none();
        (undated(a), when(a), &a.key).cmp(&(undated(b), when(b), &b.key))
    });
    all
}
