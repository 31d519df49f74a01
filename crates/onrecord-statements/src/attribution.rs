//! Which words are an attribution, and on which side its content stands.

mod agent;

use std::ops::Range;

use onrecord_lexicon::{Complement, ObjectRole, VerbForm};
use onrecord_model::TokenKind;

use crate::clause;
use crate::content::{self, Follows};
use crate::cue::Hit;
use crate::source::{self, Phrase};
use crate::tree::Tree;
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
    /// Whether it goes on from the cue before, if there is one: ", adding that", ", and
    /// warned".
    pub goes_on: bool,
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
    /// Before the attribution, which runs to the word `ends`; `from` is its first word.
    Before { from: usize, ends: usize },
    /// Just these words: on both sides of the attribution, or its subject.
    Given(Vec<Range<usize>>),
}

impl Attribution {
    /// Whether its subject is that of another verb.
    pub fn shares_subject(&self) -> bool {
        self.phrase
            .as_ref()
            .is_none_or(|p| p.words.end <= self.begins)
    }
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
        side: Side::Given(Vec::new()),
        negated: hit.negated,
        perfect: hit.perfect,
        goes_on: goes_on(view, hit),
        begins: hit.left,
        addressee: None,
    };
    if hit.form == VerbForm::SourceAfter {
        return agent::source_after(view, sentence, base);
    }
    if hit.form == VerbForm::Noun {
        let (phrase, told) = Tree::at(view, hit.verb)?.noun(view, hit, &view.speech.cues[cue])?;
        let follows = Follows {
            cue,
            cue_last: last,
            start: told.words.start,
            end: Some(told.words.end),
            complement: told.complement,
            phrase: told.complement != Complement::That,
            addressee: None,
            speaker: None,
        };
        return said_after(base, Some(phrase), follows);
    }
    let tree = Tree::at(view, hit.verb).filter(|_| Tree::decides(hit.form));
    let told = tree.as_ref().and_then(|t| t.told(view, hit));
    if hit.passive {
        return agent::undergone(view, tree.as_ref()?, hit, base, told);
    }
    let before = hit.left.checked_sub(1).filter(|b| *b >= sentence.start)?;
    let after = told.as_ref().filter(|t| t.words.start > hit.verb);
    let mut follows = content::after(view, hit, after, sentence.end)
        .or_else(|| content::told(view, hit, after?))
        .or_else(|| content::named(view, hit, tree.as_ref()?));
    if let (Some(tree), Some(follows)) = (&tree, &mut follows) {
        let noun = !view.speech.cues[follows.cue].object_nouns.is_empty();
        let complement = if noun {
            Complement::That
        } else {
            follows.complement
        };
        follows.end = tree.end_after(view, hit, follows.start, complement);
    }
    let closed = view.kind(before) == Some(TokenKind::CloseQuote);
    if closed
        && subject::name_in_quotes(view, before, sentence.start).is_none()
        && hit.form != VerbForm::Gerund
    {
        return inverted(view, sentence, hit, base);
    }
    let joined = base.goes_on || matches!(view.lower(before), "and" | "but");
    let (phrase, own) = match tree.as_ref().and_then(|t| t.source(view, hit)) {
        Some((phrase, own)) => (Some(phrase), own),
        None if joined => (None, false),
        None => (subject::before(view, hit.left, sentence.start), true),
    };
    let speaks_too = |p: &Phrase| {
        let source = source::resolve(view, p);
        source.is_some_and(|s| source::can_speak(view, &s))
    };
    if !own {
        let phrase = phrase.filter(speaks_too);
        return said_after(base, phrase, follows?);
    }
    if view.is_comma(before) || view.is_dash(before) {
        let before = phrase
            .as_ref()
            .is_some_and(|p| p.words.start < hit.verb && speaks_too(p));
        if !before
            && let Some(found) = inverted(view, sentence, hit, base.clone())
            && short_source(view, &found)
        {
            return Some(found);
        }
    }
    let phrase = phrase?;
    let outer = phrase
        .begins
        .checked_sub(1)
        .filter(|b| *b >= sentence.start);
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
    let last = hit.readings.first()?.1;
    let close = |at: usize| tree.as_ref().map_or(at, |t| t.own_end(hit, at));
    let marked = |at: usize| view.is_comma(at) || view.is_dash(at);
    let between = comma_before
        && marked(last + 1)
        && follows
            .as_ref()
            .is_some_and(|f| f.complement == Complement::Clause);
    let that = follows
        .as_ref()
        .is_some_and(|f| f.complement == Complement::That);
    if (!quoted_before || title || that)
        && !between
        && let Some(follows) = follows
    {
        return said_after(base, Some(phrase), follows);
    }
    if title || !(quoted_before || comma_before) {
        return None;
    }
    let (cue, last) = speaks(view, hit)?;
    let (ends, addressee) = tail(view, cue, last + 1, sentence.end, quoted_before)?;
    // "The plan, he warned, would fail": the attribution stands in the middle
    let closed = close(ends);
    let (ends, mark) = if marked(closed) {
        (closed, true)
    } else {
        (ends, false)
    };
    let side = match (told, &tree) {
        _ if quoted_before => Side::Before {
            from: sentence.start,
            ends,
        },
        (Some(told), _) if told.words.end <= phrase.begins => Side::Before {
            from: told.words.start,
            ends,
        },
        (Some(told), _) => Side::around(view, &told.words, phrase.begins, ends),
        (None, Some(tree)) => {
            let host = tree.host(hit.verb)?;
            if mark && host.end > ends + 1 {
                Side::around(view, &host, phrase.begins, ends)
            } else {
                Side::Before {
                    from: host.start,
                    ends,
                }
            }
        }
        (None, None) => return None,
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

/// Whether the verb is a bare participle or stands right after ", and".
fn goes_on(view: &View<'_>, hit: &Hit) -> bool {
    let Some(before) = hit.left.checked_sub(1) else {
        return false;
    };
    let and = matches!(view.lower(before), "and" | "but");
    let comma = before
        .checked_sub(1)
        .is_some_and(|comma| view.is_comma(comma));
    (hit.form == VerbForm::Gerund && hit.left == hit.first) || (and && comma)
}

impl Side {
    /// The parts of a clause before and after an attribution.
    fn around(view: &View<'_>, clause: &Range<usize>, begins: usize, ends: usize) -> Side {
        let first = clause.start..clause::trim_end(view, clause.start, begins.min(clause.end));
        let mark = usize::from(view.is_comma(ends) || view.is_dash(ends));
        let second = ends + mark..clause::trim_end(view, ends + mark, clause.end.max(ends + mark));
        let said = |part: &Range<usize>| {
            part.clone()
                .any(|i| view.is_word(i) && !view.is(i, "relatives"))
        };
        let lead = |part: Range<usize>| {
            let mark = |i: &usize| !view.is_word(*i) && !content::opens(view, *i);
            part.start + part.clone().take_while(mark).count()..part.end
        };
        let parts = [first, second].map(lead).into_iter().filter(said);
        Side::Given(parts.collect())
    }
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
            Side::around(view, sentence, hit.left - 1, ends)
        } else {
            Side::Before {
                from: sentence.start,
                ends,
            }
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
    if cue.object == ObjectRole::Addressee || (cue.addressee_after_to && view.lower(at) == "to") {
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
