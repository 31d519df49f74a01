//! POLECAT: one line of 40 cells an event, parted by tabs, as the weekly files have them.
//!
//! Only events that are told as having happened (`status` actual). Several actors, sectors or
//! titles stand in one cell, parted by `; `; what is missing is `None`. `Intensity` is PLOVER's.
//! `Event Mode` is the mode's name in the record. COW numbers are those of the Correlates of
//! War project. Without a source in the record, and therefore always `None`: `Contexts`, the
//! Wikipedia ids, `District`, `Raw Placename`, `Feature Type`. `Event Date` and `Publication
//! Date` need a day: less exact dates are `None`. The cells `Actor Name Raw` and `Recipient
//! Name Raw` are the article's words, left out with `--no-text`. Lost, since POLECAT has no
//! column for it: the sentence and its address, who says so, the confidence, the rule.

use std::io::Write;
use std::rc::Rc;

use onrecord_model::PartialDate;
use onrecord_record::{Filter, Map};
use serde_json::Value;

use super::{Format, Shape};
use crate::event::Event;
use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, codes, row, tsv};

pub(super) const FORMAT: Format = Format {
    name: "polecat",
    extension: "tsv",
    what_for: "scripts written for POLECAT: events in its 40 columns",
    files: "polecat.tsv",
    media_type: "text/tab-separated-values",
    holds_card: false,
    is_text: false,
    shape: Shape::Document {
        file: "polecat.tsv",
        takes: &["events"],
        write,
    },
};

const HEADER: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<Written, ExportError> {
    tsv::line(out, &HEADER.map(str::to_owned))?;
    let version = format!("onrecord {}", env!("CARGO_PKG_VERSION"));
    let mut written = Written::default();
    let mut story = (String::new(), [String::new(), String::new(), String::new()]);
    Event::each(source, |event| {
        if !event.happened(&mut written) {
            return Ok(());
        }
        let article = row::word(&event.article, "article_id");
        if story.0 != article {
            story = (article.to_owned(), named_in(source, article)?);
        }
        let day = event.day(&mut written);
        let date = row::date(&event.row, "date");
        let mut cells = vec![
            row::word(&event.row, "event_id").to_owned(),
            day.map(|day| day.to_string()).unwrap_or_default(),
            row::word(&event.row, "event_type").to_owned(),
            row::word(&event.row, "mode").to_owned(),
            tsv::number(row::real(&event.row, "intensity")),
            codes::quad(row::int(&event.row, "quad")).to_owned(),
            String::new(),
        ];
        cells.extend(party(&event.actors, &event.words("actor"), date));
        cells.extend(party(&event.recipients, &event.words("recipient"), date));
        cells.extend(place(event.place.as_deref()));
        let published = row::day(&event.article, "published");
        cells.extend([
            row::word(&event.article, "publisher").to_owned(),
            published.map(|day| day.to_string()).unwrap_or_default(),
        ]);
        cells.extend(story.1.clone());
        cells.push(row::word(&event.article, "language").to_owned());
        cells.push(version.clone());
        for cell in &mut cells {
            if cell.is_empty() {
                "None".clone_into(cell);
            }
        }
        written.row("events");
        tsv::line(out, &cells)
    })?;
    Ok(written)
}

/// Name, country, COW, primary sector, sectors, title, raw name, Wikipedia id.
fn party(actors: &[Rc<Map>], raw: &[String], date: Option<PartialDate>) -> [String; 8] {
    let countries = || actors.iter().filter_map(|a| row::text(a, "country"));
    let cow = countries().filter_map(|iso| codes::country(iso)?.cow);
    let sectors: Vec<&str> = actors
        .iter()
        .flat_map(|a| row::list(a, "sectors"))
        .collect();
    let titles: Vec<String> = actors.iter().flat_map(|a| titles(a, date)).collect();
    [
        tsv::join(actors.iter().map(|a| row::word(a, "name"))),
        tsv::join(countries()),
        tsv::join(cow),
        sectors.first().map(|s| (*s).to_owned()).unwrap_or_default(),
        tsv::join(sectors),
        tsv::join(titles),
        tsv::join(raw),
        String::new(),
    ]
}

/// The titles that the actor can have held on this date; none where the date is not known and
/// the office had a beginning or an end.
fn titles(actor: &Map, date: Option<PartialDate>) -> Vec<String> {
    let Some(Value::Array(roles)) = actor.get("roles") else {
        return Vec::new();
    };
    let bound = |role: &Value, key: &str| PartialDate::parse(role.get(key)?.as_str()?);
    let held = |role: &&Value| {
        let (from, to) = (bound(role, "from"), bound(role, "to"));
        match date {
            None => from.is_none() && to.is_none(),
            Some(date) => {
                let (first, last) = date.bounds();
                from.is_none_or(|from| from.bounds().0 <= last)
                    && to.is_none_or(|to| first <= to.bounds().1)
            }
        }
    };
    let titles = roles.iter().filter(held);
    titles
        .filter_map(|role| Some(role.get("title")?.as_str()?.to_owned()))
        .collect()
}

/// Placename, city, district, province, country, latitude, longitude, GeoNames id, raw name,
/// feature type.
fn place(place: Option<&Map>) -> [String; 10] {
    let mut cells = [const { String::new() }; 10];
    let Some(place) = place else {
        return cells;
    };
    let name = row::word(place, "name");
    cells[0] = name.to_owned();
    match row::word(place, "kind") {
        "city" | "town" => cells[1] = name.to_owned(),
        "admin1" => cells[3] = name.to_owned(),
        _ => {}
    }
    if let Some(admin1) = row::text(place, "admin1") {
        cells[3] = admin1.to_owned();
    }
    cells[4] = row::word(place, "country").to_owned();
    cells[5] = tsv::number(row::real(place, "lat"));
    cells[6] = tsv::number(row::real(place, "lon"));
    cells[7] = row::int(place, "geonames")
        .map(|n| n.to_string())
        .unwrap_or_default();
    cells
}

/// The persons, bodies and places that an article mentions by name.
fn named_in(source: &Source<'_>, article: &str) -> Result<[String; 3], ExportError> {
    let mut names: [Vec<String>; 3] = Default::default();
    let filter = Filter::default().article(article).equal("kind", "name");
    let mut ids = Vec::new();
    source
        .record
        .for_each::<ExportError>("mentions", &filter, None, |mention| {
            if let Some(id) = row::text(&mention, "actor_id")
                && !ids.iter().any(|known| known == id)
            {
                ids.push(id.to_owned());
            }
            Ok(())
        })?;
    for id in &ids {
        if let Some(actor) = source.one("actors", id)? {
            let at = match row::word(&actor, "kind") {
                "person" => 0,
                "place" => 2,
                _ => 1,
            };
            names[at].push(row::word(&actor, "name").to_owned());
        }
    }
    Ok(names.map(tsv::join))
}
