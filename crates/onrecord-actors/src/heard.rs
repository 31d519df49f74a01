//! The names of the names head in an article: what each is, by all its mentions.

use std::collections::BTreeMap;

use onrecord_lexicon::Lexicon;
use onrecord_model::NameKind;

use crate::known::is_adjective;
use crate::names::{is_calendar, is_given};
use crate::view::{Called, Line};
use crate::{bodies, title};

/// The names of an article, with what the head takes each for.
#[derive(Default)]
pub struct Heard {
    /// Of each sentence, in order.
    pub lines: Vec<Vec<Called>>,
    /// By the name's words in lower case.
    tallies: BTreeMap<String, Tally>,
    /// Names of several words for persons and bodies, by their first word in lower case.
    long: BTreeMap<String, Vec<(String, usize)>>,
}

/// How often and how surely a name is said to be what; kinds in the order of [`NameKind`].
#[derive(Clone, Copy, Default)]
pub struct Tally {
    percents: [u32; 3],
    times: u32,
}

impl Tally {
    pub fn kind(self) -> NameKind {
        let [person, organization, location] = self.percents;
        if person >= organization && person >= location {
            NameKind::Person
        } else if organization >= location {
            NameKind::Organization
        } else {
            NameKind::Location
        }
    }

    /// What the likeliest kind has, and whether it has most of the mentions.
    pub fn most(self) -> (u32, bool) {
        let most = self.percents.into_iter().max().unwrap_or_default();
        (most, most >= 50 * self.times)
    }

    /// Whether one kind was said surely, or again and again.
    pub fn is_sure(self, once: u32) -> bool {
        let (most, _) = self.most();
        most >= once || self.times > 1 && most >= 65 * self.times
    }
}

impl Heard {
    /// Hears all names of an article. In a headline, where every word has a capital, only
    /// the names found elsewhere count.
    pub fn of(lines: &[Line<'_>], lexicon: &Lexicon) -> Heard {
        let mut heard = Heard::default();
        for line in lines {
            let names = line
                .called
                .iter()
                .filter_map(|name| trimmed(line, lexicon, *name));
            let names: Vec<Called> = names.collect();
            for name in names.iter().filter(|_| !line.headline) {
                let key = line.key(name.from, name.to).to_lowercase();
                if name.to - name.from > 1 {
                    let long = (key.clone(), name.to - name.from);
                    let same_start = heard.long.entry(first_word(&key).to_owned()).or_default();
                    if !same_start.contains(&long) {
                        same_start.push(long);
                    }
                }
                let tally = heard.tallies.entry(key).or_default();
                tally.percents[name.kind as usize] += u32::from(name.percent);
                tally.times += 1;
                if is_who(line, name) {
                    tally.percents[NameKind::Person as usize] += 100;
                } else if is_where(line, name) {
                    tally.percents[NameKind::Location as usize] += 100;
                } else if is_body(line, lexicon, name) {
                    tally.percents[NameKind::Organization as usize] += 100;
                }
            }
            heard.lines.push(names);
        }
        heard
    }

    pub fn tally(&self, line: &Line<'_>, name: &Called) -> Option<Tally> {
        let key = line.key(name.from, name.to).to_lowercase();
        self.tallies.get(&key).copied()
    }

    /// Names heard elsewhere that begin at a token: headlines, and what the head passed over.
    pub fn again(&self, line: &Line<'_>, at: usize) -> Option<(Called, Tally)> {
        let key = line.toks[at].key.to_lowercase();
        let long = self.long.get(first_word(&key))?;
        let (name, length) = long
            .iter()
            .filter(|(_, n)| at + n <= line.toks.len())
            .filter(|(name, n)| line.key(at, at + n).to_lowercase() == *name)
            .max_by_key(|(_, n)| *n)?;
        let tally = self.tallies.get(name)?;
        let name = Called {
            from: at,
            to: at + length,
            kind: tally.kind(),
            percent: 60,
        };
        Some((name, *tally))
    }
}

/// "X, who": only persons are spoken of so.
fn is_who(line: &Line<'_>, name: &Called) -> bool {
    let sentence = line.sentence;
    let who = |clause: usize| {
        let is = |at: usize| sentence.words[at].lemma == "who";
        sentence.words[clause].dep == "acl:relcl" && sentence.children(clause).any(is)
    };
    line.head(name.from, name.to)
        .is_some_and(|head| sentence.children(head).any(who))
}

/// "in X": one word nobody has met is a place there.
fn is_where(line: &Line<'_>, name: &Called) -> bool {
    name.to - name.from == 1
        && matches!(line.before(name.from), "in" | "near")
        && !line.is_possessive(name.to)
}

/// "the company X", "X, the union of the carriers": a common noun says that it is a body.
fn is_body(line: &Line<'_>, lexicon: &Lexicon, name: &Called) -> bool {
    let heads = &lexicon.words.organisation_heads;
    let noun = |lower: &str| heads.contains_key(lower);
    let before = name.from.checked_sub(1).filter(|at| !line.is_capital(*at));
    if name.from > 1 && before.is_some_and(|at| noun(line.lower(at))) {
        return true;
    }
    let sentence = line.sentence;
    let beside = |head: usize| {
        let mut after = sentence.children(head);
        after.any(|at| {
            let word = &sentence.words[at];
            let lower = line.lower_word(at);
            word.dep == "appos"
                && word.token >= name.to
                && !line.is_capital(word.token)
                && noun(lower)
        })
    };
    line.head(name.from, name.to).is_some_and(beside)
}

pub fn first_word(key: &str) -> &str {
    key.split(' ').next().unwrap_or(key)
}

/// Leaves out what is no part of the name: articles, marks, days, and before a person titles
/// and adjectives of countries.
fn trimmed(line: &Line<'_>, lexicon: &Lexicon, mut name: Called) -> Option<Called> {
    let plain = |at: usize| {
        let tok = &line.toks[at];
        let small = lexicon.words.function_words.contains(&tok.lower);
        tok.is_word() && !small && !is_calendar(&tok.lower)
    };
    while name.from < name.to {
        let first = &line.toks[name.from];
        let person = name.kind == NameKind::Person && name.from + 1 < name.to;
        let part = lexicon.words.actor.is("part", &first.lower);
        if !plain(name.from)
            || !first.is_capital() && !part
            || person && (is_adjective(lexicon, first.text) || opens(line, lexicon, name))
        {
            name.from += 1;
        } else if person
            && !is_given(lexicon, &first.key)
            && let Some(to) = title::noun_at(line, lexicon, name.from)
            && to < name.to
            && !part
        {
            name.from = to;
        } else {
            break;
        }
    }
    while name.from < name.to && !plain(name.to - 1) {
        name.to -= 1;
    }
    // "the Nahr Institute in Orvia", "Nahr University's law school", but "People's Party"
    let goes_on = (name.from + 1..name.to).find(|at| {
        let small = || (at + 1..name.to).all(|rest| !line.is_capital(rest));
        let body = || at - name.from > 1 && bodies::body(line, lexicon, name.from, *at).is_some();
        let place = || {
            !lexicon
                .places
                .by_form(&line.key(at + 1, name.to))
                .is_empty()
        };
        line.lower(*at) == "in" && at + 1 < name.to && place()
            || line.is_possessive(*at) && (small() || body())
    });
    name.to = goes_on.unwrap_or(name.to);
    let head = bodies::body(line, lexicon, name.from, name.to).map(|body| body.head);
    // "Nahr Pictures | Television", "Ferro | University"
    let next = !line.headline && bodies::is_head(line, lexicon, name.to);
    if next && (name.kind == NameKind::Organization || name.to - name.from == 1) {
        name.kind = NameKind::Organization;
        name.to += 1;
    } else if let Some(end) = head.map(|head| head + 1)
        && name.kind == NameKind::Organization
        && end > name.from + 1
        && end < name.to
        && plain(end)
        && !line.is_capital(end)
    {
        name.to = end; // "Nahr University | security"
    }
    let capital = (name.from..name.to).any(|at| line.is_capital(at));
    (capital && name.to - name.from <= 9).then_some(name)
}

/// "Derelict Obama fled": the capital of a sentence's first word says nothing, and the rest
/// is a surname of the lexicon.
fn opens(line: &Line<'_>, lexicon: &Lexicon, name: Called) -> bool {
    let first = &line.toks[name.from];
    let rest = lexicon.actors.by_form(&line.key(name.from + 1, name.to));
    first.first && !is_given(lexicon, &first.key) && !rest.is_empty()
}
