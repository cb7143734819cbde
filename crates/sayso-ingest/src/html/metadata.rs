//! What a page tells about its article: in JSON-LD, in its head, and where readers see it.

use super::block::is_hidden;
use super::entity::unescape;
use super::json_ld::{Told, told};
use super::tree::{NodeId, Tag, Tree};
use crate::{Metadata, date};

mod author;
mod title;

/// What the page says about its article, and how.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) metadata: Metadata,
    /// What the page's head says in a sentence.
    pub(crate) descriptions: Vec<String>,
    /// Whether the article is only shown to those who pay.
    pub(crate) is_paid: bool,
    /// The article's whole text, where the page repeats it for machines.
    pub(crate) body: Option<String>,
}

/// Names of the head's fields for a day of publication, the best first.
const PUBLISHED: [&str; 18] = [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date.publication",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "pubdate",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "date",
];

/// Reads them; `name` is the page's file or address.
pub(crate) fn of(name: &str, tree: &Tree<'_>) -> Facts {
    let told = told(tree);
    let head = Head::of(tree);
    let outlet = outlet(&head, &told);
    let url = url(tree, &head, &told);
    let title = title::of(tree, &head, &told, outlet.as_deref());
    let authors = author::of(tree, &head, &told, outlet.as_deref());
    let published = published(tree, &head, &told, url.as_deref());
    let metadata = Metadata { source: name.to_owned(), title, authors, outlet, published, url };
    let names = ["description", "og:description", "twitter:description"];
    let descriptions = names.iter().flat_map(|name| head.all(name)).map(str::to_owned).collect();
    Facts { metadata, descriptions, is_paid: told.is_paid, body: told.body }
}

/// The fields of the page's head: names in lower case, and what they say.
#[derive(Debug, Default)]
struct Head(Vec<(String, String)>);

impl Head {
    fn of(tree: &Tree<'_>) -> Self {
        let fields = tree.all().filter(|node| tree.tag(*node) == Tag::Meta).filter_map(|node| {
            let name = ["property", "name", "itemprop"]
                .iter()
                .find_map(|name| tree.attribute(node, name))?;
            let content = clean(tree.attribute(node, "content")?, true);
            (!content.is_empty()).then(|| (name.trim().to_ascii_lowercase(), content))
        });
        Self(fields.collect())
    }

    /// What the first field of these names says; earlier names go before later ones.
    fn first<'h>(&'h self, names: &[&str]) -> Option<&'h str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(found, _)| found == name).map(|(_, content)| content.as_str())
    }
}

/// Text without references and superfluous white space.
fn clean(text: &str, in_attribute: bool) -> String {
    unescape(text, in_attribute).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The visible text of an element, as a line.
fn visible(tree: &Tree<'_>, node: NodeId) -> String {
    let mut text = String::new();
    add_visible(tree, node, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest text that is looked at for a title, a name or a day, in bytes.
const MAX_VISIBLE: usize = 1000;

fn add_visible(tree: &Tree<'_>, node: NodeId, text: &mut String) {
    for child in tree.children(node) {
        let tag = tree.tag(child);
        if text.len() > MAX_VISIBLE {
            return;
        }
        match tag {
            Tag::Text => text.push_str(&unescape(tree.text(child), false)),
            Tag::Script | Tag::Noise => {}
            _ => {
                let blank = if tag.is_inline() && tag != Tag::Br { "" } else { " " };
                text.push_str(blank);
                add_visible(tree, child, text);
                text.push_str(blank);
            }
        }
    }
}

/// Whether readers see an element, but for what styles and scripts do.
fn is_shown(tree: &Tree<'_>, node: NodeId) -> bool {
    !tree
        .ancestors(node)
        .any(|above| matches!(tree.tag(above), Tag::Noise | Tag::Head) || is_hidden(tree, above))
}

fn outlet(head: &Head, told: &Told) -> Option<String> {
    let declared = head.first(&["og:site_name", "publisher", "dc.publisher", "application-name"]);
    let name = declared
        .map(str::to_owned)
        .or_else(|| told.publisher.as_deref().map(|name| clean(name, false)));
    name.filter(|name| !name.is_empty() && !name.contains("://"))
}

fn url(tree: &Tree<'_>, head: &Head, told: &Told) -> Option<String> {
    let is_canonical = |node: &NodeId| {
        tree.tag(*node) == Tag::Link
            && tree.attribute(*node, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
    };
    let link = tree.all().find(is_canonical).and_then(|node| tree.attribute(node, "href"));
    let link = link.map(|link| clean(link, true));
    let others = [head.first(&["og:url", "twitter:url"]), told.url.as_deref()];
    let others = others.into_iter().flatten().map(str::to_owned);
    link.into_iter()
        .chain(others)
        .find(|url| url.starts_with("http://") || url.starts_with("https://"))
}

fn published(tree: &Tree<'_>, head: &Head, told: &Told, url: Option<&str>) -> Option<String> {
    let declared = told.published.as_deref().and_then(date::iso);
    declared
        .or_else(|| PUBLISHED.iter().find_map(|name| head.all(name).find_map(date::iso)))
        .or_else(|| seen_day(tree))
        .or_else(|| url.and_then(date::in_url))
}

/// The day that readers see: of an element that says it is one, the first below the headline.
fn seen_day(tree: &Tree<'_>) -> Option<String> {
    let headline = tree.all().find(|node| tree.tag(*node) == Tag::Heading(1)).unwrap_or(0);
    let elements = || {
        let below = headline..NodeId::try_from(tree.len()).unwrap_or(NodeId::MAX);
        below.chain(0..headline).filter(|node| tree.tag(*node) != Tag::Text)
    };
    let is_called = |node: NodeId, names: &[&str]| {
        ["itemprop", "class", "id"].iter().any(|name| {
            let value = tree.attribute(node, name).unwrap_or_default().to_ascii_lowercase();
            names.iter().any(|name| value.contains(name))
        })
    };
    let of = |node| day_of(tree, node);
    elements()
        .filter(|node| is_called(*node, &["publish", "pubdate", "posted"]))
        .find_map(of)
        .or_else(|| elements().filter(|node| tree.tag(*node) == Tag::Time).find_map(of))
        .or_else(|| elements().filter(|node| is_called(*node, &["date", "time"])).find_map(of))
}

/// The day that an element tells in an attribute or in its text.
fn day_of(tree: &Tree<'_>, node: NodeId) -> Option<String> {
    let attributes = ["datetime", "content"];
    let told = attributes.iter().find_map(|name| tree.attribute(node, name).and_then(date::iso));
    told.or_else(|| {
        Some(visible(tree, node)).filter(|text| text.len() < 120).and_then(|text| date::iso(&text))
    })
}
