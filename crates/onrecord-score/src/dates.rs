//! Date expressions: was each found, and is its value right?
//!
//! The gold is a table of six columns: `page` (a file name), `start` and `end` (code points of
//! the file, half-open), `expression`, `value` and `kind`. The value is the finest date (year,
//! month or day) that holds all of what is meant, `-` where the text gives none: then a date
//! claimed is wrong. A seventh column may give the article's date; without it the date that
//! stands in the file's name counts.

use std::collections::BTreeMap;
use std::fmt;

use onrecord_model::{PartialDate, Precision, Span};

use crate::ScoreError;

/// A date expression, annotated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldDate {
    /// The page's file name.
    pub page: String,
    /// Where it stands, in code points of the page.
    pub span: Span,
    /// The words.
    pub expression: String,
    /// What it means; `None` if no date may be claimed.
    pub value: Option<PartialDate>,
    /// What kind of expression it is.
    pub kind: String,
    /// The article's date.
    pub published: PartialDate,
}

/// A date that was found, in code points of its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// Where it stands.
    pub span: Span,
    /// What it is said to mean.
    pub value: PartialDate,
}

/// What became of an annotated expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The same date at the same precision, or rightly none.
    Right,
    /// Another date, a finer or a coarser one, or one where none may be claimed.
    Wrong,
    /// No date.
    Missing,
}

/// How many expressions were answered how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub all: usize,
    /// Rightly.
    pub right: usize,
    /// Wrongly.
    pub wrong: usize,
    /// Not at all.
    pub missing: usize,
}

impl Counts {
    /// The share that is right.
    pub fn share(&self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }

    fn add(&mut self, answer: Answer) {
        self.all += 1;
        match answer {
            Answer::Right => self.right += 1,
            Answer::Wrong => self.wrong += 1,
            Answer::Missing => self.missing += 1,
        }
    }
}

/// How well the expressions of a set were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatesScore {
    /// All expressions.
    pub all: Counts,
    /// By their kinds.
    pub kinds: BTreeMap<String, Counts>,
    /// Those that have a date: how many were found, with whatever value.
    pub found: usize,
    /// Those that have a date.
    pub dated: usize,
    /// Those that have none, and were given one.
    pub false_claims: usize,
}

/// Reads the gold. Empty lines and lines that begin with `#` are left out.
///
/// ```
/// let gold = "# page, start, end, expression, value, kind\na_2020-05-06.txt\t10\t16\tMonday\t2020-05-04\tweekday\n";
/// let gold = onrecord_score::dates::read(gold, "gold.tsv")?;
/// assert_eq!(gold[0].published.to_string(), "2020-05-06");
/// # Ok::<(), onrecord_score::ScoreError>(())
/// ```
///
/// # Errors
/// A line with other cells, or a page without a date, naming the line.
pub fn read(text: &str, file: &str) -> Result<Vec<GoldDate>, ScoreError> {
    let mut gold = Vec::new();
    for (n, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |what: &str| ScoreError::line(file, n + 1, what);
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let (&[page, start, end, expression, value, kind], rest) =
            cells.split_first_chunk().ok_or_else(|| {
                wrong("six cells are expected, parted by tabs: page, start, end, expression, value, kind")
            })?;
        let place = |cell: &str| cell.parse().ok();
        let span = place(start).zip(place(end)).filter(|(s, e)| s < e);
        let (start, end) = span.ok_or_else(|| wrong("start and end are no code points"))?;
        let value = match value {
            "-" => None,
            _ => Some(PartialDate::parse(value).ok_or_else(|| {
                wrong("the value is neither a date such as 2016, 2016-09 or 2016-09-20 nor `-`")
            })?),
        };
        let published = match rest.first() {
            Some(cell) => PartialDate::parse(cell),
            None => date_in_name(page),
        };
        gold.push(GoldDate {
            page: page.to_owned(),
            span: Span::new(start, end),
            expression: expression.to_owned(),
            value,
            kind: kind.to_owned(),
            published: published.ok_or_else(|| {
                wrong("the article's date stands neither in the file's name nor in a seventh cell")
            })?,
        });
    }
    Ok(gold)
}

/// The first whole date, year-month-day, of a file's name.
fn date_in_name(name: &str) -> Option<PartialDate> {
    let starts = name.char_indices().map(|(at, _)| at);
    starts
        .filter_map(|at| PartialDate::parse(name.get(at..at + 10)?))
        .find(|d| d.precision() == Precision::Day)
}

impl GoldDate {
    /// The found date that stands for this one: that which shares most with it.
    pub fn among<'a>(&self, found: &'a [FoundDate]) -> Option<&'a FoundDate> {
        let shared = |f: &&FoundDate| {
            let end = f.span.end.min(self.span.end);
            end.saturating_sub(f.span.start.max(self.span.start))
        };
        let near = found.iter().filter(|f| shared(f) > 0);
        near.rev().max_by_key(shared)
    }

    /// Whether what was found is right.
    pub fn answer(&self, found: Option<&FoundDate>) -> Answer {
        match (self.value, found) {
            (None, None) => Answer::Right,
            (Some(_), None) => Answer::Missing,
            (value, Some(found)) if value == Some(found.value) => Answer::Right,
            _ => Answer::Wrong,
        }
    }
}

impl DatesScore {
    /// Adds an expression with the dates found on its page, and tells what became of it.
    pub fn add(&mut self, gold: &GoldDate, found: &[FoundDate]) -> Answer {
        let found = gold.among(found);
        let answer = gold.answer(found);
        self.all.add(answer);
        self.kinds.entry(gold.kind.clone()).or_default().add(answer);
        if gold.value.is_some() {
            self.dated += 1;
            self.found += usize::from(found.is_some());
        } else {
            self.false_claims += usize::from(found.is_some());
        }
        answer
    }
}

/// Share of values right on English news of other sets, as published or measured by us.
const PUBLISHED: [(&str, f64); 4] = [
    ("HeidelTime, TempEval-3", 0.776),
    ("NavyTime, TempEval-3", 0.710),
    ("SUTime, TempEval-3", 0.674),
    ("dateparser 1.5.0, TimeBank", 0.466),
];

impl fmt::Display for DatesScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "Date expressions, {} annotated: the same date at the same precision\n",
            self.all.all
        )?;
        writeln!(f, "{:<28} all  right  wrong  missing  share", "")?;
        let row = |f: &mut fmt::Formatter<'_>, name: &str, c: &Counts| {
            writeln!(
                f,
                "{name:<28}{:>4}{:>7}{:>7}{:>9}{:>7.3}",
                c.all,
                c.right,
                c.wrong,
                c.missing,
                c.share()
            )
        };
        row(
            f,
            &format!("onrecord {}", env!("CARGO_PKG_VERSION")),
            &self.all,
        )?;
        for (name, value) in PUBLISHED {
            writeln!(f, "{name:<55}{value:>7.3}")?;
        }
        writeln!(
            f,
            "(TempEval-3: F1 of value, expressions found by the system; TimeBank: expressions given)\n"
        )?;
        for (kind, counts) in &self.kinds {
            row(f, &format!("  {kind}"), counts)?;
        }
        writeln!(
            f,
            "\nfound, of the {} that have a date: {}; right, of the dates claimed: {:.3}",
            self.dated,
            self.found,
            self.claimed_right()
        )
    }
}

impl DatesScore {
    /// Of the annotated expressions that were given a date, the share whose date is right.
    pub fn claimed_right(&self) -> f64 {
        let claimed = self.found + self.false_claims;
        let right = claimed - self.all.wrong;
        right as f64 / claimed.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(start: usize, end: usize, value: &str) -> FoundDate {
        FoundDate {
            span: Span::new(start, end),
            value: PartialDate::parse(value).expect("a date"),
        }
    }

    #[test]
    fn a_value_counts_at_its_precision() {
        let gold = "a_2020-05-06_b.txt\t0\t6\tMonday\t2020-05-04\tweekday\n\
                    a_2020-05-06_b.txt\t10\t15\tApril\t2020-04\tmonth\n\
                    a_2020-05-06_b.txt\t20\t28\trecently\t-\tvague\n\
                    a.txt\t30\t38\tlong ago\t-\tvague\t2020-05-06\n\
                    a.txt\t40\t44\t2018\t2018\tyear\t2020-05-06\n";
        let gold = read(gold, "gold.tsv").expect("a gold");
        let page = [
            found(0, 6, "2020-05-04"),
            found(8, 15, "2020-04-01"),
            found(20, 28, "2020"),
        ];
        let mut score = DatesScore::default();
        let answers: Vec<Answer> = gold.iter().map(|g| score.add(g, &page)).collect();
        use Answer::{Missing, Right, Wrong};
        assert_eq!(answers, [Right, Wrong, Wrong, Right, Missing]);
        assert_eq!((score.found, score.dated), (2, 3));
        assert_eq!(score.kinds["vague"].right, 1);
        assert!((score.claimed_right() - 1.0 / 3.0).abs() < 1e-9);
        assert!(score.to_string().contains("0.400"));
    }

    #[test]
    fn the_date_that_shares_most_counts() {
        let gold = "a_2020-05-06.txt\t4\t20\tMonday, 4 May 20\t2020-05-04\tday";
        let gold = read(gold, "gold.tsv").expect("a gold");
        let page = [found(0, 6, "2019"), found(8, 20, "2020-05-04")];
        assert_eq!(gold[0].answer(gold[0].among(&page)), Answer::Right);
    }

    #[test]
    fn what_is_no_gold_is_told() {
        for (line, told) in [
            ("a_2020-05-06.txt\t4\t2\tMay\t2020-05\tmonth", "code points"),
            ("a_2020-05-06.txt\t4\t7\tMay\t2020-13\tmonth", "value"),
            ("a.txt\t4\t7\tMay\t2020-05\tmonth", "seventh"),
            ("a.txt\t4", "six cells"),
        ] {
            let error = read(line, "gold.tsv").expect_err("an error").to_string();
            assert!(
                error.contains(told) && error.starts_with("gold.tsv:1:"),
                "{error}"
            );
        }
    }
}
