//! What later pages tell of announcements.

use std::collections::BTreeSet;

use onrecord_lexicon::{FulfilmentRule, Lexicon, Phrase};
use onrecord_model::{Id, OutcomeFound, OutlookType, PartialDate, PileArticle, PileOutlook};

use super::written_from;
use crate::numbers::number;
use crate::phrase::{Slots, any, find_all, no_slots, proper};
use crate::places::country_of_word;
use crate::words::{Word, words};

/// A later sentence that a rule takes for the report of an act.
struct Report {
    written: PartialDate,
    article: Id,
    sentence: Id,
    names: BTreeSet<String>,
    /// Who acts, where an event of the rule's types stands in the sentence.
    actors: Option<BTreeSet<Id>>,
}

/// How many sentences one outcome cites.
const CITED: usize = 3;
/// How many reports are compared with one announcement.
const LOOKED_AT: usize = 5_000;

/// The outlooks of which a later article tells the outcome, each with the sentences that do.
///
/// "Later" is known from dates: the article was written after the day of the announcement.
/// An outlook without a date, or without such a sentence, stays open and gives no row.
pub(super) fn outcomes(articles: &[&PileArticle], lexicon: &Lexicon) -> Vec<OutcomeFound> {
    let rules = &lexicon.framing.fulfilments;
    if articles.iter().all(|a| a.outlooks.is_empty()) || rules.is_empty() {
        return Vec::new();
    }
    let reports: Vec<Vec<Report>> = rules
        .iter()
        .map(|rule| reports(rule, articles, lexicon))
        .collect();
    let mut found: Vec<OutcomeFound> = Vec::new();
    for article in articles {
        for outlook in &article.outlooks {
            let Some(made) = outlook.made.or(article.published).map(|d| d.bounds().1) else {
                continue;
            };
            let sentence = article.sentences.iter().find(|s| s.id == outlook.sentence);
            let around = sentence.map_or(outlook.content.as_str(), |s| s.text.as_str());
            for (rule, reports) in rules.iter().zip(&reports) {
                if !announces(rule, outlook) {
                    continue;
                }
                let names = names(&outlook.content, lexicon);
                let names = if names.is_empty() {
                    self::names(around, lexicon)
                } else {
                    names
                };
                let sentences = answers(rule, outlook, article, made, &names, reports);
                if !sentences.is_empty() {
                    found.push(OutcomeFound {
                        outlook: outlook.id.clone(),
                        outcome: rule.outcome,
                        sentences,
                        note: format!("{} (rule:framing.{})", rule.note, rule.id),
                    });
                    break;
                }
            }
        }
    }
    found.sort_by(|a, b| a.outlook.cmp(&b.outlook));
    found.dedup_by(|a, b| a.outlook == b.outlook);
    found
}

fn answers(
    rule: &FulfilmentRule,
    outlook: &PileOutlook,
    article: &PileArticle,
    made: PartialDate,
    names: &BTreeSet<String>,
    reports: &[Report],
) -> Vec<Id> {
    let from = reports.partition_point(|r| r.written <= made);
    let mut sentences = Vec::new();
    for report in reports[from..].iter().take(LOOKED_AT) {
        let same_names = report.names.intersection(names).count() >= rule.shared;
        let same_actor = report
            .actors
            .as_ref()
            .is_none_or(|a| a.contains(&outlook.actor));
        if report.article != article.id && same_names && same_actor {
            sentences.push(report.sentence.clone());
            if sentences.len() == CITED {
                break;
            }
        }
    }
    sentences
}

/// Whether the rule is about such an announcement.
pub(crate) fn announces(rule: &FulfilmentRule, outlook: &PileOutlook) -> bool {
    let kind = OutlookType::read(&outlook.outlook_type);
    let of_type = rule.types.is_empty() || kind.is_some_and(|k| rule.types.contains(&k));
    of_type && says(&outlook.content, &rule.announced, &rule.announced_unless)
}

/// Whether a text has one of `phrases`, not denied, and none of `unless`.
pub(crate) fn says(text: &str, phrases: &[Phrase], unless: &[Phrase]) -> bool {
    let words = words(text, 0);
    let slots = |name: &str, at: usize| slot(&words, name, at);
    !any(&words, unless, &slots) && phrases.iter().any(|p| affirmed(&words, p, &slots))
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

/// The sentences of the pile that the rule takes for a report, by date and id.
fn reports(rule: &FulfilmentRule, articles: &[&PileArticle], lexicon: &Lexicon) -> Vec<Report> {
    let mut found = Vec::new();
    for article in articles {
        let Some(written) = written_from(article) else {
            continue;
        };
        for sentence in &article.sentences {
            if !rule.reported.is_empty()
                && !says(&sentence.text, &rule.reported, &rule.reported_unless)
            {
                continue;
            }
            let mut actors = None;
            if !rule.events.is_empty() {
                let acts: BTreeSet<Id> = article
                    .events
                    .iter()
                    .filter(|e| e.sentence == sentence.id && e.status == "actual")
                    .filter(|e| rule.events.iter().any(|t| t.name() == e.event_type))
                    .flat_map(|e| e.actors.iter().cloned())
                    .collect();
                if acts.is_empty() {
                    continue;
                }
                actors = Some(acts);
            }
            found.push(Report {
                written,
                article: article.id.clone(),
                sentence: sentence.id.clone(),
                names: names(&sentence.text, lexicon),
                actors,
            });
        }
    }
    found.sort_by(|a, b| (a.written, &a.sentence).cmp(&(b.written, &b.sentence)));
    found
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
