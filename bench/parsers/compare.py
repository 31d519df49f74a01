"""Trains spaCy's and UDPipe 1's CPU pipelines on our sentences and scores all alike.

    python bench/parsers/compare.py --shared PATH/TO/DATA --work FOLDER [--only spacy|udpipe]
"""

import argparse
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
NON_COMMERCIAL = {"fiction", "whow", "essay", "letter", "podcast"}


def sentences(path):
    """Comments and rows of words, one pair a sentence; the genre is that of its document."""
    comments, rows, genre = [], [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# meta::genre = "):
            genre = line.split(" = ")[1]
        if line.startswith("#"):
            comments.append(line)
        elif not line:
            if rows and genre not in NON_COMMERCIAL:
                yield comments, rows
            comments, rows = [], []
        elif line.split("\t")[0].isdigit():
            rows.append(line.split("\t"))


def plain(path):
    """Every sentence of a file, whatever its genre."""
    block = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and line.split("\t")[0].isdigit():
            block.append(line.split("\t"))
        elif not line and block:
            yield block
            block = []


def write(path, blocks):
    with path.open("w", encoding="utf-8") as f:
        for rows in blocks:
            for row in rows:
                f.write("\t".join(row) + "\n")
            f.write("\n")


def onrecord_score(o, gold, *options):
    return subprocess.run(
        [*o.onrecord.split(), "score", "parse", str(gold), *map(str, options)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout


def report(o, name, dev, system, words, seconds):
    print(f"{name} on {dev.name}: {words / seconds:.0f} words a CPU-second", flush=True)
    out = onrecord_score(o, dev, "--system", system).splitlines()
    print("   " + next(line for line in out if line.startswith("onrecord")), flush=True)


def spacy_pipeline(o, devs):
    import spacy
    from spacy.tokens import Doc, DocBin

    nlp = spacy.blank("en")

    def docs(path):
        bin_ = DocBin()
        for rows in plain(path):
            heads = [int(r[6]) - 1 if r[6] != "0" else i for i, r in enumerate(rows)]
            bin_.add(Doc(
                nlp.vocab, words=[r[1] for r in rows], tags=[f"{r[3]}__{r[4]}" for r in rows],
                heads=heads, deps=[r[7] for r in rows],
            ))
        to = o.work / (path.stem + ".spacy")
        bin_.to_disk(to)
        return to

    model = o.work / "spacy-model"
    if not model.exists():
        config = o.work / "spacy.cfg"
        subprocess.run(
            [sys.executable, "-m", "spacy", "init", "fill-config", str(HERE / "spacy.cfg"), str(config)],
            check=True,
        )
        subprocess.run(
            [sys.executable, "-m", "spacy", "train", str(config), "--output", str(model),
             "--paths.train", str(docs(o.work / "train.conllu")), "--paths.dev", str(docs(devs[0]))],
            check=True,
        )
    nlp = spacy.load(model / "model-last")
    for dev in devs:
        blocks = list(plain(dev))
        given = [Doc(nlp.vocab, words=[r[1] for r in rows]) for rows in blocks]
        began = time.process_time()
        found = list(nlp.pipe(given))
        seconds = time.process_time() - began
        for rows, doc in zip(blocks, found):
            # one root: later roots hang on the first
            roots = [t.i for t in doc if t.head.i == t.i]
            for row, t in zip(rows, doc):
                row[3], row[4] = (t.tag_.split("__") + ["_"])[:2] if t.tag_ else ("_", "_")
                row[2] = "_"
                if t.head.i == t.i:
                    first = t.i == roots[0]
                    row[6], row[7] = ("0", "root") if first else (str(roots[0] + 1), "parataxis")
                else:
                    row[6], row[7] = str(t.head.i + 1), t.dep_
        out = o.work / f"spacy-{dev.name}"
        write(out, blocks)
        report(o, "spaCy tok2vec", dev, out, sum(map(len, blocks)), seconds)


def udpipe_pipeline(o, devs):
    from ufal.udpipe import InputFormat, Model, OutputFormat, ProcessingError, Sentence, Sentences, Trainer

    model_path = o.work / "udpipe.model"
    def read(path):
        data, error = Sentences(), ProcessingError()
        reader = InputFormat.newConlluInputFormat()
        reader.setText("".join("\t".join(r) + "\n" if r else "\n" for b in plain(path) for r in (*b, None)))
        while True:
            s = Sentence()
            if not reader.nextSentence(s, error):
                break
            data.append(s)
        return data
    if not model_path.exists():
        error = ProcessingError()
        model = Trainer.train(
            "morphodita_parsito", read(o.work / "train.conllu"), Sentences(), "none",
            "models=1;iterations=2;provide_lemma=0;provide_feats=0",
            "iterations=3;embedding_upostag=20;embedding_feats=0;embedding_xpostag=0;embedding_form=50;"
            "embedding_lemma=0;embedding_deprel=20;learning_rate=0.02;learning_rate_final=0.001;l2=0.5;"
            "hidden_layer=200;batch_size=10;transition_system=projective;transition_oracle=dynamic;"
            "structured_interval=8;run=1",
            error,
        )
        if error.occurred():
            raise SystemExit(error.message)
        model_path.write_bytes(bytes(model))
    model = Model.load(str(model_path))
    for dev in devs:
        data, writer = read(dev), OutputFormat.newOutputFormat("conllu")
        words = sum(len(s.words) - 1 for s in data)
        began = time.process_time()
        found = []
        for s in data:  # each is a copy
            model.tag(s, "")
            model.parse(s, "")
            found.append(s)
        seconds = time.process_time() - began
        out = o.work / f"udpipe-{dev.name}"
        out.write_text("".join(writer.writeSentence(s) for s in found), encoding="utf-8")
        report(o, "UDPipe 1", dev, out, words, seconds)


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--shared", type=pathlib.Path, required=True)
    a.add_argument("--work", type=pathlib.Path, required=True)
    a.add_argument("--onrecord", default="cargo run --release --quiet --", help="how to call it")
    a.add_argument("--only", choices=["spacy", "udpipe"])
    o = a.parse_args()
    o.work.mkdir(parents=True, exist_ok=True)
    ud = o.shared / "ud"
    train = [rows for name in ("en_ewt-train", "en_gum-train") for _, rows in sentences(ud / f"{name}.conllu")]
    write(o.work / "train.conllu", train)
    devs = []
    for name in ("en_ewt-dev", "en_gum-dev"):
        devs.append(o.work / f"{name}.conllu")
        write(devs[-1], plain(ud / f"{name}.conllu"))
    if o.only != "udpipe":
        spacy_pipeline(o, devs)
    if o.only != "spacy":
        udpipe_pipeline(o, devs)
    for dev in devs:
        for profile in ([], ["--fast"]):
            print(" ".join(["onrecord", *profile, "on", dev.name]), flush=True)
            lines = onrecord_score(o, (ud / dev.name).resolve(), *profile).splitlines()
            for line in lines:
                if line.startswith(("onrecord", "Speed")):
                    print("   " + line, flush=True)


if __name__ == "__main__":
    main()
