use crate::{
    Actor, Article, DateMention, Event, Framing, Line, Mention, Note, Outlook, Page, Place,
    PlaceMention, Position, Quotation, Relation, Sentence, Statement,
};

/// All that was read on one page.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The page.
    pub page: Page,
    /// Its lines with their roles (plain text only).
    pub lines: Vec<Line>,
    /// Its articles, in page order.
    pub articles: Vec<ArticleReading>,
    /// What could not be done.
    pub notes: Vec<Note>,
}

/// All that was read in one article; each step adds its part in the order of the fields
/// and reads only what stands before it.
#[derive(Clone, Debug)]
pub struct ArticleReading {
    /// The article.
    pub article: Article,
    /// Its sentences, in order: `sentences[n].n == n`.
    pub sentences: Vec<Sentence>,
    /// Its quotations, in order of their start.
    pub quotations: Vec<Quotation>,
    /// Words that stand for actors, in order of their start; no two overlap.
    pub mentions: Vec<Mention>,
    /// The actors they stand for, in order of first mention.
    pub actors: Vec<Actor>,
    /// Ties between them that the text states.
    pub relations: Vec<Relation>,
    /// Dates named.
    pub dates: Vec<DateMention>,
    /// Places named.
    pub place_mentions: Vec<PlaceMention>,
    /// The places themselves, each once.
    pub places: Vec<Place>,
    /// Who said what.
    pub statements: Vec<Statement>,
    /// Who did what to whom.
    pub events: Vec<Event>,
    /// Where actors stand.
    pub positions: Vec<Position>,
    /// What was announced.
    pub outlooks: Vec<Outlook>,
    /// How actors are characterised.
    pub framings: Vec<Framing>,
    /// What could not be done.
    pub notes: Vec<Note>,
}

impl ArticleReading {
    /// A reading of `article` in which no step has run yet.
    pub fn new(article: Article) -> ArticleReading {
        ArticleReading {
            article,
            sentences: Vec::new(),
            quotations: Vec::new(),
            mentions: Vec::new(),
            actors: Vec::new(),
            relations: Vec::new(),
            dates: Vec::new(),
            place_mentions: Vec::new(),
            places: Vec::new(),
            statements: Vec::new(),
            events: Vec::new(),
            positions: Vec::new(),
            outlooks: Vec::new(),
            framings: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The words of `span`.
    pub fn words(&self, span: crate::Span) -> &str {
        span.of(&self.article.text)
    }

    /// The actor with this id.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.id == id)
    }
}
