//! The nouns of onrecord, in the order they arise on the way of a page.
//!
//! Plain structs with public fields and no I/O: every step takes some of these and gives
//! others, and knows nothing of the step before it. Nothing here is a wire format; the
//! columns people see are the business of `onrecord-record`.
//!
//! ```
//! use onrecord_model::Span;
//! let text = "Baghdad said no.";
//! assert_eq!(Span::new(0, 7).of(text), "Baghdad");
//! ```

mod actor;
mod article;
mod calendar;
mod clause;
mod confidence;
mod event;
mod id;
mod kept;
mod note;
mod page;
mod pile;
mod place;
mod position;
mod printed;
mod reading;
mod reprint;
mod sentence;
mod span;
mod statement;
mod story;
mod word;

pub use actor::{Actor, ActorKind, Mention, MentionKind, Predicate, Relation, Role};
pub use article::{Article, DateSource, Line, LineRole, Segment};
pub use calendar::{PartialDate, Precision, Weekday};
pub use clause::Clause;
pub use confidence::Confidence;
pub use event::{Event, EventStatus, EventType};
pub use id::{Id, id_of, sha256_hex};
pub use kept::{AcrossPages, Item, Kept, Pair, Said, Shingled, Utterance};
pub use note::{Note, Severity};
pub use page::{Declared, MediaType, Page, RawPage};
pub use pile::{
    Across, Join, OutcomeFound, Pile, PileActor, PileArticle, PileEvent, PileOutlook, PilePosition,
    PileSentence, PileStatement,
};
pub use place::{DateMention, Place, PlaceMention, kilometres};
pub use position::{
    Evidence, Framing, Outcome, Outlook, OutlookType, Position, Stance, Tone, Voice,
};
pub use printed::{PrintedDate, month_named, printed_dates};
pub use reading::{ArticleReading, Reading};
pub use reprint::{
    Carried, CarriedTexts, Direction, Reprint, ReprintKind, Shelf, Signed, TakeSigned,
};
pub use sentence::{Quotation, Sentence, Token, TokenKind};
pub use span::Span;
pub use statement::{SourceKind, Statement, StatementKind};
pub use story::{Disagreement, DisagreementKind, Story};
pub use word::{Dep, Name, NameKind, Upos, Word, Xpos};
