//! Bodies the lexicon does not know: what their head noun says they are.

use onrecord_lexicon::Lexicon;
use onrecord_model::ActorKind;

use crate::candidate::Sense;
use crate::known::is_adjective;
use crate::organ::is_metonym;
use crate::view::Line;

/// A name with the head noun of a body in it.
pub struct Body {
    pub sense: Sense,
    /// The token of the head noun.
    pub head: usize,
    /// Whether it says which one: "Orvian Farmers Union", but not "the Interior Ministry".
    pub own: bool,
}

impl Body {
    /// Whether the head noun is one of parties, unions and armed bodies: no place is named so,
    /// as places are by banks, courts and houses.
    pub fn is_force(&self) -> bool {
        let forces = ["PTY", "REB", "PRM", "UAF", "MIL", "COP", "LAB"];
        matches!(&self.sense, Sense::Body { sector, .. } if forces.contains(&sector.as_str()))
    }
}

/// Reads the name `from..to` by its last head noun ("Orvian Farmers Union", "Ministry of
/// Water", "Harakat X").
pub fn body(line: &Line<'_>, lexicon: &Lexicon, from: usize, to: usize) -> Option<Body> {
    let words = &lexicon.words;
    let (head, kind, sector) = (from..to)
        .rev()
        .filter(|head| line.is_capital(*head) || head + 1 == to)
        .find_map(|head| {
            let (kind, sector) = head_at(line, lexicon, from, head)?;
            Some((head, ActorKind::read(kind)?, sector))
        })?;
    let of_state = !matches!(
        kind,
        ActorKind::Organization | ActorKind::Media | ActorKind::Group
    );
    let own = (from..to).any(|i| {
        let portfolio = of_state && words.actor.is("portfolio", line.lower(i));
        // "the River Court": there are courts of many kinds, but a river says which
        let land = words.actor.code("geographic", line.lower(i)) == Some("land");
        let names = is_name(line, lexicon, i) || land && line.is_capital(i);
        i != head && names && !portfolio
    });
    let country = (from..to).find_map(|i| words.demonyms.get(line.toks[i].text).cloned());
    // An office that any state has needs its state: "the Interior Ministry" is nobody's.
    let office = country.is_some() && to - from > 2 && of_state;
    let of_country = head == from
        && to > head + 1
        && is_metonym(lexicon, &line.key(last_name(line, head + 1, to), to));
    // "Salah Governorate", "Nahr Mosque": places rather than bodies.
    let place = words.actor.is("geographic", line.lower(head));
    Some(Body {
        head,
        sense: Sense::Body {
            kind,
            sector: sector.to_owned(),
            country,
        },
        own: (own || office) && !of_country && !place,
    })
}

/// Whether the token is a head noun with a capital.
pub fn is_head(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> bool {
    line.is_capital(at) && head_at(line, lexicon, at, at).is_some()
}

/// Whether the words name somebody: one of them is no adjective and no word that any name
/// may have.
pub fn is_own(line: &Line<'_>, lexicon: &Lexicon, from: usize, to: usize) -> bool {
    line.is_capital(to - 1)
        && (from..to).any(|at| is_name(line, lexicon, at))
        && !(from..to).any(|at| lexicon.words.actor.is("no-name", line.lower(at)))
        && !lexicon.words.actor.is("geographic", line.lower(to - 1))
}

fn is_name(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let word = line.lower(at);
    let generic = ["modifies", "between", "geographic", "direction"];
    line.is_capital(at)
        && !is_adjective(lexicon, line.toks[at].text)
        && !generic
            .iter()
            .any(|class| lexicon.words.actor.is(class, word))
        && !lexicon.words.function_words.contains(word)
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

fn last_name(line: &Line<'_>, from: usize, to: usize) -> usize {
    (from..to)
        .rev()
        .take_while(|i| line.is_capital(*i))
        .last()
        .unwrap_or(from)
}
