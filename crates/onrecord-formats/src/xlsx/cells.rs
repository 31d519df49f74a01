//! What stands in cells: shared strings, and numbers that are dates.

use std::sync::Arc;

use crate::xml::{Node, Xml, local};

/// The strings that cells share, by their number.
#[derive(Clone, Default)]
pub(super) struct Strings(Arc<Vec<Box<str>>>);

impl Strings {
    pub fn read(text: &str, most: u64) -> Result<Strings, String> {
        let mut all: Vec<Box<str>> = Vec::new();
        let mut one = String::new();
        let (mut in_text, mut phonetic) = (false, false);
        let mut bytes = 0_u64;
        let mut xml = Xml::new(text.as_bytes());
        while let Some(node) = xml
            .next()
            .map_err(|error| format!("its strings: {error}"))?
        {
            match node {
                Node::Open(element) => match local(&element.name) {
                    "si" => one.clear(),
                    "t" => in_text = true,
                    "rPh" => phonetic = true,
                    _ => {}
                },
                Node::Close(name) => match local(&name) {
                    "si" => {
                        // Each has a cost of its own, even if it is empty.
                        bytes += one.len() as u64 + 16;
                        if bytes > most {
                            return Err("its strings are too long".to_owned());
                        }
                        all.push(std::mem::take(&mut one).into());
                    }
                    "t" => in_text = false,
                    "rPh" => phonetic = false,
                    _ => {}
                },
                Node::Text(text) if in_text && !phonetic => one.push_str(&text),
                Node::Text(_) => {}
            }
        }
        Ok(Strings(Arc::new(all)))
    }

    pub fn get(&self, n: &str) -> Option<&str> {
        let n: usize = n.trim().parse().ok()?;
        self.0.get(n).map(AsRef::as_ref)
    }
}

/// Which styles show a number as a date.
#[derive(Clone, Default)]
pub(super) struct Styles(Arc<Vec<bool>>);

impl Styles {
    pub fn read(text: &str) -> Styles {
        let mut own = std::collections::BTreeSet::new();
        let mut dates = Vec::new();
        let mut in_cells = false;
        let mut xml = Xml::new(text.as_bytes());
        while let Ok(Some(node)) = xml.next() {
            match node {
                Node::Open(element) => match local(&element.name) {
                    "numFmt" => {
                        let id = element
                            .get("numFmtId")
                            .and_then(|id| id.parse::<u32>().ok());
                        if let Some(id) = id
                            && shows_date(element.get("formatCode").unwrap_or_default())
                        {
                            own.insert(id);
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells && dates.len() < 1 << 16 => {
                        let id = element
                            .get("numFmtId")
                            .and_then(|id| id.parse::<u32>().ok());
                        let id = id.unwrap_or(0);
                        dates.push(
                            matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
                                || own.contains(&id),
                        );
                    }
                    _ => {}
                },
                Node::Close(name) if local(&name) == "cellXfs" => in_cells = false,
                _ => {}
            }
        }
        Styles(Arc::new(dates))
    }

    pub fn is_date(&self, style: Option<&str>) -> bool {
        let style: Option<usize> = style.and_then(|style| style.parse().ok());
        style
            .and_then(|style| self.0.get(style))
            .copied()
            .unwrap_or(false)
    }
}

/// Whether a format such as `yyyy\-mm\-dd` shows days; words in quotation marks and colours in
/// brackets do not count.
fn shows_date(format: &str) -> bool {
    let mut plain = String::new();
    let mut until = None;
    let mut signs = format.chars();
    while let Some(sign) = signs.next() {
        match (until, sign) {
            (Some(end), sign) if sign == end => until = None,
            (Some(_), _) => {}
            (None, '"') => until = Some('"'),
            (None, '[') => until = Some(']'),
            (None, '\\' | '_' | '*') => {
                signs.next();
            }
            (None, sign) => plain.push(sign.to_ascii_lowercase()),
        }
    }
    plain.contains('y') || plain.contains('d')
}

/// A number of days as a date, with the time of day where there is one.
pub(super) fn date(serial: f64, since_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let days = serial.floor();
    let seconds = ((serial - days) * 86_400.0).round() as u32;
    let mut day = days as i64;
    if since_1904 {
        day += 1462;
    } else if day < 60 {
        // Spreadsheets know a 29 February 1900, which was not.
        day += 1;
    }
    // Day 25,569 is 1 January 1970.
    let (year, month, day) = civil(day - 25_569);
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(match seconds {
        0 | 86_400.. => date,
        s => format!("{date} {:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60),
    })
}

/// Year, month and day of a number of days after 1 January 1970 (Howard Hinnant's way).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        assert_eq!(date(43_864.0, false).as_deref(), Some("2020-02-03"));
        assert_eq!(
            date(43_864.5, false).as_deref(),
            Some("2020-02-03 12:00:00")
        );
        assert_eq!(date(42_402.0, true).as_deref(), Some("2020-02-03"));
        assert_eq!(date(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(date(-1.0, false), None);
        assert_eq!(date(f64::NAN, false), None);
    }

    #[test]
    fn formats_of_days() {
        assert!(shows_date("yyyy\\-mm\\-dd") && shows_date("[$-409]d/m/yy"));
        assert!(!shows_date("0.00") && !shows_date("#,##0\\ \"days\"") && !shows_date("[Red]0"));
    }
}
