use crate::{Confidence, Id, PartialDate, Span};

/// Somebody doing something, perhaps to somebody, in PLOVER terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// From the article's id, the trigger and the type.
    pub id: Id,
    /// Number of the sentence.
    pub sentence: usize,
    /// The words that name the act.
    pub trigger: Span,
    /// The words that name who acts.
    pub actor_spans: Vec<Span>,
    /// The words that name who is acted upon.
    pub recipient_spans: Vec<Span>,
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER mode, where the manual lists one that fits.
    pub mode: Option<String>,
    /// PLOVER quad, 1 verbal cooperation to 4 material conflict.
    pub quad: u8,
    /// PLOVER intensity in tenths, -100 to 100.
    pub intensity: i16,
    /// CAMEO code by crosswalk, where there is one.
    pub cameo: Option<String>,
    /// Who acts.
    pub actors: Vec<Id>,
    /// Who is acted upon.
    pub recipients: Vec<Id>,
    /// Where.
    pub place: Option<Id>,
    /// When.
    pub date: Option<PartialDate>,
    /// Whether it happened.
    pub status: EventStatus,
    /// Who vouches for it, where that is not the narrator.
    pub attributed_to: Option<Id>,
    /// The statement it stands in.
    pub statement: Option<Id>,
    /// Rule or head.
    pub made_by: String,
    /// How sure.
    pub confidence: Confidence,
}

/// The sixteen event types of the PLOVER manual, draft 2.0 (2024).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Sanction,
    Protest,
    Mobilize,
    Coerce,
    Assault,
}

impl EventType {
    /// All types, in the manual's order.
    pub const ALL: [EventType; 16] = [
        EventType::Agree,
        EventType::Consult,
        EventType::Support,
        EventType::Concede,
        EventType::Cooperate,
        EventType::Aid,
        EventType::Retreat,
        EventType::Request,
        EventType::Accuse,
        EventType::Reject,
        EventType::Threaten,
        EventType::Sanction,
        EventType::Protest,
        EventType::Mobilize,
        EventType::Coerce,
        EventType::Assault,
    ];

    /// The manual's name, in capitals.
    pub fn name(self) -> &'static str {
        match self {
            EventType::Agree => "AGREE",
            EventType::Consult => "CONSULT",
            EventType::Support => "SUPPORT",
            EventType::Concede => "CONCEDE",
            EventType::Cooperate => "COOPERATE",
            EventType::Aid => "AID",
            EventType::Retreat => "RETREAT",
            EventType::Request => "REQUEST",
            EventType::Accuse => "ACCUSE",
            EventType::Reject => "REJECT",
            EventType::Threaten => "THREATEN",
            EventType::Sanction => "SANCTION",
            EventType::Protest => "PROTEST",
            EventType::Mobilize => "MOBILIZE",
            EventType::Coerce => "COERCE",
            EventType::Assault => "ASSAULT",
        }
    }

    /// Reads [`EventType::name`].
    pub fn read(name: &str) -> Option<EventType> {
        EventType::ALL.into_iter().find(|t| t.name() == name)
    }

    /// PLOVER quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict,
    /// 4 material conflict. SANCTION counts as 4, as section 3.13.4 of the manual says
    /// (its table 7.2 says 3).
    pub fn quad(self) -> u8 {
        match self {
            EventType::Agree | EventType::Consult | EventType::Support | EventType::Concede => 1,
            EventType::Cooperate | EventType::Aid | EventType::Retreat => 2,
            EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => 3,
            EventType::Sanction
            | EventType::Protest
            | EventType::Mobilize
            | EventType::Coerce
            | EventType::Assault => 4,
        }
    }
}

/// Whether an event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum EventStatus {
    Actual,
    Future,
    Threatened,
    Conditional,
    Denied,
    Alleged,
}

impl EventStatus {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            EventStatus::Actual => "actual",
            EventStatus::Future => "future",
            EventStatus::Threatened => "threatened",
            EventStatus::Conditional => "conditional",
            EventStatus::Denied => "denied",
            EventStatus::Alleged => "alleged",
        }
    }
}
