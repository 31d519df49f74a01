//! Title and outlet of an article.

use super::head::Head;
use super::json_ld::Linked;
use super::outline::{ASIDE, Block, EMPHASIS, FIGURE, weight};
use crate::text::{byline, dateline};

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

/// The title of the article, as it is printed on the page where that can be told. `body`
/// is the first block of running text.
pub(crate) fn title(
    head: &Head,
    linked: &Linked,
    blocks: &[Block],
    body: usize,
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
    let set_as_headline = || {
        let before = &blocks[..body.min(blocks.len())];
        let [only] = said.as_slice() else {
            return None;
        };
        let names_site = head.title.as_deref() == Some(*only) && names_the_site(only, before);
        names_site.then(|| headline(before)).flatten()
    };
    heading
        .or_else(set_as_headline)
        .map(str::to_owned)
        .or_else(|| {
            said.first()
                .map(|said| without_site(said, publisher).to_owned())
        })
        .filter(|title| !title.is_empty())
}

/// Whether every part of a page's `<title>` stands in its masthead: "The Post - News of the
/// coast" is the site's title on each of its pages.
fn names_the_site(title: &str, before: &[Block]) -> bool {
    const MOST: usize = 4;
    if parts(title).nth(MOST).is_some() {
        return false;
    }
    parts(title).all(|part| {
        let part = key(part);
        !part.is_empty()
            && before.iter().any(|block| {
                let block = key(&block.text);
                block == part || (part.len() >= 8 && block.starts_with(&part))
            })
    }) && headline(before).is_some_and(|headline| !agree(title, headline))
}

/// The parts of a `<title>`, site and headline or site and tagline.
pub(crate) fn parts(title: &str) -> impl Iterator<Item = &str> {
    let mark = BETWEEN.iter().find(|mark| title.contains(**mark));
    title.split(mark.copied().unwrap_or("\n")).map(str::trim)
}

/// The line right before the body that is set as a headline, though it is not marked as one.
fn headline(before: &[Block]) -> Option<&str> {
    const FARTHEST: usize = 8;
    let is_headline = |block: &&Block| {
        block.marks & EMPHASIS != 0
            && block.marks & (ASIDE | FIGURE) == 0
            && (3..=30).contains(&words(&block.text))
            && !block.text.ends_with(['.', ':'])
            && block.linked * 2 < weight(&block.text)
            && byline::read(&block.text).is_none()
            && dateline::read(&block.text).is_none()
    };
    let near = before.iter().rev().take(FARTHEST);
    near.filter(is_headline)
        .map(|block| block.text.as_str())
        .next()
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

/// The outlet, as the page names it. `before` are the blocks before the body.
pub(crate) fn publisher(head: &Head, linked: &Linked, before: &[Block]) -> Option<String> {
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
        let whole = head.title.as_deref()?;
        let metas = head.meta_of(&["og:title", "twitter:title"]);
        let headings = before.iter().filter(|b| b.element.as_str() == "h1");
        let others: Vec<String> = metas
            .or(linked.headline.as_deref())
            .into_iter()
            .chain(headings.map(|heading| heading.text.as_str()))
            .map(key)
            .collect();
        // "Title | Site", where the page's other title is the part before.
        let after_title = BETWEEN.iter().find_map(|mark| {
            let (rest, last) = whole.rsplit_once(mark)?;
            (others.contains(&key(rest)) && words(last) <= 5 && is_outlet(last))
                .then(|| last.trim().to_owned())
        });
        after_title.or_else(|| {
            // "Site - Tagline", as the masthead has it.
            if !names_the_site(whole, before) {
                return None;
            }
            let in_masthead =
                |part: &&str| before.iter().any(|block| key(&block.text) == key(part));
            parts(whole)
                .find(|part| in_masthead(part) && words(part) <= 5 && is_outlet(part))
                .map(str::to_owned)
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
