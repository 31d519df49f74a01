//! What pairs of articles are told to be.

use onrecord_lexicon::Lexicon;
use onrecord_model::{
    Direction, PartialDate, Pile, PileArticle, PileSentence, Reprint, ReprintKind,
};
use onrecord_reprints::{Texts, reprints};

const BODY: [&str; 8] = [
    "The harbour council met on Monday to talk about the bridge and its price.",
    "Nobody knew at first how many boats the flood had taken away from the quay.",
    "The mayor said that work would begin before the end of the year if the weather allowed.",
    "Fishermen from the lower village want a ferry in place of it, and have said so twice.",
    "A ferry would cost a third of the bridge but could not sail in winter, engineers found.",
    "He did not say why.",
    "The last bridge was carried off by ice forty years ago, together with two mills.",
    "A vote on the plan is expected when the council meets again after the harvest.",
];
const OTHER: [&str; 6] = [
    "Two schools in the highlands will close because too few children live near them.",
    "Parents drove to the capital with petitions and were not let into the ministry.",
    "The teachers' union called the decision hasty and asked for one more year.",
    "A bus will take the children to the next town, thirty minutes down the valley.",
    "The ministry answered that empty classrooms help no child and cost a great deal.",
    "In the next county four schools were merged last year without any protest at all.",
];

fn article(id: &str, day: Option<i8>, sentences: &[&str]) -> PileArticle {
    PileArticle {
        id: id.into(),
        publisher: Some(format!("The {id} Gazette")),
        published: day.and_then(|day| PartialDate::day(2030, 5, day)),
        sentences: sentences
            .iter()
            .enumerate()
            .map(|(n, text)| PileSentence {
                id: format!("{id}-{n}"),
                text: (*text).into(),
            })
            .collect(),
        ..PileArticle::default()
    }
}

fn read(articles: &[PileArticle]) -> Texts {
    let pile = Pile {
        articles: articles.to_vec(),
    };
    reprints(&pile, Lexicon::built_in())
}

fn one(articles: &[PileArticle]) -> Reprint {
    let found = read(articles);
    assert_eq!(found.reprints.len(), 1, "{:#?}", found.reprints);
    found.reprints[0].clone()
}

#[test]
fn a_text_on_two_pages_is_one_text() {
    let pile = [
        article("a", Some(3), &BODY),
        article("z", Some(1), &BODY),
        article("m", Some(1), &OTHER),
    ];
    let row = one(&pile);
    assert_eq!((row.article.as_str(), row.from.as_str()), ("a", "z"));
    assert_eq!(
        (row.kind, row.direction),
        (ReprintKind::Same, Direction::Date)
    );
    assert_eq!((row.share, row.share_of_from), (1.0, 1.0));
    let all: Vec<_> = (0..BODY.len())
        .map(|n| (format!("a-{n}"), format!("z-{n}")))
        .collect();
    assert_eq!(row.sentences, all, "the short sentence as well");
    let found = read(&pile);
    assert_eq!(found.same_text, [("a".to_owned(), "z".to_owned())]);
    assert_eq!(found.stories.len(), 1);
    assert_eq!(
        (found.stories[0].kind.as_str(), &found.stories[0].rows[..]),
        ("text", &["a".to_owned(), "z".to_owned()][..])
    );
    assert_eq!(
        found.stories[0].publishers,
        ["The a Gazette", "The z Gazette"]
    );
}

#[test]
fn a_brief_is_cut_from_the_whole_text() {
    let row = one(&[
        article("brief", Some(3), &BODY[..3]),
        article("whole", Some(3), &BODY),
    ]);
    assert_eq!(
        (row.article.as_str(), row.from.as_str()),
        ("brief", "whole")
    );
    assert_eq!(
        (row.kind, row.direction),
        (ReprintKind::Cut, Direction::Completeness)
    );
    assert_eq!(row.share, 1.0);
    assert!(row.share_of_from < 0.5);
}

#[test]
fn a_flash_that_came_first_is_extended_and_the_whole_text_stands_for_both() {
    let pile = [
        article("flash", Some(1), &BODY[..3]),
        article("whole", Some(3), &BODY),
    ];
    let row = one(&pile);
    assert_eq!(
        (row.article.as_str(), row.from.as_str()),
        ("whole", "flash")
    );
    assert_eq!(
        (row.kind, row.direction),
        (ReprintKind::Extended, Direction::Date)
    );
    assert_eq!(
        read(&pile).same_text,
        [("flash".to_owned(), "whole".to_owned())]
    );
}

#[test]
fn two_stories_made_one() {
    let both = [&BODY[..5], &OTHER[..5]].concat();
    let pile = [
        article("a", Some(1), &BODY),
        article("b", Some(1), &OTHER),
        article("m", Some(2), &both),
    ];
    let found = read(&pile);
    let told: Vec<_> = found
        .reprints
        .iter()
        .map(|r| (r.article.as_str(), r.from.as_str(), r.kind))
        .collect();
    assert_eq!(
        told,
        [
            ("m", "a", ReprintKind::Merged),
            ("m", "b", ReprintKind::Merged)
        ]
    );
    assert!(found.same_text.is_empty());
    assert!(
        found.stories.iter().all(|s| s.rows.len() == 2),
        "the sources stay two texts"
    );
}

#[test]
fn a_new_lead_and_a_word_changed_here_and_there() {
    let mut text = BODY.map(str::to_owned);
    text[0] =
        "Plans for a crossing divide the people of the estuary, from mill owners to pilots.".into();
    text[3] = text[3].replace("want a ferry", "demand a ferry");
    text[6] = text[6].replace("together with", "along with");
    let text: Vec<&str> = text.iter().map(String::as_str).collect();
    let row = one(&[article("a", Some(1), &BODY), article("b", Some(2), &text)]);
    assert_eq!(row.kind, ReprintKind::Edited);
    let carried: Vec<&str> = row.sentences.iter().map(|(a, _)| a.as_str()).collect();
    assert_eq!(carried, ["b-1", "b-2", "b-3", "b-4", "b-5", "b-6", "b-7"]);
}

#[test]
fn a_sentence_with_another_number_or_name_tells_something_else() {
    let mut text = BODY.map(str::to_owned);
    text[1] =
        "Nobody knew at first how many of the 40 boats the flood had taken away from the quay."
            .into();
    let mut later = text.clone();
    later[1] = later[1].replace("40", "52");
    let [text, later] = [&text, &later].map(|t| t.iter().map(String::as_str).collect::<Vec<_>>());
    let row = one(&[article("a", Some(1), &text), article("b", Some(2), &later)]);
    assert!(row.sentences.iter().all(|(a, _)| a != "b-1"), "{row:#?}");
    assert_eq!(row.sentences.len(), BODY.len() - 1);
}

#[test]
fn some_sentences_of_background_are_partial() {
    let recap = [&OTHER[..4], &BODY[6..]].concat();
    let row = one(&[article("a", Some(1), &BODY), article("b", Some(3), &recap)]);
    assert_eq!(row.kind, ReprintKind::Partial);
    assert_eq!(row.sentences.len(), 2);
    let found = read(&[article("a", Some(1), &BODY), article("b", Some(3), &recap)]);
    assert!(found.same_text.is_empty() && found.stories.is_empty());
}

#[test]
fn one_speech_quoted_by_two_is_no_reprint() {
    let speech = "“We will build this bridge with our own hands and our own money, and nobody who lives on the far bank shall ever again wait for the ice to go before a doctor comes,” he said.";
    let a = [BODY[0], BODY[1], speech, BODY[2]];
    let b = [OTHER[0], speech, OTHER[1], OTHER[2]];
    assert!(
        read(&[article("a", Some(1), &a), article("b", Some(1), &b)])
            .reprints
            .is_empty()
    );
}

#[test]
fn far_apart_in_time_only_whole_texts_count() {
    let far = |sentences: &[&str]| {
        let mut made = article("b", Some(1), sentences);
        made.published = PartialDate::day(2031, 5, 1);
        made
    };
    let whole = one(&[article("a", Some(1), &BODY), far(&BODY)]);
    assert_eq!(whole.kind, ReprintKind::Same);
    let recap = [&OTHER[..4], &BODY[6..]].concat();
    assert!(
        read(&[article("a", Some(1), &BODY), far(&recap)])
            .reprints
            .is_empty()
    );
}

#[test]
fn the_wire_is_named_where_it_is_printed_and_gives_the_direction() {
    let mut text = BODY.map(str::to_owned);
    text[0] = format!("FERRYPOST, May 3 (Reuters) - {}", text[0]);
    let text: Vec<&str> = text.iter().map(String::as_str).collect();
    let row = one(&[article("a", Some(3), &BODY), article("b", Some(3), &text)]);
    assert_eq!(row.wire.as_deref(), Some("Reuters"));
    assert_eq!(
        row.direction,
        Direction::Unknown,
        "both may have it from the wire"
    );

    let mut wire = article("w", Some(4), &BODY);
    wire.publisher = Some("Reuters".into());
    let row = one(&[article("a", Some(3), &text), wire]);
    assert_eq!((row.article.as_str(), row.from.as_str()), ("a", "w"));
    assert_eq!(row.direction, Direction::Credit);

    let mut author = article("b", None, &BODY);
    author.author = Some("Staff, Agencies".into());
    let row = one(&[article("a", None, &BODY), author]);
    assert_eq!(row.wire.as_deref(), Some("agencies"));
    let none = one(&[article("a", None, &BODY), article("b", None, &BODY)]);
    assert_eq!((none.wire, none.direction), (None, Direction::Unknown));
}

#[test]
fn a_thousand_copies_cost_a_thousand_comparisons() {
    let pile: Vec<PileArticle> = (0..1_000)
        .map(|n| article(&format!("a{n:04}"), Some(1 + n as i8 % 5), &BODY))
        .collect();
    let found = read(&pile);
    assert_eq!(found.same_text.len(), 999);
    assert_eq!(found.stories[0].rows.len(), 1_000);
    assert_eq!(found.reprints.len(), 999);
}

#[test]
fn a_wire_of_the_users_lexicon() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/lexicon");
    let lexicon = Lexicon::with_folder(&folder).expect("the examples' lexicon");
    let mut text = BODY.map(str::to_owned);
    text[0] = format!("KELMET (CWS) — {}", text[0]);
    let text: Vec<&str> = text.iter().map(String::as_str).collect();
    let mut wire = article("wire", Some(3), &text);
    wire.publisher = Some("Continental Wire Service".into());
    let pile = Pile {
        articles: vec![wire, article("paper", Some(3), &BODY[..6])],
    };
    let found = reprints(&pile, &lexicon);
    let row = &found.reprints[0];
    assert_eq!((row.article.as_str(), row.from.as_str()), ("paper", "wire"));
    assert_eq!(
        (row.kind, row.direction),
        (ReprintKind::Cut, Direction::Credit)
    );
    assert_eq!(row.wire.as_deref(), Some("Continental Wire Service"));
    assert_eq!(reprints(&pile, Lexicon::built_in()).reprints[0].wire, None);
}
