use std::fmt;

use jiff::civil;

/// A calendar date of which only the year, or the year and month, may be known.
///
/// Guaranteed to be a real date of the Gregorian calendar: there is no 30 February.
///
/// ```
/// use onrecord_model::{PartialDate, Precision, Weekday};
/// let day = PartialDate::day(2014, 9, 19).unwrap();
/// assert_eq!(day.to_string(), "2014-09-19");
/// assert_eq!(day.weekday(), Some(Weekday::Friday));
/// assert_eq!(PartialDate::month(2014, 9).unwrap().to_string(), "2014-09");
/// assert!(PartialDate::day(2015, 2, 30).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Precision {
    Year,
    Month,
    Day,
}

impl Precision {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            Precision::Year => "year",
            Precision::Month => "month",
            Precision::Day => "day",
        }
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// Days after Monday, 0 to 6.
    pub fn index(self) -> i32 {
        self as i32
    }

    /// Reads an English name, whole or cut to three letters or more, in any case.
    ///
    /// ```
    /// # use onrecord_model::Weekday;
    /// assert_eq!(Weekday::read("Thurs"), Some(Weekday::Thursday));
    /// assert_eq!(Weekday::read("Th"), None);
    /// ```
    pub fn read(word: &str) -> Option<Weekday> {
        const NAMES: [(&str, Weekday); 7] = [
            ("monday", Weekday::Monday),
            ("tuesday", Weekday::Tuesday),
            ("wednesday", Weekday::Wednesday),
            ("thursday", Weekday::Thursday),
            ("friday", Weekday::Friday),
            ("saturday", Weekday::Saturday),
            ("sunday", Weekday::Sunday),
        ];
        let word = word.trim_end_matches('.').to_ascii_lowercase();
        if word.len() < 3 {
            return None;
        }
        NAMES
            .iter()
            .find(|(name, _)| name.starts_with(&word))
            .map(|(_, day)| *day)
    }
}

impl PartialDate {
    /// A whole date, if the calendar has it.
    pub fn day(year: i16, month: i8, day: i8) -> Option<PartialDate> {
        civil::Date::new(year, month, day).ok()?;
        Some(PartialDate {
            year,
            month: Some(month),
            day: Some(day),
        })
    }

    /// A month.
    pub fn month(year: i16, month: i8) -> Option<PartialDate> {
        civil::Date::new(year, month, 1).ok()?;
        Some(PartialDate {
            year,
            month: Some(month),
            day: None,
        })
    }

    /// A year.
    pub fn year(year: i16) -> Option<PartialDate> {
        civil::Date::new(year, 1, 1).ok()?;
        Some(PartialDate {
            year,
            month: None,
            day: None,
        })
    }

    /// Reads the form that [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let date = match (parts.next(), parts.next()) {
            (None, _) => PartialDate::year(year),
            (Some(month), None) => PartialDate::month(year, month.parse().ok()?),
            (Some(month), Some(day)) => {
                PartialDate::day(year, month.parse().ok()?, day.parse().ok()?)
            }
        };
        if parts.next().is_some() { None } else { date }
    }

    /// How much is known.
    pub fn precision(self) -> Precision {
        match (self.month, self.day) {
            (_, Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            (None, None) => Precision::Year,
        }
    }

    /// The year.
    pub fn year_number(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, if known.
    pub fn month_number(self) -> Option<i8> {
        self.month
    }

    /// The day of the month, if known.
    pub fn day_number(self) -> Option<i8> {
        self.day
    }

    /// The day of the week, if the day is known.
    pub fn weekday(self) -> Option<Weekday> {
        const DAYS: [Weekday; 7] = [
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
            Weekday::Saturday,
            Weekday::Sunday,
        ];
        let offset = self.civil()?.weekday().to_monday_zero_offset();
        Some(DAYS[usize::try_from(offset).ok()?])
    }

    /// The date `days` later (earlier if negative); `None` unless the day is known.
    pub fn plus_days(self, days: i32) -> Option<PartialDate> {
        let date = self
            .civil()?
            .checked_add(jiff::Span::new().days(days))
            .ok()?;
        PartialDate::day(date.year(), date.month(), date.day())
    }

    /// The first and last whole day this date can mean.
    pub fn bounds(self) -> (PartialDate, PartialDate) {
        let first = PartialDate {
            year: self.year,
            month: Some(self.month.unwrap_or(1)),
            day: Some(self.day.unwrap_or(1)),
        };
        let last_month = self.month.unwrap_or(12);
        let last_day = self.day.unwrap_or_else(|| {
            civil::Date::new(self.year, last_month, 1).map_or(28, |d| d.days_in_month())
        });
        let last = PartialDate {
            year: self.year,
            month: Some(last_month),
            day: Some(last_day),
        };
        (first, last)
    }

    fn civil(self) -> Option<civil::Date> {
        civil::Date::new(self.year, self.month?, self.day?).ok()
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}
