use crate::{Confidence, Id, PartialDate, Span};

/// A person or body that acts, speaks or is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// From the lexicon's id, or from the folded name.
    pub id: Id,
    /// Canonical name.
    pub name: String,
    /// Person or which kind of body.
    pub kind: ActorKind,
    /// False for a party known by description only.
    pub named: bool,
    /// ISO 3166 alpha-3 code, where there is one.
    pub country: Option<String>,
    /// PLOVER sector codes.
    pub sectors: Vec<String>,
    /// The forms met in the article, sorted, each once.
    pub aliases: Vec<String>,
    /// Offices, from the lexicon and from the text.
    pub roles: Vec<Role>,
    /// Wikidata id, where the lexicon gives one.
    pub wikidata: Option<String>,
}

/// An office somebody holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Role {
    /// As printed or as the lexicon gives it.
    pub title: String,
    /// Name of the body it is held in.
    pub of: Option<String>,
    /// Since when (ISO 8601, maybe partial).
    pub from: Option<String>,
    /// Until when.
    pub to: Option<String>,
    /// The sentence it was read in; `None` if the lexicon gives it.
    pub sentence_id: Option<Id>,
}

/// Person or which kind of body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum ActorKind {
    Person,
    Organization,
    Government,
    Military,
    Legislature,
    Group,
    Media,
    Place,
}

impl ActorKind {
    /// All kinds, in the order above.
    pub const ALL: [ActorKind; 8] = [
        ActorKind::Person,
        ActorKind::Organization,
        ActorKind::Government,
        ActorKind::Military,
        ActorKind::Legislature,
        ActorKind::Group,
        ActorKind::Media,
        ActorKind::Place,
    ];

    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            ActorKind::Person => "person",
            ActorKind::Organization => "organization",
            ActorKind::Government => "government",
            ActorKind::Military => "military",
            ActorKind::Legislature => "legislature",
            ActorKind::Group => "group",
            ActorKind::Media => "media",
            ActorKind::Place => "place",
        }
    }

    /// Reads [`ActorKind::name`].
    pub fn read(word: &str) -> Option<ActorKind> {
        ActorKind::ALL.into_iter().find(|kind| kind.name() == word)
    }
}

/// Words that stand for an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// From the article's id and the span.
    pub id: Id,
    /// Number of the sentence.
    pub sentence: usize,
    /// Where it stands: the name, description or pronoun with its own words only.
    pub span: Span,
    /// What kind of words.
    pub kind: MentionKind,
    /// Whom they stand for; `None` where that stays open.
    pub actor: Option<Id>,
    /// Rule or head.
    pub made_by: String,
    /// How sure.
    pub confidence: Confidence,
}

/// What kind of words stand for an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum MentionKind {
    Name,
    Description,
    Pronoun,
}

impl MentionKind {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            MentionKind::Name => "name",
            MentionKind::Description => "description",
            MentionKind::Pronoun => "pronoun",
        }
    }
}

/// A lasting tie between two actors that a sentence states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// From its parts.
    pub id: Id,
    /// Who.
    pub subject: Id,
    /// Which tie.
    pub predicate: Predicate,
    /// To whom.
    pub object: Id,
    /// Number of the sentence.
    pub sentence: usize,
    /// When it held, where stated.
    pub date: Option<PartialDate>,
}

/// Which tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Predicate {
    Leads,
    MemberOf,
    SpeaksFor,
    PartOf,
    BackedBy,
    AlliedWith,
    Opposes,
}

impl Predicate {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            Predicate::Leads => "leads",
            Predicate::MemberOf => "member_of",
            Predicate::SpeaksFor => "speaks_for",
            Predicate::PartOf => "part_of",
            Predicate::BackedBy => "backed_by",
            Predicate::AlliedWith => "allied_with",
            Predicate::Opposes => "opposes",
        }
    }
}
