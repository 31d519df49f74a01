//! What a host asks of crawlers: robots.txt as RFC 9309 has it.
//!
//! The crates for it bring a parser library each; the rules are a page long.

use std::time::Duration;

/// Bytes of a robots.txt that are read.
pub const MOST: u64 = 500 << 10;
/// A crawl delay longer than this is cut to it.
const LONGEST: Duration = Duration::from_secs(120);
/// The name that groups of rules are addressed to.
const NAME: &str = "onrecord";

/// The rules of one host.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robots {
    /// A pattern of paths, and whether it allows them.
    rules: Vec<(String, bool)>,
    /// How long to wait between two requests.
    pub delay: Option<Duration>,
}

impl Robots {
    /// Everything is allowed: the host has no robots.txt.
    pub fn all() -> Robots {
        Robots::default()
    }

    /// Nothing is: its robots.txt could not be had.
    pub fn nothing() -> Robots {
        Robots {
            rules: vec![("/".to_owned(), false)],
            delay: None,
        }
    }

    /// The rules for us: those of the groups that name us, else those for all.
    pub fn parse(text: &str) -> Robots {
        let (mut ours, mut all) = (None, None);
        // Whom the lines that come are addressed to.
        let (mut names_us, mut names_all, mut in_rules) = (false, false, true);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if std::mem::take(&mut in_rules) {
                    (names_us, names_all) = (false, false);
                }
                let name = value.to_ascii_lowercase();
                names_us |= product(&name) == NAME;
                names_all |= name == "*";
                if names_us {
                    ours.get_or_insert_with(Robots::default);
                }
                continue;
            }
            in_rules |= matches!(key.as_str(), "allow" | "disallow" | "crawl-delay");
            for (named, robots) in [(names_us, &mut ours), (names_all, &mut all)] {
                if named {
                    robots.get_or_insert_with(Robots::default).line(&key, value);
                }
            }
        }
        ours.or(all).unwrap_or_default()
    }

    fn line(&mut self, key: &str, value: &str) {
        match key {
            // An empty one forbids nothing.
            "allow" | "disallow" if !value.is_empty() => {
                self.rules.push((value.to_owned(), key == "allow"));
            }
            "crawl-delay" => {
                let seconds: Option<f64> = value.parse().ok();
                let seconds = seconds.filter(|s| (0.0..1e9).contains(s));
                self.delay = seconds.map(|s| Duration::from_secs_f64(s).min(LONGEST));
            }
            _ => {}
        }
    }

    /// Whether a path, with its query, may be asked for: the longest pattern that fits decides,
    /// of two as long the one that allows.
    pub fn allow(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, path));
        fitting
            .max_by_key(|(pattern, allows)| (pattern.len(), *allows))
            .is_none_or(|(_, allows)| *allows)
    }
}

/// The letters, `_` and `-` a name begins with.
fn product(name: &str) -> &str {
    let end = name.find(|c: char| !(c.is_ascii_alphabetic() || c == '_' || c == '-'));
    &name[..end.unwrap_or(name.len())]
}

/// Whether a path begins as a pattern says; `*` stands for anything, `$` for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for piece in pieces {
        if let Some(before) = last.replace(piece) {
            match rest.find(before) {
                Some(at) => rest = &rest[at + before.len()..],
                None => return false,
            }
        }
    }
    match last {
        None => !whole || rest.is_empty(),
        Some(piece) if whole => rest.ends_with(piece),
        Some(piece) => rest.contains(piece),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_pattern_decides() {
        let robots = Robots::parse(
            "User-agent: *\nDisallow: /\n\nUser-Agent: other\nUser-agent: OnRecord/1.0\n\
             Disallow: /private # not this\nAllow: /private/press\nDisallow: /*.pdf$\nCrawl-delay: 7\n",
        );
        for (path, allowed) in [
            ("/", true),
            ("/private", false),
            ("/private/x", false),
            ("/private/press/1", true),
            ("/a.pdf", false),
            ("/a.pdf?x", true),
            ("/robots.txt", true),
        ] {
            assert_eq!(robots.allow(path), allowed, "{path}");
        }
        assert_eq!(robots.delay, Some(Duration::from_secs(7)));
    }

    #[test]
    fn rules_for_all_count_where_none_are_for_us() {
        let robots = Robots::parse("user-agent: a\nallow: /\nuser-agent: *\ndisallow: /x*y\n");
        assert!(robots.allow("/x"));
        assert!(!robots.allow("/x/1/y/2"));
        // Rules for us that forbid nothing come before those for all.
        let robots = Robots::parse("User-agent: *\nDisallow: /\nUser-agent: onrecord\nDisallow:\n");
        assert!(robots.allow("/x"));
        assert!(Robots::parse("").allow("/x"));
        assert!(!Robots::nothing().allow("/x"));
    }

    #[test]
    fn of_two_as_long_the_one_that_allows_counts() {
        let robots = Robots::parse("User-agent: *\nDisallow: /a\nAllow: /a\n");
        assert!(robots.allow("/a"));
    }

    #[test]
    fn patterns_fit() {
        for (pattern, path, fit) in [
            ("/a*b*c", "/a1b2c3", true),
            ("/a*b*c", "/a1c2b3", false),
            ("/a*b$", "/a1b", true),
            ("/a*b$", "/abab", true),
            ("/a*b$", "/abc", false),
            ("/a$", "/ab", false),
            ("*", "/any", true),
            ("/fish*.php", "/fish/x.php?a=1", true),
        ] {
            assert_eq!(fits(pattern, path), fit, "{pattern} {path}");
        }
    }
}
