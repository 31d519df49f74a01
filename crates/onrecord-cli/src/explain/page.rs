//! How a page was read: its lines, its articles.

use std::fmt::Write;

use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, Note, RawPage};
use onrecord_pages::{Found, HostLines, articles, decode};

use crate::output::{Grid, bold, width};

/// Every line with its role and the reason, then what was read of each article.
///
/// # Errors
/// A note, if the page cannot be decoded.
pub fn explain_page(raw: &RawPage, lexicon: &Lexicon) -> Result<String, Note> {
    let (page, mut notes) = decode(raw)?;
    let found = articles(&page, &HostLines::new(), lexicon);
    notes.extend(found.notes.iter().cloned());
    let mut text = format!(
        "{}\n{}, {}, {} bytes, sha256 {}\n",
        page.uri,
        page.media_type.name(),
        page.encoding,
        page.bytes,
        page.sha256
    );
    if !found.lines.is_empty() {
        text.push('\n');
        text.push_str(&lines(&page.text, &found));
    }
    for article in &found.articles {
        text.push('\n');
        text.push_str(&told(article));
    }
    if found.articles.is_empty() {
        text.push_str("\nNo article was found on this page.\n");
    }
    for note in &notes {
        let place = if note.place.is_empty() {
            String::new()
        } else {
            format!("{}: ", note.place)
        };
        let _ = writeln!(
            text,
            "\nnote {} ({}): {place}{}",
            note.code,
            note.severity.name(),
            note.text
        );
    }
    Ok(text)
}

fn lines(page: &str, found: &Found) -> String {
    let mut grid = Grid::new(["line", "article", "role", "reason", "words"]);
    for line in &found.lines {
        let words = line.on_page.of(page);
        if words.trim().is_empty() {
            continue;
        }
        grid.rows.push(vec![
            line.n.to_string(),
            line.article.map_or_else(String::new, |n| n.to_string()),
            line.role.name().to_owned(),
            line.reason.clone(),
            words.trim().to_owned(),
        ]);
    }
    let mut out = Vec::new();
    // Writing to memory does not fail.
    let _ = grid.write(&mut out, width(), bold());
    String::from_utf8_lossy(&out).into_owned()
}

fn told(article: &Article) -> String {
    let mut text = format!("article {}\n", article.n);
    let mut line = |head: &str, value: Option<String>| {
        let _ = writeln!(
            text,
            "  {head:<10} {}",
            value.unwrap_or_else(|| "not printed".to_owned())
        );
    };
    line("title", article.title.clone());
    line("author", article.author.clone());
    line("outlet", article.publisher.clone());
    let date = article.published.map(|date| match article.published_from {
        Some(source) => format!("{date}, read from the {}", source.name()),
        None => date.to_string(),
    });
    line("published", date);
    if let Some(bound) = article.not_before {
        line(
            "not before",
            Some(format!("{bound}, the latest day the text names as past")),
        );
    }
    if let Some(year) = article.dated_within {
        line("within", Some(format!("{year}, for dating what it tells")));
    }
    line("language", article.language.clone());
    let words = article.text.split_whitespace().count();
    line(
        "body",
        Some(format!(
            "{} characters, {words} words",
            article.text.chars().count()
        )),
    );
    if article.repeats > 1 {
        line(
            "repeats",
            Some(format!(
                "the body stands {} times on the page",
                article.repeats
            )),
        );
    }
    text
}
