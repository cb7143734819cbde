//! Speed and memory of the command: for information, never held to a bound, as machines differ.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::Places;
use crate::process::output;

/// Copies of the development texts that are read at once: half a million words.
const N_COPIES: usize = 16;

/// Runs a command and prints its wall time and peak memory, which the standard library here does
/// not tell.
const STOPWATCH: &str = "
import json, resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(json.dumps({'seconds': time.perf_counter() - start,
                  'peak_kib': resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}))
";

/// What reading costs on this machine.
#[derive(Debug, Serialize)]
pub(super) struct Cost {
    /// Blank-separated words that were read.
    n_words: usize,
    /// Words a second on one thread, start of the program included.
    words_per_second_1_thread: f64,
    /// The same on as many threads as the program takes by itself.
    words_per_second: f64,
    /// Peak memory of the latter, in MiB.
    peak_mib: f64,
    /// Wall time of reading one article, start of the program included, in milliseconds; the
    /// median of nine.
    one_article_ms: f64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Measured {
    seconds: f64,
    peak_kib: f64,
}

/// Reads the raw development texts several times over, and one article by itself.
///
/// # Errors
///
/// If the command fails.
pub(super) fn measure(places: &Places) -> Result<Cost> {
    let folder = places.work.join("texts");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let mut n_words = 0;
    for name in ["ewt-dev.txt", "gum-dev.txt"] {
        let path = places.shared.join("corpora/ud").join(name);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        for copy in 0..N_COPIES {
            n_words += text.split_whitespace().count();
            fs::write(folder.join(format!("{copy:02}-{name}")), &text)?;
        }
    }
    let one = read(places, &["--jobs", "1"], &folder)?;
    let all = read(places, &[], &folder)?;
    let article = crate::process::root().join("examples/ship-wire.txt");
    let mut articles: Vec<f64> =
        (0..9).map(|_| Ok(read(places, &[], &article)?.seconds)).collect::<Result<_>>()?;
    articles.sort_by(f64::total_cmp);
    Ok(Cost {
        n_words,
        words_per_second_1_thread: n_words as f64 / one.seconds,
        words_per_second: n_words as f64 / all.seconds,
        peak_mib: all.peak_kib / 1024.0,
        one_article_ms: 1000.0 * articles[articles.len() / 2],
    })
}

fn read(places: &Places, options: &[&str], input: &Path) -> Result<Measured> {
    let mut command = Command::new("python3");
    command.args(["-c", STOPWATCH]).arg(&places.program).args(["read", "--json"]);
    command.args(options).arg(input);
    serde_json::from_slice(&output(command)?).context("the stopwatch's figures")
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "on this machine, {} words (for information)", self.n_words)?;
        writeln!(f, "  words/s, one thread  {:>10.0}", self.words_per_second_1_thread)?;
        writeln!(f, "  words/s, all threads {:>10.0}", self.words_per_second)?;
        writeln!(f, "  peak memory, MiB     {:>10.1}", self.peak_mib)?;
        write!(f, "  one article, ms      {:>10.1}", self.one_article_ms)
    }
}
