//! Sentences without an event get none, or hardly ever.

use onrecord::{Kit, lexicon::Lexicon, model::ActorKind, model::Article, read_article};

/// The share of sentences that may be given an event.
const MOST: f64 = 0.08;

#[test]
#[allow(clippy::print_stdout)]
fn few_sentences_without_an_event_are_given_one() {
    let text = include_str!("no-event.txt");
    let sentences: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .collect();
    assert!(sentences.len() >= 40);
    let mut given = 0;
    for sentence in &sentences {
        let events = events(sentence);
        given += usize::from(!events.is_empty());
        for event in events {
            println!("{event}: {sentence}");
        }
    }
    let share = given as f64 / sentences.len() as f64;
    println!("{given} of {} sentences given an event", sentences.len());
    assert!(
        share <= MOST,
        "{share:.3} of the sentences are given an event, more than {MOST}"
    );
}

/// The events read in a sentence of an article that speaks of the governments it names, so
/// that their countries can stand for them.
fn events(sentence: &str) -> Vec<String> {
    let lexicon = Lexicon::built_in();
    let mut text = sentence.to_owned();
    text.push_str("\n\n");
    for entry in lexicon
        .actors
        .entries
        .iter()
        .filter(|e| e.kind == ActorKind::Government)
    {
        if entry
            .metonyms
            .iter()
            .any(|name| sentence.contains(name.as_str()))
        {
            text.push_str(&format!(
                "The {} said so. ",
                entry.also.first().unwrap_or(&entry.name)
            ));
        }
    }
    let reading = read_article(Article::new("pg-test".into(), 1, text), Kit::new(lexicon));
    let inside = reading
        .events
        .iter()
        .filter(|e| e.trigger.end <= sentence.len());
    inside
        .map(|e| {
            format!(
                "{} [{}] {}",
                e.event_type.name(),
                reading.words(e.trigger),
                e.made_by
            )
        })
        .collect()
}
