//! ODT: paragraphs and headings of the body, in their order. Deleted text, notes and
//! comments are left out.

use onrecord_model::Note;

use crate::docx::{Paragraphs, Parts, finish};
use crate::limits::Limits;
use crate::open::Text;
use crate::xml::{Node, Xml};

/// Elements whose text is not the document's.
const OUTSIDE: [&str; 5] = [
    "text:tracked-changes",
    "text:note",
    "office:annotation",
    "text:ruby-text",
    "office:forms",
];
/// So many blanks at most for one mark that stands for many.
const BLANKS: usize = 16;

/// The text of an ODT file.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Note> {
    let parts = Parts::open(bytes, limits)?;
    let body =
        parts
            .xml("content.xml")
            .map_err(|note| match parts.xml("META-INF/manifest.xml") {
                Ok(manifest) if manifest.contains("encryption-data") => Note::unread(
                    "encrypted",
                    "",
                    "it is locked with a password; save it without",
                ),
                _ => note,
            })?;
    let mut paragraphs = Paragraphs::default();
    let mut xml = Xml::new(body.as_bytes());
    let (mut outside, mut depth) = (0_u32, 0_u32);
    let trouble = loop {
        let node = match xml.next() {
            Ok(Some(node)) => node,
            Ok(None) => break None,
            Err(error) => break Some(error),
        };
        match node {
            Node::Open(element) => match element.name.as_str() {
                name if OUTSIDE.contains(&name) => outside += 1,
                _ if outside > 0 => {}
                "text:p" | "text:h" => {
                    paragraphs.end();
                    depth += 1;
                }
                "text:tab" => paragraphs.push("\t"),
                "text:line-break" => paragraphs.push("\n"),
                "text:s" => {
                    let count = element.get("text:c").and_then(|count| count.parse().ok());
                    paragraphs.push(&" ".repeat(count.unwrap_or(1).min(BLANKS)));
                }
                _ => {}
            },
            Node::Close(name) => match name.as_str() {
                name if OUTSIDE.contains(&name) => outside = outside.saturating_sub(1),
                "text:p" | "text:h" if outside == 0 => {
                    paragraphs.end();
                    depth = depth.saturating_sub(1);
                }
                _ => {}
            },
            Node::Text(text) if outside == 0 && depth > 0 => {
                paragraphs.push(&text.replace(['\n', '\r'], " "))
            }
            Node::Text(_) => {}
        }
    };
    let meta = parts.xml("meta.xml").unwrap_or_default();
    Ok(finish(paragraphs, &meta, trouble))
}
