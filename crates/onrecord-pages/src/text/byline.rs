//! Lines that name the author.

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
    let line = line.trim_start_matches(['—', '–', '-', '|', '•']).trim_start();
    if line.chars().count() > 140 || ends_sentence(line.trim_end_matches("Jr.")) && word_count(line) > 8 {
        return None;
    }
    let (rest, posted) = match strip_word(line, &["posted on", "posted", "published on", "published"]) {
        Some(rest) => {
            // "Posted on <date, perhaps missing> by <name>"
            let lower = rest.to_lowercase();
            let at = if lower.starts_with("by ") { 0 } else { lower.find(" by ")? + 1 };
            (rest.get(at + 3..)?, true)
        }
        None => (strip_word(line, &["by", "words by", "written by", "story by", "report by"])?, false),
    };
    let date = printed_dates(line, None).first().filter(|d| d.has_year).map(|d| d.date);
    let mut name = rest.trim().trim_start_matches(':').trim_start();
    if name.split_whitespace().next().is_some_and(|w| w.starts_with(char::is_lowercase) && !is_particle(w)) {
        return None; // "By no means", "by the way"
    }
    name = cut(name, &[" | ", " – ", " — ", " / ", " • ", " · ", ": @", " @", " on ", ", updated", ", published"]);
    if let Some(found) = printed_dates(name, None).first().filter(|d| d.has_year) {
        name = name[..found.start].trim_end_matches([',', ' ', '-', '–', '|']);
    }
    let (name, publisher) = match name.split_once(" for ") {
        Some((name, outlet)) => (name, Some(outlet.trim().trim_end_matches([':', ',']).to_owned())),
        None => (name, None),
    };
    let author = name.trim().trim_end_matches([':', ',', ';', '|']).trim_end();
    let words = word_count(author);
    let named = author
        .split_whitespace()
        .all(|w| !w.starts_with(char::is_lowercase) || is_particle(w) || matches!(w, "and" | "in" | "with" | "correspondent"));
    ((1..=14).contains(&words) && named)
        .then(|| Byline { author: author.to_owned(), publisher, date, posted })
}

fn is_particle(word: &str) -> bool {
    let bare = word.split(['-', '‑', '’', '\'']).next().unwrap_or(word);
    matches!(
        bare,
        "al" | "el" | "ul" | "bin" | "ibn" | "abu" | "de" | "da" | "del" | "della" | "di" | "do" | "dos" | "du" | "la"
            | "le" | "van" | "von" | "der" | "den" | "ter" | "ten" | "st" | "y" | "e" | "af" | "av" | "zu" | "ould" | "d"
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
    let end = at.iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_and_what_is_none() {
        for (line, author, publisher) in [
            ("By Ana Tal and Omar Benn", "Ana Tal and Omar Benn", None),
            ("by Erik Lund for The Harbour Blog", "Erik Lund", Some("The Harbour Blog")),
            ("By Ana B. Tal: @anatal", "Ana B. Tal", None),
            ("Posted on\u{a0}\u{a0}by\u{a0}Ana B Tal", "Ana B Tal", None),
            ("Posted on May 3, 2019 by admin K. Benn", "", None),
            ("By Staff, Agencies", "Staff, Agencies", None),
            ("By Ana Tal | 3 May 2019", "Ana Tal", None),
            ("By Leila al-Amin", "Leila al-Amin", None),
        ] {
            match read(line) {
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
            "By the time the vote came, the hall had emptied and the guards were gone.",
        ] {
            assert!(read(line).is_none(), "{line}");
        }
    }
}
