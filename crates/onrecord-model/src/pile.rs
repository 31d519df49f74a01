use std::collections::{BTreeMap, BTreeSet};

use crate::{ActorKind, Confidence, Disagreement, Id, Outcome, PartialDate, Reprint, Role, Story};

/// What the steps across pages see of a record: the articles in order of their ids, each
/// with its rows in the order they stand in the text. Ids only, no spans.
#[derive(Clone, Debug, Default)]
pub struct Pile {
    /// The articles, sorted by id.
    pub articles: Vec<PileArticle>,
}

/// One article of a [`Pile`].
#[derive(Clone, Debug, Default)]
pub struct PileArticle {
    /// Its id.
    pub id: Id,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// Its author line as printed, where a wire may be credited.
    pub author: Option<String>,
    /// Its outlet.
    pub publisher: Option<String>,
    /// Its printed date.
    pub published: Option<PartialDate>,
    /// Its sentences, in order.
    pub sentences: Vec<PileSentence>,
    /// Its statements.
    pub statements: Vec<PileStatement>,
    /// Its events.
    pub events: Vec<PileEvent>,
    /// Its positions.
    pub positions: Vec<PilePosition>,
    /// Its outlooks.
    pub outlooks: Vec<PileOutlook>,
}

impl PileArticle {
    /// Lets each row tell of the actor that its actor was joined to, in a list once.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use onrecord_model::{PileArticle, PileEvent};
    /// let event = PileEvent {
    ///     actors: vec!["ac-2".into(), "ac-1".into(), "ac-3".into()],
    ///     ..PileEvent::default()
    /// };
    /// let mut article = PileArticle { events: vec![event], ..PileArticle::default() };
    /// article.join(&BTreeMap::from([("ac-2".into(), "ac-1".into())]));
    /// assert_eq!(article.events[0].actors, ["ac-1", "ac-3"]);
    /// ```
    pub fn join(&mut self, to: &BTreeMap<Id, Id>) {
        let one = |actor: &mut Id| {
            if let Some(to) = to.get(actor) {
                actor.clone_from(to);
            }
        };
        let list = |actors: &mut Vec<Id>| {
            actors.iter_mut().for_each(one);
            let mut met = BTreeSet::new();
            actors.retain(|actor| met.insert(actor.clone()));
        };
        self.statements
            .iter_mut()
            .filter_map(|s| s.speaker.as_mut())
            .for_each(one);
        for event in &mut self.events {
            list(&mut event.actors);
            list(&mut event.recipients);
        }
        self.positions.iter_mut().for_each(|p| one(&mut p.actor));
        self.outlooks.iter_mut().for_each(|o| one(&mut o.actor));
    }
}

/// A sentence of a [`PileArticle`].
#[derive(Clone, Debug, Default)]
pub struct PileSentence {
    /// Its id.
    pub id: Id,
    /// Its words.
    pub text: String,
}

/// A statement of a [`PileArticle`].
#[derive(Clone, Debug, Default)]
pub struct PileStatement {
    /// Its id.
    pub id: Id,
    /// The sentences it runs over.
    pub sentences: Vec<Id>,
    /// Who speaks.
    pub speaker: Option<Id>,
    /// What is said, verbatim.
    pub content: Vec<String>,
    /// Whether these are the speaker's own words, all of them.
    pub direct: bool,
    /// When.
    pub date: Option<PartialDate>,
}

/// An event of a [`PileArticle`].
#[derive(Clone, Debug, Default)]
pub struct PileEvent {
    /// Its id.
    pub id: Id,
    /// Its sentence.
    pub sentence: Id,
    /// PLOVER type, by name.
    pub event_type: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Who acts.
    pub actors: Vec<Id>,
    /// Who is acted upon.
    pub recipients: Vec<Id>,
    /// Where.
    pub place: Option<Id>,
    /// When.
    pub date: Option<PartialDate>,
    /// Whether it happened, by name.
    pub status: String,
}

/// A position of a [`PileArticle`].
#[derive(Clone, Debug, Default)]
pub struct PilePosition {
    /// Its id.
    pub id: Id,
    /// Its sentence.
    pub sentence: Id,
    /// The issue.
    pub issue: String,
    /// Who.
    pub actor: Id,
    /// support, oppose or mixed.
    pub stance: String,
    /// When.
    pub date: Option<PartialDate>,
}

/// An outlook of a [`PileArticle`].
#[derive(Clone, Debug, Default)]
pub struct PileOutlook {
    /// Its id.
    pub id: Id,
    /// Its sentence.
    pub sentence: Id,
    /// Who announces.
    pub actor: Id,
    /// threat, promise, demand, prediction or warning.
    pub outlook_type: String,
    /// The words.
    pub content: String,
    /// When it was announced.
    pub made: Option<PartialDate>,
}

/// What the steps across pages found.
#[derive(Clone, Debug, Default)]
pub struct Across {
    /// Rows of several pages that tell the same thing.
    pub stories: Vec<Story>,
    /// Facts on which sentences differ.
    pub disagreements: Vec<Disagreement>,
    /// What became of outlooks.
    pub outcomes: Vec<OutcomeFound>,
    /// Articles whose text stands in another: (article, the one that stands for the text).
    pub same_text: Vec<(Id, Id)>,
    /// Articles that carry sentences of others, by their two ids.
    pub reprints: Vec<Reprint>,
}

/// What became of one outlook.
#[derive(Clone, Debug)]
pub struct OutcomeFound {
    /// The outlook.
    pub outlook: Id,
    /// What became of it.
    pub outcome: Outcome,
    /// Sentences that tell it.
    pub sentences: Vec<Id>,
    /// How it was found.
    pub note: String,
}

/// An actor as all pages of a record tell of it, before actors are joined across pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PileActor {
    /// Its id on the pages.
    pub id: Id,
    /// Canonical name.
    pub name: String,
    /// Person or which kind of body.
    pub kind: ActorKind,
    /// False for a party known by description only.
    pub named: bool,
    /// ISO 3166 alpha-3 code, where there is one.
    pub country: Option<String>,
    /// The names it was met under, sorted, each with the number of mentions.
    pub forms: Vec<(String, u32)>,
    /// Its offices, from the lexicon and from the text.
    pub roles: Vec<Role>,
    /// The articles it was met in, by numbers that are the same for all actors of a pile; sorted.
    /// A record gives those of persons.
    pub articles: Vec<u32>,
}

/// Two actors that are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The actor whose rows go to the other.
    pub from: Id,
    /// The actor that stays; never itself joined to a third.
    pub to: Id,
    /// Why, in words a person reads: the two names and the evidence.
    pub reason: String,
    /// Rule, or the correction that says so.
    pub made_by: String,
    /// How sure.
    pub confidence: Confidence,
}
