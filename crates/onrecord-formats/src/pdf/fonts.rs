//! Which text the codes of a font stand for, and how wide it is.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::dict::Dict;
use hayro_syntax::object::{Array, Name, Object, Stream};

/// Names of glyphs with their code points.
const GLYPHS: &str = include_str!("glyphs.tsv");

/// A sign that is shown.
pub(super) struct Sign {
    /// Its text; nothing if that is not known.
    pub text: Option<String>,
    /// Its width as a share of the font's size.
    pub width: f64,
    /// Whether it is the one-byte code of a blank, which may be set wider.
    pub blank: bool,
}

/// The fonts that were met, by their object.
#[derive(Default)]
pub(super) struct Fonts {
    known: BTreeMap<(i32, i32), Rc<Font>>,
    names: BTreeMap<&'static str, char>,
}

/// A font's codes.
pub(super) struct Font {
    /// Whether codes have two bytes.
    two: bool,
    unicode: Option<CMap>,
    signs: BTreeMap<u32, String>,
    widths: BTreeMap<u32, f64>,
    width: f64,
}

impl Fonts {
    /// A font of its dictionary.
    pub fn get(&mut self, dict: &Dict<'_>) -> Rc<Font> {
        let id = dict.obj_id().map(|id| (id.obj_number, id.gen_number));
        if let Some(font) = id.and_then(|id| self.known.get(&id)) {
            return font.clone();
        }
        if self.names.is_empty() {
            self.names = glyphs();
        }
        let font = Rc::new(Font::of(dict, &self.names));
        if let Some(id) = id {
            self.known.insert(id, font.clone());
        }
        font
    }
}

fn glyphs() -> BTreeMap<&'static str, char> {
    let lines = GLYPHS.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| {
        let (name, code) = line.split_once('\t')?;
        Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
    });
    pairs.collect()
}

impl Font {
    fn of(dict: &Dict<'_>, names: &BTreeMap<&'static str, char>) -> Font {
        let unicode = dict.get::<Stream<'_>>("ToUnicode").and_then(|stream| {
            let data = stream.decoded().ok()?;
            CMap::parse(&data, |_| None)
        });
        let subtype = dict.get::<Name<'_>>("Subtype");
        let two = subtype.is_some_and(|name| name.as_str() == "Type0");
        let mut font = Font {
            two,
            unicode,
            signs: BTreeMap::new(),
            widths: BTreeMap::new(),
            width: if two { 1.0 } else { 0.5 },
        };
        match two {
            true => font.composite(dict),
            false => font.simple(dict, names),
        }
        font
    }

    fn composite(&mut self, dict: &Dict<'_>) {
        let below = dict.get::<Array<'_>>("DescendantFonts");
        let Some(below) = below.and_then(|fonts| fonts.iter::<Dict<'_>>().next()) else {
            return;
        };
        if let Some(width) = below.get::<f64>("DW") {
            self.width = width / 1000.0;
        }
        let Some(widths) = below.get::<Array<'_>>("W") else {
            return;
        };
        let mut items = widths.iter::<Object<'_>>();
        while let (Some(Object::Number(first)), Some(next)) = (items.next(), items.next()) {
            let first = first.as_i64().clamp(0, 0xffff) as u32;
            match next {
                Object::Array(list) => {
                    for (n, width) in (0_u32..0x1_0000).zip(list.iter::<f64>()) {
                        self.widths.insert(first + n, width / 1000.0);
                    }
                }
                Object::Number(last) => {
                    let last = last.as_i64().clamp(0, 0xffff) as u32;
                    let Some(Object::Number(width)) = items.next() else {
                        return;
                    };
                    for code in first..=last {
                        self.widths.insert(code, width.as_f64() / 1000.0);
                    }
                }
                _ => return,
            }
        }
    }

    fn simple(&mut self, dict: &Dict<'_>, names: &BTreeMap<&'static str, char>) {
        let encoding = dict.get::<Object<'_>>("Encoding");
        let (mut base, mut differences) = (None, None);
        match encoding {
            Some(Object::Name(name)) => base = Some(name.as_str().to_owned()),
            Some(Object::Dict(encoding)) => {
                base = encoding
                    .get::<Name<'_>>("BaseEncoding")
                    .map(|name| name.as_str().to_owned());
                differences = encoding.get::<Array<'_>>("Differences");
            }
            _ => {}
        }
        let set = match base.as_deref() {
            Some("WinAnsiEncoding") => Some(encoding_rs::WINDOWS_1252),
            Some("MacRomanEncoding") => Some(encoding_rs::MACINTOSH),
            _ => None,
        };
        for code in 0x20..=0xff_u8 {
            let text = match set {
                Some(set) => set.decode_without_bom_handling(&[code]).0.into_owned(),
                None => match standard(code, names) {
                    Some(sign) => sign,
                    None => continue,
                },
            };
            self.signs.insert(u32::from(code), text);
        }
        let mut code = 0_u32;
        for item in differences
            .into_iter()
            .flat_map(|list| list.iter::<Object<'_>>().collect::<Vec<_>>())
        {
            match item {
                Object::Number(number) => code = number.as_i64().clamp(0, 255) as u32,
                Object::Name(name) => {
                    match named(name.as_str(), names) {
                        Some(text) => self.signs.insert(code, text),
                        None => self.signs.remove(&code),
                    };
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
        let first = dict.get::<i32>("FirstChar").unwrap_or(0).clamp(0, 255) as u32;
        // The sizes of a drawn font are its own.
        let drawn = dict
            .get::<Name<'_>>("Subtype")
            .is_some_and(|name| name.as_str() == "Type3");
        let matrix = dict.get::<Array<'_>>("FontMatrix");
        let scale = matrix
            .and_then(|matrix| matrix.iter::<f64>().next())
            .filter(|_| drawn)
            .unwrap_or(0.001);
        let widths = dict.get::<Array<'_>>("Widths");
        for (n, width) in (0..256).zip(
            widths
                .into_iter()
                .flat_map(|list| list.iter::<f64>().collect::<Vec<_>>()),
        ) {
            self.widths.insert(first + n, width * scale);
        }
    }

    /// The signs of a string.
    pub fn signs(&self, bytes: &[u8]) -> Vec<Sign> {
        let one = |code: u32, blank: bool| Sign {
            text: self.text(code),
            width: self.widths.get(&code).copied().unwrap_or(self.width),
            blank,
        };
        match self.two {
            true => bytes
                .chunks_exact(2)
                .map(|pair| one(u32::from(pair[0]) << 8 | u32::from(pair[1]), false))
                .collect(),
            false => bytes
                .iter()
                .map(|byte| one(u32::from(*byte), *byte == b' '))
                .collect(),
        }
    }

    fn text(&self, code: u32) -> Option<String> {
        let mapped = self
            .unicode
            .as_ref()
            .and_then(|map| map.lookup_bf_string(code));
        let text = match mapped {
            Some(BfString::Char(sign)) => Some(sign.to_string()),
            Some(BfString::String(text)) => Some(text),
            None => self.signs.get(&code).cloned(),
        };
        text.map(|text| spelt(&text))
            .filter(|text| !text.contains(['\u{fffd}', '\0']))
    }
}

/// Letters that are drawn as one sign, spelt.
fn spelt(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            '\u{a0}' | '\t' | '\r' | '\n' => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}

/// The text of a glyph's name.
fn named(name: &str, names: &BTreeMap<&'static str, char>) -> Option<String> {
    let bare = name.split('.').next().filter(|bare| !bare.is_empty())?;
    if matches!(bare, "fi" | "fl" | "ff" | "ffi" | "ffl") {
        return Some(bare.to_owned());
    }
    if let Some(sign) = names.get(bare) {
        return Some(sign.to_string());
    }
    let digits = bare
        .strip_prefix("uni")
        .filter(|d| d.len() == 4)
        .or_else(|| {
            bare.strip_prefix('u')
                .filter(|d| (4..=6).contains(&d.len()))
        })?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?).map(String::from)
}

/// Adobe's standard encoding, which fonts have that name none.
fn standard(code: u8, names: &BTreeMap<&'static str, char>) -> Option<String> {
    let name = match code {
        0x27 => "quoteright",
        0x60 => "quoteleft",
        0x20..=0x7e => return Some(char::from(code).to_string()),
        161..=251 => HIGH.get(usize::from(code) - 161).copied()?,
        _ => return None,
    };
    named(name, names)
}

/// The standard encoding from 161 on.
const HIGH: [&str; 91] = [
    "exclamdown",
    "cent",
    "sterling",
    "fraction",
    "yen",
    "florin",
    "section",
    "currency",
    "quotesingle",
    "quotedblleft",
    "guillemotleft",
    "guilsinglleft",
    "guilsinglright",
    "fi",
    "fl",
    "",
    "endash",
    "dagger",
    "daggerdbl",
    "periodcentered",
    "",
    "paragraph",
    "bullet",
    "quotesinglbase",
    "quotedblbase",
    "quotedblright",
    "guillemotright",
    "ellipsis",
    "perthousand",
    "",
    "questiondown",
    "",
    "grave",
    "acute",
    "circumflex",
    "tilde",
    "macron",
    "breve",
    "dotaccent",
    "dieresis",
    "",
    "ring",
    "cedilla",
    "",
    "hungarumlaut",
    "ogonek",
    "caron",
    "emdash",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "AE",
    "",
    "ordfeminine",
    "",
    "",
    "",
    "",
    "Lslash",
    "Oslash",
    "OE",
    "ordmasculine",
    "",
    "",
    "",
    "",
    "",
    "ae",
    "",
    "",
    "",
    "dotlessi",
    "",
    "",
    "lslash",
    "oslash",
    "oe",
    "germandbls",
];
