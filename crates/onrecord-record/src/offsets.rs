//! Bytes to code points.

/// Turns byte offsets of a text into code points, in constant time after one pass.
#[derive(Debug)]
pub(crate) struct CodePoints<'a> {
    text: &'a [u8],
    /// Code points before every `STEP`th byte; empty where all of the text is ASCII.
    marks: Vec<i64>,
}

const STEP: usize = 64;

impl<'a> CodePoints<'a> {
    pub(crate) fn of(text: &'a str) -> CodePoints<'a> {
        let bytes = text.as_bytes();
        let mut marks = Vec::new();
        if !text.is_ascii() {
            marks.reserve(bytes.len() / STEP + 1);
            let mut before = 0;
            for block in bytes.chunks(STEP) {
                marks.push(before);
                before += starts(block);
            }
            marks.push(before);
        }
        CodePoints { text: bytes, marks }
    }

    /// How many code points begin before byte `at`, which must not lie beyond the end.
    pub(crate) fn before(&self, at: usize) -> i64 {
        if self.marks.is_empty() {
            return crate::values::int(at);
        }
        let block = at / STEP;
        self.marks[block] + starts(&self.text[block * STEP..at])
    }
}

fn starts(bytes: &[u8]) -> i64 {
    crate::values::int(bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_and_other_letters() {
        let points = CodePoints::of("al-ʿAbadi said “no”.");
        assert_eq!(points.before("al-ʿ".len()), 4);
        assert_eq!(points.before("al-ʿAbadi said “no”.".len()), 20);
        assert_eq!(CodePoints::of("").before(0), 0);
    }

    proptest! {
        #[test]
        fn as_counted_one_by_one(text in "[a-zé“\u{1f600}\u{a0}]{0,300}") {
            let points = CodePoints::of(&text);
            for (count, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.before(at), count as i64);
            }
            prop_assert_eq!(points.before(text.len()), text.chars().count() as i64);
        }
    }
}
