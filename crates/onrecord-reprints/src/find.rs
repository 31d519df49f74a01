//! The pass over all articles: candidates, alignment, kinds.

use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};

use onrecord_model::{Direction, ReprintKind};

use crate::align::{Alignment, Indexed, Pair, align};
use crate::index::{Head, Index};
use crate::judge::{Link, judge};
use crate::memo::Compared;
use crate::signature::{SHINGLE, taken};
use crate::table::{Again, Table};
use crate::words::Prepared;
use crate::{ArticleText, Found, Settings, Source, Statistics, direction};

/// Articles that one article is aligned with at most.
const MOST_CANDIDATES: usize = 12;
/// Of those that share one or two runs only, at most.
const MOST_WEAK: usize = 4;
/// Articles of so many runs have to share two at least: one may be a turn of phrase.
const FEW: usize = 12;
/// Prepared texts that are kept for the next article.
const KEPT: usize = 256;

/// Where the pass gets what it has to know of an article, by its id.
pub(crate) trait Library {
    /// Its words; `None` leaves it out.
    fn words(&mut self, id: &str) -> Option<Prepared>;
    /// What it prints of its source.
    fn source(&mut self, id: &str) -> Source;
    /// What an earlier pass kept of it.
    fn known(&mut self, _id: &str) -> Option<Vec<u8>> {
        None
    }
    /// Keeps what is known of it.
    fn keep(&mut self, _id: &str, _known: Vec<u8>) {}
}

struct Closures<T, S> {
    text: T,
    source: S,
}

impl<'a, T, S> Library for Closures<T, S>
where
    T: FnMut(&str) -> Option<ArticleText<'a>>,
    S: FnMut(&str) -> Source,
{
    fn words(&mut self, id: &str) -> Option<Prepared> {
        (self.text)(id).map(|article| Prepared::new(&article))
    }

    fn source(&mut self, id: &str) -> Source {
        (self.source)(id)
    }
}

/// Which articles of the index carry sentences of which others.
///
/// Each article is compared with those before it in order of date that have something no
/// earlier article had; so a thousand copies of one text cost a thousand comparisons. `text`
/// gives an article's text by its id; it is asked only for articles with candidates. One
/// whose text it does not give is left out. `source` tells what an article prints of its
/// source; it is asked for those of which there is something to tell.
pub fn find<'a>(
    index: &Index,
    settings: &Settings,
    text: impl FnMut(&str) -> Option<ArticleText<'a>>,
    source: impl FnMut(&str) -> Source,
) -> Found {
    find_in(index, settings, &mut Closures { text, source })
}

/// As [`find`], with what an earlier pass kept.
pub(crate) fn find_in(index: &Index, settings: &Settings, library: &mut dyn Library) -> Found {
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
            library,
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

struct Pass<'p> {
    order: &'p [&'p Head],
    settings: &'p Settings,
    again: Again,
    table: Table,
    texts: Texts<'p>,
    links: Vec<Link>,
    statistics: Statistics,
}

/// The words of articles that were asked for last.
struct Texts<'p> {
    library: &'p mut dyn Library,
    kept: BTreeMap<u32, Option<Indexed>>,
    queue: VecDeque<u32>,
}

impl Texts<'_> {
    fn keep(&mut self, at: u32, id: &str) {
        if self.kept.contains_key(&at) {
            return;
        }
        let text = self.library.words(id).map(Indexed::new);
        self.kept.insert(at, text);
        self.queue.push_back(at);
    }

    fn get(&self, at: u32) -> Option<&Indexed> {
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

impl Pass<'_> {
    fn article(&mut self, index: &Index, at: u32) {
        let head = self.order[at as usize];
        let runs = index.runs(head);
        let candidates = self.candidates(at, runs);
        if candidates.is_empty() {
            self.add(runs, at);
            return;
        }
        let others: Vec<&Head> = candidates.iter().map(|n| self.order[*n as usize]).collect();
        let known = self.texts.library.known(&head.id);
        let known = known.and_then(|bytes| Compared::read(&bytes, head, &others));
        let compared = known.unwrap_or_else(|| {
            let compared = self.compare(at, &candidates);
            let bytes = compared.write(head, &others);
            self.texts.library.keep(&head.id, bytes);
            compared
        });
        self.add(compared.own.as_deref().unwrap_or(runs), at);
        self.links
            .extend(compared.links.into_iter().map(|mut link| {
                (link.a, link.b) = (at, candidates[link.b as usize]);
                link
            }));
    }

    /// Aligns the article with its candidates.
    fn compare(&mut self, at: u32, candidates: &[u32]) -> Compared {
        let found = self.aligned(at, candidates);
        // Only what no earlier article had: the others stand for the rest.
        let text = self.texts.get(at).filter(|_| !found.is_empty());
        let own = text.map(|text| {
            let mut carried = vec![false; text.words.len()];
            for word in found.iter().flat_map(|(_, aligned)| &aligned.carried) {
                carried[*word as usize] = true;
            }
            let is_carried = |word: u32| carried[word as usize..][..SHINGLE].iter().all(|c| *c);
            taken(&text.runs)
                .into_iter()
                .filter(|t| !is_carried(t.word))
                .map(|t| t.run)
                .collect()
        });
        let place = |link: &Link| candidates.iter().position(|n| *n == link.b).unwrap_or(0);
        let links = found.into_iter().map(|(mut link, _)| {
            link.b = place(&link) as u32;
            link
        });
        Compared {
            links: links.collect(),
            own,
        }
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
                let other = self.order[*other as usize];
                let fewer = runs.len().min(other.count as usize);
                // Far apart in time only whole texts count: half of either's runs.
                let far = self.is_far(head, other);
                (fewer < FEW || *count > 1) && (!far || count * 2 >= fewer)
            })
            .collect();
        counted.sort_unstable_by_key(|(count, other)| (Reverse(*count), *other));
        counted.truncate(MOST_CANDIDATES);
        let strong = counted.iter().take_while(|(count, _)| *count > 2).count();
        counted.truncate(strong + MOST_WEAK);
        counted.into_iter().map(|(_, other)| other).collect()
    }

    fn is_far(&self, a: &Head, b: &Head) -> bool {
        a.days_to(b).is_some_and(|days| days > self.settings.days)
    }

    /// The candidates that the article has sentences of: the one with most of it first, then
    /// those with something that no better one has.
    fn aligned(&mut self, at: u32, candidates: &[u32]) -> Vec<(Link, Alignment)> {
        for n in candidates.iter().chain([&at]) {
            self.texts.keep(*n, &self.order[*n as usize].id);
        }
        let mut links: Vec<(Link, Alignment)> = Vec::new();
        if let Some(mine) = self.texts.get(at) {
            for other in candidates {
                let Some(theirs) = self.texts.get(*other) else {
                    continue;
                };
                self.statistics.alignments += 1;
                let aligned = align(mine, theirs);
                if aligned.pairs.is_empty() {
                    continue;
                }
                let heads = [self.order[at as usize], self.order[*other as usize]];
                let far = self.is_far(heads[0], heads[1]);
                let mut link = link(at, *other, &mine.words, &theirs.words, &aligned);
                link.far = far;
                link.later = heads[0].is_later(heads[1]);
                if link.is_something() {
                    links.push((link, aligned));
                }
            }
        }
        self.texts.trim();
        links.sort_by_key(|(l, _)| (Reverse(l.carried[0]), l.b));
        let words = self.texts.get(at).map_or(0, |t| t.words.len());
        let mut covered = vec![false; words];
        links.retain(|(_, aligned)| {
            let new = aligned.carried.iter().filter(|w| !covered[**w as usize]);
            let kept = new.count() * 2 >= aligned.carried.len();
            if kept {
                aligned
                    .carried
                    .iter()
                    .for_each(|w| covered[*w as usize] = true);
            }
            kept
        });
        links
    }

    fn done(mut self) -> Found {
        self.links.sort_by_key(|l| (l.a, l.b));
        let mut found: Vec<_> = judge(std::mem::take(&mut self.links))
            .iter()
            .map(|link| {
                let (a, b) = (self.order[link.a as usize], self.order[link.b as usize]);
                let library = &mut self.texts.library;
                let sources = [library.source(&a.id), library.source(&b.id)];
                direction::directed(link, a, b, &sources[0], &sources[1])
            })
            .collect();
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

fn link(at: u32, other: u32, mine: &Prepared, theirs: &Prepared, aligned: &Alignment) -> Link {
    let runs_through = spread(aligned.pairs.iter().map(|p| p.a), mine.sentences())
        && spread(aligned.pairs.iter().map(|p| p.b), theirs.sentences());
    let (mine, theirs) = (mine.counted(), theirs.counted());
    Link {
        a: at,
        b: other,
        words: [mine.0, theirs.0],
        outside: [mine.1, theirs.1],
        carried: [
            aligned.carried.len() as u64,
            aligned.carried_of.len() as u64,
        ],
        carried_outside: aligned.pairs.iter().map(|p| u64::from(p.outside)).sum(),
        passage: passage(&aligned.pairs),
        pairs: aligned.pairs.clone(),
        runs_through,
        far: false,
        later: None,
        kind: ReprintKind::Partial,
        whole: 0,
    }
}

/// Words outside quotation marks of the longest passage that is carried as it stands: sentences
/// that follow each other in both.
fn passage(pairs: &[Pair]) -> u64 {
    let passages = pairs.chunk_by(|one, next| next.a == one.a + 1 && next.b == one.b + 1);
    let words = passages.map(|p| p.iter().map(|s| u64::from(s.outside)).sum());
    words.max().unwrap_or(0)
}

/// Whether these sentences lie over three quarters of an article.
fn spread(sentences: impl Iterator<Item = u32> + Clone, of: usize) -> bool {
    let first = sentences.clone().min().unwrap_or(0) as usize;
    let last = sentences.max().unwrap_or(0) as usize;
    (last + 1 - first) * 4 >= of * 3
}
