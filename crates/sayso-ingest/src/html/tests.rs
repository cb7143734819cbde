//! Pages of invented outlets.

use super::*;

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en"><head>
<meta charset="utf-8">
<title>Harbour fees to rise in May - The Port Courier</title>
<link rel="canonical" href="https://courier.example/2026/03/02/harbour-fees">
<meta property="og:site_name" content="The Port Courier">
<meta name="description" content="The council says the money will pay for a new breakwater.">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour fees to rise in May",
 "author": {"name": "Ana Reyes"}, "datePublished": "2026-03-02T08:00:00Z"}</script>
<style>p { color: black }</style></head>
<body class="has-sidebar social-share-enabled">
<header><nav><a href="/">Home</a> <a href="/news">News</a></nav></header>
<main><article>
<h1>Harbour fees to rise in May</h1>
<p class="intro">The council says the money will pay for a new breakwater.</p>
<p class="byline">By Ana Reyes</p>
<div class="share">Share this article: <a href="/f">Facebook</a></div>
<div class="article-body">
<p>The council of Port Ellery will raise its harbour fees by a tenth in May, it said on&nbsp;Monday.</p>
<p>&ldquo;Nobody likes it,&rdquo; said <span class="author">Jo Burg</span>, who heads the council&rsquo;s works committee. &ldquo;But the wall won&#8217;t wait.&rdquo;</p>
<aside><p>Read our guide to the harbour and its many boats, which we update every year in the spring.</p></aside>
<p>Read more: <a href="/old">The storm of last year</a></p>
<h2>Boat owners object</h2>
<ul><li>The yacht club called the rise unfair to its members.<li>The fishers&rsquo; guild said it would appeal.</ul>
<p>The fees were last raised in 2019, when the council replaced the lights on both of the piers.</p>
</div>
<div class="newsletter"><p>Sign up to get our newsletter each morning, free of charge, with all the news of the port.</p></div>
</article>
<section class="related-stories"><h2>More news</h2><p><a href="/a">A ferry runs aground off Point Harrow, and nobody is hurt.</a></p></section>
</main>
<footer><p>Copyright 2026 The Port Courier. All rights reserved. No part may be reproduced.</p></footer>
</body></html>"#;

const TEXT: &str = "Harbour fees to rise in May

The council says the money will pay for a new breakwater.

The council of Port Ellery will raise its harbour fees by a tenth in May, it said on Monday.

“Nobody likes it,” said Jo Burg, who heads the council’s works committee. “But the wall won’t wait.”

Boat owners object

• The yacht club called the rise unfair to its members.

• The fishers’ guild said it would appeal.

The fees were last raised in 2019, when the council replaced the lights on both of the piers.";

fn article(page: &[u8]) -> Result<Article, String> {
    super::page("a.html", page, None).map_err(|error| error.to_string())
}

fn text(page: &str) -> Result<String, String> {
    match article(page.as_bytes())?.content {
        Content::Text(text) => Ok(text),
        other => panic!("a page became {other:?}"),
    }
}

#[test]
fn the_article_and_what_is_told_of_it() {
    let found = article(PAGE.as_bytes()).expect("an article");
    let Content::Text(text) = &found.content else { panic!("{found:?}") };
    assert_eq!(text, TEXT);
    let metadata = found.metadata;
    assert_eq!(metadata.source, "a.html");
    assert_eq!(metadata.title.as_deref(), Some("Harbour fees to rise in May"));
    assert_eq!(metadata.authors, ["Ana Reyes"]);
    assert_eq!(metadata.outlet.as_deref(), Some("The Port Courier"));
    assert_eq!(metadata.published.as_deref(), Some("2026-03-02T08:00:00Z"));
    assert_eq!(metadata.url.as_deref(), Some("https://courier.example/2026/03/02/harbour-fees"));
    assert!(found.notes.is_empty(), "{:?}", found.notes);
}

#[test]
fn a_page_without_a_head_is_read() {
    assert_eq!(text("<p>Rates fell on Monday.").as_deref(), Ok("Rates fell on Monday."));
    assert_eq!(text("Rates fell on Monday.").as_deref(), Ok("Rates fell on Monday."));
}

#[test]
fn a_page_without_an_article_says_so() {
    let none = Err("a.html: no article in the page".to_owned());
    for page in [
        "",
        "<html></html>",
        "<script>document.write('<p>Rates fell on Monday.')</script>",
        "<style>p {}</style><noscript>Please enable JavaScript.</noscript>",
        "<nav><a href=/>Home</a></nav>",
    ] {
        assert_eq!(text(page), none, "{page}");
    }
    assert!(article(b"%PDF-1.7 ...").unwrap_err().starts_with("a.html: expected a page, found"));
    assert!(article(&[0; 64]).unwrap_err().contains("binary data"));
}

#[test]
fn a_page_for_subscribers_has_a_note() {
    let page = r#"<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>
        <p>The council will raise its fees by a tenth in May, it said on Monday.</p>"#;
    let found = article(page.as_bytes()).expect("an article");
    assert_eq!(found.notes.iter().map(|note| note.code).collect::<Vec<_>>(), ["paywall"]);
}

#[test]
fn what_a_script_would_show_is_read_from_its_data() {
    let body = "The council of Port Ellery will raise its fees. ".repeat(10);
    let page = format!(
        r#"<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}\nBoats object."}}</script>
        <p>Loading the article, please wait.</p>"#
    );
    assert_eq!(text(&page), Ok(format!("{}\n\nBoats object.", body.trim())));
}

#[test]
fn depth_and_mistakes_do_no_harm() {
    let deep = "<div>".repeat(100_000);
    let inside = format!("{deep}<p>The council will raise its fees by a tenth in May.</p>");
    assert_eq!(text(&inside).as_deref(), Ok("The council will raise its fees by a tenth in May."));
    for tag in ["<b>", "<table>", "<ul><li>", "<a href=x>", "<p>", "<svg>", "</p>", "<!-- ", "&amp"]
    {
        let _ = text(&tag.repeat(20_000));
    }
    for cut in (0..PAGE.len()).step_by(11) {
        let _ = article(&PAGE.as_bytes()[..cut]);
    }
}

#[test]
fn the_charset_of_a_page() {
    let page = b"<meta charset=windows-1252><p>\x93No,\x94 said Zo\xEB M\xFCller on Monday.";
    let found = article(page).expect("an article");
    assert!(
        matches!(found.content, Content::Text(text) if text == "“No,” said Zoë Müller on Monday.")
    );
    let wrong =
        article(b"<meta charset=utf-8><p>\x93No,\x94 said Zo\xEB on Monday.").expect("an article");
    assert_eq!(wrong.notes.iter().map(|note| note.code).collect::<Vec<_>>(), ["windows-1252"]);
}

#[test]
fn another_language_is_noted_when_the_text_is_read() {
    let page = "<html lang=de><h1>Hafengebühren steigen</h1><p>Der Stadtrat hat am Montag mitgeteilt, dass die \
        Gebühren im Mai um ein Zehntel steigen, weil die Mauer erneuert werden muss.</p>";
    let document = sayso_text::Document::read(text(page).expect("an article"));
    assert!(document.notes.iter().any(|note| note.code == "not-english"), "{:?}", document.notes);
}
