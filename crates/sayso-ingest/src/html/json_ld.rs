//! What a page says of its article in JSON-LD, in the terms of schema.org.

use serde_json::Value;

use super::tree::{Tag, Tree};

/// What is told of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) headline: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) url: Option<String>,
    /// The whole text, which some pages repeat for machines.
    pub(crate) body: Option<String>,
    /// Whether the article is only shown to those who pay.
    pub(crate) is_paid: bool,
}

/// Kinds of article; others have names that end in `Article`.
const KINDS: [&str; 5] =
    ["BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "Review"];

/// The page's first article in JSON-LD.
pub(crate) fn told(tree: &Tree<'_>) -> Told {
    let scripts: Vec<_> = tree
        .all()
        .filter_map(|node| {
            let kind = tree.attribute(node, "type").filter(|_| tree.tag(node) == Tag::Script)?;
            let is_json = kind.trim().eq_ignore_ascii_case("application/ld+json");
            is_json.then(|| parse(&tree.texts(node).collect::<String>()))?
        })
        .collect();
    let objects: Vec<_> = scripts.iter().flat_map(objects).collect();
    let articles = objects.iter().copied().filter(|object| is_article(object));
    let found = articles.map(|article| told_by(article, &objects));
    found
        .max_by_key(|told| {
            // The article itself tells more than the teasers of others.
            (told.published.is_some(), told.headline.is_some(), !told.authors.is_empty())
        })
        .unwrap_or_default()
}

fn told_by(article: &Value, objects: &[&Value]) -> Told {
    let text = |name: &str| article.get(name).and_then(Value::as_str).map(str::to_owned);
    let people = article.get("author").or_else(|| article.get("creator"));
    let publisher = article.get("publisher").map(|value| names(value, objects));
    let page = article.get("mainEntityOfPage");
    let page = page.and_then(|page| page.as_str().or_else(|| page.get("@id")?.as_str()));
    let free = article.get("isAccessibleForFree");
    Told {
        headline: text("headline").or_else(|| text("name")),
        authors: people.map(|people| names(people, objects)).unwrap_or_default(),
        publisher: publisher.and_then(|names| names.into_iter().next()),
        published: text("datePublished").or_else(|| text("dateCreated")),
        url: text("url").or_else(|| page.map(str::to_owned)),
        body: text("articleBody"),
        is_paid: free.is_some_and(|free| {
            free == false || free.as_str().is_some_and(|free| free.eq_ignore_ascii_case("false"))
        }),
    }
}

/// The names of people or organizations: strings, objects with a name, or pointers to such.
fn names(value: &Value, objects: &[&Value]) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.clone()],
        Value::Array(values) => values.iter().flat_map(|value| names(value, objects)).collect(),
        Value::Object(fields) => match fields.get("name") {
            Some(Value::String(name)) => vec![name.clone()],
            Some(Value::Array(all)) => {
                all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => fields.get("@id").map(|id| named(id, objects)).unwrap_or_default(),
        },
        _ => Vec::new(),
    }
}

/// The name of the object with an id, elsewhere in the page.
fn named(id: &Value, objects: &[&Value]) -> Vec<String> {
    let name = objects
        .iter()
        .find_map(|object| (object.get("@id")? == id).then(|| object.get("name")?.as_str())?);
    name.map(str::to_owned).into_iter().collect()
}

/// The objects of a script: itself, those of its list, or those of its `@graph`.
fn objects(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().flat_map(objects).collect(),
        Value::Object(fields) => {
            let inner = ["@graph", "mainEntity"].iter().filter_map(|name| fields.get(*name));
            std::iter::once(value).chain(inner.flat_map(objects)).collect()
        }
        _ => Vec::new(),
    }
}

fn is_article(object: &Value) -> bool {
    let is_kind = |kind: &str| kind.ends_with("Article") || KINDS.contains(&kind);
    match object.get("@type") {
        Some(Value::String(kind)) => is_kind(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_kind),
        _ => false,
    }
}

/// Reads a script, with the mistakes that are common: line breaks in strings, marks around.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    if let Ok(value) = serde_json::from_str(script) {
        return Some(value);
    }
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])?;
    let inner = script.get(start..=end)?;
    let clean: String = inner.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::from_str(&clean).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Told {
        told(&Tree::read(&format!("<script type='application/ld+json'>{json}</script>")))
    }

    #[test]
    fn an_article_and_its_people() {
        let found = of(r##"{"@graph": [{"@type": "Person", "@id": "#a", "name": "Ana Reyes"},
            {"@type": ["NewsArticle"], "headline": "Rates fall", "author": [{"@id": "#a"}, "Jo Burg"],
             "publisher": {"name": "The Courier"}, "datePublished": "2026-03-02", "isAccessibleForFree": "False"}]}"##);
        assert_eq!(found.authors, ["Ana Reyes", "Jo Burg"]);
        assert_eq!(found.publisher.as_deref(), Some("The Courier"));
        assert_eq!(found.headline.as_deref(), Some("Rates fall"));
        assert!(found.is_paid);
    }

    #[test]
    fn mistakes_and_other_things() {
        assert_eq!(
            of("{\"@type\": \"Article\", \"headline\": \"Rates\n fall\"};").headline.as_deref(),
            Some("Rates  fall")
        );
        assert_eq!(of("{\"@type\": \"Organization\", \"name\": \"The Courier\"}"), Told::default());
        assert_eq!(of(&"[".repeat(100_000)), Told::default());
    }
}
