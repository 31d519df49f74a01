//! `pages/*.toml`: lines of a page that are no part of an article; news agencies.

use std::collections::HashSet;

use serde::Deserialize;

use crate::wires::{self, CreditEntry, WireEntry};
use crate::{File, LexiconError, Wires, fold};

/// What is known of the furniture of pages, and of wires.
#[derive(Clone, Debug, Default)]
pub struct PageWords {
    /// The kinds of line, in order of files and entries.
    pub furniture: Vec<Furniture>,
    /// News agencies whose copy others print.
    pub wires: Wires,
}

/// A kind of line that is no part of an article.
#[derive(Clone, Debug)]
pub struct Furniture {
    /// Unique key (`comments.policy`).
    pub id: String,
    /// What such a line is.
    pub kind: FurnitureKind,
    /// Whether an article before it is over: what follows is another article or nothing.
    pub ends_article: bool,
    /// Whether all lines after it, up to the next article, belong to it.
    pub block: bool,
    /// Whether a page with such a title or line, and little text beside it, tells of an error
    /// and holds no article.
    pub error_page: bool,
    /// Lines it must take.
    pub yes: Vec<String>,
    /// Lines it must leave.
    pub no: Vec<String>,
    whole: HashSet<String>,
    starts: Vec<String>,
    contains: Vec<String>,
}

/// What a line of furniture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum FurnitureKind {
    Comments,
    Navigation,
    Related,
    Legal,
    Donation,
    AuthorNote,
    Credit,
    Caption,
}

impl PageWords {
    /// The first kind of furniture that a line is, if it is any.
    ///
    /// ```
    /// let lexicon = onrecord_lexicon::Lexicon::built_in();
    /// let found = lexicon.pages.furniture_of("Leave a Reply").expect("a comment box");
    /// assert!(found.ends_article);
    /// assert!(lexicon.pages.furniture_of("The minister left a reply.").is_none());
    /// ```
    pub fn furniture_of(&self, line: &str) -> Option<&Furniture> {
        let key = LineKey::of(line);
        self.furniture.iter().find(|f| f.takes(&key))
    }
}

impl Furniture {
    fn takes(&self, key: &LineKey) -> bool {
        self.whole.contains(key.bare())
            || self.starts.iter().any(|s| key.0.starts_with(s.as_str()))
            || self.contains.iter().any(|c| key.0.contains(c.as_str()))
    }
}

/// A line as it is compared: folded, lower case, bullets before it dropped.
struct LineKey(String);

impl LineKey {
    fn of(line: &str) -> LineKey {
        let folded = fold(line).to_lowercase();
        let bullet =
            |c: char| !c.is_alphanumeric() && !matches!(c, '%' | '©' | '(' | '[' | '"' | '@');
        LineKey(folded.trim_start_matches(bullet).to_owned())
    }

    /// The line without marks at its end.
    fn bare(&self) -> &str {
        self.0
            .trim_end_matches(|c: char| c.is_whitespace() || ".:!*»>|…→,".contains(c))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Room {
    #[serde(default)]
    furniture: Vec<Entry>,
    #[serde(default)]
    wire: Vec<WireEntry>,
    #[serde(default)]
    credit: Vec<CreditEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    kind: FurnitureKind,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    starts: Vec<String>,
    #[serde(default)]
    contains: Vec<String>,
    #[serde(default)]
    ends_article: bool,
    #[serde(default)]
    block: bool,
    #[serde(default)]
    error_page: bool,
    yes: Vec<String>,
    no: Vec<String>,
}

pub(crate) fn read(files: &[&File]) -> Result<PageWords, LexiconError> {
    let mut furniture: Vec<Furniture> = Vec::new();
    let mut wires = Wires::default();
    for file in files {
        let room = file.toml::<Room>()?;
        wires::add(&mut wires, file, room.wire, room.credit)?;
        for entry in room.furniture {
            if entry.whole.is_empty() && entry.starts.is_empty() && entry.contains.is_empty() {
                let line = file.line_of(&format!("\"{}\"", entry.id));
                return Err(file.wrong(
                    line,
                    format!("`{}` needs whole, starts or contains", entry.id),
                ));
            }
            let keys = |list: &[String]| list.iter().map(|l| LineKey::of(l).0).collect::<Vec<_>>();
            let kind = Furniture {
                whole: entry
                    .whole
                    .iter()
                    .map(|l| LineKey::of(l).bare().to_owned())
                    .collect(),
                starts: keys(&entry.starts),
                contains: keys(&entry.contains),
                id: entry.id,
                kind: entry.kind,
                ends_article: entry.ends_article,
                block: entry.block,
                error_page: entry.error_page,
                yes: entry.yes,
                no: entry.no,
            };
            match furniture.iter().position(|f| f.id == kind.id) {
                Some(at) => furniture[at] = kind,
                None => furniture.push(kind),
            }
        }
    }
    Ok(PageWords { furniture, wires })
}

#[cfg(test)]
mod tests {
    use crate::Lexicon;

    #[test]
    fn every_kind_takes_its_yes_lines_and_leaves_its_no_lines() {
        for kind in &Lexicon::built_in().pages.furniture {
            assert!(
                !kind.yes.is_empty() && !kind.no.is_empty(),
                "{}: yes and no lines",
                kind.id
            );
            for line in &kind.yes {
                assert!(
                    kind.takes(&super::LineKey::of(line)),
                    "{} must take: {line}",
                    kind.id
                );
            }
            for line in &kind.no {
                let found = Lexicon::built_in().pages.furniture_of(line);
                assert!(
                    found.is_none_or(|f| f.id != kind.id),
                    "{} must leave: {line}",
                    kind.id
                );
            }
        }
    }
}
