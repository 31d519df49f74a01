//! Which words of gold and system are the same.

use std::ops::Range;

use super::{Agreement, Word};

/// How many spans are in both lists; each is in order and does not overlap itself.
pub(super) fn spans(gold: &[Range<usize>], system: &[Range<usize>]) -> Agreement {
    let (mut g, mut s, mut correct) = (0, 0, 0);
    while let (Some(ours), Some(theirs)) = (gold.get(g), system.get(s)) {
        correct += usize::from(ours == theirs);
        g += usize::from(ours.start <= theirs.start);
        s += usize::from(theirs.start <= ours.start);
    }
    Agreement {
        gold: gold.len(),
        system: system.len(),
        correct,
        aligned: None,
    }
}

/// The pairs of the same words, by index, in order.
///
/// Words that are tokens are the same if their spans are. Where either side has a token of
/// several words, the smallest stretch is taken that no such token leaves, and its words are
/// paired by the longest common run of forms, case aside.
pub(super) fn words(gold: &[Word], system: &[Word]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(gold.len().min(system.len()));
    let (mut g, mut s) = (0, 0);
    while let (Some(ours), Some(theirs)) = (gold.get(g), system.get(s)) {
        if ours.multiword || theirs.multiword {
            let stretch = Stretch::from(gold, system, g, s);
            stretch.pair(gold, system, &mut pairs);
            (g, s) = (stretch.gold.end, stretch.system.end);
            continue;
        }
        if ours.span == theirs.span {
            pairs.push((g, s));
            g += 1;
            s += 1;
        } else if ours.span.start <= theirs.span.start {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

/// Words of both sides around one or more tokens of several words.
struct Stretch {
    gold: Range<usize>,
    system: Range<usize>,
}

impl Stretch {
    /// From the words `g` and `s`, at least one of which is in a token of several words.
    fn from(gold: &[Word], system: &[Word], mut g: usize, mut s: usize) -> Stretch {
        // A word of the other side that begins before the token has no part in it.
        let end;
        if gold[g].multiword {
            end = gold[g].span.end;
            let earlier = system[s].span.start < gold[g].span.start;
            s += usize::from(!system[s].multiword && earlier);
        } else {
            end = system[s].span.end;
            g += usize::from(gold[g].span.start < system[s].span.start);
        }

        let (first_g, first_s, mut end) = (g, s, end);
        loop {
            let (ours, theirs) = (gold.get(g), system.get(s));
            if !ours.is_some_and(|w| reaches(w, end)) && !theirs.is_some_and(|w| reaches(w, end)) {
                break;
            }
            let ours_next = match (ours, theirs) {
                (Some(ours), Some(theirs)) => ours.span.start <= theirs.span.start,
                (ours, _) => ours.is_some(),
            };
            let (word, at) = if ours_next {
                (ours, &mut g)
            } else {
                (theirs, &mut s)
            };
            if let Some(word) = word.filter(|word| word.multiword) {
                end = end.max(word.span.end);
            }
            *at += 1;
        }
        Stretch {
            gold: first_g..g,
            system: first_s..s,
        }
    }

    fn pair(&self, gold: &[Word], system: &[Word], pairs: &mut Vec<(usize, usize)>) {
        let ours = forms(&gold[self.gold.clone()]);
        let theirs = forms(&system[self.system.clone()]);
        let common = common_runs(&ours, &theirs);
        let (mut g, mut s) = (0, 0);
        while g < ours.len() && s < theirs.len() {
            if ours[g] == theirs[s] {
                pairs.push((self.gold.start + g, self.system.start + s));
                g += 1;
                s += 1;
            } else if common[g][s] == common[g + 1][s] {
                g += 1;
            } else {
                s += 1;
            }
        }
    }
}

/// Whether a word stands in the stretch that ends at `end`.
fn reaches(word: &Word, end: usize) -> bool {
    if word.multiword {
        word.span.start < end
    } else {
        word.span.end <= end
    }
}

/// The forms in lower case without white space.
fn forms(words: &[Word]) -> Vec<String> {
    let form = |word: &Word| {
        let visible = word.row.form.chars().filter(|c| !c.is_whitespace());
        visible.collect::<String>().to_lowercase()
    };
    words.iter().map(form).collect()
}

/// At `[g][s]` how many forms the longest common run of `ours[g..]` and `theirs[s..]` has.
fn common_runs(ours: &[String], theirs: &[String]) -> Vec<Vec<usize>> {
    let mut common = vec![vec![0; theirs.len() + 1]; ours.len() + 1];
    for g in (0..ours.len()).rev() {
        for s in (0..theirs.len()).rev() {
            common[g][s] = if ours[g] == theirs[s] {
                common[g + 1][s + 1] + 1
            } else {
                common[g + 1][s].max(common[g][s + 1])
            };
        }
    }
    common
}
