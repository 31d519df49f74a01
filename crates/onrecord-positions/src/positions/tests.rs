//! Positions of sentences made by hand; those of the lexicon stand in its own files.

use onrecord_lexicon::Lexicon;
use onrecord_model::{Confidence, Event, EventStatus, EventType, Evidence, Stance, id_of};

use super::positions;
use crate::sample::Sample;

fn event(sample: &mut Sample, event_type: EventType, actor: &str, trigger: &str) {
    let trigger = sample.find(trigger);
    sample.reading.events.push(Event {
        id: id_of("ev", &[trigger.of(&sample.reading.article.text)]),
        sentence: 0,
        trigger,
        actor_spans: Vec::new(),
        recipient_spans: Vec::new(),
        event_type,
        mode: None,
        quad: event_type.quad(),
        intensity: 0,
        cameo: None,
        actors: vec![actor.to_owned()],
        recipients: Vec::new(),
        place: None,
        date: None,
        status: EventStatus::Actual,
        attributed_to: None,
        statement: None,
        made_by: "test".into(),
        confidence: Confidence::percent(50),
    });
}

fn rows(sample: &Sample) -> Vec<(String, Stance, Evidence)> {
    positions(&sample.reading, Lexicon::built_in())
        .into_iter()
        .map(|p| (p.actor, p.stance, p.evidence))
        .collect()
}

#[test]
fn an_event_about_the_thing_shows_a_stand() {
    let text = "The Dawn Party took to the streets over US troops in Iraq.";
    let mut sample = Sample::new(&[text]).actor("dawn", "Dawn Party");
    assert!(rows(&sample).is_empty());
    event(
        &mut sample,
        EventType::Protest,
        "dawn",
        "took to the streets",
    );
    let found = rows(&sample);
    assert_eq!((found[0].0.as_str(), found[0].1), ("dawn", Stance::Oppose));
    assert!(matches!(found[0].2, Evidence::Event(_)));
    sample.reading.events[0].status = EventStatus::Denied;
    assert!(rows(&sample).is_empty());
}

#[test]
fn a_wording_outdoes_an_event() {
    let text = "The Dawn Party, said Tarek Daw, demanded a withdrawal of US troops from Iraq.";
    let mut sample = Sample::new(&[text])
        .actor("dawn", "Dawn Party")
        .actor("daw", "Tarek Daw");
    event(&mut sample, EventType::Request, "daw", "demanded");
    let found = rows(&sample);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn both_of_two_holders_and_one_row_each() {
    let text = "Tarek Daw and the Dawn Party oppose US troops in Iraq and reject foreign bases.";
    let sample = Sample::new(&[text])
        .actor("dawn", "Dawn Party")
        .actor("daw", "Tarek Daw");
    let mut holders: Vec<String> = rows(&sample).into_iter().map(|r| r.0).collect();
    holders.sort();
    assert_eq!(holders, ["daw", "dawn"]);
}

#[test]
fn the_same_article_gives_the_same_rows() {
    let text = "The Dawn Party opposes the presence of US troops in Iraq.";
    let sample = Sample::new(&[text]).actor("dawn", "Dawn Party");
    let once = positions(&sample.reading, Lexicon::built_in());
    assert_eq!(once, positions(&sample.reading, Lexicon::built_in()));
    assert!(
        once[0]
            .made_by
            .starts_with("rule:issues.foreign-troops-in-iraq.")
    );
}
