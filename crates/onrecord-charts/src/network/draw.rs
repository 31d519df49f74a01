//! Drawing nodes and arrows.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{self, Spring};
use super::{Edge, Node, NodeKind, Tie};
use crate::labels::{self, Wanted};
use crate::legend::{self, Entry};
use crate::svg::{Svg, count, fit, grouped, num, text_width, width};
use crate::{Chart, Frame, Tag};

/// So many arrows are drawn at most.
const ARROWS: usize = 600;
/// A longer name is cut.
const NAME: f64 = 210.0;
/// So many names of what is left out are told.
const TOLD: usize = 12;

/// Edges of one tie between the same two.
struct Arrow<'a> {
    from: usize,
    to: usize,
    tie: Tie,
    weight: u64,
    edges: Vec<&'a Edge>,
}

pub(super) fn draw(frame: &Frame, nodes: &[Node], edges: &[Edge], most: usize) -> Chart {
    let mut left_out = Vec::new();
    let (shown, rest) = heaviest(nodes, edges, most);
    if !rest.is_empty() {
        let names: Vec<&str> = rest.iter().take(TOLD).map(|n| n.label.as_str()).collect();
        let more = match rest.len().saturating_sub(TOLD) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        left_out.push(format!(
            "{} with fewer ties: {}{more}",
            count(rest.len() as u64, "node", "nodes"),
            names.join(", ")
        ));
    }
    let (arrows, lost) = arrows(&shown, nodes, edges);
    if lost > 0 {
        left_out.push(format!(
            "{} from a node to itself or to one that is not given",
            count(lost, "edge", "edges")
        ));
    }
    if arrows.len() > ARROWS {
        let n = (arrows.len() - ARROWS) as u64;
        left_out.push(format!("{}, the lightest", count(n, "arrow", "arrows")));
    }
    let mut svg = Svg::default();
    if shown.is_empty() {
        svg.text(8.0, 24.0, "class=\"oc-quiet\" fill=\"#59636e\"", "No ties.");
        let svg = svg.close(frame, 40.0, "No ties.");
        return Chart { svg, left_out };
    }
    let width = f64::from(width(frame));
    let height = (width * 0.64)
        .min(120.0 + 42.0 * shown.len() as f64)
        .max(150.0);
    let arrows = &arrows[..arrows.len().min(ARROWS)];
    let springs: Vec<Spring> = springs(arrows);
    let mut at = layout::places(shown.len(), &springs);
    let side = (width * 0.13).min(100.0);
    layout::fit(&mut at, [side, 26.0], [width - side, height - 26.0], 34.0);

    let weights = weights(shown.len(), arrows);
    let heaviest = weights.iter().max().copied().unwrap_or(1).max(1);
    let radius: Vec<f64> = weights
        .iter()
        .map(|w| 5.0 + 8.0 * (*w as f64 / heaviest as f64).sqrt())
        .collect();
    draw_arrows(&mut svg, &shown, &at, &radius, arrows);
    draw_nodes(&mut svg, &shown, &at, &radius, &weights);
    write_labels(
        &mut svg,
        &shown,
        &at,
        &radius,
        [2.0, 2.0, width - 2.0, height - 2.0],
    );
    let used = legend::draw(&mut svg, &entries(&shown, arrows), 4.0, width, height + 4.0);
    let summary = format!(
        "{}, {}, placed by their ties: the place itself says nothing.",
        count(shown.len() as u64, "node", "nodes"),
        count(arrows.len() as u64, "arrow", "arrows"),
    );
    Chart {
        svg: svg.close(frame, height + used + 10.0, &summary),
        left_out,
    }
}

/// The nodes with the heaviest edges, heaviest first, and the others that have any.
fn heaviest<'a>(nodes: &'a [Node], edges: &[Edge], most: usize) -> (Vec<&'a Node>, Vec<&'a Node>) {
    let known: BTreeSet<&str> = nodes.iter().map(|node| node.id.as_str()).collect();
    let mut weights: BTreeMap<&str, u64> = BTreeMap::new();
    for edge in edges {
        let there = known.contains(edge.from.as_str()) && known.contains(edge.to.as_str());
        if there && edge.from != edge.to {
            for id in [&edge.from, &edge.to] {
                let weight = weights.entry(id).or_default();
                *weight = weight.saturating_add(edge.weight);
            }
        }
    }
    let mut seen = BTreeSet::new();
    let mut tied: Vec<&Node> = nodes
        .iter()
        .filter(|node| weights.contains_key(node.id.as_str()) && seen.insert(&node.id))
        .collect();
    tied.sort_by(|a, b| {
        let weight = |n: &Node| weights.get(n.id.as_str()).copied().unwrap_or_default();
        weight(b)
            .cmp(&weight(a))
            .then_with(|| (&a.label, &a.id).cmp(&(&b.label, &b.id)))
    });
    let rest = tied.split_off(tied.len().min(most));
    (tied, rest)
}

/// Edges joined to arrows, the heaviest first; and how many lead nowhere.
fn arrows<'a>(shown: &[&Node], nodes: &[Node], edges: &'a [Edge]) -> (Vec<Arrow<'a>>, u64) {
    let place: BTreeMap<&str, usize> = shown
        .iter()
        .enumerate()
        .map(|(n, node)| (node.id.as_str(), n))
        .collect();
    let known: BTreeSet<&str> = nodes.iter().map(|node| node.id.as_str()).collect();
    let mut joined: BTreeMap<(usize, usize, Tie), Arrow<'a>> = BTreeMap::new();
    let mut lost = 0;
    for edge in edges {
        let there = known.contains(edge.from.as_str()) && known.contains(edge.to.as_str());
        if !there || edge.from == edge.to {
            lost += 1;
            continue;
        }
        let ends = [&edge.from, &edge.to].map(|id| place.get(id.as_str()).copied());
        let [Some(from), Some(to)] = ends else {
            continue;
        };
        let arrow = joined.entry((from, to, edge.tie)).or_insert_with(|| Arrow {
            from,
            to,
            tie: edge.tie,
            weight: 0,
            edges: Vec::new(),
        });
        arrow.weight = arrow.weight.saturating_add(edge.weight);
        arrow.edges.push(edge);
    }
    let mut all: Vec<Arrow<'a>> = joined.into_values().collect();
    all.sort_by_key(|a| (std::cmp::Reverse(a.weight), a.from, a.to, a.tie));
    (all, lost)
}

/// One spring for two nodes, whatever goes on between them.
fn springs(arrows: &[Arrow<'_>]) -> Vec<Spring> {
    let mut pulls: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    for arrow in arrows {
        let pair = (arrow.from.min(arrow.to), arrow.from.max(arrow.to));
        let pull = pulls.entry(pair).or_default();
        *pull = pull.saturating_add(arrow.weight);
    }
    let spring = |((a, b), weight): ((usize, usize), u64)| Spring {
        a,
        b,
        pull: (weight as f64).sqrt().clamp(1.0, 2.5),
    };
    pulls.into_iter().map(spring).collect()
}

fn weights(n: usize, arrows: &[Arrow<'_>]) -> Vec<u64> {
    let mut weights = vec![0_u64; n];
    for arrow in arrows {
        for end in [arrow.from, arrow.to] {
            weights[end] = weights[end].saturating_add(arrow.weight);
        }
    }
    weights
}

fn draw_arrows(
    svg: &mut Svg,
    shown: &[&Node],
    at: &[[f64; 2]],
    radius: &[f64],
    arrows: &[Arrow<'_>],
) {
    let most = arrows.iter().map(|a| a.weight).max().unwrap_or(1).max(1);
    let mut lanes: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (n, arrow) in arrows.iter().enumerate() {
        let pair = (arrow.from.min(arrow.to), arrow.from.max(arrow.to));
        lanes.entry(pair).or_default().push(n);
    }
    for all in lanes.values() {
        for (lane, n) in all.iter().enumerate() {
            let arrow = &arrows[*n];
            let off = (lane as f64 - (all.len() as f64 - 1.0) / 2.0) * 15.0;
            // The same side for both directions, whichever end the arrow begins at.
            let off = if arrow.from < arrow.to { off } else { -off };
            let wide = 1.2 + 3.3 * (arrow.weight as f64 / most as f64).sqrt();
            let ends = [
                (at[arrow.from], radius[arrow.from]),
                (at[arrow.to], radius[arrow.to]),
            ];
            let inside = curve(ends, off, wide, arrow.tie);
            let rows: Vec<&str> = arrow
                .edges
                .iter()
                .filter_map(|e| e.tag.row.as_deref())
                .collect();
            let mut tag = arrow
                .edges
                .first()
                .map(|e| e.tag.clone())
                .unwrap_or_default();
            let words = format!(
                "{} → {}: {}, {}",
                shown[arrow.from].label,
                shown[arrow.to].label,
                arrow.tie.name(),
                grouped(arrow.weight)
            );
            tag.title = match (arrow.edges.len(), tag.title.is_empty()) {
                (1, false) => tag.title,
                _ => words,
            };
            svg.mark("oc-edge", &tag, &rows, &inside);
        }
    }
}

/// A bent line from one node to another with a head, `off` pixels beside the straight line.
fn curve(ends: [([f64; 2], f64); 2], off: f64, wide: f64, tie: Tie) -> String {
    let [(from, r), (to, s)] = ends;
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let (nx, ny) = (-dy / length, dx / length);
    let bend = [
        (from[0] + to[0]) / 2.0 + nx * off * 2.0,
        (from[1] + to[1]) / 2.0 + ny * off * 2.0,
    ];
    let toward = |a: [f64; 2], b: [f64; 2], by: f64| {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let length = (dx * dx + dy * dy).sqrt().max(1.0);
        [a[0] + dx / length * by, a[1] + dy / length * by]
    };
    let head = 5.0 + wide * 1.3;
    let start = toward(from, bend, r + 1.5);
    let tip = toward(to, bend, s + 2.0);
    let neck = toward(to, bend, s + 2.0 + head);
    let (ux, uy) = ((tip[0] - neck[0]) / head, (tip[1] - neck[1]) / head);
    let half = head * 0.45;
    let (colour, dash) = tie.look();
    let path = format!(
        "M{} {}Q{} {} {} {}",
        num(start[0]),
        num(start[1]),
        num(bend[0]),
        num(bend[1]),
        num(neck[0]),
        num(neck[1])
    );
    format!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"#000\" stroke-opacity=\"0\" stroke-width=\"9\"/>\
         <path d=\"{path}\" {}/><polygon class=\"oc-head oc-{}\" fill=\"{}\" points=\"{},{} {},{} {},{}\"/>",
        colour.line(wide, dash),
        colour.class,
        colour.light,
        num(tip[0]),
        num(tip[1]),
        num(neck[0] - uy * half),
        num(neck[1] + ux * half),
        num(neck[0] + uy * half),
        num(neck[1] - ux * half)
    )
}

fn shape(kind: NodeKind, x: f64, y: f64, r: f64) -> String {
    let paint = "class=\"oc-node\" fill=\"#fff\" stroke=\"#1c2126\" stroke-width=\"1.6\"";
    match kind {
        NodeKind::Actor => {
            format!(
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {paint}/>",
                num(x),
                num(y),
                num(r)
            )
        }
        NodeKind::Issue => format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{2}\" height=\"{2}\" {paint}/>",
            num(x - r),
            num(y - r),
            num(2.0 * r)
        ),
    }
}

fn draw_nodes(svg: &mut Svg, shown: &[&Node], at: &[[f64; 2]], radius: &[f64], weights: &[u64]) {
    for (n, node) in shown.iter().enumerate() {
        let inside = shape(node.kind, at[n][0], at[n][1], radius[n]);
        let tag = match node.tag.title.is_empty() {
            false => node.tag.clone(),
            true => Tag {
                title: format!("{}: {}", node.label, count(weights[n], "tie", "ties")),
                ..node.tag.clone()
            },
        };
        svg.mark("oc-spot", &tag, &[], &inside);
    }
}

fn write_labels(
    svg: &mut Svg,
    shown: &[&Node],
    at: &[[f64; 2]],
    radius: &[f64],
    frame: labels::Box4,
) {
    let texts: Vec<String> = shown.iter().map(|node| fit(&node.label, NAME)).collect();
    let wanted: Vec<Wanted> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| Wanted {
            x: at[n][0],
            y: at[n][1],
            r: radius[n],
            width: text_width(text),
        })
        .collect();
    for (text, spot) in texts.iter().zip(labels::place(&wanted, frame)) {
        let paint = format!(
            "class=\"oc-halo\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\" \
             pointer-events=\"none\" text-anchor=\"{}\"",
            spot.anchor
        );
        svg.text(spot.x, spot.y, &paint, text);
    }
}

fn entries(shown: &[&Node], arrows: &[Arrow<'_>]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (kind, text) in [(NodeKind::Actor, "actor"), (NodeKind::Issue, "issue")] {
        if shown.iter().any(|node| node.kind == kind) {
            entries.push(Entry {
                mark: shape(kind, 9.0, 0.0, 6.0),
                text: text.to_owned(),
            });
        }
    }
    for tie in Tie::ALL {
        if arrows.iter().any(|arrow| arrow.tie == tie) {
            let (colour, dash) = tie.look();
            entries.push(Entry {
                mark: format!("<path d=\"M-2 0H17\" {}/>", colour.line(2.2, dash)),
                text: tie.name().to_owned(),
            });
        }
    }
    entries
}
