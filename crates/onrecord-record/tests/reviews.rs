//! What people change in rows holds when pages are read anew, and can be taken back.
#![allow(clippy::disallowed_methods)] // tests make files

mod common;

use common::{MINISTER, Made, Sample, actor_id, empty, everything, put, reading, record_of};
use onrecord_model::{Confidence, EventType, Join, Reading, id_of};
use onrecord_record::{Change, Correction, Filter, Map, Record, Rows, State, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};

const GUARDS: &str = "ironside-guards";

fn made() -> Made {
    record_of(&[
        Sample::default(),
        Sample {
            number: 2,
            ..Sample::default()
        },
    ])
}

fn article(number: u32) -> String {
    reading(&Sample {
        number,
        ..Sample::default()
    })
    .articles[0]
        .article
        .id
        .clone()
}

fn id(prefix: &str, what: &str) -> String {
    id_of(prefix, &[&article(1), what])
}

fn lines(changes: &[Change]) -> Vec<Correction> {
    let line = |(n, change): (usize, &Change)| Correction::of(change.clone(), "me", "t", None, n);
    changes.iter().enumerate().map(line).collect()
}

fn write(made: &mut Made, changes: &[Change]) -> Vec<State> {
    made.record
        .write_corrections(&lines(changes))
        .expect("written");
    made.record.check().expect("sound");
    states(&made.record)
}

fn states(record: &Record) -> Vec<State> {
    let all = record.corrections().expect("read");
    all.into_iter().map(|(_, state)| state).collect()
}

fn set(record: &Record, id: &str, field: &str, value: impl Into<Value>) -> Change {
    Change::Set {
        row: record.anchor(id).expect("read").expect("there"),
        field: field.to_owned(),
        value: value.into(),
        with: Map::new(),
    }
}

fn judge(record: &Record, id: &str, verdict: Verdict) -> Change {
    let row = record.anchor(id).expect("read").expect("there");
    Change::Judge { row, verdict }
}

fn row(record: &Record, id: &str) -> Option<Map> {
    record.row(id).expect("read").map(|(_, row)| row)
}

/// All tables but that of the corrections.
fn rows(record: &Record) -> Vec<(String, Rows)> {
    let mut all = everything(record);
    all.retain(|(table, _)| table != "corrections");
    all
}

#[test]
fn a_cell_is_changed_with_what_follows_from_it_and_changed_back() {
    let mut made = made();
    let before = rows(&made.record);
    let changes = [
        set(&made.record, &id("ev", "shelled"), "event_type", "AID"),
        set(&made.record, &id("ev", "shelled"), "date", "2014-06"),
        set(
            &made.record,
            &id("st", "said"),
            "speaker_id",
            actor_id(GUARDS),
        ),
        set(&made.record, &id("po", "troops"), "stance", "support"),
    ];
    assert_eq!(write(&mut made, &changes), [State::Applied; 4]);
    let event = row(&made.record, &id("ev", "shelled")).expect("there");
    assert_eq!(
        (&event["event_type"], &event["quad"]),
        (&json!("AID"), &json!(2))
    );
    assert_eq!(
        (&event["date"], &event["date_precision"]),
        (&json!("2014-06"), &json!("month"))
    );
    let of_guards = Filter::default()
        .actor(actor_id(GUARDS))
        .equal("speaker_id", actor_id(GUARDS));
    let found = made
        .record
        .table("statements", &of_guards, None)
        .expect("rows");
    assert_eq!(found.len(), 1);
    let reviewed = Filter {
        reviewed: Some(true),
        ..Filter::default()
    };
    assert_eq!(
        made.record
            .table("events", &reviewed, None)
            .expect("rows")
            .len(),
        1
    );
    let open = Filter {
        reviewed: Some(false),
        ..Filter::default()
    };
    let left = made.record.sample("events", &open, 5).expect("rows");
    assert_eq!(left.len(), 1);
    assert_ne!(left[0]["event_id"], json!(id("ev", "shelled")));

    let ids: Vec<String> = lines(&changes).into_iter().map(|c| c.id).collect();
    let undo = |at: usize| Change::Undo {
        correction: ids[at].clone(),
    };
    let mut all = changes.to_vec();
    all.extend([undo(0), undo(1), undo(2), undo(3)]);
    assert_eq!(write(&mut made, &all)[..4], [State::Undone; 4]);
    assert!(rows(&made.record) == before, "as if it had never been");
    assert!(made.record.all_judged().expect("read").is_empty());
}

#[test]
fn a_rejected_row_is_out_with_what_rested_on_it() {
    let mut made = made();
    let before = rows(&made.record);
    let changes = [judge(&made.record, &id("st", "said"), Verdict::Rejected)];
    assert_eq!(write(&mut made, &changes), [State::Applied]);
    for (prefix, what) in [("st", "said"), ("po", "troops"), ("ou", "leave")] {
        assert!(row(&made.record, &id(prefix, what)).is_none(), "{what}");
    }
    let event = row(&made.record, &id("ev", "shelled")).expect("there");
    assert_eq!(event["statement_id"], Value::Null);
    let judged = made.record.all_judged().expect("read");
    assert_eq!(
        judged.len(),
        1,
        "what rested on it was not judged: {judged:?}"
    );
    let was = made
        .record
        .before_corrections(&id("st", "said"))
        .expect("read")
        .expect("kept");
    assert_eq!(was.1["cue"], "said");
    // The other page is as it was.
    let other = Filter::default().article(article(2));
    assert_eq!(
        made.record
            .table("statements", &other, None)
            .expect("rows")
            .len(),
        1
    );

    let undo = Change::Undo {
        correction: lines(&changes)[0].id.clone(),
    };
    write(&mut made, &[changes[0].clone(), undo]);
    assert!(rows(&made.record) == before, "as if it had never been");
}

#[test]
fn a_sentence_or_article_is_suppressed_with_all_its_rows() {
    let mut made = made();
    let sentence = row(&made.record, &id("ev", "shelled")).expect("there")["sentence_id"].clone();
    let sentence = sentence.as_str().expect("an id").to_owned();
    let changes = [judge(&made.record, &sentence, Verdict::Suppressed)];
    assert_eq!(write(&mut made, &changes), [State::Applied]);
    assert!(row(&made.record, &id("ev", "shelled")).is_none());
    assert!(row(&made.record, &id("fr", "so-called")).is_none());
    assert!(row(&made.record, &id("st", "said")).is_some());
    assert!(
        made.record.precision().expect("read").is_empty(),
        "it is no verdict on the rows"
    );

    let changes = [judge(&made.record, &article(1), Verdict::Suppressed)];
    write(&mut made, &changes);
    for table in [
        "mentions",
        "statements",
        "events",
        "positions",
        "outlooks",
        "framings",
    ] {
        let own = Filter::default().article(article(1));
        assert_eq!(
            made.record.table(table, &own, None).expect("rows").len(),
            0,
            "{table}"
        );
    }
    // The actors are still told of by the other page, and no longer by this.
    let filter = Filter::default().equal("actor_id", actor_id(GUARDS));
    assert_eq!(
        made.record
            .table("actors", &filter, None)
            .expect("rows")
            .len(),
        1
    );
}

/// The page as another version of the program might read it: another trigger and type, the
/// statement without its last words, no position, and another beginning of the text.
fn read_otherwise() -> Reading {
    let mut page = reading(&Sample::default());
    let a = &mut page.articles[0];
    let event = &mut a.events[0];
    event.event_type = EventType::Coerce;
    event.id = id_of("ev", &["otherwise"]);
    let statement = &mut a.statements[0];
    statement.content[0].end -= 5;
    statement.id = id_of("st", &["otherwise"]);
    statement.speaker = Some(actor_id(GUARDS));
    a.outlooks.clear();
    a.positions.clear();
    a.events[0].statement = Some(id_of("st", &["otherwise"]));
    page
}

#[test]
fn corrections_hold_when_the_page_is_read_otherwise() {
    let mut made = made();
    let record = &made.record;
    let changes = [
        set(record, &id("ev", "shelled"), "status", "alleged"),
        judge(record, &id("st", "said"), Verdict::Accepted),
        judge(record, &id("po", "troops"), Verdict::Accepted),
        set(record, &id("ou", "leave"), "type", "threat"),
        judge(record, &id("fr", "so-called"), Verdict::Rejected),
    ];
    assert_eq!(write(&mut made, &changes), [State::Applied; 5]);
    put(&mut made, &read_otherwise());
    made.record.check().expect("sound");
    assert_eq!(states(&made.record), [State::Applied; 5]);
    // The event is another row at the same trigger; it keeps what was not corrected.
    let event = row(&made.record, &id_of("ev", &["otherwise"])).expect("there");
    assert_eq!(
        (&event["status"], &event["event_type"]),
        (&json!("alleged"), &json!("COERCE"))
    );
    // The accepted statement is as it was accepted.
    let statement = row(&made.record, &id_of("st", &["otherwise"])).expect("there");
    assert_eq!(statement["speaker_id"], json!(actor_id(MINISTER)));
    // What is no longer read is kept, and says so.
    let position = row(&made.record, &id("po", "troops")).expect("kept");
    assert!(
        position["made_by"]
            .as_str()
            .is_some_and(|m| m.starts_with("correction:co-"))
    );
    assert_eq!(
        row(&made.record, &id("ou", "leave")).expect("kept")["type"],
        "threat"
    );
    assert!(row(&made.record, &id("fr", "so-called")).is_none());
    let history = made
        .record
        .corrections_of(&id_of("st", &["otherwise"]))
        .expect("read");
    assert_eq!(history.len(), 1);

    // Taken back, the page is as it was read this time.
    made.record.write_corrections(&[]).expect("written");
    let mut fresh = empty();
    put(&mut fresh, &read_otherwise());
    common::write(
        &mut fresh,
        &Sample {
            number: 2,
            ..Sample::default()
        },
    );
    for (made, fresh) in rows(&made.record).iter().zip(&rows(&fresh.record)) {
        assert_eq!(made, fresh, "as if it had never been");
    }
}

#[test]
fn a_correction_whose_sentence_is_gone_is_told_and_waits() {
    let mut made = made();
    let changes = [
        set(&made.record, &id("ev", "shelled"), "status", "denied"),
        judge(&made.record, &id("fr", "so-called"), Verdict::Rejected),
    ];
    write(&mut made, &changes);
    let page = reading(&Sample::default());
    made.record.remove_page(&page.page.id).expect("removed");
    made.record.write_joins(&[]).expect("written");
    assert_eq!(states(&made.record), [State::Gone; 2]);
    put(&mut made, &page);
    assert_eq!(states(&made.record), [State::Applied; 2]);
    assert_eq!(
        row(&made.record, &id("ev", "shelled")).expect("there")["status"],
        "denied"
    );
}

#[test]
fn corrected_rows_lie_below_the_joins() {
    let mut made = made();
    let join = || Join {
        from: actor_id(GUARDS),
        to: actor_id(MINISTER),
        reason: "alike".to_owned(),
        made_by: "rule:actors.test".to_owned(),
        confidence: Confidence::percent(90),
    };
    let changes = [set(
        &made.record,
        &id("st", "said"),
        "speaker_id",
        actor_id(GUARDS),
    )];
    write(&mut made, &changes);
    made.record.write_joins(&[join()]).expect("written");
    made.record.check().expect("sound");
    let speaker =
        |made: &Made| row(&made.record, &id("st", "said")).expect("there")["speaker_id"].clone();
    assert_eq!(speaker(&made), json!(actor_id(MINISTER)));
    made.record.write_joins(&[]).expect("written");
    assert_eq!(speaker(&made), json!(actor_id(GUARDS)));
    // Made while the join is there, it is undone under it as well.
    made.record.write_joins(&[join()]).expect("written");
    let mut fresh = record_of(&[
        Sample::default(),
        Sample {
            number: 2,
            ..Sample::default()
        },
    ]);
    fresh.record.write_joins(&[join()]).expect("written");
    made.record.write_corrections(&[]).expect("written");
    assert!(
        rows(&made.record) == rows(&fresh.record),
        "as if it had never been"
    );
}

#[test]
fn precision_counts_what_was_read_not_what_it_was_made() {
    let mut made = made();
    let changes = [
        set(&made.record, &id("st", "said"), "kind", "mixed"),
        judge(&made.record, &id("st", "said"), Verdict::Accepted),
        judge(
            &made.record,
            &id_of("st", &[&article(2), "said"]),
            Verdict::Accepted,
        ),
        judge(&made.record, &id("ev", "shelled"), Verdict::Rejected),
    ];
    write(&mut made, &changes);
    let found = made.record.precision().expect("read");
    let of = |table: &str, kind: Option<&str>| {
        found
            .iter()
            .find(|p| p.table == table && p.actor_kind.as_deref() == kind)
            .map(|p| (p.accepted, p.changed, p.rejected, p.open))
    };
    assert_eq!(of("statements", None), Some((1, 1, 0, Some(0))));
    assert_eq!(of("statements", Some("person")), Some((1, 1, 0, None)));
    assert_eq!(of("events", None), Some((0, 0, 1, Some(1))));
    assert_eq!(of("events", Some("military")), Some((0, 0, 1, None)));
    assert_eq!(of("positions", None), None);
}

#[test]
fn impossible_values_are_not_written() {
    let mut made = made();
    let before = rows(&made.record);
    let changes = [
        set(
            &made.record,
            &id("st", "said"),
            "speaker_id",
            actor_id("nobody"),
        ),
        set(&made.record, &id("ev", "shelled"), "trigger", "bombed"),
        set(&made.record, &id("po", "troops"), "actor_id", Value::Null),
    ];
    assert_eq!(write(&mut made, &changes), [State::Gone; 3]);
    assert!(rows(&made.record) == before);
}

#[test]
fn files_of_two_people_give_the_same_rows_in_either_order() {
    let mut made = made();
    let at = |change: Change, by: &str, at: &str, n| Correction::of(change, by, at, None, n);
    let record = &made.record;
    let mine = at(
        set(record, &id("ev", "shelled"), "status", "denied"),
        "me",
        "2030-01-01",
        0,
    );
    let other = at(
        set(record, &id("ev", "shelled"), "status", "alleged"),
        "you",
        "2030-01-02",
        0,
    );
    made.record
        .write_corrections(&[mine.clone(), other.clone()])
        .expect("written");
    let one = everything(&made.record);
    made.record
        .write_corrections(&[other, mine])
        .expect("written");
    assert!(one == everything(&made.record));
    assert_eq!(
        row(&made.record, &id("ev", "shelled")).expect("there")["status"],
        "alleged"
    );
}

fn any_changes() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..6usize, 0..6usize), 0..7)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever is changed and in whatever order pages come, the rows are the same, and
    /// nothing is left of it once all is taken back.
    #[test]
    fn corrections_of_rows_leave_no_trace(list in any_changes(), split in 0..7usize) {
        let mut after = made();
        let before = rows(&after.record);
        let rows_of = ["st", "ev", "po", "ou", "fr", "re"];
        let names = ["said", "shelled", "troops", "leave", "so-called", "opposes"];
        let changes: Vec<Change> = list.iter().map(|(at, kind)| {
            let row = id(rows_of[*at], names[*at]);
            match kind {
                0 => judge(&after.record, &row, Verdict::Accepted),
                1 => judge(&after.record, &row, Verdict::Rejected),
                2 => judge(&after.record, &row, Verdict::Suppressed),
                3 => set(&after.record, &row, ["speaker_id", "attributed_to", "actor_id", "actor_id", "actor_id", "object_id"][*at], actor_id(GUARDS)),
                4 => set(&after.record, &row, ["kind", "status", "stance", "type", "tone", "predicate"][*at], ["mixed", "denied", "mixed", "warning", "neutral", "leads"][*at]),
                _ => set(&after.record, &row, ["date", "date", "date", "made", "tone", "date"][*at], ["2015", "2015-02", "2016-01-02", "2017", "positive", "2018"][*at]),
            }
        }).collect();
        let all = lines(&changes);
        // Some first, then all: as people work.
        after.record.write_corrections(&all[..split.min(all.len())]).expect("written");
        after.record.write_corrections(&all).expect("written");
        after.record.check().expect("sound");
        let mut first = empty();
        first.record.write_corrections(&all).expect("written");
        for number in [2, 1] {
            common::write(&mut first, &Sample { number, ..Sample::default() });
        }
        first.record.write_joins(&[]).expect("written");
        first.record.check().expect("sound");
        prop_assert!(everything(&first.record) == everything(&after.record));
        prop_assert!(first.record.all_judged().expect("read") == after.record.all_judged().expect("read"));
        after.record.write_corrections(&[]).expect("written");
        prop_assert!(rows(&after.record) == before);
    }
}
