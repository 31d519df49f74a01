//! Parties, voice and status on sentences whose mentions are marked by hand.
//!
//! `[words]` is a mention of the actor whose name is those words; `[words=Name]` of `Name`.

use onrecord::{Kit, lexicon::Lexicon, read_article};
use onrecord_model::{
    Actor, ActorKind, Article, ArticleReading, Confidence, Mention, MentionKind, Span,
};

fn reading(marked: &str) -> ArticleReading {
    let mut text = String::new();
    let mut marks: Vec<(Span, String)> = Vec::new();
    for piece in marked.split('[') {
        match piece.split_once(']') {
            Some((mark, rest)) => {
                let (words, name) = mark.split_once('=').unwrap_or((mark, mark));
                let start = text.len();
                text.push_str(words);
                marks.push((Span::new(start, text.len()), name.to_owned()));
                text.push_str(rest);
            }
            None => text.push_str(piece),
        }
    }
    let article = Article::new("pg-test".into(), 1, text);
    let mut reading = read_article(
        article,
        Kit {
            lexicon: Lexicon::built_in(),
        },
    );
    reading.actors = Vec::new();
    reading.statements = Vec::new();
    reading.mentions = marks
        .iter()
        .map(|(span, name)| Mention {
            id: format!("me-{}", span.start),
            sentence: reading
                .sentences
                .iter()
                .position(|s| s.span.contains(*span))
                .unwrap_or(0),
            span: *span,
            kind: MentionKind::Name,
            actor: Some(name.clone()),
            made_by: "test".into(),
            confidence: Confidence::percent(100),
        })
        .collect();
    for (_, name) in &marks {
        if reading.actor(name).is_none() {
            reading.actors.push(Actor {
                id: name.clone(),
                name: name.clone(),
                kind: ActorKind::Organization,
                named: true,
                country: None,
                sectors: Vec::new(),
                aliases: Vec::new(),
                roles: Vec::new(),
                wikidata: None,
            });
        }
    }
    reading
}

/// The events of a marked sentence, one a line: type, parties, status, trigger.
fn events(marked: &str) -> String {
    let reading = reading(marked);
    let lines: Vec<String> = crate::find(&reading, Lexicon::built_in())
        .iter()
        .map(|e| {
            format!(
                "{} {} > {} {} [{}]",
                e.event_type.name(),
                e.actors.join("+"),
                e.recipients.join("+"),
                e.status.name(),
                reading.words(e.trigger)
            )
        })
        .collect();
    lines.join("; ")
}

#[track_caller]
fn check(marked: &str, expected: &str) {
    assert_eq!(events(marked), expected, "{marked}");
}

#[test]
fn subject_and_object() {
    check(
        "[A] attacked [B] on Friday.",
        "ASSAULT A > B actual [attacked]",
    );
    check(
        "[A] and [B] attacked [C].",
        "ASSAULT A+B > C actual [attacked]",
    );
    check(
        "[A], the ruling party, attacked [B].",
        "ASSAULT A > B actual [attacked]",
    );
    check(
        "[A], leader of [C], accused [B] of fraud.",
        "ACCUSE A > B actual [accused]",
    );
    check(
        "The soldiers of [A] attacked [B] and [C].",
        "ASSAULT A > B+C actual [attacked]",
    );
    check(
        "[A] on Friday accused [B] of fraud.",
        "ACCUSE A > B actual [accused]",
    );
    check(
        "[A], who met [B] last week, was pleased.",
        "CONSULT A > B actual [met]",
    );
}

#[test]
fn passive() {
    check(
        "[B] was attacked by [A].",
        "ASSAULT A > B actual [attacked]",
    );
    check(
        "The camp of [B] bombed by [A] is empty.",
        "ASSAULT A >  actual [bombed]",
    );
    check(
        "[B] had been repeatedly bombed by [A].",
        "ASSAULT A > B actual [bombed]",
    );
    check(
        "[B] was attacked at dawn.",
        "ASSAULT  > B actual [attacked]",
    );
}

#[test]
fn not_done() {
    check("[A] did not attack [B].", "ASSAULT A > B denied [attack]");
    check("[A] didn't attack [B].", "ASSAULT A > B denied [attack]");
    check(
        "[A] has never accused [B].",
        "ACCUSE A > B denied [accused]",
    );
    check(
        "[A] does not need troops from [B].",
        "REJECT A > B actual [need]",
    );
    check("[A] will attack [B].", "ASSAULT A > B future [attack]");
    check("[A] will not meet [B].", "REJECT A > B actual [meet]");
    check("[A] is to visit [B].", "AGREE A > B actual [visit]");
    check(
        "If [A] attacked [B], many would flee.",
        "ASSAULT A > B conditional [attacked]",
    );
    check("[A] asked whether [B] attacked [C].", "");
    check("[A] must attack [B].", "");
    check(
        "[A] said nothing, nor did [A] attack [B].",
        "ASSAULT A > B denied [attack]",
    );
}

#[test]
fn content_of_a_request_is_no_event() {
    check(
        "[A] asked [B] to attack [C].",
        "REQUEST A > B actual [asked]",
    );
    check(
        "[A] demanded the withdrawal of [B].",
        "REQUEST A > B actual [demanded]",
    );
    check(
        "[A] threatened to attack [B].",
        "THREATEN A > B actual [threatened to]",
    );
}

#[test]
fn nouns() {
    check(
        "The strike by [A] on [B] was short.",
        "ASSAULT A > B actual [strike]",
    );
    check(
        "[A]'s strike on [B] was short.",
        "ASSAULT A > B actual [strike]",
    );
    check(
        "[A] carried out an attack on [B].",
        "ASSAULT A > B actual [carried out an attack]",
    );
    check("Any attack by [A] on [B] would fail.", "");
    check(
        "Talks between [A] and [B] ended late.",
        "CONSULT A > B actual [Talks]",
    );
}

#[test]
fn second_verbs_and_participles() {
    check(
        "[A] met [B] and accused [C] of fraud.",
        "CONSULT A > B actual [met]; ACCUSE A > C actual [accused]",
    );
    check(
        "[A] was angry, accusing [B] of fraud.",
        "ACCUSE A > B actual [accusing]",
    );
}
