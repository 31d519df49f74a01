//! Lines that stay in a body after extraction and are no part of it.

use std::collections::BTreeSet;

use onrecord_lexicon::{Furniture, FurnitureKind, Lexicon};
use onrecord_model::printed_dates;

use super::outline::{ASIDE, Block, FIGURE, QUOTATION, weight};
use super::paragraphs::{Kind, ends_sentence};
use super::select::Chosen;
use super::title;
use crate::text::{byline, dateline};
use crate::{HostLines, line_hash};

/// What the lines of a body are compared with.
pub(crate) struct Around<'a> {
    /// The blocks of the page.
    pub blocks: &'a [Block],
    /// The article's title.
    pub title: Option<&'a str>,
    /// Lines that the page's host repeats.
    pub host_lines: &'a HostLines,
    /// Words of furniture.
    pub lexicon: &'a Lexicon,
}

/// Takes the lines out of a body that are title, byline, date, promotion or link lists.
///
/// Inside the body only lines that are furniture by the lexicon, or links alone, go; at its
/// start also title, byline and date, at its end also notes about the author and the like.
pub(crate) fn tidy(mut chosen: Vec<Chosen>, around: &Around<'_>) -> Vec<Chosen> {
    let after_quotation: Vec<bool> = std::iter::once(false)
        .chain(
            chosen
                .windows(2)
                .map(|pair| pair[0].kind == Kind::Quotation && words(&pair[1].text) <= 6),
        )
        .collect();
    let mut after_quotation = after_quotation.into_iter();
    let below_links = around.below_links(&chosen);
    let echoes = around.echoes(&chosen);
    let mut at = 0..;
    chosen.retain(|line| {
        let gone = |at: usize| echoes.contains(&at) || below_links.contains(&at);
        if at.next().is_some_and(gone) {
            return false;
        }
        // A short line after a block quotation says whose it is, link or not.
        let source = after_quotation.next().unwrap_or(false);
        !around.repeats(line) && (source || !around.is_link_line(line))
    });
    let start = around.start(&chosen);
    chosen.drain(..start);
    let end = around.end(&chosen);
    chosen.truncate(end);
    chosen
}

impl Around<'_> {
    fn repeats(&self, line: &Chosen) -> bool {
        line_hash(&line.text).is_some_and(|hash| self.host_lines.contains(&hash))
    }

    fn furniture(&self, line: &Chosen) -> Option<&Furniture> {
        self.lexicon.pages.furniture_of(&line.text)
    }

    /// Share of the line that stands in links, in percent.
    pub fn linked(&self, line: &Chosen) -> usize {
        let linked = line.block.map_or(0, |at| self.blocks[at].linked);
        (linked * 100).checked_div(weight(&line.text)).unwrap_or(0)
    }

    /// Lines that stand apart and repeat words of a paragraph: pull quotes.
    fn echoes(&self, chosen: &[Chosen]) -> BTreeSet<usize> {
        const MOST: usize = 40;
        let apart = |line: &Chosen| {
            let marks = line.block.map_or(0, |at| self.blocks[at].marks);
            line.kind == Kind::Quotation || marks & (ASIDE | FIGURE | QUOTATION) != 0
        };
        let keys: Vec<String> = chosen.iter().map(|line| title::key(&line.text)).collect();
        let repeated = |at: usize| {
            let mut others = keys.iter().enumerate();
            others.any(|(other, key)| {
                other != at && key.len() > keys[at].len() && key.contains(keys[at].as_str())
            })
        };
        let lines = chosen.iter().enumerate().filter(|(_, line)| apart(line));
        lines
            .take(MOST)
            .map(|(at, _)| at)
            .filter(|at| keys[*at].len() >= 20 && repeated(*at))
            .collect()
    }

    /// Headings such as "More on this story" and the titles and dates below them, up to the
    /// next paragraph or its heading. The heading itself may not have been chosen.
    fn below_links(&self, chosen: &[Chosen]) -> BTreeSet<usize> {
        let mut below = BTreeSet::new();
        let (mut links, mut before) = (false, None);
        for (at, line) in chosen.iter().enumerate() {
            let between = match (before, line.block) {
                (Some(from), Some(to)) => self.blocks.get(from + 1..to).unwrap_or_default(),
                _ => &[],
            };
            before = line.block.or(before);
            links |= line.kind == Kind::Item
                && between.iter().any(|block| self.heads_links(&block.text));
            let next = chosen.get(at + 1);
            let heads_text =
                line.kind == Kind::Heading && next.is_some_and(|n| self.is_paragraph(n));
            if line.kind != Kind::Quotation && self.heads_links(&line.text) {
                links = true;
            } else if heads_text || self.is_paragraph(line) {
                links = false;
            }
            if links {
                below.insert(at);
            }
        }
        below
    }

    /// "More on this story", "Related topics".
    fn heads_links(&self, text: &str) -> bool {
        words(text) <= 6
            && !ends_sentence(text)
            && self
                .lexicon
                .pages
                .furniture_of(text)
                .is_some_and(|f| f.kind == FurnitureKind::Related && f.ends_article)
    }

    /// A paragraph of running text.
    fn is_paragraph(&self, line: &Chosen) -> bool {
        line.kind == Kind::Quotation
            || (line.kind != Kind::Heading
                && ends_sentence(&line.text)
                && words(&line.text) >= 6
                && weight(&line.text) >= 40
                && self.linked(line) < 50)
    }

    /// "Read more: ...", "Share this", a headline of another article.
    fn is_link_line(&self, line: &Chosen) -> bool {
        if line.kind == Kind::Quotation {
            return false;
        }
        match self.furniture(line) {
            Some(_) => {
                !ends_sentence(&line.text) || self.linked(line) >= 50 || words(&line.text) <= 6
            }
            None => {
                line.kind == Kind::Plain
                    && self.linked(line) >= 90
                    && words(&line.text) >= 3
                    && !ends_sentence(&line.text)
            }
        }
    }

    /// How many lines at the start are no part of the body.
    fn start(&self, chosen: &[Chosen]) -> usize {
        const FARTHEST: usize = 12;
        let (mut start, mut passed) = (0, 0);
        for (at, line) in chosen.iter().enumerate().take(FARTHEST) {
            if self.is_title(line) || self.is_front_matter(line) {
                (start, passed) = (at + 1, 0);
            } else {
                // A kicker or a caption may stand between.
                passed += 1;
                if passed > 2 || words(&line.text) > 12 || ends_sentence(&line.text) {
                    break;
                }
            }
        }
        if start < chosen.len() { start } else { 0 }
    }

    fn is_title(&self, line: &Chosen) -> bool {
        let is_heading = line
            .block
            .is_some_and(|at| self.blocks[at].element.as_str() == "h1");
        is_heading
            || self.title.is_some_and(|title| {
                let (title, line) = (title::key(title), title::key(&line.text));
                title == line
                    || (title.len() > 20
                        && line.ends_with(&title)
                        && line.len() <= title.len() + 30)
            })
    }

    fn is_front_matter(&self, line: &Chosen) -> bool {
        dateline::read(&line.text).is_some()
            || byline::read(&line.text).is_some()
            || self.furniture(line).is_some()
            || (!ends_sentence(&line.text)
                && (self.linked(line) >= 90 || (words(&line.text) <= 16 && holds_date(&line.text))))
    }

    /// How many lines are left when those at the end that are no part of the body are gone.
    fn end(&self, chosen: &[Chosen]) -> usize {
        let mut end = chosen.len();
        while end > 1 && self.is_tail(&chosen[end - 1]) {
            end -= 1;
        }
        end
    }

    fn is_tail(&self, line: &Chosen) -> bool {
        match line.kind {
            Kind::Heading => true,
            Kind::Quotation => false,
            Kind::Item if self.linked(line) >= 60 => true,
            _ => {
                self.furniture(line).is_some()
                    || (self.linked(line) >= 80 && !ends_sentence(&line.text))
                    || is_contact(&line.text)
            }
        }
    }
}

fn words(text: &str) -> usize {
    text.split(' ').count()
}

fn holds_date(text: &str) -> bool {
    printed_dates(text, None).iter().any(|date| date.has_year)
}

/// A note that says how to reach the author: short, with an address in it.
fn is_contact(text: &str) -> bool {
    let address = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let mail = word
            .find('@')
            .is_some_and(|at| at > 0 && word[at..].contains('.'));
        let handle = word.starts_with('@') && word.len() > 3;
        mail || handle || word.contains("twitter.com/")
    };
    words(text) <= 40 && !text.starts_with(['—', '–', '-']) && text.split(' ').any(address)
}
