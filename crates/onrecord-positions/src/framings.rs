//! The words by which an article and its speakers characterise actors.

mod said_to_be;

use onrecord_lexicon::{Bind, LabelRule, Lexicon};
use onrecord_model::{
    ArticleReading, Framing, Id, MentionKind, Span, StatementKind, Tone, Voice, id_of,
};

use crate::phrase::{find_all, proper};
use crate::tone::Head;
use crate::view::{MentionAt, View};
use crate::words::{Kind, Word};

/// How an article and its speakers characterise actors.
///
/// Only labels that stand on or right beside the words that name a known actor give a row;
/// of two labels that overlap the longer one does. Where the lexicon's label is neutral and the
/// head, if there is one, is sure how the sentence speaks of the actor, the row has its tone.
pub fn framings(reading: &ArticleReading, lexicon: &Lexicon, head: Option<&Head>) -> Vec<Framing> {
    let mut all = Vec::new();
    for view in View::all(reading) {
        if view.mentions.is_empty() {
            continue;
        }
        let mut found: Vec<(Span, &MentionAt, &LabelRule)> = Vec::new();
        for rule in &lexicon.framing.labels {
            for phrase in &rule.phrases {
                for hit in find_all(&view.words, phrase, &|_, at| proper(&view.words, at)) {
                    if let Some(mention) = bound(&view, rule, hit.start, hit.end) {
                        found.push((hit.span(&view.words), mention, rule));
                    }
                }
            }
        }
        let longest = found.clone();
        found.retain(|f| {
            !longest
                .iter()
                .any(|o| o.0.overlaps(f.0) && o.0.len() > f.0.len())
        });
        found.sort_by_key(|f| (f.0, f.1.start));
        found.dedup_by_key(|f| f.0);
        let mut rows: Vec<Framing> = Vec::new();
        for (label, mention, rule) in found {
            let tone = match (rule.tone, head) {
                (Tone::Neutral, Some(head)) => spoken_of(&view, lexicon, head, mention),
                (tone, _) => tone,
            };
            rows.push(framing(&view, label, &mention.actor, tone, None));
        }
        for said in said_to_be::said_to_be(&view, lexicon) {
            if !rows.iter().any(|row| row.label.overlaps(said.label)) {
                rows.push(framing(&view, said.label, &said.actor, said.tone, said.by));
            }
        }
        rows.sort_by_key(|row| row.label);
        // a party known by nothing but the label is not characterised by it
        rows.retain(|row| {
            let label = reading.words(row.label);
            reading
                .actor(&row.actor)
                .is_none_or(|a| a.named || !a.name.eq_ignore_ascii_case(label))
        });
        all.extend(rows);
    }
    all
}

/// How the sentence speaks of a mention, where the head is sure; else neutral.
fn spoken_of(view: &View<'_>, lexicon: &Lexicon, head: &Head, mention: &MentionAt) -> Tone {
    let words = &view.words[mention.start..mention.end];
    let span = words.iter().map(|w| w.span).reduce(Span::join);
    let sentence = &view.reading.sentences[view.n];
    span.and_then(|span| head.tone(view.reading, lexicon, sentence, span)?.sure())
        .unwrap_or(Tone::Neutral)
}

/// The row of a label; the voice is that of whom the tree names, else of whose words it stands
/// in.
fn framing(view: &View<'_>, label: Span, actor: &Id, tone: Tone, by: Option<Id>) -> Framing {
    let reading = view.reading;
    // reported speech is in the narrator's wording: only quoted words are the speaker's
    let quoted = reading.quotations.iter().any(|q| q.span.contains(label));
    let speaker = || {
        view.innermost(label)
            .filter(|s| !s.negated && (quoted || s.kind == StatementKind::Direct))
            .and_then(|s| s.speaker.clone())
    };
    let voice = by.or_else(speaker).map_or(Voice::Narrator, Voice::Actor);
    let sentence = &reading.sentences[view.n];
    let parts = [
        &sentence.id,
        actor,
        &label.start.to_string(),
        &label.end.to_string(),
    ];
    Framing {
        id: id_of("fr", &parts.map(String::as_str)),
        sentence: view.n,
        actor: actor.clone(),
        label,
        voice,
        tone,
    }
}

/// The mention that a label at words `start..end` stands on or beside.
fn bound<'v>(
    view: &'v View<'_>,
    rule: &LabelRule,
    start: usize,
    end: usize,
) -> Option<&'v MentionAt> {
    for bind in &rule.binds {
        let found = match bind {
            // the last word of the label is the head of the actor's own words; words of a
            // proper name are no label
            Bind::Inside => view.mentions.iter().find(|m| {
                m.kind == MentionKind::Description
                    && m.start < end
                    && start < m.end
                    && m.end >= end
                    && is_head(&view.words, m, end)
            }),
            Bind::Next => {
                let at = past_light(&view.words, end, &["the"]);
                view.mentions.iter().find(|m| m.start == at)
            }
            Bind::Last => view
                .mentions
                .iter()
                .find(|m| m.end <= start && is_gloss(&view.words[m.end..start])),
            Bind::Apposed => apposed(view, start),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Whether nothing of the mention stands after the label but what the mention's own words
/// run over: "Iran-backed militias in Iraq" is about militias, "terrorist leader" is not
/// about terrorists.
fn is_head(words: &[Word], mention: &MentionAt, end: usize) -> bool {
    mention.end == end
        || words.get(end).is_some_and(|w| {
            matches!(
                w.lower.as_str(),
                "in" | "of" | "from" | "and" | "against" | "fighting"
            ) || !w.is_wordy()
        })
}

/// The mention before a label with ", a" or "is a" between.
fn apposed<'v>(view: &'v View<'_>, start: usize) -> Option<&'v MentionAt> {
    let words = &view.words;
    let mut at = start;
    while at > 0 && matches!(words[at - 1].lower.as_str(), "a" | "an" | "the") {
        at -= 1;
    }
    if at == 0 {
        return None;
    }
    // an apposition has its article; "they are invaders" and "known as invaders" need none
    if at == start && !matches!(words[at - 1].lower.as_str(), "as" | "are" | "were") {
        return None;
    }
    let links = words[at - 1].kind == Kind::Comma
        || matches!(
            words[at - 1].lower.as_str(),
            "is" | "was" | "are" | "were" | "as"
        );
    let before = if links { at - 1 } else { return None };
    let before = {
        let mut b = before;
        while b > 0 && words[b - 1].kind == Kind::Light {
            b -= 1;
        }
        b
    };
    view.mentions
        .iter()
        .find(|m| m.end <= before + 1 && m.end >= before && m.end <= start)
        .or_else(|| {
            // "X (Y), a militant group"
            view.mentions.iter().find(|m| {
                m.end < before
                    && before - m.end <= 4
                    && words[m.end..before].first().is_some_and(|w| w.cased == "(")
            })
        })
}

/// Whether nothing lies between, or a short form in brackets: "the Workers' Front (WF)".
fn is_gloss(between: &[Word]) -> bool {
    let light = |w: &Word| w.kind == Kind::Light && w.cased != "s";
    let bracketed = between.len() <= 5
        && between
            .first()
            .is_some_and(|w| matches!(w.cased.as_str(), "(" | "["))
        && between
            .last()
            .is_some_and(|w| matches!(w.cased.as_str(), ")" | "]"));
    bracketed || between.iter().all(light)
}

fn past_light(words: &[Word], mut at: usize, also: &[&str]) -> usize {
    while words.get(at).is_some_and(|w| {
        (w.kind == Kind::Light && w.cased != "s") || also.contains(&w.lower.as_str())
    }) {
        at += 1;
    }
    at
}
