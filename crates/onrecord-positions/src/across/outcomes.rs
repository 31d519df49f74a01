//! What later pages tell of announcements.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{FulfilmentRule, Lexicon, Phrase};
use onrecord_model::{
    Id, Item, Kept, OutcomeFound, OutlookType, PartialDate, PileArticle, PileEvent, PileOutlook,
    PileSentence,
};

use super::{fields, written_from};
use crate::numbers::number;
use crate::phrase::{Slots, any, find_all, no_slots, proper};
use crate::places::country_of_word;
use crate::words::{Word, words};

pub(super) const STEP: &str = "outcomes";
/// The two kinds of items.
const ANNOUNCED: &str = "announced";
const REPORTED: &str = "reported";

/// How many sentences one outcome cites.
const CITED: usize = 3;
/// How many reports are compared with one announcement.
const LOOKED_AT: usize = 5_000;

/// The announcements of an article and the sentences that report an act, by rule: the blocks of
/// rules that go first come first. An outlook without a date stays open and is left out.
pub(super) fn keep(article: &PileArticle, lexicon: &Lexicon, kept: &mut Vec<Kept>) {
    let written = written_from(article);
    // Many rules look at every sentence: it is split once.
    let sentences: Vec<Vec<Word>> = match lexicon.framing.fulfilments.is_empty() {
        true => Vec::new(),
        false => article
            .sentences
            .iter()
            .map(|s| words(&s.text, 0))
            .collect(),
    };
    for (at, rule) in lexicon.framing.fulfilments.iter().enumerate() {
        let mut put = |item: String| {
            kept.push(Kept {
                step: STEP.to_owned(),
                key: fields::write(&[&format!("{at:03}"), &rule.id]),
                item,
            });
        };
        for outlook in &article.outlooks {
            let Some(made) = outlook.made.or(article.published).map(|d| d.bounds().1) else {
                continue;
            };
            if !announces(rule, outlook) {
                continue;
            }
            let sentence = article.sentences.iter().find(|s| s.id == outlook.sentence);
            let around = sentence.map_or(outlook.content.as_str(), |s| s.text.as_str());
            let mut names = names(&outlook.content, lexicon);
            if names.is_empty() {
                names = self::names(around, lexicon);
            }
            put(fields::write_lists(&[
                ANNOUNCED.to_owned(),
                made.to_string(),
                outlook.id.clone(),
                fields::list(&names),
                fields::list([&outlook.actor]),
            ]));
        }
        if let Some(written) = written {
            for (sentence, actors) in reports(rule, article, &sentences) {
                put(fields::write_lists(&[
                    REPORTED.to_owned(),
                    written.to_string(),
                    sentence.id.clone(),
                    fields::list(&names(&sentence.text, lexicon)),
                    // whoever acts, or one of these
                    actors.map_or("*".to_owned(), |actors| fields::list(&actors)),
                ]));
            }
        }
    }
}

/// The sentences that the rule takes for a report, each with who acts where an event of the
/// rule's types stands in it.
fn reports<'a>(
    rule: &FulfilmentRule,
    article: &'a PileArticle,
    split: &[Vec<Word>],
) -> Vec<(&'a PileSentence, Option<BTreeSet<Id>>)> {
    let mut found = Vec::new();
    let is_act = |e: &&PileEvent| {
        e.status == "actual" && rule.events.iter().any(|t| t.name() == e.event_type)
    };
    if !rule.events.is_empty() && !article.events.iter().any(|e| is_act(&e)) {
        return found;
    }
    for (sentence, words) in article.sentences.iter().zip(split) {
        let acts = article.events.iter().filter(|e| e.sentence == sentence.id);
        let acts: BTreeSet<Id> = acts
            .filter(is_act)
            .flat_map(|e| e.actors.iter().cloned())
            .collect();
        if !rule.events.is_empty() && acts.is_empty() {
            continue;
        }
        let reported = &rule.reported;
        if !reported.is_empty() && !has(words, reported, &rule.reported_unless) {
            continue;
        }
        found.push((sentence, (!rule.events.is_empty()).then_some(acts)));
    }
    found
}

/// An item of a block.
struct Entry<'a> {
    /// The day from which it was written, or the last on which it was announced.
    day: PartialDate,
    article: &'a str,
    /// The sentence or the outlook.
    row: &'a str,
    names: Vec<&'a str>,
    /// Who announces, or who acts; none: whoever.
    actors: Option<Vec<&'a str>>,
}

/// The outlooks of a block of which a later article tells the outcome, each with the sentences
/// that do.
///
/// "Later" is known from dates: the article was written after the day of the announcement.
pub(super) fn outcomes(key: &str, items: &[Item<'_>], lexicon: &Lexicon) -> Vec<OutcomeFound> {
    let rules = &lexicon.framing.fulfilments;
    let id = fields::read(key).map(|[_, id]: [&str; 2]| id);
    let Some(rule) = rules.iter().find(|rule| Some(rule.id.as_str()) == id) else {
        return Vec::new();
    };
    let (mut outlooks, mut reports) = (Vec::new(), Vec::new());
    for item in items {
        let Some([kind, day, row, names, actors]) = fields::read(item.item) else {
            continue;
        };
        let Some(day) = PartialDate::parse(day) else {
            continue;
        };
        let list = if kind == ANNOUNCED {
            &mut outlooks
        } else {
            &mut reports
        };
        list.push(Entry {
            day,
            article: &item.article.id,
            row,
            names: fields::read_list(names).collect(),
            actors: (actors != "*").then(|| fields::read_list(actors).collect()),
        });
    }
    if outlooks.is_empty() {
        return Vec::new();
    }
    reports.sort_by(|a, b| (a.day, a.row).cmp(&(b.day, b.row)));
    let reports = Reports::new(reports);
    let mut found: Vec<OutcomeFound> = outlooks
        .iter()
        .filter_map(|outlook| {
            let sentences = reports.answers(rule, outlook);
            (!sentences.is_empty()).then(|| OutcomeFound {
                outlook: outlook.row.to_owned(),
                outcome: rule.outcome,
                sentences,
                note: format!("{} (rule:framing.{})", rule.note, rule.id),
            })
        })
        .collect();
    found.sort_by(|a, b| a.outlook.cmp(&b.outlook));
    found.dedup_by(|a, b| a.outlook == b.outlook);
    found
}

/// Reports by date and id, and by the names in them.
struct Reports<'a> {
    all: Vec<Entry<'a>>,
    by_name: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Reports<'a> {
    fn new(all: Vec<Entry<'a>>) -> Reports<'a> {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, report) in all.iter().enumerate() {
            for name in &report.names {
                by_name.entry(name).or_default().push(at);
            }
        }
        Reports { all, by_name }
    }

    /// The first sentences that answer an announcement.
    fn answers(&self, rule: &FulfilmentRule, outlook: &Entry<'_>) -> Vec<Id> {
        let from = self.all.partition_point(|r| r.day <= outlook.day);
        let looked_at = from..self.all.len().min(from + LOOKED_AT);
        let by = outlook.actors.iter().flatten().next();
        let fits = |at: &usize| {
            let report = &self.all[*at];
            let acts = report.actors.as_ref();
            report.article != outlook.article
                && acts.is_none_or(|acts| by.is_some_and(|by| acts.contains(by)))
        };
        let sentence = |at: usize| self.all[at].row.to_owned();
        if rule.shared == 0 {
            return looked_at.filter(fits).take(CITED).map(sentence).collect();
        }
        let mut sharing: Vec<usize> = Vec::new();
        for name in &outlook.names {
            let at = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
            let first = at.partition_point(|at| *at < looked_at.start);
            let within = at[first..].iter().take_while(|at| **at < looked_at.end);
            sharing.extend(within);
        }
        sharing.sort_unstable();
        sharing
            .chunk_by(|a, b| a == b)
            .filter(|same| same.len() >= rule.shared)
            .map(|same| same[0])
            .filter(fits)
            .take(CITED)
            .map(sentence)
            .collect()
    }
}

/// Whether the rule is about such an announcement.
pub(crate) fn announces(rule: &FulfilmentRule, outlook: &PileOutlook) -> bool {
    let kind = OutlookType::read(&outlook.outlook_type);
    let of_type = rule.types.is_empty() || kind.is_some_and(|k| rule.types.contains(&k));
    of_type && says(&outlook.content, &rule.announced, &rule.announced_unless)
}

/// Whether a text has one of `phrases`, not denied, and none of `unless`.
pub(crate) fn says(text: &str, phrases: &[Phrase], unless: &[Phrase]) -> bool {
    has(&words(text, 0), phrases, unless)
}

/// The same of a text that is split already.
fn has(words: &[Word], phrases: &[Phrase], unless: &[Phrase]) -> bool {
    let slots = |name: &str, at: usize| slot(words, name, at);
    // What is asked for first is seldom there.
    phrases.iter().any(|p| affirmed(words, p, &slots)) && !any(words, unless, &slots)
}

fn affirmed(words: &[Word], phrase: &Phrase, slots: Slots<'_>) -> bool {
    const DENIALS: [&str; 10] = [
        "not", "no", "never", "nor", "without", "didnt", "hasnt", "havent", "cannot", "wont",
    ];
    let denies = |at: usize| DENIALS.contains(&words[at].lower.as_str());
    find_all(words, phrase, slots).iter().any(|hit| {
        let before = hit.start.saturating_sub(4)..hit.start;
        !before.into_iter().any(denies) && !hit.loose.iter().any(|at| denies(*at))
    })
}

fn slot(words: &[Word], name: &str, at: usize) -> Vec<usize> {
    match name {
        "number" => number(words, at),
        "proper" => proper(words, at),
        _ => no_slots(name, at),
    }
}

fn is_acronym(word: &Word) -> bool {
    !word.cased.chars().any(char::is_lowercase)
}

/// The names in a text: countries by their code, whatever the form; other capitalised words
/// as they are, but for the first word and those that hold sentences together.
pub(crate) fn names(text: &str, lexicon: &Lexicon) -> BTreeSet<String> {
    let words = words(text, 0);
    let mut names = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(code) = country_of_word(&words, at, lexicon) {
            names.insert(code);
        } else if at > 0
            && word.is_capitalised()
            && word.cased.chars().count() > 1
            && (is_acronym(word) || !lexicon.words.function_words.contains(&word.lower))
        {
            names.insert(word.lower.clone());
        }
    }
    names
}
