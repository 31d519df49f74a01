//! Subjects: noun phrases that name parties, read to the left of a verb.

use crate::{
    items::{Kind, Line},
    parties::Parties,
};

/// Items an inserted phrase between commas may hold.
const LONGEST_INSERT: usize = 16;

impl Line<'_> {
    /// The phrase that ends right before `end`: the subject of a verb.
    pub fn parties_before(&self, end: usize) -> Option<Parties> {
        self.before(end, 0)
    }

    fn before(&self, end: usize, depth: usize) -> Option<Parties> {
        if depth > 6 || end == 0 {
            return None;
        }
        let last = end - 1;
        if self.is_quote(last)
            || self.is(last, "adverbs")
            || self.items[last].word.ends_with("ly") && self.kind(last) == Some(&Kind::Word)
        {
            return self.before(last, depth + 1);
        }
        match self.kind(last)? {
            Kind::Date => {
                let before = if self.is(last - last.min(1), "prepositions") && last > 0 {
                    last - 1
                } else {
                    last
                };
                self.before(before, depth + 1)
            }
            Kind::Mark => self.before_mark(last, depth),
            Kind::Word if self.says(last, &["who", "which", "that"]) => {
                let antecedent = if last > 0 && self.says(last - 1, &[","]) {
                    last - 1
                } else {
                    last
                };
                // the name next to the relative word, whatever it hangs on itself
                match antecedent
                    .checked_sub(1)
                    .and_then(|at| Some((at, self.party_at(at)?)))
                {
                    Some((at, (id, span))) => {
                        let one = Parties {
                            ids: vec![id],
                            spans: vec![span],
                            start: at,
                            end: at + 1,
                        };
                        Some(self.with_others_before(one))
                    }
                    None => self.before(antecedent, depth + 1),
                }
            }
            _ => match self.party_at(last) {
                Some((id, span)) => {
                    let one = Parties {
                        ids: vec![id],
                        spans: vec![span],
                        start: last,
                        end,
                    };
                    self.head(self.with_others_before(one), depth)
                }
                None => self.bearer(last, end, depth),
            },
        }
    }

    /// A mark right before a verb: the end of an insert, whose beginning is looked for.
    fn before_mark(&self, mark: usize, depth: usize) -> Option<Parties> {
        let opens: &[&str] = match self.items[mark].word.as_str() {
            "," => &[","],
            ")" => &["("],
            "]" => &["["],
            "–" | "—" | "-" => &["–", "—", "-"],
            _ => return None,
        };
        let first = mark.saturating_sub(LONGEST_INSERT);
        let open = (first..mark)
            .rev()
            .find(|at| self.kind(*at) == Some(&Kind::Mark) && self.says(*at, opens))?;
        self.before(open, depth + 1)
    }

    /// "army", "officials", "warplanes": the party named before them acts.
    fn bearer(&self, last: usize, end: usize, depth: usize) -> Option<Parties> {
        if !self.is(last, "bearers") {
            return self.before_adjunct(last, depth);
        }
        for at in (last.saturating_sub(4)..last).rev() {
            if self.kind(at) == Some(&Kind::Possessive) {
                continue;
            }
            let party = self.party_at(at).or_else(|| {
                self.government_of_adjective(at)
                    .map(|id| (id, self.items[at].span))
            });
            if let Some((id, span)) = party {
                let one = Parties {
                    ids: vec![id],
                    spans: vec![span],
                    start: at,
                    end,
                };
                return self.head(self.with_others_before(one), depth);
            }
            if self.is_border(at) || self.is(at, "prepositions") || self.says(at, &["of", "and"]) {
                break;
            }
        }
        None
    }

    /// "in a statement", "at a meeting in the capital": passed over to the left.
    fn before_adjunct(&self, last: usize, depth: usize) -> Option<Parties> {
        if self.kind(last) != Some(&Kind::Word) || self.is_border(last) {
            return None;
        }
        for at in (last.saturating_sub(4)..last).rev() {
            if self.is(at, "adjunct-prepositions") {
                return self.before(at, depth + 1);
            }
            if self.is_party(at) || self.is_border(at) || self.is(at, "auxiliaries") {
                return None;
            }
        }
        None
    }

    /// If the phrase hangs on a preposition, the party that governs it.
    fn head(&self, found: Parties, depth: usize) -> Option<Parties> {
        let mut at = found.start;
        for _ in 0..5 {
            if at == 0 {
                return Some(found);
            }
            let before = at - 1;
            if self.says(before, &["of"]) {
                // "members of X", "the government of X": the party is meant
                if before > 0 && self.is(before - 1, "bearers") {
                    return Some(Parties {
                        start: before - 1,
                        ..found
                    });
                }
                return self.before(before, depth + 1).filter(|p| p.end == before);
            }
            if self.is(before, "prepositions") {
                return self.before(before, depth + 1);
            }
            // "the envoy to X said": X does not act, and who does is not known here
            if self.says(before, &["to"]) {
                return None;
            }
            let stops = self.is_border(before)
                || self.is_quote(before)
                || self.is(before, "determiners")
                || self.is_party(before)
                || self.is(before, "auxiliaries")
                || self.says(before, &["and", "or", "said", "says"]);
            if stops && !self.is(before, "determiners") {
                return Some(found);
            }
            at = before;
        }
        Some(found)
    }

    /// Adds what is joined by "and" before the last name of a subject.
    fn with_others_before(&self, mut found: Parties) -> Parties {
        let mut at = found.start;
        let mut joined = false;
        for _ in 0..6 {
            // step over titles and articles
            let mut mark = at;
            while mark > 0 && at - mark < 5 && !self.says(mark - 1, &["and", ","]) {
                if self.is_border(mark - 1)
                    || self.is(mark - 1, "prepositions")
                    || self.is_party(mark - 1)
                    || self.is(mark - 1, "auxiliaries")
                    || self.says(mark - 1, &["of", "to"])
                {
                    return found;
                }
                mark -= 1;
            }
            if mark == 0 || at - mark >= 5 {
                return found;
            }
            let and = self.says(mark - 1, &["and"]);
            if !and && !joined {
                return found;
            }
            let mut other = mark - 1;
            if and && other > 0 && self.says(other - 1, &[","]) {
                other -= 1;
            }
            if other == 0 {
                return found;
            }
            let Some((id, span)) = self.party_at(other - 1) else {
                return found;
            };
            joined = true;
            at = other - 1;
            found.ids.insert(0, id);
            found.spans.insert(0, span);
            found.start = at;
        }
        found
    }

    /// The subject of the clause that runs up to `at`: its first noun phrase, after a
    /// leading adjunct.
    pub fn clause_subject(&self, at: usize) -> Option<Parties> {
        let mut start = (0..at)
            .rev()
            .skip(1) // what leads the participle itself
            .find(|i| {
                self.says(
                    *i,
                    &[
                        ";", ":", "that", "when", "while", "because", "although", "after",
                        "before", "but",
                    ],
                ) || self.kind(*i) == Some(&Kind::OpenQuote)
            })
            .map_or(0, |i| i + 1);
        while self.is_quote(start)
            || self.says(start, &["but", "and", "however", "meanwhile", ","])
            || self.is(start, "adverbs")
        {
            start += 1;
        }
        let leading = self.is(start, "prepositions")
            || self.is(start, "adjunct-prepositions")
            || self.kind(start) == Some(&Kind::Date)
            || self.says(start, &["after", "before", "when", "while", "as", "since"]);
        if leading {
            start = (start..at).find(|i| self.says(*i, &[","]))? + 1;
        }
        let found = self.parties_from(start)?;
        (found.end < at && !self.says(found.end, &["'s", "'"])).then_some(found)
    }
}
