//! The axis of time: its range, its ticks, and the column of what has no date.

use onrecord_model::PartialDate;

use crate::days;
use crate::svg::{Svg, num};

/// Days to pixels.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    first: f64,
    last: f64,
    left: f64,
    right: f64,
}

impl Axis {
    /// An axis from `left` to `right` that holds all dates; `None` if there is none.
    pub(crate) fn of(
        dates: impl Iterator<Item = PartialDate>,
        left: f64,
        right: f64,
    ) -> Option<Axis> {
        let spans = dates.map(days::span);
        let (first, last) = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        let (mut first, mut last) = (first as f64, last as f64 + 1.0);
        let pad = ((last - first) * 0.03).max(if last - first < 20.0 { 10.0 } else { 1.0 });
        first -= pad;
        last += pad;
        Some(Axis {
            first,
            last,
            left,
            right,
        })
    }

    /// Where a day lies.
    pub(crate) fn x(&self, day: f64) -> f64 {
        self.left + (day - self.first) / (self.last - self.first) * (self.right - self.left)
    }

    /// Pixels of the first and last moment, and of the middle, of what a date can mean.
    pub(crate) fn span(&self, date: PartialDate) -> [f64; 3] {
        let (first, last) = days::span(date);
        [
            self.x(first as f64),
            self.x(last as f64 + 1.0),
            self.x(days::middle(date)),
        ]
    }

    /// Lines and labels: years, months or days, as many as have room.
    pub(crate) fn draw(&self, svg: &mut Svg, top: f64, bottom: f64) {
        // For a script that lets a span be chosen: the days at both ends, and where they lie.
        svg.raw(&format!(
            "<g class=\"oc-axis\" data-first=\"{}\" data-last=\"{}\" data-left=\"{}\" \
             data-right=\"{}\" data-top=\"{}\" data-bottom=\"{}\">",
            num(self.first),
            num(self.last),
            num(self.left),
            num(self.right),
            num(top),
            num(bottom)
        ));
        for (day, label) in self.ticks() {
            let x = self.x(day as f64);
            svg.raw(&format!(
                "<line class=\"oc-grid\" x1=\"{0}\" y1=\"{1}\" x2=\"{0}\" y2=\"{2}\" \
                 stroke=\"#d5dade\"/>",
                num(x),
                num(top),
                num(bottom)
            ));
            svg.text(
                x,
                bottom + 15.0,
                "class=\"oc-quiet\" fill=\"#59636e\" text-anchor=\"middle\"",
                &label,
            );
        }
        svg.raw("</g>");
    }

    fn ticks(&self) -> Vec<(i64, String)> {
        let room = self.right - self.left;
        let (first, last) = (self.first.ceil() as i64, self.last.floor() as i64);
        let days = (self.last - self.first).max(1.0);
        // Step in months or days, and the width of a label.
        for step in [1, 2, 5, 10] {
            if days / f64::from(step) * 84.0 <= room {
                let from = first + (-first).rem_euclid(i64::from(step));
                let all = (from..=last).step_by(step as usize);
                return all.map(|day| (day, days::text(day))).collect();
            }
        }
        let (year, month, _) = days::civil(first);
        let from = year * 12 + month - 1;
        let (year, month, _) = days::civil(last);
        let to = year * 12 + month - 1;
        let steps = [
            1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000,
        ];
        for step in steps {
            let width = if step < 12 { 62.0 } else { 44.0 };
            if (days / 30.44 / f64::from(step)) * width > room && step != 12000 {
                continue;
            }
            let begin = from - from.rem_euclid(i64::from(step));
            let all = (begin..=to + 1).step_by(step as usize);
            let ticks = all.filter_map(|n| {
                let (year, month) = (n.div_euclid(12), n.rem_euclid(12) + 1);
                let day = days::of(year, month, 1);
                let label = match step {
                    ..12 => format!("{year:04}-{month:02}"),
                    _ => year.to_string(),
                };
                (first <= day && day <= last).then_some((day, label))
            });
            return ticks.collect();
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(dates: &[&str], room: f64) -> Vec<String> {
        let dates = dates.iter().filter_map(|d| PartialDate::parse(d));
        let axis = Axis::of(dates, 0.0, room).expect("dates");
        axis.ticks().into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_fit_the_span() {
        assert_eq!(
            labels(&["2014", "2021"], 600.0).first().map(String::as_str),
            Some("2014")
        );
        let months = labels(&["2014-02-03", "2014-07-01"], 600.0);
        assert_eq!(
            months,
            [
                "2014-02", "2014-03", "2014-04", "2014-05", "2014-06", "2014-07"
            ]
        );
        let one = labels(&["2014-09-20"], 500.0);
        assert!(
            one.iter().all(|label| label.len() == 10) && one.len() > 2,
            "{one:?}"
        );
        let long = labels(&["0001", "9999"], 600.0);
        assert!((3..14).contains(&long.len()), "{long:?}");
    }
}
