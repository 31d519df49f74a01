//! Links between actors whose names are spelt alike.

use onrecord_lexicon::spelling_key;
use onrecord_names::{Key, SAME, keys};

use super::bearer::{Bearer, Name};
use super::clusters::Clusters;
use super::link::{Link, Why};

/// So many names may share a key before it says nothing; the other keys of a name still do.
const BLOCK_MOST: usize = 60;
/// The least score of two names that are looked at: less than a clear spelling has, since
/// office and country may speak for it.
const ALIKE: f64 = 0.8;

/// A surname that more persons bear is too common to tell who is meant.
const BEARERS_MOST: usize = 64;

/// Links between names that are alike.
#[derive(Default)]
pub struct Alike<'a> {
    /// Every part has its counterpart.
    pub spelt: Vec<Link<'a>>,
    /// One name is the other with parts left out.
    pub partial: Vec<Link<'a>>,
}

/// Compares the names that share a key.
pub fn find<'a>(bearers: &[Bearer<'a>]) -> Alike<'a> {
    let mut names: Vec<(usize, usize)> = Vec::new();
    for (at, bearer) in bearers.iter().enumerate() {
        names.extend((0..bearer.names.len()).map(|n| (at, n)));
    }
    let mut blocks: Vec<(Key, u32)> = Vec::with_capacity(names.len() * 16);
    for (n, (at, name)) in names.iter().enumerate() {
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        let name = &bearers[*at].names[*name];
        let all = keys(&name.prepared);
        blocks.extend(all.into_iter().chain(throatless(name)).map(|key| (key, n)));
    }
    blocks.sort_unstable();
    let mut beside: Vec<(u32, u32)> = Vec::new();
    let mut found = Alike::default();
    for block in blocks.chunk_by(|a, b| a.0 == b.0) {
        if block.len() > BLOCK_MOST {
            continue;
        }
        for (n, (_, one)) in block.iter().enumerate() {
            beside.extend(block[n + 1..].iter().map(|(_, two)| (*one, *two)));
        }
    }
    drop(blocks);
    beside.sort_unstable();
    beside.dedup();
    for (one, two) in beside {
        let (one, two) = (names[one as usize], names[two as usize]);
        compare(bearers, one, two, &mut found);
    }
    found
}

/// A key of the consonants without those of the throat, of which one romanisation writes "h"
/// where another has "kh", "gh" or "q", in each part of a name at once.
fn throatless(name: &Name<'_>) -> Option<Key> {
    let mut key: Key = 0xcbf2_9ce4_8422_2325;
    let mut several = 0;
    for word in spelling_key(name.text).split(' ') {
        several += 1;
        for letter in word
            .chars()
            .filter(|c| !"aeiouhkgq".contains(*c))
            .chain([' '])
        {
            key = (key ^ Key::from(u32::from(letter))).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (several > 1).then_some(key)
}

fn compare<'a>(
    bearers: &[Bearer<'a>],
    (a, name_a): (usize, usize),
    (b, name_b): (usize, usize),
    found: &mut Alike<'a>,
) {
    let (one, two) = (&bearers[a], &bearers[b]);
    if a == b || one.is_person != two.is_person {
        return;
    }
    let (x, y) = (&one.names[name_a], &two.names[name_b]);
    let score = x.prepared.score(&y.prepared);
    if score < SAME || x.key == y.key {
        return;
    }
    let steps = x.prepared.compare(&y.prepared).steps;
    let alone = |side: fn(&onrecord_names::Step) -> &String| {
        steps.iter().filter(|step| side(step).is_empty()).count()
    };
    let (only_x, only_y) = (alone(|step| &step.b), alone(|step| &step.a));
    let strength = (score * 1000.0).round() as u16;
    let link = |why| Link {
        a,
        b,
        one: x.text,
        two: y.text,
        why,
        strength,
    };
    if only_x + only_y == 0 {
        if score >= ALIKE {
            found.spelt.push(link(Why::Spelt));
        }
    } else if score >= ALIKE && (only_x == 0 || only_y == 0) {
        // the shorter name first
        let mut link = link(Why::Part);
        if only_x > 0 {
            std::mem::swap(&mut link.a, &mut link.b);
            std::mem::swap(&mut link.one, &mut link.two);
        }
        found.partial.push(link);
    }
}

/// Takes names with a part left out, where the shorter one can be nobody else's and more than
/// the name speaks for it: office, country, or a surname that nobody else bears.
pub fn parts_left_out<'a>(clusters: &mut Clusters<'_, 'a>, mut links: Vec<Link<'a>>) {
    links.sort_by_key(|link| (std::cmp::Reverse(link.strength), link.a, link.b));
    let mut beside: Vec<Vec<usize>> = vec![Vec::new(); clusters.bearers.len()];
    for link in &links {
        beside[link.a].push(link.b);
        beside[link.b].push(link.a);
    }
    for link in links {
        let third = |from: usize, to: usize| {
            let (from, to) = (clusters.root(from), clusters.root(to));
            clusters
                .of(from)
                .iter()
                .flat_map(|at| &beside[*at])
                .any(|other| {
                    let other = clusters.root(*other);
                    other != to && other != from
                })
        };
        let person = clusters.bearers[link.a].is_person;
        let supported =
            !person || clusters.agree(link.a, link.b) || only_bearers(clusters, link.a, link.b);
        if supported && !third(link.a, link.b) && !(person && third(link.b, link.a)) {
            clusters.take(link);
        }
    }
}

/// Whether nobody but these two bears their surname.
fn only_bearers(clusters: &Clusters<'_, '_>, one: usize, two: usize) -> bool {
    let (a, b) = (clusters.root(one), clusters.root(two));
    let surname = clusters.bearers[one].surnames.first();
    surname.is_some_and(|surname| {
        let others = clusters.bearing(surname);
        (1..=BEARERS_MOST).contains(&others.len())
            && others.iter().all(|at| {
                let at = clusters.root(*at);
                at == a || at == b
            })
    })
}
