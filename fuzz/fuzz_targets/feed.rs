//! Any bytes as a feed: articles and reasons, and an end of them.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use sayso_ingest::{Articles, Format, Input, Options};

fuzz_target!(|bytes: &[u8]| {
    let input = Input::Stream { name: "-".into(), reader: Box::new(Cursor::new(bytes.to_vec())) };
    let options =
        Options { format: Some(Format::Feed), max_document_bytes: 1 << 20, ..Options::default() };
    // Each article takes a byte at least, each error ends its part.
    assert!(Articles::new([input], options).count() <= bytes.len() + 1);
});
