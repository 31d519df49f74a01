//! Dates as days in a row.

use onrecord_model::PartialDate;

/// The first and the last day a date can mean, counted from 1 January 1970.
pub(crate) fn span(date: PartialDate) -> (i64, i64) {
    let (first, last) = date.bounds();
    (number(first), number(last))
}

/// The day in the middle of what a date can mean.
pub(crate) fn middle(date: PartialDate) -> f64 {
    let (first, last) = span(date);
    (first + last + 1) as f64 / 2.0
}

fn number(date: PartialDate) -> i64 {
    let month = i64::from(date.month_number().unwrap_or(1));
    let day = i64::from(date.day_number().unwrap_or(1));
    of(i64::from(date.year_number()), month, day)
}

/// Days from 1 January 1970 to a day of the Gregorian calendar.
pub(crate) fn of(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March, so that the leap day is the last.
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day.
pub(crate) fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let y = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * y + y / 4 - y / 100);
    let m = (5 * of_year + 2) / 153;
    let day = of_year - (153 * m + 2) / 5 + 1;
    let month = if m < 10 { m + 3 } else { m - 9 };
    let year = era * 400 + y + i64::from(month <= 2);
    (year, month, day)
}

/// The day as people write it.
pub(crate) fn text(days: i64) -> String {
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_go_there_and_back() {
        assert_eq!(of(1970, 1, 1), 0);
        assert_eq!(of(2000, 2, 29), 11_016);
        for days in (-800_000..800_000).step_by(97) {
            let (y, m, d) = civil(days);
            assert_eq!(of(y, m, d), days);
        }
    }

    #[test]
    fn a_date_spans_what_it_can_mean() {
        let year = PartialDate::parse("2014").map(span);
        assert_eq!(year, Some((of(2014, 1, 1), of(2014, 12, 31))));
        let day = PartialDate::parse("2014-09-20").map(middle);
        assert_eq!(day, Some(of(2014, 9, 20) as f64 + 0.5));
    }
}
