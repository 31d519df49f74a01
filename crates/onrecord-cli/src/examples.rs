//! The `yes` and `no` sentences that lexicon rules carry, run through the whole way.

use onrecord::{Kit, read_article};
use onrecord_lexicon::{Example, Lexicon};
use onrecord_model::{ActorKind, Article, ArticleReading, Position};

/// An example that a rule does not treat as it should.
#[derive(Debug)]
pub struct Wrong {
    /// The room of the rule (`events`).
    pub room: &'static str,
    /// The rule.
    pub rule: String,
    /// The sentence or line.
    pub text: String,
    /// What was expected, what was found.
    pub what: String,
}

/// How many examples were run, and those that went wrong.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Examples run.
    pub run: usize,
    /// Those that went wrong, in the order of rooms and rules.
    pub wrong: Vec<Wrong>,
}

/// Runs the examples of the rooms `pages`, `speech`, `events` and `issues`.
pub fn run(lexicon: &Lexicon) -> Outcome {
    let mut outcome = Outcome::default();
    furniture(lexicon, &mut outcome);
    for cue in &lexicon.speech.cues {
        let made_by = format!("rule:speech.{}", cue.id);
        let taken = |reading: &ArticleReading, example: &Example| {
            let mut rows = reading
                .statements
                .iter()
                .filter(|row| row.made_by == made_by);
            rows.any(|row| {
                let content: Vec<&str> = row
                    .content
                    .iter()
                    .map(|span| reading.words(*span))
                    .collect();
                example
                    .content
                    .as_ref()
                    .is_none_or(|wanted| *wanted == content.join(" "))
            })
        };
        // A sentence that is not for this cue is for none: it would make a false row.
        let left = |reading: &ArticleReading| reading.statements.is_empty();
        outcome.rule("speech", &cue.id, (&cue.yes, &cue.no), lexicon, taken, left);
    }
    for rule in &lexicon.events.rules {
        let made_by = format!("rule:events.{}", rule.id);
        let made =
            |reading: &ArticleReading| reading.events.iter().any(|row| row.made_by == made_by);
        outcome.rule(
            "events",
            &rule.id,
            (&rule.yes, &rule.no),
            lexicon,
            |r, _| made(r),
            |r| !made(r),
        );
    }
    for issue in &lexicon.issues.entries {
        let of_issue = issues(lexicon, &issue.id);
        outcome.run += of_issue.run;
        outcome.wrong.extend(of_issue.wrong);
    }
    outcome
}

/// Runs the examples of one issue: each is parsed, the holder and the words spoken are those
/// that it names.
pub fn issues(lexicon: &Lexicon, id: &str) -> Outcome {
    let mut outcome = Outcome::default();
    let Some(issue) = lexicon.issues.entries.iter().find(|i| i.id == id) else {
        return outcome;
    };
    let kit = Kit::new(lexicon);
    let all = issue.yes.iter().map(|e| (e, true));
    for (example, take) in all.chain(issue.no.iter().map(|e| (e, false))) {
        outcome.run += 1;
        let article = Article::new("pg-example".into(), 1, example.text.clone());
        let mut reading = onrecord::parsed(article, kit);
        if let Err(says) = onrecord::positions::mark(&mut reading, example) {
            outcome.add("issues", id, &example.text, says);
            continue;
        }
        let rows = onrecord::positions::positions(&reading, lexicon);
        let rows: Vec<&Position> = rows
            .iter()
            .filter(|p| p.issue == id || issue.per.is_some() && p.issue.starts_with(&issue.id))
            .collect();
        let right = |p: &&&Position| {
            p.actor == "holder"
                && Some(p.stance.name()) == example.stance.as_deref()
                && example
                    .scope
                    .as_ref()
                    .is_none_or(|s| Some(s) == p.scope.as_ref())
        };
        let well = match take {
            true => rows.iter().filter(right).count() == 1 && rows.len() == 1,
            false => rows.is_empty(),
        };
        if !well {
            let found: Vec<String> = rows
                .iter()
                .map(|p| {
                    let scope = p.scope.as_deref().unwrap_or("no scope");
                    format!("{} {} ({scope}; {})", p.actor, p.stance.name(), p.made_by)
                })
                .collect();
            let found = match found.is_empty() {
                true => "nothing".to_owned(),
                false => found.join("; "),
            };
            let wanted = match (take, &example.stance) {
                (true, Some(stance)) => format!("holder {stance} must be taken"),
                (true, None) => "a `yes` sentence needs a stance".to_owned(),
                (false, _) => "must be left".to_owned(),
            };
            outcome.add(
                "issues",
                id,
                &example.text,
                format!("{wanted}; found {found}"),
            );
        }
    }
    outcome
}

impl Outcome {
    fn rule(
        &mut self,
        room: &'static str,
        rule: &str,
        (yes, no): (&[Example], &[Example]),
        lexicon: &Lexicon,
        taken: impl Fn(&ArticleReading, &Example) -> bool,
        left: impl Fn(&ArticleReading) -> bool,
    ) {
        self.run += yes.len() + no.len();
        for example in yes {
            let reading = read(&example.text, lexicon);
            if !taken(&reading, example) {
                self.add(
                    room,
                    rule,
                    &example.text,
                    format!("must be taken; found {}", found(&reading)),
                );
            }
        }
        for example in no {
            let reading = read(&example.text, lexicon);
            if !left(&reading) {
                self.add(
                    room,
                    rule,
                    &example.text,
                    format!("must be left; found {}", found(&reading)),
                );
            }
        }
    }

    fn add(&mut self, room: &'static str, rule: &str, text: &str, what: String) {
        self.wrong.push(Wrong {
            room,
            rule: rule.to_owned(),
            text: text.to_owned(),
            what,
        });
    }
}

fn furniture(lexicon: &Lexicon, outcome: &mut Outcome) {
    for kind in &lexicon.pages.furniture {
        outcome.run += kind.yes.len() + kind.no.len();
        for line in &kind.yes {
            // A kind that stands earlier may take the line as well.
            if lexicon.pages.furniture_of(line).is_none() {
                outcome.add("pages", &kind.id, line, "must be taken".to_owned());
            }
        }
        for line in &kind.no {
            if lexicon
                .pages
                .furniture_of(line)
                .is_some_and(|found| found.id == kind.id)
            {
                outcome.add("pages", &kind.id, line, "must be left".to_owned());
            }
        }
    }
}

/// Reads an example as the first paragraph of an article that goes on to speak of the
/// governments of the countries it names: a country stands for its government only in an
/// article in which that government acts or speaks.
fn read(text: &str, lexicon: &Lexicon) -> ArticleReading {
    let mut after = String::new();
    for entry in lexicon
        .actors
        .entries
        .iter()
        .filter(|e| e.kind == ActorKind::Government)
    {
        if entry
            .metonyms
            .iter()
            .any(|name| text.contains(name.as_str()))
        {
            after.push_str(&format!(
                "The {} said so. ",
                entry.also.first().unwrap_or(&entry.name)
            ));
        }
    }
    let whole = match after.is_empty() {
        true => text.to_owned(),
        false => format!("{text}\n\n{after}"),
    };
    let mut reading = read_article(
        Article::new("pg-example".into(), 1, whole),
        Kit::new(lexicon),
    );
    reading
        .events
        .retain(|event| event.trigger.end <= text.len());
    let first = |spans: &[onrecord_model::Span]| spans.iter().all(|span| span.end <= text.len());
    reading
        .statements
        .retain(|statement| first(&statement.content));
    reading
}

fn found(reading: &ArticleReading) -> String {
    let statements = reading.statements.iter().map(|row| {
        let content: Vec<&str> = row
            .content
            .iter()
            .map(|span| reading.words(*span))
            .collect();
        format!("{} `{}`", row.made_by, content.join(" "))
    });
    let events = reading
        .events
        .iter()
        .map(|row| format!("{} `{}`", row.made_by, reading.words(row.trigger)));
    let all: Vec<String> = statements.chain(events).collect();
    if all.is_empty() {
        "nothing".to_owned()
    } else {
        all.join("; ")
    }
}
