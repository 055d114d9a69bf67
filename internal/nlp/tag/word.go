package tag

import (
	"unicode"
	"unicode/utf8"
)

// shape tells how a word is written.
type shape uint8

const (
	shapeLower shape = iota
	shapeCapital
	shapeUpper
	shapeInitial // one capital, or one with a stop
	shapeMixed   // iPhone, McKay
	shapeFigure
	shapeFigureLetters // 20th, F16
	shapeStops         // U.S.
	shapeMark
	shapeHyphen // pro-Beijing, e-mail
	shapeAddress
)

// word is what features see of a token, computed once.
type word struct {
	exact, lower uint64
	shape        shape
	joined       uint8 // 1: no space before, 2: none behind
	entry        entry
	suffix       [5]uint32 // hashes of the last 1 to 5 bytes, 0 when shorter
	prefix       [3]uint32
	rare         bool
}

const (
	seed64  = 14695981039346656037
	prime64 = 1099511628211
)

// fold gives the byte at i as features see it: lower case, figures as 0, and
// the curly apostrophe as the straight one. n is how many bytes it stands for.
func fold(s string, i int) (c byte, n int) {
	switch c = s[i]; {
	case 'A' <= c && c <= 'Z':
		return c + 'a' - 'A', 1
	case '0' <= c && c <= '9':
		return '0', 1
	case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] == 0x99 && len(s) > 3:
		return '\'', 3
	}
	return c, 1
}

// hashes gives the hash of the word as written and folded.
func hashes(s string) (exact, lower uint64) {
	exact, lower = seed64, seed64
	for i := 0; i < len(s); {
		c, n := fold(s, i)
		lower = (lower ^ uint64(c)) * prime64
		if o := s[i]; 'A' <= o && o <= 'Z' {
			c = o
		}
		exact = (exact ^ uint64(c)) * prime64
		i += n
	}
	return exact ^ exact>>32, lower ^ lower>>32
}

// look fills what depends on the letters alone.
func (w *word) look(s string) {
	w.exact, w.lower = hashes(s)
	w.shape = shapeOf(s)
}

// affixes fills the ends of the word; only rare words need them.
func (w *word) affixes(s string) {
	h := uint32(2166136261)
	for k := range w.suffix {
		w.suffix[k] = 0
		if k < len(s) {
			c, _ := fold(s, len(s)-1-k)
			h = (h ^ uint32(c)) * 16777619
			w.suffix[k] = h ^ h>>15
		}
	}
	h = 2166136261
	for k := range w.prefix {
		w.prefix[k] = 0
		if k < len(s) {
			c, _ := fold(s, k)
			h = (h ^ uint32(c)) * 16777619
			w.prefix[k] = h ^ h>>15
		}
	}
}

func shapeOf(s string) shape {
	var upper, lower, digit, stop, hyphen, other int
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z':
			lower++
		case 'A' <= c && c <= 'Z':
			upper++
		case '0' <= c && c <= '9':
			digit++
		case c == '.':
			stop++
		case c == '-':
			hyphen++
		case c == '@' || c == '/' || c == '_':
			other++
		case c >= utf8.RuneSelf:
			return wideShape(s)
		}
	}
	switch letters := upper + lower; {
	case letters+digit == 0:
		return shapeMark
	case other > 0 && letters > 2:
		return shapeAddress
	case letters == 0:
		return shapeFigure
	case digit > 0:
		return shapeFigureLetters
	case hyphen > 0:
		return shapeHyphen
	case upper == 1 && lower == 0:
		return shapeInitial
	case stop > 0 && upper > 0 && (lower == 0 || stop > 1):
		return shapeStops
	case upper == 0:
		return shapeLower
	case lower == 0:
		return shapeUpper
	case upper == 1 && 'A' <= s[0] && s[0] <= 'Z':
		return shapeCapital
	}
	return shapeMixed
}

// wideShape looks at a word with letters outside ASCII.
func wideShape(s string) shape {
	r, n := utf8.DecodeRuneInString(s)
	letters, lower := 0, 0
	for _, c := range s {
		if unicode.IsLetter(c) {
			letters++
		}
		if unicode.IsLower(c) {
			lower++
		}
	}
	switch {
	case letters == 0:
		return shapeMark
	case !unicode.IsUpper(r):
		return shapeLower
	case letters == 1 && n == len(s):
		return shapeInitial
	case lower == 0:
		return shapeUpper
	}
	return shapeCapital
}

// style is how a whole sentence is written.
type style uint8

const (
	stylePlain style = iota
	styleTitle       // Peru Rejects New Offer
	styleUpper       // PERU REJECTS NEW OFFER
	styleLower       // no capital at all
)

func styleOf(words []word) style {
	capital, upper, lower := 0, 0, 0
	for i := range words {
		switch words[i].shape {
		case shapeCapital:
			capital++
		case shapeUpper, shapeInitial:
			upper++
		case shapeLower:
			// Short words are function words, small in titles too; so are clitics.
			if words[i].suffix[3] != 0 {
				lower++
			}
		}
	}
	n := capital + upper + lower
	switch {
	case upper >= 3 && upper*10 >= n*8:
		return styleUpper
	case capital >= 3 && (capital+upper)*10 >= n*8:
		return styleTitle
	case capital+upper == 0 && lower > 1:
		return styleLower
	}
	return stylePlain
}
