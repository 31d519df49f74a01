use onrecord::{Kit, lexicon::Lexicon, model::Article, read_article};
#[allow(clippy::print_stdout)]
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let col: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let lab: usize = std::env::args().nth(3).unwrap().parse().unwrap();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let cells: Vec<&str> = line.trim_end().split('\t').collect();
        if cells.len() <= col.max(lab) { continue; }
        let r = read_article(Article::new("pg".into(), 1, cells[col].to_owned()), Kit { lexicon: Lexicon::built_in() });
        let ev: Vec<String> = r.events.iter().map(|e| format!("{}/{}/{}/{}/{}>{}", e.event_type.name(), e.quad, e.status.name(), r.words(e.trigger), e.actor_spans.iter().map(|s| r.words(*s)).collect::<Vec<_>>().join("+"), e.recipient_spans.iter().map(|s| r.words(*s)).collect::<Vec<_>>().join("+"))).collect();
        println!("{}\t{}\t{}", cells[lab], ev.join(" ; "), cells[col]);
    }
}
