//! `cargo xtask scorecard`: accuracy on the development data, held to the floors of
//! `scorecard.toml`.
//!
//! The scorers and corpora are not part of the repository; without them there is nothing to hold,
//! and the command says so and ends well.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::process::{cargo, has_program, output, root, shared, show};
use crate::{calibrate, coreference, corpus, pages, roles, sources};

mod cost;
mod read;

/// Measures accuracy on the development data and holds the floors of scorecard.toml
///
/// The folder with `eval` and `corpora` is ../shared, or the one in `SAYSO_SHARED`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
    /// Leave speed and memory out
    #[arg(long)]
    no_cost: bool,
    /// Score only the runs with this in their names, and leave speed and memory out
    #[arg(long)]
    only: Option<String>,
}

/// `scorecard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scorecard {
    run: Vec<Run>,
}

/// One scorer over one corpus.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    /// What the table calls it; also the name of its files.
    name: String,
    /// A program of the `eval` folder; for `input = "entities"`, `"predicates"`, `"scores"`,
    /// `"articles"` and `"pages"`, which are scored here, `coreference`, `roles`, `calibration`,
    /// `sources` and `pages`.
    scorer: String,
    /// A file of the `corpora` folder.
    gold: PathBuf,
    /// What the reader is given.
    input: Input,
    /// For `input = "text"`: the raw text of the gold file.
    text: Option<PathBuf>,
    /// Further arguments of the scorer; for `input = "entities"`, the genres.
    #[serde(default)]
    options: Vec<String>,
    /// The least that each figure may be, in percent; the most of an error (`mae`).
    floors: BTreeMap<String, f64>,
}

/// What the reader is given of a gold file.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Input {
    /// CoNLL-U with everything but words and sentences taken out; scored as CoNLL-U.
    GoldTokens,
    /// Raw text; scored as CoNLL-U.
    Text,
    /// The rows that the scorer makes with `--make-text`; scored as records.
    Rows,
    /// The words of a file of GUM; its entities are scored here.
    Entities,
    /// The words of a treebank, named in `options`; the predicates of the gold file are scored here.
    Predicates,
    /// The articles of a file of PolNeAR, for the calibration of the scores; scored here.
    Scores,
    /// The marked articles of `tests/sources` and passages of the gold file; scored here.
    Articles,
    /// The pages beside the gold file; scored here.
    Pages,
}

impl Input {
    /// Whether the command reads it; the others are read by this program.
    fn needs_program(self) -> bool {
        !matches!(
            self,
            Self::Entities | Self::Predicates | Self::Scores | Self::Articles | Self::Pages
        )
    }
}

/// One figure of one run.
#[derive(Debug, Serialize)]
struct Figure {
    run: String,
    name: String,
    value: f64,
    floor: Option<f64>,
}

impl Figure {
    fn holds(&self) -> bool {
        // Of errors less is better.
        let is_error = self.name.starts_with("mae");
        self.floor
            .is_none_or(|floor| if is_error { self.value <= floor } else { self.value >= floor })
    }
}

/// Everything the runs need to know of where things lie.
#[derive(Debug)]
struct Places {
    shared: PathBuf,
    program: PathBuf,
    work: PathBuf,
}

/// Measures, prints a table or JSON, and holds the floors.
///
/// # Errors
///
/// If a figure is below its floor, or if something is missing that a run needs.
pub(crate) fn run(options: &Options) -> Result<()> {
    let shared = shared();
    if !shared.join("eval").is_dir() || !shared.join("corpora").is_dir() {
        eprintln!(
            "scorecard: skipped: no scorers and corpora in {} (SAYSO_SHARED names another folder)",
            shared.display()
        );
        return Ok(());
    }
    check_programs()?;
    let path = root().join("scorecard.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut card: Scorecard = toml::from_str(&text).with_context(|| path.display().to_string())?;
    if let Some(only) = &options.only {
        card.run.retain(|run| run.name.contains(only));
    }
    let no_cost = options.no_cost || options.only.is_some();
    if !no_cost || card.run.iter().any(|run| run.input.needs_program()) {
        show(cargo(&["build", "--release", "--package", "sayso-cli"]))?;
    }
    let places = places(shared)?;
    let mut figures = Vec::new();
    for run in &card.run {
        eprintln!("scorecard: {}", run.name);
        figures.extend(figures_of(run, &places).with_context(|| run.name.clone())?);
    }
    let cost = if no_cost { None } else { Some(cost::measure(&places)?) };
    if options.json {
        let all = serde_json::json!({ "figures": figures, "cost": cost });
        println!("{}", serde_json::to_string_pretty(&all)?);
    } else {
        print!("{}", table(&figures));
        if let Some(cost) = cost {
            println!("\n{cost}");
        }
    }
    let n_below = figures.iter().filter(|figure| !figure.holds()).count();
    ensure!(n_below == 0, "scorecard: {n_below} figures are below their floors");
    Ok(())
}

fn check_programs() -> Result<()> {
    for (program, what) in [
        ("python3", "runs the scorers"),
        ("xz", "unpacks the treebanks"),
        ("zstd", "unpacks the other corpora"),
    ] {
        ensure!(has_program(program), "scorecard needs the program `{program}`, which {what}");
    }
    Ok(())
}

/// Where things lie; the command where cargo puts it.
fn places(shared: PathBuf) -> Result<Places> {
    let bytes = output(cargo(&["metadata", "--format-version", "1", "--no-deps", "--offline"]))?;
    let metadata: Value = serde_json::from_slice(&bytes).context("cargo metadata")?;
    let target = metadata["target_directory"].as_str().context("cargo metadata names a folder")?;
    let name = format!("sayso{}", std::env::consts::EXE_SUFFIX);
    let program = Path::new(target).join("release").join(name);
    let work = Path::new(target).join("scorecard");
    fs::create_dir_all(&work).with_context(|| work.display().to_string())?;
    Ok(Places { shared, program, work })
}

/// Reads the run's text and scores what was read.
fn figures_of(run: &Run, places: &Places) -> Result<Vec<Figure>> {
    let predicted = match run.input {
        Input::GoldTokens => read::gold_tokens(run, places)?,
        Input::Text => read::text(run, places)?,
        Input::Rows => read::rows(run, places)?,
        Input::Entities => return entity_figures(run, places),
        Input::Predicates => return role_figures(run, places),
        Input::Articles => return source_figures(run, places),
        Input::Pages => return page_figures(run, places),
        Input::Scores => return score_figures(run, places),
    };
    let mut scorer = read::scorer(run, places);
    scorer.arg("--pred").arg(predicted).arg("--json");
    let scores: BTreeMap<String, Value> =
        serde_json::from_slice(&output(scorer)?).context("the scorer's figures")?;
    for name in run.floors.keys() {
        ensure!(scores.contains_key(name), "{} gives no figure `{name}`", run.scorer);
    }
    scores.iter().map(|(name, columns)| figure(run, name, columns)).collect()
}

/// Reads the run's words and scores their coreference.
fn entity_figures(run: &Run, places: &Places) -> Result<Vec<Figure>> {
    let figures = coreference::figures(&read::gold_text(run, places)?, &run.options)?;
    Ok(with_floors(run, figures))
}

/// Reads a treebank's words and scores their predicates.
fn role_figures(run: &Run, places: &Places) -> Result<Vec<Figure>> {
    let corpora = places.shared.join("corpora");
    let [trees] = &run.options[..] else { bail!("the one option is the treebank") };
    let trees = corpus::unpack(&corpora.join(trees))?;
    let figures = roles::figures(&trees, &corpus::unpack(&corpora.join(&run.gold))?)?;
    Ok(with_floors(run, figures))
}

/// Reads the marked articles and scores the sources of their statements.
fn source_figures(run: &Run, places: &Places) -> Result<Vec<Figure>> {
    let figures = sources::figures(Some(&places.shared.join("corpora").join(&run.gold)))?;
    Ok(with_floors(run, figures))
}

/// Reads the articles and measures how well the scores are calibrated.
fn score_figures(run: &Run, places: &Places) -> Result<Vec<Figure>> {
    let figures = calibrate::figures(&places.shared.join("corpora").join(&run.gold))?;
    Ok(with_floors(run, figures))
}

/// Reads the pages and scores what was read of them.
fn page_figures(run: &Run, places: &Places) -> Result<Vec<Figure>> {
    Ok(with_floors(run, pages::figures(&places.shared.join("corpora").join(&run.gold))?))
}

fn with_floors(run: &Run, figures: BTreeMap<String, f64>) -> Vec<Figure> {
    let figure = |(name, value): (String, f64)| {
        let floor = run.floors.get(&name).copied();
        Figure { run: run.name.clone(), name, value, floor }
    };
    figures.into_iter().map(figure).collect()
}

/// A figure by its first column: F1, the share that is right, a correlation or an error.
fn figure(run: &Run, name: &str, columns: &Value) -> Result<Figure> {
    let Some(value) =
        ["f1", "acc", "p", "r_pearson", "mae"].iter().find_map(|&column| columns[column].as_f64())
    else {
        bail!("{} gives `{name}` in no column that is known", run.scorer);
    };
    let floor = run.floors.get(name).copied();
    Ok(Figure { run: run.name.clone(), name: name.to_owned(), value, floor })
}

fn table(figures: &[Figure]) -> String {
    let mut out = format!("{:<24}{:<16}{:>8}{:>8}\n", "", "figure", "value", "floor");
    let mut last = "";
    for figure in figures {
        let run = if figure.run == last { "" } else { &figure.run };
        let floor = figure.floor.map_or(String::new(), |floor| format!("{floor:.1}"));
        let verdict = match (figure.floor, figure.holds()) {
            (None, _) => "",
            (Some(_), true) => "  ok",
            (Some(_), false) => "  BELOW",
        };
        let line = format!("{run:<24}{:<16}{:>8.2}{floor:>8}{verdict}", figure.name, figure.value);
        out.push_str(line.trim_end());
        out.push('\n');
        last = &figure.run;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scorecard_can_be_read() {
        let card: Scorecard = toml::from_str(include_str!("../../scorecard.toml")).unwrap();
        assert!(card.run.iter().all(|run| !run.floors.is_empty()));
        assert!(card.run.iter().all(|run| (run.input == Input::Text) == run.text.is_some()));
    }

    #[test]
    fn a_table_says_what_is_below_its_floor() {
        let figure = |name: &str, value, floor| Figure {
            run: "EWT dev".to_owned(),
            name: name.to_owned(),
            value,
            floor,
        };
        let figures = [figure("LAS", 80.04, Some(80.0)), figure("UAS", 79.96, Some(80.0))];
        let table = table(&figures);
        assert!(table.contains("LAS                80.04    80.0  ok\n"), "{table}");
        assert!(table.contains("UAS                79.96    80.0  BELOW\n"), "{table}");
    }
}
