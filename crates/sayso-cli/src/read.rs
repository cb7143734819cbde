//! `sayso read`: articles in, a view, records or CoNLL-U out.

mod gate;
pub(crate) mod pipeline;
mod progress;

use std::io::{self, BufReader, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result};
use sayso::{Article, Articles, Format, IngestError, Input, Options, Reader, Scratch};

use crate::args::{ColorChoice, InputFormat, OutputFormat, ReadArgs, conflict};
use crate::report;
use crate::view::{Page, View, event};
pub(crate) use progress::Progress;

/// How many inputs, or articles of them, could not be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failures(pub(crate) u64);

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Of(OutputFormat),
    /// The events as a table.
    Events,
}

impl Form {
    /// What the output begins with.
    fn head(self, view: &View) -> Option<String> {
        match self {
            Self::Of(OutputFormat::View) => Some(view.legend()),
            Self::Of(_) => None,
            Self::Events => Some(event::COLUMNS.join("\t") + "\n"),
        }
    }
}

/// What is printed of one article.
struct Output {
    bytes: Vec<u8>,
    /// What standard error is told, because the output cannot hold it.
    notes: Vec<String>,
}

pub(crate) fn run(args: ReadArgs, color: ColorChoice) -> Result<Failures> {
    let format = if args.json { OutputFormat::Json } else { args.format };
    let form = if args.events_only { Form::Events } else { Form::Of(format) };
    if args.events_only && format != OutputFormat::View {
        return Err(conflict(
            "--events-only is a format of its own; leave out --format and SAYSO_FORMAT",
        )
        .into());
    }
    if args.trees && format != OutputFormat::View {
        return Err(conflict(
            "--trees draws in the view only; leave out --json, --format and SAYSO_FORMAT",
        )
        .into());
    }
    if args.inputs.iter().filter(|input| is_stdin(input)).count() > 1 {
        return Err(conflict("standard input (-) can be read only once").into());
    }
    let reader = match &args.model {
        None => Reader::new(),
        Some(folder) => Reader::open(folder)?,
    };
    let view = View::for_stdout(color, args.trees);
    let jobs = jobs(args.jobs, &args.inputs, args.input_format);
    let progress = Progress::new(&args.inputs);
    let articles = articles(args.inputs, args.input_format);
    let mut sink = Sink { progress, head: form.head(&view), ..Sink::default() };
    let read = |article, scratch: &mut Scratch| output(&reader, article, scratch, form, &view);
    match pipeline::run(articles, jobs, read, |outcome| sink.take(outcome)) {
        Ok(()) => Ok(sink.finish()),
        // Whoever reads our output has seen enough; what failed before still has.
        Err(error) if crate::is_closed_pipe(&error) => Ok(Failures(sink.failures)),
        Err(error) => Err(error),
    }
}

/// The articles of some inputs, where `-` is standard input.
pub(crate) fn articles(inputs: Vec<PathBuf>, format: Option<InputFormat>) -> Articles {
    let options = Options { format: format.map(Format::from), ..Options::default() };
    let inputs = inputs.into_iter().map(|path| {
        if !is_stdin(&path) {
            return Input::Path(path);
        }
        Input::Stream { name: "-".to_owned(), reader: Box::new(BufReader::new(io::stdin())) }
    });
    Articles::new(inputs, options)
}

/// As many jobs as were asked for or as there are processors; one is enough for a single text.
pub(crate) fn jobs(
    asked: Option<NonZeroUsize>,
    inputs: &[PathBuf],
    format: Option<InputFormat>,
) -> NonZeroUsize {
    if let [only] = inputs {
        let single = matches!(format, None | Some(InputFormat::Text))
            && !is_stdin(only)
            && Format::of(only) == Some(Format::Text)
            && !only.is_dir();
        if single {
            return NonZeroUsize::MIN;
        }
    }
    let processors = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    asked.unwrap_or_else(processors)
}

pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn output(
    reader: &Reader,
    article: Article,
    scratch: &mut Scratch,
    form: Form,
    view: &View,
) -> Output {
    let reading = reader.read(article, scratch);
    let mut notes = Vec::new();
    let bytes = match form {
        Form::Events => {
            let mut out = String::new();
            let source = &reading.metadata.source;
            event::table(source, &reading.document, &reading.rows(), &mut out);
            out.into_bytes()
        }
        Form::Of(OutputFormat::View) => {
            view.render(Page::new(&reading, &reading.rows())).into_bytes()
        }
        Form::Of(OutputFormat::Conllu) => {
            let source = &reading.metadata.source;
            let found = reading.document.notes.iter();
            notes.extend(found.map(|note| format!("{source}: {} ({})", note.message, note.code)));
            reading.to_conllu().into_bytes()
        }
        Form::Of(OutputFormat::Json) => {
            let mut bytes = serde_json::to_vec(&reading.into_record())
                .expect("a record is plain data, which JSON can hold");
            bytes.push(b'\n');
            bytes
        }
    };
    Output { bytes, notes }
}

/// Takes the outputs in order: writes what was read, says what was not.
#[derive(Default)]
struct Sink {
    progress: Progress,
    /// What the output begins with, until it has.
    head: Option<String>,
    articles: u64,
    failures: u64,
    /// The advice given last, which is not repeated.
    last_help: Option<&'static str>,
}

impl Sink {
    fn take(&mut self, outcome: Result<Output, IngestError>) -> Result<()> {
        match outcome {
            Ok(output) => {
                self.write(&output).context("standard output cannot be written")?;
                self.articles += 1;
            }
            Err(error) => {
                self.failures += 1;
                self.fail(error);
            }
        }
        self.progress.advance();
        Ok(())
    }

    fn write(&mut self, output: &Output) -> io::Result<()> {
        // One call an article, and no more: what has been read is out before the next is waited
        // for.
        let mut stdout = io::stdout().lock();
        if let Some(head) = self.head.take() {
            stdout.write_all(head.as_bytes())?;
        }
        stdout.write_all(&output.bytes)?;
        stdout.flush()?;
        self.progress.suspend(|| output.notes.iter().for_each(|note| report::note(note)));
        Ok(())
    }

    fn fail(&mut self, error: IngestError) {
        let help = error.help().filter(|&help| self.last_help != Some(help));
        self.last_help = error.help();
        let message = format!("{:#}", anyhow::Error::from(error));
        self.progress.suspend(|| report::error(&message, help));
    }

    fn finish(self) -> Failures {
        self.progress.clear();
        if self.failures > 0 && self.failures + self.articles > 1 {
            let plural = |n: u64| if n == 1 { "" } else { "s" };
            let (read, failed) = (self.articles, self.failures);
            report::error(
                &format!(
                    "{failed} input{} could not be read; {read} article{} read",
                    plural(failed),
                    if read == 1 { " was" } else { "s were" }
                ),
                None,
            );
        }
        Failures(self.failures)
    }
}
