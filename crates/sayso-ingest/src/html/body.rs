//! Which paragraphs of a page are the article.
//!
//! A page is mostly not its article. What the page itself calls navigation, sharing, comments and
//! the like is left out; of what remains, the smallest element that holds nearly all prose is the
//! article, and in it short pieces that are no sentences are left out at its ends.

use super::block::{Block, blocks, ends_sentence, is_hidden, length, role};
use super::entity::unescape;
use super::metadata::Facts;
use super::tree::{NodeId, Tag, Tree};
use super::words::is_boilerplate;

/// A part that calls itself something else than an article is one all the same if it holds this
/// share of the page's prose.
const NEVER_SHARE: f64 = 0.5;
/// The same for a part whose name leaves it open.
const SELDOM_SHARE: f64 = 0.25;
/// The article's element holds at least this share of the best element's worth.
const INNER_SHARE: f64 = 0.85;
/// The same for an element that calls itself the article's text.
const NAMED_SHARE: f64 = 0.5;

/// Headings of at least so many bytes can be an article's first words; shorter ones are labels.
const MIN_HEADING: usize = 40;

/// The article's paragraphs in order, with its headline and what sums it up where they stand above.
pub(crate) fn paragraphs(tree: &Tree<'_>, facts: &Facts) -> Vec<String> {
    let all = blocks(tree, &|node| is_hidden(tree, node));
    let prose = sums(tree, &all, |block| block.worth().max(0));
    let total = prose.first().copied().unwrap_or_default() as f64;
    let of = |node: NodeId| prose.get(node as usize).copied().unwrap_or_default() as f64;
    let share = |node: NodeId| of(node) / total.max(1.0);
    let kept = blocks(tree, &|node| is_left_out(tree, node, &share));
    let worth = sums(tree, &kept, Block::worth);
    let element = article_element(tree, &worth);
    let inside = |block: &Block| tree.ancestors(block.node).any(|node| node == element);
    let chosen: Vec<_> = kept.into_iter().filter(inside).collect();
    let title = facts.metadata.title.as_deref();
    let mut found: Vec<_> = trimmed(chosen, title).into_iter().map(written).collect();
    if let Some(told) = told_text(facts, &found) {
        found = told;
    }
    if !found.is_empty() {
        let above = above(tree, &all, facts, &found);
        found.splice(..0, above);
    }
    found
}

/// The text that the page repeats for machines, where what it shows has much less of it.
fn told_text(facts: &Facts, found: &[String]) -> Option<Vec<String>> {
    let told = facts.body.as_deref()?;
    let text: String = Tree::read(told).texts(0).map(|text| unescape(text, false)).collect();
    let paragraphs = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let paragraphs: Vec<_> = paragraphs.filter(|line| !line.is_empty()).collect();
    let length = |texts: &[String]| texts.iter().map(String::len).sum::<usize>();
    let is_more = length(&paragraphs) > 200 && length(&paragraphs) > length(found) * 3 / 2;
    is_more.then_some(paragraphs)
}

/// The paragraphs of a page that is all article.
pub(crate) fn whole(tree: &Tree<'_>) -> Vec<String> {
    let found = blocks(tree, &|node| is_hidden(tree, node) || role(tree, node).is_silent);
    let kept = found.into_iter().filter(|block| block.tag == Tag::Heading(1) || !is_label(block));
    kept.map(written).collect()
}

/// A block as a paragraph of the text; an item has its bullet.
fn written(block: Block) -> String {
    if block.tag == Tag::Li { format!("• {}", block.text) } else { block.text }
}

/// The headline that readers see, and the sentence below it that sums the article up.
fn above(tree: &Tree<'_>, all: &[Block], facts: &Facts, found: &[String]) -> Vec<String> {
    let Some(title) = facts.metadata.title.as_deref() else { return Vec::new() };
    let is_headline =
        |block: &Block| matches!(block.tag, Tag::Heading(1 | 2)) && block.text.ends_with(title);
    let Some(at) = all.iter().position(is_headline) else { return Vec::new() };
    let mut above = vec![title.to_owned()];
    let below = all.iter().skip(at + 1).take(MAX_BELOW);
    let is_new = |block: &&Block| !found.iter().any(|text| text.contains(&block.text));
    let deck = below
        .take_while(|block| found.first() != Some(&block.text))
        .filter(is_new)
        .find(|block| is_deck(tree, block, facts));
    above.extend(deck.map(|block| block.text.clone()));
    above
}

/// How many blocks below the headline are looked at for what sums the article up.
const MAX_BELOW: usize = 12;

/// Whether a block sums the article up: it calls itself so, or the page's description says it.
fn is_deck(tree: &Tree<'_>, block: &Block, facts: &Facts) -> bool {
    let is_long = block.text.len() >= 40 && block.n_linked * 2 < block.text.len();
    let says_so = || tree.ancestors(block.node).take(3).any(|node| role(tree, node).is_deck);
    let is_description =
        facts.descriptions.iter().any(|description| description.contains(&block.text));
    is_long && (is_description || says_so())
}

/// For each node the sum of `of` over the blocks in it.
fn sums(tree: &Tree<'_>, blocks: &[Block], of: impl Fn(&Block) -> i64) -> Vec<i64> {
    let mut sums = vec![0; tree.len()];
    for block in blocks {
        let value = of(block);
        for node in tree.ancestors(block.node) {
            if let Some(sum) = sums.get_mut(node as usize) {
                *sum += value;
            }
        }
    }
    sums
}

/// Whether nothing of an element is part of the article, by what it is called and its share of the
/// page's prose.
fn is_left_out(tree: &Tree<'_>, node: NodeId, share: &dyn Fn(NodeId) -> f64) -> bool {
    let role = role(tree, node);
    if role.is_silent || is_hidden(tree, node) {
        return true;
    }
    let tag = tree.tag(node);
    if matches!(tag, Tag::Html | Tag::Body | Tag::Main)
        || tag.is_inline() && in_paragraph(tree, node)
    {
        return false;
    }
    let share = share(node);
    // A paragraph of the article is often called by what it holds.
    let is_form = tag == Tag::Form;
    (role.is_never || is_form) && share < NEVER_SHARE
        || role.is_seldom && share < SELDOM_SHARE && !role.is_body
}

/// Whether an element of a line stands in running text, where its class says how it looks: *<span
/// class="author">Reyes</span> said so*.
fn in_paragraph(tree: &Tree<'_>, node: NodeId) -> bool {
    let outer = tree.ancestors(node).map(|node| tree.tag(node)).find(|tag| !tag.is_inline());
    outer.is_some_and(|tag| {
        matches!(tag, Tag::P | Tag::Li | Tag::Heading(_) | Tag::Blockquote | Tag::Cell | Tag::Term)
    })
}

/// The innermost element with nearly all of the page's article in it.
fn article_element(tree: &Tree<'_>, worth: &[i64]) -> NodeId {
    let of = |node: NodeId| worth.get(node as usize).copied().unwrap_or_default();
    let best = tree.all().map(of).max().unwrap_or_default() as f64;
    let mut chosen = 0;
    let mut named = None;
    for node in tree.all() {
        let worth = of(node) as f64;
        let tag = tree.tag(node);
        if tag.is_inline() || worth <= 0.0 {
            continue;
        }
        if worth >= best * INNER_SHARE && !matches!(tag, Tag::P | Tag::Li | Tag::List) {
            chosen = node;
        }
        if worth >= best * NAMED_SHARE && role(tree, node).is_body {
            named = Some(node);
        }
    }
    named.unwrap_or(chosen)
}

/// The article's blocks without the labels between and around them.
fn trimmed(blocks: Vec<Block>, title: Option<&str>) -> Vec<Block> {
    let is_title = |block: &Block| title.is_some_and(|title| title == block.text);
    let mut kept: Vec<_> =
        blocks.into_iter().filter(|block| !is_label(block) && !is_title(block)).collect();
    let is_first = |block: &Block| is_prose(block) || block.text.len() >= MIN_HEADING;
    let first = kept.iter().position(is_first).unwrap_or(0);
    let last = kept.iter().rposition(is_prose).map_or(kept.len(), |last| last + 1);
    kept.truncate(last);
    kept.drain(..first);
    kept
}

/// Whether a block can be the first or the last of an article.
fn is_prose(block: &Block) -> bool {
    !matches!(block.tag, Tag::Heading(_)) && (ends_sentence(&block.text) || block.text.len() >= 100)
}

/// Whether a block is none of the article's words, but a link, a label or a call to do something.
fn is_label(block: &Block) -> bool {
    let n_bytes = block.text.len();
    let is_linked = block.n_linked * 3 > n_bytes * 2 && n_bytes < 200;
    let is_heading = matches!(block.tag, Tag::Heading(_));
    block.tag == Tag::Heading(1)
        || is_linked
        || n_bytes < 400 && is_boilerplate(&block.text)
        || is_heading && length(n_bytes) > 200
        || !block.text.chars().any(char::is_alphanumeric)
}
