//! `[A1 The army] [T1 ASSAULT/heavy-weapons actual shelled] [R1 the port].`

use std::collections::BTreeMap;

use onrecord_events::head::Gold;
use onrecord_model::{EventType, Span};

use super::GoldSentence;
use crate::ScoreError;

/// The sentences of a file, one a line; lines that begin with `#` are left out. `T` is a
/// trigger with type, mode and status before its words, `A` an actor, `R` a recipient, `L` a
/// place, `D` a date, each with the numbers of its events.
///
/// # Errors
/// A bracket that is not closed, is empty of role or number, or names no known type, with the
/// number of the line.
pub fn marked(name: &str, file: &str) -> Result<Vec<GoldSentence>, ScoreError> {
    let what = "a bracket without its other half, role (T, A, R, L, D), number or type";
    let found = ScoreError::each_line(name, file, what, read)?.into_iter();
    let sentence = |(name, (text, events))| GoldSentence { name, text, events };
    Ok(found.map(sentence).collect())
}

#[derive(Default)]
struct Parts {
    trigger: Option<(Span, EventType)>,
    actors: Vec<Span>,
    recipients: Vec<Span>,
}

fn read(line: &str) -> Option<(String, Vec<Gold>)> {
    let mut text = String::new();
    let mut parts: BTreeMap<String, Parts> = BTreeMap::new();
    let mut rest = line;
    while let Some(open) = rest.find(['[', ']']) {
        text.push_str(&rest[..open]);
        let inner = rest[open..].strip_prefix('[')?;
        let close = inner.find(']')?;
        let (roles, mut words) = inner[..close].split_once(' ')?;
        let mut event_type = None;
        if roles.starts_with('T') {
            let (kind, more) = words.split_once(' ')?;
            let (_status, more) = more.split_once(' ')?;
            event_type = Some(EventType::read(kind.split('/').next()?)?);
            words = more;
        }
        let span = Span::new(text.len(), text.len() + words.len());
        text.push_str(words);
        for role in roles.split(',') {
            let number = role.get(1..).filter(|n| n.parse::<usize>().is_ok())?;
            let part = parts.entry(number.to_owned()).or_default();
            match role.chars().next()? {
                'T' => part.trigger = Some((span, event_type?)),
                'A' => part.actors.push(span),
                'R' => part.recipients.push(span),
                'L' | 'D' => {}
                _ => return None,
            }
        }
        rest = &inner[close + 1..];
    }
    text.push_str(rest);
    let events = parts.into_values().filter_map(|part| {
        let (trigger, event_type) = part.trigger?;
        Some(Gold {
            trigger,
            event_type,
            actors: part.actors,
            recipients: part.recipients,
        })
    });
    Some((text, events.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read() {
        let line = "[A1 The army] [T1 ASSAULT/heavy-weapons actual shelled] [R1,A2 the port], \
                    which [T2 REJECT denied refused] to yield [D1 on Friday].";
        let (text, events) = read(line).unwrap();
        assert_eq!(
            text,
            "The army shelled the port, which refused to yield on Friday."
        );
        assert_eq!(events[0].trigger.of(&text), "shelled");
        assert_eq!(events[0].recipients, events[1].actors);
        assert_eq!(events[1].event_type, EventType::Reject);
        assert_eq!(read("Nothing happened.").unwrap().1, []);
        for wrong in [
            "[A1 x",
            "x]",
            "[B1 x]",
            "[T1 XYZ actual x]",
            "[Ax y]",
            "[A1 [R1 x]]",
        ] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
    }
}
