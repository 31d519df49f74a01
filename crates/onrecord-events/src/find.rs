//! From what the rules find in a sentence to the events that are kept.

use onrecord_lexicon::{EventRule, Needs};
use onrecord_model::{Confidence, Event, EventStatus, EventType, Id, Span, Statement, id_of};
use onrecord_net::Tagger;

use crate::{items::Line, parties::Parties};

/// What a rule or the head found at one trigger.
#[derive(Clone, Debug)]
pub struct Found {
    /// Index of the rule; `None` where the head found it.
    pub rule: Option<usize>,
    pub event_type: EventType,
    /// How sure the head is, in hundredths.
    pub percent: u8,
    /// The verb or noun, as a word of the tree.
    pub word: usize,
    /// First item of the trigger, and one past its last.
    pub first: usize,
    pub end: usize,
    pub actor: Option<Parties>,
    pub target: Option<Parties>,
    pub status: EventStatus,
    /// Whether the verb is in a past tense.
    pub past: bool,
    /// Whether "will" stands with it.
    pub will: bool,
    pub nominal: bool,
}

/// A sentence of more words is a table or a list without stops: no act is read in it.
const LONGEST: usize = 500;

impl Line<'_> {
    /// The events of this sentence, by place of their trigger.
    pub fn events(&self, head: Option<&Tagger>) -> Vec<Event> {
        if self.tree.words.len() > LONGEST {
            return Vec::new();
        }
        let plover = &self.lexicon.events.plover;
        if self
            .items
            .iter()
            .any(|i| plover.is("other-fields", &i.word))
        {
            return Vec::new();
        }
        let mut kept: Vec<Found> = Vec::new();
        for at in 0..self.items.len() {
            for found in self.verbal(at) {
                self.keep(&mut kept, found);
            }
        }
        let verbal = kept.clone();
        for at in 0..self.items.len() {
            for found in self.nominal(at) {
                if !self.is_content(&verbal, &found) {
                    self.keep(&mut kept, found);
                }
            }
        }
        if let Some(head) = head {
            self.learned(head, &mut kept);
        }
        let mut events: Vec<Event> = kept.into_iter().filter_map(|f| self.event(f)).collect();
        events.sort_by_key(|event| (event.trigger, event.event_type));
        events.dedup_by(|a, b| a.trigger == b.trigger && a.event_type == b.event_type);
        events
    }

    /// Of findings that share a word of the trigger the longer stays, then the one with
    /// more parties, then the rule that stands first.
    fn keep(&self, kept: &mut Vec<Found>, found: Found) {
        let clash = kept
            .iter()
            .position(|k| k.first < found.end && found.first < k.end);
        let weight = |f: &Found| {
            (
                f.end - f.first,
                usize::from(f.actor.is_some()) + usize::from(f.target.is_some()),
            )
        };
        match clash {
            None => kept.push(found),
            Some(at) if weight(&found) > weight(&kept[at]) => kept[at] = found,
            Some(_) => {}
        }
    }

    /// Whether a noun names what a verb before it asks for, refuses, threatens or promises
    /// ("demanded the withdrawal"): the verb is the event.
    fn is_content(&self, verbal: &[Found], noun: &Found) -> bool {
        verbal.iter().any(|verb| {
            let asks = matches!(
                verb.event_type,
                EventType::Request
                    | EventType::Reject
                    | EventType::Threaten
                    | EventType::Agree
                    | EventType::Support
                    | EventType::Concede
            );
            asks && verb.word < noun.word && self.is_asked(noun.word, verb.word)
        })
    }

    /// Whether a noun stands below a verb as part of what is asked.
    fn is_asked(&self, noun: usize, verb: usize) -> bool {
        let mut at = noun;
        for _ in 0..self.tree.words.len() {
            let time = ["after", "following", "because", "since", "amid", "over"];
            if at == verb {
                return true;
            }
            let apart = self.hangs(at, &["acl:relcl", "parataxis", "nsubj"])
                || self.hangs(at, &["obl", "nmod"]) && self.listed(at, "backdrops")
                || self.marked(at, &["case", "mark"], &time).is_some();
            match self.tree.words[at].head {
                Some(head) if !apart => at = head,
                _ => return false,
            }
        }
        false
    }

    fn event(&self, mut found: Found) -> Option<Event> {
        let rule = found.rule.map(|rule| &self.lexicon.events.rules[rule]);
        self.sort_parties(rule, &mut found)?;
        let trigger = self.items[found.first]
            .span
            .join(self.items[found.end - 1].span);
        let actors = found.actor.clone().map(|p| p.ids).unwrap_or_default();
        let recipients = found.target.clone().map(|p| p.ids).unwrap_or_default();
        let statement = self.statement_around(trigger);
        let speaker = statement.and_then(|s| s.speaker.clone());
        let mut mode = self.mode(rule, &found);
        let made_by = rule.map_or("head:events".to_owned(), |r| {
            format!("rule:events.{}", r.id)
        });
        let mut actors = actors;
        let mut status = found.status;
        let mut event_type = found.event_type;
        let will = status == EventStatus::Conditional && found.will;
        if status == EventStatus::Future || will {
            let own = speaker
                .as_ref()
                .is_none_or(|s| actors.iter().any(|a| self.same_side(s, a)));
            (event_type, mode, status) =
                announced(event_type, mode, speaker.is_some() && own, status);
            if event_type == EventType::Threaten
                && let Some(speaker) = &speaker
            {
                actors = vec![speaker.clone()];
            }
        }
        if status == EventStatus::Denied
            && found.will
            && let Some(refused) = refused(event_type)
        {
            (event_type, mode, status) = (
                EventType::Reject,
                Some(refused.to_owned()),
                EventStatus::Actual,
            );
        }
        let verbal_act = matches!(event_type.quad(), 1 | 3)
            && actors.iter().any(|a| Some(a) == speaker.as_ref());
        let attributed_to = if verbal_act { None } else { speaker };
        if status == EventStatus::Actual && statement.is_some_and(|s| self.accuses(s)) {
            status = EventStatus::Alleged;
        }
        if statement.is_some_and(|s| self.denies(s)) && !verbal_act {
            status = EventStatus::Denied;
        }
        let plover = &self.lexicon.events.plover;
        // what a speaker asks, refuses or threatens for his own side, and what he denies, is
        // done by saying it
        let by_saying = statement.filter(|s| {
            let own = s
                .speaker
                .as_ref()
                .is_some_and(|s| actors.iter().any(|a| self.same_side(s, a)));
            let verbal = matches!(
                event_type,
                EventType::Request | EventType::Reject | EventType::Accuse | EventType::Threaten
            );
            own && (verbal || status == EventStatus::Denied)
        });
        let date = self.date_of(&found, trigger, statement.is_some());
        let date = date.or_else(|| by_saying?.date);
        let place = self.place_of(&found, event_type);
        let parties = usize::from(!actors.is_empty()) + usize::from(!recipients.is_empty());
        let confidence = match (found.nominal, parties) {
            _ if rule.is_none() => found.percent,
            (false, 2) => 75,
            (false, _) => 65,
            (true, 2) => 70,
            (true, _) => 60,
        };
        let article = &self.reading.article.id;
        Some(Event {
            id: id_of(
                "ev",
                &[article, &trigger.start.to_string(), event_type.name()],
            ),
            sentence: self.sentence,
            trigger,
            actor_spans: found.actor.map(|p| p.spans).unwrap_or_default(),
            recipient_spans: found.target.map(|p| p.spans).unwrap_or_default(),
            event_type,
            quad: event_type.quad(),
            intensity: plover.intensity(event_type, mode.as_deref()),
            cameo: plover.cameo(event_type, mode.as_deref()).map(str::to_owned),
            mode,
            actors,
            recipients,
            place,
            date,
            status,
            attributed_to,
            statement: statement.map(|s| s.id.clone()),
            made_by,
            confidence: Confidence::percent(confidence),
        })
    }

    /// Drops a recipient that is the actor; `None` where a party that the rule cannot do
    /// without is missing.
    fn sort_parties(&self, rule: Option<&EventRule>, found: &mut Found) -> Option<()> {
        if let (Some(actor), Some(target)) = (&found.actor, &mut found.target)
            && !target.ids.is_empty()
        {
            let keep: Vec<bool> = target
                .ids
                .iter()
                .map(|id| !actor.ids.contains(id))
                .collect();
            let mut at = keep.iter();
            target.ids.retain(|_| *at.next().unwrap_or(&false));
            let mut at = keep.iter();
            target.spans.retain(|_| *at.next().unwrap_or(&false));
            if target.ids.is_empty() {
                found.target = None;
            }
        }
        let Some(rule) = rule else {
            return (found.actor.is_some() || found.target.is_some()).then_some(());
        };
        let target_needed = matches!(rule.needs, Needs::Target | Needs::Both);
        let alone = found.target.is_none() && target_needed;
        let mutual_alone = rule.mutual
            && found.target.is_none()
            && found.actor.as_ref().is_none_or(|a| a.ids.len() < 2)
            && target_needed;
        let both_act = rule.mutual && found.actor.as_ref().is_some_and(|a| a.ids.len() > 1);
        ((!alone || both_act) && !mutual_alone).then_some(())
    }

    /// The innermost statement in whose content a trigger stands.
    fn statement_around(&self, trigger: Span) -> Option<&Statement> {
        let holds = |s: &&Statement| s.content.iter().any(|c| c.contains(trigger));
        let length = |s: &&Statement| s.content.iter().map(|c| c.len()).sum::<usize>();
        self.reading
            .statements
            .iter()
            .filter(holds)
            .min_by_key(length)
    }

    fn cue_is(&self, statement: &Statement, list: &str) -> bool {
        let plover = &self.lexicon.events.plover;
        statement.cue.is_some_and(|cue| {
            self.reading
                .words(cue)
                .to_lowercase()
                .split_whitespace()
                .any(|w| plover.is(list, w))
        })
    }

    fn accuses(&self, statement: &Statement) -> bool {
        self.cue_is(statement, "accusing-cues")
    }

    fn denies(&self, statement: &Statement) -> bool {
        self.cue_is(statement, "denying-cues")
    }

    /// Whether a speaker speaks for an actor: the same, or of one country.
    fn same_side(&self, speaker: &Id, actor: &Id) -> bool {
        let country = |id: &Id| self.reading.actor(id).and_then(|a| a.country.clone());
        speaker == actor || (country(speaker).is_some() && country(speaker) == country(actor))
    }
}

/// What a future act is: a meeting, help, support or release to come is AGREE, a withdrawal
/// to come CONCEDE, own violence to come a threat; all else stays what it is, and future.
fn announced(
    event: EventType,
    mode: Option<String>,
    own: bool,
    status: EventStatus,
) -> (EventType, Option<String>, EventStatus) {
    use EventType as E;
    match event {
        _ if status == EventStatus::Conditional && !own => (event, mode, status),
        E::Consult | E::Support | E::Cooperate | E::Aid => (E::Agree, None, EventStatus::Actual),
        E::Retreat if mode.as_deref() == Some("withdraw") => {
            (E::Concede, None, EventStatus::Actual)
        }
        E::Retreat => (E::Agree, None, EventStatus::Actual),
        E::Assault if own => (
            E::Threaten,
            Some("violence".to_owned()),
            EventStatus::Actual,
        ),
        E::Sanction | E::Coerce if own => (E::Threaten, None, EventStatus::Actual),
        E::Agree | E::Concede | E::Threaten => (event, mode, EventStatus::Actual),
        _ => (event, mode, status),
    }
}

/// What "will not" refuses, as a mode of REJECT.
fn refused(event: EventType) -> Option<&'static str> {
    use EventType as E;
    match event {
        E::Retreat | E::Concede => Some("yield"),
        E::Consult => Some("meet"),
        E::Aid | E::Support | E::Cooperate => Some("assist"),
        _ => None,
    }
}
