//! Corrections of rows: they hold on every run, with other settings too, and can be taken back.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::{EXAMPLES, call};

fn rows(out: &str) -> Vec<Value> {
    let read = |line| serde_json::from_str(line).expect("JSON");
    out.lines().map(read).collect()
}

fn examples(at: &Path, name: &str, more: &[&str]) {
    call(at, &[&["read", EXAMPLES, "-o", name, "-q"], more].concat()).code(0);
}

fn list(at: &Path, table: &str, more: &[&str]) -> Vec<Value> {
    rows(
        &call(at, &[&["list", table, "r.db"], more].concat())
            .code(0)
            .out,
    )
}

fn id(row: &Value) -> String {
    let row = row.as_object().expect("a row");
    let first = row.values().next().and_then(Value::as_str);
    first.expect("an id").to_owned()
}

/// Twenty corrections of all kinds; the ids of the rows that must be there and of those that
/// must not, and what must stand in the first.
type Wanted = (Vec<(String, &'static str, Value)>, BTreeSet<String>);

fn correct_twenty(at: &Path) -> Wanted {
    let (mut there, mut out) = (Vec::new(), BTreeSet::new());
    let statements = list(at, "statements", &["--sample", "40"]);
    let events = list(at, "events", &["--sample", "40"]);
    let positions = list(at, "positions", &["--sample", "10"]);
    let framings = list(at, "framings", &["--sample", "6"]);
    let outlooks = list(at, "outlooks", &["--sample", "6"]);
    let oskel = id(&rows(
        &call(at, &["actors", "show", "r.db", "Taymar Oskel"])
            .code(0)
            .out,
    )[0]);
    // 1: two actors are one.
    call(
        at,
        &["actors", "merge", "r.db", "Alder Quennick", "Taymar Oskel"],
    )
    .code(0);
    // 2 to 5: a type, with what follows from it.
    let changed: Vec<&Value> = events
        .iter()
        .filter(|e| e["event_type"] != "AID")
        .take(4)
        .collect();
    for event in &changed {
        call(
            at,
            &[
                "correct",
                &id(event),
                "r.db",
                "event_type=aid",
                "--why",
                "help",
            ],
        )
        .code(0);
        there.push((id(event), "event_type", "AID".into()));
        there.push((id(event), "quad", 2.into()));
    }
    // 6 to 8: a speaker.
    let other = |s: &&Value| s["speaker_id"] != oskel.as_str() && s["nested_in"].is_null();
    let spoken: Vec<&Value> = statements.iter().filter(other).take(3).collect();
    for statement in &spoken {
        call(
            at,
            &["correct", &id(statement), "r.db", "speaker_id=Taymar Oskel"],
        )
        .code(0);
        there.push((id(statement), "speaker_id", oskel.as_str().into()));
    }
    // 9 and 10: a stance; 11 a status; 12 a date; 13 a tone; 14 the type of an outlook.
    for position in &positions[..2] {
        call(at, &["correct", &id(position), "r.db", "stance=mixed"]).code(0);
        there.push((id(position), "stance", "mixed".into()));
    }
    let untouched: Vec<&Value> = events.iter().filter(|e| !changed.contains(e)).collect();
    call(
        at,
        &[
            "correct",
            &id(untouched[0]),
            "r.db",
            "status=denied",
            "date=2011-02",
        ],
    )
    .code(0);
    there.push((id(untouched[0]), "status", "denied".into()));
    there.push((id(untouched[0]), "date_precision", "month".into()));
    call(at, &["correct", &id(&framings[0]), "r.db", "tone=positive"]).code(0);
    there.push((id(&framings[0]), "tone", "positive".into()));
    call(
        at,
        &[
            "correct",
            &id(&outlooks[0]),
            "r.db",
            "type=warning",
            "outcome=partly",
        ],
    )
    .code(0);
    there.push((id(&outlooks[0]), "type", "warning".into()));
    there.push((id(&outlooks[0]), "outcome", "partly".into()));
    // 15 and 16: rejected; 17: a row suppressed; 18: a sentence.
    call(
        at,
        &["reject", &id(untouched[1]), &id(untouched[2]), "r.db"],
    )
    .code(0);
    call(
        at,
        &["suppress", &id(&framings[1]), "r.db", "--why", "a slur"],
    )
    .code(0);
    let sentence = untouched[3]["sentence_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    call(at, &["suppress", &sentence, "r.db"]).code(0);
    out.extend([untouched[1], untouched[2], &framings[1], untouched[3]].map(id));
    // 19 and 20: accepted.
    let accepted: Vec<&Value> = statements
        .iter()
        .filter(|s| !spoken.contains(s) && s["sentence_ids"][0] != sentence.as_str())
        .take(2)
        .collect();
    call(at, &["accept", &id(accepted[0]), &id(accepted[1]), "r.db"]).code(0);
    for statement in accepted {
        for field in ["kind", "negated", "date"] {
            there.push((id(statement), field, statement[field].clone()));
        }
    }
    there.retain(|(row, ..)| !out.contains(row));
    (there, out)
}

fn check(at: &Path, wanted: &Wanted) {
    for (row, field, value) in &wanted.0 {
        let gave = call(at, &["sql", "r.db", &by_id(row)]).code(0);
        assert_eq!(&rows(&gave.out)[0][*field], &sql(value), "{row} {field}");
    }
    for row in &wanted.1 {
        call(at, &["sql", "r.db", &by_id(row)]).code(1);
    }
    let corrections = rows(&call(at, &["corrections", "r.db"]).code(0).out);
    assert!(corrections.len() >= 20);
    for correction in &corrections {
        assert_eq!(correction["state"], "applied", "{correction}");
    }
    assert!(
        list(at, "actors", &[])
            .iter()
            .all(|a| a["name"] != "Alder Quennick")
    );
}

/// As SQLite holds it.
fn sql(value: &Value) -> Value {
    match value {
        Value::Bool(truth) => i64::from(*truth).into(),
        other => other.clone(),
    }
}

fn by_id(row: &str) -> String {
    let (table, key) = match &row[..3] {
        "ev-" => ("events", "event_id"),
        "st-" => ("statements", "statement_id"),
        "po-" => ("positions", "position_id"),
        "ou-" => ("outlooks", "outlook_id"),
        _ => ("framings", "framing_id"),
    };
    format!("select * from {table} where {key} = '{row}'")
}

#[test]
fn twenty_corrections_hold_and_nothing_else_has_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    examples(at, "r.db", &[]);
    fs::copy(at.join("r.db"), at.join("before.db")).expect("copied");
    let wanted = correct_twenty(at);
    check(at, &wanted);
    // Read again with other settings, then with these.
    examples(at, "r.db", &["--fast"]);
    call(at, &["verify", "r.db"]).code(0);
    let held: Vec<Value> = rows(&call(at, &["corrections", "r.db"]).code(0).out);
    for correction in &held {
        assert_eq!(correction["state"], "applied", "{correction}");
    }
    examples(at, "r.db", &[]);
    check(at, &wanted);
    call(at, &["verify", "r.db"]).code(0);

    // A new record beside the same corrections has the same rows.
    fs::copy(at.join("r.db"), at.join("kept.db")).expect("copied");
    fs::remove_file(at.join("r.db")).expect("removed");
    examples(at, "r.db", &[]);
    check(at, &wanted);
    let gave = call(at, &["diff", "kept.db", "r.db"]);
    assert_eq!(gave.code, Some(0), "{}{}", gave.out, gave.err);

    // Nothing has changed but what was corrected and what follows from it.
    let tables = rows(&call(at, &["diff", "before.db", "r.db"]).code(1).out);
    assert_eq!(tables.len(), 17);
    for table in &tables {
        // These tell of several rows.
        let of_several = ["actors", "stories", "disagreements", "runs"];
        let name = table["table"].as_str().expect("a name");
        for reason in table["reasons"].as_object().expect("reasons").keys() {
            let told = reason.starts_with("correction co-") || of_several.contains(&name);
            assert!(told, "{name}: {reason}");
        }
    }
}

#[test]
fn wrong_corrections_are_told_and_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    examples(at, "r.db", &[]);
    let event = id(&list(at, "events", &["--sample", "1"])[0]);
    let article = id(&list(at, "articles", &["--sample", "1"])[0]);
    for (args, code, told) in [
        (
            &["correct", &event, "r.db", "event_type=NOISE"][..],
            2,
            "must be one of AGREE",
        ),
        (&["correct", &event, "r.db", "event_type"], 2, "field=value"),
        (
            &["correct", &event, "r.db", "trigger=x"],
            2,
            "these can: event_type",
        ),
        (
            &["correct", &event, "r.db", "date=2019-13"],
            2,
            "a date is written",
        ),
        (
            &["correct", &event, "r.db", "mode=picnic"],
            2,
            "`mode` is `picnic`",
        ),
        (
            &["correct", &event, "r.db", "actor_ids=Nobody At All"],
            1,
            "no actor",
        ),
        (
            &["correct", &event, "r.db", "place_id=Nowhere At All"],
            1,
            "no place",
        ),
        (
            &["correct", "ev-zzzz", "r.db", "date=2019"],
            1,
            "no row has the id",
        ),
        (
            &["accept", &event, "ev-zzzz", "r.db"],
            1,
            "no row has the id",
        ),
        (&["reject", &article, "r.db"], 2, "suppress"),
        (&["accept", "ac-", "r.db"], 2, "several ids"),
        (
            &["corrections", "precision", "r.db"],
            1,
            "nobody has looked",
        ),
        (
            &["corrections", "add", "r.db", "none.jsonl"],
            3,
            "no such file",
        ),
    ] {
        let gave = call(at, args).code(code);
        assert!(gave.err.contains(told), "{args:?}: {}", gave.err);
    }
    assert!(!at.join("r.db.corrections.jsonl").exists());
    call(at, &["corrections", "r.db"]).code(1);
}

#[test]
fn a_colleagues_corrections_are_added_and_precision_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    examples(at, "r.db", &[]);
    fs::copy(at.join("r.db"), at.join("other.db")).expect("copied");
    let events: Vec<String> = list(at, "events", &["--sample", "4"])
        .iter()
        .map(id)
        .collect();
    let e = |n: usize| events[n].as_str();
    call(at, &["accept", e(0), e(1), e(2), "r.db", "--by", "Ilse"]).code(0);
    call(at, &["reject", e(3), "r.db", "--by", "Ilse"]).code(0);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    call(at, &["reject", e(2), "other.db", "--by", "Omar"]).code(0);
    let theirs = "other.db.corrections.jsonl";
    let gave = call(at, &["corrections", "add", "r.db", theirs]).code(0);
    assert!(
        gave.err.contains("by Ilse") && gave.err.contains("overruled"),
        "{}",
        gave.err
    );
    call(at, &["corrections", "add", "r.db", theirs]).code(1);
    call(
        at,
        &["corrections", "add", "other.db", "r.db.corrections.jsonl"],
    )
    .code(0);
    let gave = call(at, &["diff", "r.db", "other.db"]);
    assert_eq!(gave.code, Some(0), "{}", gave.out);

    let found = rows(&call(at, &["corrections", "precision", "r.db"]).code(0).out);
    let all = found
        .iter()
        .find(|p| p["actor_kind"].is_null())
        .expect("all");
    assert_eq!((&all["accepted"], &all["rejected"]), (&2.into(), &2.into()));
    assert_eq!(all["precision"], 0.5);
    assert!(all["low"].as_f64() < Some(0.5) && all["high"].as_f64() > Some(0.5));
    let table = call(
        at,
        &["corrections", "precision", "r.db", "--format", "table"],
    )
    .code(0);
    assert!(table.out.contains("50 %"), "{}", table.out);
    assert_eq!(list(at, "events", &["--reviewed"]).len(), 2);
    let open = list(at, "events", &["--unreviewed", "--sample", "1"]);
    assert!(!events.contains(&id(&open[0])));
}
