//! What only several articles together show.

mod disagreements;
mod outcomes;
mod shingles;
mod stories;

#[cfg(test)]
mod tests;

use onrecord_lexicon::Lexicon;
use onrecord_model::{Across, PartialDate, Pile, PileArticle};

/// Utterances and events told twice, facts on which pages differ, what became of
/// announcements. Texts told twice are the business of `onrecord-reprints`.
///
/// The result does not depend on the order of the articles, and the cost grows about as the
/// pile does: rows are compared only where they share words.
pub fn across(pile: &Pile, lexicon: &Lexicon) -> Across {
    let mut articles: Vec<&PileArticle> = pile.articles.iter().collect();
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    articles.dedup_by(|a, b| a.id == b.id);
    let mut stories = stories::utterances(&articles);
    stories.extend(stories::events(&articles));
    stories.sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
    Across {
        stories,
        disagreements: disagreements::disagreements(&articles, lexicon),
        outcomes: outcomes::outcomes(&articles, lexicon),
        ..Across::default()
    }
}

/// The first day on which an article can have been written: its printed date, else the
/// latest date of what it tells as past.
fn written_from(article: &PileArticle) -> Option<PartialDate> {
    if let Some(date) = article.published {
        return Some(date.bounds().0);
    }
    let told = article.statements.iter().filter_map(|s| s.date);
    let done = article
        .events
        .iter()
        .filter(|e| e.status == "actual")
        .filter_map(|e| e.date);
    told.chain(done).map(|d| d.bounds().0).max()
}

/// The numbers that a measure finds in a text, as printed.
#[cfg(test)]
pub(crate) fn measured(rule: &str, text: &str, lexicon: &Lexicon) -> Vec<String> {
    disagreements::measures(text, lexicon)
        .into_iter()
        .filter(|(thing, _, _)| lexicon.framing.measures[thing.0].id == rule)
        .map(|(_, printed, _)| printed)
        .collect()
}

/// Whether a rule takes `announced` for an announcement and `reported` for what became of it.
#[cfg(test)]
pub(crate) fn announced_and_reported(
    rule: &onrecord_lexicon::FulfilmentRule,
    announced: &str,
    reported: &str,
) -> bool {
    outcomes::says(announced, &rule.announced, &rule.announced_unless)
        && outcomes::says(reported, &rule.reported, &rule.reported_unless)
}
