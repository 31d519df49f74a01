//! What each page of the pile tells, from its number alone.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::article::Wording;
use crate::cast::Names;
use crate::source::{Paragraph, Source};
use crate::words::{Random, capital};
use crate::{Bench, mixed, number};

/// Texts that a story is put together from, at most.
const TEXTS: usize = 4;

/// What a page has from an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nothing.
    Own,
    /// What happened, in other words.
    Story(u64),
    /// All paragraphs.
    Same(u64),
    /// The first paragraphs.
    Cut(u64),
    /// All paragraphs, and some of its own.
    Extended(u64),
    /// The page is no article.
    NoArticle,
}

impl Origin {
    /// Its name in the truth, and the page it names.
    pub fn told(self) -> (&'static str, Option<u64>) {
        match self {
            Origin::Own => ("own", None),
            Origin::Story(of) => ("story", Some(of)),
            Origin::Same(of) => ("same", Some(of)),
            Origin::Cut(of) => ("cut", Some(of)),
            Origin::Extended(of) => ("extended", Some(of)),
            Origin::NoArticle => ("no article", None),
        }
    }
}

/// A page before it has a look.
#[derive(Debug)]
pub struct Page {
    pub n: u64,
    pub origin: Origin,
    pub outlet: usize,
    pub published: Date,
    pub title: String,
    pub author: String,
    pub paragraphs: Vec<String>,
    /// The texts it was made of.
    pub texts: Vec<String>,
    /// Names of the texts and those put for them.
    pub names: BTreeMap<String, String>,
}

/// What an earlier page gives: of 100 pages 64 are their own, 15 tell a story again in
/// other words, 18 are reprints, 3 no articles.
fn origin(bench: &Bench, n: u64) -> Origin {
    let mut random = Random::new(mixed(&[bench.seed, n, 1]));
    let dice = random.below(100);
    if dice < 3 {
        return Origin::NoArticle;
    }
    if dice >= 36 || n == 0 {
        return Origin::Own;
    }
    let of = n - 1 - random.below(n.min(300));
    // An original, so that a text has one.
    let is_own = |of: u64| {
        let dice = Random::new(mixed(&[bench.seed, of, 1])).below(100);
        dice >= 36 || (of == 0 && dice >= 3)
    };
    match dice {
        _ if !is_own(of) => Origin::Own,
        3..18 => Origin::Story(of),
        18..24 => Origin::Same(of),
        24..30 => Origin::Cut(of),
        _ => Origin::Extended(of),
    }
}

/// The page of a number.
pub fn page(bench: &Bench, n: u64) -> Page {
    let origin = origin(bench, n);
    let mut random = Random::new(mixed(&[bench.seed, n, 2]));
    let story = match origin {
        Origin::Own | Origin::NoArticle => n,
        Origin::Story(of) | Origin::Same(of) | Origin::Cut(of) | Origin::Extended(of) => of,
    };
    let telling = Telling::new(bench, story);
    let own = Wording::new(bench, &telling, n);
    let (title, paragraphs) = match origin {
        Origin::Own | Origin::Story(_) | Origin::NoArticle => own.article(&telling.plan(n)),
        Origin::Same(of) => original(bench, &telling, of),
        Origin::Cut(of) => {
            let (_, mut paragraphs) = original(bench, &telling, of);
            let kept = paragraphs.len() * (45 + random.below(40) as usize) / 100;
            paragraphs.truncate(kept.max(2));
            (own.title(), paragraphs)
        }
        Origin::Extended(of) => {
            let (_, mut paragraphs) = original(bench, &telling, of);
            let (_, added) = own.article(&telling.plan(n));
            paragraphs.extend(added.into_iter().take(1 + random.below(3) as usize));
            (own.title(), paragraphs)
        }
    };
    let later = match origin {
        Origin::Own => 0,
        _ => random.below(3) as i64,
    };
    let given = bench.given[number(mixed(&[bench.seed, n, 3]), bench.given.len())];
    Page {
        n,
        origin,
        outlet: random.rank(60) as usize,
        published: telling.date.saturating_add(later.days()),
        title,
        author: format!(
            "{given} {}",
            bench.words.made(9_000_000 + random.rank(2_000))
        ),
        paragraphs: match origin {
            Origin::NoArticle => Vec::new(),
            _ => paragraphs,
        },
        texts: telling.texts.iter().map(|text| text.name.clone()).collect(),
        names: telling.names.put.clone(),
    }
}

fn original(bench: &Bench, telling: &Telling<'_>, of: u64) -> (String, Vec<String>) {
    Wording::new(bench, telling, of).article(&telling.plan(of))
}

/// What all pages of a story share.
pub struct Telling<'a> {
    pub story: u64,
    pub date: Date,
    pub texts: Vec<&'a Source>,
    pub names: Names,
}

impl<'a> Telling<'a> {
    fn new(bench: &'a Bench, story: u64) -> Telling<'a> {
        let mut random = Random::new(mixed(&[bench.seed, story, 4]));
        let all = bench.sources.len();
        let mut texts: Vec<&Source> = Vec::new();
        for _ in 0..TEXTS {
            let text = &bench.sources[number(random.below(u64::MAX), all)];
            if texts.iter().all(|other| other.name != text.name) {
                texts.push(text);
            }
        }
        // The archive goes on from day to day; the more of it, the more people are known.
        let day = (story / 40 % 3_650) as i64;
        let known = 400 + story / 4;
        Telling {
            story,
            date: jiff::civil::date(2014, 1, 1).saturating_add(day.days()),
            names: Names::new(bench, mixed(&[bench.seed, story]), known, &texts),
            texts,
        }
    }

    /// The paragraphs of a page: the first text's from its first on, now and then out of their
    /// order, then those of others, until the article is as long as it is to be: half of all
    /// have 10 to 26 sentences, one in ten more than 40.
    fn plan(&self, n: u64) -> Vec<&'a Paragraph> {
        let mut random = Random::new(mixed(&[n, self.story, 5]));
        let length = match random.below(10) {
            0 => 3 + random.below(6),
            1..3 => 9 + random.below(5),
            3..8 => 14 + random.below(12),
            8 => 26 + random.below(12),
            _ => 38 + random.below(30),
        } as usize;
        let mut chosen: Vec<&Paragraph> = Vec::new();
        let mut sentences = 0;
        for (n, text) in self.texts.iter().enumerate() {
            let mut order: Vec<&Paragraph> = text.paragraphs.iter().collect();
            for at in 1..order.len() {
                if random.chance(30) && (at > 1 || n > 0) {
                    order.swap(at, at - 1);
                }
            }
            for paragraph in order {
                if sentences >= length {
                    return chosen;
                }
                if random.chance(85) {
                    sentences += paragraph.sentences;
                    chosen.push(paragraph);
                }
            }
        }
        chosen
    }
}

/// A headline's own capitals: the first letter only, or that of every long word.
pub fn headline(text: &str, every: bool) -> String {
    match every {
        false => capital(text),
        true => text
            .split(' ')
            .map(|word| {
                if word.len() > 3 {
                    capital(word)
                } else {
                    word.to_owned()
                }
            })
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// A headline that some other page might have.
pub fn some_title(bench: &Bench, any: u64) -> String {
    let story = any % 1_000_000;
    Wording::new(bench, &Telling::new(bench, story), story).title()
}
