//! What is announced: threats, promises, demands, predictions, warnings.

use onrecord_lexicon::{Framings, Lexicon, OutlookRule};
use onrecord_model::{ArticleReading, Outcome, Outlook, Span, Statement, StatementKind, id_of};

use crate::numbers::number;
use crate::phrase::{any, find_all, find_at, no_slots, proper};
use crate::view::View;
use crate::words::{Kind, Word, words};

/// What is announced in an article, from its statements; outcomes are left open.
///
/// One row a statement at most, and none for a statement without a known speaker or one that
/// was not made ("refused to say").
pub fn outlooks(reading: &ArticleReading, lexicon: &Lexicon) -> Vec<Outlook> {
    let mut found: Vec<Outlook> = Vec::new();
    for statement in reading.statements.iter().filter(|s| !s.negated) {
        let Some(actor) = &statement.speaker else {
            continue;
        };
        if is_fragment(reading, statement) {
            continue;
        }
        if let Some(outlook) = of_statement(reading, statement, actor, &lexicon.framing) {
            // two cues for the same words are one announcement
            let same = |o: &Outlook| {
                o.actor == outlook.actor
                    && o.content.overlaps(outlook.content)
                    && o.outlook_type == outlook.outlook_type
            };
            if !found.iter().any(same) {
                found.push(outlook);
            }
        }
    }
    for outlook in told(reading, &lexicon.framing) {
        if !found
            .iter()
            .any(|o| o.actor == outlook.actor && o.sentence == outlook.sentence)
        {
            found.push(outlook);
        }
    }
    found.sort_by(|a, b| (a.sentence, a.content, &a.id).cmp(&(b.sentence, b.content, &b.id)));
    found
}

/// "Without them, she warned, the plan would fail": words before a cue that stands between
/// commas are the beginning of what is said, not the whole.
fn is_fragment(reading: &ArticleReading, statement: &Statement) -> bool {
    let (Some(cue), Some(last)) = (statement.cue, statement.content.last()) else {
        return false;
    };
    statement.kind == StatementKind::Indirect
        && last.end <= cue.start
        && reading.article.text[cue.end..].starts_with(',')
}

fn of_statement(
    reading: &ArticleReading,
    statement: &Statement,
    actor: &str,
    known: &Framings,
) -> Option<Outlook> {
    let cue = statement
        .cue
        .map(|c| words(reading.words(c), c.start))
        .unwrap_or_default();
    for rule in known.outlooks.iter().filter(|r| r.told.is_empty()) {
        let by_cue = rule.cues.is_empty() || starts_with_any(&cue, rule);
        if !by_cue {
            continue;
        }
        for content in &statement.content {
            let said = words(reading.words(*content), content.start);
            if said.iter().filter(|w| w.is_wordy()).count() < 2 {
                continue;
            }
            let slots = |name: &str, at: usize| slot(&said, name, at);
            if (!rule.content.is_empty() && !any(&said, &rule.content, &slots))
                || any(&said, &rule.unless, &slots)
            {
                continue;
            }
            let span = whole_clause(reading, statement, *content);
            let sentence = reading
                .sentences
                .iter()
                .find(|s| s.span.contains(Span::new(span.start, span.start)))
                .map_or(statement.sentence, |s| s.n);
            let kind = rule.outlook_type;
            let id = id_of(
                "ou",
                &[
                    &statement.id,
                    kind.name(),
                    &span.start.to_string(),
                    &span.end.to_string(),
                ],
            );
            return Some(Outlook {
                id,
                actor: actor.to_owned(),
                outlook_type: kind,
                content: span,
                sentence,
                statement: Some(statement.id.clone()),
                made: statement.date,
                horizon: horizon(reading, sentence, span, known),
                outcome: Outcome::Open,
                outcome_sentences: Vec::new(),
                outcome_note: None,
            });
        }
    }
    None
}

/// Announcements that are told without being a statement: "led the party to renew calls for
/// ...".
fn told(reading: &ArticleReading, known: &Framings) -> Vec<Outlook> {
    let mut found: Vec<Outlook> = Vec::new();
    for view in View::all(reading) {
        let n = view.n;
        if view.mentions.is_empty() {
            continue;
        }
        let holder = |_: &str, at: usize| -> Vec<usize> {
            view.mentions
                .iter()
                .filter(|m| m.start == at)
                .map(|m| m.end)
                .collect()
        };
        for rule in &known.outlooks {
            for phrase in &rule.told {
                for hit in find_all(&view.words, phrase, &holder) {
                    let mention = hit
                        .slot("holder")
                        .and_then(|(at, _)| view.mentions.iter().find(|m| m.start == at));
                    let (Some(mention), Some(content)) =
                        (mention, rest_of_clause(&view.words, hit.end))
                    else {
                        continue;
                    };
                    if !found
                        .iter()
                        .any(|o| o.sentence == n && o.actor == mention.actor)
                    {
                        found.push(told_row(reading, n, &mention.actor, rule, content, known));
                    }
                }
            }
        }
    }
    found
}

fn told_row(
    reading: &ArticleReading,
    sentence: usize,
    actor: &str,
    rule: &OutlookRule,
    content: Span,
    known: &Framings,
) -> Outlook {
    let kind = rule.outlook_type;
    let parts = [
        reading.sentences[sentence].id.as_str(),
        actor,
        kind.name(),
        &content.start.to_string(),
        &content.end.to_string(),
    ];
    Outlook {
        id: id_of("ou", &parts),
        actor: actor.to_owned(),
        outlook_type: kind,
        content,
        sentence,
        statement: None,
        made: reading.article.published,
        horizon: horizon(reading, sentence, content, known),
        outcome: Outcome::Open,
        outcome_sentences: Vec::new(),
        outcome_note: None,
    }
}

/// The words from `start` to the next comma or stop, if there are at least three.
fn rest_of_clause(words: &[Word], start: usize) -> Option<Span> {
    let rest = words.get(start..)?;
    let end = rest
        .iter()
        .position(|w| matches!(w.kind, Kind::Comma | Kind::Stop));
    let clause: Vec<&Word> = rest[..end.unwrap_or(rest.len())]
        .iter()
        .filter(|w| w.is_wordy())
        .collect();
    match clause.as_slice() {
        [first, _, .., last] => Some(first.span.join(last.span)),
        _ => None,
    }
}

fn starts_with_any(cue: &[Word], rule: &OutlookRule) -> bool {
    rule.cues
        .iter()
        .any(|p| (0..cue.len()).any(|at| find_at(cue, p, at, &no_slots).is_some()))
}

/// The pieces of content that stand in the same sentence as `content`, as one span where
/// nothing but white space lies between them; else `content` alone.
fn whole_clause(reading: &ArticleReading, statement: &Statement, content: Span) -> Span {
    let mut whole = content;
    for other in &statement.content {
        let joins = other.start >= whole.end
            && reading
                .words(Span::new(whole.end, other.start))
                .trim()
                .is_empty()
            && reading
                .sentences
                .iter()
                .any(|s| s.span.contains(whole.join(*other)));
        if joins {
            whole = whole.join(*other);
        }
    }
    whole
}

/// By when or under which condition, in the words announced, else in the same sentence
/// after them.
fn horizon(
    reading: &ArticleReading,
    sentence: usize,
    content: Span,
    known: &Framings,
) -> Option<Span> {
    let view = View::of(reading, sentence);
    let slots = |name: &str, at: usize| slot(&view.words, name, at);
    let mut best: Option<Span> = None;
    for rule in &known.horizons {
        for phrase in &rule.phrases {
            for found in find_all(&view.words, phrase, &slots) {
                let span = if rule.clause {
                    to_end_of_clause(&view.words, found.start, content)
                        .unwrap_or(found.span(&view.words))
                } else {
                    found.span(&view.words)
                };
                if content.contains(span)
                    && best.is_none_or(|b| (b.start, b.len()) > (span.start, span.len()))
                {
                    best = Some(span);
                }
            }
        }
        if best.is_some() {
            return best;
        }
    }
    best
}

/// From a word to the next comma or stop inside `content`.
fn to_end_of_clause(words: &[Word], start: usize, content: Span) -> Option<Span> {
    let mut end = None;
    for word in &words[start..] {
        let ends = matches!(word.kind, Kind::Comma | Kind::Stop) || word.span.end > content.end;
        if ends {
            break;
        }
        if word.is_wordy() {
            end = Some(word.span.end);
        }
    }
    end.map(|end| Span::new(words[start].span.start, end))
}

fn slot(words: &[Word], name: &str, at: usize) -> Vec<usize> {
    match name {
        "number" => number(words, at),
        "proper" => proper(words, at),
        _ => Vec::new(),
    }
}
