//! What the comparison of an article with its candidates found, as it is kept for later runs.

use onrecord_model::ReprintKind;

use crate::align::Pair;
use crate::hash;
use crate::index::Head;
use crate::judge::Link;

/// What an article has of its candidates.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compared {
    /// Each with the number of the candidate in place of the other article's.
    pub links: Vec<Link>,
    /// The runs that none of them has; none if it has nothing of them.
    pub own: Option<Vec<u32>>,
}

/// What it holds for: the words, sentences and dates of the article and of each candidate.
fn key(head: &Head, candidates: &[&Head]) -> u64 {
    let one = |head: &Head| {
        let (first, last) = head.days.unwrap_or((i32::MIN, i32::MIN));
        let days = u64::from(first.cast_unsigned()) << 32 | u64::from(last.cast_unsigned());
        [hash::word(head.id.as_bytes()), head.print, days]
    };
    let all: Vec<u64> = [head]
        .iter()
        .chain(candidates)
        .flat_map(|h| one(h))
        .collect();
    hash::run(&all)
}

impl Compared {
    /// As bytes, for these articles.
    pub fn write(&self, head: &Head, candidates: &[&Head]) -> Vec<u8> {
        let mut bytes = key(head, candidates).to_le_bytes().to_vec();
        let number = |bytes: &mut Vec<u8>, n: u64| {
            let mut n = n;
            while n > 127 {
                bytes.push((n & 127) as u8 | 128);
                n >>= 7;
            }
            bytes.push(n as u8);
        };
        number(
            &mut bytes,
            self.own.as_ref().map_or(0, |own| own.len() as u64 + 1),
        );
        for run in self.own.iter().flatten() {
            bytes.extend(run.to_le_bytes());
        }
        number(&mut bytes, self.links.len() as u64);
        for link in &self.links {
            let later = match link.later {
                None => 0,
                Some(false) => 1,
                Some(true) => 2,
            };
            let flags = u64::from(link.runs_through) | u64::from(link.far) << 1 | later << 2;
            for n in [
                u64::from(link.b),
                link.words[0],
                link.words[1],
                link.outside[0],
                link.outside[1],
                link.carried[0],
                link.carried[1],
                link.carried_outside,
                link.passage,
                flags,
                link.pairs.len() as u64,
            ] {
                number(&mut bytes, n);
            }
            for pair in &link.pairs {
                for n in [pair.a, pair.b, pair.words, pair.outside] {
                    number(&mut bytes, u64::from(n));
                }
            }
        }
        bytes
    }

    /// Reads [`Compared::write`]; `None` if it was written for other articles, or is broken.
    pub fn read(bytes: &[u8], head: &Head, candidates: &[&Head]) -> Option<Compared> {
        let (known, rest) = bytes.split_first_chunk::<8>()?;
        if u64::from_le_bytes(*known) != key(head, candidates) {
            return None;
        }
        let mut rest = Rest(rest);
        let own = match rest.number()? {
            0 => None,
            n => Some((1..n).map(|_| rest.run()).collect::<Option<Vec<u32>>>()?),
        };
        let links = (0..rest.number()?).map(|_| {
            let mut numbers = [0; 11];
            for number in &mut numbers {
                *number = rest.number()?;
            }
            let [
                b,
                w0,
                w1,
                o0,
                o1,
                c0,
                c1,
                carried_outside,
                passage,
                flags,
                pairs,
            ] = numbers;
            let pairs = (0..pairs).map(|_| {
                Some(Pair {
                    a: rest.small()?,
                    b: rest.small()?,
                    words: rest.small()?,
                    outside: rest.small()?,
                })
            });
            Some(Link {
                a: 0,
                b: u32::try_from(b)
                    .ok()
                    .filter(|b| (*b as usize) < candidates.len())?,
                words: [w0, w1],
                outside: [o0, o1],
                carried: [c0, c1],
                carried_outside,
                passage,
                pairs: pairs.collect::<Option<_>>()?,
                runs_through: flags & 1 > 0,
                far: flags & 2 > 0,
                later: [None, Some(false), Some(true), None][(flags >> 2 & 3) as usize],
                kind: ReprintKind::Partial,
                whole: 0,
            })
        });
        let links = links.collect::<Option<_>>()?;
        Some(Compared { links, own })
    }
}

struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn number(&mut self) -> Option<u64> {
        let mut n = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            n |= u64::from(byte & 127) << shift;
            if byte & 128 == 0 {
                return Some(n);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        self.number().and_then(|n| u32::try_from(n).ok())
    }

    fn run(&mut self) -> Option<u32> {
        let (bytes, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*bytes))
    }
}
