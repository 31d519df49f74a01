//! Whether the clause of a date speaks of what was, is or is to come.

use onrecord_model::Word as Parsed;

use crate::clock::{View, lower};

/// Where a clause looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Past,
    /// Neither way: the present, or no verb.
    Present,
    Future,
}

/// The direction of the clause that the word at `at` stands in: the first verb above it in the
/// tree whose form tells. Where the sentence is not parsed, words such as "will" before it
/// tell, and all else is past.
pub fn direction(view: &View<'_>, at: usize) -> Direction {
    let words = &view.sentence.words;
    let Some(mut now) = words.iter().position(|w| w.token == at) else {
        return if coming_before(view, at) {
            Direction::Future
        } else {
            Direction::Past
        };
    };
    // "“We will not yield,” she told a committee on Tuesday": the tree may hang the day on a
    // verb of the quotation, which it is no part of
    let said = |word: usize| {
        let quoted = |token: usize| view.words.get(token).is_some_and(|w| w.quoted);
        quoted(words[word].token) && !quoted(at)
    };
    let start = now;
    for _ in 0..12 {
        if said(now) && now != start {
            return if coming_before(view, at) {
                Direction::Future
            } else {
                Direction::Past
            };
        }
        if let Some(found) = of_verb(view, now) {
            return found;
        }
        match words[now].head {
            Some(head) => now = head,
            None => break,
        }
    }
    Direction::Present
}

/// What the word at `at` with its auxiliaries tells, if it is a verb or has a copula.
fn of_verb(view: &View<'_>, at: usize) -> Option<Direction> {
    let words = &view.sentence.words;
    let word = &words[at];
    let child =
        |test: &dyn Fn(&Parsed) -> bool| words.iter().find(|c| c.head == Some(at) && test(c));
    let helps = |c: &Parsed| matches!(c.dep.base(), "aux" | "cop");
    let tag = word.xpos.as_str();
    let copula = child(&|c| c.dep == "cop").is_some();
    if !tag.starts_with("VB") && !copula {
        return None;
    }
    let helper = |tags: &[&str]| child(&|c| helps(c) && c.xpos.is_any(tags)).is_some();
    let perfect = child(&|c| helps(c) && c.lemma == "have").is_some();
    if let Some(modal) = child(&|c| helps(c) && c.xpos == "MD") {
        return Some(match modal.lemma.as_str() {
            _ if perfect => Direction::Past,
            "could" => Direction::Present,
            _ => Direction::Future,
        });
    }
    let (past, present) = (helper(&["VBD"]), helper(&["VBZ", "VBP"]));
    let to = child(&|c| c.xpos == "TO").is_some();
    let intended = |lemma: &str| view.lexicon.intended.contains(lemma);
    let shared = word.dep == "conj"; // "will meet and vote": the first has the auxiliary
    match tag {
        "VBD" => Some(Direction::Past),
        "VBN" if past || perfect => Some(Direction::Past),
        "VBN" if intended(&word.lemma) => Some(Direction::Future),
        "VBN" if present => Some(Direction::Present),
        "VBN" => (!shared).then_some(Direction::Past),
        "VB" if to => {
            let head = word.head.map(|h| &words[h])?;
            intended(&head.lemma).then_some(Direction::Future)
        }
        "VB" if past => Some(Direction::Past),
        "VB" if shared => None,
        "VB" => Some(Direction::Present),
        "VBG" if past || perfect => Some(Direction::Past),
        "VBG" if present => Some(Direction::Future),
        "VBG" => None,
        "VBZ" | "VBP" if view.lexicon.scheduled.contains(&word.lemma) => Some(Direction::Future),
        "VBZ" | "VBP" => Some(Direction::Present),
        _ if past || perfect => Some(Direction::Past),
        _ if to => None,
        _ if intended(&word.lemma) => Some(Direction::Future),
        _ => Some(Direction::Present),
    }
}

/// Whether the words before `at` speak of what is to come.
fn coming_before(view: &View<'_>, at: usize) -> bool {
    let words = view.words;
    // "said on Monday": the verb right before decides.
    let verb = at.checked_sub(2).map_or("", |i| lower(words, i));
    let past =
        matches!(verb, "said" | "told" | "met" | "held" | "announced") || verb.ends_with("ed");
    let asked = !past || matches!(verb, "scheduled" | "planned" | "expected");
    let mut near = words[at.saturating_sub(9)..at].iter();
    asked && near.any(|w| view.lexicon.coming.contains(&w.lower))
}
