//! TAR: files one after another, each behind a header of 512 bytes.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

/// The unit of a TAR file, in bytes.
const BLOCK: usize = 512;
/// The longest name that is read, in bytes.
const MAX_NAME: u64 = 64 << 10;

/// The largest file that can be, in bytes.
const MAX_SIZE: u64 = 1 << 60;

/// A file in the archive.
pub(crate) struct Entry {
    /// Its path in the archive.
    pub(crate) path: String,
    /// Its bytes, to be read before the next entry is asked for.
    pub(crate) reader: Member,
}

/// The files of an archive, which is read once from start to end.
pub(crate) struct Tar {
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    reader: Box<dyn Read + Send>,
    /// Bytes of the open file that were not read yet.
    rest: u64,
    /// Zeros behind the open file.
    padding: u64,
    /// How many files were opened.
    n_opened: u64,
}

/// The bytes of one file.
pub(crate) struct Member {
    shared: Arc<Mutex<Shared>>,
    n: u64,
}

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if shared.n_opened != self.n || shared.rest == 0 || buffer.is_empty() {
            return Ok(0);
        }
        let room = usize::try_from(shared.rest).unwrap_or(usize::MAX).min(buffer.len());
        let n_bytes = shared.reader.read(buffer.get_mut(..room).unwrap_or_default())?;
        if n_bytes == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        shared.rest -= n_bytes as u64;
        Ok(n_bytes)
    }
}

impl Tar {
    pub(crate) fn new(reader: Box<dyn Read + Send>) -> Self {
        let shared = Shared { reader, rest: 0, padding: 0, n_opened: 0 };
        Self { shared: Arc::new(Mutex::new(shared)) }
    }

    /// The next file; none at the end. Folders, links and devices are passed over.
    pub(crate) fn next(&mut self) -> io::Result<Option<Entry>> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let mut long_name = None;
        loop {
            shared.skip()?;
            let Some(header) = shared.header()? else { return Ok(None) };
            let size = number(header.get(124..136).unwrap_or_default())
                .filter(|size| *size <= MAX_SIZE)
                .ok_or_else(|| damaged("a file of the archive has no size"))?;
            shared.rest = size;
            shared.padding = size.next_multiple_of(BLOCK as u64) - size;
            match header.get(156).copied() {
                Some(b'L') => long_name = Some(shared.name(text)?),
                Some(b'x') => {
                    let path = shared.name(pax_path)?;
                    long_name = if path.is_empty() { long_name.take() } else { Some(path) };
                }
                Some(b'0' | 0 | b'7') => {
                    shared.n_opened += 1;
                    let path = long_name.take().unwrap_or_else(|| path_of(&header));
                    let member = Member { shared: Arc::clone(&self.shared), n: shared.n_opened };
                    return Ok(Some(Entry { path, reader: member }));
                }
                _ => long_name = None,
            }
        }
    }
}

impl Shared {
    /// Passes over what is left of the open file.
    fn skip(&mut self) -> io::Result<()> {
        let length = self.rest + self.padding;
        let n_bytes = io::copy(&mut self.reader.by_ref().take(length), &mut io::sink())?;
        if n_bytes < length && self.rest > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        (self.rest, self.padding) = (0, 0);
        Ok(())
    }

    /// The next header; none at the end of the archive.
    fn header(&mut self) -> io::Result<Option<[u8; BLOCK]>> {
        let mut header = [0; BLOCK];
        let mut n_bytes = 0;
        while let Some(room) = header.get_mut(n_bytes..).filter(|room| !room.is_empty()) {
            match self.reader.read(room)? {
                0 if n_bytes == 0 => return Ok(None),
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => n_bytes += read,
            }
        }
        if header.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        let is_field =
            |at: usize, byte: u8| if (148..156).contains(&at) { 32 } else { u64::from(byte) };
        let sum: u64 = header.iter().enumerate().map(|(at, byte)| is_field(at, *byte)).sum();
        if number(header.get(148..156).unwrap_or_default()) != Some(sum) {
            return Err(damaged("a header of the archive does not fit its sum"));
        }
        Ok(Some(header))
    }

    /// A name that is the open file's content.
    fn name(&mut self, read: impl Fn(&[u8]) -> String) -> io::Result<String> {
        let mut bytes = Vec::new();
        let length = self.rest.min(MAX_NAME);
        self.reader.by_ref().take(length).read_to_end(&mut bytes)?;
        self.rest -= bytes.len() as u64;
        Ok(read(&bytes))
    }
}

/// A number in octal, or in binary if it is large.
fn number(field: &[u8]) -> Option<u64> {
    if let Some((128, rest)) = field.split_first().map(|(first, rest)| (*first, rest)) {
        return rest
            .iter()
            .try_fold(0_u64, |sum, byte| sum.checked_mul(256)?.checked_add(u64::from(*byte)));
    }
    let digits = text(field);
    let digits = digits.trim();
    if digits.is_empty() { None } else { u64::from_str_radix(digits, 8).ok() }
}

fn path_of(header: &[u8; BLOCK]) -> String {
    let name = text(header.get(..100).unwrap_or_default());
    let is_ustar = header.get(257..262) == Some(b"ustar");
    let prefix =
        if is_ustar { text(header.get(345..500).unwrap_or_default()) } else { String::new() };
    if prefix.is_empty() { name } else { format!("{prefix}/{name}") }
}

fn text(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(field.get(..end).unwrap_or_default()).into_owned()
}

/// The path in lines such as `22 path=news/a.html`.
fn pax_path(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let path = text.lines().find_map(|line| line.split_once(' ')?.1.strip_prefix("path="));
    path.unwrap_or_default().to_owned()
}

fn damaged(reason: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An archive of files.
    pub(crate) fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        for (name, bytes) in files {
            let mut header = [0; BLOCK];
            header[..name.len()].copy_from_slice(name.as_bytes());
            header[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
            header[156] = b'0';
            header[257..262].copy_from_slice(b"ustar");
            header[148..156].copy_from_slice(b"        ");
            let sum: u64 = header.iter().map(|byte| u64::from(*byte)).sum();
            header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
            out.extend_from_slice(&header);
            out.extend_from_slice(bytes);
            out.resize(out.len().next_multiple_of(BLOCK), 0);
        }
        out.resize(out.len() + 2 * BLOCK, 0);
        out
    }

    #[test]
    fn files_are_read_or_passed_over() {
        let bytes = packed(&[("a.txt", b"Rates fell."), ("b/c.txt", b""), ("d.txt", &[b'x'; 600])]);
        let mut tar = Tar::new(Box::new(io::Cursor::new(bytes.clone())));
        let mut first = tar.next().expect("read").expect("a file");
        assert_eq!(first.path, "a.txt");
        let mut text = String::new();
        first.reader.read_to_string(&mut text).expect("read");
        assert_eq!(text, "Rates fell.");
        assert_eq!(tar.next().expect("read").map(|entry| entry.path).as_deref(), Some("b/c.txt"));
        assert_eq!(tar.next().expect("read").map(|entry| entry.path).as_deref(), Some("d.txt"));
        assert!(tar.next().expect("read").is_none());
        let mut cut = Tar::new(Box::new(io::Cursor::new(bytes[..2300].to_vec())));
        assert!(cut.next().is_ok() && cut.next().is_ok() && cut.next().is_ok());
        assert!(cut.next().is_err());
        assert!(Tar::new(Box::new(io::Cursor::new(vec![b'x'; 600]))).next().is_err());
    }
}
