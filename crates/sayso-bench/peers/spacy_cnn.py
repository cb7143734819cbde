"""Times sayso against spaCy's small CNN pipeline on the same text, each on one core.

    python crates/sayso-bench/peers/spacy_cnn.py ../shared/corpora

wants a Python with spaCy 3 (`pip install spacy`), a folder of corpora with `ud/`, and `sayso` built with
`cargo build --release` (or named with --sayso).

The pipeline is that of `spacy init config --pipeline tagger,parser --optimize efficiency`: a convolutional encoder
shared by a tagger and a transition parser. It is trained on UD English EWT for a few steps only. What it then makes of a
text is of no use, but the work it does for each word is that of a fully trained one, and only the time is taken.

Both programs are held to one core, with libraries limited to one thread, and take turns; the median round counts. Words are
counted by their blanks. spaCy is timed inside its process, with the pipeline loaded; sayso as a whole process, once
with its start and once less the time of a run on an article of one word.
"""
import argparse
import json
import lzma
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")}
ROOT = Path(__file__).resolve().parents[3]

# Reads rows from its first argument with the pipeline in its second; prints seconds for each round asked on stdin.
READER = """
import json, sys, time, spacy
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
nlp = spacy.load(sys.argv[2])
for _ in nlp.pipe(texts[:20]): pass
print(json.dumps({"spacy": spacy.__version__, "pipes": nlp.pipe_names}), flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    print(json.dumps({"seconds": time.perf_counter() - start, "tokens": tokens}), flush=True)
"""


def main():
    options = arguments()
    work = Path(options.work or tempfile.mkdtemp(prefix="sayso-peers-"))
    work.mkdir(parents=True, exist_ok=True)
    pipeline = trained(options.corpora, work, options.steps)
    rows, short = work / "rows.jsonl", work / "short.jsonl"
    n_words = write_rows(options.corpora, rows, options.words)
    short.write_text(json.dumps({"id": "short", "text": "No."}) + "\n", encoding="utf-8")
    print_table(measure(options, rows, short, pipeline), n_words, options)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, help="folder with ud/ewt-train.conllu.xz, ud/ewt-dev.conllu.xz and raw text")
    parser.add_argument("--sayso", type=Path, default=ROOT / "target/release/sayso", help="the program")
    parser.add_argument("--words", type=int, default=200_000, help="how much text to read (default: 200,000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each reads it (default: 3)")
    parser.add_argument("--steps", type=int, default=60, help="training steps of the pipeline (default: 60)")
    parser.add_argument("--core", type=int, default=0, help="the core that both run on (default: 0)")
    parser.add_argument("--work", help="keep files, and find a trained pipeline again, in this folder")
    return parser.parse_args()


# The pipeline

def trained(corpora, work, steps):
    """A pipeline of the peer's shape; the one in `work`, if there is one."""
    pipeline = work / "pipeline/model-last"
    if pipeline.exists():
        return pipeline
    for split in ("train", "dev"):
        plain = work / f"{split}.conllu"
        plain.write_bytes(lzma.open(corpora / f"ud/ewt-{split}.conllu.xz").read())
        spacy("convert", plain, work, "--converter", "conllu", "--n-sents", 10)
    config = work / "config.cfg"
    spacy("init", "config", config, "--lang", "en", "--pipeline", "tagger,parser", "--optimize", "efficiency", "--force")
    spacy("train", config, "--output", work / "pipeline", "--paths.train", work / "train.spacy", "--paths.dev",
          work / "dev.spacy", "--training.max_steps", steps, "--training.eval_frequency", steps)
    return pipeline


def spacy(*words):
    command = [sys.executable, "-m", "spacy", *map(str, words)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}")


# The text

def write_rows(corpora, path, at_least):
    """Raw paragraphs of both development texts in articles of about 400 words, over and over; gives the words."""
    articles, article = [], []
    for name in ("ewt-dev.txt", "gum-dev.txt"):
        for paragraph in (corpora / "ud" / name).read_text(encoding="utf-8").split("\n\n"):
            article.append(paragraph)
            if sum(len(part.split()) for part in article) >= 400:
                articles.append("\n\n".join(article))
                article = []
    n_words, number = 0, 0
    with open(path, "w", encoding="utf-8") as out:
        while n_words < at_least:
            text = articles[number % len(articles)]
            print(json.dumps({"id": f"{number:06}", "text": text}, ensure_ascii=False), file=out)
            n_words, number = n_words + len(text.split()), number + 1
    return n_words


# The clock

def measure(options, rows, short, pipeline):
    """Seconds of each program in each round, and what spaCy says of itself."""
    os.sched_setaffinity(0, {options.core})
    environment = os.environ | ONE_THREAD
    reader = subprocess.Popen([sys.executable, "-c", READER, str(rows), str(pipeline)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True, env=environment)
    measured = {"about": json.loads(reader.stdout.readline()), "spacy": [], "sayso": [], "start": []}
    for _ in range(options.rounds):
        reader.stdin.write("go\n")
        reader.stdin.flush()
        measured["spacy"].append(json.loads(reader.stdout.readline())["seconds"])
        measured["sayso"].append(sayso(options.sayso, rows, environment))
        measured["start"].append(sayso(options.sayso, short, environment))
    reader.stdin.close()
    reader.wait()
    return measured


def sayso(program, rows, environment):
    command = [str(program), "read", "--json", "--jobs", "1", str(rows)]
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=True)
    return time.perf_counter() - start


def print_table(measured, n_words, options):
    middle = {name: statistics.median(measured[name]) for name in ("spacy", "sayso", "start")}
    speeds = {"spacy": n_words / middle["spacy"], "sayso": n_words / middle["sayso"],
              "sayso less start": n_words / (middle["sayso"] - middle["start"])}
    about = measured["about"]
    print(f"{n_words} words, median of {options.rounds} rounds, one core")
    print(f"spaCy {about['spacy']}, {' + '.join(about['pipes'])}; trained for {options.steps} steps: timed, not judged")
    print("sayso gives lemmas, features, names and JSON besides tags and trees")
    for name, speed in speeds.items():
        print(f"  {name:<18}{speed:>10.0f} words/s{speed / speeds['spacy']:>8.2f} times spaCy")
    print(f"  {'sayso start':<18}{1000 * middle['start']:>10.1f} ms")


if __name__ == "__main__":
    main()
