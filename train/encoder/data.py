"""Readers of ../shared/data: trees, names, attribution, factuality."""
import gzip
import json
import os
import re


class Sent:
    """One sentence and what is known of it; None where a layer is not marked."""
    __slots__ = ("words", "upos", "xpos", "feats", "lemma", "head", "rel", "ner", "ner_set", "cue", "roles", "value", "status", "id", "offs", "text")

    def __init__(self, words):
        self.words = words
        for k in self.__slots__[1:]:
            setattr(self, k, None)


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        yield from f


def edit(form, lemma):
    """Script that makes the lemma of the form: case, bytes off the end, letters on."""
    best = None
    for mode, base in (("k", form), ("l", form.lower())):
        n = 0
        while n < min(len(base), len(lemma)) and base[n] == lemma[n]:
            n += 1
        cost = len(base) - n + len(lemma) - n
        if best is None or cost < best[0]:
            best = (cost, f"{mode}{len(base) - n}:{lemma[n:]}")
    return best[1]


def apply_edit(form, script):
    mode, rest = script[0], script[1:]
    n, add = rest.split(":", 1)
    base = form if mode == "k" else form.lower()
    return base[:len(base) - int(n)] + add if int(n) <= len(base) else form


def treebank(path):
    """Sentences by document."""
    out, cur, id, text = [], [], "", ""

    def flush():
        if not cur:
            return
        s = Sent([c[1] for c in cur])
        s.upos, s.xpos, s.feats = [c[3] for c in cur], [c[4] for c in cur], [c[5] for c in cur]
        s.lemma = [edit(c[1], c[2]) if c[2] != "_" or c[1] == "_" else None for c in cur]
        s.head, s.rel = [int(c[6]) for c in cur], [c[7] for c in cur]
        s.id, s.text = id, text
        s.offs = offsets(s.words, text)
        if not out:
            out.append([])
        out[-1].append(s)
        cur.clear()

    for line in lines(path):
        line = line.rstrip("\n")
        if not line:
            flush()
        elif line.startswith("# newdoc"):
            out.append([])
        elif line.startswith("# sent_id = "):
            id = line[12:]
        elif line.startswith("# text = "):
            text = line[9:]
        elif line[0] != "#":
            c = line.split("\t")
            if c[0].isdigit():
                cur.append(c)
    flush()
    return out


def offsets(words, text):
    """Start of each word in text, None where it cannot be found in order."""
    at, out = 0, []
    for w in words:
        i = text.find(w, at)
        if i < 0 or i - at > 3:
            out.append(None)
            continue
        out.append(i)
        at = i + len(w)
    return out


def iob2(path):
    forms, tags, id = [], [], ""
    for line in lines(path):
        line = line.rstrip("\n")
        if not line:
            if forms:
                yield id, forms, tags
            forms, tags, id = [], [], ""
        elif line.startswith("# ") and not forms:
            if line.startswith("# sent_id = "):
                id = line[12:]
        else:
            f, t = line.split("\t")
            forms.append(f.replace(" ", "\u00a0"))
            tags.append(t)
    if forms:
        yield id, forms, tags


def relabel(tags, table):
    out = []
    for t in tags:
        if t == "O":
            out.append("O")
            continue
        p, l = t.split("-", 1)
        l = table.get(l, l)
        out.append("O" if l == "-" else p + "-" + l)
    return out


COARSE = {"OTH": "MISC", "EVENT": "MISC", "politician": "PER", "person": "PER", "country": "LOC", "location": "LOC",
          "politicalparty": "ORG", "organisation": "ORG", "election": "MISC", "event": "MISC", "misc": "MISC"}


COARSE_WNUT = {"person": "PER", "location": "LOC", "group": "ORG", "corporation": "ORG", "product": "MISC", "creative-work": "MISC"}


def names(path, which, table=None, together=False):
    """Sentences of a file of names, each a document of its own unless they stand in running text (together)."""
    out = []
    for id, forms, tags in iob2(path):
        s = Sent(forms)
        s.id, s.ner, s.ner_set = id, relabel(tags, table or {}), which
        out.append(s)
    return [out] if together else [[s] for s in out]


def cut(text, first=0, end=None):
    """Sentences of a text without marks, as lists of (word, start, end)."""
    for m in re.finditer(r"[^\n]+?(?:[.!?]['\"”’)]*(?=\s|$)|(?=\n)|$)", text[first:end]):
        toks = [(t.group(), first + m.start() + t.start(), first + m.start() + t.end()) for t in re.finditer(r"\w+(?:[.'’-]\w+)*|[^\w\s]", m.group())]
        if len(toks) >= 3:
            yield toks


RE3D = {"Organisation": "ORG", "Location": "LOC", "Person": "PER"}
SMALL = {"of", "the", "and", "for", "al", "de", "bin", "in", "on"}


def re3d(path):
    """The defence set: longest mentions whose words all have capitals; it marks nominal mentions too, which are no names."""
    out = []
    for line in lines(path):
        d = json.loads(line)
        docs = []
        for toks in cut(d["text"]):
            s = Sent([t[0] for t in toks])
            s.id, s.ner, s.ner_set = d["id"], ["O"] * len(toks), "ner_aux"
            for e in sorted(d["entities"], key=lambda e: e["start"] - e["end"]):
                ix = [i for i, t in enumerate(toks) if e["start"] <= t[1] and t[2] <= e["end"]]
                while ix and toks[ix[0]][0] in ("the", "The", "a", "an"):
                    ix = ix[1:]
                kind = RE3D.get(e["type"])
                if not kind or not ix or any(s.ner[i] != "O" for i in ix) or not all(toks[i][0][0].isupper() or toks[i][0] in SMALL or not toks[i][0][0].isalpha() for i in ix):
                    continue
                for k, i in enumerate(ix):
                    s.ner[i] = ("B-" if k == 0 else "I-") + kind
            docs.append(s)
        out.append(docs)
    return out


def attribution(data, split):
    """Sentences, by document, of PolNeAR's own parses with cue marks and roles of each cue.

    cue: per token 0 outside, 1 in a cue, 2 its head. roles: list of (head, [0 none, 1 source, 2 content] per token).
    """
    docs = {}
    for line in lines(os.path.join(data, "attribution", split + ".jsonl.gz")):
        d = json.loads(line)
        docs[d["id"]] = d
    out, doc, toks = [], None, []

    def flush():
        if toks and doc is not None:
            out[-1].append(attributed(doc, toks))
        toks.clear()

    for line in lines(os.path.join(data, "attribution", split + ".conll.gz")):
        line = line.rstrip("\n")
        if line.startswith("# doc = "):
            flush()
            doc = docs.get(line[8:])
            out.append([])
        elif not line:
            flush()
        elif line[0] != "#" or "\t" in line:
            c = line.split("\t")
            toks.append((c[1], int(c[7]), int(c[8])))
    flush()
    return out


def attributed(doc, toks):
    s = Sent([t[0].replace(" ", "\u00a0") for t in toks])
    s.id = doc["id"]
    a, b = toks[0][1], toks[-1][2]
    s.cue, s.roles = [0] * len(toks), []

    def cover(spans, head=False):
        return [i for i, t in enumerate(toks) if any(t[1] < x["end"] and x["start"] < t[2] for x in spans)]

    for st in doc["statements"]:
        h = st["head"]
        if not (h["start"] < b and a < h["end"]):
            continue
        heads = cover([h])
        if not heads:
            continue
        head = heads[-1]
        for i in cover(st["cue"]):
            s.cue[i] = max(s.cue[i], 1)
        s.cue[head] = 2
        roles = [0] * len(toks)
        for i in cover(st["content"]):
            roles[i] = 2
        for i in cover(st["source"]):
            roles[i] = 1
        for i in cover(st["cue"]):
            roles[i] = 0
        s.roles.append((head, roles))
    return s


STATUS = ["asserted", "negated", "planned", "hypothetical"]


def meantime(path):
    out = []
    for line in lines(path):
        d = json.loads(line)
        docs = []
        for toks in cut(d["text"], 0, d["annotated"]["end"]):
            s = Sent([t[0] for t in toks])
            s.status = []
            for p in d["predicates"]:
                for i, t in enumerate(toks):
                    if t[1] < p["end"] and p["start"] < t[2] and p["status"] in STATUS:
                        s.status.append((i, STATUS.index(p["status"])))
                        break
            docs.append(s)
        out.append(docs)
    return out


def add_uds(sents, path):
    """Hang the factuality values of UDS on the trees with the same text; gives how many."""
    by, n = {}, 0
    for s in sents:
        by.setdefault(s.text, []).append(s)
    for line in lines(path):
        d = json.loads(line)
        for s in by.get(d["text"], []):
            at = {o: i for i, o in enumerate(s.offs) if o is not None}
            got = [(at[p["start"]], p["value"]) for p in d["predicates"] if p["start"] in at]
            if got:
                s.value = got
                n += len(got)
    return n


def flat(docs):
    return [s for d in docs for s in d]


def load(data, split):
    """All sentences of a split ("train" or "dev") by stream and document."""
    p = lambda *a: os.path.join(data, *a)
    ewt = treebank(p("ud", f"en_ewt-{split}.conllu.gz"))
    gum = treebank(p("ud", f"en_gum_open-{split}.conllu.gz"))
    uner = {id: (f, t) for id, f, t in iob2(p("ner", f"uner_en_ewt-{split}.iob2.gz"))}
    hits = 0
    for s in flat(ewt):
        f, t = uner.get(s.id, (None, None))
        if f is not None and len(f) == len(s.words):
            s.ner, s.ner_set, hits = relabel(t, COARSE), "ner", hits + 1
    derived = {id: (f, t) for id, f, t in iob2(p("ner", f"gum_open_derived-{split}.iob2.gz"))}
    for s in flat(gum):
        f, t = derived.get(s.id, (None, None))
        if f is not None and len(f) == len(s.words):
            s.ner, s.ner_set = relabel(t, COARSE), "ner_aux"
    uds = add_uds(flat(ewt), p("factuality", f"uds.{split}.jsonl.gz"))
    streams = {"ewt": ewt, "gum": gum, "att": attribution(data, split),
               "mt": meantime(p("factuality", f"meantime.{split}.jsonl.gz")),
               "pol": names(p("ner", f"crossner_politics-{split}.iob2.gz"), "ner_pol")}
    if split == "train":
        streams["aux"] = (names(p("ner", "wikigold-train.iob2.gz"), "ner_aux", together=True)
                          + names(p("ner", "btc_g-train.iob2.gz"), "ner_aux") + names(p("ner", "btc_e-train.iob2.gz"), "ner_aux")
                          + names(p("ner", "wnut17-train.iob2.gz"), "ner_aux", COARSE_WNUT) + re3d(p("ner", "re3d_open-train.jsonl.gz")))
    print(split, {k: (len(v), len(flat(v)), sum(len(s.words) for s in flat(v))) for k, v in streams.items()}, "uner", hits, "uds", uds, flush=True)
    return streams
