//! Mentions, names and ties, with a lexicon of invented lands.

use onrecord_actors::Found;
use onrecord_actors::coref::Head;
use onrecord_language::Engine;
use onrecord_lexicon::{File, Lexicon};
use onrecord_model::{Article, ArticleReading, Confidence, MentionKind, Name, NameKind, Span};

fn lexicon() -> Lexicon {
    let file = |name: &str, text: &str| File {
        name: name.into(),
        path: name.into(),
        text: text.into(),
    };
    let actors = r#"
        [[actor]]
        id = "government-of-orvia"
        name = "Government of Orvia"
        kind = "government"
        country = "ORV"
        sectors = ["GOV"]
        also = ["Orvian government", "Orvian officials"]
        short = ["government"]
        metonyms = ["Orvia", "Velm"]
        [[actor]]
        id = "government-of-tarn"
        name = "Government of Tarn"
        kind = "government"
        country = "TRN"
        sectors = ["GOV"]
        metonyms = ["Tarn", "TN", "United Tarn"]
        [[actor]]
        id = "lotus-front"
        name = "Lotus Front"
        kind = "organization"
        country = "ORV"
        sectors = ["PRM"]
        also = ["Harakat al-Lotus"]
        short = ["LF", "Front"]
        [[actor]]
        id = "mirza-al-tal"
        name = "Mirza al-Tal"
        kind = "person"
        country = "ORV"
        sectors = ["PRM"]
        also = ["Mirza Tal"]
        short = ["Tal", "al-Tal"]
        [[actor]]
        id = "ember"
        name = "EMBER"
        kind = "organization"
        sectors = ["REB"]
        also = ["Ember State", "IT"]
    "#;
    let places = "Orvia\tcountry\tORV\t-\t10\t10\tarea\nTarn\tcountry\tTRN\t-\t20\t20\tarea\nMarlow\ttown\tORV\t-\t1\t1\texact\n";
    Lexicon::from_files(&[
        file("actors/a.toml", actors),
        file("places/a.tsv", places),
        file("words/actor-words.tsv", include_str!("../../../lexicon/words/actor-words.tsv")),
        file("words/function-words.tsv", include_str!("../../../lexicon/words/function-words.tsv")),
        file("words/tail-verbs.tsv", include_str!("../../../lexicon/words/tail-verbs.tsv")),
        file("words/abbreviations.tsv", include_str!("../../../lexicon/words/abbreviations.tsv")),
        file("words/demonyms.tsv", "Orvian\tOrvians\tORV\nTarnish\tTarns\tTRN\nTN\t-\tTRN\n"),
        file(
            "words/honorifics.tsv",
            "Mr\thonorific\nSheikh\treligious\nGeneral\trank\nPresident\toffice\nPrime Minister\toffice\n\
             Secretary General\toffice\nanalyst\tprofession\n",
        ),
        file("words/given-names.tsv", "Dana\tany\nKarim\tany\nHoda\tany\nMark\tany\nAdel\tany\n"),
        file(
            "words/organisation-heads.tsv",
            "Council\torganization\tGOV\nUnion\torganization\tLAB\nMinistry\tgovernment\tGOV\nHarakat\torganization\tREB\nBrigades\torganization\tPRM\n\
             Centre\torganization\tSOC\nForces\tmilitary\tMIL\n",
        ),
    ])
    .expect("a lexicon")
}

/// What the names head finds in these tests, wherever it stands.
const HEARD: [(&str, NameKind); 27] = [
    ("Abdel Mahdi", NameKind::Person),
    ("Banu Orla", NameKind::Organization),
    ("Blue Harbour Street", NameKind::Location),
    ("Dana Ferro", NameKind::Person),
    ("Dana Marquet", NameKind::Person),
    ("Dana Orsk", NameKind::Person),
    ("DRN", NameKind::Organization),
    ("Faris al-Nahr", NameKind::Person),
    ("Farmers Union", NameKind::Organization),
    ("Green Valley", NameKind::Location),
    ("Harakat Nahr al-Sabah", NameKind::Organization),
    ("Hoda Bridge", NameKind::Person),
    ("Hoda Ferro", NameKind::Person),
    ("Hoda Orsk", NameKind::Person),
    ("Hoda Tal", NameKind::Person),
    ("Interior Ministry", NameKind::Organization),
    ("Karim Abdul-Mahdi", NameKind::Person),
    ("Karim Ferro Province", NameKind::Location),
    ("Karim bin Faris al-Nahr", NameKind::Person),
    ("Kareem Abd al-Mahdi", NameKind::Person),
    ("Ministry of Dune Gardens", NameKind::Organization),
    ("Ministry of Oil", NameKind::Organization),
    ("Northern Farmers Union", NameKind::Organization),
    ("Nuro Velasz", NameKind::Person),
    ("Orvian Interior Ministry", NameKind::Organization),
    ("Supreme Council", NameKind::Organization),
    ("Zorig", NameKind::Person),
];

/// Reads a text with the names above and the engine's trees.
fn find(text: &str) -> (ArticleReading, Found) {
    let lexicon = lexicon();
    let mut reading = ArticleReading::new(Article::new("pg-1".into(), 1, text.into()));
    (reading.sentences, reading.quotations) =
        onrecord_language::sentences(&reading.article, &lexicon);
    onrecord_language::parse(text, &mut reading.sentences, Engine::built_in(), &lexicon);
    for sentence in &mut reading.sentences {
        sentence.names = heard(text)
            .into_iter()
            .filter(|(span, _)| sentence.span.contains(*span))
            .map(|(span, kind)| Name {
                span,
                first: sentence.words.partition_point(|w| w.span.end <= span.start),
                end: sentence.words.partition_point(|w| w.span.start < span.end),
                kind,
                confidence: Confidence::percent(90),
            })
            .collect();
    }
    let found = onrecord_actors::find(&reading, &lexicon, Some(Head::built_in()));
    (reading, found)
}

/// The longest names, in order.
fn heard(text: &str) -> Vec<(Span, NameKind)> {
    let mut names: Vec<(Span, NameKind)> = Vec::new();
    let mut all = HEARD;
    all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, kind) in all {
        for (at, _) in text.match_indices(name) {
            let span = Span::new(at, at + name.len());
            if names.iter().all(|(taken, _)| !taken.overlaps(span)) {
                names.push((span, kind));
            }
        }
    }
    names.sort_by_key(|(span, _)| span.start);
    names
}

/// `words = actor` of every mention that has one.
fn mentions(text: &str) -> Vec<String> {
    let (reading, found) = find(text);
    let name = |id: &str| {
        found
            .actors
            .iter()
            .find(|a| a.id == id)
            .expect("an actor")
            .name
            .clone()
    };
    found
        .mentions
        .iter()
        .filter_map(|m| {
            Some(format!(
                "{} = {}",
                reading.words(m.span),
                name(m.actor.as_ref()?)
            ))
        })
        .collect()
}

fn relations(text: &str) -> Vec<String> {
    let (_, found) = find(text);
    let name = |id: &str| {
        found
            .actors
            .iter()
            .find(|a| a.id == id)
            .expect("an actor")
            .name
            .clone()
    };
    found
        .relations
        .iter()
        .map(|r| {
            format!(
                "{} {} {}",
                name(&r.subject),
                r.predicate.name(),
                name(&r.object)
            )
        })
        .collect()
}

#[test]
fn lexicon_forms_keep_their_case() {
    assert_eq!(
        mentions("The Lotus Front left."),
        ["Lotus Front = Lotus Front"]
    );
    assert_eq!(
        mentions("They fought EMBER and Ember State."),
        ["EMBER = EMBER", "Ember State = EMBER"]
    );
    for text in [
        "It burnt to an ember.",
        "A lotus front was carved.",
        "They said it was over.",
        "The front moved.",
    ] {
        assert!(mentions(text).is_empty(), "{text}: {:?}", mentions(text));
    }
}

#[test]
fn without_a_tree_the_lexicon_is_left() {
    let lexicon = lexicon();
    let text = "The Lotus Front met General Orsk. Orvia said no.";
    let mut reading = ArticleReading::new(Article::new("pg-1".into(), 1, text.into()));
    (reading.sentences, reading.quotations) =
        onrecord_language::sentences(&reading.article, &lexicon);
    let found = onrecord_actors::find(&reading, &lexicon, Some(Head::built_in()));
    let names: Vec<&str> = found.actors.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(names, ["Lotus Front", "Orsk"]);
}

#[test]
fn countries_are_governments_only_where_they_act() {
    for text in [
        "Orvia said it would vote.",
        "They said Orvia will not yield.",
        "The council urged Orvia to yield.",
        "Orvia’s latest demand was refused.",
        "Orvia and Marlow wine left; Orvia has refused.",
        "They came at the request of Orvia.",
        "Orvia, for its part, has refused.",
        "They said Orvia “will not yield.”",
        "Talks between Orvia and Tarn failed.",
        "If the United Tarn wants war, it will lose.",
        "“Orvia, again, is not ready,” they say; Orvia is ready to talk.",
    ] {
        assert!(!mentions(text).is_empty(), "{text}");
    }
    for text in [
        "They live in Orvia.",
        "The number of troops in Orvia has grown.",
        "The border between Orvia and Tarn is closed.",
        "They flew to Velm.",
        "Orvia’s largest lake froze.",
        "Orvia is a dry land.",
        "They threaten Orvia’s lakes.",
        "They were attacked by TN allies.",
        "Prices in Tarn and Orvia have doubled.",
        "Orvia plan papers were found.",
        "TN strikes killed four.",
    ] {
        assert!(mentions(text).is_empty(), "{text}: {:?}", mentions(text));
    }
}

#[test]
fn organs_of_a_state() {
    assert_eq!(
        mentions("Tarnish ground troops left."),
        ["Tarnish ground troops = Armed Forces of Tarn"]
    );
    assert_eq!(
        mentions("TN forces left."),
        ["TN forces = Armed Forces of Tarn"]
    );
    assert_eq!(
        mentions("The Tarnish government fell."),
        ["Tarnish government = Government of Tarn"]
    );
    assert_eq!(
        mentions("Orvia’s parliament met."),
        ["Orvia’s parliament = Parliament of Orvia"]
    );
    for text in [
        "A Tarnish army base burnt.",
        "Former Tarnish officials met.",
        "Tarnish farmers met.",
    ] {
        assert!(mentions(text).is_empty(), "{text}: {:?}", mentions(text));
    }
}

#[test]
fn names_of_the_head() {
    for (text, name) in [
        ("Yesterday Dana Ferro spoke.", "Dana Ferro"),
        ("The analyst Nuro Velasz spoke.", "Nuro Velasz"),
        ("They heard Nuro Velasz near Marlow.", "Nuro Velasz"),
        ("Then General Orsk spoke.", "Orsk"),
        (
            "They heard Karim bin Faris al-Nahr.",
            "Karim bin Faris al-Nahr",
        ),
    ] {
        assert_eq!(mentions(text), [format!("{name} = {name}")], "{text}");
    }
    for text in [
        "Green Valley burnt.",
        "They left Karim Ferro Province.",
        "They crossed the Hoda Bridge.",
        "They saw Blue Harbour Street.",
        "On Monday March came.",
        "Mark my words.",
        "However Council members left.",
        "The Council met.",
        "They went to President.",
    ] {
        assert!(mentions(text).is_empty(), "{text}: {:?}", mentions(text));
    }
}

#[test]
fn a_single_word_needs_more() {
    // A body by one sure mention, a person by two; not as an adjective, nor in a list.
    assert_eq!(mentions("The DRN agreed."), ["DRN = DRN"]);
    assert!(mentions("They met Zorig.").is_empty());
    assert_eq!(mentions("They met Zorig. Then Zorig left.").len(), 2);
    assert!(mentions("Then the Council left.").is_empty());
}

#[test]
fn headlines_use_the_names_of_the_article() {
    assert_eq!(
        mentions("Dana Ferro spoke.\n\nDANA FERRO SAYS NO TO HODA ORSK"),
        ["Dana Ferro = Dana Ferro", "DANA FERRO = Dana Ferro"]
    );
    assert_eq!(
        mentions("Ferro Meets Nuro Velasz in Green Valley\n\nDana Ferro spoke."),
        ["Ferro = Dana Ferro", "Dana Ferro = Dana Ferro"]
    );
    assert_eq!(
        mentions("Banu Orla Says No to Talks\n\nThe Banu Orla left."),
        ["Banu Orla = Banu Orla", "Banu Orla = Banu Orla"]
    );
}

#[test]
fn surnames_follow_full_names() {
    assert_eq!(
        mentions("Dana Ferro spoke. Later Ferro left."),
        ["Dana Ferro = Dana Ferro", "Ferro = Dana Ferro"]
    );
    assert!(mentions("Later Ferro left. Tal left.").is_empty());
    assert_eq!(mentions("Mirza al-Tal spoke. “No,” al-Tal said.").len(), 2);
    assert_eq!(
        mentions("Hoda Tal spoke. Tal left."),
        ["Hoda Tal = Hoda Tal", "Tal = Hoda Tal"],
        "the surname is that of the person the article has named"
    );
    assert_eq!(
        mentions("Dana Ferro spoke. Ferro left. Hoda Ferro stayed. Ferro came back.")[3],
        "Ferro = Dana Ferro",
        "whom the article has called so before"
    );
    assert_eq!(
        mentions("They met Karim bin Faris al-Nahr. Then Faris al-Nahr left.")[1],
        "Faris al-Nahr = Karim bin Faris al-Nahr"
    );
    // Two of one surname in one sentence: open.
    assert_eq!(mentions("Dana Ferro met Hoda Ferro. Ferro left.").len(), 2);
}

#[test]
fn spellings_of_one_name_are_one_person() {
    assert_eq!(
        mentions("Karim Abdul-Mahdi spoke. Mr Abdel Mahdi left. Kareem Abd al-Mahdi came."),
        [
            "Karim Abdul-Mahdi = Karim Abdul-Mahdi",
            "Abdel Mahdi = Karim Abdul-Mahdi",
            "Kareem Abd al-Mahdi = Karim Abdul-Mahdi"
        ]
    );
    assert_eq!(
        mentions("Dana Marquet spoke. “No,” Marquit said."),
        ["Dana Marquet = Dana Marquet", "Marquit = Dana Marquet"]
    );
}

#[test]
fn bodies_and_what_the_article_calls_them() {
    assert_eq!(
        mentions("The Northern Farmers Union (NFU) met. The NFU left."),
        [
            "Northern Farmers Union = Northern Farmers Union",
            "NFU = Northern Farmers Union",
            "NFU = Northern Farmers Union"
        ]
    );
    for name in [
        "Ministry of Dune Gardens",
        "Orvian Interior Ministry",
        "Harakat Nahr al-Sabah",
    ] {
        assert_eq!(
            mentions(&format!("Then the {name} left.")),
            [format!("{name} = {name}")]
        );
    }
    for text in [
        "The Interior Ministry left.",
        "The Supreme Council met.",
        "The Ministry of Oil left.",
    ] {
        assert!(mentions(text).is_empty(), "{text}: {:?}", mentions(text));
    }
    assert_eq!(
        mentions("The Lotus Front, also known as Blue Dawn, met. Blue Dawn left."),
        [
            "Lotus Front = Lotus Front",
            "Blue Dawn = Lotus Front",
            "Blue Dawn = Lotus Front"
        ]
    );
    assert_eq!(
        mentions("Members of the Lotus Front, or Banner of Dawn, left."),
        ["Lotus Front = Lotus Front", "Banner of Dawn = Lotus Front"]
    );
    assert!(
        mentions("The LF met.").is_empty(),
        "a short form before any full one"
    );
    assert_eq!(mentions("The Lotus Front met. The LF left.").len(), 2);
}

#[test]
fn offices_and_ties() {
    for (text, relation) in [
        (
            "Lotus Front leader Dana Ferro spoke.",
            "Dana Ferro leads Lotus Front",
        ),
        (
            "Dana Ferro, leader of the Lotus Front, spoke.",
            "Dana Ferro leads Lotus Front",
        ),
        (
            "The leader of the Lotus Front, Dana Ferro, spoke.",
            "Dana Ferro leads Lotus Front",
        ),
        (
            "They met a member of the Lotus Front, Dana Ferro, there.",
            "Dana Ferro member_of Lotus Front",
        ),
        (
            "Leader of the Lotus Front Dana Ferro spoke.",
            "Dana Ferro leads Lotus Front",
        ),
        (
            "The head of the group Lotus Front (LF) Dana Ferro spoke.",
            "Dana Ferro leads Lotus Front",
        ),
        (
            "Dana Ferro, a spokesman for the Lotus Front, spoke.",
            "Dana Ferro speaks_for Lotus Front",
        ),
        (
            "Dana Ferro is the leader of the Lotus Front.",
            "Dana Ferro leads Lotus Front",
        ),
        (
            "Dana Ferro, a member of the Farmers Union, spoke.",
            "Dana Ferro member_of Farmers Union",
        ),
        (
            "The Lotus Front, part of the Farmers Union, left.",
            "Lotus Front part_of Farmers Union",
        ),
        (
            "The Tarnish government left. The Tarn-backed Lotus Front stayed.",
            "Lotus Front backed_by Government of Tarn",
        ),
    ] {
        assert_eq!(relations(text), [relation], "{text}");
    }
    let (_, found) = find("Tarnish President Hoda Ferro met Dana Orsk, a Tarnish journalist.");
    let hoda = &found.actors[0];
    assert_eq!(
        (hoda.roles[0].title.as_str(), hoda.roles[0].of.as_deref()),
        ("Tarnish President", Some("Government of Tarn"))
    );
    assert_eq!(
        (hoda.country.as_deref(), &hoda.sectors[..]),
        (Some("TRN"), &["GOV".to_owned()][..])
    );
    assert_eq!(found.actors[1].sectors, ["JRN"]);
}

#[test]
fn pronouns_go_to_whom_they_can_mean() {
    let who = |text: &str, pronoun: &str| {
        let (reading, found) = find(text);
        let at = found.mentions.iter().find(|m| {
            m.kind == MentionKind::Pronoun && reading.words(m.span).to_lowercase() == pronoun
        });
        let id = at
            .unwrap_or_else(|| panic!("{text}: {pronoun}"))
            .actor
            .clone();
        id.map(|id| {
            let actor = found.actors.iter().find(|actor| actor.id == id);
            actor.unwrap().name.clone()
        })
    };
    let dana = Some("Dana Ferro".to_owned());
    assert_eq!(who("Dana Ferro spoke. She left.", "she"), dana);
    assert_eq!(
        who("Dana Ferro spoke. Hoda Orsk said she would leave.", "she"),
        Some("Hoda Orsk".to_owned())
    );
    // the narrator's "she" is nobody who is only quoted
    assert_eq!(
        who(
            "Dana Ferro spoke on Monday. “I have not met Hoda Orsk,” she said.",
            "she"
        ),
        dana
    );
    assert_eq!(who("They left.", "they"), None);
}

#[test]
fn descriptions_by_an_office() {
    let last = |text: &str| mentions(text).pop().unwrap();
    assert_eq!(
        last("Dana Ferro, leader of the Lotus Front, spoke. The Lotus Front chief left."),
        "Lotus Front chief = Dana Ferro"
    );
    assert_eq!(
        last("Dana Ferro, a spokeswoman for the Lotus Front, spoke. The spokesperson left."),
        "spokesperson = Dana Ferro"
    );
    let text = "Dana Ferro, leader of the Lotus Front, spoke. The 50-year-old head of the Lotus Front left.";
    assert!(mentions(text).contains(&"50-year-old head = Dana Ferro".to_owned()));
    assert_eq!(
        last("A report by the Lotus Front blamed rain. The report said more."),
        "report = Lotus Front"
    );
    for text in [
        "The Lotus Front chief left.",
        "Dana Ferro, a woman from Marlow, left. The woman spoke.",
    ] {
        assert!(
            mentions(text)
                .iter()
                .all(|m| !m.starts_with("spokes") && !m.contains("chief")),
            "{text}"
        );
    }
}

#[test]
fn the_same_name_is_the_same_actor_on_every_page() {
    let id = |text: &str| find(text).1.actors[0].id.clone();
    assert_eq!(id("Dana Ferro spoke."), id("They met Dana Ferro."));
    assert_ne!(id("Dana Ferro spoke."), id("Hoda Ferro spoke."));
}
