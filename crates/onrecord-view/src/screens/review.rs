//! The review queue: rows that nobody has looked at, those first of which a look is worth most.

use maud::{Markup, html};
use onrecord_record::{Map, Precision};
use serde_json::Value;

use crate::error::Fault;
use crate::facets::facets;
use crate::fields;
use crate::listing::{self, Page, Wanted};
use crate::passage::Passage;
use crate::reply::Reply;
use crate::shown;
use crate::tell;
use crate::view::{Form, View, list, some, text};

/// Rows of which the most valuable are chosen.
const CHOSEN_OF: u64 = 1000;
/// Cards on a page.
const CARDS: usize = 10;

const TABLES: [&str; 6] = [
    "positions",
    "events",
    "statements",
    "outlooks",
    "framings",
    "relations",
];

/// The queue, with how right the rows were that were looked at.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let table = match view.params.get("table") {
        Some(named) if TABLES.contains(&named) => named,
        Some(other) => {
            return Err(Fault::Wrong(format!(
                "Rows of `{other}` are not reviewed here; those of {} are.",
                TABLES.join(", ")
            )));
        }
        None => TABLES[0],
    };
    let mut wanted = Wanted::read(view, table)?;
    wanted.reviewed = Some(false);
    wanted.words = None;
    let mut rows = listing::first(view, &wanted, CHOSEN_OF)?;
    let page = Page {
        sample: rows.clone(),
        count: rows.len() as u64,
        more: rows.len() as u64 == CHOSEN_OF,
        ..Page::default()
    };
    let random = view.params.get("order") == Some("random");
    if random {
        // Ids are hashes: their order is as good as chance, and the same for everybody.
        rows.sort_by(|a, b| tell::id_of(a).cmp(tell::id_of(b)));
    } else {
        rows.sort_by(|a, b| {
            value(b, table)
                .total_cmp(&value(a, table))
                .then_with(|| tell::id_of(a).cmp(tell::id_of(b)))
        });
    }
    let skip = usize::try_from(view.params.number("skip", 0, CHOSEN_OF)).unwrap_or(0);
    let shown: Vec<&Map> = rows.iter().skip(skip).take(CARDS).collect();
    if view.form != Form::Html {
        let columns = wanted
            .table
            .columns
            .iter()
            .map(|c| c.name.to_owned())
            .collect();
        return Ok(Reply::Rows {
            columns,
            rows,
            next: None,
        });
    }
    let back = view.address(Form::Html, &view.params.without("done"));
    let mut cards = Vec::new();
    for row in &shown {
        cards.push(card(view, table, row, &back)?);
    }
    let precision = view.record.precision()?;
    let main = html! {
        div.with-facets {
            aside.facets aria-label="Narrow the queue" {
                section.facet { h3 { "What" } ul { @for one in TABLES {
                    li { a href={ "/review?table=" (one) } aria-current=[(one == table).then_some("true")] { (tell::sign(one)) " " (one) } }
                } } }
                section.facet { h3 { "Order" } ul {
                    li { a href=(view.with("order", "")) aria-current=[(!random).then_some("true")] { "most valuable first" } }
                    li { a href=(view.with("order", "random")) aria-current=[random.then_some("true")] { "at random" } }
                } p.quiet { "Only rows drawn at random tell how right the others are." } }
                (facets(view, table, &page)?)
            }
            section.list {
                h1 { "Review: " (shown::text(&crate::facets::total(&page, tell::noun(table)))) }
                (measure(&precision, table))
                (done(view, &back)?)
                @if !view.write { p.warn { "You can read, not write: open the address with the token that "
                    code { "onrecord serve" } " printed at its start." } }
                p.quiet { "First come rows that are unsure and that charts rest on: a position more than an event, an event with \
                    both parties more than one without." }
                @if cards.is_empty() { p.told { "Nothing is left to review here." } }
                ol.rows.queue data-review="" { @for card in &cards { (card) } }
                @if view.write && shown.len() > 1 {
                    form.bulk method="post" action="/correct" {
                        input type="hidden" name="what" value="accept";
                        input type="hidden" name="back" value=(back);
                        @for row in &shown { input type="hidden" name="row" value=(tell::id_of(row)); }
                        button { "Accept the " (shown.len()) " rows shown here" }
                    }
                }
                nav.pager aria-label="The queue" {
                    @if skip > 0 { a rel="prev" href=(view.address(Form::Html, &view.params.with("skip", &skip.saturating_sub(CARDS).to_string()))) { "← Back" } }
                    @if rows.len() > skip + CARDS { a rel="next" href=(view.address(Form::Html, &view.params.with("skip", &(skip + CARDS).to_string()))) { "Skip these →" } }
                }
            }
        }
    };
    Reply::page("Review", main)
}

/// What a look at a row is worth: how unsure it is, times how much rests on it.
fn value(row: &Map, table: &str) -> f64 {
    // Ties and words for actors have no confidence of their own.
    let sure = row.get("confidence").and_then(Value::as_f64).unwrap_or(0.7);
    let dated = some(row, "date").is_some() || some(row, "made").is_some();
    let rests = match table {
        "positions" => 3.0,
        "events" => {
            let both = list(row, "actor_ids").next().is_some()
                && list(row, "recipient_ids").next().is_some();
            if both && text(row, "status") == "actual" {
                2.0
            } else {
                1.0
            }
        }
        "statements" if some(row, "speaker_id").is_some() => 1.5,
        _ => 1.0,
    };
    // A row that is quite unsure and one that is nearly sure say less than one in between.
    let unsure = 1.05 - sure;
    unsure * rests * if dated { 1.3 } else { 1.0 }
}

/// Of the rows that were looked at, how many were right.
fn measure(all: &[Precision], table: &str) -> Markup {
    let of = all
        .iter()
        .find(|p| p.table == table && p.actor_kind.is_none());
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    html! {
        @if let Some(of) = of {
            @if let (Some(share), Some((low, high))) = (of.share(), of.interval()) {
                p.note #precision { "Of " (of.judged()) " " (table) " looked at, " strong { (percent(share)) }
                    " were right as they were read (95 % interval " (percent(low)) " to " (percent(high)) "): "
                    (of.accepted) " accepted, " (of.changed) " changed, " (of.rejected) " rejected." }
            }
        } @else { p.quiet { "Nobody has looked at " (table) " of this record yet." } }
    }
}

/// What was done last, to be taken back.
pub(super) fn done(view: &View<'_>, back: &str) -> Result<Markup, Fault> {
    let Some(id) = view.params.get("done").filter(|id| id.starts_with("co-")) else {
        return Ok(html! {});
    };
    let rows = view.ask(
        "select field, row_key, was, \"is\" as new from corrections where correction_id = ?1",
        &[Value::from(id)],
    )?;
    Ok(html! {
        @for row in &rows {
            form.done method="post" action="/correct" {
                p role="status" { "Done: " strong { (shown::word(text(row, "field"))) } " "
                    a href={ "/row/" (text(row, "row_key")) } { code { (tell::short(text(row, "row_key"))) } }
                    @if let Some(new) = some(row, "new") { " → " (shown::name(new)) } " " }
                @if text(row, "field") != "undone" && view.write {
                    input type="hidden" name="what" value="undo";
                    input type="hidden" name="correction" value=(id);
                    input type="hidden" name="back" value=(back);
                    button data-key="u" { "Take back" }
                }
            }
        }
    })
}

/// A row with what can be said of it.
fn card(view: &View<'_>, table: &str, row: &Map, back: &str) -> Result<Markup, Fault> {
    let id = tell::id_of(row);
    let passage = Passage::of_first(view, row)?;
    let (before, after) = match &passage {
        Some(passage) => view.record.around(&passage.article_id, passage.n, 1)?,
        None => Default::default(),
    };
    Ok(html! {
        li.row.review.{ "row-" (table) } data-row=(id) {
            p.claim { (tell::sign(table)) " " (tell::claim(view, table, row)?) }
            @if let Some(passage) = &passage {
                p.around dir="auto" { @for text in &before { (shown::text(text)) " " } }
                (tell::quoted(table, row, passage))
                p.around dir="auto" { @for text in &after { (shown::text(text)) " " } }
                p.source { (passage.source()) " · " a href={ "/row/" (id) } { "Why is this here?" }
                    " · " span.made-by { (shown::text(text(row, "made_by"))) }
                    @if let Some(sure) = row.get("confidence").and_then(Value::as_f64) { " · " (format!("{:.0} % sure", sure * 100.0)) } }
            }
            @if view.write { (buttons(view, table, row, back, true)?) }
        }
    })
}

/// The buttons that judge a row, and the fields that correct it.
pub(super) fn buttons(
    view: &View<'_>,
    table: &str,
    row: &Map,
    back: &str,
    queue: bool,
) -> Result<Markup, Fault> {
    let id = tell::id_of(row);
    Ok(html! {
        div.judge {
            form method="post" action="/correct" {
                input type="hidden" name="row" value=(id);
                input type="hidden" name="back" value=(back);
                button.main name="what" value="accept" data-judge="a" { "Accept" }
                " " button name="what" value="reject" data-judge="r" { "Reject" }
                " " button name="what" value="suppress" { "Suppress" }
            }
            @if queue { button type="button" data-judge="s" data-skip="" hidden { "Skip" } }
            @if !fields::of(table).is_empty() {
                details { summary data-judge="e" { "Correct a field" } (fields::forms(view, table, row, back)?) }
            }
        }
    })
}
