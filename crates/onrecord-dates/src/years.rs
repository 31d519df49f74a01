//! Years: "in 2014", "late 2017", "2003-2011".

use onrecord_model::{PartialDate, TokenKind};

use crate::Dated;
use crate::clock::{Clock, Word, before, inside, lower};

/// "in 2014", "late 2017", "2003-2011", "the 2005 vote".
pub fn find(words: &[Word], clock: &Clock) -> Vec<Dated> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let word = inside(&words[at].lower);
        let part = word.len() < words[at].lower.len();
        let Some((year, range)) = year_at(word) else {
            at += 1;
            continue;
        };
        let mut from = at;
        if matches!(before(words, from), "late" | "early" | "mid" | "mid-") {
            from -= 1;
        }
        let lead = before(words, from);
        let in_time = matches!(
            lead,
            "in" | "since"
                | "until"
                | "till"
                | "by"
                | "from"
                | "during"
                | "of"
                | "before"
                | "after"
                | "through"
                | "around"
                | "late"
                | "early"
                | "mid"
                | "year"
                | "between"
                | "throughout"
                | "back"
                | "for"
        );
        let possible = clock.now.is_none_or(|now| year <= now.year_number() + 30);
        let recent = clock
            .now
            .is_some_and(|now| (1900..=now.year_number() + 10).contains(&year));
        let next = lower(words, at + 1);
        // "the 2005 vote", not "the 2005 soldiers".
        let adjective = matches!(
            lead,
            "the" | "its" | "a" | "their" | "his" | "her" | "'s" | "’s"
        ) && !next.is_empty()
            && words.get(at + 1).is_some_and(|w| w.kind == TokenKind::Word)
            && (!next.ends_with('s') || year % 50 != 0 && recent);
        let counts = lead == "for"
            || lead == "of"
            || lead == "by"
            || lead == "around"
            || lead == "after"
            || lead == "from";
        let number = counts
            && words.get(at + 1).is_some_and(|w| {
                w.kind == TokenKind::Word && w.lower.ends_with('s') && w.lower.len() > 3
            });
        let bracketed = lead == "(" && matches!(next, ")" | "," | ";");
        if possible && (in_time && !number || adjective || bracketed || from < at || part || range)
        {
            // "from 2007 to 2010" is one expression and gives its start.
            let joins = matches!(next, "to" | "until" | "till" | "through" | "-" | "–")
                || lead == "between" && next == "and";
            let to = if joins && year_at(lower(words, at + 2)).is_some() {
                at + 2
            } else {
                at
            };
            if let Some(date) = PartialDate::year(year) {
                found.push(Dated {
                    span: words[from].span.join(words[to].span),
                    date,
                    anchor: "text",
                });
            }
            at = to;
            // "in 2008 and 2012", "2008, 2012 and 2016"
            while matches!(lower(words, at + 1), "and" | "or" | ",")
                && let Some((year, false)) = year_at(lower(words, at + 2))
                && let Some(date) = PartialDate::year(year)
            {
                at += 2;
                let span = words[at].span;
                let anchor = "text";
                found.push(Dated { span, date, anchor });
            }
        }
        at += 1;
    }
    found
}

/// A year, or the first of a range written as one word ("2003-2011").
fn year_at(word: &str) -> Option<(i16, bool)> {
    let (first, rest) = match word.split_once(['-', '–', '/']) {
        Some((first, rest)) => (first, Some(rest)),
        None => (word, None),
    };
    let plain = |w: &str, n: std::ops::RangeInclusive<usize>| {
        n.contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit())
    };
    if !plain(first, 4..=4) || rest.is_some_and(|r| !(plain(r, 4..=4) || plain(r, 2..=2))) {
        return None;
    }
    let year: i16 = first.parse().ok()?;
    (1800..=2099)
        .contains(&year)
        .then_some((year, rest.is_some()))
}
