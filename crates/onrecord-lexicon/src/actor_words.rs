//! `words/actor-words.tsv`: words by which actors are told from places and ordinary words.

use std::collections::{BTreeMap, BTreeSet};

use crate::{File, LexiconError};

/// Words by which actors are told from places and from ordinary words; all lower case.
#[derive(Clone, Debug, Default)]
pub struct ActorWords {
    classes: BTreeMap<String, BTreeMap<String, String>>,
    acts: BTreeSet<String>,
    addresses: BTreeSet<String>,
}

const CLASSES: [&str; 32] = [
    "acts",
    "addresses",
    "owns",
    "forces",
    "rules",
    "legislates",
    "kind-of",
    "not-after",
    "between",
    "leads",
    "speaks",
    "member",
    "person",
    "place-before",
    "actor-before",
    "part",
    "modifies",
    "ties",
    "noun-too",
    "modal",
    "be",
    "disposed",
    "opens",
    "steps-over",
    "goes-on",
    "geographic",
    "direction",
    "no-name",
    "heads-first",
    "portfolio",
    "same-office",
    "gender",
];

impl ActorWords {
    /// Whether `word` (lower case, several words joined by one space) is of a class.
    ///
    /// ```
    /// let words = &onrecord_lexicon::Lexicon::built_in().words.actor;
    /// assert!(words.is("place-before", "near"));
    /// assert!(words.acts("warned") && words.acts("says") && !words.acts("army"));
    /// ```
    pub fn is(&self, class: &str, word: &str) -> bool {
        self.classes
            .get(class)
            .is_some_and(|words| words.contains_key(word))
    }

    /// What the third column says of a word of a class, if anything.
    pub fn code(&self, class: &str, word: &str) -> Option<&str> {
        self.classes
            .get(class)?
            .get(word)
            .map(String::as_str)
            .filter(|code| !code.is_empty())
    }

    /// Whether `word` is a form of a verb of speech or action: its third person, its past,
    /// or its base.
    pub fn acts(&self, word: &str) -> bool {
        self.acts.contains(word)
    }

    /// Whether `word` is a form of a verb whose object, named by a country, is its
    /// government.
    pub fn addresses(&self, word: &str) -> bool {
        self.addresses.contains(word)
    }
}

pub(crate) fn read(file: &File, words: &mut ActorWords) -> Result<(), LexiconError> {
    for (line, cells) in file.tsv(2, 3)? {
        let (word, class, code) = (cells[0], cells[1], cells[2]);
        if !CLASSES.contains(&class) {
            let known = CLASSES.join(" ");
            return Err(file.wrong(
                line,
                format!("unknown class `{class}`; expected one of {known}"),
            ));
        }
        match class {
            "acts" => words.acts.extend(forms(word, code)),
            "addresses" => words.addresses.extend(forms(word, code).chain([ing(word)])),
            _ => {}
        }
        words
            .classes
            .entry(class.to_owned())
            .or_default()
            .insert(word.to_owned(), code.to_owned());
    }
    Ok(())
}

/// The base, third person and past forms of a verb.
fn forms<'a>(base: &'a str, irregular: &'a str) -> impl Iterator<Item = String> + 'a {
    let stem = base
        .strip_suffix('y')
        .filter(|s| !s.ends_with(['a', 'e', 'o', 'u']));
    let third = match stem {
        Some(stem) => format!("{stem}ies"),
        None if base.ends_with(['s', 'x', 'z', 'o'])
            || base.ends_with("ch")
            || base.ends_with("sh") =>
        {
            format!("{base}es")
        }
        None => format!("{base}s"),
    };
    let past: Vec<String> = if !irregular.is_empty() {
        irregular.split('|').map(str::to_owned).collect()
    } else if base.ends_with('e') {
        vec![format!("{base}d")]
    } else if let Some(stem) = stem {
        vec![format!("{stem}ied")]
    } else if doubles(base) {
        vec![
            format!("{base}{}ed", &base[base.len() - 1..]),
            format!("{base}ed"),
        ]
    } else {
        vec![format!("{base}ed")]
    };
    [base.to_owned(), third].into_iter().chain(past)
}

fn ing(base: &str) -> String {
    match base.strip_suffix('e') {
        Some(stem) => format!("{stem}ing"),
        None => format!("{base}ing"),
    }
}

/// Whether the last letter may be doubled before "-ed" ("drop", "compel", "cancel").
fn doubles(base: &str) -> bool {
    let last: Vec<char> = base.chars().rev().take(3).collect();
    let vowel = |c: char| "aeiou".contains(c);
    matches!(last[..], [a, b, c] if "bdglmnprt".contains(a) && vowel(b) && !vowel(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected() {
        let all = |base, irregular| forms(base, irregular).collect::<Vec<_>>();
        assert_eq!(all("deny", ""), ["deny", "denies", "denied"]);
        assert_eq!(all("say", "said"), ["say", "says", "said"]);
        assert_eq!(all("drop", ""), ["drop", "drops", "dropped", "droped"]);
        assert_eq!(all("accuse", ""), ["accuse", "accuses", "accused"]);
        assert_eq!(all("reach", ""), ["reach", "reaches", "reached"]);
    }
}
