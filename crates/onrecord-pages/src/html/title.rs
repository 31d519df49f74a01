//! Title and outlet of an article.

use super::head::Head;
use super::json_ld::Linked;
use super::outline::Block;

/// A text as titles are compared: its letters and digits, in lower case.
pub(crate) fn key(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Marks between a title and the name of the site.
const BETWEEN: [&str; 9] = [
    " | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " • ",
];

/// Whether two titles are the same, or one is the other with a site's name or a cut end.
pub(crate) fn agree(a: &str, b: &str) -> bool {
    let (a, b) = (key(a), key(b));
    let (short, long) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    !short.is_empty()
        && (short == long
            || (short.len() >= 12
                && short.len() * 2 >= long.len()
                && long.contains(short.as_str())))
}

/// The title of the article, as it is printed on the page where that can be told.
pub(crate) fn title(
    head: &Head,
    linked: &Linked,
    blocks: &[Block],
    publisher: Option<&str>,
) -> Option<String> {
    let said = [
        head.meta_of(&[
            "og:title",
            "twitter:title",
            "citation_title",
            "dc.title",
            "parsely-title",
            "sailthru.title",
        ]),
        linked.headline.as_deref(),
        head.title.as_deref(),
    ];
    let said: Vec<&str> = said.into_iter().flatten().collect();
    let mut headings = blocks
        .iter()
        .filter(|block| block.element.as_str() == "h1")
        .map(|block| block.text.as_str());
    let printed = headings
        .clone()
        .find(|heading| said.iter().any(|said| agree(said, heading)));
    let heading = printed.or_else(|| {
        // A heading of some length that nothing confirms is still the page's own, if it is alone.
        let first = headings.next()?;
        (said.is_empty() && headings.next().is_none()).then_some(first)
    });
    heading
        .map(str::to_owned)
        .or_else(|| {
            said.first()
                .map(|said| without_site(said, publisher).to_owned())
        })
        .filter(|title| !title.is_empty())
}

/// A title without the name of the site after or before it.
fn without_site<'t>(title: &'t str, publisher: Option<&str>) -> &'t str {
    let is_site = |part: &str| {
        publisher.is_some_and(|p| {
            key(p) == key(part) || (key(p).len() > 3 && key(part).starts_with(&key(p)))
        })
    };
    for mark in BETWEEN {
        if let Some((rest, last)) = title.rsplit_once(mark) {
            let looks_like_site = mark != " - " || is_site(last) || rest.contains(mark);
            if is_site(last) || (looks_like_site && words(last) <= 4 && words(rest) >= 4) {
                return rest.trim();
            }
        }
        if let Some((first, rest)) = title.split_once(mark)
            && is_site(first)
        {
            return rest.trim();
        }
    }
    title
}

/// The outlet, as the page names it.
pub(crate) fn publisher(head: &Head, linked: &Linked) -> Option<String> {
    let named = head
        .meta_of(&[
            "og:site_name",
            "article:publisher_name",
            "citation_publisher",
            "citation_journal_title",
            "dc.publisher",
            "dcterms.publisher",
            "publisher",
            "application-name",
            "al:ios:app_name",
        ])
        .map(|name| without_tagline(name).to_owned())
        .filter(|name| is_outlet(name))
        .or_else(|| linked.publisher.clone().filter(|name| is_outlet(name)));
    named.or_else(|| {
        // "Title | Site", where the page's other title is the part before.
        let whole = head.title.as_deref()?;
        let other = head
            .meta_of(&["og:title", "twitter:title"])
            .or(linked.headline.as_deref())?;
        BETWEEN.iter().find_map(|mark| {
            let (rest, last) = whole.rsplit_once(mark)?;
            (key(rest) == key(other) && words(last) <= 5 && is_outlet(last))
                .then(|| last.trim().to_owned())
        })
    })
}

/// A site's name without what it says of itself: "The Post | News of the coast".
fn without_tagline(name: &str) -> &str {
    let first = BETWEEN
        .iter()
        .find_map(|mark| name.split_once(mark))
        .map_or(name, |(first, _)| first);
    if words(first) <= 5 {
        first.trim()
    } else {
        name
    }
}

fn is_outlet(name: &str) -> bool {
    let name = name.trim();
    (1..=60).contains(&name.chars().count())
        && name.contains(char::is_alphabetic)
        && !name.starts_with('@')
        && !name.contains("://")
        && words(name) <= 8
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_goes_the_title_stays() {
        for (title, publisher, expected) in [
            (
                "Port reopens after long strike | The Harbour Post",
                None,
                "Port reopens after long strike",
            ),
            (
                "Port reopens - Harbour Post",
                Some("Harbour Post"),
                "Port reopens",
            ),
            ("Port reopens - minister", None, "Port reopens - minister"),
            (
                "Harbour Post: Port reopens",
                None,
                "Harbour Post: Port reopens",
            ),
            (
                "Harbour Post | Port reopens after long strike",
                Some("Harbour Post"),
                "Port reopens after long strike",
            ),
        ] {
            assert_eq!(without_site(title, publisher), expected);
        }
    }

    #[test]
    fn the_tagline_goes() {
        assert_eq!(
            without_tagline("Harbour Post | News of the coast"),
            "Harbour Post"
        );
        assert_eq!(without_tagline("Harbour-Post"), "Harbour-Post");
    }

    #[test]
    fn titles_agree() {
        assert!(agree(
            "Port re-opens after strike",
            "Port Re–opens after strike | The Post"
        ));
        assert!(!agree("Port reopens after strike", "Airport closes"));
        assert!(!agree("Port", "Port reopens after strike"));
    }
}
