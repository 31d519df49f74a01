//! GDELT 2.0: `gdelt.export.CSV` (61 columns) and `gdelt.mentions.CSV` (16), without header lines
//! and parted by tabs, as GDELT has them.
//!
//! Only events that are told as having happened (`status` actual) and have a CAMEO code. GDELT has
//! one actor on each side: an event with several is one line for each pair, all with its id.
//! `GLOBALEVENTID` is the record's event id, which is text: read the column as such. `SQLDATE`
//! needs a day, `MonthYear` a month; less exact dates leave them empty. `QuadClass` is the row's,
//! `GoldsteinScale` that of the CAMEO code. Actor codes are the country's code and those types
//! that PLOVER and CAMEO share; the codes of groups, ethnicities and religions are empty, so
//! are places of actors, tones and `DATEADDED`. Places have FIPS country codes; the codes of
//! their divisions are empty. A line of mentions is the sentence an event was read in:
//! `SentenceID` counts from 1, `MentionTimeDate` is the day of publication at 000000,
//! `MentionType` is 1 for an address of the web and 2 for any other, `Confidence` is in percent,
//! offsets are code points of the article's text. Lost: the sentence itself, status, who says
//! so, the rule.

use std::io::Write;
use std::path::{Path, PathBuf};

use onrecord_record::Map;

use super::icews::one_or_none;
use super::{Format, Shape};
use crate::event::Event;
use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, codes, file, row, tsv};

pub(super) const FORMAT: Format = Format {
    name: "gdelt",
    extension: "CSV",
    what_for: "pipelines built for GDELT 2.0: events with CAMEO codes, and their mentions",
    files: "gdelt.export.CSV and gdelt.mentions.CSV",
    media_type: "text/tab-separated-values",
    holds_card: false,
    is_text: false,
    shape: Shape::Files {
        takes: &["events"],
        write,
    },
};

fn write(
    source: &Source<'_>,
    folder: &Path,
    files: &mut Vec<PathBuf>,
) -> Result<Written, ExportError> {
    let events = folder.join("gdelt.export.CSV");
    let mentions = folder.join("gdelt.mentions.CSV");
    let written = file::replace(&events, |events| {
        file::replace(&mentions, |mentions| both(source, events, mentions))
    })?;
    files.extend([events, mentions]);
    Ok(written)
}

fn both(
    source: &Source<'_>,
    events: &mut dyn Write,
    mentions: &mut dyn Write,
) -> Result<Written, ExportError> {
    let mut written = Written::default();
    Event::each(source, |event| {
        if !event.happened(&mut written) {
            return Ok(());
        }
        let Some(cameo) = codes::cameo(&event.row) else {
            written.left_out("events without a CAMEO code");
            return Ok(());
        };
        let when = when(&event, &mut written);
        for actor in one_or_none(&event.actors) {
            for recipient in one_or_none(&event.recipients) {
                tsv::line(events, &event_line(&event, cameo, &when, actor, recipient))?;
            }
        }
        written.row("events");
        tsv::line(mentions, &mention_line(&event))
    })?;
    Ok(written)
}

/// SQLDATE, MonthYear, Year, FractionDate.
fn when(event: &Event, written: &mut Written) -> [String; 4] {
    let day = event.day(written);
    let Some(date) = row::date(&event.row, "date") else {
        return Default::default();
    };
    let year = date.year_number();
    let month = date.month_number().map(|month| format!("{year}{month:02}"));
    let fraction = day.and_then(|day| {
        // GDELT counts months of 30 days: (month * 30 + day) / 365.
        let days = i32::from(day.month_number()?) * 30 + i32::from(day.day_number()?);
        Some(format!("{:.4}", f64::from(year) + f64::from(days) / 365.0))
    });
    [
        day.map(|day| day.to_string().replace('-', ""))
            .unwrap_or_default(),
        month.unwrap_or_default(),
        year.to_string(),
        fraction.unwrap_or_default(),
    ]
}

fn event_line(
    event: &Event,
    cameo: codes::Cameo,
    when: &[String; 4],
    actor: Option<&Map>,
    recipient: Option<&Map>,
) -> Vec<String> {
    let mut cells = vec![row::word(&event.row, "event_id").to_owned()];
    cells.extend(when.clone());
    cells.extend(party(actor));
    cells.extend(party(recipient));
    let first = row::int(&event.sentence, "n") == Some(0);
    cells.extend([
        // GDELT's root events are those of the lead paragraph; here, of the first sentence.
        i32::from(first).to_string(),
        cameo.code.to_owned(),
        cameo.code[..3].to_owned(),
        cameo.code[..2].to_owned(),
        row::int(&event.row, "quad")
            .map(|n| n.to_string())
            .unwrap_or_default(),
        cameo.goldstein.unwrap_or_default().to_owned(),
        "1".to_owned(),
        "1".to_owned(),
        "1".to_owned(),
        String::new(),
    ]);
    cells.extend([const { String::new() }; 16]);
    cells.extend(place(event.place.as_deref()));
    cells.push(String::new());
    cells.push(row::word(&event.page, "uri").to_owned());
    cells
}

/// Code, name, country, known group, ethnicity, two religions, three types.
fn party(party: Option<&Map>) -> [String; 10] {
    let mut cells = [const { String::new() }; 10];
    let Some(party) = party else {
        return cells;
    };
    let country = row::word(party, "country");
    let sectors = row::list(party, "sectors");
    let types: Vec<&str> = sectors
        .into_iter()
        .filter_map(codes::cameo_sector)
        .take(3)
        .collect();
    cells[0] = format!("{country}{}", types.concat());
    cells[1] = row::word(party, "name").to_uppercase();
    cells[2] = country.to_owned();
    for (at, code) in types.iter().enumerate() {
        cells[7 + at] = (*code).to_owned();
    }
    cells
}

/// Type, full name, country, two divisions, latitude, longitude, feature.
fn place(place: Option<&Map>) -> [String; 8] {
    let mut cells = [const { String::new() }; 8];
    let Some(place) = place else {
        return cells;
    };
    let iso = row::word(place, "country");
    let country = codes::country(iso);
    let usa = iso == "USA";
    let kind = match row::word(place, "kind") {
        "country" => "1",
        "admin1" if usa => "2",
        "admin1" => "5",
        "sea" | "region" | "river" => "",
        _ if usa => "3",
        _ => "4",
    };
    cells[0] = kind.to_owned();
    let name = row::word(place, "name");
    let parts = [
        Some(name),
        row::text(place, "admin1"),
        country.map(|c| c.name),
    ];
    let mut full: Vec<&str> = parts.into_iter().flatten().collect();
    full.dedup();
    cells[1] = full.join(", ");
    cells[2] = country.and_then(|c| c.fips).unwrap_or_default().to_owned();
    cells[5] = tsv::number(row::real(place, "lat"));
    cells[6] = tsv::number(row::real(place, "lon"));
    cells
}

fn mention_line(event: &Event) -> Vec<String> {
    let at = |key: &str| {
        let first = row::spans(&event.row, key).first().copied();
        first.map_or("-1".to_owned(), |(start, _)| start.to_string())
    };
    let published = row::day(&event.article, "published");
    let published = published.map(|day| format!("{}000000", day.to_string().replace('-', "")));
    let length = row::text(&event.article, "text").map(|text| text.chars().count().to_string());
    let confidence = row::real(&event.row, "confidence");
    vec![
        row::word(&event.row, "event_id").to_owned(),
        String::new(),
        published.unwrap_or_default(),
        if event.url().is_some() { "1" } else { "2" }.to_owned(),
        row::word(&event.article, "publisher").to_owned(),
        row::word(&event.page, "uri").to_owned(),
        row::int(&event.sentence, "n")
            .map(|n| (n + 1).to_string())
            .unwrap_or_default(),
        at("actor"),
        at("recipient"),
        at("trigger"),
        "1".to_owned(),
        confidence
            .map(|c| format!("{:.0}", c * 100.0))
            .unwrap_or_default(),
        length.unwrap_or_default(),
        String::new(),
        String::new(),
        String::new(),
    ]
}
