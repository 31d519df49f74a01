//! `watch`: files dropped, changed, half written, broken and removed; signals and kills.

use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::common::{call, export, onrecord, page, write};

/// Longest wait for a line; machines are busy.
const PATIENCE: Duration = Duration::from_secs(90);

/// A watch under way, with what it tells.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path, args: &[&str]) -> Watching {
        let mut all = vec!["watch", "-o", "r.db", "--threads", "1"];
        if !args.contains(&"--settle") {
            all.extend(["--settle", "0.3"]);
        }
        all.extend(args);
        let mut child = onrecord(&all)
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let told = BufReader::new(child.stderr.take().expect("a pipe"));
        let (give, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in told.lines().map_while(Result::ok) {
                if give.send(line).is_err() {
                    break;
                }
            }
        });
        Watching { child, lines }
    }

    /// The next line with these words; what it tells before is let pass.
    #[track_caller]
    fn told(&self, words: &str) -> String {
        let end = Instant::now() + PATIENCE;
        let mut before = Vec::new();
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => before.push(line),
                Err(_) => panic!("no `{words}` after {before:?}"),
            }
        }
    }

    /// Nothing is told for a while.
    #[track_caller]
    fn is_quiet(&self, time: Duration) {
        if let Ok(line) = self.lines.recv_timeout(time) {
            panic!("told {line}");
        }
    }

    /// Sends a signal and gives the exit code.
    fn end(mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = std::process::Command::new("kill")
            .args([signal, &id])
            .status();
        assert!(sent.expect("kill runs").success());
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The record of a watch equals that of `read` over the same files.
fn same_as_read(folder: &Path, args: &[&str]) {
    let mut all = vec!["read", "-o", "read.db", "-q"];
    all.extend(args);
    call(folder, &all);
    assert!(
        export(folder, "r.db") == export(folder, "read.db"),
        "other rows than `read` gives"
    );
}

#[test]
fn files_are_read_as_they_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    write(&at("in/0.txt"), page(0));
    let watch = Watching::start(folder.path(), &["in"]);
    watch.told("1 new, 0 unchanged");
    watch.told("watching");
    // dropped, in a folder that was not there
    write(&at("in/later/1.txt"), page(1));
    watch.told("1 new, 1 unchanged");
    // touched only
    write(&at("in/0.txt"), page(0));
    watch.told("0 new, 2 unchanged");
    // changed
    write(&at("in/0.txt"), page(2));
    watch.told("1 new, 1 unchanged");
    // broken, told once
    write(&at("in/broken.txt.gz"), b"\x1f\x8bnothing");
    watch.told("broken.txt.gz: not read");
    // removed: what was read stays
    fs::remove_file(at("in/later/1.txt")).expect("it is removed");
    let line = watch.told("1 file is gone");
    assert!(line.contains("0 new, 1 unchanged, 1 not read"), "{line}");
    write(&at("in/3.txt"), page(3));
    watch.told("1 new");
    watch.is_quiet(Duration::from_secs(1));
    assert_eq!(watch.end("-INT"), Some(0));
    let rows = call(
        folder.path(),
        &[
            "sql",
            "r.db",
            "select count(*) as n from pages where articles > 0",
        ],
    );
    assert!(rows.out.contains("4"), "{}", rows.out);
}

#[test]
fn a_file_that_is_being_written_is_left_until_it_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("in/slow.txt");
    write(&folder.path().join("in/0.txt"), page(0));
    let watch = Watching::start(folder.path(), &["in", "--settle", "1"]);
    watch.told("watching");
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .expect("a file");
    for piece in page(1).as_bytes().chunks(200) {
        file.write_all(piece).expect("it is written");
        thread::sleep(Duration::from_millis(200));
    }
    watch.told("1 new, 1 unchanged");
    assert_eq!(watch.end("-TERM"), Some(0));
    same_as_read(folder.path(), &["in"]);
}

#[test]
fn a_feed_file_that_comes_late_and_grows_is_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("feed.jsonl");
    let watch = Watching::start(folder.path(), &["feed.jsonl", "--poll", "1"]);
    watch.told("feed.jsonl: not read: no such file or folder");
    let line = |n: usize| {
        format!(
            "{}\n",
            serde_json::json!({"url": format!("https://a.example/{n}"), "text": page(n)})
        )
    };
    write(&path, line(0));
    watch.told("1 new, 0 unchanged");
    let mut file = OpenOptions::new().append(true).open(&path).expect("a file");
    file.write_all(line(1).as_bytes()).expect("it is written");
    watch.told("1 new, 1 unchanged");
    assert_eq!(watch.end("-INT"), Some(0));
    same_as_read(folder.path(), &["feed.jsonl"]);
}

#[test]
fn a_watch_that_is_killed_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..30 {
        write(&folder.path().join(format!("in/{n:02}.txt")), page(n));
    }
    for moment in [700, 900, 1_200, 1_600] {
        let mut watch = Watching::start(folder.path(), &["in"]);
        thread::sleep(Duration::from_millis(moment));
        watch.child.kill().expect("it is killed");
    }
    // Stopped by a signal in the middle of a batch it may be, too: all is there in the end.
    let watch = Watching::start(folder.path(), &["in"]);
    thread::sleep(Duration::from_millis(800));
    // On a busy machine it may not have come to listen to signals yet.
    assert!(matches!(watch.end("-TERM"), Some(0) | None));
    let watch = Watching::start(folder.path(), &["in"]);
    watch.told("watching");
    assert_eq!(watch.end("-INT"), Some(0));
    same_as_read(folder.path(), &["in"]);
}

#[test]
fn standard_input_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let gave = call(folder.path(), &["watch", "-", "-o", "r.db"]).code(2);
    assert!(gave.err.contains("onrecord read -"), "{}", gave.err);
    assert!(!folder.path().join("r.db").exists());
}
