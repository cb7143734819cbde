//! Specifications in Markdown: prose, short articles, and the rows that are read off them.

use anyhow::{Result, ensure};

/// The fence of an article.
const ARTICLE: &str = "```article";
/// The fence of what is read off the article before it.
const ROWS: &str = "```rows";
const END: &str = "```";

/// The text of a specification in which the rows of each article are those that `read` gives.
///
/// # Errors
///
/// If a fence is not closed, or an article and its rows do not follow each other.
pub(super) fn with_rows(text: &str, mut read: impl FnMut(String) -> String) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines();
    let mut article = None;
    while let Some(line) = lines.next() {
        match line {
            ARTICLE => {
                ensure!(article.is_none(), "an article without its rows stands before another");
                out.extend([line, "\n"]);
                let body = fenced(&mut lines)?;
                out.extend([&body, END, "\n"]);
                article = Some(body);
            }
            ROWS => {
                ensure!(article.is_some(), "rows stand before their article");
                fenced(&mut lines)?;
                let rows = read(article.take().unwrap_or_default());
                out.extend([line, "\n", &rows, END, "\n"]);
            }
            _ => out.extend([line, "\n"]),
        }
    }
    ensure!(article.is_none(), "the last article has no rows");
    Ok(out)
}

/// The lines up to the end of a fence.
fn fenced<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Result<String> {
    let mut body = String::new();
    for line in lines {
        if line == END {
            return Ok(body);
        }
        body.extend([line, "\n"]);
    }
    anyhow::bail!("a fence is not closed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_replaced_and_all_else_stays() {
        let text = "# One\n\n```article\nNo.\n```\n\n```rows\nold\n```\n\nEnd.\n";
        let found = with_rows(text, |article| format!("{article}new\n")).unwrap();
        assert_eq!(found, text.replace("old", "No.\nnew"));
    }

    #[test]
    fn what_is_not_paired_is_an_error() {
        for text in ["```article\nNo.\n```\n", "```rows\n```\n", "```article\nNo.\n"] {
            assert!(with_rows(text, |_| String::new()).is_err(), "{text}");
        }
    }
}
