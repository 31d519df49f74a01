use crate::{Confidence, Id, PartialDate, Span};

/// Where an actor stands on an issue, as one sentence shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// From its parts.
    pub id: Id,
    /// Id of the issue, the file name in `lexicon/issues` without its ending.
    pub issue: String,
    /// Who.
    pub actor: Id,
    /// For, against or both.
    pub stance: Stance,
    /// What limits it ("ground troops", "some").
    pub scope: Option<String>,
    /// When.
    pub date: Option<PartialDate>,
    /// Who reports the stance, where that is not the narrator.
    pub according_to: Option<Id>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Number of the sentence.
    pub sentence: usize,
    /// Rule or head.
    pub made_by: String,
    /// How sure.
    pub confidence: Confidence,
}

/// For, against or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Stance {
    Support,
    Oppose,
    Mixed,
}

impl Stance {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Support => "support",
            Stance::Oppose => "oppose",
            Stance::Mixed => "mixed",
        }
    }

    /// From the word the record uses.
    pub fn read(name: &str) -> Option<Stance> {
        [Stance::Support, Stance::Oppose, Stance::Mixed]
            .into_iter()
            .find(|stance| stance.name() == name)
    }
}

/// The row a position rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// A statement.
    Statement(Id),
    /// An event.
    Event(Id),
    /// The sentence alone: the narrator says where the actor stands.
    Sentence,
}

/// Something announced, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// From its parts.
    pub id: Id,
    /// Who announces.
    pub actor: Id,
    /// What kind of announcement.
    pub outlook_type: OutlookType,
    /// The words, verbatim.
    pub content: Span,
    /// Number of the sentence.
    pub sentence: usize,
    /// The statement it stands in.
    pub statement: Option<Id>,
    /// When it was announced.
    pub made: Option<PartialDate>,
    /// By when or under which condition, verbatim ("in the coming months").
    pub horizon: Option<Span>,
    /// What became of it, found by comparing pages.
    pub outcome: Outcome,
    /// Sentences that tell the outcome, ids.
    pub outcome_sentences: Vec<Id>,
    /// A line for people on how the outcome was found.
    pub outcome_note: Option<String>,
}

/// What kind of announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum OutlookType {
    Threat,
    Promise,
    Demand,
    Prediction,
    Warning,
}

impl OutlookType {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            OutlookType::Threat => "threat",
            OutlookType::Promise => "promise",
            OutlookType::Demand => "demand",
            OutlookType::Prediction => "prediction",
            OutlookType::Warning => "warning",
        }
    }

    /// Reads [`OutlookType::name`].
    pub fn read(name: &str) -> Option<OutlookType> {
        [
            OutlookType::Threat,
            OutlookType::Promise,
            OutlookType::Demand,
            OutlookType::Prediction,
            OutlookType::Warning,
        ]
        .into_iter()
        .find(|t| t.name() == name)
    }
}

/// What became of an announcement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Outcome {
    Fulfilled,
    Broken,
    Partly,
    #[default]
    Open,
}

impl Outcome {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Fulfilled => "fulfilled",
            Outcome::Broken => "broken",
            Outcome::Partly => "partly",
            Outcome::Open => "open",
        }
    }
}

/// Words that characterise an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framing {
    /// From its parts.
    pub id: Id,
    /// Number of the sentence.
    pub sentence: usize,
    /// Whom they characterise.
    pub actor: Id,
    /// The words.
    pub label: Span,
    /// Whose words.
    pub voice: Voice,
    /// How they colour.
    pub tone: Tone,
}

/// Whose words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// The article's own.
    Narrator,
    /// Those of a speaker.
    Actor(Id),
}

/// How words colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Tone {
    Positive,
    Negative,
    Neutral,
}

impl Tone {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            Tone::Positive => "positive",
            Tone::Negative => "negative",
            Tone::Neutral => "neutral",
        }
    }

    /// Reads [`Tone::name`].
    pub fn read(name: &str) -> Option<Tone> {
        [Tone::Positive, Tone::Negative, Tone::Neutral]
            .into_iter()
            .find(|t| t.name() == name)
    }
}
