//! The weighted edit distance between two words.

use crate::units::{self, MOST, Units, left_out, swap};

/// What two neighbours that changed places cost.
const SWAPPED: u16 = 90;

/// The least cost of writing one word as the other, in hundredths; stops above `limit`.
pub fn distance(a: &Units, b: &Units, limit: u16) -> Option<u16> {
    if a == b {
        return Some(0);
    }
    if usize::abs_diff(a.len(), b.len()) * 10 > usize::from(limit) {
        return None;
    }
    let unlike = (a.mask & !b.mask)
        .count_ones()
        .max((b.mask & !a.mask).count_ones());
    if unlike * 35 > u32::from(limit) {
        return None;
    }
    let (a, b) = (a.as_slice(), b.as_slice());
    let mut rows = [[0u16; MOST + 1]; 3];
    for (j, sign) in b.iter().enumerate() {
        rows[0][j + 1] = rows[0][j] + left_out_at(*sign, j);
    }
    for i in 0..a.len() {
        let (now, last, before) = ((i + 1) % 3, i % 3, (i + 2) % 3);
        let drop = left_out_at(a[i], i);
        rows[now][0] = rows[last][0] + drop;
        let mut least = rows[now][0];
        for j in 0..b.len() {
            let mut cost = rows[last][j] + swap(a[i], b[j]);
            cost = cost.min(rows[last][j + 1] + drop);
            cost = cost.min(rows[now][j] + left_out_at(b[j], j));
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] && a[i] != a[i - 1] {
                cost = cost.min(rows[before][j - 1] + SWAPPED);
            }
            rows[now][j + 1] = cost;
            least = least.min(cost);
        }
        if least > limit {
            return None;
        }
    }
    let cost = rows[a.len() % 3][b.len()];
    (cost <= limit).then_some(cost)
}

/// A consonant that a word begins with is seldom left out: "Hamed" is not "Ahmed".
fn left_out_at(sign: u8, at: usize) -> u16 {
    let cost = left_out(sign);
    if at == 0 && units::is_consonant(sign) {
        cost.max(SWAPPED)
    } else {
        cost
    }
}

/// The differences between two words: "kh/k", "h left out".
pub fn differences(a: &Units, b: &Units) -> String {
    let (a, b) = (a.as_slice(), b.as_slice());
    let mut table = [[0u16; MOST + 1]; MOST + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if i + j == 0 {
                continue;
            }
            let mut cost = u16::MAX;
            if i > 0 && j > 0 {
                cost = cost.min(table[i - 1][j - 1] + swap(a[i - 1], b[j - 1]));
            }
            if i > 0 {
                cost = cost.min(table[i - 1][j] + left_out(a[i - 1]));
            }
            if j > 0 {
                cost = cost.min(table[i][j - 1] + left_out(b[j - 1]));
            }
            table[i][j] = cost;
        }
    }
    let (mut i, mut j) = (a.len(), b.len());
    let mut edits: Vec<(&str, &str)> = Vec::new();
    while i + j > 0 {
        if i > 0 && j > 0 && table[i][j] == table[i - 1][j - 1] + swap(a[i - 1], b[j - 1]) {
            if a[i - 1] != b[j - 1] {
                edits.push((units::name(a[i - 1]), units::name(b[j - 1])));
            }
            (i, j) = (i - 1, j - 1);
        } else if i > 0 && table[i][j] == table[i - 1][j] + left_out(a[i - 1]) {
            edits.push((units::name(a[i - 1]), "-"));
            i -= 1;
        } else {
            edits.push(("-", units::name(b[j - 1])));
            j = j.saturating_sub(1);
        }
    }
    let mut out = String::with_capacity(edits.len() * 5);
    for (from, to) in edits.into_iter().rev() {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(from);
        out.push('/');
        out.push_str(to);
    }
    if out.is_empty() {
        out.push_str("doubled letters");
    }
    out
}

/// What a word of so many letters may cost and still be the same word.
pub fn limit(letters: usize, typos: bool) -> u16 {
    match (letters, typos) {
        (0 | 1, _) => 0,
        (2, _) => 30,
        (3, _) => 50,
        (4, _) => 80,
        (5, _) | (6 | 7, false) => 100,
        (6 | 7, true) => 130,
        (_, false) => 120,
        (8 | 9, true) => 190,
        (_, true) => 220,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::units;

    fn between(a: &str, b: &str) -> u16 {
        distance(&units(a), &units(b), 1000).unwrap_or(1000)
    }

    #[test]
    fn other_spellings_are_nearer_than_other_words() {
        assert!(between("qasim", "kassem") < 70);
        assert!(between("khalil", "halil") < 70);
        assert!(between("nadim", "karim") > 100);
        assert_eq!(between("zaydoun", "zaydoun"), 0);
    }

    #[test]
    fn the_differences_are_named() {
        assert_eq!(differences(&units("qadir"), &units("kadir")), "q/k");
    }
}
