//! Organs of a state by its adjective: "Orvian troops", "the Tarnish government".

use onrecord_lexicon::{FormKind, Lexicon};
use onrecord_model::{ActorKind, MentionKind};

use crate::candidate::{Candidate, Organ, Sense};
use crate::known::metonym_at;
use crate::title;
use crate::view::{Line, Shape};

/// All organs named in the sentence.
pub fn find(line: &Line<'_>, lexicon: &Lexicon) -> Vec<Candidate> {
    let mut found = Vec::new();
    for at in 0..line.toks.len() {
        if !line.is_capital(at) {
            if let Some(candidate) = government_of(line, lexicon, at) {
                found.push(candidate);
            }
            continue;
        }
        let Some((country, to)) = country_at(line, lexicon, at) else {
            continue;
        };
        let Some((kind, end)) = noun_after(line, lexicon, to) else {
            continue;
        };
        if lexicon.words.actor.is("not-after", line.before(at)) {
            continue;
        }
        found.push(candidate(at, end, kind, country));
    }
    found
}

fn candidate(from: usize, to: usize, kind: ActorKind, country: String) -> Candidate {
    Candidate {
        from,
        to,
        sense: Sense::Organ(Organ { kind, country }),
        kind: MentionKind::Description,
        rule: "actors.organ",
        confidence: 80,
    }
}

/// The country that an adjective at `at` names ("Orvian", "US", "Orvo's", "the Baghdad"),
/// and where the noun can begin.
fn country_at(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> Option<(String, usize)> {
    let tok = &line.toks[at];
    if let Some(code) = lexicon
        .words
        .demonyms
        .get(tok.text)
        .or_else(|| lexicon.words.demonyms.get(&tok.key))
    {
        return Some((code.clone(), at + 1));
    }
    if let Some((to, actor)) = metonym_at(line, lexicon, at) {
        let code = lexicon.actors.entries[actor].country.clone()?;
        if line.is_possessive(to) {
            return Some((code, to + 1));
        }
        // A bare name before the noun is an adjective only as an acronym ("US troops") or
        // before "government" ("the Baghdad government").
        let acronym = line.toks[at].shape == Shape::Upper && to == at + 1;
        let noun = line.lower(to);
        let governs = matches!(noun, "government" | "regime" | "administration");
        return (acronym || governs).then_some((code, to));
    }
    administration_of(line, lexicon, at)
}

/// "the Smith administration": the government of the country whose official Smith is.
fn administration_of(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> Option<(String, usize)> {
    let noun = at + 1 + usize::from(line.is_possessive(at + 1));
    if line.lower(noun) != "administration" {
        return None;
    }
    let forms = lexicon.actors.by_form(&line.toks[at].key);
    let mut codes = forms
        .iter()
        .map(|f| &lexicon.actors.entries[f.actor])
        .filter(|e| e.kind == ActorKind::Person && e.sectors.iter().any(|s| s == "GOV"))
        .filter_map(|e| e.country.as_ref());
    let code = codes.next()?;
    codes.all(|c| c == code).then(|| (code.clone(), noun))
}

/// "government of Orvo", "parliament of the Tarn".
fn government_of(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> Option<Candidate> {
    let words = &lexicon.words.actor;
    let noun = line.lower(at);
    let kind = match noun {
        "government" | "administration" => ActorKind::Government,
        "parliament" | "legislature" => ActorKind::Legislature,
        _ => return None,
    };
    if line.lower(at + 1) != "of" || words.is("not-after", line.before(at)) {
        return None;
    }
    let name = at + 2 + usize::from(line.lower(at + 2) == "the");
    let (to, actor) = metonym_at(line, lexicon, name)?;
    let country = lexicon.actors.entries[actor].country.clone()?;
    (!line.is_possessive(to)).then(|| candidate(at, to, kind, country))
}

/// The noun of an organ after adjectives: its kind and its end.
fn noun_after(line: &Line<'_>, lexicon: &Lexicon, mut at: usize) -> Option<(ActorKind, usize)> {
    let words = &lexicon.words.actor;
    for _ in 0..3 {
        for (class, kind) in [
            ("forces", ActorKind::Military),
            ("rules", ActorKind::Government),
            ("legislates", ActorKind::Legislature),
        ] {
            if let Some(end) = line.of_class(lexicon, class, at) {
                let noun = line.lower(end - 1);
                return (is_whole(line, lexicon, noun, end)).then_some((kind, end));
            }
        }
        if !words.is("between", line.lower(at)) {
            return None;
        }
        at += 1;
    }
    None
}

/// Whether the noun is not itself an adjective to another: "the Orvian army" but not "the
/// Orvian army base".
fn is_whole(line: &Line<'_>, lexicon: &Lexicon, noun: &str, end: usize) -> bool {
    let words = &lexicon.words.actor;
    let plural = noun.ends_with('s') && !noun.ends_with("ss");
    if line.is_capital(end) {
        return plural;
    }
    !(words.is("goes-on", line.lower(end)) || title::class(lexicon, line.lower(end)).is_some())
}

/// The actor of the lexicon that is an organ of a state, if it has one.
pub fn known(lexicon: &Lexicon, organ: &Organ) -> Option<usize> {
    let of_country = |e: &onrecord_lexicon::ActorEntry| {
        e.kind == organ.kind && e.country.as_deref() == Some(organ.country.as_str())
    };
    let entries = &lexicon.actors.entries;
    let general = |e: &onrecord_lexicon::ActorEntry| match organ.kind {
        ActorKind::Government => !e.metonyms.is_empty() && e.name.starts_with("Government"),
        ActorKind::Military => e.name.contains("Armed Forces"),
        _ => {
            e.name.starts_with("Parliament")
                || e.name.contains("Congress")
                || e.name.contains("Knesset")
        }
    };
    entries
        .iter()
        .position(|e| of_country(e) && general(e))
        .or_else(|| {
            (organ.kind == ActorKind::Government)
                .then(|| {
                    entries
                        .iter()
                        .position(|e| of_country(e) && !e.metonyms.is_empty())
                })
                .flatten()
        })
}

/// The name of an organ that the lexicon does not list, by the name of its country.
pub fn name(lexicon: &Lexicon, organ: &Organ) -> Option<String> {
    let country = country_name(lexicon, &organ.country)?;
    Some(match organ.kind {
        ActorKind::Government => format!("Government of {country}"),
        ActorKind::Military => format!("Armed Forces of {country}"),
        _ => format!("Parliament of {country}"),
    })
}

fn country_name<'a>(lexicon: &'a Lexicon, code: &str) -> Option<&'a str> {
    let country = |p: &&onrecord_lexicon::PlaceEntry| {
        p.kind == "country" && p.country.as_deref() == Some(code)
    };
    lexicon
        .places
        .entries
        .iter()
        .find(country)
        .map(|p| p.name.as_str())
}

/// Whether the words are a form by which only a place or its government is meant.
pub fn is_metonym(lexicon: &Lexicon, key: &str) -> bool {
    let forms = lexicon.actors.by_form(key);
    !forms.is_empty() && forms.iter().all(|f| f.kind == FormKind::Metonym)
}
