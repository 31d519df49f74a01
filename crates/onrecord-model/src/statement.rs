use crate::{Confidence, Id, PartialDate, Span};

/// Somebody's words or stated view, as an article reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// From the article's id, the cue and the content.
    pub id: Id,
    /// Numbers of the sentences it runs over, in order; the one with the cue among them.
    pub sentences: Vec<usize>,
    /// Number of the sentence that is cited: the one with the cue, else the first.
    pub sentence: usize,
    /// Who speaks, where that is known.
    pub speaker: Option<Id>,
    /// The words that name the speaker in the cited sentence.
    pub speaker_span: Option<Span>,
    /// The verb or noun of saying.
    pub cue: Option<Span>,
    /// What is said: contiguous pieces, in order, verbatim, quotation marks included.
    pub content: Vec<Span>,
    /// Quoted, reported or both.
    pub kind: StatementKind,
    /// To whom.
    pub addressee: Option<Id>,
    /// Outlets or persons between the page and the speaker, outermost first.
    pub via: Vec<Id>,
    /// The statement it stands in.
    pub nested_in: Option<Id>,
    /// "did not say", "refused to say".
    pub negated: bool,
    /// What is known of the source.
    pub source_kind: SourceKind,
    /// Date of the utterance.
    pub date: Option<PartialDate>,
    /// Rule or head.
    pub made_by: String,
    /// How sure.
    pub confidence: Confidence,
}

/// Quoted, reported or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatementKind {
    /// All of the content is quoted.
    Direct,
    /// None of it is.
    Indirect,
    /// A paraphrase with a quoted part.
    Mixed,
}

impl StatementKind {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            StatementKind::Direct => "direct",
            StatementKind::Indirect => "indirect",
            StatementKind::Mixed => "mixed",
        }
    }
}

/// What is known of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum SourceKind {
    Named,
    Anonymous,
    Document,
    Outlet,
    Crowd,
    None,
}

impl SourceKind {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            SourceKind::Named => "named",
            SourceKind::Anonymous => "anonymous",
            SourceKind::Document => "document",
            SourceKind::Outlet => "outlet",
            SourceKind::Crowd => "crowd",
            SourceKind::None => "none",
        }
    }
}
