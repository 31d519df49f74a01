//! Keys to look names up by: names that can be the same share one.

use crate::Kind;
use crate::lists::is;
use crate::part::Part;
use crate::prepare::Prepared;
use crate::units::{MOST, Units};

/// A key; equal keys mean that a comparison is worth while, no more.
pub type Key = u64;

/// The keys of a name, sorted, each once.
///
/// A name has keys of the consonants of each part together with two at the ends of
/// another part, of its last part, of all parts as one word and, where it may be an
/// acronym or is a name of several words, of the first letters.
///
/// ```
/// use onrecord_names::{Kind, Prepared, keys};
/// let one = keys(&Prepared::new("Qadir al-Najmi", Kind::Person));
/// let two = keys(&Prepared::new("Kader Najmi", Kind::Person));
/// assert!(one.iter().any(|key| two.contains(key)));
/// ```
pub fn keys(name: &Prepared) -> Vec<Key> {
    let mut keys = Vec::with_capacity(16);
    let words: Vec<&Part> = name.parts.iter().filter(|p| counts(p, name.kind)).collect();
    let words = if words.is_empty() {
        name.parts.iter().collect()
    } else {
        words
    };
    let bones: Vec<Bones> = words.iter().map(|p| Bones::of(&p.units)).collect();
    for (i, one) in bones.iter().enumerate() {
        for (j, two) in bones.iter().enumerate() {
            if i != j {
                two.ends(|end| keys.push(one.key(end)));
            }
        }
        for line in words[i].word.nick.iter().filter(|line| **line != 0) {
            keys.extend(
                bones
                    .iter()
                    .enumerate()
                    .filter(|(j, _)| *j != i)
                    .map(|(_, other)| other.key(1000 + u64::from(*line))),
            );
        }
    }
    if let Some(last) = bones.last() {
        keys.push(last.key(128));
    }
    if let [only] = bones.as_slice() {
        only.without_one(&mut keys);
    }
    whole(name, &bones, &mut keys);
    if name.kind != Kind::Person {
        acronyms(name, &mut keys);
        concepts(name, &mut keys);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Whether a part tells one name from another.
fn counts(part: &Part, kind: Kind) -> bool {
    if kind == Kind::Person {
        !part.optional()
    } else {
        let dull = is::GENERIC | is::HEAD | is::PLACE | is::PLAIN | is::DISTINCT | is::COUNTRY;
        part.number.is_none() && !part.is(dull)
    }
}

/// All parts as one word, for names that are written together or not.
fn whole(name: &Prepared, bones: &[Bones], keys: &mut Vec<Key>) {
    let mut all = Units::default();
    for part in &name.parts {
        all = all.joined(&part.units);
    }
    let all = Bones::of(&all);
    keys.push(all.key(129));
    if bones.len() <= 2 {
        all.without_one(keys);
    }
}

fn acronyms(name: &Prepared, keys: &mut Vec<Key>) {
    let letters = |skip: usize| {
        let initials = name.parts[skip..].iter().map(Part::first);
        hash(130, initials)
    };
    if name.parts.len() > 1 {
        keys.push(letters(0));
    }
    if name.parts.len() > 2 && name.parts[0].is(is::COUNTRY) {
        keys.push(letters(1));
    }
    let with_small = name.parts.iter().flat_map(|p| {
        p.before
            .iter()
            .copied()
            .filter(|b| *b != 0)
            .chain([p.first()])
    });
    keys.push(hash(130, with_small));
    for part in name.parts.iter().filter(|p| p.acronym) {
        keys.push(hash(130, part.text.bytes()));
    }
}

/// The words of known meaning, two by two.
fn concepts(name: &Prepared, keys: &mut Vec<Key>) {
    let mut known: Vec<u16> = name
        .parts
        .iter()
        .filter(|p| p.is(is::HEAD | is::PLAIN | is::COUNTRY))
        .map(|p| p.word.concept)
        .collect();
    known.sort_unstable();
    known.dedup();
    for (at, one) in known.iter().enumerate() {
        for two in &known[at + 1..] {
            let [a, b] = one.to_le_bytes();
            let [c, d] = two.to_le_bytes();
            keys.push(hash(131, [a, b, c, d]));
        }
    }
}

/// The consonants of a word by class, its first vowel as a class of its own.
struct Bones {
    classes: [u8; MOST],
    length: usize,
}

impl Bones {
    fn of(units: &Units) -> Bones {
        let (classes, length) = units.skeleton();
        Bones { classes, length }
    }

    fn classes(&self) -> &[u8] {
        &self.classes[..self.length]
    }

    /// Two consonants at either end, so that one wrong letter leaves a pair as it was.
    fn ends(&self, mut each: impl FnMut(u64)) {
        let mut two = |at: u64, a: u8, b: u8| {
            each(0x1_0000 * at + 0x100 * u64::from(a) + u64::from(b));
        };
        match *self.classes() {
            [] => two(1, 0, 0),
            [only] => two(1, only, 0),
            [a, b] => {
                two(1, a, b);
                two(2, a, b);
                two(1, a, 0);
                two(1, b, 0);
            }
            [a, b, c] => {
                two(1, a, b);
                two(2, b, c);
                two(3, a, c);
            }
            [a, b, .., y, z] => {
                two(1, a, b);
                two(2, y, z);
                two(3, a, z);
            }
        }
    }

    fn key(&self, of: u64) -> Key {
        hash(of, self.classes().iter().copied())
    }

    fn without_one(&self, keys: &mut Vec<Key>) {
        if self.length < 4 {
            return;
        }
        for gone in 0..self.length {
            let rest = self.classes().iter().enumerate();
            keys.push(hash(
                132,
                rest.filter(|(at, _)| *at != gone).map(|(_, c)| *c),
            ));
        }
        keys.push(self.key(132));
    }
}

fn hash(of: u64, bytes: impl IntoIterator<Item = u8>) -> Key {
    let mut key = 0xcbf2_9ce4_8422_2325 ^ of.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for byte in bytes {
        key = (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    key ^ key >> 29
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_names_share_no_key() {
        let one = keys(&Prepared::new("Nadim Karmouni", Kind::Person));
        let two = keys(&Prepared::new("Robert Lindqvist", Kind::Person));
        assert!(one.iter().all(|key| !two.contains(key)));
    }

    #[test]
    fn an_acronym_shares_a_key_with_its_name() {
        let one = keys(&Prepared::new("NRA", Kind::Organization));
        let two = keys(&Prepared::new("Nahr Relief Authority", Kind::Organization));
        assert!(one.iter().any(|key| two.contains(key)));
    }
}
