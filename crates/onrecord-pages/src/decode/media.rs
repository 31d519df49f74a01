//! Whether a page is HTML, plain text, or markup of another kind.

use onrecord_model::MediaType;

/// Tags that HTML pages are full of.
const TAGS: [&str; 24] = [
    "p", "div", "span", "a", "br", "ul", "li", "table", "tr", "td", "h1", "h2", "h3", "img",
    "script", "style", "meta", "link", "section", "article", "strong", "em", "header", "figure",
];

/// How much of a page is looked at.
const START: usize = 64 << 10;

/// Whether a page is HTML. A text that mentions a tag or two is not.
pub(super) fn is_html(text: &str, declared: Option<MediaType>) -> bool {
    let start = start_of(text);
    let first = after_comments(start);
    if ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|opening| begins(first, opening))
    {
        return true;
    }
    if declared == Some(MediaType::Text) {
        return false;
    }
    let (opened, closed) = tags(start);
    let needed = if declared == Some(MediaType::Html) {
        1
    } else {
        4
    };
    // A fragment begins with a tag; or else tags must be thick on the ground.
    (first.starts_with('<') && opened >= needed && (closed > 0 || needed == 1))
        || (opened >= needed.max(2) && closed >= 2 && (opened + closed) * 400 >= start.len())
}

/// Markup that is no page: feeds, sitemaps.
pub(super) fn unread_markup(text: &str) -> Option<&'static str> {
    let first = after_comments(start_of(text));
    [
        ("<rss", "an RSS feed"),
        ("<feed", "an Atom feed"),
        ("<rdf:rdf", "an RSS feed"),
        ("<urlset", "a sitemap"),
        ("<sitemapindex", "a sitemap"),
        ("<svg", "an SVG image"),
    ]
    .iter()
    .find(|(opening, _)| begins(first, opening))
    .map(|(_, what)| *what)
}

fn start_of(text: &str) -> &str {
    let end = (0..=START.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    &text[..end]
}

/// The text after white space, an XML declaration and comments.
fn after_comments(mut text: &str) -> &str {
    loop {
        text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let end = if text.starts_with("<!--") {
            "-->"
        } else if text.starts_with("<?") {
            ">"
        } else {
            return text;
        };
        match text.find(end) {
            Some(at) => text = &text[at + end.len()..],
            None => return "",
        }
    }
}

fn begins(text: &str, opening: &str) -> bool {
    let rest = text.as_bytes().get(opening.len()).copied();
    text.as_bytes()
        .get(..opening.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(opening.as_bytes()))
        && rest.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
}

/// How many known tags are opened and how many closed.
fn tags(text: &str) -> (usize, usize) {
    let (mut opened, mut closed) = (0, 0);
    for (at, _) in text.match_indices('<') {
        let rest = &text.as_bytes()[at + 1..];
        let (count, name) = match rest.first() {
            Some(b'/') => (&mut closed, &rest[1..]),
            _ => (&mut opened, rest),
        };
        let end = name
            .iter()
            .position(|b| !b.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        if matches!(
            name.get(end),
            Some(b'>' | b'/' | b' ' | b'\n' | b'\r' | b'\t')
        ) && TAGS
            .iter()
            .any(|tag| tag.as_bytes().eq_ignore_ascii_case(&name[..end]))
        {
            *count += 1;
        }
    }
    (opened, closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_and_text() {
        for (text, expected) in [
            ("<!DOCTYPE html><title>x</title>", true),
            ("\n<!-- saved -->\n<html lang=en>", true),
            ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\">", true),
            ("<div><p>One</p><p>Two</p><p>Three</p></div>", true),
            (
                "One<br>two<br>three <a href=x>four</a> <b>x</b><p>five</p>",
                true,
            ),
            (
                "The page used a <div> tag where a <p> would have done.",
                false,
            ),
            (
                "Use <p> and </p>, <b> and </b>. The rest of this text is about the strike at the port.",
                false,
            ),
            ("5 < 6 and 7 > 3", false),
            ("A plain line.", false),
            ("<Editor's note> The port reopened on Monday.", false),
        ] {
            assert_eq!(is_html(text, None), expected, "{text}");
        }
        assert!(is_html("<p>One", Some(MediaType::Html)));
        assert!(!is_html(
            "<p>One</p><p>Two</p><p>Three</p><p>Four</p>",
            Some(MediaType::Text)
        ));
    }

    #[test]
    fn feeds_are_no_pages() {
        assert_eq!(
            unread_markup("<?xml version='1.0'?>\n<rss version='2.0'>"),
            Some("an RSS feed")
        );
        assert_eq!(unread_markup("<p>One</p>"), None);
    }
}
