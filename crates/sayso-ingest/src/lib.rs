//! From files, folders and streams to [`Article`]s: a text with what its source tells about it.
//!
//! [`Articles`] goes through its inputs in the order given and yields each article, or what kept it
//! from being read, with bounded memory: files of many articles are read piece by piece, packed
//! ones as they are unpacked, and a folder is listed as it is walked. An input that fails never hides the others.
//!
//! # Examples
//!
//! ```
//! use sayso_ingest::{Articles, Content, Input, Options};
//!
//! let rows = r#"{"id": "a1", "text": "Troops were deployed."}"#;
//! let input = Input::Stream { name: "-".into(), reader: Box::new(rows.as_bytes()) };
//! let article = Articles::new([input], Options::default()).next().expect("one row")?;
//!
//! assert_eq!(article.metadata.source, "a1");
//! assert!(matches!(article.content, Content::Text(_)));
//! # Ok::<(), sayso_ingest::IngestError>(())
//! ```

mod archive;
mod article;
mod articles;
mod budget;
mod conllu;
mod date;
mod error;
mod feed;
mod format;
mod html;
mod line;
mod open;
mod packed;
mod plain;
mod row;
mod table;
mod tar;
mod walk;
mod warc;
mod zip;

use std::path::{MAIN_SEPARATOR, Path};

pub use article::{Article, Content, Metadata};
pub use articles::{Articles, Input, Options};
pub use error::IngestError;
pub use format::Format;

/// A path as sources and messages write it: as given, joined with `/` on every system.
fn article_name(path: &Path) -> String {
    let name = path.to_string_lossy();
    if MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace(MAIN_SEPARATOR, "/") }
}
