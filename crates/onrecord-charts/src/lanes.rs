//! Positions over time: a lane an actor, a mark a stand, a line for the reading in force.

use onrecord_model::{PartialDate, Precision};

use crate::axis::Axis;
use crate::fold::{Folded, fold};
use crate::legend::{self, Entry};
use crate::shapes::{self, Colour, Shape};
use crate::svg::{Svg, count, num, text_width, width};
use crate::{Chart, Frame, Tag, days};

/// Where an actor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Stance {
    Support,
    Mixed,
    Oppose,
}

impl Stance {
    /// Reads the word the record uses; whatever is neither support nor oppose is mixed.
    pub fn read(word: &str) -> Stance {
        match word {
            "support" => Stance::Support,
            "oppose" => Stance::Oppose,
            _ => Stance::Mixed,
        }
    }

    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Support => "support",
            Stance::Mixed => "mixed",
            Stance::Oppose => "oppose",
        }
    }

    fn look(self) -> (Shape, Colour) {
        match self {
            Stance::Support => (Shape::Up, shapes::SUPPORT),
            Stance::Mixed => (Shape::Diamond, shapes::MIXED),
            Stance::Oppose => (Shape::Down, shapes::OPPOSE),
        }
    }

    /// How far from the middle of its lane it is drawn.
    fn level(self) -> f64 {
        match self {
            Stance::Support => -11.0,
            Stance::Mixed => 0.0,
            Stance::Oppose => 11.0,
        }
    }
}

/// One stand of an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// When; without a date it stands in a column of its own.
    pub date: Option<PartialDate>,
    /// For, against, or both.
    pub stance: Stance,
    /// Whether a person has looked at it: hollow until then.
    pub reviewed: bool,
    /// Whether the line of the lane follows it: not for stands of another scope.
    pub in_line: bool,
    /// What it tells.
    pub tag: Tag,
}

/// The stands of one actor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lane {
    /// The actor's name.
    pub name: String,
    /// Where the name leads.
    pub href: Option<String>,
    /// The stands, in any order.
    pub stands: Vec<Stand>,
}

const LANE: f64 = 46.0;
const UNDATED: f64 = 74.0;
const TOP: f64 = 8.0;

/// Draws a lane for each actor, in the order given. Triangles up support, triangles down oppose,
/// diamonds are mixed; support lies above the middle of its lane, opposition below. A bar
/// through a mark is as wide as the month or year it is dated to. The line of a lane goes from
/// stand to stand: what was last said holds until something else is said, and it ends with the
/// last stand; several of one date that differ make it mixed. Stands of one stance closer
/// than six pixels are one mark with their count.
pub fn lanes(frame: &Frame, lanes: &[Lane]) -> Chart {
    let mut svg = Svg::default();
    let width = f64::from(width(frame));
    let all = || lanes.iter().flat_map(|lane| &lane.stands);
    let undated = all().filter(|stand| stand.date.is_none()).count() as u64;
    let longest = lanes.iter().map(|lane| text_width(&lane.name));
    let names = longest.fold(60.0, f64::max).min(width * 0.26) + 12.0;
    let column = if undated > 0 { UNDATED } else { 0.0 };
    let (left, right) = (names + 8.0, width - 12.0 - column);
    let axis = Axis::of(all().filter_map(|s| s.date), left, right);
    let bottom = TOP + LANE * lanes.len() as f64;
    if lanes.is_empty() {
        svg.text(
            8.0,
            24.0,
            "class=\"oc-quiet\" fill=\"#59636e\"",
            "No positions.",
        );
        let svg = svg.close(frame, 40.0, "No positions.");
        return Chart {
            svg,
            ..Chart::default()
        };
    }
    if let Some(axis) = &axis {
        axis.draw(&mut svg, TOP, bottom);
    }
    if undated > 0 {
        svg.text(
            right + 12.0 + UNDATED / 2.0,
            bottom + 15.0,
            "class=\"oc-quiet\" fill=\"#59636e\" text-anchor=\"middle\"",
            "undated",
        );
    }
    for (n, lane) in lanes.iter().enumerate() {
        let middle = TOP + LANE * (n as f64 + 0.5);
        let rule = "class=\"oc-rule\" stroke=\"#d5dade\"";
        svg.line(
            [0.0, middle + LANE / 2.0],
            [width, middle + LANE / 2.0],
            rule,
        );
        let mut name = Svg::default();
        name.fitted(
            4.0,
            middle + 4.0,
            "font-weight=\"600\"",
            &lane.name,
            names - 8.0,
        );
        svg.name(&lane.name, lane.href.as_deref(), name);
        if let Some(axis) = &axis {
            line(&mut svg, axis, lane, middle);
        }
        for mark in fold(marks(lane), axis.as_ref(), 6.0) {
            draw(&mut svg, axis.as_ref(), &mark, middle, right + 12.0);
        }
    }
    let legend = bottom + 24.0;
    let used = legend::draw(&mut svg, &entries(), 4.0, width, legend);
    let dated = all().count() as u64 - undated;
    let summary = format!(
        "{} of {}, {dated} dated and {undated} undated.",
        count(all().count() as u64, "stand", "stands"),
        count(lanes.len() as u64, "actor", "actors"),
    );
    Chart {
        svg: svg.close(frame, legend + used + 6.0, &summary),
        left_out: Vec::new(),
    }
}

type Mark<'a> = ((Stance, bool), Option<PartialDate>, &'a Tag);

fn marks(lane: &Lane) -> impl Iterator<Item = Mark<'_>> {
    lane.stands
        .iter()
        .map(|stand| ((stand.stance, stand.reviewed), stand.date, &stand.tag))
}

/// The step line: from the middle of each date to the next.
fn line(svg: &mut Svg, axis: &Axis, lane: &Lane, middle: f64) {
    let mut dated: Vec<(f64, Stance)> = Vec::new();
    let stands = lane.stands.iter().filter(|stand| stand.in_line);
    for stand in stands {
        dated.extend(stand.date.map(|date| (days::middle(date), stand.stance)));
    }
    dated.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut readings: Vec<(f64, Stance)> = Vec::new();
    for (day, stance) in dated {
        match readings.last_mut() {
            Some((last, reading)) if *last == day => {
                if *reading != stance {
                    *reading = Stance::Mixed;
                }
            }
            _ => readings.push((day, stance)),
        }
    }
    for pair in readings.windows(2) {
        let [(from, stance), (to, next)] = [pair[0], pair[1]];
        let (y, z) = (middle + stance.level(), middle + next.level());
        let (from, to) = (axis.x(from), axis.x(to));
        let paint = stance.look().1.line(1.5, "");
        let down = if y == z {
            String::new()
        } else {
            format!("V{}", num(z))
        };
        svg.raw(&format!(
            "<path d=\"M{} {}H{}{down}\" {paint}/>",
            num(from),
            num(y),
            num(to)
        ));
    }
}

fn draw(
    svg: &mut Svg,
    axis: Option<&Axis>,
    mark: &Folded<'_, (Stance, bool)>,
    middle: f64,
    apart: f64,
) {
    let (stance, reviewed) = mark.key;
    let (shape, colour) = stance.look();
    let paint = if reviewed {
        colour.full()
    } else {
        colour.hollow()
    };
    let mut y = middle + stance.level();
    let mut inside = String::new();
    let x = match (mark.dates, axis) {
        (Some((date, last)), Some(axis)) => {
            let [from, to, at] = axis.span(date);
            if date.precision() != Precision::Day {
                let bar = colour.line(4.0, "");
                inside += &format!(
                    "<path d=\"M{} {1}H{2}\" stroke-opacity=\"0.35\" {bar}/>",
                    num(from),
                    num(y),
                    num(to)
                );
            }
            (at + axis.span(last)[2]) / 2.0
        }
        _ => {
            // Three places beside one another, each with a reviewed and an unreviewed mark.
            y = middle + if reviewed { -9.0 } else { 9.0 };
            let place = match stance {
                Stance::Support => 10.0,
                Stance::Mixed => 34.0,
                Stance::Oppose => 58.0,
            };
            apart + place
        }
    };
    inside += &shape.draw(x, y, 5.5, &paint);
    let n = mark.tags.len();
    if n > 1 {
        inside += &format!(
            "<text x=\"{}\" y=\"{}\" class=\"oc-count oc-halo\" font-size=\"10\" stroke=\"#fff\" \
             stroke-width=\"2.5\" paint-order=\"stroke\">{n}</text>",
            num(x + 7.0),
            num(y + 3.5)
        );
    }
    svg.mark("oc-mark", &mark.tag(), &mark.rows(), &inside);
}

fn entries() -> Vec<Entry> {
    let mark = |stance: Stance, reviewed: bool| {
        let (shape, colour) = stance.look();
        let paint = if reviewed {
            colour.full()
        } else {
            colour.hollow()
        };
        shape.draw(9.0, 0.0, 5.5, &paint)
    };
    let bar = format!(
        "<path d=\"M0 0H18\" stroke-opacity=\"0.35\" {}/>",
        shapes::MIXED.line(4.0, "")
    );
    [
        (mark(Stance::Support, true), "supports"),
        (mark(Stance::Oppose, true), "opposes"),
        (mark(Stance::Mixed, true), "mixed"),
        (
            mark(Stance::Support, false),
            "hollow: no person has checked it",
        ),
        (bar, "dated to a month or year only"),
    ]
    .map(|(mark, text)| Entry {
        mark,
        text: text.to_owned(),
    })
    .into()
}
