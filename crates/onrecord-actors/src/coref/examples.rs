//! What the head is trained on: every spot of an annotated article, with what it is compared
//! with and what is right.

use onrecord_lexicon::Lexicon;
use onrecord_model::ArticleReading;

use super::{Course, Fate, features};
use crate::view;

/// Spots of articles as tables of numbers.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// `[spot][width]`
    pub vectors: Vec<f32>,
    /// `[spot][4]`: the article; what is right (0 it begins a chain, 1 it stands for nobody,
    /// 2 it goes on one that is no candidate, 3 it goes on a candidate); the ends of its rows
    /// in `pairs` and `features`.
    pub spots: Vec<[i32; 4]>,
    /// `[pair][4]`: the last and the best spot of the chain, whether it is right, the end of
    /// its rows in `pair_features`.
    pub pairs: Vec<[i32; 4]>,
    /// Of the spots alone.
    pub features: Vec<u16>,
    /// Of the pairs.
    pub pair_features: Vec<u16>,
    articles: i32,
}

/// Adds an article whose chains are known. `gold` gives the chain of the head word that
/// begins at a byte of the text, if it stands for a person, body or place.
pub fn examples(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    gold: impl Fn(usize) -> Option<usize>,
    to: &mut Examples,
) {
    let lines = view::lines(reading, lexicon);
    let (resolved, _) = crate::by_rules(reading, lexicon, &lines);
    let mut course = Course::new(reading, lexicon, &lines, &resolved);
    let base = to.spots.len();
    let end = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    // the gold chain of each chain
    let mut known: Vec<usize> = Vec::new();
    for at in 0..course.spots.len() {
        let spot = course.spots[at].clone();
        let sentence = course.sentence(spot.line);
        let width = sentence.vectors.len() / sentence.words.len();
        to.vectors.extend_from_slice(course.vector(at, width));
        to.features.extend(features::alone(&spot, sentence));
        let chain = gold(sentence.words[spot.word].span.start);
        let right = chain.and_then(|chain| known.iter().position(|other| *other == chain));
        let mut found = false;
        for candidate in course.candidates(at) {
            let is = right == Some(candidate.chain);
            found |= is;
            to.pair_features.extend(candidate.features);
            to.pairs.push([
                end(base + candidate.last),
                end(base + course.chains[candidate.chain].best),
                i32::from(is),
                end(to.pair_features.len()),
            ]);
        }
        let fate = match (chain, right) {
            (None, _) => Fate::Nobody,
            (Some(_), Some(c)) => Fate::On(c),
            (Some(chain), None) => {
                known.push(chain);
                Fate::New
            }
        };
        let right = match fate {
            Fate::New => 0,
            Fate::Nobody => 1,
            Fate::On(_) => 2 + i32::from(found),
        };
        to.spots.push([
            to.articles,
            right,
            end(to.pairs.len()),
            end(to.features.len()),
        ]);
        course.go(at, fate);
    }
    to.articles += 1;
}
