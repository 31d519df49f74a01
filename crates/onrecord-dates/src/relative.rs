//! Expressions counted from the article's date.

use onrecord_model::{PartialDate, Precision, TokenKind, Weekday};

use crate::Dated;
use crate::clock::{Answer, View, Word, before, inside, lower, month, year_after};
use crate::tense::{Direction, direction};
use crate::units;

/// Weekdays, "last month", "three days ago", "in September"; `found` are the dates that
/// the sentence prints.
pub fn find(view: &View<'_>, found: &mut Vec<Dated>) {
    if view.clock.now.is_none() {
        return;
    }
    let words = view.words;
    for (at, word) in words.iter().enumerate() {
        if !matches!(word.kind, TokenKind::Word | TokenKind::Number) {
            continue;
        }
        let answer = weekday(view, at)
            .or_else(|| units::ago(view, at))
            .or_else(|| units::unit(view, at, found))
            .or_else(|| units::the_end(view, at, found))
            .or_else(|| units::season_of(view, at))
            .or_else(|| bare_month(view, at, found));
        if let Some((from, to, date)) = answer {
            let mut dated = view.dated(from, to, date, view.clock.anchor);
            // "the summer of 2010" for "2010"
            let inner = |d: &Dated| dated.span.contains(d.span) && d.date == date;
            if let Some(at) = found.iter().position(inner) {
                dated.anchor = found.remove(at).anchor;
            }
            crate::add(found, dated);
        }
    }
}

/// "on Tuesday", "last Friday", "next Monday", "Tuesday night".
fn weekday(view: &View<'_>, at: usize) -> Answer {
    let words = view.words;
    let word = &words[at];
    if !word.capital || word.lower.len() < 6 || !word.lower.ends_with("day") {
        return None;
    }
    let day = Weekday::read(&word.lower)?;
    let today = view.clock.day()?;
    let lead = before(words, at);
    if is_name(view, at) {
        return None;
    }
    let back = (today.weekday()?.index() - day.index()).rem_euclid(7);
    let ahead = if back == 0 { 7 } else { 7 - back };
    let behind = if back == 0 { -7 } else { -back };
    let second = at.checked_sub(1).map_or("", |i| before(words, i));
    let (from, days) = match lead {
        "last" => (at - 1, behind),
        "past" if second == "this" => (at - 2, behind),
        "next" => (at - 1, ahead),
        "coming" if matches!(second, "this" | "the") => (at - 2, ahead),
        "since" => (at, -back),
        _ => match direction(view, at) {
            Direction::Future => (at, ahead % 7),
            Direction::Past if matches!(lead, "until" | "by") && allows(view, at) => {
                (at, ahead % 7)
            }
            Direction::Past | Direction::Present => (at, -back),
        },
    };
    let part = view.lexicon.parts.contains(lower(words, at + 1));
    Some((from, at + 1 + usize::from(part), today.plus_days(days)?))
}

/// "gave him until Friday": the time is to come, though the verb is past.
fn allows(view: &View<'_>, at: usize) -> bool {
    view.words[at.saturating_sub(8)..at].iter().any(|w| {
        matches!(
            w.lower.as_str(),
            "gave" | "give" | "given" | "set" | "extended" | "deadline" | "had" | "has" | "have"
        )
    })
}

/// "Good Friday", "Bloody Sunday", "Friday Times": a weekday that is part of a name.
fn is_name(view: &View<'_>, at: usize) -> bool {
    let words = view.words;
    let lead = before(words, at);
    if words[at].named || view.lexicon.no_day.contains(lead) {
        return true;
    }
    let parsed = |at: usize| {
        let words = &view.sentence.words;
        words
            .iter()
            .position(|w| w.token == at)
            .map(|i| (i, &words[i]))
    };
    let joined = |word: &onrecord_model::Word| matches!(word.dep.base(), "compound" | "flat");
    let capital = |w: &Word| w.capital && w.kind == TokenKind::Word;
    let after = words.get(at + 1).filter(|w| capital(w) && !w.named);
    let part = view.lexicon.parts.contains(lower(words, at + 1));
    let name_after = at == 0 && after.is_some() && !part;
    if at < 2 || !capital(&words[at - 1]) || words[at - 1].named {
        return name_after;
    }
    if let Some((day, word)) = parsed(at) {
        let owned = parsed(at - 1).is_some_and(|(_, w)| w.head == Some(day) && joined(w));
        return owned || joined(word) && after.is_some();
    }
    !matches!(
        lead,
        "on" | "last"
            | "next"
            | "this"
            | "late"
            | "early"
            | "by"
            | "until"
            | "since"
            | "earlier"
            | "the"
    )
}

/// "in September": the last one that has begun, or the next one in a clause of the future.
fn bare_month(view: &View<'_>, at: usize, found: &[Dated]) -> Answer {
    let words = view.words;
    let word = &words[at];
    if !word.capital || word.named {
        return None;
    }
    let inside = inside(&word.lower);
    let named = month(inside)?;
    let part = inside.len() < word.lower.len();
    let mut from = at;
    if matches!(before(words, from), "late" | "early" | "mid") {
        from -= 1;
    }
    let lead = before(words, from);
    let whole_of = lead == "of"
        && from >= 2
        && matches!(
            lower(words, from - 2),
            "end" | "beginning" | "start" | "middle"
        );
    let in_time = whole_of
        || matches!(
            lead,
            "in" | "since"
                | "until"
                | "till"
                | "by"
                | "from"
                | "during"
                | "before"
                | "after"
                | "through"
                | "throughout"
                | "between"
        );
    let next = words.get(at + 1);
    if next.is_some_and(|w| w.kind == TokenKind::Number) {
        return None;
    }
    if whole_of {
        from -= 2;
    }
    let shift = year_after(words, at + 1);
    if let Some((to, step)) = shift {
        return Some((
            from,
            to,
            PartialDate::month(view.clock.year()? + step, named)?,
        ));
    }
    let name = next.is_some_and(|w| w.capital && w.kind == TokenKind::Word && !w.quoted);
    // "an August speech", "the group’s July summit"
    let of_noun = (matches!(lead, "a" | "an" | "the" | "its" | "his" | "her" | "their")
        || matches!(lead, "'s" | "’s" | "'" | "’"))
        && next.is_some_and(|w| w.kind == TokenKind::Word && !w.capital)
        && noun_at(view, at + 1);
    // "early April" alone stands for a time, "March" alone need not
    if !(in_time || part || from < at || of_noun) || name {
        return None;
    }
    let Some((year, now)) = view.clock.month() else {
        return Some((from, at + 1, PartialDate::month(view.clock.year()?, named)?));
    };
    if let Some(year) = last_year_before(view, at) {
        return Some((from, at + 1, PartialDate::month(year, named)?));
    }
    let begun = matches!(lead, "since" | "from");
    let looks = if begun {
        Direction::Past
    } else {
        direction(view, at)
    };
    let by =
        whole_of && before(words, from) == "the" && from >= 2 && lower(words, from - 2) == "by"
            || lead == "by";
    let year = match looks {
        Direction::Future if named >= now => year,
        Direction::Future => year + 1,
        Direction::Present if named > now && !view.sentence.words.is_empty() => year,
        Direction::Present if by && named < now => year + 1,
        _ if named <= now => year,
        _ => year - 1,
    };
    let date = PartialDate::month(year, named)?;
    match printed_before(view, at, found) {
        // "takes office in January 2031, and in May ..." goes on from there
        Some(printed) if printed.bounds().0 > view.clock.now?.bounds().1 => {
            let (year, first) = (printed.year_number(), printed.month_number()?);
            let date = PartialDate::month(if named >= first { year } else { year + 1 }, named)?;
            Some((from, at + 1, date))
        }
        // "elected in May 2014, he went in June": of which year is not said
        Some(printed) if printed.year_number() != date.year_number() => None,
        _ => Some((from, at + 1, date)),
    }
}

/// Whether the word at `at` is known to be a noun, or an adjective before one.
fn noun_at(view: &View<'_>, at: usize) -> bool {
    let parsed = view.sentence.words.iter().find(|w| w.token == at);
    parsed.is_some_and(|w| w.xpos.is_any(&["NN", "NNS", "JJ"]))
}

/// The year of "last year" or "next year" a few words before, with no mark between.
fn last_year_before(view: &View<'_>, at: usize) -> Option<i16> {
    let words = view.words;
    for i in (at.saturating_sub(7)..at).rev() {
        if words[i].kind == TokenKind::Mark {
            return None;
        }
        if words[i].lower.starts_with("year") && matches!(before(words, i), "last" | "next") {
            let step = if before(words, i) == "last" { -1 } else { 1 };
            return Some(view.clock.year()? + step);
        }
    }
    None
}

/// The last month or day before `at` that is printed with its year.
fn printed_before(view: &View<'_>, at: usize, found: &[Dated]) -> Option<PartialDate> {
    let start = view.words[at].span.start;
    let near = found.iter().filter(|d| {
        d.anchor == "text" && d.span.end <= start && d.date.precision() != Precision::Year
    });
    near.max_by_key(|d| d.span.end).map(|d| d.date)
}
