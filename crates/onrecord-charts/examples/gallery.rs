//! Writes one SVG a chart, of invented data, into a folder: to look at them.
//!
//!     cargo run -p onrecord-charts --example gallery -- FOLDER
#![allow(clippy::disallowed_methods)] // writes the files

use std::path::Path;

use onrecord_charts::{
    Bar, Chart, Direction, Edge, Exactness, Frame, Kind, Lane, Node, NodeKind, Point, Row, Spot,
    Stance, Stand, Tag, Tie, bars, lanes, map, network, timeline,
};
use onrecord_model::PartialDate;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("give a folder")?;
    std::fs::create_dir_all(&folder)?;
    for (name, chart) in [
        ("lanes", stands()),
        ("timeline", events()),
        ("months", months()),
        ("outlets", outlets()),
        ("network", ties()),
        ("map", places()),
    ] {
        std::fs::write(Path::new(&folder).join(format!("{name}.svg")), chart.svg)?;
    }
    Ok(())
}

fn frame(id: &str, title: &str) -> Frame {
    Frame::new(id, title).standalone()
}

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % n
    }
}

fn date(dice: &mut Dice) -> Option<PartialDate> {
    let (year, month) = (2014 + dice.below(8) as i16, 1 + dice.below(12) as i8);
    match dice.below(10) {
        0 => None,
        1 => PartialDate::year(year),
        2 => PartialDate::month(year, month),
        _ => PartialDate::day(year, month, 1 + dice.below(28) as i8),
    }
}

const ACTORS: [&str; 9] = [
    "Hill Front",
    "Dawn Party",
    "Ministry of Reed Affairs",
    "Nessa Toruvel",
    "Ulush Brigades",
    "United Provinces of Veldmark",
    "National Chamber of Talvaria",
    "Taymar Oskel",
    "Council of the Seven Valleys and Adjoining Districts",
];

fn stands() -> Chart {
    let mut dice = Dice(7);
    let all = [Stance::Support, Stance::Oppose, Stance::Mixed];
    let lane = |name: &&str| {
        let stands = (0..3 + dice.below(9)).map(|_| {
            let (date, stance) = (date(&mut dice), all[dice.below(3) as usize]);
            Stand {
                date,
                stance,
                reviewed: dice.below(3) == 0,
                in_line: true,
                tag: Tag::new(format!("{name}: {}", stance.name())).row("po-1"),
            }
        });
        Lane {
            name: (*name).to_owned(),
            href: None,
            stands: stands.collect(),
        }
    };
    let all: Vec<Lane> = ACTORS.iter().take(6).map(lane).collect();
    lanes(
        &frame("stands", "Should foreign troops be in Talvaria?"),
        &all,
    )
}

fn events() -> Chart {
    let mut dice = Dice(11);
    let rows = Kind::ALL.iter().map(|kind| Row {
        name: kind.name().to_owned(),
        href: None,
        spots: (0..4 + dice.below(60))
            .map(|n| Spot {
                date: date(&mut dice),
                kind: *kind,
                actual: *kind == Kind::Statement || dice.below(4) > 0,
                tag: Tag::new(format!("{} {n}", kind.name())).row(format!("ev-{n}")),
            })
            .collect(),
    });
    timeline(&frame("events", "What happened"), &rows.collect::<Vec<_>>())
}

fn months() -> Chart {
    let mut dice = Dice(3);
    let all: Vec<Bar> = (0..40)
        .map(|n| Bar {
            label: format!("{}-{:02}", 2014 + n / 12, n % 12 + 1),
            parts: vec![dice.below(30), dice.below(12)],
            ..Bar::default()
        })
        .collect();
    let series = ["cooperation", "conflict"];
    bars(
        &frame("months", "Events a month"),
        &series,
        &all,
        Direction::Up,
    )
}

fn outlets() -> Chart {
    let names = [
        "Lurren Today",
        "River Banner",
        "The Meridian Weekly",
        "Kelmet Herald",
    ];
    let all: Vec<Bar> = names
        .iter()
        .zip([120, 64, 12, 3])
        .map(|(name, n)| Bar {
            label: (*name).to_owned(),
            parts: vec![n],
            ..Bar::default()
        })
        .collect();
    bars(
        &frame("outlets", "Articles by outlet"),
        &["articles"],
        &all,
        Direction::Across,
    )
}

fn ties() -> Chart {
    let mut dice = Dice(5);
    let mut nodes: Vec<Node> = ACTORS
        .iter()
        .map(|name| Node {
            id: (*name).to_owned(),
            label: (*name).to_owned(),
            kind: NodeKind::Actor,
            tag: Tag::default(),
        })
        .collect();
    nodes.extend((0..9).map(|n| Node {
        id: format!("a{n}"),
        label: format!("Village Guard {n}"),
        kind: NodeKind::Actor,
        tag: Tag::default(),
    }));
    nodes.push(Node {
        id: "issue".into(),
        label: "foreign troops".into(),
        kind: NodeKind::Issue,
        tag: Tag::default(),
    });
    let edges: Vec<Edge> = (0..38)
        .map(|_| {
            let n = nodes.len() as u64;
            let (from, to) = (dice.below(n - 1) as usize, dice.below(n) as usize);
            let tie = match (to + 1 == nodes.len(), dice.below(4)) {
                (true, 0) => Tie::Support,
                (true, _) => Tie::Oppose,
                (false, quad) => Tie::of_quad(quad as i64 + 1),
            };
            Edge {
                from: nodes[from].id.clone(),
                to: nodes[to].id.clone(),
                tie,
                weight: 1 + dice.below(9),
                tag: Tag::default(),
            }
        })
        .collect();
    network(&frame("ties", "Who acts on whom"), &nodes, &edges, 40)
}

fn places() -> Chart {
    let spots = [
        ("Reykjavík", 64.15, -21.94, 9, Exactness::Exact),
        ("Akureyri", 65.68, -18.1, 3, Exactness::Exact),
        ("Húsavík", 66.04, -17.34, 1, Exactness::Exact),
        ("Tórshavn", 62.01, -6.77, 2, Exactness::Exact),
        ("Highland", 57.5, -5.0, 2, Exactness::Area),
        ("Aberdeen", 57.15, -2.1, 2, Exactness::Exact),
        ("Bergen", 60.39, 5.32, 4, Exactness::Exact),
    ];
    let mut dice = Dice(2);
    let mut points = Vec::new();
    for (place, lat, lon, n, exactness) in spots {
        for i in 0..n {
            points.push(Point {
                lat,
                lon,
                exactness,
                place: place.to_owned(),
                kind: Kind::of_quad(1 + dice.below(4) as i64),
                actual: dice.below(3) > 0,
                tag: Tag::new(format!("{place} {i}")),
            });
        }
    }
    map(&frame("places", "Where it happened"), &points)
}
