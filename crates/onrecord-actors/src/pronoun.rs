//! Pronouns. Most stay open.

use onrecord_lexicon::Lexicon;
use onrecord_model::{ActorKind, ArticleReading, MentionKind};

use crate::resolve::{Met, Resolved};
use crate::view::Line;

/// Adds the personal pronouns. "he" and "she" get an actor where one single person is named
/// in the sentence before (or earlier in the same one) outside quotations.
pub fn find(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    lines: &[Line<'_>],
    resolved: &mut Resolved<'_>,
) {
    // Per sentence, the only person its own words name or go on about.
    let mut before: Option<(usize, usize)> = None; // (entry, paragraph)
    for line in lines {
        let paragraph = reading.sentences[line.n].paragraph;
        let named: Vec<Met> = resolved.met[line.n].clone();
        let persons: Vec<(usize, usize)> = named
            .iter()
            .filter(|m| !line.toks[m.from].quoted)
            .filter_map(|m| Some((m.from, m.entry?)))
            .filter(|(_, e)| resolved.book.entries[*e].actor.kind == ActorKind::Person)
            .collect();
        let mut went_on = None;
        for (at, tok) in line.toks.iter().enumerate() {
            if !tok.is_word()
                || !matches!(
                    tok.lower.as_str(),
                    "he" | "she" | "they" | "him" | "them" | "her"
                )
            {
                continue;
            }
            if tok.lower == "her" && possessive(line, lexicon, at) {
                continue;
            }
            if named.iter().any(|m| m.from <= at && at < m.to) {
                continue;
            }
            let subject = matches!(tok.lower.as_str(), "he" | "she") && !tok.quoted;
            let mut earlier: Vec<usize> = persons
                .iter()
                .filter(|(from, _)| *from < at)
                .map(|(_, e)| *e)
                .collect();
            earlier.dedup();
            let entry = if !subject {
                None
            } else if let [only] = earlier[..] {
                // The other one, if somebody else was spoken of just before, may be meant.
                let speaks = says_before(line, lexicon, at);
                (speaks || before.is_none_or(|(e, _)| e == only)).then_some(only)
            } else if earlier.is_empty() {
                before
                    .filter(|(_, p)| *p == paragraph || *p + 1 == paragraph)
                    .map(|(e, _)| e)
            } else {
                None
            };
            if entry.is_some() {
                went_on = entry;
            }
            resolved.met[line.n].push(Met {
                line: line.n,
                from: at,
                to: at + 1,
                kind: MentionKind::Pronoun,
                entry,
                rule: "actors.pronoun",
                confidence: if entry.is_some() { 60 } else { 30 },
            });
        }
        let mut all: Vec<usize> = persons.iter().map(|(_, e)| *e).chain(went_on).collect();
        all.sort_unstable();
        all.dedup();
        before = match all[..] {
            [only] => Some((only, paragraph)),
            // A sentence that is nothing but a quotation does not change whom it is about.
            [] if line.toks.iter().all(|t| t.quoted) => before.map(|(e, _)| (e, paragraph)),
            _ => None,
        };
    }
}

/// "X said he", "X said that she".
fn says_before(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let verb = if line.before(at) == "that" {
        at.saturating_sub(1)
    } else {
        at
    };
    lexicon.words.actor.acts(line.before(verb))
}

/// "her office": a word follows that she has.
fn possessive(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let next = line.lower(at + 1);
    !next.is_empty() && !lexicon.words.function_words.contains(next)
}
