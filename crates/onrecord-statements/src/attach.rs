//! Attributions to statements: which content belongs to which, over sentences and
//! paragraphs.

use std::ops::Range;

use onrecord_lexicon::{Complement, ObjectRole};
use onrecord_model::{Id, PartialDate, SourceKind, Span, TokenKind};

use crate::attribution::{self, Attribution, Side};
use crate::clause;
use crate::content::Follows;
use crate::cue;
use crate::head::Found;
use crate::source::{self, Source};
use crate::speaker::Speakers;
use crate::view::{View, is_outlet};
use crate::{stops, subject};

/// A statement that has no id yet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Index into the lexicon's cues; `None` where the speaker is carried over.
    pub cue: Option<usize>,
    pub cue_words: Option<Range<usize>>,
    pub sentence: usize,
    pub source: Source,
    pub content: Vec<Span>,
    pub addressee: Option<Id>,
    pub via: Vec<Id>,
    pub nested_in: Option<usize>,
    pub negated: bool,
    pub date: Option<PartialDate>,
    pub confidence: u8,
    /// Whether the head found it, and no rule.
    pub learned: bool,
}

/// All statements of the article.
pub fn attach(view: &View<'_>, found: &[Found]) -> Vec<Draft> {
    let mut all = Attacher {
        view,
        drafts: Vec::new(),
        used: vec![false; view.reading.quotations.len()],
        speakers: Speakers::default(),
    };
    for n in 0..view.sentences.len() {
        let first_draft = all.drafts.len();
        all.sentence(n);
        all.learned(n, found, first_draft);
    }
    all.drafts
}

pub struct Attacher<'a, 'v> {
    pub(crate) view: &'a View<'v>,
    pub(crate) drafts: Vec<Draft>,
    /// Quotations that belong to a statement.
    pub(crate) used: Vec<bool>,
    pub(crate) speakers: Speakers,
}

impl Attacher<'_, '_> {
    fn sentence(&mut self, n: usize) {
        let view = self.view;
        let words = view.sentences[n].clone();
        if words.is_empty() {
            return;
        }
        self.carried(n);
        let hits = cue::find(view, words.clone());
        let all = attribution::find(view, &words, &hits);
        let stops = stops::stops(view, &words, &all);
        let first_draft = self.drafts.len();
        for found in &all {
            match &found.side {
                Side::After(follows) => self.said_after(n, found, follows, &stops, first_draft),
                Side::Given(parts) => self.said_in(n, found, parts, first_draft),
                Side::Before { from, ends } => {
                    self.said_before(n, found, *from..*ends, &stops, first_draft)
                }
            }
        }
    }

    /// The source of an attribution, with what earlier sentences tell of it.
    fn source(&mut self, n: usize, found: &Attribution, first_draft: usize) -> Option<Source> {
        let view = self.view;
        let outer = |d: &&Draft| d.nested_in.is_none();
        let earlier = self.drafts[first_draft..].iter().rev().find(outer);
        if let Some(earlier) = earlier.filter(|_| found.goes_on) {
            return Some(earlier.source.clone());
        }
        match &found.phrase {
            Some(phrase) => {
                let source = source::resolve(view, phrase)?;
                if source.narrator {
                    return None;
                }
                Some(self.speakers.settle(view, n, phrase, source, &self.drafts))
            }
            // the cue before in the sentence, or the sentence's first name
            None => {
                let and = found.begins > 0 && matches!(view.lower(found.begins - 1), "and" | "but");
                if and && first_draft == self.drafts.len() {
                    return None;
                }
                match earlier {
                    Some(earlier) => Some(earlier.source.clone()),
                    None => self
                        .speakers
                        .of_sentence(view, n, found.begins, &self.drafts),
                }
            }
        }
    }

    fn said_after(
        &mut self,
        n: usize,
        found: &Attribution,
        follows: &Follows,
        stops: &[usize],
        first_draft: usize,
    ) {
        let view = self.view;
        let cue = &view.speech.cues[found.cue];
        let Some(source) = self.source(n, found, first_draft) else {
            return;
        };
        if !source::may_say(view, cue, &source) {
            return;
        }
        let words = view.sentences[n].clone();
        let stand = follows.phrase;
        if stand && !source::can_speak(view, &source) {
            return;
        }
        let inside = self.inside(first_draft, found.cue_words.start);
        if inside.is_some() {
            let reported = matches!(
                follows.complement,
                Complement::That | Complement::Quote | Complement::Clause | Complement::Question
            );
            let known =
                source.actor.is_some() || source.head.is_some() || source.kind == SourceKind::Named;
            if !reported || source.pronoun.is_some() || !known {
                return;
            }
        }
        let own: Vec<usize> = stops
            .iter()
            .copied()
            .filter(|s| *s > follows.start)
            .collect();
        let Some(content) = self.content_after(n, follows, &words, &own) else {
            return;
        };
        let direct = self.is_direct(&content);
        let mut draft = Draft {
            cue: Some(found.cue),
            cue_words: Some(found.cue_words.clone()),
            sentence: n,
            source,
            content,
            addressee: None,
            via: Vec::new(),
            nested_in: inside,
            negated: found.negated,
            date: None,
            confidence: if stand { 75 } else { 85 },
            learned: false,
        };
        self.spoken_to(found, &mut draft);
        if let Some(outer) = inside {
            draft.via = self.drafts[outer].via.clone();
            draft.via.extend(self.drafts[outer].source.actor.clone());
        } else {
            self.introduced_by(n, found.begins, &mut draft);
            if cue.object == ObjectRole::Speaker {
                self.quoting_source(n, found, &mut draft);
            }
            if direct {
                self.go_on(n, &mut draft);
            }
        }
        self.push(found, draft);
    }

    /// The pieces of content after a cue.
    fn content_after(
        &mut self,
        n: usize,
        follows: &Follows,
        words: &Range<usize>,
        stops: &[usize],
    ) -> Option<Vec<Span>> {
        let view = self.view;
        let at = follows.start;
        let quoted = view.kind(at) == Some(TokenKind::OpenQuote);
        if quoted
            && let Some(quotation) = view.quotation(at)
            && quotation.span.start == view.words[at].span.start
        {
            let inner = quotation.inner.trim(view.text()).of(view.text());
            let stopped = inner.ends_with([',', '.', '!', '?', '…', ';']);
            let next = words
                .clone()
                .find(|i| view.words[*i].span.start >= quotation.span.end);
            // a quotation after a colon or comma stands alone
            let set_off = at > words.start && (view.is_comma(at - 1) || view.lower(at - 1) == ":");
            let over = match next {
                None => true,
                Some(next) => stopped || set_off || view.kind(next) == Some(TokenKind::Mark),
            };
            if over {
                self.used[view.words[at].quote?] = true;
                return Some(view.by_sentence(quotation.span));
            }
        }
        let mut limit = follows.end.unwrap_or(words.end);
        // the marks that close a quotation belong to it
        while limit < words.end && view.words[limit].quote.is_some() && !view.is_word(limit) {
            limit += 1;
        }
        let end = clause::clause_end(view, at, limit, follows.phrase, stops);
        let span = view.span(at..end)?;
        let said = (at..end).filter(|i| view.is_word(*i)).count();
        if said == 0 || (said == 1 && view.words[at].mention.is_none()) {
            return None;
        }
        let mut pieces = vec![span];
        let mut after = span.end;
        for i in at..end {
            if let Some(quote) = view.words[i].quote {
                self.used[quote] = true;
                after = after.max(view.reading.quotations[quote].span.end);
            }
        }
        let sentence_end = view.reading.sentences[n].span.end;
        if after > sentence_end && span.end + 1 >= sentence_end {
            pieces.extend(view.by_sentence(Span::new(sentence_end, after)));
        }
        Some(pieces)
    }

    /// "S1, according to X, S2", "S was denied by X".
    fn said_in(&mut self, n: usize, found: &Attribution, parts: &[Range<usize>], first: usize) {
        let view = self.view;
        let Some(source) = self.source(n, found, self.drafts.len()) else {
            return;
        };
        if !source::may_say(view, &view.speech.cues[found.cue], &source) {
            return;
        }
        for i in parts.iter().cloned().flatten() {
            if let Some(quote) = view.words[i].quote {
                self.used[quote] = true;
            }
        }
        let mut draft = Draft {
            cue: Some(found.cue),
            cue_words: Some(found.cue_words.clone()),
            sentence: n,
            source,
            content: parts.iter().filter_map(|p| view.span(p.clone())).collect(),
            addressee: None,
            via: Vec::new(),
            nested_in: self.inside(first, found.cue_words.start),
            negated: found.negated,
            date: None,
            confidence: 80,
            learned: false,
        };
        self.spoken_to(found, &mut draft);
        self.push(found, draft);
    }

    /// An attribution after its content.
    fn said_before(
        &mut self,
        n: usize,
        found: &Attribution,
        attribution: Range<usize>,
        stops: &[usize],
        first_draft: usize,
    ) {
        let view = self.view;
        let (from, ends) = (attribution.start, attribution.end);
        let words = view.sentences[n].clone();
        let end = clause::trim_end(view, words.start, found.begins);
        let source = match self.source(n, found, self.drafts.len()) {
            Some(source) => source,
            // who speaks a quotation need not be known
            None if view.kind(end.saturating_sub(1)) == Some(TokenKind::CloseQuote) => {
                match found.phrase.as_ref().and_then(|p| source::unknown(view, p)) {
                    Some(source) => source,
                    None => return,
                }
            }
            None => return,
        };
        if end <= words.start {
            return;
        }
        let close = end - 1;
        let quotation = view.quotation(close).filter(|q| {
            view.kind(close) == Some(TokenKind::CloseQuote)
                && q.span.end == view.words[close].span.end
        });
        let inner: Vec<usize> = (first_draft..self.drafts.len())
            .filter(|d| self.drafts[*d].nested_in.is_none())
            .filter(|d| {
                self.drafts[*d]
                    .content
                    .last()
                    .is_some_and(|c| c.start < view.words[close].span.end)
            })
            .collect();
        let reaches = inner.iter().any(|d| {
            self.drafts[*d]
                .content
                .last()
                .is_some_and(|c| c.end + 3 >= view.words[close].span.end)
        });
        if reaches {
            let carries = matches!(source.kind, SourceKind::Outlet | SourceKind::Document);
            let same = inner
                .iter()
                .any(|d| self.drafts[*d].source.actor == source.actor || source.pronoun.is_some());
            if carries {
                for d in inner {
                    if let Some(id) = &source.actor {
                        self.drafts[d].via.insert(0, id.clone());
                    }
                }
                return;
            }
            if same {
                return;
            }
        } else if !inner.is_empty() {
            // a second attribution of words that already have one
            return;
        }
        if view.kind(found.begins.saturating_sub(1)) == Some(TokenKind::CloseQuote)
            && quotation.is_none()
            && first_draft < self.drafts.len()
        {
            return;
        }
        let mut content = match quotation {
            Some(q)
                if q.span.start <= view.reading.sentences[n].span.start
                    || self.opens_sentence(q.span.start) =>
            {
                view.by_sentence(q.span)
            }
            _ => Vec::from_iter(view.span(from.min(end)..end)),
        };
        if content.is_empty() {
            return;
        }
        for i in words.start..end {
            if let Some(quote) = view.words[i].quote {
                self.used[quote] = true;
            }
        }
        let direct = self.is_direct(&content);
        self.take_back(n, direct, &mut content);
        let mut draft = Draft {
            cue: Some(found.cue),
            cue_words: Some(found.cue_words.clone()),
            sentence: n,
            source,
            content,
            addressee: None,
            via: Vec::new(),
            nested_in: None,
            negated: found.negated,
            date: None,
            confidence: if direct { 90 } else { 85 },
            learned: false,
        };
        self.spoken_to(found, &mut draft);
        if direct || quotation.is_some() {
            let next = stops
                .iter()
                .copied()
                .find(|s| *s > ends)
                .unwrap_or(words.end);
            self.goes_on_in_sentence(ends, next, &mut draft);
            self.go_on(n, &mut draft);
        }
        let at = self.drafts.len();
        for d in inner {
            self.drafts[d].nested_in = Some(at);
            if let Some(id) = draft.source.actor.clone() {
                self.drafts[d].via.insert(0, id);
            }
        }
        self.push(found, draft);
    }

    /// The draft of this sentence in whose content the word stands.
    fn inside(&self, first_draft: usize, at: usize) -> Option<usize> {
        let span = self.view.words[at].span;
        let holds = |d: &Draft| d.content.iter().any(|c| c.contains(span));
        (first_draft..self.drafts.len())
            .rev()
            .find(|d| holds(&self.drafts[*d]))
    }

    fn opens_sentence(&self, at: usize) -> bool {
        let n = self.view.sentence_at(at);
        self.view.reading.sentences[n].span.start == at
    }

    pub(crate) fn is_direct(&self, content: &[Span]) -> bool {
        let quotations = &self.view.reading.quotations;
        content
            .iter()
            .all(|c| quotations.iter().any(|q| !q.nested && q.span.contains(*c)))
    }

    fn spoken_to(&self, found: &Attribution, draft: &mut Draft) {
        let Some(words) = &found.addressee else {
            return;
        };
        let view = self.view;
        // "told reporters outside the ministry": the ministry is not spoken to
        let place = |i: &usize| view.is(*i, "prepositions") && view.lower(*i) != "of";
        let mut mentions = words
            .clone()
            .take_while(|i| *i == words.start || view.words[*i].mention.is_some() || !place(i))
            .filter_map(|i| view.mention(i));
        if let Some(actor) = mentions.find_map(|m| view.actor_of(m)) {
            draft.addressee = Some(actor.id.clone());
            if is_outlet(actor) {
                draft.via.push(actor.id.clone());
            }
        }
    }

    /// "Speaking to the agency, X said", "In an interview with the paper, X said".
    fn introduced_by(&self, n: usize, begins: usize, draft: &mut Draft) {
        let view = self.view;
        let words = view.sentences[n].start..begins;
        let talks = words
            .clone()
            .any(|i| matches!(view.lower(i), "speaking" | "interview" | "talking"));
        if !talks || draft.addressee.is_some() {
            return;
        }
        let outlet = words
            .filter_map(|i| view.actor_of(view.mention(i)?))
            .find(|a| is_outlet(a));
        if let Some(actor) = outlet {
            draft.addressee = Some(actor.id.clone());
            if !draft.via.contains(&actor.id) {
                draft.via.push(actor.id.clone());
            }
        }
    }

    /// "The report quoted X as saying": who quotes.
    fn quoting_source(&mut self, n: usize, found: &Attribution, draft: &mut Draft) {
        let view = self.view;
        let words = &view.sentences[n];
        let Some(phrase) = subject::before(view, found.cue_words.start, words.start) else {
            return;
        };
        let Some(source) = source::resolve(view, &phrase) else {
            return;
        };
        let source = self.speakers.settle(view, n, &phrase, source, &self.drafts);
        draft.via.extend(source.actor);
    }

    fn push(&mut self, found: &Attribution, mut draft: Draft) {
        crate::when::date(self.view, found, &mut draft, self.drafts.last());
        self.speakers
            .heard(self.view, found.phrase.as_ref(), &draft);
        self.drafts.push(draft);
    }
}
