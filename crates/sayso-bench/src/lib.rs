//! What the benches read: the example articles, over and over.

use std::fs;
use std::io;
use std::path::Path;

use sayso::Article;

/// Articles of plain English text, with their size.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The articles' texts.
    pub texts: Vec<String>,
    /// Blank-separated words in them.
    pub n_words: usize,
    /// Bytes of UTF-8 in them.
    pub n_bytes: usize,
}

impl Sample {
    /// `n_articles` articles: the plain-text examples in the order of their names, then again from
    /// the first. The German one is left out, for it would be passed over unread.
    ///
    /// # Errors
    ///
    /// If the examples cannot be read.
    pub fn of(n_articles: usize) -> io::Result<Self> {
        let examples = examples()?;
        let texts: Vec<String> = examples.iter().cycle().take(n_articles).cloned().collect();
        let n_words = texts.iter().map(|text| text.split_whitespace().count()).sum();
        let n_bytes = texts.iter().map(String::len).sum();
        Ok(Self { texts, n_words, n_bytes })
    }

    /// The texts as articles.
    pub fn articles(&self) -> Vec<Article> {
        self.texts.iter().map(|text| Article::new("example", text.as_str())).collect()
    }
}

fn examples() -> io::Result<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let entries = fs::read_dir(folder)?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| {
        path.extension().is_some_and(|ending| ending == "txt")
            && path.file_stem().is_some_and(|stem| stem != "stausee")
    });
    paths.sort();
    paths.iter().map(fs::read_to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_goes_round() {
        let one = Sample::of(1).unwrap();
        let many = Sample::of(20).unwrap();
        assert_eq!(many.texts.len(), 20);
        assert_eq!(many.texts[0], one.texts[0]);
        assert!(many.texts[1..].contains(&one.texts[0]));
        assert!(many.n_words > 10 * one.n_words / 2);
    }
}
