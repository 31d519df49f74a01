//! Persons that a page gives by one word only.

use std::collections::BTreeMap;

use onrecord_lexicon::spelling_key;

use super::clusters::Clusters;
use super::link::{Link, Why};
use super::office::Say;

/// So many persons of one surname are asked whether they are meant; of a commoner surname
/// nothing can be said.
const BEARERS_MOST: usize = 64;
/// One of several bearers is meant where an office says nothing if he has so many times the
/// mentions of all others together.
const FAR_MORE: u64 = 20;

/// Links a surname with the one person who can be meant, and one word on several pages where
/// nobody has a full name to it.
pub fn find(clusters: &mut Clusters<'_, '_>) {
    let bearers = clusters.bearers;
    let mut called: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut bodies: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, bearer) in bearers.iter().enumerate().filter(|(_, b)| !b.is_person) {
        for name in bearer.names.iter().filter(|name| !name.key.contains(' ')) {
            bodies.entry(spelling_key(name.text)).or_default().push(at);
        }
    }
    let mut alone: Vec<usize> = Vec::new();
    for (at, bearer) in bearers.iter().enumerate().filter(|(_, b)| b.is_person) {
        if bearer.names.is_empty() {
            alone.push(at);
            continue;
        }
        let words = bearer.words.iter().map(|word| spelling_key(word));
        for key in bearer.surnames.iter().cloned().chain(words) {
            let persons = called.entry(key).or_default();
            if persons.last() != Some(&at) {
                persons.push(at);
            }
        }
    }
    let mut nobody: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in alone {
        let key = spelling_key(&bearers[at].actor.name);
        match called.get(&key) {
            None => nobody.entry(key).or_default().push(at),
            Some(persons) => {
                if let Some(link) = meant(clusters, at, persons) {
                    clusters.take(link);
                }
            }
        }
    }
    for (key, among) in nobody {
        match bodies.get(&key) {
            Some(bodies) => of_body(clusters, &among, bodies),
            None => one_word(clusters, &among),
        }
    }
}

/// The person a surname stands for.
fn meant<'a>(clusters: &Clusters<'_, 'a>, at: usize, persons: &[usize]) -> Option<Link<'a>> {
    let bearers = clusters.bearers;
    let mut can: Vec<usize> = Vec::new();
    for person in persons.iter().take(BEARERS_MOST + 1) {
        if can
            .iter()
            .all(|c| clusters.root(*c) != clusters.root(*person))
        {
            can.push(*person);
        }
    }
    if persons.len() > BEARERS_MOST {
        return None;
    }
    let link = |to: usize, why| {
        Some(Link {
            a: at,
            b: to,
            one: bearers[at].actor.name.as_str(),
            two: bearers[to].names.first()?.text,
            why,
            strength: 600,
        })
    };
    let says: Vec<(usize, Say)> = can
        .iter()
        .map(|person| (*person, clusters.offices(at, *person)))
        .collect();
    let agree: Vec<usize> = says
        .iter()
        .filter(|(_, say)| matches!(say, Say::One(_)))
        .map(|(person, _)| *person)
        .collect();
    if let [only] = agree[..] {
        return link(only, Why::Office);
    }
    let open = |person: usize| {
        says.iter()
            .any(|(p, say)| *p == person && *say == Say::Nothing)
    };
    match can[..] {
        [only] => open(only).then(|| link(only, Why::Bearer))?,
        _ if agree.is_empty() => {
            let most = *can.iter().max_by_key(|p| clusters.mentions(**p))?;
            let others = can.iter().filter(|p| **p != most);
            let others: u64 = others.map(|p| clusters.mentions(*p)).sum();
            let far = clusters.mentions(most) >= FAR_MORE * others.max(1);
            (far && open(most)).then(|| link(most, Why::Mostly))?
        }
        _ => None,
    }
}

/// Takes one word that nobody's full name has, and no office goes with, for the one body of
/// this name: a place that acts, taken for a person.
fn of_body(clusters: &mut Clusters<'_, '_>, among: &[usize], bodies: &[usize]) {
    let bearers = clusters.bearers;
    let first = bodies[0];
    if bodies
        .iter()
        .any(|at| clusters.root(*at) != clusters.root(first))
    {
        return one_word(clusters, among);
    }
    for at in among.iter().filter(|at| bearers[**at].offices.is_empty()) {
        clusters.take(Link {
            a: *at,
            b: first,
            one: bearers[*at].actor.name.as_str(),
            two: bearers[first].actor.name.as_str(),
            why: Why::Kind,
            strength: 500,
        });
    }
}

/// Puts together what one word stands for on several pages, each with the first cluster whose
/// offices do not speak against it.
fn one_word(clusters: &mut Clusters<'_, '_>, among: &[usize]) {
    let bearers = clusters.bearers;
    let mut first: Vec<usize> = Vec::new();
    for at in among {
        let other = first
            .iter()
            .take(BEARERS_MOST)
            .find(|other| clusters.offices(*at, **other) != Say::Two);
        let taken = other.copied().is_some_and(|other| {
            let link = Link {
                a: *at,
                b: other,
                one: bearers[*at].actor.name.as_str(),
                two: bearers[other].actor.name.as_str(),
                why: Why::Word,
                strength: 500,
            };
            clusters.take(link)
        });
        if !taken {
            first.push(*at);
        }
    }
}
