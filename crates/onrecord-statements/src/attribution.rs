//! Which words are an attribution, and on which side its content stands.

use std::ops::Range;

use onrecord_lexicon::{Complement, VerbForm};
use onrecord_model::TokenKind;

use crate::clause;
use crate::content::{self, Follows};
use crate::cue::Hit;
use crate::source::{self, Phrase};
use crate::view::View;
use crate::{between, subject};

/// A cue with its subject and the side of its content.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// Index into the lexicon's cues.
    pub cue: usize,
    pub cue_words: Range<usize>,
    /// The words of the source; `None` where it is that of the cue before.
    pub phrase: Option<Phrase>,
    pub side: Side,
    pub negated: bool,
    pub perfect: bool,
    /// The first word of the attribution.
    pub begins: usize,
    /// The words for the person spoken to.
    pub addressee: Option<Range<usize>>,
}

/// Where the content stands.
#[derive(Clone, Debug)]
pub enum Side {
    /// After the cue.
    After(Follows),
    /// Before the attribution, which runs to this word.
    Before { ends: usize },
    /// On both sides of the attribution, which runs to this word.
    Around { ends: usize },
}

/// The attributions of a sentence, in order.
pub fn find(view: &View<'_>, sentence: &Range<usize>, hits: &[Hit]) -> Vec<Attribution> {
    hits.iter()
        .filter_map(|hit| attribution(view, sentence, hit))
        .collect()
}

fn attribution(view: &View<'_>, sentence: &Range<usize>, hit: &Hit) -> Option<Attribution> {
    let (cue, last) = *hit.readings.first()?;
    let base = Attribution {
        cue,
        cue_words: hit.first..last + 1,
        phrase: None,
        side: Side::Before { ends: last + 1 },
        negated: hit.negated,
        perfect: hit.perfect,
        begins: hit.left,
        addressee: None,
    };
    if hit.form == VerbForm::SourceAfter {
        return source_after(view, sentence, base);
    }
    let before = hit.left.checked_sub(1).filter(|b| *b >= sentence.start)?;
    let name_before = subject::name_in_quotes(view, before, sentence.start).is_some();
    let follows = content::after(view, hit, sentence.end);
    if view.kind(before) == Some(TokenKind::CloseQuote)
        && !name_before
        && hit.form != VerbForm::Gerund
    {
        return inverted(view, sentence, hit, base);
    }
    if hit.form == VerbForm::Gerund && hit.left == hit.first {
        // ", adding that S": the subject is that of the cue before
        return said_after(base, None, follows?);
    }
    if view.lower(before) == "and" || view.lower(before) == "but" {
        return said_after(base, None, follows?);
    }
    let bracketed = view.is_comma(before) || view.is_dash(before);
    let phrase = subject::before(view, hit.left, sentence.start);
    if bracketed
        && let Some(found) = inverted(view, sentence, hit, base.clone())
        && !follows
            .as_ref()
            .is_some_and(|f| matches!(f.complement, Complement::That | Complement::Quote))
        && short_source(view, &found)
    {
        return Some(found);
    }
    let phrase = phrase?;
    let outer = phrase
        .begins
        .checked_sub(1)
        .filter(|b| *b >= sentence.start);
    // "if the minister says that": nothing is said yet
    if outer.is_some_and(|o| matches!(view.lower(o), "if" | "unless" | "whether" | "lest")) {
        return None;
    }
    let quoted_before = outer.is_some_and(|o| {
        view.kind(o) == Some(TokenKind::CloseQuote)
            || (view.is_comma(o)
                && o > sentence.start
                && view.kind(o - 1) == Some(TokenKind::CloseQuote))
    });
    let comma_before = outer.is_some_and(|o| view.is_comma(o) || view.is_dash(o));
    // a title in quotation marks before the subject: In “Evening Talk,” the minister said
    let title = quoted_before
        && outer
            .and_then(|o| {
                view.quotation(o)
                    .or_else(|| view.quotation(o.saturating_sub(1)))
            })
            .is_some_and(|q| {
                let words = sentence
                    .clone()
                    .filter(|i| q.span.contains(view.words[*i].span))
                    .count();
                words <= 9 && q.span.start > view.words[sentence.start].span.start
            });
    if (!quoted_before || title)
        && let Some(follows) = follows
    {
        return said_after(base, Some(phrase), follows);
    }
    if !(quoted_before || comma_before) {
        return None;
    }
    let (cue, last) = speaks(view, hit)?;
    let (ends, addressee) = tail(view, cue, last + 1, sentence.end, quoted_before)?;
    // "The plan, he warned, would fail": the attribution stands in the middle
    let content = sentence.start..phrase.begins;
    let half = !quoted_before
        && (view.is_comma(ends) || view.is_dash(ends))
        && (ends + 1..sentence.end)
            .filter(|i| view.is_word(*i))
            .count()
            > 1
        && (if subordinate(view, content.start) {
            content.end - content.start > 3
        } else {
            !view.lower(ends + 1).ends_with("ing")
                && !clause::is_clause(view, content.start, content.end)
        });
    let side = if half {
        Side::Around { ends: ends + 1 }
    } else {
        Side::Before { ends }
    };
    Some(Attribution {
        cue,
        cue_words: hit.first..last + 1,
        begins: phrase.begins,
        phrase: Some(phrase),
        side,
        addressee,
        ..base
    })
}

/// Whether a sentence begins with a clause that needs another: "If", "Even though".
fn subordinate(view: &View<'_>, at: usize) -> bool {
    let one = |i: usize| {
        matches!(
            view.lower(i),
            "if" | "when"
                | "while"
                | "although"
                | "though"
                | "unless"
                | "because"
                | "once"
                | "since"
        )
    };
    one(at) || (matches!(view.lower(at), "even" | "but" | "and") && one(at + 1))
}

/// The first reading of the cue that can stand beside a quotation or clause.
fn speaks(view: &View<'_>, hit: &Hit) -> Option<(usize, usize)> {
    hit.readings.iter().copied().find(|(cue, _)| {
        let takes = &view.speech.cues[*cue].takes;
        takes.contains(&Complement::Quote)
    })
}

fn said_after(base: Attribution, phrase: Option<Phrase>, follows: Follows) -> Option<Attribution> {
    let begins = phrase.as_ref().map_or(base.begins, |p| p.begins);
    let mut phrase = phrase;
    if let Some(words) = &follows.speaker {
        phrase = Some(Phrase {
            words: words.clone(),
            begins,
        });
    }
    Some(Attribution {
        cue: follows.cue,
        cue_words: base.cue_words.start..follows.cue_last + 1,
        phrase,
        begins,
        addressee: follows.addressee.clone(),
        side: Side::After(follows),
        ..base
    })
}

/// "“Q,” said X": the source stands after the cue.
fn inverted(
    view: &View<'_>,
    sentence: &Range<usize>,
    hit: &Hit,
    base: Attribution,
) -> Option<Attribution> {
    if !matches!(hit.form, VerbForm::Past | VerbForm::Third) || hit.left != hit.first {
        return None;
    }
    let (cue, last) = speaks(view, hit)?;
    // "told X": X is told
    if !view.speech.cues[cue].inverts {
        return None;
    }
    let phrase = subject::after(view, last + 1, sentence.end)?;
    let dashes = view.is_dash(hit.left - 1) && view.is_dash(phrase.words.end);
    let ends = phrase.words.end;
    Some(Attribution {
        cue,
        cue_words: hit.first..last + 1,
        side: if dashes {
            Side::Around { ends: ends + 1 }
        } else {
            Side::Before { ends }
        },
        phrase: Some(phrase),
        ..base
    })
}

/// Whether the source of an inverted cue is a short phrase that a mark or the sentence ends.
fn short_source(view: &View<'_>, found: &Attribution) -> bool {
    let Some(phrase) = &found.phrase else {
        return false;
    };
    let end = phrase.words.end;
    let no_verb = !phrase.words.clone().any(|i| view.is(i, "finite"));
    no_verb
        && phrase.words.len() <= 10
        && source::resolve(view, phrase)
            .is_some_and(|s| source::can_speak(view, &s) && s.pronoun.is_none())
        && (end >= view.words.len()
            || view.kind(end) != Some(TokenKind::Word)
            || view.words[end].date.is_some()
            || view.is(end, "prepositions"))
}

/// What may follow the cue of an attribution that stands after its content: nothing, the
/// person spoken to, a date, a venue, a gloss. The word after it, and the person.
fn tail(
    view: &View<'_>,
    cue: usize,
    from: usize,
    end: usize,
    quoted: bool,
) -> Option<(usize, Option<Range<usize>>)> {
    let cue = &view.speech.cues[cue];
    let mut at = from;
    let mut addressee = None;
    if cue.object == onrecord_lexicon::ObjectRole::Addressee
        || (cue.addressee_after_to && view.lower(at) == "to")
    {
        let start = at + usize::from(view.lower(at) == "to");
        if let Some(words) = between::listener(view, start, end) {
            at = words.end;
            // "told the council of ministers", "told the armed services committee"
            let noun = |i: usize| {
                i < end && view.is_word(i) && view.words[i].date.is_none() && !view.is(i, "finite")
            };
            let more = (at..end.min(at + 5))
                .take_while(|i| {
                    noun(*i)
                        && !matches!(
                            view.lower(*i),
                            "in" | "on" | "at" | "during" | "after" | "before" | "as"
                        )
                })
                .count();
            at += more;
            addressee = Some(words.start..at);
        }
    }
    let loose = |at: usize| {
        at >= end
            || !view.is_word(at)
            || view.words[at].date.is_some()
            || matches!(
                view.lower(at),
                "in" | "on" | "at" | "during" | "after" | "before" | "late" | "early" | "as"
            )
            || view.is_adverb(at)
            || (view.lower(at).ends_with("ing")
                && view.lower(at).len() > 5
                && !view.lower(at).ends_with("thing"))
    };
    (quoted || loose(at)).then_some((at, addressee))
}

/// "According to X, S", "S, according to X", "S1, according to X, S2".
fn source_after(
    view: &View<'_>,
    sentence: &Range<usize>,
    base: Attribution,
) -> Option<Attribution> {
    let phrase = subject::after(view, base.cue_words.end, sentence.end)?;
    let found = source::resolve(view, &phrase)?;
    if !source::can_speak(view, &found) {
        return None;
    }
    // over an apposition of the source: "according to X, head of the institute, S"
    let mut ends = phrase.words.end;
    let opens = base.cue_words.start == sentence.start
        || (base.cue_words.start == sentence.start + 1 && !view.is_comma(sentence.start));
    if !(view.is_comma(ends) || view.is_dash(ends))
        && ends < sentence.end
        && view.is(ends, "prepositions")
    {
        // "according to sources in the capital, S"
        let near = ends..sentence.end.min(ends + 9);
        let mark = near.clone().find(|i| view.is_comma(*i) || view.is_dash(*i));
        let over = sentence.end - ends <= 9;
        ends = mark.unwrap_or(if over { sentence.end } else { ends });
    }
    let comma = view.is_comma(ends) || view.is_dash(ends);
    let rest = (ends..sentence.end).filter(|i| view.is_word(*i)).count();
    if comma {
        ends += 1;
    }
    let side = if opens {
        let follows = Follows {
            cue: base.cue,
            cue_last: base.cue_words.end - 1,
            start: ends,
            complement: Complement::That,
            phrase: false,
            addressee: None,
            speaker: None,
        };
        if !comma || rest < 2 {
            return None;
        }
        Side::After(follows)
    } else if rest == 0 || !comma {
        Side::Before { ends }
    } else {
        Side::Around { ends }
    };
    Some(Attribution {
        phrase: Some(phrase),
        side,
        ..base
    })
}
