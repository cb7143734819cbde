//! A page's elements and texts as a tree.

use super::token::{Token, Tokens, attribute};

/// Elements deeper than this lie beside each other at this depth. Browsers do the same at 512; news
/// pages are about 30 deep.
const MAX_DEPTH: usize = 256;
/// The largest number of nodes; what follows them is left out. News pages have a few thousand.
const MAX_NODES: usize = 4 << 20;

/// A node of a [`Tree`].
pub(crate) type NodeId = u32;

/// No node.
const NONE: NodeId = NodeId::MAX;

/// A page's elements and texts; node 0 stands for the page.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    /// Whether the page has more nodes than are kept.
    pub(crate) is_cut: bool,
}

#[derive(Clone, Copy, Debug)]
struct Node<'a> {
    parent: NodeId,
    first: NodeId,
    last: NodeId,
    next: NodeId,
    tag: Tag,
    /// A text's characters, or an element's attributes.
    source: &'a str,
}

/// What an element is, as far as it matters for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// No element but characters.
    Text,
    /// The page.
    Page,
    Html,
    Head,
    Body,
    Title,
    Meta,
    Link,
    Script,
    A,
    Time,
    Br,
    P,
    Li,
    /// `<dt>` and `<dd>`.
    Term,
    /// `<h1>` to `<h6>`, with the level.
    Heading(u8),
    Article,
    Main,
    Blockquote,
    Table,
    /// `<thead>`, `<tbody>` and `<tfoot>`.
    Rows,
    Row,
    /// `<td>` and `<th>`.
    Cell,
    /// `<ul>`, `<ol>` and `<dl>`.
    List,
    Figure,
    Form,
    /// Another element that stands by itself, such as `<div>`.
    Block,
    /// An element that holds no part of an article: navigation, controls, drawings, styles.
    Noise,
    /// An element without content, such as `<img>`.
    Void,
    /// Another element within a line, such as `<b>` or one that is not known.
    Inline,
}

impl Tag {
    fn of(name: &str) -> Self {
        let mut lower = [0; 12];
        let Some(lower) = lower.get_mut(..name.len()) else { return Self::Inline };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"html" => Self::Html,
            b"head" => Self::Head,
            b"body" => Self::Body,
            b"title" => Self::Title,
            b"meta" => Self::Meta,
            b"link" => Self::Link,
            b"script" => Self::Script,
            b"a" => Self::A,
            b"time" => Self::Time,
            b"br" => Self::Br,
            b"p" => Self::P,
            b"li" => Self::Li,
            b"dt" | b"dd" => Self::Term,
            [b'h', level @ b'1'..=b'6'] => Self::Heading(level - b'0'),
            b"article" => Self::Article,
            b"main" => Self::Main,
            b"blockquote" => Self::Blockquote,
            b"table" => Self::Table,
            b"thead" | b"tbody" | b"tfoot" => Self::Rows,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"ul" | b"ol" | b"dl" => Self::List,
            b"figure" | b"picture" | b"video" | b"audio" => Self::Figure,
            b"form" | b"fieldset" => Self::Form,
            b"address" | b"center" | b"details" | b"div" | b"header" | b"hgroup" | b"pre"
            | b"section" | b"summary" | b"caption" => Self::Block,
            b"aside" | b"applet" | b"button" | b"canvas" | b"datalist" | b"dialog"
            | b"figcaption" | b"footer" | b"iframe" | b"map" | b"math" | b"menu" | b"nav"
            | b"noembed" | b"noframes" | b"noscript" | b"object" | b"option" | b"select"
            | b"style" | b"svg" | b"template" | b"textarea" | b"xmp" => Self::Noise,
            b"area" | b"base" | b"col" | b"embed" | b"frame" | b"hr" | b"img" | b"input"
            | b"param" | b"source" | b"track" | b"wbr" => Self::Void,
            _ => Self::Inline,
        }
    }

    fn is_void(self) -> bool {
        matches!(self, Self::Void | Self::Meta | Self::Link | Self::Br)
    }

    /// Whether it is part of a line of text.
    pub(crate) fn is_inline(self) -> bool {
        matches!(self, Self::Text | Self::A | Self::Time | Self::Br | Self::Inline)
    }

    /// Whether its start ends an open paragraph.
    fn closes_paragraph(self) -> bool {
        use Tag::{
            Article, Block, Blockquote, Figure, Form, Heading, Li, List, Main, P, Table, Term,
        };
        matches!(
            self,
            P | Li
                | Term
                | Heading(_)
                | Article
                | Main
                | Blockquote
                | Table
                | List
                | Figure
                | Form
                | Block
        )
    }

    /// Whether it hides open elements around it from the tags inside of it.
    fn is_scope(self) -> bool {
        matches!(
            self,
            Self::Table | Self::Cell | Self::Page | Self::Html | Self::Body | Self::Noise
        )
    }
}

impl<'a> Tree<'a> {
    /// Reads a page; any characters are one.
    ///
    /// # Cost
    ///
    /// Linear in the page.
    pub(crate) fn read(page: &'a str) -> Self {
        let mut builder = Builder::new();
        for token in Tokens::new(page) {
            if builder.tree.nodes.len() >= MAX_NODES {
                builder.tree.is_cut = true;
                break;
            }
            match token {
                Token::Text(text) => {
                    builder.append(Tag::Text, text);
                }
                Token::Start { name, attributes } => builder.start(name, attributes),
                Token::End { name } => builder.end(name),
            }
        }
        builder.tree
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn tag(&self, node: NodeId) -> Tag {
        self.node(node).map_or(Tag::Text, |node| node.tag)
    }

    /// An attribute's value as it is written; none for a text.
    pub(crate) fn attribute(&self, node: NodeId, name: &str) -> Option<&'a str> {
        let node = self.node(node).filter(|node| node.tag != Tag::Text)?;
        attribute(node.source, name)
    }

    /// A text's characters as they are written; nothing for an element.
    pub(crate) fn text(&self, node: NodeId) -> &'a str {
        self.node(node).filter(|node| node.tag == Tag::Text).map_or("", |node| node.source)
    }

    pub(crate) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.node(node).and_then(|node| some(node.parent))
    }

    pub(crate) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let first = self.node(node).and_then(|node| some(node.first));
        std::iter::successors(first, |child| self.node(*child).and_then(|node| some(node.next)))
    }

    /// Every node in the order of the page.
    pub(crate) fn all(&self) -> impl Iterator<Item = NodeId> + use<> {
        0..NodeId::try_from(self.nodes.len()).unwrap_or(NONE)
    }

    /// A node with everything above it, upwards.
    pub(crate) fn ancestors(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(node), |node| self.parent(*node))
    }

    /// The characters in and below a node, as they are written.
    pub(crate) fn texts(&self, node: NodeId) -> impl Iterator<Item = &'a str> {
        let mut open = vec![node];
        std::iter::from_fn(move || {
            loop {
                let node = open.pop()?;
                let start = open.len();
                open.extend(self.children(node));
                if let Some(children) = open.get_mut(start..) {
                    children.reverse();
                }
                if self.tag(node) == Tag::Text {
                    return Some(self.text(node));
                }
            }
        })
    }

    fn node(&self, node: NodeId) -> Option<&Node<'a>> {
        self.nodes.get(node as usize)
    }
}

fn some(node: NodeId) -> Option<NodeId> {
    (node != NONE).then_some(node)
}

/// A tree that grows, with the elements that are open.
struct Builder<'a> {
    tree: Tree<'a>,
    open: Vec<Open<'a>>,
    /// Elements that are open beyond the largest depth.
    n_deeper: u64,
}

#[derive(Clone, Copy)]
struct Open<'a> {
    node: NodeId,
    tag: Tag,
    name: &'a str,
}

impl<'a> Builder<'a> {
    fn new() -> Self {
        let page =
            Node { parent: NONE, first: NONE, last: NONE, next: NONE, tag: Tag::Page, source: "" };
        let open = vec![Open { node: 0, tag: Tag::Page, name: "" }];
        Self { tree: Tree { nodes: vec![page], is_cut: false }, open, n_deeper: 0 }
    }

    fn start(&mut self, name: &'a str, attributes: &'a str) {
        let tag = Tag::of(name);
        if matches!(tag, Tag::Html | Tag::Body) && self.open.iter().any(|open| open.tag == tag) {
            return;
        }
        self.close_before(tag);
        let node = self.append(tag, attributes);
        if tag.is_void() {
            return;
        }
        if self.open.len() < MAX_DEPTH {
            self.open.push(Open { node, tag, name });
        } else {
            self.n_deeper += 1;
        }
    }

    /// Ends the elements that cannot hold a `tag`: a paragraph ends where the next one starts.
    fn close_before(&mut self, tag: Tag) {
        if tag.closes_paragraph() {
            self.close_in_scope(Tag::P, Tag::is_scope);
        }
        match tag {
            Tag::Li | Tag::Term => {
                self.close_in_scope(tag, |other| other.is_scope() || other == Tag::List);
            }
            Tag::Heading(_) => {
                if let Some(Open { tag: Tag::Heading(_), .. }) = self.open.last() {
                    self.open.pop();
                }
            }
            Tag::Row | Tag::Rows | Tag::Cell => {
                let is_table = |other| other == Tag::Table;
                self.close_in_scope(Tag::Cell, |other| is_table(other) || other == Tag::Row);
                if tag != Tag::Cell {
                    self.close_in_scope(Tag::Row, is_table);
                }
                if tag == Tag::Rows {
                    self.close_in_scope(Tag::Rows, is_table);
                }
            }
            Tag::A => self.close_in_scope(Tag::A, |other| !other.is_inline()),
            Tag::Body => self.close_in_scope(Tag::Head, |_| false),
            _ => {}
        }
    }

    /// Ends the innermost open `tag`, unless something of `scope` lies between.
    fn close_in_scope(&mut self, tag: Tag, scope: impl Fn(Tag) -> bool) {
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.tag == tag {
                self.open.truncate(at);
                return;
            }
            if scope(open.tag) {
                return;
            }
        }
    }

    fn end(&mut self, name: &str) {
        let tag = Tag::of(name);
        if tag.is_void() || matches!(tag, Tag::Html | Tag::Body) {
            return;
        }
        if self.n_deeper > 0 {
            self.n_deeper -= 1;
            return;
        }
        let is_scope = |other: Tag| match tag {
            Tag::Table | Tag::Cell | Tag::Row | Tag::Rows => other == Tag::Table && tag != other,
            Tag::Noise | Tag::Head => false,
            _ => other.is_scope(),
        };
        let mut crosses_block = false;
        for (at, open) in self.open.iter().enumerate().skip(1).rev() {
            if open.tag == tag && open.name.eq_ignore_ascii_case(name) {
                if crosses_block && tag.is_inline() {
                    // `<b><p>…</b>…</p>`: the paragraph stays open.
                    self.open.remove(at);
                } else {
                    self.open.truncate(at);
                }
                return;
            }
            if is_scope(open.tag) {
                return;
            }
            crosses_block |= !open.tag.is_inline();
        }
    }

    fn append(&mut self, tag: Tag, source: &'a str) -> NodeId {
        let parent = self.open.last().map_or(0, |open| open.node);
        let node = NodeId::try_from(self.tree.nodes.len()).unwrap_or(NONE);
        let new = Node { parent, first: NONE, last: NONE, next: NONE, tag, source };
        let Some(above) = self.tree.nodes.get_mut(parent as usize) else { return node };
        let before = std::mem::replace(&mut above.last, node);
        if before == NONE {
            above.first = node;
        } else if let Some(before) = self.tree.nodes.get_mut(before as usize) {
            before.next = node;
        }
        self.tree.nodes.push(new);
        node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree in brackets: `(p Rates (inline fell))`.
    fn brackets(tree: &Tree<'_>, node: NodeId) -> String {
        if tree.tag(node) == Tag::Text {
            return tree.text(node).to_owned();
        }
        let inner: Vec<_> = tree.children(node).map(|child| brackets(tree, child)).collect();
        let name = format!("{:?}", tree.tag(node)).to_lowercase();
        format!("({name} {})", inner.join(" ")).replace(" )", ")")
    }

    fn check(page: &str, expected: &str) {
        assert_eq!(brackets(&Tree::read(page), 0), format!("(page {expected})"));
    }

    #[test]
    fn paragraphs_and_items_end_where_the_next_begin() {
        check("<p>a<p>b<div>c</div>", "(p a) (p b) (block c)");
        check(
            "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>",
            "(list (li a) (li b (list (li c))) (li d))",
        );
        check(
            "<table><tr><td>a<td>b<tr><td><p>c</table>d",
            "(table (row (cell a) (cell b)) (row (cell (p c)))) d",
        );
    }

    #[test]
    fn tags_that_cross_keep_the_paragraph_open() {
        check("<b><p>a</b>b</p>c", "(inline (p a b)) c");
        check("<p>a</div>b</p>", "(p a b)");
        check("<div><p>a</div>b", "(block (p a)) b");
        check("<a>b<a>c</a>", "(a b) (a c)");
    }

    #[test]
    fn depth_is_bounded() {
        let page = format!("{}a{}b", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tree = Tree::read(&page);
        let depth = tree.all().map(|node| tree.ancestors(node).count()).max();
        assert!(depth.is_some_and(|depth| depth <= MAX_DEPTH + 1), "{depth:?}");
        assert_eq!(tree.texts(0).collect::<String>(), "ab");
    }
}
