//! Stands read off parsed sentences: the examples of the issue files, and what negation, clauses
//! and countries make of a stand.

use std::path::Path;

use onrecord::Kit;
use onrecord::lexicon::{Lexicon, StanceExample};
use onrecord::model::{Article, ArticleReading, Position};
use onrecord::positions::{mark, positions, sightings, takings};

/// The text parsed, with these holders in it.
fn read(text: &str, holders: &[&str], lexicon: &Lexicon) -> ArticleReading {
    let article = Article::new("pg-1".into(), 1, text.to_owned());
    let mut reading = onrecord::parsed(article, Kit::new(lexicon));
    for holder in holders {
        let example = StanceExample {
            holder: Some((*holder).to_owned()),
            ..StanceExample::default()
        };
        mark(&mut reading, &example).expect("words of the text");
        // `mark` knows one holder: each gets an id of its own
        for mention in &mut reading.mentions {
            if mention.actor.as_deref() == Some("holder") {
                mention.actor = Some((*holder).to_owned());
            }
        }
        for actor in &mut reading.actors {
            if actor.id == "holder" {
                actor.id = (*holder).to_owned();
            }
        }
    }
    reading
}

/// `holder stance issue` of each row.
fn stands(text: &str, holders: &[&str]) -> Vec<String> {
    let lexicon = Lexicon::built_in();
    let rows = positions(&read(text, holders, lexicon), lexicon);
    let told = |p: &Position| format!("{} {} {}", p.actor, p.stance.name(), p.issue);
    rows.iter().map(told).collect()
}

const PARTY: &str = "Dawn Party";

#[track_caller]
fn stands_so(text: &str, stance: &str) {
    assert_eq!(
        stands(text, &[PARTY]),
        [format!("{PARTY} {stance} ceasefire")],
        "{text}"
    );
}

#[test]
fn examples_of_issue_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/lexicon");
    let lexicon = &Lexicon::with_folder(&folder).expect("examples/lexicon");
    let mut wrong = Vec::new();
    for issue in &lexicon.issues.entries {
        let enough = issue.yes.len() >= 4 && issue.no.len() >= 2;
        assert!(enough, "{}: yes and no sentences", issue.id);
        let all = issue.yes.iter().map(|e| (e, true));
        for (example, take) in all.chain(issue.no.iter().map(|e| (e, false))) {
            let mut reading = read(&example.text, &[], lexicon);
            mark(&mut reading, example).expect("words of the text");
            let rows = positions(&reading, lexicon);
            let of_issue = |p: &&Position| p.issue.starts_with(&issue.id);
            let rows: Vec<&Position> = rows.iter().filter(of_issue).collect();
            let by = example.speaker.as_ref().map(|_| "speaker");
            let right = rows.len() == 1
                && rows[0].actor == "holder"
                && Some(rows[0].stance.name()) == example.stance.as_deref()
                && (example.scope.is_none() || rows[0].scope == example.scope)
                && rows[0].according_to.as_deref() == by;
            if right != take || (!take && !rows.is_empty()) {
                wrong.push(format!(
                    "{} take {take}: {}\n    {rows:?}",
                    issue.id, example.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_stands_between_turns_it_round() {
    stands_so("The Dawn Party supports a ceasefire.", "support");
    stands_so("The Dawn Party is against a ceasefire.", "oppose");
    stands_so("The Dawn Party endorsed the ceasefire.", "support");
    stands_so("The Dawn Party does not support a ceasefire.", "oppose");
    stands_so("The Dawn Party refused to accept a ceasefire.", "oppose");
    stands_so(
        "The Dawn Party called for an end to the ceasefire.",
        "oppose",
    );
    stands_so("The Dawn Party no longer opposes a ceasefire.", "mixed");
    stands_so(
        "The Dawn Party welcomed the idea of a ceasefire.",
        "support",
    );
    stands_so(
        "A ceasefire was rejected by the Dawn Party on Monday.",
        "oppose",
    );
    stands_so(
        "Shops closed in protest at the ceasefire that the Dawn Party had welcomed.",
        "support",
    );
}

#[test]
fn one_who_urges_stands_in_place_of_those_who_are_urged() {
    let found = stands(
        "The Dawn Party urged the Hill Front to accept a ceasefire.",
        &[PARTY, "Hill Front"],
    );
    assert_eq!(found, ["Dawn Party support ceasefire"]);
    let found = stands(
        "The Dawn Party warned the Hill Front against rejecting the ceasefire.",
        &[PARTY, "Hill Front"],
    );
    assert_eq!(found, ["Dawn Party support ceasefire"]);
}

#[test]
fn no_stand() {
    for text in [
        "The Dawn Party denied that it supports a ceasefire.",
        "The Dawn Party said it would answer if the army supports a ceasefire.",
        "The Dawn Party may support a ceasefire.",
        "The Dawn Party expects the army to reject a ceasefire.",
        "Does the Dawn Party support a ceasefire?",
        "The Dawn Party met envoys to discuss a ceasefire.",
    ] {
        assert_eq!(stands(text, &[PARTY]), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn several_hold_a_stand_together() {
    let text = "Tarek Daw and the Dawn Party oppose US troops in Iraq and reject foreign bases.";
    let found = stands(text, &["Tarek Daw", PARTY]);
    let issue = "foreign-troops-in-iraq";
    assert_eq!(
        found,
        [
            format!("Dawn Party oppose {issue}"),
            format!("Tarek Daw oppose {issue}")
        ]
    );
}

#[test]
fn one_issue_a_country() {
    let of = |text: &str| stands(text, &[PARTY]);
    assert_eq!(
        of("The Dawn Party opposes French troops in Mali."),
        ["Dawn Party oppose foreign-troops-in-mali"]
    );
    // a country's own troops are not foreign
    assert_eq!(
        of("The Dawn Party opposes Malian troops in the north of Mali."),
        [""; 0]
    );
    // of two countries told of alike, nobody knows which is meant
    assert_eq!(
        of("Envoys of Kenya and Uganda heard that the Dawn Party opposes foreign troops."),
        [""; 0]
    );
    assert_eq!(
        of("The Dawn Party wants an end to the sanctions on South Sudan."),
        ["Dawn Party oppose sanctions-on-south-sudan"]
    );
}

#[test]
fn things_seen_and_things_taken() {
    let lexicon = Lexicon::built_in();
    let text = "The Dawn Party opposes a new dam on the river and welcomed the ceasefire.";
    let reading = read(text, &[PARTY], lexicon);
    let seen = sightings(&reading, lexicon, "ceasefire");
    assert_eq!(seen.len(), 1);
    assert!(reading.words(seen[0].1).contains("ceasefire"));
    let taken = takings(&reading, lexicon);
    assert_eq!(taken.len(), 1, "{taken:?}");
    assert_eq!(
        (taken[0].thing.as_str(), taken[0].holder.as_str()),
        ("new dam", PARTY)
    );
    assert!(sightings(&reading, lexicon, "no-such-issue").is_empty());
}

#[test]
fn the_same_article_gives_the_same_rows() {
    let lexicon = Lexicon::built_in();
    let text = "The Dawn Party opposes the presence of US troops in Iraq.";
    let reading = read(text, &[PARTY], lexicon);
    let once = positions(&reading, lexicon);
    assert_eq!(once, positions(&reading, lexicon));
    assert!(
        once[0]
            .made_by
            .starts_with("rule:issues.foreign-troops-in.")
    );
}
