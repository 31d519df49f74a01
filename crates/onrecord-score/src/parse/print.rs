//! The measures as a table, with what others publish.

use std::cmp::Reverse;
use std::fmt;

use super::{Agreement, ParseScore};

const VERSION: &str = concat!("onrecord ", env!("CARGO_PKG_VERSION"));

/// The columns after a line's name.
const COLUMNS: [&str; 8] = [
    "tokens",
    "sentences",
    "words",
    "UPOS",
    "XPOS",
    "lemmas",
    "UAS",
    "LAS",
];

/// One line of the comparison: system, file and input; F1 in the order of the columns.
type Other = (&'static str, [Option<f64>; 8]);

/// All on test files of the English treebanks. UDPipe from its own evaluation logs, Stanza
/// from its page of figures, spaCy from the model's card (its own measure, UD 2.5).
const OTHERS: [Other; 7] = [
    (
        "UDPipe 2.17, EWT test, gold tokens",
        some([100.0, 100.0, 100.0, 97.61, 97.13, 97.96, 94.09, 92.36]),
    ),
    (
        "UDPipe 2.17, GUM test, gold tokens",
        some([100.0, 100.0, 100.0, 98.36, 98.31, 99.07, 93.82, 92.14]),
    ),
    (
        "UDPipe 2.17, EWT test, raw text",
        some([99.29, 88.42, 99.07, 96.75, 96.27, 97.13, 91.59, 89.91]),
    ),
    (
        "UDPipe 2.17, GUM test, raw text",
        some([99.76, 95.77, 99.74, 98.12, 98.06, 98.83, 93.20, 91.54]),
    ),
    ("Stanza 1.5.1, EWT test, raw text", trees(88.90, 86.77)),
    ("Stanza 1.5.1, GUM test, raw text", trees(90.49, 88.24)),
    (
        "spaCy en_udv25_englishewt_trf, EWT, raw",
        trees(91.90, 89.42),
    ),
];

const fn some(f1: [f64; 8]) -> [Option<f64>; 8] {
    let mut all = [None; 8];
    let mut at = 0;
    while at < all.len() {
        all[at] = Some(f1[at]);
        at += 1;
    }
    all
}

const fn trees(uas: f64, las: f64) -> [Option<f64>; 8] {
    let mut all = [None; 8];
    all[6] = Some(uas);
    all[7] = Some(las);
    all
}

impl ParseScore {
    /// In the order of the columns.
    fn measures(&self) -> [Agreement; 8] {
        [
            self.tokens,
            self.sentences,
            self.words,
            self.upos,
            self.xpos,
            self.lemmas,
            self.uas,
            self.las,
        ]
    }
}

impl fmt::Display for ParseScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "Words and trees, measures of the CoNLL 2018 shared task, {} sentences, {} words",
            self.sentences.gold, self.words.gold
        )?;
        writeln!(f)?;
        write!(f, "{:<40}", "F1")?;
        for column in COLUMNS {
            write!(f, " {column:>9}")?;
        }
        writeln!(f)?;
        let percent = |figure: fn(Agreement) -> Option<f64>| {
            self.measures()
                .map(|measure| figure(measure).map(|share| 100.0 * share))
        };
        line(f, VERSION, percent(|a| Some(a.f1())))?;
        line(f, "  precision", percent(|a| Some(a.precision())))?;
        line(f, "  recall", percent(|a| Some(a.recall())))?;
        line(
            f,
            "  accuracy on aligned words",
            percent(Agreement::aligned_accuracy),
        )?;
        for (name, f1) in OTHERS {
            line(f, name, f1)?;
        }
        writeln!(f)?;
        writeln!(f, "The other figures are published ones.")?;
        writeln!(f)?;
        self.print_relations(f)
    }
}

impl ParseScore {
    /// The commonest relations first.
    fn print_relations(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<20} {:>8} {:>8} {:>9} {:>9} {:>9} {:>11}",
            "Relations", "gold", "system", "precision", "recall", "F1", "head right"
        )?;
        let mut relations: Vec<_> = self.relations.iter().collect();
        relations.sort_by_key(|(_, relation)| Reverse(relation.labelled.gold));
        for (name, relation) in relations {
            let labelled = relation.labelled;
            writeln!(
                f,
                "{name:<20} {:>8} {:>8} {:>9.2} {:>9.2} {:>9.2} {:>11.2}",
                labelled.gold,
                labelled.system,
                100.0 * labelled.precision(),
                100.0 * labelled.recall(),
                100.0 * labelled.f1(),
                100.0 * relation.attachment()
            )?;
        }
        Ok(())
    }
}

fn line(f: &mut fmt::Formatter<'_>, name: &str, figures: [Option<f64>; 8]) -> fmt::Result {
    write!(f, "{name:<40}")?;
    for figure in figures {
        let figure = figure.map_or("-".to_owned(), |figure| format!("{figure:.2}"));
        write!(f, " {figure:>9}")?;
    }
    writeln!(f)
}
