//! Verbs and phrases of saying in a sentence.

use std::ops::Range;

use onrecord_lexicon::VerbForm;
use onrecord_model::TokenKind;

use crate::view::View;

/// A cue as it stands in a sentence.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Indices into the lexicon's cues: the readings the words allow, longest first, with
    /// the index of the last word of each.
    pub readings: Vec<(usize, usize)>,
    /// The first word of the verb group, auxiliaries and adverbs included: the subject
    /// stands before it.
    pub left: usize,
    /// The first word of the cue itself.
    pub first: usize,
    pub form: VerbForm,
    pub negated: bool,
    /// "has said", "had said": when is left open.
    pub perfect: bool,
}

/// The cues of a sentence that stand outside quotation marks, in order.
pub fn find(view: &View<'_>, sentence: Range<usize>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let word = &view.words[at];
        let named = view
            .mention(at)
            .is_some_and(|m| m.kind == onrecord_model::MentionKind::Name);
        let open = word.quote.is_none() || open_to_cues(view, at, &sentence);
        let looked_at = word.kind == TokenKind::Word && open && !named;
        match hit_at(view, at, &sentence).filter(|_| looked_at) {
            Some(hit) => {
                let last = hit.readings.iter().map(|(_, last)| *last).min();
                at = last.unwrap_or(at) + 1;
                hits.push(hit);
            }
            None => at += 1,
        }
    }
    hits
}

/// Whether the word stands in a quotation that begins with its verb: the subject is before
/// the mark (Haddad “urged all parties to return and promised that”).
fn open_to_cues(view: &View<'_>, at: usize, sentence: &Range<usize>) -> bool {
    let Some(quotation) = view.quotation(at) else {
        return false;
    };
    let Some(open) = sentence
        .clone()
        .find(|i| view.words[*i].span.start == quotation.span.start)
    else {
        return false;
    };
    let subject = open > sentence.start && view.mention(open - 1).is_some();
    let verb = view
        .speech
        .forms(view.lower(open + 1))
        .iter()
        .any(|f| matches!(f.form, VerbForm::Past | VerbForm::Third));
    quotation.opened && subject && verb && (at == open + 1 || view.lower(at - 1) == "and")
}

fn hit_at(view: &View<'_>, at: usize, sentence: &Range<usize>) -> Option<Hit> {
    let mut found: Option<Hit> = None;
    for form in view.speech.forms(view.lower(at)) {
        let last = at + form.rest.len();
        let matches = form
            .rest
            .iter()
            .enumerate()
            .all(|(i, w)| view.lower(at + 1 + i) == w);
        if !matches || last >= sentence.end {
            continue;
        }
        match &mut found {
            Some(hit) if hit.form == form.form => hit.readings.push((form.cue, last)),
            Some(_) => {}
            None => {
                found = verb_group(
                    view,
                    at,
                    last,
                    form.form,
                    form.also_noun,
                    sentence,
                    form.cue,
                )
            }
        }
    }
    found
}

/// What stands before the verb decides whether it says anything: not in the passive, not
/// under a modal, not as a noun or an adjective.
fn verb_group(
    view: &View<'_>,
    at: usize,
    last: usize,
    form: VerbForm,
    also_noun: bool,
    sentence: &Range<usize>,
    cue: usize,
) -> Option<Hit> {
    let mut hit = Hit {
        readings: vec![(cue, last)],
        left: at,
        first: at,
        form,
        negated: false,
        perfect: false,
    };
    if matches!(form, VerbForm::Phrase | VerbForm::SourceAfter) {
        return Some(hit);
    }
    let (mut be, mut have, mut helped, mut to) = (false, false, false, false);
    let mut left = at;
    while left > sentence.start {
        let before = left - 1;
        if view.words[before].quote != view.words[at].quote {
            break;
        }
        if view.kind(before) == Some(TokenKind::OpenQuote) {
            left = before;
            break;
        }
        if view.is(before, "negations") {
            hit.negated = true;
        } else if view.is(before, "modals") {
            return None;
        } else if view.is(before, "be") {
            be = true;
        } else if view.is(before, "have") && !(view.lower(before) == "'s" && form != VerbForm::Past)
        {
            have = true;
        } else if view.is(before, "do") && form == VerbForm::Base {
            helped = true;
        } else if view.lower(before) == "to" && form == VerbForm::Base {
            to = true;
        } else if to && view.is(before, "withholds") {
            hit.negated = true;
            hit.first = before;
            to = false;
            helped = true;
        } else if !view.is_adverb(before) {
            break;
        }
        left = before;
    }
    hit.left = left;
    hit.perfect = have;
    let before = left.checked_sub(1).filter(|b| *b >= sentence.start);
    let bare = !be && !have && !helped && !to;
    let good = match form {
        VerbForm::Past => !be && !to && (have || !also_noun || !noun_before(view, before)),
        VerbForm::Participle => have && !be,
        VerbForm::Gerund => be && !also_noun || (bare && gerund_before(view, at, before)),
        VerbForm::Third => {
            bare && !noun_before(view, before) && noun_free(view, last, before, also_noun)
        }
        VerbForm::Base => {
            (helped && !to)
                || (bare
                    && before.is_some_and(|b| plural(view, b))
                    && noun_free(view, last, before, also_noun))
        }
        VerbForm::Phrase | VerbForm::SourceAfter => true,
    };
    // A participle before "by", or after a comma without a subject of its own.
    let passive = view.lower(last + 1) == "by" && view.lower(last + 2) != "saying";
    (good && !passive).then_some(hit)
}

/// Whether what stands before makes the word a noun or an adjective.
fn noun_before(view: &View<'_>, before: Option<usize>) -> bool {
    let Some(before) = before else { return true };
    view.is(before, "determiners") && !view.is(before, "pronouns")
        || view.is(before, "prepositions")
        || view.lower(before) == "'s"
        || view.lower(before) == "'"
}

/// A word that is also a noun is a verb only after a name or pronoun, or before "that" or
/// a quotation.
fn noun_free(view: &View<'_>, last: usize, before: Option<usize>, also_noun: bool) -> bool {
    if !also_noun {
        return true;
    }
    let subject = before.is_some_and(|b| {
        view.is(b, "pronouns")
            || view
                .mention(b)
                .is_some_and(|m| crate::view::is_person(view, m))
    });
    let content =
        view.lower(last + 1) == "that" || view.kind(last + 1) == Some(TokenKind::OpenQuote);
    subject && content
}

/// "they say", "officials say", "who say".
fn plural(view: &View<'_>, before: usize) -> bool {
    let word = view.lower(before);
    matches!(word, "they" | "we" | "i" | "you" | "who" | "people" | "many" | "some" | "others")
        || (word.ends_with('s') && word.len() > 3 && view.kind(before) == Some(TokenKind::Word))
        || view.mention(before).is_some()
        // "Mr. Haddad and Ms. Kovac say"
        || (view.words[before].capital && (before.saturating_sub(4)..before).any(|i| view.lower(i) == "and"))
}

/// A participle that begins a second saying: after a comma or a quotation, or after another
/// verb of saying.
fn gerund_before(view: &View<'_>, at: usize, before: Option<usize>) -> bool {
    let Some(before) = before else { return false };
    view.is_comma(before)
        || view.is_dash(before)
        || view.kind(before) == Some(TokenKind::CloseQuote)
        || (view.lower(before) == "and" && view.lower(at).ends_with("ing"))
}
