//! What a pair of articles with common sentences is.

use std::collections::BTreeMap;

use onrecord_model::ReprintKind;

use crate::align::Pair;

/// Nearly all, in hundredths of an article's words.
const NEARLY_ALL: u64 = 90;
/// How many hundredths of an article's words make it a reprint, by how many words they are: a
/// recap or a paragraph of background is short. If they run through both articles the
/// lowest is enough.
const ENOUGH: [(u64, u64); 3] = [(120, 40), (80, 50), (0, 55)];
/// Of what is carried so many hundredths of the words outside quotation marks must be: else
/// two articles quote one speech.
const OUTSIDE: u64 = 30;
/// Fewer words in common are no reprint.
const LEAST_WORDS: u64 = 30;
/// A passage of fewer words outside quotation marks is nothing: two can hit on one phrase.
const LEAST_OUTSIDE: u64 = 15;
/// A source of a merged article gives so many hundredths of it at least, and all together...
const LEAST_SOURCE: u64 = 15;
/// ...so many.
const SOURCES: u64 = 60;
/// A sentence that so many otherwise different articles carry is common: background, a form.
const COMMON: u32 = 5;
/// Pairs below so many hundredths are of otherwise different articles.
const DIFFERENT: u64 = 75;

/// Two articles with common sentences, by their numbers in the order of the pass.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub a: u32,
    pub b: u32,
    /// Words of either, and those outside quotation marks, without datelines.
    pub words: [u64; 2],
    pub outside: [u64; 2],
    /// Words of either that stand in the other, and those outside quotation marks.
    pub carried: [u64; 2],
    pub carried_outside: u64,
    /// Of these, the words of the longest passage.
    pub passage: u64,
    pub pairs: Vec<Pair>,
    /// Whether the carried sentences run through most of both articles, others between them.
    pub runs_through: bool,
    /// Whether they were printed more days apart than wire copy is.
    pub far: bool,
    /// Whether the first was printed a day or more after the other (true) or before it
    /// (false); none if neither is known.
    pub later: Option<bool>,
    pub kind: ReprintKind,
    /// Of a merged pair: which of the two is put together, 0 or 1.
    pub whole: usize,
}

fn hundredths(part: u64, whole: u64) -> u64 {
    (part * 100).checked_div(whole).unwrap_or(0)
}

impl Link {
    /// Share of the words of the article (0) or of the other (1) that are carried, in
    /// hundredths.
    pub fn share(&self, of: usize) -> u64 {
        hundredths(self.carried[of], self.words[of])
    }

    /// Whether there is enough in common to be told at all.
    pub fn is_something(&self) -> bool {
        let kind = self.alone();
        match kind {
            ReprintKind::Partial => self.passage >= LEAST_OUTSIDE && !self.far,
            ReprintKind::Edited => !self.far,
            _ => true,
        }
    }

    /// The kind, seen without other sources of the article.
    pub fn alone(&self) -> ReprintKind {
        let (own, theirs) = (self.share(0), self.share(1));
        let most = own.max(theirs);
        let outside = [0, 1]
            .map(|n| hundredths(self.carried_outside, self.outside[n]))
            .into_iter()
            .max();
        let enough = ENOUGH
            .iter()
            .find(|(words, _)| self.runs_through || self.carried[0] >= *words);
        let enough = enough.map_or(100, |(_, share)| *share);
        let told = most >= NEARLY_ALL || outside.is_some_and(|o| o >= OUTSIDE);
        if most < enough || !told || self.carried[0] < LEAST_WORDS {
            ReprintKind::Partial
        } else if own >= NEARLY_ALL && theirs >= NEARLY_ALL {
            ReprintKind::Same
        } else if own >= NEARLY_ALL {
            ReprintKind::Cut
        } else if theirs >= NEARLY_ALL {
            ReprintKind::Extended
        } else {
            ReprintKind::Edited
        }
    }

    fn is_of_different_articles(&self) -> bool {
        self.share(0) < DIFFERENT && self.share(1) < DIFFERENT
    }
}

/// Gives each link its kind, in view of all others. Links that rest on common sentences only
/// are left out.
pub(crate) fn judge(mut links: Vec<Link>) -> Vec<Link> {
    let mut carriers: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for link in links.iter().filter(|l| l.is_of_different_articles()) {
        for pair in &link.pairs {
            *carriers.entry((link.b, pair.b)).or_default() += 1;
        }
    }
    let is_common = |b: u32, pair: &Pair| {
        carriers
            .get(&(b, pair.b))
            .is_some_and(|count| *count >= COMMON)
    };
    links.retain_mut(|link| {
        link.kind = link.alone();
        if !link.is_of_different_articles() {
            return true;
        }
        let b = link.b;
        let common = link.pairs.iter().filter(|p| is_common(b, p));
        let (words, outside) = common.fold((0, 0), |(words, outside), pair| {
            (
                words + u64::from(pair.words),
                outside + u64::from(pair.outside),
            )
        });
        let mut own = link.clone();
        own.carried = own.carried.map(|c| c.saturating_sub(words));
        own.carried_outside = own.carried_outside.saturating_sub(outside);
        link.kind = own.alone();
        own.carried_outside >= LEAST_OUTSIDE
    });
    let mut parts: BTreeMap<u32, Vec<Part>> = BTreeMap::new();
    for (n, link) in links.iter().enumerate() {
        for (whole, id) in [(0, link.a), (1, link.b)] {
            parts.entry(id).or_default().extend(link.part(n, whole));
        }
    }
    for mut parts in parts.into_values() {
        for part in merged(&mut parts) {
            let link = &mut links[part.link];
            if link.kind != ReprintKind::Merged {
                link.kind = ReprintKind::Merged;
                link.whole = part.whole;
            }
        }
    }
    links
}

/// What an article can have been put together from.
#[derive(Clone, Debug)]
struct Part {
    link: usize,
    whole: usize,
    /// Share of the whole that it is, and share of its own article that went into it.
    share: u64,
    own: u64,
    words: u64,
    /// Its sentences, sorted.
    sentences: Vec<u32>,
}

impl Link {
    /// The pair as a part of one of its articles, if that did not come before the other.
    fn part(&self, link: usize, whole: usize) -> Option<Part> {
        let came_first = self.later == Some(whole == 1);
        let pick = |pair: &Pair| if whole == 0 { pair.a } else { pair.b };
        let mut sentences: Vec<u32> = self.pairs.iter().map(pick).collect();
        sentences.sort_unstable();
        sentences.dedup();
        (!came_first).then(|| Part {
            link,
            whole,
            share: self.share(whole),
            own: self.share(1 - whole),
            words: self.carried[whole],
            sentences,
        })
    }
}

/// The parts of an article that was put together from several: two or more that have next to
/// nothing in common with each other and together are most of it; and the others that have
/// the same sentences as one of them.
fn merged(parts: &mut [Part]) -> Vec<&Part> {
    parts.sort_by_key(|p| (std::cmp::Reverse(p.share), p.link));
    let mut taken: Vec<&Part> = Vec::new();
    let mut sum = 0;
    // One that has nearly all of it is another copy, and no part.
    let is_part =
        |p: &Part| (LEAST_SOURCE..NEARLY_ALL).contains(&p.share) && p.words >= LEAST_WORDS;
    for part in parts.iter() {
        if is_part(part) && taken.iter().all(|t| !overlap(t, part)) {
            sum += part.share;
            taken.push(part);
        }
    }
    if taken.len() < 2 || sum < SOURCES {
        // A copy of one text with a short one put in.
        let copies: Vec<&Part> = parts.iter().filter(|p| p.share >= NEARLY_ALL).collect();
        let put_in = |p: &&Part| {
            p.own >= NEARLY_ALL && p.share < NEARLY_ALL && copies.iter().any(|c| !overlap(c, p))
        };
        return parts.iter().filter(put_in).collect();
    }
    parts
        .iter()
        .filter(|p| is_part(p) && taken.iter().any(|t| overlap(t, p)))
        .collect()
}

/// Whether two parts have more than one in five of the sentences of the shorter in common.
fn overlap(a: &Part, b: &Part) -> bool {
    let common = a
        .sentences
        .iter()
        .filter(|s| b.sentences.binary_search(s).is_ok());
    common.count() * 5 > a.sentences.len().min(b.sentences.len())
}
