//! Items of blocks as text: fields and lists, parted by the marks that ASCII has for it.

const FIELD: char = '\u{1f}';
const ENTRY: char = '\u{1e}';

/// Text without the marks.
fn plain(text: &str) -> String {
    text.replace([FIELD, ENTRY], " ")
}

/// One text of several.
pub(super) fn write(fields: &[&str]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| plain(field)).collect();
    fields.join(&FIELD.to_string())
}

/// As [`write()`], of which some fields are lists made by [`list`].
pub(super) fn write_lists(fields: &[String]) -> String {
    fields.join(&FIELD.to_string())
}

/// A field of several entries.
pub(super) fn list<'a>(entries: impl IntoIterator<Item = &'a String>) -> String {
    let entries: Vec<String> = entries.into_iter().map(|entry| plain(entry)).collect();
    entries.join(&ENTRY.to_string())
}

/// The beginning of a sentence, in one line: so much is kept for a title, which is shorter.
pub(super) fn line(sentence: &str) -> String {
    const MOST: usize = 97;
    let words = sentence.split_whitespace().collect::<Vec<_>>();
    words.join(" ").chars().take(MOST).collect()
}

/// The fields of a text, if they are as many as asked for.
pub(super) fn read<const N: usize>(text: &str) -> Option<[&str; N]> {
    let fields: Vec<&str> = text.split(FIELD).collect();
    fields.try_into().ok()
}

/// The entries of a field.
pub(super) fn read_list(field: &str) -> impl Iterator<Item = &str> {
    field.split(ENTRY).filter(|entry| !entry.is_empty())
}
