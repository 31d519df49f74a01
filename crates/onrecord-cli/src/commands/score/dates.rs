//! `onrecord score dates`: date expressions and the dates they mean, on annotated pages.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord::Kit;
use onrecord::model::Article;
use onrecord_lexicon::Lexicon;
use onrecord_model::{PartialDate, Span};
use onrecord_score::dates::{self, Answer, DatesScore, FoundDate, GoldDate};

use super::{kit, text_of, write_text};
use crate::exit::Exit;
use crate::output;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Dates {
    /// The expressions, with their values
    #[arg(value_name = "GOLD.tsv")]
    file: PathBuf,
    /// The folder of the pages: plain texts, one article each
    #[arg(long, value_name = "DIR")]
    pages: PathBuf,
    /// Write all dates found on these pages to this file: page, start, end, words, date, anchor
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Also list what was missed and what is wrong
    #[arg(long)]
    errors: bool,
    /// Only every so many-th expression, those that are kept aside
    #[arg(long, value_name = "N")]
    every: Option<usize>,
    /// With --every: the other expressions instead
    #[arg(long, requires = "every")]
    others: bool,
    #[command(flatten)]
    engine: kit::ReaderOption,
}

/// Prints the figures.
pub fn run(args: &Dates) -> Result<Exit> {
    let mut gold = dates::read(&text_of(&args.file)?, &args.file.display().to_string())?;
    if let Some(every) = args.every.filter(|n| *n > 0) {
        let numbered = gold.into_iter().enumerate();
        gold = numbered
            .filter(|(n, _)| (n % every == every - 1) != args.others)
            .map(|(_, g)| g)
            .collect();
    }
    if gold.is_empty() {
        return Ok(Exit::Nothing);
    }
    let reader = args.engine.reader()?;
    let kit = reader.kit(Lexicon::built_in());
    let mut pages: BTreeMap<(&str, PartialDate), Vec<FoundDate>> = BTreeMap::new();
    let mut listed = String::from("# page\tstart\tend\texpression\tvalue\tanchor\n");
    let mut out = output::out();
    let mut score = DatesScore::default();
    for one in &gold {
        let key = (one.page.as_str(), one.published);
        let found = match pages.entry(key) {
            Entry::Occupied(page) => page.into_mut(),
            Entry::Vacant(page) => page.insert(found_on(one, args, kit, &mut listed)?),
        };
        let answer = score.add(one, found);
        if args.errors && answer != Answer::Right {
            let told = |date: Option<PartialDate>| date.map_or("-".to_owned(), |d| d.to_string());
            writeln!(
                out,
                "{}\t{}\t{}\tis {}\tread as {}",
                one.page,
                one.span.start,
                one.expression,
                told(one.value),
                told(one.among(found).map(|f| f.value)),
            )?;
        }
    }
    if let Some(path) = &args.predictions {
        write_text(path, &listed)?;
    }
    write!(out, "{score}")?;
    out.flush()?;
    Ok(Exit::Well)
}

/// The dates found on the page of an expression, which are also listed.
fn found_on(
    one: &GoldDate,
    args: &Dates,
    kit: Kit<'_>,
    listed: &mut String,
) -> Result<Vec<FoundDate>> {
    let mut article = Article::new("pg-text".into(), 1, text_of(&args.pages.join(&one.page))?);
    article.published = Some(one.published);
    let mut reading = onrecord::parsed(article, kit);
    reading.dates = onrecord::dates::find(&reading, kit.lexicon);
    let text = &reading.article.text;
    let point = |byte: usize| text[..byte].chars().count();
    let mut found = Vec::new();
    for date in &reading.dates {
        let span = Span::new(point(date.span.start), point(date.span.end));
        let words = reading.words(date.span).replace(['\t', '\n', '\r'], " ");
        writeln!(
            listed,
            "{}\t{}\t{}\t{words}\t{}\t{}",
            one.page, span.start, span.end, date.date, date.anchor
        )?;
        let value = date.date;
        found.push(FoundDate { span, value });
    }
    Ok(found)
}
