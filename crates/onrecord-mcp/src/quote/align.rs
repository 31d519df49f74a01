//! Words of a quotation beside words of a text: where they stand best, and what differs.

/// What a word that only one of the two has costs, a word in place of another, and one that
/// both have: of two ways as dear, the one with more words in common is taken.
const GAP: i32 = 16;
const CHANGE: i32 = 24;
const SAME: i32 = -1;

/// A word as it is compared, and where it stands: code points, half-open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub key: String,
    pub shown: String,
    pub start: usize,
    pub end: usize,
}

/// One step from a quotation to the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Words that both have.
    Both(String),
    /// Words that only the quotation has.
    Quotation(String),
    /// Words that only the source has.
    Source(String),
}

/// How a quotation stands beside the part of a text that is most like it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aligned {
    /// Of the text, code points, half-open.
    pub start: usize,
    pub end: usize,
    pub steps: Vec<Step>,
    /// Words that both have.
    pub same: usize,
    /// Words of the longer of the two.
    pub of: usize,
}

impl Aligned {
    pub fn similarity(&self) -> f64 {
        self.same as f64 / self.of.max(1) as f64
    }
}

/// The words of a text: letters and digits, with the apostrophes and points inside.
pub fn words(text: &str) -> Vec<Word> {
    let signs: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        if !inside(&signs, at) {
            at += 1;
            continue;
        }
        let start = at;
        while at < signs.len() && inside(&signs, at) {
            at += 1;
        }
        let shown: String = signs[start..at].iter().collect();
        let key: String = super::fold::Folded::of(&shown).signs.into_iter().collect();
        words.push(Word {
            key,
            shown,
            start,
            end: at,
        });
    }
    words
}

/// Whether the sign is a letter, or stands between two and does not part words.
fn inside(signs: &[char], at: usize) -> bool {
    let letter = |at: Option<usize>| {
        at.and_then(|at| signs.get(at)).is_some_and(|c| {
            c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(*c)
        })
    };
    letter(Some(at))
        || (matches!(signs[at], '\'' | '’' | 'ʼ' | '.' | ',' | '\u{ad}')
            && letter(at.checked_sub(1))
            && letter(Some(at + 1)))
}

/// The part of a text that is most like the quotation, of equals the first; none if they
/// share no word. Time and memory grow with the product of both lengths.
pub fn align(quotation: &[Word], text: &[Word]) -> Option<Aligned> {
    let width = text.len() + 1;
    let mut cost = vec![0_i32; (quotation.len() + 1) * width];
    for (n, word) in quotation.iter().enumerate() {
        let (above, row) = (n * width, (n + 1) * width);
        cost[row] = cost[above] + GAP;
        for (m, other) in text.iter().enumerate() {
            let change = if word.key == other.key { SAME } else { CHANGE };
            let changed = cost[above + m] + change;
            let less = cost[above + m + 1] + GAP;
            let more = cost[row + m] + GAP;
            cost[row + m + 1] = changed.min(less).min(more);
        }
    }
    let last = quotation.len() * width;
    let end = (0..width).min_by_key(|m| cost[last + m])?;
    Some(trace(quotation, text, &cost, end)).filter(|aligned| aligned.same > 0)
}

/// The way back from the end of the best part.
fn trace(quotation: &[Word], text: &[Word], cost: &[i32], end: usize) -> Aligned {
    let width = text.len() + 1;
    let (mut n, mut m) = (quotation.len(), end);
    let mut pairs: Vec<(Option<usize>, Option<usize>)> = Vec::new();
    while n > 0 {
        let here = cost[n * width + m];
        let changed = m > 0 && {
            let change = if quotation[n - 1].key == text[m - 1].key {
                SAME
            } else {
                CHANGE
            };
            here == cost[(n - 1) * width + m - 1] + change
        };
        if changed {
            (n, m) = (n - 1, m - 1);
            pairs.push((Some(n), Some(m)));
        } else if here == cost[(n - 1) * width + m] + GAP {
            n -= 1;
            pairs.push((Some(n), None));
        } else {
            m -= 1;
            pairs.push((None, Some(m)));
        }
    }
    pairs.reverse();
    let mut aligned = Aligned {
        start: text.get(m).map_or(0, |word| word.start),
        end: text[..end].last().map_or(0, |word| word.end),
        steps: Vec::new(),
        same: 0,
        of: quotation.len().max(end - m),
    };
    let (mut only, mut source) = (Vec::new(), Vec::new());
    for pair in pairs {
        match pair {
            (Some(n), Some(m)) if quotation[n].key == text[m].key => {
                aligned.differ(&mut only, &mut source);
                aligned.same += 1;
                aligned.both(&text[m].shown);
            }
            (n, m) => {
                only.extend(n.map(|n| quotation[n].shown.as_str()));
                source.extend(m.map(|m| text[m].shown.as_str()));
            }
        }
    }
    aligned.differ(&mut only, &mut source);
    aligned
}

impl Aligned {
    fn both(&mut self, word: &str) {
        if let Some(Step::Both(words)) = self.steps.last_mut() {
            words.push(' ');
            words.push_str(word);
        } else {
            self.steps.push(Step::Both(word.to_owned()));
        }
    }

    fn differ(&mut self, only: &mut Vec<&str>, source: &mut Vec<&str>) {
        if !only.is_empty() {
            self.steps.push(Step::Quotation(only.join(" ")));
        }
        if !source.is_empty() {
            self.steps.push(Step::Source(source.join(" ")));
        }
        only.clear();
        source.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(quotation: &str, text: &str) -> (String, String) {
        let aligned = align(&words(quotation), &words(text)).expect("a word in common");
        let told: Vec<String> = aligned
            .steps
            .iter()
            .map(|step| match step {
                Step::Both(words) => words.clone(),
                Step::Quotation(words) => format!("-{words}-"),
                Step::Source(words) => format!("+{words}+"),
            })
            .collect();
        let part = text
            .chars()
            .skip(aligned.start)
            .take(aligned.end - aligned.start);
        (told.join(" "), part.collect())
    }

    #[test]
    fn words_keep_what_stands_inside() {
        let found = words("Don’t pay 1,500.5 in U.S. dollars, al-Asad.");
        let shown: Vec<&str> = found.iter().map(|word| word.shown.as_str()).collect();
        assert_eq!(
            shown,
            [
                "Don’t", "pay", "1,500.5", "in", "U.S", "dollars", "al", "Asad"
            ]
        );
        assert_eq!((found[0].key.as_str(), found[1].start), ("don't", 6));
    }

    #[test]
    fn what_differs() {
        let text = "On Monday he said: we shall never, ever leave the old port. Never.";
        assert_eq!(
            diff("We will never leave the port", text),
            (
                "we -will- +shall+ never +ever+ leave the +old+ port".to_owned(),
                "we shall never, ever leave the old port".to_owned()
            )
        );
        assert_eq!(diff("not leave", text).0, "-not- leave");
        assert!(align(&words("bread"), &words(text)).is_none());
        assert!(align(&words("bread"), &[]).is_none());
    }
}
