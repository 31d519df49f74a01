//! Facets of a list: what else its rows say, counted over the first of them, as links that
//! narrow the list.

use std::collections::BTreeMap;

use maud::{Markup, html};
use onrecord_record::Map;
use serde_json::Value;

use crate::error::Fault;
use crate::listing::{Page, SAMPLE};
use crate::shown;
use crate::view::{View, list, some};

/// Values of a facet that are shown; the rest is found by searching.
const SHOWN: usize = 8;

/// Columns by which rows of a table are told apart.
fn columns(table: &str) -> &'static [(&'static str, &'static str)] {
    match table {
        "articles" => &[("language", "Language"), ("published_precision", "Date is")],
        "actors" => &[
            ("kind", "Kind"),
            ("country", "Country"),
            ("sectors", "Sector"),
        ],
        "mentions" => &[("kind", "Kind")],
        "relations" => &[("predicate", "Tie")],
        "statements" => &[("kind", "Kind"), ("source_kind", "Source"), ("cue", "Cue")],
        "events" => &[
            ("event_type", "Type"),
            ("status", "Status"),
            ("mode", "Mode"),
        ],
        "places" => &[("kind", "Kind"), ("country", "Country")],
        "positions" => &[("issue", "Issue"), ("stance", "Stance")],
        "outlooks" => &[("type", "Type"), ("outcome", "Outcome")],
        "framings" => &[("tone", "Tone"), ("label", "Label")],
        "reprints" => &[("kind", "Kind"), ("wire", "Wire")],
        "disagreements" | "stories" => &[("kind", "Kind")],
        "corrections" => &[("field", "Field"), ("applied", "Applied")],
        "pages" => &[("media_type", "Type")],
        _ => &[],
    }
}

/// Columns that hold actors.
fn actors(table: &str) -> &'static [&'static str] {
    match table {
        "statements" => &["speaker_id", "addressee_id", "via"],
        "events" => &["actor_ids", "recipient_ids", "attributed_to"],
        "positions" | "outlooks" | "framings" | "mentions" => &["actor_id"],
        "relations" => &["subject_id", "object_id"],
        _ => &[],
    }
}

/// The facets of a list, with those that are set and a link that frees each.
pub(crate) fn facets(view: &View<'_>, table: &str, page: &Page) -> Result<Markup, Fault> {
    let rows = &page.sample;
    let mut all: Vec<Markup> = Vec::new();
    for (column, head) in columns(table) {
        let counts = counted(rows.iter().flat_map(|row| values(row, column)));
        all.push(facet(view, head, column, &counts, |value| {
            Ok(shown::word(value))
        })?);
    }
    let actor = view.params.get("actor");
    let columns = actors(table);
    if !columns.is_empty() {
        let of_row = |row: &Map| {
            let mut ids: Vec<String> = columns.iter().flat_map(|c| values(row, c)).collect();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        let mut counts = counted(rows.iter().flat_map(of_row));
        counts.retain(|(id, _)| Some(id.as_str()) != actor);
        let (head, name) = if actor.is_some() {
            ("Together with", "with")
        } else {
            ("Actor", "actor")
        };
        all.push(facet(view, head, name, &counts, |id| view.names.actor(id))?);
    }
    let outlets = counted(
        rows.iter()
            .filter_map(|row| some(row, "_publisher"))
            .map(str::to_owned),
    );
    all.push(facet(view, "Outlet", "outlet", &outlets, |name| {
        Ok(name.to_owned())
    })?);
    all.push(years(view, rows));
    if rows.iter().any(|row| row.contains_key("confidence")) {
        all.push(sure(view, rows));
        let options = [("yes", "reviewed"), ("no", "unreviewed")];
        all.push(choice(view, "Review", "reviewed", &options));
    }
    let told = if page.more {
        format!(
            "Counts are of the first {} rows.",
            shown::thousands(rows.len() as u64)
        )
    } else {
        String::new()
    };
    Ok(html! {
        @for facet in &all { (facet) }
        @if !told.is_empty() && page.count >= SAMPLE.min(page.sample.len() as u64) { p.quiet { (told) } }
    })
}

fn values(row: &Map, column: &str) -> Vec<String> {
    match row.get(column) {
        Some(Value::String(text)) if !text.is_empty() => vec![text.clone()],
        Some(Value::Bool(truth)) => vec![truth.to_string()],
        Some(Value::Array(_)) => list(row, column).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Values and how often they are there, the most frequent first.
fn counted(values: impl Iterator<Item = String>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

fn facet(
    view: &View<'_>,
    head: &str,
    name: &str,
    counts: &[(String, usize)],
    label: impl Fn(&str) -> Result<String, Fault>,
) -> Result<Markup, Fault> {
    let set = view.params.get(name);
    if set.is_none() && counts.len() < 2 {
        return Ok(html! {});
    }
    let mut lines = Vec::new();
    if let Some(value) = set {
        lines.push(html! {
            li.is-set {
                a href=(view.with(name, "")) rel="nofollow" {
                    span aria-hidden="true" { "× " } span.aside-only { "Without " }
                    (shown::name(&shown::cut(&label(value)?, 40)))
                }
            }
        });
    }
    for (value, n) in counts
        .iter()
        .filter(|(v, _)| Some(v.as_str()) != set)
        .take(SHOWN)
    {
        lines.push(html! {
            li {
                a href=(view.with(name, value)) rel="nofollow" {
                    (shown::name(&shown::cut(&label(value)?, 40)))
                }
                " " span.n { (shown::thousands(*n as u64)) }
            }
        });
    }
    Ok(html! { section.facet { h3 { (head) } ul { @for line in &lines { (line) } } } })
}

fn years(view: &View<'_>, rows: &[Map]) -> Markup {
    let year = |row: &Map| {
        let own = some(row, "date").or_else(|| some(row, "made"));
        let date = own.or_else(|| some(row, "_published"))?;
        date.get(..4).map(str::to_owned)
    };
    let mut counts = counted(rows.iter().filter_map(year));
    counts.sort_by(|a, b| b.0.cmp(&a.0));
    let (since, until) = (view.params.get("since"), view.params.get("until"));
    if since.is_none() && until.is_none() && counts.len() < 2 {
        return html! {};
    }
    let to = |since: &str, until: &str| {
        let params = view
            .params
            .without("page")
            .with("since", since)
            .with("until", until);
        view.address(crate::view::Form::Html, &params)
    };
    html! {
        section.facet {
            h3 { "Year" }
            ul {
                @if since.is_some() || until.is_some() {
                    li.is-set {
                        a href=(to("", "")) rel="nofollow" {
                            span aria-hidden="true" { "× " } span.aside-only { "Without " }
                            (shown::text(since.unwrap_or("…"))) " to " (shown::text(until.unwrap_or("…")))
                        }
                    }
                }
                @for (year, n) in counts.iter().take(12) {
                    li {
                        a href=(to(year, year)) rel="nofollow" { (shown::text(year)) }
                        " " span.n { (shown::thousands(*n as u64)) }
                    }
                }
            }
        }
    }
}

fn sure(view: &View<'_>, rows: &[Map]) -> Markup {
    let least = |least: f64| {
        let sure = |row: &&Map| row.get("confidence").and_then(Value::as_f64) >= Some(least);
        rows.iter().filter(sure).count()
    };
    let set = view.params.get("sure");
    html! {
        section.facet {
            h3 { "At least" }
            ul {
                @if let Some(set) = set {
                    li.is-set {
                        a href=(view.with("sure", "")) rel="nofollow" {
                            span aria-hidden="true" { "× " } span.aside-only { "Without " }
                            (shown::text(set))
                        }
                    }
                }
                @for (value, words) in [("0.9", "90 % sure"), ("0.75", "75 % sure"), ("0.5", "50 % sure")] {
                    @if set != Some(value) {
                        li {
                            a href=(view.with("sure", value)) rel="nofollow" { (words) }
                            " " span.n { (least(value.parse().unwrap_or(0.0))) }
                        }
                    }
                }
            }
        }
    }
}

fn choice(view: &View<'_>, head: &str, name: &str, options: &[(&str, &str)]) -> Markup {
    let set = view.params.get(name);
    html! {
        section.facet {
            h3 { (head) }
            ul {
                @for (value, words) in options {
                    @if set == Some(value) {
                        li.is-set {
                            a href=(view.with(name, "")) rel="nofollow" {
                                span aria-hidden="true" { "× " } span.aside-only { "Without " }
                                (words)
                            }
                        }
                    } @else {
                        li { a href=(view.with(name, value)) rel="nofollow" { (words) } }
                    }
                }
            }
        }
    }
}

/// Hidden fields that keep what an address has set, but for these names.
pub(crate) fn kept(view: &View<'_>, but: &[&str]) -> Markup {
    html! {
        @for (name, value) in view.params.pairs() {
            @if !but.contains(&name) && name != "page" {
                input type="hidden" name=(name) value=(value);
            }
        }
    }
}

/// Links to the pages before and after, and to the list as a file.
pub(crate) fn pager(view: &View<'_>, page: &Page) -> Markup {
    use crate::view::Form;
    let to = |n: u64| view.address(Form::Html, &view.params.with("page", &n.to_string()));
    let n = page.number();
    let last = page.first + page.rows.len() as u64;
    html! {
        nav.pager aria-label="Pages of the list" {
            @if n > 1 { a rel="prev" href=(to(n - 1)) { "← Previous" } }
            @if !page.rows.is_empty() {
                span { (shown::thousands(page.first + 1)) " to " (shown::thousands(last))
                    @if page.more { " of more than " } @else { " of " }
                    (shown::thousands(page.count)) }
            }
            @if page.next { a rel="next" href=(to(n + 1)) { "Next →" } }
            span.files {
                "This list as "
                a href=(view.address(Form::Csv, &view.params.without("page"))) { "CSV" } " or "
                a href=(view.address(Form::Json, &view.params.without("page"))) { "JSON" }
            }
        }
    }
}

/// The text that says how many there are.
pub(crate) fn total(page: &Page, noun: &str) -> String {
    let more = if page.more { "More than " } else { "" };
    let count = shown::count(page.count, noun);
    match noun {
        "story" if page.count != 1 => format!("{more}{} stories", shown::thousands(page.count)),
        _ => format!("{more}{count}"),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn the_most_frequent_first() {
        let counts = counted(["b", "a", "c", "c"].map(str::to_owned).into_iter());
        let names: Vec<&str> = counts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["c", "a", "b"]);
    }
}
