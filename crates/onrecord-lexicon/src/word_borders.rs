//! `words/word-borders.tsv`: where words begin and end where no space shows it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{File, LexiconError};

/// Where the words of a sentence begin and end where neither a space nor a mark shows it.
/// All entries but the units are lower case.
///
/// ```
/// use onrecord_lexicon::Lexicon;
/// let borders = &Lexicon::built_in().words.borders;
/// assert!(borders.prefixes.contains("anti") && borders.units.contains("km"));
/// assert_eq!(borders.split["cannot"], [3]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct WordBorders {
    /// First parts that stay with what follows their hyphen ("anti" in "anti-war").
    pub prefixes: BTreeSet<String>,
    /// Last parts that stay with what stands before their hyphen ("wise" in "money-wise").
    pub suffixes: BTreeSet<String>,
    /// One word each, though a mark is written in or before them ("w/o", "'em").
    pub whole: BTreeSet<String>,
    /// Written as one, yet more words: the bytes at which the later ones begin
    /// ("cannot" -> 3).
    pub split: BTreeMap<String, Vec<usize>>,
    /// Units cut from the digits before them ("km"), as they are written.
    pub units: BTreeSet<String>,
}

pub(crate) fn read(file: &File, borders: &mut WordBorders) -> Result<(), LexiconError> {
    for (line, cells) in file.tsv(2, 3)? {
        let entry = cells[1].to_owned();
        if cells[0] != "unit" && entry != entry.to_lowercase() {
            return Err(file.wrong(line, format!("`{entry}` is not in lower case")));
        }
        let set = match cells[0] {
            "prefix" => &mut borders.prefixes,
            "suffix" => &mut borders.suffixes,
            "whole" => &mut borders.whole,
            "unit" => &mut borders.units,
            "split" => {
                let (word, cuts) = cuts(&entry).map_err(|what| file.wrong(line, what))?;
                borders.split.insert(word, cuts);
                continue;
            }
            other => {
                return Err(file.wrong(
                    line,
                    format!(
                        "unknown kind `{other}`; expected prefix, suffix, whole, split or unit"
                    ),
                ));
            }
        };
        set.insert(entry);
    }
    Ok(())
}

/// "du|n|no" to "dunno" and the bytes at which its later words begin.
fn cuts(entry: &str) -> Result<(String, Vec<usize>), String> {
    let mut cuts = Vec::new();
    let mut word = String::new();
    for part in entry.split('|') {
        if part.is_empty() {
            return Err(format!("`{entry}`: a word is empty"));
        }
        if !word.is_empty() {
            cuts.push(word.len());
        }
        word.push_str(part);
    }
    if cuts.is_empty() {
        return Err(format!("`{entry}`: no bar between two words"));
    }
    Ok((word, cuts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<WordBorders, LexiconError> {
        let file = File {
            name: "words/word-borders.tsv".into(),
            path: "words/word-borders.tsv".into(),
            text: text.into(),
        };
        let mut borders = WordBorders::default();
        read(&file, &mut borders).map(|()| borders)
    }

    #[test]
    fn every_kind_is_read() {
        let borders =
            read_text("prefix\tanti\nsuffix\twise\nwhole\tw/o\tnote\nsplit\tdu|n|no\nunit\tMHz\n");
        let borders = borders.unwrap();
        assert_eq!(borders.split["dunno"], [2, 3]);
        assert!(borders.units.contains("MHz"));
        assert!(borders.whole.contains("w/o"));
        assert!(borders.prefixes.contains("anti") && borders.suffixes.contains("wise"));
    }

    #[test]
    fn a_wrong_line_is_named() {
        for (text, what) in [
            ("prefix\tanti\npostfix\twise\n", "unknown kind `postfix`"),
            ("# x\nsplit\tcannot\n", "no bar"),
            ("# x\nsplit\tcan||not\n", "empty"),
            ("# x\nprefix\tAnti\n", "lower case"),
        ] {
            let error = read_text(text).unwrap_err().to_string();
            assert!(error.contains(what) && error.contains('2'), "{error}");
        }
    }
}
