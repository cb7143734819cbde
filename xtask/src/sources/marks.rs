//! The marks of `tests/sources`: who says what in an article, by careful reading.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::process::{output, root};

/// A range of code points, half open.
pub(super) type CharSpan = [usize; 2];

/// A text and the statements that it was marked with.
#[derive(Debug)]
pub(super) struct Marked {
    /// The name of the file with the marks, without its ending.
    pub(super) name: String,
    pub(super) text: String,
    pub(super) origin: Origin,
    pub(super) marks: Vec<Mark>,
    /// Names that share no word with the fullest name, by the fullest: *Norwegians* of *Norway*.
    pub(super) also: BTreeMap<String, Vec<String>>,
}

/// Where a marked text comes from.
#[derive(Debug)]
pub(super) enum Origin {
    /// A file of the repository.
    Article,
    /// A part of a row of the corpora.
    Passage(Passage),
}

/// A part of a row of Wikinews.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Passage {
    /// The row's id.
    row: String,
    span: CharSpan,
    /// The `text_hash` of the part's record.
    hash: String,
}

/// A statement whose source is a name or a pronoun.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    pub(super) cue: CharSpan,
    /// The cue's first word, in articles of the repository.
    word: Option<String>,
    /// The name or the pronoun alone, without titles and appositions.
    pub(super) source: CharSpan,
    pub(super) kind: Kind,
    /// The fullest name that the text has for the source, without titles.
    pub(super) entity: String,
}

/// How a source is mentioned.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// By its fullest name: *Ana Reyes*.
    Name,
    /// By a part of its name, or another: *Reyes*, *Ana*, *the WVF*.
    Short,
    /// *She*; *I*, in her own words.
    Pronoun,
    /// *The WVF, which said …*
    Relative,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::Name, Self::Short, Self::Pronoun, Self::Relative];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Short => "short name",
            Self::Pronoun => "pronoun",
            Self::Relative => "relative pronoun",
        }
    }
}

/// A file of marks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// A file of the repository.
    article: Option<PathBuf>,
    passage: Option<Passage>,
    marks: Vec<Mark>,
    #[serde(default)]
    also: BTreeMap<String, Vec<String>>,
}

/// The marked texts of a folder, in order of their names; without those from Wikinews if there is
/// no file of `passages`.
///
/// # Errors
///
/// If a file cannot be read or its marks do not fit its text.
pub(super) fn all(folder: &Path, passages: Option<&Path>) -> Result<Vec<Marked>> {
    let rows = passages.map(rows).transpose()?;
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.retain(|path| path.extension() == Some(OsStr::new("toml")));
    paths.sort();
    let mut all = Vec::new();
    for path in &paths {
        all.extend(marked(path, rows.as_ref()).with_context(|| path.display().to_string())?);
    }
    Ok(all)
}

fn marked(path: &Path, rows: Option<&BTreeMap<String, String>>) -> Result<Option<Marked>> {
    let name = path.file_stem().context("a file has a name")?.to_string_lossy().into_owned();
    let file: File = toml::from_str(&fs::read_to_string(path)?)?;
    let (text, origin) = match (file.article, file.passage, rows) {
        (Some(article), None, _) => (fs::read_to_string(root().join(article))?, Origin::Article),
        (None, Some(passage), Some(rows)) => {
            let row = rows.get(&passage.row).with_context(|| format!("no row {}", passage.row))?;
            (words(row, passage.span), Origin::Passage(passage))
        }
        (None, Some(_), None) => return Ok(None),
        _ => anyhow::bail!("marks are those of one article or of one passage"),
    };
    let marked = Marked { name, text, origin, marks: file.marks, also: file.also };
    marked.check()?;
    Ok(Some(marked))
}

/// The texts of a corpus by the ids of their rows.
fn rows(path: &Path) -> Result<BTreeMap<String, String>> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
        text: String,
    }
    let mut unpack = Command::new("zstd");
    unpack.arg("-dcq").arg("--").arg(path);
    let lines = String::from_utf8(output(unpack)?).with_context(|| path.display().to_string())?;
    lines
        .lines()
        .map(|line| {
            let row: Row = serde_json::from_str(line)?;
            Ok((row.id, row.text))
        })
        .collect()
}

/// What stands at some code points of a text.
pub(super) fn words(text: &str, [start, end]: CharSpan) -> String {
    text.chars().skip(start).take(end.saturating_sub(start)).collect()
}

impl Passage {
    /// Whether the text is the one that was marked.
    ///
    /// # Errors
    ///
    /// If its hash is another.
    pub(super) fn check(&self, hash: &str) -> Result<()> {
        let (row, marked) = (&self.row, &self.hash);
        ensure!(hash == marked, "{row} is not the text that was marked: {hash}, not {marked}");
        Ok(())
    }
}

impl Marked {
    /// Whether the marks lie in the text, in order, and name what it names.
    fn check(&self) -> Result<()> {
        let n_chars = self.text.chars().count();
        let mut last = 0;
        for mark in &self.marks {
            let cue = words(&self.text, mark.cue);
            for [start, end] in [mark.cue, mark.source] {
                ensure!(start < end && end <= n_chars, "{start}..{end} is no part of the text");
            }
            ensure!(last <= mark.cue[0], "{:?} stands after a later cue", mark.cue);
            last = mark.cue[1];
            if let Some(word) = &mark.word {
                let first = cue.split_whitespace().next();
                ensure!(first == Some(word), "{:?} is {cue:?}, not {word:?}", mark.cue);
            }
            let source = words(&self.text, mark.source);
            let own = self.names(&mark.entity).any(|name| name == source);
            ensure!(
                mark.kind != Kind::Name || own,
                "{source:?} is not the name of {:?}",
                mark.entity
            );
            for name in self.names(&mark.entity) {
                ensure!(self.text.contains(name), "{name:?} is not in the text");
            }
        }
        Ok(())
    }

    /// The fullest name of an entity, then those that share no word with it.
    pub(super) fn names<'a>(&'a self, entity: &'a str) -> impl Iterator<Item = &'a str> {
        let also = self.also.get(entity).map_or(&[][..], Vec::as_slice);
        std::iter::once(entity).chain(also.iter().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_fit_their_articles() {
        let all = all(&root().join("tests/sources"), None).unwrap();
        assert_eq!(all.len(), 12);
        assert!(all.iter().flat_map(|marked| &marked.marks).all(|mark| mark.word.is_some()));
    }

    #[test]
    fn a_mark_that_has_slipped_is_an_error() {
        let mark = |cue, source| Mark {
            cue,
            word: Some("said".to_owned()),
            source,
            kind: Kind::Name,
            entity: "Ana Reyes".to_owned(),
        };
        let marked = |mark| Marked {
            name: "note".to_owned(),
            text: "“No,” said Ana Reyes.".to_owned(),
            origin: Origin::Article,
            marks: vec![mark],
            also: BTreeMap::new(),
        };
        assert!(marked(mark([6, 10], [11, 20])).check().is_ok());
        assert!(marked(mark([5, 9], [11, 20])).check().is_err());
        assert!(marked(mark([6, 10], [12, 21])).check().is_err());
        assert!(marked(mark([6, 10], [11, 22])).check().is_err());
    }
}
