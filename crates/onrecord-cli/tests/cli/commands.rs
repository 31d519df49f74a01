//! Every command on the example pages.

use std::fs;
use std::path::Path;

use crate::common::{EXAMPLES, call, examples, onrecord, write};

#[test]
fn the_first_command_of_the_readme() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = [
        "read",
        EXAMPLES,
        "-o",
        "examples.db",
        "--show",
        "statements",
        "--format",
        "table",
    ];
    let gave = call(folder.path(), &args).code(0);
    for head in ["statement", "speaker", "cue", "content", "outlet", "date"] {
        assert!(gave.out.contains(head), "{head}");
    }
    assert!(gave.count(" new") >= 16);
    assert_eq!(gave.count(" unchanged"), 0);
    for line in ["record", "statements", "notes", "time"] {
        assert!(gave.err.contains(line), "{line}:\n{}", gave.err);
    }
    let again = call(folder.path(), &args).code(0);
    assert_eq!(again.count(" new"), 0);
    assert_eq!(again.count(" unchanged"), gave.count(" new"));
    assert_eq!(again.out, gave.out);
}

#[test]
fn list_filters_and_formats() {
    let (folder, _) = examples();
    let list = |more: &[&str]| {
        let mut args = vec!["list", "statements", "examples.db"];
        args.extend(more);
        call(folder.path(), &args)
    };
    let all = list(&[]).code(0);
    let rows = all.out.lines().count();
    assert!(rows > 50, "{rows}");
    assert!(
        all.out
            .lines()
            .all(|line| line.starts_with("{\"statement_id\":\"st-"))
    );
    let csv = list(&["--format", "csv"]).code(0).out;
    assert!(csv.starts_with("statement_id,article_id,sentence_ids,"));
    let md = list(&["--format", "md", "--limit", "1"]).code(0).out;
    assert_eq!(md.lines().count(), 3, "{md}");
    assert_eq!(list(&["--limit", "3"]).code(0).out.lines().count(), 3);

    let sure = list(&["--min-confidence", "0.85"])
        .code(0)
        .out
        .lines()
        .count();
    assert!(sure < rows);
    let herald = list(&["--outlet", "herald"]).code(0).out.lines().count();
    assert!(herald > 0 && herald < rows);
    let some = list(&[
        "--actor",
        "Taymar Oskel",
        "--since",
        "2018-09",
        "--until",
        "2018-09-30",
    ])
    .code(0);
    assert!(some.out.lines().count() < rows);
    assert!(
        list(&["--contains", "\"by force\""])
            .code(0)
            .out
            .contains("by force")
    );
    assert!(
        list(&["--type", "direct"])
            .code(0)
            .out
            .lines()
            .all(|l| l.contains("\"kind\":\"direct\""))
    );

    list(&["--contains", "zzyzx"]).code(1);
    list(&["--actor", "Nobody At All"]).code(1);
    assert!(
        list(&["--stance", "oppose"])
            .code(2)
            .err
            .contains("--stance")
    );
    assert!(
        list(&["--since", "soon"])
            .code(2)
            .err
            .contains("2014-09-20")
    );
    call(folder.path(), &["list", "opinions", "examples.db"]).code(2);
    call(folder.path(), &["list", "statements", "none.db"]).code(3);
}

#[test]
fn tables_fit_the_width_and_cut_nothing() {
    let (folder, _) = examples();
    let json = call(folder.path(), &["list", "statements", "examples.db"])
        .code(0)
        .out;
    for width in ["200", "120", "60"] {
        let mut command = onrecord(&["list", "statements", "examples.db", "--format", "table"]);
        let output = command
            .current_dir(folder.path())
            .env("COLUMNS", width)
            .output()
            .expect("it runs");
        let table = String::from_utf8(output.stdout).expect("UTF-8");
        let most: usize = width.parse().expect("a number");
        assert!(
            table.lines().all(|line| line.chars().count() <= most),
            "{width}"
        );
        let words: std::collections::BTreeSet<&str> = table.split_whitespace().collect();
        for row in json.lines() {
            let row: serde_json::Value = serde_json::from_str(row).expect("JSON");
            for piece in row["content"].as_array().expect("a list") {
                for word in piece
                    .as_str()
                    .expect("text")
                    .split_whitespace()
                    .filter(|w| w.len() < 14)
                {
                    assert!(words.contains(word), "{width}: {word}");
                }
            }
        }
    }
}

#[test]
fn cite_and_explain_a_row() {
    let (folder, _) = examples();
    let sql = "select statement_id from statements where cue = 'said' and kind = 'direct' limit 1";
    let found = call(
        folder.path(),
        &["sql", "examples.db", sql, "--format", "csv"],
    )
    .code(0)
    .out;
    let id = found.lines().nth(1).expect("a row");

    let plain = call(folder.path(), &["cite", id, "examples.db"])
        .code(0)
        .out;
    for head in [
        "outlet",
        "author",
        "title",
        "date",
        "page",
        "place",
        "sha256",
        "made by rule:",
    ] {
        assert!(plain.contains(head), "{head}:\n{plain}");
    }
    assert!(
        call(
            folder.path(),
            &["cite", &id[..12], "examples.db", "--format", "md"]
        )
        .code(0)
        .out
        .starts_with("> ")
    );
    let json = call(
        folder.path(),
        &["cite", id, "examples.db", "--format", "jsonl"],
    )
    .code(0)
    .out;
    let json: serde_json::Value =
        serde_json::from_str(json.lines().next().expect("a line")).expect("JSON");
    assert_eq!(json["row_id"], *id);
    assert_eq!(json["sha256"].as_str().map(str::len), Some(64));
    call(folder.path(), &["cite", "st-zz", "examples.db"]).code(1);
    assert!(
        call(folder.path(), &["cite", "st-", "examples.db"])
            .code(2)
            .err
            .contains("several")
    );

    let told = call(folder.path(), &["explain", id, "examples.db"])
        .code(0)
        .out;
    assert!(
        told.contains("-> statement") && told.contains("tokens") && told.contains("rule:"),
        "{told}"
    );
    call(folder.path(), &["explain", id]).code(2);
    call(folder.path(), &["explain", "nothing"]).code(2);
}

#[test]
fn the_line_of_a_citation_is_that_of_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("a.txt"), crate::common::page(3));
    call(folder.path(), &["read", "a.txt", "-o", "a.db"]).code(0);
    let sql = "select sentence_id from sentences where text like 'The mayor%' limit 1";
    let found = call(folder.path(), &["sql", "a.db", sql, "--format", "csv"])
        .code(0)
        .out;
    let cited = call(
        folder.path(),
        &["cite", found.lines().nth(1).expect("a row"), "a.db"],
    )
    .code(0)
    .out;
    assert!(cited.contains("line 7, characters "), "{cited}");
}

#[test]
fn explain_a_sentence_and_a_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = call(
        folder.path(),
        &[
            "explain",
            "The minister of Iran said that the port would open.",
        ],
    );
    let told = told.code(0).out;
    assert!(
        told.contains("tokens") && told.contains("The | minister"),
        "{told}"
    );
    let page = call(folder.path(), &["explain", &format!("{EXAMPLES}/wire.txt")])
        .code(0)
        .out;
    for word in [
        "role",
        "reason",
        "byline",
        "dateline",
        "published",
        "2018-09-17",
        "read from the",
    ] {
        assert!(page.contains(word), "{word}:\n{page}");
    }
}

#[test]
fn verify_finds_what_has_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("pages")).expect("a folder");
    for entry in fs::read_dir(EXAMPLES).expect("the examples") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), at("pages").join(entry.file_name())).expect("a copy");
    }
    call(folder.path(), &["read", "pages", "-o", "r.db", "-q"]).code(0);
    let well = call(folder.path(), &["verify", "r.db"]).code(0).out;
    assert!(
        well.lines()
            .any(|line| line.split_whitespace().eq(["broken", "0"])),
        "{well}"
    );

    // From another folder, beside the record and below --pages.
    let elsewhere = tempfile::tempdir().expect("a folder");
    call(elsewhere.path(), &["verify", &at("r.db").to_string_lossy()]).code(0);
    fs::copy(at("r.db"), elsewhere.path().join("r.db")).expect("a copy");
    call(elsewhere.path(), &["verify", "r.db"]).code(3);
    call(
        elsewhere.path(),
        &["verify", "r.db", "--pages", &at("pages").to_string_lossy()],
    )
    .code(0);

    write(&at("pages/wire.txt"), "Something else.");
    fs::remove_file(at("pages/interview.txt")).expect("it was there");
    let gave = call(folder.path(), &["verify", "r.db"]).code(3).out;
    assert!(
        gave.contains("pages/wire.txt: the page is not what was read"),
        "{gave}"
    );
    assert!(
        gave.contains("pages/interview.txt: the page is not there"),
        "{gave}"
    );
    assert!(gave.contains("1 changed, 1 missing"), "{gave}");
}

#[test]
fn verify_finds_a_row_that_was_tampered_with() {
    let (folder, record) = examples();
    let tamper = |sql: &str| {
        let done = std::process::Command::new("sqlite3")
            .arg(&record)
            .arg(sql)
            .status();
        done.is_ok_and(|status| status.success())
    };
    if !tamper(
        "update statements set content = replace(content, 'the', 'a') where content like '%the%'",
    ) {
        println!("skipped: no sqlite3 program");
        return;
    }
    let gave = call(folder.path(), &["verify", "examples.db"]).code(3);
    assert!(
        gave.out.contains("does not stand at its span"),
        "{}",
        gave.out
    );
    assert!(tamper(
        "update events set sentence_id = 'se-0' where event_id = (select min(event_id) from events)"
    ));
    let gave = call(folder.path(), &["verify", "examples.db"]).code(3);
    assert!(
        gave.out.contains("names se-0, which is not there"),
        "{}",
        gave.out
    );
}

#[test]
fn export_writes_files_and_streams() {
    let (folder, _) = examples();
    let run = |args: &[&str]| call(folder.path(), args);
    let all = run(&["export", "examples.db", "--format", "jsonl"])
        .code(0)
        .out;
    assert!(
        all.lines()
            .all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok())
    );
    run(&["export", "examples.db", "--format", "csv", "-o", "tables"]).code(0);
    assert!(folder.path().join("tables/statements.csv").is_file());
    assert!(folder.path().join("tables/CARD.md").is_file());
    run(&["export", "examples.db", "--format", "csv", "-o", "x.csv"]).code(2);
    run(&["export", "examples.db", "--format", "csv"]).code(2);
    run(&[
        "export",
        "examples.db",
        "--format",
        "csv",
        "--tables",
        "articles",
        "-o",
        "x.csv",
    ])
    .code(0);
    run(&[
        "export",
        "examples.db",
        "--format",
        "jsonl",
        "--tables",
        "opinions",
    ])
    .code(2);
    run(&["export", "examples.db", "--format", "yaml"]).code(2);
    let bare = run(&["export", "examples.db", "--format", "jsonl", "--no-text"])
        .code(0)
        .out;
    let sentence = "On 6 November the flag was raised again over Kesset";
    assert!(all.contains(sentence) && !bare.contains(sentence));
}

#[test]
fn export_knows_its_formats() {
    let (folder, _) = examples();
    let give = |line: &str| {
        let args: Vec<&str> = ["export"].into_iter().chain(line.split(' ')).collect();
        call(folder.path(), &args)
    };
    let listed = give("--list").code(0).out;
    let names = listed.lines().filter(|line| !line.starts_with(' '));
    let names: Vec<&str> = names.filter_map(|l| l.split_whitespace().next()).collect();
    assert_eq!(names.len(), 17, "{listed}");
    for name in &names {
        let gave = give(&format!("examples.db --format {name} -o {name}/"));
        // no event of these pages has a place that the built-in gazetteer knows
        let nothing = *name == "geojson";
        assert_eq!(gave.code, Some(i32::from(nothing)), "{name}: {}", gave.err);
        let card = folder.path().join(name).join("CARD.md");
        assert!(card.is_file(), "{name} has no card");
    }
    let map = give("examples.db --format geojson").code(1);
    assert!(map.err.contains("events without a place"));
    give("examples.db --format polecat -o e.tsv").code(0);
    assert!(folder.path().join("e.tsv.card.md").is_file());
    give("examples.db --format polecat --reviewed-only").code(1);
    for wrong in [
        "examples.db",
        "--list examples.db",
        "examples.db --format gdelt -o events.csv",
        "examples.db --format gdelt",
        "examples.db --format sqlite",
        "examples.db --format dna --tables events",
        "examples.db --format brat --no-text -o b/",
    ] {
        give(wrong).code(2);
    }
}

#[test]
fn sql_only_reads() {
    let (folder, _) = examples();
    let run = |query: &str| call(folder.path(), &["sql", "examples.db", query]);
    assert_eq!(run("select 1 as one").code(0).out, "{\"one\":1}\n");
    run("select 1 where 0").code(1);
    for wrong in [
        "delete from pages",
        "attach 'x.db' as x",
        "select 1; select 2",
        "select nothing",
    ] {
        run(wrong).code(2);
    }
    assert!(!folder.path().join("x.db").exists());
}

#[test]
fn score_on_a_set_of_one_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let body = "The harbour council met on Monday. It spoke for an hour about the old quay and its cranes.";
    let html = format!(
        "<html><body><article><h1>Harbour</h1><p>{body}</p><p>{body}</p></article></body></html>"
    );
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packer, html.as_bytes()).expect("memory");
    write(
        &at("set/html/one.html.gz"),
        packer.finish().expect("memory"),
    );
    write(
        &at("set/ground-truth.json"),
        format!("{{\"one\": {{\"articleBody\": \"{body}\", \"url\": \"x\"}}}}"),
    );
    let gave = call(
        folder.path(),
        &["score", "pages", "set", "--predictions", "out.json"],
    )
    .code(0)
    .out;
    for word in ["F1", "precision", "recall", "trafilatura", "pages/CPU-s"] {
        assert!(gave.contains(word), "{word}:\n{gave}");
    }
    assert!(
        fs::read_to_string(at("out.json"))
            .expect("written")
            .contains("articleBody")
    );
    call(folder.path(), &["score", "pages", "none"]).code(3);
}

#[test]
fn lexicon_check_names_file_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    call(folder.path(), &["lexicon", "check"]).code(0);
    write(
        &folder.path().join("mine/pages/extra.toml"),
        "[[furniture]]\nid = \"x\"\nkindd = \"menu\"\n",
    );
    let gave = call(folder.path(), &["lexicon", "check", "mine"]).code(3);
    assert!(
        gave.out.contains("mine/pages/extra.toml") && gave.out.contains("kindd"),
        "{}",
        gave.out
    );
    call(folder.path(), &["lexicon", "check", "none"]).code(3);
    let wrong = call(
        folder.path(),
        &["read", EXAMPLES, "-o", "x.db", "--lexicon", "mine"],
    )
    .code(3);
    assert!(wrong.err.contains("extra.toml"), "{}", wrong.err);
}

#[test]
fn completions_and_manual_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            call(folder.path(), &["completions", shell])
                .code(0)
                .out
                .contains("onrecord"),
            "{shell}"
        );
    }
    assert!(
        call(folder.path(), &["man"])
            .code(0)
            .out
            .contains(".TH onrecord 1")
    );
    call(folder.path(), &["man", "--dir", "man1"]).code(0);
    for page in ["onrecord.1", "onrecord-read.1", "onrecord-verify.1"] {
        assert!(folder.path().join("man1").join(page).is_file(), "{page}");
    }
}

#[test]
fn wrong_usage_and_help() {
    let folder = Path::new(EXAMPLES);
    call(folder, &[]).code(2);
    call(folder, &["frobnicate"]).code(2);
    call(folder, &["read"]).code(2);
    call(
        folder,
        &["read", ".", "-o", "/nonexistent/x.db", "--show", "opinions"],
    )
    .code(2);
    call(folder, &["--version"]).code(0);
    assert!(
        call(folder, &["list", "--help"])
            .code(0)
            .out
            .contains("Examples:")
    );
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    let (folder, _) = examples();
    for args in [
        &["export", "examples.db", "--format", "jsonl"][..],
        &["list", "sentences", "examples.db"],
    ] {
        let mut command = onrecord(args);
        let mut child = command
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
        lines.read_line(&mut String::new()).expect("a line");
        drop(lines);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert!(output.stderr.is_empty(), "{args:?}");
    }
}
