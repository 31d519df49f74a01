//! HTML cut into pieces in one pass, without a tree.
//!
//! Follows the tokenizer of the HTML standard where it decides what is a tag and what is
//! text: comments, quoted attribute values, raw text of scripts and styles. No input takes
//! more than one look at each byte.

use std::ops::Range;

/// A piece of an HTML page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A start tag.
    Open(Tag<'a>),
    /// An end tag.
    Close(Name),
    /// Text between tags, entities not undone.
    Text(&'a str),
    /// A comment, a declaration or what passes for one, with its length.
    Comment(usize),
    /// The content of an element that holds no tags: the name is that of the start tag.
    Raw(Name, &'a str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// Its name.
    pub name: Name,
    /// What stands between the name and the `>`.
    pub inside: &'a str,
    /// Whether it ends in `/>`.
    pub closed: bool,
    /// How many attributes it has.
    pub attributes: usize,
}

/// A tag's name in lower case, cut to sixteen bytes.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Name {
    bytes: [u8; 16],
    len: u8,
}

impl Name {
    fn read(name: &str) -> Name {
        let mut bytes = [0; 16];
        let mut len = 0;
        for (to, from) in bytes.iter_mut().zip(name.bytes()) {
            *to = if from.is_ascii() {
                from.to_ascii_lowercase()
            } else {
                b'?'
            };
            len += 1;
        }
        Name { bytes, len }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or("?")
    }
}

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_str().fmt(f)
    }
}

impl<'a> Tag<'a> {
    /// The value of an attribute, entities undone.
    pub fn get(&self, name: &str) -> Option<String> {
        attributes(self.inside)
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| unescape(value))
    }
}

/// Undoes entities. Numbers between 128 and 159 mean windows-1252, as browsers take them.
pub(crate) fn unescape(text: &str) -> String {
    let text = html_escape::decode_html_entities(text);
    let is_c1 = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    if !text.contains(is_c1) {
        return text.into_owned();
    }
    let undone = |c: char| match u8::try_from(u32::from(c)) {
        Ok(byte) if is_c1(c) => encoding_rs::WINDOWS_1252
            .decode(&[byte])
            .0
            .chars()
            .next()
            .unwrap_or(c),
        _ => c,
    };
    text.chars().map(undone).collect()
}

/// Elements whose content holds no tags, outside of SVG and MathML.
fn holds_raw_text(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "title"
            | "textarea"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
    )
}

/// Cuts a page into pieces.
pub(crate) fn pieces(html: &str) -> Pieces<'_> {
    Pieces {
        html,
        at: 0,
        raw: None,
        foreign: 0,
        plain: false,
    }
}

/// See [`pieces`].
pub(crate) struct Pieces<'a> {
    html: &'a str,
    at: usize,
    /// The element whose raw text comes next.
    raw: Option<Name>,
    /// How many `svg` and `math` elements are open.
    foreign: usize,
    /// After `<plaintext>` there are no tags.
    plain: bool,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.raw.take() {
            let text = self.raw_text(name);
            if !text.is_empty() {
                return Some(Piece::Raw(name, text));
            }
        }
        if self.at < self.html.len() {
            let rest = &self.html[self.at..];
            let bytes = rest.as_bytes();
            if bytes[0] != b'<' || self.plain || !opens_markup(bytes) {
                return Some(Piece::Text(self.text()));
            }
            match bytes[1] {
                b'!' | b'?' => {
                    let length = self.length_of_comment(rest);
                    self.at += length;
                    return Some(Piece::Comment(length));
                }
                b'/' if !bytes[2].is_ascii_alphabetic() => {
                    let length = find(bytes, 2, b'>').map_or(rest.len(), |end| end + 1);
                    self.at += length;
                    return Some(Piece::Comment(length));
                }
                b'/' => {
                    let (tag, end) = self.tag(2);
                    self.at = end;
                    if matches!(tag.name.as_str(), "svg" | "math") {
                        self.foreign = self.foreign.saturating_sub(1);
                    }
                    return Some(Piece::Close(tag.name));
                }
                _ => {
                    let (tag, end) = self.tag(1);
                    self.at = end;
                    self.enter(&tag);
                    return Some(Piece::Open(tag));
                }
            }
        }
        None
    }
}

impl<'a> Pieces<'a> {
    fn enter(&mut self, tag: &Tag<'a>) {
        match tag.name.as_str() {
            "svg" | "math" if !tag.closed => self.foreign += 1,
            "plaintext" if self.foreign == 0 => self.plain = true,
            name if self.foreign == 0 && holds_raw_text(name) => self.raw = Some(tag.name),
            _ => {}
        }
    }

    /// Text up to the next `<` that opens a tag or comment.
    fn text(&mut self) -> &'a str {
        let start = self.at;
        let bytes = self.html.as_bytes();
        let mut at = start + 1;
        if self.plain {
            at = bytes.len();
        }
        while let Some(found) = find(bytes, at, b'<') {
            if opens_markup(&bytes[found..]) {
                self.at = found;
                return &self.html[start..found];
            }
            at = found + 1;
        }
        self.at = self.html.len();
        &self.html[start..]
    }

    /// The content of a raw-text element, up to its end tag or the end of the page.
    fn raw_text(&mut self, name: Name) -> &'a str {
        let start = self.at;
        let bytes = self.html.as_bytes();
        let wanted = name.as_str().as_bytes();
        let mut at = start;
        while let Some(found) = find(bytes, at, b'<') {
            let after = found + 2 + wanted.len();
            let is_end = bytes.get(found + 1) == Some(&b'/')
                && bytes
                    .get(found + 2..after)
                    .is_some_and(|n| n.eq_ignore_ascii_case(wanted))
                && bytes
                    .get(after)
                    .is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
            if is_end {
                self.at = found;
                return &self.html[start..found];
            }
            at = found + 1;
        }
        self.at = self.html.len();
        &self.html[start..]
    }

    fn length_of_comment(&self, rest: &str) -> usize {
        let bytes = rest.as_bytes();
        if bytes.starts_with(b"<!--") {
            if bytes[4..].starts_with(b">") {
                return 5;
            }
            if bytes[4..].starts_with(b"->") {
                return 6;
            }
            let mut at = 4;
            while let Some(found) = find(bytes, at, b'>') {
                if bytes[..found].ends_with(b"--") || bytes[..found].ends_with(b"--!") {
                    return found + 1;
                }
                at = found + 1;
            }
            return rest.len();
        }
        if self.foreign > 0 && bytes.starts_with(b"<![CDATA[") {
            return rest.find("]]>").map_or(rest.len(), |end| end + 3);
        }
        find(bytes, 2, b'>').map_or(rest.len(), |end| end + 1)
    }

    /// Reads the tag whose name starts `skip` bytes on; where it ends comes with it.
    fn tag(&self, skip: usize) -> (Tag<'a>, usize) {
        let bytes = self.html.as_bytes();
        let start = self.at + skip;
        let mut at = start;
        while at < bytes.len() && !ends_name(bytes[at]) {
            at += 1;
        }
        let name = Name::read(&self.html[start..at]);
        let first = at;
        let mut attributes = 0;
        while let Some(attribute) = attribute(bytes, at) {
            attributes += 1;
            at = attribute.next;
        }
        let end = find(bytes, at, b'>');
        let inside = &self.html[first..end.unwrap_or(bytes.len())];
        let closed = end.is_some() && inside.ends_with('/');
        (
            Tag {
                name,
                inside,
                closed,
                attributes,
            },
            end.map_or(bytes.len(), |end| end + 1),
        )
    }
}

/// The attributes of a tag, values as written.
fn attributes(inside: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let found = attribute(inside.as_bytes(), at)?;
        at = found.next;
        Some((&inside[found.name], &inside[found.value]))
    })
}

/// Where an attribute stands.
struct Attribute {
    name: Range<usize>,
    value: Range<usize>,
    /// Where to go on.
    next: usize,
}

/// The attribute at or after `at`.
fn attribute(bytes: &[u8], mut at: usize) -> Option<Attribute> {
    while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b'/') {
        at += 1;
    }
    if at >= bytes.len() || bytes[at] == b'>' {
        return None;
    }
    let start = at;
    at += 1;
    while at < bytes.len() && !ends_name(bytes[at]) && bytes[at] != b'=' {
        at += 1;
    }
    let name = start..at;
    let mut from = skip_space(bytes, at);
    if bytes.get(from) != Some(&b'=') {
        return Some(Attribute {
            name,
            value: at..at,
            next: at,
        });
    }
    from = skip_space(bytes, from + 1);
    match bytes.get(from) {
        Some(quote @ (b'"' | b'\'')) => {
            let end = find(bytes, from + 1, *quote).unwrap_or(bytes.len());
            Some(Attribute {
                name,
                value: from + 1..end,
                next: (end + 1).min(bytes.len()),
            })
        }
        _ => {
            let mut end = from;
            while end < bytes.len() && !bytes[end].is_ascii_whitespace() && bytes[end] != b'>' {
                end += 1;
            }
            Some(Attribute {
                name,
                value: from..end,
                next: end,
            })
        }
    }
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at].is_ascii_whitespace() {
        at += 1;
    }
    at
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}

/// Whether these bytes, the first of which is `<`, open a tag, a comment or a declaration.
fn opens_markup(bytes: &[u8]) -> bool {
    match bytes.get(1) {
        Some(b'!' | b'?') => true,
        Some(b'/') => bytes.len() > 2,
        Some(b) => b.is_ascii_alphabetic(),
        None => false,
    }
}

fn find(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    memchr::memchr(wanted, bytes.get(from..)?).map(|at| at + from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(html: &str) -> String {
        let name = |n: &Name| n.as_str().to_owned();
        let shapes: Vec<String> = pieces(html)
            .map(|piece| match piece {
                Piece::Open(tag) => format!("<{}{}>", name(&tag.name), tag.attributes),
                Piece::Close(n) => format!("</{}>", name(&n)),
                Piece::Text(text) => text.to_owned(),
                Piece::Raw(n, text) => format!("[{}:{text}]", name(&n)),
                Piece::Comment(length) => format!("!{length}"),
            })
            .collect();
        shapes.join("|")
    }

    #[test]
    fn tags_text_and_what_is_neither() {
        for (html, expected) in [
            ("<P class=a>One</p>", "<p1>|One|</p>"),
            ("a < b <3 <b>c", "a < b <3 |<b0>|c"),
            ("<!-- <b> -->x<!doctype html>", "!12|x|!15"),
            ("<!-->x", "!5|x"),
            ("<!-- a --!>x", "!11|x"),
            ("<a title='>' href=\"<i>\">x", "<a2>|x"),
            (
                "<script>if (a<b) '</b>'</script >x",
                "<script0>|[script:if (a<b) '</b>']|</script>|x",
            ),
            (
                "<title>a <b> c</title>",
                "<title0>|[title:a <b> c]|</title>",
            ),
            ("<style>never closed", "<style0>|[style:never closed]"),
            (
                "<svg><title><b>x</title></svg>",
                "<svg0>|<title0>|<b0>|x|</title>|</svg>",
            ),
            ("<svg><![CDATA[ <b> ]]></svg>", "<svg0>|!17|</svg>"),
            ("<br/><img src=a/>", "<br0>|<img1>"),
            ("</ b>x</>y", "!5|x|!3|y"),
            ("<div a b=c d = 'e' f", "<div4>"),
            ("<", "<"),
            ("x<", "x<"),
            ("<plaintext><b>", "<plaintext0>|<b>"),
        ] {
            assert_eq!(shape(html), expected, "{html}");
        }
    }

    #[test]
    fn attribute_values() {
        let Some(Piece::Open(tag)) = pieces("<meta NAME=a content='&amp; b' x>").next() else {
            panic!("a tag")
        };
        assert_eq!(tag.get("name").as_deref(), Some("a"));
        assert_eq!(tag.get("Content").as_deref(), Some("& b"));
        assert_eq!(tag.get("x").as_deref(), Some(""));
        assert_eq!(tag.get("y"), None);
        assert_eq!(
            unescape("it&#146;s &ldquo;so&#x201d; &nosuch; &amp;amp;"),
            "it’s “so” &nosuch; &amp;"
        );
        assert!(!tag.closed);
    }
}
