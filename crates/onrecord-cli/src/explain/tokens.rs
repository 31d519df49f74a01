//! The words of a sentence, and which of them rules know.

use std::collections::BTreeSet;

use onrecord::statements::head::{Found, find, nearly as nearly_said};
use onrecord::{Kit, parsed, read_parsed};
use onrecord_events::head::{Labelled, label, nearly as nearly_done};
use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, ArticleReading, Span, TokenKind};

use super::tree;

/// A sentence cut into its words.
#[derive(Debug)]
pub struct Tokens {
    words: Vec<(String, TokenKind)>,
    reading: ArticleReading,
    attributions: Vec<Found>,
    /// By sentence.
    labelled: Vec<Labelled>,
    /// What came nearest to a cue and to a trigger, told.
    nearly: Vec<String>,
}

impl Tokens {
    /// The tokens of `text`.
    pub fn of(text: &str, kit: Kit<'_>) -> Tokens {
        let article = Article::new(String::new(), 1, text.to_owned());
        let reading = parsed(article, kit);
        let attributions = kit
            .attribution
            .map_or_else(Vec::new, |head| find(&reading, kit.lexicon, head));
        let sentences = reading.sentences.iter();
        let labelled: Vec<Labelled> = sentences
            .map(|sentence| match kit.events {
                Some(head) => label(&reading, kit.lexicon, head, sentence),
                None => Labelled::default(),
            })
            .collect();
        let nearly = nearly(&reading, kit, &labelled);
        let reading = read_parsed(reading, kit);
        let tokens = reading
            .sentences
            .iter()
            .flat_map(|sentence| &sentence.tokens);
        let word =
            |token: &onrecord_model::Token| (reading.words(token.span).to_owned(), token.kind);
        Tokens {
            words: tokens.map(word).collect(),
            reading,
            attributions,
            labelled,
            nearly,
        }
    }

    /// What the head of events found, a line each: trigger, type, and the heads of the words for
    /// actor and recipient; how sure of an event, and of its type.
    pub fn triggers(&self) -> Vec<String> {
        let sentences = self.reading.sentences.iter().zip(&self.labelled);
        let told = sentences.flat_map(|(sentence, labelled)| {
            labelled.triggers.iter().map(|found| {
                let word = |at: usize| self.reading.words(sentence.words[at].span);
                let party = |at: Option<usize>| at.map_or("-", word);
                let words: Vec<&str> = found.words.clone().map(word).collect();
                let sure = [found.event, found.percent, found.second.1];
                let sure = sure.map(|n| f64::from(n) / 100.0);
                format!(
                    "{} `{}`, actor {}, recipient {}  [head:events, {} of an event, {} of the \
                     type; next {} {}]",
                    found.event_type.name(),
                    words.join(" "),
                    party(found.actor),
                    party(found.recipient),
                    sure[0],
                    sure[1],
                    found.second.0.name(),
                    sure[2]
                )
            })
        });
        told.collect()
    }

    /// What came nearest to a cue and to a trigger where the heads found none, a line each.
    pub fn nearly(&self) -> &[String] {
        &self.nearly
    }

    /// The tree, a line a word, and the names that the names head found.
    pub fn tree(&self) -> Vec<String> {
        let text = &self.reading.article.text;
        let sentences = self.reading.sentences.iter();
        sentences
            .flat_map(|sentence| tree::told(text, sentence))
            .collect()
    }

    /// What the attribution head found, a line each: source, cue and content, and how sure it is
    /// of the cue.
    pub fn attributions(&self) -> Vec<String> {
        let words = |spans: &[Span]| {
            let each: Vec<&str> = spans.iter().map(|s| self.reading.words(*s)).collect();
            if each.is_empty() {
                "-".to_owned()
            } else {
                format!("`{}`", each.join("` … `"))
            }
        };
        let told = |found: &Found| {
            let (a, sure) = (&found.attribution, f64::from(found.percent) / 100.0);
            let (source, cue, content) = (words(&a.source), words(&a.cue), words(&a.content));
            format!("source {source}, cue {cue}, content {content}  [head:attribution, {sure}]")
        };
        self.attributions.iter().map(told).collect()
    }

    /// On one line, quotations in brackets.
    pub fn told(&self) -> String {
        let told = self.words.iter().map(|(word, kind)| match kind {
            TokenKind::OpenQuote => format!("{word}("),
            TokenKind::CloseQuote => format!("){word}"),
            _ => word.clone(),
        });
        told.collect::<Vec<_>>().join(" | ")
    }

    /// The words that open a cue or name an act, with the rule that knows them, where that
    /// rule is not among those that `fired`.
    pub fn unused(&self, lexicon: &Lexicon, fired: &BTreeSet<String>) -> Vec<(String, String)> {
        let lower: Vec<String> = self
            .words
            .iter()
            .map(|(word, _)| word.to_lowercase())
            .collect();
        let mut found = Vec::new();
        for (at, word) in lower.iter().enumerate() {
            let follow = |rest: &[String]| lower[at + 1..].starts_with(rest);
            let mut add = |rest: &[String], rule: String| {
                let words = [std::slice::from_ref(word), rest].concat().join(" ");
                if follow(rest)
                    && !fired.contains(&rule)
                    && !found.contains(&(words.clone(), rule.clone()))
                {
                    found.push((words, rule));
                }
            };
            for form in lexicon.speech.forms(word) {
                add(
                    &form.rest,
                    format!("rule:speech.{}", lexicon.speech.cues[form.cue].id),
                );
            }
            for form in lexicon.events.verb(word) {
                add(
                    &form.rest,
                    format!("rule:events.{}", lexicon.events.rules[form.rule].id),
                );
            }
            for form in lexicon.events.noun(word) {
                add(
                    &form.rest,
                    format!("rule:events.{}", lexicon.events.rules[form.rule].id),
                );
            }
        }
        found
    }
}

/// What came nearest in each sentence in which a head found nothing.
fn nearly(reading: &ArticleReading, kit: Kit<'_>, labelled: &[Labelled]) -> Vec<String> {
    let mut told = Vec::new();
    for (n, (sentence, labelled)) in reading.sentences.iter().zip(labelled).enumerate() {
        let word = |at: usize| reading.words(sentence.words[at].span);
        let share = |percent: u8| f64::from(percent) / 100.0;
        let cue = kit
            .attribution
            .and_then(|head| nearly_said(reading, kit.lexicon, head, n));
        if let Some((at, percent)) = cue {
            told.push(format!(
                "no cue; `{}` came nearest  [head:attribution, {}]",
                word(at),
                share(percent)
            ));
        }
        let near = nearly_done(sentence, labelled).filter(|_| labelled.triggers.is_empty());
        if let Some((at, event_type, percent)) = near {
            told.push(format!(
                "no event; `{}` came nearest, as {}  [head:events, {} of an event]",
                word(at),
                event_type.name(),
                share(percent)
            ));
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_rule_knows() {
        let lexicon = Lexicon::built_in();
        let tokens = Tokens::of("The clerk said no.", Kit::new(lexicon));
        assert_eq!(tokens.told(), "The | clerk | said | no | .");
        let known = ("said".to_owned(), "rule:speech.say".to_owned());
        assert!(tokens.unused(lexicon, &BTreeSet::new()).contains(&known));
        let fired = BTreeSet::from(["rule:speech.say".to_owned()]);
        assert!(!tokens.unused(lexicon, &fired).contains(&known));
    }
}
