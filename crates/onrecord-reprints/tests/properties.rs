//! What holds for any pile.

use onrecord_lexicon::Lexicon;
use onrecord_model::{PartialDate, Pile, PileArticle, PileSentence, ReprintKind};
use onrecord_reprints::{ArticleText, Found, Index, Settings, Signature, Source, find, reprints};
use proptest::prelude::*;

/// Sentences of few words, so that articles often have some in common.
fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(0..40u8, 3..24).prop_map(|words| {
        let words: Vec<String> = words.into_iter().map(|w| format!("w{}x", w)).collect();
        format!("{}.", words.join(" "))
    })
}

/// Articles put together from a few passages that all draw from.
fn pile() -> impl Strategy<Value = Pile> {
    let passages = prop::collection::vec(prop::collection::vec(sentence(), 1..8), 2..5);
    let drawn = prop::collection::vec((prop::collection::vec(0..5usize, 1..4), 0..12i8), 1..9);
    (passages, drawn).prop_map(|(passages, drawn)| Pile {
        articles: drawn
            .into_iter()
            .enumerate()
            .map(|(n, (parts, day))| PileArticle {
                id: format!("ar-{n}"),
                published: PartialDate::day(2030, 5, day),
                sentences: parts
                    .iter()
                    .flat_map(|p| &passages[p % passages.len()])
                    .enumerate()
                    .map(|(s, text)| PileSentence {
                        id: format!("se-{n}-{s}"),
                        text: text.clone(),
                    })
                    .collect(),
                ..PileArticle::default()
            })
            .collect(),
    })
}

fn seen(article: &PileArticle) -> ArticleText<'_> {
    ArticleText {
        id: &article.id,
        published: article.published,
        sentences: article
            .sentences
            .iter()
            .map(|s| (s.id.as_str(), s.text.as_str()))
            .collect(),
    }
}

fn found<'a>(index: &Index, text: impl FnMut(&str) -> Option<ArticleText<'a>>) -> Found {
    find(index, &Settings::default(), text, |_| Source::default())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_adding_does_not_matter(pile in pile(), turn in 0..9usize) {
        let one = format!("{:?}", reprints(&pile, Lexicon::built_in()));
        let mut turned = pile.clone();
        turned.articles.reverse();
        let n = turned.articles.len();
        turned.articles.rotate_left(turn % n);
        prop_assert_eq!(one, format!("{:?}", reprints(&turned, Lexicon::built_in())));
    }

    #[test]
    fn stored_signatures_do_as_well_as_texts(pile in pile()) {
        let (mut index, mut stored) = (Index::default(), Index::default());
        for article in &pile.articles {
            let bytes = index.add(&seen(article)).to_bytes();
            let back = Signature::from_bytes(&bytes).expect("a signature");
            let mut bare = seen(article);
            bare.sentences.clear();
            stored.add_signed(&bare, &back);
        }
        let text = |id: &str| pile.articles.iter().find(|a| a.id == id).map(seen);
        prop_assert_eq!(found(&index, text).carried, found(&stored, text).carried);
    }

    #[test]
    fn rows_are_of_the_pile_and_shares_are_shares(pile in pile()) {
        let found = reprints(&pile, Lexicon::built_in());
        let article = |id: &str| pile.articles.iter().find(|a| a.id == id).expect("of the pile");
        for row in &found.reprints {
            prop_assert_ne!(&row.article, &row.from);
            prop_assert!((0.0..=1.0).contains(&row.share) && (0.0..=1.0).contains(&row.share_of_from));
            prop_assert!(!row.sentences.is_empty());
            for (a, b) in &row.sentences {
                prop_assert!(article(&row.article).sentences.iter().any(|s| s.id == *a));
                prop_assert!(article(&row.from).sentences.iter().any(|s| s.id == *b));
            }
            prop_assert!(row.sentences.windows(2).all(|p| p[0].0 != p[1].0), "each sentence once");
        }
        for (one, other) in &found.same_text {
            prop_assert_ne!(one, other);
            prop_assert!(found.same_text.iter().all(|(a, _)| a != other), "{} stands for a text", other);
        }
    }

    #[test]
    fn a_text_is_a_reprint_of_itself(body in prop::collection::vec("[a-zа-я漢字ء-ي0-9 ,.“”\"]{1,90}", 1..30)) {
        let sentences: Vec<(&str, &str)> = body.iter().map(|s| ("", s.as_str())).collect();
        let article = |id| ArticleText { id, sentences: sentences.clone(), ..ArticleText::default() };
        let mut index = Index::default();
        let words = index.add(&article("a")).words;
        index.add(&article("b"));
        let found = found(&index, |id| Some(article(if id == "a" { "a" } else { "b" })));
        if words >= 60 {
            prop_assert_eq!(found.carried.len(), 1);
            prop_assert_eq!(found.carried[0].kind, ReprintKind::Same);
        }
    }

    #[test]
    fn any_bytes_are_a_signature_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        if let Ok(read) = Signature::from_bytes(&bytes) {
            prop_assert_eq!(read.to_bytes(), bytes);
        }
    }
}
