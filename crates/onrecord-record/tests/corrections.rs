//! What people change holds on every run, and can be taken back.
#![allow(clippy::disallowed_methods)] // tests make files

mod common;

use common::{MINISTER, Made, Sample, actor_id, empty, everything, put, reading_of};
use onrecord_model::{Confidence, Join, Mention, MentionKind, Reading, Span, id_of};
use onrecord_record::{Change, Correction, CorrectionsFile, Filter, Map, Record, Rows, State};
use proptest::prelude::*;
use serde_json::{Value, json};

const UMAR: &str = "umar-haddad";

fn page(number: u32, minister: &'static str, key: &str) -> Reading {
    let sample = Sample {
        number,
        minister,
        ..Sample::default()
    };
    reading_of(&sample, key, minister)
}

fn pages() -> Vec<Reading> {
    vec![
        page(1, "Omar Ḥaddad", MINISTER),
        page(2, "Umar Haddad", UMAR),
        page(3, "O. Haddad", MINISTER),
    ]
}

fn record() -> Made {
    let mut made = empty();
    pages().iter().for_each(|page| put(&mut made, page));
    made
}

fn step() -> Vec<Join> {
    vec![Join {
        from: actor_id(UMAR),
        to: actor_id(MINISTER),
        reason: "alike".to_owned(),
        made_by: "rule:actors.test".to_owned(),
        confidence: Confidence::percent(90),
    }]
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

/// All tables but that of the corrections.
fn rows(record: &Record) -> Vec<(String, Rows)> {
    let mut all = everything(record);
    all.retain(|(table, _)| table != "corrections");
    all
}

fn actor(record: &Record, id: &str) -> Option<Map> {
    record.row(id).expect("read").map(|(_, row)| row)
}

fn split(form: &str, article: Option<String>, name: &str) -> Change {
    Change::Split {
        actor: actor_id(MINISTER),
        form: form.to_owned(),
        article,
        name: name.to_owned(),
    }
}

fn split_id(name: &str) -> String {
    id_of("ac", &["split", &actor_id(MINISTER), name])
}

fn merge() -> Change {
    Change::Merge {
        from: actor_id(UMAR),
        to: actor_id(MINISTER),
    }
}

fn of_article(record: &Record, table: &str, article: &str) -> Vec<Map> {
    let filter = Filter::default().article(article);
    record.table(table, &filter, None).expect("rows").rows
}

#[test]
fn a_merge_is_a_join_and_is_taken_back_without_a_trace() {
    let mut made = record();
    let before = rows(&made.record);
    assert_eq!(write(&mut made, &[merge()]), [State::Applied]);
    let merged = rows(&made.record);
    assert!(actor(&made.record, &actor_id(UMAR)).is_none());
    let of_step = {
        let mut made = record();
        made.record.write_joins(&step()).expect("written");
        rows(&made.record)
    };
    assert!(merged == of_step, "as the step would have joined them");
    let row = &made
        .record
        .table("corrections", &Filter::default(), None)
        .expect("rows")[0];
    assert_eq!(row["applied"], true);
    let undo = Change::Undo {
        correction: lines(&[merge()])[0].id.clone(),
    };
    assert_eq!(
        write(&mut made, &[merge(), undo]),
        [State::Undone, State::Applied]
    );
    assert!(rows(&made.record) == before, "as if it had never been");
    // A second run of the step with the same corrections changes nothing.
    let n = made.record.sql("select total_changes() as n").expect("n")[0]["n"].clone();
    made.record.write_joins(&[]).expect("written");
    let lines: Vec<_> = made.record.corrections().expect("read");
    let lines: Vec<_> = lines.into_iter().map(|(c, _)| c).collect();
    made.record.write_corrections(&lines).expect("written");
    let after = made.record.sql("select total_changes() as n").expect("n")[0]["n"].clone();
    assert_eq!(n, after);
}

#[test]
fn a_split_holds_against_the_step_and_for_pages_read_later() {
    let mut made = record();
    made.record.write_joins(&step()).expect("written");
    let joined = rows(&made.record);
    assert_eq!(
        write(&mut made, &[split("Umar Haddad", None, "Umar the baker")]),
        [State::Applied]
    );
    let baker = split_id("Umar the baker");
    let row = actor(&made.record, &baker).expect("there");
    assert_eq!(row["name"], "Umar the baker");
    assert_eq!(row["aliases"], json!(["Umar Haddad"]));
    assert_eq!(row["kind"], "person");
    let second = &pages()[1].articles[0].article.id;
    for (table, column) in [
        ("statements", "speaker_id"),
        ("statements", "addressee_id"),
        ("positions", "actor_id"),
        ("outlooks", "actor_id"),
        ("framings", "voice"),
        ("relations", "subject_id"),
    ] {
        let rows = of_article(&made.record, table, second);
        assert_eq!(rows[0][column], json!(baker), "{table}.{column}");
    }
    // The pronoun goes along.
    let mentions = of_article(&made.record, "mentions", second);
    assert!(
        mentions
            .iter()
            .any(|m| m["text"] == "He" && m["actor_id"] == json!(baker))
    );
    put(&mut made, &page(7, "Umar Haddad", UMAR));
    made.record.write_joins(&step()).expect("written");
    let filter = Filter::default().actor(&baker);
    assert_eq!(
        made.record
            .table("statements", &filter, None)
            .expect("rows")
            .len(),
        2
    );
    made.record
        .remove_page(&page(7, "Umar Haddad", UMAR).page.id)
        .expect("removed");
    made.record.write_joins(&step()).expect("written");
    assert_eq!(write(&mut made, &[]), []);
    assert!(rows(&made.record) == joined, "as if it had never been");
}

/// A second name of the minister in the third sentence, where "He" was.
fn with_two_names(reading: &mut Reading) {
    let a = &mut reading.articles[0];
    let at = a.article.text.find("the foreign").expect("there");
    a.mentions.retain(|m| m.span.start != at);
    a.mentions.push(Mention {
        id: id_of("me", &[&a.article.id, "second"]),
        sentence: 2,
        span: Span::new(at, at + "the foreign".len()),
        kind: MentionKind::Name,
        actor: Some(actor_id(MINISTER)),
        made_by: "rule:test.hand".to_owned(),
        confidence: Confidence::percent(80),
    });
}

#[test]
fn where_an_article_has_several_names_the_words_of_the_row_decide() {
    let mut reading = page(1, "Omar Ḥaddad", MINISTER);
    with_two_names(&mut reading);
    let mut made = empty();
    put(&mut made, &reading);
    put(&mut made, &page(3, "Omar Ḥaddad", MINISTER));
    let before = rows(&made.record);
    let article = reading.articles[0].article.id.clone();
    write(
        &mut made,
        &[split("Omar Ḥaddad", Some(article.clone()), "The son")],
    );
    let son = json!(split_id("The son"));
    let statement = &of_article(&made.record, "statements", &article)[0];
    assert_eq!(statement["speaker_id"], son, "his words name him");
    assert_eq!(statement["addressee_id"], json!(actor_id(MINISTER)));
    let position = &of_article(&made.record, "positions", &article)[0];
    assert_eq!(position["actor_id"], son, "it rests on his statement");
    let event = &of_article(&made.record, "events", &article)[0];
    assert_eq!(event["attributed_to"], json!(actor_id(MINISTER)));
    let row = actor(&made.record, &actor_id(MINISTER)).expect("there");
    assert_eq!(row["aliases"], json!(["Omar Ḥaddad", "the foreign"]));
    assert_eq!(
        made.record.forms_of(&split_id("The son")).expect("forms")[0].joined[0].reason,
        "split off by me"
    );
    let third = page(3, "Omar Ḥaddad", MINISTER).articles[0]
        .article
        .id
        .clone();
    let statement = &of_article(&made.record, "statements", &third)[0];
    assert_eq!(
        statement["speaker_id"],
        json!(actor_id(MINISTER)),
        "another article"
    );
    write(&mut made, &[]);
    assert!(rows(&made.record) == before, "as if it had never been");
}

#[test]
fn who_was_forgotten_is_in_no_row_and_comes_back() {
    let mut made = record();
    made.record.write_joins(&step()).expect("written");
    let before = rows(&made.record);
    let counts = made.record.counts().expect("counts");
    let forget = Change::Forget {
        actor: actor_id(MINISTER),
    };
    assert_eq!(
        write(&mut made, std::slice::from_ref(&forget)),
        [State::Applied]
    );
    for (table, rows) in rows(&made.record) {
        for row in &rows {
            let text = json!(row).to_string();
            for id in [MINISTER, UMAR].map(actor_id) {
                assert!(!text.contains(&id), "{table}: {text}");
            }
        }
    }
    let statements = made
        .record
        .table("statements", &Filter::default(), None)
        .expect("rows");
    assert_eq!(statements.len(), 3);
    assert_eq!(statements[0]["speaker_id"], Value::Null);
    assert!(statements[0]["speaker_text"].is_string(), "the text stays");
    let now = made.record.counts().expect("counts");
    assert_eq!(now["mentions"], counts["mentions"]);
    assert_eq!(
        (now["positions"], now["relations"], now["framings"]),
        (0, 0, 0)
    );
    let run = made.run.clone();
    let of_run = made.record.end_run(&run, "2031").expect("ended");
    for table in ["actors", "positions", "relations", "outlooks", "events"] {
        assert_eq!(
            of_run.get(table).copied().unwrap_or(0),
            now[table],
            "{table}"
        );
    }
    // Pages read again or later are without the actor as well, and a page can go.
    put(&mut made, &pages()[0]);
    put(&mut made, &page(7, "Umar Haddad", UMAR));
    assert_eq!(made.record.counts().expect("counts")["positions"], 0);
    made.record
        .remove_page(&page(7, "Umar Haddad", UMAR).page.id)
        .expect("removed");
    made.record.write_joins(&step()).expect("written");
    made.record.check().expect("sound");
    write(&mut made, &[]);
    made.record.end_run(&run, "2031").expect("ended");
    let mut expected = record();
    expected.record.write_joins(&step()).expect("written");
    expected.record.end_run(&run, "2031").expect("ended");
    assert!(rows(&made.record) == rows(&expected.record), "all is back");
    assert_eq!(before.len(), rows(&made.record).len());
}

#[test]
fn names_can_be_given_and_what_is_gone_is_told_and_kept() {
    let mut made = record();
    let rename = |name: &str| Change::Rename {
        actor: actor_id(MINISTER),
        was: None,
        name: name.to_owned(),
    };
    let gone = Change::Forget {
        actor: actor_id("nobody"),
    };
    let states = write(&mut made, &[rename("A"), gone, rename("Omar H.")]);
    assert_eq!(states, [State::Overruled, State::Gone, State::Applied]);
    let row = actor(&made.record, &actor_id(MINISTER)).expect("there");
    assert_eq!(row["name"], "Omar H.");
    let shown = made
        .record
        .table("corrections", &Filter::default(), None)
        .expect("rows");
    let applied: Vec<_> = shown.iter().filter(|row| row["applied"] == true).collect();
    assert_eq!((shown.len(), applied.len()), (3, 1));
    // The page of the actor comes back later: so does the name.
    for page in [&pages()[0], &pages()[2]] {
        made.record.remove_page(&page.page.id).expect("removed");
    }
    made.record.write_joins(&[]).expect("written");
    assert_eq!(self::states(&made.record)[2], State::Gone);
    put(&mut made, &pages()[0]);
    made.record.write_joins(&[]).expect("written");
    let row = actor(&made.record, &actor_id(MINISTER)).expect("there");
    assert_eq!(row["name"], "Omar H.");
}

#[test]
fn corrections_before_and_after_the_pages_give_the_same_rows() {
    let changes = [
        merge(),
        split("O. Haddad", None, "Another"),
        Change::Rename {
            actor: actor_id(MINISTER),
            was: None,
            name: "Omar the minister".to_owned(),
        },
        Change::Forget {
            actor: actor_id("ironside-guards"),
        },
    ];
    let mut after = record();
    after.record.write_joins(&[]).expect("written");
    let wanted = write(&mut after, &changes);
    assert_eq!(wanted, [State::Applied; 4]);
    let mut before = empty();
    before
        .record
        .write_corrections(&lines(&changes))
        .expect("written");
    for page in pages().iter().rev() {
        put(&mut before, page);
        before.record.write_joins(&[]).expect("written");
    }
    assert_eq!(states(&before.record), wanted);
    assert!(everything(&before.record) == everything(&after.record));
    before.record.check().expect("sound");
}

#[test]
fn the_file_is_only_added_to_and_a_broken_line_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("r.db");
    let mut file = CorrectionsFile::beside(&record).expect("none is well");
    assert!(!file.is_there);
    assert!(file.path().ends_with("r.db.corrections.jsonl"));
    let all = lines(&[merge(), split("x", None, "y")]);
    file.append(&all[..1]).expect("written");
    // An editor may leave out the last line end.
    let text = std::fs::read_to_string(file.path()).expect("read");
    std::fs::write(file.path(), text.trim_end()).expect("written");
    file.append(&all[1..]).expect("written");
    let read = CorrectionsFile::beside(&record).expect("read");
    assert_eq!(read.corrections, all);
    let mut text = std::fs::read_to_string(file.path()).expect("read");
    text.push_str("\n{\"row_key\": \"ac-1\"}\n");
    std::fs::write(file.path(), &text).expect("written");
    let error = CorrectionsFile::beside(&record)
        .expect_err("broken")
        .to_string();
    assert!(
        error.contains("r.db.corrections.jsonl: line 4 has no `correction_id`"),
        "{error}"
    );
    let twice = format!("{0}\n{0}\n", all[0].to_line());
    std::fs::write(file.path(), twice).expect("written");
    let error = CorrectionsFile::beside(&record)
        .expect_err("twice")
        .to_string();
    assert!(error.contains("line 2 has the id"), "{error}");
}

/// Pages of which some take one actor for two, and one has two names of an actor.
fn more_pages() -> Vec<Reading> {
    let mut pages = pages();
    let mut two_names = page(4, "Omar Ḥaddad", MINISTER);
    with_two_names(&mut two_names);
    pages.push(two_names);
    pages.push(page(5, "Umar Haddad", "baker"));
    pages
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let actors = || {
        let made = ["Q", "R"].map(split_id);
        let read = [MINISTER, UMAR, "baker", "ironside-guards", "nobody"].map(actor_id);
        prop::sample::select([&read[..], &made[..]].concat())
    };
    let forms = prop::sample::select(vec![
        "Omar Ḥaddad",
        "Umar Haddad",
        "O. Haddad",
        "the foreign",
    ]);
    let articles = prop::option::of(
        (0..5_usize).prop_map(|at| more_pages()[at].articles[0].article.id.clone()),
    );
    let names = prop::sample::select(vec!["Q", "R"]);
    let change = prop_oneof![
        3 => (actors(), actors()).prop_map(|(from, to)| Change::Merge { from, to }),
        4 => (actors(), forms, articles, names).prop_map(|(actor, form, article, name)| {
            Change::Split { actor, form: form.to_owned(), article, name: name.to_owned() }
        }),
        1 => (actors(), "[a-c]").prop_map(|(actor, name)| Change::Rename {
            actor,
            was: None,
            name,
        }),
        1 => actors().prop_map(|actor| Change::Forget { actor }),
        1 => (actors(), actors()).prop_map(|(actor, other)| Change::Apart { actor, other }),
        1 => (0..6_u32).prop_map(|n| Change::Undo { correction: n.to_string() }),
    ];
    prop::collection::vec(change, 0..6)
}

/// The lines of changes, in which an undo names an earlier line by its number.
fn numbered(changes: &[Change]) -> Vec<Correction> {
    let mut all: Vec<Correction> = Vec::new();
    for (n, change) in changes.iter().enumerate() {
        let change = match change {
            Change::Undo { correction } => Change::Undo {
                correction: match correction.parse::<usize>().ok().and_then(|at| all.get(at)) {
                    Some(earlier) => earlier.id.clone(),
                    None => "co-none".to_owned(),
                },
            },
            other => other.clone(),
        };
        all.push(Correction::of(change, "me", "t", None, n));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 12, rng_seed: proptest::test_runner::RngSeed::Fixed(5), ..ProptestConfig::default() })]

    #[test]
    fn what_was_there_before_leaves_no_trace(
        wanted in changes(),
        before in prop::collection::vec((changes(), 0..5_usize, any::<bool>(), any::<bool>()), 0..4),
        order in Just(vec![0_usize, 1, 2, 3, 4]).prop_shuffle(),
    ) {
        let pages = more_pages();
        let mut expected = empty();
        pages.iter().for_each(|page| put(&mut expected, page));
        expected.record.write_joins(&step()).expect("written");
        expected.record.write_corrections(&numbered(&wanted)).expect("written");
        expected.record.check().expect("sound");

        let mut made = empty();
        for (changes, page, joined, gone) in before {
            put(&mut made, &pages[page]);
            made.record.write_corrections(&numbered(&changes)).expect("written");
            let joins = if joined { step() } else { Vec::new() };
            made.record.write_joins(&joins).expect("written");
            made.record.check().expect("sound");
            if gone {
                made.record.remove_page(&pages[page].page.id).expect("removed");
            }
        }
        made.record.write_corrections(&numbered(&wanted)).expect("written");
        for at in order {
            put(&mut made, &pages[at]);
        }
        made.record.write_joins(&step()).expect("written");
        made.record.check().expect("sound");
        for record in [&mut made, &mut expected] {
            let run = record.run.clone();
            record.record.end_run(&run, "2031").expect("ended");
        }
        let (ours, theirs) = (everything(&made.record), everything(&expected.record));
        for ((table, ours), (_, theirs)) in ours.iter().zip(&theirs) {
            prop_assert_eq!(ours, theirs, "{}", table);
        }
        for table in ["_fates", "_parts", "_given_names", "_moved", "_row_actors", "_joins"] {
            let sql = format!("select * from {table}");
            let rows = |record: &Record| {
                let rows = record.sql(&sql).expect("rows").into_iter();
                let mut rows: Vec<String> = rows.map(|row| json!(row).to_string()).collect();
                rows.sort();
                rows
            };
            prop_assert_eq!(rows(&made.record), rows(&expected.record), "{}", table);
        }
        // An actor in a row is an actor of the record.
        let sql = "select row_id from _row_actors where actor_id not in (select actor_id from actors)
                   union select mention_id from mentions
                   where actor_id not in (select actor_id from actors)";
        prop_assert_eq!(made.record.sql(sql).expect("rows").len(), 0);
    }
}
