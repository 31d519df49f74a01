//! The engine: words in; tags, lemmas, trees, names and vectors out.

use onrecord_model::{Dep, NameKind, Upos, Xpos};

use crate::agree::{agree, join_names};
use crate::bio::{self, Bio};
use crate::lemma::Lemmas;
use crate::net::{Input, Net, Output, Scratch};
use crate::pieces::{Pieces, ending, shape};
use crate::tree;
use crate::weights::{Weights, WeightsError};
use onrecord_net::kernel::Isa;
use onrecord_net::math::top;

/// Pieces that go through the network together.
const BATCH: usize = 384;
/// Words of a sentence that are parsed together; a longer one is cut into windows.
pub const WINDOW: usize = 160;

/// What the engine says of one sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// One for each word given.
    pub words: Vec<ParsedWord>,
    /// Names, in order.
    pub names: Vec<ParsedName>,
    /// Persons, organizations and places by name, description or pronoun, in order.
    pub mentions: Vec<ParsedName>,
    /// [`Engine::width`] floats a word, for later heads.
    pub vectors: Vec<f32>,
    /// Windows the sentence was cut into: 1 but for very long ones.
    pub windows: usize,
}

/// A word's tags and its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedWord {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank part of speech.
    pub xpos: Xpos,
    /// Dictionary form.
    pub lemma: String,
    /// The word it depends on; none for the root.
    pub head: Option<usize>,
    /// How it depends on it.
    pub dep: Dep,
}

/// A span of words found by a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsedName {
    /// First word.
    pub first: usize,
    /// The word after the last.
    pub end: usize,
    /// Its kind.
    pub kind: NameKind,
    /// The least probability of its labels, in hundredths.
    pub percent: u8,
}

/// The model, ready to run. It does not change: threads share it.
pub struct Engine {
    net: Net,
    pieces: Pieces,
    lemmas: Lemmas,
    upos: Vec<Upos>,
    xpos: Vec<Xpos>,
    deps: Vec<Dep>,
    bio: Vec<Bio>,
    root: Dep,
    parataxis: Dep,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("pieces", &self.pieces.len())
            .field("relations", &self.deps.len())
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// Reads a weights file and packs it for this processor.
    ///
    /// # Errors
    /// The bytes are no weights file of this version, or are damaged.
    pub fn new(weights: &[u8]) -> Result<Self, WeightsError> {
        let weights = Weights::read(weights)?;
        let unknown = |label: &str| WeightsError::Label(label.to_owned());
        let labels = &weights.labels;
        let pieces = Pieces::new(weights.lines("vocabulary")?)
            .ok_or_else(|| WeightsError::Tensor("vocabulary lacks [CLS] or [UNK]".into()))?;
        Ok(Self {
            net: Net::new(&weights, pieces.len())?,
            pieces,
            lemmas: Lemmas::new(&weights)?,
            upos: each(&labels.upos, Upos::named)?,
            xpos: each(&labels.xpos, Xpos::named)?,
            deps: each(&labels.deprel, Dep::named)?,
            bio: each(&labels.bio, Bio::named)?,
            root: Dep::named("root").ok_or_else(|| unknown("root"))?,
            parataxis: Dep::named("parataxis").ok_or_else(|| unknown("parataxis"))?,
        })
    }

    /// Uses other instructions than the best of this processor. The results stay the same.
    #[doc(hidden)]
    pub fn with_isa(mut self, isa: Isa) -> Self {
        self.net = self.net.with_isa(isa);
        self
    }

    /// Floats in the vector of a word.
    pub fn width(&self) -> usize {
        self.net.hidden()
    }

    /// Parses sentences given as words. Each result depends on its sentence alone.
    ///
    /// An empty sentence gives an empty result. A sentence of more than [`WINDOW`] words is
    /// cut into windows, the roots of the later ones hang on the first's as `parataxis`.
    pub fn parse(&self, sentences: &[Vec<&str>]) -> Vec<Parsed> {
        let mut found: Vec<Parsed> = vec![Parsed::default(); sentences.len()];
        let mut scratch = Scratch::default();
        let mut all = sentences.iter().enumerate().flat_map(|(sentence, words)| {
            let mut first = 0;
            std::iter::from_fn(move || {
                let begin = first;
                (begin < words.len()).then(|| {
                    let input;
                    (input, first) = self.window(words, begin);
                    (sentence, begin..first, input)
                })
            })
        });
        loop {
            let (mut batch, mut windows) = (Vec::new(), Vec::new());
            let mut size = 0;
            for (sentence, window, input) in all.by_ref() {
                size += input.pieces.len();
                batch.push(input);
                windows.push((sentence, window));
                if size >= BATCH {
                    break;
                }
            }
            if batch.is_empty() {
                break;
            }
            let outputs = self.net.run(&batch, &mut scratch);
            for ((sentence, window), output) in windows.into_iter().zip(outputs) {
                let words = &sentences[sentence][window.clone()];
                self.read_off(
                    words,
                    window.start,
                    output,
                    &mut found[sentence],
                    &mut scratch,
                );
            }
        }
        for (words, parsed) in sentences.iter().zip(&mut found) {
            join_names(&parsed.names, &mut parsed.words);
            for changed in agree(words, &mut parsed.words) {
                let word = &mut parsed.words[changed];
                word.lemma = self.lemma(words[changed], word.xpos);
            }
        }
        found
    }

    fn lemma(&self, word: &str, xpos: Xpos) -> String {
        self.lemmas.of(word, xpos, |lemma| self.pieces.knows(lemma))
    }

    /// The window that begins at word `first`, and where it ends: the whole rest of the
    /// sentence if it is short enough, else up to a mark.
    fn window(&self, words: &[&str], first: usize) -> (Input, usize) {
        let mut input = Input {
            pieces: vec![self.pieces.first],
            shapes: vec![0],
            words: Vec::new(),
            endings: Vec::new(),
        };
        let mut end = first;
        while end < words.len() && end - first < WINDOW {
            let from = input.pieces.len();
            self.pieces.of(words[end], &mut input.pieces);
            if input.pieces.len() > self.net.reach() {
                input.pieces.truncate(from);
                break;
            }
            input.shapes.resize(input.pieces.len(), shape(words[end]));
            let last = input.pieces.len() - 1;
            input.words.push((from as u32, last as u32));
            if self.net.reads_endings() {
                input.endings.push(ending(words[end]));
            }
            end += 1;
        }
        if end < words.len() {
            // not in the middle of a clause if a mark stands in the window's last third
            let third = first + (end - first) * 2 / 3;
            let marks = [";", ":", ".", "—", "–", "--", "!", "?", ","];
            let cut = (third..end).rev().find(|at| marks.contains(&words[*at]));
            if let Some(cut) = cut {
                end = cut + 1;
                input.words.truncate(end - first);
                input.endings.truncate(end - first);
                let pieces = input.words.last().map_or(1, |(_, last)| *last as usize + 1);
                input.pieces.truncate(pieces);
                input.shapes.truncate(pieces);
            }
        }
        (input, end)
    }

    /// Adds what the heads say of one window to its sentence.
    fn read_off(
        &self,
        words: &[&str],
        first: usize,
        output: Output,
        to: &mut Parsed,
        scratch: &mut Scratch,
    ) {
        let n = words.len();
        let heads = tree::heads(n, &output.arcs);
        let relations = self.net.relations(&output, &heads, scratch);
        let relations = relations.chunks_exact(self.deps.len());
        let old_root = to.words.iter().position(|w| w.head.is_none());
        for ((at, word), relations) in words.iter().enumerate().zip(relations) {
            let upos = self.upos[top(&output.upos[at * self.upos.len()..][..self.upos.len()])];
            let xpos = self.xpos[top(&output.xpos[at * self.xpos.len()..][..self.xpos.len()])];
            let mut head = heads[at].checked_sub(1).map(|head| first + head);
            let dep = match (head, old_root) {
                (None, Some(root)) => {
                    head = Some(root);
                    self.parataxis
                }
                (None, None) => self.root,
                (Some(_), _) => self.relation(relations),
            };
            to.words.push(ParsedWord {
                upos,
                xpos,
                lemma: self.lemma(word, xpos),
                head,
                dep,
            });
        }
        let add = |scores: &[f32], to: &mut Vec<ParsedName>| {
            for (start, end, kind, percent) in bio::spans(&self.bio, scores) {
                to.push(ParsedName {
                    first: first + start,
                    end: first + end,
                    kind,
                    percent,
                });
            }
        };
        add(&output.names, &mut to.names);
        add(&output.mentions, &mut to.mentions);
        if to.vectors.is_empty() {
            to.vectors = output.vectors;
        } else {
            to.vectors.extend_from_slice(&output.vectors);
        }
        to.windows += 1;
    }

    /// The best relation, `root` left out: a word with a head is no root.
    fn relation(&self, scores: &[f32]) -> Dep {
        let mut best = None;
        for (score, dep) in scores.iter().zip(&self.deps) {
            let score = (score * 1024.0) as i64;
            if *dep != self.root && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, *dep));
            }
        }
        best.map_or(self.root, |(_, dep)| dep)
    }
}

/// Labels by name; the first unknown one is an error.
fn each<T>(names: &[String], named: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, WeightsError> {
    names
        .iter()
        .map(|name| named(name).ok_or_else(|| WeightsError::Label(name.clone())))
        .collect()
}
