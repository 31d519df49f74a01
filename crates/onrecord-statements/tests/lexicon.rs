//! Runs the sentences that the lexicon's `speech/` room carries.

use onrecord::model::{Article, ArticleReading, Statement};
use onrecord::{Kit, lexicon::Example, lexicon::Lexicon};

fn read(text: &str) -> ArticleReading {
    let article = Article::new("pg-example".into(), 1, text.to_owned());
    onrecord::read_article(article, Kit::new(Lexicon::built_in()))
}

/// Why no row is as the example wants it; `None` if one is.
fn mismatch(reading: &ArticleReading, rows: &[&Statement], example: &Example) -> Option<String> {
    let words = |span| reading.words(span).to_owned();
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            let content: Vec<_> = row.content.iter().map(|c| words(*c)).collect();
            (row.speaker_span.map(words), content.join(" "))
        })
        .collect();
    let fits = |(speaker, content): &(Option<String>, String)| {
        // a title before the name may stand in or out
        let named = example.actor.as_ref().is_none_or(|wanted| {
            speaker
                .as_ref()
                .is_some_and(|s| s == wanted || wanted.ends_with(&format!(" {s}")))
        });
        named
            && example
                .content
                .as_ref()
                .is_none_or(|wanted| wanted == content)
    };
    (!told.iter().any(fits)).then(|| format!("{told:?}"))
}

#[test]
fn every_cue_takes_its_yes_sentences_and_leaves_its_no_sentences() {
    let mut wrong = Vec::new();
    for cue in &Lexicon::built_in().speech.cues {
        assert!(
            !cue.yes.is_empty() && !cue.no.is_empty(),
            "{}: yes and no sentences",
            cue.id
        );
        for example in &cue.yes {
            let reading = read(&example.text);
            let made_by = format!("rule:speech.{}", cue.id);
            let rows: Vec<_> = reading
                .statements
                .iter()
                .filter(|s| s.made_by == made_by)
                .collect();
            if let Some(got) = mismatch(&reading, &rows, example) {
                let all: Vec<_> = reading.statements.iter().map(|s| &s.made_by).collect();
                wrong.push(format!(
                    "{} must take: {}\n   got {got} {all:?}",
                    cue.id, example.text
                ));
            }
        }
        for example in &cue.no {
            assert!(
                example.why.is_some(),
                "{}: a no sentence needs a why",
                cue.id
            );
            let reading = read(&example.text);
            for row in &reading.statements {
                let content: Vec<_> = row.content.iter().map(|c| reading.words(*c)).collect();
                wrong.push(format!(
                    "{} must leave: {}\n   got {content:?} by {}",
                    cue.id, example.text, row.made_by
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_kind_of_source_takes_its_yes_sentences() {
    let mut wrong = Vec::new();
    for source in &Lexicon::built_in().speech.sources {
        for example in &source.yes {
            let reading = read(&example.text);
            let rows: Vec<_> = reading.statements.iter().collect();
            if let Some(got) = mismatch(&reading, &rows, example) {
                wrong.push(format!(
                    "{} must take: {}\n   got {got}",
                    source.id, example.text
                ));
            } else if rows[0].speaker.is_none() && rows[0].source_kind != source.kind {
                wrong.push(format!(
                    "{}: {} got {:?}",
                    source.id, example.text, rows[0].source_kind
                ));
            }
        }
        for example in &source.no {
            if !read(&example.text).statements.is_empty() {
                wrong.push(format!("{} must leave: {}", source.id, example.text));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
