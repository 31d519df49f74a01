//! Counts as bars: by month or year, by outlet.

use crate::legend::{self, Entry};
use crate::shapes::{self, Colour};
use crate::svg::{Svg, count, grouped, num, text_width, width};
use crate::{Chart, Frame, Tag};

/// Which way bars go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From below upwards, for periods of time.
    Up,
    /// From left to right, for things with names.
    Across,
}

/// A bar of one or several parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// What it counts.
    pub label: String,
    /// How many, a number for each of the series.
    pub parts: Vec<u64>,
    /// What it tells; where the title is empty, label and numbers.
    pub tag: Tag,
}

/// So many bars are drawn at most.
const MOST: usize = 400;
const COLOURS: [Colour; 4] = [
    shapes::SUPPORT,
    shapes::OPPOSE,
    shapes::MIXED,
    shapes::SPEECH,
];
/// What is drawn over a part besides its colour: stripes every so many pixels.
const STRIPES: [f64; 4] = [0.0, 4.0, 7.0, 2.5];

/// Draws a bar for each, in the order given, beginning at zero. `series` names the parts, at most
/// four; several have a legend, and stripes as well as colours. More than 400 bars are left out,
/// and so are parts beyond the series.
pub fn bars(frame: &Frame, series: &[&str], bars: &[Bar], direction: Direction) -> Chart {
    let series = &series[..series.len().min(COLOURS.len())];
    let shown = &bars[..bars.len().min(MOST)];
    let mut left_out = Vec::new();
    if bars.len() > MOST {
        let rest = (bars.len() - MOST) as u64;
        left_out.push(format!(
            "{} after the first {MOST}",
            count(rest, "bar", "bars")
        ));
    }
    let mut svg = Svg::default();
    let width = f64::from(width(frame));
    let most = shown
        .iter()
        .map(|bar| total(bar, series))
        .max()
        .unwrap_or(0);
    if most == 0 {
        svg.text(
            8.0,
            24.0,
            "class=\"oc-quiet\" fill=\"#59636e\"",
            "Nothing to count.",
        );
        let svg = svg.close(frame, 40.0, "Nothing to count.");
        return Chart { svg, left_out };
    }
    let bottom = match direction {
        Direction::Up => upwards(&mut svg, series, shown, most, width),
        Direction::Across => across(&mut svg, series, shown, most, width),
    };
    let mut height = bottom;
    if series.len() > 1 {
        let entries: Vec<Entry> = series
            .iter()
            .enumerate()
            .map(|(n, name)| Entry {
                mark: part(n, 2.0, -6.0, 14.0, 12.0),
                text: (*name).to_owned(),
            })
            .collect();
        height += 6.0 + legend::draw(&mut svg, &entries, 4.0, width, bottom + 6.0);
    }
    let sum: u64 = shown.iter().map(|bar| total(bar, series)).sum();
    let summary = format!(
        "{}, {} in all, {} at most.",
        count(shown.len() as u64, "bar", "bars"),
        grouped(sum),
        grouped(most)
    );
    Chart {
        svg: svg.close(frame, height + 4.0, &summary),
        left_out,
    }
}

fn total(bar: &Bar, series: &[&str]) -> u64 {
    bar.parts.iter().take(series.len().max(1)).sum()
}

/// A part of a bar; the second and later have stripes.
fn part(n: usize, x: f64, y: f64, w: f64, h: f64) -> String {
    let n = n.min(COLOURS.len() - 1);
    let mut drawn = format!(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}/>",
        num(x),
        num(y),
        num(w.max(0.5)),
        num(h.max(0.5)),
        COLOURS[n].full()
    );
    let step = STRIPES[n];
    if step > 0.0 {
        let mut path = String::new();
        let mut at = y + step;
        while at < y + h && path.len() < 4_000 {
            path += &format!("M{} {}h{}", num(x), num(at), num(w));
            at += step;
        }
        drawn +=
            &format!("<path class=\"oc-sea\" stroke=\"#fff\" stroke-width=\"1\" d=\"{path}\"/>");
    }
    drawn
}

fn tag(bar: &Bar, series: &[&str]) -> Tag {
    if !bar.tag.title.is_empty() {
        return bar.tag.clone();
    }
    let numbers: Vec<String> = match series.len() {
        0 | 1 => vec![grouped(total(bar, series))],
        _ => series
            .iter()
            .zip(&bar.parts)
            .map(|(name, n)| format!("{name} {}", grouped(*n)))
            .collect(),
    };
    Tag {
        title: format!("{}: {}", bar.label, numbers.join(", ")),
        ..bar.tag.clone()
    }
}

fn upwards(svg: &mut Svg, series: &[&str], bars: &[Bar], most: u64, width: f64) -> f64 {
    let (top, height) = (18.0, 140.0);
    let step = ((width - 16.0) / bars.len() as f64).min(64.0);
    let wide = (step * 0.78).max(0.8);
    let longest = bars
        .iter()
        .map(|b| text_width(&b.label))
        .fold(0.0, f64::max);
    let every = ((longest + 14.0) / step).ceil().max(1.0) as usize;
    svg.line(
        [4.0, top + height],
        [width - 4.0, top + height],
        "class=\"oc-rule\" stroke=\"#d5dade\"",
    );
    let quiet = "class=\"oc-quiet\" fill=\"#59636e\" text-anchor=\"middle\"";
    for (n, bar) in bars.iter().enumerate() {
        let x = 8.0 + step * n as f64;
        let mut inside = String::new();
        let mut y = top + height;
        for (at, value) in bar.parts.iter().take(series.len().max(1)).enumerate() {
            let h = *value as f64 / most as f64 * height;
            y -= h;
            if *value > 0 {
                inside += &part(at, x, y, wide, h);
            }
        }
        let n_of_bar = total(bar, series);
        if n_of_bar > 0 && step >= 6.5 * grouped(most).len() as f64 {
            inside += &format!(
                "<text class=\"oc-count\" x=\"{}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\">{}</text>",
                num(x + wide / 2.0),
                num(y - 4.0),
                grouped(n_of_bar)
            );
        }
        svg.mark("oc-bar", &tag(bar, series), &[], &inside);
        if n % every == 0 {
            let half = text_width(&bar.label) / 2.0;
            let at = (x + wide / 2.0).clamp(half.min(width / 2.0), (width - half).max(width / 2.0));
            svg.text(at, top + height + 15.0, quiet, &bar.label);
        }
    }
    top + height + 24.0
}

fn across(svg: &mut Svg, series: &[&str], bars: &[Bar], most: u64, width: f64) -> f64 {
    const STEP: f64 = 24.0;
    let longest = bars
        .iter()
        .map(|b| text_width(&b.label))
        .fold(40.0, f64::max);
    let names = longest.min(width * 0.36) + 12.0;
    let room = width - names - 12.0 - 8.0 * grouped(most).len() as f64;
    for (n, bar) in bars.iter().enumerate() {
        let y = 6.0 + STEP * n as f64;
        svg.fitted(4.0, y + 15.0, "", &bar.label, names - 10.0);
        let mut inside = String::new();
        let mut x = names;
        for (at, value) in bar.parts.iter().take(series.len().max(1)).enumerate() {
            let w = *value as f64 / most as f64 * room;
            if *value > 0 {
                inside += &part(at, x, y + 3.0, w, STEP - 8.0);
            }
            x += w;
        }
        inside += &format!(
            "<text class=\"oc-count\" x=\"{}\" y=\"{}\">{}</text>",
            num(x + 6.0),
            num(y + 15.0),
            grouped(total(bar, series))
        );
        svg.mark("oc-bar", &tag(bar, series), &[], &inside);
    }
    6.0 + STEP * bars.len() as f64 + 4.0
}
