package quantity

import (
	"math"
	"strings"

	"casus"
	"casus/ud"
)

// number is a number phrase, tokens [first, end).
type number struct {
	first, end       casus.TokenID
	value, low, high float64
	approx           bool
	atLeast, atMost  bool
	article, none    bool
	vague            bool   // several, a few: worth keeping only of what the table knows
	unit, class      string // of a currency sign in front
	glued            string // a unit written into the token: "20km"
	rule             string
}

// reader reads number phrases of one document.
type reader struct {
	*tables
	doc *casus.Document
	buf [16]byte
}

// lower gives the form in lower case without allocating for ASCII; "" for
// words longer than any number word.
func (r *reader) word(t casus.TokenID) (numberWord, bool) {
	if t < 0 || int(t) >= len(r.doc.Tokens) {
		return numberWord{}, false
	}
	s := r.doc.Tokens[t].Span
	if s.Len() > len(r.buf) || s.Len() == 0 {
		return numberWord{}, false
	}
	for i := range s.Len() {
		c := r.doc.Text[int(s.Start)+i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		r.buf[i] = c
	}
	w, ok := r.numbers[string(r.buf[:s.Len()])]
	return w, ok
}

func (r *reader) is(t casus.TokenID, forms ...string) bool {
	if t < 0 || int(t) >= len(r.doc.Tokens) {
		return false
	}
	f := r.doc.Form(t)
	for _, w := range forms {
		if len(f) == len(w) && strings.EqualFold(f, w) {
			return true
		}
	}
	return false
}

// glue reports that no white space stands between t-1 and t.
func (r *reader) glue(t casus.TokenID) bool {
	return t > 0 && int(t) < len(r.doc.Tokens) && r.doc.Tokens[t-1].End == r.doc.Tokens[t].Start
}

func (r *reader) sameSent(a, b casus.TokenID) bool {
	return a >= 0 && b >= 0 && int(a) < len(r.doc.Tokens) && int(b) < len(r.doc.Tokens) && r.doc.Tokens[a].Sent == r.doc.Tokens[b].Sent
}

// figure reads a token of figures: "20", "4.5", "10,000", "1.2bn", "20km". The
// rest behind the figures is given back; ok is false for "20th", "10:30", "B2".
func figure(s string) (v float64, rest string, ok bool) {
	i, whole := 0, 0.0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == ',' && i > 0 && groups(s[i:])) {
		if s[i] != ',' {
			whole = whole*10 + float64(s[i]-'0')
		}
		i++
	}
	if i == 0 {
		return 0, "", false
	}
	if i+1 < len(s) && s[i] == '.' && s[i+1] >= '0' && s[i+1] <= '9' {
		j, frac, pow := i+1, 0.0, 1.0
		for ; j < len(s) && s[j] >= '0' && s[j] <= '9'; j++ {
			frac, pow = frac*10+float64(s[j]-'0'), pow*10
		}
		whole, i = (whole*pow+frac)/pow, j
	}
	rest = s[i:]
	if rest != "" && (rest[0] >= '0' && rest[0] <= '9' || rest[0] == '.' || rest[0] == ':' || rest[0] == '/' || rest[0] == ',') {
		return 0, "", false
	}
	return whole, rest, true
}

// groups reports a comma followed by exactly three figures.
func groups(s string) bool {
	if len(s) < 4 {
		return false
	}
	for _, c := range []byte(s[1:4]) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(s) == 4 || s[4] < '0' || s[4] > '9'
}

// read reads the number phrase that begins at t; ok is false without one.
func (r *reader) read(t casus.TokenID) (n number, ok bool) {
	n.first = t
	if m, money := r.currencySign(t); money && r.sameSent(t, t+1) {
		if n, ok = r.plain(t + 1); ok {
			n.first, n.unit, n.class, n.rule = t, m.unit, m.class, "quantity.money"
			if r.is(t-1, "US", "U.S.") && r.glue(t) {
				n.first--
			}
			return r.ranged(n), true
		}
		return n, false
	}
	if n, ok = r.signed(t); ok {
		return n, true
	}
	if n, ok = r.plain(t); !ok {
		return n, false
	}
	return r.ranged(n), true
}

func (r *reader) currencySign(t casus.TokenID) (measure, bool) {
	f := r.doc.Form(t)
	if f == "" {
		return measure{}, false
	}
	if c := f[0]; c >= utf8Self || c == '$' || len(f) <= 3 && f[len(f)-1] == '$' {
		m, ok := r.measures[strings.ToLower(f)]
		return m, ok && m.class == "money"
	}
	if len(f) == 3 && f == strings.ToUpper(f) {
		m, ok := r.measures[strings.ToLower(f)]
		return m, ok && m.class == "money"
	}
	return measure{}, false
}

const utf8Self = 0x80

// signed reads a currency sign written into the token: "$1.2bn".
func (r *reader) signed(t casus.TokenID) (number, bool) {
	f := r.doc.Form(t)
	i := strings.IndexAny(f, "0123456789")
	if i <= 0 || i > 4 {
		return number{}, false
	}
	m, ok := r.measures[strings.ToLower(f[:i])]
	if !ok || m.class != "money" {
		return number{}, false
	}
	v, rest, ok := figure(f[i:])
	if !ok {
		return number{}, false
	}
	n := number{first: t, end: t + 1, value: v, unit: m.unit, class: m.class, rule: "quantity.money"}
	if !r.rest(&n, rest) {
		return number{}, false
	}
	return r.ranged(r.scaled(n)), true
}

// rest reads letters written behind figures.
func (r *reader) rest(n *number, rest string) bool {
	if rest == "" {
		return true
	}
	if rest == "%" {
		n.glued = "%"
		return true
	}
	if rest == "m" && n.class == "money" {
		n.value *= 1e6
		return true
	}
	if rest == "k" || rest == "K" {
		n.value *= 1e3
		return true
	}
	low := strings.ToLower(rest)
	if w, ok := r.numbers[low]; ok && w.kind == wScale {
		n.value *= w.value
		return true
	}
	if _, ok := r.measures[low]; ok {
		n.glued = low
		return true
	}
	return false
}

// scaled multiplies by the scale words behind: "4.5 million", "two hundred
// thousand", "1.2 bn".
func (r *reader) scaled(n number) number {
	for r.sameSent(n.first, n.end) {
		w, ok := r.word(n.end)
		if !ok || w.kind != wScale && w.kind != wHundred && w.kind != wDozen {
			break
		}
		n.value *= w.value
		n.end++
	}
	return n
}

// plain reads a number without its sign, range or bounds.
func (r *reader) plain(t casus.TokenID) (number, bool) {
	if int(t) >= len(r.doc.Tokens) {
		return number{}, false
	}
	f := r.doc.Form(t)
	n := number{first: t, end: t + 1, rule: "quantity.figure"}
	if f == "" {
		return n, false
	}
	if c := f[0]; c >= '0' && c <= '9' {
		v, rest, ok := figure(f)
		if !ok {
			return r.joined(t, f)
		}
		n.value = v
		if !r.rest(&n, rest) {
			return r.joined(t, f)
		}
		return r.scaled(n), true
	}
	w, ok := r.word(t)
	if !ok {
		return number{}, false
	}
	n.rule = "quantity.word"
	switch w.kind {
	case wSmall, wTens:
		return r.words(n, w), true
	case wDozen:
		n.value = 12
		return n, true
	case wPlural:
		return r.plural(n, w)
	case wArticle:
		return r.article(n)
	case wHalf: // "half a million", "half a dozen"
		if w2, ok := r.word(n.end + 1); ok && r.is(n.end, "a") && (w2.kind == wScale || w2.kind == wDozen) {
			n.value, n.end = w2.value/2, n.end+2
			return n, true
		}
	case wVague:
		return r.vague(n, w), true
	case wNo:
		n.none, n.rule = true, "quantity.none"
		return n, true
	}
	return number{}, false
}

// joined reads a range that the tokeniser left whole: "20-30".
func (r *reader) joined(t casus.TokenID, f string) (number, bool) {
	for _, dash := range [...]string{"-", "–"} {
		a, b, ok := strings.Cut(f, dash)
		if !ok {
			continue
		}
		x, ra, ok1 := figure(a)
		y, rb, ok2 := figure(b)
		if ok1 && ok2 && ra == "" && rb == "" && y > x {
			n := r.scaled(number{first: t, end: t + 1, value: 1, rule: "quantity.range"})
			n.low, n.high = x*n.value, y*n.value
			n.value = (n.low + n.high) / 2
			return n, true
		}
	}
	return number{}, false
}

// words reads numbers in words: "twenty-five", "two hundred and fifty
// thousand".
func (r *reader) words(n number, w numberWord) number {
	total, group := 0.0, 0.0
	end := n.end
	for {
		switch w.kind {
		case wSmall, wTens:
			group += w.value
		case wHundred:
			group = math.Max(group, 1) * 100
		case wDozen:
			group = math.Max(group, 1) * 12
		case wScale:
			total, group = total+math.Max(group, 1)*w.value, 0
		}
		n.end = end
		last := w.kind
		next := end
		if r.is(next, "-") && r.glue(next) && r.glue(next+1) && last == wTens {
			next++
		} else if r.is(next, "and") && (last == wHundred || last == wScale) {
			next++
		}
		if !r.sameSent(n.first, next) {
			break
		}
		var ok bool
		if w, ok = r.word(next); !ok || !follows(last, w.kind) {
			break
		}
		end = next + 1
	}
	n.value = total + group
	return n
}

// follows tells which number word may stand behind which.
func follows(a, b wordKind) bool {
	switch b {
	case wSmall:
		return a == wTens || a == wHundred || a == wScale
	case wTens:
		return a == wHundred || a == wScale
	case wHundred, wScale, wDozen:
		return a != wDozen
	}
	return false
}

// plural reads "dozens", "hundreds of thousands", "tens of millions". They
// name an order: dozens are 24 to 99, hundreds 200 to 999.
func (r *reader) plural(n number, w numberWord) (number, bool) {
	low := w.value
	if r.is(n.end, "of") {
		if w2, ok := r.word(n.end + 1); ok && w2.kind == wPlural && w2.value > w.value {
			low *= w2.value
			n.end += 2
		}
	}
	n.low, n.high, n.value = 2*low, 10*low-1, 2*low
	if w.value == 12 || w.value == 20 {
		n.high = 99 * low / w.value
	}
	n.approx, n.rule = true, "quantity.order"
	return n, true
}

// vague reads numbers that are left open: several are 3 to 9, a few 2 to 6,
// several hundred 300 to 900. The value is the low end.
func (r *reader) vague(n number, w numberWord) number {
	n.value = w.value
	n = r.scaled(n)
	n.low, n.high = n.value, 3*n.value
	n.approx, n.vague, n.rule = true, true, "quantity.vague"
	return n
}

// article reads what an indefinite article begins: "a dozen", "a hundred",
// "a couple of", "a submarine".
func (r *reader) article(n number) (number, bool) {
	w, ok := r.word(n.end)
	if !ok || !r.sameSent(n.first, n.end) {
		n.value, n.article, n.rule = 1, true, "quantity.article"
		return n, true
	}
	switch w.kind {
	case wDozen, wHundred, wScale:
		return r.words(number{first: n.first, end: n.end + 1, rule: n.rule}, w), true
	case wFew: // "a few", "a handful of"
		n.end++
		if r.is(n.end, "of") && r.is(n.end-1, "handful") {
			n.end++
		}
		return r.vague(n, w), true
	case wCouple:
		if r.is(n.end+1, "of") {
			return number{first: n.first, end: n.end + 1, value: 2, approx: true, rule: n.rule}, true
		}
	}
	n.value, n.article, n.rule = 1, true, "quantity.article"
	return n, true
}

// ranged reads the upper end of a range: "20-30", "20 to 30", and "between 20
// and 30" whose "between" stands before.
func (r *reader) ranged(n number) number {
	if n.approx || n.article || n.none || n.rule == "quantity.range" {
		return n
	}
	t := n.end
	switch {
	case r.is(t, "-", "–") && r.glue(t) && r.glue(t+1), r.is(t, "to"):
	case r.is(t, "and") && r.is(n.first-1, "between"):
	default:
		return n
	}
	if !r.sameSent(n.first, t+1) {
		return n
	}
	up := t + 1
	if m, money := r.currencySign(up); money && m.unit == n.unit {
		up++
	}
	b, ok := r.plain(up)
	if !ok || b.article || b.approx || b.none || r.doc.Tokens[up].UPOS == ud.DET {
		return n
	}
	low := n.value
	if low < 1000 && b.end > up+1 { // "20 to 30 million"
		if w, ok := r.word(b.end - 1); ok && (w.kind == wScale || w.kind == wHundred) {
			if lw, had := r.word(n.end - 1); !had || lw.kind != w.kind {
				low *= w.value
			}
		}
	}
	if b.value <= low {
		return n
	}
	n.low, n.high, n.value, n.end, n.rule = low, b.value, (low+b.value)/2, b.end, "quantity.range"
	n.glued = b.glued
	return n
}

// bounds reads the words around that loosen a number: "at least 20", "20 or
// more".
func (r *reader) bounds(n *number) {
	t := n.first
	two := func(a, b string) bool { return r.is(t-1, b) && r.is(t-2, a) }
	switch {
	case two("at", "least"), two("no", "less"), r.is(t-1, "minimum"), r.is(n.end, "or") && r.is(n.end+1, "more"):
		n.atLeast = true
	case two("more", "than"), two("greater", "than"):
		n.atLeast = true
		if r.is(t-3, "no", "not") {
			n.atLeast, n.atMost = false, true
		}
	case two("less", "than"), two("fewer", "than"):
		n.atMost = true
		if r.is(t-3, "no", "not") {
			n.atLeast, n.atMost = true, false
		}
	case r.is(t-1, "over"), r.is(t-1, "above"), r.is(t-1, "exceeding"):
		n.atLeast = true
	case two("up", "to"), two("at", "most"), r.is(t-1, "under"), r.is(t-1, "below"), two("many", "as"), two("much", "as"), r.is(t-1, "maximum"):
		n.atMost = true
	case r.is(t-1, "about", "around", "some", "approximately", "roughly", "nearly", "almost", "estimated", "circa"), two("close", "to"), r.is(n.end, "or") && r.is(n.end+1, "so"):
		n.approx = true
	}
}
