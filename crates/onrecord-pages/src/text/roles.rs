//! What each line is, seen with its neighbours.

use std::collections::BTreeMap;

use onrecord_lexicon::{FurnitureKind, fold};
use onrecord_model::{DateSource, LineRole};

use super::classify::Looks;
use super::lines::{RawLine, word_count};
use super::split::{self, Stretch, same};

/// A line's role, the reason, and the article it belongs to (filled in later).
pub type Role = (LineRole, String, Option<usize>);

/// Gives every line of the page its role.
pub fn assign(
    lines: &[RawLine<'_>],
    looks: &[Looks<'_>],
    repeats: &[Option<usize>],
    stretches: &[Stretch],
) -> Vec<Role> {
    let mut roles: Vec<Role> = looks.iter().map(by_itself).collect();
    for stretch in stretches {
        Assign {
            lines,
            looks,
            repeats,
            stretch,
            roles: &mut roles,
        }
        .run();
    }
    drop_common_tails(lines, stretches, &mut roles);
    mark_block_quotations(lines, looks, &mut roles);
    roles
}

/// The role a line has whatever stands around it; text and headings stay unknown.
fn by_itself(looks: &Looks<'_>) -> Role {
    let (role, reason) = match looks {
        Looks::Blank => (LineRole::Blank, String::new()),
        Looks::Furniture(f) => (furniture_role(f.kind), format!("lexicon pages: {}", f.id)),
        Looks::Fixture(role, reason) => (*role, (*reason).to_owned()),
        Looks::Date(date) => (
            LineRole::Date,
            format!("{} {}", date.from.name(), date.date),
        ),
        Looks::Byline(byline) => (LineRole::Byline, format!("names {}", byline.author)),
        Looks::Caption => (
            LineRole::Caption,
            "ends in a credit, or opens as captions do".to_owned(),
        ),
        Looks::Outlet(name) => (LineRole::Publisher, format!("names the outlet {name}")),
        Looks::Heading => (LineRole::Unknown, "short, without a stop".to_owned()),
        Looks::Prose | Looks::Lead => (LineRole::Unknown, "text outside an article".to_owned()),
        Looks::Short => (LineRole::Navigation, "too short for text".to_owned()),
    };
    (role, reason, None)
}

fn furniture_role(kind: FurnitureKind) -> LineRole {
    match kind {
        FurnitureKind::Comments => LineRole::Comments,
        FurnitureKind::Navigation => LineRole::Navigation,
        FurnitureKind::Related => LineRole::RelatedLink,
        FurnitureKind::Legal => LineRole::Legal,
        FurnitureKind::Donation => LineRole::Donation,
        FurnitureKind::AuthorNote => LineRole::AuthorNote,
        FurnitureKind::Credit => LineRole::Credit,
        FurnitureKind::Caption => LineRole::Caption,
    }
}

struct Assign<'a, 'p> {
    lines: &'a [RawLine<'p>],
    looks: &'a [Looks<'a>],
    repeats: &'a [Option<usize>],
    stretch: &'a Stretch,
    roles: &'a mut Vec<Role>,
}

impl Assign<'_, '_> {
    fn set(&mut self, i: usize, role: LineRole, reason: impl Into<String>) {
        self.roles[i] = (role, reason.into(), None);
    }

    fn run(&mut self) {
        let Stretch { start, end, title } = *self.stretch;
        if let Some(title) = title {
            self.set(title, LineRole::Title, "heads the article");
        }
        let Some(body) = split::body_in(self.looks, title.map_or(start, |t| t + 1), end) else {
            return;
        };
        self.header(start, body);
        self.body(body, end);
    }

    fn header(&mut self, start: usize, body: usize) {
        let title = self.stretch.title;
        for i in start..body {
            if Some(i) == title {
                continue;
            }
            let text = self.lines[i].text;
            match &self.looks[i] {
                Looks::Heading => match title {
                    Some(t) if same(self.lines[t].text, text) => {
                        self.set(i, LineRole::Repeat, "the title again");
                    }
                    Some(t) if i < t => self.set(i, LineRole::Navigation, "before the title"),
                    _ => {}
                },
                Looks::Prose if title.is_none_or(|t| i > t) => {
                    if self.repeats[i].is_some() {
                        self.set(i, LineRole::Repeat, "stands on the page before");
                    } else if text.starts_with(['•', '·', '▪', '●', '*']) || self.captioned(i)
                    {
                        self.set(i, LineRole::Caption, "before the body, as captions stand");
                    } else {
                        self.set(i, LineRole::Deck, "text before the date or byline");
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether the same words stand near by with a credit.
    fn captioned(&self, i: usize) -> bool {
        let key = |t: &str| fold(t).to_lowercase();
        let own = key(self.lines[i].text.trim_start_matches(['•', ' ', '\u{a0}']));
        let near = self.lines[i.saturating_sub(6)..]
            .iter()
            .zip(&self.looks[i.saturating_sub(6)..]);
        near.take(13)
            .any(|(line, looks)| matches!(looks, Looks::Caption) && key(line.text).contains(&own))
    }

    fn body(&mut self, body: usize, end: usize) {
        let mut ended = false;
        let mut any = false;
        for i in body..end {
            let looks = &self.looks[i];
            if looks.ends_article() && any && !ended {
                ended = self.is_over(i, end);
            }
            if !looks.is_text() && !matches!(looks, Looks::Heading | Looks::Short) {
                continue;
            }
            if ended {
                self.set(i, LineRole::Unknown, "after the article's end");
            } else if self.repeats[i].is_some() {
                let first = self.repeats[i].map_or(0, |r| self.lines[r].n);
                self.set(i, LineRole::Repeat, format!("repeats line {first}"));
            } else if looks.is_text() {
                any = true;
                if has_dateline(self.lines[i].text) {
                    self.set(i, LineRole::Dateline, "text with a dateline");
                } else {
                    self.set(i, LineRole::Body, "running text");
                }
            } else if matches!(looks, Looks::Heading) {
                let again = self
                    .stretch
                    .title
                    .is_some_and(|t| same(self.lines[t].text, self.lines[i].text));
                let (role, reason) = if again {
                    (LineRole::Repeat, "the title again")
                } else {
                    (
                        LineRole::Unknown,
                        "a short line without a stop inside the article",
                    )
                };
                self.set(i, role, reason);
            }
        }
    }

    /// Whether the article is over at line `i`, which says so: always in a comment box;
    /// elsewhere unless three long lines of new text follow.
    fn is_over(&self, i: usize, end: usize) -> bool {
        if matches!(&self.looks[i], Looks::Furniture(f) if f.block) {
            return true;
        }
        let mut long = 0;
        for j in i + 1..end {
            match &self.looks[j] {
                Looks::Furniture(f) if f.block => break,
                l if l.is_text()
                    && self.repeats[j].is_none()
                    && word_count(self.lines[j].text) >= 15 =>
                {
                    long += 1;
                    if long == 3 {
                        return false;
                    }
                }
                Looks::Date(d) if d.from == DateSource::ModifiedLine => break,
                _ => {}
            }
        }
        true
    }
}

/// "BAGHDAD — The", "Tal Amar (Agency) - The": a place in capitals, or a place and an agency,
/// before a dash.
fn has_dateline(text: &str) -> bool {
    let head: String = text.chars().take(60).collect();
    let Some(at) = ["—", "–", " - ", "--"]
        .iter()
        .filter_map(|dash| head.find(dash))
        .min()
    else {
        return false;
    };
    let place = head[..at].trim();
    let words = word_count(place);
    let bare = place.split('(').next().unwrap_or(place);
    let capitals = bare
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(char::is_uppercase);
    let names = bare
        .split_whitespace()
        .all(|w| w.starts_with(char::is_uppercase));
    (1..=6).contains(&words) && names && (capitals || place.ends_with(')') || words <= 2)
}

/// Lines that close the bodies of two or more articles of the page are no part of them: an
/// appeal or a note on the author that the lexicon does not know.
fn drop_common_tails(lines: &[RawLine<'_>], stretches: &[Stretch], roles: &mut [Role]) {
    let mut tails: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (n, stretch) in stretches.iter().enumerate() {
        let body = (stretch.start..stretch.end)
            .rev()
            .filter(|i| roles[*i].0.is_body());
        for i in body.take(3) {
            tails
                .entry(fold(lines[i].text).to_lowercase())
                .or_default()
                .push((n, i));
        }
    }
    for same_lines in tails.into_values() {
        if same_lines.iter().any(|(n, _)| *n != same_lines[0].0) {
            for (_, i) in same_lines {
                let reason = "closes several articles of this page".to_owned();
                roles[i] = (LineRole::Unknown, reason, None);
            }
        }
    }
}

/// Paragraphs quoted without marks: those after a line that introduces them, up to the last
/// that ends in an orphan closing mark or an ellipsis.
fn mark_block_quotations(lines: &[RawLine<'_>], looks: &[Looks<'_>], roles: &mut [Role]) {
    for lead in 0..lines.len() {
        let introduces = lines[lead].text.ends_with([',', ':']);
        // a line quoted already introduces nothing new
        let role = roles[lead].0;
        if !introduces
            || !looks[lead].is_text()
            || !role.is_body()
            || role == LineRole::BlockQuotation
        {
            continue;
        }
        let mut last = None;
        let mut unmarked = 0;
        for i in lead + 1..lines.len() {
            if matches!(looks[i], Looks::Blank) {
                continue;
            }
            if !matches!(looks[i], Looks::Prose) || !roles[i].0.is_body() || unmarked > 4 {
                break;
            }
            if marked(lines[i].text) {
                last = Some(i);
                unmarked = 0;
            } else {
                unmarked += 1;
            }
        }
        for i in last.map_or(0..0, |last| lead + 1..last + 1) {
            if roles[i].0.is_body() {
                roles[i] = (
                    LineRole::BlockQuotation,
                    format!("quoted after line {}", lines[lead].n),
                    None,
                );
            }
        }
    }
}

fn marked(text: &str) -> bool {
    let (opens, closes) = (text.matches('“').count(), text.matches('”').count());
    closes > opens || text.trim_end().ends_with('…')
}
