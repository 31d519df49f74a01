//! Marks along time: events and statements, in rows.

use onrecord_model::{PartialDate, Precision};

use crate::axis::Axis;
use crate::fold::{Folded, fold};
use crate::legend::{self, Entry};
use crate::shapes::{self, Colour, Shape};
use crate::svg::{Svg, count, num, text_width, width};
use crate::{Chart, Frame, Tag};

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Kind {
    MaterialConflict,
    VerbalConflict,
    MaterialCooperation,
    VerbalCooperation,
    Statement,
    Outlook,
    Other,
}

impl Kind {
    /// All kinds, in the order of the legend.
    pub const ALL: [Kind; 7] = [
        Kind::MaterialConflict,
        Kind::VerbalConflict,
        Kind::MaterialCooperation,
        Kind::VerbalCooperation,
        Kind::Statement,
        Kind::Outlook,
        Kind::Other,
    ];

    /// The kind of an event by its PLOVER quad, 1 to 4.
    pub fn of_quad(quad: i64) -> Kind {
        match quad {
            1 => Kind::VerbalCooperation,
            2 => Kind::MaterialCooperation,
            3 => Kind::VerbalConflict,
            4 => Kind::MaterialConflict,
            _ => Kind::Other,
        }
    }

    /// What the legend says.
    pub fn name(self) -> &'static str {
        match self {
            Kind::MaterialConflict => "conflict by deeds",
            Kind::VerbalConflict => "conflict in words",
            Kind::MaterialCooperation => "cooperation by deeds",
            Kind::VerbalCooperation => "cooperation in words",
            Kind::Statement => "statement",
            Kind::Outlook => "announcement",
            Kind::Other => "other",
        }
    }

    pub(crate) fn look(self) -> (Shape, Colour) {
        match self {
            Kind::MaterialConflict => (Shape::Cross, shapes::MATERIAL_CONFLICT),
            Kind::VerbalConflict => (Shape::Down, shapes::VERBAL_CONFLICT),
            Kind::MaterialCooperation => (Shape::Square, shapes::MATERIAL_COOPERATION),
            Kind::VerbalCooperation => (Shape::Up, shapes::VERBAL_COOPERATION),
            Kind::Statement => (Shape::Circle, shapes::SPEECH),
            Kind::Outlook => (Shape::Diamond, shapes::MIXED),
            Kind::Other => (Shape::Pentagon, shapes::OTHER),
        }
    }
}

/// One thing at its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// When; without a date it stands in a column of its own.
    pub date: Option<PartialDate>,
    /// What it is.
    pub kind: Kind,
    /// Whether it is told as having taken place: dashed and hollow if it was only announced,
    /// threatened, alleged or denied. True for statements.
    pub actual: bool,
    /// What it tells.
    pub tag: Tag,
}

/// A row of the timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What stands in it.
    pub name: String,
    /// Where the name leads.
    pub href: Option<String>,
    /// Its marks, in any order.
    pub spots: Vec<Spot>,
}

const STEP: f64 = 19.0;
/// So many marks lie over one another in a row at most; more share the last place.
const DEPTH: usize = 8;
const UNDATED: f64 = 70.0;
const TOP: f64 = 8.0;

/// Draws a row for each, in the order given. A mark dated to a month or year has a bar as wide.
/// Marks of one kind closer than nine pixels are one, larger and with their count.
pub fn timeline(frame: &Frame, rows: &[Row]) -> Chart {
    let mut svg = Svg::default();
    let width = f64::from(width(frame));
    let all = || rows.iter().flat_map(|row| &row.spots);
    let total = all().count() as u64;
    if total == 0 {
        svg.text(
            8.0,
            24.0,
            "class=\"oc-quiet\" fill=\"#59636e\"",
            "Nothing to show.",
        );
        let svg = svg.close(frame, 40.0, "Nothing to show.");
        return Chart {
            svg,
            ..Chart::default()
        };
    }
    let undated = all().filter(|spot| spot.date.is_none()).count() as u64;
    let longest = rows.iter().map(|row| text_width(&row.name));
    let names = longest.fold(60.0, f64::max).min(width * 0.26) + 12.0;
    let column = if undated > 0 { UNDATED } else { 0.0 };
    let (left, right) = (names + 8.0, width - 14.0 - column);
    let axis = Axis::of(all().filter_map(|s| s.date), left, right);

    // Each row is as high as its marks lie over one another.
    let mut placed = Vec::new();
    let mut bottom = TOP;
    for row in rows {
        let marks = fold(marks(row), axis.as_ref(), 9.0);
        let places = places(&marks, axis.as_ref());
        let depth = places.iter().max().map_or(1, |most| most + 1);
        let height = (STEP * depth as f64 + 10.0).max(30.0);
        placed.push((row, marks, places, bottom, height));
        bottom += height;
    }
    if let Some(axis) = &axis {
        axis.draw(&mut svg, TOP, bottom);
    }
    if undated > 0 {
        svg.text(
            right + 14.0 + UNDATED / 2.0,
            bottom + 15.0,
            "class=\"oc-quiet\" fill=\"#59636e\" text-anchor=\"middle\"",
            "undated",
        );
    }
    for (row, marks, places, top, height) in placed {
        let rule = "class=\"oc-rule\" stroke=\"#d5dade\"";
        svg.line([0.0, top + height], [width, top + height], rule);
        let mut name = Svg::default();
        let y = top + height / 2.0 + 4.0;
        name.fitted(4.0, y, "font-weight=\"600\"", &row.name, names - 8.0);
        svg.name(&row.name, row.href.as_deref(), name);
        for (mark, place) in marks.iter().zip(places) {
            let y = top + 5.0 + STEP * (place as f64 + 0.5);
            draw(
                &mut svg,
                axis.as_ref(),
                mark,
                y,
                right + 14.0 + UNDATED / 2.0,
            );
        }
    }
    let legend = bottom + 24.0;
    let used = legend::draw(&mut svg, &entries(rows), 4.0, width, legend);
    let summary = format!(
        "{} in {}, {} dated and {undated} undated.",
        count(total, "mark", "marks"),
        count(rows.len() as u64, "row", "rows"),
        total - undated
    );
    Chart {
        svg: svg.close(frame, legend + used + 6.0, &summary),
        left_out: Vec::new(),
    }
}

type Key = (Kind, bool);

fn marks(row: &Row) -> impl Iterator<Item = (Key, Option<PartialDate>, &Tag)> {
    row.spots
        .iter()
        .map(|spot| ((spot.kind, !spot.actual), spot.date, &spot.tag))
}

fn radius(n: usize) -> f64 {
    4.5 + (n as f64).sqrt().min(10.0) * 0.45
}

fn middle(axis: &Axis, dates: (PartialDate, PartialDate)) -> f64 {
    (axis.span(dates.0)[2] + axis.span(dates.1)[2]) / 2.0
}

/// Which place from the top each mark takes: the first that is free.
fn places(marks: &[Folded<'_, Key>], axis: Option<&Axis>) -> Vec<usize> {
    let mut ends = [f64::NEG_INFINITY; DEPTH];
    let mut undated = 0;
    let of = |mark: &Folded<'_, Key>| {
        let (Some(dates), Some(axis)) = (mark.dates, axis) else {
            undated += 1;
            return (undated - 1).min(DEPTH - 1);
        };
        let n = mark.tags.len();
        let at = middle(axis, dates);
        let mut from = at - radius(n) - 2.0;
        let mut to = at + radius(n) + 2.0;
        if n > 1 {
            to += 3.0 + 6.5 * n.to_string().len() as f64;
        }
        if dates.0.precision() != Precision::Day {
            let [first, last, _] = axis.span(dates.0);
            from = from.min(first);
            to = to.max(last);
        }
        let free = ends
            .iter()
            .position(|end| *end <= from)
            .unwrap_or(DEPTH - 1);
        ends[free] = ends[free].max(to);
        free
    };
    marks.iter().map(of).collect()
}

fn draw(svg: &mut Svg, axis: Option<&Axis>, mark: &Folded<'_, Key>, y: f64, apart: f64) {
    let (kind, unreal) = mark.key;
    let (shape, colour) = kind.look();
    let paint = if unreal {
        colour.dashed()
    } else {
        colour.full()
    };
    let n = mark.tags.len();
    let r = radius(n);
    let mut inside = String::new();
    let x = match (mark.dates, axis) {
        (Some(dates), Some(axis)) => {
            if dates.0.precision() != Precision::Day {
                let [from, to, _] = axis.span(dates.0);
                inside += &format!(
                    "<path d=\"M{} {}H{}\" stroke-opacity=\"0.35\" {}/>",
                    num(from),
                    num(y),
                    num(to),
                    colour.line(4.0, "")
                );
            }
            middle(axis, dates)
        }
        _ => apart - 8.0,
    };
    inside += &shape.draw(x, y, r, &paint);
    if n > 1 {
        inside += &format!(
            "<text x=\"{}\" y=\"{}\" class=\"oc-count oc-halo\" font-size=\"10.5\" stroke=\"#fff\" \
             stroke-width=\"2.5\" paint-order=\"stroke\">{n}</text>",
            num(x + r + 2.5),
            num(y + 3.5)
        );
    }
    svg.mark("oc-mark", &mark.tag(), &mark.rows(), &inside);
}

fn entries(rows: &[Row]) -> Vec<Entry> {
    let all = || rows.iter().flat_map(|row| &row.spots);
    let mut entries: Vec<Entry> = Kind::ALL
        .into_iter()
        .filter(|kind| all().any(|spot| spot.kind == *kind))
        .map(|kind| {
            let (shape, colour) = kind.look();
            Entry {
                mark: shape.draw(9.0, 0.0, 5.5, &colour.full()),
                text: kind.name().to_owned(),
            }
        })
        .collect();
    if all().any(|spot| !spot.actual) {
        entries.push(Entry {
            mark: Shape::Circle.draw(9.0, 0.0, 5.5, &shapes::OTHER.dashed()),
            text: "hollow: announced, threatened, alleged or denied".to_owned(),
        });
    }
    let vague = |spot: &Spot| spot.date.is_some_and(|d| d.precision() != Precision::Day);
    if all().any(vague) {
        let bar = shapes::OTHER.line(4.0, "");
        entries.push(Entry {
            mark: format!("<path d=\"M0 0H18\" stroke-opacity=\"0.35\" {bar}/>"),
            text: "dated to a month or year only".to_owned(),
        });
    }
    entries
}
