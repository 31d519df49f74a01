//! The parts of an archive, merged, are the record of one run.

use crate::common::{EXAMPLES, call, export, page, write};

#[test]
fn parts_that_are_merged_give_the_bytes_of_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    for n in 0..20 {
        // One host, so that what it repeats is found over all parts; some pages twice.
        let name = format!("pages/news.example.org/{n:03}.txt");
        write(&at.join(name), page(n % 17));
    }
    call(at, &["read", "pages", EXAMPLES, "-o", "whole.db", "-q"]).code(0);
    let whole = export(at, "whole.db");
    assert!(whole.lines().count() > 500);

    for shard in ["1/3", "2/3", "3/3"] {
        let part = format!("part-{}.db", &shard[..1]);
        let read = ["read", "pages", EXAMPLES, "-o", &part, "--shard", shard];
        let gave = call(at, &read).code(0);
        assert!(gave.count(" new") > 5, "{}", gave.err);
        assert!(!at.join(format!("{part}.part")).exists());
        let again = call(at, &read).code(0);
        assert!(again.err.contains("is there already"), "{}", again.err);
    }
    let merge = [
        "merge",
        "part-3.db",
        "part-1.db",
        "part-2.db",
        "-o",
        "merged.db",
    ];
    let gave = call(at, &merge).code(0);
    assert_eq!(gave.count(" there already"), 0);
    assert!(whole == export(at, "merged.db"), "other bytes");
    let again = call(at, &merge).code(0);
    assert_eq!(again.count(" taken over"), 0);
    assert!(
        whole == export(at, "merged.db"),
        "other bytes after a second merge"
    );
    call(at, &["verify", "merged.db"]).code(0);

    // A record that was joined and corrected is taken over as it was read.
    let speaker = call(at, &["list", "actors", "whole.db", "--format", "jsonl"]).code(0);
    let actor = speaker.out.split('"').find(|id| id.starts_with("ac-"));
    let actor = actor.expect("an actor");
    call(
        at,
        &["actors", "rename", "whole.db", actor, "Somebody Else"],
    )
    .code(0);
    let gave = call(at, &["merge", "whole.db", "-o", "copy.db"]).code(0);
    assert!(
        gave.err.contains("onrecord corrections add copy.db"),
        "{}",
        gave.err
    );
    assert!(whole == export(at, "copy.db"), "other bytes of a copy");
}

#[test]
fn what_is_no_part_and_no_record_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    write(&at.join("a.txt"), page(1));
    for wrong in ["0/3", "4/3", "3", "a/b", "1/0"] {
        let gave = call(at, &["read", "a.txt", "-o", "a.db", "--shard", wrong]).code(2);
        assert!(gave.err.contains("3/16"), "{}", gave.err);
    }
    let gave = call(at, &["merge", "none.db", "-o", "all.db"]).code(3);
    assert!(gave.err.contains("none.db"), "{}", gave.err);
    assert!(!at.join("all.db").exists(), "nothing is made");
    call(at, &["read", "a.txt", "-o", "a.db", "-q"]).code(0);
    let gave = call(at, &["merge", "a.db", "-o", "./a.db"]).code(2);
    assert!(gave.err.contains("a.db"), "{}", gave.err);
}
