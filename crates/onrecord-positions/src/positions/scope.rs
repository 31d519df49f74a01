//! What limits a stand.

use super::Search;
use crate::phrase::{Found, any, find_at, no_slots};
use crate::words::{Kind, Word};

impl Search<'_> {
    /// "some" before the holder, and what is said to limit the thing itself.
    pub(super) fn scope(&self, holder_at: Option<usize>, found: &Found) -> Option<String> {
        let view = self.view;
        let mut scopes: Vec<String> = Vec::new();
        if let Some(at) = holder_at {
            let quantifies = |from: usize| {
                self.issues
                    .quantifiers
                    .iter()
                    .find_map(|p| find_at(&view.words, p, from, &no_slots))
                    .filter(|f| f.end >= at && f.end <= at + 2)
            };
            if let Some(words) = (at.saturating_sub(3)..=at).find_map(quantifies) {
                scopes.push(view.reading.words(words.span(&view.words)).to_lowercase());
            }
        }
        let end = view.words.len().min(found.end + 6);
        let near: &[Word] = &view.words[found.start..end];
        let near = match near
            .iter()
            .skip(found.end - found.start)
            .position(|w| w.kind == Kind::Stop)
        {
            Some(stop) => &near[..found.end - found.start + stop],
            None => near,
        };
        for scope in &self.issue.scopes {
            if any(near, &scope.phrases, &no_slots) {
                scopes.push(scope.name.clone());
            }
        }
        (!scopes.is_empty()).then(|| scopes.join("; "))
    }
}
