//! Descriptions of persons: "the Lotus chief", "the spokesman".

use onrecord_lexicon::Lexicon;
use onrecord_model::{ActorKind, MentionKind};

use crate::resolve::{Met, Resolved};
use crate::title;
use crate::view::Line;

/// Adds "the report", once the article has said of one single body that a report is its own.
pub fn reports(lines: &[Line<'_>], resolved: &mut Resolved<'_>) {
    let mut by: Vec<usize> = Vec::new();
    for line in lines {
        for at in 0..line.toks.len() {
            if !matches!(line.lower(at), "report" | "study") {
                continue;
            }
            let own = matches!(line.lower(at + 1), "by" | "from").then(|| {
                let name = at + 2 + usize::from(line.lower(at + 2) == "the");
                resolved
                    .at(line.n, at + 2)
                    .or_else(|| resolved.at(line.n, name))?
                    .entry
            });
            if let Some(Some(entry)) = own {
                if !by.contains(&entry) {
                    by.push(entry);
                }
            } else if let [only] = by[..]
                && line.before(at) == "the"
                && !matches!(line.lower(at + 1), "of" | "on" | "that" | "about")
                && resolved.book.entries[only].actor.kind != ActorKind::Person
                && resolved.at(line.n, at).is_none()
            {
                resolved.met[line.n].push(Met {
                    line: line.n,
                    from: at,
                    to: at + 1,
                    kind: MentionKind::Description,
                    entry: Some(only),
                    rule: "actors.report",
                    confidence: 60,
                });
            }
        }
    }
}

/// Adds the descriptions by an office that one single person met before holds.
pub fn find(lexicon: &Lexicon, lines: &[Line<'_>], resolved: &mut Resolved<'_>) {
    for line in lines {
        let mut at = 0;
        while at < line.toks.len() {
            let Some((from, to, entry)) = description_at(line, lexicon, resolved, at) else {
                at += 1;
                continue;
            };
            // "the Lotus chief" takes the place of "Lotus".
            resolved.met[line.n].retain(|m| m.to <= from || to <= m.from);
            resolved.met[line.n].push(Met {
                line: line.n,
                from,
                to,
                kind: MentionKind::Description,
                entry: Some(entry),
                rule: "actors.description",
                confidence: 65,
            });
            at = to;
        }
    }
}

fn description_at(
    line: &Line<'_>,
    lexicon: &Lexicon,
    resolved: &Resolved<'_>,
    at: usize,
) -> Option<(usize, usize, usize)> {
    let body = resolved.at(line.n, at).filter(|m| m.from == at);
    if let Some(m) = body {
        let noun = m.to + usize::from(line.is_possessive(m.to));
        let to = noun_at(line, lexicon, noun)?;
        let entry = m
            .entry
            .filter(|e| resolved.book.entries[*e].actor.kind != ActorKind::Person)?;
        // "the Lotus chief", not "a Lotus official".
        if at > 0 && line.before(at) != "the" {
            return None;
        }
        let name = &resolved.book.entries[entry].actor.name;
        let person = only_holder(line, lexicon, resolved, (noun, to), Some(name))?;
        return Some((at, to, person));
    }
    if line.lower(at) != "the" {
        return None;
    }
    let mut noun = at + 1;
    // Adjectives, and an age ("the 45-year-old head").
    let adjective = |at: usize| {
        lexicon.words.actor.is("modifies", line.lower(at))
            || line.toks.get(at).is_some_and(|t| t.text.ends_with("-old"))
    };
    while adjective(noun) && noun_at(line, lexicon, noun).is_none() {
        noun += 1;
    }
    let to = noun_at(line, lexicon, noun)?;
    if resolved.at(line.n, noun).is_some() {
        return None;
    }
    if matches!(line.lower(to), "of" | "for") {
        let name = to + 1 + usize::from(line.lower(to + 1) == "the");
        let body = resolved
            .at(line.n, name)
            .filter(|m| m.from == name)?
            .entry?;
        let name = &resolved.book.entries[body].actor.name;
        let person = only_holder(line, lexicon, resolved, (noun, to), Some(name))?;
        return Some((at + 1, to, person));
    }
    let person = only_holder(line, lexicon, resolved, (noun, to), None)?;
    Some((at + 1, to, person))
}

/// A title noun at `at` that no name follows: its end.
fn noun_at(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> Option<usize> {
    let to = title::noun_at(line, lexicon, at)?;
    let named = line.is_capital(to) || (line.is_mark(to, &[","]) && line.is_capital(to + 1));
    let goes_on = title::noun_at(line, lexicon, to).is_some();
    (!named && !goes_on).then_some(to)
}

/// The only person met before this sentence, or in it before the words, who holds the
/// office: in that body, or in any.
fn only_holder(
    line: &Line<'_>,
    lexicon: &Lexicon,
    resolved: &Resolved<'_>,
    (from, to): (usize, usize),
    body: Option<&str>,
) -> Option<usize> {
    let noun = line.phrase(from, to)?;
    let class = title::class(lexicon, &noun);
    let office = lexicon
        .words
        .honorifics
        .get(&noun)
        .is_some_and(|k| k == "office" || k == "rank");
    if class == Some("person") && !office {
        return None; // "the woman", "the expert"
    }
    let holds = |entry: usize| {
        let actor = &resolved.book.entries[entry].actor;
        actor.kind == ActorKind::Person
            && actor.roles.iter().any(|role| {
                let same = matches_noun(lexicon, &role.title, &noun, class, body.is_some());
                match body {
                    Some(body) => role.of.as_deref() == Some(body) && same,
                    None => role.sentence_id.is_some() && same,
                }
            })
    };
    let mut holders: Vec<usize> = Vec::new();
    for m in resolved
        .met
        .iter()
        .take(line.n + 1)
        .flatten()
        .filter(|m| m.kind == MentionKind::Name && (m.line, m.from) < (line.n, from))
    {
        let Some(entry) = m.entry else { continue };
        if !holders.contains(&entry) && holds(entry) {
            holders.push(entry);
        }
    }
    if let [only] = holders[..] {
        Some(only)
    } else {
        None
    }
}

/// Whether a printed title is that of the description: the same noun, or (with the body
/// named) one of the same class; all words for a spokesman are one.
fn matches_noun(
    lexicon: &Lexicon,
    printed: &str,
    noun: &str,
    class: Option<&str>,
    with_body: bool,
) -> bool {
    let printed = printed.to_lowercase();
    let words: Vec<&str> = printed.split(' ').collect();
    let ends = (0..words.len()).any(|i| {
        let tail = words[i..].join(" ");
        tail == noun
            || (class == Some("speaks") || with_body && class == Some("leads"))
                && title::class(lexicon, &tail) == class
    });
    ends && !words
        .first()
        .is_some_and(|w| matches!(*w, "former" | "ex" | "deputy" | "vice"))
}
