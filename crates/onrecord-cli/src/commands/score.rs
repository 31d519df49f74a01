//! `onrecord score`: how good it is, on labelled sets.

mod attribution;
mod dates;
mod events;
mod extraction;
mod places;
mod relations;
mod stance;
mod stands;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use onrecord::Kit;
use onrecord::actors::coref::Examples;
use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, RawPage};
use onrecord_pages::HostLines;
use onrecord_score::actors::FoundName;
use onrecord_score::coref::{Clusters, CorefScore, GoldDocument};
use onrecord_score::gold::{GoldPage, GoldScore};
use onrecord_score::parsed::Spans;

use super::{RecordPath, kit};
use crate::coref_examples;
use crate::exit::{Exit, usage};
use crate::output;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord score pages article-extraction-benchmark/
  onrecord score pages article-extraction-benchmark/ --predictions output/onrecord.json
  onrecord score parse en_ewt-ud-dev.conllu
  onrecord score names-iob en_ewt-ud-dev.iob2
  onrecord score name-pairs name_bench.csv
  onrecord score coref en_gum-ud-dev.conllu --only GUM_news
  onrecord score attribution polnear/dev --predictions found/
  onrecord score events marked.txt --errors
  onrecord score stance newsmtsc/rw-dev.jsonl --errors
  onrecord score dates bench/dates/polnear-dev.tsv --pages polnear/dev/text
  onrecord score places lgl.xml --errors
  onrecord score --gold seed-002.json seed-003.json --errors
  onrecord score actors cases/pile/gold.tsv pile.db --errors";

/// What is asked for.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Score {
    /// Pages annotated by hand, a JSON file each: statements, events, positions, outlooks and
    /// framings, the whole way
    ///
    /// The page that a file annotates lies beside it or in a folder `seeds` beside its own.
    #[arg(long, value_name = "FILE", num_args = 1.., required = true)]
    gold: Vec<PathBuf>,
    /// With --gold: the id of an issue that the annotations call otherwise
    #[arg(long, value_name = "NAME=ID")]
    issue: Vec<String>,
    /// Also list what was missed and what is wrong
    #[arg(long)]
    errors: bool,
    #[command(flatten)]
    engine: kit::ReaderOption,
    #[command(subcommand)]
    measure: Option<Measure>,
}

/// The table of measures.
#[derive(Debug, Subcommand)]
enum Measure {
    /// Article text, in the form and by the metric of the article-extraction-benchmark
    ///
    /// The folder holds `ground-truth.json` and `html/ID.html.gz`. Prints F1, precision and
    /// recall beside published figures, and pages per second of CPU time.
    #[command(after_help = EXAMPLES)]
    Pages {
        /// The labelled set
        dir: PathBuf,
        /// Write the texts to this file, in the form of the benchmark's own evaluate.py
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
    },
    /// Tags, lemmas and trees, on a treebank of Universal Dependencies
    ///
    /// Parses the treebank with its own words and from its raw text, and compares by the rules
    /// of the CoNLL 2018 shared task, relations without their subtypes. Prints published
    /// figures beside ours, and words a CPU-second from raw text on one thread.
    #[command(after_help = EXAMPLES)]
    Parse {
        /// The treebank, in CoNLL-U
        file: PathBuf,
        /// Compare another parser's output, in CoNLL-U, instead of ours
        #[arg(long, value_name = "FILE", conflicts_with = "weights")]
        system: Option<PathBuf>,
        #[command(flatten)]
        engine: kit::EngineOption,
    },
    /// Names of persons, organizations and places, on a set in IOB2
    ///
    /// Exact spans with their kinds; and how many of the set's spans share a word with one of
    /// the same kind. Other kinds in the set are left out.
    #[command(after_help = EXAMPLES)]
    NamesIob {
        /// The set: a word and its label a line, or the form of Universal NER
        file: PathBuf,
        /// Compare mentions: names, descriptions and pronouns
        #[arg(long)]
        mentions: bool,
        #[command(flatten)]
        engine: kit::EngineOption,
    },
    /// Pairs of names that are the same or not, in the form of OpenSanctions' name_bench
    ///
    /// CSV with the columns name1, name2, is_match, and schema (Person, Company, ...) and
    /// case_group where they are there. Prints F1, precision and recall for each set and
    /// kind beside published figures, and microseconds a pair.
    #[command(after_help = EXAMPLES)]
    NamePairs {
        /// The pairs
        file: PathBuf,
    },
    /// Coreference of persons, organizations and places, on CoNLL-U with entities as in GUM
    ///
    /// Reads the text of each document as a page of its own and compares which mentions stand
    /// for one actor or place. A mention is known by its head word (CorefUD's head match).
    /// Prints MUC, B-cubed, CEAF-e and their mean, without and with entities of one mention.
    #[command(after_help = EXAMPLES)]
    Coref {
        /// The documents: CoNLL-U, or passages with marks in a file that ends in .txt
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Only documents whose id holds this text
        #[arg(long, value_name = "TEXT")]
        only: Option<String>,
        /// Show each annotated entity with the entity that was found at each of its mentions
        #[arg(long)]
        errors: bool,
        /// Write what the coreference head is trained on into this folder instead
        #[arg(long, value_name = "DIR")]
        examples: Option<PathBuf>,
        #[command(flatten)]
        engine: kit::ReaderOption,
    },
    /// Attribution: source, cue and content, on PolNeAR's folders or on marked passages
    ///
    /// A folder holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann`; a file that ends
    /// in .txt holds a passage a line, marked `[S1 source] [C1 cue] [K1 content]`.
    #[command(after_help = EXAMPLES)]
    Attribution(attribution::Attribution),
    /// Date expressions and the dates they mean, on annotated pages
    ///
    /// The gold has six columns: page (its file name), start and end (code points), expression,
    /// value (2016, 2016-09, 2016-09-20, or - where no date may be claimed), kind; and the
    /// article's date in a seventh where it does not stand in the file's name.
    #[command(after_help = EXAMPLES)]
    Dates(dates::Dates),
    /// Events: triggers, types, actors and recipients, on marked sentences
    #[command(after_help = EXAMPLES)]
    Events(events::Events),
    /// Places: which words name one and where it lies, in the form of LGL or GeoVirus
    ///
    /// Prints how many names are found, how far off the places are, and how many of all are
    /// found within 161 km (100 miles), beside published figures.
    #[command(after_help = EXAMPLES)]
    Places(places::Places),
    /// Stands: where the holders of annotated sentences stand on issues of the lexicon
    ///
    /// A file is named for its issue and has the columns text, holder (words of the text, or -),
    /// stance (support, oppose, mixed, or -), scope, reporter, and country where the issue is
    /// one for each.
    #[command(after_help = EXAMPLES)]
    Stands(stands::Stands),
    /// How a sentence speaks of a person or thing in it, in the form of NewsMTSC
    #[command(after_help = EXAMPLES)]
    Stance(stance::Stance),
    /// The type of the event between two marked parties, in the form of the PLV set
    #[command(after_help = EXAMPLES)]
    Relations(relations::Relations),
    /// Actor, recipient and quad of events, in the form of ConfliBERT's cameo sets
    #[command(after_help = EXAMPLES)]
    Extraction(extraction::Extraction),
    /// Who is who over the pages of a record, on written forms with their actors
    ///
    /// The gold has three columns: page (its file name), form (the words as they stand there),
    /// actor. Prints B-cubed F1, precision and recall over the forms; one that is no name
    /// mention of the record counts as alone.
    #[command(after_help = EXAMPLES)]
    Actors {
        /// The forms, with their actors; the pages beside it if it means single occurrences
        file: PathBuf,
        #[command(flatten)]
        record: RecordPath,
        /// Also list the actors that are split or merged, and the forms that were missed
        #[arg(long)]
        errors: bool,
    },
}

/// What measures on public sets of events are asked for.
#[derive(Args, Debug)]
struct SetOption {
    /// Write what was found for each row to this file, JSON a line
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Also show the rows that are wrong
    #[arg(long)]
    errors: bool,
    /// Write what the head of events is trained on into this folder instead
    #[arg(long, value_name = "DIR")]
    examples: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
}

/// Writes the figures to standard output.
pub fn run(args: &Score) -> Result<Exit> {
    let Some(measure) = &args.measure else {
        return gold(args);
    };
    match measure {
        Measure::Pages { dir, predictions } => {
            let score = onrecord_score::pages(dir, predictions.as_deref())?;
            print(&score, score.pages.is_empty())
        }
        Measure::Parse {
            file,
            system: Some(system),
            ..
        } => {
            let (gold, system) = (treebank(file)?, treebank(system)?);
            print(
                &onrecord_score::parse::evaluate(&gold, &system)?,
                gold.is_empty(),
            )
        }
        Measure::Parse { file, engine, .. } => {
            let gold = treebank(file)?;
            let engine = engine.engine()?;
            let score = onrecord_score::engine::treebank(&gold, &engine, Lexicon::built_in())?;
            print(&score, gold.is_empty())
        }
        Measure::NamesIob {
            file,
            mentions,
            engine,
        } => {
            let gold = onrecord_score::names::read(&text_of(file)?, &file.display().to_string())?;
            let spans = if *mentions {
                Spans::Mentions
            } else {
                Spans::Names
            };
            let engine = engine.engine()?;
            let score = onrecord_score::engine::labels(&gold, &engine, spans)?;
            print(&score, gold.is_empty())
        }
        Measure::NamePairs { file } => {
            let score = onrecord_score::name_pairs(&text_of(file)?)
                .with_context(|| format!("cannot use {}", file.display()))?;
            print(&score, score.pairs == 0)
        }
        Measure::Actors {
            file,
            record,
            errors,
        } => {
            let gold = onrecord_score::actors::read(&text_of(file)?, &file.display().to_string())?;
            let names = names_of(record)?;
            let page = |name: &str| page_beside(file, name);
            let score = onrecord_score::actors::actors(&gold, &names, page);
            let mut told = score.to_string();
            if *errors {
                told.push('\n');
                told.push_str(&score.errors());
            }
            print(&told, gold.is_empty())
        }
        Measure::Attribution(args) => attribution::run(args),
        Measure::Dates(args) => dates::run(args),
        Measure::Events(args) => events::run(args),
        Measure::Places(args) => places::run(args),
        Measure::Stands(args) => stands::run(args),
        Measure::Stance(args) => stance::run(args),
        Measure::Relations(args) => relations::run(args),
        Measure::Extraction(args) => extraction::run(args),
        Measure::Coref {
            files,
            only,
            errors,
            examples,
            engine,
        } => {
            let reader = engine.reader()?;
            let kit = reader.kit(Lexicon::built_in());
            let mut documents = Vec::new();
            for file in files {
                documents.extend(annotated(file, kit)?);
            }
            documents.retain(|d| only.as_ref().is_none_or(|text| d.id.contains(text)));
            if let Some(folder) = examples {
                let mut found = Examples::default();
                for document in &documents {
                    coref_examples::add(document, kit, &mut found);
                }
                coref_examples::write(&found, folder)?;
                return Ok(if documents.is_empty() {
                    Exit::Nothing
                } else {
                    Exit::Well
                });
            }
            let (mut linked, mut all) = (CorefScore::default(), CorefScore::default());
            let mut told = String::new();
            for document in documents {
                let found = clusters(&document, kit);
                if *errors {
                    told.push_str(&document.compared(&found));
                }
                linked.add(&document.entities, &found, false);
                all.add(&document.entities, &found, true);
            }
            told += &format!(
                "Coreference, persons, organizations and places, {} documents, head match\n\n\
                 Entities of several mentions:\n{linked}\nAll entities:\n{all}",
                linked.documents
            );
            print(&told, linked.documents == 0)
        }
    }
}

/// Annotated pages against what is read from them.
fn gold(args: &Score) -> Result<Exit> {
    let reader = args.engine.reader()?;
    let kit = reader.kit(Lexicon::built_in());
    let mut issues = BTreeMap::new();
    for pair in &args.issue {
        let (name, id) = pair.split_once('=').ok_or_else(|| {
            usage(format!(
                "`{pair}`: expected NAME=ID, as in \"militias=armed-groups\""
            ))
        })?;
        issues.insert(name.to_owned(), id.to_owned());
    }
    let mut score = GoldScore::default();
    for file in &args.gold {
        let gold = GoldPage::read(file, &text_of(file)?)?;
        let folder = file.parent().unwrap_or(Path::new("."));
        let beside = [folder.to_owned(), folder.join("../seeds")];
        let page = beside.iter().map(|f| f.join(gold.page()));
        let page = page.clone().find(|p| p.is_file()).with_context(|| {
            let name = gold.page();
            format!(
                "{}: no page {name} beside it or in ../seeds",
                file.display()
            )
        })?;
        let bytes =
            std::fs::read(&page).with_context(|| format!("cannot read {}", page.display()))?;
        let raw = RawPage {
            uri: page.display().to_string(),
            sha256: onrecord_model::sha256_hex(&bytes),
            bytes,
            ..RawPage::default()
        };
        let (page, notes) = onrecord_pages::decode(&raw)
            .map_err(|note| anyhow::anyhow!("{}: {}", note.place, note.text))?;
        let text = page.text.clone();
        let reading = onrecord::read(page, notes, &HostLines::default(), kit);
        score.add(&gold, &text, &reading.articles, &issues);
    }
    let mut told = score.to_string();
    if args.errors {
        told = score.errors.join("\n") + "\n\n" + &told;
    }
    print(&told, score.pages == 0)
}

/// The documents of a file with chains.
fn annotated(file: &Path, kit: Kit<'_>) -> Result<Vec<GoldDocument>> {
    if file.extension().is_some_and(|ending| ending == "txt") {
        let name = file.display().to_string();
        onrecord_score::coref::marked(&name, &text_of(file)?, kit.engine, kit.lexicon)
            .map_err(anyhow::Error::msg)
    } else {
        Ok(onrecord_score::coref::documents(&treebank(file)?))
    }
}

/// The name mentions of a record that have an actor, with the file names of their pages.
fn names_of(record: &RecordPath) -> Result<Vec<FoundName>> {
    let record = record.open()?;
    let rows = record.sql(
        "SELECT p.uri, p.page_id, s.page_start + m.start - s.start AS at, m.text, m.actor_id \
         FROM mentions m JOIN sentences s USING (sentence_id) \
         JOIN articles a ON a.article_id = m.article_id JOIN pages p USING (page_id) \
         WHERE m.kind = 'name' AND m.actor_id IS NOT NULL ORDER BY p.uri, m.mention_id",
    )?;
    let mut names = Vec::new();
    for row in &rows {
        let cell = |column: &str| row.get(column).and_then(|v| v.as_str()).unwrap_or_default();
        let start = row.get("at").and_then(|v| v.as_u64());
        let mut uris = record.uris(cell("page_id"))?;
        if uris.is_empty() {
            uris.push(cell("uri").to_owned());
        }
        names.extend(uris.iter().map(|uri| {
            FoundName {
                page: uri
                    .rsplit(['/', '\\'])
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
                start: start.and_then(|n| usize::try_from(n).ok()),
                text: cell("text").to_owned(),
                actor: cell("actor_id").to_owned(),
            }
        }));
    }
    Ok(names)
}

/// The decoded text of a page that lies beside the gold.
fn page_beside(gold: &Path, name: &str) -> Option<String> {
    let path = gold.parent()?.join(name);
    let raw = RawPage {
        uri: name.to_owned(),
        bytes: std::fs::read(path).ok()?,
        ..RawPage::default()
    };
    Some(onrecord_pages::decode(&raw).ok()?.0.text)
}

/// The actors and places of a document, each with its mentions.
fn clusters(document: &GoldDocument, kit: Kit<'_>) -> Clusters {
    let article = Article::new("pg-text".into(), 1, document.text.clone());
    let reading = onrecord::read_article(article, kit);
    let actors = reading.mentions.iter().map(|m| (m.span, m.actor.clone()));
    let places = reading
        .place_mentions
        .iter()
        .map(|m| (m.span, Some(m.place.clone())));
    let mut entities: BTreeMap<String, Vec<_>> = BTreeMap::new();
    let mut alone = Vec::new();
    for (span, entity) in actors.chain(places) {
        let Some(mention) = document.mention(span) else {
            continue;
        };
        match entity {
            Some(entity) => entities.entry(entity).or_default().push(mention),
            None => alone.push(vec![mention]),
        }
    }
    entities.into_values().chain(alone).collect()
}

fn treebank(file: &Path) -> Result<Vec<onrecord_score::ConlluSentence>> {
    Ok(onrecord_score::conllu::read(
        &text_of(file)?,
        &file.display().to_string(),
    )?)
}

fn print(score: &impl Display, empty: bool) -> Result<Exit> {
    let mut out = output::out();
    write!(out, "{score}")?;
    out.flush()?;
    Ok(if empty { Exit::Nothing } else { Exit::Well })
}

fn text_of(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn write_text(file: &Path, text: &str) -> Result<()> {
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}
