package tag

import (
	"sort"
	"strings"

	"casus"
	"casus/ud"
)

// lemmaCount counts the edits of one form under one tag, or of one ending.
type lemmaCount struct {
	form string // folded
	x    ud.XPOS
	n    map[edit]int
}

type lemmaID struct {
	form string
	x    ud.XPOS
	upos ud.UPOS // not set: under any
}

// lemmatiser learns, for each Penn tag, the edit of every ending (by types, so
// that "said" is no rule for "braid"), and lists the forms where the endings
// are wrong.
func (l *learner) lemmatiser(docs []*casus.Document) lemmatiser {
	counts := map[lemmaID]*lemmaCount{}
	for _, k := range l.opts.Lemmas {
		if e, ok := editOf(k.Form, k.Lemma); ok {
			counts[lemmaID{foldString(k.Form), k.XPOS, ud.UPOSNone}] = &lemmaCount{form: k.Form, x: k.XPOS, n: map[edit]int{e: 0}}
		}
	}
	for _, doc := range docs {
		for i := range doc.Tokens {
			tok, form := &doc.Tokens[i], doc.Form(casus.TokenID(i))
			if tok.Lemma == "" {
				continue
			}
			form = strings.ReplaceAll(form, "’", "'")
			e, ok := editOf(form, tok.Lemma)
			if !ok {
				continue
			}
			if e.lower && tok.UPOS == ud.PROPN {
				e.lower = hasUpper(form)
			}
			for _, u := range []ud.UPOS{ud.UPOSNone, tok.UPOS} {
				id := lemmaID{foldString(form), tok.XPOS, u}
				c := counts[id]
				if c == nil {
					c = &lemmaCount{form: form, x: tok.XPOS, n: map[edit]int{}}
					counts[id] = c
				}
				c.n[e]++
			}
		}
	}
	return buildLemmas(counts)
}

func buildLemmas(counts map[lemmaID]*lemmaCount) lemmatiser {
	ids := make([]lemmaID, 0, len(counts))
	for id := range counts {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, j int) bool {
		a, b := ids[i], ids[j]
		if a.upos != b.upos {
			return a.upos < b.upos
		}
		return a.form < b.form || a.form == b.form && a.x < b.x
	})
	wide := sort.Search(len(ids), func(i int) bool { return ids[i].upos != ud.UPOSNone })
	ids, narrow := ids[:wide], ids[wide:]
	var lem lemmatiser
	number := map[edit]uint16{}
	num := func(e edit) uint16 {
		n, ok := number[e]
		if !ok {
			n = uint16(len(lem.edits))
			number[e] = n
			lem.edits = append(lem.edits, e)
		}
		return n
	}
	lem.ends = tableOf(endings(ids, counts, num))
	words := map[uint64]uint16{}
	lem.words = newTable(1)
	var s Scratch
	for _, id := range ids {
		c := counts[id]
		e, sure := bestEdit(c.n)
		_, lower := hashes(c.form)
		if lem.lemma(c.form, lower, pair{xpos: id.x}, &s) != e.apply(c.form, &s) && sure {
			words[lemmaKey(lower, id.x, 0)] = num(e)
		}
	}
	lem.words = tableOf(words)
	for _, id := range narrow {
		c := counts[id]
		e, sure := bestEdit(c.n)
		_, lower := hashes(c.form)
		if lem.lemma(c.form, lower, pair{xpos: id.x}, &s) != e.apply(c.form, &s) && sure {
			words[lemmaKey(lower, id.x, byUPOS+uint64(id.upos))] = num(e)
		}
	}
	lem.words = tableOf(words)
	return lem
}

// endings gives each ending under each tag its edit. A longer ending stands
// only where it says something else than the shorter one.
func endings(ids []lemmaID, counts map[lemmaID]*lemmaCount, num func(edit) uint16) map[uint64]uint16 {
	type key struct {
		end string
		x   ud.XPOS
	}
	types := map[key]map[edit]int{}
	for _, id := range ids {
		e, _ := bestEdit(counts[id].n)
		for n := 0; n <= min(maxEnding, len(id.form)); n++ {
			k := key{id.form[len(id.form)-n:], id.x}
			if types[k] == nil {
				types[k] = map[edit]int{}
			}
			types[k][e]++
		}
	}
	keys := make([]key, 0, len(types))
	for k := range types {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		a, b := keys[i], keys[j]
		if len(a.end) != len(b.end) {
			return len(a.end) < len(b.end)
		}
		return a.end < b.end || a.end == b.end && a.x < b.x
	})
	out := map[uint64]uint16{}
	said := map[key]edit{}
	for _, k := range keys {
		total := 0
		for _, n := range types[k] {
			total += n
		}
		e, _ := bestEdit(types[k])
		shorter, has := edit{}, false
		for n := len(k.end) - 1; n >= 0 && !has; n-- {
			shorter, has = said[key{k.end[len(k.end)-n:], k.x}], true
			if _, ok := said[key{k.end[len(k.end)-n:], k.x}]; !ok {
				has = false
			}
		}
		if k.end != "" && (total < 2 || has && shorter == e) {
			continue
		}
		said[k] = e
		h, _ := endingHash(k.end, len(k.end))
		out[lemmaKey(h, k.x, uint64(len(k.end))+1)] = num(e)
	}
	return out
}

// bestEdit gives the most frequent edit, in a fixed order among equals, and
// whether it leads.
func bestEdit(m map[edit]int) (edit, bool) {
	es := make([]edit, 0, len(m))
	for e := range m {
		es = append(es, e)
	}
	sort.Slice(es, func(i, j int) bool {
		a, b := es[i], es[j]
		if m[a] != m[b] {
			return m[a] > m[b]
		}
		if a.strip != b.strip {
			return a.strip < b.strip
		}
		return a.add < b.add || a.add == b.add && !a.lower && b.lower
	})
	return es[0], len(es) == 1 || m[es[0]] > m[es[1]]
}
