//! XML as a row of simple events. Entities of a document's own are never expanded, so that
//! none can grow; what nests is counted, never called.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Open(Element),
    /// The end of an element, by its name.
    Close(String),
    Text(String),
}

/// A tag that opens.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// The name as written, `w:p`.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute, by its name as written.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    fn of(start: &BytesStart<'_>) -> Element {
        let mut attributes = start.attributes();
        Element {
            name: start.name().0.to_owned(),
            attributes: attributes
                .with_checks(false)
                .flatten()
                .map(|a| {
                    let value = a.normalized_value(XmlVersion::default());
                    let value = value.unwrap_or_else(|_| a.value.clone());
                    (a.key.0.to_owned(), value.into_owned())
                })
                .collect(),
        }
    }
}

/// The part of a name after its colon.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Reads events.
pub(crate) struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    /// Of an element that is empty and closes at once.
    closes: Option<String>,
}

impl<R: BufRead> Xml<R> {
    pub fn new(reader: R) -> Xml<R> {
        let mut reader = Reader::from_reader(reader);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Xml {
            reader,
            buffer: Vec::new(),
            closes: None,
        }
    }

    /// How many bytes were read.
    pub fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The next event, or nothing at the end.
    pub fn next(&mut self) -> Result<Option<Node>, String> {
        if let Some(name) = self.closes.take() {
            return Ok(Some(Node::Close(name)));
        }
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            return Ok(Some(match event.map_err(|error| error.to_string())? {
                Event::Eof => return Ok(None),
                Event::Start(start) => Node::Open(Element::of(&start)),
                Event::Empty(start) => {
                    let element = Element::of(&start);
                    self.closes = Some(element.name.clone());
                    Node::Open(element)
                }
                Event::End(end) => Node::Close(end.name().0.to_owned()),
                Event::Text(text) => Node::Text(text.into_inner().into_owned()),
                Event::CData(text) => Node::Text(text.into_inner().into_owned()),
                Event::GeneralRef(name) => Node::Text(match name.resolve_char_ref() {
                    Ok(Some(sign)) => sign.to_string(),
                    _ => entity(&name),
                }),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            }));
        }
    }
}

/// The entities that XML and most feeds have; others stay as they are.
pub(crate) fn entity(name: &str) -> String {
    let sign = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        "ndash" => "–",
        "mdash" => "—",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        "hellip" => "…",
        other => return format!("&{other};"),
    };
    sign.to_owned()
}

/// XML bytes as text, in the set that the byte order mark or the declaration names.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling(&bytes[length..])
            .0
            .into_owned();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]);
    let declared = head.trim_start().strip_prefix("<?xml").and_then(|rest| {
        let rest = rest.split("?>").next()?;
        let (_, rest) = rest.split_once("encoding")?;
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let label = rest[1..].split(quote).next()?;
        encoding_rs::Encoding::for_label(label.as_bytes())
    });
    let encoding = match std::str::from_utf8(bytes) {
        Ok(text) => return text.to_owned(),
        Err(_) => declared.unwrap_or(encoding_rs::UTF_8),
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(xml: &str) -> String {
        let mut xml = Xml::new(xml.as_bytes());
        let mut out = String::new();
        while let Ok(Some(node)) = xml.next() {
            if let Node::Text(text) = node {
                out.push_str(&text);
            }
        }
        out
    }

    #[test]
    fn entities_do_not_grow() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"xxxxxxxxxx\"><!ENTITY c \"&b;&b;&b;\">]><a>&c; &amp; &#65;&nbsp;</a>";
        assert_eq!(texts(bomb), "&c; & A\u{a0}");
    }

    #[test]
    fn sets_are_those_declared() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9</a>";
        assert!(decoded(latin).ends_with("<a>café</a>"));
        assert_eq!(decoded(b"\xff\xfe<\0a\0/\0>\0"), "<a/>");
        assert_eq!(decoded("<a>é</a>".as_bytes()), "<a>é</a>");
    }

    #[test]
    fn deep_nesting_is_only_long() {
        let deep = "<a>".repeat(200_000) + "x";
        assert_eq!(texts(&deep), "x");
    }
}
