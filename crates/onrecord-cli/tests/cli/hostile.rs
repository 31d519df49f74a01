//! Pages that would break a careless reader: each ends in a note, everything else is read.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use flate2::{Compression, write::GzEncoder};

use crate::common::{call, page, write};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

/// Names and contents; none of them can be read as it is.
fn pages() -> Vec<(&'static str, Vec<u8>)> {
    let div = "<div>".repeat(100_000);
    let table = "<table><tr><td>".repeat(3_000);
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=\"{n}\"")).collect();
    let paragraph = "<p>The council met again and spoke of the harbour for an hour.</p>\n";
    let text = page(1).into_bytes();
    let mut nul = text.clone();
    nul.extend([0; 400]);
    let mut broken = page(2)
        .replace("The mayor", "Başkan Güneş-Öztürk, Çeşme’de")
        .into_bytes();
    for at in [300, 500] {
        broken.splice(at..at, [0xff, 0xfe, 0x80]);
    }
    vec![
        (
            "deep.html",
            format!("<html><body>{div}<p>Deep down.</p></body></html>").into_bytes(),
        ),
        (
            "tables.html",
            format!("<html><body>{table}Cell</body></html>").into_bytes(),
        ),
        (
            "attributes.html",
            format!("<html><body><p{attributes}>Words.</p></body></html>").into_bytes(),
        ),
        (
            "long.html",
            format!("<html><body>{}</body></html>", paragraph.repeat(300_000)).into_bytes(),
        ),
        ("nul.txt", nul),
        ("broken.txt", broken),
        ("bomb.txt.gz", gzip(&vec![b'a'; 30_000_000])),
        ("cut.txt.gz", gzip(&text)[..60].to_vec()),
        ("empty.txt", Vec::new()),
    ]
}

#[test]
fn each_ends_in_a_note_and_the_others_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join("pages").join(name);
    for n in 0..3 {
        write(&at(&format!("good{n}.txt")), page(n + 10));
    }
    for (name, content) in pages() {
        write(&at(name), content);
    }
    links(&at("good0.txt"), &at("dangling.txt"), &at("loop"));
    let gave = call(folder.path(), &["read", "pages", "-o", "r.db"]).code(3);
    let mut named: Vec<&str> = pages().iter().map(|(name, _)| *name).collect();
    if cfg!(unix) {
        named.extend(["dangling.txt", "loop/back"]);
    }
    let (_, failures) = gave.err.split_once("Could not be read").expect("a list");
    for name in named {
        let line = failures
            .lines()
            .find(|line| line.contains(&format!("pages/{name}:")));
        assert!(line.is_some(), "{name} is not named:\n{}", gave.err);
    }
    assert!(!failures.contains("good"), "{failures}");
    let sql = "select count(*) as n from articles a join pages p using (page_id) where p.uri like '%good%'";
    assert_eq!(
        call(folder.path(), &["sql", "r.db", sql]).code(0).out,
        "{\"n\":3}\n"
    );
    // What could not be read then cannot be read now.
    let again = call(folder.path(), &["read", "pages", "-o", "r.db"]).code(3);
    let (_, same) = again.err.split_once("Could not be read").expect("a list");
    assert_eq!(same, failures);
    call(folder.path(), &["verify", "r.db"]).code(0);
}

#[test]
fn none_takes_long() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in pages() {
        write(&folder.path().join(name), content);
        let began = Instant::now();
        call(folder.path(), &["read", name, "-o", "r.db", "-q"]).code(3);
        // Two seconds of CPU time on a quiet machine; tests share theirs with others.
        assert!(
            began.elapsed().as_secs() < 8,
            "{name}: {:?}",
            began.elapsed()
        );
        println!("{name}: {:?}", began.elapsed());
    }
}

#[cfg(unix)]
fn links(good: &Path, dangling: &Path, round: &Path) {
    use std::os::unix::fs::symlink;
    assert!(good.exists());
    symlink("nowhere.txt", dangling).expect("a link");
    fs::create_dir(round).expect("a folder");
    symlink("..", round.join("back")).expect("a link");
}

#[cfg(not(unix))]
fn links(_: &Path, _: &Path, _: &Path) {}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_keep_us_waiting() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path().join("a.txt"))
        .status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: no mkfifo program");
        return;
    }
    let gave = call(folder.path(), &["read", ".", "-o", "r.db"]).code(3);
    assert!(
        gave.err.contains("./a.txt: not read: no regular file"),
        "{}",
        gave.err
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("a.txt");
    write(&secret, page(1));
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o0)).expect("it is ours");
    if fs::read(&secret).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let gave = call(folder.path(), &["read", "a.txt", "-o", "r.db"]).code(3);
    assert!(
        gave.err.contains("a.txt: not read: may not be read"),
        "{}",
        gave.err
    );
}
