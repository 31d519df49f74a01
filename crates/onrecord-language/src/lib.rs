//! Step: an article to sentences, tokens and quotations.
//!
//! A splitter for news: abbreviations, initials, quotations across sentences, ellipses,
//! sentences glued together by a lost space. Offsets are exact: every token and sentence is
//! a piece of the article's text.

mod agree;
mod bio;
mod engine;
mod lemma;
mod net;
mod parse;
mod pieces;
mod quotations;
mod split;
mod tokens;
mod tree;
mod weights;
mod words;

use std::sync::LazyLock;

pub use engine::{Engine, Parsed, ParsedName, ParsedWord, WINDOW};
#[doc(hidden)]
pub use onrecord_net::kernel::Isa;
pub use parse::parse;
pub use weights::WeightsError;
pub use words::words;

use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, Quotation, Sentence, Span, id_of};

/// The weights file of this version, `weights/english.weights`.
pub static WEIGHTS: &[u8] = include_bytes!("../../../weights/english.weights");
/// The weights file of the fast profile, `weights/english-fast.weights`.
pub static FAST_WEIGHTS: &[u8] = include_bytes!("../../../weights/english-fast.weights");

impl Engine {
    /// The engine with the weights that the binary carries, made ready at the first call.
    ///
    /// ```
    /// let engine = onrecord_language::Engine::built_in();
    /// let parsed = engine.parse(&[vec!["Tehran", "rejected", "the", "talks", "."]]);
    /// assert_eq!(parsed[0].words[1].head, None);
    /// assert_eq!(parsed[0].words[0].dep.as_str(), "nsubj");
    /// ```
    pub fn built_in() -> &'static Self {
        static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
            Engine::new(WEIGHTS).expect("the weights in the binary fit it: a test reads them")
        });
        &ENGINE
    }

    /// The engine of the fast profile, made ready at the first call: for archives, where some
    /// four points of LAS weigh less than the time. Its vectors are not those of
    /// [`Engine::built_in`].
    ///
    /// ```
    /// let engine = onrecord_language::Engine::fast();
    /// let parsed = engine.parse(&[vec!["Tehran", "rejected", "the", "talks", "."]]);
    /// assert_eq!(parsed[0].words[1].head, None);
    /// ```
    pub fn fast() -> &'static Self {
        static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
            Engine::new(FAST_WEIGHTS).expect("the weights in the binary fit it: a test reads them")
        });
        &ENGINE
    }
}

/// Splits an article's text into sentences with their tokens, and finds its quotations.
///
/// Paragraphs are parted by an empty line; no sentence runs over that border. Every
/// character that is no white space stands in exactly one token of exactly one sentence.
///
/// ```
/// use onrecord_lexicon::Lexicon;
/// use onrecord_model::Article;
/// let text = "“We will not go,” Gen. B. Tal said. He left the U.S. on Friday.";
/// let article = Article::new("pg-1".into(), 1, text.into());
/// let (sentences, quotations) = onrecord_language::sentences(&article, Lexicon::built_in());
/// assert_eq!(sentences.len(), 2);
/// assert_eq!(quotations[0].inner.of(text), "We will not go,");
/// ```
pub fn sentences(article: &Article, lexicon: &Lexicon) -> (Vec<Sentence>, Vec<Quotation>) {
    let text = article.text.as_str();
    let mut sentences = Vec::new();
    let mut quotations = Vec::new();
    for (n, paragraph) in paragraphs(text).into_iter().enumerate() {
        let tokens = tokens::tokens(text, paragraph, &lexicon.words);
        quotations.extend(quotations::find(text, paragraph, &tokens));
        for group in split::groups(text, &tokens, &lexicon.words) {
            let span = Span::new(group[0].span.start, group[group.len() - 1].span.end);
            sentences.push(Sentence {
                words: Vec::new(),
                names: Vec::new(),
                mentions: Vec::new(),
                vectors: Vec::new(),
                id: id_of(
                    "se",
                    &[&article.id, &span.start.to_string(), &span.end.to_string()],
                ),
                n: sentences.len(),
                span,
                paragraph: n,
                tokens: group.to_vec(),
            });
        }
    }
    quotations.sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
    (sentences, quotations)
}

/// The paragraphs of a text: runs of lines between empty ones.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.trim().is_empty() {
            if let Some(start) = start.take() {
                found.push(Span::new(start, at).trim(text));
            }
        } else if start.is_none() {
            start = Some(at);
        }
        at = end;
    }
    if let Some(start) = start {
        found.push(Span::new(start, at).trim(text));
    }
    found.retain(|p| !p.is_empty());
    found
}
