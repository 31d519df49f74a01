//! `onrecord explain`: the way a row, a sentence or a page was read.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use onrecord::Kit;
use onrecord_formats::{Limits, Options};
use onrecord_lexicon::Lexicon;
use onrecord_model::Severity;
use onrecord_record::Record;
use serde_json::Value;

use super::kit::{self, Held, Reader};
use super::tell;
use crate::exit::{Exit, usage};
use crate::explain::{explain_page, explain_sentence, history, scratch};
use crate::input::{self, Place, Source};
use crate::output;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord explain st-3f2a91b04c pages.db
  onrecord explain \"The minister said that the troops would leave.\"
  onrecord explain examples/pages/wire.txt";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Explain {
    /// A row's id (then RECORD is needed), a page's path, or a sentence
    what: String,
    /// The record that holds the row
    record: Option<PathBuf>,
    /// A lexicon folder of yours, over the built-in one
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
}

impl Explain {
    fn held(&self) -> Result<(Held<Lexicon>, Reader)> {
        Ok((
            kit::lexicon(self.lexicon.as_deref())?,
            self.engine.reader()?,
        ))
    }
}

/// Writes the explanation.
pub fn run(args: &Explain) -> Result<Exit> {
    let mut out = output::out();
    let exit = if let Some(record) = &args.record {
        row(&mut out, args, &Record::open_read(record)?)?
    } else if Path::new(&args.what).exists() {
        page(&mut out, args)?
    } else if looks_like_id(&args.what) {
        return Err(usage("the record that holds the row must be named as well"));
    } else if !args.what.contains(char::is_whitespace) {
        return Err(usage(format!(
            "`{}` is no file that exists, no row's id and no sentence of several words",
            args.what
        )));
    } else {
        sentence(&mut out, args)?
    };
    out.flush()?;
    Ok(exit)
}

fn row(out: &mut output::Out, args: &Explain, record: &Record) -> Result<Exit> {
    let (lexicon, reader) = args.held()?;
    let (kit, id) = (reader.kit(&lexicon), args.what.as_str());
    let Some((table, row)) = record.row(id)? else {
        return taken_out(out, record, kit, id);
    };
    let id = row
        .values()
        .next()
        .and_then(|id| id.as_str())
        .unwrap_or(id)
        .to_owned();
    let citations = record.citation(&id)?;
    writeln!(out, "{id} is a row of {table}.")?;
    for citation in &citations {
        writeln!(out)?;
        explain_sentence(out, record, kit, &citation.sentence_id, Some(&id))?;
    }
    if citations.is_empty() {
        writeln!(out, "It rests on no sentence.")?;
    }
    Ok(Exit::Well)
}

/// A row that people took out: what it was, and who took it out.
fn taken_out(out: &mut output::Out, record: &Record, kit: Kit<'_>, id: &str) -> Result<Exit> {
    let Some((table, row)) = record.before_corrections(id)? else {
        tell(&format!("onrecord: no row has the id `{id}`\n"));
        return Ok(Exit::Nothing);
    };
    writeln!(out, "{id} was a row of {table}; it is in no table now.")?;
    history::corrections(out, record, id)?;
    let sentences = match row.get("sentence_ids") {
        Some(Value::Array(ids)) => ids.clone(),
        _ => row.get("sentence_id").cloned().into_iter().collect(),
    };
    for sentence in sentences.iter().filter_map(Value::as_str) {
        writeln!(out)?;
        explain_sentence(out, record, kit, sentence, None)?;
    }
    Ok(Exit::Well)
}

fn sentence(out: &mut output::Out, args: &Explain) -> Result<Exit> {
    let (lexicon, reader) = args.held()?;
    let kit = reader.kit(&lexicon);
    let scratch = scratch::of_text(args.what.trim(), kit)?;
    for id in scratch.sentences()? {
        explain_sentence(out, scratch.record(), kit, &id, None)?;
        writeln!(out)?;
    }
    Ok(Exit::Well)
}

fn page(out: &mut output::Out, args: &Explain) -> Result<Exit> {
    let source = Source {
        uri: args.what.clone(),
        place: Place::File(PathBuf::from(&args.what)),
    };
    let defaults = Options::default();
    let options = Options {
        limits: Limits {
            page_bytes: 64 << 20,
            ..defaults.limits
        },
        ..defaults
    };
    let lexicon = kit::lexicon(args.lexicon.as_deref())?;
    let mut read = false;
    for (_, fed) in input::feed(&[source], &options) {
        let raw = match fed {
            input::Fed::File(source) => input::load(source, &options),
            input::Fed::Line(raw) => Ok(raw),
            input::Fed::Trouble(note) => Err(note),
        };
        match raw.and_then(|raw| explain_page(&raw, &lexicon)) {
            Ok(text) => {
                read = true;
                out.write_all(text.as_bytes())?;
            }
            // What was left out on purpose.
            Err(note) if note.severity == Severity::Info => {}
            Err(note) => tell(&format!("{}: {} ({})\n", args.what, note.text, note.code)),
        }
    }
    Ok(if read { Exit::Well } else { Exit::Some })
}

/// Two letters, a hyphen and hexadecimal digits.
fn looks_like_id(text: &str) -> bool {
    text.split_once('-').is_some_and(|(table, digits)| {
        table.len() == 2
            && table.bytes().all(|b| b.is_ascii_lowercase())
            && !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_hexdigit())
    })
}
