//! Pages that hold no article: an error page, a page of links.

use super::head::Head;
use super::outline::weight;
use super::paragraphs::ends_sentence;
use super::select::Chosen;
use super::tidy::Around;
use super::title;

/// A line that ends as a sentence does is running text from this many letters and digits on.
const SENTENCE: usize = 40;
/// Any line is from this many on: verse, a text without stops.
const LONG: usize = 120;
/// An error page has less running text, in letters and digits.
const MUCH: usize = 600;

/// Whether what is left of a page is no article: no running text at all, or little of it on
/// a page that says it is an error page.
pub(crate) fn is_no_article(lines: &[Chosen], around: &Around<'_>, head: &Head) -> bool {
    let is_error = |line: &str| {
        around
            .lexicon
            .pages
            .furniture_of(line)
            .is_some_and(|f| f.error_page)
    };
    let running: usize = lines
        .iter()
        .filter(|line| around.linked(line) < 50 && !is_error(&line.text))
        .map(|line| weight(&line.text))
        .sum();
    let mut long = lines.iter().filter(|line| {
        let weight = weight(&line.text);
        around.linked(line) < 50
            && (weight >= LONG || (weight >= SENTENCE && ends_sentence(&line.text)))
    });
    if long.next().is_none() && running < LONG {
        return true;
    }
    let titles = [
        head.title.as_deref(),
        head.meta_of(&["og:title"]),
        around.title,
    ];
    let headings = around
        .blocks
        .iter()
        .filter(|block| matches!(block.element.as_str(), "h1" | "h2"))
        .map(|block| block.text.as_str());
    let said = titles.into_iter().flatten().flat_map(title::parts);
    let error = said.chain(headings).any(is_error) || lines.iter().any(|line| is_error(&line.text));
    error && running < MUCH
}
