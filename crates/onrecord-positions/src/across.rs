//! What only several articles together show.

mod days;
mod disagreements;
mod events;
mod fields;
mod outcomes;
mod shingles;
mod utterances;
mod wordings;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use onrecord_lexicon::Lexicon;
use onrecord_model::{
    Across, Id, Item, Kept, OutcomeFound, Pair, PartialDate, Pile, PileArticle, Said, Shingled,
    Utterance,
};

/// Utterances and events told twice, facts on which pages differ, what became of
/// announcements. Texts told twice are the business of `onrecord-reprints`.
///
/// The result does not depend on the order of the articles, and the cost grows about as the
/// pile does: rows are compared only where they share words. A pile that is too large to be
/// held at once is compared by the functions that are used here: [`keep`] and [`compare`],
/// [`shingled`], [`is_same`] and [`utterances`].
pub fn across(pile: &Pile, lexicon: &Lexicon) -> Across {
    let mut articles: Vec<&PileArticle> = pile.articles.iter().collect();
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    articles.dedup_by(|a, b| a.id == b.id);
    let mut blocks: BTreeMap<(String, String), Vec<(&PileArticle, String)>> = BTreeMap::new();
    for article in &articles {
        for kept in keep(article, lexicon) {
            let block = blocks.entry((kept.step, kept.key)).or_default();
            block.push((article, kept.item));
        }
    }
    let mut found = Across::default();
    let mut outcomes: BTreeMap<Id, OutcomeFound> = BTreeMap::new();
    for ((step, key), items) in &blocks {
        let items: Vec<Item<'_>> = items
            .iter()
            .map(|(article, item)| Item { article, item })
            .collect();
        let block = compare(step, key, &items, lexicon);
        found.stories.extend(block.stories);
        found.disagreements.extend(block.disagreements);
        for outcome in block.outcomes {
            outcomes.entry(outcome.outlook.clone()).or_insert(outcome);
        }
    }
    found.outcomes = outcomes.into_values().collect();
    for utterance in told(&articles, lexicon) {
        found.stories.push(utterance.story);
        found.disagreements.extend(utterance.differs);
    }
    found
        .stories
        .sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
    found.disagreements.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// The utterances of all articles.
fn told(articles: &[&PileArticle], lexicon: &Lexicon) -> Vec<Utterance> {
    let mut said: Vec<(Said<'_>, Vec<u64>)> = Vec::new();
    for article in articles {
        let mut runs: BTreeMap<Id, Vec<u64>> = shingled(article)
            .into_iter()
            .map(|shingled| (shingled.statement, shingled.runs))
            .collect();
        for statement in &article.statements {
            if let Some(runs) = runs.remove(&statement.id) {
                said.push((Said { article, statement }, runs));
            }
        }
    }
    said.sort_by(|a, b| a.0.statement.id.cmp(&b.0.statement.id));
    let (said, runs): (Vec<Said<'_>>, Vec<Vec<u64>>) = said.into_iter().unzip();
    utterances(&said, &utterances::pairs(&said, &runs), lexicon)
}

/// What is kept of an article for the comparison with others: events by type, place and day, and
/// by type, place and parties,
/// numbers by what they count, announcements and reports of acts by the rule that joins them.
pub fn keep(article: &PileArticle, lexicon: &Lexicon) -> Vec<Kept> {
    let mut kept = Vec::new();
    events::keep(article, &mut kept);
    days::keep(article, lexicon, &mut kept);
    disagreements::keep(article, lexicon, &mut kept);
    outcomes::keep(article, lexicon, &mut kept);
    kept
}

/// What the items of a block, in any order, show together: stories of events, disagreements, or
/// outcomes. Of the outcomes of one outlook the one of the first block counts.
pub fn compare(step: &str, key: &str, items: &[Item<'_>], lexicon: &Lexicon) -> Across {
    let mut found = Across::default();
    match step {
        events::STEP => found.stories = events::stories(items),
        days::STEP => found.disagreements = days::disagreements(key, items),
        disagreements::STEP => {
            found.disagreements = disagreements::disagreement(key, items, lexicon)
                .into_iter()
                .collect();
        }
        outcomes::STEP => found.outcomes = outcomes::outcomes(key, items, lexicon),
        _ => {}
    }
    found
}

/// The statements of an article that can be known again, by their runs of words.
///
/// Two of them are a pair if they are among the [`MOST_OF_A_RUN`] with the lowest ids that have
/// a run, and [`is_same`] says so of the number of such runs.
pub fn shingled(article: &PileArticle) -> Vec<Shingled> {
    utterances::shingled(article)
}

/// How many statements are paired by one run of words.
pub const MOST_OF_A_RUN: usize = utterances::COMMON;

/// Whether two statements can report one utterance, by how many runs the shorter has and how
/// many they share: asked before [`is_same`], which reads their words.
pub fn can_be_same(shorter: usize, shared: usize) -> bool {
    utterances::can_be_same(shorter, shared)
}

/// Whether two statements that share so many runs report one utterance, whoever speaks.
pub fn is_same(a: Said<'_>, b: Said<'_>, shared: usize) -> bool {
    utterances::is_same(a, b, shared)
}

/// The stories of statements, which are sorted by their ids, and of the pairs among them; and the
/// words in which quotations of a story differ. What no chain of pairs joins does not matter to one
/// another.
pub fn utterances(said: &[Said<'_>], pairs: &[Pair], lexicon: &Lexicon) -> Vec<Utterance> {
    utterances::utterances(said, pairs, lexicon)
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
