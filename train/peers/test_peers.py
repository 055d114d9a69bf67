"""What must hold of the texts and of the CoNLL-U that the peers are scored on."""
import gzip
import io
import pathlib
import tempfile
import unittest

import conllu
import systems
import texts

TREEBANK = """\
# newdoc id = a
# newpar
# text = The envoy left.
1\tThe\t_\tDET\tDT\t_\t2\tdet\t_\t_
2\tenvoy\t_\tNOUN\tNN\t_\t3\tnsubj\t_\t_
3\tleft\t_\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t_\tPUNCT\t.\t_\t3\tpunct\t_\t_

# text = Talks
1\tTalks\t_\tNOUN\tNNS\t_\t0\troot\t_\tSpaceAfter=No

# newpar id = a-2
# text = We didn't go
1\tWe\t_\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\t_\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\t_\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\t_\tVERB\tVB\t_\t0\troot\t_\t_

# newdoc id = b
# text = Rain
1\tRain\t_\tNOUN\tNN\t_\t0\troot\t_\t_

"""


class Texts(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.dir.name) / "t.conllu.gz"
        with gzip.open(self.path, "wt", encoding="utf-8") as f:
            f.write(TREEBANK)

    def tearDown(self):
        self.dir.cleanup()

    def test_treebank_as_running_text(self):
        docs, gold = texts.treebank(self.path)
        self.assertEqual(docs, ["The envoy left. Talks\n\nWe didn't go ", "Rain "])
        self.assertEqual(len(gold), 4)

    def test_a_limit_cuts_text_and_gold_alike(self):
        docs, gold = texts.treebank(self.path, 1)
        self.assertEqual(docs, ["The envoy left. Talks\n\nWe didn't go "])
        self.assertEqual(len(gold), 3)

    def test_words_are_not_tokens(self):
        plain = pathlib.Path(self.dir.name) / "t.conllu"
        plain.write_text(TREEBANK, encoding="utf-8")
        self.assertEqual(texts.words(plain), 10)


def written(text, sents, ents=()):
    f = io.StringIO()
    back = conllu.write(f, text, sents, list(ents))
    rows = [[r.split("\t") for r in s.split("\n")] for s in f.getvalue().strip("\n").split("\n\n")]
    return back, [[(r[1], int(r[6]), r[7], r[9]) for r in s] for s in rows]


class Written(unittest.TestCase):
    def test_white_space_leaves_the_tree(self):
        W = conllu.Word
        back, got = written("Go\n now", [[W(0, 2, "VERB", "VB", None, "ROOT"), W(2, 4, "SPACE", "_SP", 0, "dep"),
                                          W(4, 7, "ADV", "RB", 1, "advmod")]])
        self.assertEqual((back, got), (0, [[("Go", 0, "ROOT", "NER=O"), ("now", 1, "advmod", "NER=O")]]))

    def test_a_blank_root_gives_its_place_to_its_first_child(self):
        W = conllu.Word
        _, got = written(" a b", [[W(0, 1, "SPACE", "_", None, "ROOT"), W(1, 2, "X", "X", 0, "dep"), W(3, 4, "X", "X", 0, "dep")]])
        self.assertEqual([w[1] for w in got[0]], [0, 1])

    def test_one_full_stop_is_one_word(self):
        W = conllu.Word
        _, got = written("the U.S.", [[W(0, 3, "DET", "DT", 1, "det"), W(4, 8, "PROPN", "NNP", None, "root"),
                                       W(7, 8, "PUNCT", ".", 1, "punct")]])
        self.assertEqual([w[0] for w in got[0]], ["the", "U.S."])

    def test_dropped_characters_come_back_and_are_counted(self):
        W = conllu.Word
        back, got = written("a \u2603b \u2603", [[W(0, 1, "X", "X", 1, "dep"), W(3, 4, "X", "X", None, "root")]])
        self.assertEqual(back, 2)
        self.assertEqual([[(w[0], w[1]) for w in s] for s in got], [[("a", 3), ("\u2603", 1), ("b", 0)], [("\u2603", 0)]])

    def test_names_side_by_side_stay_two(self):
        W = conllu.Word
        _, got = written("Oslo New York", [[W(0, 4, "X", "X", None, "root"), W(5, 8, "X", "X", 0, "dep"), W(9, 13, "X", "X", 0, "dep")]],
                         [(5, 13, "GPE"), (0, 4, "GPE")])
        self.assertEqual([w[3] for w in got[0]], ["NER=B-GPE", "NER=B-GPE", "NER=I-GPE"])


class Tags(unittest.TestCase):
    def test_upos_by_tag_and_relation(self):
        for tag, rel, form, want in (("VBZ", "aux:pass", "is", "AUX"), ("VBZ", "root", "is", "VERB"), ("IN", "mark", "that", "SCONJ"),
                                     ("IN", "case", "in", "ADP"), ("DT", "nsubj", "this", "PRON"), ("DT", "det", "this", "DET"),
                                     ("RB", "advmod", "n't", "PART"), ("RB", "advmod", "soon", "ADV"), ("TO", "case", "to", "ADP"),
                                     ("TO", "mark", "to", "PART"), ("?", "dep", "?", "X")):
            self.assertEqual(systems.upos(tag, rel, form), want, (tag, rel, form))

    def test_offsets_of_java(self):
        self.assertEqual(systems.code_points("a\U0001F600b"), [0, 1, 1, 2, 3])


if __name__ == "__main__":
    unittest.main()
