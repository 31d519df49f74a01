//! Links between actors that pages call by the same name.

use std::collections::BTreeMap;

use onrecord_lexicon::Lexicon;

use super::bearer::Bearer;
use super::link::{Link, Why};

/// So many actors may share a name before it says nothing of which is meant.
const SHARED_MOST: usize = 32;
/// A name of one word, taken for two kinds of body, is one where one kind is this much more
/// frequent: a head that is wrong now and then is not wrong every other time.
const MORE_FREQUENT: u32 = 4;

/// Links by the names that actors share.
pub fn shared<'a>(bearers: &[Bearer<'a>], lexicon: &Lexicon) -> Vec<Link<'a>> {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, bearer) in bearers.iter().enumerate() {
        for name in &bearer.names {
            by_name.entry(&name.key).or_default().push(at);
        }
    }
    let mut links = Vec::new();
    for (key, among) in by_name {
        let place = !key.contains(' ') && !lexicon.places.by_form(key).is_empty();
        if !(2..=SHARED_MOST).contains(&among.len()) || place {
            continue;
        }
        for (n, a) in among.iter().enumerate() {
            links.extend(
                among[n + 1..]
                    .iter()
                    .filter_map(|b| link(bearers, *a, *b, key)),
            );
        }
    }
    links
}

fn link<'a>(bearers: &[Bearer<'a>], a: usize, b: usize, key: &str) -> Option<Link<'a>> {
    let (one, two) = (&bearers[a], &bearers[b]);
    let canonical = |bearer: &Bearer<'a>| bearer.names.first().map(|name| name.text);
    let shared = |bearer: &Bearer<'a>| {
        let name = bearer.names.iter().find(|name| name.key == key);
        name.map(|name| name.text)
    };
    let several = key.contains(' ');
    let (why, strength) = if one.is_person == two.is_person && one.actor.kind == two.actor.kind {
        (Why::Form(shared(one)?), 990)
    } else if one.is_person == two.is_person {
        let (few, many) = (
            one.mentions.min(two.mentions),
            one.mentions.max(two.mentions),
        );
        let unsure = !one.is_sure_of_kind() || !two.is_sure_of_kind();
        let sure = several || unsure || many >= MORE_FREQUENT * few;
        (sure.then_some(Why::Kind)?, 980)
    } else {
        // A person and a body: only where the pages are not sure of both.
        let sure = one.is_sure_of_kind() && two.is_sure_of_kind();
        ((several && !sure).then_some(Why::Kind)?, 970)
    };
    let (name_a, name_b) = match why {
        Why::Kind => (shared(one)?, shared(two)?),
        _ => (canonical(one)?, canonical(two)?),
    };
    Some(Link {
        a,
        b,
        one: name_a,
        two: name_b,
        why,
        strength,
    })
}
