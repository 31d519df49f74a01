//! A few words' runs of an article that stand for all of them.

use std::fmt;

use crate::hash;
use crate::words::Prepared;

/// Words in a run that is hashed.
pub const SHINGLE: usize = 5;
/// Of so many runs that follow each other one at least is taken.
pub const WINDOW: usize = 24;
/// Runs taken of one article at most.
pub const MOST: usize = 1_024;
/// The first byte of a stored signature: other numbers are of other versions.
const VERSION: u8 = 2;
/// Bytes before the runs.
const HEAD: usize = 13;

/// The runs of words taken from an article: two articles that share 28 words in a row share
/// one of them at least.
///
/// Which runs are taken depends on the words around them alone ("winnowing"): a text cut out
/// of a long one, or put together from two, takes the same ones. Of a text of more than
/// about 12,000 words the 1,024 with the lowest hashes are kept.
///
/// ```
/// use onrecord_reprints::Signature;
/// let signature = Signature::from_bytes(&Signature::default().to_bytes()).unwrap();
/// assert!(signature.runs.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Number of words of the article.
    pub words: u32,
    /// A hash of its words and of where its sentences end: with another, nothing that was found
    /// of the article counts.
    pub print: u64,
    /// The hashes of the runs taken, in order of the text, each once.
    pub runs: Vec<u32>,
}

impl Signature {
    /// The signature of an article.
    pub(crate) fn new(article: &Prepared) -> Signature {
        Signature {
            words: article.len() as u32,
            print: article.print(),
            runs: taken(&article.runs(SHINGLE))
                .into_iter()
                .map(|t| t.run)
                .collect(),
        }
    }

    /// Thirteen bytes and four for each run; what [`Signature::from_bytes`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD + 4 * self.runs.len());
        bytes.push(VERSION);
        bytes.extend(self.words.to_le_bytes());
        bytes.extend(self.print.to_le_bytes());
        for run in &self.runs {
            bytes.extend(run.to_le_bytes());
        }
        bytes
    }

    /// Reads a stored signature.
    ///
    /// # Errors
    /// If the bytes are no signature, or one of another version: the article has to be added
    /// anew from its text.
    pub fn from_bytes(bytes: &[u8]) -> Result<Signature, SignatureError> {
        let (Some(version), Some(words)) = (bytes.first(), bytes.get(1..5)) else {
            return Err(SignatureError::Length(bytes.len()));
        };
        if *version != VERSION {
            return Err(SignatureError::Version(*version));
        }
        let print = bytes
            .get(5..HEAD)
            .filter(|_| (bytes.len() - HEAD).is_multiple_of(4) && bytes.len() <= HEAD + 4 * MOST)
            .ok_or(SignatureError::Length(bytes.len()))?;
        let number = |b: &[u8]| u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        Ok(Signature {
            words: number(words),
            print: print.try_into().map(u64::from_le_bytes).unwrap_or_default(),
            runs: bytes[HEAD..].chunks_exact(4).map(number).collect(),
        })
    }
}

/// Why bytes are no signature of this version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureError {
    /// Written by another version, which took other runs.
    Version(u8),
    /// Not a length that a signature can have.
    Length(usize),
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignatureError::Version(found) => write!(
                f,
                "a signature of version {found}, expected {VERSION}: add the article from its text"
            ),
            SignatureError::Length(found) => write!(
                f,
                "{found} bytes are no signature: add the article from its text"
            ),
        }
    }
}

impl std::error::Error for SignatureError {}

/// A run that was taken, and its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub run: u32,
    pub word: u32,
}

/// The runs taken, of the hashes of all: of each window the one with the lowest.
pub(crate) fn taken(hashes: &[u64]) -> Vec<Taken> {
    if hashes.is_empty() {
        return Vec::new();
    }
    let window = WINDOW.min(hashes.len());
    let mut found: Vec<(u64, usize)> = Vec::new();
    let mut lowest = 0; // of the window that ends before `end`
    for end in window..=hashes.len() {
        let start = end - window;
        if lowest < start || end == window {
            lowest = start;
            for at in start..end {
                if hashes[at] <= hashes[lowest] {
                    lowest = at;
                }
            }
        } else if hashes[end - 1] <= hashes[lowest] {
            lowest = end - 1;
        }
        if found.last().is_none_or(|(_, at)| *at != lowest) {
            found.push((hashes[lowest], lowest));
        }
    }
    // A run that comes again counts where it came first.
    found.sort_unstable();
    found.dedup_by_key(|(hash, _)| *hash);
    found.truncate(MOST);
    found.sort_unstable_by_key(|(_, at)| *at);
    found
        .into_iter()
        .map(|(hash, at)| Taken {
            // Taken runs have low hashes: the stirred low half tells them apart.
            run: (hash::mix(hash) >> 32) as u32,
            word: at as u32,
        })
        .collect()
}
