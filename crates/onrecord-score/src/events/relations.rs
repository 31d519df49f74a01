//! Pairs of parties with what one does to the other, in the form of Zero-Shot-PLOVER's PLV set.

use std::fmt;

use onrecord_events::head::Pair;
use onrecord_model::{EventType, Span};

use super::Classes;
use crate::ScoreError;

/// A sentence with two parties and the type of the event between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// File and line.
    pub name: String,
    /// The sentence.
    pub text: String,
    /// Who acts, where it is marked ...
    pub actor: Option<Span>,
    /// ... and who is acted upon.
    pub recipient: Option<Span>,
    /// The set's root: a PLOVER type, or `YIELD` for CONCEDE and RETREAT.
    pub root: String,
    /// The set's quad, 1 to 4.
    pub quad: u8,
}

impl Relation {
    /// The types that are right.
    pub fn types(&self) -> Vec<EventType> {
        let fits = |event: &EventType| root(*event) == self.root;
        EventType::ALL.into_iter().filter(fits).collect()
    }

    /// The pair, where both parties are marked.
    pub fn pair(&self) -> Option<Pair> {
        Some(Pair {
            actor: self.actor?,
            recipient: self.recipient?,
            types: self.types(),
        })
    }
}

/// The set's name for a type.
pub fn root(event: EventType) -> &'static str {
    match event {
        EventType::Concede | EventType::Retreat => "YIELD",
        other => other.name(),
    }
}

/// How well the types of events between two parties were told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelationsScore {
    /// Cooperation or conflict.
    pub binary: Classes,
    /// The set's four classes.
    pub quad: Classes,
    /// Its fifteen.
    pub root: Classes,
}

impl RelationsScore {
    /// Counts a row with the type that was found for it.
    pub fn add(&mut self, gold: &Relation, found: Option<EventType>) {
        let side = |quad: u8| if quad < 3 { "cooperation" } else { "conflict" };
        let (quad, root) = (found.map(super::quad), found.map(root));
        self.binary.add(side(gold.quad), quad.map(side));
        let name = |quad: u8| quad.to_string();
        self.quad.add(&name(gold.quad), quad.map(name).as_deref());
        self.root.add(&gold.root, root);
    }
}

impl fmt::Display for RelationsScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<34} {:>8} {:>8} {:>8}",
            "macro-F1 (accuracy)", "binary", "quad", "root"
        )?;
        let cells = [&self.binary, &self.quad, &self.root];
        let [b, q, r] = cells.map(|c| format!("{:.1}", c.macro_f1()));
        writeln!(f, "{:<34} {b:>8} {q:>8} {r:>8}", "these rows")?;
        let [b, q, r] = cells.map(|c| format!("({:.1})", c.accuracy()));
        writeln!(f, "{:<34} {b:>8} {q:>8} {r:>8}\n", "")?;
        for [name, b, q, r] in PUBLISHED {
            writeln!(f, "{name:<34} {b:>8} {q:>8} {r:>8}")?;
        }
        writeln!(f, "\nF1 of each root:\n{}", self.root)
    }
}

/// Macro-F1 on the set's test rows: Hu, Parolin, Khan et al., "Leveraging Codebook Knowledge
/// with NLI and ChatGPT for Zero-Shot Political Relation Classification", ACL 2024, table 4.
const PUBLISHED: [[&str; 4]; 4] = [
    ["Universal PETRARCH, test rows", "80.8", "51.8", "46.3"],
    ["GPT-4, test rows", "93.4", "76.7", "61.5"],
    ["ZSP, RoBERTa-large NLI, test rows", "96.4", "89.6", "82.4"],
    ["ConfliBERT, test rows", "98.4", "96.3", "86.7"],
];

/// The rows of a file: tab-separated with a header; of its columns `marked_sentence` (with
/// `<s>` and `<t>` around source and target), `gold_root` and `gold_penta` are read.
///
/// # Errors
/// A column is missing, in the header or in a row, or a row names no known type.
pub fn relations(name: &str, file: &str) -> Result<Vec<Relation>, ScoreError> {
    let mut lines = file.lines().enumerate();
    let header: Vec<&str> = lines
        .next()
        .map_or(Vec::new(), |(_, l)| l.split('\t').collect());
    let column = |wanted: &str| {
        let at = header.iter().position(|c| c.trim() == wanted);
        at.ok_or_else(|| ScoreError::line(name, 1, format!("no column {wanted}")))
    };
    let (marked, root) = (column("marked_sentence")?, column("gold_root")?);
    let quad = column("gold_penta")?;
    let mut found = Vec::new();
    for (n, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).map(|c| c.trim());
        let read = || {
            let (text, actor, recipient) = unmark(cell(marked)?);
            let relation = Relation {
                name: format!("{name}:{}", n + 1),
                text,
                actor,
                recipient,
                root: cell(root)?.to_owned(),
                quad: cell(quad)?.parse().ok()?,
            };
            Some(relation).filter(|r| !r.types().is_empty())
        };
        let what = "no marked sentence, quad from 1 to 4 and root of PLOVER in this row";
        found.push(read().ok_or_else(|| ScoreError::line(name, n + 1, what))?);
    }
    Ok(found)
}

/// The text without its marks; of parties marked twice the first.
fn unmark(marked: &str) -> (String, Option<Span>, Option<Span>) {
    let mut text = String::with_capacity(marked.len());
    let (mut open, mut found) = ([None; 2], [None; 2]);
    let mut rest = marked;
    while !rest.is_empty() {
        let tag = ["<s>", "<t>", "</s>", "</t>"]
            .iter()
            .position(|tag| rest.starts_with(tag));
        match tag {
            Some(at) if at < 2 => open[at] = Some(text.len()),
            Some(at) => {
                let party = at - 2;
                if let Some(start) = open[party].take() {
                    found[party].get_or_insert(Span::new(start, text.len()));
                }
            }
            None => {}
        }
        let step = match tag {
            Some(at) if at < 2 => 3,
            Some(_) => 4,
            None => {
                let next = rest.chars().next().map_or(1, char::len_utf8);
                text.push_str(&rest[..next]);
                next
            }
        };
        rest = &rest[step..];
    }
    (text, found[0], found[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read() {
        let file = "\tsentence\tmarked_sentence\tgold_penta\tgold_root\n\
                    1\tx\t<s>The army</s> left <t>the port</t>.\t2\tYIELD\r\n";
        let found = relations("x.tsv", file).unwrap();
        assert_eq!(found[0].text, "The army left the port.");
        let pair = found[0].pair().unwrap();
        assert_eq!(pair.actor.of(&found[0].text), "The army");
        assert_eq!(pair.recipient.of(&found[0].text), "the port");
        assert_eq!(pair.types, [EventType::Concede, EventType::Retreat]);
        let wrong = relations("x.tsv", &file.replace("YIELD", "SHOUT")).unwrap_err();
        assert!(wrong.to_string().starts_with("x.tsv:2: "), "{wrong}");
        let wrong = relations("x.tsv", &file.replace("gold_root", "root")).unwrap_err();
        assert_eq!(wrong.to_string(), "x.tsv:1: no column gold_root");
    }

    #[test]
    fn a_missing_mark_is_no_party() {
        let (text, actor, recipient) = unmark("A hit <t>B</t>, <t>C</t>.");
        assert_eq!((text.as_str(), actor), ("A hit B, C.", None));
        assert_eq!(recipient.unwrap().of(&text), "B");
    }
}
