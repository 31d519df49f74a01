//! What a line is, seen by itself.

use onrecord_lexicon::{Furniture, FurnitureKind, Lexicon, Words};
use onrecord_model::LineRole;

use super::byline::{self, Byline};
use super::dateline::{self, DateLine};
use super::lines::{RawLine, ends_sentence, word_count};
use crate::HostLines;
use crate::host::line_hash;

/// What a line looks like before its neighbours are asked.
#[derive(Clone, Debug)]
pub enum Looks<'l> {
    /// Nothing on it.
    Blank,
    /// Furniture by the lexicon.
    Furniture(&'l Furniture),
    /// Furniture for another reason: role and reason.
    Fixture(LineRole, &'static str),
    /// A line that is a date.
    Date(DateLine),
    /// A line that names the author.
    Byline(Byline),
    /// A caption with its credit.
    Caption,
    /// A bare name in capitals, or a trail of sections that ends in a name.
    Outlet(String),
    /// Could head an article.
    Heading,
    /// Running text.
    Prose,
    /// Introduces what follows: ends in a comma or colon.
    Lead,
    /// Anything else.
    Short,
}

impl Looks<'_> {
    /// Whether the line is running text or introduces some.
    pub fn is_text(&self) -> bool {
        matches!(self, Looks::Prose | Looks::Lead)
    }

    /// Whether an article before the line is over.
    pub fn ends_article(&self) -> bool {
        matches!(self, Looks::Furniture(f) if f.ends_article)
    }
}

/// Looks at one line.
pub fn look<'l>(line: &RawLine<'_>, host_lines: &HostLines, lexicon: &'l Lexicon) -> Looks<'l> {
    let text = line.text;
    if line.is_blank() {
        return Looks::Blank;
    }
    if !text.contains(char::is_alphabetic) {
        return match dateline::read(text) {
            Some(date) => Looks::Date(date),
            None => Looks::Fixture(LineRole::Navigation, "no letters"),
        };
    }
    let hosted = || line_hash(text).is_some_and(|hash| host_lines.contains(&hash));
    if !host_lines.is_empty() && hosted() {
        return Looks::Fixture(LineRole::Navigation, "repeated on many pages of this host");
    }
    if is_address(text) {
        return Looks::Fixture(LineRole::RelatedLink, "a bare web address");
    }
    if has_credit(text) {
        return Looks::Caption;
    }
    if let Some(found) = lexicon.pages.furniture_of(text) {
        if found.kind != FurnitureKind::Caption {
            return Looks::Furniture(found);
        }
        if word_count(text) <= 14 && !has_finite_verb(text, lexicon) {
            return Looks::Caption;
        }
    }
    if let Some(field) = header_field(text) {
        return field;
    }
    if let Some(date) = dateline::read(text) {
        return Looks::Date(date);
    }
    if let Some(found) = byline::read(text) {
        return Looks::Byline(found.with_outlet(&lexicon.words));
    }
    if let Some(role) = trail(text, lexicon) {
        return role;
    }
    if is_verbless(text, lexicon) {
        return Looks::Caption;
    }
    shape(text, lexicon)
}

fn shape(text: &str, lexicon: &Lexicon) -> Looks<'static> {
    let words = word_count(text);
    let share = function_share(text, lexicon);
    let capitals = capital_share(text);
    let stops = ends_sentence(text);
    if capitals > 0.8 && words >= 3 {
        return Looks::Heading; // a headline in capitals may end in a stop
    }
    if text.starts_with(['•', '·', '▪', '●', '*', '-', '–', '►', '»']) && !stops {
        return Looks::Short;
    }
    if stops && words >= 4 && share > 0.0 || stops && starts_with_quote(text) && words >= 3 {
        return Looks::Prose;
    }
    if words >= 18 && share >= 0.2 {
        return Looks::Prose; // a paragraph cut short, or a long one with a lost stop
    }
    let bare = text.trim_end_matches(['”', '"', ' ']);
    if bare.ends_with([',', ':', ';']) && words >= 3 {
        return Looks::Lead;
    }
    if (3..=28).contains(&words) && !stops {
        return Looks::Heading;
    }
    if words == 1 && capitals == 1.0 && text.chars().filter(|c| c.is_alphabetic()).count() >= 5 {
        return Looks::Outlet(text.trim().to_owned());
    }
    Looks::Short
}

fn starts_with_quote(text: &str) -> bool {
    text.starts_with(['“', '"', '«', '‘'])
}

/// Share of the words that hold sentences together.
fn function_share(text: &str, lexicon: &Lexicon) -> f64 {
    let words: Vec<&str> = text.split_whitespace().collect();
    let held = words
        .iter()
        .filter(|w| {
            let bare = w
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase();
            lexicon.words.function_words.contains(&bare)
        })
        .count();
    if words.is_empty() {
        0.0
    } else {
        held as f64 / words.len() as f64
    }
}

fn capital_share(text: &str) -> f64 {
    let letters = text
        .chars()
        .filter(|c| c.is_alphabetic() && (c.is_uppercase() || c.is_lowercase()));
    let (mut all, mut capital) = (0usize, 0usize);
    for c in letters {
        all += 1;
        capital += usize::from(c.is_uppercase());
    }
    if all == 0 {
        0.0
    } else {
        capital as f64 / all as f64
    }
}

fn has_finite_verb(text: &str, lexicon: &Lexicon) -> bool {
    let bare = |w: &str| {
        w.trim_matches(|c: char| !c.is_alphanumeric())
            .replace('’', "'")
            .to_lowercase()
    };
    text.split_whitespace()
        .any(|w| lexicon.words.finite_verbs.contains(&bare(w)))
}

/// Whether a short line that ends in a full stop has no word that could be its verb, as
/// captions have none: "The new board of the port in Tal Amar."
fn is_verbless(text: &str, lexicon: &Lexicon) -> bool {
    let words = word_count(text);
    if !(4..=14).contains(&words)
        || !text.ends_with('.')
        || text.contains(['“', '”', '"', ':', '?'])
    {
        return false;
    }
    let could_be_verb = |w: &str| {
        let bare = w.trim_matches(|c: char| !c.is_alphanumeric());
        let small = bare.starts_with(char::is_lowercase);
        small
            && (bare.ends_with("ed")
                || bare.ends_with('s') && !matches!(bare, "its" | "his" | "this" | "as"))
    };
    text.starts_with(char::is_uppercase)
        && capital_share(text) < 0.8
        && !has_finite_verb(text, lexicon)
        && !text.split_whitespace().any(could_be_verb)
}

/// "From: The Example Weekly", "Section: World": fields of a print view or an e-mail.
fn header_field(text: &str) -> Option<Looks<'static>> {
    let (key, value) = text.split_once(':')?;
    let value = value.trim();
    if value.is_empty() || word_count(value) > 8 || ends_sentence(value) {
        return None;
    }
    match key.trim().to_lowercase().as_str() {
        "from" | "publication" | "publisher" | "newspaper" | "outlet" if !value.contains('@') => {
            Some(Looks::Outlet(value.to_owned()))
        }
        "author" | "byline" => {
            let author = value.to_owned();
            Some(Looks::Byline(Byline {
                author,
                publisher: None,
                date: None,
                posted: false,
            }))
        }
        "section" | "to" | "from" | "category" | "page" | "edition" => Some(Looks::Fixture(
            LineRole::Navigation,
            "a field of a print view",
        )),
        _ => None,
    }
}

fn is_address(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    words.next().is_none()
        && (first.starts_with("http://")
            || first.starts_with("https://")
            || first.starts_with("www."))
}

/// Whether a line ends in the credit of a picture: "(Photo: ...)", "| Photo: ...",
/// "[... File photo]".
fn has_credit(text: &str) -> bool {
    const WORDS: [&str; 9] = [
        "photo",
        "photograph",
        "image",
        "picture",
        "file photo",
        "photo by",
        "credit",
        "courtesy",
        "screengrab",
    ];
    let lower = text.to_lowercase();
    let tail_at = lower.rfind(['(', '|', '[']);
    let Some(at) = tail_at else { return false };
    let tail = lower[at + 1..].trim_start();
    let opens_credit = WORDS.iter().any(|w| {
        tail.strip_prefix(w).is_some_and(|rest| {
            rest.trim_start()
                .starts_with([':', ')', ']', '/', '|', 'b'])
        })
    });
    opens_credit
        || tail.ends_with("photo)")
        || tail.ends_with("photo]")
        || tail.ends_with("/afp)")
        || tail.ends_with("/ap)")
        || tail.ends_with("/reuters)")
}

/// "News > World" is a menu; "Harbour News - Local News - Ferrypost" names the outlet.
fn trail(text: &str, lexicon: &Lexicon) -> Option<Looks<'static>> {
    let short = |parts: &[&str]| parts.iter().all(|p| (1..=4).contains(&word_count(p)));
    for separator in [" > ", " » ", " › ", " / ", " | ", "   ", "\t"] {
        let parts: Vec<&str> = text
            .split(separator)
            .map(str::trim)
            .filter(|p| !p.is_empty())
            .collect();
        let least = if separator.trim().is_empty() { 3 } else { 2 };
        if parts.len() >= least && short(&parts) {
            return Some(Looks::Fixture(LineRole::Navigation, "a trail of sections"));
        }
    }
    for separator in [" - ", " — ", " – "] {
        let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
        if parts.len() < 2 || ends_sentence(text) {
            continue;
        }
        let named = parts.iter().find(|p| is_outlet_name(p, &lexicon.words));
        let is_section = |part: &&&str| {
            part.split_whitespace().any(|w| {
                matches!(
                    w,
                    "News" | "Local" | "World" | "Politics" | "Home" | "Region"
                )
            })
        };
        let sections = parts.iter().filter(is_section).count();
        if short(&parts) && sections > 0 {
            let outlet = named.or(parts.last())?;
            return Some(Looks::Outlet((*outlet).to_owned()));
        }
        // "The Example Weekly — News and letters from the straits": a masthead
        if parts.len() == 2
            && is_outlet_name(parts[0], &lexicon.words)
            && parts[0].split_whitespace().count() >= 2
        {
            return Some(Looks::Outlet(parts[0].to_owned()));
        }
    }
    None
}

/// Whether a short run of capitalised words names an outlet: "The Example Weekly",
/// "THE KELMET QUARTERLY". "Local News" does not: "news" alone makes no name.
pub fn is_outlet_name(text: &str, known: &Words) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capitalised = |w: &&str| {
        w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(*w, "of" | "the" | "and" | "&")
    };
    (1..=5).contains(&words.len())
        && words.iter().all(capitalised)
        && words
            .iter()
            .any(|w| known.outlet_heads.contains(&w.to_lowercase()))
}
