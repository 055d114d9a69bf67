"""Train the accurate tier: python train.py --data ../../../shared/data --donor minilm:PATH --out DIR

Seeds are fixed; with one thread the run is reproducible on one machine. See README.md.
"""
import argparse
import json
import math
import os
import random
import time
from collections import Counter

import torch
import torch.nn.functional as F

import data as D
import model as M
from wordpiece import SHAPES, WordPiece, keep_piece, shape


def label_sets(train):
    def vocab(it, least=1):
        c = Counter(it)
        return [k for k, n in sorted(c.items(), key=lambda x: (-x[1], x[0])) if n >= least]

    trees = train["ewt"] + train["gum"]
    sets = {k: vocab((x for s in trees for x in getattr(s, k) if x), 2 if k in ("lemma", "feats") else 1)
            for k in ("upos", "xpos", "feats", "lemma", "rel")}
    for which in ("ner", "ner_aux", "ner_pol"):
        kinds = sorted({t[2:] for stream in train.values() for s in stream if s.ner_set == which for t in s.ner if t != "O"})
        sets[which] = ["O"] + [p + "-" + k for k in kinds for p in "BI"]
    sets["cue"], sets["role"], sets["status"] = ["O", "I", "H"], ["O", "source", "content"], D.STATUS
    return sets


def build(sents, wp, maxpos, labels):
    """Sentences as lists of numbers; those too long are left out."""
    at = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items()}
    out = []
    for s in sents:
        ids, shp, first = [wp.cls], [0], [0]
        for w in s.words:
            first.append(len(ids))
            p = wp.word(w)
            ids += p
            shp += [shape(w)] * len(p)
        ids.append(wp.sep)
        shp.append(0)
        if len(ids) > maxpos:
            continue
        x = {"ids": ids, "shapes": shp, "first": first}
        if s.upos:
            for k in ("upos", "xpos", "feats", "lemma", "rel"):
                x[k] = [at[k].get(v, -100) for v in getattr(s, k)]
            x["head"] = s.head
        if s.ner:
            x[s.ner_set] = [at[s.ner_set].get(v, 0) for v in s.ner]
        if s.cue is not None:
            x["cue"], x["roles"] = s.cue, s.roles
        if s.value:
            x["value"] = s.value
        if s.status:
            x["status"] = s.status
        out.append(x)
    return out


def batches(items, size, rng=None):
    """Lists of items of similar length holding about size padded pieces."""
    order = list(range(len(items)))
    if rng:
        rng.shuffle(order)
        order = [i for k in range(0, len(order), 2048) for i in sorted(order[k:k + 2048], key=lambda i: len(items[i]["ids"]))]
    else:
        order.sort(key=lambda i: len(items[i]["ids"]))
    out, cur, top = [], [], 0
    for i in order:
        n = len(items[i]["ids"])
        if cur and max(top, n) * (len(cur) + 1) > size:
            out.append(cur)
            cur, top = [], 0
        cur.append(items[i])
        top = max(top, n)
    if cur:
        out.append(cur)
    return out


def collate(items, wp, bf16):
    b, n = len(items), max(len(x["ids"]) for x in items)
    w = max(len(x["first"]) for x in items)
    pad = lambda v, m, z: v + [z] * (m - len(v))
    t = torch.tensor
    out = {"ids": t([pad(x["ids"], n, wp.pad) for x in items]), "shapes": t([pad(x["shapes"], n, 0) for x in items]),
           "first": t([pad(x["first"], w, 0) for x in items]), "bf16": bf16}
    out["mask"] = t([[1] * len(x["ids"]) + [0] * (n - len(x["ids"])) for x in items]).bool()
    out["wmask"] = t([[1] * len(x["first"]) + [0] * (w - len(x["first"])) for x in items]).bool()
    for k in ("upos", "xpos", "feats", "lemma", "rel", "head", "ner", "ner_aux", "ner_pol", "cue"):
        if any(k in x for x in items):
            out[k] = t([pad(list(x.get(k, [])), w - 1, -100) for x in items])
    out["roles"] = [(i, h, r) for i, x in enumerate(items) for h, r in x.get("roles", [])]
    for k in ("value", "status"):
        out[k] = [(i, j, v) for i, x in enumerate(items) for j, v in x.get(k, [])]
    return out


def ce(logits, gold, **kw):
    return F.cross_entropy(logits.reshape(-1, logits.shape[-1]), gold.reshape(-1), ignore_index=-100, **kw)


WEIGHT = {"upos": 0.3, "xpos": 0.5, "feats": 0.5, "lemma": 0.3, "ner": 1.0, "ner_aux": 0.5, "ner_pol": 1.0, "cue": 1.0}


def loss_of(m, batch):
    h = m.words(batch)
    x, hd = F.dropout(h[:, 1:], m.heads.drop, m.training), m.heads
    total, parts = 0.0, {}

    def add(name, weight, value):
        nonlocal total
        total = total + weight * value
        parts[name] = float(value.detach())

    for k, wt in WEIGHT.items():
        if k in batch and (batch[k] != -100).any():
            add(k, wt, ce(hd.tags[k](x), batch[k]))
    if "head" in batch:
        scores = hd.arc.all(hd.arc_dep(h[:, 1:]), hd.arc_head(h))[:, 0]
        scores = scores.masked_fill(~batch["wmask"][:, None, :], -1e4)
        add("arc", 1.0, ce(scores, batch["head"]))
        bi, wi = (batch["head"] != -100).nonzero(as_tuple=True)
        d, g = hd.rel_dep(h[:, 1:])[bi, wi], hd.rel_head(h)[bi, batch["head"][bi, wi]]
        add("rel", 1.0, ce(hd.rel.pairs(d, g), batch["rel"][bi, wi]))
    if batch["roles"]:
        w = h.shape[1] - 1
        bi = torch.tensor([r[0] for r in batch["roles"]])
        c = torch.tensor([r[1] for r in batch["roles"]])
        gold = torch.tensor([r[2] + [-100] * (w - len(r[2])) for r in batch["roles"]])
        cue = hd.role_cue(h[:, 1:])[bi, c]
        s = hd.role.all(cue[:, None], hd.role_word(h[:, 1:])[bi])[:, :, 0].transpose(1, 2)
        add("role", 1.0, ce(s, gold))
    if batch["value"]:
        bi, wi = torch.tensor([v[0] for v in batch["value"]]), torch.tensor([v[1] for v in batch["value"]])
        y = torch.tensor([v[2] for v in batch["value"]])
        add("value", 0.3, F.smooth_l1_loss(hd.value(x[bi, wi]).squeeze(-1), y))
    if batch["status"]:
        bi, wi = torch.tensor([v[0] for v in batch["status"]]), torch.tensor([v[1] for v in batch["status"]])
        add("status", 0.5, ce(hd.tags["status"](x[bi, wi]), torch.tensor([v[2] for v in batch["status"]])))
    return total, parts


def spans(tags):
    out, start, kind = set(), None, None
    for i, t in enumerate(tags + ["O"]):
        if start is not None and (t[0] != "I" or t[2:] != kind):
            out.add((start, i, kind))
            start = None
        if t[0] == "B" or t[0] == "I" and start is None:
            start, kind = i, t[2:]
    return out


@torch.no_grad()
def evaluate(m, streams, wp, labels, size, bf16, only=None):
    m.eval()
    c = Counter()
    hd = m.heads
    se, ys, ps = 0.0, [], []
    for name, items in streams.items():
        if only and name not in only:
            continue
        for bt in batches(items, size):
            batch = collate(bt, wp, bf16)
            h = m.words(batch)
            x = h[:, 1:]
            for k in ("upos", "xpos", "feats", "lemma"):
                if k in batch:
                    ok = batch["upos"] != -100
                    c[name, k] += ((hd.tags[k](x).argmax(-1) == batch[k]) & ok).sum().item()
                    if k == "upos":
                        c[name, "words"] += ok.sum().item()
            if "head" in batch:
                s = hd.arc.all(hd.arc_dep(x), hd.arc_head(h))[:, 0].masked_fill(~batch["wmask"][:, None, :], -1e4)
                got = s.argmax(-1)
                ok = batch["head"] != -100
                right = (got == batch["head"]) & ok
                bi, wi = ok.nonzero(as_tuple=True)
                r = hd.rel.pairs(hd.rel_dep(x)[bi, wi], hd.rel_head(h)[bi, got[bi, wi]]).argmax(-1)
                gold = batch["rel"][bi, wi]
                uni = [l.split(":")[0] for l in labels["rel"]]
                same = torch.tensor([g >= 0 and uni[a] == uni[g] for a, g in zip(r.tolist(), gold.tolist())])
                c[name, "uas"] += right.sum().item()
                c[name, "las"] += (right[bi, wi] & same).sum().item()
            for k in ("ner", "ner_pol"):
                if k in batch:
                    got = hd.tags[k](x).argmax(-1)
                    for i in range(len(bt)):
                        n = (batch[k][i] != -100).sum().item()
                        a = spans([labels[k][j] for j in got[i, :n].tolist()])
                        g = spans([labels[k][j] for j in batch[k][i, :n].tolist()])
                        a = {z for z in a if z[2] != "MISC" or k == "ner_pol"}
                        c[name, k + "_p"] += len(a)
                        c[name, k + "_g"] += len(g)
                        c[name, k + "_r"] += len(a & g)
            if "cue" in batch:
                got = hd.tags["cue"](x).argmax(-1)
                c[name, "cue_p"] += ((got == 2) & (batch["cue"] != -100)).sum().item()
                c[name, "cue_g"] += (batch["cue"] == 2).sum().item()
                c[name, "cue_r"] += ((got == 2) & (batch["cue"] == 2)).sum().item()
                if batch["roles"]:
                    w = h.shape[1] - 1
                    bi = torch.tensor([r[0] for r in batch["roles"]])
                    cw = torch.tensor([r[1] for r in batch["roles"]])
                    s = hd.role.all(hd.role_cue(x)[bi, cw][:, None], hd.role_word(x)[bi])[:, :, 0].argmax(1)
                    for j, (i, _, gold) in enumerate(batch["roles"]):
                        a = s[j, :len(gold)].tolist()
                        for v, nm in ((1, "src"), (2, "cont")):
                            A, G = {q for q, z in enumerate(a) if z == v}, {q for q, z in enumerate(gold) if z == v}
                            c[name, nm + "_n"] += bool(G)
                            c[name, nm + "_x"] += bool(G) and A == G
            if batch["value"]:
                for i, j, v in batch["value"]:
                    ys.append(v)
                    ps.append(hd.value(x[i, j]).item())
            if batch["status"]:
                for i, j, v in batch["status"]:
                    c[name, "st_n"] += 1
                    c[name, "st_r"] += int(hd.tags["status"](x[i, j]).argmax().item() == v)
    out = []
    for name in streams:
        w = c[name, "words"]
        if w:
            out.append(f"{name}: " + " ".join(f"{k} {100 * c[name, k] / w:.2f}" for k in ("upos", "xpos", "feats", "lemma", "uas", "las")))
        for k in ("ner", "ner_pol", "cue"):
            if c[name, k + "_g"]:
                p, g, r = (c[name, k + z] for z in ("_p", "_g", "_r"))
                out.append(f"{name} {k} F1 {200 * r / max(1, p + g):.2f} (P {100 * r / max(1, p):.1f} R {100 * r / g:.1f})")
        for k in ("src", "cont"):
            if c[name, k + "_n"]:
                out.append(f"{name} {k} exact given cue {100 * c[name, k + '_x'] / c[name, k + '_n']:.2f}")
        if c[name, "st_n"]:
            out.append(f"{name} status {100 * c[name, 'st_r'] / c[name, 'st_n']:.2f}")
    if ys:
        y, p = torch.tensor(ys), torch.tensor(ps)
        out.append(f"uds r {torch.corrcoef(torch.stack([y, p]))[0, 1]:.4f} mae {(y - p).abs().mean():.4f}")
    m.train()
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", default="../../../shared/data")
    ap.add_argument("--donor", required=True, help="minilm:DIR (model.safetensors and vocab.txt) or bge:FILE.onnx; tokens by --vocab")
    ap.add_argument("--vocab", required=True)
    ap.add_argument("--layers", default="0,1,2,3,4,5", help="the donor's layers to keep")
    ap.add_argument("--out", required=True)
    ap.add_argument("--plan", default="ewt:8,gum:8,aux:3,pol:8,att:3,mt:3", help="passes over each stream; att leaves out part of the sentences without a statement")
    ap.add_argument("--lr", type=float, default=1.5e-4)
    ap.add_argument("--head-lr", type=float, default=1e-3)
    ap.add_argument("--batch", type=int, default=1400)
    ap.add_argument("--qat", type=float, default=0.75, help="share of the steps after which the product's arithmetic is trained")
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--minutes", type=float, default=0, help="stop the plan so that it takes about this long")
    ap.add_argument("--init", help="go on from this checkpoint")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--final", default="", help="streams of the last evaluation, by commas; all when empty")
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    os.makedirs(a.out, exist_ok=True)

    pieces = [l.rstrip("\n") for l in open(a.vocab, encoding="utf-8")]
    keep = [i for i, p in enumerate(pieces) if keep_piece(p)]
    wp = WordPiece([pieces[i] for i in keep])
    train, dev = D.load(a.data, "train"), D.load(a.data, "dev")
    labels = label_sets(train)
    json.dump(labels, open(os.path.join(a.out, "labels.json"), "w"), indent=0)
    open(os.path.join(a.out, "vocab.txt"), "w", encoding="utf-8").write("".join(p + "\n" for p in wp.pieces))
    print("pieces", len(wp.pieces), {k: len(v) for k, v in labels.items()}, flush=True)

    maxpos, layers = 256, [int(x) for x in a.layers.split(",")]
    m = M.Model(len(wp.pieces), labels, layers=len(layers), maxpos=maxpos)
    kind, path = a.donor.split(":", 1)
    M.load_bert(m.enc, M.safetensors(path) if kind == "minilm" else M.onnx_bert(path), keep, layers)
    m.enc.word.weight.requires_grad = False
    if a.init:
        m.load_state_dict(torch.load(a.init))
    tr = {k: build(v, wp, maxpos, labels) for k, v in train.items()}
    dv = {k: build(v, wp, maxpos, labels) for k, v in dev.items()}

    plan, rounds = [], {k: float(v) for k, v in (x.split(":") for x in a.plan.split(","))}
    most = math.ceil(max(rounds.values()))
    for r in range(most):  # each stream spread evenly over the rounds
        part = []
        for k, n in rounds.items():
            items = tr[k]
            if k == "att":
                items = [x for x in items if x["roles"] or rng.random() < 0.35]
            bs = batches(items, a.batch, rng)
            rng.shuffle(bs)
            part += bs[: round(len(bs) * n / most)]
        rng.shuffle(part)
        plan += part
    enc = [p for n, p in m.named_parameters() if n.startswith("enc.") and p.requires_grad]
    hds = [p for n, p in m.named_parameters() if n.startswith("heads.")]
    opt = torch.optim.AdamW([{"params": enc, "lr": a.lr}, {"params": hds, "lr": a.head_lr}], weight_decay=0.01, betas=(0.9, 0.98))
    base = [g["lr"] for g in opt.param_groups]
    print("steps", len(plan), flush=True)
    t0, run, done = time.time(), Counter(), 0
    seen = Counter()
    for i, bt in enumerate(plan):
        share = i / len(plan)
        if a.minutes:  # a slow machine: the schedule follows the clock
            share = max(share, (time.time() - t0) / 60 / a.minutes)
            if share >= 1:
                break
        f = min(1.0, (i + 1) / 100) * (1 - share)
        for g, b in zip(opt.param_groups, base):
            g["lr"] = b * f
        M.QLinear.quant = share >= a.qat
        loss, parts = loss_of(m, collate(bt, wp, True))
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(enc + hds, 1.0)
        opt.step()
        run.update(parts)
        seen.update(parts.keys())
        if (i + 1) % 100 == 0:
            print(f"{i + 1}/{len(plan)} {time.time() - t0:.0f}s", " ".join(f"{k} {run[k] / seen[k]:.3f}" for k in sorted(run)), flush=True)
            run.clear()
            seen.clear()
        if (i + 1) % 1500 == 0:
            print("\n".join(evaluate(m, dv, wp, labels, 4000, True, ("ewt",))), flush=True)
            torch.save(m.state_dict(), os.path.join(a.out, "last.pt"))
    torch.save(m.state_dict(), os.path.join(a.out, "model.pt"))
    json.dump(vars(a), open(os.path.join(a.out, "run.json"), "w"))
    for q in (False, True):
        M.QLinear.quant = q
        print("quantised" if q else "float")
        print("\n".join(evaluate(m, dv, wp, labels, 4000, not q, a.final.split(",") if a.final else None)), flush=True)


if __name__ == "__main__":
    main()
