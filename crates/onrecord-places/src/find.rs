//! Names of places in the sentences.

use std::collections::BTreeSet;

use onrecord_lexicon::{Actors, Lexicon};
use onrecord_model::{ActorKind, ArticleReading, NameKind, Sentence, Span, TokenKind};

use crate::candidates::{self, Candidate};
use crate::world;

/// A name found, with the places it can mean.
pub struct Name {
    pub sentence: usize,
    pub span: Span,
    /// As it is looked up.
    pub key: String,
    /// What it can mean, the lexicon's entries first.
    pub candidates: Vec<Candidate>,
    /// Whether the words name the place; else they only speak for it ("the Velm council").
    pub row: bool,
    /// Whether the place it lies in is told with it ("Paris, Texas"): the candidates are those
    /// there.
    pub inside: bool,
}

pub struct Tok<'a> {
    pub span: Span,
    pub kind: TokenKind,
    pub text: &'a str,
    pub key: String,
    pub first: bool,
}

impl Tok<'_> {
    pub fn is_capital(&self) -> bool {
        self.kind == TokenKind::Word
            && (self.text.starts_with(char::is_uppercase)
                || self.text.split_once('-').is_some_and(|(article, rest)| {
                    article.len() == 2 && rest.starts_with(char::is_uppercase)
                }))
    }

    pub fn lower(&self) -> String {
        self.text.to_lowercase()
    }
}

/// The longest names, in order, that no actor takes and that are no part of another name.
pub fn names(reading: &ArticleReading, lexicon: &Lexicon) -> Vec<Name> {
    let mut names = Vec::new();
    let surnames = surnames(reading);
    for sentence in &reading.sentences {
        let mut first = true;
        let toks: Vec<Tok<'_>> = sentence
            .tokens
            .iter()
            .map(|token| {
                let text = reading.words(token.span);
                let tok = Tok {
                    span: token.span,
                    kind: token.kind,
                    text,
                    key: if token.kind == TokenKind::Word {
                        Actors::key(text)
                    } else {
                        text.to_owned()
                    },
                    first,
                };
                first = match token.kind {
                    TokenKind::OpenQuote => true,
                    TokenKind::Mark => first || text == ":",
                    _ => false,
                };
                tok
            })
            .collect();
        let mut at = 0;
        while at < toks.len() {
            let taken = |from: usize, to: usize| {
                let span = toks[from].span.join(toks[to - 1].span);
                reading.mentions.iter().any(|m| m.span.overlaps(span))
            };
            let own = longest_at(lexicon, &toks, at);
            let wide = world::longest_at(lexicon, &toks, at, own.as_ref().map_or(0, |o| o.to));
            let Some(found) = wide.or(own) else {
                at += 1;
                continue;
            };
            let to = found.to;
            let span = toks[at].span.join(toks[to - 1].span);
            let surname = to == at + 1
                && surnames.contains(&toks[at].key)
                && !after_preposition(lexicon, &toks, at);
            let outer = world::told_with(lexicon, &toks, to, &found);
            let before = at.checked_sub(1).map(|i| toks[i].text);
            let is_name = if found.entries.is_empty() {
                world::is_place(sentence, &toks, at, to, outer.is_some())
            } else {
                is_place(sentence, span, before)
                    .unwrap_or_else(|| stands_alone(lexicon, &toks, at, to))
            };
            let taken_here = taken(at, to);
            let row = !taken_here && !surname && is_name && !is_adjective(lexicon, &toks, at, to);
            if !row && !world::speaks(sentence, &toks, at, to, taken_here) {
                at = to;
                continue;
            }
            let all = candidates::of(
                lexicon,
                &found.key,
                &found.entries,
                world::is_short(&toks, at, to),
            );
            let Some(outer) = outer else {
                names.push(Name {
                    sentence: sentence.n,
                    span,
                    key: found.key,
                    candidates: all,
                    row,
                    inside: false,
                });
                at = to;
                continue;
            };
            names.push(Name {
                sentence: sentence.n,
                span,
                key: found.key,
                candidates: outer.inside,
                row,
                inside: true,
            });
            if !taken(outer.from, outer.to) {
                names.push(Name {
                    sentence: sentence.n,
                    span: toks[outer.from].span.join(toks[outer.to - 1].span),
                    key: outer.key,
                    candidates: outer.candidates,
                    row: true,
                    inside: false,
                });
            }
            at = outer.to;
        }
    }
    // a word that is a place elsewhere in the article is it here too, unless the head says
    // that it is part of another name
    let places: BTreeSet<String> = names
        .iter()
        .filter(|n| n.row)
        .map(|n| n.key.clone())
        .collect();
    for name in names
        .iter_mut()
        .filter(|n| !n.row && places.contains(&n.key))
    {
        let heard = &reading.sentences[name.sentence].names;
        let free = heard.iter().all(|n| !n.span.overlaps(name.span));
        let taken = reading.mentions.iter().any(|m| m.span.overlaps(name.span));
        name.row = free && !taken;
    }
    names
}

/// What the names head says of a name of the gazetteer; none where it says nothing, or too
/// little. Part of a person's or body's name is no place ("Paris Hilton", "Bank of Velm"),
/// but for what stands after "in"; a country is often taken for a body.
fn is_place(sentence: &Sentence, span: Span, before: Option<&str>) -> Option<bool> {
    let name = sentence.names.iter().find(|n| n.span.overlaps(span))?;
    let whole = span.contains(name.span);
    match name.kind {
        NameKind::Location => whole.then_some(true),
        NameKind::Person | NameKind::Organization => {
            (!whole && before != Some("in")).then_some(false)
        }
    }
}

/// Surnames of the persons of the article: the word alone is the person.
fn surnames(reading: &ArticleReading) -> Vec<String> {
    let persons = reading
        .actors
        .iter()
        .filter(|a| a.kind == ActorKind::Person);
    persons
        .flat_map(|a| std::iter::once(&a.name).chain(&a.aliases))
        .filter_map(|name| name.split(' ').next_back().map(Actors::key))
        .collect()
}

/// A name of the tables at a word.
pub struct Found {
    /// The word after it.
    pub to: usize,
    pub key: String,
    /// Indices into the lexicon's places; none where only the gazetteer has it.
    pub entries: Vec<usize>,
}

fn longest_at(lexicon: &Lexicon, toks: &[Tok<'_>], at: usize) -> Option<Found> {
    let first = &toks[at];
    if !first.is_capital() {
        return None;
    }
    let start = first.key.split(' ').next()?.to_lowercase();
    let most = lexicon.places.longest_from(&start);
    let limit = (at + most + 1).min(toks.len());
    (at + 1..=limit)
        .rev()
        .filter(|to| most > 0 && toks[*to - 1].kind == TokenKind::Word)
        .find_map(|to| {
            let key = key_of(&toks[at..to]);
            let mut entries = lexicon.places.by_form(&key).to_vec();
            let shouted = toks[at..to]
                .iter()
                .all(|t| !t.text.contains(char::is_lowercase));
            if entries.is_empty() && shouted && key.len() > 3 {
                entries = lexicon.places.by_form(&quiet(&key)).to_vec();
            }
            (!entries.is_empty()).then_some(Found { to, key, entries })
        })
}

/// "BAGHDAD" as "Baghdad".
fn quiet(key: &str) -> String {
    let words = key.split(' ').map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .into_iter()
            .chain(letters.flat_map(char::to_lowercase))
            .collect()
    });
    words.collect::<Vec<String>>().join(" ")
}

/// The key of several words.
pub fn key_of(toks: &[Tok<'_>]) -> String {
    let mut key = String::new();
    for (i, tok) in toks.iter().enumerate() {
        if tok.kind == TokenKind::Clitic {
            key.extend(tok.text.chars().filter(|c| c.is_alphanumeric()));
            continue;
        }
        if i > 0 {
            key.push(' ');
        }
        key.push_str(&tok.key);
    }
    key
}

/// Whether no unknown capitalised word beside the name makes it part of another name
/// ("Mosul Hassan", "Gen. Tikrit").
fn stands_alone(lexicon: &Lexicon, toks: &[Tok<'_>], from: usize, to: usize) -> bool {
    let words = &lexicon.words;
    if let Some(before) = from.checked_sub(1).map(|i| &toks[i])
        && before.is_capital()
    {
        let lower = before.lower();
        let title = words.honorifics.contains_key(&lower.replace('.', ""));
        let given = words.given_names.contains_key(&before.key) && !before.first;
        let known = before.first
            || is_known(lexicon, before)
            || words.actor.is("geographic", &lower)
            || words.actor.is("direction", &lower);
        if title || given || !known {
            return false;
        }
    }
    let Some(after) = toks.get(to) else {
        return true;
    };
    if !after.is_capital() {
        return true;
    }
    is_known(lexicon, after)
        || words.actor.is("geographic", &after.lower())
        || words
            .honorifics
            .contains_key(&after.lower().replace('.', ""))
}

/// Whether a capital says nothing about a name: adjectives of countries, other places and
/// actors, days and months, small words.
fn is_known(lexicon: &Lexicon, tok: &Tok<'_>) -> bool {
    let words = &lexicon.words;
    let lower = tok.lower();
    words.demonyms.contains_key(tok.text)
        || words.peoples.contains_key(tok.text)
        || words.function_words.contains(&lower)
        || !lexicon.places.by_form(&tok.key).is_empty()
        || !lexicon.actors.by_form(&tok.key).is_empty()
        || CALENDAR.iter().any(|name| lower.starts_with(name))
}

/// "US strike": an acronym before a noun is an adjective.
fn is_adjective(lexicon: &Lexicon, toks: &[Tok<'_>], from: usize, to: usize) -> bool {
    let acronym = to == from + 1 && toks[from].text.chars().all(|c| !c.is_lowercase());
    let Some(after) = toks
        .get(to)
        .filter(|t| acronym && t.kind == TokenKind::Word)
    else {
        return false;
    };
    let next = after.lower();
    let words = &lexicon.words;
    !(words.function_words.contains(&next)
        || words.actor.acts(&next)
        || words.actor.is("modal", &next)
        || words.actor.is("be", &next))
}

fn after_preposition(lexicon: &Lexicon, toks: &[Tok<'_>], at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|i| lexicon.words.actor.is("place-before", &toks[i].lower()))
}

const CALENDAR: [&str; 10] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "december",
];
