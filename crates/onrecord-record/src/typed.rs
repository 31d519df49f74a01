//! What a person types to search for, and what SQLite is asked for it.

/// How many words and phrases may be asked for at once.
const MOST: usize = 64;

/// Words and phrases; a text fits if it fits one of the sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    pub sides: Vec<Side>,
}

/// What stands between two `OR`s.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Side {
    /// What a text must hold, in the order typed.
    pub all: Vec<Term>,
    /// What it must not hold.
    pub without: Vec<Term>,
}

/// A word or phrase, or several of which one is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// Each of them is pieces that must all be there.
    pub any: Vec<Vec<Piece>>,
}

/// Words that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub text: String,
    /// The last word is the beginning of one.
    pub begins: bool,
    /// Typed in quotation marks.
    pub quoted: bool,
}

impl Piece {
    /// Words that stand together.
    pub(crate) fn phrase(text: &str) -> Piece {
        Piece {
            text: text.to_owned(),
            begins: false,
            quoted: true,
        }
    }

    fn sql(&self) -> String {
        let plain: String = self
            .text
            .chars()
            .map(|c| if c == '"' || c.is_control() { ' ' } else { c })
            .collect();
        let beginning = if self.begins { " *" } else { "" };
        format!("\"{plain}\"{beginning}")
    }
}

impl Term {
    fn of(piece: Piece) -> Term {
        Term {
            any: vec![vec![piece]],
        }
    }

    /// The piece of a term of one.
    pub(crate) fn piece(&self) -> Option<&Piece> {
        match self.any.as_slice() {
            [pieces] => match pieces.as_slice() {
                [piece] => Some(piece),
                _ => None,
            },
            _ => None,
        }
    }

    fn sql(&self) -> String {
        let of = |pieces: &Vec<Piece>| joined(pieces.iter().map(Piece::sql), " AND ");
        joined(self.any.iter().map(of), " OR ")
    }
}

impl Typed {
    /// Reads what was typed: every word must be there; `"words in quotation marks"` stand
    /// together, `begin*` takes all endings, `-word` must not be there, and `OR` lets either
    /// side do. Whatever else is typed is blank: no text is malformed.
    ///
    /// # Errors
    /// What is missing, for a person: no word at all, or none that must be there.
    pub(crate) fn read(typed: &str) -> Result<Typed, String> {
        let mut sides = vec![Side::default()];
        let mut rest = typed.trim_start();
        let mut count = 0;
        while !rest.is_empty() {
            let (without, from) = match rest.strip_prefix(['-', '−', '–']) {
                Some(after) if after.starts_with(starts) => (true, after),
                _ => (false, rest),
            };
            let (piece, after) = piece(from);
            rest = after.trim_start();
            if !without && piece.text == "OR" && !piece.quoted {
                sides.push(Side::default());
            } else if piece.text.chars().any(char::is_alphanumeric) {
                count += 1;
                let side = sides.last_mut().map(|side| match without {
                    true => &mut side.without,
                    false => &mut side.all,
                });
                side.into_iter()
                    .for_each(|s| s.push(Term::of(piece.clone())));
            }
        }
        if count > MOST {
            return Err(format!(
                "{count} words and phrases; at most {MOST} can be looked for"
            ));
        }
        sides.retain(|side| !side.all.is_empty() || !side.without.is_empty());
        if sides.is_empty() {
            return Err(format!("`{typed}` holds no word to look for"));
        }
        if sides.iter().any(|side| side.all.is_empty()) {
            return Err(format!(
                "`{typed}` says only what must not be there; give a word that must"
            ));
        }
        Ok(Typed { sides })
    }

    /// As a query of SQLite's full-text search.
    pub(crate) fn sql(&self) -> String {
        // `a b OR c` means (a b) or c to people, and to SQLite too.
        joined(self.sides.iter().map(Side::sql), " OR ")
    }
}

impl Side {
    fn sql(&self) -> String {
        let all = joined(self.all.iter().map(Term::sql), " AND ");
        if self.without.is_empty() {
            return all;
        }
        let without = joined(self.without.iter().map(Term::sql), " OR ");
        format!("({all} NOT {without})")
    }
}

/// Several in brackets, one as it is.
fn joined(parts: impl Iterator<Item = String>, by: &str) -> String {
    let mut parts: Vec<String> = parts.collect();
    match parts.len() {
        1 => parts.remove(0),
        _ => format!("({})", parts.join(by)),
    }
}

fn starts(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// The first word or phrase, and what comes after it.
fn piece(typed: &str) -> (Piece, &str) {
    if let Some(inner) = typed.strip_prefix(is_mark) {
        let (text, after) = inner.split_once(is_mark).unwrap_or((inner, ""));
        return (Piece::phrase(text), after);
    }
    let end = typed.find(char::is_whitespace).unwrap_or(typed.len());
    let (word, after) = typed.split_at(end);
    let text = word.trim_end_matches('*');
    let piece = Piece {
        text: text.to_owned(),
        begins: text.len() < word.len(),
        quoted: false,
    };
    (piece, after)
}

#[cfg(test)]
mod tests {
    use super::Typed;

    #[test]
    fn words_phrases_beginnings_and_choices() {
        for (typed, sent) in [
            ("troops leave", r#"("troops" AND "leave")"#),
            (
                r#""leave the country" now"#,
                r#"("leave the country" AND "now")"#,
            ),
            ("“leave the”", r#""leave the""#),
            ("Asa'ib al-Haqq", r#"("Asa'ib" AND "al-Haqq")"#),
            ("militi*", r#""militi" *"#),
            ("base OR camp", r#"("base" OR "camp")"#),
            ("a b OR c", r#"(("a" AND "b") OR "c")"#),
            ("OR base OR", r#""base""#),
            ("\"unclosed words", r#""unclosed words""#),
            ("troops -base", r#"("troops" NOT "base")"#),
            (
                "troops -\"air base\" -camp",
                r#"("troops" NOT ("air base" OR "camp"))"#,
            ),
            ("a -b OR c", r#"(("a" NOT "b") OR "c")"#),
            (
                "or and NOT text: a^2 (b",
                r#"("or" AND "and" AND "NOT" AND "text:" AND "a^2" AND "(b")"#,
            ),
            ("- troops - base", r#"("troops" AND "base")"#),
        ] {
            let read = Typed::read(typed).expect(typed);
            assert_eq!(read.sql(), sent, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_looked_for_is_told() {
        for (typed, told) in [
            (" - \"\" . ", "no word"),
            ("", "no word"),
            ("-base", "only what must not"),
            ("troops OR -base", "only what must not"),
            (&"a ".repeat(65), "at most 64"),
        ] {
            let error = Typed::read(typed).expect_err(typed);
            assert!(error.contains(told), "{typed}: {error}");
        }
    }
}
