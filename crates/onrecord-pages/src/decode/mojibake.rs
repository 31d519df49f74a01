//! UTF-8 that was once read as windows-1252 and saved: "itâ€™s".

use encoding_rs::WINDOWS_1252;
use onrecord_model::Note;

/// Character pairs that begin such damage and hardly occur otherwise.
const SIGNS: [&str; 8] = ["â€™", "â€œ", "â€\u{9d}", "â€“", "â€”", "â€˜", "â€¦", "Ã©"];

/// Undoes the damage where all of the page is damaged alike, so that undoing it is safe;
/// where only part of it is, a note says so and the text stays.
pub(super) fn repair(text: String, notes: &mut Vec<Note>) -> String {
    // Seldom any: one quick look first.
    if ["â€", "Ã©"]
        .iter()
        .all(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_none())
    {
        return text;
    }
    let signs: usize = SIGNS.iter().map(|sign| text.matches(sign).count()).sum();
    if signs < 2 {
        return text;
    }
    match undone(&text) {
        Some(repaired) => {
            notes.push(Note::info(
                "mojibake-repaired",
                "",
                "UTF-8 once read as windows-1252 was undone on the whole page; places count from the repaired text",
            ));
            repaired
        }
        None => {
            notes.push(Note::info(
                "mojibake",
                "",
                format!("{signs} places look like UTF-8 read as windows-1252 (as in \"itâ€™s\"); they were left as they are"),
            ));
            text
        }
    }
}

/// The text with the damage undone, if every character outside of ASCII is part of it.
fn undone(text: &str) -> Option<String> {
    let (bytes, _, unmappable) = WINDOWS_1252.encode(text);
    if unmappable {
        return None;
    }
    String::from_utf8(bytes.into_owned()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_or_nothing() {
        let mut notes = Vec::new();
        assert_eq!(
            repair("itâ€™s a â€œtestâ€\u{9d}".to_owned(), &mut notes),
            "it’s a “test”"
        );
        assert_eq!(
            notes.pop().map(|n| n.code).as_deref(),
            Some("mojibake-repaired")
        );
        let mixed = "itâ€™s here and it’s â€™ there";
        assert_eq!(repair(mixed.to_owned(), &mut notes), mixed);
        assert_eq!(notes.pop().map(|n| n.code).as_deref(), Some("mojibake"));
        assert_eq!(
            repair("café, naïve, âge".to_owned(), &mut notes),
            "café, naïve, âge"
        );
        assert!(notes.is_empty());
    }
}
