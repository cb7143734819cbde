//! Who wrote the article.

use super::{Head, clean, visible};
use crate::html::json_ld::Told;
use crate::html::tree::{NodeId, Tag, Tree};

/// Fields of the head that name authors, the best first.
const FIELDS: [&str; 10] = [
    "byl",
    "author",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "twitter:data1",
];
/// What dates begin with, which stand beside names.
const MONTHS: [&str; 8] =
    ["january ", "february ", "march ", "april ", "july ", "october ", "november ", "december "];
/// The longest name, in bytes.
const MAX_NAME: usize = 60;

/// The authors of a page of an outlet, each by name.
pub(super) fn of(tree: &Tree<'_>, head: &Head, told: &Told, outlet: Option<&str>) -> Vec<String> {
    let is_outlet = |name: &str| outlet.is_some_and(|outlet| folded(outlet) == folded(name));
    let names_told = told.authors.iter().map(|name| clean(name, false));
    let mut found: Vec<_> =
        names_told.filter(|name| !is_outlet(name)).flat_map(|name| names(&name)).collect();
    for field in FIELDS {
        if usable(&found, outlet).is_empty() {
            let fields = head.all(field).filter(|name| !is_time_to_read(name) && !is_outlet(name));
            found.extend(fields.flat_map(names));
        }
    }
    if usable(&found, outlet).is_empty() {
        found.extend(seen(tree));
    }
    if found.is_empty() {
        // An article by the outlet as such.
        let all = told.authors.iter().map(String::as_str).chain(head.all("author"));
        found.extend(all.map(|name| clean(name, false)).filter(|name| is_outlet(name)));
    }
    let usable = usable(&found, outlet);
    if usable.is_empty() { unique(found) } else { usable }
}

/// The names that are more than the outlet's own.
fn usable(found: &[String], outlet: Option<&str>) -> Vec<String> {
    let names = found.iter().map(|name| without_outlet(name, outlet));
    unique(names.filter(|name| is_name(name)))
}

/// A name without its outlet behind it: *Ana Reyes The Courier Staff*.
fn without_outlet(name: &str, outlet: Option<&str>) -> String {
    let bare = name.strip_suffix(" Staff").unwrap_or(name);
    match outlet.and_then(|outlet| bare.strip_suffix(outlet)) {
        Some(rest) => rest.trim().to_owned(),
        None => name.to_owned(),
    }
}

fn unique(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !kept.iter().any(|other| folded(other) == folded(&name)) {
            kept.push(name);
        }
    }
    kept
}

/// The names in the page's byline.
fn seen(tree: &Tree<'_>) -> Vec<String> {
    let says = |node: NodeId, attribute: &str, words: &[&str]| {
        let value = tree.attribute(node, attribute).unwrap_or_default().to_ascii_lowercase();
        words.iter().any(|word| value.contains(word))
    };
    let is_related =
        |node: &NodeId| says(*node, "rel", &["author"]) || says(*node, "itemprop", &["author"]);
    let is_byline = |node: &NodeId| {
        let names = ["byline", "author", "by-line", "writer", "contributor"];
        says(*node, "class", &names)
            || says(*node, "id", &names)
            || says(*node, "data-testid", &names)
    };
    let elements = || {
        tree.all().filter(|node| {
            !matches!(
                tree.tag(*node),
                Tag::Text | Tag::Meta | Tag::Link | Tag::Script | Tag::Html | Tag::Body
            )
        })
    };
    let of = |node: NodeId| {
        let text = visible(tree, node);
        let found = if text.len() < 200 { names(&text) } else { Vec::new() };
        (!found.is_empty()).then_some(found)
    };
    elements()
        .filter(is_related)
        .find_map(of)
        .or_else(|| elements().filter(is_byline).find_map(of))
        .unwrap_or_default()
}

/// The names in *By Ana Reyes and Jo Burg, Courier staff*.
fn names(byline: &str) -> Vec<String> {
    let lower = byline.to_ascii_lowercase();
    let start = ["written by ", "by ", "by: ", "from ", "author: "]
        .iter()
        .find(|start| lower.starts_with(*start))
        .map_or(0, |start| start.len());
    let rest = byline.get(start..).unwrap_or_default();
    let rest =
        rest.replace(" and ", ",").replace(" And ", ",").replace(" AND ", ",").replace(" & ", ",");
    rest.split([',', ';', '|', '•', '·']).map(name).filter(|name| is_name(name)).collect()
}

fn name(part: &str) -> String {
    let part = part.trim().trim_end_matches([':', '-', '–']).trim();
    // *ByAna Reyes Monday*: pages put these apart by their looks alone.
    let after = ["By", "by", "BY"].iter().find_map(|by| part.strip_prefix(by));
    let after = after.filter(|rest| rest.starts_with(|c: char| c == ' ' || c.is_uppercase()));
    let part = after.unwrap_or(part).trim_start();
    let words: Vec<_> = part.split(' ').collect();
    // But *The Mail On Sunday*.
    let is_day = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let named =
            before.is_some_and(|word| !["on", "the"].contains(&word.to_lowercase().as_str()));
        named && words.get(*at).is_some_and(|word| word.len() > 5 && word.ends_with("day"))
    };
    let n_words = (0..words.len()).find(is_day).unwrap_or(words.len());
    let words = words.get(..n_words).unwrap_or_default();
    words.join(" ").trim_start_matches('@').to_owned()
}

/// Whether a part of a byline can name somebody, and is no address, date or title.
fn is_name(part: &str) -> bool {
    const NOT: [&str; 16] = [
        "admin",
        "staff",
        "staff writer",
        "author",
        "editor",
        "no author",
        "unknown",
        "none",
        "null",
        "updated",
        "posted",
        "published",
        "contributor",
        "reporter",
        "share",
        "guest",
    ];
    let lower = part.to_lowercase();
    let n_words = part.split(' ').count();
    part.len() > 1
        && part.len() <= MAX_NAME
        && n_words <= 6
        && !part.contains("://")
        && !part.contains("www.")
        && !part.contains('@')
        && MONTHS.iter().all(|month| !lower.starts_with(month))
        && !NOT.contains(&lower.as_str())
        && !part.starts_with(|c: char| c.is_ascii_digit())
        && part.chars().any(char::is_alphabetic)
        && crate::date::iso(part).is_none()
}

/// Whether a field says how long it takes to read the article.
fn is_time_to_read(text: &str) -> bool {
    text.contains("minute") || text.starts_with(|c: char| c.is_ascii_digit())
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        assert_eq!(names("By Ana Reyes and Jo Burg"), ["Ana Reyes", "Jo Burg"]);
        assert_eq!(names("Ana Reyes, Staff Writer | March 2, 2026"), ["Ana Reyes"]);
        assert_eq!(names("ByAna Reyes Monday, March 2"), ["Ana Reyes"]);
        assert_eq!(names("https://example.org/ana"), [""; 0]);
    }

    #[test]
    fn a_page_says_it_in_several_places() {
        let authors = |page: &str| {
            let tree = Tree::read(page);
            of(&tree, &Head::of(&tree), &Told::default(), Some("The Courier"))
        };
        let page = "<meta name=author content='The Courier'><p class=byline>By <a rel=author>Ana Reyes</a></p>";
        assert_eq!(authors(page), ["Ana Reyes"]);
        assert_eq!(authors("<meta name=author content='The Courier'>"), ["The Courier"]);
        assert_eq!(authors("<p>Rates fell."), [""; 0]);
    }
}
