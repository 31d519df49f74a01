//! Who does what kind of thing to whom, in the form of ConfliBERT's cameo sets: one file with a
//! label a word, one with a quad a sentence.

use std::collections::BTreeMap;
use std::fmt;

use onrecord_events::head::Pair;
use onrecord_model::{Event, EventType, Span};

use crate::ScoreError;
use crate::attribution::Counts;

/// A sentence with its parties and quad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extraction {
    /// File and line.
    pub name: String,
    /// The sentence; one that only the file of parties holds with a space between its words.
    pub text: String,
    /// Those marked as sources, targets and as acting on one another; `None` for a sentence
    /// that only the file of quads holds.
    pub parties: Option<[Vec<Span>; 3]>,
    /// 0 for no event, else 1 to 4; `None` for a sentence that only the other file holds.
    pub quad: Option<u8>,
}

impl Extraction {
    /// The first source and target, with the types that the quad allows.
    pub fn pair(&self) -> Option<Pair> {
        let [sources, targets, _] = self.parties.as_ref()?;
        let quad = self.quad?;
        Some(Pair {
            actor: *sources.first()?,
            recipient: *targets.first()?,
            types: EventType::ALL
                .into_iter()
                .filter(|e| super::quad(*e) == quad)
                .collect(),
        })
    }
}

/// How well actor, recipient and quad were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExtractionScore {
    /// Actor and recipient both touch those marked.
    pub parties: Counts,
    /// And the quad is right.
    pub full: Counts,
    /// Sentences without an event, and how many of them were given one with both parties, and
    /// how many were given any.
    pub without: [usize; 3],
}

impl ExtractionScore {
    /// Counts a sentence with what was read from it, as it was in the published comparison: one
    /// pair of parties a sentence, and of several events the one that fits best. Sentences that
    /// only one of the two files holds are left out.
    pub fn add(&mut self, gold: &Extraction, events: &[Event]) {
        let (Some([sources, targets, mutual]), Some(quad)) = (&gold.parties, gold.quad) else {
            return;
        };
        let whole = |e: &&Event| !e.actor_spans.is_empty() && !e.recipient_spans.is_empty();
        if quad == 0 {
            self.without[0] += 1;
            self.without[1] += usize::from(events.iter().any(|e| whole(&e)));
            self.without[2] += usize::from(!events.is_empty());
            return;
        }
        let sides = |one: &[Span], other: &[Span]| [one.to_vec(), other.to_vec()];
        let [sources, targets] = match mutual.as_slice() {
            [first, rest @ ..] if sources.is_empty() || targets.is_empty() => {
                sides(&[*first], rest)
            }
            _ => sides(sources, targets),
        };
        let held = !sources.is_empty() && !targets.is_empty();
        let touch = |found: &[Span], gold: &[Span]| {
            found.iter().any(|f| gold.iter().any(|g| g.overlaps(*f)))
        };
        let parties =
            |e: &Event| touch(&e.actor_spans, &sources) && touch(&e.recipient_spans, &targets);
        let full = |e: &Event| parties(e) && super::quad(e.event_type) == quad;
        for (counts, right) in [
            (&mut self.parties, events.iter().any(parties)),
            (&mut self.full, events.iter().any(full)),
        ] {
            counts.gold += usize::from(held);
            counts.found += usize::from(events.iter().any(|e| whole(&e)));
            counts.right += usize::from(right);
            counts.met += usize::from(right);
        }
    }
}

impl fmt::Display for ExtractionScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<44} {:>6} {:>9} {:>7}",
            "", "F1", "precision", "recall"
        )?;
        for (name, c) in [
            ("actor and recipient", self.parties),
            ("and quad", self.full),
        ] {
            let (f1, p, r) = (c.f1(), c.precision(), c.recall());
            writeln!(f, "{name:<44} {f1:>6.1} {p:>9.1} {r:>7.1}")?;
        }
        writeln!(
            f,
            "\nUniversal PETRARCH on the set's test sentences, complete dyads:"
        )?;
        writeln!(
            f,
            "{:<44} {:>6} {:>9} {:>7}",
            "actor and recipient", "42.8", "43.7", "42.0"
        )?;
        writeln!(
            f,
            "{:<44} {:>6} {:>9} {:>7}",
            "and quad", "32.3", "32.9", "31.6"
        )?;
        let [all, whole, any] = self.without;
        let share = |n: usize| 100.0 * n as f64 / all.max(1) as f64;
        writeln!(
            f,
            "\nof {all} sentences without an event {:.1} % were given one with both parties, \
             {:.1} % any (Universal PETRARCH, test: 27 %)",
            share(whole),
            share(any)
        )
    }
}

/// Joins the sentences of both files by their text without spaces and marks.
///
/// # Errors
/// A line of either file has another form.
pub fn extractions(
    (labels_name, labels): (&str, &str),
    (quads_name, quads): (&str, &str),
) -> Result<Vec<Extraction>, ScoreError> {
    let mut found = parties(labels_name, labels)?;
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (at, one) in found.iter().enumerate() {
        places.entry(folded(&one.text)).or_insert(at);
    }
    for (n, line) in quads
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
    {
        let row = line.trim().rsplit_once('\t');
        let quad = row.and_then(|(text, quad)| Some((text, quad.parse().ok().filter(|q| *q < 5)?)));
        let Some((text, quad)) = quad else {
            let what = "expected a sentence, a tab and a quad from 0 to 4";
            return Err(ScoreError::line(quads_name, n + 1, what));
        };
        match places.get(&folded(text)) {
            Some(at) => {
                found[*at].quad.get_or_insert(quad);
            }
            None => found.push(Extraction {
                name: format!("{quads_name}:{}", n + 1),
                text: text.to_owned(),
                parties: None,
                quad: Some(quad),
            }),
        }
    }
    Ok(found)
}

/// Letters and digits in lower case.
fn folded(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

fn parties(name: &str, file: &str) -> Result<Vec<Extraction>, ScoreError> {
    let mut found = Vec::new();
    let mut now = Building::default();
    for (n, line) in file.lines().enumerate() {
        if line.trim().is_empty() {
            found.extend(std::mem::take(&mut now).done(name));
            continue;
        }
        let what = "expected a word and one of the labels O, B-S, I-S, B-T, I-T, B-R, I-R";
        let fit = line
            .trim()
            .rsplit_once(' ')
            .and_then(|(word, label)| now.add(n + 1, word, label));
        fit.ok_or_else(|| ScoreError::line(name, n + 1, what))?;
    }
    found.extend(now.done(name));
    Ok(found)
}

/// A sentence as its words come in.
#[derive(Default)]
struct Building {
    line: usize,
    text: String,
    parties: [Vec<Span>; 3],
    /// The party whose words go on.
    open: Option<usize>,
}

impl Building {
    fn add(&mut self, line: usize, word: &str, label: &str) -> Option<()> {
        if self.text.is_empty() {
            self.line = line;
        } else if !word.starts_with([',', '.', ';', ':', '?', '!', ')', '’', '\'', '%'])
            && !self.text.ends_with(['(', '$'])
        {
            self.text.push(' ');
        }
        let span = Span::new(self.text.len(), self.text.len() + word.len());
        self.text.push_str(word);
        let (place, party) = match label.split_once('-') {
            None if label == "O" => {
                self.open = None;
                return Some(());
            }
            None => return None,
            Some((place, party)) => (place, ["S", "T", "R"].iter().position(|p| *p == party)?),
        };
        match self.parties[party].last_mut() {
            Some(last) if place == "I" && self.open == Some(party) => *last = last.join(span),
            _ => self.parties[party].push(span),
        }
        self.open = Some(party);
        Some(())
    }

    fn done(self, name: &str) -> Option<Extraction> {
        (!self.text.is_empty()).then(|| Extraction {
            name: format!("{name}:{}", self.line),
            text: self.text,
            parties: Some(self.parties),
            quad: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_are_joined() {
        let labels = "The B-S\narmy I-S\nshelled O\na B-T\nport I-T\n. O\n\nNobody O\ncame O\n";
        let quads = "The army shelled a port .\t4\r\nNothing happened.\t0\n";
        let found = extractions(("n", labels), ("c", quads)).unwrap();
        let one = &found[0];
        assert_eq!(
            (one.text.as_str(), one.quad),
            ("The army shelled a port.", Some(4))
        );
        let pair = one.pair().unwrap();
        assert_eq!(pair.recipient.of(&one.text), "a port");
        assert!(pair.types.contains(&EventType::Assault));
        assert_eq!((found[1].quad, found[2].parties.is_none()), (None, true));
        assert!(extractions(("n", "a B-X\n"), ("c", "")).is_err());
        let wrong = extractions(("n", ""), ("c", "x\t7")).unwrap_err();
        assert!(wrong.to_string().starts_with("c:1: "), "{wrong}");
    }
}
