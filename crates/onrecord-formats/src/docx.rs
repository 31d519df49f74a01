//! DOCX: paragraphs of the body, in their order. Deleted text, notes, comments, heads and
//! feet of pages are left out.

use std::io::Cursor;

use onrecord_model::Note;

use crate::limits::Limits;
use crate::open::Text;
use crate::source::Shared;
use crate::xml::{Node, Xml, decoded};
use crate::zip::Directory;

/// Elements whose text is not the document's.
const OUTSIDE: [&str; 5] = [
    "w:del",
    "w:moveFrom",
    "mc:Fallback",
    "w:instrText",
    "w:rubyPr",
];

/// The text of a DOCX file.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Note> {
    let parts = Parts::open(bytes, limits)?;
    let body = parts.xml("word/document.xml")?;
    let mut paragraphs = Paragraphs::default();
    let mut xml = Xml::new(body.as_bytes());
    let mut outside = 0_u32;
    let mut in_text = false;
    let trouble = loop {
        let node = match xml.next() {
            Ok(Some(node)) => node,
            Ok(None) => break None,
            Err(error) => break Some(error),
        };
        match node {
            Node::Open(element) => match element.name.as_str() {
                name if OUTSIDE.contains(&name) => outside += 1,
                "w:p" => paragraphs.end(),
                "w:t" => in_text = true,
                "w:tab" if outside == 0 => paragraphs.push("\t"),
                "w:br" | "w:cr" if outside == 0 => paragraphs.push("\n"),
                "w:noBreakHyphen" if outside == 0 => paragraphs.push("-"),
                _ => {}
            },
            Node::Close(name) => match name.as_str() {
                name if OUTSIDE.contains(&name) => outside = outside.saturating_sub(1),
                "w:p" => paragraphs.end(),
                "w:t" => in_text = false,
                _ => {}
            },
            Node::Text(text) if in_text && outside == 0 => paragraphs.push(&text),
            Node::Text(_) => {}
        }
    };
    let core = parts.xml("docProps/core.xml").unwrap_or_default();
    Ok(finish(paragraphs, &core, trouble))
}

/// The members of a document that is a ZIP file.
pub(crate) struct Parts<'a> {
    shared: Shared,
    directory: Directory,
    limits: &'a Limits,
}

impl Parts<'_> {
    pub fn open<'a>(bytes: &[u8], limits: &'a Limits) -> Result<Parts<'a>, Note> {
        let shared = Shared::new(Box::new(Cursor::new(bytes.to_vec())));
        let directory = Directory::read(&shared, limits)
            .map_err(|text| Note::unread("broken-zip", "", text))?;
        Ok(Parts {
            shared,
            directory,
            limits,
        })
    }

    /// A member as text.
    pub fn xml(&self, name: &str) -> Result<String, Note> {
        let Some(entry) = self.directory.find(name) else {
            let text = format!("it has no {name}, in which its text would stand");
            return Err(Note::unread("broken-document", "", text));
        };
        let bytes = entry.bytes(&self.shared, self.limits, self.limits.document_bytes);
        match bytes {
            Ok(bytes) => Ok(decoded(&bytes)),
            Err(text) => Err(Note::unread(
                "broken-document",
                "",
                format!("its {name}: {text}"),
            )),
        }
    }
}

/// Paragraphs while they are read: each a line, with a blank line after it.
#[derive(Default)]
pub(crate) struct Paragraphs {
    out: String,
    line: String,
}

impl Paragraphs {
    pub fn push(&mut self, text: &str) {
        self.line.push_str(text);
    }

    /// The paragraph ends.
    pub fn end(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_matches(['\n', ' ', '\t', '\r']);
        if line.is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(line);
        self.out.push('\n');
    }

    pub fn into_text(mut self) -> String {
        self.end();
        self.out
    }
}

/// What a document's own description says counts where its first lines bear it out: names
/// and titles of templates and of other articles are left so.
pub(crate) fn finish(paragraphs: Paragraphs, core: &str, trouble: Option<String>) -> Text {
    let mut found = Text {
        text: paragraphs.into_text(),
        ..Text::default()
    };
    let [title, author] = described(core);
    let first: Vec<&str> = found
        .text
        .lines()
        .filter(|line| !line.is_empty())
        .take(8)
        .collect();
    found.declared.title = title.filter(|title| first.contains(&title.as_str()));
    let named = |author: &String| {
        author.contains(' ') && first.iter().any(|line| line.contains(author.as_str()))
    };
    found.declared.authors = author.filter(named).into_iter().collect();
    if let Some(error) = trouble {
        let text = format!("its text breaks off: {error}");
        found.notes.push(Note::partly("broken-document", "", text));
    }
    found
}

/// Title and author of a document's description.
fn described(core: &str) -> [Option<String>; 2] {
    let mut found = [String::new(), String::new()];
    let mut xml = Xml::new(core.as_bytes());
    let mut inside = None;
    while let Ok(Some(node)) = xml.next() {
        match node {
            Node::Open(element) => {
                inside = ["dc:title", "dc:creator"]
                    .iter()
                    .position(|name| element.name == *name);
            }
            Node::Close(_) => inside = None,
            Node::Text(text) => {
                if let Some(at) = inside {
                    found[at].push_str(&text);
                }
            }
        }
    }
    found.map(|text| Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}
