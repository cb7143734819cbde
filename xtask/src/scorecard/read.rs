//! What the reader is given for a run, and what it makes of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Places, Run};
use crate::process::output;

/// Reads the gold file's words with all annotation taken out; gives the file of trees.
pub(super) fn gold_tokens(run: &Run, places: &Places) -> Result<PathBuf> {
    let gold = gold_text(run, places)?;
    let bare = places.file(run, "input.conllu");
    write(&bare, without_annotation(&gold).as_bytes())?;
    trees(run, places, &bare)
}

/// The gold file's text.
pub(super) fn gold_text(run: &Run, places: &Places) -> Result<String> {
    let gold = output(unpack(&places.shared.join("corpora").join(&run.gold)))?;
    String::from_utf8(gold).with_context(|| run.gold.display().to_string())
}

/// Reads the raw text; gives the file of trees.
pub(super) fn text(run: &Run, places: &Places) -> Result<PathBuf> {
    let text = run.text.as_ref().context("a run on text names its `text`")?;
    trees(run, places, &places.shared.join("corpora").join(text))
}

/// Reads the rows that the scorer makes of its gold; gives the file of records.
pub(super) fn rows(run: &Run, places: &Places) -> Result<PathBuf> {
    let mut maker = scorer(run, places);
    maker.arg("--make-text");
    let rows = places.file(run, "input.jsonl");
    write(&rows, &output(maker)?)?;
    let records = places.file(run, "records.jsonl");
    write(&records, &output(reader(places, &["--json"], &rows))?)?;
    Ok(records)
}

/// The run's scorer with its gold and its own options.
pub(super) fn scorer(run: &Run, places: &Places) -> Command {
    let mut command = Command::new("python3");
    command
        .arg(places.shared.join("eval").join(&run.scorer))
        .arg(places.shared.join("corpora").join(&run.gold))
        .args(&run.options);
    command
}

fn trees(run: &Run, places: &Places, input: &Path) -> Result<PathBuf> {
    let trees = places.file(run, "trees.conllu");
    write(&trees, &output(reader(places, &["--format", "conllu"], input))?)?;
    Ok(trees)
}

fn reader(places: &Places, options: &[&str], input: &Path) -> Command {
    let mut command = Command::new(&places.program);
    command.arg("read").args(options).arg(input);
    command
}

fn unpack(path: &Path) -> Command {
    let mut command = Command::new("xz");
    command.arg("-dc").arg("--").arg(path);
    command
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| path.display().to_string())
}

impl Places {
    /// A file of a run, kept for those who want to look at what was scored.
    fn file(&self, run: &Run, ending: &str) -> PathBuf {
        let name: String = run
            .name
            .chars()
            .filter(|&c| c != ',')
            .map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() })
            .collect();
        self.work.join(format!("{name}.{ending}"))
    }
}

/// CoNLL-U with words, sentences, paragraphs and spacing alone, so that no label can be copied.
fn without_annotation(gold: &str) -> String {
    const KEPT: [&str; 4] = ["# newdoc", "# newpar", "# sent_id", "# text ="];
    let mut out = String::with_capacity(gold.len());
    for line in gold.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields[..] {
            // An empty node, such as 8.1, is annotation itself.
            [id, ..] if fields.len() == 10 && id.contains('.') => continue,
            [id, form, _, _, _, _, _, _, _, misc] => {
                let spacing = misc.split('|').find(|pair| *pair == "SpaceAfter=No").unwrap_or("_");
                out.extend([id, "\t", form, "\t_\t_\t_\t_\t_\t_\t_\t", spacing]);
            }
            _ if line.is_empty() || KEPT.iter().any(|kept| line.starts_with(kept)) => {
                out.push_str(line);
            }
            _ => continue,
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotation_goes_and_spacing_stays() {
        let gold = "# sent_id = 1\n# s_type = decl\n# text = Go!\n\
            1\tGo\tgo\tVERB\tVB\tMood=Imp\t0\troot\t0:root\tEntity=(x)|SpaceAfter=No\n\
            1.1\tit\tit\tPRON\tPRP\t_\t_\t_\t1:nsubj\t_\n\
            2\t!\t!\tPUNCT\t.\t_\t1\tpunct\t1:punct\t_\n\n";
        let bare = "# sent_id = 1\n# text = Go!\n\
            1\tGo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
            2\t!\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
        assert_eq!(without_annotation(gold), bare);
    }
}
