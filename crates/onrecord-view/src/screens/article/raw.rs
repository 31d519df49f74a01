//! The raw page: what was saved, with what is no article greyed and named.

use maud::{Markup, PreEscaped, html};
use onrecord_record::Map;
use serde_json::json;

use crate::RawText;
use crate::error::Fault;
use crate::options::Removed;
use crate::shown;
use crate::view::{View, number, text};

/// More of a page is not shown at once.
const MOST: usize = 400_000;

/// An article's place on the page.
struct Kept {
    id: String,
    start: usize,
    end: usize,
}

/// The page of an article.
pub(super) fn page(view: &View<'_>, article: &Map) -> Result<Markup, Fault> {
    let page_id = json!(text(article, "page_id"));
    let rows = view.ask(
        "select uri, sha256, media_type from pages where page_id = ?1",
        std::slice::from_ref(&page_id),
    )?;
    let page = rows.into_iter().next().unwrap_or_default();
    let articles = view.ask(
        "select article_id, page_start, page_end from articles
         where page_id = ?1 and page_start is not null order by page_start",
        &[page_id],
    )?;
    let at = |row: &Map, name: &str| usize::try_from(number(row, name)).unwrap_or_default();
    let kept: Vec<Kept> = articles
        .iter()
        .map(|row| Kept {
            id: text(row, "article_id").to_owned(),
            start: at(row, "page_start"),
            end: at(row, "page_end"),
        })
        .collect();
    let raw = view
        .site
        .options
        .outside
        .page(text(&page, "uri"), text(&page, "sha256"));
    Ok(match raw {
        RawText::Missing => html! {
            p.note { "The page is not where it was read (" code { (shown::name(text(&page, "uri"))) }
                "). Start `onrecord serve` where it lies, or with --pages DIR." }
        },
        RawText::Changed => html! {
            p.warn { "What lies at " code { (shown::name(text(&page, "uri"))) }
                " is not what was read: its SHA-256 is another. It is not shown, so that nothing is \
                 taken for the source that is not." }
        },
        RawText::Same {
            text: whole,
            removed,
        } => {
            let html_page = text(&page, "media_type") != "text/plain";
            html! {
                p.note { "The page as it was saved, byte for byte the one that was read. "
                    @if html_page { "It is HTML: its articles cannot be pointed out between the tags." }
                    @else { "What is greyed is in no article." } }
                pre.raw tabindex="0" dir="auto" {
                    @if html_page || kept.is_empty() { (shown::text(&shown::cut(&whole, MOST))) }
                    @else { (parts(&whole, &kept, &removed, text(article, "article_id"))) }
                }
            }
        }
    })
}

/// The page in stretches: kept by this article, by another one, or left out.
fn parts(whole: &str, kept: &[Kept], removed: &[Removed], article: &str) -> Markup {
    let bytes: Vec<usize> = whole
        .char_indices()
        .map(|(at, _)| at)
        .chain([whole.len()])
        .collect();
    let length = (bytes.len() - 1).min(MOST);
    let mut cuts: Vec<usize> = kept.iter().flat_map(|k| [k.start, k.end]).collect();
    cuts.extend(removed.iter().flat_map(|r| [r.start, r.end]));
    cuts.extend([0, length]);
    cuts.retain(|at| *at <= length);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::new();
    let mut before = "";
    for pair in cuts.windows(2) {
        let [from, to] = [pair[0], pair[1]];
        let piece = shown::text(&whole[bytes[from]..bytes[to]]);
        let gone = removed.iter().find(|r| r.start <= from && r.end >= to);
        let home = kept.iter().find(|k| k.start <= from && k.end >= to);
        let part = match (gone, home) {
            (Some(gone), _) => {
                let again = gone.what == before;
                before = &gone.what;
                html! {
                    span.gone {
                        @if !again { span.what { (shown::text(&gone.what)) } }
                        (piece)
                    }
                }
            }
            (None, Some(home)) => {
                before = "";
                html! {
                    @if home.id == article { span.kept { (piece) } }
                    @else { a.other href={ "/article/" (home.id) "?raw=yes" } { (piece) } }
                }
            }
            (None, None) => {
                before = "";
                html! { span.gone { (piece) } }
            }
        };
        out.push_str(&part.into_string());
    }
    if bytes.len() - 1 > MOST {
        out.push('…');
    }
    PreEscaped(out)
}
