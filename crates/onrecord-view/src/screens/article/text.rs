//! The text in paragraphs, each with its cards beside it.

use maud::{Markup, PreEscaped, html};
use onrecord_record::Map;

use super::{Reading, cards};
use crate::error::Fault;
use crate::passage::{Mark, Passage, marked};
use crate::view::{View, number, text};

/// A paragraph: its sentences, and what stands between them.
struct Paragraph<'r> {
    sentences: Vec<&'r Passage>,
}

/// The text and the cards.
pub(super) fn body(
    view: &View<'_>,
    reading: &Reading,
    marks: &[Mark],
    kinds: &[&str],
) -> Result<Markup, Fault> {
    let mut sorted = marks.to_vec();
    sorted.sort_by_key(|mark| mark.start);
    let mut rows = Vec::new();
    for paragraph in paragraphs(reading) {
        let of_paragraph = of(reading, &paragraph, kinds);
        let cards = cards::cards(view, &of_paragraph)?;
        rows.push(html! {
            div.paragraph {
                p.text dir="auto" { (sentences(&paragraph, &sorted)) }
                @if !of_paragraph.is_empty() {
                    aside.cards aria-label="What rests on this paragraph" { (cards) }
                }
            }
        });
    }
    Ok(html! { article.reader { @for row in &rows { (row) } } })
}

/// Sentences that follow one another without an empty line between them.
fn paragraphs(reading: &Reading) -> Vec<Paragraph<'_>> {
    let body: &str = text(&reading.article, "text");
    let mut all: Vec<Paragraph<'_>> = Vec::new();
    // Code points are counted once along the body, not anew for each sentence.
    let mut chars = body.chars();
    let mut at = 0;
    for passage in &reading.sentences {
        let start = usize::try_from(passage.start).unwrap_or_default();
        let gap: String = chars.by_ref().take(start.saturating_sub(at)).collect();
        let length = passage.text.chars().count();
        let parted = gap.matches('\n').count() > 1 || all.is_empty();
        for _ in 0..length {
            chars.next();
        }
        at = start + length;
        match all.last_mut() {
            Some(last) if !parted => last.sentences.push(passage),
            _ => all.push(Paragraph {
                sentences: vec![passage],
            }),
        }
    }
    all
}

fn sentences(paragraph: &Paragraph<'_>, marks: &[Mark]) -> Markup {
    let mut out = String::new();
    for passage in &paragraph.sentences {
        let start = usize::try_from(passage.start).unwrap_or_default();
        let end = start + passage.text.chars().count();
        let here: Vec<Mark> = marks
            .iter()
            .filter(|m| m.end > start && m.start < end)
            .cloned()
            .collect();
        let (whole, parts): (Vec<Mark>, Vec<Mark>) =
            here.into_iter().partition(|mark| mark.kind == "m-position");
        let stands = !whole.is_empty();
        let one = html! {
            span.s.stands[stands] #(passage.sentence_id) data-row=[whole.first().map(|m| &m.row)] {
                (marked(&passage.text, start, &parts))
            }
            " "
        };
        out.push_str(&one.into_string());
    }
    PreEscaped(out)
}

/// The rows that rest on a paragraph, but for names.
fn of<'r>(
    reading: &'r Reading,
    paragraph: &Paragraph<'_>,
    kinds: &[&str],
) -> Vec<(&'static str, &'r Map)> {
    let numbers: Vec<i64> = paragraph.sentences.iter().map(|p| p.n).collect();
    let mut found: Vec<(&'static str, &Map)> = Vec::new();
    for (table, rows) in &reading.rows {
        if *table != "mentions" && kinds.contains(table) {
            let here = rows
                .iter()
                .filter(|row| numbers.contains(&number(row, "_n")));
            found.extend(here.map(|row| (*table, row)));
        }
    }
    found.sort_by_key(|(_, row)| number(row, "_n"));
    found
}
