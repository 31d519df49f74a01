//! Articles that somebody else holds: a record, in place of a pile in memory.

use onrecord_lexicon::Lexicon;
use onrecord_model::{CarriedTexts, PileArticle, Shelf, Signed};

use crate::find::{Library, find_in};
use crate::words::Prepared;
use crate::{ArticleText, Index, Settings, Signature, Source, groups, pile};

/// Parts the wires that an article credits from one another.
const MARK: char = '\u{1f}';

/// What is kept of an article, so that its text is read again only beside another.
pub fn signed(article: &PileArticle, lexicon: &Lexicon) -> Signed {
    let source = pile::source(article, &lexicon.pages.wires);
    let outlet = source.outlet.unwrap_or_default();
    let parts: Vec<String> = [outlet].into_iter().chain(source.credits).collect();
    Signed {
        signature: Signature::new(&Prepared::new(&pile::text(article))).to_bytes(),
        source: parts.join(&MARK.to_string()),
    }
}

/// Who carries which sentences of whom, which article stands for a text, and which tell one.
///
/// Holds about 250 bytes an article. An article of which nothing has changed, nor of those it
/// may have sentences of, is not aligned again.
pub fn on_shelf(shelf: &mut dyn Shelf) -> CarriedTexts {
    let mut index = Index::default();
    shelf.each(&mut |id, published, signature| {
        // Of another version: the shelf is asked to keep signatures anew when the version of
        // what it was made with changes, so there are none.
        if let Ok(signature) = Signature::from_bytes(signature) {
            let article = ArticleText {
                id,
                published,
                sentences: Vec::new(),
            };
            index.add_signed(&article, &signature);
        }
    });
    let found = find_in(&index, &Settings::default(), &mut OnShelf(shelf));
    CarriedTexts {
        same_text: groups::same_text(&found.carried),
        texts: groups::texts(&found.carried),
        carried: found.carried,
    }
}

struct OnShelf<'a>(&'a mut dyn Shelf);

impl Library for OnShelf<'_> {
    fn words(&mut self, id: &str) -> Option<Prepared> {
        let article = self.0.article(id)?;
        Some(Prepared::new(&pile::text(&article)))
    }

    fn source(&mut self, id: &str) -> Source {
        let text = self.0.source(id).unwrap_or_default();
        let mut parts = text.split(MARK).map(str::to_owned);
        Source {
            outlet: parts.next().filter(|outlet| !outlet.is_empty()),
            credits: parts.collect(),
        }
    }

    fn known(&mut self, id: &str) -> Option<Vec<u8>> {
        self.0.known(id)
    }

    fn keep(&mut self, id: &str, known: Vec<u8>) {
        self.0.keep(id, known);
    }
}
