"""Casus beside its peers: the same texts, one core of one machine, accuracy and words a second.

usage: bench.py [--shared DIR] [--casus FILE] [--work DIR] [--docs N] [--passes N] [--core N] [--only A,B]
                [--classpath FILE] [--save FILE]

`make bench-peers` runs it with everything in place. Standard output gets the page that --save writes to a file;
progress goes to standard error. See README.md.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import time

import texts

HERE = pathlib.Path(__file__).resolve().parent
WARM = {"id": "warm", "text": "A spokesman said on Friday that the talks in Oslo would go on."}
TIERS = ("fast", "small", "accurate", "auto")
PEERS = ("spacy", "corenlp", "corenlp-default")
SETS = (("ewt", "EWT dev"), ("gum", "GUM open dev"), ("polnear", "PolNeAR dev"))


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def fail(message):
    say("bench-peers: " + message)
    sys.exit(2)


def prepare(shared, work, limit):
    """Write the texts and the gold files under work; gives {set: words that count}, PolNeAR's still open."""
    ud, n = shared / "data/ud", {}
    for name, path in (("ewt", ud / "en_ewt-dev.conllu.gz"), ("gum", ud / "en_gum_open-dev.conllu.gz")):
        docs, gold = texts.treebank(path, limit)
        write_texts(work / (name + ".jsonl"), docs)
        texts.write_sentences(work / (name + ".gold.conllu"), gold)
        n[name] = texts.words(work / (name + ".gold.conllu"))
        if name == "ewt":
            uner = texts.names(shared / "data/ner/uner_en_ewt-dev.iob2.gz", len(gold))
            texts.write_sentences(work / "ewt.gold.iob2", uner)
    write_texts(work / "polnear.jsonl", texts.articles(shared / "data/attribution/dev.jsonl.gz", limit))
    return n


def write_texts(path, docs):
    with open(path, "w", encoding="utf-8") as f:
        for i, text in enumerate(docs, 1):
            f.write(json.dumps({"id": "d%04d" % i, "text": text}) + "\n")


def run(args, core, env=None, stdin=None, stdout=None):
    """Run a program on one core. Gives its exit status, seconds by the clock, by the processor, and peak bytes."""
    pin = (lambda: os.sched_setaffinity(0, {core})) if core is not None else None
    c = time.perf_counter()
    p = subprocess.Popen(args, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, env=env, preexec_fn=pin)
    message = p.stderr.read().decode("utf-8", "replace")
    _, status, used = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    return p.returncode, time.perf_counter() - c, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, message


def casus(binary, tier, work, passes, core):
    """Measure a tier of casus; the reading of JSON and the writing of CoNLL-U are in its time, its start is not."""
    args = [binary, "parse", "-q", "--input", "jsonl", "--lang", "en", "-j", "1", "--tier", tier, "-"]

    def once(path, out):
        with open(path, "rb") as i, open(out, "wb") as o:
            code, clock, cpu, peak, message = run(args, core, stdin=i, stdout=o)
        if code:
            raise RuntimeError((message.strip() or "exit %d" % code).split("\n")[0])
        return clock, cpu, peak

    name = "casus " + tier
    out = work / name.replace(" ", "-")
    out.mkdir(exist_ok=True)
    (work / "warm.json").write_text(json.dumps(WARM) + "\n")

    def best(path, to):
        once(path, to)
        runs = [once(path, to) for _ in range(passes)]
        return min(r[0] for r in runs), min(r[1] for r in runs), max(r[2] for r in runs)

    start = best(work / "warm.json", out / "warm.conllu")
    version = subprocess.run([binary, "version"], capture_output=True, text=True).stdout.strip().split("\n")[0]
    report = {"versions": version, "start": start[0], "peak": 0, "sets": {}}
    for s, _ in SETS:
        clock, cpu, peak = best(work / (s + ".jsonl"), out / (s + ".conllu"))
        report["sets"][s] = {"clock": max(clock - start[0], 1e-6), "cpu": max(cpu - start[1], 1e-6), "put_back": 0}
        report["peak"] = max(report["peak"], peak)
    return report


def peer(name, work, classpath, passes, core):
    if name.startswith("corenlp") and not classpath.is_file():
        raise RuntimeError("no %s: it is made with Maven" % classpath)
    env = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    if classpath.is_file():
        env["PEERS_CLASSPATH"] = classpath.read_text().strip()
    # Set on some machines to spare old libraries; they slow the present ones.
    env.pop("OPENBLAS_CORETYPE", None)
    env.pop("OPENBLAS_L2_SIZE", None)
    out = work / (name + ".json")
    with open(out, "wb") as o:
        code, _, _, _, message = run([sys.executable, str(HERE / "systems.py"), name, str(work), "--passes", str(passes)],
                                     core, env=env, stdout=o)
    if code:
        raise RuntimeError((message.strip() or "exit %d" % code).split("\n")[-1])
    return json.loads(out.read_text())


def score(shared, work, name):
    """The figures of score-parse: {set: {metric: F1 in percent}}."""
    scorer, out, res = str(shared / "eval/score-parse"), work / name.replace(" ", "-"), {}
    for s, gold in (("ewt", "ewt.gold.conllu"), ("gum", "gum.gold.conllu"), ("ewt", "ewt.gold.iob2")):
        args = [sys.executable, scorer, str(work / gold), str(out / (s + ".conllu")), "--map", str(HERE / "ner.map"), "--json"]
        p = subprocess.run(args, capture_output=True, text=True)
        if p.returncode:
            fail("%s on %s: %s" % (name, s, p.stderr.strip()))
        res.setdefault(s, {}).update({k: 100 * v["f1"] for k, v in json.loads(p.stdout).items()})
    return res


def table(head, rows):
    """A Markdown table, its columns padded for the eye."""
    rows = [head] + rows
    width = [max(len(r[i]) for r in rows) for i in range(len(head))]
    def line(r):
        return "| " + " | ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(r, width))) + " |"
    rule = "|" + "|".join("-" * (w + 2) if i == 0 else "-" * (w + 1) + ":" for i, w in enumerate(width)) + "|"
    return "\n".join([line(head), rule] + [line(r) for r in rows[1:]])


LABELS = {
    "spacy": "spaCy small", "corenlp": "CoreNLP, lean", "corenlp-default": "CoreNLP, as it comes",
    "casus fast": "casus fast", "casus small": "casus small", "casus accurate": "casus accurate", "casus auto": "casus auto",
}


def quality_table(scores):
    head = ["system", "EWT Sent", "Words", "UPOS", "XPOS", "UAS", "LAS", "GUM Sent", "Words", "UPOS", "XPOS", "UAS", "LAS",
            "NER", "NER part"]
    rows = []
    for name, res in scores.items():
        row = [LABELS[name]]
        for s in ("ewt", "gum"):
            for k in ("Sentences", "Words", "UPOS", "XPOS", "UAS", "LAS"):
                figure = "%.1f" % res[s][k]
                if name == "spacy" and k in ("UAS", "LAS"):
                    figure = "(%s)" % figure if k == "UAS" else "n.c."
                row.append(figure)
        rows.append(row + ["%.1f" % res["ewt"]["NER"], "%.1f" % res["ewt"]["NER partial"]])
    return table(head, rows)


def speed_table(reports, counts):
    head = ["system"] + [title for _, title in SETS] + ["all three, by CPU", "start, s", "peak MiB", "casus fast is faster by"]
    base = reports.get("casus fast")
    rows = []
    for name, r in reports.items():
        rates = [counts[s] / r["sets"][s]["clock"] for s, _ in SETS]
        cpu = sum(counts.values()) / sum(r["sets"][s]["cpu"] for s, _ in SETS)
        ratio = "-"
        if base and name != "casus fast":
            ratio = "%.1f" % (sum(r["sets"][s]["cpu"] for s, _ in SETS) / sum(base["sets"][s]["cpu"] for s, _ in SETS))
        rows.append([LABELS[name]] + ["%d" % x for x in rates] +
                    ["%d" % cpu, "%.2f" % r["start"], "%d" % (r["peak"] >> 20), ratio])
    return table(head, rows)


def machine():
    info = {}
    try:
        for line in open("/proc/cpuinfo", encoding="utf-8"):
            k, _, v = line.partition(":")
            info.setdefault(k.strip(), v.strip())
    except OSError:
        pass
    flags = set(info.get("flags", "").split())
    kinds = [f for f in ("avx2", "avx_vnni", "avx512_vnni") if f in flags]
    return "%s, %d processors (%s), %s %s" % (info.get("model name", platform.processor() or platform.machine()),
                                              os.cpu_count(), ", ".join(kinds) or "neither AVX2 nor VNNI seen",
                                              platform.system(), platform.machine())


NOTES = """\
Accuracy is F1 of `score-parse` from raw text, so wrong sentence and word borders count. NER is on Universal NER's EWT dev,
exact spans with labels; *NER part* counts names that overlap with the right label. Words a second are by the clock on one
core, loading not counted, the best of %(passes)d passes after one that warms up; words are those of the gold trees, for
PolNeAR those of `casus parse --tier fast`. *by CPU* is over all three sets by processor time of the process: on a quiet
machine it agrees with the clock, on a busy one it is the figure to trust, and the last column is made from it. The
time of casus holds reading JSON and writing CoNLL-U; that of the peers only the annotation.

- **Home and away.** Casus is trained on the train parts of these two treebanks and of Universal NER; spaCy small is not, and of
  CoreNLP's models we do not know. Part of each distance is that, and not the parser.
- **spaCy small** was trained on OntoNotes. Its labels are not UD's, so LAS is not comparable (n.c.), and its heads follow
  other rules (a preposition heads its noun, a copula its predicate), so UAS, in brackets, says little. UPOS is its coarse
  tag. Its names take the article with them ("the ..."), which exact spans punish and overlaps do not. PERSON is read
  as PER; GPE, LOC, FAC as LOC; ORG as ORG. Its peak of memory is that of batches of 256 documents.
- **CoreNLP** gives UD relations and Penn tags; UPOS is mapped from tag and relation by a table in `systems.py`. *Lean*
  has the three-class entity model alone; *as it comes* has the default three models, times, numbers and finer rules. PERSON is
  read as PER; LOCATION, CITY, STATE_OR_PROVINCE, COUNTRY as LOC; ORGANIZATION as ORG. One thread, serial collector.
- **UDPipe, Stanza** are left out: their packages carry no English model (UDPipe's come from a repository of its makers,
  Stanza's from a hub), and nothing here downloads one.
"""


def page(a, reports, scores, counts, left_out, loads):
    out = ["# Casus beside its peers", "",
           "The last run of `make bench-peers`, which wrote this page (`train/peers`). Same raw text, same machine, one core.", ""]
    out += ["%s, %s; load average %.1f at the start, %.1f at the end%s." %
            (datetime.date.today().isoformat(), machine(), loads[0], loads[1],
             " (**busy**: words a second by the clock mean little, see *by CPU*)" if max(loads) > 1.5 else ""), ""]
    if a.docs:
        out += ["**Not the whole sets: only the first %d documents of each.**" % a.docs, ""]
    if not scores or not reports:
        fail("nothing could be measured")
    out += [quality_table(scores), "", speed_table(reports, counts), ""]
    out += ["Words: " + ", ".join("%s %d" % (title, counts[s]) for s, title in SETS) + "."]
    out += ["Versions: " + "; ".join(dict.fromkeys(r["versions"] for r in reports.values())) +
            "; Python %s." % platform.python_version()]
    for name, why in left_out:
        out.append("Left out: %s (%s)." % (name, why))
    for name, r in reports.items():
        back = {s: x["put_back"] for s, x in r["sets"].items() if x["put_back"]}
        if back:
            out.append("%s dropped characters: %s words put back as X." %
                       (LABELS[name], ", ".join("%d in %s" % (n, s) for s, n in back.items())))
    return "\n".join(out) + "\n\n" + NOTES % {"passes": a.passes}


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--shared", type=pathlib.Path, default=HERE.parents[2] / "shared")
    ap.add_argument("--casus", default=str(HERE.parents[1] / "bin/casus"))
    ap.add_argument("--work", type=pathlib.Path, default=HERE.parents[1] / ".train/peers/work")
    ap.add_argument("--classpath", type=pathlib.Path, default=HERE.parents[1] / ".train/peers/classpath.txt",
                    help="a file with the class path of CoreNLP")
    ap.add_argument("--docs", type=int, default=0, help="only that many documents of each set (0: all)")
    ap.add_argument("--passes", type=int, default=3)
    ap.add_argument("--core", type=int, help="the core to run on (default: the last one this process may use)")
    ap.add_argument("--only", default="", help="systems, by comma: fast,small,accurate,auto,spacy,corenlp,corenlp-default")
    ap.add_argument("--save", type=pathlib.Path)
    a = ap.parse_args()
    if not (a.shared / "data/ud").is_dir():
        fail("no texts: %s/data/ud is absent. The treebanks, articles and scorers are read from there (--shared DIR)."
             % a.shared)
    core = a.core
    if core is None and hasattr(os, "sched_getaffinity"):
        core = max(os.sched_getaffinity(0))
    a.work.mkdir(parents=True, exist_ok=True)
    wanted = set(re.findall(r"[\w-]+", a.only)) or set(TIERS + PEERS)
    loads, left_out, reports = [os.getloadavg()[0]], [], {}
    counts = prepare(a.shared, a.work, a.docs)
    for key in TIERS + PEERS:
        name = "casus " + key if key in TIERS else key
        if key not in wanted:
            left_out.append((LABELS[name], "not asked for in this run"))
            continue
        say("%s ..." % name)
        try:
            if key in TIERS:
                reports[name] = casus(a.casus, key, a.work, a.passes, core)
            else:
                reports[name] = peer(key, a.work, a.classpath, a.passes, core)
        except (RuntimeError, OSError) as e:
            left_out.append((LABELS[name], str(e)))
            say("%s is left out: %s" % (name, e))
    loads.append(os.getloadavg()[0])
    if "casus fast" not in reports:
        fail("casus --tier fast must run: the words of the articles are counted by it")
    counts["polnear"] = texts.words(a.work / "casus-fast/polnear.conllu")
    scores = {name: score(a.shared, a.work, name) for name in reports}
    text = page(a, reports, scores, counts, left_out, loads)
    print(text)
    if a.save:
        a.save.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
