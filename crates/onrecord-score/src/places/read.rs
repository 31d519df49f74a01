//! Labelled places from XML.

use std::path::Path;

use onrecord_model::Span;

use super::{GoldPlaces, PlaceAt};
use crate::ScoreError;

/// Reads the form of LGL and TR-News (`toponym` with `gaztag`) or that of GeoVirus
/// (`location`, whose offsets begin at one).
///
/// # Errors
/// If the file is no such XML, or an offset lies outside its text.
pub fn read(file: &str, path: &Path) -> Result<Vec<GoldPlaces>, ScoreError> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let document = roxmltree::Document::parse_with_options(file, options)
        .map_err(|error| ScoreError::content(path, error))?;
    let articles = document.descendants().filter(|n| n.has_tag_name("article"));
    articles
        .enumerate()
        .map(|(n, article)| {
            let text = cell(article, "text").unwrap_or_default().to_owned();
            let name = article
                .attribute("docid")
                .or_else(|| cell(article, "source"));
            let name = name.map_or_else(|| (n + 1).to_string(), str::to_owned);
            // where each character begins
            let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            starts.push(text.len());
            let mut places = Vec::new();
            for node in article.descendants() {
                let shift = match node.tag_name().name() {
                    "toponym" => 0,
                    "location" => 1,
                    _ => continue,
                };
                let place = place(node, shift, &starts).ok_or_else(|| {
                    let what = format!("article {name}: a place without offsets in its text");
                    ScoreError::content(path, what)
                })?;
                places.push(place);
            }
            places.sort_by_key(|p| p.span);
            Ok(GoldPlaces { name, text, places })
        })
        .collect()
}

fn cell<'a>(node: roxmltree::Node<'a, '_>, name: &str) -> Option<&'a str> {
    let child = node.children().find(|n| n.has_tag_name(name))?;
    child.text()
}

fn place(node: roxmltree::Node<'_, '_>, shift: usize, starts: &[usize]) -> Option<PlaceAt> {
    let offset = |name| -> Option<usize> {
        let n: usize = cell(node, name)?.trim().parse().ok()?;
        starts.get(n.checked_sub(shift)?).copied()
    };
    let (start, end) = (offset("start")?, offset("end")?);
    let told = node.children().find(|n| n.has_tag_name("gaztag"));
    let of = told.unwrap_or(node);
    let degrees = |name| cell(of, name)?.trim().parse::<f64>().ok();
    Some(PlaceAt {
        span: (start < end).then(|| Span::new(start, end))?,
        name: cell(of, "name").unwrap_or_default().to_owned(),
        at: degrees("lat").zip(degrees("lon")),
        geonames: told
            .and_then(|t| t.attribute("geonameid"))
            .and_then(|id| id.parse().ok()),
        actor: false,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const TOPONYMS: &str = r#"<?xml version="1.0"?><articles><article docid="7"><title>x</title>
        <text><![CDATA[Café talks in Velm & Tarn.]]></text><toponyms>
        <toponym><start>14</start><end>18</end><phrase>Velm</phrase>
        <gaztag geonameid="12"><name>Velm</name><lat>10.0</lat><lon>20.0</lon>
        <country geonameid="1">Orvia</country></gaztag></toponym>
        <toponym><start>21</start><end>25</end><phrase>Tarn</phrase></toponym>
        </toponyms></article></articles>"#;

    pub fn gold(file: &str) -> Vec<GoldPlaces> {
        read(file, Path::new("a.xml")).expect("well formed")
    }

    #[test]
    fn both_forms_are_read() {
        let read = gold(TOPONYMS);
        assert_eq!(read[0].name, "7");
        let words: Vec<_> = read[0]
            .places
            .iter()
            .map(|p| p.span.of(&read[0].text))
            .collect();
        assert_eq!(words, ["Velm", "Tarn"]);
        assert_eq!(read[0].places[0].geonames, Some(12));
        assert_eq!(read[0].places[1].at, None);
        let read = gold(
            "<articles><article><source>a</source><text>In Velm.</text><locations><location>\
             <name>Velm</name><start>4</start><end>8</end><lat>1</lat><lon>2</lon></location>\
             </locations></article></articles>",
        );
        assert_eq!(read[0].places[0].span.of(&read[0].text), "Velm");
        assert_eq!(read[0].places[0].at, Some((1.0, 2.0)));
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        for wrong in [
            "<articles>",
            &TOPONYMS.replace("<end>25</end>", "<end>250</end>"),
        ] {
            assert!(super::read(wrong, Path::new("a.xml")).is_err());
        }
    }
}
