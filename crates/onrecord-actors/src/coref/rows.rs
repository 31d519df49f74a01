//! Chains to mentions and actors.

use std::collections::BTreeMap;

use onrecord_lexicon::Lexicon;
use onrecord_model::{ActorKind, ArticleReading, MentionKind};

use super::spot::last_word;
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
        let entry = known.or_else(|| unnamed(reading, lexicon, lines, chain, resolved));
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
            if let Some(entry) = entry.filter(|_| sure && one.kind == MentionKind::Name) {
                let words = reading.words(line.span(from, to));
                resolved.book.met(entry, words, (one.line, from));
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
    lexicon: &Lexicon,
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
    // "the Americans" is no name of a body
    let named_one =
        |one: &&&Linked| one.kind == MentionKind::Name && !one.plural && matches!(one.named, 1 | 2);
    let described_one = |one: &&&Linked| one.kind != MentionKind::Pronoun;
    let first = chain.iter().find(named_one);
    let is_named = first.is_some();
    let first = first.or_else(|| chain.iter().find(described_one))?;
    let kind = if first.plural {
        ActorKind::Group
    } else if votes(2) > votes(1) {
        ActorKind::Organization
    } else {
        ActorKind::Person
    };
    let line = &lines[first.line];
    let article = &reading.article.id;
    let book = &mut resolved.book;
    if is_named {
        let (from, to) = named(line, first.word);
        // a form that the lexicon knows was left open for a reason
        let key = line.key(from, to);
        if !lexicon.actors.by_form(&key).is_empty() || !lexicon.places.by_form(&key).is_empty() {
            return None;
        }
        let words = reading.words(line.span(from, to));
        let alone = kind == ActorKind::Person && !words.contains(' ');
        return Some(match alone {
            true => book.one_word(words, article, ""),
            false => book.named(words, kind),
        });
    }
    let (from, to) = described(line, first.word, resolved);
    let span = line.span(from, to);
    let words = reading.words(span);
    Some(resolved.book.unnamed(article, span.start, words, kind))
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
    let from = line.sentence.words[word].token;
    (from, last_word(line.sentence, word).token.max(from) + 1)
}
