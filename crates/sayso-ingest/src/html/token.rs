//! From a page's characters to tags and texts, with any number of mistakes in them.

/// A piece of a page, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Characters between tags, with their references.
    Text(&'a str),
    /// `<name attributes>`.
    Start { name: &'a str, attributes: &'a str },
    /// `</name>`.
    End { name: &'a str },
}

/// The tokens of a page; comments, doctypes and processing instructions are passed over.
///
/// What stands in a raw element (`<script>`, `<style>`, `<title>`, …) is one text. A tag that is
/// never closed is dropped with everything after it, as browsers do.
///
/// # Cost
///
/// Linear in the page.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<'a> {
    rest: &'a str,
    /// The raw element whose text comes next.
    raw: Option<&'a str>,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(page: &'a str) -> Self {
        Self { rest: page, raw: None }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// The markup at the start of the rest, which begins with `<`; none if it is passed over.
    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = self.rest;
        let second = rest.as_bytes().get(1).copied().unwrap_or(b' ');
        if rest.starts_with("<!--") {
            let end = rest.get(4..).and_then(|rest| rest.find("-->")).map(|end| end + 7);
            let end = if rest.starts_with("<!-->") { Some(5) } else { end };
            self.take(end.unwrap_or(rest.len()));
            return None;
        }
        if matches!(second, b'!' | b'?') || rest.starts_with("</") && !is_tag(rest, 2) {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            self.take(end);
            return None;
        }
        if second == b'/' {
            return self.tag(2).map(|(name, _)| Token::End { name });
        }
        if !is_tag(rest, 1) {
            let length = rest.get(1..).and_then(|rest| rest.find('<'));
            return Some(Token::Text(self.take(length.map_or(rest.len(), |length| length + 1))));
        }
        let (name, attributes) = self.tag(1)?;
        self.raw = is_raw(name).then_some(name);
        Some(Token::Start { name, attributes })
    }

    /// A tag's name, which starts at `from`, and its attributes.
    fn tag(&mut self, from: usize) -> Option<(&'a str, &'a str)> {
        let Some(length) = tag_length(self.rest) else {
            self.rest = "";
            return None;
        };
        let inner = self.take(length).get(from..length - 1)?;
        let is_end = |c: char| c.is_ascii_whitespace() || c == '/';
        let (name, attributes) = inner.split_at(inner.find(is_end).unwrap_or(inner.len()));
        Some((name, attributes))
    }

    /// The text of a raw element, up to its end tag.
    fn raw_text(&mut self, name: &str) -> &'a str {
        let length = raw_length(self.rest, name);
        self.take(length)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while !self.rest.is_empty() {
            if let Some(name) = self.raw.take() {
                let text = self.raw_text(name);
                if !text.is_empty() {
                    return Some(Token::Text(text));
                }
            } else if !self.rest.starts_with('<') {
                let length = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Token::Text(self.take(length)));
            } else if let Some(token) = self.markup() {
                return Some(token);
            }
        }
        None
    }
}

/// The value of the attribute `name` among a tag's `attributes`, as it is written.
pub(crate) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/');
        // An equals sign at the start is part of the name.
        let length = rest.char_indices().skip(1).find(|(_, c)| is_end(*c)).map(|(at, _)| at);
        let (found, tail) = rest.split_at(length.unwrap_or(rest.len()));
        let (value, tail) = value(tail);
        if found.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = tail;
    }
}

/// The value after an attribute's name, and what follows it.
fn value(tail: &str) -> (&str, &str) {
    let Some(tail) = tail.trim_ascii_start().strip_prefix('=').map(str::trim_ascii_start) else {
        return ("", tail);
    };
    for quote in ['"', '\''] {
        if let Some(quoted) = tail.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    tail.split_at(tail.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tail.len()))
}

fn is_tag(markup: &str, from: usize) -> bool {
    markup.as_bytes().get(from).is_some_and(u8::is_ascii_alphabetic)
}

/// Elements whose text is not markup.
fn is_raw(name: &str) -> bool {
    const RAW: [&str; 8] =
        ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];
    RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw))
}

/// The length of the tag at the start of `markup` with its `>`, which does not end it in quotes.
fn tag_length(markup: &str) -> Option<usize> {
    let bytes = markup.as_bytes();
    let mut at = 1;
    // Whether an equals sign, after which a quote opens a value, was the last but white space.
    let mut after_equals = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return Some(at + 1),
            b'"' | b'\'' if after_equals => {
                let value = bytes.get(at + 1..)?;
                at += 1 + value.iter().position(|other| *other == byte)?;
                after_equals = false;
            }
            b'=' => after_equals = true,
            byte if !byte.is_ascii_whitespace() => after_equals = false,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The length of `rest` up to `</name`, or all of it.
fn raw_length(rest: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|rest| rest.find("</")) {
        let start = from + at;
        let after = rest.as_bytes().get(start + 2..).unwrap_or_default();
        let (found, next) = after.split_at_checked(name.len()).unwrap_or_default();
        let is_end = next.first().is_some_and(|byte| b" \t\r\n\x0C/>".contains(byte));
        if found.eq_ignore_ascii_case(name.as_bytes()) && is_end {
            return start;
        }
        from = start + 2;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(page: &str) -> Vec<String> {
        let written = |token| match token {
            Token::Text(text) => text.to_owned(),
            Token::Start { name, attributes } => format!("<{name}{attributes}>"),
            Token::End { name } => format!("</{name}>"),
        };
        Tokens::new(page).map(written).collect()
    }

    #[test]
    fn tags_and_texts() {
        let page = "<!DOCTYPE html><P class='a>b'>Rates <b>fell</b><!-- <p> --> 2 < 3.</P >";
        let expected = ["<P class='a>b'>", "Rates ", "<b>", "fell", "</b>", " 2 ", "< 3.", "</P>"];
        assert_eq!(tokens(page), expected);
    }

    #[test]
    fn scripts_are_raw() {
        let page = "<script>if (a</b>c) d('<p>')</script><title>A & <b></title>x";
        let expected = [
            "<script>",
            "if (a</b>c) d('<p>')",
            "</script>",
            "<title>",
            "A & <b>",
            "</title>",
            "x",
        ];
        assert_eq!(tokens(page), expected);
    }

    #[test]
    fn what_breaks_off_is_dropped() {
        assert_eq!(tokens("a<p class=\"b>c"), ["a"]);
        assert_eq!(tokens("a<!-- b"), ["a"]);
        assert_eq!(tokens("a<"), ["a", "<"]);
        assert_eq!(tokens("<script>a"), ["<script>", "a"]);
        assert_eq!(tokens("</>a</ b>c<?php d ?>e"), ["a", "c", "e"]);
    }

    #[test]
    fn attributes() {
        let given = " CLASS = \"a b\" hidden data-x='\"' href=/a/b?c=d/ id";
        assert_eq!(attribute(given, "class"), Some("a b"));
        assert_eq!(attribute(given, "hidden"), Some(""));
        assert_eq!(attribute(given, "data-x"), Some("\""));
        assert_eq!(attribute(given, "href"), Some("/a/b?c=d/"));
        assert_eq!(attribute(given, "id"), Some(""));
        assert_eq!(attribute(given, "style"), None);
        assert_eq!(attribute("=\"é\" x=1", "x"), Some("1"));
    }
}
