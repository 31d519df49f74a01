//! Lines that a host repeats on many of its pages.

use std::collections::BTreeMap;

use super::line_hash;
use crate::HostLines;
use onrecord_model::Page;

/// A line is furniture from this many pages on.
const LEAST_PAGES: u32 = 3;
/// Lines of this many words are paragraphs: wire copy that a host runs often, unless half
/// of its pages have it.
const PARAGRAPH_WORDS: usize = 25;
/// Lines of this many words are body text on most pages.
const LONG_WORDS: usize = 12;
/// After so many pages of a host, lines met too seldom are forgotten (lossy counting): a
/// count is at most one in `WINDOW` pages too low, and memory stays bounded.
const WINDOW: u32 = 256;
/// How many lines are kept, of all hosts together: some 200 MB. When there are more, those met
/// least are forgotten until half as many are left. A line that a host repeats is lost by this
/// only where tens of thousands of pages of other hosts lie between two of its own.
const MOST_LINES: usize = 4_000_000;

/// A line of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageLine {
    /// As [`line_hash`] gives it.
    pub hash: u64,
    /// Words between spaces.
    pub words: usize,
}

/// The lines of a page with letters in them, each once.
pub fn lines_of(page: &Page) -> Vec<PageLine> {
    let of = |line: &String| {
        Some(PageLine {
            hash: line_hash(line)?,
            words: line.split_whitespace().count(),
        })
    };
    let mut lines: Vec<PageLine> = crate::lines(page).iter().filter_map(of).collect();
    lines.sort_unstable();
    lines.dedup_by_key(|line| line.hash);
    lines
}

/// How often the lines of each host stand on its pages.
///
/// Pages are counted in the order of the input, those of a host one after another: another order
/// of the pages of a host with more than 256 pages may give other lines.
///
/// ```
/// use onrecord_pages::{Hosts, PageLine};
/// let menu = PageLine { hash: 7, words: 2 };
/// let mut hosts = Hosts::default();
/// for _ in 0..3 {
///     hosts.add("a.example", &[menu]);
/// }
/// hosts.settle();
/// let lines: Vec<_> = hosts.lines().collect();
/// assert_eq!(lines, [("a.example", vec![7])]);
/// ```
#[derive(Debug, Default)]
pub struct Hosts {
    hosts: BTreeMap<String, Host>,
    /// Lines of all hosts.
    lines: usize,
}

#[derive(Debug, Default)]
struct Host {
    pages: u32,
    lines: BTreeMap<u64, Seen>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    pages: u32,
    /// How often it may have been seen before it was counted.
    before: u32,
    paragraph: bool,
}

impl Hosts {
    /// Counts a page of `host`.
    pub fn add(&mut self, host: &str, lines: &[PageLine]) {
        if !self.hosts.contains_key(host) {
            self.hosts.insert(host.to_owned(), Host::default());
        }
        let Some(host) = self.hosts.get_mut(host) else {
            return;
        };
        let before = host.pages / WINDOW;
        let kept = host.lines.len();
        for line in lines {
            let paragraph = line.words >= PARAGRAPH_WORDS;
            let seen = host.lines.entry(line.hash).or_insert(Seen {
                pages: 0,
                before,
                paragraph,
            });
            seen.pages += 1;
        }
        host.pages += 1;
        if host.pages.is_multiple_of(WINDOW) {
            let windows = host.pages / WINDOW;
            host.lines
                .retain(|_, seen| seen.pages + seen.before > windows);
        }
        self.lines = self.lines + host.lines.len() - kept;
        if self.lines > MOST_LINES {
            self.forget(MOST_LINES / 2);
        }
    }

    /// Forgets the lines met least until at most so many are left.
    fn forget(&mut self, most: usize) {
        for least in 2.. {
            for host in self.hosts.values_mut() {
                host.lines.retain(|_, seen| seen.pages >= least);
            }
            self.lines = self.hosts.values().map(|host| host.lines.len()).sum();
            if self.lines <= most {
                return;
            }
        }
    }

    /// Forgets all lines that are no furniture; to be called when every page was counted.
    pub fn settle(&mut self) {
        self.hosts.retain(|_, host| {
            let pages = host.pages;
            host.lines.retain(|_, seen| {
                let share = if seen.paragraph { 2 } else { 4 };
                seen.pages >= LEAST_PAGES && seen.pages * share >= pages
            });
            !host.lines.is_empty()
        });
    }

    /// The hosts that have lines left, each with them.
    pub fn lines(&self) -> impl Iterator<Item = (&str, Vec<u64>)> {
        let hosts = self.hosts.iter();
        hosts.map(|(name, host)| (name.as_str(), host.lines.keys().copied().collect()))
    }

    /// Adds a host of which it is settled elsewhere what it repeats, as [`Hosts::lines`] gave it.
    pub fn add_settled(&mut self, host: &str, lines: impl IntoIterator<Item = u64>) {
        let seen = Seen {
            pages: LEAST_PAGES,
            before: 0,
            paragraph: false,
        };
        let host = self.hosts.entry(host.to_owned()).or_default();
        host.lines
            .extend(lines.into_iter().map(|line| (line, seen)));
    }

    /// Whether no host has lines left.
    pub fn is_empty(&self) -> bool {
        self.hosts.is_empty()
    }

    /// The lines of a page that are furniture of its host; none where more than 60 % of the
    /// page's long lines would go, since then the host runs the same text again.
    pub fn furniture(&self, host: &str, lines: &[PageLine]) -> HostLines {
        let Some(host) = self.hosts.get(host) else {
            return HostLines::new();
        };
        let takes = |line: &&PageLine| host.lines.contains_key(&line.hash);
        let long = || lines.iter().filter(|line| line.words >= LONG_WORDS);
        if long().filter(takes).count() * 10 > long().count() * 6 {
            return HostLines::new();
        }
        lines.iter().filter(takes).map(|line| line.hash).collect()
    }
}

#[cfg(test)]
mod tests {
    use onrecord_model::MediaType;

    use super::*;

    fn page(text: &str) -> Vec<PageLine> {
        let page = Page {
            id: String::new(),
            uri: String::new(),
            sha256: String::new(),
            media_type: MediaType::Text,
            bytes: 0,
            encoding: String::new(),
            text: text.to_owned(),
            declared: Default::default(),
        };
        lines_of(&page)
    }

    fn hosts(pages: &[Vec<PageLine>]) -> Hosts {
        let mut hosts = Hosts::default();
        for page in pages {
            hosts.add("a.example", page);
        }
        hosts.settle();
        hosts
    }

    #[test]
    fn what_three_pages_and_a_quarter_repeat_is_furniture() {
        let body = |n: usize| {
            format!(
                "Menu of the day\nThe minister spoke of plan number {n} at some length on the day that was set"
            )
        };
        let pages: Vec<_> = (0..12)
            .map(|n| match n % 4 {
                0 => page(&body(n)),
                _ => page(
                    body(n)
                        .strip_prefix("Menu of the day\n")
                        .unwrap_or_default(),
                ),
            })
            .collect();
        let found = hosts(&pages);
        assert_eq!(found.furniture("a.example", &pages[0]).len(), 1);
        assert!(found.furniture("a.example", &pages[1]).is_empty());
        assert!(found.furniture("b.example", &pages[0]).is_empty());
        assert!(hosts(&pages[..8]).is_empty(), "two pages are too few");
    }

    #[test]
    fn a_text_that_is_printed_again_stays() {
        let text = "One sentence of some twelve words stands on this page and on others\nMenu";
        let pages = vec![page(text); 5];
        assert!(hosts(&pages).furniture("a.example", &pages[0]).is_empty());
    }

    #[test]
    fn memory_stays_bounded() {
        let mut hosts = Hosts::default();
        for n in 0..5 * WINDOW as usize {
            hosts.add(
                "a.example",
                &page(&format!("menu\nline number {n}\nanother line {n}")),
            );
        }
        assert!(hosts.hosts["a.example"].lines.len() < 10);
        assert_eq!(hosts.lines, hosts.hosts["a.example"].lines.len());
        hosts.settle();
        assert_eq!(hosts.furniture("a.example", &page("menu")).len(), 1);
    }

    #[test]
    fn many_hosts_keep_the_lines_they_repeat() {
        let mut hosts = Hosts::default();
        for n in 0..400 {
            let text = format!("menu\nline number {n}\nanother line {n}");
            hosts.add(&format!("{}.example", n % 40), &page(&text));
        }
        assert_eq!(hosts.lines, 40 * 21);
        hosts.forget(100);
        assert_eq!(hosts.lines, 40);
        hosts.settle();
        assert_eq!(hosts.furniture("7.example", &page("menu")).len(), 1);
    }
}
