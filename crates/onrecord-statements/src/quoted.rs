//! Quotations that go on, are carried over, or belong to the cue after them.

use onrecord_model::{Span, TokenKind};

use crate::attach::{Attacher, Draft};
use crate::source::Source;

impl Attacher<'_, '_> {
    /// A quoted sentence directly before this one in the paragraph that was given to the
    /// speaker before belongs to this statement.
    pub(crate) fn take_back(&mut self, n: usize, direct: bool, content: &mut Vec<Span>) {
        let sentences = &self.view.reading.sentences;
        let before = |d: &Draft| {
            d.cue.is_none()
                && d.content.last().is_some_and(|c| {
                    let first = self.view.sentence_at(content[0].start);
                    first.checked_sub(1) == Some(self.view.sentence_at(c.start))
                        && sentences[first].paragraph == sentences[d.sentence].paragraph
                })
        };
        if direct
            && n > 0
            && self.drafts.last().is_some_and(before)
            && let Some(carried) = self.drafts.pop()
        {
            content.splice(0..0, carried.content);
        }
    }

    /// The quotation that goes on after the attribution, in the same sentence.
    pub(crate) fn goes_on_in_sentence(&mut self, from: usize, end: usize, draft: &mut Draft) {
        let view = self.view;
        for at in from..end {
            let opens = view.kind(at) == Some(TokenKind::OpenQuote) && at > from.saturating_sub(1);
            let Some(quote) = view.words[at].quote.filter(|_| opens) else {
                continue;
            };
            let before = view.lower(at.saturating_sub(1));
            let quotation = &view.reading.quotations[quote];
            if matches!(
                before,
                "," | "." | ";" | ":" | "–" | "—" | "،" | "but" | "and"
            ) && quotation.span.start == view.words[at].span.start
                && !self.used[quote]
            {
                self.used[quote] = true;
                draft.content.extend(view.by_sentence(quotation.span));
            }
            return;
        }
    }

    /// Quoted sentences that follow in the paragraph without a cue of their own, and
    /// paragraphs that go on with a quotation left open.
    pub(crate) fn go_on(&mut self, n: usize, draft: &mut Draft) {
        let view = self.view;
        let sentences = &view.reading.sentences;
        let mut last = draft
            .content
            .last()
            .map_or(n, |c| view.sentence_at(c.start))
            .max(n);
        let mut open = self.left_open(draft.content.last());
        while let Some(next) = sentences.get(last + 1) {
            let runs_on = open && next.paragraph == sentences[last].paragraph + 1;
            if next.paragraph != sentences[last].paragraph && !runs_on {
                return;
            }
            let Some((quote, end)) = self.whole(last + 1) else {
                return;
            };
            self.used[quote] = true;
            let span = view.reading.quotations[quote].span;
            draft.content.extend(view.by_sentence(span));
            last = end;
            open = self.left_open(draft.content.last());
        }
    }

    /// Whether the piece ends a quotation that was opened and never closed.
    pub(crate) fn left_open(&self, piece: Option<&Span>) -> bool {
        piece.is_some_and(|piece| {
            let mut quotations = self.view.reading.quotations.iter();
            quotations.any(|q| !q.nested && q.opened && !q.closed && q.span.end == piece.end)
        })
    }

    /// If sentence `n` begins with an unused quotation that ends with a sentence: its index
    /// and the number of that sentence.
    pub(crate) fn whole(&self, n: usize) -> Option<(usize, usize)> {
        let view = self.view;
        let sentence = &view.reading.sentences[n];
        // quotations are sorted by start
        let quotations = &view.reading.quotations;
        let first = quotations.partition_point(|q| q.span.start < sentence.span.start);
        let here = quotations[first..].iter();
        let quote = first
            + here
                .take_while(|q| q.span.start == sentence.span.start)
                .position(|q| !q.nested && q.span.end > q.span.start)?;
        let span = quotations[quote].span;
        let end = view.sentence_at(span.end.saturating_sub(1));
        let words = &view.words[view.sentences[end].clone()];
        let mut rest = words.iter().filter(|w| w.span.start >= span.end);
        let marks_only = rest.all(|w| {
            w.kind == TokenKind::Mark && !matches!(w.lower.as_str(), "," | ":" | "–" | "—")
        });
        (!self.used[quote] && marks_only).then_some((quote, end))
    }

    /// A sentence of quotation only, without a cue: the words of the speaker before.
    pub(crate) fn carried(&mut self, n: usize) {
        let view = self.view;
        let Some((quote, _)) = self.whole(n) else {
            return;
        };
        let quotation = view.reading.quotations[quote];
        let sentences = &view.reading.sentences;
        let Some(before) = self.drafts.iter().rposition(|d| d.nested_in.is_none()) else {
            return;
        };
        let last = &self.drafts[before];
        let last_sentence = last
            .content
            .last()
            .map_or(last.sentence, |c| view.sentence_at(c.start))
            .max(last.sentence);
        let here = sentences[n].paragraph;
        let there = sentences[last_sentence].paragraph;
        let adjoins = if there == here {
            last_sentence + 1 >= n
        } else {
            there + 1 == here && (n == 0 || sentences[n - 1].paragraph != here)
        };
        let said = view
            .words
            .iter()
            .filter(|w| quotation.inner.contains(w.span) && w.kind == TokenKind::Word)
            .count();
        // a heading in single marks
        let single = quotation.span.of(view.text()).starts_with(['\'', '‘']);
        if !adjoins || said < 4 || single || last.negated {
            return;
        }
        self.used[quote] = true;
        let mut draft = Draft {
            cue: None,
            cue_words: None,
            sentence: n,
            source: Source {
                span: None,
                pronoun: None,
                ..last.source.clone()
            },
            content: view.by_sentence(quotation.span),
            addressee: None,
            via: last.via.clone(),
            nested_in: None,
            negated: false,
            date: last.date,
            confidence: 60,
            learned: false,
        };
        self.go_on(n, &mut draft);
        self.drafts.push(draft);
    }
}
