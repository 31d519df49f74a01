//! Measures the step on the two hand-annotated pages, where they are at hand.

#![allow(clippy::disallowed_methods)] // a measure reads its pages from disk

use std::path::Path;

use onrecord::model::{
    Article, ArticleReading, PartialDate, RawPage, Segment, Span, Statement, sha256_hex,
};
use onrecord::{Kit, lexicon::Lexicon};
use serde_json::Value;

/// What the rules reach today, a little lowered.
const FLOORS: [(&str, f64); 3] = [("precision", 0.97), ("recall", 0.91), ("speakers", 0.94)];
const FLOORS_RAW: [(&str, f64); 3] = [("precision", 0.97), ("recall", 0.91), ("speakers", 0.94)];

struct Gold {
    speaker: String,
    cue: Option<(usize, usize)>,
    content: Vec<(usize, usize)>,
    marginal: bool,
    words: String,
}

#[test]
fn the_rules_reach_their_floors_on_the_annotated_articles() {
    measure(
        "articles as annotated",
        |json, path| vec![article(json, path)],
        FLOORS,
    );
}

#[test]
fn the_whole_way_reaches_its_floors_on_the_annotated_pages() {
    measure("raw pages", |_, path| read(path).articles, FLOORS_RAW);
}

/// Prints and checks the figures of what `read` makes of the annotated pages.
#[allow(clippy::print_stdout)]
fn measure(
    what: &str,
    read: impl Fn(&Value, &Path) -> Vec<ArticleReading>,
    floors: [(&str, f64); 3],
) {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    if !shared.join("gold-dev").is_dir() {
        println!("skipped: no annotated pages beside the repository");
        return;
    }
    let (mut found, mut right, mut gold_rows, mut recalled) = (0, 0, 0, 0);
    let (mut speakers, mut speakers_right, mut open) = (0, 0, 0);
    for name in ["seed-002.json", "seed-003.json"] {
        let json = std::fs::read_to_string(shared.join("gold-dev").join(name)).expect("readable");
        let json: Value = serde_json::from_str(&json).expect("JSON");
        let page = shared
            .join("seeds")
            .join(json["seed"].as_str().expect("a file name"));
        let gold = gold(&json);
        let text = std::fs::read_to_string(&page).expect("UTF-8");
        let articles = read(&json, &page);
        let rows = rows(&text, &articles);
        let mut taken = vec![false; gold.len()];
        for (article, row, cue, content) in &rows {
            // a row that fits a marginal one is no false positive; a full row comes first
            let fits = |g: &usize| matches(&gold[*g], cue, content);
            let mut all = (0..gold.len()).filter(fits).collect::<Vec<_>>();
            all.sort_by_key(|g| (taken[*g], gold[*g].marginal));
            let said = row
                .content
                .iter()
                .map(|c| article.words(*c))
                .collect::<Vec<_>>();
            match all.first() {
                Some(g) if gold[*g].marginal => taken[*g] = true,
                Some(g) if !taken[*g] => {
                    (found, right) = (found + 1, right + 1);
                    taken[*g] = true;
                    speakers += 1;
                    let speaker = row.speaker.as_deref().and_then(|id| article.actor(id));
                    match speaker {
                        Some(actor) if actor.name == gold[*g].speaker => speakers_right += 1,
                        Some(actor) => {
                            println!("speaker {} for {}: {said:?}", actor.name, gold[*g].speaker)
                        }
                        None => {
                            open += 1;
                            println!("no speaker for {}: {said:?}", gold[*g].speaker);
                        }
                    }
                }
                _ => {
                    found += 1;
                    println!(
                        "wrong: {:?} {said:?} {}",
                        row.cue.map(|c| article.words(c)),
                        row.made_by
                    );
                }
            }
        }
        for (g, gold) in gold.iter().enumerate().filter(|(_, g)| !g.marginal) {
            gold_rows += 1;
            recalled += usize::from(taken[g]);
            if !taken[g] {
                println!("missed: {} [{}]", gold.words, gold.speaker);
            }
        }
    }
    println!("{what}:");
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    let reached = [
        share(right, found),
        share(recalled, gold_rows),
        share(speakers_right, speakers),
    ];
    println!("precision {:.3} ({right} of {found})", reached[0]);
    println!("recall {:.3} ({recalled} of {gold_rows})", reached[1]);
    println!(
        "speaker right {:.3} ({speakers_right} of {speakers}, {open} left open)",
        reached[2]
    );
    for ((what, floor), value) in floors.iter().zip(reached) {
        assert!(
            value >= *floor,
            "{what} {value:.3} is below the floor {floor}"
        );
    }
}

fn gold(json: &Value) -> Vec<Gold> {
    let pair = |v: &Value| Some((v[0].as_u64()? as usize, v[1].as_u64()? as usize));
    let statements = json["statements"].as_array().expect("statements");
    statements
        .iter()
        .map(|s| Gold {
            speaker: s["speaker"].as_str().unwrap_or_default().to_owned(),
            cue: pair(&s["spans"]["cue"]),
            content: s["spans"]["content"]
                .as_array()
                .map_or(Vec::new(), |c| c.iter().filter_map(pair).collect()),
            marginal: s["marginal"].as_bool().unwrap_or(false),
            words: format!("{} {}", s["cue"], s["content"]),
        })
        .collect()
}

/// The whole way of a raw page.
fn read(path: &Path) -> onrecord::model::Reading {
    let bytes = std::fs::read(path).expect("a readable page");
    let uri = path.display().to_string();
    let raw = RawPage {
        uri,
        sha256: sha256_hex(&bytes),
        bytes,
        ..RawPage::default()
    };
    let (page, notes) = onrecord::pages::decode(&raw).expect("a page");
    onrecord::read(
        page,
        notes,
        &Default::default(),
        Kit::new(Lexicon::built_in()),
    )
}

/// The page's article with the body the annotator gave it, so that this step is measured
/// apart from the reading of pages.
fn article(json: &Value, path: &Path) -> ArticleReading {
    let page = std::fs::read_to_string(path).expect("UTF-8");
    let bytes: Vec<usize> = page
        .char_indices()
        .map(|(at, _)| at)
        .chain([page.len()])
        .collect();
    let mut lines: Vec<(&str, usize, usize)> = Vec::new();
    for s in json["sentences"].as_array().expect("sentences") {
        let line = s["id"]
            .as_str()
            .and_then(|id| id.split('.').next())
            .expect("an id");
        let at = |key: &str| bytes[s[key].as_u64().expect("an offset") as usize];
        if s["role"] != "body" {
            continue;
        }
        match lines.last_mut().filter(|l| l.0 == line) {
            Some(last) => last.2 = at("char_end"),
            None => lines.push((line, at("char_start"), at("char_end"))),
        }
    }
    let mut text = String::new();
    let mut segments = Vec::new();
    for (_, start, end) in lines {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let begin = text.len();
        text.push_str(&page[start..end]);
        segments.push(Segment {
            text: Span::new(begin, text.len()),
            page_start: start,
        });
    }
    let mut article = Article::new("pg-gold".into(), 1, text);
    article.segments = segments;
    article.language = Some("en".into());
    let date = json["articles"][0]["published"].as_str().expect("a date");
    let number = |range| {
        date.get(range)
            .and_then(|n: &str| n.parse().ok())
            .expect("a number")
    };
    article.published = PartialDate::day(number(0..4), number(5..7) as i8, number(8..10) as i8);
    onrecord::read_article(article, Kit::new(Lexicon::built_in()))
}

type Row<'r> = (
    &'r ArticleReading,
    &'r Statement,
    Option<(usize, usize)>,
    Vec<(usize, usize)>,
);

/// The rows with their places in code points of the page.
fn rows<'r>(page: &str, articles: &'r [ArticleReading]) -> Vec<Row<'r>> {
    let points = |byte: usize| page[..byte].chars().count();
    let place = |article: &ArticleReading, span: Span| {
        article
            .article
            .on_page(span)
            .map_or((0, 0), |s| (points(s.start), points(s.end)))
    };
    let mut rows = Vec::new();
    for article in articles {
        for row in &article.statements {
            let content = row.content.iter().map(|c| place(article, *c)).collect();
            rows.push((article, row, row.cue.map(|c| place(article, c)), content));
        }
    }
    rows
}

/// The cues overlap (or both are missing), and so does at least half of the content.
fn matches(gold: &Gold, cue: &Option<(usize, usize)>, content: &[(usize, usize)]) -> bool {
    let cues = match (gold.cue, cue) {
        (None, None) => true,
        (Some(a), Some(b)) => a.0 < b.1 && b.0 < a.1,
        _ => false,
    };
    let length = |all: &[(usize, usize)]| all.iter().map(|(s, e)| e - s).sum::<usize>();
    let shared: usize = gold
        .content
        .iter()
        .flat_map(|a| {
            content
                .iter()
                .map(move |b| a.1.min(b.1).saturating_sub(a.0.max(b.0)))
        })
        .sum();
    let all = length(&gold.content) + length(content) - shared;
    cues && shared * 2 >= all
}
