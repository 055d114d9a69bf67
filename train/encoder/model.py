"""The encoder with its heads. BERT, post-LN, plus a shape embedding for the capitals that the vocabulary drops."""
import json
import struct

import torch
import torch.nn.functional as F
from torch import nn


def fake_rows(x, top):
    """Symmetric rounding of each row to [-top, top], gradient straight through."""
    s = x.detach().abs().amax(-1, keepdim=True).clamp_min(1e-8) / top
    return x + ((x / s).round().clamp(-top, top) * s - x).detach()


class QLinear(nn.Linear):
    """Linear that can train under the arithmetic of the product: weights in 7 bits by output, inputs in 8 by row."""
    quant = False

    def forward(self, x):
        if not QLinear.quant:
            return super().forward(x)
        return F.linear(fake_rows(x.float(), 127), fake_rows(self.weight, 63), self.bias)


class Layer(nn.Module):
    def __init__(self, h, heads, ffn, drop):
        super().__init__()
        self.heads, self.drop = heads, drop
        self.qkv, self.o = QLinear(h, 3 * h), QLinear(h, h)
        self.ln1, self.ln2 = nn.LayerNorm(h, eps=1e-12), nn.LayerNorm(h, eps=1e-12)
        self.f1, self.f2 = QLinear(h, ffn), QLinear(ffn, h)

    def forward(self, x, bias):
        b, n, h = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype), dropout_p=0.0)
        x = self.ln1(x + self.o(a.transpose(1, 2).reshape(b, n, h)))
        return self.ln2(x + F.dropout(self.f2(F.gelu(self.f1(x))), self.drop, self.training))


class Encoder(nn.Module):
    def __init__(self, vocab, hidden=384, layers=6, heads=12, ffn=1536, maxpos=256, shapes=8, drop=0.1):
        super().__init__()
        self.word = nn.Embedding(vocab, hidden)
        self.pos, self.shape = nn.Embedding(maxpos, hidden), nn.Embedding(shapes, hidden)
        nn.init.zeros_(self.shape.weight)
        self.ln = nn.LayerNorm(hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(hidden, heads, ffn, drop) for _ in range(layers))
        self.drop = drop

    def forward(self, ids, shapes, mask):
        w = self.word(ids)
        if QLinear.quant:
            w = fake_rows(w, 127)
        x = self.ln(w + self.pos.weight[: ids.shape[1]] + self.shape(shapes))
        x = F.dropout(x, self.drop, self.training)
        bias = torch.zeros(mask.shape, dtype=torch.float32).masked_fill(~mask, -1e4)[:, None, None, :]
        for l in self.layers:
            x = l(x, bias)
        return x


class MLP(nn.Module):
    def __init__(self, h, out, drop):
        super().__init__()
        self.lin, self.drop = QLinear(h, out), drop

    def forward(self, x):
        return F.dropout(F.gelu(self.lin(x)), self.drop, self.training)


class Biaffine(nn.Module):
    """score[l](a, b) = [a;1] U_l [b;1]"""

    def __init__(self, dim, labels):
        super().__init__()
        self.u = nn.Parameter(torch.empty(labels, dim + 1, dim + 1))
        nn.init.normal_(self.u, std=0.02)

    @staticmethod
    def one(x):
        return F.pad(x, (0, 1), value=1.0)

    def all(self, a, b):  # [B,n,d] [B,m,d] -> [B,L,n,m]
        return torch.einsum("bnd,lde,bme->blnm", self.one(a), self.u, self.one(b))

    def pairs(self, a, b):  # [P,d] [P,d] -> [P,L]
        t = torch.einsum("pd,lde->ple", self.one(a), self.u)
        return (t * self.one(b)[:, None]).sum(-1)


class Heads(nn.Module):
    """labels: name -> list, for the heads that tag words."""

    def __init__(self, h, labels, arc=256, rel=64, pair=96, drop=0.2):
        super().__init__()
        self.labels = labels
        tagged = [k for k in labels if k not in ("rel", "role")]
        self.tags = nn.ModuleDict({k: QLinear(h, len(labels[k])) for k in tagged})
        self.arc_dep, self.arc_head = MLP(h, arc, drop), MLP(h, arc, drop)
        self.rel_dep, self.rel_head = MLP(h, rel, drop), MLP(h, rel, drop)
        self.arc, self.rel = Biaffine(arc, 1), Biaffine(rel, len(labels["rel"]))
        self.role_cue, self.role_word = MLP(h, pair, drop), MLP(h, pair, drop)
        self.role = Biaffine(pair, len(labels["role"]))
        self.value = QLinear(h, 1)
        self.drop = drop


class Model(nn.Module):
    def __init__(self, vocab, labels, **kw):
        super().__init__()
        self.enc = Encoder(vocab, **kw)
        self.heads = Heads(self.enc.ln.weight.shape[0], labels)

    def words(self, batch):
        """Hidden states of [CLS] and of the first piece of each word: [B, 1+W, H]."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=batch["bf16"]):
            x = self.enc(batch["ids"], batch["shapes"], batch["mask"])
        x = x.float()
        return torch.gather(x, 1, batch["first"][:, :, None].expand(-1, -1, x.shape[2]))


def safetensors(path):
    with open(path, "rb") as f:
        n = struct.unpack("<Q", f.read(8))[0]
        meta = json.loads(f.read(n))
        raw = f.read()
    out = {}
    for k, v in meta.items():
        if k != "__metadata__" and v["dtype"] == "F32":
            a, b = v["data_offsets"]
            out[k] = torch.frombuffer(bytearray(raw[a:b]), dtype=torch.float32).reshape(v["shape"])
    return out


def onnx_tensors(path):
    """Initialisers of an ONNX file by name, read without the onnx package."""
    import numpy as np
    buf = open(path, "rb").read()

    def varint(i):
        v = s = 0
        while True:
            c = buf[i]
            v |= (c & 127) << s
            i += 1
            s += 7
            if c < 128:
                return v, i

    def fields(i, end):
        while i < end:
            key, i = varint(i)
            kind = key & 7
            if kind == 2:
                n, i = varint(i)
                yield key >> 3, i, i + n
                i += n
            elif kind == 0:
                v, i = varint(i)
                yield key >> 3, v, None
            elif kind == 5:
                yield key >> 3, i, i + 4
                i += 4
            elif kind == 1:
                yield key >> 3, i, i + 8
                i += 8
            else:
                raise ValueError(f"ONNX wire type {kind} at byte {i}")

    out, nodes = {}, []
    for f, a, b in fields(0, len(buf)):
        if f != 7:  # ModelProto.graph
            continue
        for g, c, d in fields(a, b):
            if g == 1:  # node: inputs, outputs
                ins = [buf[x:y].decode() for h, x, y in fields(c, d) if h == 1]
                outs = [buf[x:y].decode() for h, x, y in fields(c, d) if h == 2]
                nodes.append((ins, outs))
            if g == 5:  # initializer: TensorProto
                dims, kind, name, data = [], 0, "", None
                for h, x, y in fields(c, d):
                    if h == 1 and y is None:
                        dims.append(x)
                    elif h == 1:
                        i = x
                        while i < y:
                            v, i = varint(i)
                            dims.append(v)
                    elif h == 2:
                        kind = x
                    elif h == 8:
                        name = buf[x:y].decode()
                    elif h == 9:
                        data = (x, y)
                if kind == 1 and data:
                    out[name] = torch.from_numpy(np.frombuffer(buf[data[0]:data[1]], "<f4").copy().reshape(dims))
    return out, nodes


def load_bert(enc, tensors, keep, layers):
    """Copy pretrained weights: keep = kept rows of the vocabulary, layers = which of the donor's layers."""
    t = {k.removeprefix("bert."): v for k, v in tensors.items()}
    with torch.no_grad():
        enc.word.weight.copy_(t["embeddings.word_embeddings.weight"][keep])
        n = enc.pos.weight.shape[0]
        enc.pos.weight.copy_(t["embeddings.position_embeddings.weight"][:n] + t["embeddings.token_type_embeddings.weight"][0])
        enc.ln.weight.copy_(t["embeddings.LayerNorm.weight"])
        enc.ln.bias.copy_(t["embeddings.LayerNorm.bias"])
        for l, i in zip(enc.layers, layers):
            p = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                q = [t[p + f"attention.self.{x}.{kind}"] for x in ("query", "key", "value")]
                getattr(l.qkv, kind).copy_(torch.cat(q))
                for to, frm in ((l.o, "attention.output.dense."), (l.ln1, "attention.output.LayerNorm."), (l.f1, "intermediate.dense."),
                                (l.f2, "output.dense."), (l.ln2, "output.LayerNorm.")):
                    getattr(to, kind).copy_(t[p + frm + kind])


def onnx_bert(path):
    """A BERT of an ONNX file under its names in PyTorch: matrices are named by the bias added to their product."""
    t, nodes = onnx_tensors(path)
    made = {ins[1]: outs[0] for ins, outs in nodes if len(ins) == 2 and ins[1].startswith("onnx::MatMul")}
    bias = {x: other for ins, outs in nodes if len(ins) == 2 for x, other in ((ins[0], ins[1]), (ins[1], ins[0])) if other.endswith(".bias")}
    for m, out in made.items():
        t[bias[out].removesuffix("bias") + "weight"] = t[m].T.contiguous()
    return t


def student_of(m, teacher, layers):
    """Begin a shallower, narrower network with a teacher's weights: the layers named, of their feed-forward values those
    whose weights in and out weigh most, and all heads."""
    with torch.no_grad():
        m.heads.load_state_dict(teacher.heads.state_dict())
        for k in ("word", "pos", "shape", "ln"):
            getattr(m.enc, k).load_state_dict(getattr(teacher.enc, k).state_dict())
        for l, i in zip(m.enc.layers, layers):
            t = teacher.enc.layers[i]
            for k in ("qkv", "o", "ln1", "ln2"):
                getattr(l, k).load_state_dict(getattr(t, k).state_dict())
            n = l.f1.weight.shape[0]
            best = (t.f1.weight.norm(dim=1) * t.f2.weight.norm(dim=0)).topk(n).indices.sort().values
            l.f1.weight.copy_(t.f1.weight[best])
            l.f1.bias.copy_(t.f1.bias[best])
            l.f2.weight.copy_(t.f2.weight[:, best])
            l.f2.bias.copy_(t.f2.bias)


def casus_sections(path):
    """Sections of a model file (docs/format/model.md) by name."""
    buf = open(path, "rb").read()
    if buf[:8] != b"\x89casus\r\n":
        raise ValueError(f"{path}: no model file")
    n = struct.unpack_from("<I", buf, 12)[0]
    return {s["name"]: buf[s["offset"]:s["offset"] + s["size"]] for s in json.loads(buf[52:52 + n])["sections"]}


def tensors(buf):
    """Tensors of a container (docs/format/tensors.md) by name."""
    import numpy as np
    _, count = struct.unpack_from("<II", buf, 4)
    at, out = 12, {}
    for _ in range(count):
        n = struct.unpack_from("<H", buf, at)[0]
        name, at = buf[at + 2:at + 2 + n].decode(), at + 2 + n
        kind, dims = struct.unpack_from("<BB", buf, at)
        shape = struct.unpack_from(f"<{dims}I", buf, at + 2)
        off, at = struct.unpack_from("<Q", buf, at + 2 + 4 * dims)[0], at + 10 + 4 * dims
        t = np.frombuffer(buf, "<f4" if kind == 0 else "i1", int(np.prod(shape)), off).reshape(shape)
        out[name] = torch.from_numpy(t.astype("f4"))
    return out


def load_casus(m, path, labels):
    """Weights of a packed model, as its 8 bits hold them. Heads that were not exported keep their first weights."""
    sec = casus_sections(path)
    t, meta = tensors(sec["encoder"]), json.loads(sec["heads"])
    put = lambda to, frm: to.data.copy_(frm)

    def linear(lin, name, a=0, b=None):
        put(lin.weight, (t[name + ".w"] * t[name + ".s"][:, None])[a:b])
        put(lin.bias, t[name + ".b"][a:b])

    put(m.enc.word.weight, t["emb.word"] * t["emb.word.s"].reshape(-1, 1))
    put(m.enc.pos.weight, t["emb.pos"])
    put(m.enc.shape.weight, t["emb.shape"])
    put(m.enc.ln.weight, t["emb.ln.g"])
    put(m.enc.ln.bias, t["emb.ln.b"])
    for i, l in enumerate(m.enc.layers):
        for k in ("qkv", "o", "f1", "f2"):
            linear(getattr(l, k), f"l{i}.{k}")
        for k in ("ln1", "ln2"):
            put(getattr(l, k).weight, t[f"l{i}.{k}.g"])
            put(getattr(l, k).bias, t[f"l{i}.{k}.b"])
    for h in meta["tags"]:
        if h["name"] == "value":
            linear(m.heads.value, "tags", h["at"], h["at"] + 1)
        elif h["name"] in m.heads.tags:
            if h["labels"] != labels[h["name"]]:
                raise ValueError(f"{path}: head {h['name']} has other labels")
            linear(m.heads.tags[h["name"]], "tags", h["at"], h["at"] + len(h["labels"]))
    for h in meta["mlp"]:
        linear(getattr(m.heads, h["name"]).lin, "mlp", h["at"], h["at"] + h["size"])
    for k in ("rel", "role"):
        if meta[k] != labels[k]:
            raise ValueError(f"{path}: {k} has other labels")
    for k in ("arc", "rel", "role"):
        put(getattr(m.heads, k).u, t[k + ".u"])
