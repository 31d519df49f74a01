//! Quotations of one utterance whose words differ.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::Lexicon;
use onrecord_model::{Disagreement, DisagreementKind, Said, id_of};

use super::shingles::plain_words;

/// Longer quotations are not compared word by word.
const LONGEST: usize = 400;
/// More words than this on either side are a passage that one of the two left out.
const MOST: usize = 6;
/// So many words on either side of the difference stand in both.
const FRAME: usize = 3;
/// Characters of a quotation that say which utterance is meant.
const TITLE: usize = 80;

/// Direct quotations of one utterance, by different articles, that give other words in the same
/// place: neither is the other cut short. None where all agree.
pub(super) fn disagreement(said: &[Said<'_>], lexicon: &Lexicon) -> Option<Disagreement> {
    // One statement for each wording, that with the lowest id.
    let mut wordings: BTreeMap<Vec<String>, &Said<'_>> = BTreeMap::new();
    for one in said.iter().filter(|s| s.statement.direct) {
        let words = plain_words(&one.statement.content.join(" "));
        let known = wordings.entry(words).or_insert(one);
        if one.statement.id < known.statement.id {
            *known = one;
        }
    }
    let mut all: Vec<(&Vec<String>, &Said<'_>)> = wordings.iter().map(|(w, s)| (w, *s)).collect();
    all.retain(|(words, _)| words.len() <= LONGEST);
    all.sort_by(|a, b| a.1.statement.id.cmp(&b.1.statement.id));
    let (first, rest) = all.split_first()?;
    let mut told = vec![first.1];
    let differs = |other: &&(&Vec<String>, &Said<'_>)| {
        other.1.article.id != first.1.article.id && differ(first.0, other.0, lexicon)
    };
    told.extend(rest.iter().filter(differs).map(|(_, said)| *said));
    if told.len() < 2 {
        return None;
    }
    let sentences: Option<Vec<String>> = told
        .iter()
        .map(|said| said.statement.sentences.first().cloned())
        .collect();
    let quoted = |said: &&Said<'_>| said.statement.content.join(" … ");
    let title: String = quoted(&told[0]).chars().take(TITLE).collect();
    let ids = told.iter().map(|said| said.statement.id.as_str());
    let parts: Vec<&str> = std::iter::once("wording").chain(ids).collect();
    Some(Disagreement {
        id: id_of("di", &parts),
        about: format!("the words of: {title}"),
        sentences: sentences?,
        values: told.iter().map(quoted).collect(),
        kind: DisagreementKind::Difference,
    })
}

/// Whether somewhere between words that both have one gives other telling words than the other.
fn differ(a: &[String], b: &[String], lexicon: &Lexicon) -> bool {
    let telling = |words: &[String]| -> BTreeSet<String> {
        let words = words.iter();
        let telling = words.filter(|w| !lexicon.words.function_words.contains(*w));
        telling.cloned().collect()
    };
    hunks(a, b).into_iter().any(|(x, y)| {
        let (x, y) = (telling(x), telling(y));
        let spelt = |x: &String, y: &String| is_spelling(x, y, lexicon);
        let new = |x: &BTreeSet<String>, y: &BTreeSet<String>| {
            x.iter().any(|x| y.iter().all(|y| !spelt(x, y)))
        };
        !x.is_empty() && !y.is_empty() && (new(&x, &y) && new(&y, &x))
    })
}

/// Two spellings or forms of a word, or a number and its name.
fn is_spelling(x: &str, y: &str, lexicon: &Lexicon) -> bool {
    let number = |w: &str| w.chars().all(|c| c.is_ascii_digit());
    if number(x) != number(y) {
        let (figures, name) = if number(x) { (x, y) } else { (y, x) };
        let value = lexicon.words.dates.numbers.get(name);
        return value.is_some_and(|value| value.to_string() == figures);
    }
    let same = x.chars().zip(y.chars()).take_while(|(a, b)| a == b).count();
    let longer = x.chars().count().max(y.chars().count());
    x == y || !number(x) && same >= 3 && same * 10 >= longer * 6
}

/// The words that differ, side by side, each between runs of words that both have.
fn hunks<'w>(a: &'w [String], b: &'w [String]) -> Vec<(&'w [String], &'w [String])> {
    let matched = matched(a, b);
    let mut found = Vec::new();
    for (n, pair) in matched.windows(2).enumerate() {
        let ((x, y), (x2, y2)) = (pair[0], pair[1]);
        let (left, right) = (&a[x + 1..x2], &b[y + 1..y2]);
        let within = (1..=MOST).contains(&left.len()) && (1..=MOST).contains(&right.len());
        let run =
            |pairs: &[(usize, usize)]| pairs.windows(2).all(|p| p[1] == (p[0].0 + 1, p[0].1 + 1));
        let framed = n + 1 >= FRAME
            && matched.len() >= n + 1 + FRAME
            && run(&matched[n + 1 - FRAME..=n])
            && run(&matched[n + 1..n + 1 + FRAME]);
        if within && framed {
            found.push((left, right));
        }
    }
    found
}

/// The places of a longest common subsequence.
fn matched(a: &[String], b: &[String]) -> Vec<(usize, usize)> {
    let mut lengths = vec![vec![0u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i][j] = if a[i] == b[j] {
                lengths[i + 1][j + 1] + 1
            } else {
                lengths[i + 1][j].max(lengths[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            found.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if lengths[i + 1][j] >= lengths[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}
