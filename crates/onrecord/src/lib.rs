//! onrecord: raw news pages in, a cited record out.
//!
//! [`read`] is the whole way of a page, in the order of the crates.

mod across;
pub mod guard;

pub use across::Steps;
pub use onrecord_actors as actors;
pub use onrecord_dates as dates;
pub use onrecord_language as language;
pub use onrecord_lexicon as lexicon;
pub use onrecord_model as model;
pub use onrecord_pages as pages;
pub use onrecord_positions as positions;
pub use onrecord_reprints as reprints;
pub use onrecord_statements as statements;

use onrecord_actors::coref;
use onrecord_language::Engine;
use onrecord_lexicon::Lexicon;
use onrecord_model::{Across, Article, ArticleReading, Join, Note, Page, Pile, PileActor, Reading};
use onrecord_net::Tagger;
use onrecord_pages::HostLines;
use onrecord_positions::tone;

/// The version that pages are read with, as runs of the record tell it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Everything a page is read with.
#[derive(Clone, Copy, Debug)]
pub struct Kit<'a> {
    /// What is known of words and the world.
    pub lexicon: &'a Lexicon,
    /// What tags, parses and finds names.
    pub engine: &'a Engine,
    /// What links pronouns and descriptions: the head that was trained on this engine's
    /// vectors. Without one they stay open.
    pub coreference: Option<&'a coref::Head>,
    /// What finds attributions: likewise. Without one, rules find them.
    pub attribution: Option<&'a Tagger>,
    /// What finds events that no rule finds: likewise.
    pub events: Option<&'a Tagger>,
    /// What tells how a sentence speaks of an actor: likewise. Without one, the lexicon's labels
    /// tell.
    pub tone: Option<&'a tone::Head>,
}

impl<'a> Kit<'a> {
    /// A kit with the engine that the library carries.
    pub fn new(lexicon: &'a Lexicon) -> Self {
        Self {
            lexicon,
            engine: Engine::built_in(),
            coreference: Some(coref::Head::built_in()),
            attribution: Some(onrecord_statements::head::BUILT_IN.tagger()),
            events: Some(onrecord_events::head::BUILT_IN.tagger()),
            tone: Some(tone::BUILT_IN.head()),
        }
    }

    /// A kit with the fast profile that the library carries, for archives: a smaller network
    /// that makes more mistakes.
    pub fn fast(lexicon: &'a Lexicon) -> Self {
        Self {
            lexicon,
            engine: Engine::fast(),
            coreference: Some(coref::Head::fast()),
            attribution: Some(onrecord_statements::head::FAST.tagger()),
            events: Some(onrecord_events::head::FAST.tagger()),
            tone: None,
        }
    }
}

/// SHA-256 of the weights that [`Kit::new`], or [`Kit::fast`], reads with, one behind the other:
/// what a run of the record is told by.
pub fn weights_sha256(fast: bool) -> String {
    use onrecord_events::head as events;
    use onrecord_statements::head as statements;
    let parts: Vec<&[u8]> = match fast {
        false => vec![
            onrecord_language::WEIGHTS,
            coref::WEIGHTS,
            statements::BUILT_IN.bytes(),
            events::BUILT_IN.bytes(),
            tone::BUILT_IN.bytes(),
        ],
        true => vec![
            onrecord_language::FAST_WEIGHTS,
            coref::FAST_WEIGHTS,
            statements::FAST.bytes(),
            events::FAST.bytes(),
        ],
    };
    onrecord_model::sha256_hex(&parts.concat())
}

/// The whole way of one page. Nothing here reads a file, a clock or the network.
pub fn read(page: Page, mut notes: Vec<Note>, host_lines: &HostLines, kit: Kit<'_>) -> Reading {
    let found = onrecord_pages::articles(&page, host_lines, kit.lexicon);
    notes.extend(found.notes);
    let articles = found
        .articles
        .into_iter()
        .map(|article| read_article(article, kit))
        .collect();
    Reading {
        page,
        lines: found.lines,
        articles,
        notes,
    }
}

/// An article with its sentences parsed: what every later step stands on.
pub fn parsed(article: Article, kit: Kit<'_>) -> ArticleReading {
    parsed_as(article, false, kit)
}

/// An article that is known to be one sentence.
pub fn parsed_whole(article: Article, kit: Kit<'_>) -> ArticleReading {
    parsed_as(article, true, kit)
}

fn parsed_as(article: Article, whole: bool, kit: Kit<'_>) -> ArticleReading {
    let mut reading = ArticleReading::new(article);
    (reading.sentences, reading.quotations) =
        onrecord_language::sentences(&reading.article, kit.lexicon);
    if whole && reading.sentences.len() > 1 {
        let rest = reading.sentences.split_off(1);
        let first = &mut reading.sentences[0];
        for sentence in rest {
            first.span = first.span.join(sentence.span);
            first.tokens.extend(sentence.tokens);
        }
    }
    let notes = onrecord_language::parse(
        &reading.article.text,
        &mut reading.sentences,
        kit.engine,
        kit.lexicon,
    );
    reading.notes.extend(notes);
    reading
}

/// The way of one article, from its text on.
pub fn read_article(article: Article, kit: Kit<'_>) -> ArticleReading {
    read_parsed(parsed(article, kit), kit)
}

/// The way of one article, from its parsed sentences on.
pub fn read_parsed(mut reading: ArticleReading, kit: Kit<'_>) -> ArticleReading {
    let lexicon = kit.lexicon;
    let found = onrecord_actors::find(&reading, lexicon, kit.coreference);
    reading.mentions = found.mentions;
    reading.actors = found.actors;
    reading.relations = found.relations;
    reading.dates = onrecord_dates::find(&reading, lexicon);
    (reading.place_mentions, reading.places) = onrecord_places::find(&reading, lexicon);
    reading.statements = onrecord_statements::find(&reading, lexicon, kit.attribution);
    reading.events = onrecord_events::find(&reading, lexicon, kit.events);
    reading.positions = onrecord_positions::positions(&reading, lexicon);
    reading.outlooks = onrecord_positions::outlooks(&reading, lexicon);
    reading.framings = onrecord_positions::framings(&reading, lexicon, kit.tone);
    // the heads have read the vectors; a pile of readings has no use for them
    for sentence in &mut reading.sentences {
        sentence.vectors = Vec::new();
    }
    reading
}

/// Which actors of all pages are one.
pub fn join_actors(actors: &[PileActor], kit: &Kit<'_>) -> Vec<Join> {
    onrecord_actors::join(actors, kit.lexicon)
}

/// What only several articles together show: stories, disagreements, outcomes, reprints.
pub fn across(pile: &Pile, kit: Kit<'_>) -> Across {
    let mut across = onrecord_positions::across(pile, kit.lexicon);
    let texts = onrecord_reprints::reprints(pile, kit.lexicon);
    across.stories.extend(texts.stories);
    across
        .stories
        .sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
    across.same_text = texts.same_text;
    across.reprints = texts.reprints;
    across
}
