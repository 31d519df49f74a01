//! The author of an article. No author is better than a wrong one.

use onrecord_model::printed_dates;

use super::head::Head;
use super::json_ld::Linked;
use super::outline::Block;
use super::title::key;
use crate::text::byline;

/// Keys of `<meta>` that name an author.
const KEYS: [&str; 10] = [
    "author",
    "article:author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "authors",
];

/// Names that are no person's.
const NOBODY: [&str; 10] = [
    "admin",
    "administrator",
    "webmaster",
    "editor",
    "author",
    "user",
    "guest",
    "root",
    "unknown",
    "wordpress",
];

/// The author line, as far as the page gives one. `range` is the stretch of blocks from
/// title to the first paragraph, where bylines stand.
pub(crate) fn author(
    head: &Head,
    linked: &Linked,
    blocks: &[Block],
    range: std::ops::Range<usize>,
    publisher: Option<&str>,
) -> Option<String> {
    let good = |name: &str| clean(name, publisher);
    let named: Vec<String> = linked
        .authors
        .iter()
        .filter_map(|name| good(name))
        .collect();
    let said: Vec<String> = KEYS
        .iter()
        .map(|k| head.all_meta(k).filter_map(good).collect::<Vec<_>>())
        .find(|n| !n.is_empty())
        .unwrap_or_default();
    let printed = blocks
        .get(range.clone())
        .unwrap_or_default()
        .iter()
        .find_map(|block| byline::read(&block.text))
        .and_then(|line| good(&line.author));
    let marked: Vec<String> = head
        .authors
        .iter()
        .filter(|mark| mark.sure || range.contains(&mark.block))
        .filter_map(|mark| {
            let text = super::paragraphs::single_spaced(&mark.text);
            match byline::read(&text) {
                Some(line) => good(&line.author),
                None if mark.sure => good(&text),
                None => None,
            }
        })
        .collect();
    // The printed line is taken as it stands if the page's own data knows the names in it.
    let known = if named.is_empty() { &said } else { &named };
    if let Some(printed) = &printed
        && (known.is_empty() || known.iter().any(|name| holds(printed, name)))
    {
        let name = known.iter().find(|name| runs_on(printed, name, publisher));
        return Some(name.unwrap_or(printed).clone());
    }
    let chosen = [named, said, marked]
        .into_iter()
        .find(|names| !names.is_empty())?;
    Some(joined(chosen))
}

/// Whether a line is a name and, in the next breath, the outlet: "Ana Tal Harbour Post,
/// Oveth", where two elements stand side by side without a comma.
fn runs_on(line: &str, name: &str, publisher: Option<&str>) -> bool {
    let (line, name) = (line.to_lowercase(), name.to_lowercase());
    let outlet = publisher.unwrap_or_default().to_lowercase();
    line.strip_prefix(&name)
        .and_then(|rest| rest.strip_prefix(' '))
        .is_some_and(|rest| !outlet.is_empty() && rest.starts_with(&outlet))
}

/// Whether a line holds a name as words of its own, in whatever case. In "Ana TalStaff
/// Writer" two elements have run together, and the name is none.
fn holds(line: &str, name: &str) -> bool {
    let (line, name) = (line.to_lowercase(), name.to_lowercase());
    line.match_indices(&name).any(|(at, _)| {
        let (before, after) = (
            line[..at].chars().next_back(),
            line[at + name.len()..].chars().next(),
        );
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Names once each, as a line.
fn joined(names: Vec<String>) -> String {
    let mut once: Vec<String> = Vec::new();
    for name in names {
        if !once.iter().any(|other| key(other).contains(&key(&name))) {
            once.push(name);
        }
    }
    match once.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        [only] => only.clone(),
        _ => String::new(),
    }
}

/// A name as it may stand in the record, or `None` if it is none.
fn clean(name: &str, publisher: Option<&str>) -> Option<String> {
    let mut name = name.trim();
    if let Some(head) = name.get(..3)
        && head.eq_ignore_ascii_case("by ")
    {
        name = name[3..].trim_start();
    }
    for mark in [" | ", " – ", " — ", " @", "\u{2022}"] {
        name = name.split(mark).next().unwrap_or(name);
    }
    name = name.trim_matches(|c: char| c.is_whitespace() || ",;:|-–—•".contains(c));
    let lower = name.to_lowercase();
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_outlet = publisher.is_some_and(|p| {
        let (p, n) = (key(p), key(name));
        p == n
            || (n.len() > 3 && p.contains(&n))
            || (p.len() > 3 && n.contains(&p) && words.len() <= 4)
    });
    let wrong = !(2..=120).contains(&name.chars().count())
        || words.len() > 14
        || name.contains("://")
        || name.contains("www.")
        || name.contains('@')
        || lower.ends_with(".com")
        || name.chars().filter(char::is_ascii_digit).count() > 0
        || !name.contains(char::is_alphabetic)
        || !name.starts_with(|c: char| c.is_uppercase() || !c.is_ascii())
        || NOBODY.contains(&lower.as_str())
        || is_outlet
        || !printed_dates(name, None).is_empty()
        || [
            " ago",
            "posted",
            "updated",
            "published",
            "email ",
            "read more",
            "follow ",
        ]
        .iter()
        .any(|w| lower.contains(w));
    (!wrong).then(|| super::paragraphs::single_spaced(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_what_is_none() {
        for (name, expected) in [
            ("By Ana Tal", Some("Ana Tal")),
            ("Ana Tal, ", Some("Ana Tal")),
            ("Staff", Some("Staff")),
            ("أمل طالب", Some("أمل طالب")),
            ("admin", None),
            ("Harbour Post", None),
            ("The Harbour Post Staff", None),
            ("https://example.org/ana", None),
            ("3 hours ago Ana Tal", None),
            ("ana.tal@example.org", None),
        ] {
            assert_eq!(
                clean(name, Some("The Harbour Post")).as_deref(),
                expected,
                "{name}"
            );
        }
    }

    #[test]
    fn a_line_holds_whole_names() {
        assert!(holds("ANA TAL, Staff Writer", "Ana Tal"));
        assert!(!holds("Ana TalStaff Writer", "Ana Tal"));
    }

    #[test]
    fn the_outlet_after_a_name_is_no_part_of_it() {
        let post = Some("Harbour Post");
        assert!(runs_on("Ana Tal Harbour Post, Oveth", "Ana Tal", post));
        assert!(!runs_on("Ana Tal and Omar Benn", "Ana Tal", post));
        assert!(!runs_on("Ana Tal Benn", "Ana Tal", None));
    }

    #[test]
    fn several_names_make_a_line() {
        let names = |list: &[&str]| joined(list.iter().map(|n| (*n).to_owned()).collect());
        assert_eq!(
            names(&["Ana Tal", "Omar Benn", "Ana Tal"]),
            "Ana Tal and Omar Benn"
        );
        assert_eq!(
            names(&["Ana Tal", "Omar Benn", "Li Wen"]),
            "Ana Tal, Omar Benn and Li Wen"
        );
    }
}
