//! `timeline`, and the measures of events.

use crate::common::{EXAMPLES, call, write};

#[test]
fn a_timeline_tells_each_story_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    call(at, &["read", EXAMPLES, "-o", "a.db"]).code(0);
    let gave = call(at, &["timeline", "a.db", "--actor", "Ulush Brigades"]).code(0);
    let lines: Vec<serde_json::Value> = gave
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object a line"))
        .collect();
    let date = |line: &serde_json::Value| line["date"].as_str().unwrap_or("9999").to_owned();
    assert!(
        lines.len() > 3 && lines.is_sorted_by_key(date),
        "{}",
        gave.out
    );
    for line in &lines {
        let parties = [&line["actors"], &line["recipients"]].map(ToString::to_string);
        assert!(parties.concat().contains("Ulush Brigades"), "{line}");
        let rows = line["event_ids"].as_array().map(Vec::len);
        assert_eq!(rows.map(|n| n as u64), line["told"].as_u64(), "{line}");
    }

    // the newest dated ones, told so
    let two = [
        "timeline",
        "a.db",
        "--actor",
        "Ulush Brigades",
        "--limit",
        "2",
    ];
    let two = call(at, &two).code(0);
    let dated: Vec<&str> = gave
        .out
        .lines()
        .filter(|l| !l.contains("\"date\":null"))
        .collect();
    let newest = dated[dated.len() - 2..].join("\n");
    assert_eq!(two.out.trim_end(), newest);
    assert!(
        two.err.contains("the newest 2; --limit gives more"),
        "{}",
        two.err
    );
    call(at, &["timeline", "a.db", "--limit", "0"]).code(2);

    // the same by type and by partner are some of them
    let few = [
        "timeline",
        "a.db",
        "--actor",
        "Ulush Brigades",
        "--type",
        "THREATEN",
    ];
    let few = call(at, &few).code(0).out;
    assert!(few.lines().all(|line| gave.out.contains(line)) && few.lines().count() < lines.len());
    let chart = [
        "timeline", "a.db", "--chart", "--by", "year", "--format", "table",
    ];
    let chart = call(at, &chart).code(0).out;
    assert!(
        chart.contains("2019  █") && chart.contains("took place"),
        "{chart}"
    );

    call(at, &["timeline", "a.db", "--actor", "Nobody Known"]).code(1);
    call(at, &["timeline", "a.db", "--until", "1900"]).code(1);
    call(at, &["timeline", "a.db", "--with", "Oskel"]).code(2);
    call(at, &["timeline", "missing.db"]).code(3);
}

#[test]
fn relations_and_extraction_are_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    write(
        &at.join("plv.tsv"),
        "marked_sentence\tgold_penta\tgold_root\n\
         <s>Rebels</s> bombed <t>the port of Karsa</t> on Monday.\t4\tASSAULT\n",
    );
    let args = ["score", "relations", "plv.tsv", "--predictions", "p.jsonl"];
    let gave = call(at, &args).code(0);
    assert!(
        gave.out.contains("1 rows") && gave.out.contains("ConfliBERT"),
        "{}",
        gave.out
    );
    let written = std::fs::read_to_string(at.join("p.jsonl")).expect("predictions");
    assert!(written.contains("\"root\":\"ASSAULT\""), "{written}");
    write(
        &at.join("bad.tsv"),
        "marked_sentence\tgold_root\nx\tASSAULT\n",
    );
    let gave = call(at, &["score", "relations", "bad.tsv"]).code(3);
    assert!(gave.err.contains("no column gold_penta"), "{}", gave.err);

    write(
        &at.join("ner.txt"),
        "Rebels B-S\nbombed O\nthe B-T\nport I-T\nof I-T\nKarsa I-T\non O\nMonday O\n. O\n",
    );
    write(
        &at.join("class.tsv"),
        "Rebels bombed the port of Karsa on Monday.\t4\n",
    );
    let gave = call(at, &["score", "extraction", "ner.txt", "class.tsv"]).code(0);
    assert!(gave.out.contains("1 sentences"), "{}", gave.out);
}
