//! Text of pages as it is shown.
//!
//! It is escaped, may run in its own direction without turning what stands beside it, and
//! shows the characters that have no shape, which could hide something.

use maud::{Markup, PreEscaped, html};

/// Longer names are cut in lists; the row's own page has them whole.
const NAME: usize = 120;

/// Escapes text and shows what would be invisible.
pub(crate) fn text(text: &str) -> Markup {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | '\r' => out.push(c),
            c if hides(c) => {
                let code = u32::from(c);
                out.push_str(&format!("<span class=\"hidden-sign\">U+{code:04X}</span>"));
            }
            c => out.push(c),
        }
    }
    PreEscaped(out)
}

/// Signs without a shape that control the terminal or turn the direction of what follows.
pub(crate) fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}'
            | '\u{feff}' | '\u{200b}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A name, apart from the direction of what stands beside it.
pub(crate) fn name(name: &str) -> Markup {
    html! { bdi { (text(&cut(name, NAME))) } }
}

/// A name that is never cut.
pub(crate) fn whole(name: &str) -> Markup {
    html! { bdi { (text(name)) } }
}

/// At most so many characters.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}

/// On one line.
pub(crate) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number with its noun, which takes an s for more than one.
pub(crate) fn count(n: u64, noun: &str) -> String {
    match n {
        1 => format!("1 {noun}"),
        n => format!("{} {noun}s", thousands(n)),
    }
}

/// A number with commas.
pub(crate) fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A date and how exact it is.
pub(crate) fn date(date: Option<&str>) -> Markup {
    match date {
        Some(date) => html! { time datetime=(date) { (text(date)) } },
        None => html! { span.undated { "undated" } },
    }
}

/// Words of the record's own vocabulary: `speaks_for` is "speaks for".
pub(crate) fn word(word: &str) -> String {
    word.replace(['_', '-'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup_and_nothing_hides() {
        let shown = name("<b onclick='x'>\u{202e}a\u{1}\"&");
        assert_eq!(
            shown.into_string(),
            "<bdi>&lt;b onclick=&#39;x&#39;&gt;<span class=\"hidden-sign\">U+202E</span>a\
             <span class=\"hidden-sign\">U+0001</span>&quot;&amp;</bdi>"
        );
        assert_eq!(text("عربي\u{200f} ok").into_string(), "عربي\u{200f} ok");
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        assert_eq!(cut("ééé", 3), "ééé");
        assert_eq!(cut("éééé", 3), "ééé…");
        assert_eq!(thousands(1234567), "1,234,567");
        assert_eq!(thousands(12), "12");
        assert_eq!(count(1, "row"), "1 row");
    }
}
