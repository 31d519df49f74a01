//! ICEWS: events in the 20 columns of its files, parted by tabs.
//!
//! Only events that are told as having happened (`status` actual) and have a CAMEO code. ICEWS
//! has one source and one target a line: an event with several actors or recipients is one
//! line for each pair, all with its id, so count distinct ids. `Intensity` is the Goldstein value
//! of the CAMEO code, as in ICEWS, not PLOVER's. Sectors that ICEWS has a word for are in its
//! words, the others are PLOVER codes. `Story ID` is the article, `Sentence Number` counts from
//! one. `Event Date` needs a day: of a less exact date the cell is empty. What is missing is
//! empty. Lost: the sentence, status, who says so, the confidence, the rule.

use std::io::Write;
use std::rc::Rc;

use onrecord_record::Map;

use super::{Format, Shape};
use crate::event::Event;
use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, codes, row, tsv};

pub(super) const FORMAT: Format = Format {
    name: "icews",
    extension: "tsv",
    what_for: "scripts written for ICEWS: events with CAMEO codes in its 20 columns",
    files: "icews.tsv",
    media_type: "text/tab-separated-values",
    holds_card: false,
    is_text: false,
    shape: Shape::Document {
        file: "icews.tsv",
        takes: &["events"],
        write,
    },
};

const HEADER: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<Written, ExportError> {
    tsv::line(out, &HEADER.map(str::to_owned))?;
    let mut written = Written::default();
    Event::each(source, |event| {
        if !event.happened(&mut written) {
            return Ok(());
        }
        let Some(cameo) = codes::cameo(&event.row) else {
            written.left_out("events without a CAMEO code");
            return Ok(());
        };
        let day = event.day(&mut written).map(|day| day.to_string());
        let place = place(event.place.as_deref());
        let sentence = row::int(&event.sentence, "n").map(|n| (n + 1).to_string());
        for actor in one_or_none(&event.actors) {
            for recipient in one_or_none(&event.recipients) {
                let mut cells = vec![
                    row::word(&event.row, "event_id").to_owned(),
                    day.clone().unwrap_or_default(),
                ];
                cells.extend(party(actor));
                cells.extend([
                    cameo.name.to_owned(),
                    cameo.code.to_owned(),
                    cameo.goldstein.unwrap_or_default().to_owned(),
                ]);
                cells.extend(party(recipient));
                cells.extend([
                    row::word(&event.article, "article_id").to_owned(),
                    sentence.clone().unwrap_or_default(),
                    row::word(&event.article, "publisher").to_owned(),
                ]);
                cells.extend(place.clone());
                tsv::line(out, &cells)?;
            }
        }
        written.row("events");
        Ok(())
    })?;
    Ok(written)
}

/// The parties one by one; one that is not there if there is none.
pub(super) fn one_or_none(parties: &[Rc<Map>]) -> Vec<Option<&Map>> {
    if parties.is_empty() {
        vec![None]
    } else {
        parties.iter().map(|party| Some(&**party)).collect()
    }
}

/// Name, sectors, country.
fn party(party: Option<&Map>) -> [String; 3] {
    let Some(party) = party else {
        return Default::default();
    };
    let sectors: Vec<&str> = row::list(party, "sectors")
        .into_iter()
        .map(sector)
        .collect();
    [
        row::word(party, "name").to_owned(),
        sectors.join(","),
        row::text(party, "country").map(country).unwrap_or_default(),
    ]
}

/// ICEWS's word for a sector, where there is one.
fn sector(plover: &str) -> &str {
    match plover {
        "GOV" => "Government",
        "MIL" => "Military",
        "COP" => "Police",
        "JUD" => "Judicial",
        "LEG" => "Legislative / Parliamentary",
        "PTY" => "Parties",
        "UAF" => "Unidentified Forces",
        "BUS" => "Business",
        "CVL" => "General Population / Civilian / Social",
        "EDU" => "Education",
        "ELI" => "Elite",
        "SOC" => "Social",
        other => other,
    }
}

/// A country's name as ICEWS writes it; its code where the name is not known.
fn country(iso: &str) -> String {
    match iso {
        "RUS" => "Russian Federation".to_owned(),
        _ => codes::country(iso).map_or(iso, |c| c.name).to_owned(),
    }
}

/// City, district, province, country, latitude, longitude.
fn place(place: Option<&Map>) -> [String; 6] {
    let Some(place) = place else {
        return Default::default();
    };
    let name = |kinds: &[&str]| {
        let is = kinds.contains(&row::word(place, "kind"));
        if is { row::word(place, "name") } else { "" }.to_owned()
    };
    let province = row::text(place, "admin1").map(str::to_owned);
    [
        name(&["city", "town"]),
        name(&["district"]),
        province.unwrap_or_else(|| name(&["admin1"])),
        row::text(place, "country").map(country).unwrap_or_default(),
        tsv::number(row::real(place, "lat")),
        tsv::number(row::real(place, "lon")),
    ]
}
