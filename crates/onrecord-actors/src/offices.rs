//! Offices printed beside a name.

use onrecord_lexicon::{FormKind, Lexicon};
use onrecord_model::ActorKind;

use crate::candidate::Organ;
use crate::resolve::{Met, Resolved};
use crate::title;
use crate::view::{Line, Shape};

/// An office read beside a name.
pub struct Office {
    /// Tokens of the title.
    pub from: usize,
    pub to: usize,
    /// The body it is held in.
    pub of: Option<usize>,
    /// Code of the country an adjective in the title names.
    pub country: Option<String>,
}

/// The offices of the person of a mention, as the words around it give them.
pub fn of(line: &Line<'_>, lexicon: &Lexicon, resolved: &mut Resolved<'_>, m: &Met) -> Vec<Office> {
    let mut offices: Vec<Office> = [before, of_body_before]
        .into_iter()
        .filter_map(|read| read(line, lexicon, resolved, m))
        .collect();
    offices.extend(beside(line, lexicon, resolved, m));
    offices
}

/// "Lotus Front leader X", "Orvian President X".
fn before(
    line: &Line<'_>,
    lexicon: &Lexicon,
    resolved: &mut Resolved<'_>,
    m: &Met,
) -> Option<Office> {
    let from = title::before(line, lexicon, m.from)?;
    // A body named in the title ("Nahr spokesman") may itself be read as a word of it.
    let inside = resolved.met[m.line]
        .iter()
        .filter(|b| b.to > from.saturating_sub(1) && b.to < m.from)
        .max_by_key(|b| b.to);
    let body = inside
        .filter(|b| b.to >= from)
        .and_then(|b| Some((b.to, b.entry?)))
        .filter(|(_, e)| resolved.book.entries[*e].actor.kind != ActorKind::Person);
    let start = body.map_or(from, |(to, _)| to + usize::from(line.is_possessive(to)));
    if start >= m.from {
        return None;
    }
    let mut to = m.from;
    // "Secretary General Sheikh X": the first title is the office.
    while let Some(earlier) = title::noun_before(line, lexicon, to) {
        let personal = line.phrase(earlier, to).is_some_and(|p| {
            lexicon
                .words
                .honorifics
                .get(&p.replace('.', ""))
                .is_some_and(|k| matches!(k.as_str(), "honorific" | "religious" | "rank"))
        });
        if !personal || earlier <= start || title::noun_before(line, lexicon, earlier).is_none() {
            break;
        }
        to = earlier;
    }
    let country = country_in(line, lexicon, start, to);
    let of = body
        .map(|(_, e)| e)
        .or_else(|| state(line, lexicon, resolved, start, to, country.as_deref()));
    Some(Office {
        from: start,
        to,
        of,
        country,
    })
}

/// "Leader of the Lotus Front X", "secretary general of the group Lotus Front (LF) X".
fn of_body_before(
    line: &Line<'_>,
    lexicon: &Lexicon,
    resolved: &mut Resolved<'_>,
    m: &Met,
) -> Option<Office> {
    let mut end = m.from;
    if end > 0 && line.is_mark(end - 1, &[")", "]"]) {
        end = (0..end).rev().find(|i| line.is_mark(*i, &["(", "["]))?;
    }
    let body = resolved.met[m.line].iter().find(|b| b.to == end)?.clone();
    let of = body.entry?;
    if resolved.book.entries[of].actor.kind == ActorKind::Person {
        return None;
    }
    // An article and a general noun may stand before the name ("the group").
    let mut at = body.from;
    if lexicon.words.actor.is("kind-of", line.before(at)) {
        at -= 1;
    }
    if line.before(at) == "the" {
        at -= 1;
    }
    let to = at
        .checked_sub(1)
        .filter(|_| matches!(line.before(at), "of" | "for"))?;
    let from = title::before(line, lexicon, to)?;
    let country = country_in(line, lexicon, from, to);
    Some(Office {
        from,
        to,
        of: Some(of),
        country,
    })
}

/// "X, a Nahr spokesman", "the title of the body, X", "X is the title of the body".
fn beside(line: &Line<'_>, lexicon: &Lexicon, resolved: &mut Resolved<'_>, m: &Met) -> Vec<Office> {
    let mut offices = Vec::new();
    for noun in nouns_beside(line, lexicon, resolved, m) {
        // What belongs to the noun, without the name.
        let extent = line.sentence.extent(noun);
        let from = line.toks.partition_point(|t| t.span.start < extent.start);
        let to = line.toks.partition_point(|t| t.span.start < extent.end);
        let (from, to) = if line.sentence.words[noun].token < m.from {
            (from, to.min(m.from))
        } else {
            (from.max(m.to), to)
        };
        offices.extend(described(line, lexicon, resolved, from, to));
    }
    // Where the tree knows of none, a title may stand right after the name.
    if offices.is_empty() && line.is_mark(m.to, &[","]) {
        offices.extend(described(line, lexicon, resolved, m.to + 1, m.to + 9));
    }
    offices
}

/// The title nouns that the tree puts beside a name, or says that it is.
fn nouns_beside(
    line: &Line<'_>,
    lexicon: &Lexicon,
    resolved: &Resolved<'_>,
    m: &Met,
) -> Vec<usize> {
    let sentence = line.sentence;
    let word = |at: usize| &sentence.words[at];
    let Some(name) = line.head(m.from, m.to) else {
        return Vec::new();
    };
    let dep = word(name).dep;
    let is_title = |at: &usize| title::noun_before(line, lexicon, word(*at).token + 1).is_some();
    let mut found = Vec::new();
    if let Some(mut noun) = word(name).head {
        // A comma alone joins, or stands before an apposition.
        let comma = dep == "conj" && sentence.child(name, &["cc"]).is_none();
        if dep == "appos" || comma {
            // "the leader of the Front, X" may hang on the front.
            while let Some(higher) = word(noun).head
                && !is_title(&noun)
                && word(noun).dep == "nmod"
                && higher < noun
            {
                noun = higher;
            }
            found.push(noun);
        } else if dep == "nsubj" && !line.toks[m.from].quoted && is(line, noun) {
            found.push(noun);
        }
        // "A and B, the envoy": what hangs on the first belongs to the last.
        let first = if dep == "conj" { noun } else { name };
        let other = |to: usize| {
            let mut met = resolved.met[m.line].iter();
            met.any(|b| b.from >= m.to && b.to <= to && resolved.is_person(b))
        };
        found.extend(sentence.children(first).filter(|at| {
            let token = word(*at).token;
            word(*at).dep == "appos" && token >= m.to && !other(token)
        }));
    }
    found.retain(is_title);
    found
}

/// Whether the sentence says that its subject is this, now and without an if.
fn is(line: &Line<'_>, noun: usize) -> bool {
    let sentence = line.sentence;
    let be = sentence.child(noun, &["cop"]);
    be.is_some_and(|be| line.lower_word(be) == "is")
        && sentence.child(noun, &["mark"]).is_none()
        && !sentence.clause(noun).negated
}

/// A title in `start..end`, with the body after "of" or before the noun.
fn described(
    line: &Line<'_>,
    lexicon: &Lexicon,
    resolved: &mut Resolved<'_>,
    start: usize,
    end: usize,
) -> Option<Office> {
    let end = end.min(line.toks.len());
    let small = |at: &usize| {
        let word = line.lower(*at);
        word.is_empty() || lexicon.words.function_words.contains(word)
    };
    let start = (start..end).find(|at| !small(at))?;
    let mut at = start;
    let mut body = None;
    while at < end {
        if let Some(met) = resolved.at(line.n, at) {
            let entry = met
                .entry
                .filter(|e| resolved.book.entries[*e].actor.kind != ActorKind::Person)?;
            body = Some(entry);
            at = met.to + usize::from(line.is_possessive(met.to));
            continue;
        }
        if let Some(to) = title::noun_at(line, lexicon, at) {
            // "militia leader": the last noun in a row is the title.
            let last = title::noun_at(line, lexicon, to).unwrap_or(to);
            // "Chief Justice Y": another's.
            let person = |at| {
                resolved
                    .at(line.n, at)
                    .is_some_and(|b| resolved.is_person(b))
            };
            if (at..(last + 1).min(end)).any(person) {
                return None;
            }
            let country = country_in(line, lexicon, start, last);
            let of = body_after(line, resolved, last).or(body);
            let of = of.or_else(|| state(line, lexicon, resolved, start, last, country.as_deref()));
            let from = if body.is_some() { at } else { start };
            return Some(Office {
                from,
                to: last,
                of,
                country,
            });
        }
        let word = line.lower(at);
        let tok = &line.toks[at];
        let passes = tok.is_word()
            && (line.is_capital(at) || !lexicon.words.function_words.contains(word))
            && !lexicon.words.actor.acts(word);
        if !passes && !line.is_possessive(at) {
            return None;
        }
        at += 1;
    }
    None
}

/// The body after "of" or "for" at `at`.
fn body_after(line: &Line<'_>, resolved: &Resolved<'_>, at: usize) -> Option<usize> {
    if !matches!(line.lower(at), "of" | "for" | "in" | "at" | "with") {
        return None;
    }
    let name = (at + 1..at + 4).find(|i| line.is_capital(*i))?;
    let fills =
        (at + 1..name).all(|i| !line.lower(i).is_empty() && !matches!(line.lower(i), "one"));
    let entry = resolved
        .at(line.n, name)
        .filter(|m| m.from <= name)
        .and_then(|m| m.entry)?;
    (fills && resolved.book.entries[entry].actor.kind != ActorKind::Person).then_some(entry)
}

fn country_in(line: &Line<'_>, lexicon: &Lexicon, from: usize, to: usize) -> Option<String> {
    (from..to).find_map(|i| {
        let tok = &line.toks[i];
        let demonyms = &lexicon.words.demonyms;
        let acronym = || match lexicon.actors.by_form(&tok.key) {
            [form] if form.kind == FormKind::Metonym && tok.shape == Shape::Upper => {
                lexicon.actors.entries[form.actor].country.as_ref()
            }
            _ => None,
        };
        demonyms
            .get(tok.text)
            .or_else(|| demonyms.get(&tok.key))
            .or_else(acronym)
            .cloned()
    })
}

/// The government behind "Orvian president", "US secretary of state": only offices of state.
fn state(
    line: &Line<'_>,
    lexicon: &Lexicon,
    resolved: &mut Resolved<'_>,
    from: usize,
    to: usize,
    country: Option<&str>,
) -> Option<usize> {
    let country = country?;
    let of_state = (from..to).any(|i| {
        matches!(
            line.lower(i),
            "president"
                | "premier"
                | "minister"
                | "secretary"
                | "ambassador"
                | "chancellor"
                | "envoy"
                | "king"
        )
    });
    let organ = Organ {
        kind: ActorKind::Government,
        country: country.to_owned(),
    };
    let known = of_state
        .then(|| crate::organ::known(lexicon, &organ))
        .flatten()?;
    Some(resolved.book.known(known))
}
