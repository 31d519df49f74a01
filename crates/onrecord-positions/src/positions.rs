//! Where actors stand on the issues of the lexicon.

mod events;
mod scope;
mod tree;

#[cfg(test)]
mod tests;

pub(crate) use tree::Takes;

use std::collections::BTreeSet;

use onrecord_lexicon::{Issue, Issues, Lexicon, Phrase, StanceRule, Toward};
use onrecord_model::{
    ArticleReading, Confidence, Evidence, Id, PartialDate, Position, Stance, Statement, id_of,
};

use crate::phrase::{Found, any, find_all, find_at, no_slots};
use crate::targets::{TargetAt, targets};
use crate::view::View;
use crate::words::Kind;

/// Where actors stand, from an article's statements, events and plain sentences.
///
/// Only known actors have positions, one row an actor, stance and sentence for each issue.
/// A stand is that of its holder, never that of the narrator; one taken in somebody's words
/// says in `according_to` whose words they are, if they are not the holder's own.
pub fn positions(reading: &ArticleReading, lexicon: &Lexicon) -> Vec<Position> {
    let mut found = Vec::new();
    if lexicon.issues.entries.is_empty() {
        return found;
    }
    let views = View::all(reading);
    for issue in &lexicon.issues.entries {
        if !is_about(issue, &views) {
            continue;
        }
        let targets = targets(issue, &views, lexicon);
        for (view, targets) in views.iter().zip(&targets) {
            if targets.is_empty() || is_question(view) {
                continue;
            }
            Search {
                issue,
                issues: &lexicon.issues,
                view,
                targets,
                taken: BTreeSet::new(),
                tied: BTreeSet::new(),
            }
            .run(&mut found);
        }
    }
    found.sort_by(|a, b| (a.sentence, &a.issue, &a.id).cmp(&(b.sentence, &b.issue, &b.id)));
    found
}

/// Whether an article is about the issue at all: its words stand in at least two sentences,
/// or in one of every three of a short text.
fn is_about(issue: &Issue, views: &[View<'_>]) -> bool {
    if issue.about.is_empty() {
        return true;
    }
    let needed = if views.len() <= 3 { 1 } else { 2 };
    views
        .iter()
        .filter(|v| any(&v.words, &issue.about, &no_slots))
        .take(needed)
        .count()
        == needed
}

fn is_question(view: &View<'_>) -> bool {
    let mut last = view.words.iter().rev().filter(|w| w.kind != Kind::Light);
    last.next().is_some_and(|w| w.cased == "?")
}

struct Search<'a> {
    issue: &'a Issue,
    issues: &'a Issues,
    view: &'a View<'a>,
    targets: &'a [TargetAt],
    /// Issue, holder and stance of rows made so far.
    taken: BTreeSet<(String, Id, &'static str)>,
    /// First words of the targets that a wording ties to a holder: an event's looser tie
    /// does not count for them.
    tied: BTreeSet<usize>,
}

/// What a negation makes of a stand.
enum Turned {
    No,
    Round,
    Given,
}

impl Turned {
    fn stance(&self, toward: Toward) -> Stance {
        match self {
            Turned::No => toward.stance(),
            Turned::Round => toward.flipped().stance(),
            Turned::Given => Stance::Mixed,
        }
    }
}

/// A stand that a wording or the tree shows.
struct Stand<'a> {
    rule: &'a str,
    holder: Id,
    /// First word of the holder's mention, where it is one.
    holder_at: Option<usize>,
    stance: Stance,
    target: TargetAt,
    found: Found,
    /// The statement in whose words it is taken.
    spoken: Option<&'a Statement>,
}

impl<'a> Search<'a> {
    fn run(&mut self, into: &mut Vec<Position>) {
        let mut stands = Vec::new();
        self.of_tree(&mut stands);
        let of_tree = stands.len();
        for rule in self.issue.stances.iter().chain(&self.issues.stances) {
            for phrase in &rule.phrases {
                for found in find_all(&self.view.words, phrase, &|name, at| self.slot(name, at)) {
                    self.stands(rule, phrase, found, &mut stands);
                }
            }
        }
        // one stand on one target: the tree's, else that of the wording that begins last and
        // holds the holder nearest
        stands[of_tree..].sort_by_key(|s| (std::cmp::Reverse(s.found.start), s.found.end));
        let mut rows: Vec<(usize, Position)> = Vec::new();
        let mut seen: BTreeSet<(Id, usize)> = BTreeSet::new();
        for stand in &stands {
            let TargetAt {
                start, end, issue, ..
            } = &stand.target;
            self.tied.insert(*start);
            let key = (issue.clone(), stand.holder.clone(), stand.stance.name());
            if seen.insert((stand.holder.clone(), *end)) && self.taken.insert(key) {
                rows.push((stand.found.start, self.row(stand)));
            }
        }
        rows.extend(self.shown_by_events());
        rows.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        into.extend(rows.into_iter().map(|r| r.1));
    }

    /// What can stand in a slot that begins at word `at`.
    fn slot(&self, name: &str, at: usize) -> Vec<usize> {
        let view = self.view;
        match name {
            "target" => {
                let mut ends: Vec<usize> = self
                    .targets
                    .iter()
                    .filter(|t| t.start == at)
                    .map(|t| t.end)
                    .collect();
                ends.sort_unstable_by(|a, b| b.cmp(a));
                ends
            }
            "holder" => {
                let mut ends = Vec::new();
                if let Some(mention) = view.mentions.iter().find(|m| m.start == at) {
                    ends.push(mention.end);
                    ends.extend(view.past_aside(mention.end));
                } else if view.speaker_as_pronoun(at).is_some() {
                    ends.push(at + 1);
                }
                ends
            }
            _ => Vec::new(),
        }
    }

    /// The stands that `found` shows: none where something speaks against it.
    fn stands(
        &self,
        rule: &'a StanceRule,
        phrase: &Phrase,
        found: Found,
        into: &mut Vec<Stand<'a>>,
    ) {
        let view = self.view;
        let Some((start, end)) = found.slot("target") else {
            return;
        };
        let Some(target) = self
            .targets
            .iter()
            .find(|t| t.start == start && t.end == end)
        else {
            return;
        };
        if self.is_blocked(found.start) || self.turns_away(&found, target) {
            return;
        }
        let toward = rule.toward.times(target.toward);
        let stance = self.turned(&found).stance(toward);
        let span = view.words[start].span.join(found.span(&view.words));
        let spoken = view.innermost(span);
        if spoken.is_some_and(|s| s.negated) {
            return;
        }
        let mut add = |holder: Id, holder_at: Option<usize>| {
            into.push(Stand {
                rule: &rule.id,
                holder,
                holder_at,
                stance,
                target: target.clone(),
                found: found.clone(),
                spoken,
            });
        };
        if !phrase.has_slot("holder") {
            if let Some(speaker) = spoken.and_then(|s| s.speaker.clone()) {
                add(speaker, None);
            }
            return;
        }
        let Some((at, _)) = found.slot("holder") else {
            return;
        };
        match view.mentions.iter().find(|m| m.start == at) {
            Some(mention) => {
                let first = at == found.start;
                if first && !view.can_be_subject(at) {
                    return;
                }
                if target.start <= at && at < target.end {
                    return; // words of the thing itself do not hold a stand on it
                }
                add(mention.actor.clone(), Some(at));
                if first {
                    for other in view.named_with(at) {
                        add(other.actor.clone(), Some(other.start));
                    }
                }
            }
            None => {
                if let Some(speaker) = view.speaker_as_pronoun(at) {
                    add(speaker, None);
                }
            }
        }
    }

    /// "if", "whether" in the words before, back to the last comma or stop.
    fn is_blocked(&self, start: usize) -> bool {
        let words = &self.view.words;
        let mut at = start;
        for _ in 0..8 {
            let Some(before) = at.checked_sub(1) else {
                return false;
            };
            if matches!(words[before].kind, Kind::Stop | Kind::Comma) {
                return false;
            }
            at = before;
            let blocks =
                |p: &Phrase| find_at(words, p, at, &no_slots).is_some_and(|f| f.end <= start + 1);
            if self.issues.blockers.iter().any(blocks) {
                return true;
            }
        }
        false
    }

    /// Whether words that the wording only ran over turn the thing round ("plans to pull out
    /// ..."), or words after it show that it is another ("in another country").
    fn turns_away(&self, found: &Found, target: &TargetAt) -> bool {
        let words = &self.view.words;
        let over = |phrases: &[Phrase]| {
            found.loose.iter().any(|at| {
                phrases
                    .iter()
                    .any(|p| find_at(words, p, *at, &no_slots).is_some())
            })
        };
        over(self.issues.spoilers.as_slice()) || self.is_elsewhere(target)
    }

    /// Whether words after the thing show that it is another.
    fn is_elsewhere(&self, target: &TargetAt) -> bool {
        let words = &self.view.words;
        let mut after = target.end..words.len().min(target.end + 5);
        let elsewhere = |at: usize| {
            let mut phrases = self.issue.elsewhere.iter();
            phrases.any(|p| find_at(words, p, at, &no_slots).is_some())
        };
        after
            .by_ref()
            .take_while(|at| words[*at].kind != Kind::Stop)
            .any(elsewhere)
    }

    /// Whether what negates the wording turns the stand round. One who "no longer opposes" a
    /// thing has given a stand up and not yet taken the other.
    fn turned(&self, found: &Found) -> Turned {
        let words = &self.view.words;
        let holder = found.slot("holder").unwrap_or((0, 0));
        let mut places: Vec<usize> = found
            .loose
            .iter()
            .copied()
            .filter(|at| *at < holder.0 || *at >= holder.1)
            .collect();
        // "I do not think that ..." before a wording without a holder
        if found.slot("holder").is_none() {
            let mut at = found.start;
            for _ in 0..4 {
                let Some(before) = at.checked_sub(1) else {
                    break;
                };
                if !words[before].is_wordy() {
                    break;
                }
                at = before;
                places.push(at);
            }
        }
        let negators: Vec<usize> = places
            .into_iter()
            .filter(|at| {
                self.issues
                    .negators
                    .iter()
                    .any(|p| find_at(words, p, *at, &no_slots).is_some())
            })
            .collect();
        match negators.as_slice() {
            [one] if words.get(one + 1).is_some_and(|w| w.lower == "longer") => Turned::Given,
            all if all.len() % 2 == 1 => Turned::Round,
            _ => Turned::No,
        }
    }

    fn row(&self, stand: &Stand<'_>) -> Position {
        let view = self.view;
        let reading = view.reading;
        let event = reading.events.iter().find(|e| {
            e.sentence == view.n
                && e.actors.contains(&stand.holder)
                && stand.found.span(&view.words).contains(e.trigger)
        });
        let target_at = stand.target.start;
        let own = view
            .spoken
            .iter()
            .filter(|(s, c)| {
                s.speaker.as_ref() == Some(&stand.holder)
                    && !s.negated
                    && c.overlaps(view.words[target_at].span)
            })
            .map(|(s, _)| *s)
            .min_by_key(|s| s.id.clone());
        let evidence = match (own.or(stand.spoken), event) {
            (Some(statement), _) => Evidence::Statement(statement.id.clone()),
            (None, Some(event)) => Evidence::Event(event.id.clone()),
            (None, None) => Evidence::Sentence,
        };
        let date = own
            .or(stand.spoken)
            .and_then(|s| s.date)
            .or(event.and_then(|e| e.date))
            .or(reading.article.anchor());
        let according_to = stand
            .spoken
            .and_then(|s| s.speaker.clone())
            .filter(|speaker| *speaker != stand.holder);
        let scope = self.scope(stand.holder_at, &stand.found);
        self.position(
            (stand.rule, &stand.target.issue),
            stand.holder.clone(),
            stand.stance,
            Rest {
                scope,
                date,
                according_to,
                evidence,
                confidence: Confidence::percent(if stand.holder_at.is_some() { 75 } else { 70 }),
            },
        )
    }

    fn position(
        &self,
        (rule, issue): (&str, &str),
        actor: Id,
        stance: Stance,
        rest: Rest,
    ) -> Position {
        let sentence = &self.view.reading.sentences[self.view.n];
        let id = id_of(
            "po",
            &[
                &sentence.id,
                issue,
                &actor,
                stance.name(),
                rest.scope.as_deref().unwrap_or(""),
            ],
        );
        Position {
            id,
            issue: issue.to_owned(),
            actor,
            stance,
            scope: rest.scope,
            date: rest.date,
            according_to: rest.according_to,
            evidence: rest.evidence,
            sentence: self.view.n,
            made_by: format!("rule:issues.{}.{rule}", self.issue.id),
            confidence: rest.confidence,
        }
    }
}

struct Rest {
    scope: Option<String>,
    date: Option<PartialDate>,
    according_to: Option<Id>,
    evidence: Evidence,
    confidence: Confidence,
}
