//! Search, with facets: the rows of any table, as the address says.

use maud::{Markup, html};
use onrecord_record::TABLES;

use crate::error::Fault;
use crate::facets::{facets, kept, pager, total};
use crate::listing::{self, Page, Wanted};
use crate::reply::Reply;
use crate::shown;
use crate::tell;
use crate::view::{Form, View};

/// Tables that a search offers, the usual ones first.
const OFFERED: &[&str] = &[
    "sentences",
    "statements",
    "events",
    "positions",
    "outlooks",
    "framings",
    "relations",
    "mentions",
    "articles",
    "stories",
    "reprints",
    "disagreements",
];

/// All rows of a table that fit.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let table = view.params.get("table").unwrap_or("sentences");
    of_table(view, table, "Search")
}

/// The articles.
pub(crate) fn articles(view: &View<'_>) -> Result<Reply, Fault> {
    of_table(view, "articles", "Articles")
}

/// What was announced, and what became of it.
pub(crate) fn outlooks(view: &View<'_>) -> Result<Reply, Fault> {
    of_table(view, "outlooks", "Outlooks")
}

/// What pages tell differently, side by side.
pub(crate) fn disagreements(view: &View<'_>) -> Result<Reply, Fault> {
    of_table(view, "disagreements", "Disagreements")
}

/// The rows of a table as the address chooses them, in the form it asks for.
pub(crate) fn of_table(view: &View<'_>, table: &str, title: &str) -> Result<Reply, Fault> {
    let wanted = Wanted::read(view, table)?;
    let page = listing::page(view, &wanted)?;
    if view.form != Form::Html {
        return Ok(rows(view, &wanted, page));
    }
    let offers_tables = title == "Search";
    let head = match (&wanted.words, offers_tables) {
        (Some(words), _) => format!("{title}: {words}"),
        (None, true) => format!("{title}: {table}"),
        (None, false) => title.to_owned(),
    };
    let main = html! {
        div.with-facets {
            aside.facets aria-label="Narrow the list" {
                @if offers_tables { (tables(view, table)) }
                (facets(view, table, &page)?)
                (more(view, table))
            }
            section.list {
                h1 { (shown::text(&total(&page, tell::noun(table)))) @if let Some(words) = &wanted.words {
                    " with " q { (shown::name(words)) }
                } }
                (notes(view, &page))
                @if page.rows.is_empty() {
                    p.told { "Nothing fits. Take a facet away, or try other words: "
                        code { "begin*" } ", " code { "\"exact quote\"" } ", " code { "this OR that" } "." }
                }
                ol.rows start=(page.first + 1) {
                    @for row in &page.rows { (tell::item(view, table, row)?) }
                }
                (pager(view, &page))
            }
        }
    };
    Reply::page(head, main)
}

/// A list for programs and spreadsheets.
pub(crate) fn rows(view: &View<'_>, wanted: &Wanted, page: Page) -> Reply {
    let mut columns: Vec<String> = wanted
        .table
        .columns
        .iter()
        .map(|c| c.name.to_owned())
        .collect();
    if wanted.table.name == "articles" {
        // A list has no whole articles; each is at its own address.
        columns.retain(|column| column != "text");
    }
    let next = page.next.then(|| {
        let number = (page.number() + 1).to_string();
        view.address(view.form, &view.params.with("page", &number))
    });
    Reply::Rows {
        columns,
        rows: page.rows,
        next,
    }
}

fn tables(view: &View<'_>, table: &str) -> Markup {
    let to = |name: &str| {
        // What other tables do not know is left behind.
        let keep = [
            "q", "actor", "with", "outlet", "since", "until", "exact", "order",
        ];
        let mut params = crate::params::Params::default().with("table", name);
        for (name, value) in view.params.pairs().filter(|(name, _)| keep.contains(name)) {
            params = params.with(name, value);
        }
        view.address(Form::Html, &params)
    };
    html! {
        section.facet {
            h3 { "What" }
            ul {
                @for name in OFFERED.iter().copied().chain((!OFFERED.contains(&table)).then_some(table)) {
                    li { a href=(to(name)) aria-current=[(name == table).then_some("true")] {
                        (tell::sign(name)) " " (shown::text(name))
                    } }
                }
            }
            @if !OFFERED.contains(&table) || TABLES.len() > OFFERED.len() {
                p.quiet { a href="/help#tables" { "All tables" } }
            }
        }
    }
}

/// Fields that are typed, not chosen.
fn more(view: &View<'_>, table: &str) -> Markup {
    let apart = [
        "pages",
        "places",
        "disagreements",
        "corrections",
        "runs",
        "actors",
    ];
    if apart.contains(&table) {
        return html! {};
    }
    let value = |name: &str| view.params.get(name).unwrap_or_default();
    html! {
        form.narrow action=(view.address(Form::Html, &crate::params::Params::default())) {
            (kept(view, &["actor", "outlet", "since", "until", "order"]))
            label { "Actor" input name="actor" value=(value("actor")) dir="auto" maxlength="200"; }
            @if table != "stories" {
                label { "Outlet" input name="outlet" value=(value("outlet")) dir="auto" maxlength="200"; }
            }
            label { "From" input name="since" value=(value("since")) placeholder="2014-09" maxlength="10"; }
            label { "To" input name="until" value=(value("until")) placeholder="2019" maxlength="10"; }
            @if view.params.get("q").is_some() {
                label { "Order"
                    select name="order" {
                        option value="" selected[value("order").is_empty()] { "best first" }
                        option value="newest" selected[value("order") == "newest"] { "newest first" }
                    }
                }
            }
            button { "Narrow" }
            " " a href=(view.address(Form::Html, &crate::params::Params::default())) { "Clear all" }
        }
    }
}

fn notes(view: &View<'_>, page: &Page) -> Markup {
    html! {
        @if page.too_many {
            p.note { "So many texts hold these words that the newest come first." }
        }
        @for spelling in page.spellings.iter().take(4) {
            @match spelling.actors.as_slice() {
                [(id, name)] => p.note {
                    "“" (shown::name(&spelling.typed)) "” is a name of "
                    a href={ "/actor/" (id) } { (shown::name(name)) }
                    @if !spelling.also.is_empty() {
                        "; also searched: " (shown::name(&shown::cut(&spelling.also.join(", "), 160)))
                    }
                    " (" a href=(view.with("exact", "yes")) { "only as typed" } ")"
                },
                several => p.note {
                    "“" (shown::name(&spelling.typed)) "” is a name of " (several.len())
                    " actors, whose other names were not searched for: "
                    @for (n, (id, name)) in several.iter().take(5).enumerate() {
                        @if n > 0 { ", " }
                        a href={ "/actor/" (id) } { (shown::name(name)) }
                    }
                },
            }
        }
    }
}
