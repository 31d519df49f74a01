//! TimelineJS: a slide for every dated event and statement.
//!
//! The date is as exact as the row's (a year, a month or a day), the headline says who did or said
//! it and, unless it happened, its status; below stands the sentence with outlet, title and a link
//! where the page has an address. `group` is the first actor, `unique_id` the row's id. The data card is
//! the title slide and the member `onrecord`.
//! Left out and counted: undated rows, which the format does not permit. With `--no-text` the
//! sentence is missing. Choose with `--tables events` or `--tables statements`; the program is
//! meant for some dozen slides.

use std::io::Write;
use std::rc::Rc;

use onrecord_model::PartialDate;
use onrecord_record::{Filter, Map};
use serde_json::{Value, json};

use super::{Format, Shape, out};
use crate::card::Card;
use crate::event::{Event, is_url};
use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, row};

pub(super) const FORMAT: Format = Format {
    name: "timelinejs",
    extension: "json",
    what_for: "timelines for a story in TimelineJS: dated events and statements",
    files: "timeline.json",
    media_type: "application/json",
    holds_card: true,
    is_text: false,
    shape: Shape::Document {
        file: "timeline.json",
        takes: &["statements", "events"],
        write,
    },
};

fn write(source: &Source<'_>, to: &mut dyn Write) -> Result<Written, ExportError> {
    let mut written = Written::default();
    let card = Card::of(source, &FORMAT, None)?;
    let title = json!({"text": {"headline": html(&card.title()), "text": html(&card.line())}});
    out(write!(to, "{{\"title\":{title},\n\"events\":["))?;
    let mut between = "\n";
    let mut put = |slide: Value| {
        let done = out(write!(to, "{between}{slide}"));
        between = ",\n";
        done
    };
    if source.wants("statements") {
        source.each("statements", &Filter::default(), |statement| {
            let Some(date) = row::date(&statement, "date") else {
                written.left_out("undated statements");
                return Ok(());
            };
            written.row("statements");
            put(said(source, &statement, date)?)
        })?;
    }
    if source.wants("events") {
        Event::each(source, |event| {
            let Some(date) = row::date(&event.row, "date") else {
                written.left_out("undated events");
                return Ok(());
            };
            written.row("events");
            put(done(&event, date))
        })?;
    }
    let card = Card::of(source, &FORMAT, Some(&written))?.object();
    out(write!(to, "\n],\n\"onrecord\":{card}}}\n"))?;
    Ok(written)
}

fn done(event: &Event, date: PartialDate) -> Value {
    let names = |parties: &[Rc<Map>]| {
        let names: Vec<&str> = parties.iter().map(|p| row::word(p, "name")).collect();
        names.join(", ")
    };
    let mut kind = row::word(&event.row, "event_type").to_lowercase();
    if let Some(mode) = row::text(&event.row, "mode") {
        kind.push_str(&format!(" ({mode})"));
    }
    let parts = [names(&event.actors), kind, names(&event.recipients)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mut headline = parts.join(" → ");
    match row::word(&event.row, "status") {
        "actual" => {}
        status => headline.push_str(&format!(" [{status}]")),
    }
    slide(
        row::word(&event.row, "event_id"),
        date,
        &headline,
        event.actors.first().map(|actor| row::word(actor, "name")),
        row::text(&event.sentence, "text"),
        &event.article,
        Some(&event.page),
    )
}

fn said(source: &Source<'_>, statement: &Map, date: PartialDate) -> Result<Value, ExportError> {
    let speaker = source.named("actors", statement, "speaker_id")?;
    let speaker = match &speaker {
        Some(speaker) => row::text(speaker, "name"),
        None => row::text(statement, "speaker_text"),
    };
    let said = match statement.get("negated") {
        Some(Value::Bool(true)) => "did not say",
        _ => "said",
    };
    let headline = format!("{} {said}", speaker.unwrap_or("Somebody unknown"));
    let sentence = match row::list(statement, "sentence_ids").first() {
        Some(id) => source.one("sentences", id)?,
        None => None,
    };
    let article = source.named("articles", statement, "article_id")?;
    let article = article.as_deref().cloned().unwrap_or_default();
    let page = source.named("pages", &article, "page_id")?;
    Ok(slide(
        row::word(statement, "statement_id"),
        date,
        &headline,
        speaker,
        sentence.as_deref().and_then(|s| row::text(s, "text")),
        &article,
        page.as_deref(),
    ))
}

fn slide(
    id: &str,
    date: PartialDate,
    headline: &str,
    group: Option<&str>,
    sentence: Option<&str>,
    article: &Map,
    page: Option<&Map>,
) -> Value {
    let mut start = Map::new();
    start.insert("year".to_owned(), date.year_number().into());
    if let Some(month) = date.month_number() {
        start.insert("month".to_owned(), month.into());
    }
    if let Some(day) = date.day_number() {
        start.insert("day".to_owned(), day.into());
    }
    let mut text = String::new();
    if let Some(sentence) = sentence {
        text.push_str(&format!("<p>{}</p>", html(sentence)));
    }
    let mut source = Vec::new();
    source.extend(row::text(article, "publisher").map(html));
    source.extend(row::text(article, "published").map(html));
    if let Some(title) = row::text(article, "title") {
        let uri = page.and_then(|page| row::text(page, "uri"));
        source.push(match uri.filter(|uri| is_url(uri)) {
            Some(uri) => format!("<a href=\"{}\">{}</a>", html(uri), html(title)),
            None => html(title),
        });
    }
    text.push_str(&format!("<p>{}</p>", source.join(", ")));
    let mut slide = json!({
        "unique_id": id,
        "start_date": start,
        "text": {"headline": html(headline), "text": text},
    });
    if let Some(group) = group {
        slide["group"] = group.into();
    }
    if let Some(publisher) = row::text(article, "publisher") {
        slide["media"] = json!({"url": "", "credit": html(publisher)});
    }
    slide
}

/// Text as it may stand in HTML: TimelineJS prints headlines and texts as such.
fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
