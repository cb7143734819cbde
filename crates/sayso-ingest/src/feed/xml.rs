//! As much of XML as feeds need, with any number of mistakes in it.
//!
//! Entities that a document declares are never expanded; what is not closed ends with what holds it.

use crate::html::{attribute, unescape};

/// Elements deeper than this are left out with their text, as in no feed.
const MAX_DEPTH: usize = 16;
/// The elements whose markup is their text, as XHTML in Atom.
const MARKUP: [&str; 3] = ["content", "atom:content", "content:encoded"];

/// An element with its text and the elements in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name in small letters, with its prefix.
    pub(super) name: String,
    attributes: String,
    /// Its own text, references replaced; of content the markup in it, too.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The first element in it of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        attribute(&self.attributes, name).map(|value| unescape(value, true).into_owned())
    }
}

/// The document as an element without a name.
pub(super) fn read(text: &str) -> Element {
    let mut open = vec![Element::default()];
    // Elements that are open beyond the depth.
    let mut n_deeper = 0_usize;
    let mut rest = text;
    while !rest.is_empty() {
        let Some(markup) = rest.strip_prefix('<') else {
            let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            if n_deeper == 0 {
                add_text(&mut open, &unescape(text, false));
            }
            rest = after;
            continue;
        };
        if let Some(data) = markup.strip_prefix("![CDATA[") {
            let (data, after) = data.split_once("]]>").unwrap_or((data, ""));
            if n_deeper == 0 {
                add_text(&mut open, data);
            }
            rest = after;
        } else if let Some(comment) = markup.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if markup.starts_with("!DOCTYPE") || markup.starts_with("!doctype") {
            rest = after_doctype(markup);
        } else if markup.starts_with(['!', '?']) {
            rest = markup.split_once('>').map_or("", |(_, after)| after);
        } else {
            let (tag, after) = split_tag(markup);
            rest = after;
            match tag.strip_prefix('/') {
                Some(_) if n_deeper > 0 => n_deeper -= 1,
                Some(name) => close(&mut open, name.trim()),
                None if open.len() < MAX_DEPTH && n_deeper == 0 => start(&mut open, tag),
                None => n_deeper += usize::from(!tag.ends_with('/')),
            }
        }
    }
    while open.len() > 1 {
        close_last(&mut open);
    }
    open.pop().unwrap_or_default()
}

/// What follows a doctype, with the declarations in its brackets.
fn after_doctype(markup: &str) -> &str {
    let end = markup.find('>').unwrap_or(markup.len());
    match markup.find('[') {
        Some(bracket) if bracket < end => {
            let inner = markup.get(bracket..).unwrap_or_default();
            let after = inner.split_once(']').map_or("", |(_, after)| after);
            after.split_once('>').map_or("", |(_, after)| after)
        }
        _ => markup.get(end + 1..).unwrap_or_default(),
    }
}

/// A tag without its `>`, which does not end it in quotes, and what follows.
fn split_tag(markup: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, byte) in markup.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => {
                let (tag, after) = markup.split_at(at);
                return (tag, after.get(1..).unwrap_or_default());
            }
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    (markup, "")
}

fn start(open: &mut Vec<Element>, tag: &str) {
    let is_empty = tag.ends_with('/');
    let tag = tag.trim_end_matches('/');
    let (name, attributes) =
        tag.split_at(tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len()));
    if let Some(content) = open.last_mut().filter(|element| MARKUP.contains(&element.name.as_str()))
    {
        // Markup in content is part of its text; only its own kind of element is counted.
        content.text.push('<');
        content.text.push_str(
            tag.split_once(':')
                .map_or(tag, |(_, rest)| if tag.starts_with("xhtml:") { rest } else { tag }),
        );
        content.text.push('>');
        return;
    }
    let name = name.to_ascii_lowercase();
    open.push(Element { name, attributes: attributes.to_owned(), ..Element::default() });
    if is_empty {
        close_last(open);
    }
}

fn close(open: &mut Vec<Element>, name: &str) {
    let name = name.to_ascii_lowercase();
    if let Some(content) = open.last_mut().filter(|element| MARKUP.contains(&element.name.as_str()))
        && content.name != name
        && !matches!(name.as_str(), "item" | "entry" | "channel" | "feed" | "rss")
    {
        content.text.push_str("</");
        content.text.push_str(name.trim_start_matches("xhtml:"));
        content.text.push('>');
        return;
    }
    if open.iter().skip(1).any(|element| element.name == name) {
        while open.len() > 1 {
            let is_it = open.last().is_some_and(|element| element.name == name);
            close_last(open);
            if is_it {
                return;
            }
        }
    }
}

fn close_last(open: &mut Vec<Element>) {
    if let Some(element) = open.pop()
        && let Some(outer) = open.last_mut()
    {
        outer.children.push(element);
    }
}

fn add_text(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}
