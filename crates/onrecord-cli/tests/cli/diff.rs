//! `diff`: two records compared.

use std::path::Path;

use serde_json::Value;

use crate::common::{call, page, write};

fn read(folder: &Path, pages: &[usize], record: &str, more: &[&str]) {
    let names: Vec<String> = pages.iter().map(|n| format!("{n}.txt")).collect();
    for (n, name) in pages.iter().zip(&names) {
        write(&folder.join(name), page(*n));
    }
    let mut args = vec!["read", "-q", "-o", record];
    args.extend(names.iter().map(String::as_str));
    args.extend(more);
    call(folder, &args).code(0);
}

#[test]
fn the_same_other_pages_and_other_settings() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    read(at, &[1, 2], "a.db", &[]);
    read(at, &[2, 1], "b.db", &[]);
    read(at, &[1, 2, 3], "c.db", &[]);
    read(at, &[1, 2], "d.db", &["--fast"]);

    let same = call(at, &["diff", "a.db", "b.db", "--format", "table"]).code(0);
    assert!(
        same.out.is_empty() && same.err.contains("the same"),
        "{}",
        same.out
    );

    let gave = call(at, &["diff", "a.db", "c.db", "--rows"]).code(1);
    let rows: Vec<Value> = gave
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object a line"))
        .collect();
    let of = |table: &'static str| rows.iter().filter(move |row| row["table"] == table);
    assert!(of("sentences").count() > 0);
    for row in of("sentences").chain(of("statements")) {
        assert_eq!(row["change"], "gained");
        assert_eq!(row["reasons"][0], "page in the second only", "{row}");
        assert!(row["row"].is_object());
    }
    let sums = call(at, &["diff", "c.db", "a.db", "--table", "pages,sentences"])
        .code(1)
        .out;
    let pages: Value =
        serde_json::from_str(sums.lines().next().expect("a line")).expect("an object");
    assert_eq!(
        (&pages["before"], &pages["after"], &pages["lost"]),
        (&3.into(), &2.into(), &1.into())
    );
    assert_eq!(sums.lines().count(), 2);

    let fast = call(at, &["diff", "a.db", "d.db", "--format", "table"]).code(1);
    assert!(fast.err.contains("read with"), "{}", fast.err);
    let tables: Vec<&str> = fast
        .out
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(
        tables.contains(&"runs") && !tables.contains(&"pages"),
        "{}",
        fast.out
    );
    for format in ["table", "md", "csv"] {
        let gave = call(at, &["diff", "a.db", "c.db", "--rows", "--format", format]).code(1);
        assert!(gave.out.contains("page in the second only"), "{format}");
    }
    let md = call(at, &["diff", "a.db", "c.db", "--rows", "--format", "md"])
        .code(1)
        .out;
    let rules = md.lines().filter(|line| line.starts_with("| --- |"));
    assert_eq!(rules.count(), 1);
    assert!(md.lines().all(|line| line.starts_with('|')));

    call(at, &["diff", "a.db", "missing.db"]).code(3);
    call(at, &["diff", "a.db", "1.txt"]).code(3);
    call(at, &["diff", "a.db", "b.db", "--table", "nothing"]).code(2);
}
