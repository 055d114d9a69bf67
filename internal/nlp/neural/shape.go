package neural

import (
	"unicode"
	"unicode/utf8"
)

// The shape of a word is what an uncased vocabulary throws away.
const (
	shapeMark   = iota // [CLS] and [SEP]
	shapeLower         // protest
	shapeTitle         // Protest
	shapeUpper         // NATO
	shapeMixed         // McDonald
	shapeNumber        // 4.5, G7
	shapeOther         // no letters
	shapeSingle        // A, I
	numShapes
)

// shape gives the class of a word's capitals. Its twin is train/encoder/wordpiece.py.
func shape(word string) uint8 {
	letters, upper, first := 0, 0, false
	for i := 0; i < len(word); {
		c, n := rune(word[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(word[i:])
		}
		i += n
		switch {
		case isDigit(c):
			return shapeNumber
		case isLetter(c):
			if isUpper(c) {
				upper++
				first = first || letters == 0
			}
			letters++
		}
	}
	switch {
	case letters == 0:
		return shapeOther
	case upper == 0:
		return shapeLower
	case upper == letters && letters == 1:
		return shapeSingle
	case upper == letters:
		return shapeUpper
	case upper == 1 && first:
		return shapeTitle
	}
	return shapeMixed
}

func isDigit(c rune) bool {
	if c < utf8.RuneSelf {
		return '0' <= c && c <= '9'
	}
	return unicode.Is(unicode.Nd, c)
}

func isLetter(c rune) bool {
	if c < utf8.RuneSelf {
		return 'a' <= c|0x20 && c|0x20 <= 'z'
	}
	return unicode.IsLetter(c)
}

func isUpper(c rune) bool {
	if c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z'
	}
	return unicode.IsUpper(c)
}
