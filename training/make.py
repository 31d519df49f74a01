"""The one command: labelled sets in, weights out.

    python training/make.py --shared ../shared/data --out weights

Each stage leaves its run in the folder `--run`; a stage whose run is there is not run again.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent

#: The trainings, in order: what each is told beside the paths.
TEACHER = "--net teacher --epochs 2 --words 1500 --rate 8e-5 --head-rate 1e-3"
FIRST = "--net full --epochs 11"
FULL = "--net full --inner 1024 --epochs 4 --rate 1.5e-4 --head-rate 6e-4 --share 0.6"
JOINT = "--net full --inner 1024 --epochs 3 --rate 1e-4 --head-rate 8e-4"
EVENTS = "--net full --inner 1024 --epochs 1 --rate 1.2e-4 --head-rate 1e-3 --share 0.3"
TAGGER_OF_EVENTS = "--epochs 14 --words 500 --pairs 0.3"
FAST = "--net fast --epochs 10 --share 0.6 --words 1500 --rate 2e-3 --head-rate 2e-3"


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    a.add_argument("--shared", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True, help="folder for the weights files")
    a.add_argument("--run", type=pathlib.Path, help="where the runs are kept [default: a temporary folder]")
    a.add_argument("--threads", type=int, default=2)
    o = a.parse_args()
    run = o.run or pathlib.Path(tempfile.mkdtemp(prefix="onrecord-training-"))
    run.mkdir(parents=True, exist_ok=True)

    def stage(made: pathlib.Path, script: str, *options):
        if made.exists():
            print(f"{made} is there", flush=True)
            return
        command = [sys.executable, "-u", str(HERE / script), "--shared", str(o.shared)]
        print("$", *command, *options, flush=True)
        subprocess.run([*command, *map(str, options)], check=True)

    def train(name: str, options: str, *more):
        # the figures of the last epoch are written when it is over
        stage(run / name / "figures.json", "train.py", "--out", run / name,
              "--threads", o.threads, *options.split(), *more)

    subprocess.run([sys.executable, str(HERE / "check_names.py")], check=True)
    text = run / "text.conllu"
    if not text.exists():
        news = subprocess.run(
            [sys.executable, str(HERE / "text.py"), "--shared", str(o.shared)],
            check=True, capture_output=True,
        ).stdout
        parsed = subprocess.run(
            ["cargo", "run", "--release", "--quiet", "--", "parse", "-"],
            cwd=HERE.parent, input=news, check=True, stdout=subprocess.PIPE,
        ).stdout
        text.write_bytes(parsed)
    train("teacher", TEACHER)
    labels = run / "labels.pt"
    train("first", FIRST)
    if not labels.exists():
        subprocess.run(
            [sys.executable, "-u", str(HERE / "label.py"), "--teacher", str(run / "teacher"),
             "--first", str(run / "first"), "--text", str(text), "--out", str(labels),
             "--threads", str(o.threads)],
            check=True,
        )
    train("full", FULL, "--soft", labels, "--start", run / "first")
    onrecord = ["cargo", "run", "--release", "--quiet", "--"]

    def attributions(to: pathlib.Path, *options):
        """What the head of attribution is trained on, as the binary writes it."""
        for part in ("train", "dev"):
            own = sorted((HERE / "sentences/attribution").glob("*.txt")) if part == "train" else []
            subprocess.run(
                [*onrecord, "score", "attribution", o.shared.resolve() / "polnear" / part, *own,
                 "--examples", (to / part).resolve(), *options],
                cwd=HERE.parent, check=True,
            )

    def events(to: pathlib.Path, *options):
        """What the head of events is trained on: our own sentences, pairs of parties."""
        own = sorted((HERE / "sentences/events").glob("*.txt"))
        sets = o.shared.resolve() / "events"
        others = run / "others.txt"
        with others.open("wb") as file:
            subprocess.run(
                [sys.executable, str(HERE / "others.py"), "--shared", str(o.shared)],
                check=True, stdout=file,
            )
        cameo = [sets / "cameo_ner_train.txt", sets / "cameo_class_train.tsv"]
        for name, measure, files in (
            ("train", "events", own),
            ("plv", "relations", [sets / "plv_train.tsv"]),
            ("cameo", "extraction", cameo),
            ("others", "events", [others]),
        ):
            subprocess.run(
                [*onrecord, "score", measure, *files, "--examples", (to / name).resolve(), *options],
                cwd=HERE.parent, check=True,
            )

    if not (run / "joint").exists():
        attributions(run / "attribution")
    train("joint", JOINT, "--soft", labels, "--start", run / "full", "--attribution", run / "attribution")
    # once more with events, and half of the way back
    tables = run / "events-tables"
    if not tables.exists():
        events(tables)
    train("events", EVENTS, "--soft", labels, "--start", run / "joint",
          "--attribution", run / "attribution",
          "--events", f"{tables / 'train'}:6", f"{tables / 'plv'}:4", f"{tables / 'cameo'}:3")
    stage(run / "mean" / "weights.safetensors", "mean.py", "--first", run / "joint",
          "--second", run / "events", "--out", run / "mean")
    train("fast", FAST, "--soft", labels, "--start", run / "first")
    for name, file, end in (
        ("mean", "english.weights", ".safetensors"),
        ("fast", "english-fast.weights", "-fast.safetensors"),
    ):
        stage(run / "none", "export.py", "--run", run / name, "--out", o.out / file)
        # the heads read the vectors of the very weights
        for part in ("train", "dev"):
            subprocess.run(
                [*onrecord, "score", "coref",
                 o.shared.resolve() / "ud" / f"en_gum-{part}.conllu",
                 *(sorted((HERE / "sentences" / "coref").glob("*.txt")) if part == "train" else []),
                 "--weights", (o.out / file).resolve(),
                 "--examples", (run / f"coref-{name}" / part).resolve()],
                cwd=HERE.parent, check=True,
            )
        stage(run / "none", "coref.py", "--run", run / f"coref-{name}", "--out", o.out / f"coreference{end}")
        attributions(run / f"attribution-{name}", "--weights", (o.out / file).resolve())
        subprocess.run(
            [sys.executable, "-u", str(HERE / "tagger.py"), "--run", str(run / f"attribution-{name}"),
             "--out", str(o.out / f"attribution{end}")],
            check=True,
        )
        events(run / f"events-{name}", "--weights", (o.out / file).resolve())
        subprocess.run(
            [sys.executable, "-u", str(HERE / "tagger.py"), "--run", str(run / f"events-{name}"),
             "--also", *(str(run / f"events-{name}" / x) for x in ("plv", "cameo", "others")),
             *TAGGER_OF_EVENTS.split(), "--out", str(o.out / f"events{end}")],
            check=True,
        )
    # the fast encoder has no head of tones
    tones = run / "tone"
    for part in ("train", "rw-dev", "mt-dev"):
        subprocess.run(
            [*onrecord, "score", "stance", o.shared.resolve() / "newsmtsc" / f"{part}.jsonl",
             "--weights", (o.out / "english.weights").resolve(), "--examples", (tones / part).resolve()],
            cwd=HERE.parent, check=True,
        )
    stage(run / "none", "stance.py", "--run", tones, "--teachers", "0", "--epochs", "8",
          "--out", o.out / "tone.safetensors")


if __name__ == "__main__":
    main()
