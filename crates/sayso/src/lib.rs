//! sayso reads the news and keeps a record of who did and said what, and on whose say-so.
//!
//! # Examples
//!
//! ```
//! use sayso::{Article, Reader, Scratch};
//!
//! let reader = Reader::new();
//! let mut scratch = Scratch::default();
//! let article = Article::new("note.txt", "“We will appeal,” Mayor Ana Reyes told reporters.");
//!
//! let record = reader.read(article, &mut scratch).into_record();
//! assert_eq!(record.document.source, "note.txt");
//! ```

mod model;
mod reader;

pub use model::OpenError;
pub use reader::{Reader, Reading};
pub use sayso_analysis::{Analysis, Attribution, EntityKind, Name, Scratch, Word};
pub use sayso_ingest::{Article, Articles, Content, Format, IngestError, Input, Metadata, Options};
pub use sayso_record::{Explanation, Record, Rows, UnknownRow, conllu, schema};
pub use sayso_text::{
    Block, BlockKind, Document, Note, Offsets, Sentence, Span, Token, TokenId, TokenRange,
};

/// The types of Record v1.
pub mod record {
    pub use sayso_record::*;
}
