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

    train = {k: D.flat(v) for k, v in train.items()}
    trees = train["ewt"] + train["gum"]
    sets = {k: vocab((x for s in trees for x in getattr(s, k) if x), 2 if k in ("lemma", "feats") else 1)
            for k in ("upos", "xpos", "feats", "lemma", "rel")}
    for which in ("ner", "ner_aux", "ner_pol"):
        kinds = sorted({t[2:] for stream in train.values() for s in stream if s.ner_set == which for t in s.ner if t != "O"})
        sets[which] = ["O"] + [p + "-" + k for k in kinds for p in "BI"]
    sets["cue"], sets["role"], sets["status"] = ["O", "I", "H"], ["O", "source", "content"], D.STATUS
    sets["begin"] = ["I", "B"]  # a sentence begins at this word, though the splitter saw no gap before it
    return sets


def build(docs, wp, maxpos, labels):
    """Documents as lists of sentences in numbers; a sentence too long for the network cuts its document."""
    at = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items()}
    out = []
    for doc in docs:
        cur = []
        for s in doc:
            x = {"pieces": [wp.word(w) for w in s.words], "shapes": [shape(w) for w in s.words]}
            x["size"] = sum(map(len, x["pieces"]))
            if x["size"] > maxpos - 2:
                out.append(cur)
                cur = []
                continue
            x["stop"] = s.words[-1] in STOPS
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
            cur.append(x)
        out.append(cur)
    return [d for d in out if d]


STOPS = set(".?!:;\"'”’)")
TAGS = ("upos", "xpos", "feats", "lemma", "rel", "ner", "ner_aux", "ner_pol", "cue", "begin")


def join(sents, wp, rng=None):
    """A window: [CLS], sentences divided by [SEP], [SEP]. With rng some neighbours are run together, as a splitter that
    missed the gap would have it (the head "begin" learns to find it), some windows lose or change their capitals, and a
    few words are masked."""
    x = {"ids": [wp.cls], "shapes": [0], "first": [0], "seg": [], "head": [], "roles": [], "value": [], "status": []}
    for k in TAGS:
        x[k] = []
    glued = False
    for i, s in enumerate(sents):
        off, n = len(x["seg"]), len(s["pieces"])
        for p, sh in zip(s["pieces"], s["shapes"]):
            x["first"].append(len(x["ids"]))
            x["ids"] += [wp.mask] * len(p) if rng is not None and rng.random() < 0.02 else p
            x["shapes"] += [sh] * len(p)
        for k in TAGS:
            x[k] += s.get(k, [-100] * n)
        if "head" in s:
            x["begin"][off:] = [1 if glued else -100] + [0] * (n - 1)
        x["seg"] += [i] * n
        x["head"] += [h + off if h else 0 for h in s["head"]] if "head" in s else [-100] * n
        x["roles"] += [(off + h, off, r) for h, r in s.get("roles", [])]
        for k in ("value", "status"):
            x[k] += [(off + j, v) for j, v in s.get(k, [])]
        glued = rng is not None and i + 1 < len(sents) and rng.random() < (0.08 if s["stop"] else 0.35)
        if not glued:
            x["ids"].append(wp.sep)
            x["shapes"].append(0)
    if rng is not None:
        r = rng.random()
        if r < 0.08:
            to = 1 if r < 0.05 else 3 if r < 0.065 else 2
            x["shapes"] = [to if v in (1, 2, 3, 4) else v for v in x["shapes"]]
    return x


def pack(docs, wp, limit, rng=None):
    """Windows over documents: as many sentences as fit into limit pieces; with rng often fewer, down to one."""
    def room():
        if rng is None:
            return limit
        return 0 if rng.random() < 0.25 else round(limit * (0.3 + 0.7 * rng.random()))

    out = []
    for doc in docs:
        cur, size, top = [], 2, 0
        for s in doc:
            if not cur:
                top = room()
            if cur and size + s["size"] + 1 > top:
                out.append(join(cur, wp, rng))
                cur, size = [], 2
                top = room()
            cur.append(s)
            size += s["size"] + 1
        if cur:
            out.append(join(cur, wp, rng))
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
    for k in TAGS + ("head",):
        if any(v != -100 for x in items for v in x[k]):
            out[k] = t([pad(x[k], w - 1, -100) for x in items])
    seg = t([pad(x["seg"], w - 1, -1) for x in items])
    out["near"] = torch.cat([out["wmask"][:, None, :1].expand(-1, w - 1, -1), seg[:, :, None] == seg[:, None, :]], 2)  # [CLS] and the own sentence
    out["roles"] = [(i, h, [-100] * o + r) for i, x in enumerate(items) for h, o, r in x["roles"]]
    for k in ("value", "status"):
        out[k] = [(i, j, v) for i, x in enumerate(items) for j, v in x[k]]
    return out


def ce(logits, gold, **kw):
    return F.cross_entropy(logits.reshape(-1, logits.shape[-1]), gold.reshape(-1), ignore_index=-100, **kw)


WEIGHT = {"upos": 0.3, "xpos": 0.5, "feats": 0.5, "lemma": 0.3, "ner": 1.5, "ner_aux": 0.5, "ner_pol": 1.0, "cue": 1.0, "begin": 1.0}


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
        add("arc", 1.0, ce(scores.masked_fill(~batch["near"], -1e4), batch["head"]))
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


def soft(student, teacher):
    """Cross-entropy against the teacher's distribution, less its own entropy, mean over rows."""
    return F.kl_div(F.log_softmax(student, -1), F.log_softmax(teacher, -1), reduction="batchmean", log_target=True)


def distil_of(m, teacher, batch):
    """What a student loses against its teacher on any text: the states of words, every head over words, arcs, relations of
    the teacher's heads, roles of the teacher's cues."""
    with torch.no_grad():
        g = teacher.words(batch)
    h = m.words(batch)
    ok = batch["wmask"][:, 1:]
    bi, wi = ok.nonzero(as_tuple=True)
    x, y, a, t = h[:, 1:][bi, wi], g[:, 1:][bi, wi], m.heads, teacher.heads
    total, parts = 0.0, {}

    def add(name, weight, value):
        nonlocal total
        total = total + weight * value
        parts[name] = float(value.detach())

    add("state", 1.0, F.mse_loss(x, y) / y.var().clamp_min(1e-6))
    for k in a.tags:
        with torch.no_grad():
            want = t.tags[k](y)
        add(k, min(1.0, WEIGHT.get(k, 0.5)), soft(a.tags[k](x), want))
    with torch.no_grad():
        want = t.arc.all(t.arc_dep(g[:, 1:]), t.arc_head(g))[:, 0].masked_fill(~batch["near"], -1e4)
        head = want.argmax(-1)[bi, wi]
        rel = t.rel.pairs(t.rel_dep(g[:, 1:])[bi, wi], t.rel_head(g)[bi, head])
        value = t.value(y)
    got = a.arc.all(a.arc_dep(h[:, 1:]), a.arc_head(h))[:, 0].masked_fill(~batch["near"], -1e4)
    add("arc", 1.0, soft(got[bi, wi], want[bi, wi]))
    add("rel", 1.0, soft(a.rel.pairs(a.rel_dep(h[:, 1:])[bi, wi], a.rel_head(h)[bi, head]), rel))
    add("value", 0.3, F.smooth_l1_loss(a.value(x), value))
    if batch["roles"]:
        rb, c = torch.tensor([r[0] for r in batch["roles"]]), torch.tensor([r[1] for r in batch["roles"]])
        with torch.no_grad():
            want = t.role.all(t.role_cue(g[:, 1:])[rb, c][:, None], t.role_word(g[:, 1:])[rb])[:, :, 0].transpose(1, 2)
        got = a.role.all(a.role_cue(h[:, 1:])[rb, c][:, None], a.role_word(h[:, 1:])[rb])[:, :, 0].transpose(1, 2)
        at = batch["near"][rb, c, 1:]
        add("role", 1.0, soft(got[at], want[at]))
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
                s = hd.arc.all(hd.arc_dep(x), hd.arc_head(h))[:, 0].masked_fill(~batch["near"], -1e4)
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
                        seen = batch[k][i] != -100
                        a = spans([labels[k][j] for j in got[i][seen].tolist()])
                        g = spans([labels[k][j] for j in batch[k][i][seen].tolist()])
                        a = {z for z in a if z[2] != "MISC" or k == "ner_pol"}
                        c[name, k + "_p"] += len(a)
                        c[name, k + "_g"] += len(g)
                        c[name, k + "_r"] += len(a & g)
            if "begin" in batch:
                got = hd.tags["begin"](x).argmax(-1)
                c[name, "begin_p"] += ((got == 1) & (batch["begin"] != -100)).sum().item()
                c[name, "begin_g"] += (batch["begin"] == 1).sum().item()
                c[name, "begin_r"] += ((got == 1) & (batch["begin"] == 1)).sum().item()
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
                        a = [v if g >= 0 else 0 for v, g in zip(s[j, :len(gold)].tolist(), gold)]
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
        for k in ("ner", "ner_pol", "cue", "begin"):
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
    ap.add_argument("--donor", help="minilm:DIR (model.safetensors and vocab.txt) or bge:FILE.onnx; tokens by --vocab")
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
    ap.add_argument("--init", help="go on from this checkpoint (.pt) or model file (.casus)")
    ap.add_argument("--teacher", help="distil from this model file: a student of --layers of its layers and --ffn inner values, begun with its weights")
    ap.add_argument("--ffn", type=int, default=1536)
    ap.add_argument("--gold", type=float, default=1.0, help="weight of the marks of the sets beside the teacher")
    ap.add_argument("--limit", type=int, default=128, help="pieces in a window of sentences")
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
    m, teacher = M.Model(len(wp.pieces), labels, layers=len(layers), maxpos=maxpos, ffn=a.ffn), None
    if a.teacher:
        teacher = M.Model(len(wp.pieces), labels, maxpos=maxpos)
        M.load_casus(teacher, a.teacher, labels)
        teacher.eval()
        M.student_of(m, teacher, layers)
    elif not (a.init or "").endswith(".casus"):
        kind, path = a.donor.split(":", 1)
        M.load_bert(m.enc, M.safetensors(path) if kind == "minilm" else M.onnx_bert(path), keep, layers)
    m.enc.word.weight.requires_grad = False
    if a.init and a.init.endswith(".casus"):
        M.load_casus(m, a.init, labels)
    elif a.init:
        m.load_state_dict(torch.load(a.init))
    tr = {k: build(v, wp, maxpos, labels) for k, v in train.items()}
    dv = {k: build(v, wp, maxpos, labels) for k, v in dev.items()}
    glue = {k: pack(dv[k], wp, a.limit, random.Random(7)) for k in ("ewt", "gum")}
    windows = {limit: {k: pack(v, wp, limit) for k, v in dv.items()} for limit in (0, a.limit)}

    plan, rounds = [], {k: float(v) for k, v in (x.split(":") for x in a.plan.split(","))}
    most = math.ceil(max(rounds.values()))
    for r in range(most):  # each stream spread evenly over the rounds
        part = []
        for k, n in rounds.items():
            items = [x for x in pack(tr[k], wp, a.limit, rng) if x["status"] or any(v != -100 for t in TAGS for v in x[t])]
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
    t0, run = time.time(), Counter()
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
        batch = collate(bt, wp, True)
        if teacher:
            loss, parts = distil_of(m, teacher, batch)
            if a.gold:
                loss = loss + a.gold * loss_of(m, batch)[0]
        else:
            loss, parts = loss_of(m, batch)
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
            print("\n".join(evaluate(m, windows[a.limit], wp, labels, 4000, True, ("ewt",)) + evaluate(m, glue, wp, labels, 4000, True, ("ewt",))[2:]), flush=True)
            torch.save(m.state_dict(), os.path.join(a.out, "last.pt"))
    torch.save(m.state_dict(), os.path.join(a.out, "model.pt"))
    json.dump(vars(a), open(os.path.join(a.out, "run.json"), "w"))
    for q in (False, True):
        M.QLinear.quant = q
        for limit in windows:
            print("quantised" if q else "float", f"windows of {limit} pieces" if limit else "sentence by sentence")
            print("\n".join(evaluate(m, windows[limit], wp, labels, 4000, not q, a.final.split(",") if a.final else None)), flush=True)


if __name__ == "__main__":
    main()
