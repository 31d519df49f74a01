//! Measures the step on the development articles of PolNeAR, where they are at hand.

use std::path::Path;

use onrecord::statements::head::{self, Attribution};
use onrecord::{Kit, lexicon::Lexicon};
use onrecord_score::attribution::{AttributionScore, read};

/// Exact F1 of source, cue and content, a little lowered.
const FLOORS: [(&str, f64); 3] = [("source", 78.0), ("cue", 71.0), ("content", 65.5)];
/// So many articles are read.
const MOST: usize = 40;

#[test]
#[allow(clippy::print_stdout)]
fn the_head_reaches_its_floors_on_polnear() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/polnear/dev");
    if !folder.is_dir() {
        println!("skipped: PolNeAR is not beside the repository");
        return;
    }
    let kit = Kit::new(Lexicon::built_in());
    let head = kit.attribution.expect("a head is built in");
    let mut score = AttributionScore::default();
    for gold in read(&folder).expect("readable").iter().take(MOST) {
        let (article, back) = gold.article();
        let reading = onrecord::parsed(article, kit);
        let found: Vec<Attribution> = head::find(&reading, kit.lexicon, head)
            .into_iter()
            .map(|f| gold.in_text(&back, f.attribution))
            .collect();
        let sentences = gold.places(&back, reading.sentences.iter().map(|s| s.span));
        score.add(&gold.text, &sentences, &gold.attributions, &found);
    }
    println!("{score}");
    for ((role, floor), counts) in FLOORS.iter().zip(&score.exact) {
        let f1 = counts.f1();
        assert!(f1 >= *floor, "{role} {f1:.1} is below the floor {floor}");
    }
}
