//! The made set: articles of which it is known who carries whom.

use std::collections::BTreeSet;

use onrecord_model::{Id, PartialDate, Pile, PileArticle, PileSentence};

use crate::words::{Random, Story, form, made, quotation, story};

pub const CASES: [&str; 6] = [
    "cut tail",
    "new lead",
    "other byline",
    "reworded",
    "merged",
    "each otherwise",
];
pub const NEGATIVES: [&str; 5] = ["other words", "one speech", "forms", "background", "recap"];

/// Articles with their truth.
#[derive(Default)]
pub struct Set {
    pub pile: Pile,
    /// Case and strength (0 where there is none) of each article, in order of the pile.
    pub cases: Vec<(&'static str, usize)>,
    /// Pairs of articles of which one is a reprint of the other, or both are of a third.
    pub pairs: BTreeSet<(Id, Id)>,
    /// Pairs that have some sentences in common and no more.
    pub partial: BTreeSet<(Id, Id)>,
    /// The text that each article tells; none where it tells two.
    pub texts: Vec<Option<usize>>,
    families: usize,
}

/// Where the bodies come from: made ones, or real ones from a file of the user's.
pub struct Bodies {
    pub random: Random,
    real: Vec<Vec<String>>,
    next: usize,
}

impl Bodies {
    pub fn new(seed: u64, real: Vec<Vec<String>>) -> Bodies {
        Bodies {
            random: Random::new(seed),
            real,
            next: 0,
        }
    }

    /// Whether there are bodies left: of real ones the second half serves for other words.
    pub fn is_open(&self) -> bool {
        self.real.is_empty() || self.next + 2 < self.real.len() / 2
    }

    fn body(&mut self) -> Story {
        if self.real.is_empty() {
            let facts = 10 + self.random.below(16);
            return story(&mut self.random, facts);
        }
        let facts = self.real[self.next].clone();
        // Other words are those of another body, used once.
        let mut other = self.real[self.next + self.real.len() / 2].clone();
        other.truncate(facts.len());
        other.resize(
            facts.len(),
            "Nothing more was known that evening.".to_owned(),
        );
        self.next += 1;
        Story {
            facts: facts.into_iter().zip(other).map(|(a, b)| [a, b]).collect(),
            town: made(&mut self.random, true),
        }
    }
}

fn own(bodies: &mut Bodies, sentences: usize) -> Vec<String> {
    let made = story(&mut bodies.random, sentences);
    made.facts.into_iter().map(|f| f[0].clone()).collect()
}

fn first(story: &Story) -> Vec<String> {
    story.facts.iter().map(|f| f[0].clone()).collect()
}

/// The text with one word of every `nth` sentence changed, no name and no number.
fn touched(random: &mut Random, sentences: &mut [String], nth: usize) {
    for sentence in sentences.iter_mut().step_by(nth) {
        let words: Vec<&str> = sentence.split(' ').collect();
        let plain = |w: &&str| w.len() > 3 && w.bytes().all(|b| b.is_ascii_lowercase());
        let places: Vec<usize> = (1..words.len()).filter(|n| plain(&words[*n])).collect();
        if !places.is_empty() {
            let at = places[random.below(places.len())];
            let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
            words[at] = made(random, false);
            *sentence = words.join(" ");
        }
    }
}

impl Set {
    fn put(
        &mut self,
        random: &mut Random,
        case: (&'static str, usize),
        text: Option<usize>,
        day: usize,
        sentences: Vec<String>,
    ) -> Id {
        let n = self.pile.articles.len();
        let id = format!("ar-{:08x}", (n as u32).wrapping_mul(0x9e37_79b1));
        let date = PartialDate::day(2031, 1, 1).and_then(|d| d.plus_days(day as i32));
        self.pile.articles.push(PileArticle {
            id: id.clone(),
            publisher: Some(format!("The {} Post", made(random, true))),
            published: if random.below(5) == 0 { None } else { date },
            sentences: sentences
                .into_iter()
                .enumerate()
                .map(|(s, text)| PileSentence {
                    id: format!("se-{n}-{s}"),
                    text,
                })
                .collect(),
            ..PileArticle::default()
        });
        self.cases.push(case);
        self.texts.push(text);
        id
    }

    fn pair(&mut self, a: &Id, b: &Id) {
        self.pairs.insert((a.min(b).clone(), a.max(b).clone()));
    }

    /// An original and three reprints of one case and strength, 1 to 4.
    pub fn family(&mut self, bodies: &mut Bodies, case: usize, strength: usize) {
        if case == 4 {
            return self.merged(bodies, strength);
        }
        let name = (CASES[case], strength);
        let story = bodies.body();
        let text = first(&story);
        let n = text.len();
        let day = bodies.random.below(700);
        self.families += 1;
        let family = Some(self.families);
        let mut original = text.clone();
        let town = story.town.clone();
        original[0] = format!("{} (AP) — {}", town.to_uppercase(), original[0]);
        let mut ids = vec![self.put(&mut bodies.random, name, family, day, original)];
        for _ in 0..3 {
            let case = if case == 5 {
                bodies.random.below(4)
            } else {
                case
            };
            let sentences = match case {
                0 => {
                    let keep = (n * [85, 65, 45, 25][strength - 1]).div_ceil(100).max(3);
                    text[..keep.min(n)].to_vec()
                }
                1 => {
                    let lead = [1, 2, 3, n * 35 / 100][strength - 1].max(1);
                    let mut made = own(bodies, lead);
                    made.extend_from_slice(&text[lead.min(n)..]);
                    made
                }
                2 => {
                    let mut made = text.clone();
                    let town = made_up(&mut bodies.random);
                    made[0] = format!("{town}, March 3 (Reuters) - {}", made[0]);
                    if strength > 1 {
                        made.push("(Reporting by A. Writer; editing by B. Reader)".to_owned());
                    }
                    if strength > 2 {
                        made.extend(own(bodies, 1));
                    }
                    if strength > 3 {
                        touched(&mut bodies.random, &mut made, 2);
                    }
                    made
                }
                _ => {
                    let count = [1, 3, 3, n * 35 / 100][strength - 1];
                    let start = bodies.random.below(n - count);
                    let mut made = text.clone();
                    for (sentence, fact) in
                        made.iter_mut().zip(&story.facts).skip(start).take(count)
                    {
                        sentence.clone_from(&fact[1]);
                    }
                    if strength > 2 {
                        touched(
                            &mut bodies.random,
                            &mut made,
                            if strength == 3 { 2 } else { 1 },
                        );
                    }
                    made
                }
            };
            let later = day + bodies.random.below(4);
            ids.push(self.put(&mut bodies.random, name, family, later, sentences));
        }
        for (n, a) in ids.iter().enumerate() {
            for b in &ids[n + 1..] {
                self.pair(a, b);
            }
        }
    }

    /// An article that nobody reprints.
    pub fn alone(&mut self, bodies: &mut Bodies) {
        let text = first(&bodies.body());
        let day = bodies.random.below(700);
        self.families += 1;
        let family = Some(self.families);
        self.put(&mut bodies.random, ("alone", 0), family, day, text);
    }

    /// Two originals and two articles put together from them.
    fn merged(&mut self, bodies: &mut Bodies, strength: usize) {
        let name = (CASES[4], strength);
        let share = [100, 70, 50, 35][strength - 1];
        let day = bodies.random.below(700);
        let mut ids = Vec::new();
        let mut parts: Vec<Vec<String>> = Vec::new();
        for _ in 0..2 {
            let text = first(&bodies.body());
            self.families += 1;
            parts.push(text[..(text.len() * share).div_ceil(100)].to_vec());
            ids.push(self.put(&mut bodies.random, name, Some(self.families), day, text));
        }
        let [a, b] = [parts[0].clone(), parts[1].clone()];
        for woven in [false, true] {
            let mut made = Vec::new();
            if woven {
                // by paragraphs of three sentences
                let (mut a, mut b) = (a.chunks(3), b.chunks(3));
                loop {
                    let (one, other) = (a.next(), b.next());
                    if one.is_none() && other.is_none() {
                        break;
                    }
                    made.extend(one.into_iter().chain(other).flatten().cloned());
                }
            } else {
                made = [a.clone(), own(bodies, 1), b.clone()].concat();
            }
            let later = day + 1 + bodies.random.below(2);
            let id = self.put(&mut bodies.random, name, None, later, made);
            for source in &ids[..2] {
                self.pair(&id, source);
            }
            ids.push(id);
        }
        let (m, w) = (ids[2].clone(), ids[3].clone());
        self.pair(&m, &w);
    }

    /// Articles that are no reprints and look a little like it.
    pub fn negatives(&mut self, bodies: &mut Bodies, kind: usize) {
        let case = (NEGATIVES[kind], 0);
        let day = bodies.random.below(700);
        let mut ids = Vec::new();
        let count = [2, 3, 5, 8, 5][kind];
        let story = story(&mut bodies.random, 16);
        let shared: Vec<String> = match kind {
            1 => (0..3)
                .map(|_| format!("“{}.”", quotation(&mut bodies.random)))
                .collect(),
            3 => own(bodies, 2),
            4 => own(bodies, 3),
            _ => Vec::new(),
        };
        let form_kind = bodies.random.below(3);
        for n in 0..count {
            let sentences = match kind {
                0 => story.facts.iter().map(|f| f[n].clone()).collect(),
                2 => form(&mut bodies.random, form_kind),
                1 => [own(bodies, 3), shared.clone(), own(bodies, 4)].concat(),
                3 => [own(bodies, 4), shared.clone()].concat(),
                _ => [own(bodies, 6), shared.clone()].concat(),
            };
            self.families += 1;
            let family = Some(self.families);
            let later = day + n % 4;
            ids.push(self.put(&mut bodies.random, case, family, later, sentences));
        }
        if kind >= 3 {
            for (n, a) in ids.iter().enumerate() {
                for b in &ids[n + 1..] {
                    self.partial.insert((a.min(b).clone(), a.max(b).clone()));
                }
            }
        }
    }
}

fn made_up(random: &mut Random) -> String {
    made(random, true).to_uppercase()
}
