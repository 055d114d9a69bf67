"""BERT's uncased WordPiece over words that are already cut (UD words).

The Go twin is internal/nlp/encoder/wordpiece.go; both must give the same pieces.
"""
import unicodedata


def is_punct(c):
    o = ord(c)
    if 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126:
        return True
    return unicodedata.category(c).startswith("P")


def is_cjk(o):
    return (0x4E00 <= o <= 0x9FFF or 0x3400 <= o <= 0x4DBF or 0x20000 <= o <= 0x2A6DF or 0x2A700 <= o <= 0x2B73F
            or 0x2B740 <= o <= 0x2B81F or 0x2B820 <= o <= 0x2CEAF or 0xF900 <= o <= 0xFAFF or 0x2F800 <= o <= 0x2FA1F)


def basic(word):
    """Lower case, accents off, cut at punctuation and CJK characters."""
    out, cur = [], []
    for c in unicodedata.normalize("NFD", word.lower()):
        cat = unicodedata.category(c)
        if cat == "Mn" or c in "\x00\ufffd" or cat in ("Cc", "Cf") and c not in "\t\n\r":
            continue
        if c.isspace():
            if cur:
                out.append("".join(cur))
                cur = []
        elif is_punct(c) or is_cjk(ord(c)):
            if cur:
                out.append("".join(cur))
                cur = []
            out.append(c)
        else:
            cur.append(c)
    if cur:
        out.append("".join(cur))
    return out


def shape(word):
    """Class of the capitals of a word: what an uncased vocabulary throws away."""
    letters = [c for c in word if c.isalpha()]
    if any(c.isdigit() for c in word):
        return 5
    if not letters:
        return 6
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 1
    if upper == len(letters):
        return 7 if len(letters) == 1 else 3
    if upper == 1 and letters[0].isupper():
        return 2
    return 4


SHAPES = 8  # 0 is [CLS] and [SEP]


class WordPiece:
    def __init__(self, pieces):
        self.ids = {p: i for i, p in enumerate(pieces)}
        self.pieces = pieces
        self.cls, self.sep, self.unk, self.pad, self.mask = (self.ids[x] for x in ("[CLS]", "[SEP]", "[UNK]", "[PAD]", "[MASK]"))
        self.memo = {}

    def word(self, w):
        got = self.memo.get(w)
        if got is None:
            got = [i for part in basic(w) for i in self.part(part)] or [self.unk]
            self.memo[w] = got
        return got

    def part(self, part):
        if len(part) > 100:
            return [self.unk]
        out, at = [], 0
        while at < len(part):
            end = len(part)
            while end > at:
                p = part[at:end] if at == 0 else "##" + part[at:end]
                if p in self.ids:
                    out.append(self.ids[p])
                    break
                end -= 1
            else:
                return [self.unk]
            at = end
        return out


def keep_piece(p):
    """Pieces worth their bytes in an English model: no slots, no other scripts."""
    if p.startswith("[unused"):
        return False
    core = p[2:] if p.startswith("##") else p
    return all(ord(c) < 0x250 or 0x370 <= ord(c) < 0x530 and len(core) == 1 or 0x2000 <= ord(c) < 0x2300 for c in core)
