//! Every rule takes its `yes` sentences and leaves its `no` sentences, through the whole way.

use onrecord::{
    Kit, lexicon::Lexicon, model::ActorKind, model::Article, model::ArticleReading, read_article,
};

/// Reads an example as the first paragraph of an article that goes on to speak of the
/// governments of the countries named: a country's name stands for its government only in
/// an article in which that government acts or speaks.
fn read(text: &str) -> ArticleReading {
    let actors = &Lexicon::built_in().actors;
    let mut after = String::new();
    for entry in actors
        .entries
        .iter()
        .filter(|e| e.kind == ActorKind::Government)
    {
        if entry
            .metonyms
            .iter()
            .any(|name| text.contains(name.as_str()))
        {
            after.push_str(&format!(
                "The {} said so. ",
                entry.also.first().unwrap_or(&entry.name)
            ));
        }
    }
    let article = Article::new("pg-test".into(), 1, format!("{text}\n\n{after}"));
    let mut reading = read_article(article, Kit::new(Lexicon::built_in()));
    reading
        .events
        .retain(|event| event.trigger.end <= text.len());
    reading
}

#[test]
fn every_rule_takes_its_yes_sentences() {
    let mut wrong = Vec::new();
    for rule in &Lexicon::built_in().events.rules {
        let made_by = format!("rule:events.{}", rule.id);
        for example in &rule.yes {
            let reading = read(&example.text);
            let fits = reading.events.iter().any(|event| {
                let holds = |words: &Option<String>, spans: &[onrecord::model::Span]| {
                    words.as_ref().is_none_or(|w| {
                        spans.iter().any(|s| reading.words(*s).contains(w.as_str()))
                    })
                };
                event.made_by == made_by
                    && holds(&example.actor, &event.actor_spans)
                    && holds(&example.target, &event.recipient_spans)
            });
            if !fits {
                let found: Vec<String> = reading.events.iter().map(|e| line(&reading, e)).collect();
                wrong.push(format!(
                    "{} must take: {}\n    found: {found:?}",
                    rule.id, example.text
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} sentences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_rule_leaves_its_no_sentences() {
    let mut wrong = Vec::new();
    for rule in &Lexicon::built_in().events.rules {
        let made_by = format!("rule:events.{}", rule.id);
        for example in &rule.no {
            assert!(example.why.is_some(), "{}: a no sentence says why", rule.id);
            let reading = read(&example.text);
            for event in reading.events.iter().filter(|e| e.made_by == made_by) {
                wrong.push(format!(
                    "{} must leave: {}\n    {}",
                    rule.id,
                    example.text,
                    line(&reading, event)
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} sentences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn line(reading: &ArticleReading, event: &onrecord::model::Event) -> String {
    let words = |spans: &[onrecord::model::Span]| {
        spans
            .iter()
            .map(|s| reading.words(*s))
            .collect::<Vec<_>>()
            .join("+")
    };
    format!(
        "{} {} [{}] {} > {} {}",
        event.made_by,
        event.event_type.name(),
        reading.words(event.trigger),
        words(&event.actor_spans),
        words(&event.recipient_spans),
        event.status.name()
    )
}
