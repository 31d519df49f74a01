use std::path::PathBuf;

use onrecord_record::RecordError;

/// Why no opinion was given, kept or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpinionError {
    /// The address cannot be used.
    #[error("`{url}`: {what}; give an address like http://127.0.0.1:11434/v1")]
    Address {
        /// As it was given.
        url: String,
        /// What is wrong with it.
        what: String,
    },
    /// The address is not on this machine, and that was not allowed.
    #[error(
        "`{url}` is not on this machine, and the text of pages would leave it; `--allow-remote` allows that"
    )]
    Remote {
        /// As it was given.
        url: String,
    },
    /// Nobody answers there.
    #[error("{url}: {what}; is the server of the language model running?")]
    Unreachable {
        /// Where it was asked.
        url: String,
        /// What the system says.
        what: String,
    },
    /// The answer did not come in time.
    #[error("{url}: no whole answer within {seconds} seconds; `--timeout` waits longer")]
    TimedOut {
        /// Where it was asked.
        url: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// The server sends elsewhere, which is not followed.
    #[error("{url}: the server redirects{to}, which is not followed; give the address itself")]
    Redirected {
        /// Where it was asked.
        url: String,
        /// Where it sends, if it says so.
        to: String,
    },
    /// The server refuses.
    #[error("{url}: the server answers with status {status}: {told}")]
    Refused {
        /// Where it was asked.
        url: String,
        /// The HTTP status.
        status: u16,
        /// The beginning of what it says.
        told: String,
    },
    /// The answer is longer than any opinion.
    #[error("{url}: the answer is longer than {most} bytes and was thrown away")]
    TooLong {
        /// Where it was asked.
        url: String,
        /// How long an answer may be.
        most: u64,
    },
    /// The answer is none of a chat.
    #[error(
        "{url}: the answer is none of /chat/completions ({what}); does the address end with /v1?"
    )]
    NotAChat {
        /// Where it was asked.
        url: String,
        /// What is missing.
        what: String,
    },
    /// There is no such row, or rows of its table are not judged.
    #[error("{id}: {what}")]
    Row {
        /// The row.
        id: String,
        /// Why it cannot be judged.
        what: String,
    },
    /// The file of opinions cannot be read or written.
    #[error("{}: the file of opinions cannot be read or written ({source}); check that it is a text file and that you may write to it", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line of the file of opinions is broken.
    #[error("{}: line {line} {what}; mend or remove the line", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// The record cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
}
