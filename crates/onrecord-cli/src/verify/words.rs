//! Words compared.

/// A text that is cut by code points.
#[derive(Debug)]
pub struct Points<'a> {
    text: &'a str,
    /// Where every code point begins, and where the text ends.
    starts: Vec<usize>,
}

impl<'a> Points<'a> {
    /// Counts the code points of `text`.
    pub fn of(text: &'a str) -> Points<'a> {
        let starts = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        Points { text, starts }
    }

    /// The words from one code point to another; `None` if they do not lie in the text.
    pub fn get(&self, start: Option<usize>, end: Option<usize>) -> Option<&'a str> {
        self.text
            .get(*self.starts.get(start?)?..*self.starts.get(end?)?)
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }
}

/// Whether two texts are the same when every run of white space counts as one blank: a
/// sentence may run over a line's end on the page.
pub fn same_but_for_blanks(a: &str, b: &str) -> bool {
    a == b || a.split_whitespace().eq(b.split_whitespace())
}

/// The letters and digits of a text, without anything between them.
pub fn bare_words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of an HTML page.
#[derive(Debug)]
pub struct PageWords {
    shown: String,
    /// With what stands in scripts, since some sites print the body only there.
    all: String,
}

impl PageWords {
    /// Whether these words stand on the page, one after the other.
    pub fn hold(&self, bare: &str) -> bool {
        self.shown.contains(bare) || self.all.contains(bare)
    }
}

/// The words of an HTML page, tags and entities undone.
pub fn page_words(html: &str) -> PageWords {
    let (mut shown, mut all) = (String::new(), String::new());
    let mut rest = html;
    // Inside of an element whose content is no text: its name.
    let mut raw: Option<&str> = None;
    while !rest.is_empty() {
        let at = rest.find('<').unwrap_or(rest.len());
        let text = bare_words(&html_escape::decode_html_entities(&rest[..at]));
        all.push_str(&text);
        if raw.is_none() {
            shown.push_str(&text);
        }
        rest = &rest[at..];
        let Some(length) = tag_length(rest) else {
            // No tag: a bare sign, which is no word.
            rest = rest.get(1..).unwrap_or_default();
            continue;
        };
        let tag = &rest[1..length];
        let closes = tag.strip_prefix('/');
        let name = closes
            .unwrap_or(tag)
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next();
        let name = name.unwrap_or_default();
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        match (raw, closes) {
            (None, None) => raw = ["script", "style", "noscript"].into_iter().find(|n| is(n)),
            (Some(open), Some(_)) if is(open) => raw = None,
            _ => {}
        }
        rest = &rest[length..];
    }
    PageWords { shown, all }
}

/// The length of the tag or comment at the beginning of `text`, if one is there.
fn tag_length(text: &str) -> Option<usize> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some(comment.find("-->").map_or(text.len(), |end| end + 7));
    }
    let second = text.chars().nth(1)?;
    if !(second.is_ascii_alphabetic() || matches!(second, '/' | '!' | '?')) {
        return None;
    }
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match quote {
            Some(mark) if c == mark => quote = None,
            Some(_) => {}
            None if c == '>' => return Some(at + 1),
            None if matches!(c, '"' | '\'') && before == '=' => quote = Some(c),
            None => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_code_points() {
        let points = Points::of("ağ–b");
        assert_eq!(points.get(Some(1), Some(3)), Some("ğ–"));
        assert_eq!(points.get(Some(1), Some(5)), None);
        assert_eq!(points.get(Some(3), Some(1)), None);
        assert_eq!(points.get(None, Some(1)), None);
    }

    #[test]
    fn tags_and_entities_are_undone() {
        let page = page_words(
            "<p title=\"a > b\">He&rsquo;s <b>in</b>\nKel&#109;et<script>var x = 1</script>, 2 < 3<!-- no --></p>",
        );
        assert!(page.hold("HesinKelmet23"));
        assert!(!page.hold("no"));
        assert!(page_words("a <").hold("a") && page_words("<").hold(""));
        assert!(page_words("<script>{\"articleBody\": \"He spoke.\"}</script>").hold("Hespoke"));
    }
}
