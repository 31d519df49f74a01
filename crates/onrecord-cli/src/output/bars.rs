//! A small chart for the terminal: a bar a period.

use std::collections::BTreeMap;

use clap::ValueEnum;
use jiff::civil::Date;

/// Most periods that are drawn one by one; of more, those without anything are left out.
const MOST: usize = 60;

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Period {
    /// A day
    Day,
    /// A month
    Month,
    /// A year
    Year,
}

impl Period {
    /// The shortest that gives some twenty bars at most, else years.
    pub fn fitting(dates: &[&str]) -> Period {
        let ends = dates.iter().min().zip(dates.iter().max());
        let few = |period: &Period| {
            ends.is_some_and(|(first, last)| {
                let exact = dates
                    .iter()
                    .filter(|date| date.len() >= period.length())
                    .count();
                period.between(first, last).len() <= 24 && 2 * exact >= dates.len()
            })
        };
        let all = [Period::Day, Period::Month];
        all.into_iter().find(few).unwrap_or(Period::Year)
    }

    /// Characters of a date that tell its period.
    pub fn length(self) -> usize {
        match self {
            Period::Day => 10,
            Period::Month => 7,
            Period::Year => 4,
        }
    }

    /// All periods from that of one date to that of another.
    pub fn between(self, first: &str, last: &str) -> Vec<String> {
        let (Some(first), Some(last)) = (begin(first), begin(last)) else {
            return Vec::new();
        };
        let mut found: Vec<String> = Vec::new();
        let mut day = first;
        while day <= last {
            let label = day.to_string()[..self.length()].to_owned();
            if found.last() != Some(&label) {
                found.push(label);
            }
            if found.len() > 4 * MOST {
                break;
            }
            let next = match self {
                Period::Day => day.tomorrow().ok(),
                Period::Month => day.last_of_month().tomorrow().ok(),
                Period::Year => day.last_of_year().tomorrow().ok(),
            };
            let Some(next) = next else { break };
            day = next;
        }
        found
    }
}

/// The first day of `2014`, `2014-09` or `2014-09-20`.
fn begin(date: &str) -> Option<Date> {
    let mut parts = date.split('-');
    let year = parts.next()?.parse().ok()?;
    let mut part = || parts.next().map_or(Some(1), |p| p.parse().ok());
    Date::new(year, part()?, part()?).ok()
}

/// Draws dates, those marked in full shade before the others. A date less exact than the period
/// has a bar of its own.
pub fn bars(dates: &[(String, bool)], period: Period, width: usize) -> String {
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (date, marked) in dates {
        let label = date.get(..period.length()).unwrap_or(date);
        counts.entry(label.to_owned()).or_default()[usize::from(!marked)] += 1;
    }
    let ends = counts.keys().next().zip(counts.keys().next_back());
    let all = ends.map_or(Vec::new(), |(first, last)| period.between(first, last));
    if all.len() <= MOST {
        for label in all {
            counts.entry(label).or_default();
        }
    }
    let most = counts
        .values()
        .map(|[a, b]| a + b)
        .max()
        .unwrap_or(0)
        .max(1);
    let room = width.saturating_sub(period.length() + 8).max(10);
    // one mark an event while that fits
    let scaled = |n: usize| {
        if most <= room {
            n
        } else {
            (n * room).div_ceil(most)
        }
    };
    let mut drawn = String::new();
    for (label, [marked, other]) in &counts {
        let (marked, other, all) = (scaled(*marked), scaled(*other), marked + other);
        drawn += &format!("{label:<width$}  ", width = period.length());
        drawn += &"█".repeat(marked);
        drawn += &"░".repeat(other);
        drawn += &if all > 0 {
            format!(" {all}\n")
        } else {
            "\n".to_owned()
        };
    }
    drawn
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_a_period() {
        let dates = [
            ("2019-11-03", true),
            ("2019-11-30", false),
            ("2020-01", true),
            ("2019", true),
        ];
        let dates = dates.map(|(date, marked)| (date.to_owned(), marked));
        let drawn = bars(&dates, Period::Month, 40);
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(lines[0], "2019     █ 1");
        assert_eq!(lines[1], "2019-01");
        assert!(lines.contains(&"2019-11  █░ 2"));
        assert_eq!(lines.last(), Some(&"2020-01  █ 1"));
    }

    #[test]
    fn periods_fit_the_dates() {
        assert_eq!(Period::fitting(&["2019-11-03", "2019-11-09"]), Period::Day);
        assert_eq!(
            Period::fitting(&["2019-11-03", "2020-06-09"]),
            Period::Month
        );
        assert_eq!(Period::fitting(&["2003", "2020-06-09"]), Period::Year);
        assert_eq!(Period::fitting(&[]), Period::Year);
    }

    #[test]
    fn many_are_scaled() {
        let dates = vec![("2019".to_owned(), true); 1000];
        let drawn = bars(&dates, Period::Year, 40);
        assert_eq!(drawn.chars().filter(|c| *c == '█').count(), 28);
    }
}
