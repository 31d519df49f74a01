//! Statements of several pages that report one utterance.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use onrecord_lexicon::Lexicon;
use onrecord_model::{Id, Pair, PileArticle, PileStatement, Said, Shingled, Story, Utterance};

use super::shingles::{Groups, longest_run, plain_words, shingles};
use super::wordings;

const SHINGLE: usize = 4;
const LEAST_WORDS: usize = 8;
/// Runs of words that more statements than this have are phrases of the trade.
pub(super) const COMMON: usize = 40;

fn words_of(statement: &PileStatement) -> Vec<String> {
    plain_words(&statement.content.join(" "))
}

fn runs(words: &[String]) -> BTreeSet<u64> {
    shingles(words, SHINGLE).into_iter().collect()
}

/// The statements of an article with eight words or more, each with its runs of four words.
pub(super) fn shingled(article: &PileArticle) -> Vec<Shingled> {
    let mut found = Vec::new();
    for statement in &article.statements {
        let words = words_of(statement);
        if words.len() >= LEAST_WORDS {
            found.push(Shingled {
                statement: statement.id.clone(),
                runs: runs(&words).into_iter().collect(),
            });
        }
    }
    found
}

fn is_contained(shorter: usize, shared: usize) -> bool {
    shared * 5 >= shorter * 3
}

/// Whether two statements can report one utterance, by how many runs the shorter has.
pub(super) fn can_be_same(shorter: usize, shared: usize) -> bool {
    is_contained(shorter, shared) || shared > LEAST_WORDS - SHINGLE
}

/// Whether two statements report one utterance, whoever speaks: they share a run of eight
/// words, or three in five of the four-word runs of the shorter.
pub(super) fn is_same(a: Said<'_>, b: Said<'_>, shared: usize) -> bool {
    let of = |id: &Id| b.statement.sentences.contains(id);
    if a.article.id == b.article.id && a.statement.sentences.iter().any(of) {
        return false; // two cues, or a quotation within a quotation, of one sentence
    }
    let (one, other) = (words_of(a.statement), words_of(b.statement));
    let shorter = runs(&one).len().min(runs(&other).len());
    let contained = is_contained(shorter, shared);
    can_be_same(shorter, shared)
        && longest_run(&one, &other) >= if contained { SHINGLE } else { LEAST_WORDS }
}

/// The pairs of a pile that report one utterance. `said` is sorted by id.
pub(super) fn pairs(said: &[Said<'_>], runs: &[Vec<u64>]) -> Vec<Pair> {
    let mut index: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut pairs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, runs) in runs.iter().enumerate() {
        for run in runs {
            let others = index.entry(*run).or_default();
            if others.len() < COMMON {
                for other in others.iter() {
                    *pairs.entry((*other, at)).or_default() += 1;
                }
                others.push(at);
            }
        }
    }
    let pairs = pairs.into_iter();
    pairs
        .filter(|((a, b), shared)| is_same(said[*a], said[*b], *shared))
        .map(|((a, b), shared)| Pair { a, b, shared })
        .collect()
}

/// Groups of statements of which no two name different speakers. The pairs that share most go
/// first.
pub(super) fn utterances(said: &[Said<'_>], pairs: &[Pair], lexicon: &Lexicon) -> Vec<Utterance> {
    let mut groups = Groups::new(said.len());
    let mut speakers: Vec<Option<&Id>> =
        said.iter().map(|s| s.statement.speaker.as_ref()).collect();
    let mut ranked: Vec<&Pair> = pairs.iter().collect();
    ranked.sort_by_key(|pair| (std::cmp::Reverse(pair.shared), pair.a, pair.b));
    for pair in ranked {
        let (x, y) = (groups.root(pair.a), groups.root(pair.b));
        let speaker = match (speakers[x], speakers[y]) {
            (Some(one), Some(other)) if one != other => continue,
            (one, other) => one.or(other),
        };
        groups.join(x, y);
        let root = groups.root(x);
        speakers[root] = speaker;
    }
    let mut found = Vec::new();
    for group in groups.several() {
        let rows = group.iter().map(|i| said[*i].statement.id.clone());
        let from: Vec<&PileArticle> = group.iter().map(|i| said[*i].article).collect();
        let length = |i: &&usize| (words_of(said[**i].statement).len(), **i);
        let title = group
            .iter()
            .min_by_key(length)
            .map(|i| said[*i].statement.content.join(" "))
            .unwrap_or_default();
        let story = Story::of("utterance", &title, rows.collect(), &from);
        let of_group: Vec<Said<'_>> = group.iter().map(|i| said[*i]).collect();
        let differs = wordings::disagreement(&of_group, lexicon);
        found.push(Utterance { story, differs });
    }
    found
}
