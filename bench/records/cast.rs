//! The actors and places of the generated record.

use onrecord_model::{Actor, ActorKind, Place, Role, id_of};

use crate::words::{Random, Words};

/// How many actors there may be; the first ones are named most often.
pub const ACTORS: u64 = 20_000;
/// How many places.
pub const PLACES: u64 = 3_000;

/// An actor and the ways in which pages write its name.
pub struct Cast {
    /// As pages tell of it.
    pub actor: Actor,
    /// Written forms, the usual one first.
    pub forms: Vec<String>,
}

/// The actor of a number: two of three are persons.
pub fn actor(words: &Words, n: u64) -> Cast {
    let mut random = Random::new(n.wrapping_mul(0x1f3d_5b79) ^ 0xac70);
    let person = n % 3 != 1;
    let (name, kind, forms, roles) = if person {
        let given = words.any("given", &mut random);
        let family = words.made(n);
        let name = format!("{given} {family}");
        let mut forms = vec![name.clone(), family.clone()];
        if let Some(other) = respelt(&family) {
            forms.push(format!("{given} {other}"));
        }
        if n.is_multiple_of(4) {
            forms.push(format!("{given} al-{family}"));
        }
        let role = Role {
            title: words.any("roles", &mut random).to_owned(),
            of: None,
            from: None,
            to: None,
            sentence_id: None,
        };
        (name, ActorKind::Person, forms, vec![role])
    } else {
        let (body, of) = (
            words.any("bodies", &mut random),
            words.any("of", &mut random),
        );
        let place = words.made(n % PLACES + 1_000_000);
        let name = format!("{body} of {of} of {place}");
        let short = format!("{place} {body}");
        let initials: String = [body, of, &place]
            .iter()
            .filter_map(|w| w.chars().next())
            .collect();
        let kind = match body {
            "Army" | "Brigade" => ActorKind::Military,
            "Ministry" => ActorKind::Government,
            "Assembly" | "Congress" => ActorKind::Legislature,
            _ => ActorKind::Organization,
        };
        (
            name.clone(),
            kind,
            vec![name, short, format!("{initials}{n}")],
            Vec::new(),
        )
    };
    let (name, forms) = match words.hostile && n == 0 {
        true => hostile(),
        false => (name, forms),
    };
    let mut aliases = forms.clone();
    aliases.sort();
    let sectors = match kind {
        ActorKind::Military => vec!["MIL".to_owned()],
        ActorKind::Government => vec!["GOV".to_owned()],
        ActorKind::Legislature => vec!["LEG".to_owned()],
        ActorKind::Organization => vec!["PTY".to_owned()],
        _ => Vec::new(),
    };
    let actor = Actor {
        id: id_of("ac", &["generated", &n.to_string()]),
        name,
        kind,
        named: true,
        country: Some(["VLM", "TLV", "KRS", "ORV"][(n % 4) as usize].to_owned()),
        sectors,
        aliases,
        roles,
        wikidata: None,
    };
    Cast { actor, forms }
}

/// Names that are markup, a formula, turned, stacked and endless.
fn hostile() -> (String, Vec<String>) {
    let name = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>".to_owned();
    let forms = vec![
        name.clone(),
        "=HYPERLINK(\"http://evil.example\",\"x\")".to_owned(),
        "\u{202e}gnorw daer\u{2066} \u{200f}".to_owned(),
        "Z\u{327}\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}algo".to_owned(),
        format!("Endless{}", "ly".repeat(2_000)),
    ];
    (name, forms)
}

/// Another spelling of a name, where it has letters that pages spell in several ways.
fn respelt(name: &str) -> Option<String> {
    let other = name
        .replace("sh", "sch")
        .replace('k', "q")
        .replace('y', "i")
        .replace("el", "al");
    (other != name).then_some(other)
}

/// The place of a number.
pub fn place(words: &Words, n: u64) -> Place {
    let name = words.made(n + 1_000_000);
    let degrees = |step: u64, most: u64| (n * step % (most * 200)) as f64 / 100.0 - most as f64;
    Place {
        id: id_of("pl", &["generated", &n.to_string()]),
        name,
        kind: "city".to_owned(),
        country: Some(["VLM", "TLV", "KRS", "ORV"][(n % 4) as usize].to_owned()),
        admin1: None,
        lat: Some(degrees(7919, 80)),
        lon: Some(degrees(104_729, 170)),
        precision: "exact".to_owned(),
        geonames: None,
    }
}
