//! How well events were found in marked sentences.

use std::fmt;

use onrecord_model::{ArticleReading, Event, Span};

use super::GoldSentence;
use crate::attribution::Counts;

/// Figures over sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkedScore {
    /// Sentences with events, and how many of them were given one.
    pub with: (usize, usize),
    /// Sentences without, and how many of them were given one.
    pub without: (usize, usize),
    /// Triggers that touch.
    pub triggers: Counts,
    /// Of these, with the type.
    pub types: Counts,
    /// Of these, with an actor and a recipient that touch those marked, or rightly none.
    pub full: Counts,
}

impl MarkedScore {
    /// Adds a sentence and what was read from it; tells what was missed and what is wrong.
    pub fn add(&mut self, gold: &GoldSentence, reading: &ArticleReading) -> String {
        let place = if gold.events.is_empty() {
            &mut self.without
        } else {
            &mut self.with
        };
        place.0 += 1;
        place.1 += usize::from(!reading.events.is_empty());
        let mut taken = vec![false; reading.events.len()];
        let (mut triggers, mut types, mut full) = (0, 0, 0);
        let mut told = String::new();
        for one in &gold.events {
            let fits =
                |at: &usize| reading.events[*at].trigger.overlaps(one.trigger) && !taken[*at];
            let mut all: Vec<usize> = (0..taken.len()).filter(fits).collect();
            all.sort_by_key(|at| reading.events[*at].event_type != one.event_type);
            let Some(at) = all.first() else {
                let (kind, trigger) = (one.event_type.name(), one.trigger.of(&gold.text));
                told += &format!("missed {kind} [{trigger}]: {}\n", gold.text);
                continue;
            };
            taken[*at] = true;
            let event = &reading.events[*at];
            let kind = event.event_type == one.event_type;
            let parties = touch(&event.actor_spans, &one.actors)
                && touch(&event.recipient_spans, &one.recipients);
            triggers += 1;
            types += usize::from(kind);
            full += usize::from(kind && parties);
            if !(kind && parties) {
                let wanted = format!(
                    "{} {:?} > {:?}",
                    one.event_type.name(),
                    words(gold, &one.actors),
                    words(gold, &one.recipients)
                );
                told += &format!(
                    "in part {}; wanted {wanted}: {}\n",
                    line(gold, event),
                    gold.text
                );
            }
        }
        for (event, _) in reading
            .events
            .iter()
            .zip(&taken)
            .filter(|(_, taken)| !**taken)
        {
            told += &format!("wrong {}: {}\n", line(gold, event), gold.text);
        }
        for (counts, right) in [
            (&mut self.triggers, triggers),
            (&mut self.types, types),
            (&mut self.full, full),
        ] {
            counts.right += right;
            counts.met += right;
            counts.found += reading.events.len();
            counts.gold += gold.events.len();
        }
        told
    }
}

/// Whether one of those found touches one of those marked, or there are none of either.
fn touch(found: &[Span], gold: &[Span]) -> bool {
    found.is_empty() && gold.is_empty() || found.iter().any(|f| gold.iter().any(|g| g.overlaps(*f)))
}

fn words<'t>(gold: &'t GoldSentence, spans: &[Span]) -> Vec<&'t str> {
    spans.iter().map(|s| s.of(&gold.text)).collect()
}

fn line(gold: &GoldSentence, event: &Event) -> String {
    format!(
        "{} [{}] {:?} > {:?} ({})",
        event.event_type.name(),
        event.trigger.of(&gold.text),
        words(gold, &event.actor_spans),
        words(gold, &event.recipient_spans),
        event.made_by
    )
}

impl fmt::Display for MarkedScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (with, without) = (self.with, self.without);
        writeln!(
            f,
            "Events, {} sentences with and {} without\n",
            with.0, without.0
        )?;
        writeln!(
            f,
            "{:<26} {:>6} {:>9} {:>7}",
            "", "F1", "precision", "recall"
        )?;
        for (name, c) in [
            ("trigger", self.triggers),
            ("and type", self.types),
            ("and actor and recipient", self.full),
        ] {
            let (f1, p, r) = (c.f1(), c.precision(), c.recall());
            writeln!(f, "{name:<26} {f1:>6.1} {p:>9.1} {r:>7.1}")?;
        }
        writeln!(
            f,
            "\nan event in {:.1} % of the sentences without",
            100.0 * without.1 as f64 / without.0.max(1) as f64
        )
    }
}
