//! Whatever the text, the step keeps its promises and does not panic.

use std::collections::HashSet;

use onrecord::model::Article;
use onrecord::{Kit, lexicon::Lexicon};
use proptest::prelude::*;

/// Pieces that put together make odd quotations.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "Anna Kovac",
        "he",
        "they",
        "said",
        "told",
        "warned",
        "that",
        "the minister",
        "according to",
        "the report",
        "adding",
        "urged",
        "to leave",
        "of the plan",
        "Müller",
        "on Friday",
        "and",
        "but",
        "was",
        "will",
        "not",
        "refused",
        "say",
        "as saying",
        "quoted",
        "whose",
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "«",
        "»",
        ",",
        ".",
        ":",
        ";",
        "–",
        "—",
        "…",
        "...",
        "(",
        ")",
        "[",
        "]",
        "?",
        "!",
        "\n\n",
        "\n",
        "\u{a0}",
        "السلام",
        "界",
        "🙂",
        "''",
        "U.S.",
        "al-Nour",
        "While",
        "If",
        "In a statement",
    ];
    prop_oneof![
        9 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn statements_are_verbatim_and_each_stands_once(
        pieces in prop::collection::vec((piece(), any::<bool>()), 0..60)
    ) {
        let mut text = String::new();
        for (piece, space) in &pieces {
            text.push_str(piece);
            if *space {
                text.push(' ');
            }
        }
        let article = Article::new("pg-odd".into(), 1, text.clone());
        let reading = onrecord::read_article(article, Kit::new(Lexicon::built_in()));
        let mut seen = HashSet::new();
        for row in &reading.statements {
            prop_assert!(!row.content.is_empty());
            let spans = row.content.iter().chain(&row.cue).chain(&row.speaker_span);
            for span in spans {
                prop_assert!(span.end <= text.len() && !span.is_empty());
                prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            }
            prop_assert!(row.content.windows(2).all(|w| w[0].end <= w[1].start));
            prop_assert!(seen.insert((row.cue, row.content.clone())));
            prop_assert!(row.sentences.contains(&row.sentence));
            prop_assert!(row.sentences.iter().all(|n| *n < reading.sentences.len()));
            if let Some(id) = &row.speaker {
                prop_assert!(reading.actor(id).is_some());
            }
            if let Some(outer) = &row.nested_in {
                prop_assert!(reading.statements.iter().any(|s| s.id == *outer));
            }
        }
    }
}

#[test]
fn without_a_tree_quotations_and_clauses_with_that_are_read() {
    let text = "Mayor Ali Hassan said that the dam was safe. “We lost nothing,” said Ana Tal.";
    let article = Article::new("pg-bare".into(), 1, text.to_owned());
    let lexicon = Lexicon::built_in();
    let mut reading = onrecord::read_article(article, Kit::new(lexicon));
    for sentence in &mut reading.sentences {
        sentence.words.clear();
    }
    let rows = onrecord_statements::find(&reading, lexicon, None);
    let said: Vec<_> = rows.iter().map(|r| reading.words(r.content[0])).collect();
    assert_eq!(said, ["the dam was safe", "“We lost nothing,”"]);
}
