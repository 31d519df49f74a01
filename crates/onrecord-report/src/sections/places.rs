//! Where it happened: a map of towns and regions, and a list of what has none.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_charts::{Exactness, Frame, Kind, Point, Tag, map};
use onrecord_record::RecordError;
use serde_json::Value;

use super::when;
use crate::doc::{Block, Section, Table, count, page, text};
use crate::facts::Facts;
use crate::names::{some, text as cell};

/// So many events are looked up for the map at most.
const MOST: usize = 20_000;

pub(super) fn section(
    facts: &Facts<'_>,
    shown: &BTreeSet<String>,
) -> Result<Option<Section>, RecordError> {
    let mut points = Vec::new();
    let mut countries: BTreeMap<String, usize> = BTreeMap::new();
    let mut nowhere = 0;
    for act in facts.acts.iter().take(MOST) {
        let row = facts.names.row("events", "event_id", &act.id)?;
        let place = row.as_deref().and_then(|row| some(row, "place_id"));
        let place = match place {
            Some(id) => facts.names.row("places", "place_id", &id)?,
            None => None,
        };
        let (Some(row), Some(place)) = (row, place) else {
            nowhere += 1;
            continue;
        };
        let degrees = |column: &str| place.get(column).and_then(Value::as_f64);
        let exactness = Exactness::read(cell(&place, "precision"), cell(&place, "kind"));
        let (Some(lat), Some(lon), Some(exactness)) = (degrees("lat"), degrees("lon"), exactness)
        else {
            *countries
                .entry(cell(&place, "name").to_owned())
                .or_default() += 1;
            continue;
        };
        let mut tag = Tag::new(format!(
            "{}, {}: {}, {}",
            cell(&place, "name"),
            when(act.date),
            cell(&row, "event_type"),
            act.status
        ))
        .row(act.id.clone());
        if shown.contains(&act.id) {
            tag = tag.href(format!("#{}", act.id));
        }
        points.push(Point {
            lat,
            lon,
            exactness,
            place: cell(&place, "name").to_owned(),
            kind: Kind::of_quad(act.quad),
            actual: act.status == "actual",
            tag,
        });
    }
    if points.is_empty() {
        return Ok(None);
    }
    let chart = map(
        &Frame::new("places", "Where events are told to have happened"),
        &points,
    );
    let mut blocks = vec![Block::Picture {
        svg: chart.svg,
        caption: "Outlines: Natural Earth, borders as they are held. Marks are towns, districts and sites; rings are \
                  provinces and regions.",
        left_out: chart.left_out,
    }];
    let unplaced = nowhere + countries.values().sum::<usize>();
    if unplaced > 0 {
        let mut told = vec![text(format!(
            "Not on the map: {nowhere} of {} without a place",
            count(facts.acts.len(), "event", "events")
        ))];
        if !countries.is_empty() {
            told.push(text(
                ", and those at whole countries and other places without a spot of their own: ",
            ));
        }
        for (at, (name, n)) in countries.iter().enumerate() {
            told.push(text(if at > 0 { ", " } else { "" }));
            told.push(page(name.clone()));
            told.push(text(format!(" ({n})")));
        }
        told.push(text("."));
        blocks.push(Block::Para(told));
    }
    if facts.acts.len() > MOST {
        blocks.push(Block::Para(vec![text(format!(
            "Only the first {MOST} events were looked up."
        ))]));
    }
    let mut by_place: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for point in &points {
        by_place.entry(&point.place).or_default()[usize::from(!point.actual)] += 1;
    }
    let mut rows: Vec<(&str, [usize; 2])> = by_place.into_iter().collect();
    rows.sort_by_key(|(name, n)| (std::cmp::Reverse(n[0] + n[1]), *name));
    rows.truncate(facts.scope.limit);
    let rows = rows.into_iter().map(|(name, [actual, other])| {
        vec![
            vec![page(name)],
            vec![text(actual.to_string())],
            vec![text(other.to_string())],
        ]
    });
    blocks.push(Block::Table(Table {
        heads: vec![
            "place",
            "took place",
            "announced, threatened, alleged or denied",
        ],
        rows: rows.collect(),
    }));
    Ok(Some(Section {
        id: "places",
        title: "Where".to_owned(),
        blocks,
    }))
}
