"""What a peer says of a text, written as CoNLL-U over the characters of that text.

A peer may count white space as a word, drop a character that it does not know, or give one full stop to two words
("U.S." and "."). The scorer wants exactly the characters of the text, so the words are cut to be disjoint, empty ones
leave the tree (their children go to their head), and dropped characters come back as words of class X, counted.
"""


class Word:
    """A word: offsets in code points, end exclusive; head is the index in its sentence, None for the root."""
    __slots__ = ("start", "end", "upos", "xpos", "head", "deprel")

    def __init__(self, start, end, upos, xpos, head, deprel):
        self.start, self.end, self.upos, self.xpos, self.head, self.deprel = start, end, upos, xpos, head, deprel


def solid(text):
    """Is there anything but white space?"""
    return any(not c.isspace() and c != "\u200b" for c in text)


def disjoint(text, sents):
    """Cut words that overlap; empty and blank ones leave the tree."""
    end, out = 0, []
    for sent in sents:
        kept = set()
        for i, w in enumerate(sent):
            w.start = max(w.start, end)
            if w.start < w.end and solid(text[w.start:w.end]):
                kept.add(i)
                end = w.end
        if kept:
            out.append(without(sent, kept))
    return out


def without(sent, kept):
    """The sentence with only the words kept, one of them the root."""
    order = sorted(kept)
    place = {old: new for new, old in enumerate(order)}
    root = None
    for old in order:
        w, seen = sent[old], set()
        while w.head is not None and w.head not in kept and w.head not in seen:
            seen.add(w.head)
            w.head = sent[w.head].head
        if w.head is not None and w.head not in kept:
            w.head = None
        if w.head is not None:
            w.head = place[w.head]
        elif root is None:
            root = place[old]
        elif len(kept) < len(sent):
            w.head = root  # a second root, orphaned by a word that left
    return [sent[old] for old in order]


def filled(text, sents):
    """Put back what the peer dropped. Gives the sentences and how many words were put back."""
    end, out, back = 0, [], 0
    for sent in sents:
        new, place, gaps = [], {}, []
        for i, w in enumerate(sent):
            if solid(text[end:w.start]):
                gaps.append(len(new))
                new.append(Word(end, w.start, "X", "_", None, "dep"))
            place[i] = len(new)
            new.append(w)
            end = w.end
        for w in sent:
            w.head = None if w.head is None else place[w.head]
        for g in gaps:
            new[g].head = place[0]
        back += len(gaps)
        out.append(new)
    if solid(text[end:]):
        back += 1
        out.append([Word(end, len(text), "X", "_", None, "dep")])
    return out, back


def write(f, text, sents, ents):
    """Write a document. ents: (start, end, label), disjoint. Gives how many words were put back."""
    sents, back = filled(text, disjoint(text, sents))
    ents = sorted(ents)
    k = 0
    for sent in sents:
        inside = None
        for i, w in enumerate(sent, 1):
            while k < len(ents) and ents[k][1] <= w.start:
                k += 1
            tag = "O"
            if k < len(ents) and ents[k][0] < w.end:
                tag = ("I-" if inside == k else "B-") + ents[k][2]
                inside = k
            head = 0 if w.head is None else w.head + 1
            f.write("\t".join((str(i), " ".join(text[w.start:w.end].split()), "_", w.upos, w.xpos, "_",
                               str(head), w.deprel, "_", "NER=" + tag)) + "\n")
        f.write("\n")
    return back
