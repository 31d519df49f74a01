use onrecord_lexicon::Lexicon;
use onrecord_model::{Confidence, Name, Note, Sentence, Span, Word};

use crate::engine::{Engine, Parsed, ParsedName, WINDOW};
use crate::words::words;

/// Gives sentences their words, trees, names, mentions and vectors.
///
/// `text` is the text that the sentences' spans point into. A sentence's result depends on
/// its own words alone. A sentence of more than [`WINDOW`] words is cut into windows; a note
/// says so.
///
/// ```
/// use onrecord_language::{Engine, parse, sentences};
/// use onrecord_lexicon::Lexicon;
/// use onrecord_model::Article;
/// let lexicon = Lexicon::built_in();
/// let article = Article::new("pg-1".into(), 1, "The army left al-Qaim.".into());
/// let (mut found, _) = sentences(&article, lexicon);
/// let notes = parse(&article.text, &mut found, Engine::built_in(), lexicon);
/// assert!(notes.is_empty());
/// let words = &found[0].words;
/// assert_eq!(words[2].lemma, "leave");
/// assert_eq!(words[1].head, Some(2));
/// ```
pub fn parse(
    text: &str,
    sentences: &mut [Sentence],
    engine: &Engine,
    lexicon: &Lexicon,
) -> Vec<Note> {
    let borders: Vec<Vec<(Span, usize)>> = sentences
        .iter()
        .map(|sentence| words(text, &sentence.tokens, &lexicon.words))
        .collect();
    let forms: Vec<Vec<&str>> = borders
        .iter()
        .map(|words| words.iter().map(|(span, _)| span.of(text)).collect())
        .collect();
    let mut notes = Vec::new();
    for ((sentence, borders), parsed) in sentences.iter_mut().zip(borders).zip(engine.parse(&forms))
    {
        if parsed.windows > 1 {
            notes.push(Note::info(
                "long-sentence",
                format!("sentence {}", sentence.n + 1),
                format!(
                    "a sentence of {} words was parsed in {} windows of at most {WINDOW}; \
                     relations across their borders are not known",
                    borders.len(),
                    parsed.windows
                ),
            ));
        }
        fill(sentence, &borders, parsed);
    }
    notes
}

fn fill(sentence: &mut Sentence, borders: &[(Span, usize)], parsed: Parsed) {
    let name = |name: &ParsedName| Name {
        span: Span::new(borders[name.first].0.start, borders[name.end - 1].0.end),
        first: name.first,
        end: name.end,
        kind: name.kind,
        confidence: Confidence::percent(name.percent),
    };
    sentence.names = parsed.names.iter().map(name).collect();
    sentence.mentions = parsed.mentions.iter().map(name).collect();
    sentence.vectors = parsed.vectors;
    sentence.words = borders
        .iter()
        .zip(parsed.words)
        .map(|((span, token), word)| Word {
            span: *span,
            token: *token,
            upos: word.upos,
            xpos: word.xpos,
            lemma: word.lemma,
            head: word.head,
            dep: word.dep,
        })
        .collect();
}
