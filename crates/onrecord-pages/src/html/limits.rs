//! How much a page may ask of a tree builder.
//!
//! A page of a few hundred kilobytes can be made so that reading its tree takes minutes, or
//! more stack than there is. Such pages are told by counting, in one pass, and are not
//! read: the same ones on every machine.

use onrecord_model::Note;

use super::markup::Piece;
use super::open::OpenElements;

/// The limits. The pages of news sites stay far below them: the largest of a hundred, with
/// 1.4 MB, asks for a tenth of the work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Elements open at once.
    pub depth: usize,
    /// Tables open at once.
    pub tables: usize,
    /// Attributes of one tag.
    pub attributes: usize,
    /// Work in all, in the units of [`cost`].
    pub work: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            depth: 400,
            tables: 60,
            attributes: 256,
            work: 300_000_000,
        }
    }
}

/// What pieces of a page cost, measured: a unit is about three nanoseconds of a machine of
/// 2024, so that a page at the limit takes about a second.
mod cost {
    /// An element or a comment.
    pub const ELEMENT: u64 = 5_000;
    /// An attribute.
    pub const ATTRIBUTE: u64 = 3_000;
    /// A byte inside a tag, up to [`LONG_TAG`] of them: beyond lie images.
    pub const TAG_BYTE: u64 = 30;
    pub const LONG_TAG: usize = 2_000;
    /// A byte of text between tags.
    pub const TEXT_BYTE: u64 = 100;
    /// A byte of a comment, a script, a style.
    pub const OTHER_BYTE: u64 = 30;
    pub const RAW_BYTE: u64 = 3;
    /// A `<` that opens no tag, an `&`.
    pub const MARK: u64 = 400;
    /// An element, for each element open around it; more for a formatting one.
    pub const DEPTH: u64 = 100;
    pub const FORMATTING: u64 = 800;
}

/// What a page has asked for so far.
#[derive(Debug, Default)]
pub(crate) struct Load {
    work: u64,
    elements: usize,
    text: usize,
}

impl Load {
    /// Counts a piece, with the elements open before it.
    ///
    /// # Errors
    /// The note for a page that goes over a limit.
    pub fn take(
        &mut self,
        piece: &Piece<'_>,
        open: &OpenElements,
        limits: &Limits,
    ) -> Result<(), Note> {
        let units = |count: usize, each: u64| count as u64 * each;
        let around = units(open.depth(), cost::DEPTH) + units(open.formatting(), cost::FORMATTING);
        let made = open.made() - self.elements;
        self.elements = open.made();
        self.work += units(made, cost::ELEMENT + around);
        match piece {
            Piece::Open(tag) => {
                if tag.attributes > limits.attributes {
                    let what = format!(
                        "a <{}> tag has {} attributes",
                        tag.name.as_str(),
                        tag.attributes
                    );
                    return Err(over("too-many-attributes", what, limits.attributes));
                }
                self.work += units(tag.attributes, cost::ATTRIBUTE);
                self.work += units(tag.inside.len().min(cost::LONG_TAG), cost::TAG_BYTE);
            }
            Piece::Text(text) => {
                self.text += text.len();
                let marks = text.bytes().filter(|b| matches!(b, b'<' | b'&')).count();
                self.work += units(text.len(), cost::TEXT_BYTE + open.depth() as u64)
                    + units(marks, cost::MARK);
            }
            Piece::Comment(length) => self.work += cost::ELEMENT + units(*length, cost::OTHER_BYTE),
            Piece::Raw(_, text) => self.work += units(text.len(), cost::RAW_BYTE),
            Piece::Close(_) => {}
        }
        if open.depth() > limits.depth {
            return Err(over(
                "too-deep",
                format!("{} elements are open at once", open.depth()),
                limits.depth,
            ));
        }
        if open.tables() > limits.tables {
            return Err(over(
                "too-deep",
                format!("{} tables are open at once", open.tables()),
                limits.tables,
            ));
        }
        if self.work > limits.work {
            let (elements, text) = (self.elements, self.text);
            let what = format!(
                "reading it would take too long, with {elements} elements and {text} bytes of text and more to come"
            );
            return Err(over("too-much-work", what, limits.work));
        }
        Ok(())
    }
}

fn over(code: &str, what: String, limit: impl std::fmt::Display) -> Note {
    Note::unread(
        code,
        "",
        format!("the page was not read: {what} (limit {limit})"),
    )
}

#[cfg(test)]
mod tests {
    use super::super::sketch::sketch;
    use super::*;

    fn code(html: &str) -> Option<String> {
        sketch(html, &Limits::default()).err().map(|note| note.code)
    }

    #[test]
    fn pages_made_to_take_long_are_refused() {
        let fonts = |n: usize| {
            (0..n)
                .map(|size| format!("<font size={size}>"))
                .collect::<String>()
        };
        for (what, html, expected) in [
            ("nested div", "<div>x".repeat(10_000), "too-deep"),
            ("nested tables", "<table><tr><td>".repeat(3_000), "too-deep"),
            (
                "nested tables, few elements open",
                "<table><tr><td>".repeat(70),
                "too-deep",
            ),
            ("svg", format!("<svg>{}", "<g>".repeat(100_000)), "too-deep"),
            (
                "fonts",
                (0..2_000).map(|n| format!("<p><font size={n}>x")).collect(),
                "too-much-work",
            ),
            (
                "attributes",
                format!("<p {}>", "a=b ".repeat(100_000)),
                "too-many-attributes",
            ),
            (
                "paragraphs",
                "<p>The committee met on Monday.</p>".repeat(150_000),
                "too-much-work",
            ),
            (
                "formatting",
                format!("{}{}", fonts(300), "<p>x</p>".repeat(5_000)),
                "too-much-work",
            ),
            (
                "deep text",
                format!("{}{}", "<div>".repeat(390), "x ".repeat(2_000_000)),
                "too-much-work",
            ),
            ("end tags", "</p>".repeat(200_000), "too-much-work"),
            ("comments", "<!x>".repeat(1_000_000), "too-much-work"),
            ("marks", "<".repeat(10_000_000), "too-much-work"),
            ("entities", "&x".repeat(2_000_000), "too-much-work"),
        ] {
            assert_eq!(code(&html).as_deref(), Some(expected), "{what}");
        }
    }

    #[test]
    fn large_and_clumsy_pages_are_read() {
        for (what, html) in [
            (
                "paragraphs",
                "<p class=text>The committee met on Monday and voted.</p>".repeat(10_000),
            ),
            (
                "unclosed items",
                format!("<ul>{}", "<li>One<li>Two".repeat(5_000)),
            ),
            ("unclosed bold", "<p><b>One".repeat(2_000)),
            (
                "unclosed fonts",
                "<p><font color=red>One<p><font size=2>Two".repeat(1_000),
            ),
            (
                "cells",
                format!("<table>{}", "<tr><td>One<td>Two".repeat(5_000)),
            ),
            (
                "a large script",
                format!("<script>{}</script><p>One.", "a<b>c;".repeat(2_000_000)),
            ),
            (
                "an image in the page",
                format!(
                    "<img src='data:image/png;base64,{}'><p>One.",
                    "A".repeat(8_000_000)
                ),
            ),
            (
                "numeric entities",
                format!("<p>{}", "&#1575;".repeat(50_000)),
            ),
        ] {
            assert_eq!(code(&html), None, "{what}");
        }
    }
}
