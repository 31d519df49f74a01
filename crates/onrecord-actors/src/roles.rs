//! Offices that the text states beside a name, and the ties that follow from them.

use onrecord_lexicon::{FormKind, Lexicon};
use onrecord_model::{ActorKind, ArticleReading, Predicate, Relation, Role, id_of};

use crate::candidate::Organ;
use crate::resolve::{Met, Resolved};
use crate::view::{Line, Shape};
use crate::{ties, title};

/// An office read beside a name.
struct Office {
    /// Tokens of the title.
    from: usize,
    to: usize,
    /// The body it is held in.
    of: Option<usize>,
    /// Code of the country an adjective in the title names.
    country: Option<String>,
}

/// Adds the roles to the actors, and gives the ties.
pub fn find(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    lines: &[Line<'_>],
    resolved: &mut Resolved<'_>,
) -> Vec<Relation> {
    let mut relations: Vec<Relation> = Vec::new();
    let all: Vec<Met> = resolved.met.iter().flatten().cloned().collect();
    for m in all {
        let (Some(entry), line) = (m.entry, &lines[m.line]) else {
            continue;
        };
        if resolved.book.entries[entry].actor.kind == ActorKind::Person {
            let offices: Vec<Office> = [
                before(line, lexicon, resolved, &m),
                after(line, lexicon, resolved, &m),
                apposed(line, lexicon, resolved, &m),
                of_body_before(line, lexicon, resolved, &m),
            ]
            .into_iter()
            .flatten()
            .collect();
            for office in offices {
                let tie = note(reading, lexicon, line, resolved, entry, &office);
                add(
                    reading,
                    resolved,
                    &mut relations,
                    tie,
                    entry,
                    office.of,
                    m.line,
                );
            }
        } else {
            for (predicate, object) in ties::find(line, resolved, &m) {
                add(
                    reading,
                    resolved,
                    &mut relations,
                    Some(predicate),
                    entry,
                    Some(object),
                    m.line,
                );
            }
        }
    }
    relations
}

fn add(
    reading: &ArticleReading,
    resolved: &Resolved<'_>,
    relations: &mut Vec<Relation>,
    predicate: Option<Predicate>,
    subject: usize,
    object: Option<usize>,
    sentence: usize,
) {
    let (Some(predicate), Some(object)) = (predicate, object) else {
        return;
    };
    let id_at = |at: usize| resolved.book.entries[at].actor.id.clone();
    // Only actors that are mentioned are rows to tie.
    if subject == object
        || !resolved
            .met
            .iter()
            .flatten()
            .any(|m| m.entry == Some(object))
    {
        return;
    }
    let (subject, object) = (id_at(subject), id_at(object));
    let id = id_of(
        "re",
        &[
            &reading.sentences[sentence].id,
            &subject,
            predicate.name(),
            &object,
        ],
    );
    if relations.iter().all(|r| r.id != id) {
        relations.push(Relation {
            id,
            subject,
            predicate,
            object,
            sentence,
            date: None,
        });
    }
}

/// Writes an office into the actor; gives the tie it stands for.
fn note(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    line: &Line<'_>,
    resolved: &mut Resolved<'_>,
    entry: usize,
    office: &Office,
) -> Option<Predicate> {
    let title = reading
        .words(line.span(office.from, office.to))
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let noun_start = title::noun_before(line, lexicon, office.to)?;
    let noun = line.phrase(noun_start, office.to)?;
    let plain = noun.replace('.', "");
    let class = title::class(lexicon, &noun);
    if class.is_none()
        && lexicon
            .words
            .honorifics
            .get(&plain)
            .is_some_and(|k| k == "honorific")
    {
        return None;
    }
    let of = office.of.map(|at| resolved.book.entries[at].actor.clone());
    let governs = of.as_ref().is_some_and(|a| a.kind == ActorKind::Government);
    let actor = &mut resolved.book.entries[entry].actor;
    let role = Role {
        title,
        of: of.as_ref().map(|a| a.name.clone()),
        from: None,
        to: None,
        sentence_id: Some(reading.sentences[line.n].id.clone()),
    };
    if actor
        .roles
        .iter()
        .all(|r| r.sentence_id.is_none() || (&r.title, &r.of) != (&role.title, &role.of))
    {
        actor.roles.push(role);
    }
    if resolved.book.entries[entry].known.is_none() {
        let actor = &mut resolved.book.entries[entry].actor;
        let country = office
            .country
            .clone()
            .or_else(|| of.as_ref().and_then(|a| a.country.clone()));
        if actor.country.is_none() {
            actor.country = country;
        }
        let code = ["leads", "speaks", "member", "person"]
            .iter()
            .find_map(|c| lexicon.words.actor.code(c, &noun));
        let sectors = match code {
            Some(code) => vec![code.to_owned()],
            None if governs => vec!["GOV".to_owned()],
            None => of.as_ref().map(|a| a.sectors.clone()).unwrap_or_default(),
        };
        if actor.sectors.is_empty() {
            actor.sectors = sectors;
        }
    }
    match class? {
        "leads" if !noun.starts_with("co-") => Some(Predicate::Leads),
        "speaks" => Some(Predicate::SpeaksFor),
        "member" => Some(Predicate::MemberOf),
        _ => None,
    }
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

/// "X, [a|the] title of [the] body", "X, a Nahr spokesman".
fn after(
    line: &Line<'_>,
    lexicon: &Lexicon,
    resolved: &mut Resolved<'_>,
    m: &Met,
) -> Option<Office> {
    if !line.is_mark(m.to, &[","]) {
        return None;
    }
    let start = m.to + 1 + usize::from(matches!(line.lower(m.to + 1), "a" | "an" | "the"));
    described(line, lexicon, resolved, start, start + 7)
}

/// "The title of body, X, said".
fn apposed(
    line: &Line<'_>,
    lexicon: &Lexicon,
    resolved: &mut Resolved<'_>,
    m: &Met,
) -> Option<Office> {
    let comma = m.from.checked_sub(1)?;
    if !line.is_mark(comma, &[","]) || !line.is_mark(m.to, &[",", ".", "(", "-", "–"]) {
        return None;
    }
    let the = (comma.saturating_sub(12)..comma)
        .rev()
        .take_while(|i| !line.is_mark(*i, &[","]))
        .find(|i| matches!(line.lower(*i), "the" | "its" | "their" | "a" | "an"))?;
    let mut start = the;
    // "leader of the Nahr": the article inside is not the first.
    while line.before(start) == "of" || line.before(start) == "for" {
        start = (0..start)
            .rev()
            .find(|i| matches!(line.lower(*i), "the" | "its" | "their" | "a" | "an"))?;
        if (start..comma).any(|i| line.is_mark(i, &[","])) {
            return None;
        }
    }
    let verb = (start..comma).any(|i| {
        lexicon.words.actor.is("modal", line.lower(i))
            || lexicon.words.actor.is("be", line.lower(i))
    });
    if !verb {
        described(line, lexicon, resolved, start + 1, comma)
    } else {
        None
    }
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
