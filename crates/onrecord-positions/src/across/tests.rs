use onrecord_lexicon::Lexicon;
use onrecord_model::{
    DisagreementKind, Outcome, PartialDate, Pile, PileArticle, PileEvent, PileOutlook,
    PileSentence, PileStatement,
};

use super::across;

fn article(id: &str, date: Option<(i16, i8, i8)>, sentences: &[&str]) -> PileArticle {
    PileArticle {
        id: id.into(),
        published: date.and_then(|(y, m, d)| PartialDate::day(y, m, d)),
        publisher: Some(format!("The {id} Gazette")),
        sentences: sentences
            .iter()
            .enumerate()
            .map(|(n, text)| PileSentence {
                id: format!("{id}-s{n}"),
                text: (*text).into(),
            })
            .collect(),
        ..PileArticle::default()
    }
}

fn statement(article: &mut PileArticle, n: usize, speaker: Option<&str>, content: &str) {
    article.statements.push(PileStatement {
        id: format!("{}-st{n}", article.id),
        sentences: vec![format!("{}-s{n}", article.id)],
        speaker: speaker.map(Into::into),
        content: vec![content.into()],
        direct: content.starts_with('“'),
        date: None,
    });
}

fn read(articles: Vec<PileArticle>) -> onrecord_model::Across {
    across(&Pile { articles }, Lexicon::built_in())
}

const LONG: &str =
    "“We shall rebuild the bridge over the river before the winter comes, whatever it costs.”";

#[test]
fn one_utterance_on_two_pages() {
    let mut a = article("a", Some((2030, 5, 1)), &["x"]);
    let mut b = article("b", Some((2030, 5, 2)), &["x", "y"]);
    statement(&mut a, 0, Some("mayor"), LONG);
    statement(
        &mut b,
        0,
        None,
        "the city would \"rebuild the bridge over the river before the winter comes\"",
    );
    statement(
        &mut b,
        1,
        Some("mayor"),
        "something else was said about the price of bread in town",
    );
    let found = read(vec![b, a]);
    assert_eq!(found.stories.len(), 1);
    let story = &found.stories[0];
    assert_eq!((story.kind.as_str(), story.rows.len()), ("utterance", 2));
    assert_eq!(story.publishers, ["The a Gazette", "The b Gazette"]);
    assert_eq!(story.first, PartialDate::day(2030, 5, 1));
}

#[test]
fn the_same_words_of_two_speakers_are_two_utterances() {
    let mut a = article("a", None, &["x"]);
    let mut b = article("b", None, &["x"]);
    statement(&mut a, 0, Some("mayor"), LONG);
    statement(&mut b, 0, Some("minister"), LONG);
    assert!(read(vec![a, b]).stories.is_empty());
}

#[test]
fn a_quotation_within_a_quotation_is_no_story() {
    let mut a = article("a", None, &["x"]);
    statement(&mut a, 0, Some("mayor"), LONG);
    statement(&mut a, 0, None, LONG);
    a.statements[1].id = "other".into();
    assert!(read(vec![a]).stories.is_empty());
}

fn raid(article: &mut PileArticle, day: i8, actor: &str) {
    article.events.push(PileEvent {
        id: format!("{}-ev", article.id),
        sentence: format!("{}-s0", article.id),
        event_type: "ASSAULT".into(),
        actors: vec![actor.into()],
        recipients: vec!["town".into()],
        place: Some("pl-1".into()),
        date: PartialDate::day(2030, 5, day),
        status: "actual".into(),
        ..PileEvent::default()
    });
}

#[test]
fn one_event_on_two_pages() {
    let make = |id: &str, day, actor: &str| {
        let mut made = article(id, None, &["A raid hit the town."]);
        raid(&mut made, day, actor);
        made
    };
    let found = read(vec![
        make("a", 1, "north"),
        make("b", 1, "north"),
        make("c", 2, "north"),
        make("d", 1, "south"),
    ]);
    assert_eq!(found.stories.len(), 1);
    assert_eq!(found.stories[0].rows, ["a-ev", "b-ev"]);
}

#[test]
fn one_event_on_two_days() {
    let told = "Jets hit the grain market of Ostra on market day, wounding 45 porters and a guard.";
    let make = |id: &str, printed, day, text: &str| {
        let mut made = article(id, Some((2030, 5, printed)), &[text]);
        raid(&mut made, day, "north");
        made
    };
    let late = make("a", 9, 1, told);
    let differs = |other: PileArticle| read(vec![late.clone(), other]).disagreements;
    let found = differs(make(
        "b",
        3,
        2,
        "On Thursday jets hit the grain market in Ostra, wounding 45 porters, a doctor said.",
    ));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, DisagreementKind::Difference);
    assert_eq!(found[0].values, ["2030-05-01", "2030-05-02"]);
    assert_eq!(found[0].sentences, ["a-s0", "b-s0"]);
    assert!(found[0].about.starts_with("the day of: Jets hit the grain"));
    // Printed before the later day: another raid.
    let early = make("c", 1, 1, told);
    assert!(
        read(vec![early, make("d", 9, 2, told)])
            .disagreements
            .is_empty()
    );
    // Another count of the wounded, a week between, other words: other raids.
    let seven = told.replace("45", "70");
    assert!(differs(make("e", 9, 2, &seven)).is_empty());
    assert!(differs(make("f", 9, 8, told)).is_empty());
    let words =
        "Jets hit the old town of Ostra again at noon; no one was hurt this time, police said.";
    assert!(differs(make("g", 9, 2, words)).is_empty());
    // One page may tell of two raids.
    let mut twice = make("h", 9, 1, told);
    raid(&mut twice, 2, "north");
    twice.events[1].id = "h-ev2".into();
    assert!(read(vec![twice]).disagreements.is_empty());
}

#[test]
fn quotations_of_one_utterance_that_differ() {
    let quoted = |texts: &[&str]| {
        let pages = texts.iter().zip(["a", "b", "c", "d"]).map(|(text, id)| {
            let mut page = article(id, Some((2030, 5, 1)), &["x"]);
            statement(&mut page, 0, Some("mayor"), text);
            page
        });
        read(pages.collect()).disagreements
    };
    let other = LONG.replace("bridge", "ferry");
    let found = quoted(&[LONG, LONG, &other]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].values, [LONG, &other]);
    assert_eq!(found[0].sentences, ["a-s0", "c-s0"]);
    assert!(
        found[0]
            .about
            .starts_with("the words of: “We shall rebuild the bridge")
    );
    for same in [
        // Cut, with other small words, in another spelling, reported by the page.
        "“We shall rebuild the bridge over the river before the winter comes.”",
        "“We will rebuild a bridge over the river before the winter comes, whatever it costs.”",
        "“We shall rebuild the bridges over the river before the winter comes, whatever it costs.”",
        "it would rebuild the ferry over the river before the winter comes, whatever it costs",
    ] {
        assert!(quoted(&[LONG, same]).is_empty(), "{same}");
    }
    // What one page left out is no other word.
    let longer = LONG.replace(
        "the winter",
        "the end of this cold and wet year brings the winter",
    );
    assert!(quoted(&[LONG, &longer]).is_empty());
    let numbers = [
        "“We have sent forty men and two boats to the upper lock to hold it.”",
        "“We have sent forty men and 2 boats to the upper lock to hold it.”",
        "“We have sent forty men and nine boats to the upper lock to hold it.”",
    ];
    assert!(quoted(&numbers[..2]).is_empty());
    assert_eq!(quoted(&numbers[1..]).len(), 1);
}

#[test]
fn numbers_that_differ_and_numbers_that_change() {
    let a = article(
        "a",
        Some((2030, 5, 1)),
        &["Around 3,000 French troops are already stationed in Mali."],
    );
    let b = article(
        "b",
        Some((2031, 2, 1)),
        &["There are now 5,000 French soldiers in Mali, he said."],
    );
    let c = article(
        "c",
        Some((2031, 2, 1)),
        &["There are 5,100 French soldiers in Chad."],
    );
    let undated = article("d", None, &["Some 9,000 French soldiers are in Mali."]);
    let found = read(vec![a.clone(), b.clone(), c, undated]);
    assert_eq!(found.disagreements.len(), 1);
    let row = &found.disagreements[0];
    assert_eq!(row.kind, DisagreementKind::ChangeOverTime);
    assert_eq!(row.values, ["3,000 (2030-05-01)", "5,000 (2031-02-01)"]);
    let mut same_day = a;
    same_day.published = b.published;
    let found = read(vec![same_day.clone(), b.clone()]);
    assert_eq!(found.disagreements[0].kind, DisagreementKind::Difference);
    // rounding is no difference
    same_day.sentences[0].text = "Around 4,900 French troops are in Mali.".into();
    assert!(read(vec![same_day, b]).disagreements.is_empty());
}

fn outlook(article: &mut PileArticle, kind: &str, content: &str) {
    article.outlooks.push(PileOutlook {
        id: format!("{}-ou", article.id),
        sentence: format!("{}-s0", article.id),
        actor: "leader".into(),
        outlook_type: kind.into(),
        content: content.into(),
        made: PartialDate::day(2030, 5, 1),
    });
}

#[test]
fn a_predicted_vote_that_was_held() {
    let told = "He expects a vote on the withdrawal of French troops.";
    let mut early = article("a", Some((2030, 5, 2)), &[told]);
    outlook(
        &mut early,
        "prediction",
        "a vote on the withdrawal of French troops",
    );
    let report = "The parliament voted on Sunday for French troops to leave.";
    let later = article("b", Some((2031, 1, 5)), &["Rain fell.", report]);
    let before = article("c", Some((2030, 1, 5)), &[report]);
    let undated = article("d", None, &[report]);
    let denied = article(
        "e",
        Some((2031, 1, 5)),
        &["The parliament has not yet voted for French troops to leave."],
    );
    let found = read(vec![
        early.clone(),
        before.clone(),
        undated.clone(),
        denied.clone(),
    ]);
    assert!(found.outcomes.is_empty());
    let found = read(vec![early, before, undated, denied, later]);
    assert_eq!(found.outcomes.len(), 1);
    assert_eq!(found.outcomes[0].outcome, Outcome::Fulfilled);
    assert_eq!(found.outcomes[0].sentences, ["b-s1"]);
}

#[test]
fn a_threat_that_was_carried_out() {
    let mut threat = article(
        "a",
        Some((2030, 4, 2)),
        &["The north will strike the town of Ostra."],
    );
    outlook(&mut threat, "threat", "we will strike Ostra");
    let mut later = article("b", Some((2030, 6, 1)), &["Jets hit the town of Ostra."]);
    raid(&mut later, 30, "leader");
    let mut other = later.clone();
    other.id = "c".into();
    other.events[0].actors = vec!["south".into()];
    assert!(read(vec![threat.clone(), other]).outcomes.is_empty());
    let found = read(vec![threat, later]);
    assert_eq!(found.outcomes[0].outcome, Outcome::Fulfilled);
}

#[test]
fn the_order_of_articles_does_not_matter() {
    let mut pile = Vec::new();
    for id in ["c", "a", "b"] {
        let mut one = article(id, Some((2030, 5, 1)), &["x"]);
        statement(&mut one, 0, None, LONG);
        pile.push(one);
    }
    let one = format!("{:?}", read(pile.clone()));
    pile.reverse();
    assert_eq!(one, format!("{:?}", read(pile)));
}

#[test]
fn a_day_without_a_year_is_of_the_year_of_its_article() {
    let a = article(
        "a",
        Some((2031, 5, 4)),
        &["The raid of May 3 killed 12 people in Bamako."],
    );
    let b = article(
        "b",
        Some((2031, 8, 20)),
        &["The raid killed 30 people on May 3 in Bamako."],
    );
    let found = read(vec![a, b]);
    assert_eq!(found.disagreements[0].kind, DisagreementKind::Difference);
    assert_eq!(
        found.disagreements[0].values,
        ["12 (2031-05-03)", "30 (2031-05-03)"]
    );
}
