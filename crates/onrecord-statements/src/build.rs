//! Drafts to rows.

use std::collections::BTreeSet;

use onrecord_model::{Confidence, SourceKind, Span, Statement, StatementKind, id_of};

use crate::attach::Draft;
use crate::view::View;

/// The rows, in the order of the text, each once.
pub fn build(view: &View<'_>, drafts: Vec<Draft>) -> Vec<Statement> {
    let mut drafts = drafts;
    for draft in &mut drafts {
        draft.content.retain(|c| !c.is_empty());
        draft.content.sort();
        draft.content.dedup();
    }
    let ids: Vec<String> = drafts.iter().map(|d| id(view, d)).collect();
    let mut rows: Vec<Statement> = Vec::new();
    let mut made: BTreeSet<&str> = BTreeSet::new();
    for (draft, id) in drafts.iter().zip(&ids) {
        if draft.content.is_empty() || !made.insert(id) {
            continue;
        }
        rows.push(row(
            view,
            draft,
            id,
            draft.nested_in.map(|at| ids[at].clone()),
        ));
    }
    rows.sort_by_key(|r| {
        (
            r.content[0]
                .start
                .min(r.cue.map_or(usize::MAX, |c| c.start)),
            r.cue,
        )
    });
    rows
}

fn id(view: &View<'_>, draft: &Draft) -> String {
    let mut parts = vec![view.reading.article.id.clone()];
    let cue = draft.cue_words.clone().and_then(|c| view.span(c));
    let start = cue
        .or(draft.content.first().copied())
        .map_or(0, |s| s.start);
    parts.push(start.to_string());
    for span in &draft.content {
        parts.push(span.start.to_string());
        parts.push(span.end.to_string());
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    id_of("st", &parts)
}

fn row(view: &View<'_>, draft: &Draft, id: &str, nested_in: Option<String>) -> Statement {
    let cue = draft.cue_words.clone().and_then(|c| view.span(c));
    let mut sentences: Vec<usize> = draft
        .content
        .iter()
        .flat_map(|c| view.sentences_of(*c))
        .collect();
    sentences.push(draft.sentence);
    sentences.sort_unstable();
    sentences.dedup();
    let unknown = draft.source.actor.is_none() && draft.source.kind == SourceKind::None;
    let cue_id = draft.cue.map(|c| view.speech.cues[c].id.as_str());
    let made_by = match (draft.learned, cue_id) {
        (false, cue) => format!("rule:speech.{}", cue.unwrap_or("carried")),
        (true, Some(cue)) => format!("head:attribution.{cue}"),
        (true, None) => "head:attribution".to_owned(),
    };
    Statement {
        id: id.to_owned(),
        sentence: if draft.cue_words.is_some() {
            draft.sentence
        } else {
            sentences[0]
        },
        sentences,
        speaker: draft.source.actor.clone(),
        speaker_span: draft.source.span,
        cue,
        content: draft.content.clone(),
        kind: kind(view, &draft.content),
        addressee: draft.addressee.clone(),
        via: draft.via.clone(),
        nested_in,
        negated: draft.negated,
        source_kind: draft.source.kind,
        date: draft.date,
        made_by,
        confidence: Confidence::percent(match (&draft.source.pronoun, unknown) {
            (_, true) => draft.confidence.min(55),
            (Some(_), false) => draft.confidence.min(60),
            (None, false) => draft.confidence,
        }),
    }
}

/// Direct if all of the content is quoted, indirect if none of it is.
fn kind(view: &View<'_>, content: &[Span]) -> StatementKind {
    let outer = || view.reading.quotations.iter();
    if content.iter().all(|c| outer().any(|q| q.span.contains(*c))) {
        StatementKind::Direct
    } else if content.iter().any(|c| outer().any(|q| q.span.overlaps(*c))) {
        StatementKind::Mixed
    } else {
        StatementKind::Indirect
    }
}
