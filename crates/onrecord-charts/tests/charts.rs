//! Every chart: well-formed, safe, the same each time, quick.

use std::collections::BTreeSet;

use onrecord_charts::{
    Bar, Chart, Direction, Edge, Exactness, Frame, Kind, Lane, Node, NodeKind, Point, Row, Spot,
    Stance, Stand, Tag, Tie, bars, lanes, map, network, timeline,
};
use onrecord_model::PartialDate;
use roxmltree::{Document, Node as Element};

const HOSTILE: &str =
    "</text><script>alert(1)</script>\u{202e}evil\u{1} \"'&]]> <b onload=x>\n\u{fffe}😀";
const BAD_LINK: &str = "javascript:alert('1')";

fn frame() -> Frame {
    Frame::new("a b\"<", HOSTILE).desc(HOSTILE)
}

fn tag() -> Tag {
    Tag::new(HOSTILE).row("po-\"<1").href(BAD_LINK)
}

fn date(text: &str) -> Option<PartialDate> {
    PartialDate::parse(text)
}

/// `n` dates over ten years, of all precisions, some missing.
fn dates(n: usize) -> impl Iterator<Item = Option<PartialDate>> {
    (0..n).map(|n| {
        let (year, month, day) = (2010 + n % 10, 1 + n % 12, 1 + n % 28);
        match n % 9 {
            0 => None,
            1 => date(&format!("{year}")),
            2 => date(&format!("{year}-{month:02}")),
            _ => date(&format!("{year}-{month:02}-{day:02}")),
        }
    })
}

fn stands(n: usize, tag: &Tag) -> Vec<Lane> {
    let stance = [Stance::Support, Stance::Oppose, Stance::Mixed];
    let all: Vec<Stand> = dates(n)
        .enumerate()
        .map(|(n, date)| Stand {
            date,
            stance: stance[n % 3],
            reviewed: n % 4 == 0,
            in_line: n % 5 != 0,
            tag: tag.clone(),
        })
        .collect();
    let lane = |stands: &[Stand]| Lane {
        name: tag.title.clone(),
        href: tag.href.clone(),
        stands: stands.to_vec(),
    };
    all.chunks(n.div_ceil(3).max(1)).map(lane).collect()
}

fn spots(n: usize, tag: &Tag) -> Vec<Row> {
    let all: Vec<Spot> = dates(n)
        .enumerate()
        .map(|(n, date)| Spot {
            date,
            kind: Kind::ALL[n % Kind::ALL.len()],
            actual: n % 3 != 0,
            tag: tag.clone(),
        })
        .collect();
    let row = |spots: &[Spot]| Row {
        name: tag.title.clone(),
        href: tag.href.clone(),
        spots: spots.to_vec(),
    };
    all.chunks(n.div_ceil(4).max(1)).map(row).collect()
}

fn counts(n: usize, tag: &Tag) -> Vec<Bar> {
    (0..n)
        .map(|n| Bar {
            label: tag.title.clone(),
            parts: vec![n as u64 + 1, 3, 0, u64::from(n % 7 == 0)],
            tag: Tag {
                title: String::new(),
                ..tag.clone()
            },
        })
        .collect()
}

fn ties(n: usize, tag: &Tag) -> (Vec<Node>, Vec<Edge>) {
    let nodes: Vec<Node> = (0..n)
        .map(|n| Node {
            id: format!("<{n}\">"),
            label: tag.title.clone(),
            kind: if n % 5 == 0 {
                NodeKind::Issue
            } else {
                NodeKind::Actor
            },
            tag: tag.clone(),
        })
        .collect();
    let edges = (0..n).map(|at| Edge {
        from: nodes[at].id.clone(),
        to: nodes[(at * 7 + 1) % n].id.clone(),
        tie: Tie::ALL[at % Tie::ALL.len()],
        weight: 1 + at as u64 % 9,
        tag: tag.clone(),
    });
    let edges = edges.collect();
    (nodes, edges)
}

fn points(n: usize, tag: &Tag) -> Vec<Point> {
    (0..n)
        .map(|n| Point {
            lat: 63.0 + (n % 97) as f64 / 40.0,
            lon: -23.0 + (n % 89) as f64 / 12.0,
            exactness: if n % 6 == 0 {
                Exactness::Area
            } else {
                Exactness::Exact
            },
            place: tag.title.clone(),
            kind: Kind::ALL[n % Kind::ALL.len()],
            actual: n % 3 != 0,
            tag: tag.clone(),
        })
        .collect()
}

fn all(n: usize, frame: &Frame, tag: &Tag) -> Vec<(&'static str, Chart)> {
    let (nodes, edges) = ties(n, tag);
    let series = ["one", HOSTILE, "three", "four"];
    vec![
        ("lanes", lanes(frame, &stands(n, tag))),
        ("timeline", timeline(frame, &spots(n, tag))),
        ("up", bars(frame, &series, &counts(n, tag), Direction::Up)),
        (
            "across",
            bars(frame, &series[..1], &counts(n, tag), Direction::Across),
        ),
        ("network", network(frame, &nodes, &edges, 60)),
        ("map", map(frame, &points(n, tag))),
    ]
}

fn elements<'a>(document: &'a Document<'a>) -> impl Iterator<Item = Element<'a, 'a>> {
    document.descendants().filter(Element::is_element)
}

#[test]
fn hostile_text_stays_text() {
    let known: BTreeSet<&str> = [
        "svg", "title", "desc", "g", "text", "line", "path", "polygon", "circle", "rect",
        "clipPath", "style",
    ]
    .into();
    for n in [1, 40] {
        for (name, chart) in all(n, &frame().standalone(), &tag()) {
            let document = Document::parse(&chart.svg).unwrap_or_else(|e| panic!("{name}: {e}"));
            for element in elements(&document) {
                assert!(
                    known.contains(element.tag_name().name()),
                    "{name}: {element:?}"
                );
                for attribute in element.attributes() {
                    assert!(!attribute.name().starts_with("on"), "{name}: {attribute:?}");
                    assert_ne!(attribute.name(), "style", "{name}");
                    assert_ne!(attribute.name(), "href", "{name}: a bad link was kept");
                }
            }
            assert!(
                !chart.svg.contains('\u{202e}') && !chart.svg.contains('\u{1}'),
                "{name}"
            );
            assert!(chart.svg.contains("&lt;script&gt;"), "{name}");
        }
    }
}

#[test]
fn every_chart_is_told_in_words() {
    for n in [0, 1, 2, 30] {
        for (name, chart) in all(n, &Frame::new("x", "A title"), &Tag::new("A mark")) {
            let document = Document::parse(&chart.svg).unwrap_or_else(|e| panic!("{name}: {e}"));
            let root = document.root_element();
            assert_eq!(root.attribute("role"), Some("img"), "{name}");
            let text = |id: &str| {
                let found = elements(&document).find(|e| e.attribute("id") == Some(id));
                found.and_then(|e| e.text()).map(str::to_owned)
            };
            let names = root.attribute("aria-labelledby").unwrap_or_default();
            assert_eq!(names, "oc-x-title oc-x-desc", "{name}");
            assert_eq!(text("oc-x-title").as_deref(), Some("A title"), "{name}");
            assert!(
                text("oc-x-desc").is_some_and(|desc| desc.len() > 5),
                "{name}"
            );
            for mark in elements(&document).filter(|e| {
                e.attribute("class")
                    .is_some_and(|c| ["oc-mark", "oc-bar", "oc-edge", "oc-spot"].contains(&c))
            }) {
                let title = mark
                    .first_element_child()
                    .filter(|e| e.has_tag_name("title"));
                let first = mark
                    .children()
                    .next()
                    .map(|c| c.tag_name().name().to_owned());
                assert_eq!(first.as_deref(), Some("title"), "{name}");
                assert!(
                    title.is_none_or(|t| t.text().is_some()),
                    "{name}: a mark says nothing"
                );
            }
        }
    }
}

#[test]
fn marks_lead_to_their_rows() {
    let tag = Tag::new("A mark").row("po-1").href("rows/po-1?x=1&y=2");
    for (name, chart) in all(1, &Frame::new("x", "A title"), &tag) {
        let document = Document::parse(&chart.svg).unwrap_or_else(|e| panic!("{name}: {e}"));
        if name == "network" {
            continue; // one node has no ties
        }
        let link = elements(&document).find(|e| e.tag_name().name() == "a");
        let href = link.and_then(|e| e.attribute("href"));
        assert_eq!(href, Some("rows/po-1?x=1&y=2"), "{name}");
        assert_eq!(
            document.root_element().attribute("role"),
            Some("group"),
            "{name}"
        );
        let row = elements(&document).find_map(|e| e.attribute("data-row"));
        assert_eq!(row, Some("po-1"), "{name}");
    }
}

#[test]
fn marks_on_one_another_are_one_with_their_count() {
    let spot = |n: usize| Spot {
        date: date("2014-09-20"),
        kind: Kind::Statement,
        actual: true,
        tag: Tag::new(format!("no {n}")).row(format!("st-{n}")),
    };
    let row = Row {
        name: "Statements".into(),
        href: None,
        spots: (0..120).map(spot).collect(),
    };
    let chart = timeline(&Frame::new("x", "t"), &[row]);
    let document = Document::parse(&chart.svg).expect("XML");
    let marks: Vec<_> = elements(&document)
        .filter(|e| e.attribute("class") == Some("oc-mark"))
        .collect();
    assert_eq!(marks.len(), 1);
    let title = marks[0].first_element_child().and_then(|t| t.text());
    let told = "120 marks 2014-09-20 · no 0 · no 1 · no 2 · no 3 · and 116 more";
    assert_eq!(title, Some(told));
    let rows = marks[0].attribute("data-row").unwrap_or_default();
    assert_eq!(rows.split(' ').count(), 50, "no more than fifty ids");
    assert!(marks[0].descendants().any(|e| e.text() == Some("120")));
}

#[test]
fn a_lane_goes_from_stand_to_stand() {
    let stand = |at: &str, stance, in_line| Stand {
        date: date(at),
        stance,
        reviewed: false,
        in_line,
        tag: Tag::new(at),
    };
    let lane = |stands| Lane {
        name: "Hill Front".into(),
        href: None,
        stands,
    };
    let steps = |lane: Lane| {
        let svg = lanes(&Frame::new("x", "t"), &[lane]).svg;
        let document = Document::parse(&svg).expect("XML");
        let lines = elements(&document).filter(|e| {
            let class = e.attribute("class").unwrap_or_default();
            class.starts_with("oc-line") && e.attribute("stroke-width") == Some("1.5")
        });
        let lines: Vec<String> = lines
            .map(|e| {
                e.attribute("class")
                    .unwrap_or_default()
                    .replace("oc-line oc-", "")
            })
            .collect();
        lines
    };
    let all = vec![
        stand("2016-01-01", Stance::Oppose, true),
        stand("2014-01-01", Stance::Support, true),
        stand("2015-01-01", Stance::Support, true),
        stand("2015-01-01", Stance::Oppose, true),
        stand("2015-06-01", Stance::Mixed, false),
        stand("", Stance::Mixed, true),
    ];
    // Support until 2015, when two differ; these hold until 2016, which is the last.
    assert_eq!(steps(lane(all)), ["support", "mixed"]);
    assert!(steps(lane(vec![stand("2014", Stance::Support, true)])).is_empty());
}

#[test]
fn a_network_says_whom_it_leaves_out() {
    let (nodes, mut edges) = ties(30, &Tag::new("A mark"));
    edges[0].to = "nobody".into();
    edges[1].to = edges[1].from.clone();
    let chart = network(&Frame::new("x", "t"), &nodes, &edges, 5);
    let document = Document::parse(&chart.svg).expect("XML");
    let spots = elements(&document).filter(|e| e.attribute("class") == Some("oc-spot"));
    assert_eq!(spots.count(), 5);
    assert!(
        chart.left_out[0].contains("nodes with fewer ties: A mark"),
        "{:?}",
        chart.left_out
    );
    assert!(
        chart.left_out[1].starts_with("2 edges"),
        "{:?}",
        chart.left_out
    );
}

#[test]
fn no_pin_for_a_country() {
    assert_eq!(Exactness::read("area", "country"), None);
    assert_eq!(Exactness::read("exact", "country"), None);
    assert_eq!(Exactness::read("unknown", "city"), None);
    assert_eq!(Exactness::read("area", "admin1"), Some(Exactness::Area));
    assert_eq!(Exactness::read("exact", "town"), Some(Exactness::Exact));
    let mut wrong = points(3, &Tag::new("A mark"));
    wrong[0].lat = f64::NAN;
    wrong[1].lon = 999.0;
    let chart = map(&Frame::new("x", "t"), &wrong);
    assert_eq!(chart.left_out, ["2 points with impossible coordinates"]);
    assert!(chart.svg.contains(">Iceland</text>") || chart.svg.contains("oc-land"));
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let one = all(60, &Frame::new("x", "t"), &Tag::new("A mark"));
    assert_eq!(one, all(60, &Frame::new("x", "t"), &Tag::new("A mark")));
}

#[test]
#[allow(clippy::disallowed_methods)] // a test may look at a clock
fn ten_thousand_marks_are_quick_and_small() {
    for (name, chart) in all(
        10_000,
        &Frame::new("x", "t"),
        &Tag::new("A mark").row("ev-1"),
    ) {
        assert!(
            chart.svg.len() < 2_500_000,
            "{name}: {} bytes",
            chart.svg.len()
        );
    }
    let began = std::time::Instant::now();
    all(
        10_000,
        &Frame::new("x", "t"),
        &Tag::new("A mark").row("ev-1"),
    );
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
}

#[test]
fn odd_frames_are_drawn() {
    for width in [0, 320, 5_000] {
        for (name, chart) in all(12, &Frame::new("", "").width(width), &Tag::default()) {
            Document::parse(&chart.svg).unwrap_or_else(|e| panic!("{name} {width}: {e}"));
        }
    }
    for text in ["-9999", "9999", "0000-01-01"] {
        let spot = Spot {
            date: date(text),
            kind: Kind::Other,
            actual: true,
            tag: Tag::new(text),
        };
        let row = Row {
            name: "x".into(),
            href: None,
            spots: vec![spot],
        };
        let chart = timeline(&Frame::new("x", "t"), &[row]);
        Document::parse(&chart.svg).unwrap_or_else(|e| panic!("{text}: {e}"));
    }
}
