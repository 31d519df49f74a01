//! Rows as read, imported, are the record of one run.

use std::fs;

use crate::common::{EXAMPLES, call, export, page, write};

#[test]
fn rows_that_are_imported_give_the_bytes_of_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    for n in 0..12 {
        let name = format!("pages/news.example.org/{n:03}.txt");
        write(&at.join(name), page(n % 10));
    }
    write(&at.join("pages/broken.txt"), "a\0\u{1}".repeat(9));
    call(at, &["read", "pages", EXAMPLES, "-o", "whole.db", "-q"]);
    let whole = export(at, "whole.db");
    for shard in ["1/2", "2/2"] {
        let part = format!("part-{}.db", &shard[..1]);
        call(
            at,
            &[
                "read", "pages", EXAMPLES, "-o", &part, "--shard", shard, "-q",
            ],
        );
        let rows = format!("rows-{}/", &shard[..1]);
        call(at, &["export", &part, "--format", "as-read", "-o", &rows]).code(0);
        assert!(!at.join(&rows).join(".as-read.db").exists());
    }
    let import = ["import", "rows-2", "rows-1", "-o", "all.db"];
    let gave = call(at, &import).code(0);
    assert_eq!(gave.count(" there already"), 0);
    assert!(whole == export(at, "all.db"), "other bytes");
    call(at, &["verify", "all.db"]).code(0);
    let again = call(at, &import).code(0);
    assert_eq!(again.count(" taken over"), 0);
    assert!(
        whole == export(at, "all.db"),
        "other bytes after a second import"
    );

    // Of a finished record the rows leave as they were read.
    call(
        at,
        &["export", "whole.db", "--format", "as-read", "-o", "rows-3/"],
    )
    .code(0);
    // A cluster writes a folder a table, and may run a task twice.
    let events = at.join("rows-3/events");
    fs::create_dir(&events).expect("a folder");
    let one = at.join("rows-3/events.parquet");
    fs::copy(&one, events.join("part-1.parquet")).expect("a copy");
    fs::rename(&one, events.join("part-0.parquet")).expect("a move");
    let gave = call(at, &["import", "rows-3", "-o", "copy.db"]).code(3);
    assert!(gave.err.contains("_SUCCESS"), "{}", gave.err);
    write(&events.join("_SUCCESS"), "");
    call(at, &["import", "rows-3", "-o", "copy.db"]).code(0);
    assert!(whole == export(at, "copy.db"), "other bytes of a copy");
}

#[test]
fn what_is_not_whole_is_refused_and_nothing_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    write(&at.join("a.txt"), page(1));
    call(at, &["read", "a.txt", "-o", "a.db", "-q"]).code(0);
    let fails = |code: i32, what: &str| {
        let gave = call(at, &["import", "rows", "-o", "all.db"]).code(code);
        assert!(gave.err.contains(what), "{}", gave.err);
        assert!(!at.join("all.db").exists(), "nothing is made");
    };
    fails(2, "rows is no folder");
    call(
        at,
        &["export", "a.db", "--format", "parquet", "-o", "rows/"],
    )
    .code(0);
    fails(3, "has no read_pages.parquet");
    call(
        at,
        &["export", "a.db", "--format", "as-read", "-o", "rows/"],
    )
    .code(0);
    write(&at.join("rows/mentions.parquet"), "PAR1");
    fails(3, "mentions.parquet");
    fs::copy(
        at.join("rows/sentences.parquet"),
        at.join("rows/mentions.parquet"),
    )
    .expect("a copy");
    fails(3, "has no column mention_id");
    fs::remove_file(at.join("rows/sentences.parquet")).expect("it was there");
    fs::create_dir(at.join("rows/sentences")).expect("a folder");
    write(&at.join("rows/sentences/_SUCCESS"), "");
    fails(3, "mention_id");
    call(
        at,
        &["export", "a.db", "--format", "as-read", "-o", "more/"],
    )
    .code(0);
    fs::rename(
        at.join("more/mentions.parquet"),
        at.join("rows/mentions.parquet"),
    )
    .expect("a move");
    fails(3, "rows of sentences, 0 are there");
    let (sentences, known) = (at.join("rows/sentences"), "sentences.parquet");
    fs::remove_dir_all(&sentences).expect("it was there");
    fs::copy(at.join("more").join(known), at.join("rows").join(known)).expect("a copy");
    // What a cluster found across the pages is all there, or none of it.
    let made = at.join("rows/across_made.parquet");
    fs::copy(at.join("more").join(known), &made).expect("a copy");
    fails(3, "has no across_joins.parquet");
    fs::remove_file(made).expect("it was there");
    call(at, &["import", "rows", "-o", "whole.db"]).code(0);
    let gave = call(
        at,
        &[
            "export",
            "a.db",
            "--format",
            "as-read",
            "--no-text",
            "-o",
            "x/",
        ],
    )
    .code(2);
    assert!(gave.err.contains("as-read"), "{}", gave.err);
}
