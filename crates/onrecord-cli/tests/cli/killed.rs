//! A run that is killed loses nothing committed, and the next one goes on.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::common::{call, export, onrecord, page, write};

const PAGES: usize = 500;
const KILLS: u64 = 50;
/// How many kills a record has to bear.
const PER_RECORD: u64 = 10;

#[test]
fn fifty_kills_and_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..PAGES {
        // short ones: what is tested is how rows are committed, not how they are found
        let short: Vec<String> = page(n).split("\n\n").take(4).map(str::to_owned).collect();
        let path = folder.path().join(format!("pages/{n:03}.txt"));
        write(&path, short.join("\n\n"));
    }
    let began = Instant::now();
    call(folder.path(), &["read", "pages", "-o", "calm.db", "-q"]).code(0);
    let whole = began.elapsed();
    let calm = export(folder.path(), "calm.db");

    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let (mut kills, mut record) = (0, 0);
    while kills < KILLS {
        record += 1;
        let name = format!("killed-{record}.db");
        let mut committed = 0;
        for _ in 0..PER_RECORD {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            // A run that goes on has less to do, so its moments are spread over less.
            let left = whole.mul_f64(1.0 - committed as f64 / PAGES as f64);
            let moment = left.mul_f64((random >> 11) as f64 / (1_u64 << 53) as f64);
            if !kill(
                folder.path(),
                &name,
                moment + Duration::from_millis(random % 15),
            ) {
                break;
            }
            kills += 1;
            let now = pages_in(folder.path(), &name);
            assert!(now >= committed, "{name}: {now} pages after {committed}");
            committed = now;
        }
        call(folder.path(), &["read", "pages", "-o", &name, "-q"]).code(0);
        assert!(export(folder.path(), &name) == calm, "{name}: other bytes");
    }
    println!(
        "{kills} kills over {record} records in {:?}",
        began.elapsed()
    );
}

/// Starts a run and kills it at this moment; false if it had ended before.
fn kill(folder: &std::path::Path, record: &str, moment: Duration) -> bool {
    let mut command = onrecord(&["read", "pages", "-o", record, "-q"]);
    command
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().expect("the binary runs");
    thread::sleep(moment);
    let ended = child.try_wait().expect("it can be asked").is_some();
    child.kill().expect("it is killed");
    child.wait().expect("it has ended");
    !ended
}

/// How many pages a record holds; none where it is not a record yet.
fn pages_in(folder: &std::path::Path, record: &str) -> u64 {
    let gave = call(folder, &["sql", record, "select count(*) as n from pages"]);
    if gave.code != Some(0) {
        assert!(
            !folder.join(record).exists() || gave.err.contains("empty"),
            "{}",
            gave.err
        );
        return 0;
    }
    let row: serde_json::Value = serde_json::from_str(&gave.out).expect("JSON");
    row["n"].as_u64().expect("a number")
}
