use crate::Id;

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
