//! Which elements are open at a point of a page.
//!
//! Follows the tree builder of the HTML standard as far as depth goes: void elements,
//! end tags that may be left out, formatting elements that are taken up again in the next
//! block. Where it departs from the standard, it counts too many open elements, never too
//! few.

use super::elements::{
    bounds_scope, bounds_table, closes_paragraph, holds_formatting, is_formatting, is_heading,
    is_special, is_void, leaves_foreign,
};
use super::markup::{Name, Tag};

/// The open elements, outermost first.
#[derive(Debug, Default)]
pub(crate) struct OpenElements {
    stack: Vec<Element>,
    /// Formatting elements that were opened and not closed by an end tag of their own.
    formatting: Vec<Formatting>,
    next: usize,
    tables: usize,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element {
    /// Its name.
    pub name: Name,
    /// Its number on the page, from 1.
    pub id: usize,
    /// Free for the caller's marks; a child starts with those of its parent.
    pub marks: u32,
    foreign: bool,
}

#[derive(Clone, Copy, Debug)]
struct Formatting {
    /// `None` marks the border of a table cell or the like.
    name: Option<Name>,
    inside: u64,
    id: usize,
}

/// As many equal formatting elements are taken up again, no more.
const EQUAL_FORMATTING: usize = 3;

impl OpenElements {
    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.stack.len()
    }

    /// How many tables are open.
    pub fn tables(&self) -> usize {
        self.tables
    }

    /// How many elements there have been, those that the parser makes itself included.
    pub fn made(&self) -> usize {
        self.next
    }

    /// How many formatting elements are open or wait to be taken up again.
    pub fn formatting(&self) -> usize {
        self.formatting.len()
    }

    /// The open elements, outermost first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.stack.iter()
    }

    /// The innermost one.
    pub fn last(&mut self) -> Option<&mut Element> {
        self.stack.last_mut()
    }

    /// Takes a start tag. True if an element is open because of it.
    pub fn open(&mut self, tag: &Tag<'_>) -> bool {
        let name = tag.name.as_str();
        let foreign = self.stack.last().is_some_and(|top| top.foreign);
        if foreign && !leaves_foreign(name) {
            if !tag.closed {
                let integration = matches!(
                    name,
                    "foreignobject"
                        | "desc"
                        | "title"
                        | "annotation-xml"
                        | "mi"
                        | "mo"
                        | "mn"
                        | "ms"
                        | "mtext"
                );
                self.push(tag.name, !integration);
            }
            return !tag.closed;
        }
        while self.stack.last().is_some_and(|top| top.foreign) {
            self.pop();
        }
        match name {
            "html" | "body" | "head" if self.stack.iter().any(|e| e.name == tag.name) => {
                return false;
            }
            "svg" | "math" => {
                if !tag.closed {
                    self.take_up_formatting();
                    self.push(tag.name, true);
                }
                return !tag.closed;
            }
            _ => {}
        }
        self.close_implied(name);
        if is_void(name) {
            self.next += 1;
            return false;
        }
        if is_formatting(name) {
            if matches!(name, "a" | "nobr") {
                self.close(tag.name);
            }
            self.take_up_formatting();
            self.push(tag.name, false);
            self.remember(tag);
            return true;
        }
        if !is_special(name) {
            self.take_up_formatting();
        }
        self.push(tag.name, false);
        if holds_formatting(name) {
            self.formatting.push(Formatting {
                name: None,
                inside: 0,
                id: 0,
            });
        }
        true
    }

    /// Takes text that is not white space alone.
    pub fn text(&mut self) {
        if !self.stack.last().is_some_and(|top| top.foreign) {
            self.take_up_formatting();
        }
    }

    /// Takes an end tag.
    pub fn close(&mut self, name: Name) {
        let text = name.as_str();
        if is_formatting(text) && self.close_formatting(name) {
            return;
        }
        if matches!(text, "p" | "br") && !self.stack.iter().any(|e| e.name == name) {
            self.next += 1; // the standard makes an empty element of it
            return;
        }
        let heading = is_heading(text);
        for at in (0..self.stack.len()).rev() {
            let open = &self.stack[at];
            if open.name == name || (heading && is_heading(open.name.as_str())) {
                self.cut(at);
                return;
            }
            let border = if is_special(text) {
                bounds_scope(open.name.as_str())
            } else {
                is_special(open.name.as_str())
            };
            let through = matches!(
                text,
                "table"
                    | "tr"
                    | "tbody"
                    | "thead"
                    | "tfoot"
                    | "td"
                    | "th"
                    | "caption"
                    | "html"
                    | "body"
                    | "template"
            ) && !matches!(open.name.as_str(), "table" | "html" | "template");
            if !open.foreign && border && !through {
                return;
            }
        }
    }

    /// Closes a formatting element and leaves open what stands in it. True if one was open.
    fn close_formatting(&mut self, name: Name) -> bool {
        let since = self
            .formatting
            .iter()
            .rposition(|f| f.name.is_none())
            .map_or(0, |at| at + 1);
        let Some(at) = self.formatting[since..]
            .iter()
            .rposition(|f| f.name == Some(name))
        else {
            return false;
        };
        let id = self.formatting.remove(since + at).id;
        let Some(at) = self.stack.iter().rposition(|e| e.id == id) else {
            return false;
        };
        self.stack.remove(at);
        true
    }

    /// Closes what a start tag closes without being asked.
    fn close_implied(&mut self, name: &str) {
        match name {
            "li" => self.close_up_to(&["li"], |n| {
                is_special(n) && !matches!(n, "address" | "div" | "p")
            }),
            "dd" | "dt" => self.close_up_to(&["dd", "dt"], |n| {
                is_special(n) && !matches!(n, "address" | "div" | "p")
            }),
            "option" | "optgroup" => self.close_up_to(&["option"], is_special),
            "rb" | "rt" | "rp" | "rtc" => self.close_up_to(&["rb", "rt", "rp", "rtc"], is_special),
            "button" => self.close_up_to(&["button"], bounds_scope),
            "td" | "th" => self.close_up_to(&["td", "th", "caption", "colgroup"], bounds_table),
            "tr" => self.close_up_to(&["tr", "caption", "colgroup"], bounds_table),
            "tbody" | "thead" | "tfoot" | "caption" | "colgroup" => {
                self.close_up_to(
                    &["tbody", "thead", "tfoot", "caption", "colgroup"],
                    bounds_table,
                );
            }
            _ => {}
        }
        if closes_paragraph(name) {
            self.close_up_to(&["p"], |n| bounds_scope(n) || n == "button");
        }
        if is_heading(name)
            && self
                .stack
                .last()
                .is_some_and(|top| is_heading(top.name.as_str()))
        {
            self.pop();
        }
    }

    /// Closes the innermost element of these names and all within it, unless one of
    /// `border` lies between.
    fn close_up_to(&mut self, names: &[&str], border: impl Fn(&str) -> bool) {
        for at in (0..self.stack.len()).rev() {
            let open = self.stack[at].name;
            if names.contains(&open.as_str()) {
                self.cut(at);
                return;
            }
            if border(open.as_str()) {
                return;
            }
        }
    }

    fn push(&mut self, name: Name, foreign: bool) {
        self.next += 1;
        let marks = self.stack.last().map_or(0, |parent| parent.marks);
        self.tables += usize::from(name.as_str() == "table");
        self.stack.push(Element {
            name,
            id: self.next,
            marks,
            foreign,
        });
    }

    fn pop(&mut self) {
        if let Some(element) = self.stack.pop() {
            self.tables -= usize::from(element.name.as_str() == "table");
            if !element.foreign && holds_formatting(element.name.as_str()) {
                while let Some(last) = self.formatting.pop() {
                    if last.name.is_none() {
                        break;
                    }
                }
            }
        }
    }

    fn cut(&mut self, len: usize) {
        while self.stack.len() > len {
            self.pop();
        }
    }

    fn remember(&mut self, tag: &Tag<'_>) {
        let inside = hash(tag.inside.as_bytes());
        let id = self.next;
        let since = self
            .formatting
            .iter()
            .rposition(|f| f.name.is_none())
            .map_or(0, |at| at + 1);
        let mut equal = self.formatting[since..]
            .iter()
            .enumerate()
            .filter(|(_, f)| f.name == Some(tag.name) && f.inside == inside);
        let first = equal.next().map(|(at, _)| at + since);
        if equal.count() + 1 >= EQUAL_FORMATTING
            && let Some(first) = first
        {
            self.formatting.remove(first);
        }
        self.formatting.push(Formatting {
            name: Some(tag.name),
            inside,
            id,
        });
    }

    /// Opens again the formatting elements that the end of a block has closed.
    fn take_up_formatting(&mut self) {
        let is_open = |stack: &[Element], id: usize| stack.iter().rev().any(|e| e.id == id);
        let mut from = self.formatting.len();
        while from > 0 {
            let entry = self.formatting[from - 1];
            if entry.name.is_none() || is_open(&self.stack, entry.id) {
                break;
            }
            from -= 1;
        }
        for at in from..self.formatting.len() {
            if let Some(name) = self.formatting[at].name {
                self.push(name, false);
                self.formatting[at].id = self.next;
            }
        }
    }
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::super::markup::{Piece, pieces};
    use super::*;

    /// The greatest depth while the page is read.
    fn depth(html: &str) -> usize {
        let mut open = OpenElements::default();
        let mut deepest = 0;
        for piece in pieces(html) {
            match piece {
                Piece::Open(tag) => {
                    open.open(&tag);
                }
                Piece::Close(name) => open.close(name),
                Piece::Text(text) if !text.trim().is_empty() => open.text(),
                Piece::Text(_) | Piece::Raw(..) | Piece::Comment(_) => {}
            }
            deepest = deepest.max(open.depth());
        }
        deepest
    }

    #[test]
    fn end_tags_that_may_be_left_out() {
        for (one, expected) in [
            ("<p>x", 1),
            ("<br>", 0),
            ("<img src=a>", 0),
            ("<p>x<h2>y</h2>", 1),
            ("<h2>x<h3>y</h3>", 1),
            ("<b>x</b>", 1),
            ("<a href=b>x", 1),
            ("<div>x</div>", 1),
            ("<p><b>x</p></b>", 2),
        ] {
            assert_eq!(depth(&one.repeat(500)), expected, "{one}");
        }
        assert_eq!(depth(&format!("<ul>{}", "<li>x<p>y".repeat(500))), 3);
        assert_eq!(
            depth(&format!("<table>{}", "<tr><td>x<td>y<p>z".repeat(500))),
            4
        );
        assert_eq!(depth(&format!("<dl>{}", "<dt>x<dd>y".repeat(500))), 2);
        assert_eq!(depth(&format!("<select>{}", "<option>x".repeat(500))), 2);
    }

    #[test]
    fn what_nests_nests() {
        for one in [
            "<div>x",
            "<span>x",
            "<table><tr><td>",
            "<ul><li>",
            "<svg><g>",
            "<blockquote><p>x",
            "<x-y>",
        ] {
            assert!(depth(&one.repeat(500)) >= 500, "{one}");
        }
    }

    #[test]
    fn formatting_is_taken_up_again() {
        // Equal ones three times at most, unequal ones all of them.
        assert!(depth(&"<p><b>x".repeat(500)) <= 6);
        let unequal: String = (0..300).map(|n| format!("<p><font size={n}>x")).collect();
        assert!(depth(&unequal) >= 300);
    }

    #[test]
    fn svg_ends_at_html() {
        assert_eq!(depth("<svg><path><g/><g/></path></svg><p>x"), 2);
        assert_eq!(depth("<svg><path d=a>"), 2);
        assert_eq!(depth(&"<svg><path d=a><div></div>".repeat(300)), 2);
    }
}
