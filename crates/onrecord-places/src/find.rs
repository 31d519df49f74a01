//! Names of the gazetteer in the sentences.

use onrecord_lexicon::{Actors, Lexicon};
use onrecord_model::{ActorKind, ArticleReading, NameKind, Sentence, Span, TokenKind};

/// A name found, with the places it can mean.
pub struct Name {
    pub sentence: usize,
    pub span: Span,
    /// Indices into the gazetteer, in its order.
    pub entries: Vec<usize>,
}

struct Tok<'a> {
    span: Span,
    kind: TokenKind,
    text: &'a str,
    key: String,
    first: bool,
}

impl Tok<'_> {
    fn is_capital(&self) -> bool {
        self.kind == TokenKind::Word
            && (self.text.starts_with(char::is_uppercase)
                || self.text.split_once('-').is_some_and(|(article, rest)| {
                    article.len() == 2 && rest.starts_with(char::is_uppercase)
                }))
    }

    fn lower(&self) -> String {
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
            let Some((to, entries)) = longest_at(lexicon, &toks, at) else {
                at += 1;
                continue;
            };
            let span = toks[at].span.join(toks[to - 1].span);
            let taken = reading.mentions.iter().any(|m| m.span.overlaps(span));
            let surname = to == at + 1
                && surnames.contains(&toks[at].key)
                && !after_preposition(lexicon, &toks, at);
            if !taken
                && !surname
                && is_place(sentence, span, at.checked_sub(1).map(|i| toks[i].text))
                    .unwrap_or_else(|| stands_alone(lexicon, &toks, at, to))
                && !is_adjective(lexicon, &toks, at, to)
            {
                names.push(Name {
                    sentence: sentence.n,
                    span,
                    entries,
                });
            }
            at = to;
        }
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

fn longest_at(lexicon: &Lexicon, toks: &[Tok<'_>], at: usize) -> Option<(usize, Vec<usize>)> {
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
            let mut key = String::new();
            for (i, tok) in toks[at..to].iter().enumerate() {
                if tok.kind == TokenKind::Clitic {
                    key.extend(tok.text.chars().filter(|c| c.is_alphanumeric()));
                    continue;
                }
                if i > 0 {
                    key.push(' ');
                }
                key.push_str(&tok.key);
            }
            let entries = lexicon.places.by_form(&key);
            (!entries.is_empty()).then(|| (to, entries.to_vec()))
        })
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
