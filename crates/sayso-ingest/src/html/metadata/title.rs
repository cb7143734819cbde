//! The headline: as readers see it, else as the page's head has it.

use super::{Head, clean, is_shown, visible};
use crate::html::json_ld::Told;
use crate::html::tree::{NodeId, Tag, Tree};

/// What divides a headline from its outlet's name in a page's title.
const DIVIDERS: [&str; 7] = [" | ", " - ", " – ", " — ", " • ", " · ", " » "];

/// The headline of a page of an outlet.
pub(super) fn of(
    tree: &Tree<'_>,
    head: &Head,
    told: &Told,
    outlet: Option<&str>,
) -> Option<String> {
    let element = tree.all().find(|node| tree.tag(*node) == Tag::Title);
    let element = element.map(|node| visible(tree, node));
    let declared = [
        told.headline.as_deref().map(|title| clean(title, false)),
        head.first(&["og:title", "twitter:title", "dc.title", "title"]).map(str::to_owned),
        element.as_deref().map(str::to_owned),
    ];
    let declared: Vec<_> =
        declared.into_iter().flatten().map(|title| without_outlet(&title, outlet)).collect();
    // Some outlets set their headlines as headings of the second level.
    let seen = [1, 2].into_iter().find_map(|level| best(tree, level, outlet, &declared));
    seen.map(|text| without_kicker(text, &declared))
        .or_else(|| declared.into_iter().find(|title| !title.is_empty()))
}

/// The likeliest headline among the headings of a level; of equals the first.
fn best(tree: &Tree<'_>, level: u8, outlet: Option<&str>, declared: &[String]) -> Option<String> {
    let ranked = headings(tree, level, outlet)
        .map(|(node, text)| (rank(tree, node, &text, declared), text))
        .filter(|(rank, _)| *rank > 0);
    let best = ranked.fold(None::<(u32, String)>, |best, found| match best {
        Some(best) if best.0 >= found.0 => Some(best),
        _ => Some(found),
    });
    best.map(|(_, text)| text)
}

/// The headings of a level that could be a headline.
fn headings<'t>(
    tree: &'t Tree<'_>,
    level: u8,
    outlet: Option<&'t str>,
) -> impl Iterator<Item = (NodeId, String)> + 't {
    let is_heading =
        move |node: &NodeId| tree.tag(*node) == Tag::Heading(level) && is_shown(tree, *node);
    let nodes = tree.all().filter(is_heading);
    nodes.map(|node| (node, visible(tree, node))).filter(move |(_, text)| {
        let is_outlet = outlet.is_some_and(|outlet| folded(outlet) == folded(text));
        !text.is_empty() && text.len() < 500 && !is_outlet
    })
}

/// How likely a heading is the headline; 0 if it is none.
fn rank(tree: &Tree<'_>, node: NodeId, text: &str, declared: &[String]) -> u32 {
    let shared = declared.iter().map(|title| overlap(text, title)).max().unwrap_or_default();
    let is_named = tree.ancestors(node).take(3).any(|node| {
        ["class", "id", "itemprop"].iter().any(|name| {
            let value = tree.attribute(node, name).unwrap_or_default().to_ascii_lowercase();
            value.contains("headline") || value.contains("title")
        })
    });
    let is_inside =
        tree.ancestors(node).any(|node| matches!(tree.tag(node), Tag::Article | Tag::Main));
    let n_words = text.split(' ').count();
    let is_long = n_words >= 4;
    // Boxes for sharing repeat the headline, often a shorter one.
    let is_shared = |node| {
        let class = tree.attribute(node, "class").unwrap_or_default();
        class.to_ascii_lowercase().contains("share")
    };
    if tree.ancestors(node).take(2).any(is_shared) {
        return 0;
    }
    let is_second = tree.tag(node) == Tag::Heading(2);
    if is_second && shared < 50 || shared == 0 && !(is_long && (is_named || is_inside)) {
        return 0;
    }
    shared * 2 + u32::from(is_named) * 40 + u32::from(is_inside) * 30 + u32::from(is_long) * 20
}

/// The share of the words of the shorter title that the other has, in percent.
fn overlap(one: &str, other: &str) -> u32 {
    let (one, other) = (words(one), words(other));
    let n_least = one.len().min(other.len());
    let n_shared = one.iter().filter(|word| other.contains(word)).count().min(n_least);
    u32::try_from(n_shared * 100 / n_least.max(1)).unwrap_or_default()
}

fn words(title: &str) -> Vec<String> {
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2)
        .map(str::to_lowercase)
        .collect()
}

/// A heading without the label that stands before the headline in an element of its own: *World
/// Rates fall*. *World: Rates fall* is a headline.
fn without_kicker(heading: String, declared: &[String]) -> String {
    let is_rest = |title: &&String| {
        let before = heading.strip_suffix(title.as_str()).map(str::trim_end);
        title.contains(' ')
            && before.is_some_and(|before| {
                !before.is_empty() && !before.ends_with([':', ',', '.', '-', '–', '—'])
            })
    };
    declared.iter().find(is_rest).cloned().unwrap_or(heading)
}

/// A title without the outlet's name behind it: *Rates fall | The Courier*.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let mut title = title.trim();
    for divider in DIVIDERS {
        if let Some((before, after)) = title.rsplit_once(divider) {
            let is_outlet = outlet.is_some_and(|outlet| {
                let (outlet, after) = (folded(outlet), folded(after));
                !after.is_empty() && (outlet.contains(&after) || after.contains(&outlet))
            });
            let is_bar = divider == " | " && before.split(' ').count() >= 3;
            if is_outlet || is_bar {
                title = before.trim();
            }
        }
    }
    title.to_owned()
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(page: &str) -> Option<String> {
        let tree = Tree::read(page);
        of(&tree, &Head::of(&tree), &Told::default(), Some("The Courier"))
    }

    #[test]
    fn readers_see_the_headline() {
        let page = "<title>Rates fall again | The Courier</title><h1>The Courier</h1><h1>Rates fall again, says bank</h1>";
        assert_eq!(title(page).as_deref(), Some("Rates fall again, says bank"));
    }

    #[test]
    fn the_outlet_is_no_part_of_it() {
        assert_eq!(title("<title>Rates fall - The Courier</title>").as_deref(), Some("Rates fall"));
        assert_eq!(
            title("<title>A year of war - and of hope</title>").as_deref(),
            Some("A year of war - and of hope")
        );
        assert_eq!(title("<p>Rates fell."), None);
    }
}
