//! Title, author, outlet and date of an article, as printed.

use onrecord_lexicon::FurnitureKind;
use onrecord_model::{Article, DateSource, LineRole, Page, PartialDate, printed_dates};

use super::byline::Byline;
use super::classify::Looks;
use super::dateline::DateLine;
use super::lines::RawLine;
use super::roles::Role;
use super::split::Stretch;

/// Fills in what the page prints about an article.
///
/// A picture's date, the outlet of a comment policy, and the year of a copyright line are
/// not taken for the article's date or outlet; the last serves to date what it tells.
pub fn fill(
    article: &mut Article,
    lines: &[RawLine<'_>],
    looks: &[Looks<'_>],
    roles: &[Role],
    stretch: &Stretch,
    page: &Page,
) {
    let declared = &page.declared;
    let own = stretch.start..stretch.end;
    let body = own.clone().find(|i| {
        matches!(
            roles[*i].0,
            LineRole::Body | LineRole::Dateline | LineRole::BlockQuotation
        )
    });
    let header = stretch.start..body.unwrap_or(stretch.end);
    let title = stretch
        .title
        .map(|t| spaced(lines[t].text.trim_start_matches('•')));
    article.title = title.or_else(|| declared.title.clone());

    let bylines: Vec<&Byline> = looks[header.clone()]
        .iter()
        .filter_map(|l| {
            if let Looks::Byline(b) = l {
                Some(b)
            } else {
                None
            }
        })
        .collect();
    let byline = bylines.iter().find(|b| !b.posted).or(bylines.first());
    article.author = byline
        .map(|b| b.author.clone())
        .or_else(|| (!declared.authors.is_empty()).then(|| declared.authors.join(", ")));

    let outlet_line = looks[header.clone()].iter().find_map(|l| {
        if let Looks::Outlet(name) = l {
            Some(name.clone())
        } else {
            None
        }
    });
    let copyright = own
        .clone()
        .filter_map(|i| copyright(&looks[i], lines[i].text))
        .next();
    article.publisher = byline
        .and_then(|b| b.publisher.clone())
        .or(outlet_line)
        .or_else(|| declared.publisher.clone())
        .or_else(|| copyright.as_ref().and_then(|c| c.holder.clone()));

    let dates = |range: std::ops::Range<usize>| -> Vec<&DateLine> {
        looks[range]
            .iter()
            .filter_map(|l| {
                if let Looks::Date(d) = l {
                    Some(d)
                } else {
                    None
                }
            })
            .collect()
    };
    let in_header = dates(header);
    let anywhere: Vec<&DateLine> = dates(own.clone());
    let of = |list: &[&DateLine], from| {
        list.iter()
            .find(|d| d.from == from)
            .map(|d| (d.date, d.from))
    };
    let printed = of(&in_header, DateSource::PublishedLine)
        .or_else(|| of(&in_header, DateSource::DateLine))
        .or_else(|| {
            bylines
                .iter()
                .find_map(|b| Some((b.date?, DateSource::Byline)))
        })
        .or_else(|| of(&anywhere, DateSource::PublishedLine))
        .or_else(|| of(&anywhere, DateSource::ModifiedLine));
    let outside = || {
        let text = declared.published.as_deref()?;
        Some((
            printed_dates(text, None)
                .first()
                .filter(|d| d.has_year)?
                .date,
            DateSource::Declared,
        ))
    };
    if let Some((date, from)) = printed.or_else(outside) {
        article.published = Some(date);
        article.published_from = Some(from);
    } else {
        let named = own
            .filter(|i| roles[*i].0 != LineRole::Comments)
            .map(|i| lines[i].text);
        let (within, not_before) = bounds(named);
        article.dated_within = copyright
            .and_then(|c| c.year)
            .and_then(PartialDate::year)
            .or(within);
        article.not_before = not_before;
    }
}

/// A printed line with every run of white space as one space.
fn spaced(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Copyright {
    holder: Option<String>,
    year: Option<i16>,
}

/// "Copyright © https://example.org   2020", "© 2019 The Example. All rights reserved."
fn copyright(looks: &Looks<'_>, text: &str) -> Option<Copyright> {
    if !matches!(looks, Looks::Furniture(f) if f.kind == FurnitureKind::Legal)
        || !(text.contains('©') || text.to_lowercase().starts_with("copyright"))
    {
        return None;
    }
    let mut year = None;
    let mut holder: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        if let Ok(number) = bare.parse::<i16>()
            && (1900..2200).contains(&number)
        {
            year = Some(number);
        } else if lower == "all" || lower == "rights" {
            break;
        } else if !bare.is_empty() && !matches!(lower.as_str(), "copyright" | "c" | "by") {
            let host = word
                .trim_start_matches("https://")
                .trim_start_matches("http://");
            holder.push(host.trim_end_matches(['/', '.', ',', '|']));
            if word.ends_with('.') {
                break;
            }
        }
    }
    let holder = (!holder.is_empty() && holder.len() <= 6).then(|| holder.join(" "));
    Some(Copyright { holder, year })
}

/// For an article without a printed date: the year it must fall in and the latest day it
/// names, where the dates it names leave no doubt: one year only is printed with a full
/// date, and a weekday printed beside a date without year agrees with that year.
fn bounds<'l>(
    named: impl Iterator<Item = &'l str> + Clone,
) -> (Option<PartialDate>, Option<PartialDate>) {
    let full: Vec<PartialDate> = named
        .clone()
        .flat_map(|l| printed_dates(l, None))
        .filter(|d| d.has_year)
        .map(|d| d.date)
        .collect();
    let Some(year) = full.first().map(|d| d.year_number()) else {
        return (None, None);
    };
    if full.iter().any(|d| d.year_number() != year) {
        return (None, None);
    }
    let without: Vec<_> = named
        .flat_map(|l| printed_dates(l, Some(year)))
        .filter(|d| !d.has_year)
        .collect();
    let confirmed = without
        .iter()
        .any(|d| d.weekday.is_some() && d.weekday_agrees());
    let contradicted = without.iter().any(|d| !d.weekday_agrees());
    if !confirmed || contradicted {
        return (None, None);
    }
    (
        PartialDate::year(year),
        without.iter().map(|d| d.date).chain(full).max(),
    )
}
