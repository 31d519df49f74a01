//! A run that is killed leaves exactly the pages it has written.
#![allow(clippy::disallowed_methods)] // tests make files

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use common::{Sample, config, everything, reading, record_of};
use onrecord_record::Record;

const PAGES: u32 = 300;

/// What the child does: writes pages and tells each one after it is committed.
#[test]
#[ignore = "is the child of the test below"]
#[allow(clippy::print_stderr)]
fn child() {
    let Some(path) = std::env::var_os("RECORD_TO_WRITE") else {
        return;
    };
    let mut record = Record::open(path.as_ref()).expect("a record");
    let run = record.begin_run(&config()).expect("a run");
    for number in 0..PAGES {
        let reading = reading(&Sample {
            number,
            ..Sample::default()
        });
        if record.state(&reading.page.id).expect("read").is_none() {
            record
                .write_page(&reading, &run, "f1", "t")
                .expect("written");
            eprintln!("written {number}");
        }
    }
}

#[test]
fn a_killed_run_leaves_whole_pages_and_can_be_resumed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("r.onrecord");
    let mut told = 0;
    for kills in [1, 7, 23, 40] {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args([
                "--exact",
                "child",
                "--ignored",
                "--nocapture",
                "--test-threads=1",
            ])
            .env("RECORD_TO_WRITE", &path)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a child");
        let lines = BufReader::new(child.stderr.take().expect("its messages")).lines();
        let written = lines
            .map_while(Result::ok)
            .filter(|line| line.starts_with("written"));
        told += written.take(kills).count() as u64;
        child.kill().expect("killed");
        child.wait().expect("ended");
        let record = Record::open(&path).expect("still a record");
        record.check().expect("sound");
        let counts = record.counts().expect("counts");
        assert!(
            counts["pages"] >= told,
            "{} pages, {told} told",
            counts["pages"]
        );
        assert_eq!(counts["sentences"], 3 * counts["pages"]);
        assert_eq!(counts["events"], counts["pages"]);
        told = counts["pages"];
    }
    // The rest, and the same rows as if nothing had happened.
    let mut record = Record::open(&path).expect("a record");
    let run = record.begin_run(&config()).expect("a run");
    let samples: Vec<_> = (0..PAGES)
        .map(|number| Sample {
            number,
            ..Sample::default()
        })
        .collect();
    for sample in &samples {
        let reading = reading(sample);
        if record.state(&reading.page.id).expect("read").is_none() {
            record
                .write_page(&reading, &run, "f1", "t")
                .expect("written");
        }
    }
    let mut whole = record_of(&samples);
    for (record, run) in [(&mut record, &run), (&mut whole.record, &whole.run)] {
        record.end_run(run, "2031").expect("ended");
    }
    let (ours, theirs) = (everything(&record), everything(&whole.record));
    for ((table, ours), (_, theirs)) in ours.iter().zip(&theirs).skip(1) {
        assert_eq!(ours, theirs, "{table}");
    }
}
