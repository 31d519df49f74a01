//! `search`, and the formats of `cite` for bibliographies.

use serde_json::Value;

use crate::common::{call, examples};

fn objects(text: &str) -> Vec<Value> {
    let object = |line: &str| serde_json::from_str(line).expect("an object a line");
    text.lines().map(object).collect()
}

#[test]
fn sentences_with_marks_context_and_filters() {
    let (folder, _) = examples();
    let search = |words: &str, more: &[&str]| {
        let mut args = vec!["search", words, "examples.db"];
        args.extend(more);
        call(folder.path(), &args)
    };
    let found = objects(&search("\"by force\"", &["--context", "1"]).code(0).out);
    assert!(!found.is_empty());
    for hit in &found {
        let text: Vec<char> = hit["text"].as_str().expect("text").chars().collect();
        let mark = hit["marks"][0].as_array().expect("a mark");
        let [start, end] = [0, 1].map(|at| mark[at].as_u64().expect("a place") as usize);
        let marked: String = text[start..end].iter().collect();
        assert_eq!(marked.to_lowercase(), "by force");
        assert!(hit["before"].is_array() && hit["uri"].is_string());
    }
    let id = found[0]["sentence_id"]
        .as_str()
        .expect("a sentence")
        .to_owned();
    let md = search("\"by force\"", &["--format", "md"]).code(0).out;
    assert!(
        md.starts_with("| sentence |") && md.contains("**by force**"),
        "{md}"
    );
    let table = search("\"by force\"", &["--format", "table"]).code(0).out;
    assert!(
        table.contains(&id[..13]) && table.contains("\n    "),
        "{table}"
    );
    assert!(!table.contains('\u{1b}'), "no terminal");
    let csv = search("\"by force\"", &["--format", "csv"]).code(0).out;
    assert!(
        csv.starts_with("sentence_id,article_id,n,text,marks,"),
        "{csv}"
    );

    let count = |words: &str, more: &[&str]| -> u64 {
        let args = [more, &["--count"]].concat();
        let gave = search(words, &args);
        gave.out
            .trim()
            .parse()
            .unwrap_or_else(|_| panic!("{}", gave.err))
    };
    let troops = count("troops", &[]);
    assert!(troops > 3 && count("troops -foreign", &[]) < troops);
    assert_eq!(count("troops -troops", &[]), 0);
    assert!(count("troops", &["--since", "2019"]) < troops);
    assert!(count("troops", &["--outlet", "herald"]) < troops);
    let limited = search("troops", &["--limit", "2"]).code(0);
    assert_eq!(limited.out.lines().count(), 2);
    assert!(limited.err.contains("--limit"), "{}", limited.err);
    let newest = objects(&search("troops", &["--newest"]).code(0).out);
    let dates: Vec<&str> = newest
        .iter()
        .map(|h| h["published"].as_str().unwrap_or(""))
        .collect();
    assert!(dates.is_sorted_by(|a, b| a >= b), "{dates:?}");

    for (words, more, code) in [
        ("zyzzyva", &[][..], 1),
        ("?!", &[], 2),
        ("NEAR( zyzzyva \"", &[], 1),
        ("troops", &["--stance", "oppose"], 2),
        ("troops", &["--reviewed"], 2),
        ("troops", &["--table", "runs"], 2),
        ("troops", &["--with", "Oskel"], 2),
        ("troops", &["--actor", "Nobody Known"], 1),
    ] {
        let gave = search(words, more).code(code);
        assert!(
            !gave.err.contains("fts5") && !gave.err.contains("SQL"),
            "{}",
            gave.err
        );
    }
    call(folder.path(), &["search", "x", "missing.db"]).code(3);
}

#[test]
fn a_name_finds_other_names_and_rows_rest_on_sentences() {
    let (folder, _) = examples();
    let at = folder.path();
    // An actor with several names, the first of which alone is looked for.
    let actors = call(at, &["list", "actors", "examples.db"]).code(0).out;
    let several = |actor: &Value| actor["aliases"].as_array().is_some_and(|all| all.len() > 1);
    let mut widened = 0;
    for actor in objects(&actors).iter().filter(|actor| several(actor)) {
        let name = format!("\"{}\"", actor["name"].as_str().expect("a name"));
        let wide = call(at, &["search", &name, "examples.db", "--count"]);
        let exact = call(at, &["search", &name, "examples.db", "--count", "--exact"]);
        assert!(!exact.err.contains("--exact"), "{}", exact.err);
        let numbers =
            [&wide.out, &exact.out].map(|out| out.trim().parse::<u64>().expect("a number"));
        assert!(numbers[0] >= numbers[1], "{name}");
        if wide.err.contains("--exact") {
            widened += u64::from(numbers[0] > numbers[1]);
        }
    }
    assert!(widened > 0, "no name found more");

    // The same rows as `list` gives, in another order.
    let sorted = |args: &[&str]| {
        let out = call(at, args).out;
        let mut lines: Vec<String> = out.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let words = "troops OR force OR said";
    let sure = ["--min-confidence", "0.8"];
    let by_actor = ["--actor", "Oskel"];
    for (table, more) in [
        ("statements", &sure[..]),
        ("statements", &by_actor),
        ("events", &sure),
        ("events", &by_actor),
        ("positions", &sure),
        ("outlooks", &by_actor),
        ("framings", &[]),
        ("mentions", &[]),
        ("relations", &[]),
    ] {
        let search = ["search", words, "examples.db", "--table", table, "--exact"];
        let searched = sorted(&[&search[..], &["--limit", "100000"], more].concat());
        let listed = ["list", table, "examples.db", "--contains", words];
        assert_eq!(
            searched,
            sorted(&[&listed[..], more].concat()),
            "{table} {more:?}"
        );
        let count = call(at, &[&search[..], &["--count"], more].concat()).out;
        assert_eq!(count.trim(), searched.len().to_string(), "{table}");
    }
    let args = [
        "search",
        "said",
        "examples.db",
        "--table",
        "statements",
        "--type",
        "direct",
    ];
    let direct = objects(
        &call(at, &[&args[..], &["--limit", "3"]].concat())
            .code(0)
            .out,
    );
    assert!(direct.iter().all(|row| row["kind"] == "direct") && direct.len() == 3);
}

#[test]
fn citations_for_bibliographies() {
    let (folder, _) = examples();
    let at = folder.path();
    let statements = call(at, &["list", "statements", "examples.db", "--limit", "1"])
        .code(0)
        .out;
    let row = objects(&statements).remove(0);
    let id = row["statement_id"].as_str().expect("an id");
    let article = row["article_id"].as_str().expect("an id");
    let cite = |format: &str| {
        call(at, &["cite", id, "examples.db", "--format", format])
            .code(0)
            .out
    };
    let bibtex = cite("bibtex");
    assert!(
        bibtex.starts_with('@') && bibtex.contains(&format!("{{{article},")),
        "{bibtex}"
    );
    assert!(bibtex.contains("SHA-256"));
    let csl: Value = serde_json::from_str(&cite("csl-json")).expect("JSON");
    assert_eq!(csl[0]["id"], article);
    assert!(
        csl[0]["type"]
            .as_str()
            .is_some_and(|kind| kind.starts_with("article"))
    );
    let chicago = cite("chicago");
    assert!(
        chicago.lines().count() == 1 && chicago.trim().ends_with('.'),
        "{chicago}"
    );
}
