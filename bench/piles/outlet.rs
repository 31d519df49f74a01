//! Outlets: who prints a page, and what stands around every article of theirs.

use crate::words::{Random, Words};

const SECTIONS: [&str; 16] = [
    "Home", "News", "World", "Politics", "Business", "Opinion", "Sport", "Culture", "Weather",
    "Science", "Health", "Travel", "Video", "Podcasts", "Letters", "Archive",
];
const NOTES: [&str; 8] = [
    "Sign up for our morning newsletter and never miss a story.",
    "Independent journalism needs your support. Become a member today.",
    "We use cookies to make this site work and to measure how it is used.",
    "Follow us for the latest headlines from the region.",
    "Download our app and read five articles a week for free.",
    "This site is registered with the council of the press.",
    "Have you seen something? Write to our newsroom in confidence.",
    "All rights reserved. No part of this page may be copied without consent.",
];

/// An outlet.
pub struct Outlet {
    pub name: String,
    pub host: String,
    pub menu: Vec<&'static str>,
    /// What it says of itself on every page.
    pub notes: Vec<&'static str>,
}

impl Outlet {
    /// The outlet of a number; the same number is the same outlet.
    pub fn new(words: &Words, number: usize) -> Outlet {
        let mut random = Random::new(number as u64 ^ 0x0071_e700);
        let kind = words.any("outlets", &mut random);
        let name = match kind.strip_prefix("The ") {
            Some(kind) => format!("The {} {kind}", words.made(8_000_000 + number as u64)),
            None => format!("{} {kind}", words.made(8_000_000 + number as u64)),
        };
        let host: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let mut pick = |list: &[&'static str], share| {
            let kept = list.iter().filter(|_| random.chance(share));
            kept.copied().collect::<Vec<_>>()
        };
        Outlet {
            host: format!("{}.example", host.to_lowercase()),
            menu: pick(&SECTIONS, 55),
            notes: pick(&NOTES, 40),
            name,
        }
    }

    /// The menu as items of a list.
    pub fn items(&self) -> String {
        let item = |section: &&str| {
            format!(
                "<li><a href=\"/{}\">{section}</a></li>",
                section.to_lowercase()
            )
        };
        self.menu.iter().map(item).collect()
    }

    /// What it says of itself, a paragraph each.
    pub fn said(&self) -> String {
        self.notes
            .iter()
            .map(|note| format!("<p>{note}</p>\n"))
            .collect()
    }
}
