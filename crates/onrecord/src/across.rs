//! The steps across pages together, for those who hold the articles.

use onrecord_lexicon::Lexicon;
use onrecord_model::{
    Across, AcrossPages, CarriedTexts, Item, Kept, Pair, PileArticle, Said, Shelf, Shingled,
    Signed, Story, Utterance,
};
use onrecord_positions::across;

/// The steps across pages, with what they know of words and the world.
///
/// ```
/// use onrecord::Steps;
/// use onrecord::lexicon::Lexicon;
/// use onrecord::model::{AcrossPages, PileArticle};
///
/// let steps = Steps::new(Lexicon::built_in());
/// assert!(steps.keep(&PileArticle::default()).is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Steps<'a> {
    lexicon: &'a Lexicon,
}

/// Rises when a step across pages keeps or finds something else of the same articles.
const VERSION: u32 = 2;

impl<'a> Steps<'a> {
    /// The steps with this lexicon.
    pub fn new(lexicon: &'a Lexicon) -> Self {
        Self { lexicon }
    }
}

impl AcrossPages for Steps<'_> {
    fn made_with(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        format!("{version} {VERSION} {}", self.lexicon.sha256)
    }

    fn keep(&self, article: &PileArticle) -> Vec<Kept> {
        across::keep(article, self.lexicon)
    }

    fn compare(&self, step: &str, key: &str, items: &[Item<'_>]) -> Across {
        across::compare(step, key, items, self.lexicon)
    }

    fn shingled(&self, article: &PileArticle) -> Vec<Shingled> {
        across::shingled(article)
    }

    fn most_of_a_run(&self) -> usize {
        across::MOST_OF_A_RUN
    }

    fn can_be_same(&self, shorter: usize, shared: usize) -> bool {
        across::can_be_same(shorter, shared)
    }

    fn is_same(&self, a: Said<'_>, b: Said<'_>, shared: usize) -> bool {
        across::is_same(a, b, shared)
    }

    fn utterances(&self, said: &[Said<'_>], pairs: &[Pair]) -> Vec<Utterance> {
        across::utterances(said, pairs, self.lexicon)
    }

    fn signed(&self, article: &PileArticle) -> Signed {
        onrecord_reprints::signed(article, self.lexicon)
    }

    fn texts(&self, shelf: &mut dyn Shelf) -> CarriedTexts {
        onrecord_reprints::on_shelf(shelf)
    }

    fn text_story(&self, articles: &[&PileArticle]) -> Story {
        onrecord_reprints::story(articles)
    }
}
