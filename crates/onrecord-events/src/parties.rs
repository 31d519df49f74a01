//! Noun phrases that name parties, read to the right: objects, and what prepositions govern.

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

impl Line<'_> {
    /// The party at one item: a mention with its actor, "we" and "I" in quoted words, or
    /// the adjective of a country whose government is spoken of.
    pub fn party_at(&self, at: usize) -> Option<(Id, Span)> {
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
        self.reading.statements.iter().rfind(holds)?.speaker.clone()
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
