//! Numbers that pages give differently for one thing.

use onrecord_lexicon::{Lexicon, MeasureRule};
use onrecord_model::{
    Disagreement, DisagreementKind, Id, Item, Kept, PartialDate, PileArticle, id_of, printed_dates,
};

use super::fields;
use crate::numbers::{number, value};
use crate::phrase::{Found, any, find_all, no_slots, proper};
use crate::places::{nation_of_word, place_at};
use crate::words::{Word, words};

/// A number as one sentence gives it.
#[derive(Clone, Debug)]
struct Given {
    date: PartialDate,
    value: u64,
    printed: String,
    sentence: Id,
    article: Id,
}

/// How many words on either side can make a number something else.
const NEAR: usize = 6;

/// What a number counts: the rule, whose, where.
type Thing = (usize, Option<String>, Option<String>);

pub(super) const STEP: &str = "numbers";

/// The numbers of an article, by what they count. A number without a date of its own or of its
/// article is left out.
pub(super) fn keep(article: &PileArticle, lexicon: &Lexicon, kept: &mut Vec<Kept>) {
    for sentence in &article.sentences {
        if !sentence.text.contains(|c: char| c.is_ascii_digit()) && !has_number_word(&sentence.text)
        {
            continue;
        }
        let found = measures(&sentence.text, lexicon);
        if found.is_empty() {
            continue;
        }
        let stated = stated_date(&sentence.text, article.published);
        let Some(date) = stated.or(article.published) else {
            continue;
        };
        for ((rule, nation, place), printed, value) in found {
            let text = |part: &Option<String>| part.clone().unwrap_or_default();
            kept.push(Kept {
                step: STEP.to_owned(),
                key: fields::write(&[
                    &lexicon.framing.measures[rule].id,
                    &text(&nation),
                    &text(&place),
                ]),
                item: fields::write(&[
                    &date.to_string(),
                    &value.to_string(),
                    &printed,
                    &sentence.id,
                ]),
            });
        }
    }
}

/// Numbers of one block that differ by more than rounding: a difference where they are of the
/// same date, a change over time where they are not.
pub(super) fn disagreement(
    key: &str,
    items: &[Item<'_>],
    lexicon: &Lexicon,
) -> Option<Disagreement> {
    let [rule, nation, place] = fields::read(key)?;
    let measures = &lexicon.framing.measures;
    let at = measures.iter().position(|measure| measure.id == rule)?;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let given = items.iter().filter_map(|item| {
        let [date, value, printed, sentence] = fields::read(item.item)?;
        Some(Given {
            date: PartialDate::parse(date)?,
            value: value.parse().ok()?,
            printed: printed.to_owned(),
            sentence: sentence.to_owned(),
            article: item.article.id.clone(),
        })
    });
    row(
        &measures[at],
        &(at, some(nation), some(place)),
        given.collect(),
    )
}

fn has_number_word(text: &str) -> bool {
    words(text, 0)
        .iter()
        .any(|w| !number(std::slice::from_ref(w), 0).is_empty())
}

/// The one date a sentence prints, if it prints just one. A day without a year is of the
/// article's year, if the article was written on that day or later.
fn stated_date(text: &str, written: Option<PartialDate>) -> Option<PartialDate> {
    let year = written.map(|w| w.year_number());
    let mut dates = printed_dates(text, year);
    dates.retain(|d| d.has_year || written.is_some_and(|w| d.date.bounds().0 <= w.bounds().1));
    match dates.as_slice() {
        [one] => Some(one.date),
        _ => None,
    }
}

/// The measures that a sentence gives: the thing, the number as printed, and its worth.
pub(crate) fn measures(text: &str, lexicon: &Lexicon) -> Vec<(Thing, String, u64)> {
    let words = words(text, 0);
    let mut found = Vec::new();
    for (at, rule) in lexicon.framing.measures.iter().enumerate() {
        let slots = |name: &str, at: usize| slot(&words, name, at, lexicon);
        let mut hits: Vec<Found> = Vec::new();
        for phrase in &rule.phrases {
            for hit in find_all(&words, phrase, &slots) {
                let number = hit.slot("number");
                let near = hit.start.saturating_sub(NEAR)..words.len().min(hit.end + NEAR);
                if any(&words[near], &rule.unless, &no_slots) {
                    continue;
                }
                if !hits.iter().any(|h| h.slot("number") == number) {
                    hits.push(hit);
                }
            }
        }
        // two numbers of one kind in a sentence are parts or a change: which is which cannot
        // be told
        let [hit] = hits.as_slice() else { continue };
        let Some((start, end)) = hit.slot("number") else {
            continue;
        };
        let Some(worth) = value(&words, start, end) else {
            continue;
        };
        let place = hit
            .slot("place")
            .and_then(|(at, _)| place_at(&words, at, lexicon))
            .map(|p| p.0);
        let nation = hit
            .slot("nation")
            .and_then(|(at, _)| nation_of_word(&words, at, lexicon));
        if rule.needs_place && place.is_none() {
            continue;
        }
        let printed = words[start]
            .span
            .join(words[end - 1].span)
            .of(text)
            .to_owned();
        found.push(((at, nation, place), printed, worth));
    }
    found
}

fn slot(words: &[Word], name: &str, at: usize, lexicon: &Lexicon) -> Vec<usize> {
    match name {
        "number" => number(words, at),
        "proper" => proper(words, at),
        "place" => place_at(words, at, lexicon)
            .map(|p| p.1)
            .into_iter()
            .collect(),
        "nation" => nation_of_word(words, at, lexicon)
            .map(|_| at + 1)
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

fn row(rule: &MeasureRule, thing: &Thing, mut given: Vec<Given>) -> Option<Disagreement> {
    given.sort_by(|a, b| {
        (a.date.bounds(), a.value, &a.sentence).cmp(&(b.date.bounds(), b.value, &b.sentence))
    });
    given.dedup_by(|a, b| a.value == b.value && a.date == b.date);
    let first = given.first()?;
    let same_date = given.iter().all(|g| g.date == first.date);
    let kind = if same_date {
        DisagreementKind::Difference
    } else if rule.changes {
        DisagreementKind::ChangeOverTime
    } else {
        return None; // the dead of two days are two things
    };
    if given.iter().all(|g| g.article == first.article) {
        return None; // one article counts parts
    }
    let most = given.iter().map(|g| g.value).max()?;
    let least = given.iter().map(|g| g.value).min()?;
    if most.saturating_sub(least).saturating_mul(10) <= most {
        return None; // rounding
    }
    let (_, nation, place) = thing;
    let mut about = rule.about.clone();
    if let Some(nation) = nation {
        about = format!("{about} ({nation})");
    }
    if let Some(place) = place {
        about = format!("{about} in {place}");
    }
    let parts: Vec<&str> = std::iter::once(rule.id.as_str())
        .chain(given.iter().map(|g| g.sentence.as_str()))
        .collect();
    Some(Disagreement {
        id: id_of("di", &parts),
        about,
        sentences: given.iter().map(|g| g.sentence.clone()).collect(),
        values: given
            .iter()
            .map(|g| format!("{} ({})", g.printed, g.date))
            .collect(),
        kind,
    })
}
