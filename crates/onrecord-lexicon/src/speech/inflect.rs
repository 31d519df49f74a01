//! The regular forms of an English verb.

/// Base, third person, past, participle and -ing form of a regular verb. Of a verb with a
/// particle ("call for") the first word changes.
pub(super) fn regular(verb: &str) -> [String; 5] {
    let (word, rest) = verb
        .split_once(' ')
        .map_or((verb, ""), |(word, rest)| (word, rest));
    let with_rest = |form: String| {
        if rest.is_empty() {
            form
        } else {
            format!("{form} {rest}")
        }
    };
    let before_last = word.chars().rev().nth(1);
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiou".contains(c));
    let hissing = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|e| word.ends_with(e));
    let y = word.strip_suffix('y').filter(|_| !vowel(before_last));
    let (third, past, gerund) = if let Some(stem) = y {
        (
            format!("{stem}ies"),
            format!("{stem}ied"),
            format!("{word}ing"),
        )
    } else if word.ends_with("ee") {
        (format!("{word}s"), format!("{word}d"), format!("{word}ing"))
    } else if let Some(stem) = word.strip_suffix('e') {
        (format!("{word}s"), format!("{word}d"), format!("{stem}ing"))
    } else if hissing {
        (
            format!("{word}es"),
            format!("{word}ed"),
            format!("{word}ing"),
        )
    } else {
        (
            format!("{word}s"),
            format!("{word}ed"),
            format!("{word}ing"),
        )
    };
    [word.to_owned(), third, past.clone(), past, gerund].map(with_rest)
}

#[cfg(test)]
mod tests {
    use super::regular;

    #[test]
    fn regular_forms() {
        for (verb, third, past, gerund) in [
            ("add", "adds", "added", "adding"),
            ("state", "states", "stated", "stating"),
            ("deny", "denies", "denied", "denying"),
            ("stress", "stresses", "stressed", "stressing"),
            ("guarantee", "guarantees", "guaranteed", "guaranteeing"),
            ("convey", "conveys", "conveyed", "conveying"),
            ("call for", "calls for", "called for", "calling for"),
        ] {
            let [base, t, p, participle, g] = regular(verb);
            assert_eq!((base.as_str(), participle.as_str()), (verb, past));
            assert_eq!((t.as_str(), p.as_str(), g.as_str()), (third, past, gerund));
        }
    }
}
