//! Positions over time: the issues, and a lane for each actor on one of them.

use maud::html;
use onrecord_charts as charts;
use onrecord_model::PartialDate;
use onrecord_record::{Lane, LaneChoice, Map, Stand};
use serde_json::json;

use crate::drawn;
use crate::error::Fault;
use crate::listing::Wanted;
use crate::reply::Reply;
use crate::shown;
use crate::tell;
use crate::view::{Form, View, number, some, text};

/// Sentences in the table under a chart.
const SENTENCES: usize = 100;
/// Stands of an actor that are read, the newest.
const STANDS: u64 = 150;

/// The issues, or one of them.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    match view.id() {
        None => issues(view),
        Some(issue) => one(view, issue),
    }
}

fn question(view: &View<'_>, issue: &str) -> String {
    let known = view.site.options.outside.question(issue);
    known.unwrap_or_else(|| shown::word(issue))
}

fn issues(view: &View<'_>) -> Result<Reply, Fault> {
    let rows = view.ask(
        "select issue, count(*) as positions, count(distinct actor_id) as actors,
                min(date) as first, max(date) as last
         from positions group by issue order by 2 desc, 1 limit 500",
        &[],
    )?;
    if view.form != Form::Html {
        let columns = ["issue", "positions", "actors", "first", "last"].map(str::to_owned);
        return Ok(Reply::Rows {
            columns: columns.into(),
            rows,
            next: None,
        });
    }
    let main = html! {
        h1 { "Positions over time" }
        @if rows.is_empty() { p.told { "The record holds no position: no sentence shows where an actor stands on one of the issues of the lexicon." } }
        @else {
            div.scroll tabindex="0" role="region" aria-label="Issues" {
                table {
                    thead { tr { th scope="col" { "Issue" } th.n scope="col" { "Sentences" } th.n scope="col" { "Actors" } th scope="col" { "From" } th scope="col" { "To" } } }
                    tbody {
                        @for row in &rows {
                            tr.row data-row=(text(row, "issue")) {
                                th scope="row" { a href={ "/positions/" (crate::params::path_part(text(row, "issue"))) } { (shown::name(&question(view, text(row, "issue")))) } }
                                td.n { (shown::thousands(number(row, "positions").unsigned_abs())) }
                                td.n { (shown::thousands(number(row, "actors").unsigned_abs())) }
                                td { (shown::date(some(row, "first"))) } td { (shown::date(some(row, "last"))) }
                            }
                        }
                    }
                }
            }
        }
    };
    Reply::page("Positions", main)
}

fn one(view: &View<'_>, issue: &str) -> Result<Reply, Fault> {
    let lanes = view.record.lanes(&choice(view, issue)?)?;
    if lanes.lanes.is_empty() {
        let told = format!("The record holds no position on `{issue}`, or none that fits.");
        return Err(Fault::NotThere(told));
    }
    if matches!(view.form, Form::Json | Form::Csv) {
        return rows(&lanes.lanes);
    }
    let title = question(view, issue);
    let stands: usize = lanes.lanes.iter().map(|lane| lane.stands.len()).sum();
    let told = format!(
        "{} of {} {}, {}. A line leads from stand to stand and holds until something else is said.",
        lanes.lanes.len(),
        shown::thousands(lanes.total),
        if lanes.total == 1 { "actor" } else { "actors" },
        shown::count(stands as u64, "sentence")
    );
    let drawn: Vec<charts::Lane> = lanes.lanes.iter().map(drawn_lane).collect();
    let frame = drawn::frame(view, "positions", &title, &told);
    let chart = charts::lanes(&frame, &drawn);
    if view.form == Form::Svg {
        return Ok(Reply::Drawing(chart.svg));
    }
    let more = (lanes.total > lanes.lanes.len() as u64).then(|| view.with("actors", "40"));
    let mut lines = Vec::new();
    for (lane, stand) in lanes
        .lanes
        .iter()
        .flat_map(|l| l.stands.iter().map(move |s| (l, s)))
        .take(SENTENCES)
    {
        lines.push(line(view, lane, stand)?);
    }
    let main = html! {
        p.crumb { (tell::sign("positions")) " issue " code { (shown::text(issue)) } " · " a href="/positions" { "all issues" } }
        h1 { (shown::whole(&title)) }
        (drawn::narrow(view, true, &html! {}))
        (drawn::figure(view, &chart, &told))
        @if let Some(more) = &more { p { a href=(more) { "More actors" } } }
        (changes(&lanes.lanes))
        h2 #sentences { "The sentences" }
        div.scroll tabindex="0" role="region" aria-label="Sentences" {
            table {
                thead { tr { th scope="col" { "Actor" } th scope="col" { "When" } th scope="col" { "Stance" } th scope="col" { "Sentence" } } }
                tbody { @for line in &lines { (line) } }
            }
        }
        @if stands > SENTENCES {
            p { "The first " (SENTENCES) "; all of them: " a href={ "/search?table=positions&issue=" (crate::params::path_part(issue)) } { "as a list" } "." }
        }
    };
    Reply::page(title, main)
}

/// The lanes that the address asks for.
fn choice(view: &View<'_>, issue: &str) -> Result<LaneChoice, Fault> {
    let wanted = Wanted::read(view, "positions")?;
    let mut filter = wanted.filter();
    filter.equal.retain(|(column, _)| column != "issue");
    (filter.actor, filter.with) = (None, None);
    Ok(LaneChoice {
        filter: filter.equal("issue", issue),
        actors: wanted.actors.clone(),
        lanes: Some(view.params.number("actors", 12, 60).max(1)),
        stands: Some(STANDS),
    })
}

fn drawn_lane(lane: &Lane) -> charts::Lane {
    let stand = |stand: &Stand| charts::Stand {
        date: stand.date.as_deref().and_then(PartialDate::parse),
        stance: charts::Stance::read(&stand.stance),
        reviewed: stand.reviewed,
        in_line: stand.scope == lane.scope,
        tag: charts::Tag::new(told(lane, stand))
            .row(&stand.position_id)
            .href(format!("/row/{}", stand.position_id)),
    };
    charts::Lane {
        name: lane.actor.name.clone(),
        href: Some(format!("/actor/{}", lane.actor.id)),
        stands: lane.stands.iter().map(stand).collect(),
    }
}

/// A stand in words.
fn told(lane: &Lane, stand: &Stand) -> String {
    let verb = match stand.stance.as_str() {
        "support" => "supports",
        "oppose" => "opposes",
        _ => "is divided",
    };
    let date = stand.date.as_deref().unwrap_or("undated");
    let scope = stand
        .scope
        .as_ref()
        .map_or(String::new(), |scope| format!(" ({scope})"));
    let outlet = stand
        .publisher
        .as_deref()
        .unwrap_or("an article without an outlet");
    let through = stand
        .through
        .as_ref()
        .map_or(String::new(), |who| format!(", through {}", who.name));
    let sentence = shown::cut(&shown::line(&stand.sentence), 120);
    format!(
        "{}, {date}: {verb}{scope}{through}. According to {outlet}: {sentence}",
        lane.actor.name
    )
}

fn line(view: &View<'_>, lane: &Lane, stand: &Stand) -> Result<maud::Markup, Fault> {
    Ok(html! {
        tr.row data-row=(stand.position_id) {
            th scope="row" {
                a href={ "/actor/" (lane.actor.id) } { (shown::name(&lane.actor.name)) }
                @if let Some(who) = &stand.through { br; span.quiet { "through " (shown::name(&who.name)) } }
            }
            td { (shown::date(stand.date.as_deref())) }
            td {
                (tell::stance(&stand.stance))
                @if let Some(scope) = &stand.scope { br; span.quiet { (shown::text(scope)) } }
                br; @if stand.reviewed { span.seen { "● reviewed" } } @else { span.unseen { "○ unreviewed" } }
            }
            td {
                blockquote.sentence dir="auto" { (shown::text(&stand.sentence)) }
                p.source {
                    (crate::passage::source(stand.publisher.as_deref(), stand.published.as_deref(), &stand.article_id, Some(&stand.sentence_id)))
                    @if let Some(who) = &stand.according_to { ", citing " (view.names.link(&who.id)?) }
                    " · " a href={ "/row/" (stand.position_id) } { "Why is this here?" }
                }
            }
        }
    })
}

/// Where an actor's stand changed, both dated and of one scope.
fn changes(lanes: &[Lane]) -> maud::Markup {
    let all: Vec<(&Lane, [&Stand; 2])> = lanes
        .iter()
        .flat_map(|lane| lane.changes().into_iter().map(move |pair| (lane, pair)))
        .collect();
    html! {
        @if !all.is_empty() {
            h2 { "Changes" }
            ul.plain {
                @for (lane, [was, is]) in all.iter().take(30) {
                    li {
                        a href={ "/actor/" (lane.actor.id) } { (shown::name(&lane.actor.name)) } " "
                        a href={ "/row/" (was.position_id) } { (tell::stance(&was.stance)) } " (" (was.date.as_deref().unwrap_or_default()) ") → "
                        a href={ "/row/" (is.position_id) } { (tell::stance(&is.stance)) } " (" (is.date.as_deref().unwrap_or_default()) ")"
                    }
                }
            }
        }
    }
}

fn rows(lanes: &[Lane]) -> Result<Reply, Fault> {
    let columns = [
        "issue",
        "actor_id",
        "actor",
        "date",
        "date_precision",
        "stance",
        "scope",
        "through",
        "according_to",
        "outlet",
        "position_id",
        "reviewed",
        "sentence_id",
        "sentence",
    ];
    let row = |lane: &Lane, s: &Stand| -> Map {
        let row = json!({
            "issue": lane.issue, "actor_id": lane.actor.id, "actor": lane.actor.name, "date": s.date,
            "date_precision": s.date_precision, "stance": s.stance, "scope": s.scope,
            "through": s.through.as_ref().map(|who| &who.name),
            "according_to": s.according_to.as_ref().map(|who| &who.name), "outlet": s.publisher,
            "position_id": s.position_id, "reviewed": s.reviewed, "sentence_id": s.sentence_id,
            "sentence": s.sentence,
        });
        row.as_object().cloned().unwrap_or_default()
    };
    Ok(Reply::Rows {
        columns: columns.map(str::to_owned).into(),
        rows: lanes
            .iter()
            .flat_map(|lane| lane.stands.iter().map(move |s| row(lane, s)))
            .collect(),
        next: None,
    })
}
