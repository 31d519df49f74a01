//! Days that pages give differently for one event.

use std::collections::BTreeSet;

use onrecord_lexicon::Lexicon;
use onrecord_model::{
    Disagreement, DisagreementKind, Item, Kept, PartialDate, PileArticle, Weekday, id_of,
    month_named,
};

use super::shingles::{Groups, plain_words};
use super::{events, fields};

pub(super) const STEP: &str = "days";

/// So many days apart one event may be told; further apart it is another.
const APART: i32 = 3;
/// Of the telling words of the shorter sentence so many in ten stand in the other as well.
const ALIKE: usize = 7;
/// So many telling words at least.
const LEAST: usize = 5;
/// So many events of other days an event is compared with at most.
const LOOKED_AT: usize = 64;

/// The events on a day in a place, by type, place and parties: of several parties on one side the
/// one with the lowest id, so that an event stands in one block.
pub(super) fn keep(article: &PileArticle, lexicon: &Lexicon, kept: &mut Vec<Kept>) {
    for event in &article.events {
        let Some((place, date)) = events::of_a_day(event) else {
            continue;
        };
        let parties = (event.actors.iter().min(), event.recipients.iter().min());
        let (Some(actor), Some(recipient)) = parties else {
            continue;
        };
        let sentence = article.sentences.iter().find(|s| s.id == event.sentence);
        let Some(sentence) = sentence else { continue };
        let words: BTreeSet<String> = plain_words(&sentence.text)
            .into_iter()
            .filter(|word| {
                !lexicon.words.function_words.contains(word) && !is_of_dates(word, lexicon)
            })
            .collect();
        kept.push(Kept {
            step: STEP.to_owned(),
            key: fields::write(&[&event.event_type, place, actor, recipient]),
            item: fields::write_lists(&[
                date.to_string(),
                sentence.id.clone(),
                fields::list(&words),
                fields::list([&fields::line(&sentence.text)]),
            ]),
        });
    }
}

/// Words that tell when and not what.
fn is_of_dates(word: &str, lexicon: &Lexicon) -> bool {
    let mut name = word.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Weekday::read(word).is_some()
        || month_named(&name).is_some()
        || lexicon.words.dates.parts.contains(word)
        || matches!(word, "today" | "yesterday" | "day")
}

struct Told<'a> {
    article: &'a PileArticle,
    date: PartialDate,
    sentence: &'a str,
    words: BTreeSet<&'a str>,
    title: &'a str,
}

/// Events of one block that are told with the same words of different days, by articles that were
/// all written when the last of these days had come: an article of the day before tells of
/// another event.
pub(super) fn disagreements(key: &str, items: &[Item<'_>]) -> Vec<Disagreement> {
    let mut told: Vec<Told<'_>> = items
        .iter()
        .filter_map(|item| {
            let [date, sentence, words, title] = fields::read(item.item)?;
            Some(Told {
                article: item.article,
                date: PartialDate::parse(date)?,
                sentence,
                words: fields::read_list(words).collect(),
                title,
            })
        })
        .collect();
    told.sort_by(|a, b| (a.date, a.sentence).cmp(&(b.date, b.sentence)));
    told.dedup_by(|a, b| a.sentence == b.sentence && a.date == b.date);
    let mut groups = Groups::new(told.len());
    for (at, one) in told.iter().enumerate() {
        let later = (at + 1..told.len()).filter(|n| told[*n].date != one.date);
        let near = later.take_while(|n| is_near(one.date, told[*n].date));
        for other in near.take(LOOKED_AT) {
            if is_one(one, &told[other]) {
                groups.join(at, other);
            }
        }
    }
    let mut found = Vec::new();
    for group in groups.several() {
        let mut of_days: Vec<&Told<'_>> = group.iter().map(|n| &told[*n]).collect();
        of_days.dedup_by(|a, b| a.date == b.date);
        let sentences: Vec<&str> = of_days.iter().map(|t| t.sentence).collect();
        let parts = [STEP, key].into_iter().chain(sentences.iter().copied());
        let parts: Vec<&str> = parts.collect();
        found.push(Disagreement {
            id: id_of("di", &parts),
            about: format!("the day of: {}", of_days[0].title),
            sentences: sentences.into_iter().map(str::to_owned).collect(),
            values: of_days.iter().map(|t| t.date.to_string()).collect(),
            kind: DisagreementKind::Difference,
        });
    }
    found
}

fn is_near(one: PartialDate, other: PartialDate) -> bool {
    one.plus_days(APART).is_some_and(|last| other <= last)
}

/// Whether two sentences of different days tell of one event.
fn is_one(one: &Told<'_>, other: &Told<'_>) -> bool {
    let last = one.date.max(other.date);
    let written_then = |told: &Told<'_>| {
        let written = told.article.published.map(|date| date.bounds().0);
        written.is_some_and(|written| written >= last)
    };
    if one.article.id == other.article.id || !written_then(one) || !written_then(other) {
        return false;
    }
    let figures = |told: &Told<'_>| -> BTreeSet<String> {
        let words = told.words.iter();
        let figures = words.filter(|w| w.chars().all(|c| c.is_ascii_digit()));
        // A day or a year is of the date.
        let of_date = |w: &&&str| w.parse::<i32>().is_ok_and(|n| n <= 31 || n > 1900);
        figures
            .filter(|w| !of_date(w))
            .map(|w| (*w).to_owned())
            .collect()
    };
    if figures(one) != figures(other) {
        return false;
    }
    let shared = one.words.intersection(&other.words).count();
    let shorter = one.words.len().min(other.words.len());
    shared >= LEAST && shared * 10 >= shorter * ALIKE
}
