//! What happened: each story once, and the newest without reading all.

mod common;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use common::{MINISTER, Made, Sample, actor_id, empty, put, reading};
use onrecord_model::{Across, PartialDate, Reading, Story};
use onrecord_record::{Filter, Happened, HappenedChoice, Map};
use proptest::prelude::*;

/// An event of a page: its date, whether the guards are only said to have told of it, the
/// story it belongs to, and whether a position was read from its sentence.
type Told = (Option<&'static str>, bool, Option<u8>, bool);

fn page(number: u32, (date, told_only, _, on_issue): Told) -> Reading {
    let mut reading = reading(&Sample {
        number,
        ..Sample::default()
    });
    let guards = actor_id("ironside-guards");
    for event in &mut reading.articles[0].events {
        event.date = date.and_then(PartialDate::parse);
        if told_only {
            event.actors.retain(|id| *id != guards);
            event.attributed_to = Some(guards.clone());
        }
    }
    if on_issue {
        let a = &mut reading.articles[0];
        a.positions[0].sentence = a.events[0].sentence;
        a.positions[0].issue = "the port".to_owned();
    }
    reading
}

fn record_of(events: &[Told]) -> Made {
    let mut made = empty();
    let mut stories: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for (number, event) in (1..).zip(events) {
        let page = page(number, *event);
        put(&mut made, &page);
        if let Some(story) = event.2 {
            let id = page.articles[0].events[0].id.clone();
            stories.entry(story).or_default().push(id);
        }
    }
    let across = Across {
        stories: stories
            .into_iter()
            .filter(|(_, ids)| ids.len() > 1)
            .map(|(n, ids)| Story::of("event", &format!("story {n}"), ids, &[]))
            .collect(),
        ..Across::default()
    };
    made.record.write_across(&across).expect("written");
    made
}

fn story_of(row: &Map) -> String {
    let id = row["story_id"].as_str().or(row["event_id"].as_str());
    id.expect("an id").to_owned()
}

/// The same from all rows, in plain steps.
fn plainly(made: &Made, choice: &HappenedChoice) -> (Vec<Happened>, bool) {
    let rows = made
        .record
        .table("events", &choice.filter, None)
        .expect("rows");
    let has = |row: &Map, party: &String| {
        ["actor_ids", "recipient_ids"].iter().any(|at| {
            row[*at]
                .as_array()
                .expect("a list")
                .iter()
                .any(|id| id == party)
        })
    };
    let mut fit: Vec<Map> = rows.into_iter().collect();
    fit.retain(|row| choice.parties.iter().all(|party| has(row, party)));
    if let Some(issue) = &choice.issue {
        let on_issue = Filter::default().equal("issue", issue);
        let positions = made
            .record
            .table("positions", &on_issue, None)
            .expect("rows");
        fit.retain(|row| {
            positions
                .iter()
                .any(|p| p["sentence_id"] == row["sentence_id"])
        });
    }
    let mut dated: Vec<&Map> = fit.iter().collect();
    dated.sort_by_key(|row| (Reverse(row["date"].as_str()), row["event_id"].as_str()));
    let mut ids = BTreeSet::new();
    let mut more = false;
    for row in dated {
        let id = story_of(row);
        if choice.newest.is_some_and(|most| ids.len() as u64 == most) && !ids.contains(&id) {
            more = true;
            break;
        }
        ids.insert(id);
    }
    let mut stories: BTreeMap<String, Vec<Map>> = BTreeMap::new();
    for row in fit {
        let id = story_of(&row);
        if ids.contains(&id) {
            stories.entry(id).or_default().push(row);
        }
    }
    let stories = stories.into_iter();
    (
        stories
            .map(|(id, events)| Happened { id, events })
            .collect(),
        more,
    )
}

fn event() -> impl Strategy<Value = Told> {
    let dates = prop::sample::select(vec![
        None,
        Some("2014"),
        Some("2014-05"),
        Some("2014-05-03"),
        Some("2014-05-31"),
        Some("2014-06"),
        Some("2016-01-02"),
    ]);
    let story = prop::option::of(0u8..3);
    (dates, prop::bool::weighted(0.4), story, any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_newest_are_those_of_all(
        events in prop::collection::vec(event(), 1..14),
        newest in 1u64..6,
        since in prop::option::of(prop::sample::select(vec!["2014-05", "2015"])),
        until in prop::option::of(prop::sample::select(vec!["2014", "2014-05", "2014-05-03"])),
        issue in prop::option::of(Just("The Port")),
    ) {
        let made = record_of(&events);
        let (minister, guards) = (actor_id(MINISTER), actor_id("ironside-guards"));
        for parties in [vec![], vec![guards.clone()], vec![minister, guards]] {
            for newest in [None, Some(newest)] {
                let choice = HappenedChoice {
                    filter: Filter {
                        since: since.map(str::to_owned),
                        until: until.map(str::to_owned),
                        ..Filter::default()
                    },
                    parties: parties.clone(),
                    issue: issue.map(str::to_owned),
                    newest,
                    ..HappenedChoice::default()
                };
                let found = made.record.happened(&choice).expect("stories");
                prop_assert_eq!(found, plainly(&made, &choice), "{:?}", choice);
            }
        }
    }
}

#[test]
fn with_few_columns() {
    let made = record_of(&[
        (Some("2014"), false, None, true),
        (None, false, None, false),
    ]);
    let of = |issue: &str| {
        let choice = HappenedChoice {
            issue: Some(issue.to_owned()),
            columns: vec!["event_id", "story_id", "date"],
            ..HappenedChoice::default()
        };
        made.record.happened(&choice).expect("stories").0
    };
    let found = of("the port");
    assert_eq!(found.len(), 1);
    let names: Vec<&String> = found[0].events[0].keys().collect();
    assert_eq!(names, ["event_id", "date", "story_id"]);
    assert_eq!(of("nothing"), []);
}
