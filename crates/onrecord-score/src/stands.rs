//! Stands: where the holders of annotated sentences stand, against what was read.
//!
//! A file is named for its issue (`ceasefire.tsv`) and has five or six columns, parted by tabs:
//! text, holder (words of the text, `-` where the text shows no stand), stance (support, oppose,
//! mixed, `-`), scope, reporter; and the country, where the issue is one for each. A text with
//! several holders stands on several lines. `#` begins a comment.

use std::collections::BTreeMap;
use std::fmt;

use onrecord_lexicon::{Issues, Lexicon};
use onrecord_model::{ArticleReading, Id, Mention, Position, Span, Stance};

use crate::ScoreError;

/// An annotated text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandText {
    /// The text.
    pub text: String,
    /// The issue's id, with the country's name where it is one for each.
    pub issue: String,
    /// Words of each holder, with the stance.
    pub stands: Vec<(String, Stance)>,
}

/// Reads a file; `stem` is its name without the ending.
///
/// # Errors
/// A line without the columns, a stance that is none, a holder whose words do not stand in the
/// text.
pub fn read(
    file: &std::path::Path,
    text: &str,
    issues: &Issues,
) -> Result<Vec<StandText>, ScoreError> {
    let stem = file
        .file_stem()
        .and_then(|s| s.to_str())
        .unwrap_or_default();
    let issue = issues.entries.iter().find(|i| i.id == stem);
    let mut texts: Vec<StandText> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let wrong = |what: String| ScoreError::content(file, format!("line {}: {what}", n + 1));
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let (text, holder, stance) = match cells[..] {
            [text, holder, stance, _, _, ..] => (text, holder, stance),
            _ => {
                return Err(wrong(
                    "expected text, holder, stance, scope, reporter".into(),
                ));
            }
        };
        let country = cells.get(5).filter(|c| !c.is_empty() && **c != "-");
        let id = match (country, issue) {
            (Some(country), Some(issue)) => issue.of_country(country).0,
            _ => stem.to_owned(),
        };
        let known = texts.iter().rposition(|t| t.text == text && t.issue == id);
        let at = known.unwrap_or_else(|| {
            texts.push(StandText {
                text: text.to_owned(),
                issue: id,
                stands: Vec::new(),
            });
            texts.len() - 1
        });
        if stance == "-" {
            continue;
        }
        let Some(stance) = Stance::read(stance) else {
            return Err(wrong(format!(
                "`{stance}` is no stance: support, oppose, mixed or -"
            )));
        };
        if !text.contains(holder) {
            return Err(wrong(format!("`{holder}` does not stand in the text")));
        }
        texts[at].stands.push((holder.to_owned(), stance));
    }
    Ok(texts)
}

/// How well stands were read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StandsScore {
    /// By issue file: rows right, rows, stands found, stands.
    pub issues: BTreeMap<String, [usize; 4]>,
    /// Of the holders found, those with the right stance.
    pub stance: (usize, usize),
    /// Texts without a stand, and those of them that were given one.
    pub none: (usize, usize),
    /// Of the stands missed: those whose holder is no actor of the text, and of the others
    /// those of whose thing no wording of the issue stands in it.
    pub no_actor: usize,
    /// See `no_actor`.
    pub no_thing: usize,
    /// What was missed and what is wrong, a line each.
    pub errors: Vec<String>,
}

impl StandsScore {
    /// Adds a text: its annotation and what was read. `file` is the name of its issue's file,
    /// `seen` whether a wording of the issue stands in the text.
    pub fn add(&mut self, file: &str, gold: &StandText, reading: &ArticleReading, seen: bool) {
        let rows: Vec<&Position> = reading.positions.iter().collect();
        let rows: Vec<&Position> = rows.into_iter().filter(|p| p.issue == gold.issue).collect();
        let counts = self.issues.entry(file.to_owned()).or_default();
        if gold.stands.is_empty() {
            self.none.1 += 1;
            self.none.0 += usize::from(!rows.is_empty());
        }
        let named = |words: &str, actor: Option<&Id>| {
            let places = reading.article.text.match_indices(words);
            let mut spans = places.map(|(at, _)| Span::new(at, at + words.len()));
            let is = |m: &Mention| {
                m.actor.is_some() && actor.is_none_or(|a| m.actor.as_ref() == Some(a))
            };
            spans.any(|span| {
                reading
                    .mentions
                    .iter()
                    .any(|m| is(m) && m.span.overlaps(span))
            })
        };
        let holds = |row: &Position, words: &str| named(words, Some(&row.actor));
        let name = |row: &Position| {
            reading
                .actor(&row.actor)
                .map_or(String::new(), |a| a.name.clone())
        };
        for row in &rows {
            counts[1] += 1;
            let right = gold
                .stands
                .iter()
                .any(|(words, stance)| *stance == row.stance && holds(row, words));
            counts[0] += usize::from(right);
            if !right {
                self.errors.push(format!(
                    "too many: {} {} ({}): {}",
                    name(row),
                    row.stance.name(),
                    row.made_by,
                    gold.text
                ));
            }
        }
        for (words, stance) in &gold.stands {
            counts[3] += 1;
            let found: Vec<&&Position> = rows.iter().filter(|row| holds(row, words)).collect();
            let right = found.iter().any(|row| row.stance == *stance);
            counts[2] += usize::from(right);
            if !found.is_empty() {
                self.stance.1 += 1;
                self.stance.0 += usize::from(right);
            }
            if !right {
                let why = match (named(words, None), seen) {
                    (false, _) => "no actor",
                    (true, false) => "no thing",
                    (true, true) => "no stand",
                };
                self.no_actor += usize::from(why == "no actor");
                self.no_thing += usize::from(why == "no thing");
                let told = format!("missed ({why}): {words} {}: {}", stance.name(), gold.text);
                self.errors.push(told);
            }
        }
    }

    /// Over all issues: precision, recall and their harmonic mean.
    pub fn total(&self) -> (f64, f64, f64) {
        let sum = |n: usize| self.issues.values().map(|c| c[n]).sum::<usize>();
        figures([sum(0), sum(1), sum(2), sum(3)])
    }
}

fn figures([right, rows, found, all]: [usize; 4]) -> (f64, f64, f64) {
    let p = right as f64 / rows.max(1) as f64;
    let r = found as f64 / all.max(1) as f64;
    (
        p,
        r,
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        },
    )
}

impl fmt::Display for StandsScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Stands: holder and stance, by issue\n")?;
        writeln!(
            f,
            "  {:<32} {:>9} {:>7} {:>5}",
            "", "precision", "recall", "F1"
        )?;
        for (issue, counts) in &self.issues {
            let (p, r, f1) = figures(*counts);
            writeln!(
                f,
                "  {issue:<32} {p:>9.2} {r:>7.2} {f1:>5.2}  ({} rows, {} stands)",
                counts[1], counts[3]
            )?;
        }
        let (p, r, f1) = self.total();
        writeln!(f, "  {:<32} {p:>9.2} {r:>7.2} {f1:>5.2}", "all")?;
        writeln!(
            f,
            "\n  stance right, of holders found  {} of {}\n  texts without a stand given one {} of {}\n  \
             missed: holder is no actor      {}\n  missed: thing is not seen       {}",
            self.stance.0, self.stance.1, self.none.0, self.none.1, self.no_actor, self.no_thing
        )
    }
}

/// Whether a lexicon has the issue that a file is named for.
pub fn known(file: &std::path::Path, lexicon: &Lexicon) -> bool {
    let stem = file
        .file_stem()
        .and_then(|s| s.to_str())
        .unwrap_or_default();
    lexicon.issues.entries.iter().any(|i| i.id == stem)
}
