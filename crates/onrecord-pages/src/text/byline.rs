//! Lines that name the author.

use onrecord_lexicon::Words;
use onrecord_model::{PartialDate, printed_dates};

use super::lines::{ends_sentence, word_count};

/// What a byline says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Byline {
    /// The author line without "By" and without the outlet.
    pub author: String,
    /// The outlet, where one stands after "for".
    pub publisher: Option<String>,
    /// A date printed in the line.
    pub date: Option<PartialDate>,
    /// Whether it is a "Posted on ... by ..." line, whose name gives way to a plain byline.
    pub posted: bool,
}

/// Reads a byline: "By A B and C D", "by A B for The Post", "Posted on 3 May 2019 by A B",
/// "By A. B.: @handle", "By Staff, Agencies", "From A B in Tal Amar".
///
/// "Proofread by", "Photo by" and the like are none: they do not begin with "By" or "Posted".
pub fn read(line: &str) -> Option<Byline> {
    let line = &line.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line
        .trim_start_matches(['—', '–', '-', '|', '•'])
        .trim_start();
    if line.chars().count() > 140
        || ends_sentence(line.trim_end_matches("Jr.")) && word_count(line) > 8
    {
        return None;
    }
    let (rest, posted) =
        match strip_word(line, &["posted on", "posted", "published on", "published"]) {
            Some(rest) => {
                // "Posted on <date, perhaps missing> by <name>"
                let lower = rest.to_lowercase();
                let at = if lower.starts_with("by ") {
                    0
                } else {
                    lower.find(" by ")? + 1
                };
                (rest.get(at + 3..)?, true)
            }
            None => {
                let openings = ["by", "words by", "written by", "story by", "report by"];
                let by = strip_word(line, &openings);
                // "From Ana Tal in Tal Amar": a correspondent; "From Monday" is none
                let from = || {
                    strip_word(line, &["from"])
                        .filter(|rest| rest.contains(" in ") && word_count(rest) <= 8)
                };
                (by.or_else(from)?, false)
            }
        };
    let date = printed_dates(line, None)
        .first()
        .filter(|d| d.has_year)
        .map(|d| d.date);
    let mut name = rest.trim().trim_start_matches(':').trim_start();
    if name
        .split_whitespace()
        .next()
        .is_some_and(|w| w.starts_with(char::is_lowercase) && !is_particle(w))
    {
        return None; // "By no means", "by the way"
    }
    name = cut(
        name,
        &[
            " | ",
            " – ",
            " — ",
            " / ",
            " • ",
            " · ",
            ": @",
            " @",
            " on ",
            ", updated",
            ", published",
        ],
    );
    if let Some(found) = printed_dates(name, None).first().filter(|d| d.has_year) {
        name = name[..found.start].trim_end_matches([',', ' ', '-', '–', '|']);
    }
    let (name, publisher) = match name.split_once(" for ") {
        Some((name, outlet)) => (
            name,
            Some(outlet.trim().trim_end_matches([':', ',']).to_owned()),
        ),
        None => (name, None),
    };
    let name = name.split_once(" in ").map_or(name, |(name, _)| name);
    let author = name
        .trim()
        .trim_end_matches([':', ',', ';', '|'])
        .trim_end();
    let length = word_count(author);
    let named = author.split_whitespace().all(|w| {
        !w.starts_with(char::is_lowercase)
            || is_particle(w)
            || matches!(w, "and" | "in" | "with" | "correspondent")
    });
    ((1..=14).contains(&length) && named).then(|| Byline {
        author: author.to_owned(),
        publisher,
        date,
        posted,
    })
}

impl Byline {
    /// The byline with the outlet that stands after a comma told from the author: "By Ana
    /// Tal, The Ferry Post".
    pub fn with_outlet(mut self, words: &Words) -> Byline {
        if self.publisher.is_none()
            && let Some((person, outlet)) = self.author.rsplit_once(", ")
            && super::classify::is_outlet_name(outlet, words)
            && word_count(person) >= 2
        {
            self.publisher = Some(outlet.to_owned());
            self.author = person.to_owned();
        }
        self
    }
}

fn is_particle(word: &str) -> bool {
    let bare = word.split(['-', '‑', '’', '\'']).next().unwrap_or(word);
    matches!(
        bare,
        "al" | "el"
            | "ul"
            | "bin"
            | "ibn"
            | "abu"
            | "de"
            | "da"
            | "del"
            | "della"
            | "di"
            | "do"
            | "dos"
            | "du"
            | "la"
            | "le"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ter"
            | "ten"
            | "st"
            | "y"
            | "e"
            | "af"
            | "av"
            | "zu"
            | "ould"
            | "d"
    )
}

/// The line after one of these openings, in any case, at a word's end.
fn strip_word<'l>(line: &'l str, openings: &[&str]) -> Option<&'l str> {
    openings.iter().find_map(|opening| {
        let head = line.get(..opening.len())?;
        let rest = &line[opening.len()..];
        (head.eq_ignore_ascii_case(opening) && rest.starts_with([' ', ':'])).then_some(rest)
    })
}

fn cut<'l>(text: &'l str, at: &[&str]) -> &'l str {
    let end = at
        .iter()
        .filter_map(|mark| text.find(mark))
        .min()
        .unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_and_what_is_none() {
        let words = &onrecord_lexicon::Lexicon::built_in().words;
        for (line, author, publisher) in [
            ("By Ana Tal and Omar Benn", "Ana Tal and Omar Benn", None),
            (
                "by Erik Lund for The Harbour Blog",
                "Erik Lund",
                Some("The Harbour Blog"),
            ),
            ("By Ana B. Tal: @anatal", "Ana B. Tal", None),
            ("Posted on\u{a0}\u{a0}by\u{a0}Ana B Tal", "Ana B Tal", None),
            ("Posted on May 3, 2019 by admin K. Benn", "", None),
            ("By Staff, Agencies", "Staff, Agencies", None),
            ("By Ana Tal | 3 May 2019", "Ana Tal", None),
            ("By Leila al-Amin", "Leila al-Amin", None),
            (
                "By Ana Tal, The Ferry Post",
                "Ana Tal",
                Some("The Ferry Post"),
            ),
            ("From Ana Tal in Tal Amar", "Ana Tal", None),
        ] {
            match read(line).map(|b| b.with_outlet(words)) {
                Some(byline) => {
                    assert_eq!(byline.author, author, "{line}");
                    assert_eq!(byline.publisher.as_deref(), publisher, "{line}");
                }
                None => assert!(author.is_empty(), "{line} is a byline"),
            }
        }
        for line in [
            "By Friday the army had left the town.",
            "Proofread by: A. Reader",
            "By no means a small thing",
            "From Monday on the gates stay shut",
            "By the time the vote came, the hall had emptied and the guards were gone.",
        ] {
            assert!(read(line).is_none(), "{line}");
        }
    }
}
