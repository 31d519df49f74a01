//! What a pair of articles with common sentences is.

use std::collections::BTreeMap;

use onrecord_model::ReprintKind;

use crate::align::Pair;

/// Nearly all, in hundredths of an article's words.
const NEARLY_ALL: u64 = 85;
/// The article is a reprint from so many hundredths on.
const HALF: u64 = 50;
/// Of what is carried so many hundredths of the words outside quotation marks must be: else
/// two articles quote one speech.
const OUTSIDE: u64 = 30;
/// Fewer words in common are no reprint.
const LEAST_WORDS: u64 = 30;
/// Fewer words in common outside quotation marks are nothing.
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
    pub pairs: Vec<Pair>,
    /// Whether they were printed more days apart than wire copy is.
    pub far: bool,
    pub kind: ReprintKind,
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
            ReprintKind::Partial => self.carried_outside >= LEAST_OUTSIDE && !self.far,
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
        let told = most >= NEARLY_ALL || outside.is_some_and(|o| o >= OUTSIDE);
        if most < HALF || !told || self.carried[0] < LEAST_WORDS {
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
    let mut start = 0;
    while start < links.len() {
        let a = links[start].a;
        let end = start + links[start..].iter().take_while(|l| l.a == a).count();
        merged(&mut links[start..end]);
        start = end;
    }
    links
}

/// An article with several sources, none of which it is nearly all of.
fn merged(links: &mut [Link]) {
    let is_source = |l: &Link| {
        l.share(0) >= LEAST_SOURCE && l.carried[0] >= LEAST_WORDS && l.share(0) < NEARLY_ALL
    };
    let sources: Vec<u64> = links
        .iter()
        .filter(|l| is_source(l))
        .map(|l| l.share(0))
        .collect();
    let whole = links.iter().any(|l| l.share(0) >= NEARLY_ALL);
    if whole || sources.len() < 2 || sources.iter().sum::<u64>() < SOURCES {
        return;
    }
    for link in links.iter_mut().filter(|l| is_source(l)) {
        link.kind = ReprintKind::Merged;
    }
}
