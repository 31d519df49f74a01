//! Full-text search: words, spellings, marks, order, rows.
#![allow(clippy::disallowed_methods)] // tests make files

mod common;

use common::{MINISTER, Sample, actor_id, empty, put, reading, reading_of, record_of};
use onrecord_record::{Filter, Found, Hit, Record, RecordError, Search};
use proptest::prelude::*;

fn of(words: &str) -> Search {
    Search {
        words: words.to_owned(),
        ..Search::default()
    }
}

fn find(record: &Record, words: &str) -> Vec<Hit> {
    record.search(&of(words)).expect("found").all
}

fn samples(count: u32) -> Vec<Sample> {
    let sample = |number| Sample {
        number,
        ..Sample::default()
    };
    (1..=count).map(sample).collect()
}

#[test]
fn searches_follow_the_rows() {
    let mut made = record_of(&[Sample::default()]);
    let found = find(&made.record, "haddad leave");
    assert_eq!(found.len(), 1);
    assert!(found[0].text.contains("never leave"));
    let found = find(&made.record, "troops");
    assert_eq!(found.len(), 2, "a sentence and a title");
    assert!(found.iter().any(|hit| hit.n.is_none()));
    let by_actor = Search {
        filter: Filter::default().actor(actor_id(MINISTER)),
        ..of("troops")
    };
    assert_eq!(made.record.search(&by_actor).expect("found").all.len(), 1);
    let mut again = reading(&Sample::default());
    again.articles[0].sentences.truncate(1);
    again.articles[0].article.title = None;
    let a = &mut again.articles[0];
    a.mentions.clear();
    (a.events, a.positions, a.framings) = Default::default();
    put(&mut made, &again);
    assert!(find(&made.record, "troops").is_empty());
    made.record.check().expect("sound");
    assert!(made.record.remove_page(&again.page.id).expect("removed"));
    assert!(find(&made.record, "leave").is_empty());
    made.record.check().expect("sound");
    assert!(find(&empty().record, "x").is_empty());
}

#[test]
fn words_phrases_and_what_must_not_be_there() {
    let made = record_of(&samples(2));
    for (words, count) in [
        ("shelled port", 2),
        ("\"shelled port\"", 0),
        ("\"shelled the port\"", 2),
        ("port -shelled", 0),
        ("port -leave", 2),
        ("porto OR shelled", 4),
        ("shell*", 2),
        ("Névo", 2),
        ("nevo", 2),
        ("\"day 2\"", 1),
        ("number NEAR(port) text:port ^port", 0),
    ] {
        assert_eq!(find(&made.record, words).len(), count, "{words}");
        let counted = made.record.search_count(None, &of(words)).expect("counted");
        assert_eq!(counted.all, count as u64, "{words}");
    }
    for (words, told) in [("?!", "no word"), ("-port", "must")] {
        let error = made.record.search(&of(words)).expect_err("nothing to find");
        assert!(matches!(error, RecordError::Filter { .. }), "{error}");
        assert!(error.to_string().contains(told), "{error}");
    }
}

#[test]
fn marks_stand_on_the_words() {
    let made = record_of(&samples(1));
    let marked = |words: &str| -> Vec<String> {
        let hits = find(&made.record, words);
        let [hit] = hits.as_slice() else {
            panic!("{words}: {hits:?}")
        };
        let cut = |(start, end): &(usize, usize)| {
            hit.text.chars().skip(*start).take(end - start).collect()
        };
        hit.marks.iter().map(cut).collect()
    };
    assert_eq!(marked("leave nevo"), ["leave", "Névo"]);
    assert_eq!(marked("\"never leave porto\""), ["never leave Porto"]);
    assert_eq!(marked("guards -leave"), ["guards"]);
    assert_eq!(marked("número"), ["número"]);
}

/// Two pages that spell one minister in two ways.
fn two_spellings() -> common::Made {
    let mut made = empty();
    for (number, minister) in [(1, "Omar Ḥaddad"), (2, "Umar al-Hadad")] {
        let sample = Sample {
            number,
            minister,
            ..Sample::default()
        };
        put(&mut made, &reading(&sample));
    }
    made
}

#[test]
fn a_name_finds_the_other_spellings_of_its_actor() {
    let made = two_spellings();
    for words in [
        "omar haddad",
        "\"Umar al-Hadad\"",
        "UMAR AL HADAD",
        "said -xyz Omar Haddad",
    ] {
        let found: Found<Vec<Hit>> = made.record.search(&of(words)).expect("found");
        assert_eq!(found.all.len(), 2, "{words}");
        let [spelling] = found.spellings.as_slice() else {
            panic!("{words}: {:?}", found.spellings)
        };
        assert_eq!(spelling.actors[0].0, actor_id(MINISTER));
        assert_eq!(spelling.also.len(), 1, "{spelling:?}");
        let exact = Search {
            exact: true,
            ..of(words)
        };
        let found = made.record.search(&exact).expect("found");
        assert_eq!((found.all.len(), found.spellings.len()), (1, 0), "{words}");
    }
    // What is excluded is excluded in all spellings.
    assert!(find(&made.record, "leave -\"omar haddad\"").is_empty());
    // A word of a name is no name.
    assert_eq!(find(&made.record, "omar").len(), 1);
}

#[test]
fn a_name_of_two_actors_is_left_as_it_is() {
    let mut made = two_spellings();
    let other = Sample {
        number: 3,
        ..Sample::default()
    };
    put(&mut made, &reading_of(&other, "another", "Omar Ḥaddad"));
    let found = made.record.search(&of("omar haddad")).expect("found");
    assert_eq!(found.all.len(), 2);
    assert_eq!(found.spellings[0].actors.len(), 2);
    assert!(found.spellings[0].also.is_empty());
}

#[test]
fn the_best_then_the_newest_and_the_order_of_pages_does_not_matter() {
    let mut dated = Vec::new();
    for (number, year) in [(1, 2014), (2, 2016), (3, 2015)] {
        let mut reading = reading(&Sample {
            number,
            ..Sample::default()
        });
        reading.articles[0].article.published = onrecord_model::PartialDate::year(year);
        dated.push(reading);
    }
    dated[0].articles[0].article.published = None;
    let (mut one, mut other) = (empty(), empty());
    for reading in &dated {
        put(&mut one, reading);
    }
    for reading in dated.iter().rev() {
        put(&mut other, reading);
    }
    let years = |record: &Record, words: &str, newest| -> Vec<Option<String>> {
        let search = Search {
            newest,
            ..of(words)
        };
        let found = record.search(&search).expect("found");
        found.all.into_iter().map(|hit| hit.published).collect()
    };
    let order = ["2016", "2015"].map(|year| Some(year.to_owned()));
    let order = [order.to_vec(), vec![None]].concat();
    for record in [&one.record, &other.record] {
        assert_eq!(years(record, "shelled", false), order);
        assert_eq!(years(record, "shelled", true), order);
        // "day 1" is undated, and best for its number.
        let best = years(record, "\"day 1\" OR leave", false);
        assert_eq!(best[0], None);
        assert_eq!(years(record, "\"day 1\" OR leave", true), order);
        let both: Vec<Hit> = find(record, "troops OR port");
        assert_eq!(both.len(), 9);
    }
    let ids = |record: &Record| -> Vec<String> {
        let hits = find(record, "troops OR port");
        hits.into_iter().map(|hit| hit.row_id).collect()
    };
    assert_eq!(ids(&one.record), ids(&other.record));
}

#[test]
fn rows_that_rest_on_the_sentences() {
    let made = record_of(&samples(2));
    let rows = |table: &str, words: &str, filter: Filter| {
        let search = Search {
            filter,
            ..of(words)
        };
        let found = made.record.search_rows(table, &search).expect("found").all;
        let counted = made.record.search_count(Some(table), &search);
        assert_eq!(
            counted.expect("counted").all,
            found.len() as u64,
            "{table} {words}"
        );
        found.len()
    };
    let all = Filter::default;
    for (table, words, filter, count) in [
        ("statements", "leave", all(), 2),
        ("statements", "leave", all().equal("kind", "indirect"), 0),
        ("statements", "shelled", all(), 0),
        ("statements", "\"day 2\"", all(), 1),
        ("events", "shelled", all().actor(actor_id(MINISTER)), 2),
        (
            "events",
            "shelled",
            all()
                .actor(actor_id(MINISTER))
                .with(actor_id("ironside-guards")),
            2,
        ),
        ("events", "shelled", all().actor(actor_id("nobody")), 0),
        ("positions", "troops", all().equal("stance", "oppose"), 2),
        ("positions", "troops", all().equal("stance", "support"), 0),
        ("outlooks", "leave", all().since("2014"), 2),
        ("framings", "\"so called\"", all().outlet("narnian"), 2),
        ("framings", "\"so called\"", all().outlet("herald"), 0),
        ("mentions", "haddad", all().equal("kind", "name"), 2),
        ("relations", "haddad", all(), 2),
    ] {
        assert_eq!(rows(table, words, filter), count, "{table} {words}");
    }
    let sure = Filter {
        min_confidence: Some(0.5),
        ..Filter::default()
    };
    assert_eq!(rows("events", "shelled", sure.clone()), 0);
    assert_eq!(rows("statements", "leave", sure), 2);
    let reviewed = Filter {
        reviewed: Some(true),
        ..Filter::default()
    };
    assert_eq!(rows("statements", "leave", reviewed), 0);
    let one = Search {
        limit: Some(1),
        ..of("leave")
    };
    assert_eq!(
        made.record
            .search_rows("statements", &one)
            .expect("found")
            .all
            .len(),
        1
    );
    for table in ["runs", "stories", "sentences"] {
        let error = made
            .record
            .search_rows(table, &of("leave"))
            .expect_err("no sentences");
        assert!(error.to_string().contains("statements"), "{error}");
    }
}

#[test]
fn common_words_come_newest_first_whatever_filters_say() {
    let mut made = empty();
    let mut page = reading(&Sample::default());
    // One article with more texts than are compared with one another, and two small ones.
    let (text, mut sentences) = (String::from("War. "), Vec::new());
    let text = text.repeat(10_050);
    for n in 0..10_050 {
        let span = onrecord_model::Span::new(n * 5, n * 5 + 4);
        sentences.push(onrecord_model::Sentence {
            id: onrecord_model::id_of("se", &["big", &n.to_string()]),
            n,
            span,
            ..page.articles[0].sentences[0].clone()
        });
    }
    page.page.text = text.clone();
    let mut article = onrecord_model::Article::new(page.page.id.clone(), 1, text);
    article.published = onrecord_model::PartialDate::year(2001);
    page.articles = vec![onrecord_model::ArticleReading::new(article)];
    page.articles[0].sentences = sentences;
    put(&mut made, &page);
    let mut small = reading(&Sample {
        number: 2,
        ..Sample::default()
    });
    small.articles[0].article.title = Some("War and troops".to_owned());
    put(&mut made, &small);
    let search = Search {
        limit: Some(3),
        ..of("war")
    };
    let found = made.record.search(&search).expect("found");
    assert!(found.too_many);
    assert_eq!(found.all[0].title.as_deref(), Some("War and troops"));
    assert_eq!((found.all[1].n, found.all[2].n), (Some(0), Some(1)));
    for (filter, count) in [
        (Filter::default(), 10_051),
        (Filter::default().since("2010"), 1),
        (Filter::default().until("2010"), 10_050),
        (Filter::default().outlet("post"), 1),
        (Filter::default().actor(actor_id(MINISTER)), 0),
    ] {
        let search = Search {
            filter,
            ..of("war")
        };
        let counted = made.record.search_count(None, &search).expect("counted");
        assert_eq!(counted.all, count, "{:?}", search.filter);
    }
    for (table, words, count) in [
        ("statements", "war OR leave", 1),
        ("statements", "war OR shelled", 0),
        ("positions", "war OR troops", 1),
        ("framings", "war OR \"so called\"", 1),
    ] {
        let rows = made.record.search_rows(table, &of(words)).expect("found");
        assert_eq!(rows.all.len(), count, "{table} {words}");
        assert!(rows.too_many);
    }
    made.record.check().expect("sound");
}

#[test]
fn the_sentences_around_one() {
    let made = record_of(&samples(1));
    let hit = find(&made.record, "shelled").remove(0);
    let around = made.record.around(&hit.article_id, 1, 1).expect("read");
    assert!(around.0[0].contains("never leave") && around.1[0].contains("troops out"));
    let around = made.record.around(&hit.article_id, 0, 5).expect("read");
    assert_eq!((around.0.len(), around.1.len()), (0, 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_is_typed_is_searched_for_or_refused_in_words(words in any_words()) {
        thread_local! {
            static MADE: common::Made = two_spellings();
        }
        MADE.with(|made| match made.record.search(&of(&words)) {
            Ok(_) => Ok(()),
            Err(RecordError::Filter { what, .. }) => {
                prop_assert!(!what.contains("fts5") && !what.contains("syntax"), "{what}");
                Ok(())
            }
            Err(error) => Err(TestCaseError::fail(error.to_string())),
        })?;
    }
}

/// Anything at all, and pieces that mean something to search engines.
fn any_words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("OR".to_owned()),
        Just("AND".to_owned()),
        Just("NOT".to_owned()),
        Just("NEAR(".to_owned()),
        Just("\"".to_owned()),
        Just("*".to_owned()),
        Just("-".to_owned()),
        Just("(".to_owned()),
        Just("^".to_owned()),
        Just("text:".to_owned()),
        Just("omar haddad".to_owned()),
        Just("\0".to_owned()),
        Just("{a b}:".to_owned()),
        Just("+".to_owned()),
        Just("ٱلْ".to_owned()),
        ".{0,6}",
    ];
    (proptest::collection::vec(piece, 0..9), any::<bool>())
        .prop_map(|(pieces, apart)| pieces.join(if apart { " " } else { "" }))
}

#[test]
fn rare_rows_among_very_many_texts_are_found_in_order_and_once() {
    let mut pages: Vec<_> = (1..=206)
        .map(|number| {
            reading(&Sample {
                number,
                more: 30,
                ..Sample::default()
            })
        })
        .collect();
    // All have one date: their order is that of their ids. One stands before the bound up to
    // which articles are looked through, the others after it.
    pages.sort_by(|a, b| a.articles[0].article.id.cmp(&b.articles[0].article.id));
    let mut wanted = Vec::new();
    for at in [7, 203, 205] {
        let position = &mut pages[at].articles[0].positions[0];
        (position.sentence, position.issue) = (3, "the ferry".to_owned());
        wanted.push(position.id.clone());
    }
    let mut made = empty();
    pages.iter().for_each(|page| put(&mut made, page));
    // In more texts than are compared, in some thousand, and in a few.
    for (words, texts) in [
        ("troops", 6592),
        ("guarded", 1236),
        ("guarded \"post 0\"", 206),
    ] {
        for limit in [None, Some(2), Some(20)] {
            let search = Search {
                filter: Filter::default().equal("issue", "The Ferry"),
                newest: true,
                limit,
                ..of(words)
            };
            let all = made
                .record
                .search_count(None, &of(words))
                .expect("a number");
            assert_eq!(all.all, texts);
            let found = made.record.search_rows("positions", &search).expect("rows");
            let ids: Vec<&str> = found
                .all
                .iter()
                .filter_map(|r| r["position_id"].as_str())
                .collect();
            let most = limit.map_or(3, |limit| wanted.len().min(limit as usize));
            assert_eq!(ids, wanted[..most], "{words} {limit:?}");
        }
    }
}
