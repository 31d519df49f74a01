//! Texts as they are compared: signs that mean the same are one.

use unicode_normalization::UnicodeNormalization;

/// What two texts with the same words can differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Case,
    Marks,
    Dashes,
    Space,
    /// Ligatures, composed and decomposed letters, wide forms, the sign of an ellipsis.
    Forms,
}

impl Kind {
    pub const ALL: [Kind; 5] = [
        Kind::Case,
        Kind::Marks,
        Kind::Dashes,
        Kind::Space,
        Kind::Forms,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Case => "capital letters",
            Kind::Marks => "quotation marks or apostrophes",
            Kind::Dashes => "dashes",
            Kind::Space => "spaces or line ends",
            Kind::Forms => "forms of letters or signs",
        }
    }
}

/// A text as it is compared, and where each sign of it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    pub signs: Vec<char>,
    /// The code point of the text from which a sign comes.
    from: Vec<usize>,
}

impl Folded {
    pub fn of(text: &str) -> Folded {
        Folded::but(text, None)
    }

    /// The same, but differences of one kind stay.
    fn but(text: &str, kept: Option<Kind>) -> Folded {
        let folds = |kind: Kind| kept != Some(kind);
        let mut folded = Folded::default();
        for (at, c) in text.chars().enumerate() {
            if is_nothing(c) {
                if !folds(Kind::Forms) {
                    folded.push(c, at);
                }
            } else if c.is_whitespace() {
                match folds(Kind::Space) {
                    true => folded.space(at),
                    false => folded.push(c, at),
                }
            } else if is_mark(c) && folds(Kind::Marks) {
                folded.push('\'', at);
            } else if is_dash(c) && folds(Kind::Dashes) {
                folded.dash(at);
            } else {
                folded.letter(c, at, folds(Kind::Forms), folds(Kind::Case));
            }
        }
        folded
    }

    fn push(&mut self, sign: char, at: usize) {
        self.signs.push(sign);
        self.from.push(at);
    }

    /// Of several spaces one stands, none beside a dash and none at the beginning.
    fn space(&mut self, at: usize) {
        if !matches!(self.signs.last(), None | Some(' ' | '-')) {
            self.push(' ', at);
        }
    }

    fn dash(&mut self, at: usize) {
        if self.signs.last() == Some(&' ') {
            self.signs.pop();
            self.from.pop();
        }
        if self.signs.last() != Some(&'-') {
            self.push('-', at);
        }
    }

    fn letter(&mut self, c: char, at: usize, forms: bool, case: bool) {
        let one = [c];
        let parts: Vec<char> = match forms {
            true => one.into_iter().nfkd().collect(),
            false => one.to_vec(),
        };
        for part in parts {
            match case {
                true => part.to_lowercase().for_each(|low| self.push(low, at)),
                false => self.push(part, at),
            }
        }
    }

    /// Where `piece` stands as whole words, as code points of the text: half-open, in order,
    /// at most `most`.
    pub fn find(&self, piece: &Folded, most: usize) -> Vec<(usize, usize)> {
        let wanted = piece.trimmed();
        let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else {
            return Vec::new();
        };
        let (opens, closes) = (first.is_alphanumeric(), last.is_alphanumeric());
        let mut found = Vec::new();
        let mut at = 0;
        while at + wanted.len() <= self.signs.len() && found.len() < most {
            let end = at + wanted.len();
            let beside = |at: Option<usize>| {
                at.and_then(|at| self.signs.get(at))
                    .is_some_and(|c| in_word(*c))
            };
            if self.signs[at..end] == *wanted
                && !(opens && beside(at.checked_sub(1)))
                && !(closes && beside(Some(end)))
            {
                found.push((self.from[at], self.from[end - 1] + 1));
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }

    fn trimmed(&self) -> &[char] {
        let end = self
            .signs
            .iter()
            .rposition(|c| *c != ' ')
            .map_or(0, |at| at + 1);
        &self.signs[..end]
    }
}

/// In which kinds two texts differ that are the same when folded.
pub fn differences(one: &str, other: &str) -> Vec<Kind> {
    if one == other {
        return Vec::new();
    }
    let same = |kind: Kind| {
        Folded::but(one, Some(kind)).trimmed() == Folded::but(other, Some(kind)).trimmed()
    };
    Kind::ALL.into_iter().filter(|kind| !same(*kind)).collect()
}

/// A letter or digit, or a mark on one.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Quotation marks and apostrophes of all kinds.
pub fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '´' | '«' | '»' | '‘'..='‟' | '‹' | '›' | '′' | '″'
        | 'ʻ' | 'ʼ' | '〝'..='〟' | '＂' | '＇')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐'..='―' | '−' | '﹘' | '﹣' | '－')
}

/// Signs that show nothing.
fn is_nothing(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(one: &str, other: &str) -> Vec<Kind> {
        assert_eq!(
            Folded::of(one).signs,
            Folded::of(other).signs,
            "{one} / {other}"
        );
        differences(one, other)
    }

    #[test]
    fn what_does_not_change_the_words() {
        assert_eq!(kinds("We don't", "We don't"), []);
        assert_eq!(kinds("We don’t", "we don't"), [Kind::Case, Kind::Marks]);
        assert_eq!(kinds("a — b", "a-b"), [Kind::Dashes, Kind::Space]);
        assert_eq!(kinds("the  old\nport", "the old port"), [Kind::Space]);
        assert_eq!(kinds("caf\u{e9} …", "cafe\u{301} ..."), [Kind::Forms]);
    }

    #[test]
    fn a_piece_is_found_as_whole_words() {
        let text = Folded::of("Ce n’est – pas. “We  don’t leave”, we don't leaven.");
        assert_eq!(text.find(&Folded::of("we don't leave"), 9), [(17, 32)]);
        assert_eq!(text.find(&Folded::of("est-pas"), 9), [(5, 14)]);
        assert_eq!(text.find(&Folded::of("e don't"), 9), []);
        assert_eq!(text.find(&Folded::of(" "), 9), []);
    }
}
