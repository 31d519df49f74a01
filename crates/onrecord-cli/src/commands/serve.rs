//! `onrecord serve`: the record as local web pages.

mod adding;
mod outside;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, anyhow};
use clap::Args;
use onrecord_view::{Options, serve};

use super::{RecordPath, kit, tell};
use crate::exit::{Exit, usage};
use outside::Here;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord serve pages.db
  onrecord serve pages.db --port 9000 --pages saved/

Open the address it prints: the token in it lets this browser correct rows, and is new at every
start. The pages ask nothing of any other machine, and no other machine can ask them unless
--listen says so. Ctrl-C ends it.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Serve {
    #[command(flatten)]
    record: RecordPath,
    /// The address to listen at; any other than the loopback lets other machines ask, and they
    /// then need the token to read, too
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// The port; 0 takes one that is free
    #[arg(long, value_name = "N", default_value_t = 8460)]
    port: u16,
    /// A name by which this machine may be asked, besides those of the loopback
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// A folder in which the raw pages may lie
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
    /// A lexicon folder of yours, over the built-in one, for pages that are added
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
    /// Seconds that a page may take
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
    /// Who corrects [default: the user's name]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// Serves the pages until it is interrupted.
pub fn run(args: &Serve) -> Result<Exit> {
    let path = args.record.path();
    let elsewhere = !args.listen.is_loopback();
    if elsewhere && args.allow_host.is_empty() {
        return Err(usage(format!(
            "--listen {} lets other machines ask: name this machine as they will, with --allow-host \
             NAME (its name or its address)",
            args.listen
        )));
    }
    // What lies in the file of corrections counts from the first page on.
    let file = crate::corrections::load(path)?;
    if file.is_there {
        let mut record = args.record.open_for_writing()?;
        crate::corrections::apply(&mut record, &file)?;
    }
    let user = || std::env::var("USER").ok().filter(|user| !user.is_empty());
    let token = token()?;
    let options = Options {
        token_to_read: elsewhere,
        hosts: args.allow_host.clone(),
        patience: Duration::from_secs(args.timeout),
        by: args
            .by
            .clone()
            .or_else(user)
            .unwrap_or_else(|| "unknown".to_owned()),
        outside: Arc::new(Here::new(
            path,
            args.pages.as_deref(),
            kit::lexicon(args.lexicon.as_deref())?,
            args.engine.clone(),
        )),
        ..Options::new(path, &token)
    };
    serve(options, SocketAddr::new(args.listen, args.port), |at| {
        let host = match args.allow_host.first() {
            Some(name) if elsewhere => format!("{name}:{}", at.port()),
            _ => at.to_string(),
        };
        tell(&format!(
            "onrecord: http://{host}/?token={token}\nonrecord: Ctrl-C ends it\n"
        ));
    })?;
    Ok(Exit::Well)
}

/// 128 bits that nobody can guess, in hexadecimal digits.
fn token() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow!("no random numbers can be had: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
