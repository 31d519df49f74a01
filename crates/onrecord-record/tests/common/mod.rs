//! Readings made by hand.
#![allow(dead_code)]

use onrecord_model::{
    Actor, ActorKind, Article, ArticleReading, Confidence, DateSource, Declared, Event,
    EventStatus, EventType, Evidence, Framing, MediaType, Mention, MentionKind, Note, Outcome,
    Outlook, OutlookType, Page, PartialDate, Place, Position, Predicate, Reading, Relation, Role,
    Segment, Sentence, SourceKind, Span, Stance, Statement, StatementKind, Tone, Voice, id_of,
    sha256_hex,
};
use onrecord_record::{Record, RunConfig};

/// What differs between the pages of a pile.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Stands in the text, so that pages with another number have other ids.
    pub number: u32,
    /// How the page spells the minister.
    pub minister: &'static str,
    /// How the page words the minister's office; `None` leaves it out.
    pub office: Option<&'static str>,
    /// The country it gives him.
    pub country: Option<&'static str>,
    /// How many sentences the page has beside the three; each fifth has the word "guarded".
    pub more: u32,
}

impl Default for Sample {
    fn default() -> Sample {
        Sample {
            number: 1,
            minister: "Omar Ḥaddad",
            office: Some("Defence Minister"),
            country: Some("NAR"),
            more: 0,
        }
    }
}

pub const MINISTER: &str = "omar-haddad";

pub fn actor_id(key: &str) -> String {
    id_of("ac", &[key])
}

/// A page with one article of three sentences and a row in every table of pages.
pub fn reading(sample: &Sample) -> Reading {
    let number = sample.number;
    let minister = sample.minister;
    let title = format!("Troops – and número {number}");
    let first = format!("“We will never leave Porto Névo,” {minister} said on day {number}.");
    let second = "The so-called Ironside guards shelled the port on 3 May 2014.";
    let third = "He wants the foreign troops out by the end of the year.";
    let verb = |n: u32| {
        if n.is_multiple_of(5) {
            "guarded"
        } else {
            "held"
        }
    };
    let more: Vec<String> = (0..sample.more)
        .map(|n| format!("Troops {} post {n}.", verb(n)))
        .collect();
    let mut body = format!("{first} {second}\n\n{third}");
    for sentence in &more {
        body.push_str(&format!("\n\n{sentence}"));
    }
    let text = format!("Ménu | Share\n{title}\n{body}\nLeave a reply\n");
    let sha256 = sha256_hex(text.as_bytes());
    let page = Page {
        id: id_of("pg", &[&sha256]),
        uri: format!("pages/{number}.txt"),
        sha256,
        media_type: MediaType::Text,
        bytes: text.len() as u64,
        encoding: "UTF-8".to_owned(),
        declared: Declared::default(),
        text,
    };
    let mut article = Article::new(page.id.clone(), 1, body);
    article.title = Some(title);
    article.publisher = Some("The Narnian Post".to_owned());
    article.published = PartialDate::day(2014, 5, 9);
    article.published_from = Some(DateSource::Byline);
    article.language = Some("en".to_owned());
    let start = page
        .text
        .find(&article.text)
        .expect("the body stands on the page");
    let whole = Span::new(0, article.text.len());
    article.segments = vec![Segment {
        text: whole,
        page_start: start,
    }];
    let mut a = ArticleReading::new(article);
    let mut all = vec![first.as_str(), second, third];
    all.extend(more.iter().map(String::as_str));
    sentences(&mut a, &all);
    rows(&mut a, sample);
    a.notes = vec![Note::info("short", "", "The article is short.")];
    let notes = vec![Note::partly("cut", "line 9", "The page breaks off.")];
    Reading {
        page,
        lines: Vec::new(),
        articles: vec![a],
        notes,
    }
}

/// The place of `words` in the article's text.
fn find(a: &ArticleReading, words: &str) -> Span {
    let start = a
        .article
        .text
        .find(words)
        .unwrap_or_else(|| panic!("`{words}` is in the text"));
    Span::new(start, start + words.len())
}

fn sentences(a: &mut ArticleReading, texts: &[&str]) {
    for (n, text) in texts.iter().enumerate() {
        let span = find(a, text);
        let parts = [span.start.to_string(), span.end.to_string()];
        let id = id_of("se", &[&a.article.id, &parts[0], &parts[1]]);
        a.sentences.push(Sentence {
            words: Vec::new(),
            names: Vec::new(),
            mentions: Vec::new(),
            vectors: Vec::new(),
            id,
            n,
            span,
            paragraph: n.saturating_sub(1),
            tokens: Vec::new(),
        });
    }
}

fn rows(a: &mut ArticleReading, sample: &Sample) {
    let article = a.article.id.clone();
    let id = move |prefix: &str, what: &str| id_of(prefix, &[&article, what]);
    let (minister, guards) = (actor_id(MINISTER), actor_id("ironside-guards"));
    let sure = Confidence::percent(85);
    let made_by = || "rule:test.hand".to_owned();
    let mention =
        |a: &ArticleReading, n: usize, words: &str, kind, actor: Option<&String>| Mention {
            id: id("me", words),
            sentence: n,
            span: find(a, words),
            kind,
            actor: actor.cloned(),
            made_by: made_by(),
            confidence: sure,
        };
    a.mentions = vec![
        mention(a, 0, sample.minister, MentionKind::Name, Some(&minister)),
        mention(a, 1, "Ironside guards", MentionKind::Name, Some(&guards)),
        mention(a, 2, "He", MentionKind::Pronoun, Some(&minister)),
        mention(a, 2, "the foreign troops", MentionKind::Description, None),
    ];
    let known = Role {
        title: "member of parliament".to_owned(),
        of: Some("Narnian parliament".to_owned()),
        from: Some("2010".to_owned()),
        to: None,
        sentence_id: None,
    };
    let from_text = sample.office.map(|title| Role {
        title: title.to_owned(),
        of: None,
        from: None,
        to: None,
        sentence_id: Some(a.sentences[0].id.clone()),
    });
    a.actors = vec![
        Actor {
            id: minister.clone(),
            name: "Omar Haddad".to_owned(),
            kind: ActorKind::Person,
            named: true,
            country: sample.country.map(str::to_owned),
            sectors: vec!["GOV".to_owned(), "MIL".to_owned()],
            aliases: vec![sample.minister.to_owned()],
            roles: [known].into_iter().chain(from_text).collect(),
            wikidata: None,
        },
        Actor {
            id: guards.clone(),
            name: "Ironside Guards".to_owned(),
            kind: ActorKind::Military,
            named: true,
            country: None,
            sectors: vec!["PRM".to_owned()],
            aliases: vec!["Ironside guards".to_owned()],
            roles: Vec::new(),
            wikidata: Some("Q1".to_owned()),
        },
    ];
    a.relations = vec![Relation {
        id: id("re", "opposes"),
        subject: minister.clone(),
        predicate: Predicate::Opposes,
        object: guards.clone(),
        sentence: 0,
        date: None,
    }];
    let port = Place {
        id: id_of("pl", &["Porto Névo"]),
        name: "Porto Névo".to_owned(),
        kind: "city".to_owned(),
        country: Some("NAR".to_owned()),
        admin1: None,
        lat: Some(-3.25),
        lon: Some(41.5),
        precision: "exact".to_owned(),
        geonames: Some(12),
    };
    let statement = Statement {
        id: id("st", "said"),
        sentences: vec![0],
        sentence: 0,
        speaker: Some(minister.clone()),
        speaker_span: Some(find(a, sample.minister)),
        cue: Some(find(a, "said")),
        content: vec![find(a, "“We will never leave Porto Névo,”")],
        kind: StatementKind::Direct,
        addressee: None,
        via: vec![guards.clone()],
        nested_in: None,
        negated: false,
        source_kind: SourceKind::Named,
        date: PartialDate::month(2014, 5),
        made_by: made_by(),
        confidence: sure,
    };
    let event = Event {
        id: id("ev", "shelled"),
        sentence: 1,
        trigger: find(a, "shelled"),
        actor_spans: vec![find(a, "Ironside guards")],
        recipient_spans: vec![find(a, "the port")],
        event_type: EventType::Assault,
        mode: Some("aerial".to_owned()),
        quad: 4,
        intensity: -95,
        cameo: Some("194".to_owned()),
        actors: vec![guards.clone()],
        recipients: vec![minister.clone()],
        place: Some(port.id.clone()),
        date: PartialDate::day(2014, 5, 3),
        status: EventStatus::Actual,
        attributed_to: None,
        statement: Some(statement.id.clone()),
        made_by: made_by(),
        confidence: Confidence::percent(7),
    };
    a.positions = vec![Position {
        id: id("po", "troops"),
        issue: "foreign-troops".to_owned(),
        actor: minister.clone(),
        stance: Stance::Oppose,
        scope: None,
        date: PartialDate::year(2014),
        according_to: None,
        evidence: Evidence::Statement(statement.id.clone()),
        sentence: 2,
        made_by: made_by(),
        confidence: sure,
    }];
    a.outlooks = vec![Outlook {
        id: id("ou", "leave"),
        actor: minister.clone(),
        outlook_type: OutlookType::Promise,
        content: find(a, "We will never leave Porto Névo,"),
        sentence: 0,
        statement: Some(statement.id.clone()),
        made: PartialDate::day(2014, 5, 9),
        horizon: Some(find(a, "never")),
        outcome: Outcome::Open,
        outcome_sentences: Vec::new(),
        outcome_note: None,
    }];
    a.framings = vec![Framing {
        id: id("fr", "so-called"),
        sentence: 1,
        actor: guards,
        label: find(a, "so-called"),
        voice: Voice::Narrator,
        tone: Tone::Negative,
    }];
    a.places = vec![port];
    a.statements = vec![statement];
    a.events = vec![event];
}

pub fn config() -> RunConfig {
    RunConfig {
        version: "0.1.0".to_owned(),
        lexicon_sha256: sha256_hex(b"lexicon"),
        weights_sha256: None,
        settings: r#"{"language": "en", "a": [1]}"#.to_owned(),
        started: "2030-01-01T00:00:00Z".to_owned(),
    }
}

/// A record in a folder of its own.
pub struct Made {
    pub folder: tempfile::TempDir,
    pub record: Record,
    pub run: String,
}

/// An empty record with a run begun.
pub fn empty() -> Made {
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = Record::open(&folder.path().join("r.onrecord")).expect("a new record");
    let run = record.begin_run(&config()).expect("a run");
    Made {
        folder,
        record,
        run,
    }
}

/// A record of these pages, in this order.
pub fn record_of(samples: &[Sample]) -> Made {
    let mut place = empty();
    for sample in samples {
        write(&mut place, sample);
    }
    place
}

pub fn write(place: &mut Made, sample: &Sample) {
    let run = place.run.clone();
    place
        .record
        .write_page(&reading(sample), &run, "f1", "2030-01-01T00:00:01Z")
        .expect("a page is written");
}

/// Every table as it lists, for comparison.
pub fn everything(record: &Record) -> Vec<(String, onrecord_record::Rows)> {
    let all = onrecord_record::TABLES.iter().map(|table| {
        let rows = record
            .table(table.name, &Default::default(), None)
            .expect("rows");
        (table.name.to_owned(), rows)
    });
    all.collect()
}

/// As [`reading`], with the minister under another actor id, and an actor in every column
/// that can hold one.
pub fn reading_of(sample: &Sample, key: &str, name: &str) -> Reading {
    let mut reading = reading(sample);
    let (old, new) = (actor_id(MINISTER), actor_id(key));
    let a = &mut reading.articles[0];
    let swap = |id: &mut String| {
        if *id == old {
            id.clone_from(&new);
        }
    };
    a.actors.iter_mut().for_each(|actor| swap(&mut actor.id));
    a.actors[0].name = name.to_owned();
    let mentions = a.mentions.iter_mut().filter_map(|m| m.actor.as_mut());
    mentions.for_each(swap);
    for relation in &mut a.relations {
        swap(&mut relation.subject);
        swap(&mut relation.object);
    }
    for statement in &mut a.statements {
        statement.speaker.iter_mut().for_each(swap);
        statement.addressee = Some(new.clone());
        statement.via.push(new.clone());
    }
    for event in &mut a.events {
        event.recipients.iter_mut().for_each(swap);
        event.actors.push(new.clone());
        event.attributed_to = Some(new.clone());
    }
    for position in &mut a.positions {
        swap(&mut position.actor);
        position.according_to = Some(new.clone());
    }
    a.outlooks.iter_mut().for_each(|o| swap(&mut o.actor));
    for framing in &mut a.framings {
        framing.actor.clone_from(&new);
        framing.voice = Voice::Actor(new.clone());
    }
    reading
}

/// Writes a page into a record of its run.
pub fn put(made: &mut Made, reading: &Reading) {
    let run = made.run.clone();
    made.record
        .write_page(reading, &run, "f", "t")
        .expect("written");
}
