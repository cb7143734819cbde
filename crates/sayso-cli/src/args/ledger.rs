//! What the commands that use a ledger take.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::InputFormat;

const INGEST_EXAMPLES: &str = "\
Examples:
  sayso ingest news/ --store archive        everything in a folder; what is stored already is skipped
  sayso ingest feed.jsonl --store archive   rows {\"id\": \"…\", \"text\": \"…\"}; a changed text is a new version
  export SAYSO_STORE=archive                the ledger that all commands mean from here on";

const INGEST_STATUS: &str = "\
It can be stopped at any moment: what is stored is kept, and running it again reads the rest.

Exit status:
  0  all inputs were read and stored
  1  the output could not be written, or the model could not be loaded
  2  the arguments make no sense
  3  some inputs could not be read; the others are stored
  4  the ledger could not be opened or written";

const SEARCH_EXAMPLES: &str = "\
Examples:
  sayso search quay harbour                 sentences with both words, best first
  sayso search '\"quay wall\" OR harb*'       a phrase, or the beginning of a word
  sayso search crates NOT drone             one word without another
  sayso search --said-by Reyes --act deny   what Reyes denies
  sayso search --about Mersin --unnamed     what unnamed sources say where Mersin is mentioned
  sayso search --type MOBILIZE --certainty denied --holder author
                                            mobilizations that the articles themselves deny
  sayso search quay --since 2025-03 --order newest --json";

const SEARCH_ABOUT: &str = "\
A hit is a sentence with the words; a statement that touches it has all of --said-by, --act and
--unnamed, and an event told in it all of --type, --certainty and --holder. Names are matched by
their words. Words are compared without case and accents; NOT binds closer than AND, AND than OR.

Exit status:
  0  the ledger was searched, whatever was found
  1  the output could not be written
  2  the arguments make no sense
  4  the ledger could not be opened or read";

const ENTITY_EXAMPLES: &str = "\
Examples:
  sayso entity Reyes --store archive        what Reyes says, what others say of Reyes, what Reyes does
  sayso entity 'Meridian Press Agency' --json";

const SQL_EXAMPLES: &str = "\
Examples:
  sayso sql .schema                         the tables and views, with what each column means
  sayso sql 'SELECT who, what FROM who_said_what WHERE act = \"deny\"'
  sayso sql 'SELECT holder, count(*) FROM events_by_certainty GROUP BY 1' --csv";

const DOCTOR_EXAMPLES: &str = "\
Examples:
  sayso doctor --store archive              hashes, references, spans and indexes
  sayso doctor --store archive --backup 2025-08-08.sqlite
                                            a copy, also while an ingest runs";

const DOCTOR_STATUS: &str = "\
Exit status:
  0  the ledger is whole, or copied
  2  the arguments make no sense
  4  the ledger could not be opened or copied, or is not whole";

#[derive(Debug, Args)]
pub(crate) struct StoreArgs {
    /// The ledger's folder
    #[arg(long, value_name = "DIR", env = "SAYSO_STORE")]
    pub(crate) store: PathBuf,
}

#[derive(Debug, Args)]
#[command(before_help = INGEST_EXAMPLES, after_help = INGEST_STATUS)]
pub(crate) struct IngestArgs {
    /// Files (.txt, .md, .jsonl, .conllu), folders, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub(crate) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Prints the summary as a JSON object
    #[arg(long)]
    pub(crate) json: bool,

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
#[command(before_help = SEARCH_EXAMPLES, after_help = SEARCH_ABOUT)]
pub(crate) struct SearchArgs {
    /// Words, "a phrase", the beginning of a word*, AND, OR, NOT and parentheses
    #[arg(value_name = "WORDS")]
    pub(crate) words: Vec<String>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Who says it, by words of the name
    #[arg(long, value_name = "NAME")]
    pub(crate) said_by: Option<String>,

    /// Who or what is mentioned in the sentence, by words of the name
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,

    /// What is done by saying it: say, claim, deny, confirm, accuse, promise, order, ask, …
    #[arg(long, value_parser = acts())]
    pub(crate) act: Option<String>,

    /// The PLOVER type of an event, such as MOBILIZE
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) event_type: Option<String>,

    /// What a voice commits to
    #[arg(long, value_parser = ["asserted", "probable", "possible", "doubtful", "denied", "open"])]
    pub(crate) certainty: Option<String>,

    /// Whose voice that is: author, or words of a name
    #[arg(long, value_name = "NAME")]
    pub(crate) holder: Option<String>,

    /// Who published it
    #[arg(long)]
    pub(crate) outlet: Option<String>,

    /// Published on this day or later: 2025-08-08, 2025-08 or 2025
    #[arg(long, value_name = "DAY", value_parser = |day: &str| a_day(day, "-01-01"))]
    pub(crate) since: Option<String>,

    /// Published on this day or before
    #[arg(long, value_name = "DAY", value_parser = |day: &str| a_day(day, "-12-31"))]
    pub(crate) until: Option<String>,

    /// Said by a source that the text does not name
    #[arg(long)]
    pub(crate) unnamed: bool,

    /// Older versions of a text, too
    #[arg(long)]
    pub(crate) all_versions: bool,

    /// What comes first
    #[arg(long, default_value = "best")]
    pub(crate) order: SearchOrder,

    /// How many sentences are shown
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,

    /// How many are left out at the beginning
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) skip: usize,

    /// Prints a JSON object with the hits and the counts
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(before_help = ENTITY_EXAMPLES)]
pub(crate) struct EntityArgs {
    /// Words of the name
    #[arg(required = true, value_name = "NAME")]
    pub(crate) name: Vec<String>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// How many rows of each kind are shown
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: u32,

    /// How many are left out at the beginning
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) skip: u32,

    /// Prints a JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(before_help = SQL_EXAMPLES)]
pub(crate) struct SqlArgs {
    /// One question in the SQL of SQLite, or .schema
    #[arg(value_name = "QUESTION")]
    pub(crate) question: String,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Prints a JSON object for each row
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,

    /// Prints comma-separated values
    #[arg(long)]
    pub(crate) csv: bool,
}

#[derive(Debug, Args)]
#[command(before_help = DOCTOR_EXAMPLES, after_help = DOCTOR_STATUS)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Makes good what can be made good from what is left
    #[arg(long)]
    pub(crate) repair: bool,

    /// Writes a copy of the ledger as it is at this moment, while others use it; checks nothing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["repair", "json"])]
    pub(crate) backup: Option<PathBuf>,

    /// Prints a JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchOrder {
    /// What fits the words best
    Best,
    /// What was published last
    Newest,
}

fn acts() -> Vec<&'static str> {
    sayso::record::Act::ALL.iter().map(|act| act.name()).collect()
}

/// A day, a month or a year, of which the first or last day is meant.
fn a_day(typed: &str, rest: &str) -> Result<String, String> {
    let parts: Vec<&str> = typed.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    match (digits, lengths.as_slice()) {
        (true, [4, 2, 2]) => Ok(typed.to_owned()),
        // Days are compared as text, so 31 does for the last day of every month.
        (true, [4, 2]) => Ok(format!("{typed}{}", rest.get(3..).unwrap_or_default())),
        (true, [4]) => Ok(format!("{typed}{rest}")),
        _ => Err("expected a day such as 2025-08-08, 2025-08 or 2025".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_and_a_year_are_days() {
        assert_eq!(a_day("2025-08-08", "-01-01").unwrap(), "2025-08-08");
        assert_eq!(a_day("2025-08", "-12-31").unwrap(), "2025-08-31");
        assert_eq!(a_day("2025", "-12-31").unwrap(), "2025-12-31");
        for wrong in ["yesterday", "", "2025-8-8", "08-08-2025", "2025-08-08T00"] {
            assert!(a_day(wrong, "-01-01").is_err(), "{wrong}");
        }
    }
}
