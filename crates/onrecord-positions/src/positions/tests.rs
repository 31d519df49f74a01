//! Positions of sentences made by hand, without a tree; those with one: `tests/stands.rs`.

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
