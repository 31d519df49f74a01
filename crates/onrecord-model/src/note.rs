/// Something a step could not do, or did differently than one might expect. Notes travel
/// beside results and never stop a run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Short kebab-case name of the kind of note, e.g. `too-deep`.
    pub code: String,
    /// How much of the input is missing because of it.
    pub severity: Severity,
    /// Where: a file, a line (`line 12`), an article (`article 2`), or empty.
    pub place: String,
    /// What happened and what can be done, in one sentence.
    pub text: String,
}

/// How much of an input is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is missing; the note says how a thing was read.
    Info,
    /// Part of the input could not be read.
    Partly,
    /// Nothing of the input could be read.
    Unread,
}

impl Note {
    /// A note that only informs.
    pub fn info(code: &str, place: impl Into<String>, text: impl Into<String>) -> Note {
        Note::new(code, Severity::Info, place, text)
    }

    /// A note that part of the input is missing.
    pub fn partly(code: &str, place: impl Into<String>, text: impl Into<String>) -> Note {
        Note::new(code, Severity::Partly, place, text)
    }

    /// A note that the whole input is missing.
    pub fn unread(code: &str, place: impl Into<String>, text: impl Into<String>) -> Note {
        Note::new(code, Severity::Unread, place, text)
    }

    fn new(
        code: &str,
        severity: Severity,
        place: impl Into<String>,
        text: impl Into<String>,
    ) -> Note {
        Note {
            code: code.to_owned(),
            severity,
            place: place.into(),
            text: text.into(),
        }
    }
}

impl Severity {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Partly => "partly",
            Severity::Unread => "unread",
        }
    }
}
