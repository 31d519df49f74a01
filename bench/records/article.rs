//! One article of the generated record, with rows in every table.

use onrecord_model::{
    EventType, MentionKind, OutlookType, PartialDate, Reading, Span, Stance, StatementKind,
};

use crate::cast::{self, ACTORS, PLACES};
use crate::words::{Random, Words, capital};

/// How many rare nouns there may be.
const RARE: u64 = 30_000;
const ISSUES: [&str; 6] = [
    "foreign-troops",
    "sanctions",
    "ceasefire",
    "autonomy",
    "election-validity",
    "peace-agreement",
];

/// Writes an article sentence by sentence and keeps what stands where.
pub struct Writing<'w> {
    pub words: &'w Words,
    random: Random,
    pub text: String,
    start: usize,
    pub sentences: Vec<Span>,
    pub mentions: Vec<(usize, Span, MentionKind, u64)>,
    pub places: Vec<u64>,
    pub acts: Vec<(usize, Act)>,
    pub date: Option<PartialDate>,
}

/// What a sentence tells.
pub enum Act {
    Said {
        speaker: u64,
        name: Span,
        cue: Span,
        content: Span,
        kind: StatementKind,
    },
    Did {
        who: u64,
        what: EventType,
        to: u64,
        names: [Span; 2],
        trigger: Span,
        at: u64,
    },
    Stands {
        who: u64,
        issue: &'static str,
        stance: Stance,
    },
    Announced {
        who: u64,
        kind: OutlookType,
        content: Span,
    },
    Framed {
        who: u64,
        label: Span,
    },
    Tied {
        who: u64,
        to: u64,
    },
}

impl Writing<'_> {
    /// Notes what the sentence that is being written tells.
    fn act(&mut self, act: Act) {
        self.acts.push((self.sentences.len(), act));
    }

    fn put(&mut self, text: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        Span::new(start, self.text.len())
    }

    fn name(&mut self, n: u64) -> Span {
        let cast = cast::actor(self.words, n);
        let form = cast.forms[self.random.rank(cast.forms.len() as u64) as usize].clone();
        let span = self.put(&form);
        self.mentions
            .push((self.sentences.len(), span, MentionKind::Name, n));
        span
    }

    fn place(&mut self) -> u64 {
        let n = self.random.rank(PLACES);
        let name = cast::place(self.words, n).name;
        self.put(&name);
        self.places.push(n);
        n
    }

    fn thing(&mut self) {
        let adjective = match self.random.chance(40) {
            true => format!("{} ", self.words.common("adjectives", &mut self.random)),
            false => String::new(),
        };
        let noun = match self.random.chance(15) {
            true => self
                .words
                .made(self.random.rank(RARE) + 2_000_000)
                .to_lowercase(),
            false => self.words.common("nouns", &mut self.random).to_owned(),
        };
        self.put(&format!("the {adjective}{noun}"));
    }

    /// A clause of some ten words.
    fn clause(&mut self) {
        self.thing();
        if self.random.chance(50) {
            self.put(" of ");
            self.thing();
        }
        let verb = self.words.common("verbs", &mut self.random);
        self.put(&format!(" {verb} "));
        self.thing();
        if self.random.chance(30) {
            self.put(" in ");
            self.place();
        }
        if self.random.chance(40) {
            let rest = self.words.any("clauses", &mut self.random);
            self.put(&format!(" {rest}"));
        }
    }

    fn sentence(&mut self, who: u64, other: u64) {
        let kind = self.random.below(10);
        match kind {
            0 | 1 => self.said(who, true),
            2 | 3 => self.said(who, false),
            4 | 5 => self.did(who, other),
            6 => self.stands(who),
            7 => self.announced(who),
            8 => self.framed(who, other),
            _ => self.clause(),
        }
        if kind > 3 && self.random.chance(30) {
            let said = self.words.common("said", &mut self.random);
            self.put(&format!(", an official {said}"));
        }
        self.end();
    }

    fn said(&mut self, speaker: u64, direct: bool) {
        let cue = self.words.common("said", &mut self.random);
        if direct {
            let start = self.put("“We know that ").start;
            self.clause();
            let content = Span::new(start, self.put(",”").end);
            self.put(" ");
            let name = self.name(speaker);
            self.put(" ");
            let cue = self.put(cue);
            let kind = StatementKind::Direct;
            self.act(Act::Said {
                speaker,
                name,
                cue,
                content,
                kind,
            });
        } else {
            let name = self.name(speaker);
            self.put(" ");
            let cue = self.put(cue);
            let start = self.put(" that ").start + 1;
            self.clause();
            let content = Span::new(start, self.text.len());
            let kind = StatementKind::Indirect;
            self.act(Act::Said {
                speaker,
                name,
                cue,
                content,
                kind,
            });
        }
    }

    fn did(&mut self, who: u64, to: u64) {
        let (what, verb) = [
            (EventType::Assault, "attacked"),
            (EventType::Consult, "met"),
            (EventType::Accuse, "accused"),
            (EventType::Threaten, "threatened"),
            (EventType::Aid, "sent aid to"),
            (EventType::Coerce, "arrested supporters of"),
            (EventType::Sanction, "imposed sanctions on"),
            (EventType::Protest, "marched against"),
        ][self.random.rank(8) as usize];
        let first = self.name(who);
        self.put(" ");
        let trigger = self.put(verb);
        self.put(" ");
        let second = self.name(to);
        self.put(" in ");
        let at = self.place();
        self.put(" and ");
        self.clause();
        let names = [first, second];
        self.act(Act::Did {
            who,
            what,
            to,
            names,
            trigger,
            at,
        });
    }

    fn stands(&mut self, who: u64) {
        let issue = ISSUES[self.random.rank(6) as usize];
        let stance = [Stance::Oppose, Stance::Support][self.random.below(2) as usize];
        self.name(who);
        let thing = issue.replace('-', " ");
        let verb = if stance == Stance::Oppose {
            "rejected"
        } else {
            "welcomed"
        };
        self.put(&format!(" {verb} the {thing} while "));
        self.clause();
        self.act(Act::Stands { who, issue, stance });
    }

    fn announced(&mut self, who: u64) {
        let kinds = [
            OutlookType::Promise,
            OutlookType::Threat,
            OutlookType::Demand,
        ];
        let kind = kinds[self.random.below(3) as usize];
        self.name(who);
        self.put(" vowed ");
        let future = self.words.common("futures", &mut self.random);
        let start = self.put(&format!("to {future} unless ")).start;
        self.clause();
        let content = Span::new(start, self.text.len());
        self.act(Act::Announced { who, kind, content });
    }

    fn framed(&mut self, who: u64, other: u64) {
        self.put("The ");
        let label = self.words.any("labels", &mut self.random);
        let label = self.put(label);
        self.put(" ");
        self.name(who);
        self.put(" is an ally of ");
        self.name(other);
        self.put(" since ");
        self.clause();
        self.act(Act::Framed { who, label });
        self.act(Act::Tied { who, to: other });
    }

    fn end(&mut self) {
        self.put(".");
        let first = self.text[self.start..].chars().next().unwrap_or(' ');
        if first.is_ascii_lowercase() {
            self.text[self.start..=self.start].make_ascii_uppercase();
        }
        self.sentences.push(Span::new(self.start, self.text.len()));
        let gap = if self.sentences.len().is_multiple_of(4) {
            "\n\n"
        } else {
            " "
        };
        self.put(gap);
        self.start = self.text.len();
    }
}

/// The page of a number. Every twentieth prints the text of an earlier one under the name of
/// another outlet.
pub fn page(words: &Words, number: u64) -> Reading {
    let body = if number % 20 == 19 {
        number - 7
    } else {
        number
    };
    let mut random = Random::new(body.wrapping_mul(0x0bad_cafe) ^ 0xa47c);
    let (mut who, other) = (random.rank(ACTORS), random.rank(ACTORS));
    if words.hostile {
        who = 0;
    }
    let year = 2003 + random.below(22) as i16;
    let (month, day) = (1 + random.below(12) as i8, 1 + random.below(28) as i8);
    let date = match random.below(50) {
        0 => None,
        1 => PartialDate::month(year, month),
        _ => PartialDate::day(year, month, day),
    };
    let mut w = Writing {
        words,
        random,
        text: String::new(),
        start: 0,
        sentences: Vec::new(),
        mentions: Vec::new(),
        places: Vec::new(),
        acts: Vec::new(),
        date,
    };
    let count = 8 + w.random.below(25);
    for n in 0..count {
        let third = w.random.rank(ACTORS);
        let (a, b) = if n % 3 == 2 && !words.hostile {
            (third, who)
        } else {
            (who, other)
        };
        w.sentence(a, if a == b { (b + 1) % ACTORS } else { b });
    }
    let long = w.text.trim_end().len();
    w.text.truncate(long);
    let mut of_page = Random::new(number ^ 0x0071e7);
    let outlet = words.common("outlets", &mut of_page);
    let title = {
        let mut t = Random::new(body ^ 0x717e);
        let name = cast::actor(words, who).actor.name;
        let (verb, noun) = (words.common("verbs", &mut t), words.common("nouns", &mut t));
        format!(
            "{name} {verb} {noun}: {} {body}",
            capital(words.common("nouns", &mut t))
        )
    };
    w.reading(number, title, outlet)
}
