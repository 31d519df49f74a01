//! What can go wrong.

use std::net::SocketAddr;

use onrecord_export::ExportError;
use onrecord_record::RecordError;

/// Why the pages cannot be served at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The record cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The address cannot be had.
    #[error(
        "{address}: cannot listen there ({source}); another program may hold the port: give another with --port"
    )]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The system broke off.
    #[error("the server was ended by the system ({0})")]
    Io(#[from] std::io::Error),
}

/// Why one page cannot be shown.
#[derive(Debug)]
pub(crate) enum Fault {
    /// There is no such thing; what was looked for.
    NotThere(String),
    /// The address asks for something that cannot be.
    Wrong(String),
    /// The record cannot be read.
    Record(RecordError),
    /// It took too long.
    Slow,
    /// Something of ours is broken.
    Broken(String),
}

impl From<RecordError> for Fault {
    fn from(error: RecordError) -> Fault {
        if error.is_interrupted() {
            return Fault::Slow;
        }
        match error {
            RecordError::NoTable { .. }
            | RecordError::NoColumn { .. }
            | RecordError::Filter { .. }
            | RecordError::Ambiguous { .. } => Fault::Wrong(error.to_string()),
            _ => Fault::Record(error),
        }
    }
}

impl From<ExportError> for Fault {
    fn from(error: ExportError) -> Fault {
        match error {
            ExportError::Record(error) => error.into(),
            other => Fault::Wrong(other.to_string()),
        }
    }
}
