//! Ties between bodies that a sentence states.

use onrecord_model::{MentionKind, Predicate};

use crate::resolve::{Met, Resolved};
use crate::view::Line;

/// Ties between bodies: "X, part of Y", "Y-backed X", "X, backed by Y", "X opposes Y".
pub fn find(line: &Line<'_>, resolved: &Resolved<'_>, m: &Met) -> Vec<(Predicate, usize)> {
    let mut found = Vec::new();
    if m.kind == MentionKind::Pronoun {
        return found;
    }
    let entry_at = |at: usize| {
        let at = at + usize::from(line.lower(at) == "the");
        resolved
            .at(line.n, at)
            .filter(|b| b.from == at)
            .and_then(|b| b.entry)
    };
    let next = m.to + usize::from(line.is_mark(m.to, &[","]));
    let comma = next > m.to;
    let two = (line.lower(next), line.lower(next + 1));
    let skip_a = usize::from(line.lower(next) == "a");
    if comma && (line.lower(next + skip_a), line.lower(next + skip_a + 1)) == ("part", "of") {
        found.extend(entry_at(next + skip_a + 2).map(|e| (Predicate::PartOf, e)));
    }
    if matches!(two, ("backed" | "supported" | "funded", "by")) {
        found.extend(entry_at(next + 2).map(|e| (Predicate::BackedBy, e)));
    }
    if matches!(two, ("allied", "with" | "to")) {
        found.extend(entry_at(next + 2).map(|e| (Predicate::AlliedWith, e)));
    }
    if !comma && matches!(line.lower(m.to), "opposes" | "oppose") {
        found.extend(entry_at(m.to + 1).map(|e| (Predicate::Opposes, e)));
    }
    // "Orvo-backed X": the country stands inside the word.
    if let Some(before) = m.from.checked_sub(1).map(|i| &line.toks[i]) {
        for (ending, predicate) in [
            ("-backed", Predicate::BackedBy),
            ("-allied", Predicate::AlliedWith),
        ] {
            if let Some(name) = before.text.strip_suffix(ending) {
                let entry = resolved.book.by_metonym(name);
                found.extend(entry.map(|e| (predicate, e)));
            }
        }
    }
    found
}
