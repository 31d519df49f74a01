//! Attributions that the head found and no rule did.

use std::ops::Range;

use onrecord_lexicon::VerbForm;
use onrecord_model::{SourceKind, Span, Upos};

use crate::attach::{Attacher, Draft};
use crate::attribution::{Attribution, Side};
use crate::cue::Hit;
use crate::head::Found;
use crate::source::{self, Phrase, Source};
use crate::tree::Tree;
use crate::view::View;

/// Words that must be quoted where the lexicon does not know the cue.
const QUOTED: usize = 5;
/// Tokens of a title in quotation marks, at most.
const LONGEST_TITLE: usize = 12;
/// The head's rows are never surer than this.
const SUREST: u8 = 85;
/// Labels that are less sure, in hundredths, make no row.
const LEAST: u8 = 65;

impl Attacher<'_, '_> {
    /// Adds what the head found in sentence `n`, unless a rule has made a draft of the same cue
    /// or of the same content since `first_draft`.
    pub(crate) fn learned(&mut self, n: usize, all: &[Found], first_draft: usize) {
        let start = all.partition_point(|f| f.sentence < n);
        for found in all[start..].iter().take_while(|f| f.sentence == n) {
            if let Some(draft) = self.draft(n, found, first_draft) {
                self.drafts.push(draft);
            }
        }
    }

    fn draft(&mut self, n: usize, found: &Found, first_draft: usize) -> Option<Draft> {
        let view = self.view;
        let said = &found.attribution;
        let cue = words(view, *said.cue.first()?)?;
        let known = said.cue.iter().find_map(|span| known_cue(view, *span));
        let quoted = said
            .content
            .iter()
            .map(|c| quoted_words(view, *c))
            .sum::<usize>();
        let negated = negated(view, &cue);
        let content: Vec<Span> = said
            .content
            .iter()
            .filter_map(|c| self.bare(*c))
            .flat_map(|c| view.by_sentence(c))
            .collect();
        // whole quotations were said, whatever the cue
        let title = content.iter().all(|c| is_title(view, *c));
        let direct = quoted >= QUOTED && !title && self.is_direct(&content);
        let unheard = quoted < QUOTED && (known.is_none() || negated);
        let unsaid = || known.is_some_and(|k| !is_said(view, k, &cue));
        if !direct && (found.percent < LEAST || unheard || unsaid()) {
            return None;
        }
        let shared = |d: &Draft| {
            let theirs = d.cue_words.clone().and_then(|c| view.span(c));
            let same_cue = theirs.is_some_and(|t| said.cue.iter().any(|c| c.overlaps(t)));
            let touches = |c: &Span| content.iter().any(|own| own.overlaps(*c));
            same_cue || d.content.iter().any(touches)
        };
        // "called the mayor", "read “The Long Road” twice": a thing, which only rules can tell
        let clause = |c: &Span| {
            view.reading.sentences[n]
                .words
                .iter()
                .any(|w| c.contains(w.span) && matches!(w.upos, Upos::Verb | Upos::Aux))
        };
        if !direct && !content.iter().any(clause) {
            return None;
        }
        // what a draft of an earlier sentence took over, such as a quotation that goes on
        let near = first_draft.saturating_sub(2);
        if content.is_empty() || self.drafts[near..].iter().any(shared) {
            return None;
        }
        let phrase = said
            .source
            .first()
            .and_then(|span| phrase(view, *span, &cue));
        let source = match &phrase {
            Some(phrase) => {
                let unnamed = || nobody(view.span(phrase.words.clone()));
                let source = source::resolve(view, phrase);
                let source = source.or_else(|| direct.then(unnamed))?;
                if source.narrator || !(quoted > 0 || source::can_speak(view, &source)) {
                    return None;
                }
                self.speakers.settle(view, n, phrase, source, &self.drafts)
            }
            None if direct => nobody(None),
            None => return None,
        };
        for at in content.iter().filter_map(|c| words(view, *c)).flatten() {
            if let Some(quote) = view.words[at].quote {
                self.used[quote] = true;
            }
        }
        let found_words = Attribution {
            cue: known.unwrap_or(0),
            cue_words: cue.clone(),
            begins: phrase
                .as_ref()
                .map_or(cue.start, |p| p.begins.min(cue.start)),
            phrase,
            side: Side::Given(Vec::new()),
            negated,
            perfect: false,
            goes_on: false,
            addressee: None,
        };
        let mut draft = Draft {
            cue: known,
            cue_words: Some(cue),
            sentence: n,
            source,
            content,
            addressee: None,
            via: Vec::new(),
            nested_in: None,
            negated,
            date: None,
            confidence: found.percent.min(SUREST),
            learned: true,
        };
        crate::when::date(view, &found_words, &mut draft, self.drafts.last());
        self.speakers
            .heard(view, found_words.phrase.as_ref(), &draft);
        Some(draft)
    }

    /// Content without "that" at its beginning and marks at its ends, its quotation marks kept.
    fn bare(&self, content: Span) -> Option<Span> {
        let view = self.view;
        let mut at = words(view, content)?;
        while at.start < at.end && {
            let first = &view.words[at.start];
            first.lower == "that" || (!view.is_word(at.start) && first.quote.is_none())
        } {
            at.start += 1;
        }
        while at.start < at.end
            && !view.is_word(at.end - 1)
            && view.words[at.end - 1].quote.is_none()
        {
            at.end -= 1;
        }
        view.span(at)
    }
}

/// A source of which no more is known than its words, if that.
fn nobody(span: Option<Span>) -> Source {
    Source {
        span,
        actor: None,
        kind: SourceKind::None,
        pronoun: None,
        narrator: false,
        head: None,
    }
}

/// The words that a span touches.
fn words(view: &View<'_>, span: Span) -> Option<Range<usize>> {
    let start = view.words.partition_point(|w| w.span.end <= span.start);
    let end = view.words.partition_point(|w| w.span.start < span.end);
    (start < end).then_some(start..end)
}

/// The lexicon's cue for the words, if one of them is known as a verb or noun of saying.
fn known_cue(view: &View<'_>, span: Span) -> Option<usize> {
    words(view, span)?.find_map(|at| {
        let forms = view.speech.forms(view.lower(at)).iter();
        let mut fits = forms.filter(|form| {
            let mut rest = form.rest.iter().enumerate();
            rest.all(|(i, word)| view.lower(at + 1 + i) == word)
        });
        fits.find(|form| form.form != VerbForm::Noun || form.rest.is_empty())
            .map(|form| form.cue)
    })
}

/// Whether the tree has the verb of a known cue say something that somebody hears: not
/// "considered asking", "was asked to" or "could say". Nouns and phrases are left to the head.
fn is_said(view: &View<'_>, known: usize, cue: &Range<usize>) -> bool {
    let Some(tree) = Tree::at(view, cue.start) else {
        return true;
    };
    let form_of = |at: usize| {
        let forms = view.speech.forms(view.lower(at)).iter();
        forms.filter(|f| f.cue == known).map(|f| f.form).next()
    };
    let Some((verb, form)) = cue.clone().find_map(|at| Some((at, form_of(at)?))) else {
        return true;
    };
    let hit = Hit {
        readings: vec![(known, verb)],
        left: verb,
        first: verb,
        verb,
        form,
        negated: false,
        passive: false,
        perfect: false,
    };
    !Tree::decides(form) || tree.says(view, hit).is_some()
}

fn quoted_words(view: &View<'_>, span: Span) -> usize {
    let Some(all) = words(view, span) else {
        return 0;
    };
    all.filter(|at| view.is_word(*at) && view.words[*at].quote.is_some())
        .count()
}

/// Whether a quotation reads on from the words before it without a mark and ends without one, as
/// titles and names do.
fn is_title(view: &View<'_>, content: Span) -> bool {
    let Some(at) = words(view, content).filter(|at| at.len() <= LONGEST_TITLE) else {
        return false;
    };
    let Some(quotation) = view.quotation(at.start) else {
        return false;
    };
    let inner = quotation.inner.trim(view.text()).of(view.text());
    let opens = view
        .sentences
        .binary_search_by_key(&at.start, |s| s.start)
        .is_ok();
    let runs_on = !opens && at.start > 0 && view.is_word(at.start - 1);
    runs_on && !inner.ends_with([',', '.', '!', '?', '…', ';'])
}

fn negated(view: &View<'_>, cue: &Range<usize>) -> bool {
    cue.clone()
        .any(|at| view.is(at, "negations") || view.is(at, "withholds"))
}

/// The words of the source; of "who" and "which" the words that these stand for.
fn phrase(view: &View<'_>, span: Span, cue: &Range<usize>) -> Option<Phrase> {
    let mut found = words(view, span)?;
    if found.len() == 1 && view.is(found.start, "relatives") {
        found = Tree::at(view, cue.start)?.relative(view, cue.end - 1)?;
    }
    while found.end > found.start + 1 && view.is_comma(found.end - 1) {
        found.end -= 1;
    }
    if found.len() > 1 && matches!(view.lower(found.end - 1), "'s" | "'") {
        found.end -= 1;
    }
    // a name with what is said of it: the name; a description with a name behind it: that
    let inner = Tree::at(view, found.start).and_then(|tree| tree.named_in(view, found.clone()));
    Some(Phrase {
        begins: found.start,
        words: inner.unwrap_or(found),
    })
}
