//! Prints the actors of plain texts, one paragraph a line:
//! `cargo run -p onrecord-actors --example show -- [--lexicon DIR] FILE...`

use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, ArticleReading};

#[allow(clippy::print_stdout, clippy::disallowed_methods)]
fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let own;
    let mut lexicon = Lexicon::built_in();
    if args.first().is_some_and(|a| a == "--lexicon") {
        own = Lexicon::with_folder(args[1].as_ref()).expect("a lexicon");
        lexicon = &own;
        args.drain(..2);
    }
    for path in args {
        let text = std::fs::read_to_string(&path)
            .expect("a readable file")
            .replace('\n', "\n\n");
        let mut reading = ArticleReading::new(Article::new("pg-1".into(), 1, text));
        (reading.sentences, reading.quotations) =
            onrecord_language::sentences(&reading.article, lexicon);
        let start = std::time::Instant::now();
        let found = onrecord_actors::find(&reading, lexicon);
        let took = start.elapsed();
        for s in &reading.sentences {
            println!("\nS{} {}", s.n, reading.words(s.span));
            for m in found.mentions.iter().filter(|m| m.sentence == s.n) {
                let name = m
                    .actor
                    .as_ref()
                    .and_then(|id| found.actors.iter().find(|a| a.id == *id));
                println!(
                    "    {}..{} {:?} {} -> {} [{} {}]",
                    m.span.start,
                    m.span.end,
                    reading.words(m.span),
                    m.kind.name(),
                    name.map_or("-", |a| &a.name),
                    m.made_by,
                    m.confidence.value()
                );
            }
        }
        let name = |id: &str| {
            found
                .actors
                .iter()
                .find(|a| a.id == id)
                .map_or("?", |a| &a.name)
        };
        for a in &found.actors {
            println!(
                "ACTOR {} | {} {:?} {:?} {:?} {:?}",
                a.name,
                a.kind.name(),
                a.country,
                a.sectors,
                a.aliases,
                a.roles
                    .iter()
                    .filter(|r| r.sentence_id.is_some())
                    .map(|r| (&r.title, &r.of))
                    .collect::<Vec<_>>()
            );
        }
        for r in &found.relations {
            println!(
                "RELATION {} {} {} s{}",
                name(&r.subject),
                r.predicate.name(),
                name(&r.object),
                r.sentence
            );
        }
        println!(
            "{took:?} for {} words",
            reading.article.text.split_whitespace().count()
        );
    }
}
