//! Bodies the lexicon does not know, told by their head noun.

use onrecord_lexicon::{FormKind, Lexicon};
use onrecord_model::{ActorKind, MentionKind};

use crate::candidate::{Candidate, Sense};
use crate::known::is_adjective;
use crate::organ::is_metonym;
use crate::runs::{is_given, is_initial, run_end, stops};
use crate::title;
use crate::view::{Line, Shape};

/// Bodies: a head noun at the end of a name ("Orvian Farmers Union"), or before "of" and a
/// name ("Ministry of Water").
pub fn find(line: &Line<'_>, lexicon: &Lexicon, start: usize, end: usize) -> Option<Candidate> {
    let words = &lexicon.words;
    for head in (start..end).rev() {
        let Some((kind, sector)) = head_at(line, lexicon, start, head) else {
            continue;
        };
        // "Salah Governorate", "Nahr Mosque": places rather than bodies.
        if words.actor.is("geographic", line.lower(head)) {
            continue;
        }
        let Some(kind) = ActorKind::read(kind) else {
            continue;
        };
        let leads = words.actor.is("heads-first", line.lower(head));
        let (from, to) = if leads {
            (head, end) // "Harakat X"
        } else {
            (
                body_start(line, lexicon, start, head),
                body_end(line, lexicon, head, end),
            )
        };
        let from = if leads || kind == ActorKind::Media {
            from
        } else {
            with_first_half(line, lexicon, from, head)
        };
        let of_state = !matches!(
            kind,
            ActorKind::Organization | ActorKind::Media | ActorKind::Group
        );
        let own = (from..to)
            .filter(|i| *i != head && line.is_capital(*i))
            .any(|i| {
                let generic = is_generic(line, lexicon, i);
                let portfolio = of_state && words.actor.is("portfolio", line.lower(i));
                !is_adjective(lexicon, line.toks[i].text) && !generic && !portfolio
            });
        let country = (from..to).find_map(|i| words.demonyms.get(line.toks[i].text).cloned());
        // An office that any state has needs its state: "the Interior Ministry" is nobody's.
        let office = country.is_some() && to - from > 2 && of_state;
        let of_country = from == head
            && to > head + 1
            && is_metonym(lexicon, &line.key(last_name(line, head + 1, to), to));
        // "Retired Orvian Army": what follows the first word is known by itself.
        let known = (from + 1..head).any(|i| !lexicon.actors.by_form(&line.key(i, to)).is_empty());
        // "Dana H. Tribe" is a person.
        let initial = (from..head).any(|i| is_initial(line.toks[i].text));
        if !(own || office) || of_country || initial || known || to - from > 9 {
            continue;
        }
        return Some(Candidate {
            from,
            to,
            sense: Sense::Body {
                kind,
                sector: sector.to_owned(),
                country,
            },
            kind: MentionKind::Name,
            rule: "actors.body",
            confidence: 75,
        });
    }
    None
}

/// The kind and sector of the longest head noun that ends at `head`.
fn head_at<'l>(
    line: &Line<'_>,
    lexicon: &'l Lexicon,
    start: usize,
    head: usize,
) -> Option<(&'l str, &'l str)> {
    (0..3usize)
        .rev()
        .filter(|n| head >= start + n)
        .find_map(|n| {
            let key = line.key(head - n, head + 1).to_lowercase();
            let (kind, sector) = lexicon.words.organisation_heads.get(&key)?;
            Some((kind.as_str(), sector.as_str()))
        })
}

/// Where the name of a body begins: after titles, and after a known name that is a name of
/// its own.
fn body_start(line: &Line<'_>, lexicon: &Lexicon, start: usize, head: usize) -> usize {
    (start..head)
        .rev()
        .find(|i| {
            let person = lexicon.actors.by_form(&line.toks[*i].key).iter().any(|f| {
                lexicon.actors.entries[f.actor].kind == ActorKind::Person
                    && f.kind == FormKind::Full
            });
            let office = lexicon
                .words
                .honorifics
                .get(&line.toks[*i].lower.replace('.', ""))
                .is_some_and(|k| k == "office" || k == "honorific");
            let office = office || stops(line, lexicon, *i);
            person || office
        })
        .map_or(start, |i| i + 1)
}

/// Whether a word before a head noun names nothing ("National", "Federal" alone do not).
fn is_generic(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let word = line.lower(at);
    lexicon.words.actor.is("modifies", word)
        || lexicon.words.actor.is("between", word)
        || lexicon.words.actor.is("geographic", word)
        || lexicon.words.actor.is("direction", word)
        || (line.toks[at].first && lexicon.words.function_words.contains(word))
}

/// Where the name of a body ends: "of", "for" and "and" may stand inside, after the head.
fn body_end(line: &Line<'_>, lexicon: &Lexicon, head: usize, last: usize) -> usize {
    let mut end = head + 1;
    if end < last {
        return end;
    }
    while matches!(line.lower(end), "of" | "for" | "and" | "&") {
        let joint = line.lower(end) == "and";
        if joint && end == head + 1 {
            break;
        }
        let name = end + 1 + usize::from(line.lower(end + 1) == "the");
        // "Rally for Dana Ferro"
        let person = is_given(lexicon, &line.toks[name.min(line.toks.len() - 1)].key);
        if !line.is_capital(name) || person {
            break;
        }
        let to = run_end(line, lexicon, name);
        // "Ministry of Water and Energy" is one; "Ministry of Water and President X" is two.
        if joint
            && (to - name > 1
                || name > end + 1
                || line.toks[name].shape == Shape::Upper
                || !lexicon.places.by_form(&line.toks[end - 1].key).is_empty()
                || title::is_part(line, lexicon, name)
                || !lexicon.actors.by_form(&line.toks[name].key).is_empty())
        {
            break;
        }
        end = to;
    }
    end
}

/// "Securities and Exchange Commission": the half before "and", where one word stands after.
fn with_first_half(line: &Line<'_>, lexicon: &Lexicon, from: usize, head: usize) -> usize {
    let Some(before) = from.checked_sub(2) else {
        return from;
    };
    let tok = &line.toks[before];
    let unknown = line.is_capital(before)
        && !tok.first
        && lexicon.actors.by_form(&tok.key).is_empty()
        && lexicon.places.by_form(&tok.key).is_empty()
        && !is_given(lexicon, &tok.key)
        && !(before > 0 && line.is_capital(before - 1));
    if head == from + 1 && line.before(from) == "and" && unknown {
        before
    } else {
        from
    }
}

fn last_name(line: &Line<'_>, from: usize, to: usize) -> usize {
    (from..to)
        .rev()
        .take_while(|i| line.is_capital(*i))
        .last()
        .unwrap_or(from)
}
