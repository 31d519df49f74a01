use crate::{
    Across, CarriedTexts, Disagreement, Id, PileArticle, PileStatement, Shelf, Signed, Story,
};

/// What a step across pages keeps of one article: an item, and the block it falls in. Items of
/// one block are compared with one another and with no others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// The step, by name.
    pub step: String,
    /// The block.
    pub key: String,
    /// What the step has to know to compare, in its own words.
    pub item: String,
}

/// An item of a block, with its article.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// Id, outlet and date; the rows of the article are not there.
    pub article: &'a PileArticle,
    /// As [`Kept::item`].
    pub item: &'a str,
}

/// A statement by the runs of words in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shingled {
    /// The statement.
    pub statement: Id,
    /// Hashes of its runs of words, sorted, each once.
    pub runs: Vec<u64>,
}

/// A statement with the article it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// Id, outlet and date; the rows of the article are not there.
    pub article: &'a PileArticle,
    /// The statement.
    pub statement: &'a PileStatement,
}

/// Two statements that report one utterance if their speakers do not differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Number of the first in a list.
    pub a: usize,
    /// Number of the second.
    pub b: usize,
    /// How many runs of words they share.
    pub shared: usize,
}

/// What several statements report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// Its statements.
    pub story: Story,
    /// The words in which they differ.
    pub differs: Option<Disagreement>,
}

/// The steps across pages, as the one asks them who holds the articles: a record, or a cluster.
///
/// All are functions of what they are given alone, so that an article is asked about once and
/// a block only when an item of it is new, gone or other than it was. The order in which
/// articles and blocks are asked about does not matter.
pub trait AcrossPages {
    /// What the answers rest on beside what is given. Where it has changed nothing kept counts.
    fn made_with(&self) -> String;

    /// What is kept of an article for the steps that compare by blocks.
    fn keep(&self, article: &PileArticle) -> Vec<Kept>;

    /// What the items of a block show together; they may come in any order. Of the outcomes of
    /// one outlook the one of the first block counts.
    fn compare(&self, step: &str, key: &str, items: &[Item<'_>]) -> Across;

    /// The statements of an article that are long enough to be known again.
    fn shingled(&self, article: &PileArticle) -> Vec<Shingled>;

    /// How many statements with a run of words are paired by it, those with the lowest ids.
    fn most_of_a_run(&self) -> usize;

    /// Whether two statements can report one utterance, by how many runs the shorter has and
    /// how many they share.
    fn can_be_same(&self, shorter: usize, shared: usize) -> bool;

    /// Whether two statements that share so many runs report one utterance; the one with the
    /// lower id comes first.
    fn is_same(&self, a: Said<'_>, b: Said<'_>, shared: usize) -> bool;

    /// What these statements report, which are sorted by their ids.
    fn utterances(&self, said: &[Said<'_>], pairs: &[Pair]) -> Vec<Utterance>;

    /// What is kept of an article to find its text again in others.
    fn signed(&self, article: &PileArticle) -> Signed;

    /// Who carries which sentences of whom.
    fn texts(&self, shelf: &mut dyn Shelf) -> CarriedTexts;

    /// The story of the articles of one text; of their sentences only the first are there.
    fn text_story(&self, articles: &[&PileArticle]) -> Story;
}
