//! A page as a row of blocks of text, each with the element it stands in.

use super::head::{AUTHOR, Head};
use super::markup::{Name, Tag, unescape};
use super::open::{Element, OpenElements};
use super::paragraphs::{ends_sentence, is_block, single_spaced};

/// A block of text: what stands between two block-level tags.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Its words, white space made single.
    pub text: String,
    /// Letters and digits of `text` that stand in links.
    pub linked: usize,
    /// The block-level element it stands in.
    pub element: Name,
    /// That element's number on the page; two blocks may share it.
    pub id: usize,
    /// The numbers of the block-level elements around that one, from inside out.
    pub around: [usize; 3],
    /// The number of the table cell around it, from inside the first; 0 if there is none.
    pub cell: usize,
    /// What it stands in, as marks of the constants below.
    pub marks: u32,
}

/// Not shown to readers.
pub(crate) const HIDDEN: u32 = 1;
/// In a menu, a footer, a side column, a form's button.
pub(crate) const ASIDE: u32 = 2;
/// In a figure.
pub(crate) const FIGURE: u32 = 4;
/// In a block quotation.
pub(crate) const QUOTATION: u32 = 8;
/// In a link.
const LINK: u32 = 16;
/// In a heading, or set as headings were: bold, or in large type.
pub(crate) const EMPHASIS: u32 = 32;

/// Gathers the blocks of a page while it is read.
#[derive(Default)]
pub(crate) struct Outline {
    blocks: Vec<Block>,
    /// The lines of the block before the last one.
    lines: Run,
    /// The words since the last line break.
    line: Run,
    /// Inline elements that hold all words of the line, as far as they are looked at.
    inside: Vec<usize>,
    /// Nothing but white space has come since a line break.
    line_break: bool,
}

/// A run of text.
#[derive(Default)]
struct Run {
    text: String,
    linked: usize,
    place: Option<Place>,
}

/// Where a block's first word stands.
struct Place {
    element: Name,
    id: usize,
    around: [usize; 3],
    cell: usize,
    marks: u32,
}

/// As many inline elements around a word are looked at.
const INLINE: usize = 6;

impl Outline {
    /// How many blocks there are so far.
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// The blocks, in order, none of them empty.
    pub fn finish(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }

    /// Takes a start tag before its element is open.
    pub fn before_open(&mut self, tag: &Tag<'_>, open: &OpenElements) {
        let name = tag.name.as_str();
        if name == "br" {
            // Two in a row, or one after the end of a sentence, make a paragraph.
            if self.line_break || ends_sentence(&self.line.text) {
                self.close(open);
            } else {
                self.line.text.push(' ');
            }
            self.line_break = true;
        } else if is_block(name) {
            self.close(open);
        }
    }

    /// Takes a start tag whose element, if it `stays`, is open now.
    pub fn after_open(&mut self, tag: &Tag<'_>, stays: bool, open: &mut OpenElements) {
        if stays && let Some(element) = open.last() {
            element.marks |= marks(tag);
        }
    }

    /// Takes an end tag before its element is closed.
    pub fn before_close(&mut self, name: Name, open: &OpenElements) {
        if is_block(name.as_str()) {
            self.close(open);
        }
    }

    /// Takes text.
    pub fn text(&mut self, text: &str, open: &mut OpenElements, head: &mut Head) {
        if text.trim().is_empty() {
            self.line.text.push_str(text);
            return;
        }
        open.text();
        let marks = open.last().map_or(0, |element| element.marks);
        if marks & HIDDEN != 0 {
            self.line_break = false;
            return;
        }
        let text = unescape(text);
        if std::mem::take(&mut self.line_break) {
            let apart = self.stands_apart(open) && !goes_on(&text);
            self.end_line(apart);
        }
        if marks & LINK != 0 {
            self.line.linked += weight(&text);
        }
        if marks & AUTHOR != 0 {
            head.author_text(&text);
        }
        self.line.text.push_str(&text);
        let inline = || {
            let own = open.iter().rev().take(INLINE);
            own.take_while(|e| !holds_blocks(e)).map(|e| e.id)
        };
        if self.line.place.is_some() {
            self.inside.retain(|id| inline().any(|own| own == *id));
            return;
        }
        self.inside.clear();
        self.inside.extend(inline());
        let mut around = open.iter().rev().filter(|e| holds_blocks(e));
        let (element, id) = around
            .next()
            .map(|own| (own.name, own.id))
            .unwrap_or_default();
        let around = std::array::from_fn(|_| around.next().map_or(0, |e| e.id));
        let cell = open
            .iter()
            .rev()
            .find(|e| matches!(e.name.as_str(), "td" | "th"))
            .map_or(0, |e| e.id);
        self.line.place = Some(Place {
            element,
            id,
            around,
            cell,
            marks,
        });
    }

    /// Whether the line fills an inline element of its own that has ended: a headline, a
    /// name, a date, set apart by its type from the lines around it.
    fn stands_apart(&self, open: &OpenElements) -> bool {
        let has_ended = |id: &usize| !open.iter().rev().any(|e| e.id == *id);
        self.line.place.is_some()
            && !self.line.text.trim_end().ends_with([',', '-', '–'])
            && self.inside.iter().any(has_ended)
    }

    /// Ends the line; if it stands `apart`, it becomes a block.
    fn end_line(&mut self, apart: bool) {
        if apart {
            let lines = std::mem::take(&mut self.lines);
            self.push(lines);
        }
        let line = std::mem::take(&mut self.line);
        self.lines.text.push_str(&line.text);
        self.lines.linked += line.linked;
        if self.lines.place.is_none() {
            self.lines.place = line.place;
        }
        if apart {
            let line = std::mem::take(&mut self.lines);
            self.push(line);
        }
    }

    /// Ends the block where an element begins or ends.
    fn close(&mut self, open: &OpenElements) {
        let apart = !self.lines.text.trim().is_empty()
            && self.stands_apart(open)
            && !goes_on(&self.line.text);
        self.end_line(apart);
        self.flush();
    }

    fn flush(&mut self) {
        self.end_line(false);
        let lines = std::mem::take(&mut self.lines);
        self.push(lines);
    }

    fn push(&mut self, run: Run) {
        let text = single_spaced(&run.text);
        if let Some(place) = run.place
            && !text.is_empty()
        {
            self.blocks.push(Block {
                text,
                linked: run.linked,
                element: place.element,
                id: place.id,
                around: place.around,
                cell: place.cell,
                marks: place.marks & !(LINK | AUTHOR),
            });
        }
    }
}

fn holds_blocks(element: &Element) -> bool {
    let name = element.name.as_str();
    is_block(name) || name == "body"
}

/// Whether a line begins as one that goes on from the line before.
fn goes_on(text: &str) -> bool {
    text.trim_start()
        .starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | '&'))
}

/// Letters and digits of a text.
pub(crate) fn weight(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn marks(tag: &Tag<'_>) -> u32 {
    let mut marks = match tag.name.as_str() {
        "nav" | "footer" | "aside" | "button" | "select" | "dialog" => ASIDE,
        "figure" | "figcaption" => FIGURE,
        "blockquote" => QUOTATION,
        "a" => LINK,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "b" | "strong" | "big" => EMPHASIS,
        "font" if is_large(tag) => EMPHASIS,
        "template" | "svg" | "math" | "head" => HIDDEN,
        _ => 0,
    };
    if tag.inside.contains("hidden") || tag.inside.contains("none") {
        let style = tag
            .get("style")
            .unwrap_or_default()
            .to_ascii_lowercase()
            .replace(' ', "");
        if tag.get("hidden").is_some()
            || style.contains("display:none")
            || style.contains("visibility:hidden")
        {
            marks |= HIDDEN;
        }
    }
    marks
}

/// Whether a `<font>` is larger than running text.
fn is_large(tag: &Tag<'_>) -> bool {
    tag.get("size").is_some_and(|size| {
        let size = size.trim();
        let usual = if size.starts_with('+') { 0 } else { 3 };
        size.parse::<i8>().is_ok_and(|size| size > usual)
    })
}
