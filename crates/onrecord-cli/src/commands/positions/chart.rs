//! Lanes drawn in letters.

use std::collections::BTreeSet;

use onrecord_record::Lane;

use crate::output::Period;

/// A lane a line: a mark for each period with a stand, and a line from the first on.
pub fn chart(lanes: &[Lane], by: Option<Period>, width: usize) -> String {
    let stands = || lanes.iter().flat_map(|lane| &lane.stands);
    let dates: Vec<&str> = stands().filter_map(|s| s.date.as_deref()).collect();
    let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) else {
        return "no stand has a date\n".to_owned();
    };
    let mut period = by.unwrap_or_else(|| Period::fitting(&dates));
    let mut columns = period.between(first, last);
    let longest = lanes
        .iter()
        .map(|l| l.actor.name.chars().count())
        .max()
        .unwrap_or(0);
    let names = longest.min(32);
    let room = |n: usize| width.saturating_sub(names + 2) / n.max(1);
    if by.is_none() && room(columns.len()) < period.length() + 1 {
        period = Period::Year;
        columns = period.between(first, last);
    }
    let cell = (period.length() + 1).min(room(columns.len()).max(2));
    let mut drawn = format!("{:names$}  ", "");
    let labelled = cell > period.length();
    for column in &columns {
        let label = if labelled {
            column.as_str()
        } else {
            &column[column.len() - 2..]
        };
        drawn += &format!("{label:<cell$}");
    }
    drawn = format!("{}\n", drawn.trim_end());
    for lane in lanes {
        let name: String = lane.actor.name.chars().take(names).collect();
        let mut line = format!("{name:<names$}  ");
        let mut begun = false;
        let of = |column: &str| -> BTreeSet<char> {
            let here = lane.stands.iter().filter(|s| {
                s.date
                    .as_ref()
                    .is_some_and(|d| d.get(..column.len()).unwrap_or(d) == column)
            });
            here.map(|s| mark(&s.stance)).collect()
        };
        let last = columns.iter().rposition(|c| !of(c).is_empty());
        for (n, column) in columns.iter().enumerate() {
            let marks: String = of(column).into_iter().collect();
            begun |= !marks.is_empty();
            let goes_on = begun && last.is_some_and(|last| n < last);
            let fill = if goes_on { '─' } else { ' ' };
            let used = marks.chars().count();
            line += &marks;
            line.extend(std::iter::repeat_n(fill, cell.saturating_sub(used)));
        }
        drawn += &format!("{}\n", line.trim_end());
    }
    let dated = dates.len();
    let all = stands().count();
    drawn + &format!("▲ support  ▼ oppose  ◆ mixed; {dated} of {all} stands are dated\n")
}

fn mark(stance: &str) -> char {
    match stance {
        "support" => '▲',
        "oppose" => '▼',
        _ => '◆',
    }
}

#[cfg(test)]
mod tests {
    use onrecord_record::{Party, Stand};

    use super::*;

    fn stand(date: &str, stance: &str) -> Stand {
        Stand {
            position_id: format!("po-{date}-{stance}"),
            date: Some(date.to_owned()),
            date_precision: None,
            stance: stance.to_owned(),
            scope: None,
            through: None,
            according_to: None,
            reviewed: false,
            publisher: None,
            published: None,
            article_id: String::new(),
            sentence_id: String::new(),
            sentence: String::new(),
        }
    }

    #[test]
    fn a_lane_is_a_line_of_marks() {
        let lanes = [Lane {
            issue: "ceasefire".into(),
            actor: Party {
                id: "ac-1".into(),
                name: "Dawn Party".into(),
            },
            scope: None,
            stands: vec![stand("2014", "support"), stand("2016", "oppose")],
        }];
        let drawn = chart(&lanes, Some(Period::Year), 80);
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(lines[0], "            2014 2015 2016");
        assert_eq!(lines[1], "Dawn Party  ▲─────────▼");
    }
}
