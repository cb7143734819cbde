//! HTML pages: the article in the page, with what the page tells about it.

use std::io::Read;

use sayso_text::Note;

use crate::{Article, Content, IngestError, plain};

mod block;
mod body;
mod charset;

mod entity;
mod json_ld;
mod metadata;
mod token;
mod tree;
mod words;

pub(crate) use charset::decode_page;
pub(crate) use entity::unescape;
pub(crate) use token::attribute;
use tree::Tree;

/// Reads what is left of `reader` as one page.
pub(crate) fn read(name: &str, reader: &mut dyn Read, limit: u64) -> Result<Article, IngestError> {
    let mut bytes = Vec::new();
    plain::read_all(name, &mut bytes, reader, limit)?;
    page(name, &bytes, None)
}

/// The article of a page whose HTTP header names the charset, or does not.
pub(crate) fn page(name: &str, bytes: &[u8], header: Option<&str>) -> Result<Article, IngestError> {
    let binary = |reason| IngestError::Binary { name: name.to_owned(), reason };
    if let Some(found) = plain::archive(bytes) {
        return Err(binary(format!("expected a page, found {found}")));
    }
    let decoded = charset::decode_page(bytes, header).map_err(|error| binary(error.to_string()))?;
    let tree = Tree::read(&decoded.text);
    let mut notes = decoded.notes;
    if tree.is_cut {
        let message =
            "the page has more elements than are read; what follows is left out".to_owned();
        notes.push(Note { code: "page-cut", message, span: None });
    }
    let facts = metadata::of(name, &tree);
    let text = body::paragraphs(&tree, &facts).join("\n\n");
    if text.is_empty() {
        return Err(IngestError::NoArticle { name: name.to_owned() });
    }
    if facts.is_paid && text.len() < PAYWALL {
        let message =
            "the page is for subscribers and may hold the article's start only".to_owned();
        notes.push(Note { code: "paywall", message, span: None });
    }
    Ok(Article { metadata: facts.metadata, content: Content::Text(text), notes })
}

/// The article of a page that came with a media type such as `text/html; charset=utf-8`.
pub(crate) fn page_of_media(name: &str, bytes: &[u8], media: &str) -> Result<Article, IngestError> {
    page(name, bytes, charset::of_content_type(media))
}

/// The text of a piece of HTML that is all article, such as an item of a feed.
pub(crate) fn fragment(html: &str) -> String {
    body::whole(&Tree::read(html)).join("\n\n")
}

/// Articles for subscribers that are shorter than this, in bytes, are likely cut off.
const PAYWALL: usize = 1500;

#[cfg(test)]
mod tests;
