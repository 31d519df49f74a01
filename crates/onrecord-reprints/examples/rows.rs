//! Prints which articles of a file carry sentences of which others.
//!
//! `cargo run -p onrecord-reprints --example rows -- FILE`: one sentence a line, an empty line
//! between articles.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // reads a file, prints

use onrecord_lexicon::Lexicon;
use onrecord_model::{Pile, PileArticle, PileSentence};
use onrecord_reprints::reprints;

fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let article = |(n, text): (usize, &str)| PileArticle {
        id: format!("article {}", n + 1),
        sentences: text
            .lines()
            .enumerate()
            .map(|(s, text)| PileSentence {
                id: format!("{}", s + 1),
                text: text.to_owned(),
            })
            .collect(),
        ..PileArticle::default()
    };
    let pile = Pile {
        articles: text.split("\n\n").enumerate().map(article).collect(),
    };
    for row in reprints(&pile, Lexicon::built_in()).reprints {
        let pairs: Vec<String> = row
            .sentences
            .iter()
            .map(|(a, b)| format!("{a}={b}"))
            .collect();
        println!(
            "{} <- {}: {}, {:.3} of it, {:.3} of the other, wire {}, direction {}; sentences {}",
            row.article,
            row.from,
            row.kind.name(),
            row.share,
            row.share_of_from,
            row.wire.as_deref().unwrap_or("none printed"),
            row.direction.name(),
            pairs.join(" ")
        );
    }
}
