//! Readings with actors and statements put in by hand, for the examples that lexicon files carry.

use onrecord_lexicon::StanceExample;
use onrecord_model::{
    Actor, ActorKind, ArticleReading, Confidence, Mention, MentionKind, PartialDate, SourceKind,
    Span, Statement, StatementKind, id_of,
};

/// Puts the holder, the speaker and the words spoken of an example into the reading of its
/// text: the actors `holder` and `speaker`, and a statement.
///
/// # Errors
/// Words that the example names do not stand in its text.
pub fn mark(reading: &mut ArticleReading, example: &StanceExample) -> Result<(), String> {
    for (id, words) in [("holder", &example.holder), ("speaker", &example.speaker)] {
        if let Some(words) = words {
            find(reading, words)?;
            actor(reading, id, words, MentionKind::Name);
        }
    }
    if let Some(content) = &example.content {
        let who = match example.speaker {
            Some(_) => "speaker",
            None => "holder",
        };
        said(reading, who, "", content)?;
    }
    Ok(())
}

/// Every place where `words` stands is a mention of the actor `id`.
pub(crate) fn actor(reading: &mut ArticleReading, id: &str, words: &str, kind: MentionKind) {
    let text = reading.article.text.clone();
    for (at, _) in text.match_indices(words) {
        let span = Span::new(at, at + words.len());
        if reading.mentions.iter().any(|m| m.span.overlaps(span)) {
            continue;
        }
        reading.mentions.push(Mention {
            id: id_of("me", &[&at.to_string()]),
            sentence: sentence_of(reading, at),
            span,
            kind,
            actor: Some(id.to_owned()),
            made_by: "example".into(),
            confidence: Confidence::percent(90),
        });
    }
    reading.mentions.sort_by_key(|m| m.span);
    if reading.actor(id).is_none() {
        reading.actors.push(Actor {
            id: id.to_owned(),
            name: words.to_owned(),
            kind: ActorKind::Organization,
            named: true,
            country: None,
            sectors: Vec::new(),
            aliases: vec![words.to_owned()],
            roles: Vec::new(),
            wikidata: None,
        });
    }
}

/// A statement: who, by which cue, what.
pub(crate) fn said(
    reading: &mut ArticleReading,
    speaker: &str,
    cue: &str,
    content: &str,
) -> Result<(), String> {
    let span = find(reading, content)?;
    let sentence = sentence_of(reading, span.start);
    let here = reading.sentences.get(sentence).map_or(span, |s| s.span);
    let cue = match here.of(&reading.article.text).find(cue) {
        Some(at) => Span::new(here.start + at, here.start + at + cue.len()),
        None => return Err(format!("`{cue}` does not stand in the sentence")),
    };
    let kind = match content.starts_with(['"', '“']) {
        true => StatementKind::Direct,
        false => StatementKind::Indirect,
    };
    reading.statements.push(Statement {
        id: id_of("st", &[speaker, content]),
        sentences: vec![sentence],
        sentence,
        speaker: Some(speaker.to_owned()),
        speaker_span: None,
        cue: Some(cue),
        content: vec![span],
        kind,
        addressee: None,
        via: Vec::new(),
        nested_in: None,
        negated: false,
        source_kind: SourceKind::Named,
        date: PartialDate::day(2030, 4, 30),
        made_by: "example".into(),
        confidence: Confidence::percent(90),
    });
    Ok(())
}

fn find(reading: &ArticleReading, words: &str) -> Result<Span, String> {
    let at = reading.article.text.find(words);
    let at = at.ok_or_else(|| format!("`{words}` does not stand in the text"))?;
    Ok(Span::new(at, at + words.len()))
}

fn sentence_of(reading: &ArticleReading, at: usize) -> usize {
    let sentences = &reading.sentences;
    let found = sentences.iter().position(|s| s.span.end > at);
    found.unwrap_or(sentences.len().saturating_sub(1))
}
