//! Invented stories: facts with two wordings each, filled with invented names.

use std::collections::BTreeMap;

/// Numbers by splitmix64, the same on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    pub fn any<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const SYLLABLES: [&str; 28] = [
    "ar", "bel", "cal", "dor", "el", "far", "gan", "har", "il", "jan", "kel", "lor", "mar", "nel",
    "os", "per", "qua", "rim", "shal", "tor", "ul", "vel", "wen", "ya", "zan", "bri", "sto", "kru",
];
const NOUNS: &str = "bridge harbour council budget ferry school quarry strike railway hospital market tunnel permit \
    reservoir union warehouse festival contract inquiry museum orchard timber fishery levy dam pension border depot \
    convoy mill garrison pipeline clinic canal treaty garden vote tax mine stadium report archive licence shipyard \
    laboratory granary lighthouse brewery court election airport factory prison library orchestra glacier vineyard \
    telescope power-plant motorway printing-house chapel theatre census auction flood drought blockade curfew parade";
const ADJECTIVES: &str = "narrow costly ancient disputed promised northern wooden unpaid secret empty frozen modest \
    foreign municipal temporary broken rural joint annual hasty urgent distant heavy quiet private crowded damaged \
    remote hidden joint lower upper eastern muddy shallow stubborn generous cautious sudden bitter steady fragile \
    overdue noisy gloomy ambitious unfinished abandoned forgotten";
const VERBS: &str = "delayed approved questioned rejected inspected reopened defended sold repaired surveyed closed \
    measured guarded criticised painted counted blocked visited renamed extended halved doubled audited leased \
    photographed dismantled insured patrolled flooded fenced";
const ROLES: &str = "mayor engineer minister teacher captain lawyer surveyor doctor farmer envoy clerk judge banker \
    pilot spokeswoman professor baker merchant officer archivist";
const DAYS: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday";

/// Two wordings of each fact. `{m1}` a thing, `{a1}` how it is, `{v1}` what was done to it,
/// `{p1}` a person of the story, `{t1}` a town of it, `{n1}` a number, `{d1}` a day, `{u1}` a
/// made word, `{r1}` a role, `{q}` a quotation.
const FACTS: [[&str; 2]; 26] = [
    [
        "The {a1} {m1} of {t1} {v1} the {m2} on {d1} after weeks of {u1} and {m3}.",
        "Weeks of {m3} and {u1} ended on {d1}: in {t1}, it was the {m2} that the {a1} {m1} {v1}.",
    ],
    [
        "{p1}, a {r1} from {t1}, {v1} the {a1} {u1} with {n1} {m1} workers.",
        "With {n1} people of the {m1} behind, {t1}'s {r1} {p1} {v1} one {u1}, a {a1} thing.",
    ],
    ["“{q},” {p1} said.", "{p1} put it so: “{q}.”"],
    [
        "Some {n1} {m1} owners {v1} their {a1} {u1} before {d1}, according to {p1}.",
        "If {p1} is right, by {d1} the {a1} {u1} was {v1} by owners of a {m1}, {n1} in all.",
    ],
    [
        "The {u1} has {v1} {m1} and {m2} since the {a1} {m3} opened in {t1}.",
        "Ever since a {a1} {m3} stands in {t1}, {m2} as well as {m1} were {v1} by the {u1}.",
    ],
    [
        "Neither {p1} nor the {m1} {r1} {v1} what {u1} meant for the {a1} {m2}.",
        "What became of the {a1} {m2} through {u1} was never {v1}, not by {p1}, nor by the {r1} of the {m1}.",
    ],
    [
        "In {t2}, {n1} kilometres {a1} of {t1}, a {m1} {v1} its {u1} twice.",
        "Twice a {u1} was {v1} at the {m1} of {t2}, which lies {n1} {a1} kilometres from {t1}.",
    ],
    [
        "{p2} asked the {a1} {m1} to leave {u1} to {t2} until {d1}.",
        "Until {d1}, {p2} wants {t2} to keep {u1} and the {m1}, {a1} as it is, to stay out.",
    ],
    [
        "A {a1} {m1} worth {n1} {u1} went to the {m2} near {t2}.",
        "Near {t2} the {m2} received {n1} {u1} in the form of one {a1} {m1}.",
    ],
    [
        "The {r1} {v1} {n1} {m1} plans, {n2} of them {a1}, in {u1} alone.",
        "Of {n1} plans for a {m1}, all {v1} in {u1} by one {r1}, {n2} were {a1}.",
    ],
    [
        "“{q},” read a letter that {p2} {v1} in {t1}.",
        "In {t1}, {p2} {v1} a letter. “{q},” it read.",
    ],
    [
        "Critics of {u1} {v1} the {a1} {m1} as too {a2} for {t2}.",
        "For {t2} it is too {a2}, say those who {v1} the {a1} {m1} and dislike {u1}.",
    ],
    [
        "{p1} and {p2} {v1} {u1} at a {a1} meeting over the {m1}.",
        "Over a {m1} the two, {p2} and {p1}, met in a {a1} room; {u1} was {v1}.",
    ],
    [
        "By {d1} evening the {m1} at {t1} held {n1} {a1} {u1} and one {m2}.",
        "One {m2} and {n1} {u1}, most of them {a1}, were in {t1}'s {m1} when {d1} ended.",
    ],
    [
        "Under {u1} rules no {m1} may be {v1} without a {a1} {m2}.",
        "A {a1} {m2} comes first: {u1} forbids that any {m1} is {v1} otherwise.",
    ],
    [
        "It cost {t1} {n1} {u1} to have the {m1} {v1} by a {a1} {r1}.",
        "The {r1}, {a1} by all accounts, {v1} that {m1} and sent {t1} a bill of {n1} {u1}.",
    ],
    [
        "Children from {t2} {v1} the {a1} {m1} with {u1} on {d1}.",
        "On {d1} a {m1}, {a1} until then, was {v1} by {t2}'s children, {u1} in their hands.",
    ],
    [
        "Since {u1} began, {n1} of {n2} {m1} seats stayed {a1}.",
        "{u1} left {n1} seats of the {m1} {a1}, out of {n2}.",
    ],
    [
        "A {r1} of the {m1} at {t2} {v1} both {u1} and {m2}, records show.",
        "Records name the {m1} in {t2}: its {r1} {v1} {m2}, then {u1}.",
    ],
    [
        "Rain {v1} the {a1} {m1} road and with it {t1}'s {u1}.",
        "{t1} lost its {u1} when the road by the {a1} {m1} was {v1} in the rain.",
    ],
    [
        "{p2} denies having {v1} {n1} {m1} bonds for {u1}.",
        "That {n1} bonds of a {m1} were {v1} for {u1} is false, {p2} insists.",
    ],
    [
        "Next to the {m1}, a {a1} {u1} of {n1} metres will be {v1}.",
        "Plans show {n1} metres of {u1}, {a1} and close to the {m1}, being {v1}.",
    ],
    [
        "The {m1} vote in {t1} split {n1} to {n2} over {a1} {u1}.",
        "Over {u1}, called {a1} by some, {t1} voted: {n1} for the {m1}, {n2} against.",
    ],
    [
        "“{q},” the {r1} told {p1} at the {m1}.",
        "At the {m1}, {p1} heard this from a {r1}: “{q}.”",
    ],
    [
        "Without {u1} the {a1} {m1} cannot be {v1}, {p2} wrote to {t2}.",
        "{p2} warned {t2} by letter that {u1} must come or a {a1} {m1} will not be {v1}.",
    ],
    [
        "{n1} boats carried {u1} past {t2} while its {m1} was {v1}.",
        "While the {m1} of {t2} was {v1}, {u1} went by on {n1} boats.",
    ],
];

/// A made word, with a capital if it is a name.
pub fn made(random: &mut Random, name: bool) -> String {
    let mut word: String = (0..2 + random.below(2))
        .map(|_| random.any(&SYLLABLES))
        .collect();
    if name {
        word[..1].make_ascii_uppercase();
    }
    word
}

/// A story: its facts, each in two wordings, and where it plays.
pub struct Story {
    pub facts: Vec<[String; 2]>,
    pub town: String,
}

/// The cast of a story.
struct Cast {
    people: [String; 2],
    towns: [String; 2],
}

pub fn story(random: &mut Random, facts: usize) -> Story {
    let mut name = |both: bool| match both {
        true => format!("{} {}", made(random, true), made(random, true)),
        false => made(random, true),
    };
    let cast = Cast {
        people: [name(true), name(true)],
        towns: [name(false), name(false)],
    };
    let mut kinds: Vec<usize> = (0..FACTS.len()).collect();
    for at in (1..kinds.len()).rev() {
        kinds.swap(at, random.below(at + 1));
    }
    Story {
        facts: kinds
            .iter()
            .cycle()
            .take(facts)
            .map(|k| fact(random, *k, &cast))
            .collect(),
        town: cast.towns[0].clone(),
    }
}

fn list(words: &'static str) -> Vec<&'static str> {
    words.split_whitespace().collect()
}

fn fact(random: &mut Random, kind: usize, cast: &Cast) -> [String; 2] {
    let mut slots: BTreeMap<String, String> = BTreeMap::new();
    for n in 1..=3 {
        slots.insert(format!("m{n}"), random.any(&list(NOUNS)).to_owned());
        slots.insert(format!("a{n}"), random.any(&list(ADJECTIVES)).to_owned());
        slots.insert(format!("v{n}"), random.any(&list(VERBS)).to_owned());
        slots.insert(format!("r{n}"), random.any(&list(ROLES)).to_owned());
        slots.insert(format!("d{n}"), random.any(&list(DAYS)).to_owned());
        slots.insert(format!("n{n}"), (2 + random.below(900)).to_string());
        slots.insert(format!("u{n}"), made(random, false));
    }
    for n in 1..=2 {
        slots.insert(format!("p{n}"), cast.people[n - 1].clone());
        slots.insert(format!("t{n}"), cast.towns[n - 1].clone());
    }
    slots.insert("q".to_owned(), quotation(random));
    FACTS[kind].map(|wording| fill(wording, &slots))
}

fn fill(wording: &str, slots: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    let mut rest = wording;
    while let Some((before, behind)) = rest.split_once('{') {
        let (slot, behind) = behind.split_once('}').expect("a slot that ends");
        text.push_str(before);
        text.push_str(&slots[slot]);
        rest = behind;
    }
    text + rest
}

/// Some twenty words.
pub fn quotation(random: &mut Random) -> String {
    let (nouns, adjectives, verbs) = (list(NOUNS), list(ADJECTIVES), list(VERBS));
    let mut text = format!(
        "We {} no {} {}",
        random.any(&verbs),
        random.any(&adjectives),
        random.any(&nouns)
    );
    for join in [", and whoever", " the", ", but my"] {
        text += &format!(
            "{join} {} {} every {} {}",
            made(random, false),
            random.any(&verbs),
            random.any(&adjectives),
            random.any(&nouns)
        );
    }
    text
}

/// Reports that fill a form: weather, markets, deaths.
pub fn form(random: &mut Random, kind: usize) -> Vec<String> {
    const FORMS: [&[&str]; 3] = [
        &[
            "The weather service expects {a1} skies over {t1} on {d1}, with temperatures of up to {n1} degrees.",
            "The wind will blow from the {a2} hills at {n2} kilometres an hour and reach {n3} on the coast.",
            "In {t2} and in the valleys around {t1} up to {n1} millimetres of rain may fall until {d2} morning.",
            "The water in the harbour of {t1} stands at {n3} centimetres and will fall by {n2} until {d2}.",
            "The sun rises over {t1} at {n2} minutes past five and sets at {n1} minutes past seven.",
            "The next forecast will be published by the service on {d1} at six in the evening.",
        ],
        &[
            "The {t1} index closed {n1} points higher on {d1}, at {n2}, in {a1} trading.",
            "Shares of {u1} rose by {n3} per cent, those of {u2} lost {n1} per cent of their value.",
            "The price of a barrel of oil stood at {n2} crowns, against {n3} crowns on {d2}.",
            "Dealers in {t1} said that buyers were waiting for figures on {m1} prices due on {d2}.",
            "The crown was traded at {n1} to the mark, {n3} hundredths below its value of {d2}.",
            "Government bonds with a term of ten years yielded {n2} hundredths more than on {d2}.",
        ],
        &[
            "{p1}, a {r1} who {v1} the {m1} of {t1} for {n1} years, died on {d1} in {t2}.",
            "{p1} was born in {t1} as the child of a {r2} and a {r3} and went to school in {t2}.",
            "After {n1} years as {r1} in {t2}, {p1} {v2} the {a1} {m2} that bears this name today.",
            "{p1} is survived by {n2} children, among them {p2}, who is {r3} in {t2}.",
            "A service will be held on {d2} at the {m3} of {t1}; the family asks for no flowers.",
            "Those who wish to give are asked to think of the {a2} {m1} fund of {t2}.",
        ],
    ];
    let cast = Cast {
        people: [0, 1].map(|_| format!("{} {}", made(random, true), made(random, true))),
        towns: [0, 1].map(|_| made(random, true)),
    };
    FORMS[kind % FORMS.len()]
        .iter()
        .map(|wording| {
            let mut slots: BTreeMap<String, String> = BTreeMap::new();
            for n in 1..=3 {
                slots.insert(format!("m{n}"), random.any(&list(NOUNS)).to_owned());
                slots.insert(format!("a{n}"), random.any(&list(ADJECTIVES)).to_owned());
                slots.insert(format!("v{n}"), random.any(&list(VERBS)).to_owned());
                slots.insert(format!("r{n}"), random.any(&list(ROLES)).to_owned());
                slots.insert(format!("d{n}"), random.any(&list(DAYS)).to_owned());
                slots.insert(format!("n{n}"), (2 + random.below(60)).to_string());
                slots.insert(format!("u{n}"), made(random, true));
            }
            for n in 1..=2 {
                slots.insert(format!("p{n}"), cast.people[n - 1].clone());
                slots.insert(format!("t{n}"), cast.towns[n - 1].clone());
            }
            fill(wording, &slots)
        })
        .collect()
}
