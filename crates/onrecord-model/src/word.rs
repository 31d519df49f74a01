use std::fmt;

use crate::{Confidence, Span};

/// A syntactic word of Universal Dependencies: a token, or a piece of one ("al-Sadr" is one
/// token and three words, "cannot" one and two).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the article's text.
    pub span: Span,
    /// The token it is a piece of, by its number in the sentence.
    pub token: usize,
    /// The universal part of speech.
    pub upos: Upos,
    /// The Penn Treebank's part of speech.
    pub xpos: Xpos,
    /// The dictionary form.
    pub lemma: String,
    /// The word it depends on, by its number in the sentence; none for the root.
    pub head: Option<usize>,
    /// How it depends on its head.
    pub dep: Dep,
}

/// The universal parts of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// All of them, in the order of their names.
    pub const ALL: [Self; 17] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    /// As it is written in CoNLL-U.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Adj => "ADJ",
            Self::Adp => "ADP",
            Self::Adv => "ADV",
            Self::Aux => "AUX",
            Self::Cconj => "CCONJ",
            Self::Det => "DET",
            Self::Intj => "INTJ",
            Self::Noun => "NOUN",
            Self::Num => "NUM",
            Self::Part => "PART",
            Self::Pron => "PRON",
            Self::Propn => "PROPN",
            Self::Punct => "PUNCT",
            Self::Sconj => "SCONJ",
            Self::Sym => "SYM",
            Self::Verb => "VERB",
            Self::X => "X",
        }
    }

    /// From its name in CoNLL-U.
    ///
    /// ```
    /// use onrecord_model::Upos;
    /// assert_eq!(Upos::named("PROPN"), Some(Upos::Propn));
    /// assert_eq!(Upos::named("NAME"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tag| tag.as_str() == name)
    }
}

impl fmt::Display for Upos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! labels {
    ($(#[$about:meta])* $name:ident, $what:literal, [$($label:literal)*]) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(&'static str);

        impl $name {
            /// Every label there is.
            pub const ALL: &'static [&'static str] = &[$($label),*];

            #[doc = concat!("The ", $what, " of this name, if there is one.")]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().find(|label| **label == name).map(|label| Self(label))
            }

            /// As it is written in CoNLL-U.
            pub const fn as_str(self) -> &'static str {
                self.0
            }

            /// Whether it is one of these.
            pub fn is_any(self, labels: &[&str]) -> bool {
                labels.contains(&self.0)
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }
    };
}

labels!(
    /// A part of speech of the Penn Treebank, as the English treebanks of Universal
    /// Dependencies use it: `VBD` past tense, `VBN` past participle, `MD` modal, `NNP` name.
    ///
    /// ```
    /// use onrecord_model::Xpos;
    /// let tag = Xpos::named("VBN").unwrap();
    /// assert!(tag.is_any(&["VBD", "VBN"]));
    /// ```
    Xpos, "tag", [
        "$" "''" "," "-LRB-" "-RRB-" "." ":" "ADD" "AFX" "CC" "CD" "DT" "EX" "FW" "GW" "HYPH"
        "IN" "JJ" "JJR" "JJS" "LS" "MD" "NFP" "NN" "NNP" "NNPS" "NNS" "PDT" "POS" "PRP" "PRP$"
        "RB" "RBR" "RBS" "RP" "SYM" "TO" "UH" "VB" "VBD" "VBG" "VBN" "VBP" "VBZ" "WDT" "WP"
        "WP$" "WRB" "``" "XX"
    ]
);

labels!(
    /// A dependency relation of Universal Dependencies, with the subtypes of the English
    /// treebanks: `nsubj`, `nsubj:pass`, `obl:agent`.
    ///
    /// ```
    /// use onrecord_model::Dep;
    /// let dep = Dep::named("nsubj:pass").unwrap();
    /// assert_eq!(dep.base(), "nsubj");
    /// assert!(dep == "nsubj:pass");
    /// ```
    Dep, "relation", [
        "acl" "acl:relcl" "advcl" "advcl:relcl" "advmod" "amod" "appos" "aux" "aux:pass" "case"
        "cc" "cc:preconj" "ccomp" "clf" "compound" "compound:prt" "conj" "cop" "csubj"
        "csubj:outer" "csubj:pass" "dep" "det" "det:predet" "discourse" "dislocated" "expl"
        "fixed" "flat" "goeswith" "iobj" "list" "mark" "nmod" "nmod:desc" "nmod:poss"
        "nmod:unmarked" "nsubj" "nsubj:outer" "nsubj:pass" "nummod" "obj" "obl" "obl:agent"
        "obl:unmarked" "orphan" "parataxis" "punct" "reparandum" "root" "vocative" "xcomp"
    ]
);

impl Dep {
    /// Its number in [`Dep::ALL`].
    pub fn index(self) -> usize {
        let found = Self::ALL.iter().position(|label| self == *label);
        found.unwrap_or(Self::ALL.len())
    }

    /// The universal relation, without its subtype.
    pub fn base(self) -> &'static str {
        self.0.split(':').next().unwrap_or(self.0)
    }
}

/// A name that the names head found in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where it stands in the article's text.
    pub span: Span,
    /// Its first word, by number in the sentence.
    pub first: usize,
    /// The word after its last.
    pub end: usize,
    /// What kind of thing it names.
    pub kind: NameKind,
    /// The least of its words' probabilities.
    pub confidence: Confidence,
}

/// The kinds of the names head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// `PER`
    Person,
    /// `ORG`
    Organization,
    /// `LOC`: places, and the states that bear their names.
    Location,
}

impl NameKind {
    /// As it is written in IOB2.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organization => "ORG",
            Self::Location => "LOC",
        }
    }

    /// From its name in IOB2.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Person, Self::Organization, Self::Location]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}
