//! The Chicago Manual of Style: entries of a bibliography, for articles of news.

use onrecord_model::PartialDate;

use super::{Source, line};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The entry of an article, on one line, without italics.
pub fn chicago(source: &Source<'_>) -> String {
    let article = source.article;
    let text = |value: &Option<String>| value.as_deref().map(line);
    let (author, outlet) = (text(&article.author), text(&article.publisher));
    let title = text(&article.title).map(|title| format!("“{}”", ended(&inner(&title))));
    let date = source.date().map_or("n.d.".to_owned(), date);
    let mut parts = Vec::new();
    // The outlet stands first where no author is printed.
    let (first, within) = match author {
        Some(author) => (Some(author), outlet),
        None => (outlet, None),
    };
    parts.extend(first.map(|name| ended(&name)));
    parts.extend(title);
    parts.push(match within {
        Some(outlet) => ended(&format!("{outlet}, {date}")),
        None => ended(&date),
    });
    parts.push(match source.url() {
        Some(url) => format!("{url}."),
        None => format!("File {}.", line(&article.uri)),
    });
    parts.join(" ")
}

/// Quotation marks within quotation marks are single ones.
fn inner(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for c in title.chars() {
        match c {
            '“' => out.push('‘'),
            '”' => out.push('’'),
            '"' if out.is_empty() || out.ends_with([' ', '(']) => out.push('‘'),
            '"' => out.push('’'),
            c => out.push(c),
        }
    }
    out
}

/// With a full stop, unless one or a question is there.
fn ended(text: &str) -> String {
    let bare = text.trim_end_matches(['’', '”', '"']);
    match bare.ends_with(['.', '?', '!', '…']) {
        true => text.to_owned(),
        false => format!("{text}."),
    }
}

fn date(date: PartialDate) -> String {
    let month = date
        .month_number()
        .and_then(|month| MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?));
    match (month, date.day_number()) {
        (Some(month), Some(day)) => format!("{month} {day}, {}", date.year_number()),
        (Some(month), None) => format!("{month} {}", date.year_number()),
        _ => date.year_number().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{sources, tests::*};
    use super::*;
    use onrecord_record::Citation;

    fn entry(citation: Citation) -> String {
        let all = [citation];
        chicago(&sources(&all)[0])
    }

    #[test]
    fn entries_with_more_and_less_known() {
        let plain = Citation {
            title: Some("Council \"rejects\" the plan".into()),
            ..hostile()
        };
        assert_eq!(
            entry(plain.clone()),
            "Staff, Agencies. “Council ‘rejects’ the plan.” Lurren & Today, April 3, 2019. \
             https://example.org/a_b?x=%7B#top."
        );
        let unsigned = Citation {
            author: None,
            published: Some("2019-12".into()),
            title: Some("Who pays?".into()),
            ..plain.clone()
        };
        assert_eq!(
            entry(unsigned),
            "Lurren & Today. “Who pays?” December 2019. https://example.org/a_b?x=%7B#top."
        );
        let year = Citation {
            published: Some("2019".into()),
            publisher: None,
            ..plain
        };
        assert!(entry(year).contains("plan.” 2019. https"));
        assert_eq!(entry(bare()), "n.d. File pages/two words.txt.");
    }
}
