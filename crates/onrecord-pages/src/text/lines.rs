//! A plain-text page to lines.

use onrecord_model::Span;

use super::{byline, dateline};

/// A line of the page, or a paragraph of lines where the page wraps its text.
#[derive(Clone, Copy, Debug)]
pub struct RawLine<'p> {
    /// Number of its first line, from 1.
    pub n: usize,
    /// Where it stands on the page, white space at the ends left out.
    pub on_page: Span,
    /// Its words.
    pub text: &'p str,
}

impl RawLine<'_> {
    /// Whether nothing but white space stands on it.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// The lines of a page in order, blank ones included. On a page that wraps its text at a
/// fixed width, the lines of a paragraph are one.
pub fn lines(page: &str) -> Vec<RawLine<'_>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for (n, line) in page.split_inclusive('\n').enumerate() {
        let on_page = Span::new(at, at + line.len()).trim(page);
        lines.push(RawLine {
            n: n + 1,
            on_page,
            text: on_page.of(page),
        });
        at += line.len();
    }
    let lines = halves(page, lines);
    if is_wrapped(&lines) {
        join_paragraphs(page, &lines)
    } else {
        lines
    }
}

/// Whether the page breaks its lines at a fixed width: most lines that another one follows
/// directly end in mid-sentence at about the same length.
fn is_wrapped(lines: &[RawLine<'_>]) -> bool {
    let mut inner = 0;
    let mut open = 0;
    for pair in lines.windows(2) {
        if pair[0].is_blank() || pair[1].is_blank() {
            continue;
        }
        let chars = pair[0].text.chars().count();
        inner += 1;
        if (40..=100).contains(&chars) && !ends_sentence(pair[0].text) {
            open += 1;
        }
    }
    inner >= 8 && open * 10 >= inner * 6
}

fn join_paragraphs<'p>(page: &'p str, lines: &[RawLine<'p>]) -> Vec<RawLine<'p>> {
    let mut joined: Vec<RawLine<'p>> = Vec::new();
    // whether nothing is joined to the line before: there is none, it is blank, or alone
    let mut closed = true;
    for line in lines {
        let alone = line.is_blank() || stands_alone(line.text);
        match joined.last_mut() {
            // a short line ends its paragraph even without an empty one after it
            Some(last) if !closed && !alone && last_row(last.text) >= 40 => {
                last.on_page = last.on_page.join(line.on_page);
                last.text = last.on_page.of(page);
            }
            _ => joined.push(*line),
        }
        closed = alone;
    }
    joined
}

/// A date or byline is a line of its own even without an empty one beside it.
fn stands_alone(text: &str) -> bool {
    dateline::read(text).is_some() || byline::read(text).is_some()
}

fn last_row(text: &str) -> usize {
    text.rsplit('\n')
        .next()
        .unwrap_or(text)
        .trim()
        .chars()
        .count()
}

/// Parts a line that holds the same long text twice: a body without line breaks that was
/// printed two times.
fn halves<'p>(page: &'p str, lines: Vec<RawLine<'p>>) -> Vec<RawLine<'p>> {
    let mut parted = Vec::with_capacity(lines.len());
    for line in lines {
        match second_copy(line.text) {
            Some(at) => {
                let border = line.on_page.start + at;
                for span in [
                    Span::new(line.on_page.start, border).trim(page),
                    Span::new(border, line.on_page.end).trim(page),
                ] {
                    parted.push(RawLine {
                        n: line.n,
                        on_page: span,
                        text: span.of(page),
                    });
                }
            }
            None => parted.push(line),
        }
    }
    parted
}

/// Where the second copy begins in a text that says the same thing twice.
fn second_copy(text: &str) -> Option<usize> {
    if text.len() < 600 {
        return None;
    }
    let head_end = text.char_indices().nth(60)?.0;
    let head = &text[..head_end];
    let at = head_end + text[head_end..].find(head)?;
    let (first, second) = (text[..at].trim_end(), &text[at..]);
    let shared = first
        .bytes()
        .zip(second.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    (shared * 10 >= first.len() * 9 && shared * 10 >= second.len() * 9).then_some(at)
}

/// Whether a line ends as sentences do, closing marks after the stop included.
pub fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['”', '"', '’', '\'', '»', ')', ']', ' ', '\u{a0}', '*']);
    bare.ends_with(['.', '?', '!', '…'])
}

/// Number of words: runs that hold a letter or digit.
pub fn word_count(text: &str) -> usize {
    text.split_whitespace()
        .filter(|w| w.contains(char::is_alphanumeric))
        .count()
}
