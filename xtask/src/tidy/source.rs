//! One source file, seen as lines.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::short;

/// What a library crate must not hold, and what that would bring in.
const FORBIDDEN: &[(&str, &str)] = &[
    ("std::env", "the environment"),
    ("std::net", "the network"),
    ("std::process", "other programs"),
    ("SystemTime", "the clock"),
    ("Instant::now", "the clock"),
    ("println!", "printing"),
    ("print!(", "printing"),
    ("io::stdout", "printing"),
    ("io::stderr", "printing"),
    ("thread_rng", "randomness"),
];

/// Names of modules that say nothing of what is inside.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "common", "manager", "misc"];

/// The soft limit of a file's length, in lines outside tests.
const MAX_LINES: usize = 500;

/// A source file with its lines outside comments' text and tests.
#[derive(Debug)]
pub(super) struct Source {
    path: PathBuf,
    lines: Vec<String>,
}

/// The files below a package's `src`, in order of their path, less those that hold only tests.
///
/// # Errors
///
/// If a folder or file cannot be read.
pub(super) fn files_of(package: &Path) -> Result<Vec<Source>> {
    let mut paths = Vec::new();
    collect(&package.join("src"), &mut paths)?;
    paths.sort();
    paths
        .into_iter()
        .filter(|path| !is_test(path))
        .map(|path| {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            Ok(Source { lines: without_tests(&text), path })
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry.with_context(|| folder.display().to_string())?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
    Ok(())
}

fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs")
}

/// The lines before the inline test module, which stands last.
fn without_tests(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.windows(2).position(|pair| {
        pair[0].trim() == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{')
    });
    let end = tests.unwrap_or(lines.len());
    lines.into_iter().take(end).map(str::to_owned).collect()
}

impl Source {
    /// Where the file reaches for what a library must be given.
    pub(super) fn forbidden(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (number, line) in (1..).zip(&self.lines) {
            let code = line.split("//").next().unwrap_or_default();
            if let Some((word, what)) = FORBIDDEN.iter().find(|(word, _)| code.contains(word)) {
                let path = short(&self.path);
                found.push(format!("{path}:{number}: `{word}` brings {what} into a library"));
            }
        }
        found
    }

    /// A breach if the file's name says nothing.
    pub(super) fn misnamed(&self) -> Option<String> {
        let stem = self.path.file_stem()?.to_str()?;
        EMPTY_NAMES
            .contains(&stem)
            .then(|| format!("{}: `{stem}` does not say what is inside", short(&self.path)))
    }

    /// A warning if the file is past the soft limit.
    pub(super) fn too_long(&self) -> Option<String> {
        let n_lines = self.lines.len();
        (n_lines > MAX_LINES).then(|| {
            format!("{}: {n_lines} lines outside tests, over {MAX_LINES}", short(&self.path))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source { path: PathBuf::from("src/lexicon.rs"), lines: without_tests(text) }
    }

    #[test]
    fn finds_what_a_library_must_be_given() {
        let text = "use std::fs;\nlet now = SystemTime::now();\n";
        let expected = ["src/lexicon.rs:2: `SystemTime` brings the clock into a library"];
        assert_eq!(source(text).forbidden(), expected);
    }

    #[test]
    fn leaves_comments_and_tests_alone() {
        let text =
            "/// Never println!(…).\nfn f() {}\n#[cfg(test)]\nmod tests {\n    println!();\n}\n";
        assert_eq!(source(text).forbidden(), [""; 0]);
        assert_eq!(source(text).lines.len(), 2);
    }

    #[test]
    fn warns_of_length_outside_tests() {
        let long = "fn f() {}\n".repeat(MAX_LINES);
        assert_eq!(source(&long).too_long(), None);
        assert!(source(&format!("{long}\n")).too_long().is_some());
        assert_eq!(source(&format!("{long}#[cfg(test)]\nmod tests {{\n\n}}\n")).too_long(), None);
    }

    #[test]
    fn names_say_what_is_inside() {
        assert_eq!(source("").misnamed(), None);
        let vague = Source { path: PathBuf::from("src/utils.rs"), lines: vec![] };
        assert!(vague.misnamed().is_some());
    }
}
