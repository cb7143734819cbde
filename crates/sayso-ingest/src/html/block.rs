//! The paragraphs of a page: what stands between two ends of a line.

use super::entity::unescape;
use super::tree::{NodeId, Tag, Tree};
use super::words::Role;

/// A paragraph, heading or item of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// The innermost element around it that stands by itself.
    pub(crate) node: NodeId,
    /// That element's tag.
    pub(crate) tag: Tag,
    /// Its characters, with white space as single blanks.
    pub(crate) text: String,
    /// How many of its bytes are in links.
    pub(crate) n_linked: usize,
}

impl Block {
    /// How much of an article it is likely to be, in bytes; negative for what surrounds one.
    ///
    /// Sentences count as what they have outside of links, fragments and links against it.
    pub(crate) fn worth(&self) -> i64 {
        let own = length(self.text.len() - self.n_linked.min(self.text.len()));
        let linked = length(self.n_linked);
        let is_sentence = ends_sentence(&self.text);
        let is_long = own >= MIN_PROSE;
        match self.tag {
            Tag::Heading(_) => -linked.min(FRAGMENT),
            _ if linked > own => -FRAGMENT - linked.min(MIN_PROSE),
            _ if is_long && is_sentence => own,
            _ if is_long => own / 2,
            _ if is_sentence => own / 2,
            _ => -FRAGMENT,
        }
    }
}

/// Texts of at least so many bytes outside of links are likely sentences.
const MIN_PROSE: i64 = 80;
/// What a fragment such as a menu's entry counts against an article, in bytes of prose.
const FRAGMENT: i64 = 20;

/// Whether a paragraph ends as a sentence does: *said.* *said.” said)?*
pub(crate) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ']);
    bare.ends_with(['.', '!', '?', '…', ':', '。']) && bare.len() > 1
}

pub(crate) fn length(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The blocks of the page; `is_left_out` says of which elements nothing is read.
pub(crate) fn blocks(tree: &Tree<'_>, is_left_out: &dyn Fn(NodeId) -> bool) -> Vec<Block> {
    let mut walk = Walk { tree, is_left_out, found: Vec::new(), line: Line::default() };
    walk.enter(0, 0);
    walk.flush(0);
    walk.found
}

struct Walk<'t, 'a> {
    tree: &'t Tree<'a>,
    is_left_out: &'t dyn Fn(NodeId) -> bool,
    found: Vec<Block>,
    line: Line,
}

/// The block that is being read.
#[derive(Default)]
struct Line {
    text: String,
    n_linked: usize,
    /// Whether white space comes before the next word.
    has_blank: bool,
    /// Whether `<br>` was the last, but for white space.
    is_broken: bool,
    /// How many links are open.
    n_links: usize,
}

impl Walk<'_, '_> {
    /// Reads what is in `node`; `block` is the innermost element that stands by itself. Trees are
    /// of bounded depth, and so is the recursion.
    fn enter(&mut self, node: NodeId, block: NodeId) {
        for child in self.tree.children(node) {
            let tag = self.tree.tag(child);
            match tag {
                Tag::Text => self.line.push(&unescape(self.tree.text(child), false)),
                Tag::Br => self.line_break(block),
                _ if is_silent(tag) || (self.is_left_out)(child) => {
                    if !tag.is_inline() && tag != Tag::Void && tag != Tag::Script {
                        self.flush(block);
                    }
                }
                Tag::A => {
                    self.line.n_links += 1;
                    self.enter(child, block);
                    self.line.n_links -= 1;
                }
                _ if tag.is_inline() => self.enter(child, block),
                _ => {
                    self.flush(block);
                    self.enter(child, child);
                    self.flush(child);
                }
            }
        }
    }

    /// Two breaks end a paragraph, as does one after a sentence; else one is a blank.
    fn line_break(&mut self, block: NodeId) {
        if self.line.is_broken || ends_sentence(&self.line.text) {
            self.flush(block);
        }
        self.line.is_broken = true;
        self.line.has_blank = true;
    }

    fn flush(&mut self, node: NodeId) {
        let n_links = self.line.n_links;
        let line = std::mem::replace(&mut self.line, Line { n_links, ..Line::default() });
        if !line.text.is_empty() {
            let tag = self.tree.tag(node);
            self.found.push(Block { node, tag, text: line.text, n_linked: line.n_linked });
        }
    }
}

impl Line {
    fn push(&mut self, text: &str) {
        for (n, word) in text.split(char::is_whitespace).enumerate() {
            self.has_blank |= n > 0;
            if word.is_empty() {
                continue;
            }
            if self.has_blank && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.has_blank = false;
            self.is_broken = false;
            self.text.push_str(word);
            if self.n_links > 0 {
                self.n_linked += word.len() + 1;
            }
        }
    }
}

/// Elements without a word of an article.
fn is_silent(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Head
            | Tag::Title
            | Tag::Script
            | Tag::Noise
            | Tag::Figure
            | Tag::Void
            | Tag::Meta
            | Tag::Link
    )
}

/// What the class, id and role of an element say about it.
pub(crate) fn role(tree: &Tree<'_>, node: NodeId) -> Role {
    let mut role = Role::default();
    for name in ["class", "id", "itemprop", "role"] {
        if let Some(names) = tree.attribute(node, name) {
            role.add(names);
        }
    }
    role
}

/// Whether an element is not shown.
pub(crate) fn is_hidden(tree: &Tree<'_>, node: NodeId) -> bool {
    let style = tree.attribute(node, "style").unwrap_or_default();
    tree.attribute(node, "hidden").is_some()
        || tree.attribute(node, "aria-hidden").is_some_and(|value| value == "true")
        || (!style.is_empty() && {
            let style: String = style.split_ascii_whitespace().collect();
            style.to_ascii_lowercase().contains("display:none")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &str) -> Vec<String> {
        let tree = Tree::read(page);
        blocks(&tree, &|_| false).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn blocks_end_where_lines_do() {
        let page = "<div>Rates\n <b>fell</b><i>.</i><p>He said so.<br>She did\u{a0}<br>not.<br><br>No.</div>";
        assert_eq!(texts(page), ["Rates fell.", "He said so.", "She did not.", "No."]);
        assert_eq!(texts("<ul><li>a<li>b</ul><script>c</script><nav>d</nav>e"), ["a", "b", "e"]);
    }

    #[test]
    fn links_count_against_a_block() {
        let tree = Tree::read(
            "<p><a href=/>Ferries</a> sail.</p><p><a href=/>All the news of today</a></p>",
        );
        let found = blocks(&tree, &|_| false);
        assert_eq!(found.iter().map(|block| block.n_linked).collect::<Vec<_>>(), [8, 22]);
        assert!(found[1].worth() < 0);
    }
}
