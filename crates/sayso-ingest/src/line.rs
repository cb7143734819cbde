//! Lines of a stream, with a bound on their length.

use std::io::{self, BufRead, Read};

/// What came of reading a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// The stream has ended.
    End,
    /// A line, with its line end where it has one.
    Whole,
    /// A line longer than the limit; it has been passed over, and the buffer holds its beginning.
    TooLong,
}

/// Appends the next line to `buffer`, which must not grow beyond `limit` bytes.
pub(crate) fn read_line(
    reader: &mut dyn BufRead,
    limit: u64,
    buffer: &mut Vec<u8>,
) -> io::Result<Line> {
    let room = limit.saturating_sub(buffer.len() as u64);
    let got = reader.take(room + 1).read_until(b'\n', buffer)?;
    if got == 0 {
        return Ok(Line::End);
    }
    if got as u64 <= room {
        return Ok(Line::Whole);
    }
    if buffer.last() != Some(&b'\n') {
        skip_line(reader)?;
    }
    Ok(Line::TooLong)
}

/// Reads to the end of the line and forgets what it reads.
fn skip_line(reader: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            return Ok(());
        }
        let end = chunk.iter().position(|&byte| byte == b'\n');
        let length = end.map_or(chunk.len(), |end| end + 1);
        reader.consume(length);
        if end.is_some() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_passed_over_and_the_next_one_is_whole() {
        let mut reader = &b"short\nmuch too long\nend"[..];
        let mut lines = Vec::new();
        loop {
            let mut buffer = Vec::new();
            match read_line(&mut reader, 6, &mut buffer).expect("memory does not fail") {
                Line::End => break,
                line => lines.push((line, String::from_utf8(buffer).expect("ASCII"))),
            }
        }
        let expected = [(Line::Whole, "short\n"), (Line::TooLong, "much to"), (Line::Whole, "end")];
        assert_eq!(lines, expected.map(|(line, text)| (line, text.to_owned())));
    }
}
