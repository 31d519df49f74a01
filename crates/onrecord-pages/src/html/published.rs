//! The date of publication, with where it was read.

use onrecord_model::{DateSource, PartialDate, Precision, printed_dates};

use super::head::Head;
use super::json_ld::Linked;
use super::outline::Block;
use crate::text::dateline;

/// Keys of `<meta>` that hold a date of publication and nothing else.
const PUBLISHED: [&str; 24] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_date",
    "publication_date",
    "article.published",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "bt:pubdate",
    "originalpublicationdate",
];
/// Keys that often hold it, and now and then the date of the last crawl or build.
const VAGUE: [&str; 6] = [
    "date",
    "dc.date",
    "dcterms.date",
    "article:published",
    "datecreated",
    "created",
];
/// Keys of dates of change.
const MODIFIED: [&str; 9] = [
    "article:modified_time",
    "og:updated_time",
    "article:modified",
    "og:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
];

/// No page of the web is older.
const FIRST_YEAR: i16 = 1990;

/// The date of publication that the page itself gives. A date of change is taken only where
/// there is no other, and then says so. `range` is the stretch of blocks around the title.
pub(crate) fn published(
    head: &Head,
    linked: &Linked,
    blocks: &[Block],
    range: std::ops::Range<usize>,
    url: Option<&str>,
) -> Option<(PartialDate, DateSource)> {
    let meta = |keys: &[&str]| keys.iter().flat_map(|k| head.all_meta(k)).find_map(read);
    let in_url = url.and_then(from_url);
    let changed = linked
        .modified
        .as_deref()
        .and_then(read)
        .or_else(|| meta(&MODIFIED));
    let agrees_with_url = |date: &PartialDate| in_url.is_none_or(|url| near(*date, url));

    let time = || {
        let near_title = |time: &&super::head::Time| range.contains(&time.block);
        let marked = head.times.iter().find(|t| t.published && near_title(t));
        let marked = marked.or_else(|| {
            let mut all = head.times.iter().filter(|t| t.published);
            all.next().filter(|_| all.next().is_none())
        });
        let any = marked.or_else(|| head.times.iter().filter(|t| !t.modified).find(near_title));
        any.and_then(|t| read(&t.datetime))
    };
    let line = || {
        let lines = blocks.get(range.clone()).unwrap_or_default();
        lines
            .iter()
            .filter_map(|block| dateline::read(&block.text))
            .find(|d| d.from != DateSource::ModifiedLine && !d.weekday_wrong)
    };
    let candidates = [
        linked
            .published
            .as_deref()
            .and_then(read)
            .map(|d| (d, DateSource::JsonLd)),
        meta(&PUBLISHED).map(|d| (d, DateSource::Meta)),
        time().map(|d| (d, DateSource::TimeElement)),
        line().map(|d| (d.date, d.from)),
        meta(&VAGUE)
            .filter(agrees_with_url)
            .map(|d| (d, DateSource::Meta)),
        in_url.map(|d| (d, DateSource::Url)),
    ];
    // A page is not changed before it is published. A day's slack for time zones.
    let too_late = |date: PartialDate| {
        changed.is_some_and(|changed| {
            date.bounds().0 > changed.bounds().1.plus_days(1).unwrap_or(changed)
        })
    };
    let believed = || {
        candidates
            .iter()
            .flatten()
            .copied()
            .filter(|(date, _)| !too_late(*date))
    };
    believed()
        .find(|(date, _)| date.precision() == Precision::Day)
        .or_else(|| believed().next())
        .or_else(|| {
            let lines = blocks.get(range.clone()).unwrap_or_default();
            let printed = lines
                .iter()
                .filter_map(|b| dateline::read(&b.text))
                .find(|d| d.from == DateSource::ModifiedLine);
            printed
                .map(|d| d.date)
                .or(changed)
                .map(|date| (date, DateSource::ModifiedLine))
        })
}

/// Whether two dates are at most a week apart, as far as they are known.
fn near(a: PartialDate, b: PartialDate) -> bool {
    let ((a_first, a_last), (b_first, b_last)) = (a.bounds(), b.bounds());
    let week = |date: PartialDate, days| date.plus_days(days).unwrap_or(date);
    week(a_first, -7) <= b_last && b_first <= week(a_last, 7)
}

/// Reads a date as machines and scrapers write it.
///
/// `2020-02-03T10:00:00Z`, `20200203`, `Mon, 3 Feb 2020 10:00:00 GMT`, seconds or
/// milliseconds since 1970.
pub(crate) fn read(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let date = if text.len() >= 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        from_digits(text)
    } else {
        iso(text).or_else(|| {
            printed_dates(text, None)
                .first()
                .filter(|d| d.has_year)
                .map(|d| d.date)
        })
    }?;
    (FIRST_YEAR..=2199)
        .contains(&date.year_number())
        .then_some(date)
}

/// The start of `2020-02-03T...`, `2020-02`.
fn iso(text: &str) -> Option<PartialDate> {
    let number = |range: std::ops::Range<usize>| -> Option<i16> {
        text.get(range)
            .filter(|t| t.bytes().all(|b| b.is_ascii_digit()))?
            .parse()
            .ok()
    };
    let year = number(0..4)?;
    if text.get(4..5) != Some("-") {
        return None;
    }
    let month = i8::try_from(number(5..7)?).ok()?;
    match text.get(7..8) {
        Some("-") => PartialDate::day(year, month, i8::try_from(number(8..10)?).ok()?),
        None => PartialDate::month(year, month),
        _ => None,
    }
}

/// `20200203`, `20200203101500`, seconds (10 digits) or milliseconds (13) since 1970.
fn from_digits(text: &str) -> Option<PartialDate> {
    match text.len() {
        8 | 14 => iso(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..8])),
        10 | 13 => {
            let seconds: i64 = text[..10].parse().ok()?;
            let days = i32::try_from(seconds / 86_400).ok()?;
            PartialDate::day(1970, 1, 1)?.plus_days(days)
        }
        _ => None,
    }
}

/// The date in an address: `/2019/11/18/`, `/2019/11/`, `/2019-11-18-`, `/20191118/`,
/// `/2019/nov/18/`.
pub(crate) fn from_url(url: &str) -> Option<PartialDate> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    for (at, part) in parts.iter().enumerate() {
        if let Some(date) = year(part).and_then(|year| dated_folders(year, &parts[at + 1..])) {
            return Some(date);
        }
        let whole = part.get(..10).and_then(iso).filter(|_| {
            part.get(10..11)
                .is_none_or(|c| !c.starts_with(|c: char| c.is_alphanumeric()))
        });
        let packed = (part.len() == 8 && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| from_digits(part))
            .flatten();
        if let Some(date) = whole.or(packed)
            && (FIRST_YEAR..2100).contains(&date.year_number())
        {
            return Some(date);
        }
    }
    None
}

fn year(part: &str) -> Option<i16> {
    let year: i16 = part.parse().ok().filter(|_| part.len() == 4)?;
    (FIRST_YEAR..2100).contains(&year).then_some(year)
}

fn dated_folders(year: i16, rest: &[&str]) -> Option<PartialDate> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let small = |part: &&str| part.parse::<i8>().ok().filter(|_| part.len() <= 2);
    let first = rest.first()?;
    let month = small(first).or_else(|| {
        let at = MONTHS.iter().position(|m| first.eq_ignore_ascii_case(m))?;
        i8::try_from(at + 1).ok()
    })?;
    let day = rest
        .get(1)
        .and_then(small)
        .and_then(|day| PartialDate::day(year, month, day));
    // The last part is the page itself: "/2019/11" may as well be an archive.
    day.or_else(|| {
        if rest.len() > 1 {
            PartialDate::month(year, month)
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_machines_write_them() {
        for (text, expected) in [
            ("2020-02-03T23:30:00-05:00", Some("2020-02-03")),
            ("2020-02-03 10:00", Some("2020-02-03")),
            ("2020-02", Some("2020-02")),
            ("20200203", Some("2020-02-03")),
            ("1580725800", Some("2020-02-03")),
            ("1580725800000", Some("2020-02-03")),
            ("Mon, 03 Feb 2020 10:00:00 GMT", Some("2020-02-03")),
            ("February 3, 2020", Some("2020-02-03")),
            ("0001-01-01T00:00:00", None),
            ("1970-01-01", None),
            ("2020-13-03", None),
            ("soon", None),
        ] {
            assert_eq!(
                read(text).map(|d| d.to_string()).as_deref(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn dates_in_addresses() {
        for (url, expected) in [
            (
                "https://example.org/2020/02/03/port-reopens",
                Some("2020-02-03"),
            ),
            (
                "https://example.org/news/2020/02/port-reopens",
                Some("2020-02"),
            ),
            (
                "https://example.org/world/2020/feb/03/port",
                Some("2020-02-03"),
            ),
            (
                "https://example.org/news/2020-02-03-port-reopens",
                Some("2020-02-03"),
            ),
            ("https://example.org/news/20200203/port", Some("2020-02-03")),
            ("https://example.org/news/port-14848164.php", None),
            ("https://example.org/2020/02", None),
            ("https://example.org/story/99999999/port", None),
            ("https://2020.example.org/", None),
        ] {
            assert_eq!(
                from_url(url).map(|d| d.to_string()).as_deref(),
                expected,
                "{url}"
            );
        }
    }
}
