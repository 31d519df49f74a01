//! Codes of other codebooks: countries, CAMEO, sectors.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use onrecord_record::Map;

use crate::row;

/// A country as other systems call it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Country {
    /// English name.
    pub name: &'static str,
    /// FIPS 10-4, as GDELT has it for places.
    pub fips: Option<&'static str>,
    /// Number of the Correlates of War project.
    pub cow: Option<&'static str>,
    /// ISO 3166 alpha-2, in lower case.
    pub iso2: Option<&'static str>,
}

/// The country with this ISO 3166 alpha-3 code.
pub(crate) fn country(iso: &str) -> Option<Country> {
    static ALL: OnceLock<BTreeMap<&str, Country>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        lines(include_str!("codes/countries.tsv"))
            .filter_map(|cells| {
                let country = Country {
                    name: cells.get(1)?,
                    fips: cells.get(2).copied().filter(|code| *code != "-"),
                    cow: cells.get(3).copied().filter(|code| *code != "-"),
                    iso2: cells.get(4).copied(),
                };
                Some((*cells.first()?, country))
            })
            .collect()
    });
    all.get(iso).copied()
}

/// A CAMEO code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cameo {
    /// Three or four digits: always text, `010` is not `10`.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its value on the Goldstein scale, as printed.
    pub goldstein: Option<&'static str>,
}

/// The CAMEO code of an event; `None` where it has none or an unknown one.
pub(crate) fn cameo(event: &Map) -> Option<Cameo> {
    static ALL: OnceLock<BTreeMap<&str, Cameo>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        lines(include_str!("codes/cameo.tsv"))
            .filter_map(|cells| {
                let cameo = Cameo {
                    code: cells.first()?,
                    name: cells.get(1)?,
                    goldstein: cells.get(2).copied().filter(|value| *value != "-"),
                };
                Some((cameo.code, cameo))
            })
            .collect()
    });
    let code = row::text(event, "cameo")?;
    if code.len() == 2 {
        return all.get(format!("{code}0").as_str()).copied();
    }
    all.get(code).copied()
}

fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

/// The type code of CAMEO and GDELT for a PLOVER sector, where they have the same one.
pub(crate) fn cameo_sector(plover: &str) -> Option<&'static str> {
    const SAME: &[&str] = &[
        "COP", "GOV", "JUD", "LEG", "MIL", "OPP", "REB", "SPY", "UAF", "AGR", "BUS", "CRM", "CVL",
        "EDU", "ELI", "LAB", "REF",
    ];
    match plover {
        // PLOVER took these letters for medicine; in CAMEO they are the media.
        "MED" => Some("HLH"),
        "JRN" => Some("MED"),
        other => SAME.iter().find(|code| **code == other).copied(),
    }
}

/// The words of PLOVER's quad classes, as POLECAT prints them.
pub(crate) fn quad(number: Option<i64>) -> &'static str {
    match number {
        Some(1) => "VERBAL COOPERATION",
        Some(2) => "MATERIAL COOPERATION",
        Some(3) => "VERBAL CONFLICT",
        Some(4) => "MATERIAL CONFLICT",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::disallowed_methods)] // a test reads the lexicon
    fn every_code_of_the_crosswalk_is_known() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../lexicon/events/plover.toml"
        );
        let text = std::fs::read_to_string(path).expect("the lexicon");
        let crosswalk = text.split("[cameo]").nth(1).expect("a crosswalk");
        let crosswalk = crosswalk.split("\n[").next().unwrap_or_default();
        let mut n = 0;
        for line in crosswalk.lines().filter(|line| line.contains(" = \"")) {
            let code = line
                .split('"')
                .rev()
                .nth(1)
                .expect("a code in quotation marks");
            let mut event = Map::new();
            event.insert("cameo".to_owned(), code.into());
            assert!(
                cameo(&event).is_some(),
                "no CAMEO code {code} in codes/cameo.tsv"
            );
            n += 1;
        }
        assert!(n > 40, "{n} codes");
    }

    #[test]
    fn countries_in_four_systems() {
        let iraq = country("IRQ").expect("a country");
        assert_eq!(
            (iraq.name, iraq.fips, iraq.cow),
            ("Iraq", Some("IZ"), Some("645"))
        );
        assert_eq!(iraq.iso2, Some("iq"));
        assert_eq!(country("HKG").and_then(|c| c.cow), None);
        assert!(country("NAR").is_none());
    }
}
