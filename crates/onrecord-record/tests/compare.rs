//! Pages come, go and are corrected in any order, with comparisons between: the record is the
//! one that a comparison of all pages at once gives.

mod common;
#[path = "common/steps.rs"]
mod steps;

use common::{actor_id, config, everything};
use onrecord_lexicon::Lexicon;
use onrecord_model::{
    Actor, ActorKind, Article, ArticleReading, Confidence, Declared, Event, EventStatus, EventType,
    Id, Join, MediaType, Outcome, Outlook, OutlookType, Page, PartialDate, Place, Reading, Segment,
    Sentence, SourceKind, Span, Statement, StatementKind, id_of, sha256_hex,
};
use onrecord_record::{Change, Correction, Map, Record, Verdict};
use proptest::prelude::*;
use serde_json::Value;
use steps::Steps;

const SAID: [&str; 6] = [
    "“We shall rebuild the bridge over the river before the winter comes, whatever it costs.”",
    "“We shall rebuild the bridge over the river before the winter comes.”",
    "“The council of the harbour will not pay for the boats that the flood has taken away.”",
    "“The council will not pay for the boats that the flood has taken away from the quay.”",
    "“We shall rebuild the ferry over the river before the winter comes, whatever it costs.”",
    "“We shall rebuild the bridge over the river before the summer comes, whatever it costs.”",
];
const NUMBERS: [&str; 3] = [
    "About 3,000 French troops are in Mali.",
    "Some 4,500 French soldiers remain stationed in Mali.",
    "About 9,000 French troops are in Mali.",
];
const BODIES: [[&str; 3]; 2] = [
    [
        "The harbour council met on Monday to talk about the price of the new bridge over the river.",
        "Nobody knew at first how many boats the flood had taken away from the lower quay that night.",
        "The work would begin before the end of the year if it stays dry, an engineer told the meeting.",
    ],
    [
        "Farmers of the upper valley have lost most of their barley to a disease that nobody had seen before.",
        "A laboratory in the capital is looking at leaves that were sent there by train some weeks ago.",
        "Until it answers, no grain of the valley may be sold at the markets on the other side of the lake.",
    ],
];
const THREAT: &str = "The guards will attack the harbour of Mali.";
const RAID: &str = "The guards raided a depot of grain near the lower quay in Mali on that day.";

/// What a page tells.
#[derive(Clone, Debug)]
struct Told {
    outlet: usize,
    day: Option<i8>,
    said: Vec<(usize, Option<usize>)>,
    numbers: Vec<usize>,
    body: Option<(usize, usize)>,
    raids: Vec<usize>,
    threat: bool,
}

struct Writing {
    text: String,
    spans: Vec<Span>,
}

impl Writing {
    fn put(&mut self, sentence: &str) -> usize {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(sentence);
        self.spans.push(Span::new(start, self.text.len()));
        self.spans.len() - 1
    }
}

fn reading(number: usize, told: &Told) -> Reading {
    let mut writing = Writing {
        text: String::new(),
        spans: Vec::new(),
    };
    writing.put(&format!("Page number {number} begins here."));
    if let Some((body, length)) = told.body {
        for sentence in &BODIES[body][..=length] {
            writing.put(sentence);
        }
    }
    let said: Vec<_> = told
        .said
        .iter()
        .map(|(which, who)| (writing.put(SAID[*which]), *who))
        .collect();
    for which in &told.numbers {
        writing.put(NUMBERS[*which]);
    }
    let threat = told.threat.then(|| writing.put(THREAT));
    let raids: Vec<_> = told
        .raids
        .iter()
        .map(|who| (writing.put(RAID), *who))
        .collect();

    let text = format!("{}\n", writing.text);
    let sha256 = sha256_hex(format!("{number} {text}").as_bytes());
    let page = Page {
        // As a page that is read again keeps its place and its id here.
        id: id_of("pg", &[&number.to_string()]),
        uri: format!("pages/{number}.txt"),
        sha256,
        media_type: MediaType::Text,
        bytes: text.len() as u64,
        encoding: "UTF-8".to_owned(),
        declared: Declared::default(),
        text,
    };
    let date = told.day.and_then(|day| PartialDate::day(2030, 5, day));
    let mut article = Article::new(page.id.clone(), 1, writing.text.clone());
    article.publisher = Some(format!(
        "The {} Post",
        ["Harbour", "Valley", "Lake"][told.outlet]
    ));
    article.published = date;
    article.segments = vec![Segment {
        text: Span::new(0, article.text.len()),
        page_start: 0,
    }];
    let mut a = ArticleReading::new(article);
    let article = a.article.id.clone();
    for (n, span) in writing.spans.iter().enumerate() {
        a.sentences.push(Sentence {
            words: Vec::new(),
            names: Vec::new(),
            mentions: Vec::new(),
            vectors: Vec::new(),
            id: id_of(
                "se",
                &[&article, &span.start.to_string(), &span.end.to_string()],
            ),
            n,
            span: *span,
            paragraph: 0,
            tokens: Vec::new(),
        });
    }
    let actor = |n: usize| actor_id(["guards", "sentinels", "mayor"][n]);
    a.actors = (0..3)
        .map(|n| Actor {
            id: actor(n),
            name: ["Guards", "Sentinels", "Mayor"][n].to_owned(),
            kind: ActorKind::Organization,
            named: true,
            country: None,
            sectors: Vec::new(),
            aliases: Vec::new(),
            roles: Vec::new(),
            wikidata: None,
        })
        .collect();
    let sure = Confidence::percent(80);
    let made_by = || "rule:test.hand".to_owned();
    a.statements = said
        .iter()
        .map(|(sentence, who)| Statement {
            id: id_of("st", &[&article, &sentence.to_string()]),
            sentences: vec![*sentence],
            sentence: *sentence,
            speaker: who.map(actor),
            speaker_span: None,
            cue: None,
            content: vec![writing.spans[*sentence]],
            kind: StatementKind::Direct,
            addressee: None,
            via: Vec::new(),
            nested_in: None,
            negated: false,
            source_kind: SourceKind::Named,
            date,
            made_by: made_by(),
            confidence: sure,
        })
        .collect();
    let mali = Place {
        id: id_of("pl", &["Mali"]),
        name: "Mali".to_owned(),
        kind: "country".to_owned(),
        country: None,
        admin1: None,
        lat: None,
        lon: None,
        precision: "exact".to_owned(),
        geonames: None,
    };
    a.events = raids
        .iter()
        .map(|(sentence, who)| Event {
            id: id_of("ev", &[&article, &sentence.to_string()]),
            sentence: *sentence,
            trigger: writing.spans[*sentence],
            actor_spans: Vec::new(),
            recipient_spans: Vec::new(),
            event_type: EventType::Assault,
            mode: None,
            quad: 4,
            intensity: -95,
            cameo: None,
            actors: vec![actor(*who % 2)],
            recipients: vec![actor(2)],
            place: Some(mali.id.clone()),
            // Of some the day before the article was printed.
            date: date.and_then(|date| date.plus_days(-((*who / 2) as i32))),
            status: EventStatus::Actual,
            attributed_to: None,
            statement: None,
            made_by: made_by(),
            confidence: sure,
        })
        .collect();
    a.outlooks = threat
        .iter()
        .map(|sentence| Outlook {
            id: id_of("ou", &[&article]),
            actor: actor(0),
            outlook_type: OutlookType::Threat,
            content: writing.spans[*sentence],
            sentence: *sentence,
            statement: None,
            made: date,
            horizon: None,
            outcome: Outcome::Open,
            outcome_sentences: Vec::new(),
            outcome_note: None,
        })
        .collect();
    a.places = vec![mali];
    Reading {
        page,
        lines: Vec::new(),
        articles: vec![a],
        notes: Vec::new(),
    }
}

fn told() -> impl Strategy<Value = Told> {
    (
        0..3_usize,
        proptest::option::weighted(0.9, 1..20_i8),
        proptest::collection::vec((0..6_usize, proptest::option::of(0..3_usize)), 0..3),
        proptest::collection::vec(0..3_usize, 0..2),
        proptest::option::of((0..2_usize, 0..3_usize)),
        proptest::collection::vec(0..4_usize, 0..2),
        any::<bool>(),
    )
        .prop_map(|(outlet, day, said, numbers, body, raids, threat)| Told {
            outlet,
            // Few days, so that events fall on one.
            day: day.map(|day| if day > 10 { 11 } else { day }),
            said,
            numbers,
            body,
            raids,
            threat,
        })
}

/// What happens to a record.
#[derive(Clone, Debug)]
enum Act {
    Write(usize, Told),
    Remove(usize),
    /// The sentinels are the guards, or are not.
    Join(bool),
    /// A person corrects a row of a page, in one of several ways, or takes all back.
    Correct(usize, usize),
    Compare,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (0..7_usize, told()).prop_map(|(n, told)| Act::Write(n, told)),
        1 => (0..7_usize).prop_map(Act::Remove),
        1 => any::<bool>().prop_map(Act::Join),
        2 => (0..7_usize, 0..7_usize).prop_map(|(n, way)| Act::Correct(n, way)),
        3 => Just(Act::Compare),
    ]
}

fn joins(joined: bool) -> Vec<Join> {
    let join = Join {
        from: actor_id("sentinels"),
        to: actor_id("guards"),
        reason: "a test".to_owned(),
        made_by: "rule:test".to_owned(),
        confidence: Confidence::percent(90),
    };
    joined.then_some(join).into_iter().collect()
}

struct Made {
    _folder: tempfile::TempDir,
    record: Record,
    run: Id,
}

fn empty() -> Made {
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = Record::open(&folder.path().join("r.onrecord")).expect("a new record");
    let run = record.begin_run(&config()).expect("a run");
    Made {
        _folder: folder,
        record,
        run,
    }
}

fn write(made: &mut Made, number: usize, told: &Told) {
    let when = "2030-01-01T00:00:01Z";
    let reading = reading(number, told);
    made.record
        .write_page(&reading, &made.run.clone(), "f1", when)
        .expect("written");
}

/// What a comparison of all articles in memory gives, written anew.
fn whole(record: &mut Record) {
    let pile = record.pile().expect("a pile");
    let lexicon = Lexicon::built_in();
    let mut across = onrecord_positions::across(&pile, lexicon);
    let texts = onrecord_reprints::reprints(&pile, lexicon);
    across.stories.extend(texts.stories);
    across.same_text = texts.same_text;
    across.reprints = texts.reprints;
    record.write_across(&across).expect("written");
}

/// What a person says of a page, if it has such a row.
fn change(record: &Record, page: usize, way: usize) -> Option<Change> {
    let (table, column) = [
        ("events", "event_id"),
        ("events", "event_id"),
        ("outlooks", "outlook_id"),
        ("outlooks", "outlook_id"),
        ("statements", "statement_id"),
        ("sentences", "sentence_id"),
    ][way.min(5)];
    if way == 6 {
        let actor = actor_id("sentinels");
        return Some(Change::Forget { actor });
    }
    let by = if table == "outlooks" {
        "join sentences using (sentence_id)"
    } else {
        ""
    };
    let page = id_of("pg", &[&page.to_string()]);
    let rows = record
        .sql(&format!(
            "select {column} as id from {table} {by} join articles using (article_id)
             where page_id = '{page}' order by 1 limit 1"
        ))
        .expect("rows");
    let row = record
        .anchor(rows.first()?["id"].as_str()?)
        .expect("read")?;
    let set = |field: &str, value: Value| Change::Set {
        row: row.clone(),
        field: field.to_owned(),
        value,
        with: Map::new(),
    };
    Some(match way {
        0 => Change::Judge {
            row,
            verdict: Verdict::Rejected,
        },
        1 => set("date", "2030-05-11".into()),
        2 => set("outcome", "broken".into()),
        3 => set("actor_id", actor_id("mayor").into()),
        4 => set("speaker_id", Value::Null),
        _ => Change::Judge {
            row,
            verdict: Verdict::Suppressed,
        },
    })
}

fn differing(acts: &[Act]) -> Option<String> {
    let mut made = empty();
    let mut pages: std::collections::BTreeMap<usize, Told> = Default::default();
    let mut joined = false;
    let mut corrections: Vec<Correction> = Vec::new();
    for act in acts.iter().chain([&Act::Compare]) {
        match act {
            Act::Write(n, told) => {
                write(&mut made, *n, told);
                pages.insert(*n, told.clone());
            }
            Act::Remove(n) => {
                let page = id_of("pg", &[&n.to_string()]);
                made.record.remove_page(&page).expect("removed");
                pages.remove(n);
            }
            Act::Join(is) => joined = *is,
            Act::Correct(n, way) => match change(&made.record, *n, *way) {
                Some(change) if *way != 5 || corrections.len() < 3 => {
                    let at = corrections.len();
                    corrections.push(Correction::of(change, "me", "t", None, at));
                }
                _ => corrections.clear(),
            },
            Act::Compare => {
                made.record
                    .write_corrections(&corrections)
                    .expect("written");
                made.record.write_joins(&joins(joined)).expect("joined");
                made.record.compare(&Steps).expect("compared");
            }
        }
    }
    let mut expected = empty();
    for (n, told) in &pages {
        write(&mut expected, *n, told);
    }
    expected
        .record
        .write_corrections(&corrections)
        .expect("written");
    expected.record.write_joins(&joins(joined)).expect("joined");
    whole(&mut expected.record);
    let (is, wanted) = (everything(&made.record), everything(&expected.record));
    let differs = is.iter().zip(&wanted).find(|(a, b)| a != b);
    differs.map(|(is, wanted)| format!("{}: {:#?}\n---\n{:#?}", is.0, is.1, wanted.1))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn comparing_again_and_again_gives_what_comparing_once_does(
        acts in proptest::collection::vec(act(), 1..24),
    ) {
        let differs = differing(&acts);
        prop_assert!(differs.is_none(), "{}", differs.unwrap_or_default());
    }
}

fn plain(day: i8) -> Told {
    Told {
        outlet: 0,
        day: Some(day),
        said: vec![(0, Some(0))],
        numbers: vec![],
        body: Some((0, 2)),
        raids: vec![0],
        threat: false,
    }
}

/// Every kind of row comes about; else the other test shows nothing.
#[test]
fn all_that_pages_show_together_is_found_and_nothing_is_done_twice() {
    let mut made = empty();
    let threat = Told {
        threat: true,
        numbers: vec![0],
        ..plain(1)
    };
    write(&mut made, 0, &threat);
    for (n, number) in [(1, 1), (2, 2)] {
        let told = Told {
            outlet: n,
            numbers: vec![number],
            ..plain(11)
        };
        write(&mut made, n, &told);
    }
    let done = made.record.compare(&Steps).expect("compared");
    assert_eq!(done.articles, 3);
    let counts = made.record.counts().expect("counts");
    assert_eq!(counts["stories"], 3, "an utterance, an event and a text");
    assert_eq!(counts["disagreements"], 1);
    assert_eq!(counts["reprints"], 2);
    let fulfilled = made
        .record
        .sql("select * from outlooks where outcome = 'fulfilled'")
        .expect("rows");
    assert_eq!(fulfilled.len(), 1);
    let none = made.record.compare(&Steps).expect("compared");
    assert_eq!((none.articles, none.blocks), (0, 0));
    // What one page has to do with no other.
    let alone = Told {
        said: vec![],
        body: None,
        raids: vec![],
        ..plain(12)
    };
    write(&mut made, 3, &alone);
    let one = made.record.compare(&Steps).expect("compared");
    assert_eq!((one.articles, one.blocks), (1, 0));
}

/// More statements with one run than it pairs, some of which give way to later ones.
#[test]
fn phrases_of_the_trade() {
    let mut acts = Vec::new();
    for n in 0..60 {
        let told = Told {
            said: vec![(n % 4, None)],
            body: None,
            raids: vec![],
            ..plain(1)
        };
        acts.push(Act::Write(n, told));
        if n % 7 == 6 {
            acts.push(Act::Compare);
        }
    }
    for n in [3, 30, 17, 8] {
        acts.extend([Act::Remove(n), Act::Compare]);
    }
    assert_eq!(differing(&acts), None);
}
