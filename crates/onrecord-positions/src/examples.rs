//! The `yes` and `no` sentences of the lexicon's framings, each read as an article of its own
//! with the mentions and statements that the example names. Those of issues need a tree:
//! `tests/lexicon.rs`.

use std::path::Path;

use onrecord_lexicon::Lexicon;

use crate::across::{announced_and_reported, measured};
use crate::sample::Sample;
use crate::{framings, outlooks};

/// The built-in lexicon with the folder of `examples/` over it.
fn with_examples() -> Lexicon {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/lexicon");
    Lexicon::with_folder(&folder).expect("examples/lexicon")
}

#[test]
fn labels() {
    let lexicon = Lexicon::built_in();
    let mut wrong = Vec::new();
    for rule in &lexicon.framing.labels {
        assert!(
            !rule.yes.is_empty() && !rule.no.is_empty(),
            "{}: yes and no",
            rule.id
        );
        for (example, take) in rule
            .yes
            .iter()
            .map(|e| (e, true))
            .chain(rule.no.iter().map(|e| (e, false)))
        {
            let actor = example.actor.as_deref().expect("an actor");
            let sample = Sample::new(&[&example.text]);
            let inside = example
                .label
                .as_ref()
                .is_some_and(|l| actor.contains(l.as_str()));
            let sample = if inside {
                sample.described("x", actor)
            } else {
                sample.actor("x", actor)
            };
            let rows = framings(&sample.reading, lexicon, None);
            let labels: Vec<&str> = rows.iter().map(|f| sample.reading.words(f.label)).collect();
            let right = if take {
                labels == [example.label.as_deref().expect("a label")] && rows[0].tone == rule.tone
            } else {
                labels.is_empty()
            };
            if !right {
                wrong.push(format!("{} on: {}\n    {labels:?}", rule.id, example.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn announcements() {
    let lexicon = Lexicon::built_in();
    let mut wrong = Vec::new();
    for rule in &lexicon.framing.outlooks {
        assert!(
            !rule.yes.is_empty() && !rule.no.is_empty(),
            "{}: yes and no",
            rule.id
        );
        for (example, take) in rule
            .yes
            .iter()
            .map(|e| (e, true))
            .chain(rule.no.iter().map(|e| (e, false)))
        {
            let sample = Sample::new(&[&example.text]).actor("x", &example.speaker);
            let sample = match example.cue.as_str() {
                "" => sample,
                cue => sample.said("x", cue, &example.content),
            };
            let rows = outlooks(&sample.reading, lexicon);
            let hit = rows.iter().any(|o| o.outlook_type == rule.outlook_type);
            let horizon = rows
                .first()
                .and_then(|o| o.horizon)
                .map(|h| sample.reading.words(h));
            if hit != take || (take && horizon != example.horizon.as_deref()) {
                wrong.push(format!(
                    "{} on: {}\n    {horizon:?} {rows:?}",
                    rule.id, example.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers() {
    let lexicon = &with_examples();
    let mut wrong = Vec::new();
    for rule in &lexicon.framing.measures {
        assert!(
            !rule.yes.is_empty() && !rule.no.is_empty(),
            "{}: yes and no",
            rule.id
        );
        for (example, take) in rule
            .yes
            .iter()
            .map(|e| (e, true))
            .chain(rule.no.iter().map(|e| (e, false)))
        {
            let values = measured(&rule.id, &example.text, lexicon);
            let right = match (take, &example.value) {
                (true, Some(value)) => values == [value.as_str()],
                (true, None) => false,
                (false, _) => values.is_empty(),
            };
            if !right {
                wrong.push(format!("{} on: {}\n    {values:?}", rule.id, example.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn fulfilments() {
    let lexicon = Lexicon::built_in();
    let mut wrong = Vec::new();
    for rule in &lexicon.framing.fulfilments {
        for (example, take) in rule
            .yes
            .iter()
            .map(|e| (e, true))
            .chain(rule.no.iter().map(|e| (e, false)))
        {
            if announced_and_reported(rule, &example.announced, &example.reported) != take {
                wrong.push(format!(
                    "{} on: {} / {}",
                    rule.id, example.announced, example.reported
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
