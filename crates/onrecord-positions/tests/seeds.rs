//! What the five pages together show, where they lie beside the repository: prints every
//! story, disagreement and outcome with its sentences, and asserts the ones that are there.

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use onrecord::Kit;
use onrecord::lexicon::Lexicon;
use onrecord::model::{
    Across, ArticleReading, MediaType, Pile, PileArticle, PileEvent, PileOutlook, PilePosition,
    PileSentence, PileStatement, RawPage, StatementKind, sha256_hex,
};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seeds");

fn pile() -> Option<Pile> {
    let Ok(folder) = fs::read_dir(SEEDS) else {
        println!("skipped: no pages beside the repository");
        return None;
    };
    let mut paths: Vec<_> = folder.flatten().map(|e| e.path()).collect();
    paths.sort();
    let mut articles: Vec<PileArticle> = paths
        .iter()
        .flat_map(|path| read(path))
        .map(|reading| seen(&reading))
        .collect();
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    Some(Pile { articles })
}

fn read(path: &Path) -> Vec<ArticleReading> {
    let bytes = fs::read(path).expect("the page");
    let uri = path.display().to_string();
    let raw = RawPage {
        uri,
        sha256: sha256_hex(&bytes),
        bytes,
        ..RawPage::default()
    };
    let (mut page, notes) = onrecord::pages::decode(&raw).expect("a page");
    page.media_type = MediaType::Text;
    onrecord::read(
        page,
        notes,
        &Default::default(),
        Kit::new(Lexicon::built_in()),
    )
    .articles
}

fn seen(r: &ArticleReading) -> PileArticle {
    let sentence = |n: usize| r.sentences[n].id.clone();
    PileArticle {
        id: r.article.id.clone(),
        title: r.article.title.clone(),
        author: r.article.author.clone(),
        publisher: r.article.publisher.clone(),
        published: r.article.published,
        sentences: r
            .sentences
            .iter()
            .map(|s| PileSentence {
                id: s.id.clone(),
                text: r.words(s.span).to_owned(),
            })
            .collect(),
        statements: r
            .statements
            .iter()
            .map(|s| PileStatement {
                id: s.id.clone(),
                sentences: s.sentences.iter().map(|n| sentence(*n)).collect(),
                speaker: s.speaker.clone(),
                content: s.content.iter().map(|c| r.words(*c).to_owned()).collect(),
                direct: s.kind == StatementKind::Direct,
                date: s.date,
            })
            .collect(),
        events: r
            .events
            .iter()
            .map(|e| PileEvent {
                id: e.id.clone(),
                sentence: sentence(e.sentence),
                event_type: e.event_type.name().to_owned(),
                mode: e.mode.clone(),
                actors: e.actors.clone(),
                recipients: e.recipients.clone(),
                place: e.place.clone(),
                date: e.date,
                status: e.status.name().to_owned(),
            })
            .collect(),
        positions: r
            .positions
            .iter()
            .map(|p| PilePosition {
                id: p.id.clone(),
                sentence: sentence(p.sentence),
                issue: p.issue.clone(),
                actor: p.actor.clone(),
                stance: p.stance.name().to_owned(),
                date: p.date,
            })
            .collect(),
        outlooks: r
            .outlooks
            .iter()
            .map(|o| PileOutlook {
                id: o.id.clone(),
                sentence: sentence(o.sentence),
                actor: o.actor.clone(),
                outlook_type: o.outlook_type.name().to_owned(),
                content: r.words(o.content).to_owned(),
                made: o.made,
            })
            .collect(),
    }
}

fn print(pile: &Pile, across: &Across) {
    let articles = || pile.articles.iter();
    let text: BTreeMap<&str, &str> = articles()
        .flat_map(|a| &a.sentences)
        .map(|s| (s.id.as_str(), s.text.as_str()))
        .collect();
    let said: BTreeMap<&str, String> = articles()
        .flat_map(|a| &a.statements)
        .map(|s| {
            (
                s.id.as_str(),
                format!("{:?} {}", s.speaker, s.content.join(" / ")),
            )
        })
        .collect();
    for story in &across.stories {
        println!("STORY {} {:?}", story.kind, story.title);
        for row in &story.rows {
            println!("    {}", said.get(row.as_str()).map_or("", String::as_str));
        }
    }
    for row in &across.disagreements {
        println!(
            "DISAGREEMENT {} {:?} ({})",
            row.about,
            row.values,
            row.kind.name()
        );
        for sentence in &row.sentences {
            println!("    {}", text[sentence.as_str()]);
        }
    }
    for found in &across.outcomes {
        let outlook = articles()
            .flat_map(|a| &a.outlooks)
            .find(|o| o.id == found.outlook);
        let outlook = outlook.expect("an outlook of the pile");
        println!(
            "OUTCOME {} {} {:?}",
            found.outcome.name(),
            outlook.outlook_type,
            outlook.content
        );
        println!("    {}", found.note);
        for sentence in &found.sentences {
            println!("    {}", text[sentence.as_str()]);
        }
    }
}

#[test]
fn stories_disagreements_outcomes() {
    let Some(pile) = pile() else { return };
    let kit = Kit::new(Lexicon::built_in());
    let across = onrecord::across(&pile, kit);
    print(&pile, &across);
    let quoted_twice = across
        .stories
        .iter()
        .filter(|s| s.kind == "utterance" && s.articles.len() == 2)
        .count();
    assert!(quoted_twice >= 1, "one quotation stands on two pages");
    assert!(!across.outcomes.is_empty(), "one announcement came true");
    assert!(!across.disagreements.is_empty(), "one number changed");
    let mut turned = pile.clone();
    turned.articles.reverse();
    assert_eq!(
        format!("{across:?}"),
        format!("{:?}", onrecord::across(&turned, kit))
    );
}
