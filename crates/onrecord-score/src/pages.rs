//! Article text: a set of saved pages with their true bodies.
#![allow(clippy::disallowed_methods)] // an edge: a measure reads its set from disk

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use cpu_time::ProcessTime;
use flate2::read::MultiGzDecoder;
use onrecord_lexicon::Lexicon;
use onrecord_model::{RawPage, sha256_hex};
use onrecord_pages::HostLines;
use serde::Deserialize;

use crate::{Average, Overlap, ScoreError, average};

/// What is said of our program in the prediction file.
const VERSION: &str = concat!("onrecord ", env!("CARGO_PKG_VERSION"));

/// How the pages of a set were read.
#[derive(Clone, Debug)]
pub struct PagesScore {
    /// Over all pages.
    pub average: Average,
    /// Half the width of the 95 % interval of F1, from 1,000 samples of the pages.
    pub f1_interval: f64,
    /// Each page, worst first.
    pub pages: Vec<PageScore>,
    /// CPU time of decoding and reading, files already in memory.
    pub cpu: Duration,
}

/// How one page was read.
#[derive(Clone, Debug)]
pub struct PageScore {
    /// Its name in the set.
    pub id: String,
    /// Its address on the web.
    pub url: String,
    /// How far the text agrees.
    pub overlap: Overlap,
}

#[derive(Deserialize)]
struct Truth {
    #[serde(rename = "articleBody")]
    body: String,
    #[serde(default)]
    url: String,
}

/// Reads the pages of `folder` (`ground-truth.json`, `html/<id>.html.gz`) and compares
/// their text with the truth. With `predictions`, writes the texts to that file in the
/// form that the benchmark's own `evaluate.py` takes.
///
/// # Errors
/// If a file of the set is missing or is not what it should be, or the predictions cannot
/// be written.
pub fn pages(folder: &Path, predictions: Option<&Path>) -> Result<PagesScore, ScoreError> {
    let truth = read_truth(&folder.join("ground-truth.json"))?;
    let mut raw = Vec::with_capacity(truth.len());
    for id in truth.keys() {
        raw.push(read_page(folder, id)?);
    }

    let lexicon = Lexicon::built_in();
    let started = ProcessTime::now();
    let texts: Vec<String> = raw.iter().map(|page| text_of(page, lexicon)).collect();
    let cpu = started.elapsed();

    if let Some(path) = predictions {
        write_predictions(path, truth.keys().zip(&texts))?;
    }
    let mut pages: Vec<PageScore> = truth
        .into_iter()
        .zip(&texts)
        .map(|((id, truth), text)| PageScore {
            overlap: Overlap::of(&truth.body, text),
            id,
            url: truth.url,
        })
        .collect();
    let overlaps: Vec<Overlap> = pages.iter().map(|page| page.overlap).collect();
    pages.sort_by(|a, b| {
        a.overlap
            .f1()
            .total_cmp(&b.overlap.f1())
            .then_with(|| a.id.cmp(&b.id))
    });
    Ok(PagesScore {
        average: average(&overlaps),
        f1_interval: f1_interval(&overlaps),
        pages,
        cpu,
    })
}

/// The texts of all articles of a page, one after the other.
fn text_of(page: &RawPage, lexicon: &Lexicon) -> String {
    let Ok((page, _)) = onrecord_pages::decode(page) else {
        return String::new();
    };
    let found = onrecord_pages::articles(&page, &HostLines::new(), lexicon);
    let texts: Vec<String> = found
        .articles
        .into_iter()
        .map(|article| article.text)
        .collect();
    texts.join("\n\n")
}

fn read_truth(path: &Path) -> Result<BTreeMap<String, Truth>, ScoreError> {
    let bytes = std::fs::read(path).map_err(|e| ScoreError::file(path, e))?;
    serde_json::from_slice(&bytes).map_err(|e| ScoreError::content(path, e))
}

fn read_page(folder: &Path, id: &str) -> Result<RawPage, ScoreError> {
    let path = folder.join("html").join(format!("{id}.html.gz"));
    let file = std::fs::File::open(&path).map_err(|e| ScoreError::file(&path, e))?;
    let mut bytes = Vec::new();
    MultiGzDecoder::new(file)
        .read_to_end(&mut bytes)
        .map_err(|e| ScoreError::file(&path, e))?;
    Ok(RawPage {
        uri: id.to_owned(),
        sha256: sha256_hex(&bytes),
        bytes,
        ..RawPage::default()
    })
}

fn write_predictions<'a>(
    path: &Path,
    texts: impl Iterator<Item = (&'a String, &'a String)>,
) -> Result<(), ScoreError> {
    let output: serde_json::Map<String, serde_json::Value> = texts
        .map(|(id, text)| (id.clone(), serde_json::json!({ "articleBody": text })))
        .collect();
    let file = serde_json::json!({ "version": VERSION, "output": output });
    std::fs::write(path, format!("{file:#}\n")).map_err(|e| ScoreError::file(path, e))
}

/// 1.96 standard deviations of F1 over samples of the pages, drawn with a fixed seed.
fn f1_interval(overlaps: &[Overlap]) -> f64 {
    const SAMPLES: usize = 1000;
    if overlaps.is_empty() {
        return 0.0;
    }
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut draw = |below: usize| {
        // xorshift64*: any fair sequence will do, as long as it is the same on every machine.
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        let mixed = state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(mixed).unwrap_or(0) % below
    };
    let samples: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let sample: Vec<Overlap> = (0..overlaps.len())
                .map(|_| overlaps[draw(overlaps.len())])
                .collect();
            average(&sample).f1
        })
        .collect();
    let mean = samples.iter().sum::<f64>() / SAMPLES as f64;
    let variance = samples.iter().map(|f1| (f1 - mean).powi(2)).sum::<f64>() / (SAMPLES - 1) as f64;
    1.96 * variance.sqrt()
}

/// One line of the comparison: name, F1, precision, recall, pages per CPU-second where known.
type Other = (&'static str, f64, f64, f64, Option<u32>);

/// All on the whole set of 181 pages with the same metric. First the outputs that the
/// benchmark publishes, then tools measured in their current releases.
const OTHERS: [Other; 12] = [
    ("published: AutoExtract", 0.970, 0.984, 0.956, None),
    ("published: rs_trafilatura", 0.970, 0.951, 0.990, None),
    ("published: go_trafilatura", 0.960, 0.940, 0.980, None),
    ("published: trafilatura 2.0.0", 0.958, 0.938, 0.978, None),
    (
        "Rust trafilatura 0.6.0, precision",
        0.969,
        0.958,
        0.980,
        Some(140),
    ),
    (
        "Python trafilatura 2.3.1, precision",
        0.964,
        0.958,
        0.971,
        Some(65),
    ),
    ("Rust rs-trafilatura 0.2.2", 0.957, 0.927, 0.990, Some(106)),
    ("Rust libreadability 0.3.0", 0.952, 0.918, 0.989, Some(394)),
    ("Rust dom_smoothie 0.19.0", 0.951, 0.917, 0.988, Some(532)),
    ("Python readability-lxml 0.9", 0.947, 0.932, 0.963, Some(60)),
    ("Python newspaper4k 0.9.6", 0.938, 0.964, 0.913, Some(15)),
    ("Python resiliparse 2.0.1", 0.927, 0.879, 0.981, Some(954)),
];

impl PagesScore {
    /// Pages read per second of CPU time.
    pub fn pages_per_second(&self) -> f64 {
        self.pages.len() as f64 / self.cpu.as_secs_f64().max(1e-9)
    }
}

impl fmt::Display for PagesScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Average {
            precision,
            recall,
            f1,
            identical,
        } = self.average;
        writeln!(
            f,
            "Article text, article-extraction-benchmark metric, {} pages",
            self.pages.len()
        )?;
        writeln!(f)?;
        writeln!(
            f,
            "{:<38} {:>6} {:>9} {:>7} {:>10} {:>12}",
            "", "F1", "precision", "recall", "identical", "pages/CPU-s"
        )?;
        writeln!(
            f,
            "{VERSION:<38} {f1:>6.3} {precision:>9.3} {recall:>7.3} {identical:>10.3} {:>12.0}",
            self.pages_per_second()
        )?;
        writeln!(
            f,
            "{:<38} {:>6}",
            "  95 % interval",
            format!("±.{:03.0}", self.f1_interval * 1000.0)
        )?;
        for (name, f1, precision, recall, speed) in OTHERS {
            let speed = speed.map_or("-".to_owned(), |s| s.to_string());
            writeln!(
                f,
                "{name:<38} {f1:>6.3} {precision:>9.3} {recall:>7.3} {:>10} {speed:>12}",
                ""
            )?;
        }
        writeln!(f)?;
        writeln!(
            f,
            "The other figures are for the 181 pages of the whole set, on another machine."
        )?;
        writeln!(f)?;
        writeln!(f, "Worst pages:")?;
        for page in self.pages.iter().take(10) {
            let o = page.overlap;
            writeln!(
                f,
                "  {:.3}  precision {:.3}  recall {:.3}  {}",
                o.f1(),
                o.precision().unwrap_or(0.0),
                o.recall().unwrap_or(0.0),
                page.url
            )?;
        }
        Ok(())
    }
}
