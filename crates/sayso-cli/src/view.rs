//! The readable view: sentences with their names marked, under one another as they stand, and under
//! each sentence the statements whose cue stands in it, and the events of a known type that it tells; at
//! the end, the relations between entities.
//!
//! The marks are words, `[Ana Reyes]person`, and colours only add to them: a pipe gets the same
//! text without colours, each sentence on one line.

pub(crate) mod event;
mod flow;
mod relation;
pub(crate) mod statement;
mod tree;
mod visible;

use std::fmt::Write;
use std::io::{self, IsTerminal};

use anstyle::{AnsiColor, Style};
use sayso::{Analysis, BlockKind, Document, EntityKind, Metadata, Reading, Rows, Sentence, Span};
use terminal_size::{Width, terminal_size_of};

use crate::args::ColorChoice;
use flow::Flow;
pub(crate) use visible::visible;

/// Columns in front of a sentence: what its block is, and its number.
const GUTTER: usize = 14;
/// The widest text that is comfortable to read, in columns.
const MAX_WIDTH: usize = 100;
/// The narrowest text worth breaking into lines, in columns.
const MIN_WIDTH: usize = 40;

const HEADING: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const NOTE: Style = AnsiColor::Yellow.on_default();

/// What is shown of an article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page<'a> {
    pub(crate) metadata: &'a Metadata,
    pub(crate) document: &'a Document,
    pub(crate) analysis: Option<&'a Analysis<'a>>,
    pub(crate) rows: &'a Rows,
}

impl<'a> Page<'a> {
    pub(crate) fn new(reading: &'a Reading<'_>, rows: &'a Rows) -> Self {
        let Reading { metadata, document, analysis, .. } = reading;
        Self { metadata, document, analysis: analysis.as_ref(), rows }
    }
}

/// How articles are shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    /// Whether colours may be used.
    pub(crate) color: bool,
    /// Whether each sentence's tree is drawn.
    pub(crate) trees: bool,
    /// Columns of the output; none where lines may have any length.
    pub(crate) width: Option<usize>,
}

impl View {
    /// The view that suits where standard output goes.
    pub(crate) fn for_stdout(color: ColorChoice, trees: bool) -> Self {
        let stdout = io::stdout();
        let color = match color {
            ColorChoice::Auto => stdout.is_terminal() && !no_color(),
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        };
        let width = terminal_size_of(&stdout).map(|(Width(columns), _)| usize::from(columns));
        Self { color, trees, width: width.map(|columns| columns.clamp(MIN_WIDTH, MAX_WIDTH)) }
    }

    /// What the marks mean; the line that the view begins with.
    pub(crate) fn legend(&self) -> String {
        let mut line = self.paint(FAINT, "Names: ");
        for (at, kind) in KINDS.into_iter().enumerate() {
            line.push_str(if at > 0 { " " } else { "" });
            line.push_str(&self.paint(style(kind), &format!("[…]{}", kind.name())));
        }
        line.push_str("\n\n");
        line
    }

    /// One article with all its sentences.
    pub(crate) fn render(&self, page: Page<'_>) -> String {
        let mut out = String::with_capacity(page.document.text.len() * 2);
        self.header(page, &mut out);
        if page.analysis.is_some() {
            self.sentences(page, &mut out);
            relation::render(*self, page.rows, &mut out);
        } else {
            self.blocks(page, &mut out);
        }
        out.push('\n');
        out
    }

    fn header(&self, page: Page<'_>, out: &mut String) {
        let Metadata { source, title, authors, outlet, published, url } = page.metadata;
        let document = page.document;
        let mut counts =
            vec![count(document.sentences.len(), "sentence"), count(document.tokens.len(), "word")];
        counts.extend(page.analysis.map(|found| count(found.names.len(), "name")));
        let n_statements = page.rows.statements.len();
        counts.extend(page.analysis.map(|_| count(n_statements, "statement")));
        let n_events = page.rows.events.iter().filter(|it| it.kind.is_some()).count();
        counts.extend(page.analysis.map(|_| count(n_events, "event")));
        let source = self.paint(HEADING.underline(), &visible(source));
        let counts = self.paint(FAINT, &format!("· {}", counts.join(", ")));
        let _ = writeln!(out, "{source} {counts}");
        // A page's headline is its text's first block, too.
        let is_apart = |it: &&String| !document.text.starts_with(it.as_str());
        if let Some(title) = title.as_ref().filter(is_apart) {
            let _ = writeln!(out, "{}", self.paint(HEADING, &visible(title)));
        }
        let about = authors.iter().chain(outlet).chain(published).chain(url);
        let about: Vec<_> = about.map(|it| visible(it).into_owned()).collect();
        if !about.is_empty() {
            let _ = writeln!(out, "{}", self.paint(FAINT, &about.join(" · ")));
        }
        let met = document.notes.iter().map(|it| (&it.message, it.code));
        let read = page.rows.notes.iter().map(|it| (&it.message, it.code));
        for (message, code) in met.chain(read) {
            let text = format!("Note: {} ({code})", visible(message));
            let _ = writeln!(out, "{}", self.paint(NOTE, &text));
        }
    }

    /// The sentences, with an empty line between blocks.
    fn sentences(&self, page: Page<'_>, out: &mut String) {
        let blocks = &page.document.blocks;
        let lines = statement::Lines::new(*self, page.document, page.rows);
        let events = event::Events::new(*self, page.rows, &lines);
        let (mut next, mut next_event) = (0, 0);
        let mut last = None;
        for (at, sentence) in page.document.sentences.iter().enumerate() {
            let start = sentence.span.start();
            let block = blocks.partition_point(|block| block.span.start() <= start).checked_sub(1);
            let kind = block.and_then(|at| blocks.get(at)).map(|block| block.kind);
            let first = last != Some(block);
            if first {
                out.push('\n');
            }
            last = Some(block);
            self.gutter(kind.filter(|_| first), at + 1, out);
            let base = if is_heading(kind) { HEADING } else { Style::new() };
            self.sentence(page, sentence, base, out);
            if self.trees {
                tree::render(*self, page, sentence, out);
            }
            next = lines.below(sentence, next, out);
            next_event = events.below(sentence, next_event, out);
        }
    }

    fn gutter(&self, kind: Option<BlockKind>, number: usize, out: &mut String) {
        let kind = kind.map_or("", block_label);
        let gutter = format!("{kind:>8} {number:>3}  ");
        out.push_str(&self.paint(FAINT, &gutter));
    }

    fn sentence(&self, page: Page<'_>, sentence: &Sentence, base: Style, out: &mut String) {
        let text = &page.document.text;
        let mut flow = Flow::new(*self, GUTTER, out);
        let mut at = sentence.span.start();
        for (span, kind) in names(page, sentence) {
            flow.push(Span::new(at, span.start()).of(text), base);
            flow.push("[", style(kind));
            flow.push(span.of(text), style(kind).bold());
            flow.push("]", style(kind));
            flow.push(kind.name(), style(kind));
            at = span.end();
        }
        flow.push(Span::new(at, sentence.span.end()).of(text), base);
        flow.finish();
    }

    /// The blocks of a text that was not analysed, as they stand.
    fn blocks(&self, page: Page<'_>, out: &mut String) {
        for block in &page.document.blocks {
            out.push('\n');
            let gutter = format!("{:>8}      ", block_label(block.kind));
            out.push_str(&self.paint(FAINT, &gutter));
            let mut flow = Flow::new(*self, GUTTER, out);
            flow.push(block.span.of(&page.document.text), Style::new());
            flow.finish();
        }
    }

    /// A label and a text behind it, with a hanging indent.
    pub(crate) fn labelled(&self, label: &str, text: &str, out: &mut String) {
        let label = format!("{label:>11}  ");
        out.push_str(&self.paint(FAINT, &label));
        let mut flow = Flow::new(*self, label.len(), out);
        flow.push(text, Style::new());
        flow.finish();
    }

    pub(crate) fn paint(&self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// The names in a sentence, with their bytes.
fn names(page: Page<'_>, sentence: &Sentence) -> Vec<(Span, EntityKind)> {
    let Some(analysis) = page.analysis else { return Vec::new() };
    let tokens = sentence.tokens;
    let from = analysis.names.partition_point(|name| name.tokens.start < tokens.start);
    let names = analysis.names[from..].iter();
    names
        .take_while(|name| name.tokens.end <= tokens.end)
        .filter_map(|name| {
            let tokens = page.document.tokens.get(name.tokens.range())?;
            let span = Span::new(tokens.first()?.span.start(), tokens.last()?.span.end());
            Some((span, name.kind))
        })
        .collect()
}

/// Whether the user's environment asks for no colours (no-color.org).
#[expect(clippy::disallowed_methods, reason = "the command may read the environment")]
pub(crate) fn no_color() -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    set("NO_COLOR").is_some() || set("TERM").is_some_and(|terminal| terminal == "dumb")
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

const KINDS: [EntityKind; 5] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
    EntityKind::Group,
    EntityKind::Other,
];

/// The terminal's own colours, so that they suit its background.
fn style(kind: EntityKind) -> Style {
    let color = match kind {
        EntityKind::Person => AnsiColor::Cyan,
        EntityKind::Organization => AnsiColor::Magenta,
        EntityKind::Place => AnsiColor::Green,
        EntityKind::Group => AnsiColor::Yellow,
        EntityKind::Other => AnsiColor::Blue,
    };
    color.on_default()
}

/// What the gutter says; a paragraph needs no word.
fn block_label(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "",
        BlockKind::List => "list",
        BlockKind::Caption => "caption",
        BlockKind::Byline => "byline",
        BlockKind::Boilerplate => "about",
    }
}

fn is_heading(kind: Option<BlockKind>) -> bool {
    matches!(kind, Some(BlockKind::Title | BlockKind::Heading))
}

#[cfg(test)]
mod tests;
