//! The steps across pages, as the whole program puts them together.

use onrecord_lexicon::Lexicon;
use onrecord_model::{
    Across, AcrossPages, CarriedTexts, Item, Kept, Pair, PileArticle, Said, Shelf, Shingled,
    Signed, Story, Utterance,
};
use onrecord_positions::across;

#[derive(Debug)]
pub struct Steps;

impl AcrossPages for Steps {
    fn made_with(&self) -> String {
        "a test".to_owned()
    }

    fn keep(&self, article: &PileArticle) -> Vec<Kept> {
        across::keep(article, Lexicon::built_in())
    }

    fn compare(&self, step: &str, key: &str, items: &[Item<'_>]) -> Across {
        across::compare(step, key, items, Lexicon::built_in())
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
        across::utterances(said, pairs, Lexicon::built_in())
    }

    fn signed(&self, article: &PileArticle) -> Signed {
        onrecord_reprints::signed(article, Lexicon::built_in())
    }

    fn texts(&self, shelf: &mut dyn Shelf) -> CarriedTexts {
        onrecord_reprints::on_shelf(shelf)
    }

    fn text_story(&self, articles: &[&PileArticle]) -> Story {
        onrecord_reprints::story(articles)
    }
}
