//! `positions`, `outlooks`, `framings`, `disagreements`, `compare`, `issues`, and their measures.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::{EXAMPLES, call, write};

const LEXICON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/lexicon");
const PILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/pile");
const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/issues.md");

fn lines(out: &str) -> Vec<Value> {
    let object = |line| serde_json::from_str(line).expect("an object a line");
    out.lines().map(object).collect()
}

fn read_examples(at: &Path) {
    call(at, &["read", EXAMPLES, "--lexicon", LEXICON, "-o", "a.db"]).code(0);
}

#[test]
fn stands_and_changes_cite_their_sentences() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    read_examples(at);
    let issue = "foreign-troops-in-talvaria";
    let listed = call(at, &["positions", "a.db"]).code(0).out;
    assert!(
        lines(&listed).iter().any(|line| line["issue"] == issue),
        "{listed}"
    );

    let stands = lines(&call(at, &["positions", issue, "a.db"]).code(0).out);
    let vote = stands.iter().find(|stand| {
        let words = stand["sentence"].as_str().unwrap_or_default();
        words.contains("voted for the withdrawal of all foreign troops")
    });
    let vote = vote.expect("the vote of the chamber");
    assert_eq!(
        (&vote["actor"], &vote["stance"]),
        (&"Parliament of Talvaria".into(), &"oppose".into())
    );
    assert!(
        vote["date"]
            .as_str()
            .is_some_and(|date| date.starts_with("2019-06"))
    );

    // a change cites two stands that are listed, of one actor, the later of which differs
    let changes = lines(
        &call(at, &["positions", issue, "a.db", "--changes"])
            .code(0)
            .out,
    );
    assert!(!changes.is_empty());
    for change in &changes {
        let of = |key: &str| {
            let id = &change[key];
            let stand = stands.iter().find(|stand| stand["position_id"] == *id);
            stand.unwrap_or_else(|| panic!("{id} is listed"))
        };
        let (was, is) = (of("was_position_id"), of("is_position_id"));
        assert_ne!(was["stance"], is["stance"]);
        assert!(was["date"].as_str() < is["date"].as_str(), "{change}");
        assert_eq!(is["changed_from"], was["position_id"]);
    }

    let chart = [
        "positions",
        issue,
        "a.db",
        "--chart",
        "--by",
        "year",
        "--format",
        "table",
    ];
    let chart = call(at, &chart).code(0).out;
    assert!(
        chart.contains("2018 2019") && chart.contains('▼'),
        "{chart}"
    );
    let few = [
        "positions",
        "troops-in-talv",
        "a.db",
        "--actor",
        "Oskel",
        "--stance",
        "oppose",
    ];
    let few = lines(&call(at, &few).code(0).out);
    assert!(few.iter().all(|s| s["stance"] == "oppose") && few.len() < stands.len());
    call(at, &["positions", "dams", "a.db"]).code(1);
    call(at, &["positions", issue, "a.db", "--until", "1900"]).code(1);
    call(at, &["positions", issue, "missing.db"]).code(3);
}

#[test]
fn announcements_labels_and_differences() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    read_examples(at);
    let outlooks = lines(&call(at, &["outlooks", "a.db"]).code(0).out);
    let threats = [
        "outlooks",
        "a.db",
        "--type",
        "threat",
        "--actor",
        "Taymar Oskel",
    ];
    let threats = lines(&call(at, &threats).code(0).out);
    assert!(!threats.is_empty() && threats.len() < outlooks.len());
    for threat in &threats {
        let sentence = threat["sentence"].as_str().expect("a sentence");
        assert!(
            !sentence.is_empty() && threat["type"] == "threat",
            "{threat}"
        );
    }
    call(at, &["outlooks", "a.db", "--type", "wish"]).code(2);
    call(at, &["outlooks", "a.db", "--outcome", "happy"]).code(2);
    call(at, &["outlooks", "a.db", "--until", "1900"]).code(1);

    let framings = lines(&call(at, &["framings", "a.db"]).code(0).out);
    let narrated = lines(&call(at, &["framings", "a.db", "--narrator"]).code(0).out);
    assert!(narrated.iter().all(|f| f["voice"] == "narrator"));
    assert!(!narrated.is_empty() && narrated.len() < framings.len());
    let times: u64 = framings.iter().filter_map(|f| f["times"].as_u64()).sum();
    let rows = call(at, &["list", "framings", "a.db"]).code(0).out;
    assert_eq!(times, rows.lines().count() as u64);

    let tellings = lines(&call(at, &["disagreements", "a.db"]).code(0).out);
    let told: BTreeSet<&str> = tellings.iter().filter_map(|t| t["told"].as_str()).collect();
    assert!(told.len() > 1 && tellings.iter().all(|t| t["sentence"].is_string()));
    call(at, &["disagreements", "a.db", "--kind", "change"]).code(1);
}

#[test]
fn outlets_are_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    read_examples(at);
    let all = lines(&call(at, &["compare", "--outlets", "a.db"]).code(0).out);
    let outlets = |of: &[Value]| {
        let lines = of.iter().filter(|line| line["section"] == "outlet");
        lines
            .map(|line| line["outlet"].to_string())
            .collect::<BTreeSet<_>>()
    };
    assert!(outlets(&all).len() > 5);
    // all it lets speak are rows of the record
    let spoken: u64 = all
        .iter()
        .filter(|l| l["section"] == "outlet" && l["outlet"] == "River Banner")
        .filter_map(|l| l["statements"].as_u64())
        .sum();
    let listed = ["list", "statements", "a.db", "--outlet", "River Banner"];
    assert_eq!(spoken, call(at, &listed).code(0).out.lines().count() as u64);
    let two = ["compare", "a.db", "--outlets=river banner,Lurren"];
    assert_eq!(outlets(&lines(&call(at, &two).code(0).out)).len(), 2);
    call(at, &["compare", "--outlets=Nowhere", "a.db"]).code(1);
    call(at, &["compare", "a.db"]).code(2);
}

/// The issue that the guide writes works on a pile from another field, as the guide says.
#[test]
fn the_issue_of_the_guide_works_on_another_pile() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let guide = fs::read_to_string(GUIDE).expect("the guide");
    let (_, rest) = guide.split_once("```toml\n").expect("a file");
    let (issue, _) = rest.split_once("```").expect("its end");
    write(&at.join("copper-mine.toml"), issue);
    // files that are no pages lie beside the pages
    call(at, &["read", PILE, "-o", "pile.db"]);
    let gave = call(at, &["issues", "try", "copper-mine.toml", "pile.db"]).code(0);
    assert!(
        gave.err.contains("0 of 4 examples of the file go wrong"),
        "{}",
        gave.err
    );
    let rows = lines(&gave.out);
    let stands = |words: &str, stance: &str| {
        let holds = |row: &&Value| row["actor"].as_str().is_some_and(|a| a.contains(words));
        rows.iter().filter(holds).any(|row| row["stance"] == stance)
    };
    assert!(
        stands("Fishers", "oppose") && stands("Commission", "oppose"),
        "{}",
        gave.out
    );
    assert!(!stands("Fishers", "support"), "{}", gave.out);
    let left = call(
        at,
        &["issues", "try", "copper-mine.toml", "pile.db", "--left"],
    )
    .code(0);
    assert!(left.out.lines().count() > gave.out.lines().count());

    // put into use
    let lexicon = at.join("lexicon/issues");
    fs::create_dir_all(&lexicon).expect("a folder");
    fs::copy(
        at.join("copper-mine.toml"),
        lexicon.join("copper-mine.toml"),
    )
    .expect("a copy");
    call(
        at,
        &["read", PILE, "-o", "pile2.db", "--lexicon", "lexicon"],
    );
    let kept = lines(
        &call(at, &["positions", "copper-mine", "pile2.db"])
            .code(0)
            .out,
    );
    assert!(kept.len() >= 3);

    write(
        &at.join("wrong.toml"),
        "question = 'x'\n[[target]]\nid = 'a'\ntoward = 'for'\nphrases = ['{no} x']\n",
    );
    let wrong = call(at, &["issues", "try", "wrong.toml", "pile.db"]).code(3);
    assert!(wrong.err.contains("wrong.toml:5"), "{}", wrong.err);
    let proposed = call(at, &["issues", "suggest", "pile.db", "--limit", "3"]).code(0);
    for line in lines(&proposed.out) {
        assert!(
            line["actors"].as_array().is_some_and(|a| a.len() > 1),
            "{line}"
        );
    }
}

#[test]
fn stands_are_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    write(
        &at.join("ceasefire.tsv"),
        "# text, holder, stance, scope, reporter\n\
         The Hill Front rejected a ceasefire on Monday.\tThe Hill Front\toppose\t-\t-\n\
         The Lake Party of Kenya called for an immediate ceasefire.\tThe Lake Party\tsupport\t-\t-\n\
         The Hill Front met officials to discuss a ceasefire.\t-\t-\t-\t-\n",
    );
    let gave = call(at, &["score", "stands", "ceasefire.tsv"]).code(0);
    assert!(gave.out.contains("(2 rows, 2 stands)"), "{}", gave.out);
    assert!(gave.out.contains("given one 0 of 1"), "{}", gave.out);
    write(&at.join("dam.tsv"), "A\tA\toppose\t-\t-\n");
    let wrong = call(at, &["score", "stands", "dam.tsv"]);
    assert!(
        wrong.code != Some(0) && wrong.err.contains("dam.tsv"),
        "{}",
        wrong.err
    );
    write(
        &at.join("ceasefire.tsv"),
        "A truce.\tNobody\toppose\t-\t-\n",
    );
    let wrong = call(at, &["score", "stands", "ceasefire.tsv"]);
    assert!(
        wrong.err.contains("line 1") && wrong.err.contains("Nobody"),
        "{}",
        wrong.err
    );
}
