//! ZIP: files with a directory at the end.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use flate2::read::DeflateDecoder;

use crate::open::Opened;

/// The largest directory that is read, in bytes.
const MAX_DIRECTORY: u64 = 64 << 20;
/// How far from the end the directory's own record is looked for, in bytes.
const MAX_END: u64 = 66_000;

/// Where an archive lies.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

/// A file in an archive.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Its path in the archive.
    pub(crate) path: String,
    method: u16,
    is_encrypted: bool,
    /// Its packed size, in bytes.
    packed: u64,
    /// Its size, in bytes.
    size: u64,
    /// Where its own header is, from the start of the archive.
    header: u64,
}

/// What an archive is read through.
trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

impl Place {
    fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }

    /// The archive's files in the order of its directory; folders are left out.
    pub(crate) fn entries(&self) -> io::Result<Vec<Entry>> {
        let mut reader = self.open()?;
        let length = reader.seek(SeekFrom::End(0))?;
        let start = length.saturating_sub(MAX_END);
        let tail = read_at(&mut *reader, start, length - start)?;
        let end = tail.windows(4).rposition(|mark| mark == b"PK\x05\x06");
        let end = end.ok_or_else(|| damaged("the archive has no directory"))?;
        let record = Fields(tail.get(end..).unwrap_or_default());
        let (mut size, mut offset) = (u64::from(record.u32(12)?), u64::from(record.u32(16)?));
        if offset == u64::from(u32::MAX) || size == u64::from(u32::MAX) {
            let locator = tail
                .get(end.saturating_sub(20)..)
                .map(Fields)
                .filter(|fields| fields.0.starts_with(b"PK\x06\x07"));
            let at = locator.ok_or_else(|| damaged("the archive has no directory"))?.u64(8)?;
            let record = read_at(&mut *reader, at, 56)?;
            (size, offset) = (Fields(&record).u64(40)?, Fields(&record).u64(48)?);
        }
        if size > MAX_DIRECTORY || offset.checked_add(size).is_none_or(|end| end > length) {
            return Err(damaged("the archive's directory is not where it says"));
        }
        let directory = read_at(&mut *reader, offset, size)?;
        entries(&directory)
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, entry: &Entry, opened: &Opened) -> io::Result<Box<dyn Read + Send>> {
        if entry.is_encrypted {
            return Err(damaged("it needs a password"));
        }
        let mut reader = self.open()?;
        let header = read_at(&mut *reader, entry.header, 30)?;
        if !header.starts_with(b"PK\x03\x04") {
            return Err(damaged("the archive's directory is wrong"));
        }
        let fields = Fields(&header);
        let skip = u64::from(fields.u16(26)?) + u64::from(fields.u16(28)?);
        reader.seek(SeekFrom::Start(entry.header.saturating_add(30 + skip)))?;
        let packed = opened.counted(reader.take(entry.packed));
        match entry.method {
            0 => Ok(packed),
            8 => Ok(Box::new(opened.budget.inner(DeflateDecoder::new(packed).take(entry.size)))),
            _ => Err(damaged("it is packed in a way that is not known")),
        }
    }
}

fn entries(directory: &[u8]) -> io::Result<Vec<Entry>> {
    let mut found = Vec::new();
    let mut rest = directory;
    while rest.starts_with(b"PK\x01\x02") {
        let fields = Fields(rest);
        let lengths = [fields.u16(28)?, fields.u16(30)?, fields.u16(32)?].map(usize::from);
        let name =
            rest.get(46..46 + lengths[0]).ok_or_else(|| damaged("the directory breaks off"))?;
        let extra = rest.get(46 + lengths[0]..46 + lengths[0] + lengths[1]).unwrap_or_default();
        let entry = Entry {
            path: String::from_utf8_lossy(name).replace('\\', "/"),
            method: fields.u16(10)?,
            is_encrypted: fields.u16(8)? & 1 != 0,
            packed: u64::from(fields.u32(20)?),
            size: u64::from(fields.u32(24)?),
            header: u64::from(fields.u32(42)?),
        };
        if !entry.path.ends_with('/') {
            found.push(with_large_sizes(entry, extra));
        }
        rest = rest.get(46 + lengths.iter().sum::<usize>()..).unwrap_or_default();
    }
    Ok(found)
}

/// An entry with the sizes of more than 4 GiB that stand in its extra fields.
fn with_large_sizes(mut entry: Entry, extra: &[u8]) -> Entry {
    let mut rest = extra;
    while let (Ok(id), Ok(length)) = (Fields(rest).u16(0), Fields(rest).u16(2)) {
        let end = 4 + usize::from(length);
        if id == 1 {
            let mut at = 4;
            for value in [&mut entry.size, &mut entry.packed, &mut entry.header] {
                if *value == u64::from(u32::MAX)
                    && let Ok(large) = Fields(rest.get(..end).unwrap_or(rest)).u64(at)
                {
                    *value = large;
                    at += 8;
                }
            }
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    entry
}

fn read_at(reader: &mut dyn ReadSeek, at: u64, length: u64) -> io::Result<Vec<u8>> {
    reader.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    reader.take(length).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

/// Numbers with their lowest byte first.
struct Fields<'b>(&'b [u8]);

impl Fields<'_> {
    fn bytes<const N: usize>(&self, at: usize) -> io::Result<[u8; N]> {
        let bytes = self.0.get(at..at + N).and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| damaged("the archive's directory breaks off"))
    }

    fn u16(&self, at: usize) -> io::Result<u16> {
        self.bytes(at).map(u16::from_le_bytes)
    }

    fn u32(&self, at: usize) -> io::Result<u32> {
        self.bytes(at).map(u32::from_le_bytes)
    }

    fn u64(&self, at: usize) -> io::Result<u64> {
        self.bytes(at).map(u64::from_le_bytes)
    }
}

fn damaged(reason: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::DeflateEncoder;

    use super::*;

    /// An archive of files.
    pub(crate) fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut directory = Vec::new();
        for (name, bytes) in files {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(bytes).expect("memory");
            let data = encoder.finish().expect("memory");
            let offset = u32::try_from(out.len()).expect("small");
            let mut fields = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            for size in [data.len(), bytes.len()] {
                fields.extend(u32::try_from(size).expect("small").to_le_bytes());
            }
            fields.extend(u16::try_from(name.len()).expect("small").to_le_bytes());
            fields.extend([0, 0]);
            out.extend(b"PK\x03\x04".iter().chain(&fields).chain(name.as_bytes()).chain(&data));
            directory.extend(b"PK\x01\x02\x14\x00".iter().chain(&fields));
            directory.extend([0; 10]);
            directory.extend(offset.to_le_bytes());
            directory.extend(name.as_bytes());
        }
        let offset = u32::try_from(out.len()).expect("small");
        let n_files = u16::try_from(files.len()).expect("small").to_le_bytes();
        out.extend(&directory);
        out.extend(b"PK\x05\x06\0\0\0\0".iter().chain(&n_files).chain(&n_files));
        out.extend(u32::try_from(directory.len()).expect("small").to_le_bytes());
        out.extend(offset.to_le_bytes());
        out.extend([0, 0]);
        out
    }

    #[test]
    fn files_are_read_through_the_directory() {
        let bytes = packed(&[("a.txt", b"Rates fell."), ("b/", b""), ("b/c.txt", b"No.")]);
        let place = Place::Memory(bytes.clone().into());
        let entries = place.entries().expect("a directory");
        assert_eq!(
            entries.iter().map(|entry| entry.path.as_str()).collect::<Vec<_>>(),
            ["a.txt", "b/c.txt"]
        );
        let mut text = String::new();
        let opened = Opened::new("a.zip".into(), crate::Options::default());
        place.read(&entries[0], &opened).expect("a file").read_to_string(&mut text).expect("text");
        assert_eq!(text, "Rates fell.");
        for cut in 0..bytes.len() {
            let place = Place::Memory(bytes[..cut].to_vec().into());
            for entry in place.entries().unwrap_or_default() {
                let _ = place
                    .read(&entry, &opened)
                    .map(|mut reader| io::copy(&mut reader, &mut io::sink()));
            }
        }
    }
}
