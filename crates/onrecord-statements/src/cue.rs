//! Verbs and phrases of saying in a sentence.

use std::ops::Range;

use onrecord_lexicon::VerbForm;
use onrecord_model::TokenKind;

use crate::tree::Tree;
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
    /// Its verb.
    pub verb: usize,
    pub form: VerbForm,
    pub negated: bool,
    /// Whether its subject is not who speaks: "was denied by".
    pub passive: bool,
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

/// The hit, if the verb says something, and what stands before it: by the tree, or, without
/// one, in the past or third person and not as a noun, in the passive or under a modal.
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
        verb: at,
        form,
        negated: false,
        passive: false,
        perfect: false,
    };
    if matches!(form, VerbForm::Phrase | VerbForm::SourceAfter) {
        return Some(hit);
    }
    match Tree::at(view, at) {
        Some(_) if form == VerbForm::Noun => return Some(hit),
        Some(tree) => return tree.says(view, hit),
        None => {}
    }
    let before = |at: usize| at.checked_sub(1).filter(|b| *b >= sentence.start);
    while let Some(helper) = before(hit.left) {
        if view.is(helper, "negations") {
            hit.negated = true;
        } else if view.is(helper, "modals") || view.is(helper, "be") || view.lower(helper) == "to" {
            return None;
        } else if view.is(helper, "have") {
            hit.perfect = true;
        } else if !view.is_adverb(helper) {
            break;
        }
        hit.left = helper;
    }
    let noun = before(hit.left).is_none_or(|b| {
        view.is(b, "determiners") && !view.is(b, "pronouns")
            || view.is(b, "prepositions")
            || matches!(view.lower(b), "'s" | "'")
    });
    let finite = form == VerbForm::Past || (form == VerbForm::Third && !also_noun);
    let passive = view.lower(last + 1) == "by";
    (finite && !noun && !passive).then_some(hit)
}
