//! How much of news pages is read right: the article's text, its title, authors and day.
//!
//! The gold file names segments that belong to each page's article and segments that do not, as
//! trafilatura's evaluation does. Titles and names are the same if they are but for case and white
//! space, since style sheets set capitals.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};
use sayso::{Article, Articles, Content, Format, Input};
use serde::Deserialize;

use crate::process::output;

/// One page of the gold file.
#[derive(Debug, Deserialize)]
struct Page {
    file: String,
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
    with: Option<Vec<String>>,
    without: Option<Vec<String>>,
}

/// How many of something were right.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    n_right: usize,
    n_all: usize,
}

impl Share {
    fn add(&mut self, is_right: bool) {
        self.n_right += usize::from(is_right);
        self.n_all += 1;
    }

    fn percent(self) -> f64 {
        100.0 * self.n_right as f64 / self.n_all.max(1) as f64
    }
}

/// What was counted over all pages.
#[derive(Debug, Default)]
struct Tally {
    /// Segments that belong to articles.
    with: Share,
    /// Segments that do not, and were left out.
    without: Share,
    title: Share,
    author: Share,
    date: Share,
}

/// The figures of the pages of `gold`, which lie beside it, by name and in percent; `pages/s` is how
/// many were read in a second on one core.
///
/// # Errors
///
/// If the gold file or a page cannot be read.
pub(crate) fn figures(gold: &Path) -> Result<BTreeMap<String, f64>> {
    let folder = gold.parent().context("the gold file lies in a folder")?;
    let text = fs::read_to_string(gold).with_context(|| gold.display().to_string())?;
    let pages: Vec<Page> = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .context("the gold file")?;
    let bytes: Vec<_> =
        pages.iter().map(|page| unpacked(&folder.join(&page.file))).collect::<Result<_>>()?;
    let start = Instant::now();
    let found: Vec<_> = bytes.into_iter().map(article).collect();
    let seconds = start.elapsed().as_secs_f64();
    let mut tally = Tally::default();
    for (page, found) in pages.iter().zip(&found) {
        tally.add(page, found.as_ref());
    }
    let mut figures = tally.figures();
    figures.insert("pages/s".to_owned(), pages.len() as f64 / seconds);
    Ok(figures)
}

fn unpacked(path: &Path) -> Result<Vec<u8>> {
    let mut command = Command::new("zstd");
    command.arg("-dcq").arg(path);
    output(command)
}

/// The article of a page, if it has one.
fn article(bytes: Vec<u8>) -> Option<Article> {
    let input = Input::Stream { name: "-".to_owned(), reader: Box::new(Cursor::new(bytes)) };
    let options = sayso::Options { format: Some(Format::Html), ..sayso::Options::default() };
    Articles::new([input], options).next()?.ok()
}

impl Tally {
    fn add(&mut self, page: &Page, found: Option<&Article>) {
        let text = match found.map(|article| &article.content) {
            Some(Content::Text(text)) => spaced(text),
            _ => String::new(),
        };
        let has = |segment: &String| text.contains(&spaced(segment));
        page.with.iter().flatten().for_each(|segment| self.with.add(has(segment)));
        page.without.iter().flatten().for_each(|segment| self.without.add(!has(segment)));
        let metadata = found.map(|article| &article.metadata);
        if let Some(title) = &page.title {
            let found = metadata.and_then(|metadata| metadata.title.as_deref());
            self.title.add(found.is_some_and(|found| folded(found) == folded(title)));
        }
        if let Some(author) = &page.author {
            let found = metadata.map(|metadata| metadata.authors.join(", ")).unwrap_or_default();
            self.author.add(folded(&found) == folded(&author.replace(" and ", ", ")));
        }
        if let Some(date) = &page.date {
            let found = metadata.and_then(|metadata| metadata.published.as_deref());
            self.date.add(found.is_some_and(|found| found.starts_with(date.as_str())));
        }
    }

    fn figures(&self) -> BTreeMap<String, f64> {
        let n_wrong = self.without.n_all - self.without.n_right;
        let n_found = self.with.n_right + n_wrong;
        let precision = 100.0 * self.with.n_right as f64 / n_found.max(1) as f64;
        let recall = self.with.percent();
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        let figures = [
            ("text", f1),
            ("text precision", precision),
            ("text recall", recall),
            ("title", self.title.percent()),
            ("author", self.author.percent()),
            ("date", self.date.percent()),
        ];
        figures.map(|(name, value)| (name.to_owned(), value)).into()
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn folded(text: &str) -> String {
    spaced(text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missed_and_what_is_too_much() {
        let page = Page {
            file: String::new(),
            title: Some("RATES FALL".to_owned()),
            author: Some("Ana Reyes and Jo Burg".to_owned()),
            date: Some("2026-03-02".to_owned()),
            with: Some(vec!["Rates fell".to_owned(), "they rose".to_owned()]),
            without: Some(vec!["Share this".to_owned(), "Sign up".to_owned()]),
        };
        let mut article = Article::new("a", "Rates  fell.\n\nShare this");
        article.metadata.title = Some("Rates fall".to_owned());
        article.metadata.authors = vec!["Ana Reyes".to_owned(), "Jo Burg".to_owned()];
        let mut tally = Tally::default();
        tally.add(&page, Some(&article));
        let figures = tally.figures().into_values().map(f64::round);
        // author, date, text, precision, recall, title.
        assert_eq!(figures.collect::<Vec<_>>(), [100.0, 0.0, 50.0, 50.0, 50.0, 100.0]);
    }
}
