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
    let mut reading = read_article(article, Kit::new(Lexicon::built_in()));
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
    told(&reading(marked))
}

fn told(reading: &ArticleReading) -> String {
    let lines: Vec<String> = crate::find(reading, Lexicon::built_in(), None)
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
        "[Oslo] attacked [Lima] on Friday.",
        "ASSAULT Oslo > Lima actual [attacked]",
    );
    check(
        "[Oslo] and [Lima] attacked [Quito].",
        "ASSAULT Oslo+Lima > Quito actual [attacked]",
    );
    check(
        "[Oslo], the ruling party, attacked [Lima].",
        "ASSAULT Oslo > Lima actual [attacked]",
    );
    check(
        "[Oslo], leader of [Quito], accused [Lima] of fraud.",
        "ACCUSE Oslo > Lima actual [accused]",
    );
    check(
        "The soldiers of [Oslo] attacked [Lima] and [Quito].",
        "ASSAULT Oslo > Lima+Quito actual [attacked]",
    );
    check(
        "[Oslo] on Friday accused [Lima] of fraud.",
        "ACCUSE Oslo > Lima actual [accused]",
    );
    check(
        "[Oslo], who met [Lima] last week, was pleased.",
        "CONSULT Oslo > Lima actual [met]",
    );
}

#[test]
fn passive() {
    check(
        "[Lima] was attacked by [Oslo].",
        "ASSAULT Oslo > Lima actual [attacked]",
    );
    check(
        "The camp of [Lima] bombed by [Oslo] is empty.",
        "ASSAULT Oslo >  actual [bombed]",
    );
    check(
        "[Lima] had been repeatedly bombed by [Oslo].",
        "ASSAULT Oslo > Lima actual [bombed]",
    );
    check(
        "[Lima] was attacked at dawn.",
        "ASSAULT  > Lima actual [attacked]",
    );
}

#[test]
fn not_done() {
    check(
        "[Oslo] did not attack [Lima].",
        "ASSAULT Oslo > Lima denied [attack]",
    );
    check(
        "[Oslo] didn't attack [Lima].",
        "ASSAULT Oslo > Lima denied [attack]",
    );
    check(
        "[Oslo] has never accused [Lima].",
        "ACCUSE Oslo > Lima denied [accused]",
    );
    check(
        "[Oslo] does not need troops from [Lima].",
        "REJECT Oslo > Lima actual [need]",
    );
    check(
        "[Oslo] will attack [Lima].",
        "ASSAULT Oslo > Lima future [attack]",
    );
    check(
        "[Oslo] will not meet [Lima].",
        "REJECT Oslo > Lima actual [meet]",
    );
    check(
        "[Oslo] is to visit [Lima].",
        "AGREE Oslo > Lima actual [visit]",
    );
    check(
        "If [Oslo] attacked [Lima], many would flee.",
        "ASSAULT Oslo > Lima conditional [attacked]",
    );
    check("[Oslo] asked whether [Lima] attacked [Quito].", "");
    check("[Oslo] must attack [Lima].", "");
    check(
        "[Oslo] said nothing, nor did [Oslo] attack [Lima].",
        "ASSAULT Oslo > Lima denied [attack]",
    );
}

#[test]
fn content_of_a_request_is_no_event() {
    check(
        "[Oslo] asked [Lima] to attack [Quito].",
        "REQUEST Oslo > Lima actual [asked]",
    );
    check(
        "[Oslo] demanded the withdrawal of [Lima].",
        "REQUEST Oslo > Lima actual [demanded]",
    );
    check(
        "[Oslo] threatened to attack [Lima].",
        "THREATEN Oslo > Lima actual [threatened to]",
    );
}

#[test]
fn nouns() {
    check(
        "The strike by [Oslo] on [Lima] was short.",
        "ASSAULT Oslo > Lima actual [strike]",
    );
    check(
        "[Oslo]'s strike on [Lima] was short.",
        "ASSAULT Oslo > Lima actual [strike]",
    );
    check(
        "[Oslo] carried out an attack on [Lima].",
        "ASSAULT Oslo > Lima actual [carried out an attack]",
    );
    check("Any attack by [Oslo] on [Lima] would fail.", "");
    check(
        "Talks between [Oslo] and [Lima] ended late.",
        "CONSULT Oslo > Lima actual [Talks]",
    );
}

#[test]
fn second_verbs_and_participles() {
    check(
        "[Oslo] met [Lima] and accused [Quito] of fraud.",
        "CONSULT Oslo > Lima actual [met]; ACCUSE Oslo > Quito actual [accused]",
    );
    check(
        "[Oslo] was angry, accusing [Lima] of fraud.",
        "ACCUSE Oslo > Lima actual [accusing]",
    );
}

#[test]
fn above_the_verb() {
    check(
        "[Oslo] expects that [Lima] will attack [Quito].",
        "ASSAULT Lima > Quito future [attack]",
    );
    check(
        "There were reports that [Lima] had attacked [Quito].",
        "ASSAULT Lima > Quito alleged [attacked]",
    );
    check("[Oslo] fears that [Lima] will attack [Quito].", "");
    check("[Oslo] should not attack [Lima].", "");
    check(
        "[Oslo] did not only attack [Lima].",
        "ASSAULT Oslo > Lima actual [attack]",
    );
}

#[test]
fn words_of_a_rule_apart() {
    check(
        "[Oslo] imposed new sanctions on [Lima].",
        "SANCTION Oslo > Lima actual [imposed new sanctions on]",
    );
    check(
        "Sanctions were imposed on [Lima] by [Oslo].",
        "SANCTION Oslo > Lima actual [Sanctions were imposed on]",
    );
    check("[Oslo] called on Friday for patience.", "");
}

#[test]
fn a_sentence_without_a_tree() {
    let bare = |marked: &str| {
        let mut reading = reading(marked);
        for sentence in &mut reading.sentences {
            sentence.words.clear();
        }
        told(&reading)
    };
    assert_eq!(
        bare("[Oslo] attacked [Lima] on Friday."),
        "ASSAULT Oslo > Lima actual [attacked]"
    );
    assert_eq!(
        bare("[Oslo] did not attack [Lima]."),
        "ASSAULT Oslo > Lima denied [attack]"
    );
    assert_eq!(
        bare("[Lima] was attacked by [Oslo]."),
        "ASSAULT Oslo > Lima actual [attacked]"
    );
    assert_eq!(
        bare("[Oslo] will attack [Lima]."),
        "ASSAULT Oslo > Lima future [attack]"
    );
    assert_eq!(bare("[Oslo] to be brief."), "");
    assert_eq!(bare("On Friday."), "");
}
