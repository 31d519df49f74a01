//! Which actors of different pages are one, and which are not.

use onrecord_actors::join;
use onrecord_lexicon::Lexicon;
use onrecord_model::{ActorKind, Join, PileActor, Role, id_of};

struct Given(PileActor);

/// An actor met once in an article of its own.
fn given(kind: ActorKind, name: &str) -> Given {
    Given(PileActor {
        id: format!("ac-{name}-{}", kind.name()),
        name: name.to_owned(),
        kind,
        named: true,
        country: None,
        forms: vec![(name.to_owned(), 1)],
        roles: Vec::new(),
        articles: vec![number(&format!("{name} {}", kind.name()))],
    })
}

/// A number of its own for each article.
fn number(article: &str) -> u32 {
    u32::from_str_radix(&id_of("ar", &[article])[3..11], 16).expect("hex digits")
}

fn person(name: &str) -> Given {
    given(ActorKind::Person, name)
}

fn body(name: &str) -> Given {
    given(ActorKind::Organization, name)
}

impl Given {
    fn on(mut self, article: &str) -> Given {
        self.0.id.push_str(article);
        self.0.articles = vec![number(article)];
        self
    }

    fn also(mut self, form: &str) -> Given {
        self.0.forms.push((form.to_owned(), 1));
        self
    }

    fn times(mut self, times: u32) -> Given {
        self.0.forms[0].1 = times;
        self
    }

    fn is(mut self, title: &str, of: Option<&str>) -> Given {
        self.0.roles.push(Role {
            title: title.to_owned(),
            of: of.map(str::to_owned),
            from: None,
            to: None,
            sentence_id: Some("se-1".to_owned()),
        });
        self
    }

    fn from(mut self, country: &str) -> Given {
        self.0.country = Some(country.to_owned());
        self
    }
}

fn joins(given: &[Given]) -> Vec<Join> {
    let actors: Vec<PileActor> = given.iter().map(|g| g.0.clone()).collect();
    let joins = join(&actors, Lexicon::built_in());
    let turned: Vec<PileActor> = actors.into_iter().rev().collect();
    assert_eq!(join(&turned, Lexicon::built_in()), joins);
    joins
}

#[track_caller]
fn one(given: &[Given], why: &str) {
    let joins = joins(given);
    assert_eq!(joins.len(), given.len() - 1, "{joins:#?}");
    let first = &joins[0];
    assert!(joins.iter().all(|j| j.to == first.to), "{joins:#?}");
    assert!(joins.iter().any(|j| j.reason.contains(why)), "{joins:#?}");
}

#[track_caller]
fn apart(given: &[Given]) {
    let joins = joins(given);
    assert!(joins.is_empty(), "{joins:#?}");
}

#[test]
fn spellings_of_a_full_name() {
    one(
        &[
            person("Ilian Kavash").is("defence minister", None),
            person("Ilyan Qavash").is("Defense Minister", None),
        ],
        "spelt alike (0.97); both defence minister",
    );
    one(
        &[body("Qoralu Fishers Union"), body("Koralou Fishers Union")],
        "spelt alike",
    );
}

#[test]
fn namesakes_stay_apart() {
    apart(&[person("Ilian Kavash"), person("Maruk Kavash")]);
    apart(&[person("Dejur Mokhane"), person("Mokhane Dejur")]);
    apart(&[person("Salim bin Tariq"), person("Tariq bin Salim")]);
    apart(&[
        body("Koralu River Fishers Union"),
        body("Koralu River Carriers Union"),
    ]);
    apart(&[body("North Lurensk Front"), body("South Lurensk Front")]);
    apart(&[
        person("Ilian Kavash").from("XAA"),
        person("Ilyan Qavash").from("XAB"),
    ]);
    // a page that names both holds them for two
    apart(&[
        person("Ilian Kavash").on("ar-1"),
        person("Ilyan Kavash").on("ar-1"),
    ]);
    apart(&[
        person("Nadine Lund").is("spokeswoman", None),
        person("Nadin Lund").is("spokesman", None),
    ]);
}

#[test]
fn an_initial_fits_one_only() {
    one(
        &[person("O. Kavash"), person("Olumai Kavash")],
        "spelt alike",
    );
    let three = [
        person("O. Kavash"),
        person("Olumai Kavash"),
        person("Orsa Kavash"),
    ];
    apart(&three);
}

#[test]
fn a_surname_goes_where_its_office_is() {
    let pile = || {
        vec![
            person("Beshuro Kassarin").is("mines minister", None),
            person("Olumai Kassarin").is("chair", Some("Fishers Union")),
        ]
    };
    let mut minister = pile();
    minister.push(person("Kassarin").is("Minister", None));
    let joins = joins(&minister);
    assert!(joins[0].to.contains("Beshuro"), "{joins:#?}");
    assert!(
        joins[0].reason.contains("both mines minister"),
        "{joins:#?}"
    );
    let mut nobody = pile();
    nobody.push(person("Kassarin"));
    apart(&nobody);
    let mut other = pile();
    other.push(person("Kassarin").is("colonel", None));
    apart(&other);
}

#[test]
fn a_surname_that_one_alone_bears() {
    one(
        &[person("Ossira Telim").is("marshal", None), person("Telim")],
        "nobody else bears it",
    );
    apart(&[
        person("Ossira Telim").is("mayor", None),
        person("Telim").is("Judge", None),
    ]);
}

#[test]
fn acronyms_and_other_names() {
    one(
        &[
            body("Hearth and Soil Movement").also("HSM"),
            body("HSM").on("ar-2"),
        ],
        "the acronym a page gives",
    );
    one(
        &[
            body("Silt Watch").also("Jaga Lumpura"),
            body("Jaga Lumpura").on("ar-2"),
        ],
        "both also called Jaga Lumpura",
    );
    // two bodies can claim it
    apart(&[
        body("Hearth and Soil Movement").also("HSM"),
        body("Hill Shepherds Mutual").also("HSM"),
        body("HSM").on("ar-2"),
    ]);
}

#[test]
fn names_with_words_left_out() {
    one(
        &[body("Open Hand"), body("Party of the Open Hand")],
        "words left out",
    );
    one(
        &[body("Mines Ministry"), body("Ministry of Mines and Waters")],
        "words left out",
    );
    apart(&[body("Salt Union"), body("Salt Union Bank")]);
    apart(&[
        body("River Union"),
        body("River Fishers Union"),
        body("River Carriers Union"),
    ]);
}

#[test]
fn a_body_taken_for_a_person() {
    one(
        &[
            body("Fishers Union").also("Chumiko Wavuli"),
            person("Chumiko Wavuli"),
        ],
        "the same name",
    );
    apart(&[
        person("Hamo Tirel").is("mayor", None),
        body("Hamo Tirel").also("HT"),
    ]);
}

#[test]
fn an_actor_of_the_lexicon_stays_and_two_are_never_one() {
    let entries = &Lexicon::built_in().actors.entries;
    let known = |name: &str| {
        let entry = entries.iter().find(|e| e.name == name).expect("an entry");
        let mut given = person(name);
        given.0.id = id_of("ac", &["lexicon", &entry.id]);
        given
    };
    let lavrov = known("Sergey Lavrov");
    let id = lavrov.0.id.clone();
    let found = joins(&[lavrov, person("Sergej Lavrow").times(90)]);
    assert_eq!(found[0].to, id);
    apart(&[
        known("Sergey Lavrov"),
        known("Sergei Shoigu").also("Sergey Lavrov"),
    ]);
}
