//! Where the articles of a page begin and end.

use std::collections::HashMap;

use onrecord_lexicon::fold;

use super::classify::Looks;
use super::lines::{RawLine, word_count};

/// The lines of one article, from its first header line to the line before the next one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First line (index).
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Line of the title, if one was found.
    pub title: Option<usize>,
}

/// How many lines that are not blank may stand between a title and its date or byline.
const REACH: usize = 3;

/// Splits a page into the stretches of its articles.
///
/// An article begins at a line that can head one and is followed, within three lines that
/// are not blank, by a date or a byline; what stands before must already hold running text.
/// The first article of a page needs no such evidence. Inside a comment box only a heading
/// with running text of at least two paragraphs behind it begins one.
pub fn stretches(
    lines: &[RawLine<'_>],
    looks: &[Looks<'_>],
    declared_title: Option<&str>,
) -> Vec<Stretch> {
    let first_title = first_title(lines, looks, declared_title);
    let mut starts: Vec<(usize, Option<usize>)> = vec![(0, first_title)];
    let mut text_since = 0; // lines of running text since the last start
    let mut in_block = false;
    for i in 0..lines.len() {
        match &looks[i] {
            Looks::Furniture(f) if f.block && text_since > 0 => in_block = true,
            Looks::Prose => text_since += 1,
            // text above the page's first title (a caption, a teaser) is no article of its own
            Looks::Heading
                if text_since > 0 && Some(i) != first_title && starts_article(lines, looks, i) =>
            {
                if in_block && !long_text_follows(lines, looks, i) {
                    continue;
                }
                starts.push((i, Some(i)));
                text_since = 0;
                in_block = false;
            }
            _ => {}
        }
    }
    let ends: Vec<usize> = starts
        .iter()
        .skip(1)
        .map(|s| s.0)
        .chain([lines.len()])
        .collect();
    starts
        .iter()
        .zip(ends)
        .map(|((start, title), end)| Stretch {
            start: *start,
            end,
            title: *title,
        })
        .collect()
}

fn starts_article(lines: &[RawLine<'_>], looks: &[Looks<'_>], i: usize) -> bool {
    if word_count(lines[i].text) < 3 {
        return false;
    }
    let mut seen = 0;
    for j in i + 1..lines.len() {
        match &looks[j] {
            Looks::Blank => continue,
            Looks::Date(_) | Looks::Byline(_) => {
                // the evidence must lead to running text, not to another heading far below
                return text_follows(looks, j);
            }
            // a second heading belongs to the header only if it says the same again
            Looks::Heading if !same(lines[i].text, lines[j].text) => {
                return false;
            }
            Looks::Prose if word_count(lines[j].text) > 40 => return false,
            _ => seen += 1,
        }
        if seen >= REACH {
            return false;
        }
    }
    false
}

fn text_follows(looks: &[Looks<'_>], from: usize) -> bool {
    looks[from + 1..]
        .iter()
        .filter(|l| !matches!(l, Looks::Blank))
        .take(8)
        .any(Looks::is_text)
}

fn long_text_follows(lines: &[RawLine<'_>], looks: &[Looks<'_>], from: usize) -> bool {
    let next = looks[from + 1..].iter().zip(&lines[from + 1..]);
    next.filter(|(l, _)| !matches!(l, Looks::Blank))
        .take(10)
        .filter(|(l, line)| l.is_text() && word_count(line.text) >= 20)
        .count()
        >= 2
}

/// The title of the page's first article: the line that is declared as such, or is repeated,
/// or leads to a date or byline, or else the last heading before the running text.
fn first_title(
    lines: &[RawLine<'_>],
    looks: &[Looks<'_>],
    declared: Option<&str>,
) -> Option<usize> {
    let body = body_in(looks, 0, looks.len())?;
    let headings: Vec<usize> = (0..body)
        .filter(|i| matches!(looks[*i], Looks::Heading) && word_count(lines[*i].text) >= 3)
        .collect();
    if let Some(title) = declared
        && let Some(found) = (0..body).find(|i| same(lines[*i].text, title))
    {
        return Some(found);
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for i in &headings {
        *seen.entry(key(lines[*i].text)).or_default() += 1;
    }
    let twice = headings.iter().find(|i| seen[&key(lines[**i].text)] > 1);
    let dated = headings.iter().find(|i| starts_article(lines, looks, **i));
    let byline = looks
        .iter()
        .position(|l| matches!(l, Looks::Byline(_)))
        .unwrap_or(looks.len());
    twice
        .or(dated)
        .or(headings.iter().rev().find(|i| **i < byline))
        .copied()
}

/// The first line of an article's body among the lines `from..end`: the first running text
/// behind its header. At most two lines of text before a date or byline are captions or
/// decks of the header.
pub fn body_in(looks: &[Looks<'_>], from: usize, end: usize) -> Option<usize> {
    let first = from + looks[from..end].iter().position(Looks::is_text)?;
    let mut text_lines = 0;
    let text_from = |i: usize| looks[i..end].iter().position(Looks::is_text).map(|k| i + k);
    for (i, look) in looks.iter().enumerate().take(end).skip(first) {
        match look {
            Looks::Date(d) if d.from != onrecord_model::DateSource::ModifiedLine => {
                return text_from(i).or(Some(first));
            }
            Looks::Byline(_) => return text_from(i).or(Some(first)),
            l if l.is_text() => {
                text_lines += 1;
                if text_lines > 2 {
                    return Some(first);
                }
            }
            l if l.ends_article() => return Some(first),
            _ => {}
        }
    }
    Some(first)
}

/// Whether two lines say the same.
pub fn same(a: &str, b: &str) -> bool {
    key(a) == key(b)
}

/// A line as headings are compared: folded, without case and stops at the end.
fn key(line: &str) -> String {
    fold(line)
        .to_lowercase()
        .trim_end_matches(['.', ' '])
        .to_owned()
}
