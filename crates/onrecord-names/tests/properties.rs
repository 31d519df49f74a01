//! What must hold for any two names.

use onrecord_names::{Kind, Prepared, compare, keys};
use proptest::prelude::*;

const KINDS: [Kind; 4] = [Kind::Person, Kind::Organization, Kind::Place, Kind::Unknown];

/// Names of parts as they come in news, invented.
fn name() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "al-",
        "Abd al-",
        "Abu ",
        "bin ",
        "Dr. ",
        "J. ",
        "Karim ",
        "Kareem ",
        "Najmi ",
        "Najmy ",
        "Lindqvist",
        ", ",
        "OOO ",
        "Ltd. ",
        "Bank ",
        "North ",
        "II ",
        "21st ",
        "of ",
        "the ",
        "Лурен ",
        "نجم ",
        "류 ",
        "NRA ",
        "Zahr-",
        "Brigades ",
        "Iraqi ",
        "ez-",
        "Jr.",
        "&",
    ]);
    prop::collection::vec(part, 0..7).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn a_name_is_itself(a in any::<String>()) {
        for kind in KINDS {
            prop_assert_eq!(compare(&a, &a, kind).score, 1.0);
        }
    }

    #[test]
    fn a_made_name_is_itself(a in name()) {
        for kind in KINDS {
            prop_assert_eq!(compare(&a, &a, kind).score, 1.0, "{}", a);
        }
    }

    #[test]
    fn the_score_is_the_same_both_ways(a in name(), b in name()) {
        for kind in KINDS {
            let (one, two) = (compare(&a, &b, kind), compare(&b, &a, kind));
            prop_assert_eq!(one.score, two.score);
            prop_assert_eq!(one.same, two.same);
            prop_assert_eq!(one.steps.len(), two.steps.len());
            let short = Prepared::new(&a, kind).score(&Prepared::new(&b, kind));
            prop_assert_eq!(one.score, short);
        }
    }

    #[test]
    fn any_text_can_be_compared(a in any::<String>(), b in any::<String>()) {
        for kind in KINDS {
            let found = compare(&a, &b, kind);
            prop_assert_eq!(found.score, compare(&b, &a, kind).score);
            prop_assert!((0.0..=1.0).contains(&found.score));
            prop_assert!(!found.reason.is_empty());
        }
    }

    #[test]
    fn a_name_shares_a_key_with_itself_in_capitals(a in "[A-Z][a-z]{3,8} [A-Z][a-z]{3,8}") {
        let one = keys(&Prepared::new(&a, Kind::Person));
        let two = keys(&Prepared::new(&a.to_uppercase(), Kind::Person));
        prop_assert!(one.iter().any(|key| two.contains(key)));
    }
}

#[test]
fn long_text_is_no_trouble() {
    let long = "Karim al-Najmi bin ".repeat(500);
    for kind in KINDS {
        assert_eq!(compare(&long, &long, kind).score, 1.0);
        assert!(!compare(&long, &"x".repeat(10_000), kind).same);
    }
}

#[test]
fn nothing_is_only_nothing() {
    assert!(compare("", "...", Kind::Person).same);
    assert!(!compare("", "Karim", Kind::Person).same);
}
