//! Scores of labels to spans: the best sequence in which every `I-` goes on with its kind.

use onrecord_model::NameKind;

use onrecord_net::{math, shares};

/// A label of the names and mentions heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bio {
    /// Outside.
    O,
    /// The first word of a span.
    B(NameKind),
    /// A further word.
    I(NameKind),
}

impl Bio {
    /// From its name, `O`, `B-PER`, `I-LOC`.
    pub fn named(name: &str) -> Option<Self> {
        match name.split_once('-') {
            None => (name == "O").then_some(Self::O),
            Some(("B", kind)) => NameKind::named(kind).map(Self::B),
            Some(("I", kind)) => NameKind::named(kind).map(Self::I),
            Some(_) => None,
        }
    }

    fn may_follow(self, before: Option<Self>) -> bool {
        match self {
            Self::I(kind) => matches!(before, Some(Self::B(k) | Self::I(k)) if k == kind),
            _ => true,
        }
    }
}

/// A span of words with its kind and the least probability of its labels, in hundredths.
pub type Found = (usize, usize, NameKind, u8);

/// The spans of the best sequence. `scores` is `[words][labels]`; they are rounded to 1/1024,
/// and ties go to the earlier label.
pub fn spans(labels: &[Bio], scores: &[f32]) -> Vec<Found> {
    let width = labels.len();
    let words = scores.len() / width;
    if words == 0 {
        return Vec::new();
    }
    let alone: Vec<usize> = scores.chunks_exact(width).map(math::top).collect();
    let mut before = None;
    let may_be = alone.iter().all(|l| {
        let follows = labels[*l].may_follow(before);
        before = Some(labels[*l]);
        follows
    });
    let path = if may_be { alone } else { best(labels, scores) };
    let mut found: Vec<Found> = Vec::new();
    for (word, l) in path.iter().enumerate() {
        let sure = percent(&scores[word * width..][..width], *l);
        match labels[*l] {
            Bio::O => {}
            Bio::B(kind) => found.push((word, word + 1, kind, sure)),
            Bio::I(_) => {
                if let Some(last) = found.last_mut() {
                    last.1 = word + 1;
                    last.3 = last.3.min(sure);
                }
            }
        }
    }
    found
}

/// The best sequence of labels in which every one may follow the one before.
fn best(labels: &[Bio], scores: &[f32]) -> Vec<usize> {
    let width = labels.len();
    let words = scores.len() / width;
    let rounded = |at: usize| (scores[at] * 1024.0) as i64;
    const NEVER: i64 = i64::MIN / 4;
    let mut best: Vec<i64> = (0..width)
        .map(|l| {
            if labels[l].may_follow(None) {
                rounded(l)
            } else {
                NEVER
            }
        })
        .collect();
    let mut back = vec![0_usize; words * width];
    for word in 1..words {
        let mut next = vec![NEVER; width];
        for (l, label) in labels.iter().enumerate() {
            for (k, before) in labels.iter().enumerate() {
                if label.may_follow(Some(*before)) && best[k] > next[l] {
                    next[l] = best[k];
                    back[word * width + l] = k;
                }
            }
            next[l] += rounded(word * width + l);
        }
        best = next;
    }
    let mut at = 0;
    for l in 1..width {
        if best[l] > best[at] {
            at = l;
        }
    }
    let mut path = vec![at; words];
    for word in (1..words).rev() {
        at = back[word * width + at];
        path[word - 1] = at;
    }
    path
}

/// The probability of one label, in hundredths.
pub fn percent(scores: &[f32], label: usize) -> u8 {
    (shares(scores)[label] * 100.0 + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use NameKind::{Organization, Person};

    use super::*;

    const LABELS: [Bio; 5] = [
        Bio::O,
        Bio::B(Person),
        Bio::I(Person),
        Bio::B(Organization),
        Bio::I(Organization),
    ];

    #[test]
    fn a_span_goes_on_only_with_its_own_kind() {
        // alone, the second word would be I-ORG, which cannot follow B-PER
        let scores = [
            0.0, 9.0, 0.0, 1.0, 0.0, //
            0.0, 0.0, 3.0, 0.0, 4.0, //
            5.0, 0.0, 0.0, 0.0, 0.0,
        ];
        let found = spans(&LABELS, &scores);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].0, found[0].1, found[0].2), (0, 2, Person));
        assert!(found[0].3 < 50, "the label taken is not the likeliest");
    }

    #[test]
    fn a_sentence_cannot_begin_inside() {
        let scores = [0.0, 1.0, 9.0, 0.0, 0.0];
        assert_eq!(spans(&LABELS, &scores)[0].2, Person);
        assert!(spans(&LABELS, &[]).is_empty());
    }

    #[test]
    fn names_of_labels() {
        assert_eq!(Bio::named("B-ORG"), Some(Bio::B(Organization)));
        assert_eq!(Bio::named("B-XYZ"), None);
        assert_eq!(Bio::named("X"), None);
    }
}
