//! A page as a row of blocks of text, each with the element it stands in.

use super::head::{AUTHOR, Head};
use super::markup::{Name, Tag, unescape};
use super::open::OpenElements;
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

/// Gathers the blocks of a page while it is read.
#[derive(Default)]
pub(crate) struct Outline {
    blocks: Vec<Block>,
    text: String,
    linked: usize,
    place: Option<Place>,
    line_break: bool,
}

/// Where a block's first word stands.
struct Place {
    element: Name,
    id: usize,
    around: [usize; 3],
    marks: u32,
}

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
    pub fn before_open(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        if name == "br" {
            // Two in a row, or one after the end of a sentence, make a paragraph.
            if self.line_break || ends_sentence(&self.text) {
                self.flush();
            } else {
                self.text.push(' ');
            }
            self.line_break = true;
        } else if is_block(name) {
            self.flush();
        }
    }

    /// Takes a start tag whose element, if it `stays`, is open now.
    pub fn after_open(&mut self, tag: &Tag<'_>, stays: bool, open: &mut OpenElements) {
        if stays && let Some(element) = open.last() {
            element.marks |= marks(tag);
        }
    }

    /// Takes an end tag before its element is closed.
    pub fn before_close(&mut self, name: Name) {
        if is_block(name.as_str()) {
            self.flush();
        }
    }

    /// Takes text.
    pub fn text(&mut self, text: &str, open: &mut OpenElements, head: &mut Head) {
        if text.trim().is_empty() {
            self.text.push_str(text);
            return;
        }
        self.line_break = false;
        open.text();
        let marks = open.last().map_or(0, |element| element.marks);
        if marks & HIDDEN != 0 {
            return;
        }
        let text = unescape(text);
        if marks & LINK != 0 {
            self.linked += weight(&text);
        }
        if marks & AUTHOR != 0 {
            head.author_text(&text);
        }
        self.text.push_str(&text);
        if self.place.is_none() {
            let mut around = open
                .iter()
                .rev()
                .filter(|e| is_block(e.name.as_str()) || e.name.as_str() == "body");
            let (element, id) = around
                .next()
                .map(|own| (own.name, own.id))
                .unwrap_or_default();
            let around = std::array::from_fn(|_| around.next().map_or(0, |e| e.id));
            self.place = Some(Place {
                element,
                id,
                around,
                marks,
            });
        }
    }

    fn flush(&mut self) {
        let text = single_spaced(&self.text);
        self.text.clear();
        let linked = std::mem::take(&mut self.linked);
        if let Some(place) = self.place.take()
            && !text.is_empty()
        {
            let Place {
                element,
                id,
                around,
                marks,
            } = place;
            self.blocks.push(Block {
                text,
                linked,
                element,
                id,
                around,
                marks: marks & !(LINK | AUTHOR),
            });
        }
    }
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
