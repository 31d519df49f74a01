//! A second opinion on rows, asked of a language model on the user's own machine.
//!
//! The model judges rows; it never makes or changes one. It is shown the claim of a row and
//! its sentences, and its answer counts only if the words it quotes stand in these sentences
//! and if it answers the same when the possible verdicts are listed in another order.
//! Opinions are lines of `RECORD.opinions.jsonl`, beside the record; lines are added,
//! nothing is ever deleted. Nothing is sent anywhere but to an address that the user gives,
//! on this machine unless told otherwise.
//!
//! ```no_run
//! # fn main() -> Result<(), onrecord_opinion::OpinionError> {
//! use std::path::Path;
//! use std::time::Duration;
//!
//! use onrecord_opinion::{Address, Asker, Material, Opinions};
//! use onrecord_record::Record;
//!
//! let path = Path::new("pages.db");
//! let record = Record::open_read(path)?;
//! let mut opinions = Opinions::beside(path)?;
//! let address = Address::parse("http://127.0.0.1:11434/v1", false)?;
//! let asker = Asker::new(address, "some-model", 1, Duration::from_secs(120));
//! let material = Material::of(&record, "st-3e4fc59b0369e8f88ffc")?;
//! if opinions.find(&material, &asker.key()).is_none() {
//!     opinions.append(asker.ask(&material, "2030-01-01T00:00:00Z")?)?;
//! }
//! for opinion in opinions.of_row(&material.row_id) {
//!     assert!(opinion.verdict.is_some() || opinion.why.is_some());
//! }
//! # Ok(())
//! # }
//! ```

mod address;
mod answer;
mod ask;
mod choose;
mod error;
mod file;
mod http;
mod material;
mod opinion;
mod prompt;
mod text;

pub use address::Address;
pub use answer::Verdict;
pub use ask::Asker;
pub use choose::Unasked;
pub use error::OpinionError;
pub use file::Opinions;
pub use material::{Material, Source};
pub use opinion::{Answered, Key, Opinion};
pub use prompt::sha256 as prompt_sha256;
