//! Where and when an event took place.

use onrecord_model::{EventType, Id, PartialDate, Precision, Span};

use crate::{
    find::Found,
    items::{Kind, Line},
};

impl Line<'_> {
    /// The place named nearest after the trigger in its clause, behind "in", "at", "near"
    /// or a like word ("to" of a visit, "from" of a retreat); else the nearest so named before it.
    pub fn place_of(&self, found: &Found, event: EventType) -> Option<Id> {
        let mut best: Option<(usize, Id)> = None;
        for mention in self
            .reading
            .place_mentions
            .iter()
            .filter(|p| p.sentence == self.sentence)
        {
            let Some(at) = self
                .items
                .iter()
                .position(|i| i.span.end > mention.span.start)
            else {
                continue;
            };
            let led = (at.saturating_sub(5)..at)
                .rev()
                .find(|i| !self.is(*i, "place-words") && self.kind(*i) != Some(&Kind::Possessive))
                .is_some_and(|i| {
                    self.is(i, "place-prepositions")
                        || self.says(i, &["to"])
                            && matches!(event, EventType::Consult | EventType::Mobilize)
                        || self.says(i, &["from"]) && event == EventType::Retreat
                });
            if !led {
                continue;
            }
            let distance = if at >= found.end {
                let open = (found.end..at).any(|i| self.is_border(i) && !self.says(i, &[","]));
                if open { continue } else { at - found.end }
            } else {
                let open = (at..found.first).any(|i| self.is_border(i) && !self.says(i, &[","]));
                if open {
                    continue;
                } else {
                    100 + found.first - at
                }
            };
            if best.as_ref().is_none_or(|(known, _)| distance < *known) {
                best = Some((distance, mention.place.clone()));
            }
        }
        best.map(|(_, place)| place)
    }

    /// The date named in the clause of the trigger, else the only date of the sentence, else
    /// for a past act the narrator tells, the day of publication.
    pub fn date_of(&self, found: &Found, trigger: Span, told: bool) -> Option<PartialDate> {
        let dates: Vec<_> = self
            .reading
            .dates
            .iter()
            .filter(|d| d.sentence == self.sentence)
            .collect();
        let distance = |span: Span| {
            if span.start >= trigger.end {
                span.start - trigger.end
            } else {
                trigger.start.saturating_sub(span.end)
            }
        };
        let in_clause = |span: Span| {
            let (from, until) = if span.start >= trigger.end {
                (trigger.end, span.start)
            } else {
                (span.end, trigger.start)
            };
            self.items
                .iter()
                .enumerate()
                .filter(|(_, i)| i.span.start >= from && i.span.end <= until)
                .all(|(at, i)| {
                    !matches!(i.kind, Kind::OpenQuote | Kind::CloseQuote)
                        && (!self.is_border(at) || i.word == ",")
                })
        };
        // "the invasion that toppled him in 2003"
        let of_noun = found.nominal.then(|| self.tree.extent(found.word));
        let below = |span: Span| {
            of_noun.is_some_and(|whole| whole.contains(span))
                || self
                    .tree
                    .head_in(span)
                    .is_some_and(|at| self.in_clause(at, found.word))
        };
        let near = dates
            .iter()
            .filter(|d| in_clause(d.span) || below(d.span))
            .min_by_key(|d| distance(d.span));
        if let Some(date) = near {
            return Some(date.date);
        }
        if !dates.is_empty() || !found.past || found.nominal || told {
            return None;
        }
        self.reading
            .article
            .published
            .filter(|d| d.precision() == Precision::Day)
    }
}
