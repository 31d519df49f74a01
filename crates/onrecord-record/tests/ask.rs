//! Opening, filters, look-ups, searches, SQL.
#![allow(clippy::disallowed_methods)] // tests make files

mod common;

use common::{MINISTER, Sample, actor_id, empty, reading, record_of, write};
use onrecord_record::{Filter, OF_SENTENCES, Record, RecordError};

fn n(record: &Record, table: &str, filter: &Filter) -> usize {
    record.table(table, filter, None).expect("rows").len()
}

#[test]
fn what_is_no_record_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.txt");
    std::fs::write(
        &path,
        "A page that is long enough to be looked at as a database. ".repeat(40),
    )
    .expect("written");
    let before = std::fs::read(&path).expect("read");
    for error in [Record::open(&path), Record::open_read(&path)].map(|r| r.expect_err("no record"))
    {
        assert!(matches!(error, RecordError::NotARecord { .. }), "{error}");
        assert!(error.to_string().contains("page.txt"), "{error}");
    }
    assert_eq!(std::fs::read(&path).expect("read"), before);

    let other = folder.path().join("other.db");
    let c = rusqlite::Connection::open(&other).expect("a database");
    c.execute_batch("create table t(x); insert into t values (1)")
        .expect("a table");
    drop(c);
    let before = std::fs::read(&other).expect("read");
    assert!(matches!(
        Record::open(&other),
        Err(RecordError::NotARecord { .. })
    ));
    assert_eq!(std::fs::read(&other).expect("read"), before);

    let missing = folder.path().join("none.onrecord");
    let error = Record::open_read(&missing).expect_err("nothing there");
    assert!(error.to_string().contains("onrecord read"), "{error}");
    assert!(!missing.exists());
    assert!(matches!(
        Record::open(&folder.path().join("no/such/folder/r")),
        Err(RecordError::Open { .. })
    ));
    assert!(Record::open(folder.path()).is_err());

    let newer = folder.path().join("newer.onrecord");
    drop(Record::open(&newer).expect("a record"));
    let c = rusqlite::Connection::open(&newer).expect("a database");
    c.pragma_update(None, "user_version", 99).expect("set");
    drop(c);
    for error in [Record::open(&newer), Record::open_read(&newer)].map(|r| r.expect_err("newer")) {
        assert!(
            matches!(error, RecordError::Newer { found: 99, .. }),
            "{error}"
        );
    }
    let c = rusqlite::Connection::open(&newer).expect("a database");
    c.pragma_update(None, "user_version", 1).expect("set");
    drop(c);
    let error = Record::open(&newer).expect_err("older").to_string();
    assert!(
        error.contains("older onrecord") && error.contains("schema 1"),
        "{error}"
    );
    // An empty file, as a killed program may leave it, becomes a record.
    let empty = folder.path().join("empty.onrecord");
    std::fs::write(&empty, "").expect("written");
    assert!(matches!(
        Record::open_read(&empty),
        Err(RecordError::NotARecord { .. })
    ));
    Record::open(&empty).expect("a record");
    Record::open_read(&empty).expect("a record");
}

#[test]
fn a_reader_sees_whole_pages_while_another_writes() {
    let mut made = record_of(&[Sample::default()]);
    let reader = Record::open_read(made.record.path()).expect("a reader");
    assert_eq!(reader.counts().expect("counts")["pages"], 1);
    let snapshot = reader.snapshot().expect("a state");
    assert_eq!(n(&reader, "sentences", &Filter::default()), 3);
    write(
        &mut made,
        &Sample {
            number: 2,
            ..Sample::default()
        },
    );
    assert_eq!(n(&reader, "sentences", &Filter::default()), 3);
    drop(snapshot);
    assert_eq!(n(&reader, "sentences", &Filter::default()), 6);
    let mut reader = reader;
    let error = reader.remove_page("pg-1").expect_err("opened for reading");
    assert!(matches!(error, RecordError::ReadOnly { .. }), "{error}");
}

#[test]
fn a_reader_leaves_one_file_and_needs_no_right_to_write() {
    let made = record_of(&[Sample::default()]);
    let path = made.record.path().to_owned();
    drop(made.record);
    let files = |folder: &std::path::Path| std::fs::read_dir(folder).expect("a folder").count();
    assert_eq!(files(made.folder.path()), 1);
    let reader = Record::open_read(&path).expect("a reader");
    assert_eq!(n(&reader, "sentences", &Filter::default()), 3);
    reader.check().expect("sound");
    drop(reader);
    assert_eq!(files(made.folder.path()), 1);
    // A file name with characters that mean something in an address.
    let odd = made.folder.path().join("a %41?#.onrecord");
    std::fs::copy(&path, &odd).expect("copied");
    for path in [&odd, made.folder.path()] {
        let mut rights = std::fs::metadata(path).expect("rights").permissions();
        rights.set_readonly(true);
        std::fs::set_permissions(path, rights).expect("set");
    }
    let reader = Record::open_read(&odd).expect("a reader");
    assert_eq!(n(&reader, "sentences", &Filter::default()), 3);
    drop(reader);
    let mut rights = std::fs::metadata(made.folder.path())
        .expect("rights")
        .permissions();
    #[allow(clippy::permissions_set_readonly_false)] // a folder of this test alone
    rights.set_readonly(false);
    std::fs::set_permissions(made.folder.path(), rights).expect("set");
}

#[test]
fn rows_by_column_actor_article_date_and_words() {
    let samples = [1, 2].map(|number| Sample {
        number,
        ..Sample::default()
    });
    let made = record_of(&samples);
    let (record, all) = (&made.record, Filter::default());
    let first = reading(&samples[0]);
    let minister = actor_id(MINISTER);
    for (table, filter, expected) in [
        ("mentions", all.clone().equal("kind", "NAME"), 4),
        ("mentions", all.clone().equal("actor_id", ""), 2),
        ("actors", all.clone().equal("sectors", "mil"), 1),
        ("statements", all.clone().equal("negated", "no"), 2),
        (
            "events",
            all.clone().equal("quad", "4").equal("status", "actual"),
            2,
        ),
        ("events", all.clone().actor(&minister), 2),
        (
            "statements",
            all.clone().actor(actor_id("ironside-guards")),
            2,
        ),
        ("statements", all.clone().actor(actor_id("nobody")), 0),
        ("sentences", all.clone().actor(&minister), 4),
        ("articles", all.clone().actor(&minister), 2),
        ("positions", all.clone().page(&first.page.id), 1),
        (
            "sentences",
            all.clone().article(&first.articles[0].article.id),
            3,
        ),
        (
            "statements",
            all.clone().sentence(&first.articles[0].sentences[0].id),
            1,
        ),
        ("events", all.clone().since("2014-05-03").until("2014"), 2),
        ("events", all.clone().since("2014-05-04"), 0),
        (
            "statements",
            all.clone().since("2014-05-30").until("2014-05-31"),
            2,
        ),
        ("positions", all.clone().since("2014-12-31"), 2),
        ("articles", all.clone().until("2014-04"), 0),
        ("sentences", all.clone().words("porto nevo"), 2),
        (
            "statements",
            all.clone().words("\"never leave\" OR shelled"),
            2,
        ),
        ("events", all.clone().words("never"), 0),
        ("articles", all.clone().words("numero"), 2),
    ] {
        assert_eq!(n(record, table, &filter), expected, "{table} {filter:?}");
    }
    assert_eq!(
        record
            .table("sentences", &all, Some(2))
            .expect("rows")
            .len(),
        2
    );
    for (table, filter, said) in [
        ("nothing", all.clone(), "sentences"),
        ("events", all.clone().equal("speaker_id", "x"), "trigger"),
        ("runs", all.clone().actor("x"), "actor"),
        ("events", all.clone().since("May 2014"), "2014-09-20"),
        ("events", all.clone().equal("quad", "four"), "number"),
        ("events", all.clone().words("?!"), "no word"),
    ] {
        let error = record
            .table(table, &filter, None)
            .expect_err("wrong")
            .to_string();
        assert!(
            error.contains(said) && error.contains("r.onrecord"),
            "{error}"
        );
    }
}

#[test]
fn rows_by_the_beginning_of_their_id() {
    let made = record_of(&[1, 2].map(|number| Sample {
        number,
        ..Sample::default()
    }));
    let record = &made.record;
    let id = actor_id(MINISTER);
    let (table, row) = record.row(&id).expect("read").expect("there");
    assert_eq!(
        (table.as_str(), &row["name"]),
        ("actors", &"Omar Haddad".into())
    );
    assert_eq!(record.row(&id[..8]).expect("read").expect("there").1, row);
    assert!(record.row("ac-nothing").expect("read").is_none());
    assert!(record.row("").expect("read").is_none());
    let error = record.row("se-").expect_err("six sentences");
    let RecordError::Ambiguous { candidates, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(candidates.len(), 6);
    assert!(candidates.is_sorted());
}

#[test]
fn citations_give_sentence_article_and_page() {
    let sample = Sample::default();
    let made = record_of(std::slice::from_ref(&sample));
    let reading = reading(&sample);
    let event = &reading.articles[0].events[0];
    let cited = made.record.citation(&event.id).expect("cited");
    assert_eq!(cited.len(), 1);
    assert!(cited[0].text.contains("shelled the port"));
    assert_eq!(cited[0].publisher.as_deref(), Some("The Narnian Post"));
    assert_eq!(cited[0].uri, "pages/1.txt");
    assert_eq!(cited[0].sha256, reading.page.sha256);
    let (start, end) = (
        cited[0].page_start.expect("known"),
        cited[0].page_end.expect("known"),
    );
    let there: String = reading
        .page
        .text
        .chars()
        .skip(start as usize)
        .take((end - start) as usize)
        .collect();
    assert_eq!(there, cited[0].text);
    assert_eq!(
        made.record
            .citation(&actor_id(MINISTER))
            .expect("cited")
            .len(),
        2
    );
    assert_eq!(
        made.record.citation(&reading.page.id).expect("cited").len(),
        3
    );
    assert!(made.record.citation("st-none").expect("cited").is_empty());
}

#[test]
fn actors_by_any_of_their_names() {
    let made = record_of(&[Sample {
        minister: "Abu 'Umar al-Haddad",
        ..Sample::default()
    }]);
    for words in [
        "omar haddad",
        "Abu Umar al Haddad",
        "Haddad",
        &actor_id(MINISTER)[..9],
        "UMAR",
    ] {
        let found = made.record.find_actors(words).expect("read");
        assert_eq!(found.len(), 1, "{words}");
        assert_eq!(found[0]["actor_id"], actor_id(MINISTER).as_str());
    }
    assert!(
        made.record.find_actors("mar").expect("read").is_empty(),
        "whole words only"
    );
    assert!(made.record.find_actors("").expect("read").is_empty());
}

#[test]
fn sql_reads_and_nothing_else() {
    let made = record_of(&[Sample::default()]);
    let record = &made.record;
    let rows = record
        .sql("select s.n, a.n, s.text from sentences s join articles a using (article_id) limit 1")
        .expect("rows");
    assert_eq!(rows.columns, ["n", "n_2", "text"]);
    assert_eq!(rows[0]["n"], 0);
    for refused in [
        "delete from pages",
        "with x as (select 1) delete from pages",
        "select 1; delete from pages",
        "attach 'other.db' as other",
        "pragma user_version = 7",
        "",
    ] {
        let error = record.sql(refused).expect_err(refused);
        assert!(
            matches!(error, RecordError::NotAQuery { .. }),
            "{refused}: {error}"
        );
    }
    let error = record
        .sql("select nothing from pages")
        .expect_err("no such column");
    assert!(error.to_string().contains("docs/record.md"), "{error}");
    assert_eq!(record.counts().expect("counts")["pages"], 1);
}

#[test]
fn an_empty_record_answers() {
    let made = empty();
    made.record.check().expect("sound");
    assert!(made.record.pile().expect("a pile").articles.is_empty());
}

#[test]
fn damage_is_found() {
    for (sql, said) in [
        (
            "update sentences set text = 'Another.' where n = 1",
            "its place",
        ),
        ("delete from sentences where n = 2", "search entry"),
        ("delete from _search_rows where id = 2", "search entry"),
        ("delete from _texts", "of its article"),
        (
            "insert into _search (_search) values ('delete-all')",
            "search index",
        ),
        ("delete from pages", "no page"),
    ] {
        let made = record_of(&[Sample::default()]);
        let other = rusqlite::Connection::open(made.record.path()).expect("opened");
        other.execute_batch(sql).expect(sql);
        let error = made.record.check().expect_err(sql);
        assert!(error.to_string().contains(said), "{sql}: {error}");
    }
}

#[test]
fn sql_takes_values_and_can_be_ended() {
    let made = record_of(&[Sample::default()]);
    let record = &made.record;
    let hostile = serde_json::json!("x' or 1 = 1 --");
    let rows = record
        .sql_with(
            "select ?1 as a, ?2 as b, ?3 as c",
            &[
                hostile.clone(),
                serde_json::json!(2),
                serde_json::Value::Null,
            ],
        )
        .expect("a row");
    assert_eq!(rows[0]["a"], hostile);
    assert_eq!(rows[0]["b"], 2);
    assert!(rows[0]["c"].is_null());
    assert!(record.sql_with("select ?1", &[]).is_err());

    let stop = record.interrupter();
    let endless = "with recursive n(i) as (select 1 union all select i + 1 from n)
                   select count(*) from n";
    let error = std::thread::scope(|scope| {
        let (done, ended) = std::sync::mpsc::channel::<()>();
        scope.spawn(move || {
            let tick = std::time::Duration::from_millis(5);
            while let Err(std::sync::mpsc::RecvTimeoutError::Timeout) = ended.recv_timeout(tick) {
                stop.interrupt();
            }
        });
        let error = record.sql(endless).expect_err("it was ended");
        drop(done);
        error
    });
    assert!(error.is_interrupted(), "{error}");
    assert_eq!(record.sql("select 1 as a").expect("a row")[0]["a"], 1);
}

#[test]
fn the_first_rows_of_an_actor_are_the_first_of_all() {
    let samples: Vec<Sample> = (1..=9)
        .map(|number| Sample {
            number,
            ..Sample::default()
        })
        .collect();
    let made = record_of(&samples);
    let of_actors = [MINISTER, "ironside-guards"].map(|key| Filter::default().actor(actor_id(key)));
    for filter in of_actors.into_iter().chain([Filter::default()]) {
        for table in OF_SENTENCES {
            let all = made.record.table(table, &filter, None).expect("rows").rows;
            for limit in 1..=all.len() {
                let first = made
                    .record
                    .table(table, &filter, Some(limit as u64))
                    .expect("rows")
                    .rows;
                assert_eq!(first, all[..limit], "{table}, {limit} of {}", all.len());
            }
        }
    }
}
