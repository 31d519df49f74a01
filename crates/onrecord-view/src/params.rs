//! The part of an address behind the question mark. All state of a page is in its address.

use std::borrow::Cow;

/// Longer ones are refused.
pub(crate) const MAX_QUERY: usize = 4096;
/// More pairs are not read.
const MAX_PAIRS: usize = 64;

/// Names and values, in the order in which they stand; empty values are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    pub fn read(query: &str) -> Params {
        let pairs = form_urlencoded::parse(query.as_bytes()).take(MAX_PAIRS);
        let pairs = pairs.map(|(name, value)| (name.into_owned(), value.trim().to_owned()));
        Params(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The first value of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }

    /// As [`Params::get`], owned.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// Whether a name is there with any value but "no".
    pub fn is(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value != "no")
    }

    /// A whole number, at most `most`.
    pub fn number(&self, name: &str, default: u64, most: u64) -> u64 {
        let found = self.get(name).and_then(|value| value.parse().ok());
        found.unwrap_or(default).min(most)
    }

    /// The same with this value in place of those of its name.
    pub fn with(&self, name: &str, value: &str) -> Params {
        let mut other = self.without(name);
        if !value.is_empty() {
            other.0.push((name.to_owned(), value.to_owned()));
        }
        other
    }

    /// The same without a name.
    pub fn without(&self, name: &str) -> Params {
        Params(self.0.iter().filter(|(n, _)| n != name).cloned().collect())
    }

    /// All pairs.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// With a question mark before it, where there is anything.
    pub fn query(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let mut out = form_urlencoded::Serializer::new(String::new());
        out.extend_pairs(&self.0);
        format!("?{}", out.finish())
    }
}

/// A part of a path, with all signs written as `%XX` that could mean something there.
pub(crate) fn path_part(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A part of a path as it was meant; `None` where it is no UTF-8.
pub(crate) fn read_part(part: &str) -> Option<Cow<'_, str>> {
    if !part.contains('%') {
        return Some(Cow::Borrowed(part));
    }
    let bytes = part.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let two = || u8::from_str_radix(part.get(at + 1..at + 3)?, 16).ok();
        match (bytes[at], two()) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_comes_back() {
        let params = Params::read("q=%22by+force%22&table=events&empty=&page=3");
        assert_eq!(params.get("q"), Some("\"by force\""));
        assert_eq!(params.get("empty"), None);
        assert_eq!(params.number("page", 1, 2), 2);
        let other = params.with("q", "a&b=<c>").without("page");
        assert_eq!(other.query(), "?table=events&q=a%26b%3D%3Cc%3E");
        assert_eq!(Params::read(&other.query()[1..]), other);
        assert_eq!(Params::default().query(), "");
    }

    #[test]
    fn parts_of_paths_come_back() {
        for text in ["a b/c?d#e.json", "é\u{202e}%41", ""] {
            assert_eq!(read_part(&path_part(text)).as_deref(), Some(text));
        }
        assert_eq!(read_part("%ff"), None);
        assert_eq!(read_part("100%").as_deref(), Some("100%"));
    }
}
