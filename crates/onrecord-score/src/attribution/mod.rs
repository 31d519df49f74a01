//! Attribution: source, cue and content, and whether they are tied together.

mod brat;
mod marked;
mod polnear;
mod score;

pub use brat::brat;
pub use marked::marked;
use onrecord_model::{Article, Span};
use onrecord_statements::head::Attribution;
pub use polnear::read;
pub use score::{AttributionScore, Counts, errors, published};
pub(crate) use score::{ENOUGH, like};

/// A text with its attributions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldArticle {
    /// Its name.
    pub name: String,
    /// The text as it is annotated.
    pub text: String,
    /// The attributions; spans are bytes of the text.
    pub attributions: Vec<Attribution>,
}

impl GoldArticle {
    /// The text as an article, its paragraphs parted by empty lines, and for each byte of the
    /// article and its end the byte of the text it came from.
    pub fn article(&self) -> (Article, Vec<usize>) {
        let (mut spaced, mut back) = (String::new(), Vec::new());
        for (at, c) in self.text.char_indices() {
            for _ in 0..if c == '\n' { 2 } else { 1 } {
                spaced.push(c);
                back.extend((0..c.len_utf8()).map(|i| at + i));
            }
        }
        back.push(self.text.len());
        (Article::new("pg-text".into(), 1, spaced), back)
    }

    /// The attributions in the article that [`GoldArticle::article`] gives.
    pub fn in_article(&self, back: &[usize]) -> Vec<Attribution> {
        let place = |span: &Span| {
            let start = back.partition_point(|at| *at < span.start);
            let end = back.partition_point(|at| *at < span.end);
            Span::new(start, end)
        };
        let places = |spans: &[Span]| spans.iter().map(place).collect();
        let moved = self.attributions.iter().map(|a| Attribution {
            source: places(&a.source),
            cue: places(&a.cue),
            content: places(&a.content),
        });
        moved.collect()
    }

    /// An attribution found in that article, in the text as it is annotated.
    pub fn in_text(&self, back: &[usize], found: Attribution) -> Attribution {
        Attribution {
            source: self.places(back, found.source),
            cue: self.places(back, found.cue),
            content: self.places(back, found.content),
        }
    }

    /// Spans of that article, in the text as it is annotated.
    pub fn places(&self, back: &[usize], spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
        let place = |s: Span| Span::new(back[s.start], back[s.end - 1] + 1);
        let spans = spans.into_iter().filter(|s| !s.is_empty());
        spans.map(place).collect()
    }
}
