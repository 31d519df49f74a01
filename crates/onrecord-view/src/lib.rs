//! The record as local web pages: read, check, compare.
//!
//! Pages are written on this machine, read without scripts, and ask nothing of any other
//! machine. A page of the record is hostile input: all text is escaped, no page runs a script
//! or a style that is not one of its own files, and who is no browser of this machine is
//! refused (`guard`). One screen is one file of `screens`.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("a.onrecord");
//! # drop(onrecord_record::Record::open(&path)?);
//! let options = onrecord_view::Options::new(&path, "a-token-nobody-can-guess");
//! let site = onrecord_view::site(options)?;
//! # let _ = site;
//! # Ok(())
//! # }
//! ```

mod adding;
mod assets;
mod cited;
mod drawn;
mod error;
mod facets;
mod fields;
mod forms;
mod guard;
mod layout;
mod listing;
mod names;
mod options;
mod params;
mod passage;
mod pool;
mod reply;
mod screens;
mod sent;
mod serve;
mod shown;
mod site;
mod tell;
mod view;
mod write;

pub use error::ServeError;
pub use options::{Added, Options, Outside, Progress, RawText, Removed, Upload};
pub use serve::serve;
pub use site::site;
