//! What an issue's wordings find before any stand is read, and what stands are taken on at all.

use onrecord_lexicon::{Lexicon, Toward};
use onrecord_model::{ArticleReading, Id, Sentence, Span, Upos};

use crate::positions::Takes;
use crate::targets::targets;
use crate::view::View;

/// Where the things of an issue stand in an article: number of the sentence, the words, and the
/// issue's id with the country's name where it is one for each.
pub fn sightings(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    issue: &str,
) -> Vec<(usize, Span, String)> {
    let Some(issue) = lexicon.issues.entries.iter().find(|i| i.id == issue) else {
        return Vec::new();
    };
    let views = View::all(reading);
    let found = targets(issue, &views, lexicon);
    let all = views.iter().zip(found);
    all.flat_map(|(view, targets)| {
        targets.into_iter().map(|t| {
            let span = view.words[t.start].span.join(view.words[t.end - 1].span);
            (view.n, span, t.issue)
        })
    })
    .collect()
}

/// Something that an actor is for or against, whatever it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taking {
    /// Number of the sentence.
    pub sentence: usize,
    /// Who.
    pub holder: Id,
    /// Which way.
    pub toward: Toward,
    /// The thing by its dictionary forms, adjectives and nouns before its head and one "of"
    /// behind it: `early election`, `withdrawal of foreign troop`.
    pub thing: String,
}

/// What the actors of an article are for or against, by the words that take a thing and the
/// tree; things that an issue of the lexicon is about already are left out.
pub fn takings(reading: &ArticleReading, lexicon: &Lexicon) -> Vec<Taking> {
    let views = View::all(reading);
    let mut known: Vec<Vec<Span>> = vec![Vec::new(); views.len()];
    for issue in &lexicon.issues.entries {
        for (view, targets) in views.iter().zip(targets(issue, &views, lexicon)) {
            let spans = targets
                .iter()
                .map(|t| view.words[t.start].span.join(view.words[t.end - 1].span));
            known[view.n].extend(spans);
        }
    }
    let mut found = Vec::new();
    for view in &views {
        let tree = &reading.sentences[view.n];
        for word in 0..tree.words.len() {
            let parsed = &tree.words[word];
            let covered = known[view.n].iter().any(|s| s.overlaps(parsed.span));
            if parsed.upos != Upos::Noun || covered {
                continue;
            }
            let Some((holders, toward)) = Takes::of(view, &lexicon.issues).of_word(tree, word)
            else {
                continue;
            };
            for holder in holders {
                found.push(Taking {
                    sentence: view.n,
                    holder,
                    toward,
                    thing: thing(tree, word),
                });
            }
        }
    }
    found
}

/// A noun with what stands before it and one "of" behind it, by dictionary forms.
fn thing(tree: &Sentence, noun: usize) -> String {
    let form = |at: usize| tree.words[at].lemma.to_lowercase();
    let before = |noun: usize| -> Vec<String> {
        let mut parts: Vec<String> = tree
            .children(noun)
            .filter(|at| *at < noun && tree.words[*at].dep.is_any(&["amod", "compound"]))
            .map(form)
            .collect();
        parts.push(form(noun));
        parts
    };
    let mut parts = before(noun);
    let of = tree.children(noun).find(|at| {
        tree.words[*at].dep == "nmod" && tree.child(*at, &["case"]).is_some_and(|c| form(c) == "of")
    });
    if let Some(of) = of {
        parts.push("of".to_owned());
        parts.extend(before(of));
    }
    parts.join(" ")
}
