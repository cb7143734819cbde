//! Files packed with Zstandard, which may be many frames one after another.

use std::io::{self, BufRead, Chain, Cursor, Read};

use ruzstd::decoding::StreamingDecoder;

/// The marks of frames that hold no data, but for the last four bits.
const SKIPPED: u32 = 0x184D_2A50;

/// What the decoder reads from: four bytes that were read to tell the frame, and the rest.
type Source = Chain<Cursor<[u8; 4]>, Box<dyn BufRead + Send>>;

/// The bytes of all frames of a stream.
pub(crate) struct Zstd {
    /// The stream between two frames.
    idle: Option<Box<dyn BufRead + Send>>,
    open: Option<Box<StreamingDecoder<Source, ruzstd::decoding::FrameDecoder>>>,
}

impl Zstd {
    pub(crate) fn new(reader: Box<dyn BufRead + Send>) -> Self {
        Self { idle: Some(reader), open: None }
    }

    /// Opens the next frame with data; false at the end.
    fn open_next(&mut self) -> io::Result<bool> {
        while let Some(mut reader) = self.idle.take() {
            if reader.fill_buf()?.is_empty() {
                return Ok(false);
            }
            let mut mark = [0; 4];
            reader.read_exact(&mut mark)?;
            if u32::from_le_bytes(mark) & !0xF == SKIPPED {
                let mut length = [0; 4];
                reader.read_exact(&mut length)?;
                let length = u64::from(u32::from_le_bytes(length));
                io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
                self.idle = Some(reader);
                continue;
            }
            let source = Cursor::new(mark).chain(reader);
            let decoder = StreamingDecoder::new(source).map_err(invalid)?;
            self.open = Some(Box::new(decoder));
            return Ok(true);
        }
        Ok(false)
    }
}

fn invalid(error: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(open) = &mut self.open {
                let n_bytes = open.read(buffer)?;
                if n_bytes > 0 || buffer.is_empty() {
                    return Ok(n_bytes);
                }
                let source = self.open.take().map(|open| open.into_inner());
                self.idle = source.map(|source| source.into_inner().1);
            }
            if !self.open_next()? {
                return Ok(0);
            }
        }
    }
}
