//! The HTML of a body to paragraphs of text.

use super::markup::{Piece, pieces, unescape};

/// A paragraph of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// The innermost element that made it a paragraph of its own.
    pub kind: Kind,
    /// Its words, white space made single.
    pub text: String,
}

/// What a paragraph stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Heading,
    Item,
    Quotation,
    Cell,
}

/// The paragraphs of `html`, in order, none of them empty.
pub(crate) fn paragraphs(html: &str) -> Vec<Paragraph> {
    let mut found = Found {
        paragraphs: Vec::new(),
        text: String::new(),
        open: Vec::new(),
    };
    let mut line_break = false;
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) if tag.name.as_str() == "br" => {
                // Two in a row, or one after the end of a sentence, make a paragraph.
                if line_break || found.ends_sentence() {
                    found.close();
                } else {
                    found.text.push(' ');
                }
                line_break = true;
            }
            Piece::Open(tag) => {
                if is_block(tag.name.as_str()) {
                    found.close();
                }
                if let Some(kind) = kind(tag.name.as_str()) {
                    found.open.push(kind);
                }
            }
            Piece::Close(name) => {
                if is_block(name.as_str()) {
                    found.close();
                }
                if let Some(kind) = kind(name.as_str())
                    && let Some(at) = found.open.iter().rposition(|open| *open == kind)
                {
                    found.open.remove(at);
                }
            }
            Piece::Text(text) => {
                line_break &= text.trim().is_empty();
                found.text.push_str(&unescape(text));
            }
            Piece::Raw(..) | Piece::Comment(_) => {}
        }
    }
    found.close();
    found.paragraphs
}

struct Found {
    paragraphs: Vec<Paragraph>,
    text: String,
    open: Vec<Kind>,
}

impl Found {
    fn close(&mut self) {
        let text = single_spaced(&self.text);
        self.text.clear();
        if !text.is_empty() {
            let kind = self.open.last().copied().unwrap_or(Kind::Plain);
            self.paragraphs.push(Paragraph { kind, text });
        }
    }

    fn ends_sentence(&self) -> bool {
        ends_sentence(&self.text)
    }
}

/// Whether a text ends as sentences end.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let text = text
        .trim_end()
        .trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    text.ends_with(['.', '!', '?', '…', ':', '؟', '۔', '。'])
}

/// White space of every kind made one space, none at the ends.
pub(crate) fn single_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}') {
        if !word.is_empty() {
            if !spaced.is_empty() {
                spaced.push(' ');
            }
            spaced.push_str(word);
        }
    }
    spaced
}

/// The kind of paragraph an element makes, if it makes one of its own kind.
pub(crate) fn kind(name: &str) -> Option<Kind> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "head" | "summary" => Some(Kind::Heading),
        "li" | "item" | "dd" | "dt" => Some(Kind::Item),
        "blockquote" | "quote" => Some(Kind::Quotation),
        "td" | "th" => Some(Kind::Cell),
        _ => None,
    }
}

pub(crate) fn is_block(name: &str) -> bool {
    kind(name).is_some()
        || matches!(
            name,
            "p" | "div"
                | "ul"
                | "ol"
                | "dl"
                | "list"
                | "table"
                | "thead"
                | "tbody"
                | "tfoot"
                | "tr"
                | "pre"
                | "section"
                | "article"
                | "main"
                | "header"
                | "footer"
                | "aside"
                | "figure"
                | "figcaption"
                | "hr"
                | "form"
                | "details"
                | "address"
                | "center"
                | "nav"
                | "caption"
        )
}
