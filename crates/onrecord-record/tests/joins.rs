//! Joins lie over what the pages said, and can be taken off without a trace.

mod common;

use common::{MINISTER, Made, Sample, actor_id, empty, everything, put, reading_of};
use onrecord_model::{Confidence, Join, Reading};
use onrecord_record::{Filter, Map, Record};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The actors that two pages take for two.
const UMAR: &str = "umar-haddad";
const HADDAD: &str = "haddad";

fn page(number: u32, minister: &'static str, key: &str) -> Reading {
    let sample = Sample {
        number,
        minister,
        office: Some(if number == 1 {
            "Defence Minister"
        } else {
            "minister"
        }),
        ..Sample::default()
    };
    reading_of(&sample, key, minister)
}

fn pages() -> Vec<Reading> {
    vec![
        page(1, "Omar Ḥaddad", MINISTER),
        page(2, "Umar Haddad", UMAR),
        page(3, "Haddad", HADDAD),
        page(4, "Omar Ḥaddad", MINISTER),
    ]
}

fn record_of(pages: &[Reading]) -> Made {
    let mut made = empty();
    pages.iter().for_each(|page| put(&mut made, page));
    made
}

fn join(from: &str, to: &str) -> Join {
    Join {
        from: actor_id(from),
        to: actor_id(to),
        reason: format!("{from} is written like {to}"),
        made_by: "rule:actors.test".to_owned(),
        confidence: Confidence::percent(90),
    }
}

fn joins() -> Vec<Join> {
    vec![join(UMAR, MINISTER), join(HADDAD, MINISTER)]
}

fn internal(record: &Record) -> Vec<String> {
    let tables = [
        "_joins",
        "_fates",
        "_parts",
        "_given_names",
        "_moved",
        "_row_actors",
        "_corrections",
        "_forgotten_relations",
        "_forgotten_positions",
        "_forgotten_outlooks",
        "_forgotten_framings",
    ];
    let of = |table: &str| {
        let rows = record.sql(&format!("select * from {table}")).expect("rows");
        let mut rows: Vec<String> = rows.iter().map(|row| format!("{table} {row:?}")).collect();
        rows.sort();
        rows
    };
    tables.into_iter().flat_map(of).collect()
}

fn changes(record: &Record) -> u64 {
    let rows = record.sql("select total_changes() as n").expect("a number");
    rows[0]["n"].as_u64().expect("a number")
}

fn actor(record: &Record, key: &str) -> Option<Map> {
    record
        .row(&actor_id(key))
        .expect("read")
        .map(|(_, row)| row)
}

#[test]
fn no_row_of_any_table_tells_of_an_actor_that_was_joined() {
    let mut made = record_of(&pages());
    made.record.write_joins(&joins()).expect("written");
    let gone = [UMAR, HADDAD].map(actor_id);
    for (table, rows) in everything(&made.record) {
        for row in &rows {
            let text = json!(row).to_string();
            assert!(!gone.iter().any(|id| text.contains(id)), "{table}: {text}");
        }
    }
    for line in internal(&made.record) {
        if line.starts_with("_row_actors") {
            assert!(!gone.iter().any(|id| line.contains(id)), "{line}");
        }
    }
    let row = actor(&made.record, MINISTER).expect("there");
    assert_eq!(row["name"], "Omar Ḥaddad");
    assert_eq!(
        row["aliases"],
        json!(["Haddad", "Omar Ḥaddad", "Umar Haddad"])
    );
    let titles = row["roles"].as_array().expect("a list").iter();
    let titles: Vec<_> = titles
        .map(|role| role["title"].as_str().unwrap_or(""))
        .collect();
    assert_eq!(
        titles,
        ["Defence Minister", "member of parliament", "minister"]
    );
    for table in [
        "statements",
        "events",
        "positions",
        "outlooks",
        "framings",
        "relations",
    ] {
        let filter = Filter::default().actor(actor_id(MINISTER));
        let rows = made.record.table(table, &filter, None).expect("rows");
        assert_eq!(rows.len(), 4, "{table}");
    }
    let filter = Filter::default().equal("article_id", &pages()[1].articles[0].article.id);
    let event = &made.record.table("events", &filter, None).expect("rows")[0];
    // As it was read, the actor and the recipient are one; each list has it once.
    assert_eq!(event["recipient_ids"], json!([actor_id(MINISTER)]));
    made.record.check().expect("sound");
    let run = made.run.clone();
    let counts = made.record.end_run(&run, "2031").expect("ended");
    assert_eq!(
        counts["actors"],
        made.record.counts().expect("counts")["actors"]
    );
}

#[test]
fn a_list_has_an_actor_once() {
    let mut page = page(1, "Omar Ḥaddad", MINISTER);
    let event = &mut page.articles[0].events[0];
    event.actors = [UMAR, "ironside-guards", MINISTER, HADDAD]
        .map(actor_id)
        .into();
    let mut made = record_of(&[page]);
    put(&mut made, &self::page(2, "Umar Haddad", UMAR));
    put(&mut made, &self::page(3, "Haddad", HADDAD));
    made.record.write_joins(&joins()).expect("written");
    let filter = Filter::default().actor(actor_id("ironside-guards"));
    let rows = made.record.table("events", &filter, None).expect("rows");
    let wanted = json!([actor_id(MINISTER), actor_id("ironside-guards")]);
    assert!(
        rows.iter().any(|row| row["actor_ids"] == wanted),
        "{rows:?}"
    );
}

#[test]
fn joins_leave_no_trace_once_they_are_gone_and_cost_nothing_if_they_stay() {
    let mut made = record_of(&pages());
    let before = (everything(&made.record), internal(&made.record));
    let pile = made.record.pile_actors().expect("actors");
    made.record.write_joins(&joins()).expect("written");
    let joined = (everything(&made.record), internal(&made.record));
    assert_ne!(joined.0, before.0);
    // What the step sees does not change.
    assert_eq!(made.record.pile_actors().expect("actors"), pile);
    let n = changes(&made.record);
    made.record.write_joins(&joins()).expect("written");
    assert_eq!(changes(&made.record), n, "the same joins write nothing");
    made.record.write_joins(&joins()[..1]).expect("written");
    made.record.write_joins(&[]).expect("written");
    assert_eq!((everything(&made.record), internal(&made.record)), before);
    made.record.write_joins(&joins()).expect("written");
    assert_eq!((everything(&made.record), internal(&made.record)), joined);
}

#[test]
fn the_actors_of_the_pages_are_listed_before_any_join() {
    let mut made = record_of(&pages());
    made.record.write_joins(&joins()).expect("written");
    let actors = made.record.pile_actors().expect("actors");
    assert!(actors.is_sorted_by(|a, b| a.id < b.id));
    assert_eq!(actors.len(), 4);
    let of = |key: &str| {
        actors
            .iter()
            .find(|a| a.id == actor_id(key))
            .expect("there")
    };
    assert_eq!(of(MINISTER).forms, [("Omar Ḥaddad".to_owned(), 2)]);
    assert_eq!(of(UMAR).forms, [("Umar Haddad".to_owned(), 1)]);
    assert_eq!(of(UMAR).articles.len(), 1);
    assert_eq!(of(MINISTER).articles.len(), 2);
    let all = [UMAR, MINISTER, HADDAD].map(|key| of(key).articles.clone());
    let mut all = all.concat();
    all.sort_unstable();
    assert_eq!(all, [0, 1, 2, 3], "no two have an article in common");
    let titles: Vec<_> = of(UMAR).roles.iter().map(|r| r.title.as_str()).collect();
    assert_eq!(titles, ["member of parliament", "minister"]);
    assert_eq!(of(UMAR).country.as_deref(), Some("NAR"));
}

#[test]
fn a_page_read_again_or_taken_away_later_is_joined_as_well() {
    let pages = pages();
    let mut made = record_of(&pages[..1]);
    put(&mut made, &pages[1]);
    made.record.write_joins(&joins()[..1]).expect("written");
    // At once, not only at the end of the run.
    put(&mut made, &page(5, "Umar Haddad", UMAR));
    assert!(actor(&made.record, UMAR).is_none());
    let filter = Filter::default().actor(actor_id(MINISTER));
    let rows = made
        .record
        .table("statements", &filter, None)
        .expect("rows");
    assert_eq!(rows.len(), 3);
    put(&mut made, &pages[1]);
    made.record.check().expect("sound");
    // The actor that stays is gone with its page: the join does nothing then.
    made.record.remove_page(&pages[0].page.id).expect("removed");
    made.record.write_joins(&joins()[..1]).expect("written");
    assert!(actor(&made.record, MINISTER).is_none());
    assert!(actor(&made.record, UMAR).is_some());
    made.record.check().expect("sound");
    put(&mut made, &pages[0]);
    made.record.write_joins(&joins()[..1]).expect("written");
    assert!(actor(&made.record, UMAR).is_none());
    for page in [&pages[0], &pages[1], &page(5, "Umar Haddad", UMAR)] {
        made.record.remove_page(&page.page.id).expect("removed");
    }
    made.record.write_joins(&[]).expect("written");
    assert_eq!(internal(&made.record), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, rng_seed: proptest::test_runner::RngSeed::Fixed(11), ..ProptestConfig::default() })]

    #[test]
    fn neither_the_order_of_pages_nor_that_of_joins_matters(
        order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
        again in prop::collection::vec((0..4_usize, 0..4_usize), 0..4),
    ) {
        let pages = pages();
        let mut expected = record_of(&pages);
        expected.record.write_joins(&joins()).expect("written");
        let all = [vec![], joins(), vec![join(MINISTER, UMAR)], vec![join(UMAR, HADDAD)]];
        let mut made = empty();
        for (page, joins) in again {
            put(&mut made, &pages[page]);
            made.record.write_joins(&all[joins]).expect("written");
            if joins == 2 {
                made.record.remove_page(&pages[page].page.id).expect("removed");
            }
        }
        for at in order {
            put(&mut made, &pages[at]);
        }
        let mut joins = joins();
        joins.reverse();
        made.record.write_joins(&joins).expect("written");
        prop_assert_eq!(everything(&made.record), everything(&expected.record));
        prop_assert_eq!(internal(&made.record), internal(&expected.record));
        made.record.check().expect("sound");
    }
}

/// An actor, its mentions, and its forms with the mentions and articles of each.
type Counted = (String, u64, Vec<(String, u64, u64)>);

/// The same of each actor, counted from the rows.
fn counted(record: &Record) -> Vec<Counted> {
    let rows = |table: &str| record.table(table, &Filter::default(), None).expect("rows");
    let mentions = rows("mentions");
    let of = |actor: &Map| {
        let id = actor["actor_id"].as_str().expect("an id").to_owned();
        let own: Vec<&Map> = mentions.iter().filter(|m| m["actor_id"] == id).collect();
        let mut forms: Vec<(String, u64, u64)> = Vec::new();
        let mut articles: Vec<Vec<&Value>> = Vec::new();
        for mention in own.iter().filter(|m| m["kind"] == "name") {
            let text = mention["text"].as_str().expect("a text");
            let at = forms.iter().position(|form| form.0 == text);
            let at = at.unwrap_or_else(|| {
                forms.push((text.to_owned(), 0, 0));
                articles.push(Vec::new());
                forms.len() - 1
            });
            forms[at].1 += 1;
            if !articles[at].contains(&&mention["article_id"]) {
                articles[at].push(&mention["article_id"]);
                forms[at].2 += 1;
            }
        }
        forms.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        (id, own.len() as u64, forms)
    };
    rows("actors").iter().map(of).collect()
}

#[test]
fn forms_and_mentions_are_counted_as_the_rows_have_them() {
    let mut made = record_of(&pages());
    let told = |record: &Record| -> Vec<Counted> {
        let rows = record
            .table("actors", &Filter::default(), None)
            .expect("rows");
        let of = |actor: &Map| {
            let id = actor["actor_id"].as_str().expect("an id").to_owned();
            let forms = record.forms_of(&id).expect("forms").into_iter();
            let forms = forms.map(|f| (f.form, f.mentions, f.articles)).collect();
            let mentions = record.mentions_of(&id).expect("a number");
            (id, mentions, forms)
        };
        rows.iter().map(of).collect()
    };
    assert_eq!(told(&made.record), counted(&made.record));
    made.record.write_joins(&joins()).expect("written");
    assert_eq!(told(&made.record), counted(&made.record));
    let forms = made.record.forms_of(&actor_id(MINISTER)).expect("forms");
    let joined = |form: &str| {
        let form = forms.iter().find(|f| f.form == form).expect("a form");
        form.joined
            .iter()
            .map(|j| j.reason.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        joined("Umar Haddad"),
        ["umar-haddad is written like omar-haddad"]
    );
    assert_eq!(joined("Omar Ḥaddad"), [""; 0]);
    put(&mut made, &page(2, "Umar Haddad", HADDAD));
    made.record.write_joins(&[]).expect("written");
    assert_eq!(told(&made.record), counted(&made.record));
    made.record.check().expect("sound");
}
