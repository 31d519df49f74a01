//! Plain-text pages: every line gets a role, articles are split, a body printed again is
//! kept once.

pub(crate) mod byline;
mod classify;
pub(crate) mod dateline;
mod header;
mod lines;
mod repeat;
mod roles;
mod split;

use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, Line, LineRole, Note, Page, Segment, Span};

use crate::{Found, HostLines, language};
use classify::Looks;
use lines::RawLine;

/// Finds the articles of a plain-text page.
pub(crate) fn articles(page: &Page, host_lines: &HostLines, lexicon: &Lexicon) -> Found {
    let lines = lines::lines(&page.text);
    let mut looks: Vec<Looks<'_>> = lines
        .iter()
        .map(|l| classify::look(l, host_lines, lexicon))
        .collect();
    find_masthead(&lines, &mut looks, lexicon);
    let repeats = repeat::find(&lines, &looks);
    let stretches = split::stretches(&lines, &looks, page.declared.title.as_deref());
    let mut roles = roles::assign(&lines, &looks, &repeats, &stretches);
    let mut found = Found::default();
    let mut copies = vec![0; lines.len()];
    for original in repeats.iter().flatten() {
        copies[*original] += 1;
    }
    for stretch in &stretches {
        let body: Vec<usize> = (stretch.start..stretch.end)
            .filter(|i| roles[*i].0.is_body())
            .collect();
        if body.is_empty() {
            continue;
        }
        let n = found.articles.len() + 1;
        let mut article = body_of(page, n, &lines, &body);
        let repeated = body.iter().filter(|i| copies[**i] > 0).count() * 2 >= body.len();
        let most = body.iter().map(|i| copies[*i]).max().unwrap_or(0);
        article.repeats = if repeated { 1 + most } else { 1 };
        header::fill(&mut article, &lines, &looks, &roles, stretch, page);
        article.language = language::of(&article.text).or_else(|| page.declared.language.clone());
        for (role, _, article) in &mut roles[stretch.start..stretch.end] {
            if !matches!(role, LineRole::Blank) {
                *article = Some(n);
            }
        }
        found.articles.push(article);
    }
    if found.articles.is_empty() {
        found.notes.push(Note::info(
            "no-article",
            "",
            "no running text was found on this page",
        ));
    }
    for article in &found.articles {
        if article.published.is_none()
            && let Some(bound) = article.not_before
        {
            found.notes.push(Note::info(
                "undated",
                article.label(),
                format!("no date is printed; the text names {bound} as past"),
            ));
        }
    }
    found.lines = lines
        .iter()
        .zip(roles)
        .map(|(line, (role, reason, article))| Line {
            n: line.n,
            on_page: line.on_page,
            role,
            reason,
            article,
        })
        .collect();
    found
}

/// A short name of an outlet among the first lines of a page, with a heading still to come,
/// is a masthead and no title.
fn find_masthead(lines: &[RawLine<'_>], looks: &mut [Looks<'_>], lexicon: &Lexicon) {
    let first_text = looks.iter().position(Looks::is_text).unwrap_or(lines.len());
    let heading = |l: &Looks<'_>| matches!(l, Looks::Heading | Looks::Short);
    let early: Vec<usize> = (0..first_text)
        .filter(|i| !lines[*i].is_blank())
        .take(4)
        .collect();
    for i in early {
        let more = looks[i + 1..first_text]
            .iter()
            .any(|l| matches!(l, Looks::Heading));
        if more && heading(&looks[i]) && classify::is_outlet_name(lines[i].text, &lexicon.words) {
            looks[i] = Looks::Outlet(lines[i].text.to_owned());
        }
    }
}

/// The article's text: its body lines, an empty line between them.
fn body_of(page: &Page, n: usize, lines: &[RawLine<'_>], body: &[usize]) -> Article {
    let mut text = String::new();
    let mut segments = Vec::new();
    for i in body {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(lines[*i].text);
        segments.push(Segment {
            text: Span::new(start, text.len()),
            page_start: lines[*i].on_page.start,
        });
    }
    let mut article = Article::new(page.id.clone(), n, text);
    article.segments = segments;
    article
}
