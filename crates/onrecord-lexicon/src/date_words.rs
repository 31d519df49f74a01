//! `words/date-words.tsv`: words by which dates are read, and days with names.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{PartialDate, Weekday};

use crate::{File, LexiconError};

/// Words by which dates are read; all but the names of days in lower case.
///
/// ```
/// use onrecord_lexicon::Lexicon;
/// let words = &Lexicon::built_in().words.dates;
/// assert_eq!(words.numbers["seven"], 7);
/// let day = words.named.iter().find(|d| d.name == "Labor Day").unwrap();
/// assert_eq!(day.rule.in_year(2016).unwrap().to_string(), "2016-09-05");
/// ```
#[derive(Clone, Debug, Default)]
pub struct DateWords {
    /// Numbers in words.
    pub numbers: BTreeMap<String, i32>,
    /// Seasons with their first and last months.
    pub seasons: BTreeMap<String, (i8, i8)>,
    /// Parts of a day ("night").
    pub parts: BTreeSet<String>,
    /// Lemmas of verbs whose present tense speaks of what is to come ("open").
    pub scheduled: BTreeSet<String>,
    /// Lemmas whose infinitive is to come ("plan").
    pub intended: BTreeSet<String>,
    /// Words that tell of what is to come.
    pub coming: BTreeSet<String>,
    /// Words that leave a number open ("nearly").
    pub about: BTreeSet<String>,
    /// Words that make a name of the weekday after them ("bloody").
    pub no_day: BTreeSet<String>,
    /// Days with a name.
    pub named: Vec<NamedDay>,
}

/// A day with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDay {
    /// As it is written.
    pub name: String,
    /// When it is.
    pub rule: DayRule,
    /// Words of which the article must hold one; empty if the name is enough.
    pub places: Vec<String>,
}

/// In which years a day is, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRule {
    when: When,
    /// Only years that leave the second when divided by the first.
    every: (i16, i16),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum When {
    Fixed(i8, i8),
    Nth(i32, Weekday, i8),
    From(Weekday, i8, i8),
    Easter(i32),
}

impl DayRule {
    fn read(text: &str) -> Option<DayRule> {
        let (when, every) = match text.split_once('/') {
            Some((when, every)) => {
                let (by, rest) = every.split_once('+')?;
                (
                    when,
                    (by.parse().ok().filter(|n| *n > 0)?, rest.parse().ok()?),
                )
            }
            None => (text, (1, 0)),
        };
        let month_day = |text: &str| {
            let (month, day) = text.split_once('-')?;
            Some((month.parse().ok()?, day.parse().ok()?))
        };
        let parts: Vec<&str> = when.split(' ').collect();
        let when = match parts[..] {
            [nth, day, month] if day != "from" => {
                When::Nth(nth.parse().ok()?, Weekday::read(day)?, month.parse().ok()?)
            }
            [weekday, "from", date] => {
                let (month, day) = month_day(date)?;
                When::From(Weekday::read(weekday)?, month, day)
            }
            [day] => match day.strip_prefix("easter") {
                Some(days) => When::Easter(days.parse().ok()?),
                None => {
                    let (month, day) = month_day(day)?;
                    When::Fixed(month, day)
                }
            },
            _ => return None,
        };
        Some(DayRule { when, every })
    }

    /// The day in a year, if that year has it.
    pub fn in_year(&self, year: i16) -> Option<PartialDate> {
        if year.rem_euclid(self.every.0) != self.every.1 {
            return None;
        }
        let from = |day: PartialDate, weekday: Weekday| {
            let ahead = (weekday.index() - day.weekday()?.index()).rem_euclid(7);
            day.plus_days(ahead)
        };
        match self.when {
            When::Fixed(month, day) => PartialDate::day(year, month, day),
            When::From(weekday, month, day) => from(PartialDate::day(year, month, day)?, weekday),
            When::Nth(n, weekday, month) if n > 0 => {
                from(PartialDate::day(year, month, 1)?, weekday)?.plus_days(7 * (n - 1))
            }
            When::Nth(n, weekday, month) => {
                let last = PartialDate::month(year, month)?.bounds().1;
                from(last.plus_days(-6)?, weekday)?.plus_days(7 * (n + 1))
            }
            When::Easter(days) => easter(year)?.plus_days(days),
        }
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<PartialDate> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    PartialDate::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

pub(crate) fn read(file: &File, words: &mut DateWords) -> Result<(), LexiconError> {
    for (line, cells) in file.tsv(2, 4)? {
        let wrong = |what: &str| Err(file.wrong(line, what));
        let entry = cells[1].to_owned();
        if cells[0] != "named" && entry != entry.to_lowercase() {
            return wrong("the entry is not in lower case");
        }
        let set = match cells[0] {
            "part" => &mut words.parts,
            "scheduled" => &mut words.scheduled,
            "intended" => &mut words.intended,
            "coming" => &mut words.coming,
            "about" => &mut words.about,
            "no-day" => &mut words.no_day,
            "number" => {
                let Ok(number) = cells[2].parse() else {
                    return wrong("the value of a number is a number in digits");
                };
                words.numbers.insert(entry, number);
                continue;
            }
            "season" => {
                let months = cells[2].split_once('-');
                let months = months.and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
                let Some(months) = months else {
                    return wrong("the value of a season is its first and last month: 6-8");
                };
                words.seasons.insert(entry, months);
                continue;
            }
            "named" => {
                let Some(rule) = DayRule::read(cells[2]) else {
                    return wrong(
                        "the value of a named day is 12-25, `1 monday 09`, `tuesday from 11-02` or \
                         easter-2, with /4+1 for years that leave 1 when divided by 4",
                    );
                };
                let places = cells[3].split('|').filter(|p| !p.is_empty());
                let places = places.map(str::to_owned).collect();
                words.named.retain(|d| d.name != entry);
                words.named.push(NamedDay {
                    name: entry,
                    rule,
                    places,
                });
                continue;
            }
            _ => {
                return wrong(
                    "unknown kind; expected number, season, part, scheduled, intended, coming, \
                     about, no-day or named",
                );
            }
        };
        set.insert(entry);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_days() {
        for (rule, year, day) in [
            ("12-25", 2020, "2020-12-25"),
            ("1 monday 09", 2016, "2016-09-05"),
            ("-1 monday 05", 2016, "2016-05-30"),
            ("4 thursday 11", 2018, "2018-11-22"),
            ("tuesday from 11-02/2+0", 2012, "2012-11-06"),
            ("01-20/4+1", 2017, "2017-01-20"),
            ("easter-2", 2021, "2021-04-02"),
            ("easter+0", 2016, "2016-03-27"),
        ] {
            let found = DayRule::read(rule).and_then(|r| r.in_year(year));
            assert_eq!(found.map(|d| d.to_string()).as_deref(), Some(day), "{rule}");
        }
        let inauguration = DayRule::read("01-20/4+1").expect("a rule");
        assert!(inauguration.in_year(2016).is_none());
        for wrong in ["12", "first monday 09", "monday 09", "easter", "01-20/0+1"] {
            assert!(DayRule::read(wrong).is_none(), "{wrong}");
        }
    }
}
