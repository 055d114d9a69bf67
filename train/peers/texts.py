"""The texts of `make bench-peers`: treebanks as running text, news articles as they are.

Nothing of them is kept in the repository; they come from ../shared/data.
"""
import gzip
import json


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as f:
        for line in f:
            yield line.rstrip("\r\n")


def sentences(path):
    """The sentences of a CoNLL-U file, each a list of its lines."""
    rows = []
    for line in lines(path):
        if line:
            rows.append(line)
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def comment(rows, key):
    """The value of a comment of the sentence, "" for one without a value, None when absent."""
    for line in rows:
        if line.startswith("#"):
            name, _, value = line[1:].partition("=")
            if name.strip() == key:
                return value.strip()
    return None


def treebank(path, limit=0):
    """The documents of a treebank as running text, and the gold lines of the same sentences.

    Paragraphs are divided by an empty line, sentences by the space that the file says follows them: byte for byte
    what rawTrees in cmd/casus/quality_test.go gives, so the figures are those of testdata/quality. A limit above 0
    takes that many documents from the start. Gives [text], [gold sentence as a list of lines].
    """
    docs, gold, text = [], [], ""
    for rows in sentences(path):
        if comment(rows, "newdoc id") is not None and text:
            docs.append(text)
            text = ""
            if len(docs) == limit:
                return docs, gold
        if text and (comment(rows, "newpar") is not None or comment(rows, "newpar id") is not None):
            text += "\n\n"
        text += comment(rows, "text")
        last = [r for r in rows if r[0] != "#" and "-" not in r.split("\t", 1)[0] and "." not in r.split("\t", 1)[0]][-1]
        if "SpaceAfter=No" not in last.split("\t")[9]:
            text += " "
        gold.append(rows)
    if text:
        docs.append(text)
    return docs, gold


def names(path, count):
    """The first count sentences of an IOB2 file, each a list of its lines."""
    return [rows for rows, _ in zip(sentences(path), range(count))]


def articles(path, limit=0):
    """The texts of a file of JSON lines."""
    texts = [json.loads(line)["text"] for line in lines(path)]
    return texts[:limit] if limit else texts


def write_sentences(path, sents):
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        for rows in sents:
            f.write("\n".join(rows) + "\n\n")


def words(path):
    """How many words a CoNLL-U file has; tokens of several words and empty nodes do not count."""
    with open(path, encoding="utf-8") as f:
        return sum(1 for line in f if line[0].isdigit() and line.split("\t", 1)[0].isdigit())
