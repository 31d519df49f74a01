//! The rows of a pile.

use std::collections::BTreeMap;

use onrecord_lexicon::{Lexicon, Wires};
use onrecord_model::{Id, Pile, PileArticle, Reprint, Story};

use crate::{ArticleText, Carried, Index, Settings, Source, find, groups};

/// What texts a pile tells twice.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// Articles that carry sentences of others, by their two ids.
    pub reprints: Vec<Reprint>,
    /// Articles whose text stands in another, with the one that stands for the text.
    pub same_text: Vec<(Id, Id)>,
    /// One of kind `text` for each text of two articles or more.
    pub stories: Vec<Story>,
}

/// Who carries which sentences of whom, which article stands for a text, and the stories of
/// texts. The order of the articles does not matter.
pub fn reprints(pile: &Pile, lexicon: &Lexicon) -> Texts {
    let articles: BTreeMap<&str, &PileArticle> = pile
        .articles
        .iter()
        .map(|article| (article.id.as_str(), article))
        .collect();
    let mut index = Index::default();
    for article in articles.values() {
        index.add(&text(article));
    }
    let found = find(
        &index,
        &Settings::default(),
        |id| articles.get(id).map(|article| text(article)),
        |id| {
            let article = articles.get(id);
            article.map_or_else(Source::default, |a| source(a, &lexicon.pages.wires))
        },
    );
    let rows = found.carried.iter();
    Texts {
        reprints: rows.filter_map(|c| row(c, &articles)).collect(),
        same_text: groups::same_text(&found.carried),
        stories: stories(&found.carried, &articles),
    }
}

pub(crate) fn text(article: &PileArticle) -> ArticleText<'_> {
    ArticleText {
        id: &article.id,
        published: article.published,
        sentences: article
            .sentences
            .iter()
            .map(|s| (s.id.as_str(), s.text.as_str()))
            .collect(),
    }
}

/// The wires that an article credits: in its first sentence, its author line, its last lines.
pub(crate) fn source(article: &PileArticle, wires: &Wires) -> Source {
    const LAST_LINES: usize = 2;
    let first = article.sentences.first();
    let mut credited = first.map_or_else(Vec::new, |s| wires.in_dateline(&s.text));
    if let Some(author) = &article.author {
        credited.extend(wires.in_byline(author));
    }
    for sentence in article.sentences.iter().rev().take(LAST_LINES) {
        credited.extend(wires.in_credit(&sentence.text));
    }
    let outlet = article.publisher.as_deref();
    let outlet = outlet.and_then(|name| wires.of_outlet(name));
    Source {
        credits: credited.into_iter().map(|w| w.name.clone()).collect(),
        outlet: outlet.map(|w| w.name.clone()),
    }
}

fn row(carried: &Carried, articles: &BTreeMap<&str, &PileArticle>) -> Option<Reprint> {
    let article = articles.get(carried.article.as_str())?;
    let from = articles.get(carried.from.as_str())?;
    let ids = |article: &PileArticle| -> Vec<Id> {
        article.sentences.iter().map(|s| s.id.clone()).collect()
    };
    Some(Reprint::of(carried, &ids(article), &ids(from)))
}

fn stories(carried: &[Carried], articles: &BTreeMap<&str, &PileArticle>) -> Vec<Story> {
    let texts = groups::texts(carried).into_iter();
    texts
        .map(|rows| {
            let from = rows.iter().filter_map(|id| articles.get(id.as_str()));
            story(&from.copied().collect::<Vec<_>>())
        })
        .collect()
}

/// The story of articles that tell one text. Of their sentences only the first are looked at.
pub fn story(articles: &[&PileArticle]) -> Story {
    let title = articles
        .iter()
        .find_map(|a| a.title.clone())
        .or_else(|| {
            articles
                .iter()
                .find_map(|a| Some(a.sentences.first()?.text.clone()))
        })
        .unwrap_or_default();
    let rows = articles.iter().map(|a| a.id.clone()).collect();
    Story::of("text", &title, rows, articles)
}
