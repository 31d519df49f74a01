//! Articles that retell another outlet's report: what others say between "a report by X said"
//! and "the report concluded" comes through X.

use std::collections::BTreeMap;

use onrecord_model::{Id, SourceKind};

use crate::attach::Draft;
use crate::view::{View, is_outlet};

/// The report must speak so often, or it is one source among others.
const OFTEN: usize = 3;

/// Puts the outlet whose report an article retells first in the chain of all that stands
/// between its first and its last words.
pub fn relay(view: &View<'_>, drafts: &mut [Draft]) {
    let mut frames: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for draft in drafts.iter().filter(|d| d.nested_in.is_none()) {
        let actor = draft.source.actor.as_deref();
        let outlet = actor
            .and_then(|id| view.reading.actor(id))
            .filter(|a| is_outlet(a));
        if let Some(outlet) = outlet {
            frames
                .entry(outlet.id.clone())
                .or_default()
                .push(draft.sentence);
        }
    }
    // only one that speaks through a document: "the report", "the article"
    let document = |id: &Id| {
        drafts.iter().any(|d| {
            let head = d.source.head.as_deref();
            let kind = head.and_then(|head| view.speech.source_kind(head));
            d.source.actor.as_ref() == Some(id) && kind == Some(SourceKind::Document)
        })
    };
    let frame = frames
        .into_iter()
        .filter(|(id, sentences)| sentences.len() >= OFTEN && document(id))
        .max_by_key(|(_, sentences)| sentences.len());
    let Some((outlet, sentences)) = frame else {
        return;
    };
    let (first, last) = (sentences[0], sentences[sentences.len() - 1]);
    for draft in drafts {
        let within = (first..=last).contains(&draft.sentence);
        let own = draft.source.actor.as_ref() == Some(&outlet);
        if within && !own && !draft.via.contains(&outlet) {
            draft.via.insert(0, outlet.clone());
        }
    }
}
