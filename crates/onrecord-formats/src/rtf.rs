//! RTF: the text between the control words, paragraph by paragraph. Notes, heads and feet of
//! pages, pictures and hidden text are left out.

mod codes;

use encoding_rs::Encoding;
use onrecord_model::Note;

use crate::docx::{Paragraphs, finish};
use crate::limits::Limits;
use crate::open::Text;
use codes::{charset, codepage, is_outside, sign};

/// Groups in groups: how deep.
const DEEPEST: usize = 10_000;

/// The text of an RTF file.
pub(crate) fn read(bytes: &[u8], _: &Limits) -> Result<Text, Note> {
    let mut reader = Reader {
        bytes,
        at: 0,
        groups: vec![Group::default()],
        fonts: std::collections::BTreeMap::new(),
        standard: encoding_rs::WINDOWS_1252,
        pending: Vec::new(),
        high: None,
        paragraphs: Paragraphs::default(),
        title: String::new(),
        author: String::new(),
    };
    let trouble = reader.run().err();
    reader.flush();
    let core = described(&reader.title, &reader.author);
    Ok(finish(reader.paragraphs, &core, trouble))
}

/// The description in the form in which the other formats have it.
fn described(title: &str, author: &str) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<c><dc:title>{}</dc:title><dc:creator>{}</dc:creator></c>",
        escape(title),
        escape(author)
    )
}

/// Where text goes.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Goes {
    #[default]
    Body,
    Title,
    Author,
    FontTable,
    Nowhere,
}

#[derive(Clone, Copy)]
struct Group {
    goes: Goes,
    hidden: bool,
    /// Signs to pass over after a Unicode one.
    after: usize,
    font: u32,
}

impl Default for Group {
    fn default() -> Group {
        Group {
            goes: Goes::Body,
            hidden: false,
            after: 1,
            font: u32::MAX,
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    groups: Vec<Group>,
    fonts: std::collections::BTreeMap<u32, &'static Encoding>,
    standard: &'static Encoding,
    /// Bytes of text that were not decoded yet.
    pending: Vec<u8>,
    /// The first half of a sign that takes two.
    high: Option<u16>,
    paragraphs: Paragraphs,
    title: String,
    author: String,
}

impl Reader<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.groups.len() >= DEEPEST {
                        return Err(format!("groups lie {DEEPEST} deep"));
                    }
                    let group = *self.group();
                    self.groups.push(group);
                }
                b'}' => {
                    self.flush();
                    self.groups.pop();
                    if self.groups.len() <= 1 {
                        // The document's own group is closed.
                        return Ok(());
                    }
                }
                b'\\' => self.control()?,
                b'\r' | b'\n' | 0 => {}
                byte => self.pending.push(*byte),
            }
        }
        Err("it ends within a group".to_owned())
    }

    fn group(&mut self) -> &mut Group {
        if self.groups.is_empty() {
            self.groups.push(Group::default());
        }
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn control(&mut self) -> Result<(), String> {
        let Some(byte) = self.bytes.get(self.at).copied() else {
            return Err("it ends within a control word".to_owned());
        };
        if !byte.is_ascii_alphabetic() {
            self.at += 1;
            match byte {
                b'\'' => {
                    if let Some(byte) = self.hex() {
                        self.pending.push(byte);
                    }
                }
                b'~' => self.text("\u{a0}"),
                b'_' => self.text("-"),
                b'*' => {
                    // A destination that may be passed over, unless its text is the page's.
                    let known = self.bytes[self.at..].starts_with(b"\\shptxt");
                    if !known {
                        self.flush();
                        self.group().goes = Goes::Nowhere;
                    }
                }
                b'\r' | b'\n' => self.paragraph(),
                b'\\' | b'{' | b'}' => self.pending.push(byte),
                _ => {}
            }
            return Ok(());
        }
        let rest = &self.bytes[self.at..];
        let letters = rest
            .iter()
            .take(32)
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        let word = String::from_utf8_lossy(&rest[..letters]).into_owned();
        let mut after = letters;
        let minus = rest.get(after) == Some(&b'-');
        after += usize::from(minus);
        let digits = rest[after..]
            .iter()
            .take(10)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let number = std::str::from_utf8(&rest[after..after + digits]).ok();
        let number: Option<i64> = number.and_then(|n| n.parse().ok());
        let number = number.map(|n| if minus { -n } else { n });
        after += digits;
        after += usize::from(rest.get(after) == Some(&b' '));
        self.at += after;
        self.word(&word, number);
        Ok(())
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        if let Some(sign) = sign(word) {
            return self.text(sign);
        }
        if is_outside(word) {
            self.flush();
            self.group().goes = Goes::Nowhere;
            return;
        }
        match word {
            "par" | "sect" | "page" | "row" | "cell" | "nestcell" | "nestrow" | "column" => {
                self.paragraph()
            }
            "line" | "lbr" => self.text("\n"),
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.group().after = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(32),
            "v" => {
                self.flush();
                self.group().hidden = number != Some(0);
            }
            "plain" => {
                self.flush();
                let group = self.group();
                (group.hidden, group.font) = (false, u32::MAX);
            }
            "ansicpg" => {
                if let Some(encoding) = number.and_then(codepage) {
                    self.standard = encoding;
                }
            }
            "mac" => self.standard = encoding_rs::MACINTOSH,
            "f" => {
                self.flush();
                self.group().font = number.and_then(|n| n.try_into().ok()).unwrap_or(u32::MAX);
            }
            "fcharset" => {
                let group = *self.group();
                if group.goes == Goes::FontTable
                    && let Some(encoding) = number.and_then(charset)
                    && self.fonts.len() < 10_000
                {
                    self.fonts.insert(group.font, encoding);
                }
            }
            "fonttbl" => {
                self.flush();
                self.group().goes = Goes::FontTable;
            }
            "title" => self.of_info(Goes::Title),
            "author" => self.of_info(Goes::Author),
            "bin" => {
                let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
                self.at = self.at.saturating_add(length).min(self.bytes.len());
            }
            _ => {}
        }
    }

    /// Title and author stand within the description, which itself is not the page's.
    fn of_info(&mut self, goes: Goes) {
        if self.group().goes == Goes::Nowhere {
            self.group().goes = goes;
        }
    }

    fn hex(&mut self) -> Option<u8> {
        let digits = self.bytes.get(self.at..self.at + 2)?;
        let digits = std::str::from_utf8(digits).ok()?;
        let byte = u8::from_str_radix(digits, 16).ok()?;
        self.at += 2;
        Some(byte)
    }

    fn unicode(&mut self, number: i64) {
        self.flush_bytes();
        let unit = (number.rem_euclid(65_536)) as u16;
        match (self.high.take(), unit) {
            (_, 0xd800..=0xdbff) => self.high = Some(unit),
            (high, unit) => {
                let units = high.into_iter().chain([unit]);
                let text: String = char::decode_utf16(units)
                    .map(|c| c.unwrap_or('\u{fffd}'))
                    .collect();
                self.put(&text);
            }
        }
        // What stands for it where Unicode is not known.
        for _ in 0..self.group().after {
            match self.bytes.get(self.at) {
                Some(b'\\') if self.bytes.get(self.at + 1) == Some(&b'\'') => {
                    self.at = (self.at + 4).min(self.bytes.len());
                }
                Some(b'\\' | b'{' | b'}') | None => break,
                Some(_) => self.at += 1,
            }
        }
    }

    fn paragraph(&mut self) {
        self.flush();
        let group = *self.group();
        if group.goes == Goes::Body {
            self.paragraphs.end();
        }
    }

    fn text(&mut self, text: &str) {
        self.flush();
        self.put(text);
    }

    fn flush(&mut self) {
        self.flush_bytes();
        if self.high.take().is_some() {
            self.put("\u{fffd}");
        }
    }

    fn flush_bytes(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let font = self.group().font;
        let encoding = self.fonts.get(&font).copied().unwrap_or(self.standard);
        let text = encoding.decode_without_bom_handling(&bytes).0.into_owned();
        self.put(&text);
    }

    fn put(&mut self, text: &str) {
        let group = *self.group();
        match group.goes {
            Goes::Body if !group.hidden => self.paragraphs.push(text),
            Goes::Title if self.title.len() < 1000 => self.title.push_str(text),
            Goes::Author if self.author.len() < 1000 => self.author.push_str(text),
            _ => {}
        }
    }
}
