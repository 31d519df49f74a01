//! The tone of a sentence toward a person or thing in it, on NewsMTSC's rows.

use std::fmt;

use onrecord_model::{Span, Tone};
use serde::Deserialize;

use crate::ScoreError;
use crate::events::Classes;

/// A sentence with a target and how it speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toned {
    /// File and line.
    pub name: String,
    /// The sentence.
    pub text: String,
    /// The words for the target, in bytes of the text.
    pub target: Span,
    /// How the sentence speaks of it.
    pub tone: Tone,
}

/// A line of the set; other fields are left alone.
#[derive(Deserialize)]
struct Line {
    sentence: String,
    polarity: i8,
    from: usize,
    to: usize,
}

/// The rows of a file: a JSON object a line with `sentence`, `polarity` (-1, 0 or 1) and the
/// target's place in code points, `from` and `to` (half-open). Empty lines are left out.
///
/// # Errors
/// A line is no such object, its polarity none of the three, or its target no words of the
/// sentence; with the number of the line.
///
/// ```
/// let line = r#"{"sentence": "Mora lied.", "polarity": -1, "from": 0, "to": 4}"#;
/// let rows = onrecord_score::stance::read("set.jsonl", line)?;
/// assert_eq!(rows[0].target.of(&rows[0].text), "Mora");
/// # Ok::<(), onrecord_score::ScoreError>(())
/// ```
pub fn read(name: &str, file: &str) -> Result<Vec<Toned>, ScoreError> {
    let mut rows = Vec::new();
    for (n, line) in file.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let wrong = |what: String| ScoreError::line(name, n + 1, what);
        let line: Line = serde_json::from_str(line).map_err(|e| wrong(e.to_string()))?;
        let tone = match line.polarity {
            -1 => Tone::Negative,
            0 => Tone::Neutral,
            1 => Tone::Positive,
            other => return Err(wrong(format!("polarity {other}: expected -1, 0 or 1"))),
        };
        let ends = line.sentence.char_indices().map(|(at, _)| at);
        let ends: Vec<usize> = ends.chain([line.sentence.len()]).collect();
        let span = match (ends.get(line.from), ends.get(line.to)) {
            (Some(start), Some(end)) if start < end => Span::new(*start, *end),
            _ => {
                let (from, to) = (line.from, line.to);
                return Err(wrong(format!(
                    "from {from} to {to} are no words of the sentence"
                )));
            }
        };
        rows.push(Toned {
            name: format!("{name}:{}", n + 1),
            text: line.sentence,
            target: span,
            tone,
        });
    }
    Ok(rows)
}

/// How well tones were told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StanceScore {
    /// Negative, neutral, positive.
    pub tones: Classes,
    /// Rows that a tone was claimed for, and those of them that are right.
    pub sure: (usize, usize),
    rows: usize,
}

impl StanceScore {
    /// Counts a row with the likeliest tone, and whether it was sure enough to be claimed.
    pub fn add(&mut self, gold: &Toned, found: Tone, sure: bool) {
        self.rows += 1;
        self.tones.add(gold.tone.name(), Some(found.name()));
        if sure {
            self.sure.0 += 1;
            self.sure.1 += usize::from(found == gold.tone);
        }
    }
}

impl fmt::Display for StanceScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<36} {:>8} {:>8}", "", "macro-F1", "accuracy")?;
        writeln!(
            f,
            "{:<36} {:>8.1} {:>8.1}\n",
            "these rows",
            self.tones.macro_f1(),
            self.tones.accuracy()
        )?;
        writeln!(f, "{:<36} {:>17} {:>17}", "", "rw", "mt")?;
        for [name, rw, rw_right, mt, mt_right] in PUBLISHED {
            writeln!(f, "{name:<36} {rw:>8} {rw_right:>8} {mt:>8} {mt_right:>8}")?;
        }
        writeln!(f, "\nF1 of each tone:\n{}", self.tones)?;
        writeln!(
            f,
            "Surely positive or negative: {} of {} rows, {} right",
            self.sure.0, self.rows, self.sure.1
        )
    }
}

/// Macro-F1 and accuracy on the set's test rows, its two parts. The networks: Hamborg and
/// Donnay, "NewsMTSC", EACL 2021, table 3; the simple ones were measured for this project.
const PUBLISHED: [[&str; 5]; 5] = [
    ["VADER, test rows", "51.3", "51.6", "48.1", "49.1"],
    [
        "TF-IDF and regression, test rows",
        "62.6",
        "64.4",
        "58.9",
        "62.9",
    ],
    ["BERT-SPC, test rows", "80.1", "80.7", "73.7", "76.1"],
    ["RoBERTa-LCF, test rows", "81.4", "82.5", "81.2", "83.8"],
    [
        "GRU-TSC (RoBERTa), test rows",
        "83.1",
        "83.8",
        "82.5",
        "84.6",
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_code_points() {
        let line = r#"{"sentence": "“Yes”, said José.", "polarity": 1, "from": 12, "to": 16}"#;
        let rows = read("x", line).unwrap();
        assert_eq!(rows[0].target.of(&rows[0].text), "José");
        assert_eq!(
            (rows[0].tone, rows[0].name.as_str()),
            (Tone::Positive, "x:1")
        );
    }

    #[test]
    fn a_wrong_line_is_named() {
        for wrong in [
            "x",
            "{}",
            r#"{"sentence": "A b.", "polarity": 2, "from": 0, "to": 1}"#,
            r#"{"sentence": "A b.", "polarity": 1, "from": 1, "to": 1}"#,
            r#"{"sentence": "A b.", "polarity": 1, "from": 1, "to": 9}"#,
        ] {
            let told = read("x", &format!("\n{wrong}")).unwrap_err().to_string();
            assert!(told.starts_with("x:2: "), "{told}");
        }
    }

    #[test]
    fn tones_are_counted() {
        let line = r#"{"sentence": "A b.", "polarity": -1, "from": 0, "to": 1}"#;
        let row = &read("x", line).unwrap()[0];
        let mut score = StanceScore::default();
        score.add(row, Tone::Negative, true);
        score.add(row, Tone::Neutral, false);
        assert_eq!(score.tones.accuracy(), 50.0);
        assert_eq!(score.sure, (1, 1));
    }
}
