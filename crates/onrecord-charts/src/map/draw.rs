//! Drawing countries, points and names.

use std::collections::BTreeMap;

use super::view::{View, middle};
use super::{Exactness, Point, world};
use crate::labels::{self, Placed, Wanted};
use crate::legend::{self, Entry};
use crate::shapes::{self, Shape};
use crate::svg::{Svg, count, fit, num, plain_id, text_width, width};
use crate::{Chart, Frame, Kind, Tag};

/// So many places have their name written beside them.
const NAMED: usize = 40;
/// So many places are drawn, those with most points.
const PLACES: usize = 2_000;
const AREA: f64 = 17.0;

/// The points of one place.
struct Place<'a> {
    name: &'a str,
    at: [f64; 2],
    area: bool,
    marks: BTreeMap<(Kind, bool), Vec<&'a Tag>>,
    points: usize,
}

pub(super) fn draw(frame: &Frame, points: &[Point]) -> Chart {
    let mut left_out = Vec::new();
    let good = |p: &&Point| (-90.0..=90.0).contains(&p.lat) && (-180.0..=180.0).contains(&p.lon);
    let shown: Vec<&Point> = points.iter().filter(good).collect();
    if shown.len() < points.len() {
        let n = (points.len() - shown.len()) as u64;
        left_out.push(format!(
            "{} with impossible coordinates",
            count(n, "point", "points")
        ));
    }
    let mut svg = Svg::default();
    if shown.is_empty() {
        svg.text(
            8.0,
            24.0,
            "class=\"oc-quiet\" fill=\"#59636e\"",
            "No place with coordinates.",
        );
        let svg = svg.close(frame, 40.0, "No place with coordinates.");
        return Chart { svg, left_out };
    }
    let mut places = places(&shown);
    places.sort_by(|a, b| (b.points, a.name).cmp(&(a.points, b.name)));
    if places.len() > PLACES {
        let n = (places.len() - PLACES) as u64;
        left_out.push(format!(
            "{}, those with fewest points",
            count(n, "place", "places")
        ));
        places.truncate(PLACES);
    }
    let width = f64::from(width(frame));
    let at: Vec<[f64; 2]> = places.iter().map(|place| place.at).collect();
    let view = View::around(&at, width);
    let clip = format!("{}-window", plain_id(&frame.id));
    let (w, h) = (num(width), num(view.height));
    svg.raw(&format!(
        "<clipPath id=\"{clip}\"><rect width=\"{w}\" height=\"{h}\"/></clipPath>\
         <g clip-path=\"url(#{clip})\"><rect class=\"oc-sea\" width=\"{w}\" height=\"{h}\" \
         fill=\"#fff\" stroke=\"#d5dade\"/>"
    ));
    let (texts, spots) = names(&view, &places);
    countries(&mut svg, &view, &spots);
    svg.raw("</g>");
    scale(&mut svg, &view);
    // The busiest are drawn last: they lie on top.
    for place in places.iter().rev() {
        draw_place(&mut svg, &view, place);
    }
    write_names(&mut svg, &texts, &spots);
    let used = legend::draw(&mut svg, &entries(&places), 4.0, width, view.height + 4.0);
    let summary = format!(
        "{} at {}. Outlines: Natural Earth.",
        count(shown.len() as u64, "point", "points"),
        count(places.len() as u64, "place", "places"),
    );
    Chart {
        svg: svg.close(frame, view.height + used + 10.0, &summary),
        left_out,
    }
}

fn places<'a>(points: &[&'a Point]) -> Vec<Place<'a>> {
    // Two thousandths of a degree apart is another place.
    let key = |degrees: f64| (degrees * 1_000.0).round() as i64;
    let mut all: BTreeMap<(i64, i64, &str, bool), Place<'a>> = BTreeMap::new();
    for point in points {
        let area = point.exactness == Exactness::Area;
        let spot = (key(point.lat), key(point.lon), point.place.as_str(), area);
        let place = all.entry(spot).or_insert_with(|| Place {
            name: &point.place,
            at: [point.lon, point.lat],
            area,
            marks: BTreeMap::new(),
            points: 0,
        });
        let marks = place.marks.entry((point.kind, !point.actual)).or_default();
        marks.push(&point.tag);
        place.points += 1;
    }
    all.into_values().collect()
}

/// The outlines; a country's name where it has room and lies on no other.
fn countries(svg: &mut Svg, view: &View, spots: &[Placed]) {
    let mut labels = Vec::new();
    svg.raw("<g>");
    for country in world::countries() {
        let mut path = String::new();
        let mut largest: (f64, [f64; 2]) = (0.0, [0.0; 2]);
        for polygon in &country.polygons {
            for (n, ring) in polygon.iter().enumerate() {
                // The same a turn of the world to the east and to the west.
                for turn in [-360.0, 0.0, 360.0] {
                    let ring = view.clip(ring, turn);
                    for (at, [x, y]) in ring.iter().enumerate() {
                        let pen = if at == 0 { 'M' } else { 'L' };
                        path += &format!("{pen}{} {}", num(*x), num(*y));
                    }
                    if !ring.is_empty() {
                        path.push('Z');
                    }
                    let (area, at) = middle(&ring);
                    if n == 0 && area > largest.0 {
                        largest = (area, at);
                    }
                }
            }
        }
        if path.is_empty() {
            continue;
        }
        svg.raw(&format!(
            "<path class=\"oc-land\" fill=\"#eceae4\" stroke=\"#a9a79e\" stroke-width=\"0.8\" \
             fill-rule=\"evenodd\" d=\"{path}\"/>"
        ));
        let long = text_width(&country.name) * 1.1;
        let (area, [x, y]) = largest;
        let inside = x - long / 2.0 > 2.0
            && x + long / 2.0 < view.width - 2.0
            && (14.0..view.height - 8.0).contains(&y);
        let own = [x - long / 2.0, y - 11.0, x + long / 2.0, y + 4.0];
        let free = spots
            .iter()
            .all(|spot| labels::shared(spot.area, own) == 0.0);
        if area > 1_500.0 && area.sqrt() * 1.3 > long && inside && free {
            labels.push((x, y, country.name));
        }
    }
    for (x, y, name) in labels {
        svg.text(
            x,
            y,
            "class=\"oc-quiet\" fill=\"#59636e\" fill-opacity=\"0.75\" text-anchor=\"middle\" \
             letter-spacing=\"0.6\"",
            &name,
        );
    }
    svg.raw("</g>");
}

fn scale(svg: &mut Svg, view: &View) {
    let (km, pixels) = view.scale();
    let (x, y) = (10.0, view.height - 10.0);
    let paint = "class=\"oc-axis oc-ruler\" stroke=\"#59636e\" stroke-width=\"1.5\"";
    svg.line([x, y], [x + pixels, y], paint);
    svg.text(
        x,
        y - 5.0,
        "class=\"oc-quiet\" fill=\"#59636e\" font-size=\"11\"",
        &format!("{km} km"),
    );
}

fn radius(n: usize) -> f64 {
    4.5 + (n as f64).sqrt().min(10.0) * 0.6
}

fn draw_place(svg: &mut Svg, view: &View, place: &Place<'_>) {
    let [x, y] = view.at(place.at);
    if place.area {
        svg.raw(&format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {} stroke-dasharray=\"3 3\"/>",
            num(x),
            num(y),
            num(AREA),
            shapes::OTHER.line(1.5, "")
        ));
    }
    let kinds = place.marks.len() as f64;
    for (n, ((kind, unreal), tags)) in place.marks.iter().enumerate() {
        let r = radius(tags.len());
        let at = x + (n as f64 - (kinds - 1.0) / 2.0) * 13.0;
        let (shape, colour) = kind.look();
        let paint = if *unreal {
            colour.dashed()
        } else {
            colour.full()
        };
        let mut inside = shape.draw(at, y, r, &paint);
        if tags.len() > 1 {
            inside += &format!(
                "<text class=\"oc-count oc-halo\" x=\"{}\" y=\"{}\" font-size=\"10.5\" \
                 stroke=\"#fff\" stroke-width=\"2.5\" paint-order=\"stroke\" \
                 text-anchor=\"middle\">{}</text>",
                num(at),
                num(y - r - 3.0),
                tags.len()
            );
        }
        let rows: Vec<&str> = tags.iter().filter_map(|tag| tag.row.as_deref()).collect();
        svg.mark("oc-mark", &tag(place, tags), &rows, &inside);
    }
}

fn tag(place: &Place<'_>, tags: &[&Tag]) -> Tag {
    const TOLD: usize = 4;
    let mut all = match tags {
        [one] => return (*one).clone(),
        [first, ..] => (*first).clone(),
        [] => return Tag::default(),
    };
    let told: Vec<&str> = tags
        .iter()
        .take(TOLD)
        .map(|tag| tag.title.as_str())
        .collect();
    let more = match tags.len().saturating_sub(TOLD) {
        0 => String::new(),
        n => format!(" · and {n} more"),
    };
    all.title = format!(
        "{}, {} marks · {}{more}",
        place.name,
        tags.len(),
        told.join(" · ")
    );
    all
}

/// The names of places, and where they go.
fn names(view: &View, places: &[Place<'_>]) -> (Vec<String>, Vec<Placed>) {
    let texts: Vec<String> = places
        .iter()
        .take(NAMED)
        .map(|p| fit(p.name, 130.0))
        .collect();
    let wanted: Vec<Wanted> = places
        .iter()
        .zip(&texts)
        .map(|(place, text)| {
            let [x, y] = view.at(place.at);
            let wide = 6.5 * place.marks.len() as f64 + 1.0;
            Wanted {
                x,
                y,
                r: if place.area { AREA } else { wide.max(6.0) },
                width: text_width(text),
            }
        })
        .collect();
    let frame = [2.0, 2.0, view.width - 2.0, view.height - 2.0];
    let spots = labels::place(&wanted, frame);
    (texts, spots)
}

fn write_names(svg: &mut Svg, texts: &[String], spots: &[Placed]) {
    for (text, spot) in texts.iter().zip(spots) {
        // A name that would cover another is told by its mark alone.
        if spot.overlap > 60.0 {
            continue;
        }
        let paint = format!(
            "class=\"oc-halo\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\" \
             pointer-events=\"none\" text-anchor=\"{}\"",
            spot.anchor
        );
        svg.text(spot.x, spot.y, &paint, text);
    }
}

fn entries(places: &[Place<'_>]) -> Vec<Entry> {
    let has = |wanted: &dyn Fn(&(Kind, bool)) -> bool| {
        places.iter().any(|place| place.marks.keys().any(wanted))
    };
    let mut entries = Vec::new();
    for kind in Kind::ALL {
        if has(&|key| key.0 == kind) {
            let (shape, colour) = kind.look();
            entries.push(Entry {
                mark: shape.draw(9.0, 0.0, 5.5, &colour.full()),
                text: kind.name().to_owned(),
            });
        }
    }
    if has(&|key| key.1) {
        entries.push(Entry {
            mark: Shape::Circle.draw(9.0, 0.0, 5.5, &shapes::OTHER.dashed()),
            text: "hollow: announced, threatened, alleged or denied".to_owned(),
        });
    }
    if places.iter().any(|place| place.area) {
        entries.push(Entry {
            mark: format!(
                "<circle cx=\"9\" cy=\"0\" r=\"8\" {} stroke-dasharray=\"3 3\"/>",
                shapes::OTHER.line(1.5, "")
            ),
            text: "ring: somewhere in this province or region".to_owned(),
        });
    }
    entries
}
