//! `lexicon/` and the user's own folder, parsed into plain structs.
//!
//! Everything the system knows about words and the world is text in that folder: TOML for
//! records, TSV for flat lists. Each folder ("room") has one reader here. The built-in
//! files are part of the binary; a user's folder of the same layout lies over them and
//! goes through the same readers, so that both fail with the same messages.
//!
//! ```
//! let lexicon = onrecord_lexicon::Lexicon::built_in();
//! assert!(lexicon.words.abbreviations.contains("Gen"));
//! ```

mod actor_words;
mod actors;
mod alike;
mod date_words;
mod error;
mod events;
mod examples;
mod files;
mod fold;
mod framing;
mod gazetteer;
mod issues;
mod pages;
mod phrase_index;
mod phrases;
mod places;
mod speech;
mod spelling;
mod wires;
mod word_borders;
mod words;

use std::path::Path;
use std::sync::OnceLock;

pub use actor_words::ActorWords;
pub use actors::{ActorEntry, ActorRole, Actors, Form, FormKind};
pub use date_words::{DateWords, DayRule, NamedDay};
pub use error::LexiconError;
pub use events::{EventRule, EventVerbForm, Events, Needs, NounForm, Plover, Shape};
pub use examples::{Example, Examples};
pub use files::File;
pub use fold::{fold, fold_char};
pub use framing::{
    Bind, Framings, FulfilmentExample, FulfilmentRule, HorizonRule, LabelExample, LabelRule,
    MeasureExample, MeasureRule, OutlookExample, OutlookRule,
};
pub use gazetteer::{Gazetteer, GazetteerForm, GazetteerFormKind, GazetteerPlace};
pub use issues::{
    EventStance, Issue, Issues, Per, Scope, StanceExample, StanceRule, Target, Toward,
};
pub use pages::{Furniture, FurnitureKind, PageWords};
pub use phrase_index::{Candidate, PhraseIndex};
pub use phrases::{Literal, Phrase, Piece, What};
pub use places::{PlaceEntry, Places};
pub use speech::{
    Complement, Cue, CueForm, Force, ObjectRole, SmallWords, SourceWords, Speech, VerbForm,
};
pub use spelling::spelling_key;
pub use wires::{Wire, WireExample, Wires, dateline_end};
pub use word_borders::WordBorders;
pub use words::Words;

/// All that is known before a page is read.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// People, parties, armed groups, governments: `actors/*.toml`.
    pub actors: Actors,
    /// The gazetteer: `places/*.tsv`.
    pub places: Places,
    /// The towns and divisions of the world that stand behind it; none where a lexicon is
    /// made of other files alone.
    pub gazetteer: Option<&'static Gazetteer>,
    /// Word lists: `words/*.tsv`.
    pub words: Words,
    /// What is no article: `pages/*.toml`.
    pub pages: PageWords,
    /// Verbs and nouns of saying: `speech/*.toml`.
    pub speech: Speech,
    /// What counts as which event: `events/*.toml`.
    pub events: Events,
    /// Questions on which actors take a stand: `issues/*.toml`.
    pub issues: Issues,
    /// Words that characterise: `framing/*.toml`.
    pub framing: Framings,
    /// SHA-256 over all files read, in order.
    pub sha256: String,
}

impl Lexicon {
    /// The lexicon that is part of the binary.
    ///
    /// # Panics
    /// Never in a released build: a test reads every built-in file.
    pub fn built_in() -> &'static Lexicon {
        static BUILT_IN: OnceLock<Lexicon> = OnceLock::new();
        BUILT_IN.get_or_init(|| match Lexicon::from_files(&files::built_in()) {
            Ok(lexicon) => lexicon.with_gazetteer(),
            Err(error) => panic!("the built-in lexicon is wrong: {error}"),
        })
    }

    /// The built-in lexicon with the files of `folder` over it: an entry with the id of a
    /// built-in one replaces it, all others are added.
    ///
    /// # Errors
    /// If the folder or a file in it cannot be read or parsed; the error names file, line
    /// and the keys expected.
    pub fn with_folder(folder: &Path) -> Result<Lexicon, LexiconError> {
        let mut all = files::built_in();
        all.extend(files::read_folder(folder)?);
        Ok(Lexicon::from_files(&all)?.with_gazetteer())
    }

    /// The built-in lexicon with one issue file over it.
    ///
    /// # Errors
    /// If the file cannot be read or parsed.
    pub fn with_issue(file: &Path) -> Result<Lexicon, LexiconError> {
        let mut all = files::built_in();
        all.push(files::read_issue(file)?);
        Ok(Lexicon::from_files(&all)?.with_gazetteer())
    }

    fn with_gazetteer(mut self) -> Lexicon {
        self.gazetteer = Gazetteer::built_in();
        self
    }

    /// A lexicon of these files alone, later ones over earlier ones.
    ///
    /// # Errors
    /// If a file cannot be parsed.
    pub fn from_files(files: &[File]) -> Result<Lexicon, LexiconError> {
        files::check_names(files)?;
        Ok(Lexicon {
            actors: actors::read(&files::room(files, "actors"))?,
            gazetteer: None,
            places: places::read(&files::room(files, "places"))?,
            words: words::read(&files::room(files, "words"))?,
            pages: pages::read(&files::room(files, "pages"))?,
            speech: speech::read(&files::room(files, "speech"))?,
            events: events::read(&files::room(files, "events"))?,
            issues: issues::read(&files::room(files, "issues"))?,
            framing: framing::read(&files::room(files, "framing"))?,
            sha256: files::sha256(files),
        })
    }
}
