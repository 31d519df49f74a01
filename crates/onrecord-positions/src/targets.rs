//! The things an issue is about, as they stand in the sentences of an article.

use onrecord_lexicon::{Issue, Toward};

use crate::numbers::number;
use crate::phrase::find_all;
use crate::view::View;

/// A thing one can be for or against, in words of its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TargetAt {
    pub start: usize,
    pub end: usize,
    pub toward: Toward,
    echo: bool,
}

/// The targets of each sentence. One that stands inside a larger one is dropped: of "the
/// withdrawal of the troops" the troops alone are not what somebody is for. An echo ("these
/// troops") counts only where a full wording stands in the sentence or the one before.
pub(crate) fn targets(issue: &Issue, views: &[View<'_>]) -> Vec<Vec<TargetAt>> {
    let mut all: Vec<Vec<TargetAt>> = views.iter().map(|view| of_sentence(issue, view)).collect();
    let full: Vec<bool> = all.iter().map(|t| t.iter().any(|t| !t.echo)).collect();
    for (n, targets) in all.iter_mut().enumerate() {
        let near = full[n] || (n > 0 && full[n - 1]);
        if !near {
            targets.retain(|t| !t.echo);
        }
    }
    all
}

fn of_sentence(issue: &Issue, view: &View<'_>) -> Vec<TargetAt> {
    let mut found: Vec<TargetAt> = Vec::new();
    for target in &issue.targets {
        for phrase in &target.phrases {
            for hit in find_all(&view.words, phrase, &|_, at| number(&view.words, at)) {
                let at = TargetAt {
                    start: hit.start,
                    end: hit.end,
                    toward: target.toward,
                    echo: target.echo,
                };
                if !found.contains(&at) {
                    found.push(at);
                }
            }
        }
    }
    let whole = found.clone();
    found.retain(|t| {
        !whole
            .iter()
            .any(|o| o.start <= t.start && t.end <= o.end && o.end - o.start > t.end - t.start)
    });
    found.sort_by_key(|t| (t.start, t.end, t.echo));
    found.dedup_by_key(|t| (t.start, t.end));
    found
}
