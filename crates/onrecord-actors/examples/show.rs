//! Prints the actors of a plain text: `cargo run -p onrecord-actors --example show -- FILE`.

use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, ArticleReading};

#[allow(clippy::print_stdout)]
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).expect("a readable file").replace('\n', "\n\n");
        let mut reading = ArticleReading::new(Article::new("pg-1".into(), 1, text));
        (reading.sentences, reading.quotations) =
            onrecord_language::sentences(&reading.article, Lexicon::built_in());
        let start = std::time::Instant::now();
        let found = onrecord_actors::find(&reading, Lexicon::built_in());
        let took = start.elapsed();
        for s in &reading.sentences {
            println!("\nS{} {}", s.n, reading.words(s.span));
            for m in found.mentions.iter().filter(|m| m.sentence == s.n) {
                let name = m.actor.as_ref().and_then(|id| found.actors.iter().find(|a| a.id == *id));
                println!("    {:?} {} -> {} [{} {}]", reading.words(m.span), m.kind.name(), name.map_or("-", |a| &a.name), m.made_by, m.confidence.value());
            }
        }
        let name = |id: &str| found.actors.iter().find(|a| a.id == id).map_or("?", |a| &a.name);
        for a in &found.actors {
            println!("ACTOR {} | {} {:?} {:?} {:?} {:?}", a.name, a.kind.name(), a.country, a.sectors, a.aliases,
                a.roles.iter().filter(|r| r.sentence_id.is_some()).map(|r| (&r.title, &r.of)).collect::<Vec<_>>());
        }
        for r in &found.relations {
            println!("RELATION {} {} {} s{}", name(&r.subject), r.predicate.name(), name(&r.object), r.sentence);
        }
        println!("{took:?} for {} words", reading.article.text.split_whitespace().count());
    }
}
