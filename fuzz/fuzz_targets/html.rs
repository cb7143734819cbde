//! Any bytes as a page: an article whose text is not empty, or a reason.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use sayso_ingest::{Articles, Format, Input, Options};

fuzz_target!(|bytes: &[u8]| {
    let input = Input::Stream { name: "-".into(), reader: Box::new(Cursor::new(bytes.to_vec())) };
    let options = Options { format: Some(Format::Html), ..Options::default() };
    for article in Articles::new([input], options).flatten() {
        assert!(!article.is_empty());
    }
});
