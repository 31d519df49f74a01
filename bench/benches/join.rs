//! What joining the actors of a pile costs: `cargo bench -p onrecord-bench --bench join`.

use divan::counter::ItemsCount;
use onrecord::lexicon::Lexicon;
use onrecord::model::{ActorKind, PileActor, Role, id_of};
use onrecord_bench::{SYLLABLES, draw, given_names};

fn main() {
    Lexicon::built_in();
    divan::main();
}

const HEADS: [&str; 6] = ["Front", "Union", "Party", "Council", "Ministry", "Company"];
const TITLES: [&str; 5] = ["minister", "spokesman", "chair", "general", "mayor"];

/// Invented actors, ten mentions each: persons, one in six a surname with a title on one page,
/// and one in five a body.
fn pile(n: usize) -> Vec<PileActor> {
    let given = given_names();
    let mut next = draw();
    let actor = |at: usize| {
        let mut word = String::new();
        for _ in 0..2 + next(2) {
            word.push_str(SYLLABLES[next(SYLLABLES.len())]);
        }
        word[..1].make_ascii_uppercase();
        let bound = given.len() >> next(7);
        let (kind, name) = match next(30) {
            0..5 => (ActorKind::Person, word),
            5..11 => {
                let head = HEADS[next(HEADS.len())];
                let second = SYLLABLES[next(SYLLABLES.len())];
                (ActorKind::Organization, format!("{word} {second} {head}"))
            }
            _ => {
                let first = given[next(bound.max(1))];
                (ActorKind::Person, format!("{first} {word}"))
            }
        };
        let titled = kind == ActorKind::Person && next(2) == 0;
        let role = titled.then(|| Role {
            title: TITLES[next(TITLES.len())].to_owned(),
            of: None,
            from: None,
            to: None,
            sentence_id: None,
        });
        let mut articles: Vec<u32> = (0..10).map(|_| next(n) as u32).collect();
        articles.sort();
        articles.dedup();
        PileActor {
            id: id_of("ac", &[&at.to_string()]),
            forms: vec![(name.clone(), 10)],
            name,
            kind,
            named: true,
            country: None,
            roles: role.into_iter().collect(),
            articles,
        }
    };
    (0..n).map(actor).collect()
}

#[divan::bench(args = [10_000, 100_000], sample_count = 1)]
fn actors_joined(bencher: divan::Bencher, n: usize) {
    let pile = pile(n);
    bencher
        .counter(ItemsCount::new(n))
        .bench(|| onrecord_actors::join(&pile, Lexicon::built_in()).len());
}

/// One surname with a title on every page: each is asked against the few who bear it.
#[divan::bench(args = [100_000], sample_count = 1)]
fn one_surname_on_every_page(bencher: divan::Bencher, n: usize) {
    let mut pile = pile(n);
    for (at, actor) in pile.iter_mut().enumerate() {
        let (name, title) = match at {
            0 => ("Ilian Kavash", "minister"),
            1 => ("Maruk Kavash", "chair"),
            _ if at % 3 == 0 => ("Kavash", "chair"),
            _ => ("Kavash", "minister"),
        };
        actor.kind = ActorKind::Person;
        actor.name = name.to_owned();
        actor.forms = vec![(name.to_owned(), 10)];
        actor.roles = vec![Role {
            title: title.to_owned(),
            of: None,
            from: None,
            to: None,
            sentence_id: None,
        }];
    }
    bencher
        .counter(ItemsCount::new(n))
        .bench(|| onrecord_actors::join(&pile, Lexicon::built_in()).len());
}
