//! Reports on records made by hand.
#![allow(clippy::disallowed_methods)] // tests make files

#[path = "../../onrecord-record/tests/common/mod.rs"]
mod common;

use std::collections::BTreeSet;

use common::{MINISTER, Made, Sample, actor_id, empty, put, reading, reading_of, record_of};
use onrecord_model::{
    Across, EventStatus, Outcome, OutcomeFound, PartialDate, Reading, Stance, Story,
};
use onrecord_record::{Change, Correction, Verdict};
use onrecord_report::{Form, Measure, Meta, Scope, measures, near_actors, write};
use roxmltree::Document;

const NASTY: &str = "</title><script>alert(1)</script> <b onload='x'>&amp; \u{202e}drow\u{1} `|` **a** [x](javascript:y)";

fn sample(number: u32) -> Sample {
    Sample {
        number,
        ..Sample::default()
    }
}

fn report(made: &Made, scope: &Scope, form: Form) -> String {
    write(&made.record, scope, form, &Meta::default()).expect("a report")
}

fn markdown(made: &Made, scope: &Scope) -> String {
    report(made, scope, Form::Markdown)
}

fn of_minister() -> Scope {
    Scope {
        actor: Some(actor_id(MINISTER)),
        ..Scope::default()
    }
}

fn of_issue() -> Scope {
    Scope {
        issue: Some("foreign-troops".into()),
        ..Scope::default()
    }
}

/// What stands under a heading of the second rank.
fn section<'a>(page: &'a str, title: &str) -> &'a str {
    let begin = format!("## {title}\n");
    let (_, rest) = page
        .split_once(&begin)
        .unwrap_or_else(|| panic!("{title} in {page}"));
    rest.split("\n## ").next().unwrap_or(rest)
}

/// HTML as XML: elements without an end are closed.
fn as_xml(page: &str) -> String {
    let body = page.strip_prefix("<!doctype html>\n").expect("a doctype");
    let mut out = String::new();
    for piece in body.split_inclusive('>') {
        let open = piece.rfind('<').map_or("", |at| &piece[at..]);
        match open.starts_with("<meta") || open == "<br>" {
            true => out.push_str(&format!("{}/>", &piece[..piece.len() - 1])),
            false => out.push_str(piece),
        }
    }
    out
}

fn nasty(number: u32) -> Reading {
    let sample = Sample {
        number,
        office: Some(NASTY),
        ..Sample::default()
    };
    let mut reading = reading_of(&sample, "nasty", NASTY);
    reading.page.uri = format!("/home/somebody/secret/{NASTY}.txt");
    let a = &mut reading.articles[0];
    a.article.title = Some(NASTY.to_owned());
    a.article.publisher = Some(NASTY.to_owned());
    a.actors[0].aliases = vec![NASTY.to_owned()];
    a.places[0].name = NASTY.to_owned();
    a.positions[0].scope = Some(NASTY.to_owned());
    a.positions[0].issue = NASTY.to_owned();
    reading
}

#[test]
fn hostile_pages_stay_text() {
    let mut made = empty();
    put(&mut made, &nasty(1));
    let known: BTreeSet<&str> = [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "h2",
        "h3",
        "p",
        "strong",
        "code",
        "nav",
        "ol",
        "ul",
        "li",
        "a",
        "section",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "article",
        "blockquote",
        "bdi",
        "cite",
        "mark",
        "br",
        "svg",
        "desc",
        "g",
        "text",
        "line",
        "path",
        "polygon",
        "circle",
        "rect",
        "clipPath",
    ]
    .into();
    let meta = Meta {
        record: NASTY.to_owned(),
        written: Some("2030-01-01".into()),
        questions: [(NASTY.to_owned(), NASTY.to_owned())].into(),
        ..Meta::default()
    };
    let scopes = [
        Scope::default(),
        Scope {
            actor: Some(actor_id("nasty")),
            ..Scope::default()
        },
        Scope {
            issue: Some(NASTY.to_owned()),
            ..Scope::default()
        },
    ];
    for scope in scopes {
        let page = write(&made.record, &scope, Form::Html, &meta).expect("a report");
        let xml = as_xml(&page);
        let document = Document::parse(&xml).unwrap_or_else(|e| panic!("{e}"));
        for element in document.descendants().filter(|e| e.is_element()) {
            assert!(known.contains(element.tag_name().name()), "{element:?}");
            for attribute in element.attributes() {
                let (name, value) = (attribute.name(), attribute.value());
                assert!(
                    !name.starts_with("on") && name != "src" && name != "style",
                    "{name}"
                );
                if name == "href" {
                    assert!(
                        value.starts_with('#') || value.starts_with("http"),
                        "{value}"
                    );
                }
            }
        }
        assert!(!page.contains("url(http") && !page.contains("@import"));
        assert!(!page.contains('\u{202e}') && !page.contains('\u{1}'));
        assert!(
            !page.contains("/home/somebody"),
            "where a page lies is not told"
        );
        let page = write(&made.record, &scope, Form::Markdown, &meta).expect("a report");
        let bare = ["\\<", "\\>", "\\[", "\\]", "\\`", "\\|"]
            .iter()
            .fold(page.clone(), |page, escaped| page.replace(escaped, ""));
        // What stands in backticks is no markup, whatever it is.
        let bare: String = bare.replace("<br>", "").split('`').step_by(2).collect();
        assert!(!bare.contains('<') && !bare.contains("]("), "{bare}");
        assert!(
            !page.contains('\u{202e}') && !page.contains('\u{1}'),
            "{page}"
        );
    }
}

#[test]
fn every_entry_has_its_sentence_its_source_and_its_id() {
    let made = record_of(&[sample(1)]);
    let page = markdown(&made, &of_minister());
    assert!(page.starts_with("# Omar Haddad\n"), "{page}");
    let said = section(&page, "Key statements");
    assert!(
        said.contains("> **“We will never leave Porto Névo,”** Omar Ḥaddad said on day 1."),
        "{said}"
    );
    assert!(
        said.contains("**Omar Haddad**, quoted, by way of Ironside Guards, 2014-05"),
        "{said}"
    );
    assert!(
        said.contains("According to The Narnian Post, 2014-05-09: *Troops – and número 1* (`st-")
    );
    assert!(said.contains(", unreviewed)"));
    let done = section(&page, "What was done");
    assert!(done.contains("### Told as having taken place"), "{done}");
    assert!(
        done.contains(
            "2014-05-03: Ironside Guards: **ASSAULT (aerial)** toward Omar Haddad, at Porto Névo"
        ),
        "{done}"
    );
    let stands = section(&page, "Where actors stand");
    assert!(
        stands.contains("**Omar Haddad**: oppose, 2014\n"),
        "{stands}"
    );
    assert!(stands.contains("> He wants the foreign troops out by the end of the year."));
    let announced = section(&page, "What was announced");
    assert!(
        announced.contains("promise, 2014-05-09, term or condition: “never”"),
        "{announced}"
    );
}

#[test]
fn an_unknown_speaker_stays_unknown() {
    let mut made = empty();
    for (number, named) in [(1, true), (2, false)] {
        let mut reading = reading(&sample(number));
        let statement = &mut reading.articles[0].statements[0];
        statement.speaker = None;
        if !named {
            statement.speaker_span = None;
        }
        put(&mut made, &reading);
    }
    let page = markdown(&made, &Scope::default());
    let said = section(&page, "Key statements");
    assert!(said.contains("**Unknown speaker**, quoted"), "{said}");
    assert!(
        said.contains("**Speaker not identified** (the page: “Omar Ḥaddad”)"),
        "{said}"
    );
    assert!(!said.contains("**Omar Haddad**"), "{said}");
}

#[test]
fn what_is_denied_is_not_told_as_done() {
    let mut made = empty();
    for (number, status) in [
        (1, EventStatus::Actual),
        (2, EventStatus::Denied),
        (3, EventStatus::Threatened),
        (4, EventStatus::Alleged),
    ] {
        let mut reading = reading(&sample(number));
        reading.articles[0].events[0].status = status;
        put(&mut made, &reading);
    }
    let page = markdown(&made, &Scope::default());
    let done = section(&page, "What was done");
    let parts: Vec<&str> = done.split("### ").skip(1).collect();
    let headings: Vec<&str> = parts
        .iter()
        .filter_map(|part| part.lines().next())
        .collect();
    assert_eq!(
        headings,
        [
            "Told as having taken place",
            "Threatened",
            "Denied",
            "Alleged"
        ]
    );
    for part in parts {
        assert_eq!(part.matches("ASSAULT").count(), 1, "{part}");
    }
    assert!(section(&page, "In figures").contains("| events | 4 | 1 told as having taken place |"));
}

#[test]
fn one_outlet_for_more_than_half_is_told() {
    let mut made = record_of(&[sample(1), sample(2)]);
    let mut other = reading(&sample(3));
    other.articles[0].article.publisher = Some("Harbour Herald".into());
    put(&mut made, &other);
    let page = markdown(&made, &Scope::default());
    let figures = section(&page, "In figures");
    assert!(
        figures.contains(
            "**Mind:** The largest outlet is The Narnian Post with 2 of 3 articles (67 %)."
        ),
        "{figures}"
    );
    let mut fourth = reading(&sample(4));
    fourth.articles[0].article.publisher = Some("Harbour Herald".into());
    put(&mut made, &fourth);
    let page = markdown(&made, &Scope::default());
    let figures = section(&page, "In figures");
    assert!(
        figures.contains("\nThe largest outlet is Harbour Herald with 2 of 4 articles (50 %)."),
        "{figures}"
    );
}

#[test]
fn an_article_printed_twice_counts_once() {
    let mut made = record_of(&[sample(1), sample(2)]);
    let ids: Vec<String> = made
        .record
        .table("articles", &Default::default(), None)
        .expect("rows")
        .iter()
        .map(|row| row["article_id"].as_str().expect("an id").to_owned())
        .collect();
    let across = Across {
        same_text: vec![(ids[1].clone(), ids[0].clone())],
        ..Across::default()
    };
    made.record.write_across(&across).expect("written");
    let page = markdown(&made, &Scope::default());
    let figures = section(&page, "In figures");
    assert!(figures.contains("| articles | 1 | in which an entry of this report stands, of 2 in the record; 1 repeats"), "{figures}");
    assert!(figures.contains("| statements | 1 |"), "{figures}");
    assert!(
        section(&page, "Method and error").contains("5 entries were left out"),
        "{page}"
    );
}

#[test]
fn a_story_is_one_entry() {
    let mut made = empty();
    let mut readings = [reading(&sample(1)), reading(&sample(2))];
    readings[1].articles[0].article.publisher = Some("Harbour Herald".into());
    readings.iter().for_each(|reading| put(&mut made, reading));
    let rows = readings
        .iter()
        .map(|r| r.articles[0].statements[0].id.clone());
    let story = Story {
        id: "sy-1".into(),
        kind: "utterance".into(),
        title: "never".into(),
        first: None,
        last: None,
        articles: readings
            .iter()
            .map(|r| r.articles[0].article.id.clone())
            .collect(),
        publishers: vec!["Harbour Herald".into(), "The Narnian Post".into()],
        rows: rows.collect(),
    };
    let outcome = OutcomeFound {
        outlook: readings[0].articles[0].outlooks[0].id.clone(),
        outcome: Outcome::Broken,
        sentences: vec![readings[1].articles[0].sentences[2].id.clone()],
        note: "by hand".into(),
    };
    let across = Across {
        stories: vec![story],
        outcomes: vec![outcome],
        ..Across::default()
    };
    made.record.write_across(&across).expect("written");
    let page = markdown(&made, &Scope::default());
    let said = section(&page, "Key statements");
    assert_eq!(said.matches("(`st-").count(), 1, "{said}");
    assert!(said.contains("; also "), "{said}");
    assert!(said.contains("The only utterance there is."), "{said}");
    let announced = section(&page, "What was announced");
    assert!(
        announced.contains("**broken** (found by: by hand)"),
        "{announced}"
    );
    assert!(
        announced.contains("Later: According to Harbour Herald"),
        "{announced}"
    );
    assert!(announced.contains("> He wants the foreign troops out by the end of the year."));
}

#[test]
fn a_span_of_time_takes_what_lies_in_it() {
    let mut made = empty();
    for (number, year) in [(1, Some(2014)), (2, Some(2016)), (3, None)] {
        let mut reading = reading(&sample(number));
        let a = &mut reading.articles[0];
        a.article.published = year.and_then(PartialDate::year);
        a.article.published_from = a.article.published_from.filter(|_| year.is_some());
        a.statements[0].date = None;
        a.events[0].date = year.and_then(PartialDate::year);
        a.positions[0].date = a.events[0].date;
        a.outlooks[0].made = None;
        put(&mut made, &reading);
    }
    let within = |since: &str, until: &str| Scope {
        since: Some(since.into()),
        until: Some(until.into()),
        ..Scope::default()
    };
    let page = markdown(&made, &within("2015-06", "2016-01-01"));
    assert!(page.starts_with("# The record from 2015-06 to 2016-01-01\n"));
    let figures = section(&page, "In figures");
    assert!(
        figures.contains("| articles | 1 |") && figures.contains("| statements | 1 |"),
        "{figures}"
    );
    assert!(
        figures.contains("**Mind:** 5 entries without a date"),
        "{figures}"
    );
    assert!(section(&page, "Key statements").contains("on day 2"));
    let nothing = markdown(&made, &within("1990", "1991"));
    assert!(section(&nothing, "In figures").contains("| statements | 0 |"));
    assert!(!nothing.contains("## Key statements"));
    let wrong = write(
        &made.record,
        &within("yesterday", "1991"),
        Form::Html,
        &Meta::default(),
    );
    assert!(wrong.is_err_and(|e| e.to_string().contains("`yesterday` is no date")));
}

#[test]
fn changes_of_stand_are_told() {
    let mut made = empty();
    for (number, year, stance) in [(1, 2014, Stance::Oppose), (2, 2016, Stance::Support)] {
        let mut reading = reading(&sample(number));
        reading.articles[0].positions[0].date = PartialDate::year(year);
        reading.articles[0].positions[0].stance = stance;
        put(&mut made, &reading);
    }
    let page = markdown(&made, &of_issue());
    let stands = section(&page, "Where actors stand");
    assert!(
        stands.contains("- Omar Haddad: oppose (2014, `po-"),
        "{stands}"
    );
    assert!(stands.contains("`), then support (2016, `po-"), "{stands}");
    assert!(
        stands.contains("All 2 stands, the newest first."),
        "{stands}"
    );
}

#[test]
fn without_text_no_sentence_is_given() {
    let made = record_of(&[sample(1)]);
    for form in [Form::Html, Form::Markdown] {
        let scope = Scope {
            text: false,
            ..Scope::default()
        };
        let page = report(&made, &scope, form);
        for words in ["never leave", "shelled the", "He wants", "“never”"] {
            assert!(!page.contains(words), "{words}");
        }
        assert!(page.contains("Omar Haddad") && page.contains("st-"));
    }
}

#[test]
fn pictures_lead_to_entries_of_the_page() {
    let made = record_of(&[sample(1), sample(2)]);
    let page = report(&made, &of_minister(), Form::Html);
    let xml = as_xml(&page);
    let document = Document::parse(&xml).expect("XML");
    let all = || document.descendants().filter(|e| e.is_element());
    let mut ids = BTreeSet::new();
    for id in all().filter_map(|e| e.attribute("id")) {
        assert!(ids.insert(id), "two elements have the id {id}");
    }
    let links: Vec<&str> = all().filter_map(|e| e.attribute("href")).collect();
    assert!(
        links.iter().any(|href| href.starts_with("#ev-")),
        "{links:?}"
    );
    for link in links {
        let id = link
            .strip_prefix('#')
            .unwrap_or_else(|| panic!("{link} leads outside"));
        assert!(ids.contains(id), "{link} leads nowhere");
    }
    assert!(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"));
}

#[test]
fn corrections_and_measures_are_told() {
    let mut made = record_of(&[sample(1)]);
    let line = |change, n| {
        Correction::of(
            change,
            "A. Editor",
            "2030-02-03T04:05:06Z",
            Some("see | the masthead"),
            n,
        )
    };
    let rename = Change::Rename {
        actor: actor_id(MINISTER),
        was: Some("Omar Haddad".into()),
        name: "Omar al-Haddad".into(),
    };
    made.record
        .write_corrections(&[line(rename, 0)])
        .expect("written");
    let meta = Meta {
        version: "9.9".into(),
        measures: vec![Measure {
            what: "events".into(),
            figure: "F1 .42".into(),
            how: "two pages".into(),
        }],
        ..Meta::default()
    };
    let page = write(&made.record, &of_minister(), Form::Markdown, &meta).expect("a report");
    assert!(page.starts_with("# Omar al-Haddad\n"), "{page}");
    let corrections = section(&page, "Corrections applied");
    assert!(
        corrections.contains("1 of 1 correction to the record hold, made by A. Editor"),
        "{corrections}"
    );
    assert!(
        corrections.contains(
            "| name | Omar Haddad | Omar al-Haddad | A. Editor 2030-02-03 | see \\| the masthead |"
        ),
        "{corrections}"
    );
    assert!(section(&page, "Method and error").contains("| events | F1 .42 | two pages |"));
    assert!(section(&page, "Data card").contains("Report written by onrecord 9.9"));
}

#[test]
fn who_is_not_there_is_told() {
    let made = record_of(&[sample(1)]);
    let scope = |actor: Option<&str>, issue: Option<&str>| Scope {
        actor: actor.map(str::to_owned),
        issue: issue.map(str::to_owned),
        ..Scope::default()
    };
    let error = |scope: &Scope| {
        let done = write(&made.record, scope, Form::Html, &Meta::default());
        done.expect_err("an error").to_string()
    };
    assert!(error(&scope(Some("ac-0"), None)).contains("no actor has the id `ac-0`"));
    let told = error(&scope(None, Some("foreign")));
    assert!(
        told.contains("no position on `foreign`; it has some on: foreign-troops"),
        "{told}"
    );
    let near = near_actors(&made.record, "Omer Hadad", 3).expect("names");
    assert_eq!(
        near.first().map(|(_, name)| name.as_str()),
        Some("Omar Haddad")
    );
    assert!(
        near_actors(&made.record, "Zzyzx", 3)
            .expect("names")
            .is_empty()
    );
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let order = |numbers: [u32; 3]| {
        let samples: Vec<Sample> = numbers.into_iter().map(sample).collect();
        let made = record_of(&samples);
        [Form::Html, Form::Markdown].map(|form| report(&made, &Scope::default(), form))
    };
    assert_eq!(order([1, 2, 3]), order([3, 1, 2]));
}

#[test]
fn a_limit_holds() {
    let samples: Vec<Sample> = (1..9).map(sample).collect();
    let made = record_of(&samples);
    let scope = Scope {
        limit: 3,
        ..Scope::default()
    };
    let page = markdown(&made, &scope);
    let said = section(&page, "Key statements");
    assert_eq!(said.matches("(`st-").count(), 3, "{said}");
    assert!(
        said.contains("3 of 8 utterances, by date. Those that most outlets give go first"),
        "{said}"
    );
    let none = markdown(
        &made,
        &Scope {
            limit: 0,
            ..Scope::default()
        },
    );
    assert!(!none.contains("(`st-"));
}

#[test]
fn the_readme_has_measures() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
    let all = measures(&std::fs::read_to_string(readme).expect("the README"));
    for what in ["statements", "events", "where actors stand"] {
        let found = all.iter().find(|measure| measure.what == what);
        let found = found.unwrap_or_else(|| panic!("{what} in {all:?}"));
        assert!(
            !found.figure.is_empty() && !found.how.is_empty(),
            "{found:?}"
        );
    }
}

#[test]
fn what_people_judged_is_counted() {
    let mut made = record_of(&[sample(1), sample(2), sample(3)]);
    let events = made
        .record
        .table("events", &Default::default(), None)
        .expect("rows");
    let verdicts = [Verdict::Accepted, Verdict::Accepted, Verdict::Rejected];
    let mut lines = Vec::new();
    for (n, (row, verdict)) in events.iter().zip(verdicts).enumerate() {
        let id = row["event_id"].as_str().expect("an id");
        let on = made.record.anchor(id).expect("read").expect("a row");
        let change = Change::Judge { row: on, verdict };
        lines.push(Correction::of(
            change,
            "me",
            "2030-01-01T00:00:00Z",
            None,
            n,
        ));
    }
    made.record.write_corrections(&lines).expect("written");
    let page = markdown(&made, &Scope::default());
    let method = section(&page, "Method and error");
    assert!(
        method.contains("| events | 3 | 2 | 0 | 1 | 67 % (21 to 94 % with a confidence of 95 %) |"),
        "{method}"
    );
    let done = section(&page, "What was done");
    assert_eq!(done.matches(", accepted by a person)").count(), 2, "{done}");
    assert_eq!(
        done.matches("ASSAULT").count(),
        2,
        "what was rejected is not told"
    );
    assert!(
        section(&page, "In figures").contains("| looked at by a person | 2 |"),
        "{page}"
    );
}
