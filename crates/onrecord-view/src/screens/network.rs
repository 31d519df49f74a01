//! The network: who acts on whom, or which actors stand where on which issues.

use std::collections::BTreeMap;

use maud::html;
use onrecord_charts::{Edge, Node, NodeKind, Tag, Tie, network};
use onrecord_record::Map;
use serde_json::json;

use super::things;
use crate::drawn;
use crate::error::Fault;
use crate::reply::Reply;
use crate::shown;
use crate::view::{Form, View, list, number, text};

/// Rows that are counted.
const ROWS: u64 = 4000;

type Edges = BTreeMap<(String, String, Tie), u64>;

/// A chart of the heaviest ties and a table of them.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let issues = view.params.get("of") == Some("issues");
    let table = if issues { "positions" } else { "events" };
    let rows = things::rows(view, table, ROWS)?;
    let edges = if issues {
        stands(&rows)
    } else {
        acts(view, &rows)
    };
    let mut order: Vec<(&(String, String, Tie), &u64)> = edges.iter().collect();
    order.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    if matches!(view.form, Form::Json | Form::Csv) {
        return files(view, &order);
    }
    let most = usize::try_from(view.params.number("most", 30, 120))
        .unwrap_or(30)
        .max(2);
    let mut nodes: BTreeMap<&str, Node> = BTreeMap::new();
    let mut drawn = Vec::new();
    // Twice as many nodes as are shown: the chart says who was left out.
    for ((from, to, tie), n) in order.iter().take(most * 20) {
        for id in [from, to] {
            if !nodes.contains_key(id.as_str()) && nodes.len() < most * 6 {
                nodes.insert(id, node(view, id)?);
            }
        }
        if nodes.contains_key(from.as_str()) && nodes.contains_key(to.as_str()) {
            drawn.push(Edge {
                from: from.clone(),
                to: to.clone(),
                tie: *tie,
                weight: **n,
                tag: Tag::default().href(leads(from, to)),
            });
        }
    }
    let nodes: Vec<Node> = nodes.into_values().collect();
    let told = format!(
        "{} of {}{}. The same rows lie at the same places on every machine.",
        shown::count(edges.values().sum(), "tie"),
        shown::count(rows.len() as u64, if issues { "position" } else { "event" }),
        if rows.len() as u64 == ROWS {
            ", those of the newest articles"
        } else {
            ""
        },
    );
    let title = if issues {
        "Actors and issues"
    } else {
        "Who acts on whom"
    };
    let frame = drawn::frame(view, "network", title, &told);
    let chart = network(&frame, &nodes, &drawn, most);
    if view.form == Form::Svg {
        return Ok(Reply::Drawing(chart.svg));
    }
    let mut lines = Vec::new();
    for ((from, to, tie), n) in order.iter().take(60) {
        lines.push(html! {
            tr.row data-row={ (from) "-" (to) } {
                th scope="row" { (link(view, from)?) } td { (tie.name()) } td { (link(view, to)?) }
                td.n { a href=(leads(from, to)) { (shown::thousands(**n)) } }
            }
        });
    }
    let extra = html! {
        label { "Of " select name="of" {
            option value="" { "who acts on whom" }
            option value="issues" selected[issues] { "actors and issues" }
        } }
        @if !issues {
            @let status = view.params.get("status").unwrap_or_default();
            label { "Status " select name="status" {
                option value="" { "actual" }
                @for one in ["future", "threatened", "conditional", "denied", "alleged", "any"] {
                    option value=(one) selected[status == one] { (one) }
                }
            } }
        }
        label { "At most " input.date type="number" name="most" min="2" max="120" value=(most); }
    };
    let main = html! {
        h1 { (title) }
        (drawn::narrow(view, true, &extra))
        (drawn::years(view, &things::years(rows.iter())))
        @if edges.is_empty() { p.told { "Nothing fits: no row names two parties." } }
        @else {
            (drawn::figure(view, &chart, &told))
            h2 { "The ties" }
            div.scroll tabindex="0" role="region" aria-label="Ties" {
                table {
                    thead { tr { th scope="col" { "From" } th scope="col" { "Tie" } th scope="col" { "To" } th.n scope="col" { "Times" } } }
                    tbody { @for line in &lines { (line) } }
                }
            }
        }
        p { "For programs: " a href="/export/graphml" { "GraphML" } " · " a href="/export/gexf" { "GEXF" } }
    };
    Reply::page(title, main)
}

/// What is told as done goes into the network, unless another status is asked for.
fn acts(view: &View<'_>, rows: &[Map]) -> Edges {
    let plain = view.params.get("status").is_none();
    let mut edges = Edges::new();
    for row in rows
        .iter()
        .filter(|row| !plain || text(row, "status") == "actual")
    {
        let tie = Tie::of_quad(number(row, "quad"));
        for from in list(row, "actor_ids").take(4) {
            for to in list(row, "recipient_ids").take(4).filter(|to| *to != from) {
                *edges
                    .entry((from.to_owned(), to.to_owned(), tie))
                    .or_default() += 1;
            }
        }
    }
    edges
}

fn stands(rows: &[Map]) -> Edges {
    let mut edges = Edges::new();
    for row in rows {
        let tie = match text(row, "stance") {
            "support" => Tie::Support,
            "oppose" => Tie::Oppose,
            _ => Tie::Mixed,
        };
        let issue = format!("issue:{}", text(row, "issue"));
        *edges
            .entry((text(row, "actor_id").to_owned(), issue, tie))
            .or_default() += 1;
    }
    edges
}

fn node(view: &View<'_>, id: &str) -> Result<Node, Fault> {
    Ok(match id.strip_prefix("issue:") {
        Some(issue) => Node {
            id: id.to_owned(),
            label: shown::word(issue),
            kind: NodeKind::Issue,
            tag: Tag::default().href(format!("/positions/{issue}")),
        },
        None => Node {
            id: id.to_owned(),
            label: view.names.actor(id)?,
            kind: NodeKind::Actor,
            tag: Tag::default().row(id).href(format!("/actor/{id}")),
        },
    })
}

fn link(view: &View<'_>, id: &str) -> Result<maud::Markup, Fault> {
    match id.strip_prefix("issue:") {
        Some(issue) => {
            Ok(html! { a href={ "/positions/" (issue) } { (shown::name(&shown::word(issue))) } })
        }
        None => view.names.link(id),
    }
}

/// The rows of a tie.
fn leads(from: &str, to: &str) -> String {
    match to.strip_prefix("issue:") {
        Some(issue) => format!("/search?table=positions&actor_id={from}&issue={issue}"),
        None => format!("/search?table=events&actor_ids={from}&recipient_ids={to}&actor={from}"),
    }
}

fn files(view: &View<'_>, order: &[(&(String, String, Tie), &u64)]) -> Result<Reply, Fault> {
    let columns = ["from", "from_name", "tie", "to", "to_name", "times"].map(str::to_owned);
    let name = |id: &str| match id.strip_prefix("issue:") {
        Some(issue) => Ok(issue.to_owned()),
        None => view.names.actor(id),
    };
    let mut rows = Vec::new();
    for ((from, to, tie), n) in order {
        let row = json!({
            "from": from, "from_name": name(from)?, "tie": tie.name(), "to": to,
            "to_name": name(to)?, "times": n,
        });
        rows.extend(row.as_object().cloned());
    }
    Ok(Reply::Rows {
        columns: columns.into(),
        rows,
        next: None,
    })
}
