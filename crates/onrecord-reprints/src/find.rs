//! The pass over all articles: candidates, alignment, kinds.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use onrecord_model::{Direction, ReprintKind};

use crate::align::{Alignment, Grams, align};
use crate::index::{Head, Index};
use crate::judge::{Link, judge};
use crate::signature::{SHINGLE, taken};
use crate::table::{Again, Table};
use crate::words::Prepared;
use crate::{ArticleText, Found, Settings, Statistics, direction};

/// Articles that one article is aligned with at most.
const MOST_CANDIDATES: usize = 12;
/// Prepared texts that are kept for the next article.
const KEPT: usize = 256;

/// Which articles of the index carry sentences of which others.
///
/// Each article is compared with those before it in order of date that have something no
/// earlier article had; so a thousand copies of one text cost a thousand comparisons. `text`
/// gives an article's text by its id; it is asked only for articles with candidates. One
/// whose text it does not give is left out.
pub fn find<'a>(
    index: &Index,
    settings: &Settings,
    text: impl FnMut(&str) -> Option<ArticleText<'a>>,
) -> Found {
    let order = index.order();
    let mut again = Again::new(order.iter().map(|h| index.runs(h).len()).sum());
    for run in order.iter().flat_map(|head| index.runs(head)) {
        again.count(*run);
    }
    let entries = order
        .iter()
        .flat_map(|head| index.runs(head))
        .filter(|run| again.is_again(**run));
    let table = Table::new(entries.count());
    let mut pass = Pass {
        order: &order,
        settings,
        texts: Texts {
            text,
            kept: BTreeMap::new(),
            queue: VecDeque::new(),
        },
        links: Vec::new(),
        statistics: Statistics {
            articles: order.len(),
            index_bytes: index.bytes(),
            table_bytes: table.bytes() + again.bytes(),
            ..Statistics::default()
        },
        again,
        table,
    };
    for at in 0..order.len() {
        pass.article(index, at as u32);
    }
    pass.done()
}

struct Pass<'p, F> {
    order: &'p [&'p Head],
    settings: &'p Settings,
    again: Again,
    table: Table,
    texts: Texts<F>,
    links: Vec<Link>,
    statistics: Statistics,
}

/// An article's words with what is said of its source.
struct Text {
    words: Prepared,
    grams: Grams,
    source: direction::Source,
}

struct Texts<F> {
    text: F,
    kept: BTreeMap<u32, Option<Text>>,
    queue: VecDeque<u32>,
}

impl<'a, F: FnMut(&str) -> Option<ArticleText<'a>>> Texts<F> {
    fn keep(&mut self, at: u32, id: &str) {
        if self.kept.contains_key(&at) {
            return;
        }
        let text = (self.text)(id).map(|article| {
            let words = Prepared::new(&article);
            Text {
                grams: Grams::new(&words),
                words,
                source: direction::Source::of(&article),
            }
        });
        self.kept.insert(at, text);
        self.queue.push_back(at);
    }

    fn get(&self, at: u32) -> Option<&Text> {
        self.kept.get(&at)?.as_ref()
    }

    /// Forgets the oldest ones.
    fn trim(&mut self) {
        while self.queue.len() > KEPT {
            if let Some(at) = self.queue.pop_front() {
                self.kept.remove(&at);
            }
        }
    }
}

impl<'a, F: FnMut(&str) -> Option<ArticleText<'a>>> Pass<'_, F> {
    fn article(&mut self, index: &Index, at: u32) {
        let head = self.order[at as usize];
        let runs = index.runs(head);
        let candidates = self.candidates(at, runs);
        let found = if candidates.is_empty() {
            Vec::new()
        } else {
            self.compare(at, &candidates)
        };
        if found.is_empty() {
            self.add(runs, at);
            return;
        }
        // Only what no earlier article had: the others stand for the rest.
        let carried: BTreeSet<u32> = found
            .iter()
            .flat_map(|(_, aligned)| aligned.carried.iter().copied())
            .collect();
        if let Some(text) = self.texts.get(at) {
            let own: Vec<u32> = taken(text.words.hashes())
                .into_iter()
                .filter(|t| (t.word..t.word + SHINGLE as u32).any(|w| !carried.contains(&w)))
                .map(|t| t.run)
                .collect();
            self.add(&own, at);
        }
        self.links.extend(found.into_iter().map(|(link, _)| link));
    }

    fn add(&mut self, runs: &[u32], at: u32) {
        for run in runs.iter().filter(|run| self.again.is_again(**run)) {
            self.table.add(*run, at);
        }
    }

    /// Earlier articles that have runs of this one, those with most of them first.
    fn candidates(&mut self, at: u32, runs: &[u32]) -> Vec<u32> {
        let mut hits: Vec<u32> = Vec::new();
        for run in runs.iter().filter(|run| self.again.is_again(**run)) {
            self.table.each(*run, |other| hits.push(other));
        }
        hits.sort_unstable();
        let head = self.order[at as usize];
        let mut counted: Vec<(usize, u32)> = hits
            .chunk_by(|a, b| a == b)
            .map(|same| (same.len(), same[0]))
            .filter(|(count, other)| {
                // Far apart in time only whole texts count: half of either's runs.
                let other = self.order[*other as usize];
                let least = runs.len().min(other.count as usize);
                !self.is_far(head, other) || count * 2 >= least
            })
            .collect();
        counted.sort_unstable_by_key(|(count, other)| (std::cmp::Reverse(*count), *other));
        counted.truncate(MOST_CANDIDATES);
        counted.into_iter().map(|(_, other)| other).collect()
    }

    fn is_far(&self, a: &Head, b: &Head) -> bool {
        a.days_to(b).is_some_and(|days| days > self.settings.days)
    }

    /// The candidates that the article has sentences of: the one with most of it first, then
    /// those with something that no better one has.
    fn compare(&mut self, at: u32, candidates: &[u32]) -> Vec<(Link, Alignment)> {
        for n in candidates.iter().chain([&at]) {
            self.texts.keep(*n, &self.order[*n as usize].id);
        }
        let mut links: Vec<(Link, Alignment)> = Vec::new();
        if let Some(mine) = self.texts.get(at) {
            for other in candidates {
                let Some(theirs) = self.texts.get(*other) else { continue };
                self.statistics.alignments += 1;
                let aligned = align(&mine.words, &theirs.words, &theirs.grams);
                if aligned.pairs.is_empty() {
                    continue;
                }
                let far = self.is_far(self.order[at as usize], self.order[*other as usize]);
                let link = link(at, *other, &mine.words, &theirs.words, &aligned, far);
                if link.is_something() {
                    links.push((link, aligned));
                }
            }
        }
        self.texts.trim();
        links.sort_by_key(|(l, _)| (std::cmp::Reverse(l.carried[0]), l.b));
        let mut covered: BTreeSet<u32> = BTreeSet::new();
        links.retain(|(link, aligned)| {
            let new = aligned.carried.iter().filter(|w| !covered.contains(w)).count();
            let kept = covered.is_empty() || new * 2 >= aligned.carried.len() && link.is_something();
            if kept {
                covered.extend(&aligned.carried);
            }
            kept
        });
        links
    }

    fn done(mut self) -> Found {
        self.links.sort_by_key(|l| (l.a, l.b));
        let links = judge(std::mem::take(&mut self.links));
        let mut found = Vec::with_capacity(links.len());
        for link in links {
            let (a, b) = (self.order[link.a as usize], self.order[link.b as usize]);
            for (at, head) in [(link.a, a), (link.b, b)] {
                self.texts.keep(at, &head.id);
            }
            if let (Some(mine), Some(theirs)) = (self.texts.get(link.a), self.texts.get(link.b)) {
                found.push(direction::directed(&link, a, b, &mine.source, &theirs.source));
            }
            self.texts.trim();
        }
        found.sort_by(|x, y| (&x.article, &x.from).cmp(&(&y.article, &y.from)));
        self.statistics.whole = found.iter().filter(|f| f.kind.is_whole()).count();
        self.statistics.known = found
            .iter()
            .filter(|f| f.direction != Direction::Unknown)
            .count();
        Found {
            carried: found,
            statistics: self.statistics,
        }
    }
}

fn link(
    at: u32,
    other: u32,
    mine: &Prepared,
    theirs: &Prepared,
    aligned: &Alignment,
    far: bool,
) -> Link {
    let words = |p: &Prepared| (0..p.len()).filter(|w| !p.is_dateline(*w)).count() as u64;
    let outside = |p: &Prepared| {
        (0..p.len())
            .filter(|w| !p.is_dateline(*w) && !p.is_quoted(*w))
            .count() as u64
    };
    Link {
        a: at,
        b: other,
        words: [words(mine), words(theirs)],
        outside: [outside(mine), outside(theirs)],
        carried: [aligned.carried.len() as u64, aligned.carried_of.len() as u64],
        carried_outside: aligned.pairs.iter().map(|p| u64::from(p.outside)).sum(),
        pairs: aligned.pairs.clone(),
        far,
        kind: ReprintKind::Partial,
    }
}
