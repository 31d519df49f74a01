//! Forms of the lexicon in a sentence.

use onrecord_lexicon::{Form, FormKind, Lexicon};
use onrecord_model::{ActorKind, MentionKind};

use crate::candidate::{Candidate, Sense};
use crate::view::{Line, Shape};
use crate::{metonym, title};

/// A form found, before it is known whether the place or the actor is meant.
struct Match {
    from: usize,
    to: usize,
    forms: Vec<Form>,
}

/// All stretches of the sentence that the lexicon knows as actors.
pub fn find(line: &Line<'_>, lexicon: &Lexicon) -> Vec<Candidate> {
    let mut matches = matches(line, lexicon);
    for m in &mut matches {
        without_title(line, lexicon, m);
    }
    let mut found = Vec::new();
    for m in &matches {
        let candidate = |sense, kind, rule, confidence| Candidate {
            from: m.from,
            to: m.to,
            sense,
            kind,
            rule,
            confidence,
        };
        let best = m.forms[0];
        match best.kind {
            FormKind::Full => {
                let full: Vec<usize> = m
                    .forms
                    .iter()
                    .filter(|f| f.kind == FormKind::Full)
                    .map(|f| f.actor)
                    .collect();
                if single_name(line, lexicon, m) && part_of_longer_name(line, lexicon, m) {
                    continue;
                }
                if let [only] = full[..] {
                    let kind = kind_of(line, lexicon, m);
                    found.push(candidate(Sense::Known(only), kind, "actors.lexicon", 95));
                } else {
                    let sense = Sense::Short {
                        among: full,
                        titled: false,
                    };
                    found.push(candidate(sense, MentionKind::Name, "actors.lexicon", 75));
                }
            }
            FormKind::Short => {
                let among: Vec<usize> = m
                    .forms
                    .iter()
                    .filter(|f| f.kind == FormKind::Short)
                    .map(|f| f.actor)
                    .collect();
                if line.toks[m.from..m.to]
                    .iter()
                    .all(|t| t.shape == Shape::Lower)
                {
                    let several = m.to > m.from + 1;
                    if (several || line.before(m.from) == "the") && !goes_on(line, lexicon, m.to) {
                        let sense = Sense::Short {
                            among,
                            titled: false,
                        };
                        found.push(candidate(
                            sense,
                            MentionKind::Description,
                            "actors.short",
                            60,
                        ));
                    }
                } else if !part_of_longer_name(line, lexicon, m) {
                    let titled = title::before(line, lexicon, m.from).is_some();
                    let sense = Sense::Short { among, titled };
                    found.push(candidate(
                        sense,
                        kind_of(line, lexicon, m),
                        "actors.short",
                        85,
                    ));
                }
            }
            FormKind::Metonym => {
                if let Some(confidence) = metonym::acts(line, lexicon, m.from, m.to) {
                    let sense = Sense::Known(best.actor);
                    found.push(candidate(
                        sense,
                        MentionKind::Name,
                        "actors.metonym",
                        confidence,
                    ));
                }
            }
        }
    }
    found
}

/// The metonym form (a country or capital as its government) that begins at `at`: its end
/// and actor.
pub fn metonym_at(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> Option<(usize, usize)> {
    let first = line.toks.get(at)?;
    if !first.is_capital() {
        return None;
    }
    let (to, forms) = longest_at(line, lexicon, at)?;
    let form = forms.iter().find(|f| f.kind == FormKind::Metonym)?;
    Some((to, form.actor))
}

/// A name, or a description with ordinary nouns in it ("Orvian officials").
fn kind_of(line: &Line<'_>, lexicon: &Lexicon, m: &Match) -> MentionKind {
    let ordinary = |t: &crate::view::Tok<'_>| {
        t.shape == Shape::Lower
            && !lexicon.words.function_words.contains(&t.lower)
            && !lexicon.words.actor.is("part", &t.lower)
    };
    if line.toks[m.from..m.to].iter().any(ordinary) {
        MentionKind::Description
    } else {
        MentionKind::Name
    }
}

/// Leaves a title out of a form that has one ("President Ferro"), where the rest is a form
/// of the same actor.
fn without_title(line: &Line<'_>, lexicon: &Lexicon, m: &mut Match) {
    let same = |forms: &[Form]| forms.iter().any(|f| f.actor == m.forms[0].actor);
    let person = lexicon.actors.entries[m.forms[0].actor].kind == ActorKind::Person;
    while person && m.from + 1 < m.to {
        let titled = title::noun_before(line, lexicon, m.from + 1) == Some(m.from)
            || title::is_part(line, lexicon, m.from)
            || is_adjective(lexicon, line.toks[m.from].text)
            || line.toks[m.from].shape == Shape::Upper;
        if !titled || !same(lexicon.actors.by_form(&line.key(m.from + 1, m.to))) {
            return;
        }
        m.from += 1;
    }
}

/// Whether a noun that looks complete goes on ("the state television", "the party of").
fn goes_on(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let next = line.lower(at);
    if next.is_empty() {
        return false;
    }
    let words = &lexicon.words;
    matches!(next, "of" | "in")
        || line.is_capital(at)
        || !(words.actor.is("steps-over", next)
            || words.function_words.contains(next)
            || words.actor.acts(next)
            || words.actor.is("modal", next)
            || words.actor.is("be", next)
            || next.ends_with("ly"))
}

fn matches(line: &Line<'_>, lexicon: &Lexicon) -> Vec<Match> {
    let mut matches = Vec::new();
    let mut at = 0;
    while at < line.toks.len() {
        match longest_at(line, lexicon, at) {
            Some((to, forms)) => {
                matches.push(Match {
                    from: at,
                    to,
                    forms,
                });
                // A longer form may begin inside a shorter one, never inside a longer one
                // that ends later; the choice among overlaps is made later.
                at += 1;
            }
            None => at += 1,
        }
    }
    matches
}

/// The longest form from `at`.
fn longest_at(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> Option<(usize, Vec<Form>)> {
    let actors = &lexicon.actors;
    let first = line.toks.get(at)?;
    if !first.is_word() && first.kind != onrecord_model::TokenKind::Number {
        return None;
    }
    let start = first.key.split(' ').next()?.to_lowercase();
    let most = actors.longest_from(&start);
    if most == 0 {
        return None;
    }
    // Keys may hold several words, and a clitic none of its own: one token more than words.
    let limit = (at + most + 2).min(line.toks.len());
    (at + 1..=limit).rev().find_map(|to| {
        let last = &line.toks[to - 1];
        if last.is_possessive() {
            return None;
        }
        let key = line.key(at, to);
        let forms = actors.by_form(&key);
        if !forms.is_empty() {
            return Some((to, forms.to_vec()));
        }
        other_case(line, lexicon, at, to, &key)
    })
}

/// "HAMAS" for "Hamas", "Popular Front forces" for "Popular Front Forces".
fn other_case(
    line: &Line<'_>,
    lexicon: &Lexicon,
    at: usize,
    to: usize,
    key: &str,
) -> Option<(usize, Vec<Form>)> {
    let toks = &line.toks[at..to];
    let upper = toks
        .iter()
        .all(|t| t.shape != Shape::Lower && t.shape != Shape::Title);
    let capitals = toks.iter().filter(|t| t.is_capital()).count();
    let forms = lexicon.actors.by_form_any_case(&key.to_lowercase());
    let first = forms.first()?;
    if toks.len() == 1 {
        return (upper && first.kind == FormKind::Full).then(|| (to, forms.to_vec()));
    }
    if toks[0].shape == Shape::Lower {
        return None;
    }
    let entry = &lexicon.actors.entries[first.actor];
    let described = std::iter::once(&entry.name)
        .chain(&entry.also)
        .chain(&entry.short)
        .map(|f| onrecord_lexicon::Actors::key(f))
        .find(|f| f.to_lowercase() == key.to_lowercase())?;
    let expected = described
        .split(' ')
        .filter(|w| w.starts_with(char::is_uppercase))
        .count();
    (first.kind != FormKind::Metonym
        && capitals + 1 >= expected
        && capitals >= 1
        && (upper || expected != 2 || capitals == 2 || toks[0].first))
        .then(|| (to, forms.to_vec()))
}

/// A single capitalised word that names a person.
fn single_name(line: &Line<'_>, lexicon: &Lexicon, m: &Match) -> bool {
    m.to == m.from + 1
        && line.toks[m.from].shape == Shape::Title
        && lexicon.actors.entries[m.forms[0].actor].kind == ActorKind::Person
}

/// Whether another unknown capitalised word stands directly beside the match: then it is
/// some other name that holds this word.
fn part_of_longer_name(line: &Line<'_>, lexicon: &Lexicon, m: &Match) -> bool {
    let beside = |at: usize| {
        let Some(tok) = line.toks.get(at) else {
            return false;
        };
        tok.is_word()
            && tok.is_capital()
            && !tok.first
            && !line.headline
            && lexicon.actors.by_form(&tok.key).is_empty()
            && lexicon.places.by_form(&tok.key).is_empty()
            && !title::is_part(line, lexicon, at)
            && !is_adjective(lexicon, tok.text)
    };
    let after = beside(m.to) && !lexicon.words.actor.is("kind-of", line.lower(m.to));
    after || m.from.checked_sub(1).is_some_and(beside)
}

/// Whether a word is the adjective of a country.
pub fn is_adjective(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.words.demonyms.contains_key(word) || lexicon.words.peoples.contains_key(word)
}
