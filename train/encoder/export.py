"""Write a trained model for the Go side: python export.py --run DIR

DIR gets encoder.bin (tensor container, docs/format/model.md), heads.json and vocab.txt; train/encoder/pack makes the model file of them.
"""
import argparse
import json
import os
import struct

import numpy as np
import torch

import data as D
import model as M


class Container:
    """Magic CTEN, version, count; then per tensor name, type, dims, offset; then the data, each at a multiple of 64 bytes."""
    KINDS = {np.dtype("float32"): 0, np.dtype("int8"): 1}

    def __init__(self):
        self.items = []

    def add(self, name, array):
        self.items.append((name, np.ascontiguousarray(array)))

    def linear(self, name, weight, bias):
        w = weight.detach().numpy().astype(np.float64)
        s = np.maximum(np.abs(w).max(1), 1e-8) / 63
        self.add(name + ".w", np.clip(np.rint(w / s[:, None]), -63, 63).astype(np.int8))
        self.add(name + ".s", s.astype(np.float32))
        self.add(name + ".b", bias.detach().numpy().astype(np.float32))

    def bytes(self):
        size = 12 + sum(2 + len(n.encode()) + 2 + 4 * a.ndim + 8 for n, a in self.items)
        head, at, offs = [struct.pack("<4sII", b"CTEN", 1, len(self.items))], (size + 63) // 64 * 64, []
        for n, a in self.items:
            offs.append(at)
            nb = n.encode()
            head.append(struct.pack("<H", len(nb)) + nb + struct.pack("<BB", self.KINDS[a.dtype], a.ndim)
                        + struct.pack(f"<{a.ndim}I", *a.shape) + struct.pack("<Q", at))
            at = (at + a.nbytes + 63) // 64 * 64
        out = bytearray(at)
        h = b"".join(head)
        out[: len(h)] = h
        for (n, a), o in zip(self.items, offs):
            out[o:o + a.nbytes] = a.tobytes()
        return bytes(out)


def transitions(sents, labels):
    """How much likelier label b is behind label a than anywhere, in nats. It counts whole: shares of 0.3 to 1.4 gave UNER EWT dev no more."""
    at = {x: i for i, x in enumerate(labels)}
    n = len(labels)
    pair, single = np.full((n, n), 0.5), np.full(n, 0.5 * n)
    for s in sents:
        tags = [at.get(t, 0) for t in s.ner]
        for a, b in zip(tags, tags[1:]):
            pair[a, b] += 1
            single[b] += 1
    m = np.log(pair / pair.sum(1, keepdims=True)) - np.log(single / single.sum())
    return np.clip(m, -4, 2).round(3).tolist()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--run", required=True)
    ap.add_argument("--data", default="../../../shared/data")
    ap.add_argument("--checkpoint", default="model.pt")
    ap.add_argument("--student", action="store_true", help="leave out the word embeddings, which are the teacher's")
    a = ap.parse_args()
    p = lambda x: os.path.join(a.run, x)
    labels = json.load(open(p("labels.json")))
    pieces = open(p("vocab.txt"), encoding="utf-8").read().split("\n")[:-1]
    run = json.load(open(p("run.json")))
    sd = torch.load(p(a.checkpoint))
    layers = 1 + max(int(k.split(".")[2]) for k in sd if k.startswith("enc.layers."))
    hidden, maxpos = sd["enc.pos.weight"].shape[1], sd["enc.pos.weight"].shape[0]
    ffn = sd["enc.layers.0.f1.weight"].shape[0]
    heads = 12 if hidden == 384 else hidden // 32
    m = M.Model(len(pieces), labels, layers=layers, maxpos=maxpos, hidden=hidden, heads=heads, ffn=ffn)
    m.load_state_dict(sd)
    c, f = Container(), lambda x: x.detach().numpy().astype(np.float32)

    w = m.enc.word.weight.detach().numpy().astype(np.float64)
    s = np.maximum(np.abs(w).max(1), 1e-8) / 127
    if not a.student:
        c.add("emb.word", np.clip(np.rint(w / s[:, None]), -127, 127).astype(np.int8))
        c.add("emb.word.s", s.astype(np.float32))
    c.add("emb.pos", f(m.enc.pos.weight))
    c.add("emb.shape", f(m.enc.shape.weight))
    c.add("emb.ln.g", f(m.enc.ln.weight))
    c.add("emb.ln.b", f(m.enc.ln.bias))
    for i, l in enumerate(m.enc.layers):
        for k in ("qkv", "o", "f1", "f2"):
            c.linear(f"l{i}.{k}", getattr(l, k).weight, getattr(l, k).bias)
        for k in ("ln1", "ln2"):
            c.add(f"l{i}.{k}.g", f(getattr(l, k).weight))
            c.add(f"l{i}.{k}.b", f(getattr(l, k).bias))

    train = D.load(a.data, "train")
    named = {k: [x for v in train.values() for x in D.flat(v) if x.ner_set == k] for k in ("ner", "ner_pol")}
    h = m.heads
    tags, at, parts = [], 0, []
    for name, lin in h.tags.items():
        if name == "ner_aux":
            continue
        tags.append({"name": name, "at": at, "labels": labels[name]})
        if name in named:
            tags[-1]["follow"] = transitions(named[name], labels[name])
        parts.append(lin)
        at += len(labels[name])
    tags.append({"name": "value", "at": at, "labels": ["value"]})
    parts.append(h.value)
    c.linear("tags", torch.cat([x.weight for x in parts]), torch.cat([x.bias for x in parts]))
    mlps, at, parts = [], 0, []
    for name in ("arc_dep", "arc_head", "rel_dep", "rel_head", "role_cue", "role_word"):
        lin = getattr(h, name).lin
        mlps.append({"name": name, "at": at, "size": lin.weight.shape[0]})
        parts.append(lin)
        at += lin.weight.shape[0]
    c.linear("mlp", torch.cat([x.weight for x in parts]), torch.cat([x.bias for x in parts]))
    for k in ("arc", "rel", "role"):
        c.add(k + ".u", f(getattr(h, k).u))
    meta = {"config": {"layers": layers, "hidden": hidden, "heads": heads, "ffn": ffn, "max_pos": maxpos, "ln_eps": 1e-12},
            "window": run["limit"], "tags": tags, "mlp": mlps, "rel": labels["rel"], "role": labels["role"]}
    json.dump(meta, open(p("heads.json"), "w"), ensure_ascii=False, separators=(",", ":"))
    b = c.bytes()
    open(p("encoder.bin"), "wb").write(b)
    print("encoder.bin", len(b), "pieces", len(pieces))


if __name__ == "__main__":
    main()
