//! Lines that are a date.

use onrecord_model::{DateSource, PartialDate, Weekday, printed_dates};

/// A line that says when the article was published or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateLine {
    /// The date.
    pub date: PartialDate,
    /// What the line says of it.
    pub from: DateSource,
    /// Whether a weekday printed beside it contradicts it.
    pub weekday_wrong: bool,
}

const PUBLISHED: [&str; 9] = [
    "published",
    "posted",
    "date",
    "publication date",
    "first published",
    "release date",
    "created",
    "issued",
    "added",
];
const MODIFIED: [&str; 6] = [
    "last modified",
    "modified",
    "updated",
    "last updated",
    "last update",
    "update",
];

/// Reads a line that is a date and little else: "29/06/2021", "Published 29 October 2015",
/// "Last Modified: Sunday، 03 February 2019 02:30 PM", "Posted on March 3, 2020 at 10:15".
///
/// A sentence that holds a date is none.
pub fn read(line: &str) -> Option<DateLine> {
    if line.chars().count() > 90 {
        return None;
    }
    let found = printed_dates(line, None);
    let first = found.first()?;
    let before = words(&line[..first.start]);
    let after = words(&line[first.end..]);
    let from = kind_of(&before)?;
    if !after.iter().all(|word| is_time_word(word)) {
        // "Published 3 May 2019 | Updated 4 May 2019": the first date counts
        let second_kind = after
            .iter()
            .any(|w| matches!(w.as_str(), "updated" | "modified" | "published"));
        if !(second_kind && found.len() == 2) {
            return None;
        }
    }
    Some(DateLine {
        date: first.date,
        from,
        weekday_wrong: !first.weekday_agrees(),
    })
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn kind_of(before: &[String]) -> Option<DateSource> {
    let phrase: Vec<&str> = before
        .iter()
        .map(String::as_str)
        .filter(|w| !matches!(*w, "on" | "at" | "the") && Weekday::read(w).is_none())
        .collect();
    let phrase = phrase.join(" ");
    if phrase.is_empty() {
        Some(DateSource::DateLine)
    } else if PUBLISHED.contains(&phrase.as_str()) {
        Some(DateSource::PublishedLine)
    } else if MODIFIED.contains(&phrase.as_str()) {
        Some(DateSource::ModifiedLine)
    } else {
        None
    }
}

/// Words of a time of day or a zone.
fn is_time_word(word: &str) -> bool {
    const WORDS: [&str; 24] = [
        "am", "pm", "at", "gmt", "utc", "bst", "est", "edt", "cet", "cest", "ast", "msk", "pst",
        "pdt", "h", "hrs", "hours", "local", "time", "by", "on", "z", "t", "a",
    ];
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    WORDS.contains(&word)
        || Weekday::read(word).is_some()
        || (!digits.is_empty()
            && digits.len() <= 4
            && digits.bytes().all(|b| b.is_ascii_digit())
            && (digits.len() == word.len() || WORDS.contains(&&word[digits.len()..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_lines_and_what_is_none() {
        for (line, date, from) in [
            ("29/06/2021", "2021-06-29", DateSource::DateLine),
            (
                "Published 29 October 2015",
                "2015-10-29",
                DateSource::PublishedLine,
            ),
            (
                "Posted on March 3, 2020 at 10:15 am",
                "2020-03-03",
                DateSource::PublishedLine,
            ),
            (
                "Last Modified: Sunday، 03 February 2019 02:30 PM",
                "2019-02-03",
                DateSource::ModifiedLine,
            ),
            (
                "Tuesday, June 29, 2021 - 14:05 GMT",
                "2021-06-29",
                DateSource::DateLine,
            ),
        ] {
            let read = read(line).unwrap_or_else(|| panic!("{line} is a date line"));
            assert_eq!(
                (read.date.to_string().as_str(), read.from),
                (date, from),
                "{line}"
            );
            assert!(!read.weekday_wrong, "{line}");
        }
        for line in [
            "On 3 May 2019 the senate voted.",
            "Talks on 3 May 2019 in Geneva",
            "Page 3",
        ] {
            assert!(read(line).is_none(), "{line}");
        }
        assert!(read("Monday, 29 June 2021").is_some_and(|d| d.weekday_wrong));
    }
}
