//! Stage one: the signatures of all articles, from which candidates come.

use onrecord_model::PartialDate;

use crate::ArticleText;
use crate::signature::Signature;
use crate::words::Prepared;

/// The articles of a pile as stage one keeps them: what they are ordered by, and their
/// signatures. Texts are not kept.
///
/// Articles may come in any order and over several runs, from their text or from a stored
/// signature: what is found depends on the set alone.
///
/// ```
/// use onrecord_reprints::{ArticleText, Index};
/// let article = ArticleText {
///     id: "ar-1",
///     sentences: vec![("se-1", "The council met on Monday to talk about the bridge.")],
///     ..ArticleText::default()
/// };
/// let mut index = Index::default();
/// let signature = index.add(&article);
/// let mut later = Index::default();
/// later.add_signed(&article, &signature);
/// assert_eq!(index.len(), later.len());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Index {
    heads: Vec<Head>,
    runs: Vec<u32>,
}

/// An article without its text.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub id: Box<str>,
    /// First and last day on which it can have been printed; none if that is not known.
    pub days: Option<(i32, i32)>,
    pub words: u32,
    pub print: u64,
    /// Where its runs begin, and how many they are.
    from: u64,
    pub count: u32,
}

impl Index {
    /// Adds an article and gives its signature, to be stored. Of several articles with one
    /// id one counts.
    pub fn add(&mut self, article: &ArticleText<'_>) -> Signature {
        let signature = Signature::new(&Prepared::new(article));
        self.add_signed(article, &signature);
        signature
    }

    /// Adds an article whose signature an earlier run has stored. Its sentences are not read.
    pub fn add_signed(&mut self, article: &ArticleText<'_>, signature: &Signature) {
        self.heads.push(Head {
            id: article.id.into(),
            days: article.published.map(days),
            words: signature.words,
            print: signature.print,
            from: self.runs.len() as u64,
            count: signature.runs.len() as u32,
        });
        self.runs.extend(&signature.runs);
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Bytes of memory that the index holds, without what the allocator adds.
    pub fn bytes(&self) -> usize {
        let ids: usize = self.heads.iter().map(|h| h.id.len()).sum();
        ids + self.heads.len() * size_of::<Head>() + 4 * self.runs.len()
    }

    /// The articles in the order in which they are looked at: by their first day, those
    /// without a date last; of one day the shorter first, so that what was put together from
    /// others comes after them; then by id.
    pub(crate) fn order(&self) -> Vec<&Head> {
        let mut order: Vec<&Head> = self.heads.iter().collect();
        order.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| a.key().cmp(&b.key())));
        order.dedup_by(|a, b| a.id == b.id);
        order.sort_by(|a, b| a.key().cmp(&b.key()));
        order
    }

    pub(crate) fn runs(&self, head: &Head) -> &[u32] {
        &self.runs[head.from as usize..head.from as usize + head.count as usize]
    }
}

impl Head {
    fn key(&self) -> (bool, Option<i32>, u32, &str) {
        (
            self.days.is_none(),
            self.days.map(|d| d.0),
            self.words,
            &self.id,
        )
    }

    /// Whether it was printed a day or more after the other (true) or before it (false).
    pub fn is_later(&self, other: &Head) -> Option<bool> {
        let (mine, theirs) = (self.days?, other.days?);
        if theirs.1 < mine.0 {
            return Some(true);
        }
        (mine.1 < theirs.0).then_some(false)
    }

    /// Whole days between two articles, at least; none if one has no date.
    pub fn days_to(&self, other: &Head) -> Option<i32> {
        let (a, b) = (self.days?, other.days?);
        Some((a.0 - b.1).max(b.0 - a.1).max(0))
    }
}

/// The first and last day of a date, counted from 1 March of the year 0.
fn days(date: PartialDate) -> (i32, i32) {
    let (first, last) = date.bounds();
    (day(first), day(last))
}

fn day(date: PartialDate) -> i32 {
    let (month, day) = (
        i32::from(date.month_number().unwrap_or(1)),
        i32::from(date.day_number().unwrap_or(1)),
    );
    let year = i32::from(date.year_number()) - i32::from(month < 3);
    let month = (month + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_the_calendar() {
        let mut date = PartialDate::day(1999, 12, 30).expect("a day");
        for _ in 0..2_000 {
            let next = date.plus_days(1).expect("a day");
            assert_eq!(day(next), day(date) + 1, "{next}");
            date = next;
        }
        let year = PartialDate::year(2020).map(days).expect("a year");
        assert_eq!(year.1 - year.0, 365);
    }
}
