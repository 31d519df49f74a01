//! The folded form in which names and lines are compared.

use unicode_normalization::UnicodeNormalization;

/// A text as it is compared: compatibility characters and accents undone, quotation marks,
/// apostrophes, dashes and spaces of every kind made one, apostrophes inside words dropped,
/// hyphens turned to spaces, runs of white space to one space, case kept.
///
/// For look-ups only: nothing folded ever reaches a row.
///
/// ```
/// use onrecord_lexicon::fold;
/// assert_eq!(fold("Asa’ib  Ahl al-Haq"), "Asaib Ahl al Haq");
/// assert_eq!(fold("Kürdistan\u{a0}Region"), "Kurdistan Region");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = true; // swallow leading white space
    let mut add = |c| match fold_char(c) {
        None => {}
        Some(' ') => {
            if !space {
                folded.push(' ');
            }
            space = true;
        }
        Some(c) => {
            folded.push(c);
            space = false;
        }
    };
    if text.is_ascii() {
        text.chars().for_each(&mut add); // nothing to decompose
    } else {
        text.nfkd().for_each(&mut add);
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// What a single character becomes under [`fold`] (after decomposition): itself, another,
/// or nothing.
pub fn fold_char(c: char) -> Option<char> {
    match c {
        '\'' | '’' | '‘' | '`' | '´' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '′' => None,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => None,
        '“' | '”' | '„' | '«' | '»' | '″' => Some('"'),
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '_' => Some(' '),
        'ı' => Some('i'),
        'ø' => Some('o'),
        'Ø' => Some('O'),
        'ł' => Some('l'),
        'Ł' => Some('L'),
        'đ' => Some('d'),
        'Đ' => Some('D'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}
