//! The same pages give the same bytes.

use crate::common::{EXAMPLES, call, export, page, write};

#[test]
fn on_one_and_on_eight_threads_and_on_a_second_run() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..60 {
        write(
            &folder
                .path()
                .join(format!("pages/news.example.org/{n:03}.txt")),
            page(n % 50),
        );
    }
    let pages = ["pages", EXAMPLES];
    for threads in ["1", "8"] {
        let record = format!("{threads}.db");
        call(
            folder.path(),
            &[
                "read",
                pages[0],
                pages[1],
                "-o",
                &record,
                "--threads",
                threads,
            ],
        )
        .code(0);
    }
    let one = export(folder.path(), "1.db");
    assert!(one.lines().count() > 500);
    assert!(
        one == export(folder.path(), "8.db"),
        "other bytes on eight threads"
    );

    let again = call(folder.path(), &["read", pages[0], pages[1], "-o", "1.db"]).code(0);
    assert_eq!(again.count(" new"), 0);
    assert!(
        one == export(folder.path(), "1.db"),
        "other bytes after a second run"
    );

    // In two runs, and in another order.
    call(folder.path(), &["read", EXAMPLES, "-o", "2.db"]).code(0);
    call(folder.path(), &["read", pages[1], pages[0], "-o", "2.db"]).code(0);
    assert!(
        one == export(folder.path(), "2.db"),
        "other bytes in another order"
    );
}

#[test]
fn a_newer_lexicon_reads_again_what_is_named_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..6 {
        write(&folder.path().join(format!("pages/{n}.txt")), page(n));
    }
    write(&folder.path().join("mine/words/abbreviations.tsv"), "Zzt\n");
    call(folder.path(), &["read", "pages", "-o", "r.db"]).code(0);
    let part = [
        "read",
        "pages/0.txt",
        "pages/1.txt",
        "-o",
        "r.db",
        "--lexicon",
        "mine",
    ];
    let gave = call(folder.path(), &part).code(0);
    assert_eq!(gave.count(" read again"), 2);
    assert!(
        gave.err.contains("2 of them since the lexicon is another"),
        "{}",
        gave.err
    );
    assert!(
        gave.err.contains("4 in the record were not in the input"),
        "{}",
        gave.err
    );
    let again = call(folder.path(), &part).code(0);
    assert_eq!(again.count(" unchanged"), 2);
}
