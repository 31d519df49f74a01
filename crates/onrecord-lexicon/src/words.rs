//! `words/*.tsv`: flat word lists.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::ActorKind;

use crate::{
    ActorWords, DateWords, File, LexiconError, WordBorders, actor_words, date_words, fold,
    spelling_key, word_borders,
};

/// The word lists, each read from the file of its name.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Abbreviations that end in a full stop without ending a sentence, without the stop.
    pub abbreviations: BTreeSet<String>,
    /// Abbreviations before a name ("Gen.", "Mr."): never end a sentence.
    pub before_names: BTreeSet<String>,
    /// Adjective of a country to its ISO code ("Iraqi" -> "IRQ").
    pub demonyms: BTreeMap<String, String>,
    /// Noun of its people to its ISO code ("Iraqis" -> "IRQ").
    pub peoples: BTreeMap<String, String>,
    /// Titles before a person's name, folded and lower case without full stops, to their
    /// kind (honorific, office, rank, religious, profession).
    pub honorifics: BTreeMap<String, String>,
    /// Given names, folded, to their region.
    pub given_names: BTreeMap<String, String>,
    /// Of given names, folded, that only women or only men have: whether they are women's.
    pub feminine_names: BTreeMap<String, bool>,
    /// The [`spelling_key`]s of the given names.
    pub given_name_keys: BTreeSet<String>,
    /// Head nouns of organisations' names, folded and lower case, to actor kind and PLOVER
    /// sector (empty where the word alone does not show it).
    pub organisation_heads: BTreeMap<String, (String, String)>,
    /// Words by which actors are told from places and from ordinary words.
    pub actor: ActorWords,
    /// Verbs after a quotation and a name ("..." Smith asked), in the past tense, lower case.
    pub tail_verbs: BTreeSet<String>,
    /// Words by which an outlet's name is told ("Herald", "Post"), lower case.
    pub outlet_heads: BTreeSet<String>,
    /// Auxiliaries and irregular past forms by which a sentence is told from a caption.
    pub finite_verbs: BTreeSet<String>,
    /// Words that hold a sentence together ("the", "of", "has"), lower case.
    pub function_words: BTreeSet<String>,
    /// Where words begin and end where no space shows it ("can|not", "al|-|Sadr").
    pub borders: WordBorders,
    /// Words by which dates are read, and days with names.
    pub dates: DateWords,
}

const HONORIFIC_KINDS: [&str; 5] = ["honorific", "office", "rank", "religious", "profession"];

pub(crate) fn read(files: &[&File]) -> Result<Words, LexiconError> {
    let mut words = Words::default();
    for file in files {
        match file.stem() {
            "abbreviations" => {
                for (line, cells) in file.tsv(1, 3)? {
                    let word = cells[0].trim_end_matches('.').to_owned();
                    match cells[1] {
                        "" => {}
                        "before-name" => {
                            words.before_names.insert(word.clone());
                        }
                        other => {
                            return Err(file.wrong(
                                line,
                                format!("`{other}`: column 2 is empty or `before-name`"),
                            ));
                        }
                    }
                    words.abbreviations.insert(word);
                }
            }
            "demonyms" => {
                for (_, cells) in file.tsv(3, 4)? {
                    for (cell, into) in [
                        (cells[0], &mut words.demonyms),
                        (cells[1], &mut words.peoples),
                    ] {
                        if !cell.is_empty() && cell != "-" {
                            into.insert(cell.to_owned(), cells[2].to_owned());
                        }
                    }
                }
            }
            "honorifics" => {
                for (line, cells) in file.tsv(2, 3)? {
                    if !HONORIFIC_KINDS.contains(&cells[1]) {
                        let known = HONORIFIC_KINDS.join(", ");
                        return Err(file.wrong(
                            line,
                            format!("unknown kind `{}`; expected {known}", cells[1]),
                        ));
                    }
                    let title = fold(cells[0]).to_lowercase().replace('.', "");
                    words.honorifics.insert(title, cells[1].to_owned());
                }
            }
            "given-names" => {
                for (line, cells) in file.tsv(2, 3)? {
                    let feminine = match cells[2] {
                        "f" => Some(true),
                        "m" => Some(false),
                        "" => None,
                        other => {
                            let what =
                                format!("unknown gender `{other}`; expected f, m or nothing");
                            return Err(file.wrong(line, what));
                        }
                    };
                    if let Some(feminine) = feminine {
                        words.feminine_names.insert(fold(cells[0]), feminine);
                    }
                    words
                        .given_names
                        .insert(fold(cells[0]), cells[1].to_owned());
                    words.given_name_keys.insert(spelling_key(cells[0]));
                }
            }
            "organisation-heads" => {
                for (line, cells) in file.tsv(3, 4)? {
                    if ActorKind::read(cells[1]).is_none() {
                        return Err(
                            file.wrong(line, format!("unknown kind of actor `{}`", cells[1]))
                        );
                    }
                    let code = if cells[2] == "-" { "" } else { cells[2] };
                    words.organisation_heads.insert(
                        fold(cells[0]).to_lowercase(),
                        (cells[1].to_owned(), code.to_owned()),
                    );
                }
            }
            "actor-words" => actor_words::read(file, &mut words.actor)?,
            "word-borders" => word_borders::read(file, &mut words.borders)?,
            "date-words" => date_words::read(file, &mut words.dates)?,
            "function-words" => {
                for (_, cells) in file.tsv(1, 2)? {
                    words.function_words.insert(cells[0].to_owned());
                }
            }
            list @ ("tail-verbs" | "outlet-heads" | "finite-verbs") => {
                let into = match list {
                    "tail-verbs" => &mut words.tail_verbs,
                    "outlet-heads" => &mut words.outlet_heads,
                    _ => &mut words.finite_verbs,
                };
                into.extend(
                    file.tsv(1, 2)?
                        .into_iter()
                        .map(|(_, cells)| cells[0].to_owned()),
                );
            }
            other => {
                return Err(file.wrong(
                    0,
                    format!(
                        "no such word list `{other}`; expected abbreviations, demonyms, honorifics, \
                         given-names, organisation-heads, actor-words, word-borders, date-words, \
                         tail-verbs, outlet-heads, finite-verbs or function-words"
                    ),
                ));
            }
        }
    }
    Ok(words)
}
