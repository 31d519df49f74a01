//! What the head is told of the words around a target.

use std::ops::Range;

use onrecord_lexicon::{Lexicon, fold};
use onrecord_model::{ArticleReading, Sentence, Span};
use onrecord_net::feature;

/// Questions asked of a word.
pub(super) const QUESTIONS: usize = 11;
/// Words on each side of the target's first that are read.
const REACH: usize = 48;
/// Distances from which on the next class begins.
const STEPS: [usize; 9] = [1, 2, 3, 4, 6, 9, 14, 22, 35];

/// A target in its sentence, as the head reads it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// The words that are read, by number in the sentence.
    pub words: Range<usize>,
    /// Which of them are the target's.
    pub target: Vec<bool>,
    /// `QUESTIONS` a word.
    pub features: Vec<u16>,
    /// The words in small letters.
    pub forms: Vec<String>,
}

/// The words around the target at `span`; none where no word of the sentence touches it.
pub fn ask(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    sentence: &Sentence,
    span: Span,
) -> Option<Asked> {
    let words = &sentence.words;
    let in_target = |at: usize| words[at].span.overlaps(span);
    let first = (0..words.len()).find(|at| in_target(*at))?;
    let head = (first..words.len())
        .find(|at| in_target(*at) && words[*at].head.is_none_or(|up| !in_target(up)))
        .unwrap_or(first);
    let forms: Vec<String> = words
        .iter()
        .map(|w| reading.words(w.span).to_lowercase())
        .collect();
    let negated = negated(sentence, &forms);
    let up = above(sentence, head);
    let range = first.saturating_sub(REACH)..words.len().min(first + REACH + 1);
    let mut asked = Asked {
        target: range.clone().map(in_target).collect(),
        forms: forms[range.clone()].to_vec(),
        features: Vec::with_capacity(range.len() * QUESTIONS),
        words: range.clone(),
    };
    for at in range {
        let word = &words[at];
        let way = Way::between(sentence, &up, at);
        let quoted = reading
            .quotations
            .iter()
            .any(|q| q.span.overlaps(word.span));
        let parent = word.head.unwrap_or(at);
        let answers = [
            word.upos as usize + 32 * usize::from(word.xpos == "VBN"),
            word.dep.index(),
            sentence.name_class(at),
            usize::from(quoted) + 2 * usize::from(at == 0),
            way.target_as,
            way.word_as,
            way.target_depth.min(5) * 6 + way.word_depth.min(5),
            step(head, at),
            usize::from(negated[at]) + 2 * usize::from(negated[parent]),
            usize::from(in_target(at)),
            listed(lexicon, &word.lemma),
        ];
        for (question, answer) in answers.into_iter().enumerate() {
            asked.features.push(feature(question, answer));
        }
    }
    Some(asked)
}

/// The class of the distance from one word to another: ten each way.
pub(super) fn step(from: usize, to: usize) -> usize {
    let far = from.abs_diff(to);
    STEPS.iter().filter(|least| far >= **least).count() + 10 * usize::from(to < from)
}

/// 1 for what the lexicon has as good, 2 for what it has as bad.
fn listed(lexicon: &Lexicon, lemma: &str) -> usize {
    let lemma = fold(lemma).to_lowercase();
    let is = |list: &str| {
        let forms = lexicon.framing.forms.get(list);
        forms.is_some_and(|forms| forms.contains(lemma.as_str()))
    };
    if is("good") {
        1
    } else {
        2 * usize::from(is("bad"))
    }
}

/// Which words a word of denial hangs on.
fn negated(sentence: &Sentence, forms: &[String]) -> Vec<bool> {
    const DENIALS: [&str; 16] = [
        "not", "n't", "n’t", "no", "never", "without", "nor", "neither", "hardly", "none",
        "nobody", "nothing", "denied", "deny", "denies", "cannot",
    ];
    let mut negated = vec![false; forms.len()];
    for (word, form) in sentence.words.iter().zip(forms) {
        if let Some(head) = word.head.filter(|_| DENIALS.contains(&form.as_str())) {
            negated[head] = true;
        }
    }
    negated
}

/// A word, what it hangs on, what that hangs on, up to the root.
fn above(sentence: &Sentence, word: usize) -> Vec<usize> {
    let mut path = vec![word];
    let mut at = word;
    // no longer than the sentence: damaged trees end too
    while let Some(head) = sentence.words[at].head {
        if path.len() > sentence.words.len() {
            break;
        }
        path.push(head);
        at = head;
    }
    path
}

/// How the tree leads from the target to a word, over the word that both hang below.
struct Way {
    /// By what relation the target's side hangs there, from 1; 0 where the target is that word.
    target_as: usize,
    /// The same for the word's side.
    word_as: usize,
    target_depth: usize,
    word_depth: usize,
}

impl Way {
    fn between(sentence: &Sentence, target: &[usize], word: usize) -> Self {
        let mine = above(sentence, word);
        let met = mine.iter().enumerate().find_map(|(depth, at)| {
            let on = target.iter().position(|up| up == at)?;
            Some((on, depth))
        });
        let (target_depth, word_depth) = met.unwrap_or((target.len() - 1, mine.len() - 1));
        let relation = |path: &[usize], depth: usize| {
            let below = depth.checked_sub(1).map(|below| path[below]);
            below.map_or(0, |at| 1 + sentence.words[at].dep.index())
        };
        Self {
            target_as: relation(target, target_depth),
            word_as: relation(&mine, word_depth),
            target_depth,
            word_depth,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_have_ten_classes_each_way() {
        let steps = [(5, 5), (5, 6), (5, 9), (5, 90), (5, 4), (50, 0)];
        let steps = steps.map(|(from, to)| step(from, to));
        assert_eq!(steps, [0, 1, 4, 9, 11, 19]);
    }
}
