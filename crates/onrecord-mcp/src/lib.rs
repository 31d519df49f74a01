//! A record as tools for assistants: a read-only server of the Model Context Protocol over
//! standard input and output.
//!
//! An assistant that is given these tools can look up who said what, with the sentence and
//! its source, and can check words before it puts them in quotation marks: `verify_quote`
//! tells whether they stand in the record, where, and who is recorded as their speaker.
//! Nothing of the record is changed, and every answer is bounded: a limit, and how many
//! there are.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("a.db");
//! # drop(onrecord_record::Record::open(&path)?);
//! use onrecord_mcp::Server;
//! use onrecord_record::Record;
//!
//! let server = Server::new(Record::open_read(&path)?);
//! let arguments = serde_json::json!({ "text": "we will never leave" });
//! let told = server.call("verify_quote", arguments.as_object()).ok_or("no such tool")??;
//! assert_eq!(told.data["verdict"], "not_on_record");
//! # Ok(())
//! # }
//! ```

mod answer;
mod arguments;
mod names;
mod quote;
mod rows;
mod server;
mod sources;
mod tools;
mod words;

pub use answer::{Answer, Trouble};
pub use server::{ServeError, Server};
