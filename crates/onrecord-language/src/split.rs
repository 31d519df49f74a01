//! Tokens to sentences.

use onrecord_lexicon::Words;
use onrecord_model::{Token, TokenKind};

/// The tokens of a paragraph, grouped by sentence. No group is empty.
pub fn groups<'t>(text: &str, tokens: &'t [Token], words: &Words) -> Vec<&'t [Token]> {
    let mut groups = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < tokens.len() {
        match ends(text, tokens, (start, i), words) {
            Ok(next) => {
                groups.push(&tokens[start..next]);
                start = next;
                i = next;
            }
            Err(next) => i = next,
        }
    }
    if start < tokens.len() {
        groups.push(&tokens[start..]);
    }
    groups
}

/// If the sentence that begins at `start` ends with the mark at `i` (and the closing marks
/// behind it), the index of the next sentence's first token. If not, the index of the token
/// to ask next.
fn ends(
    text: &str,
    tokens: &[Token],
    (start, i): (usize, usize),
    words: &Words,
) -> Result<usize, usize> {
    let word = tokens[i].span.of(text);
    let abbreviation = tokens[i].kind == TokenKind::Word && word.ends_with('.');
    let stop = tokens[i].kind == TokenKind::Mark
        && (word.starts_with(['.', '?', '!', '…', '。', '؟', '۔']) || is_emoticon(word));
    if !(abbreviation || stop) || numbers_an_item(text, &tokens[start..=i]) {
        return Err(i + 1);
    }
    let mut next = i + 1;
    let mut closed = false;
    while let Some(token) = tokens.get(next) {
        let mark = token.span.of(text);
        let adjacent = tokens[next - 1].span.end == token.span.start;
        let closes = token.kind == TokenKind::CloseQuote || matches!(mark, ")" | "]");
        // "..." and "?!" after the first stop
        let more = mark.starts_with(['.', '?', '!', '…']) && adjacent;
        if closes && (adjacent || token.kind == TokenKind::CloseQuote) || more {
            closed |= token.kind == TokenKind::CloseQuote;
            next += 1;
        } else {
            break;
        }
    }
    // an ellipsis that stands alone after the quotation: "region.” …"
    while tokens
        .get(next)
        .is_some_and(|t| matches!(t.span.of(text), "…" | "..." | "...."))
    {
        let after = tokens.get(next + 1).map(|t| t.span.of(text));
        if after.is_some_and(|a| a.starts_with(char::is_lowercase)) {
            break;
        }
        next += 1;
    }
    if stop {
        next = after_notes(text, tokens, next);
    }
    let Some(follower) = tokens.get(next) else {
        return Ok(next);
    };
    let follows = follower.span.of(text);
    let spaced = tokens[next - 1].span.end < follower.span.start;
    if abbreviation && next == i + 1 {
        return if abbreviation_ends(word, follower, follows, words) {
            Ok(next)
        } else {
            Err(next)
        };
    }
    if !spaced && !glued(text, tokens, i, follows) {
        return Err(next);
    }
    let ellipsis = word == "…" || word.starts_with("..") && !word.contains(['!', '?']);
    let starts = match follower.kind {
        TokenKind::OpenQuote => true,
        TokenKind::Word => {
            follows.starts_with(|c: char| !c.is_lowercase())
                || name_with_small_article(follows)
                || !ellipsis && !closed && starts_small(text, tokens, i)
        }
        TokenKind::Number => !ellipsis,
        TokenKind::Clitic | TokenKind::CloseQuote => false,
        TokenKind::Mark => {
            follows.starts_with(['(', '[', '<', '•', '*', '#', '-', '—', '–', '$', '€', '£'])
        }
    };
    // after a full stop no "Tal said" can belong to the quotation: a comma would stand there
    if !starts || (closed && word != "." && tail_follows(text, tokens, next, words)) {
        return Err(next);
    }
    if matches!(follows, "—" | "–") && !closed {
        return Err(next);
    }
    Ok(next)
}

/// ":)" ends a sentence as a stop does.
fn is_emoticon(mark: &str) -> bool {
    mark.len() > 1 && mark.starts_with([':', ';', '=']) && mark.ends_with([')', '(', 'D', 'P'])
}

/// Whether the sentence's tokens so far are only the number of an item of a list: "2."; or
/// end with the first one: "He asked for three things: 1."
fn numbers_an_item(text: &str, so_far: &[Token]) -> bool {
    let number = |t: &Token| t.kind == TokenKind::Number && t.span.len() <= 3;
    match so_far {
        [item, _] => number(item),
        [.., before, item, _] => number(item) && before.span.of(text) == ":",
        _ => false,
    }
}

/// The index behind the notes at `next`, each a number in square brackets: "[2][14]".
fn after_notes(text: &str, tokens: &[Token], mut next: usize) -> usize {
    while let Some([open, note, close]) = tokens.get(next..next + 3)
        && open.span.of(text) == "["
        && note.kind == TokenKind::Number
        && note.span.len() <= 3
        && close.span.of(text) == "]"
    {
        next += 3;
    }
    next
}

/// Whether the stop at `i` ends a sentence although the next word has a small letter, as in
/// careless writing: not where the word before the stop may be an abbreviation.
fn starts_small(text: &str, tokens: &[Token], i: usize) -> bool {
    let Some(before) = i.checked_sub(1).map(|b| &tokens[b]) else {
        return false;
    };
    if tokens[i].span.of(text) != "." {
        return before.kind != TokenKind::CloseQuote;
    }
    let word = before.span.of(text);
    let long = word.chars().count() > 2 && before.span.end == tokens[i].span.start;
    before.kind == TokenKind::Word && long && word.starts_with(char::is_lowercase)
}

/// Whether the stop of an abbreviation also ends the sentence: only before a word that
/// begins sentences and is no name.
fn abbreviation_ends(word: &str, follower: &Token, follows: &str, words: &Words) -> bool {
    let bare = word.trim_end_matches('.');
    if words.before_names.contains(bare) || bare.chars().count() == 1 {
        return false;
    }
    match follower.kind {
        TokenKind::OpenQuote => true,
        TokenKind::Word => {
            follows.starts_with(char::is_uppercase)
                && words.function_words.contains(&follows.to_lowercase())
        }
        _ => false,
    }
}

/// "against ISIS.Leader of the group": the space after the stop was lost.
fn glued(text: &str, tokens: &[Token], i: usize, follows: &str) -> bool {
    let Some(before) = i.checked_sub(1).map(|b| tokens[b].span.of(text)) else {
        return false;
    };
    let mut chars = follows.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    let small = chars.next().is_some_and(char::is_lowercase);
    let quote = follows.starts_with(['“', '"', '«']);
    before.chars().count() > 1 && ((capital && small) || quote)
}

/// "al-Khazali said ...": a name that begins with a small letter.
fn name_with_small_article(word: &str) -> bool {
    word.split_once(['-', '‑'])
        .is_some_and(|(article, rest)| article.len() <= 3 && rest.starts_with(char::is_uppercase))
}

/// Whether after a closing mark a name and a verb of saying follow, so that the sentence
/// goes on: "“Why now?” Tal asked."
fn tail_follows(text: &str, tokens: &[Token], next: usize, words: &Words) -> bool {
    for token in tokens[next..].iter().take(5) {
        let word = token.span.of(text);
        if token.kind != TokenKind::Word {
            return false;
        }
        if words.tail_verbs.contains(word) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use onrecord_lexicon::Lexicon;
    use onrecord_model::Article;

    fn split(text: &str) -> Vec<String> {
        let article = Article::new("pg-1".into(), 1, text.to_owned());
        let (sentences, _) = crate::sentences(&article, Lexicon::built_in());
        sentences
            .iter()
            .map(|s| s.span.of(text).to_owned())
            .collect()
    }

    #[test]
    fn one_sentence() {
        for text in [
            "Gen. A. B. Tal of the U.S. Army left at 5 p.m. on Jan. 3.",
            "“Why now?” Omar Tal asked.",
            "“Go home!” he shouted at the crowd.",
            "He paid $3.5 million, i.e. all he had, to St. Mary's No. 4 school.",
            "“We ... will stay,” she said.",
            "“We will stay… but not for long,” she said.",
            "See www.example.org/a.html for more.",
            "The U.K. Foreign Office and the U.N. Security Council met.",
        ] {
            assert_eq!(split(text), [text], "{text}");
        }
    }

    #[test]
    fn two_sentences() {
        for (first, second) in [
            ("He left the U.S. ", "The others stayed."),
            ("“We will stay.” ", "Tal said it twice."),
            (
                "His message was clear: “We stay.” ",
                "Sheikh Tal said no more.",
            ),
            (
                "They fight the group.",
                "Leader of the bloc Ana Tal warned them.",
            ),
            ("He asked: “What have you done? ", "Are you aware of it?”"),
            ("It ended in 2011. ", "In 2014 it began again."),
            ("“The law is clear,” she said. ", "“We will keep it.”"),
            ("The vote failed (by two). ", "(It had failed before.)"),
            ("“Never!” ", "The hall fell silent."),
            ("Nobody spoke... ", "Then the lights went out."),
            ("He trusts no one. ", "al-Tal left early."),
        ] {
            let text = format!("{first}{second}");
            assert_eq!(split(&text), [first.trim(), second], "{text}");
        }
    }

    #[test]
    fn every_mark_and_letter_stands_in_one_token() {
        for text in [
            "don't—stop",
            "“a” 'b' «c» ‘d’ \"e\"",
            "…...!?!",
            "’90s rock ’n’ roll",
            "\u{301}a\u{200d}b 12,000terrorists",
            "''''\"\"\"“““”””",
        ] {
            let article = Article::new("pg-1".into(), 1, text.to_owned());
            let (sentences, _) = crate::sentences(&article, Lexicon::built_in());
            let tokens = sentences.iter().flat_map(|s| &s.tokens);
            let words: String = tokens.map(|t| t.span.of(text)).collect();
            let expected: String = text.split_whitespace().collect();
            assert_eq!(words, expected);
        }
    }
}
