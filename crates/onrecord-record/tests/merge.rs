//! Taking over the pages of other records gives the rows that reading all pages into one gives.
#![allow(clippy::disallowed_methods)] // tests make files

mod common;

use common::{MINISTER, Made, Sample, actor_id, empty, record_of};
use onrecord_model::{Confidence, Join};
use onrecord_record::{
    Change, Correction, Filter, Map, Record, RecordError, Search, TABLES, TakenOver,
};
use proptest::prelude::*;

const ENDED: &str = "2031-01-01T00:00:00Z";

fn sample(number: u32) -> Sample {
    // Two of three spell the minister in another way, so that actors and aliases differ.
    let minister = ["Omar Ḥaddad", "Umar al-Hadad", "Omar Ḥaddad"][(number % 3) as usize];
    Sample {
        number,
        minister,
        ..Sample::default()
    }
}

fn samples(numbers: &[u32]) -> Vec<Sample> {
    numbers.iter().map(|number| sample(*number)).collect()
}

fn rows(record: &Record) -> Vec<(&'static str, Vec<Map>)> {
    let of = |name| {
        record
            .table(name, &Filter::default(), None)
            .expect("rows")
            .rows
    };
    TABLES.iter().map(|t| (t.name, of(t.name))).collect()
}

/// What a search finds, but for the numbers of texts, which depend on the order of writing.
fn found(record: &Record, words: &str) -> Vec<String> {
    let search = Search {
        words: words.to_owned(),
        ..Search::default()
    };
    let mut ids: Vec<String> = record
        .search(&search)
        .expect("found")
        .all
        .into_iter()
        .map(|hit| hit.row_id)
        .collect();
    ids.sort();
    ids
}

fn end(made: &mut Made) {
    made.record.end_run(&made.run, ENDED).expect("ended");
}

fn same(one: &Record, other: &Record) {
    for ((table, one), (_, other)) in rows(one).into_iter().zip(rows(other)) {
        assert_eq!(one, other, "{table}");
    }
    for words in ["troops", "\"shelled the port\"", "umar", "leave -shelled"] {
        assert_eq!(found(one, words), found(other, words), "{words}");
    }
    one.check().expect("sound");
    other.check().expect("sound");
}

#[test]
fn shards_give_the_rows_of_one_run() {
    let mut whole = record_of(&samples(&[1, 2, 3, 4, 5]));
    end(&mut whole);
    let shards = [
        record_of(&samples(&[4, 1])),
        record_of(&samples(&[5, 3, 2])),
    ];
    let mut merged = empty();
    for shard in &shards {
        let taken = merged.record.take_over(shard.record.path()).expect("taken");
        assert_eq!(taken.known, 0);
    }
    end(&mut merged);
    same(&whole.record, &merged.record);
}

#[test]
fn what_is_there_stays_and_is_told() {
    let one = record_of(&samples(&[1, 2]));
    let mut other = record_of(&samples(&[2, 3]));
    let taken = other.record.take_over(one.record.path()).expect("taken");
    assert_eq!(taken, TakenOver { pages: 1, known: 1 });
    let again = other.record.take_over(one.record.path()).expect("taken");
    assert_eq!(again, TakenOver { pages: 0, known: 2 });
    let mut whole = record_of(&samples(&[1, 2, 3]));
    end(&mut whole);
    end(&mut other);
    same(&whole.record, &other.record);
}

fn join() -> Join {
    Join {
        from: actor_id("Umar al-Hadad"),
        to: actor_id(MINISTER),
        reason: "spelling".to_owned(),
        made_by: "rule:test".to_owned(),
        confidence: Confidence::percent(90),
    }
}

fn correction(number: usize) -> Correction {
    let change = Change::Rename {
        actor: actor_id("ironside-guards"),
        was: Some("Ironside guards".to_owned()),
        name: "The Guards".to_owned(),
    };
    Correction::of(change, "a reader", "2030-01-02T00:00:00Z", None, number)
}

#[test]
fn joins_and_corrections_of_the_record_reach_new_rows() {
    let mut whole = record_of(&samples(&[1, 2, 3, 4]));
    let mut part = record_of(&samples(&[1, 2]));
    for made in [&mut whole, &mut part] {
        made.record.write_joins(&[join()]).expect("joined");
        made.record
            .write_corrections(&[correction(0)])
            .expect("corrected");
    }
    let rest = record_of(&samples(&[3, 4]));
    part.record.take_over(rest.record.path()).expect("taken");
    end(&mut whole);
    end(&mut part);
    same(&whole.record, &part.record);
}

#[test]
fn a_joined_record_is_taken_over_as_it_was_read() {
    let mut joined = record_of(&samples(&[1, 2]));
    joined.record.write_joins(&[join()]).expect("joined");
    joined
        .record
        .write_corrections(&[correction(0)])
        .expect("corrected");
    let mut all = record_of(&samples(&[3]));
    let refused = all.record.take_over(joined.record.path());
    assert!(matches!(refused, Err(RecordError::NotAsRead { .. })));
    let bare = joined.record.path().with_extension("bare");
    let reading = Record::open_read(joined.record.path()).expect("the record");
    let copy = reading.copy_as_read(&bare).expect("a copy");
    let changed = reading.sql("select * from _joins");
    assert_eq!(changed.expect("rows").len(), 1, "it stays as it was");
    drop(copy);
    all.record.take_over(&bare).expect("taken");
    let mut whole = record_of(&samples(&[1, 2, 3]));
    end(&mut whole);
    end(&mut all);
    same(&whole.record, &all.record);
    let nothing = all.record.take_over(&bare.with_extension("none"));
    assert!(matches!(nothing, Err(RecordError::Missing { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_division_gives_the_same(which in prop::collection::vec(0_usize..3, 1..7)) {
        let numbers: Vec<u32> = (1..).take(which.len()).collect();
        let mut whole = record_of(&samples(&numbers));
        end(&mut whole);
        let mut merged = empty();
        for shard in 0..3 {
            let own = numbers.iter().zip(&which).filter(|(_, of)| **of == shard);
            let own: Vec<u32> = own.map(|(number, _)| *number).collect();
            let made = record_of(&samples(&own));
            merged.record.take_over(made.record.path()).expect("taken");
        }
        end(&mut merged);
        same(&whole.record, &merged.record);
    }
}
