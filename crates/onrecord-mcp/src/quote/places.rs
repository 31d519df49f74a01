//! In which articles a quotation may stand: asked of the search index, never by reading all.

use std::collections::BTreeMap;

use onrecord_record::{Record, RecordError, Search};

use super::align::words;

/// How many texts that hold all words of a piece are counted.
pub const COUNTED: u64 = 60;
/// How many texts that hold some runs of its words are compared with it.
const COMPARED: u64 = 12;
/// How many words runs may have together: so many runs are looked for at once as this gives.
const RUNS: usize = 60;

/// Texts that may hold a piece: by article and whether it is the title, the sentences.
pub type Texts = BTreeMap<(String, bool), Vec<usize>>;

/// The texts that hold all words of a piece one after another, in one sentence or title, and
/// how many there are.
pub fn with_all(record: &Record, piece: &str) -> Result<(Texts, u64), RecordError> {
    let phrase = format!("\"{}\"", plain(piece).join(" "));
    find(record, phrase, COUNTED + 1)
}

/// How many words in a row are looked for, the rarest first; at last single words.
pub const LENGTHS: [usize; 4] = [6, 4, 3, 1];

/// The texts that share runs of so many words with a piece, those that share most of them
/// first; for 1, those that hold most of its longest words.
pub fn with_some(record: &Record, piece: &str, length: usize) -> Result<Texts, RecordError> {
    let words = plain(piece);
    let query = match length {
        1 => all_but_one(&words),
        _ if words.len() < length => None,
        _ => {
            // Long words are rare, and runs with a rare word are found fast.
            let mut runs: Vec<String> = words.windows(length).map(|run| run.join(" ")).collect();
            runs.sort_by_key(|run| std::cmp::Reverse(run.chars().count()));
            runs.dedup();
            runs.truncate(RUNS / length);
            let runs: Vec<String> = runs.iter().map(|run| format!("\"{run}\"")).collect();
            Some(runs.join(" OR "))
        }
    };
    match query {
        Some(query) => Ok(find(record, query, COMPARED)?.0),
        None => Ok(Texts::new()),
    }
}

/// Of the longest words, at most six, all but any one or, of six, any two.
fn all_but_one(words: &[String]) -> Option<String> {
    let mut long: Vec<&String> = words.iter().filter(|word| !word.is_empty()).collect();
    long.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    long.dedup();
    long.truncate(6);
    if long.len() < 3 {
        return None;
    }
    let mut sides: Vec<String> = Vec::new();
    for left_out in 0..long.len() {
        // Of six words four are enough, of fewer all but one.
        let others = match long.len() {
            6 => left_out + 1..6,
            _ => left_out..left_out + 1,
        };
        for other in others {
            let kept = long
                .iter()
                .enumerate()
                .filter(|(n, _)| *n != left_out && *n != other);
            sides.push(
                kept.map(|(_, word)| format!("\"{word}\""))
                    .collect::<Vec<_>>()
                    .join(" "),
            );
        }
    }
    Some(sides.join(" OR "))
}

fn of(words: String, limit: u64) -> Search {
    Search {
        words,
        exact: true,
        limit: Some(limit),
        ..Search::default()
    }
}

fn find(record: &Record, query: String, limit: u64) -> Result<(Texts, u64), RecordError> {
    let mut texts = Texts::new();
    let found = record.search(&of(query, limit))?.all;
    for hit in &found {
        let of_article = texts
            .entry((hit.article_id.clone(), hit.n.is_none()))
            .or_default();
        of_article.extend(hit.n.and_then(|n| usize::try_from(n).ok()));
    }
    Ok((texts, found.len() as u64))
}

/// The words of a piece as the index has them: letters and digits only.
fn plain(piece: &str) -> Vec<String> {
    let letters = |word: &super::align::Word| -> Vec<String> {
        let parts = word
            .key
            .split(|c: char| !c.is_alphanumeric() && !is_combining(c));
        parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    words(piece).iter().flat_map(letters).collect()
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_the_index_has_them() {
        assert_eq!(
            plain("We don’t “pay” 1,500."),
            ["we", "don", "t", "pay", "1", "500"]
        );
    }

    #[test]
    fn most_of_the_longest_words() {
        let words = |text: &str| plain(text);
        assert_eq!(all_but_one(&words("we leave")), None);
        assert_eq!(
            all_but_one(&words("we shall leave")).as_deref(),
            Some("\"leave\" \"we\" OR \"shall\" \"we\" OR \"shall\" \"leave\"")
        );
        let six =
            all_but_one(&words("alpha bravo charlie delta echoes foxtrot golf")).expect("six");
        assert_eq!(six.split(" OR ").count(), 15);
        assert_eq!(six.matches('"').count(), 15 * 4 * 2);
    }
}
