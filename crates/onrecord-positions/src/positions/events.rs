//! Stands that events show.

use onrecord_model::{Confidence, EventStatus, Evidence, Position};

use super::{Rest, Search};
use crate::phrase::Found;
use crate::words::Kind;

impl Search<'_> {
    /// Stands that events show: a demand, a refusal, a protest about a target.
    pub(super) fn shown_by_events(&mut self) -> Vec<(usize, Position)> {
        const REACH: usize = 5;
        let view = self.view;
        let words = &view.words;
        let mut rows = Vec::new();
        for event in view.reading.events.iter().filter(|e| e.sentence == view.n) {
            let rule = self.issues.events.iter().find(|r| {
                r.event_type == event.event_type && (r.mode.is_none() || r.mode == event.mode)
            });
            let (Some(rule), EventStatus::Actual) = (rule, event.status) else {
                continue;
            };
            let Some(trigger_end) = words.iter().rposition(|w| w.span.start < event.trigger.end)
            else {
                continue;
            };
            let Some(trigger) = words.iter().position(|w| w.span.end > event.trigger.start) else {
                continue;
            };
            let target = self.targets.iter().find(|t| {
                t.start > trigger_end
                    && !self.tied.contains(&t.start)
                    && t.start - trigger_end <= REACH
                    && words[trigger_end..t.start]
                        .iter()
                        .all(|w| w.kind != Kind::Stop)
            });
            let Some(target) = target else { continue };
            let over = Found {
                start: trigger,
                end: target.end,
                slots: Vec::new(),
                loose: (trigger_end + 1..target.start).collect(),
            };
            if self.turns_away(&over, target) || self.is_blocked(trigger) {
                continue;
            }
            let toward = rule.toward.times(target.toward);
            for actor in &event.actors {
                let key = |stance: &'static str| (target.issue.clone(), actor.clone(), stance);
                if view.reading.actor(actor).is_none()
                    || self.taken.contains(&key(toward.flipped().stance().name()))
                    || !self.taken.insert(key(toward.stance().name()))
                {
                    continue;
                }
                let at = event.actor_spans.iter().find_map(|s| {
                    view.mentions
                        .iter()
                        .find(|m| m.actor == *actor && words[m.start].span.overlaps(*s))
                });
                let scope = self.scope(at.map(|m| m.start), &over);
                let rest = Rest {
                    scope,
                    date: event.date.or(view.reading.article.anchor()),
                    according_to: event.attributed_to.clone().filter(|a| a != actor),
                    evidence: Evidence::Event(event.id.clone()),
                    confidence: Confidence::percent(65),
                };
                rows.push((
                    trigger,
                    self.position(
                        (&rule.id, &target.issue),
                        actor.clone(),
                        toward.stance(),
                        rest,
                    ),
                ));
            }
        }
        rows
    }
}
