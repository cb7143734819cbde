//! RSS, Atom and JSON feeds: an item that brings its whole text is an article.
//!
//! Most feeds bring a sentence or two and a link. Such an item is an error that names the link: what
//! stands there is not read from here.

use std::io::Read;

use serde_json::Value;

use crate::{Article, Content, IngestError, Metadata, date, html, plain};

mod xml;

use xml::Element;

/// Shorter texts, in bytes, are summaries, unless the feed calls them content.
const MIN_SUMMARY: usize = 1500;
/// Shorter texts, in bytes, are summaries if they break off.
const MIN_CONTENT: usize = 600;

/// What a feed says of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Item {
    metadata: Metadata,
    /// What the feed calls the item's content, as HTML.
    content: Option<String>,
    /// What it calls a summary or description, as HTML.
    summary: Option<String>,
}

/// Reads a feed: its articles, and an error for each item without one.
pub(crate) fn read(
    name: &str,
    reader: &mut dyn Read,
    limit: u64,
) -> Result<Vec<Result<Article, IngestError>>, IngestError> {
    let mut bytes = Vec::new();
    plain::read_all(name, &mut bytes, reader, limit)?;
    let bad = |reason: String| IngestError::Binary { name: name.to_owned(), reason };
    if let Some(found) = plain::archive(&bytes) {
        return Err(bad(format!("expected a feed, found {found}")));
    }
    let decoded = html::decode_page(&bytes, None).map_err(|error| bad(error.to_string()))?;
    let text = decoded.text.trim_start();
    let items = if text.starts_with('{') { of_json(text) } else { of_xml(text) };
    let items = items.ok_or_else(|| bad("expected an RSS, Atom or JSON feed".to_owned()))?;
    let articles = items.into_iter().enumerate().map(|(n, item)| article(name, n + 1, item));
    Ok(articles.collect())
}

fn article(name: &str, n: usize, item: Item) -> Result<Article, IngestError> {
    let mut metadata = item.metadata;
    let place = format!("{name}:{n}");
    if metadata.source.is_empty() {
        metadata.source = metadata.url.clone().unwrap_or_else(|| place.clone());
    }
    let content = item.content.map(|content| html::fragment(&content));
    let text = content.filter(|text| !text.is_empty() && !is_cut(text)).or_else(|| {
        let summary = html::fragment(&item.summary?);
        (summary.len() >= MIN_SUMMARY && !is_cut(&summary)).then_some(summary)
    });
    match (text, metadata.url.clone()) {
        (Some(text), _) => {
            Ok(Article { metadata, content: Content::Text(text), notes: Vec::new() })
        }
        (None, Some(url)) => Err(IngestError::LinkOnly { name: place, url }),
        (None, None) => Err(IngestError::NoArticle { name: place }),
    }
}

/// Whether a text is the beginning of one: *The council said that … [...]*
fn is_cut(text: &str) -> bool {
    let is_open = ["...", "…", "[…]", "[...]", "Read more", "Continue reading"];
    text.len() < MIN_CONTENT && is_open.iter().any(|end| text.ends_with(end))
}

/// The items of a JSON Feed; none if it is something else.
fn of_json(text: &str) -> Option<Vec<Item>> {
    let feed: Value = serde_json::from_str(text).ok()?;
    let items = feed.get("items")?.as_array()?;
    let outlet = feed.get("title").and_then(Value::as_str);
    Some(items.iter().map(|item| json_item(item, outlet)).collect())
}

fn json_item(item: &Value, outlet: Option<&str>) -> Item {
    let text = |name: &str| {
        let value = item.get(name).and_then(Value::as_str).map(str::trim);
        value.filter(|value| !value.is_empty()).map(str::to_owned)
    };
    let people = item.get("authors").and_then(Value::as_array).into_iter().flatten();
    let people = people.chain(item.get("author"));
    let names = people.filter_map(|person| person.get("name")?.as_str().map(str::to_owned));
    let metadata = Metadata {
        source: String::new(),
        title: text("title"),
        authors: names.collect(),
        outlet: outlet.map(str::to_owned),
        published: text("date_published").map(|day| date::iso(&day).unwrap_or(day)),
        url: text("url").or_else(|| text("external_url")),
    };
    let plain = |text: String| format!("<pre>{}</pre>", escaped(&text).replace('\n', "<p>"));
    let content = text("content_html").or_else(|| text("content_text").map(plain));
    Item { metadata, content, summary: text("summary") }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The items of RSS 0.9 to 2.0 or Atom; none if it is something else.
fn of_xml(text: &str) -> Option<Vec<Item>> {
    let root = xml::read(text);
    let feed = root
        .children
        .iter()
        .find(|child| ["rss", "rdf:rdf", "feed"].contains(&child.name.as_str()))?;
    let channel = feed.child("channel").unwrap_or(feed);
    let outlet = channel.child("title").map(|title| html::fragment(&title.text));
    let outlet = outlet.filter(|outlet| !outlet.is_empty());
    // In RSS 1.0 items stand beside the channel.
    let beside = if std::ptr::eq(channel, feed) { &[][..] } else { &feed.children };
    let items = channel.children.iter().chain(beside);
    let items = items.filter(|item| item.name == "item" || item.name == "entry");
    Some(items.map(|item| xml_item(item, outlet.as_deref())).collect())
}

fn xml_item(item: &Element, outlet: Option<&str>) -> Item {
    let text = |names: &[&str]| {
        let found = names.iter().find_map(|name| item.child(name))?;
        let text = found.text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let line = |names: &[&str]| {
        text(names).map(|text| html::fragment(&text)).filter(|line| !line.is_empty())
    };
    let published = ["pubdate", "published", "dc:date", "issued", "updated"];
    let metadata = Metadata {
        source: String::new(),
        title: line(&["title"]),
        authors: authors(item),
        outlet: line(&["source"]).or_else(|| outlet.map(str::to_owned)),
        published: text(&published).map(|day| date::iso(&day).unwrap_or(day)),
        url: link(item),
    };
    Item {
        metadata,
        content: text(&["content:encoded", "content", "atom:content"]),
        summary: text(&["description", "summary"]),
    }
}

/// Where an item's page is.
fn link(item: &Element) -> Option<String> {
    let links = || item.children.iter().filter(|child| child.name == "link");
    let is_page = |link: &&Element| link.attribute("rel").is_none_or(|rel| rel == "alternate");
    let atom = links().filter(is_page).find_map(|link| link.attribute("href"));
    let rss = links().map(|link| link.text.trim().to_owned());
    let guid = item.child("guid").map(|guid| guid.text.trim().to_owned());
    let is_web = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    atom.into_iter().chain(rss).chain(guid).find(is_web)
}

fn authors(item: &Element) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for author in
        item.children.iter().filter(|child| child.name == "author" || child.name == "dc:creator")
    {
        let name = author.child("name").unwrap_or(author).text.trim();
        // RSS: `reyes@example.org (Ana Reyes)`.
        let name = match name.split_once('(') {
            Some((address, name)) if address.contains('@') => name.trim_end_matches(')'),
            _ => name,
        };
        let name = html::fragment(name);
        if !name.is_empty() && !name.contains('@') && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn articles(feed: &str) -> Vec<Result<Article, String>> {
        let found = read("a.rss", &mut feed.as_bytes(), 1 << 20).expect("a feed");
        found.into_iter().map(|article| article.map_err(|error| error.to_string())).collect()
    }

    fn text(article: &Article) -> &str {
        match &article.content {
            Content::Text(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn rss_with_and_without_texts() {
        let found = articles(
            r#"<?xml version="1.0"?><rss xmlns:content="c"><channel><title>The Courier</title>
            <item><title>Fees &amp; boats</title><link>https://a.example/1</link><pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate>
            <author>reyes@a.example (Ana Reyes)</author><description>Short.</description>
            <content:encoded><![CDATA[<p>The council said no.</p><p>It &#8220;won't&#8221; pay.</p>]]></content:encoded></item>
            <item><title>Ferry</title><link>https://a.example/2</link><description>&lt;p&gt;A ferry ran aground…</description></item>
            <item><title>Nothing</title></item></channel></rss>"#,
        );
        let [Ok(first), Err(second), Err(third)] = &found[..] else { panic!("{found:?}") };
        assert_eq!(text(first), "The council said no.\n\nIt “won't” pay.");
        assert_eq!(first.metadata.title.as_deref(), Some("Fees & boats"));
        assert_eq!(first.metadata.authors, ["Ana Reyes"]);
        assert_eq!(first.metadata.outlet.as_deref(), Some("The Courier"));
        assert_eq!(first.metadata.published.as_deref(), Some("2026-03-02"));
        assert_eq!(second, "a.rss:2: only a link to https://a.example/2");
        assert_eq!(third, "a.rss:3: no article in the page");
    }

    #[test]
    fn atom_and_json() {
        let found = articles(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>The Courier</title><entry><title type="html">Fees</title>
            <link rel="self" href="https://a.example/x"/><link href="https://a.example/1"/><author><name>Jo Burg</name></author>
            <published>2026-03-02T08:00:00Z</published><content type="xhtml"><div><p>The council <b>said</b> no.</p></div></content></entry></feed>"#,
        );
        let [Ok(first)] = &found[..] else { panic!("{found:?}") };
        assert_eq!(text(first), "The council said no.");
        assert_eq!(first.metadata.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(first.metadata.authors, ["Jo Burg"]);
        let found = articles(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "The Courier", "items": [
            {"id": "1", "url": "https://a.example/1", "content_text": "AT&T said no.\nIt won't pay.", "authors": [{"name": "Jo Burg"}]},
            {"id": "2", "url": "https://a.example/2"}]}"#,
        );
        assert_eq!(found[0].as_ref().map(text), Ok("AT&T said no.\n\nIt won't pay."));
        assert_eq!(found[1].as_ref().unwrap_err(), "a.rss:2: only a link to https://a.example/2");
    }

    #[test]
    fn broken_feeds() {
        let bomb = format!(
            "<!DOCTYPE rss [<!ENTITY a \"{}\"><!ENTITY b \"&a;&a;&a;\">]><rss><channel><item><description>&b;&b;</description></item>",
            "lol".repeat(1000)
        );
        assert_eq!(articles(&bomb).len(), 1);
        let deep = format!("<rss><channel><item>{}", "<a>".repeat(100_000));
        assert_eq!(articles(&deep).len(), 1);
        for feed in
            ["", "<html></html>", "{\"items\": 1}", "<?xml version='1.0'?><note/>", "plain text"]
        {
            let error = read("a.rss", &mut feed.as_bytes(), 100).expect_err("no feed").to_string();
            assert_eq!(error, "a.rss: expected an RSS, Atom or JSON feed");
        }
    }
}
