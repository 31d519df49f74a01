//! Chains to mentions and actors.

use std::collections::BTreeMap;

use onrecord_lexicon::Lexicon;
use onrecord_model::{ActorKind, ArticleReading, MentionKind};

use super::{Head, Linked, link};
use crate::resolve::{Met, Resolved};
use crate::view::Line;

/// Who made the mentions.
const MADE_BY: &str = "head:coreference";
/// How sure the head must be, in hundredths, for a pronoun to be given an actor ...
const SURE: u8 = 40;
/// ... and for a description or name.
const SURE_OF_WORDS: u8 = 50;

/// Adds the pronouns and descriptions that stand for somebody. A chain of several mentions
/// with a description and no name becomes an actor without a name. A pronoun of a person
/// that stays open is a mention without an actor.
pub fn find(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    lines: &[Line<'_>],
    resolved: &mut Resolved<'_>,
    head: &Head,
) {
    let linked = link(reading, lexicon, lines, resolved, head);
    let mut chains: BTreeMap<usize, Vec<&Linked>> = BTreeMap::new();
    for one in &linked {
        chains.entry(one.chain).or_default().push(one);
    }
    for chain in chains.values() {
        let known = chain[0].entry;
        let entry = known.or_else(|| unnamed(reading, lines, chain, resolved));
        for one in chain.iter().filter(|one| !one.known) {
            // a name that the rules left open beside an actor they know stays open
            if one.kind == MentionKind::Name && known.is_some() {
                continue;
            }
            let line = &lines[one.line];
            let (from, to) = match one.kind {
                MentionKind::Description => described(line, one.word, resolved),
                _ => named(line, one.word),
            };
            let free = |m: &Met| m.to <= from || to <= m.from;
            let pronoun = one.kind == MentionKind::Pronoun;
            let least = if pronoun { SURE } else { SURE_OF_WORDS };
            let sure = one.percent >= least && one.clear;
            let person =
                pronoun && matches!(line.lower(from), "he" | "she" | "they" | "him" | "them");
            if !resolved.met[one.line].iter().all(free) || !(person || sure && entry.is_some()) {
                continue;
            }
            resolved.met[one.line].push(Met {
                line: one.line,
                from,
                to,
                kind: one.kind,
                entry: entry.filter(|_| sure),
                rule: MADE_BY,
                confidence: one.percent,
            });
        }
    }
}

/// The actor of a chain that no rule has named: a person or a body that is spoken of at
/// least twice, once in words that say something.
fn unnamed(
    reading: &ArticleReading,
    lines: &[Line<'_>],
    chain: &[&Linked],
    resolved: &mut Resolved<'_>,
) -> Option<usize> {
    let sure = chain.iter().filter(|one| one.percent >= SURE).count();
    let votes = |kind: u8| chain.iter().filter(|one| one.heard == kind).count();
    // what the names head takes for a place is one, whatever it does
    let place = chain.iter().any(|one| one.named == 3);
    if sure < 2 || place || votes(3) > votes(1) + votes(2) {
        return None;
    }
    let of = |kind| chain.iter().find(|one| one.kind == kind);
    let first = of(MentionKind::Name).or_else(|| of(MentionKind::Description))?;
    let kind = if votes(2) > votes(1) {
        ActorKind::Organization
    } else if first.plural {
        ActorKind::Group
    } else {
        ActorKind::Person
    };
    let line = &lines[first.line];
    let (from, to) = described(line, first.word, resolved);
    let span = line.span(from, to);
    let words = reading.words(span);
    Some(
        resolved
            .book
            .unnamed(&reading.article.id, span.start, words, kind),
    )
}

/// The tokens of a description: the noun with what stands before it and belongs to it, an
/// article left out, as far as no other mention stands there.
fn described(line: &Line<'_>, word: usize, resolved: &Resolved<'_>) -> (usize, usize) {
    let sentence = line.sentence;
    let to = sentence.words[word].token + 1;
    let mut from = to - 1;
    let mut at = word;
    while let Some(before) = at.checked_sub(1) {
        let other = &sentence.words[before];
        let own = other.head.is_some_and(|head| head >= at && head <= word)
            && other.dep.is_any(&["amod", "compound", "nummod", "flat"]);
        if !own || resolved.at(line.n, other.token).is_some() {
            break;
        }
        at = before;
        from = other.token;
    }
    (from, to)
}

/// The tokens of a name or pronoun: the word with what is flat below it.
fn named(line: &Line<'_>, word: usize) -> (usize, usize) {
    let sentence = line.sentence;
    let from = sentence.words[word].token;
    let flat = |w: &&onrecord_model::Word| w.head == Some(word) && w.dep.base() == "flat";
    let last = sentence.words.iter().rfind(flat);
    (from, last.map_or(from, |w| w.token.max(from)) + 1)
}
