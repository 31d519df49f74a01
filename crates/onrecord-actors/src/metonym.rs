//! Whether a country or a capital stands for its government: what it does, or what is done to
//! it, in the tree.

use onrecord_lexicon::Lexicon;
use onrecord_model::Upos;

use crate::view::Line;

/// How surely the name of a country or capital at `from..to` stands for the government;
/// `None` where the place may be meant.
pub fn acts(line: &Line<'_>, lexicon: &Lexicon, from: usize, to: usize) -> Option<u8> {
    let sentence = line.sentence;
    let words = &lexicon.words.actor;
    // "BAGHDAD - Orvia has said"
    if from == 0 && line.is_mark(to, &["-", "–", "—", ":"]) {
        return None;
    }
    let (word, several) = first_joined(line, line.head(from, to)?);
    let dep = sentence.words[word].dep;
    let above = sentence.words[word].head?;
    let over = line.lower_word(above);
    let before = || {
        let case = sentence.child(word, &["case"]);
        case.map_or("", |case| line.lower_word(case))
    };
    match dep.as_str() {
        "nsubj" | "nsubj:outer" => does(line, lexicon, above),
        "nsubj:pass" => (words.addresses(over) || words.is("disposed", over)).then_some(65),
        "obj" | "iobj" => {
            (sentence.words[above].upos == Upos::Verb && words.addresses(over)).then_some(75)
        }
        // "Orvia's decision", "at the request of Orvia"
        "nmod:poss" => words.is("owns", over).then_some(75),
        "nmod" if before() == "of" => words.is("owns", over).then_some(65),
        // "talks between Orvia and Tarn", "called on Orvia to yield"
        "nmod" | "obl" | "obl:agent" => {
            let case = before();
            let border = over.starts_with("border");
            let tie = matches!(case, "between" | "among") && several && words.is("ties", over);
            let called = matches!(case, "on" | "upon" | "to")
                && words.addresses(over)
                && sentence
                    .child(above, &["xcomp", "ccomp", "advcl"])
                    .is_some();
            (tie || called || words.is("actor-before", case) && !border).then_some(65)
        }
        _ => None,
    }
}

/// Of words joined by commas and conjunctions the first, on which all depend; and whether
/// there are several.
fn first_joined(line: &Line<'_>, mut word: usize) -> (usize, bool) {
    let words = &line.sentence.words;
    let mut several = line.sentence.child(word, &["conj"]).is_some();
    for _ in 0..words.len() {
        match words[word].head {
            Some(above) if words[word].dep == "conj" => word = above,
            _ => break,
        }
        several = true;
    }
    (word, several)
}

/// Whether what a subject does is speech or action, or what only a government is: ready,
/// unwilling.
fn does(line: &Line<'_>, lexicon: &Lexicon, predicate: usize) -> Option<u8> {
    let sentence = line.sentence;
    let words = &lexicon.words.actor;
    let lower = line.lower_word(predicate);
    let verb = &sentence.words[predicate];
    let helps = |class: &str| {
        let helping = |at: &usize| sentence.words[*at].dep.is_any(&["aux", "cop"]);
        let mut helping = sentence.children(predicate).filter(helping);
        helping.any(|at| words.is(class, line.lower_word(at)))
    };
    let modal = helps("modal");
    if verb.upos != Upos::Verb {
        return (modal || words.is("disposed", lower)).then_some(60);
    }
    if words.acts(lower) || words.is("acts", &verb.lemma) || words.is("modal", lower) {
        return Some(75);
    }
    (modal || verb.xpos == "VBG" && helps("be")).then_some(60)
}
