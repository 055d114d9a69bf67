package actor

import "strings"

// entryKind says which table an entry points into.
type entryKind uint8

const (
	entState   entryKind = iota + 1 // a state by name
	entAdj                          // "Chilean"
	entPeople                       // "Chileans"
	entCapital                      // "Santiago"
	entBody                         // "the Kremlin"
	entMedium                       // "Reuters"
	entPerson                       // an office holder
	entNoun                         // "minister"
	entBlock                        // "New Mexico": looks like an actor and is none
	entFirst                        // a first name
)

// entry is one reading of a run of words.
type entry struct {
	kind      entryKind
	needFirst bool // the first word must begin with a capital
	needLast  bool // and so must the last
	needAll   bool // an acronym: "US" is not "us"
	needTwo   bool // a short word with a capital inside: "LeT" is not "let"
	plural    bool
	ref       int32 // row of the table
	next      int32 // another reading of the same words, -1 without
}

// lexicon is a trie over interned words. It never changes after loading.
type lexicon struct {
	words   map[string]int32 // folded word to its number, from 1
	first   []int32          // by word: node of the one-word prefix, 0 without
	edges   map[uint64]int32 // node<<32 | word to node
	head    []int32          // by node: first entry, -1 without
	entries []entry
	buf     []byte
}

func newLexicon() *lexicon {
	return &lexicon{words: make(map[string]int32, 1<<15), first: make([]int32, 1, 1<<15), edges: make(map[uint64]int32, 1<<15),
		head: make([]int32, 1, 1<<15), entries: make([]entry, 0, 1<<15)}
}

func (l *lexicon) intern(w string) int32 {
	l.buf = appendFold(l.buf[:0], w)
	if id, ok := l.words[string(l.buf)]; ok {
		return id
	}
	id := int32(len(l.first))
	l.words[string(l.buf)] = id
	l.first = append(l.first, 0)
	return id
}

// add puts a name into the trie. Case of the name tells which case the text
// must have; a name that begins with "the" in lower case is left out because
// mentions grow over their articles anyway.
func (l *lexicon) add(name string, e entry) {
	if strings.HasPrefix(name, "the ") {
		return
	}
	if e.kind != entNoun {
		words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' })
		if len(words) == 0 {
			return
		}
		e.needFirst, e.needLast = upperFirst(words[0]), upperFirst(words[len(words)-1])
		e.needTwo = len(words) == 1 && len(name) <= 5 && strings.ToLower(name[1:]) != name[1:]
		e.needAll = len(words) == 1 && len(name) <= 9 && allUpper(name) && len(name) > 1
	}
	node := int32(0)
	for w := range splitWords(name) {
		node = l.step(node, l.intern(w))
	}
	if node == 0 {
		return
	}
	e.next = l.head[node]
	for i := e.next; i >= 0; i = l.entries[i].next {
		if l.entries[i].kind == e.kind && l.entries[i].ref == e.ref {
			return
		}
	}
	l.entries = append(l.entries, e)
	l.head[node] = int32(len(l.entries) - 1)
}

func (l *lexicon) step(node, word int32) int32 {
	if node == 0 {
		if l.first[word] == 0 {
			l.first[word] = l.newNode()
		}
		return l.first[word]
	}
	key := uint64(node)<<32 | uint64(word)
	if l.edges[key] == 0 {
		l.edges[key] = l.newNode()
	}
	return l.edges[key]
}

func (l *lexicon) newNode() int32 {
	l.head = append(l.head, -1)
	return int32(len(l.head) - 1)
}

// splitWords cuts a name as tokens are cut: at spaces, at hyphens, and before
// a possessive. Hyphens themselves are no words, so "vice-president" and "vice
// president" are one key.
func splitWords(name string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, f := range strings.Fields(name) {
			for w := range strings.SplitSeq(f, "-") {
				if w == "" {
					continue
				}
				if stem, ok := cutPossessive(w); ok {
					if !yield(stem) || !yield("'s") {
						return
					}
				} else if !yield(w) {
					return
				}
			}
		}
	}
}

func cutPossessive(w string) (stem string, ok bool) {
	for _, s := range []string{"'s", "’s"} {
		if stem, ok = strings.CutSuffix(w, s); ok && stem != "" {
			return stem, true
		}
	}
	for _, s := range []string{"'", "’"} {
		if stem, ok = strings.CutSuffix(w, s); ok && stem != "" {
			return stem, false
		}
	}
	return w, false
}
