//! Rows of several pages that tell the same thing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use onrecord_model::{Id, PartialDate, PileArticle, PileEvent, PileStatement, Precision, Story};

use super::shingles::{Groups, longest_run, plain_words, shingles};

const SHINGLE: usize = 4;
const LEAST_WORDS: usize = 8;
/// Runs of words that more statements than this have are phrases of the trade.
const COMMON: usize = 40;

struct Said<'a> {
    article: &'a PileArticle,
    statement: &'a PileStatement,
    words: Vec<String>,
}

/// Statements that report one utterance, on two pages or twice on one: they share a run of
/// eight words, or three in five of the four-word runs of the shorter, and no two of them
/// name different speakers.
pub(super) fn utterances(articles: &[&PileArticle]) -> Vec<Story> {
    let mut said: Vec<Said<'_>> = Vec::new();
    for &article in articles {
        for statement in &article.statements {
            let words = plain_words(&statement.content.join(" "));
            if words.len() >= LEAST_WORDS {
                said.push(Said {
                    article,
                    statement,
                    words,
                });
            }
        }
    }
    said.sort_by(|a, b| a.statement.id.cmp(&b.statement.id));
    let mut index: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut pairs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, one) in said.iter().enumerate() {
        let distinct: BTreeSet<u64> = shingles(&one.words, SHINGLE).into_iter().collect();
        for shingle in distinct {
            let others = index.entry(shingle).or_default();
            if others.len() < COMMON {
                for other in others.iter() {
                    *pairs.entry((*other, at)).or_default() += 1;
                }
                others.push(at);
            }
        }
    }
    let mut groups = Groups::new(said.len());
    let mut speakers: Vec<Option<&Id>> =
        said.iter().map(|s| s.statement.speaker.as_ref()).collect();
    let mut ranked: Vec<((usize, usize), usize)> = pairs.into_iter().collect();
    ranked.sort_by_key(|(pair, shared)| (std::cmp::Reverse(*shared), *pair));
    for ((a, b), shared) in ranked {
        if !is_same(&said[a], &said[b], shared) {
            continue;
        }
        let (x, y) = (groups.root(a), groups.root(b));
        let speaker = match (speakers[x], speakers[y]) {
            (Some(one), Some(other)) if one != other => continue,
            (one, other) => one.or(other),
        };
        groups.join(x, y);
        let root = groups.root(x);
        speakers[root] = speaker;
    }
    let mut stories = Vec::new();
    for group in groups.several() {
        let rows: Vec<Id> = group
            .iter()
            .map(|i| said[*i].statement.id.clone())
            .collect();
        let from: Vec<&PileArticle> = group.iter().map(|i| said[*i].article).collect();
        let shortest = group.iter().min_by_key(|i| (said[**i].words.len(), **i));
        let title = shortest
            .map(|i| said[*i].statement.content.join(" "))
            .unwrap_or_default();
        stories.push(Story::of("utterance", &title, rows, &from));
    }
    stories
}

fn is_same(a: &Said<'_>, b: &Said<'_>, shared: usize) -> bool {
    if a.article.id == b.article.id
        && a.statement
            .sentences
            .iter()
            .any(|s| b.statement.sentences.contains(s))
    {
        return false; // two cues, or a quotation within a quotation, of one sentence
    }
    let runs = |words: &[String]| {
        shingles(words, SHINGLE)
            .into_iter()
            .collect::<BTreeSet<u64>>()
            .len()
    };
    let shorter = runs(&a.words).min(runs(&b.words));
    let contained = shared * 5 >= shorter * 3;
    (contained || shared > LEAST_WORDS - SHINGLE)
        && longest_run(&a.words, &b.words) >= if contained { SHINGLE } else { LEAST_WORDS }
}

/// Events of one type between the same parties in the same place on the same day, told by
/// different articles.
pub(super) fn events(articles: &[&PileArticle]) -> Vec<Story> {
    let mut told: Vec<(&PileArticle, &PileEvent)> = Vec::new();
    for &article in articles {
        for event in &article.events {
            let on_a_day = event.date.is_some_and(|d| d.precision() == Precision::Day);
            if on_a_day && event.place.is_some() && event.status == "actual" {
                told.push((article, event));
            }
        }
    }
    told.sort_by(|a, b| a.1.id.cmp(&b.1.id));
    let mut groups = Groups::new(told.len());
    type Key<'a> = (&'a str, &'a Id, PartialDate, &'a Id, &'a Id);
    let mut index: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    for (at, (_, event)) in told.iter().enumerate() {
        let (Some(place), Some(date)) = (&event.place, event.date) else {
            continue;
        };
        for actor in &event.actors {
            for recipient in &event.recipients {
                let key = (event.event_type.as_str(), place, date, actor, recipient);
                match index.get(&key) {
                    Some(other) => groups.join(*other, at),
                    None => {
                        index.insert(key, at);
                    }
                }
            }
        }
    }
    let mut stories = Vec::new();
    for group in groups.several() {
        let from: Vec<&PileArticle> = group.iter().map(|i| told[*i].0).collect();
        if from.iter().all(|a| a.id == from[0].id) {
            continue;
        }
        let rows: Vec<Id> = group.iter().map(|i| told[*i].1.id.clone()).collect();
        let (article, event) = told[group[0]];
        let sentence = article.sentences.iter().find(|s| s.id == event.sentence);
        let title = sentence.map_or(event.event_type.as_str(), |s| s.text.as_str());
        stories.push(Story::of("event", title, rows, &from));
    }
    stories
}
