use crate::{Id, Name, Span, Word};

/// A sentence of an article.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// From the article's id and the span.
    pub id: Id,
    /// Its number in the article, from 0.
    pub n: usize,
    /// Where it stands; white space at the ends left out.
    pub span: Span,
    /// The paragraph it stands in, counted from 0.
    pub paragraph: usize,
    /// Its tokens, in order, without white space.
    pub tokens: Vec<Token>,
    /// Its syntactic words with their tags and tree; empty until the sentence is parsed.
    pub words: Vec<Word>,
    /// The names the names head found, in order.
    pub names: Vec<Name>,
    /// Persons, organizations and places spoken of by name, description or pronoun, as the
    /// mentions head found them, in order.
    pub mentions: Vec<Name>,
    /// The encoder's vectors, one after the other, as many floats for each word; the heads of
    /// later steps read them. Emptied when the article is read.
    pub vectors: Vec<f32>,
}

impl Sentence {
    /// The kind of the name that a word stands in, and whether it is its first: a person's 1
    /// and 2, an organization's 3 and 4, a place's 5 and 6; 0 outside names.
    pub fn name_class(&self, word: usize) -> usize {
        let holds = self.names.iter().find(|n| (n.first..n.end).contains(&word));
        holds.map_or(0, |n| {
            1 + 2 * n.kind as usize + usize::from(n.first != word)
        })
    }
}

/// A word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the article's text.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Letters, perhaps with apostrophes, hyphens or dots inside ("al-Sadr", "U.S.").
    Word,
    /// A possessive ending, "'s" or a lone apostrophe after s; or a clitic ("n't", "'ll").
    Clitic,
    /// Digits, perhaps with commas, dots or an ordinal ending.
    Number,
    /// An opening quotation mark.
    OpenQuote,
    /// A closing quotation mark.
    CloseQuote,
    /// Any other mark.
    Mark,
}

/// Words between quotation marks, or a block quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Marks included, as far as they are printed.
    pub span: Span,
    /// Marks left out.
    pub inner: Span,
    /// Whether an opening mark is printed.
    pub opened: bool,
    /// Whether a closing mark is printed.
    pub closed: bool,
    /// Whether it stands inside another quotation.
    pub nested: bool,
}
