//! How a command ends.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// How a command that did its work ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All well.
    Well,
    /// Nothing was found.
    Nothing,
    /// Two things that were compared are not the same.
    Differ,
    /// Some inputs could not be read, or do not hold what they should; the command said
    /// which.
    Some,
}

/// An error that is the caller's: a misspelt name, an impossible value.
#[derive(Debug)]
pub struct Usage(pub String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// An error of wrong usage.
pub fn usage(message: impl Into<String>) -> anyhow::Error {
    anyhow::Error::new(Usage(message.into()))
}

impl Exit {
    /// As the shell sees it.
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Exit::Well => 0,
            Exit::Nothing | Exit::Differ => 1,
            Exit::Some => 3,
        })
    }
}

/// The exit code for an error: 0 for a reader of our output that has seen enough, 2 for
/// wrong usage, 3 for the rest.
pub fn code_of(error: &anyhow::Error) -> u8 {
    if is_broken_pipe(error) {
        0
    } else if is_usage(error) {
        2
    } else {
        3
    }
}

/// Whether the reader of our output has gone.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}

fn is_usage(error: &anyhow::Error) -> bool {
    use onrecord_record::RecordError;
    error.chain().any(|cause| {
        cause.is::<Usage>()
            || matches!(
                cause.downcast_ref::<RecordError>(),
                Some(
                    RecordError::NoTable { .. }
                        | RecordError::NoColumn { .. }
                        | RecordError::Filter { .. }
                        | RecordError::Ambiguous { .. }
                        | RecordError::NotAQuery { .. }
                        | RecordError::Query { .. }
                )
            )
    })
}
