//! Mutated pages: whatever is done to a page, the way ends without a panic, and every span
//! of every row lies on character borders of its article's text.

#![allow(clippy::disallowed_methods)] // reads its pages from disk

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use onrecord::lexicon::Lexicon;
use onrecord::model::{RawPage, Reading, Span, sha256_hex};
use onrecord::{Kit, pages};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn seeds() -> &'static [Vec<u8>] {
    static SEEDS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SEEDS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pages");
        let mut paths: Vec<_> = fs::read_dir(folder)
            .expect("examples")
            .flatten()
            .map(|e| e.path())
            .collect();
        paths.sort();
        paths.iter().map(|p| fs::read(p).expect("a page")).collect()
    })
}

fn read(bytes: Vec<u8>) -> Option<Reading> {
    let raw = RawPage {
        uri: "mutant".into(),
        sha256: sha256_hex(&bytes),
        bytes,
        ..RawPage::default()
    };
    let (page, notes) = pages::decode(&raw).ok()?;
    Some(onrecord::read(
        page,
        notes,
        &Default::default(),
        Kit::new(Lexicon::built_in()),
    ))
}

fn check(reading: &Reading) {
    for a in &reading.articles {
        let text = a.article.text.as_str();
        let good = |span: Span| {
            assert!(
                text.get(span.start..span.end).is_some(),
                "{span:?} of {}",
                text.len()
            )
        };
        let number = |n: usize| {
            assert!(
                n < a.sentences.len(),
                "sentence {n} of {}",
                a.sentences.len()
            )
        };
        for s in &a.sentences {
            good(s.span);
            s.tokens.iter().for_each(|t| good(t.span));
        }
        a.quotations.iter().for_each(|q| good(q.span));
        for m in &a.mentions {
            good(m.span);
            number(m.sentence);
            assert!(a.sentences[m.sentence].span.contains(m.span));
        }
        assert!(
            a.mentions
                .windows(2)
                .all(|p| p[0].span.end <= p[1].span.start),
            "mentions overlap"
        );
        a.dates.iter().for_each(|d| good(d.span));
        a.place_mentions.iter().for_each(|p| good(p.span));
        for s in &a.statements {
            number(s.sentence);
            s.sentences.iter().for_each(|n| number(*n));
            s.content
                .iter()
                .chain(&s.cue)
                .chain(&s.speaker_span)
                .for_each(|x| good(*x));
            assert!(s.speaker.as_ref().is_none_or(|id| a.actor(id).is_some()));
        }
        for e in &a.events {
            number(e.sentence);
            e.actor_spans
                .iter()
                .chain(&e.recipient_spans)
                .for_each(|x| good(*x));
            good(e.trigger);
            assert!(
                e.actors
                    .iter()
                    .chain(&e.recipients)
                    .all(|id| a.actor(id).is_some())
            );
        }
        a.positions.iter().for_each(|p| number(p.sentence));
        a.outlooks.iter().for_each(|o| good(o.content));
        a.framings.iter().for_each(|f| good(f.label));
    }
}

/// One way to spoil a page.
#[derive(Clone, Debug)]
enum Damage {
    Cut(usize, usize),
    Double(usize, usize),
    Put(usize, Vec<u8>),
    Swap(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = 0..100_000usize;
    let bits: Vec<&'static str> = vec![
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "'",
        "\n",
        "\n\n",
        "\r\n",
        "By ",
        "<div>",
        "</p>",
        "<",
        "&#x0;",
        "\0",
        "\u{feff}",
        "said",
        " said ",
        "…",
        "...",
        "؟",
        "é",
        "𝒜",
        "\u{301}",
        "\u{200f}",
        "U.S.",
        " - ",
        "—",
        "(",
        "2019",
        "3 May ",
        "{\"text\":",
        "Comments\n",
        "al-",
        "\u{a0}",
        "%d",
    ];
    prop_oneof![
        (at.clone(), 0..400usize).prop_map(|(a, n)| Damage::Cut(a, n)),
        (at.clone(), 0..2000usize).prop_map(|(a, n)| Damage::Double(a, n)),
        (at.clone(), prop::sample::select(bits))
            .prop_map(|(a, s)| Damage::Put(a, s.as_bytes().to_vec())),
        (at.clone(), prop::collection::vec(any::<u8>(), 1..4)).prop_map(|(a, b)| Damage::Put(a, b)),
        (at.clone(), at).prop_map(|(a, b)| Damage::Swap(a, b)),
    ]
}

fn spoil(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        let size = bytes.len().max(1);
        match damage {
            Damage::Cut(at, n) => {
                let at = at % size;
                bytes.drain(at..(at + n).min(bytes.len()).max(at));
            }
            Damage::Double(at, n) => {
                let at = (at % size).min(bytes.len());
                let piece = bytes[at..(at + n).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            Damage::Put(at, piece) => {
                let at = (at % size).min(bytes.len());
                bytes.splice(at..at, piece.iter().copied());
            }
            Damage::Swap(a, b) if !bytes.is_empty() => bytes.swap(a % size, b % size),
            Damage::Swap(..) => {}
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn no_page_breaks_the_way(seed in 0..100usize, damages in prop::collection::vec(damage(), 1..12)) {
        let bytes = spoil(seeds()[seed % seeds().len()].clone(), &damages);
        if let Some(reading) = read(bytes) {
            check(&reading);
        }
    }

    #[test]
    fn no_text_breaks_the_way(text in "[a-zA-Z“”\"'’‘.,?! \n()—\\-0-9éß]{0,400}") {
        if let Some(reading) = read(text.into_bytes()) {
            check(&reading);
        }
    }
}
