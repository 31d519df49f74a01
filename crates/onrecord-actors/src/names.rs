//! Names the lexicon does not know, as candidates: what the names head found, and where it
//! stands again.

use onrecord_lexicon::Lexicon;
use onrecord_model::{ActorKind, MentionKind, NameKind};

use crate::candidate::{Candidate, Sense};
use crate::heard::{Heard, Tally, first_word};
use crate::known::is_adjective;
use crate::organ::is_metonym;
use crate::view::{Called, Line, Shape};
use crate::{bodies, metonym, title};

/// What rows from the names head are made by.
pub const HEAD: &str = "head:names";

/// What the names of a sentence, and its other capitalised words, may stand for.
pub fn find(line: &Line<'_>, lexicon: &Lexicon, heard: &Heard) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut taken = vec![false; line.toks.len()];
    for name in &heard.lines[line.n] {
        let titled = title::noun_before(line, lexicon, name.from).is_some();
        let (kind, tally) = match heard.tally(line, name) {
            Some(tally) => (tally.kind(), tally),
            None if titled => (name.kind, Tally::default()),
            None => continue,
        };
        let name = Called { kind, ..*name };
        found.extend(candidate(line, lexicon, &name, titled, tally));
        taken[name.from..name.to].fill(true);
    }
    for (at, taken) in taken.into_iter().enumerate() {
        if taken || !line.is_capital(at) {
            continue;
        }
        if let Some((name, tally)) = heard.again(line, at) {
            found.extend(candidate(line, lexicon, &name, false, tally));
        } else if may_be_surname(line, lexicon, at) {
            let titled = title::noun_before(line, lexicon, at).is_some();
            found.push(word(line, lexicon, at, titled, None));
        }
    }
    found
}

fn candidate(
    line: &Line<'_>,
    lexicon: &Lexicon,
    name: &Called,
    titled: bool,
    tally: Tally,
) -> Option<Candidate> {
    let (from, to) = (name.from, name.to);
    let first = &line.toks[from];
    let called = |sense| Candidate {
        from,
        to,
        sense,
        kind: MentionKind::Name,
        rule: HEAD,
        confidence: name.percent.clamp(50, 90),
    };
    if to - from == 1 {
        let alone = alone(line, lexicon, name, tally);
        return Some(word(line, lexicon, from, titled, alone));
    }
    let key = line.key(from, to);
    if !lexicon.places.by_form(&key).is_empty() || is_metonym(lexicon, &key) {
        return None;
    }
    // "the Clean Power | Plan", "Miss Universe"
    let words = &lexicon.words;
    let honorific = words
        .honorifics
        .get(&first.lower)
        .is_some_and(|k| k == "honorific");
    let work = line.is_capital(to) && words.actor.is("no-name", line.lower(to));
    if work || honorific {
        return None;
    }
    // A given name and no word that is a body's: a person, whatever the head says once.
    let named =
        is_given(lexicon, &first.key) && !lexicon.words.function_words.contains(&first.lower);
    let body = bodies::body(line, lexicon, from, to);
    // "Saraya X" is a body, whatever it sounds like.
    let may_be = !words.actor.is("heads-first", line.lower(from));
    let person = may_be
        && match name.kind {
            NameKind::Person => named || body.is_none(),
            _ => body.is_none() && (named && name.kind != NameKind::Location || titled),
        };
    if person {
        return is_person(line, lexicon, from, to).then(|| called(Sense::Person));
    }
    match name.kind {
        // A head noun at the end knows better than a head that is in doubt.
        NameKind::Location => body
            .filter(|body| body.own && body.head + 1 == to)
            .filter(|body| body.is_force() || !tally.is_sure(60))
            .map(|body| called(body.sense)),
        _ => match body {
            Some(body) => {
                // "Party of the Open Hand": written so, it is hardly anything else
                let plain = body.head == from && line.lower(from + 1) == "of";
                let sure = tally.is_sure(if plain { 15 } else { 40 });
                (sure && body.own).then(|| called(body.sense))
            }
            None => (tally.is_sure(65)
                && ends(line, lexicon, to)
                && bodies::is_own(line, lexicon, from, to))
            .then(|| called(organization())),
        },
    }
}

/// Whether a name without a head noun is whole: no other word with a capital goes on with it
/// ("Republican National | Convention"), titles apart.
fn ends(line: &Line<'_>, lexicon: &Lexicon, to: usize) -> bool {
    line.headline
        || !line.is_capital(to)
        || line.toks[to].shape != Shape::Title
        || title::is_part(line, lexicon, to)
        || line.called.iter().any(|name| name.from == to)
}

/// A word that may be the surname of somebody named, else what it is `alone`.
fn word(
    line: &Line<'_>,
    lexicon: &Lexicon,
    at: usize,
    titled: bool,
    alone: Option<ActorKind>,
) -> Candidate {
    let place = !lexicon.places.by_form(&line.toks[at].key).is_empty();
    Candidate {
        from: at,
        to: at + 1,
        sense: Sense::Word {
            titled: titled && !place,
            alone,
        },
        kind: MentionKind::Name,
        rule: if alone.is_some() {
            HEAD
        } else {
            "actors.surname"
        },
        confidence: if alone.is_some() { 65 } else { 80 },
    }
}

/// What a name of one word is where no surname or acronym explains it: a person or a body
/// that the head names surely, and that is no word of another list.
fn alone(line: &Line<'_>, lexicon: &Lexicon, name: &Called, tally: Tally) -> Option<ActorKind> {
    let tok = &line.toks[name.from];
    let words = &lexicon.words;
    let known = !lexicon.places.by_form(&tok.key).is_empty()
        || !lexicon.actors.by_form(&tok.key).is_empty()
        || is_adjective(lexicon, tok.text)
        || words
            .organisation_heads
            .contains_key(&tok.key.to_lowercase())
        || words.actor.is("no-name", &tok.lower)
        || words.actor.is("geographic", &tok.lower)
        || title::is_noun(lexicon, &tok.lower);
    if known || line.headline || tok.key.chars().count() < 3 || is_modifier(line, lexicon, name) {
        return None;
    }
    let acts = |least: u8| {
        let sure = metonym::acts(line, lexicon, name.from, name.to);
        sure.is_some_and(|sure| sure >= least)
    };
    match name.kind {
        NameKind::Person if tok.shape == Shape::Title && !is_given(lexicon, &tok.key) => {
            let (most, mostly) = tally.most();
            let sure = most >= 150 || most >= 90 && acts(75);
            (sure && mostly).then_some(ActorKind::Person)
        }
        // "the IDA", "Silt-Watch": written as bodies are
        NameKind::Organization if !is_given(lexicon, &tok.key) => {
            let formed = tok.shape == Shape::Upper && line.before(name.from) == "the"
                || tok.key.contains(' ');
            let least = match (formed, acts(75)) {
                (true, _) => 55,
                (_, true) => 65,
                _ => 90,
            };
            tally.is_sure(least).then_some(ActorKind::Organization)
        }
        // A place no gazetteer has, where it speaks or acts.
        NameKind::Location if tok.shape == Shape::Title && line.before(name.from) != "the" => {
            (tally.is_sure(60) && acts(65)).then_some(ActorKind::Government)
        }
        _ => None,
    }
}

/// Whether the tree makes the name an adjective of a noun after it ("the Sunni bloc"). What
/// has a director is a body all the same ("IDA director").
fn is_modifier(line: &Line<'_>, lexicon: &Lexicon, name: &Called) -> bool {
    let office = title::noun_at(line, lexicon, name.to).is_some();
    let body = name.kind == NameKind::Organization && office;
    !body
        && line.head(name.from, name.to).is_some_and(|head| {
            line.sentence.words[head]
                .dep
                .is_any(&["amod", "compound", "nmod:desc"])
        })
}

fn organization() -> Sense {
    Sense::Body {
        kind: ActorKind::Organization,
        sector: String::new(),
        country: None,
    }
}

/// Whether several words can be a person's name: names and particles, nothing of streets,
/// days and books.
fn is_person(line: &Line<'_>, lexicon: &Lexicon, from: usize, to: usize) -> bool {
    let words = &lexicon.words.actor;
    to - from <= 6
        && (from..to).all(|at| {
            let lower = line.lower(at);
            let name = line.is_capital(at) && !lexicon.words.function_words.contains(lower);
            (name || words.is("part", lower))
                && !is_calendar(lower)
                && !words.is("geographic", lower)
                && (!words.is("no-name", lower) || is_given(lexicon, &line.toks[at].key))
                && !is_adjective(lexicon, line.toks[at].text)
        })
        && !words.is("geographic", line.lower(to))
        && !(line.toks[to - 1].shape == Shape::Upper && line.toks[to - 1].text.contains('.'))
}

/// Whether a capitalised word that the head passed over may be the surname of somebody the
/// article names: it is no other word, and no part of a longer name.
fn may_be_surname(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let ordinary = |at: usize| {
        let tok = &line.toks[at];
        let lower = &tok.lower;
        let words = &lexicon.words;
        words.function_words.contains(lower)
            || words.actor.is("opens", lower)
            || is_calendar(lower)
            || is_adjective(lexicon, tok.text)
            || title::is_part(line, lexicon, at)
    };
    let beside = |at: usize| line.is_capital(at) && !line.headline && !ordinary(at);
    (line.toks[at].shape == Shape::Title || line.headline)
        && !ordinary(at)
        && !beside(at + 1)
        && !at.checked_sub(1).is_some_and(beside)
}

pub fn is_given(lexicon: &Lexicon, key: &str) -> bool {
    let given = &lexicon.words.given_names;
    given.contains_key(key) || given.contains_key(first_word(key))
}

/// A capitalised word inside a headline that ends a name: a small word or a verb ("Dana Ferro
/// Says No").
pub fn stops(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let lower = line.lower(at);
    let inflected = lower.len() > 4 && (lower.ends_with('s') || lower.ends_with("ed"));
    line.toks[at].shape == Shape::Title
        && (lexicon.words.function_words.contains(lower)
            || inflected
                && lexicon.words.actor.acts(lower)
                && !is_given(lexicon, &line.toks[at].key))
        && !lexicon.words.actor.is("part", lower)
}

/// Months and weekdays; those that are given names too are left to the given names.
pub fn is_calendar(lower: &str) -> bool {
    matches!(
        lower.trim_end_matches('.'),
        "january"
            | "february"
            | "march"
            | "july"
            | "september"
            | "october"
            | "november"
            | "december"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
            | "jan"
            | "feb"
            | "aug"
    )
}
