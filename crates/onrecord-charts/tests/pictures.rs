//! Small charts, byte for byte. After a change that is meant: `INSTA_UPDATE=always cargo test -p
//! onrecord-charts --test pictures`, and look at the pictures (`--example gallery`).

use insta::assert_snapshot;
use onrecord_charts::{
    Bar, Direction, Edge, Exactness, Frame, Kind, Lane, Node, NodeKind, Point, Row, Spot, Stance,
    Stand, Tag, Tie, bars, lanes, map, network, timeline,
};
use onrecord_model::PartialDate;

/// One element a line.
fn lines(svg: &str) -> String {
    svg.replace("><", ">\n<")
}

fn frame(id: &str) -> Frame {
    Frame::new(id, "A small chart").width(480)
}

fn stand(date: &str, stance: Stance, reviewed: bool) -> Stand {
    Stand {
        date: PartialDate::parse(date),
        stance,
        reviewed,
        in_line: true,
        tag: Tag::new(format!("{date} {}", stance.name())).row(format!("po-{date}")),
    }
}

#[test]
fn a_lane() {
    let lane = Lane {
        name: "Hill Front".into(),
        href: Some("#hill-front".into()),
        stands: vec![
            stand("2014-03-02", Stance::Support, true),
            stand("2016", Stance::Oppose, false),
            stand("", Stance::Mixed, false),
        ],
    };
    assert_snapshot!(lines(&lanes(&frame("lane"), &[lane]).svg));
}

#[test]
fn no_lane() {
    assert_snapshot!(lines(&lanes(&frame("none"), &[]).svg));
}

#[test]
fn a_timeline() {
    let spot = |date: &str, kind, actual| Spot {
        date: PartialDate::parse(date),
        kind,
        actual,
        tag: Tag::new(format!("something on {date}")),
    };
    let row = Row {
        name: "Dawn Party".into(),
        href: None,
        spots: vec![
            spot("2014-03-02", Kind::MaterialConflict, true),
            spot("2014-03-02", Kind::MaterialConflict, true),
            spot("2014-05", Kind::Statement, true),
            spot("2014-06-11", Kind::VerbalConflict, false),
        ],
    };
    assert_snapshot!(lines(&timeline(&frame("events"), &[row]).svg));
}

#[test]
fn two_bars() {
    let bar = |label: &str, parts: [u64; 2]| Bar {
        label: label.to_owned(),
        parts: parts.to_vec(),
        tag: Tag::default(),
    };
    let all = [bar("2014", [3, 1]), bar("2015", [0, 2])];
    let series = ["cooperation", "conflict"];
    assert_snapshot!(lines(
        &bars(&frame("bars"), &series, &all, Direction::Up).svg
    ));
}

#[test]
fn a_network() {
    let node = |id: &str, kind| Node {
        id: id.to_owned(),
        label: id.to_uppercase(),
        kind,
        tag: Tag::default(),
    };
    let edge = |from: &str, to: &str, tie, weight| Edge {
        from: from.to_owned(),
        to: to.to_owned(),
        tie,
        weight,
        tag: Tag::default(),
    };
    let nodes = [
        node("a", NodeKind::Actor),
        node("b", NodeKind::Actor),
        node("c", NodeKind::Issue),
        node("alone", NodeKind::Actor),
    ];
    let edges = [
        edge("a", "b", Tie::MaterialConflict, 3),
        edge("b", "a", Tie::VerbalConflict, 1),
        edge("a", "c", Tie::Oppose, 2),
    ];
    assert_snapshot!(lines(&network(&frame("net"), &nodes, &edges, 10).svg));
}

#[test]
fn a_map() {
    let point = Point {
        lat: 0.0,
        lon: -30.0,
        exactness: Exactness::Area,
        place: "At sea".into(),
        kind: Kind::VerbalCooperation,
        actual: true,
        tag: Tag::new("far from any country"),
    };
    assert_snapshot!(lines(&map(&frame("map"), &[point]).svg));
}
