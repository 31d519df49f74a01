//! Which part of one name stands for which part of the other.

use crate::distance::{distance, limit};
use crate::lists::is;
use crate::part::Part;
use crate::prepare::MOST;

/// How two parts agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Why {
    #[default]
    Same,
    Spelling,
    Nickname,
    Initial,
    Meaning,
    Joined,
    Acronym,
    Servant,
}

/// Parts of one name that stand for parts of the other.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Link {
    pub a: usize,
    pub a_many: usize,
    pub b: usize,
    pub b_many: usize,
    /// In hundredths of a letter.
    pub cost: u16,
    pub why: Why,
}

impl Link {
    /// The parts at one place of two equal names.
    pub fn at(place: usize) -> Link {
        Link {
            a: place,
            a_many: 1,
            b: place,
            b_many: 1,
            cost: 0,
            why: Why::Same,
        }
    }
}

/// What kind of names are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Person,
    Body,
    Place,
}

/// What a part without a partner costs, so that a pairing is sought first.
const ALONE: u16 = 130;
const ALONE_OPTIONAL: u16 = 60;

/// Whether two parts can be the same, and what it costs.
fn pair(a: &Part, b: &Part, mode: Mode) -> Option<(u16, Why)> {
    if a.number.is_some() || b.number.is_some() {
        return (a.number == b.number).then_some((0, Why::Same));
    }
    if mode == Mode::Person {
        if a.initial || b.initial {
            let why = if a.initial && b.initial {
                Why::Same
            } else {
                Why::Initial
            };
            return (a.first() == b.first()).then_some((10, why));
        }
    } else {
        let (one, two) = (a.word.concept, b.word.concept);
        let fixed = is::DISTINCT | is::COUNTRY;
        if one != 0 && one == two {
            let same = a.text == b.text;
            return Some(if same {
                (0, Why::Same)
            } else {
                (5, Why::Meaning)
            });
        }
        if one != 0 && two != 0 || a.is(fixed) && b.is(fixed) {
            return None;
        }
        if a.initial || b.initial {
            return (a.text == b.text).then_some((0, Why::Same));
        }
        if a.is(is::DISTINCT) || b.is(is::DISTINCT) {
            return None;
        }
    }
    if a.units == b.units {
        let why = if a.text == b.text {
            Why::Same
        } else {
            Why::Spelling
        };
        return Some((0, why));
    }
    if mode == Mode::Person && share_line(a, b) {
        return Some((5, Why::Nickname));
    }
    let (one, two) = (a.text.len(), b.text.len());
    let mut most = limit(usize::midpoint(one, two), mode != Mode::Place);
    if mode == Mode::Person {
        if of_woman(&a.text, &b.text) || of_woman(&b.text, &a.text) {
            return None;
        }
        if a.is(is::GIVEN) && b.is(is::GIVEN) {
            if gendered(&a.text, &b.text) || gendered(&b.text, &a.text) {
                return None;
            }
            most = most.min(85);
        }
        let servant = |one: &str, two: &str| one.strip_prefix("abd").is_some_and(|r| r == two);
        if servant(&a.text, &b.text) || servant(&b.text, &a.text) {
            return Some((40, Why::Servant));
        }
    }
    if mode == Mode::Body && a.acronym && b.acronym && one.min(two) <= 4 {
        return None;
    }
    distance(&a.units, &b.units, most).map(|cost| (cost, Why::Spelling))
}

fn share_line(a: &Part, b: &Part) -> bool {
    let lines = &a.word.nick;
    lines[0] != 0
        && lines
            .iter()
            .any(|line| *line != 0 && b.word.nick.contains(line))
}

/// "Sokolova" is a woman's family name, "Sokolov" a man's.
fn of_woman(one: &str, two: &str) -> bool {
    ["ova", "eva", "ina"].iter().any(|end| one.ends_with(end)) && one.strip_suffix('a') == Some(two)
}

/// "Karima" and "Karim", "Mario" and "Maria" are given names of two people.
fn gendered(one: &str, two: &str) -> bool {
    one.strip_suffix('a')
        .is_some_and(|stem| two == stem || two.strip_suffix('o') == Some(stem))
}

/// What two parts written as one cost: "Pesh Merga".
fn joined(one: &Part, two: &[Part]) -> Option<u16> {
    let [first, second] = two else { return None };
    let part = |p: &Part| !p.initial && p.number.is_none();
    if !(part(one) && part(first) && part(second)) {
        return None;
    }
    let sum = first.units.len() + second.units.len();
    if sum < 5 || usize::abs_diff(sum, one.units.len()) > 2 {
        return None;
    }
    let short = first.units.len().min(second.units.len()) < 4;
    let most = limit(one.units.len(), false).min(if short { 60 } else { 90 });
    let both = first.units.joined(&second.units);
    Some(distance(&one.units, &both, most)? + 5)
}

/// Whether a part is made of the first letters of the others ("PLA"), with or without those
/// of the small words, or of their beginnings ("Cencom").
fn acronym(short: &Part, long: &[Part]) -> bool {
    if !short.acronym || long.iter().any(|p| p.number.is_some()) {
        return false;
    }
    let letters = short.text.as_bytes();
    initials(letters, long) || (letters.len() >= 5 && syllables(letters, long))
}

fn initials(letters: &[u8], long: &[Part]) -> bool {
    let Some((first, rest)) = long.split_first() else {
        return letters.is_empty();
    };
    let mut at = letters;
    for small in first.before.iter().filter(|b| **b != 0) {
        if at.first() == Some(small) && at.len() > long.len() {
            at = &at[1..];
        }
    }
    at.first() == Some(&first.first()) && initials(&at[1..], rest)
}

fn syllables(letters: &[u8], long: &[Part]) -> bool {
    let Some((first, rest)) = long.split_first() else {
        return letters.is_empty();
    };
    let shared = first
        .text
        .bytes()
        .zip(letters)
        .take_while(|(a, b)| a == *b)
        .count();
    (2..=shared).any(|n| syllables(&letters[n..], rest))
}

#[derive(Clone, Copy)]
struct Cell {
    cost: u16,
    a: u8,
    b: u8,
    why: Why,
    pair: u16,
}

/// Which single parts of two names can be the same.
pub(crate) struct Pairs<'p> {
    pub a: &'p [Part],
    pub b: &'p [Part],
    mode: Mode,
    found: [[Option<(u16, Why)>; MOST]; MOST],
}

impl<'p> Pairs<'p> {
    pub fn of(a: &'p [Part], b: &'p [Part], mode: Mode) -> Pairs<'p> {
        let (a, b) = (&a[..a.len().min(MOST)], &b[..b.len().min(MOST)]);
        let mut found = [[None; MOST]; MOST];
        for (one, row) in a.iter().zip(&mut found) {
            for (two, cell) in b.iter().zip(row) {
                *cell = pair(one, two, mode);
            }
        }
        Pairs { a, b, mode, found }
    }
}

/// The best pairing that keeps the order of both names.
pub(crate) fn in_order(pairs: &Pairs<'_>) -> Vec<Link> {
    let Pairs { a, b, mode, found } = pairs;
    let (n, m) = (a.len(), b.len());
    let none = Cell {
        cost: u16::MAX,
        a: 0,
        b: 0,
        why: Why::Same,
        pair: 0,
    };
    let mut table = [[none; MOST + 1]; MOST + 1];
    table[0][0].cost = 0;
    let alone = |p: &Part| if p.optional() { ALONE_OPTIONAL } else { ALONE };
    for i in 0..=n {
        for j in 0..=m {
            let mut best = table[i][j];
            let mut take = |cost: u16, a: usize, b: usize, why: Why, pair: u16| {
                if cost < best.cost {
                    let short = |n: usize| u8::try_from(n).unwrap_or(0);
                    best = Cell {
                        cost,
                        a: short(a),
                        b: short(b),
                        why,
                        pair,
                    };
                }
            };
            if i > 0 && j > 0 {
                if let Some((cost, why)) = found[i - 1][j - 1] {
                    take(table[i - 1][j - 1].cost + cost, 1, 1, why, cost);
                }
                if i > 1
                    && let Some(cost) = joined(&b[j - 1], &a[i - 2..i])
                {
                    take(table[i - 2][j - 1].cost + cost, 2, 1, Why::Joined, cost);
                }
                if j > 1
                    && let Some(cost) = joined(&a[i - 1], &b[j - 2..j])
                {
                    take(table[i - 1][j - 2].cost + cost, 1, 2, Why::Joined, cost);
                }
                if *mode == Mode::Body {
                    for many in 2..=6 {
                        if a[i - 1].acronym && j >= many && acronym(&a[i - 1], &b[j - many..j]) {
                            take(table[i - 1][j - many].cost + 10, 1, many, Why::Acronym, 10);
                        }
                        if b[j - 1].acronym && i >= many && acronym(&b[j - 1], &a[i - many..i]) {
                            take(table[i - many][j - 1].cost + 10, many, 1, Why::Acronym, 10);
                        }
                    }
                }
            }
            if i > 0 {
                take(table[i - 1][j].cost + alone(&a[i - 1]), 1, 0, Why::Same, 0);
            }
            if j > 0 {
                take(table[i][j - 1].cost + alone(&b[j - 1]), 0, 1, Why::Same, 0);
            }
            table[i][j] = best;
        }
    }
    let (mut i, mut j) = (n, m);
    let mut links = Vec::with_capacity(n.min(m));
    while i + j > 0 {
        let cell = table[i][j];
        let (from_a, from_b) = (usize::from(cell.a), usize::from(cell.b));
        if from_a + from_b == 0 {
            break;
        }
        (i, j) = (i - from_a, j - from_b);
        if from_a > 0 && from_b > 0 {
            links.push(Link {
                a: i,
                a_many: from_a,
                b: j,
                b_many: from_b,
                cost: cell.pair,
                why: cell.why,
            });
        }
    }
    links.reverse();
    links
}

/// A pairing of single parts in any order, the cheapest pairs first.
pub(crate) fn in_any_order(pairs: &Pairs<'_>) -> Vec<Link> {
    let Pairs { a, b, found, .. } = pairs;
    let mut all = Vec::with_capacity(a.len() * 2);
    for (i, row) in found.iter().enumerate().take(a.len()) {
        for (j, cell) in row.iter().enumerate().take(b.len()) {
            if let Some((cost, why)) = *cell {
                all.push((cost, usize::abs_diff(i, j), i, j, why));
            }
        }
    }
    all.sort_by_key(|(cost, apart, i, j, _)| (*cost, *apart, *i + *j, i.abs_diff(*j)));
    let (mut used_a, mut used_b) = ([false; MOST + 1], [false; MOST + 1]);
    let mut links = Vec::with_capacity(a.len());
    for (cost, _, i, j, why) in all {
        if !used_a[i] && !used_b[j] {
            used_a[i] = true;
            used_b[j] = true;
            links.push(Link {
                a: i,
                a_many: 1,
                b: j,
                b_many: 1,
                cost,
                why,
            });
        }
    }
    links.sort_by_key(|link| link.a);
    links
}
