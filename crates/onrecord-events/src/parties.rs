//! Noun phrases that name parties, read to the left and to the right of a trigger.

use onrecord_model::{Id, Span};

use crate::items::{Kind, Line};

/// The parties one noun phrase names, with the items it takes up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parties {
    pub ids: Vec<Id>,
    pub spans: Vec<Span>,
    pub start: usize,
    pub end: usize,
}

/// Words a noun phrase may hold before the party it names.
const LONGEST_PHRASE: usize = 7;
/// Items an inserted phrase between commas may hold.
const LONGEST_INSERT: usize = 16;

impl Line<'_> {
    /// The party at one item: a mention with its actor, "we" and "I" in quoted words, or
    /// the adjective of a country whose government is spoken of.
    fn party_at(&self, at: usize) -> Option<(Id, Span)> {
        let item = self.items.get(at)?;
        match &item.kind {
            Kind::Party(Some(id)) => Some((id.clone(), item.span)),
            Kind::Party(None) | Kind::Word
                if ["he", "she", "it", "they"].contains(&item.word.as_str()) =>
            {
                self.reporting_speaker(at).map(|id| (id, item.span))
            }
            Kind::Word if ["we", "i", "us"].contains(&item.word.as_str()) && !self.capitals(at) => {
                self.speaker_at(item.span).map(|id| (id, item.span))
            }
            _ => None,
        }
    }

    /// Whether the item is written in capitals ("US").
    fn capitals(&self, at: usize) -> bool {
        let text = self.reading.words(self.items[at].span);
        text.len() > 1 && text.chars().all(|c| c.is_uppercase() || c == '.')
    }

    /// "It said it ...": a pronoun that opens reported words, or the same pronoun again
    /// further on in them, taken for their speaker.
    fn reporting_speaker(&self, at: usize) -> Option<Id> {
        let item = &self.items[at];
        let opens = |s: &&onrecord_model::Statement| {
            s.kind != onrecord_model::StatementKind::Direct
                && s.content.first().is_some_and(|c| {
                    let first = self.items.iter().position(|i| i.span.start >= c.start);
                    let first = first.map(|f| if self.says(f, &["that"]) { f + 1 } else { f });
                    c.contains(item.span) && first.is_some_and(|f| self.items[f].word == item.word)
                })
        };
        self.reading.statements.iter().find(opens)?.speaker.clone()
    }

    /// Who speaks the quoted words at a span.
    fn speaker_at(&self, span: Span) -> Option<Id> {
        if !self
            .reading
            .quotations
            .iter()
            .any(|q| q.span.contains(span))
        {
            return None;
        }
        let holds = |s: &&onrecord_model::Statement| s.content.iter().any(|c| c.contains(span));
        self.reading
            .statements
            .iter()
            .filter(holds)
            .last()?
            .speaker
            .clone()
    }

    /// The phrase that begins at `start`: the object of a verb or preposition.
    pub fn parties_from(&self, start: usize) -> Option<Parties> {
        let first = self.phrase_from(start)?;
        Some(self.with_others(first, false))
    }

    /// The phrase after "between": its second party may be the last before the verb.
    pub fn both_parties_from(&self, start: usize) -> Option<Parties> {
        let first = self.phrase_from(start)?;
        Some(self.with_others(first, true))
    }

    /// One noun phrase, without what is joined to it by "and".
    fn phrase_from(&self, start: usize) -> Option<Parties> {
        if self.opens_verb(start) {
            return None;
        }
        let mut modifier: Option<Parties> = None;
        let mut at = start;
        let mut last_was_party = false;
        while at < self.items.len() && at < start + LONGEST_PHRASE {
            if let Some((id, span)) = self.party_at(at) {
                let found = Parties {
                    ids: vec![id],
                    spans: vec![span],
                    start,
                    end: at + 1,
                };
                if self.kind(at + 1) == Some(&Kind::Possessive) {
                    modifier = Some(found);
                    at += 2;
                    last_was_party = false;
                    continue;
                }
                if self.is_party(at + 1) || self.goes_on(at + 1) {
                    modifier = Some(found);
                    at += 1;
                    last_was_party = true;
                    continue;
                }
                return Some(found);
            }
            match self.kind(at)? {
                Kind::Party(_) | Kind::Date => break,
                Kind::Mark | Kind::Not => break,
                Kind::Possessive | Kind::OpenQuote | Kind::CloseQuote | Kind::Number => {}
                Kind::Word => {
                    if self.says(at, &["of"]) {
                        if modifier.is_some() {
                            break;
                        }
                    } else if self.says(at, &["and"])
                        && at > start
                        && modifier.is_none()
                        && self.is_demonym(at - 1)
                    {
                        // "British and US forces"
                    } else if self.is_border(at)
                        || self.is(at, "prepositions")
                        || self.is(at, "auxiliaries")
                        || self.says(at, &["and", "or", "to", "not"])
                    {
                        break;
                    } else if let Some(id) = self.government_of_adjective(at) {
                        // "Turkish positions": a stand-in until a name comes.
                        if modifier.is_none() {
                            let span = self.items[at].span;
                            modifier = Some(Parties {
                                ids: vec![id],
                                spans: vec![span],
                                start,
                                end: at + 1,
                            });
                        }
                    } else if self.is(at, "common-verbs")
                        || last_was_party && self.items[at].word.ends_with("ed")
                    {
                        break;
                    }
                }
            }
            at += 1;
        }
        modifier
    }

    /// Whether a noun follows a name and makes it a modifier ("army positions").
    fn goes_on(&self, at: usize) -> bool {
        self.kind(at) == Some(&Kind::Word)
            && !self.is_border(at)
            && !self.is(at, "prepositions")
            && !self.is(at, "auxiliaries")
            && !self.is(at, "adverbs")
            && !self.is(at, "common-verbs")
            && !self.opens_verb(at)
            && !self.says(at, &["and", "or", "to", "of", "not"])
            && !["ed", "ing", "ly"]
                .iter()
                .any(|end| self.items[at].word.ends_with(end))
    }

    /// Adds what stands after "and", or in a list that ends in "and".
    fn with_others(&self, mut found: Parties, both: bool) -> Parties {
        let mut pending: Vec<Parties> = Vec::new();
        let mut end = found.end;
        for _ in 0..6 {
            let comma = self.says(end, &[","]);
            let joined = self.says(end, &["and"]) || (comma && self.says(end + 1, &["and"]));
            let next = end + if comma && joined { 2 } else { 1 };
            if !comma && !joined {
                break;
            }
            let next = if self.says(next, &["with"]) {
                next + 1
            } else {
                next
            };
            let Some(other) = self.phrase_from(next) else {
                break;
            };
            if other.end > next + 5 || (!both && self.verb_follows(other.end)) {
                break;
            }
            end = other.end;
            pending.push(other);
            if joined {
                for other in pending.drain(..) {
                    found.add(other);
                }
                found.end = end;
                break;
            }
        }
        found
    }

    /// Whether an item is the adjective of a country, known to the article or not.
    fn is_demonym(&self, at: usize) -> bool {
        self.lexicon
            .words
            .demonyms
            .contains_key(self.reading.words(self.items[at].span))
    }

    /// Whether a word is a finite verb or participle rather than part of a noun phrase.
    fn opens_verb(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|i| {
            i.kind == Kind::Word
                && !i.capital
                && self
                    .lexicon
                    .events
                    .verb(&i.word)
                    .iter()
                    .any(|v| v.shape.past || v.shape.gerund)
        })
    }

    /// Whether a verb follows, so that the phrase before it opens a clause of its own.
    fn verb_follows(&self, at: usize) -> bool {
        self.is(at, "auxiliaries")
            || self.is(at, "modals")
            || self.items.get(at).is_some_and(|i| {
                i.kind == Kind::Word
                    && (i.word.ends_with("ed")
                        || self
                            .lexicon
                            .events
                            .verb(&i.word)
                            .iter()
                            .any(|v| v.shape.past || v.shape.third))
            })
    }

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
            let stops = self.is_border(before)
                || self.is_quote(before)
                || self.is(before, "determiners")
                || self.is_party(before)
                || self.is(before, "auxiliaries")
                || self.says(before, &["and", "or", "to", "said", "says"]);
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

impl Parties {
    fn add(&mut self, other: Parties) {
        for (id, span) in other.ids.into_iter().zip(other.spans) {
            if !self.ids.contains(&id) {
                self.ids.push(id);
            }
            self.spans.push(span);
        }
    }
}
