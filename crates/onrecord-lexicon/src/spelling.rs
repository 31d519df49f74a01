//! How a romanised name sounds.

use crate::fold;

/// A key under which romanisations of one name meet: "al-Kadhimi", "Kazemi" and "Qazimi";
/// "Soleimani" and "Suleymani". Articles ("al-", "el-") are dropped, words stay apart.
///
/// Equal keys make two spellings candidates for the same name, no more.
///
/// ```
/// use onrecord_lexicon::spelling_key;
/// assert_eq!(spelling_key("Mustafa al-Kadhimi"), spelling_key("Mostafa Kazemi"));
/// assert_eq!(spelling_key("Adil Abdul-Mahdi"), spelling_key("Adel Abdel Mahdi"));
/// assert_ne!(spelling_key("Hassan"), spelling_key("Hussein"));
/// ```
pub fn spelling_key(name: &str) -> String {
    let folded = fold(name).to_lowercase();
    let mut key = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        let word = match word {
            "al" | "el" | "ul" | "ad" | "ar" | "as" | "ash" | "az" | "an" | "at" | "l" => continue,
            "abdul" | "abdel" | "abdal" | "abdol" | "abd" => "abd",
            "bin" | "ben" | "ibn" => "bin",
            word => word,
        };
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        sound(word, &mut key);
    }
    key
}

/// Digraphs and vowels of one lower-case word brought to one form each.
fn sound(word: &str, into: &mut String) {
    let chars: Vec<char> = word.chars().collect();
    let mut i = 0;
    let mut last = ' ';
    while let Some(&c) = chars.get(i) {
        let next = chars.get(i + 1).copied().unwrap_or(' ');
        let (sound, taken) = match (c, next) {
            ('k' | 'c', 'h') if c == 'k' => ('k', 2),
            ('g', 'h') => ('g', 2),
            ('d', 'h') => ('z', 2),
            ('p', 'h') => ('f', 2),
            ('c', 'k') => ('k', 2),
            ('d', 'j') => ('j', 2),
            ('o', 'u') | ('o', 'o') | ('u', 'o') => ('u', 2),
            ('e', 'e')
            | ('e', 'i')
            | ('a', 'i')
            | ('a', 'y')
            | ('e', 'y')
            | ('i', 'e')
            | ('i', 'y') => ('i', 2),
            ('e' | 'a', 'h') if i + 2 == chars.len() => ('a', 2),
            ('e', ' ') if i > 2 => ('a', 1),
            ('q', _) => ('k', 1),
            ('y' | 'e', _) => ('i', 1),
            ('o' | 'w', _) => ('u', 1),
            (c, _) => (c, 1),
        };
        if sound != last {
            into.push(sound);
        }
        last = sound;
        i += taken;
    }
}
