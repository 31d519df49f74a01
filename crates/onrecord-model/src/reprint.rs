use crate::{Id, PartialDate, PileArticle, id_of};

/// An article with sentences of another, by their numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// The article.
    pub article: Id,
    /// The other.
    pub from: Id,
    /// How much of either is carried.
    pub kind: ReprintKind,
    /// Share of the article's words that stand in the other, 0 to 1, in thousandths.
    pub share: f64,
    /// Share of the other's words that stand in the article.
    pub share_of_from: f64,
    /// Numbers of the carried sentences, each with the other's sentence it stands in.
    pub sentences: Vec<(u32, u32)>,
    /// The wire that either prints as its source.
    pub wire: Option<String>,
    /// What shows who carries whom.
    pub direction: Direction,
}

impl Carried {
    /// The id of its row.
    pub fn id(&self) -> Id {
        id_of("rp", &[&self.article, &self.from])
    }
}

/// What texts several articles tell.
#[derive(Clone, Debug, Default)]
pub struct CarriedTexts {
    /// Articles with sentences of others, by their two ids.
    pub carried: Vec<Carried>,
    /// Articles whose text stands in another, with the one that stands for the text.
    pub same_text: Vec<(Id, Id)>,
    /// The articles of each text that two or more tell, sorted.
    pub texts: Vec<Vec<Id>>,
}

/// What is kept of an article to find its text again in others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signed {
    /// Hashes of some of its runs of words.
    pub signature: Vec<u8>,
    /// The wires it credits.
    pub source: String,
}

/// Takes an article's id, printed date and signature.
pub type TakeSigned<'a> = dyn FnMut(&str, Option<PartialDate>, &[u8]) + 'a;

/// Where the articles lie whose texts are compared.
pub trait Shelf {
    /// Gives each article's id, printed date and signature, in any order.
    fn each(&mut self, take: &mut TakeSigned<'_>);
    /// An article with its sentences.
    fn article(&mut self, id: &str) -> Option<PileArticle>;
    /// As [`Signed::source`].
    fn source(&mut self, id: &str) -> Option<String>;
    /// What [`Shelf::keep`] kept of an article.
    fn known(&mut self, id: &str) -> Option<Vec<u8>>;
    /// Keeps what was found of an article, in place of what is kept of it.
    fn keep(&mut self, id: &str, known: Vec<u8>);
}

/// One article that carries sentences of another, word for word or nearly so.
#[derive(Clone, Debug, PartialEq)]
pub struct Reprint {
    /// From the two articles.
    pub id: Id,
    /// The article that carries.
    pub article: Id,
    /// The article they stand in as well.
    pub from: Id,
    /// How much of either is carried.
    pub kind: ReprintKind,
    /// Share of the article's words that stand in `from`, 0 to 1, in thousandths.
    pub share: f64,
    /// Share of `from`'s words that stand in the article, 0 to 1, in thousandths.
    pub share_of_from: f64,
    /// The carried sentences of the article, in order, each with the one it stands in.
    pub sentences: Vec<(Id, Id)>,
    /// The wire that either of them prints as its source, by name.
    pub wire: Option<String>,
    /// What shows which of the two carries the other.
    pub direction: Direction,
    /// The rule that found it.
    pub made_by: String,
}

impl Reprint {
    /// The row, with the ids of all sentences of either article in their order.
    pub fn of(carried: &Carried, article: &[Id], from: &[Id]) -> Reprint {
        let id = |all: &[Id], n: u32| all.get(n as usize).cloned();
        let sentences = carried.sentences.iter();
        Reprint {
            id: carried.id(),
            article: carried.article.clone(),
            from: carried.from.clone(),
            kind: carried.kind,
            share: carried.share,
            share_of_from: carried.share_of_from,
            sentences: sentences
                .filter_map(|(a, b)| Some((id(article, *a)?, id(from, *b)?)))
                .collect(),
            wire: carried.wire.clone(),
            direction: carried.direction,
            made_by: "rule:reprints.aligned".to_owned(),
        }
    }
}

/// How much one article has of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReprintKind {
    /// Nearly all of either stands in the other.
    Same,
    /// Nearly all of the article stands in the other, which has more.
    Cut,
    /// The article has nearly all of the other, and more of its own.
    Extended,
    /// The article is put together from several others, of which this is one.
    Merged,
    /// At least half of either stands in the other; the rest of both is their own.
    Edited,
    /// Some sentences only: a recap, a paragraph of background. No reprint of the whole.
    Partial,
}

impl ReprintKind {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            ReprintKind::Same => "same",
            ReprintKind::Cut => "cut",
            ReprintKind::Extended => "extended",
            ReprintKind::Merged => "merged",
            ReprintKind::Edited => "edited",
            ReprintKind::Partial => "partial",
        }
    }

    /// Reads [`ReprintKind::name`].
    ///
    /// ```
    /// use onrecord_model::ReprintKind;
    /// assert_eq!(ReprintKind::read("cut"), Some(ReprintKind::Cut));
    /// ```
    pub fn read(name: &str) -> Option<ReprintKind> {
        [
            ReprintKind::Same,
            ReprintKind::Cut,
            ReprintKind::Extended,
            ReprintKind::Merged,
            ReprintKind::Edited,
            ReprintKind::Partial,
        ]
        .into_iter()
        .find(|k| k.name() == name)
    }

    /// Whether the article as a whole is a reprint, not only some of its sentences.
    pub fn is_whole(self) -> bool {
        self != ReprintKind::Partial
    }
}

/// What shows which of two articles carries the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// A printed credit, or one of the outlets is a wire.
    Credit,
    /// `from` was printed on an earlier day.
    Date,
    /// `from` has all of the article and more.
    Completeness,
    /// Nothing: which of the two is `from` says nothing.
    Unknown,
}

impl Direction {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Credit => "credit",
            Direction::Date => "date",
            Direction::Completeness => "completeness",
            Direction::Unknown => "unknown",
        }
    }
}
