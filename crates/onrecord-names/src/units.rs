//! Words as signs: letters, and runs of letters that stand for one sound.

use std::collections::HashMap;
use std::sync::LazyLock;

const ROMANISATION: &str = include_str!("../lexicon/names/romanisation.tsv");
const COSTS: &str = include_str!("../lexicon/names/costs.tsv");

/// So many signs of a word are compared.
pub const MOST: usize = 24;
/// Signs from here on are letters of scripts that have no Latin form here.
const OTHER: u8 = 64;
const DIGIT: u8 = 27;
const RUN: u8 = 37;
/// What another letter costs.
pub const WHOLE: u16 = 100;

/// The signs of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Units {
    signs: [u8; MOST],
    length: u8,
    /// The consonants in it, by class, as bits.
    pub mask: u32,
}

impl Units {
    /// The signs, doubled letters once.
    pub fn as_slice(&self) -> &[u8] {
        &self.signs[..usize::from(self.length)]
    }

    /// How many signs.
    pub fn len(&self) -> usize {
        usize::from(self.length)
    }

    fn push(&mut self, sign: u8) {
        let at = usize::from(self.length);
        if at < MOST && (at == 0 || self.signs[at - 1] != sign || is_figure(sign)) {
            self.signs[at] = sign;
            self.length += 1;
            let class = TABLE.class[usize::from(sign)];
            if class > 0 {
                self.mask |= 1 << (class & 31);
            }
        }
    }

    /// The signs of two words written as one.
    pub fn joined(&self, other: &Units) -> Units {
        let mut out = *self;
        for sign in other.as_slice() {
            out.push(*sign);
        }
        out
    }

    /// The consonant classes in order, vowels and doubled classes left out.
    pub fn skeleton(&self) -> ([u8; MOST], usize) {
        let mut out = [0; MOST];
        let mut length = 0;
        for sign in self.as_slice() {
            let class = TABLE.class[usize::from(*sign)];
            if class > 0 && (length == 0 || out[length - 1] != class) {
                out[length] = class;
                length += 1;
            }
        }
        (out, length)
    }
}

fn is_figure(sign: u8) -> bool {
    (DIGIT..RUN).contains(&sign)
}

struct Table {
    runs: Vec<(&'static str, u8)>,
    /// Where in `runs` those that begin with a letter stand.
    starts: [(u8, u8); 128],
    names: Vec<&'static str>,
    costs: Vec<u16>,
    drops: [u16; 256],
    class: [u8; 256],
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

/// Consonants that are one class in keys and quick looks; a vowel has none.
const CLASSES: [&str; 10] = [
    "b p",
    "d dh t th",
    "f v w",
    "g gh k q c x kh",
    "j dj zh ch sh s z ts shch",
    "l",
    "m",
    "n",
    "r",
    "",
];

impl Table {
    fn read() -> Table {
        let mut names: HashMap<&'static str, u8> = HashMap::new();
        let mut runs = Vec::new();
        let letters = "abcdefghijklmnopqrstuvwxyz";
        for (at, _) in letters.char_indices() {
            names.insert(&letters[at..=at], u8::try_from(at + 1).unwrap_or(0));
        }
        let mut next = RUN;
        let unit_rows = ROMANISATION.lines().filter_map(|line| {
            let mut cells = line.split('\t');
            (cells.next() == Some("unit")).then(|| (cells.next(), cells.next()))
        });
        for row in unit_rows {
            if let (Some(run), Some(sign)) = row {
                let code = *names.entry(sign).or_insert_with(|| {
                    next += 1;
                    next - 1
                });
                runs.push((run, code));
            }
        }
        runs.sort_by_key(|(run, _)| (run.as_bytes()[0], std::cmp::Reverse(run.len())));
        let mut starts = [(0, 0); 128];
        for (at, (run, _)) in (0_u8..).zip(&runs) {
            let range: &mut (u8, u8) = &mut starts[usize::from(run.as_bytes()[0] & 127)];
            if range.1 == 0 {
                range.0 = at;
            }
            range.1 = at + 1;
        }
        let mut table = Table {
            runs,
            starts,
            names: vec![""; 64],
            costs: vec![WHOLE; 64 * 64],
            drops: [WHOLE; 256],
            class: [0; 256],
        };
        for sign in 0..64 {
            table.costs[sign * 64 + sign] = 0;
        }
        let mut listed: Vec<_> = names.iter().map(|(name, code)| (*name, *code)).collect();
        listed.sort_unstable();
        for (name, code) in listed {
            table.names[usize::from(code)] = name;
        }
        table.read_costs(&names);
        table.read_classes(&names);
        table
    }

    fn read_costs(&mut self, names: &HashMap<&'static str, u8>) {
        for line in COSTS.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<_> = line.split('\t').collect();
            let [a, b, cost] = cells[..] else { continue };
            let Some(a) = names.get(a).map(|a| usize::from(*a)) else {
                continue;
            };
            let cost = hundredths(cost);
            if b == "-" {
                self.drops[a] = cost;
            } else if let Some(b) = names.get(b).map(|b| usize::from(*b)) {
                self.costs[a * 64 + b] = cost;
                self.costs[b * 64 + a] = cost;
            }
        }
    }

    fn read_classes(&mut self, names: &HashMap<&'static str, u8>) {
        for (class, signs) in (1..).zip(CLASSES) {
            for sign in signs.split_whitespace() {
                if let Some(code) = names.get(sign) {
                    self.class[usize::from(*code)] = class;
                }
            }
        }
        for figure in DIGIT..RUN {
            self.class[usize::from(figure)] = figure - DIGIT + 11;
        }
        for other in OTHER..=u8::MAX {
            self.class[usize::from(other)] = other;
        }
    }
}

fn hundredths(text: &str) -> u16 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().map_or(WHOLE, |n: u16| n.min(WHOLE))
}

/// The signs of a folded word.
pub fn units(word: &str) -> Units {
    let table = &*TABLE;
    let mut out = Units::default();
    let bytes = word.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii() {
            let (from, to) = table.starts[usize::from(byte)];
            if to > 0
                && let Some((run, code)) = table.runs[usize::from(from)..usize::from(to)]
                    .iter()
                    .find(|(run, _)| bytes[at..].starts_with(run.as_bytes()))
            {
                out.push(*code);
                at += run.len();
                continue;
            }
            match byte {
                b'a'..=b'z' => out.push(byte - b'a' + 1),
                b'0'..=b'9' => out.push(byte - b'0' + DIGIT),
                _ => {}
            }
            at += 1;
        } else {
            let Some(letter) = word[at..].chars().next() else {
                break;
            };
            let code = u32::from(letter);
            out.push(other(code % 191));
            if code >= 0x2e80 {
                out.push(other(code / 191 % 191));
            }
            at += letter.len_utf8();
        }
    }
    out
}

fn other(code: u32) -> u8 {
    OTHER + u8::try_from(code).unwrap_or(0)
}

/// What writing one sign for another costs, in hundredths.
pub fn swap(a: u8, b: u8) -> u16 {
    if a == b {
        0
    } else if a < OTHER && b < OTHER {
        TABLE.costs[usize::from(a) * 64 + usize::from(b)]
    } else {
        WHOLE
    }
}

/// What leaving a sign out costs, in hundredths.
pub fn left_out(sign: u8) -> u16 {
    TABLE.drops[usize::from(sign)]
}

/// Whether a sign is a letter for a consonant, "y" and "w" apart.
pub fn is_consonant(sign: u8) -> bool {
    !matches!(
        name(sign),
        "a" | "e" | "i" | "o" | "u" | "y" | "w" | "ou" | "oo" | "ee" | "aw"
    )
}

/// The letters of a sign.
pub fn name(sign: u8) -> &'static str {
    const FIGURES: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    if is_figure(sign) {
        FIGURES[usize::from(sign - DIGIT)]
    } else if sign >= OTHER {
        "another letter"
    } else {
        TABLE.names[usize::from(sign)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_one_sign_and_doubled_letters_too() {
        assert_eq!(units("schach").len(), 3);
        assert_eq!(units("hassan"), units("hasan"));
        assert_ne!(units("11"), units("1"));
    }

    #[test]
    fn close_sounds_cost_less() {
        let one = |s: &str| units(s).as_slice()[0];
        assert!(swap(one("q"), one("k")) < swap(one("q"), one("m")));
        assert!(swap(one("ou"), one("u")) < WHOLE / 2);
        assert!(left_out(one("h")) < left_out(one("m")));
    }
}
