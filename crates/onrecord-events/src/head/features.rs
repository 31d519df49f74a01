//! What the head is told of a word beside its vector.

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, Sentence};
use onrecord_net::feature;

use crate::items::plain;

/// Questions asked of a word.
pub const QUESTIONS: usize = 8;

/// The features of every word of a sentence, [`QUESTIONS`] a word.
pub fn features(reading: &ArticleReading, lexicon: &Lexicon, sentence: &Sentence) -> Vec<u16> {
    let words = &sentence.words;
    let known: Vec<[usize; 2]> = words
        .iter()
        .map(|word| known(lexicon, &plain(reading.words(word.span))))
        .collect();
    let mut quoted = vec![0; words.len()];
    for q in reading
        .quotations
        .iter()
        .filter(|q| q.span.overlaps(sentence.span))
    {
        let first = words.partition_point(|w| w.span.end <= q.span.start);
        for (at, word) in words.iter().enumerate().skip(first) {
            if word.span.start >= q.span.end {
                break;
            }
            quoted[at] = 1;
        }
    }
    let mut found = Vec::with_capacity(words.len() * QUESTIONS);
    for (at, word) in words.iter().enumerate() {
        let parent = word.head.unwrap_or(at);
        let answers = [
            word.upos as usize + 32 * usize::from(word.xpos == "VBN"),
            word.dep.index(),
            known[at][0],
            known[at][1],
            sentence.name_class(at),
            known[parent][0].max(known[parent][1]),
            quoted[at] + 2 * usize::from(at == 0) + 4 * (words[parent].upos as usize).min(15),
            sentence.name_class(parent),
        ];
        for (question, answer) in answers.into_iter().enumerate() {
            found.push(feature(question, answer));
        }
    }
    found
}

/// The types of event that the lexicon's rules know the word for, as a verb and as a noun, from
/// 1; those that need more words besides count 16 more.
fn known(lexicon: &Lexicon, word: &str) -> [usize; 2] {
    let events = &lexicon.events;
    let class = |rule: usize, rest: &[String]| {
        1 + events.rules[rule].event as usize + 16 * usize::from(!rest.is_empty())
    };
    let verbs = events
        .verb(word)
        .iter()
        .map(|f| class(f.rule, &f.rest))
        .min();
    let nouns = events
        .noun(word)
        .iter()
        .map(|f| class(f.rule, &f.rest))
        .min();
    [verbs.unwrap_or(0), nouns.unwrap_or(0)]
}
