use std::collections::BTreeSet;

use crate::{Id, PartialDate, PileArticle, id_of};

/// A fact on which sentences differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// From its parts.
    pub id: Id,
    /// What they differ about, in a few words.
    pub about: String,
    /// The sentences, ids.
    pub sentences: Vec<Id>,
    /// What each says, in the same order.
    pub values: Vec<String>,
    /// A difference, or a number that changed between dates.
    pub kind: DisagreementKind,
}

/// Whether two accounts differ or the world changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum DisagreementKind {
    Difference,
    ChangeOverTime,
}

impl DisagreementKind {
    /// The words the record uses.
    pub fn name(self) -> &'static str {
        match self {
            DisagreementKind::Difference => "difference",
            DisagreementKind::ChangeOverTime => "change over time",
        }
    }
}

/// Rows of several pages that tell the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// From its first row.
    pub id: Id,
    /// `utterance`, `event` or `text` (the same article on two pages).
    pub kind: String,
    /// A line that names it.
    pub title: String,
    /// Earliest date among its articles.
    pub first: Option<PartialDate>,
    /// Latest.
    pub last: Option<PartialDate>,
    /// Its articles.
    pub articles: Vec<Id>,
    /// Their outlets, sorted, each once.
    pub publishers: Vec<String>,
    /// Its rows.
    pub rows: Vec<Id>,
}

impl Story {
    /// The story of these rows, which stand in these articles.
    ///
    /// Rows, articles and outlets are sorted, each once; the title is cut to a line. The id
    /// comes from the kind and the first row.
    ///
    /// ```
    /// use onrecord_model::{PileArticle, Story};
    /// let article = PileArticle { id: "ar-1".into(), ..PileArticle::default() };
    /// let story = Story::of("event", "A raid", vec!["ev-2".into(), "ev-1".into()], &[&article]);
    /// assert_eq!(story.rows, ["ev-1", "ev-2"]);
    /// ```
    pub fn of(kind: &str, title: &str, mut rows: Vec<Id>, articles: &[&PileArticle]) -> Story {
        rows.sort();
        rows.dedup();
        let dates = || articles.iter().filter_map(|a| a.published);
        let ids: BTreeSet<Id> = articles.iter().map(|a| a.id.clone()).collect();
        let publishers: BTreeSet<String> = articles
            .iter()
            .filter_map(|a| a.publisher.clone())
            .collect();
        Story {
            id: id_of("sy", &[kind, rows.first().map_or("", String::as_str)]),
            kind: kind.to_owned(),
            title: clipped(title),
            first: dates().min_by_key(|d| d.bounds()),
            last: dates().max_by_key(|d| (d.bounds().1, d.bounds().0)),
            articles: ids.into_iter().collect(),
            publishers: publishers.into_iter().collect(),
            rows,
        }
    }
}

/// A title of at most a line, cut between words.
fn clipped(title: &str) -> String {
    const LONGEST: usize = 96;
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.chars().count() <= LONGEST {
        return title;
    }
    let cut: String = title.chars().take(LONGEST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{} …", cut.trim_end_matches([',', ';', ':']))
}
