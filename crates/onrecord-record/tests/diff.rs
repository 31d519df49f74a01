//! What differs between two records.
#![allow(clippy::disallowed_methods)] // tests make files

mod common;

use common::{MINISTER, Made, Sample, actor_id, config, empty, put, reading, record_of};
use onrecord_record::{
    Change, Changed, Correction, Diff, Difference, Filter, Record, RecordError, RunConfig, TABLES,
    TableDiff, Verdict,
};

fn rows(diff: &Diff<'_>, table: &str) -> (TableDiff, Vec<Difference>) {
    let mut found = Vec::new();
    let sum = diff.table(table, |difference| {
        found.push(difference);
        Ok::<(), RecordError>(())
    });
    (sum.expect("compared"), found)
}

fn of<'r>(before: &'r Record, after: &'r Record) -> Diff<'r> {
    Diff::of(before, after).expect("two records")
}

fn sample(number: u32) -> Sample {
    Sample {
        number,
        ..Sample::default()
    }
}

/// A record of one page, read with other settings than those of the tests.
fn read_otherwise(change: impl Fn(&mut onrecord_model::Reading)) -> Made {
    let mut made = empty();
    made.run = made
        .record
        .begin_run(&RunConfig {
            version: "0.2.0".to_owned(),
            settings: r#"{"language": "en", "a": [1], "fast": true}"#.to_owned(),
            ..config()
        })
        .expect("a run");
    let mut reading = reading(&sample(1));
    change(&mut reading);
    put(&mut made, &reading);
    made
}

#[test]
fn the_same_pages_in_another_order_are_the_same() {
    let one = record_of(&[sample(1), sample(2)]);
    let mut other = record_of(&[sample(2), sample(1)]);
    let run = other.run.clone();
    other
        .record
        .end_run(&run, "2031-01-01T00:00:00Z")
        .expect("ended");
    let diff = of(&one.record, &other.record);
    for table in TABLES.iter().filter(|table| table.name != "runs") {
        let (sum, found) = rows(&diff, table.name);
        assert!(sum.same() && found.is_empty(), "{}: {found:?}", table.name);
        assert_eq!(sum.before, sum.after);
    }
    assert!(diff.read_with().is_empty());
}

#[test]
fn rows_of_a_page_that_one_record_has() {
    let one = record_of(&[sample(1)]);
    let other = record_of(&[sample(1), sample(2)]);
    let (sum, found) = rows(&of(&one.record, &other.record), "statements");
    assert_eq!((sum.before, sum.after, sum.gained), (1, 2, 1));
    assert_eq!(found[0].change, Changed::Gained);
    assert_eq!(found[0].reasons, ["page in the second only"]);
    assert!(found[0].row.is_some());
    let (sum, found) = rows(&of(&other.record, &one.record), "sentences");
    assert_eq!((sum.lost, sum.gained, found.len()), (3, 0, 3));
    assert!(found.is_sorted_by_key(|row| row.id.clone()));
    assert_eq!(found[2].reasons, ["page in the first only"]);
    let (_, found) = rows(&of(&one.record, &other.record), "actors");
    assert!(
        found
            .iter()
            .all(|row| row.reasons == ["other pages or rows behind it"])
    );
}

#[test]
fn a_row_read_otherwise_is_changed_under_the_same_id_and_under_another() {
    let one = record_of(&[sample(1)]);
    let other = read_otherwise(|reading| {
        let a = &mut reading.articles[0];
        a.statements[0].negated = true;
        // Another type makes another id; trigger and sentence are the same.
        a.events[0].event_type = onrecord_model::EventType::Coerce;
        a.events[0].id = onrecord_model::id_of("ev", &["coerce"]);
        a.positions.clear();
    });
    let diff = of(&one.record, &other.record);
    let why = ["setting fast unset, then true", "version 0.1.0, then 0.2.0"];
    assert_eq!(diff.read_with(), why);
    let (sum, found) = rows(&diff, "statements");
    assert_eq!((sum.changed, sum.lost, sum.gained), (1, 0, 0));
    assert_eq!(found[0].cells.len(), 1);
    assert_eq!(found[0].cells[0].column, "negated");
    assert_eq!(found[0].cells[0].is, true);
    assert_eq!(
        (&found[0].was_id, &found[0].reasons[..]),
        (&None, &why.map(str::to_owned)[..])
    );
    let (sum, found) = rows(&diff, "events");
    assert_eq!((sum.changed, sum.lost, sum.gained), (1, 0, 0));
    assert_eq!(found[0].id, onrecord_model::id_of("ev", &["coerce"]));
    assert!(found[0].was_id.is_some());
    let columns: Vec<&str> = found[0].cells.iter().map(|cell| cell.column).collect();
    assert_eq!(columns, ["event_type"]);
    let (sum, found) = rows(&diff, "positions");
    assert_eq!((sum.lost, found[0].change), (1, Changed::Lost));
    assert_eq!(sum.reasons["version 0.1.0, then 0.2.0"], 1);
}

#[test]
fn a_correction_is_the_reason() {
    let one = record_of(&[sample(1)]);
    let mut other = record_of(&[sample(1)]);
    let change = Change::Merge {
        from: actor_id(MINISTER),
        to: actor_id("ironside-guards"),
    };
    let correction = Correction::of(change, "a reader", "2030-01-02T00:00:00Z", None, 0);
    let reason = format!("correction {} in the second only", correction.id);
    other
        .record
        .write_corrections(&[correction])
        .expect("written");
    let diff = of(&one.record, &other.record);
    for table in ["statements", "positions", "actors", "corrections"] {
        let (sum, found) = rows(&diff, table);
        assert!(!sum.same(), "{table}");
        assert!(
            found.iter().all(|row| row.reasons == [reason.clone()]),
            "{table}: {found:?}"
        );
    }
    let (sum, _) = rows(&diff, "sentences");
    assert!(sum.same());
}

#[test]
fn what_was_read_from_a_row_that_is_gone_goes_with_it() {
    let one = record_of(&[sample(1)]);
    let mut other = record_of(&[sample(1)]);
    let statements = one
        .record
        .table("statements", &Filter::default(), None)
        .expect("rows");
    let id = statements[0]["statement_id"].as_str().expect("an id");
    let row = other.record.anchor(id).expect("read").expect("a row");
    let change = Change::Judge {
        row,
        verdict: Verdict::Suppressed,
    };
    let correction = Correction::of(change, "a reader", "2030-01-02T00:00:00Z", None, 0);
    let reason = format!("correction {} in the second only", correction.id);
    other
        .record
        .write_corrections(&[correction])
        .expect("written");
    let diff = of(&one.record, &other.record);
    let mut gone = 0;
    for table in TABLES.iter().filter(|table| table.name != "corrections") {
        let (sum, found) = rows(&diff, table.name);
        gone += sum.lost;
        for row in &found {
            assert_eq!(
                row.reasons,
                std::slice::from_ref(&reason),
                "{}: {row:?}",
                table.name
            );
        }
    }
    assert!(gone > 1, "the statement and what was read from it");
}

#[test]
fn what_cannot_be_compared_is_told() {
    let made = record_of(&[sample(1)]);
    let diff = of(&made.record, &made.record);
    let error = diff.table("nothing", |_| Ok::<(), RecordError>(()));
    assert!(matches!(error, Err(RecordError::NoTable { .. })));
    let stop = record_of(&[]);
    let mut seen = 0;
    let stopped = of(&stop.record, &made.record).table("sentences", |_| {
        seen += 1;
        Err::<(), RecordError>(RecordError::NotAQuery {
            path: "enough".into(),
        })
    });
    assert!(stopped.is_err() && seen == 1);
}
