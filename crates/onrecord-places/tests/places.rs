//! Names and the places they mean, with a gazetteer of invented lands.

use onrecord_actors::coref::Head;
use onrecord_language::Engine;
use onrecord_lexicon::{File, Lexicon};
use onrecord_model::{Article, ArticleReading};

fn lexicon() -> Lexicon {
    let file = |name: &str, text: &str| File {
        name: name.into(),
        path: name.into(),
        text: text.into(),
    };
    let gazetteer = "Orvia\tcountry\tORV\t-\t10\t10\tarea\t\n\
         Tarn\tcountry\tTRN\t-\t20\t20\tarea\t\n\
         Velm\tcity\tTRN\tNorth\t20.1\t20.1\texact\t\n\
         Velm\tcity\tORV\tEast\t10.1\t10.1\texact\t\n\
         Marlow\ttown\tORV\tEast\t10.2\t10.2\texact\tal-Marlow|Mar Low\n\
         ORV\tcountry\tORV\t-\t10\t10\tarea\t\n";
    let actors = "[[actor]]\nid = \"g\"\nname = \"Government of Orvia\"\nkind = \"government\"\n\
         country = \"ORV\"\nmetonyms = [\"Orvia\"]\n";
    let words = "near\tplace-before\nsay\tacts\tsaid\nprovince\tgeographic\n";
    Lexicon::from_files(&[
        file("places/a.tsv", gazetteer),
        file("actors/a.toml", actors),
        file("words/actor-words.tsv", words),
        file("words/honorifics.tsv", "General\trank\n"),
        file("words/given-names.tsv", "Dana\tany\n"),
        file("words/function-words.tsv", "the\nin\nof\nand\n"),
    ])
    .expect("a lexicon")
}

fn places(text: &str) -> Vec<String> {
    let lexicon = lexicon();
    let mut reading = ArticleReading::new(Article::new("pg-1".into(), 1, text.into()));
    (reading.sentences, reading.quotations) =
        onrecord_language::sentences(&reading.article, &lexicon);
    onrecord_language::parse(text, &mut reading.sentences, Engine::built_in(), &lexicon);
    let found = onrecord_actors::find(&reading, &lexicon, Some(Head::built_in()));
    (reading.mentions, reading.actors) = (found.mentions, found.actors);
    let (mentions, places) = onrecord_places::find(&reading, &lexicon);
    mentions
        .iter()
        .map(|m| {
            let place = places
                .iter()
                .find(|p| p.id == m.place)
                .expect("each mention has its place");
            format!(
                "{} = {} {}",
                reading.words(m.span),
                place.kind,
                place.country.as_deref().unwrap_or("-")
            )
        })
        .collect()
}

#[test]
fn a_name_means_the_place_in_the_country_spoken_of() {
    assert_eq!(places("The bridge in Velm fell."), ["Velm = city TRN"]);
    assert_eq!(
        places("The bridge in Velm fell. It was the longest in Orvia."),
        ["Velm = city ORV", "Orvia = country ORV"]
    );
}

#[test]
fn spellings_and_longer_names() {
    assert_eq!(
        places("The road to al-Marlow Province is closed."),
        ["al-Marlow = town ORV"]
    );
    assert_eq!(places("They met near Mar Low."), ["Mar Low = town ORV"]);
}

#[test]
fn what_is_no_place() {
    for text in [
        "General Velm spoke.",
        "Dana Marlow spoke.",
        "They like Velm Soup.",
        "An ORV convoy burnt.",
        "They velm.",
    ] {
        assert!(places(text).is_empty(), "{text}: {:?}", places(text));
    }
    // A government that speaks is an actor.
    assert!(places("Orvia said no.").is_empty());
}

/// Sentences read with the library's own lexicon and the packed gazetteer.
fn of_the_world(text: &str) -> Vec<String> {
    let lexicon = Lexicon::built_in();
    let mut reading = ArticleReading::new(Article::new("pg-1".into(), 1, text.into()));
    (reading.sentences, reading.quotations) =
        onrecord_language::sentences(&reading.article, lexicon);
    onrecord_language::parse(text, &mut reading.sentences, Engine::built_in(), lexicon);
    let found = onrecord_actors::find(&reading, lexicon, Some(Head::built_in()));
    (reading.mentions, reading.actors) = (found.mentions, found.actors);
    let (mentions, places) = onrecord_places::find(&reading, lexicon);
    let told = mentions.iter().filter_map(|m| {
        let place = places.iter().find(|p| p.id == m.place)?;
        let within = place.admin1.as_deref().or(place.country.as_deref());
        let words = reading.words(m.span);
        Some(format!(
            "{words} = {} {}",
            place.kind,
            within.unwrap_or("-")
        ))
    });
    told.collect()
}

#[test]
fn a_division_told_with_a_name_settles_it() {
    assert_eq!(
        of_the_world("The warehouse in Paris, Texas, burnt down. Nobody in Paris was hurt."),
        [
            "Paris = town Texas",
            "Texas = admin1 USA",
            "Paris = town Texas"
        ]
    );
    assert_eq!(
        of_the_world("The strike began in Troy, Mich., on Monday."),
        ["Troy = town Michigan", "Mich. = admin1 USA"]
    );
    assert_eq!(
        of_the_world("The strike began in Paris on Monday."),
        ["Paris = city FRA"]
    );
}

#[test]
fn other_places_and_bodies_speak_for_those_near_them() {
    assert_eq!(
        of_the_world(
            "Trains run again between Columbus and Dublin. \
             The Ohio Department of Transportation closed a road near Westerville."
        ),
        [
            "Columbus = city Ohio",
            "Dublin = town Ohio",
            "Westerville = town Ohio"
        ]
    );
}

#[test]
fn a_town_of_the_world_needs_a_reason() {
    for text in [
        "Austin Hope spoke for an hour.",
        "The Springfield Tire Company closed.",
        "They walked down Lancaster Street.",
        "Congress will vote on Monday.",
    ] {
        assert!(
            of_the_world(text).is_empty(),
            "{text}: {:?}",
            of_the_world(text)
        );
    }
}

#[test]
fn a_country_is_no_point() {
    let lexicon = Lexicon::built_in();
    let text = "The ship was built in Norway.";
    let mut reading = ArticleReading::new(Article::new("pg-1".into(), 1, text.into()));
    (reading.sentences, _) = onrecord_language::sentences(&reading.article, lexicon);
    onrecord_language::parse(text, &mut reading.sentences, Engine::built_in(), lexicon);
    let (_, places) = onrecord_places::find(&reading, lexicon);
    assert_eq!(places[0].kind, "country");
    assert_eq!((places[0].lat, places[0].lon), (None, None));
    assert_eq!(places[0].precision, "unknown");
}
