//! CoNLL-U, the form of Universal Dependencies, read and written.
//!
//! Nothing but blank lines, line ends and a byte order mark is lost: what [`read`] takes,
//! [`write()`] gives back.

mod read;

pub use read::read;

/// One sentence of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConlluSentence {
    /// The lines above its words, with their `#`.
    pub comments: Vec<String>,
    /// Its other lines, in order.
    pub rows: Vec<ConlluRow>,
}

/// One line of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConlluRow {
    /// A syntactic word.
    Word(ConlluWord),
    /// A token of several words; stands above them.
    Multiword(ConlluMultiword),
    /// An empty node of the enhanced graph, the line as it is.
    Empty(String),
}

/// A syntactic word. A column that says nothing is `_`; none holds a tab or a line end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ConlluWord {
    /// Its number in the sentence, from 1.
    pub id: usize,
    pub form: String,
    pub lemma: String,
    pub upos: String,
    pub xpos: String,
    pub feats: String,
    /// The number of its head, 0 for the root; `None` where there is no tree.
    pub head: Option<usize>,
    pub deprel: String,
    pub deps: String,
    pub misc: String,
}

/// A token of several words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConlluMultiword {
    /// The number of its first word.
    pub first: usize,
    /// The number of its last word.
    pub last: usize,
    /// The token as it stands in the text.
    pub form: String,
    /// Columns 3 to 9 as they are, with the tabs between them; mostly all `_`.
    pub between: String,
    /// The last column, with `SpaceAfter=No`.
    pub misc: String,
}

/// A token: a word of its own or a token of several words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConlluToken<'a> {
    /// As it stands in the text.
    pub form: &'a str,
    /// Its last column.
    pub misc: &'a str,
    /// The number of its first word.
    pub first: usize,
    /// The number of its last word.
    pub last: usize,
    /// Whether it has a line of its own, above its words.
    pub multiword: bool,
}

impl ConlluSentence {
    /// The words, with those inside tokens of several words.
    pub fn words(&self) -> impl Iterator<Item = &ConlluWord> {
        self.rows.iter().filter_map(|row| match row {
            ConlluRow::Word(word) => Some(word),
            _ => None,
        })
    }

    /// The tokens: what stands in the text.
    pub fn tokens(&self) -> impl Iterator<Item = ConlluToken<'_>> {
        let mut covered = 0;
        self.rows.iter().filter_map(move |row| match row {
            ConlluRow::Multiword(token) => {
                covered = token.last;
                Some(ConlluToken {
                    form: &token.form,
                    misc: &token.misc,
                    first: token.first,
                    last: token.last,
                    multiword: true,
                })
            }
            ConlluRow::Word(word) if word.id > covered => Some(ConlluToken {
                form: &word.form,
                misc: &word.misc,
                first: word.id,
                last: word.id,
                multiword: false,
            }),
            _ => None,
        })
    }

    /// What a comment says: `comment("sent_id")` of `# sent_id = 7` is `7`; of a comment
    /// without a value the empty text.
    pub fn comment(&self, key: &str) -> Option<&str> {
        self.comments.iter().find_map(|line| {
            let rest = line.trim_start_matches('#').trim().strip_prefix(key)?;
            let value = rest.trim_start();
            match value.strip_prefix('=') {
                Some(value) => Some(value.trim()),
                None => (rest.is_empty() || value.len() < rest.len()).then_some(value),
            }
        })
    }

    /// Whether a paragraph or a document begins here.
    pub fn begins_paragraph(&self) -> bool {
        self.comment("newpar").is_some() || self.comment("newdoc").is_some()
    }
}

impl ConlluWord {
    /// A word of which nothing is known yet.
    pub fn new(id: usize, form: &str) -> ConlluWord {
        let nothing = || "_".to_owned();
        ConlluWord {
            id,
            form: form.to_owned(),
            lemma: nothing(),
            upos: nothing(),
            xpos: nothing(),
            feats: nothing(),
            head: None,
            deprel: nothing(),
            deps: nothing(),
            misc: nothing(),
        }
    }
}

impl ConlluToken<'_> {
    /// Whether white space follows in the text.
    pub fn space_after(&self) -> bool {
        self.misc.split('|').all(|entry| entry != "SpaceAfter=No")
    }
}

/// The sentences as a CoNLL-U file, each followed by an empty line.
pub fn write(sentences: &[ConlluSentence]) -> String {
    let mut text = String::new();
    for sentence in sentences {
        for comment in &sentence.comments {
            text.push_str(comment);
            text.push('\n');
        }
        for row in &sentence.rows {
            match row {
                ConlluRow::Word(word) => write_word(word, &mut text),
                ConlluRow::Multiword(token) => {
                    let id = format!("{}-{}", token.first, token.last);
                    text.push_str(&[&*id, &token.form, &token.between, &token.misc].join("\t"));
                }
                ConlluRow::Empty(line) => text.push_str(line),
            }
            text.push('\n');
        }
        text.push('\n');
    }
    text
}

fn write_word(word: &ConlluWord, text: &mut String) {
    let id = word.id.to_string();
    let head = word.head.map_or("_".to_owned(), |head| head.to_string());
    let columns: [&str; 10] = [
        &id,
        &word.form,
        &word.lemma,
        &word.upos,
        &word.xpos,
        &word.feats,
        &head,
        &word.deprel,
        &word.deps,
        &word.misc,
    ];
    text.push_str(&columns.join("\t"));
}

/// The raw text: tokens parted by a space unless they have `SpaceAfter=No`, paragraphs by an
/// empty line.
///
/// ```
/// use onrecord_score::{ConlluRow, ConlluSentence, ConlluWord, conllu::text_of};
/// let mut stop = ConlluWord::new(2, ".");
/// let mut word = ConlluWord::new(1, "Yes");
/// word.misc = "SpaceAfter=No".into();
/// let mut sentence = ConlluSentence::default();
/// sentence.rows = vec![ConlluRow::Word(word), ConlluRow::Word(stop)];
/// let mut next = sentence.clone();
/// next.comments.push("# newpar".into());
/// assert_eq!(text_of(&[sentence.clone(), sentence, next]), "Yes. Yes.\n\nYes.");
/// ```
pub fn text_of(sentences: &[ConlluSentence]) -> String {
    let mut text = String::new();
    let mut gap = "";
    for sentence in sentences {
        if !text.is_empty() && sentence.begins_paragraph() {
            gap = "\n\n";
        }
        for token in sentence.tokens() {
            text.push_str(gap);
            text.push_str(token.form);
            gap = if token.space_after() { " " } else { "" };
        }
    }
    text
}
