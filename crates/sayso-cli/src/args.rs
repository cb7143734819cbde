//! What the command takes.

mod ledger;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(crate) use ledger::{DoctorArgs, EntityArgs, IngestArgs, SearchArgs, SearchOrder, SqlArgs};

const EXAMPLES: &str = "\
Examples:
  sayso read article.txt            what one article says, with its names marked
  sayso read --trees article.txt    the same with each sentence's tree
  sayso read --json news/ > records.jsonl
                                    a record for every article in a folder
  sayso explain s462-466 article.txt
                                    why one row of an article is as it is
  sayso ingest news/ --store archive
                                    keeps what a folder of articles says in a ledger
  sayso search --store archive --act deny quay
                                    who denied what about a quay";

const READ_EXAMPLES: &str = "\
Examples:
  sayso read article.txt            the article with its names marked
  sayso read --trees article.txt    the same with each sentence's tree
  sayso read --json news/           a record for every article in a folder, one a line
  sayso read --json feed.jsonl      the same for rows {\"id\": \"…\", \"text\": \"…\"}
  sayso read page.html              the article of a page of the web
  pbpaste | sayso read -            what stands in the clipboard
  sayso read --events-only news/ > events.tsv
                                    a table of the events of all articles
  sayso read --format conllu dev.conllu
                                    tags and trees on the tokens of a treebank";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  sayso explain s462-466 article.txt        why a statement is as it is
  sayso explain v14-22 article.txt          why an event is as it is, and who commits to it
  sayso explain e18-36 article.txt          why mentions are taken for one person
  sayso explain r8-17 article.txt           why a relation is as it is
  sayso explain --json s462-466 news/       the same for programs; the first article with the row";

const EXPLAIN_STATUS: &str = "\
Exit status:
  0  the row was found
  1  the output could not be written, or the model could not be loaded
  2  the arguments make no sense, or no article has the row
  3  some inputs could not be read";

const READ_STATUS: &str = "\
Exit status:
  0  all inputs were read
  1  the output could not be written, or the model could not be loaded
  2  the arguments make no sense
  3  some inputs could not be read; the others are printed";

/// Reads the news and keeps a record of who did and said what, and on whose say-so.
#[derive(Debug, Parser)]
#[command(name = "sayso", version, before_help = EXAMPLES, subcommand_required = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colours; `NO_COLOR` is heeded
    #[arg(long, global = true, value_name = "WHEN", env = "SAYSO_COLOR", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

impl Cli {
    /// What the command line and the environment say.
    pub(crate) fn read() -> clap::error::Result<Self> {
        let matches = Self::command().try_get_matches()?;
        if matches.subcommand_matches("read").is_some_and(two_formats) {
            return Err(conflict("--json and --format both say what to print; leave one out"));
        }
        Self::from_arg_matches(&matches)
    }
}

/// Whether the command line names two formats. A flag beside an environment variable is no
/// conflict, but clap's own check takes it for one.
fn two_formats(read: &ArgMatches) -> bool {
    read.get_flag("json") && read.value_source("format") == Some(ValueSource::CommandLine)
}

/// Arguments that are right by themselves and make no sense together.
pub(crate) fn conflict(message: &str) -> clap::Error {
    Cli::command().error(ErrorKind::ArgumentConflict, message)
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reads articles and prints what they say
    Read(ReadArgs),
    /// Reads articles and keeps what they say in a ledger
    Ingest(IngestArgs),
    /// Finds sentences in a ledger by words and by who says what
    Search(SearchArgs),
    /// Shows what is on record by and about somebody
    Entity(EntityArgs),
    /// Asks a ledger a question in SQL; nothing can be changed
    Sql(SqlArgs),
    /// Looks whether a ledger is whole; repairs and copies it
    Doctor(DoctorArgs),
    /// Says why a row of an article is as it is
    Explain(ExplainArgs),
    /// Prints the JSON Schema of a record
    Schema,
    /// Prints what a shell needs to complete sayso's arguments
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Prints the manual page of sayso or of one of its commands
    Man {
        /// The command
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
#[command(before_help = READ_EXAMPLES, after_help = READ_STATUS)]
pub(crate) struct ReadArgs {
    /// Files (.txt, .md, .html, .jsonl, .csv, .rss, .warc, .conllu, also packed), folders, or -
    /// for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Prints records as JSON Lines; short for --format json
    #[arg(long)]
    pub(crate) json: bool,

    /// What to print: a view for reading, records as JSON Lines, or CoNLL-U
    #[arg(long, env = "SAYSO_FORMAT", default_value = "view")]
    pub(crate) format: OutputFormat,

    /// Prints the events of a known type as a table, tabs between the cells
    #[arg(long, conflicts_with_all = ["json", "trees"])]
    pub(crate) events_only: bool,

    /// Draws each sentence's dependency tree below it
    #[arg(long)]
    pub(crate) trees: bool,

    /// Takes every input as this, whatever its ending
    #[arg(long, value_name = "FORMAT", env = "SAYSO_INPUT_FORMAT")]
    pub(crate) input_format: Option<InputFormat>,

    /// How many articles are read at a time [default: one for each processor]
    #[arg(long, short, value_name = "N", env = "SAYSO_JOBS")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// A folder with another model than the one sayso brings along
    #[arg(long, value_name = "DIR", env = "SAYSO_MODEL")]
    pub(crate) model: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(before_help = EXPLAIN_EXAMPLES, after_help = EXPLAIN_STATUS)]
pub(crate) struct ExplainArgs {
    /// The row's id, as the view and the record have it
    #[arg(value_name = "ROW")]
    pub(crate) row: String,

    /// Files (.txt, .md, .html, .jsonl, .csv, .rss, .warc, .conllu, also packed), folders, or -
    /// for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Prints the explanation as a JSON object
    #[arg(long)]
    pub(crate) json: bool,

    /// Takes every input as this, whatever its ending
    #[arg(long, value_name = "FORMAT", env = "SAYSO_INPUT_FORMAT")]
    pub(crate) input_format: Option<InputFormat>,

    /// A folder with another model than the one sayso brings along
    #[arg(long, value_name = "DIR", env = "SAYSO_MODEL")]
    pub(crate) model: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    View,
    Json,
    Conllu,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    Text,
    Html,
    Feed,
    Jsonl,
    Csv,
    Tsv,
    Conllu,
    Warc,
}

impl From<InputFormat> for sayso::Format {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Text => Self::Text,
            InputFormat::Html => Self::Html,
            InputFormat::Feed => Self::Feed,
            InputFormat::Jsonl => Self::JsonLines,
            InputFormat::Csv => Self::Csv,
            InputFormat::Tsv => Self::Tsv,
            InputFormat::Conllu => Self::Conllu,
            InputFormat::Warc => Self::Warc,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_hold_together() {
        Cli::command().debug_assert();
    }
}
