//! Packed files, whole, in each other, cut off and made to fill memory.

use std::io::{Cursor, Write};
use std::iter;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::*;
use crate::{Articles, Input, tar, zip};

const ROWS: &str =
    "{\"id\": \"a\", \"text\": \"Rates fell.\"}\n{\"id\": \"b\", \"text\": \"They rose.\"}\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// The sources of the articles in a file, and what kept the others from being read.
fn sources(name: &str, bytes: &[u8]) -> Vec<Result<String, String>> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("the folder can be written");
    let root = format!("{}/", folder.path().display());
    let shown = |said: String| said.replace(&root, "");
    Articles::new([Input::Path(path)], Options::default())
        .map(|article| match article {
            Ok(article) => Ok(shown(article.metadata.source)),
            Err(error) => Err(shown(error.to_string())),
        })
        .collect()
}

fn good(names: &[&str]) -> Vec<Result<String, String>> {
    names.iter().map(|name| Ok((*name).to_owned())).collect()
}

#[test]
fn packed_files_are_what_is_in_them() {
    assert_eq!(sources("a.jsonl.gz", &gzip(ROWS.as_bytes())), good(&["a", "b"]));
    assert_eq!(sources("a.jsonl.zst", &zstd(ROWS.as_bytes())), good(&["a", "b"]));
    assert_eq!(sources("a.gz", &gzip(ROWS.as_bytes())), good(&["a", "b"]));
    // Several members one after another, as archives of the web have them.
    let members = [gzip(&ROWS.as_bytes()[..37]), gzip(&ROWS.as_bytes()[37..])].concat();
    assert_eq!(sources("a.jsonl.gz", &members), good(&["a", "b"]));
    let skipped =
        [&[0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 9, 9][..], &zstd(ROWS.as_bytes())].concat();
    let frames = [skipped, zstd(b"{\"id\": \"c\", \"text\": \"\"}")].concat();
    assert_eq!(sources("a.jsonl.zst", &frames), good(&["a", "b", "c"]));
    assert_eq!(sources("a", &gzip(b"Rates fell.")), good(&["a"]));
}

#[test]
fn folders_are_packed_in_folders() {
    let inner = zip::tests::packed(&[
        ("x.txt", b"Rates fell."),
        ("../../y.txt", b"They rose."),
        (".z.txt", b"No."),
    ]);
    let outer =
        tar::tests::packed(&[("in.zip", &inner), ("b.jsonl", ROWS.as_bytes()), ("c.pdf", b"%PDF")]);
    let expected = ["/in.zip/x.txt", "/in.zip/y.txt"].map(|path| Ok(format!("a.tgz{path}")));
    let expected: Vec<_> = expected.into_iter().chain(good(&["a", "b"])).collect();
    assert_eq!(sources("a.tgz", &gzip(&outer)), expected);
    let empty = zip::tests::packed(&[("c.pdf", b"%PDF")]);
    assert_eq!(sources("a.zip", &empty), [Err("a.zip: a folder without articles".to_owned())]);
}

#[test]
fn what_is_cut_off_says_so_and_the_articles_before_are_read() {
    let long: String = iter::repeat_n(ROWS, 2000).collect();
    let packed = gzip(long.as_bytes());
    let found = sources("a.jsonl.gz", &packed[..packed.len() - 20]);
    assert!(found.len() > 1000 && found.iter().rev().skip(1).all(Result::is_ok));
    assert_eq!(found.last(), Some(&Err("a.jsonl.gz: cannot be read".to_owned())));
    for (name, bytes) in
        [("a.gz", gzip(b"")), ("b.zst", zstd(b"")), ("c.zip", b"PK\x03\x04".to_vec())]
    {
        assert_eq!(sources(name, &bytes[..bytes.len() / 2]).len(), 1, "{name}");
        assert_eq!(sources(name, b"").len(), 1, "{name}");
    }
    // A file that is cut off hides no other.
    let outer = tar::tests::packed(&[("a.jsonl.gz", &packed[..20]), ("b.txt", b"They rose.")]);
    let found = sources("a.tar", &outer);
    assert!(matches!(&found[..], [Err(_), Ok(last)] if last == "a.tar/b.txt"), "{found:?}");
}

#[test]
fn depth_and_size_are_bounded() {
    let deep = (0..6).fold(b"Rates fell.".to_vec(), |bytes, _| gzip(&bytes));
    assert_eq!(sources("a.gz", &deep), [Err("a.gz: packed more than four times over".to_owned())]);
    let line = format!("{{\"text\": \"{}\"}}\n", " ".repeat(100_000));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    (0..1500).for_each(|_| encoder.write_all(line.as_bytes()).expect("memory"));
    let bomb = encoder.finish().expect("memory");
    let found = sources("a.jsonl.gz", &bomb);
    assert_eq!(found.last(), Some(&Err("a.jsonl.gz: cannot be read".to_owned())));
    assert!(found.len() < 800, "{}", found.len());
}

#[test]
fn a_stream_is_what_it_begins_as() {
    for (bytes, expected) in [
        (gzip(ROWS.as_bytes()), 2),
        (zip::tests::packed(&[("a.txt", b"Rates fell."), ("b.txt", b"No.")]), 2),
        (b"<html><p>Rates fell on Monday.</html>".to_vec(), 1),
        (ROWS.as_bytes().to_vec(), 2),
    ] {
        let input = Input::Stream { name: "-".to_owned(), reader: Box::new(Cursor::new(bytes)) };
        let found: Vec<_> = Articles::new([input], Options::default()).collect();
        assert!(found.len() == expected && found.iter().all(Result::is_ok), "{found:?}");
    }
}
