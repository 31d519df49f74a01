//! What the head is told of a spot, and of a spot with one of those spoken of before.
//!
//! Features are numbers: a group of 64 for each question, the answer within it. Answers are
//! small on purpose: there is little text to learn from.

use onrecord_model::{ActorKind, MentionKind, Sentence};

use super::chains::Chain;
use super::spot::{Gender, PRONOUN_CLASSES, ROLES, Spot};

/// Answers in a group.
const GROUP: usize = 64;
/// Groups that tell of a spot alone.
const ALONE: usize = 15;
/// Groups that tell of a pair.
const PAIR: usize = 29;
/// Features there are.
pub const FEATURES: usize = (ALONE + PAIR) * GROUP;

/// Gathers the answers to questions, group by group.
struct Asked {
    found: Vec<u16>,
    group: usize,
}

impl Asked {
    fn new(first: usize) -> Self {
        Self {
            found: Vec::with_capacity(PAIR),
            group: first,
        }
    }

    /// Notes an answer, cut off at the end of its group.
    fn say(&mut self, answer: usize) {
        let at = self.group * GROUP + answer.min(GROUP - 1);
        self.found.push(u16::try_from(at).unwrap_or(u16::MAX));
        self.group += 1;
    }
}

/// Numbers in steps that grow: 0, 1, 2, 3, 4-5, 6-9, 10-19, more.
fn steps(n: usize) -> usize {
    match n {
        0..=3 => n,
        4..=5 => 4,
        6..=9 => 5,
        10..=19 => 6,
        _ => 7,
    }
}

fn kind(kind: MentionKind) -> usize {
    match kind {
        MentionKind::Name => 0,
        MentionKind::Description => 1,
        MentionKind::Pronoun => 2,
    }
}

/// Name or description, or which pronoun.
fn class(spot: &Spot) -> usize {
    match spot.kind {
        MentionKind::Name => PRONOUN_CLASSES,
        MentionKind::Description => PRONOUN_CLASSES + 1,
        MentionKind::Pronoun => usize::from(spot.pronoun),
    }
}

/// What is told of a spot alone.
pub fn alone(spot: &Spot, sentence: &Sentence) -> Vec<u16> {
    let mut asked = Asked::new(0);
    let class = class(spot);
    asked.say(class);
    asked.say(usize::from(spot.role) + ROLES * kind(spot.kind));
    asked.say(usize::from(spot.determiner) + 8 * kind(spot.kind));
    asked.say(usize::from(spot.heard) + 4 * class);
    asked.say(usize::from(spot.named) + 4 * usize::from(spot.entry.is_some()));
    asked.say(usize::from(spot.plural) + 2 * kind(spot.kind));
    asked.say(spot.gender as usize + 3 * kind(spot.kind));
    asked.say(usize::from(spot.quotation > 0) + 2 * class);
    asked.say(steps(spot.line) + 8 * kind(spot.kind));
    asked.say(steps(spot.word));
    asked.say(steps(sentence.words.len() / 8));
    let modified = |deps: &[&str]| {
        let mut words = sentence.words.iter();
        words.any(|word| word.head == Some(spot.word) && word.dep.is_any(deps))
    };
    asked.say(usize::from(modified(&["acl:relcl"])) + 2 * usize::from(modified(&["nmod", "acl"])));
    asked.say(usize::from(modified(&["appos"])) + 2 * usize::from(modified(&["conj"])));
    asked.say(usize::from(modified(&["amod"])) + 2 * usize::from(modified(&["cop"])));
    asked.say(usize::from(spot.says) + 3 * class);
    asked.found
}

/// A place among the chains: how many chains have been spoken of since this one.
pub struct Place {
    /// The spot that this one would go on from.
    pub last: usize,
    /// 0 for the chain spoken of last.
    pub rank: usize,
    /// 0 for the chain that spoke last, 1 for the one before, 2 for others that have spoken.
    pub spoke: usize,
    /// As `rank`, of chains that could be meant by gender and number.
    pub fit: usize,
}

/// What is told of a spot and a chain of earlier ones. `of` gives a sentence by its number,
/// `who` what kind of actor a chain is known to be.
pub fn pair<'s>(
    spot: &Spot,
    chain: &Chain,
    spots: &[Spot],
    place: &Place,
    of: impl Fn(usize) -> &'s Sentence,
    who: Option<ActorKind>,
) -> Vec<u16> {
    let last = &spots[place.last];
    let best = &spots[chain.best];
    let mut asked = Asked::new(ALONE);
    let class = class(spot);
    let apart = spot.line - last.line;
    let paragraphs = of(spot.line).paragraph - of(last.line).paragraph;
    let who = who.map_or(0, |kind| 1 + kind as usize);
    asked.say(steps(apart) + 8 * kind(spot.kind));
    asked.say(steps(place.rank) + 8 * kind(spot.kind));
    asked.say(steps(place.fit) + 8 * kind(spot.kind));
    asked.say(paragraphs.min(3) + 4 * class);
    asked.say(steps(chain.spots.len()) + 8 * kind(spot.kind));
    asked.say(kind(last.kind) + 3 * kind(best.kind) + 9 * kind(spot.kind));
    asked.say(who.min(3) + 4 * class);
    asked.say(who + 9 * kind(spot.kind));
    asked.say(usize::from(best.heard) + 4 * class);
    asked.say(usize::from(last.heard) + 4 * usize::from(spot.heard) + 16 * kind(spot.kind));
    let gender = match (spot.gender, chain.gender) {
        (Gender::Unknown, Gender::Unknown) => 0,
        (Gender::Unknown, _) => 1,
        (_, Gender::Unknown) => 2,
        (a, b) => 3 + usize::from(a == b),
    };
    asked.say(gender + 5 * kind(spot.kind));
    asked.say(usize::from(spot.plural) + 2 * usize::from(chain.plural) + 4 * class);
    let lemma_last = spot.lemma == last.lemma;
    let lemma_any = chain
        .lately_spots()
        .any(|at| spots[*at].lemma == spot.lemma);
    let words = usize::from(lemma_last) + usize::from(lemma_any);
    asked.say(words + 3 * kind(spot.kind) + 9 * kind(best.kind));
    asked.say(words + 3 * usize::from(spot.determiner));
    asked
        .say(words + 3 * usize::from(chain.modified_alike(spot, spots, &of)) + 9 * kind(spot.kind));
    asked.say(usize::from(last.role).min(5) + 6 * usize::from(spot.role).min(8));
    asked.say(usize::from(last.role) * 4 + apart.min(3));
    let same_quotation = spot.quotation > 0 && spot.quotation == last.quotation;
    let quoted = usize::from(spot.quotation > 0) + 2 * usize::from(last.quotation > 0);
    asked.say(quoted + usize::from(same_quotation) + 5 * kind(spot.kind));
    asked.say(
        usize::from(chain.speaks_in(spot, spots, &of))
            + 2 * usize::from(spot.quotation > 0)
            + 4 * class,
    );
    asked.say(if apart == 0 {
        tie(of(spot.line), last, spot) + 8 * kind(spot.kind)
    } else {
        GROUP - 1
    });
    asked.say(usize::from(chain.first_in(spot.line, spots)) + 2 * class);
    asked.say(if apart == 0 {
        steps((spot.word - last.word) / 2) + 8 * kind(spot.kind)
    } else {
        GROUP - 1
    });
    asked.say(
        usize::from(chain.named)
            + 2 * usize::from(spot.determiner)
            + 16 * usize::from(spot.kind == MentionKind::Description),
    );
    asked.say(usize::from(last.plural) + 2 * usize::from(best.determiner));
    asked.say(usize::from(spot.named) * 4 + usize::from(best.named));
    asked.say(usize::from(chain.subjects.min(3)) + 4 * class);
    asked.say(steps(chain.lately(spot, spots)) + 8 * kind(spot.kind));
    asked.say(place.spoke + 4 * usize::from(spot.says) + 12 * kind(spot.kind));
    asked.say(place.spoke + 4 * class);
    asked.found
}

/// How two words of a sentence hang together: 0 not, 1 the later is the earlier's
/// apposition, 2 the other way, 3 subject and nominal predicate, 4 arguments of one verb,
/// 5 the later hangs below the earlier, 6 the earlier below the later, 7 joined by "and".
fn tie(sentence: &Sentence, a: &Spot, b: &Spot) -> usize {
    let (first, second) = (&sentence.words[a.word], &sentence.words[b.word]);
    if second.head == Some(a.word) {
        return match second.dep.as_str() {
            "appos" => 1,
            "conj" => 7,
            "nsubj" => 3,
            _ => 5,
        };
    }
    if first.head == Some(b.word) {
        return match first.dep.as_str() {
            "appos" => 2,
            "nsubj" => 3,
            _ => 6,
        };
    }
    if first.head.is_some() && first.head == second.head {
        return 4;
    }
    if sentence.is_below(b.word, a.word) {
        5
    } else if sentence.is_below(a.word, b.word) {
        6
    } else {
        0
    }
}
