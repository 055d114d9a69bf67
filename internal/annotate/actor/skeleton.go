package actor

import (
	"strings"

	"casus"
)

// Names from other scripts reach English in many spellings: Abdelfattah el-Sisi
// and Abdul Fattah al-Sisi, Yevgeni and Evgeny Primakov. Their skeleton is what
// the spellings share: the consonants, without particles, doublings and the
// letters that transliterations differ in.

// transliterated are the states whose leaders' names are written so. Names of
// China, Korea and Japan are not among them: there a vowel tells two people
// apart.
var transliterated = func() map[string]bool {
	m := map[string]bool{}
	for _, iso := range strings.Fields(`RUS UKR BLR KAZ KGZ UZB TJK TKM ARM GEO AZE BGR MKD SRB YUG GRC CYP ISR PSE EGY SYR LBN JOR IRQ IRN SAU
		YEM OMN ARE QAT BHR KWT LBY TUN DZA MAR MRT SDN SOM DJI ETH ERI TUR AFG PAK BGD IND MDV NPL LKA MYS`) {
		m[iso] = true
	}
	return m
}()

// nameParticles are words of names that spellings add or leave out.
var nameParticles = map[string]bool{"al": true, "el": true, "as": true, "ash": true, "ad": true, "an": true, "ar": true, "at": true, "az": true,
	"bin": true, "ben": true, "ibn": true, "bint": true, "ul": true, "ud": true, "i": true, "e": true}

var letterGroups = strings.NewReplacer("kh", "k", "gh", "g", "dh", "d", "th", "t", "ph", "f", "zh", "j", "dj", "j", "ch", "c", "tch", "c", "tsch", "c",
	"sch", "s", "sh", "s", "ck", "k", "q", "k", "x", "ks", "w", "v", "z", "s", "ts", "s", "tz", "s")

// skeleton gives what the spellings of a name share, "" for a name of one word
// or too few letters to tell.
func skeleton(name string) string {
	var b []byte
	words := 0
	for f := range splitWords(name) {
		w := fold(f)
		if nameParticles[w] {
			continue
		}
		words++
		for _, p := range []string{"al", "el"} { // "elbaradei", but not "ali"
			if len(w) > 6 && strings.HasPrefix(w, p) && !strings.ContainsRune("aeiou", rune(w[2])) && words > 1 {
				w = w[2:]
				break
			}
		}
		b = appendConsonants(b, letterGroups.Replace(w))
	}
	if words < 2 || len(b) < 5 {
		return ""
	}
	return string(b)
}

// appendConsonants appends the consonants of a word, doubled ones once.
func appendConsonants(b []byte, w string) []byte {
	for i := 0; i < len(w); i++ {
		c := w[i]
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'h', '\'', '.':
			continue
		case 'c':
			if i+1 < len(w) && w[i+1] != 'e' && w[i+1] != 'i' {
				c = 'k'
			}
		}
		if len(b) == 0 || b[len(b)-1] != c {
			b = append(b, c)
		}
	}
	return b
}

// ambiguous marks a skeleton that several persons share.
const ambiguous = -2

// addSkeleton notes the skeleton of a person's name, if the state's names are
// transliterated.
func (t *tables) addSkeleton(name string, ref int32, country string) {
	if !transliterated[country] {
		return
	}
	k := skeleton(name)
	if k == "" {
		return
	}
	if old, ok := t.skeletons[k]; ok && old != ref {
		t.skeletons[k] = ambiguous
		return
	}
	t.skeletons[k] = ref
}

// refBySkeleton gives the table's person whose name is another spelling of the
// tokens, -1 without. A patronymic between two names is left out: "Sergey
// Viktorovich Lavrov".
func (w *work) refBySkeleton(first, end casus.TokenID) int32 {
	if end-first < 2 || end-first > 7 {
		return -1
	}
	name := w.doc.String(w.doc.TokenSpan(first, end))
	if ref, ok := w.t.skeletons[skeleton(name)]; ok && ref >= 0 {
		return ref
	}
	if end-first == 3 && patronymic(w.doc.Form(first+1)) {
		if ref, ok := w.t.skeletons[skeleton(w.doc.Form(first)+" "+w.doc.Form(end-1))]; ok && ref >= 0 {
			return ref
		}
	}
	return -1
}

func patronymic(s string) bool {
	for _, e := range []string{"vich", "vych", "ovna", "evna", "ivna", "yevna", "vitch", "ich"} {
		if strings.HasSuffix(s, e) && len(s) > 5 {
			return true
		}
	}
	return false
}
