package gazetteer

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Key is the fingerprint of a name under the folding of Fold: letters lose
// case and diacritics, full stops and apostrophes vanish, any other run of
// signs counts as one space. "St. John's", "St Johns" and "ST. JOHN’S" have one
// key.
type Key uint64

// Folder builds a Key piece by piece, so that the keys of "New", "New York"
// and "New York City" cost one pass over the text. The zero value is not
// ready; begin with NewFolder.
type Folder struct {
	h     uint64
	space bool // a space is due before the next letter
	any   bool
}

const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

// NewFolder gives a folder that has read nothing.
func NewFolder() Folder { return Folder{h: offset64} }

// Key gives the key of what was written so far.
func (f *Folder) Key() Key {
	// FNV leaves the high bits of short names poorly mixed, and the high bits
	// choose the bucket.
	h := f.h
	h ^= h >> 32
	h *= 0x9E3779B97F4A7C15
	h ^= h >> 29
	return Key(h)
}

// Empty reports whether no letter or digit was written.
func (f *Folder) Empty() bool { return !f.any }

func (f *Folder) put(b byte) {
	if f.space {
		if f.any {
			f.h = (f.h ^ ' ') * prime64
		}
		f.space = false
	}
	f.any = true
	f.h = (f.h ^ uint64(b)) * prime64
}

// Write adds text to the name.
func (f *Folder) Write(s string) {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			f.ascii(c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		f.rune(r, s[i:i+n])
		i += n
	}
}

func (f *Folder) ascii(c byte) {
	switch {
	case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
		f.put(c)
	case 'A' <= c && c <= 'Z':
		f.put(c | 0x20)
	case c == '.' || c == '\'' || c == '`':
	default:
		f.space = true
	}
}

// plain spells the letters that canonical decomposition leaves whole.
var plain = map[rune]string{'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ß': "ss", 'æ': "ae", 'Æ': "ae",
	'œ': "oe", 'Œ': "oe", 'ı': "i", 'ħ': "h", 'Ħ': "h", 'þ': "th", 'Þ': "th", 'ð': "d", 'ə': "a", 'Ə': "a"}

func (f *Folder) rune(r rune, s string) {
	switch {
	case r == '’' || r == '‘' || r == 'ʻ' || r == 'ʼ' || r == '´' || r == 'ʿ' || r == 'ʾ' || r == '‛':
		return
	case !unicode.IsLetter(r) && !unicode.IsDigit(r):
		if !unicode.IsMark(r) {
			f.space = true
		}
		return
	}
	if p, ok := plain[r]; ok {
		for i := range len(p) {
			f.put(p[i])
		}
		return
	}
	if d := norm.NFD.PropertiesString(s).Decomposition(); d != nil {
		r, _ = utf8.DecodeRune(d)
	}
	var buf [utf8.UTFMax]byte
	for _, b := range buf[:utf8.EncodeRune(buf[:], unicode.ToLower(r))] {
		f.put(b)
	}
}

// KeyOf gives the key of a whole name.
func KeyOf(name string) Key {
	f := NewFolder()
	f.Write(name)
	return f.Key()
}
