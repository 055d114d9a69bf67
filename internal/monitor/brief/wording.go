package brief

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// unnamed is the voice of a source that the text does not name.
const unnamed = "an unnamed source"

// speaker names who makes a statement, with the office: "Dmitry Peskov, press
// secretary of Russia". An unnamed source keeps the words of the text: "two
// officials"; a pronoun is no name.
func (v *view) speaker(st *casus.Statement) string {
	if st == nil {
		return ""
	}
	if ent := v.entity(st.Speaker); ent != nil && !ent.Anon && !isPronoun(ent.Name) && (ent.Kind == casus.Person || !v.described(st)) {
		return v.named(ent)
	}
	if len(st.Source) == 0 {
		return ""
	}
	w := v.sourceWords(st)
	if !isPronoun(w) {
		return w
	}
	if a := v.before(st.Source[0].Start); a != "" && relativeWord(w) {
		return a
	}
	return unnamed
}

func relativeWord(s string) bool {
	s = strings.ToLower(s)
	return s == "which" || s == "who" || s == "that"
}

// before names what stands right before a relative pronoun: an entity, else
// the capitalised words there, "the Harbour Gazette, which claimed ...".
func (v *view) before(p casus.Pos) string {
	best := casus.Mention{}
	var who *casus.Entity
	for e := range v.doc.Entities {
		for _, m := range v.doc.Entities[e].Mentions {
			if gap := p - m.Span.End; gap >= 0 && gap <= 2 && m.Kind != casus.MentionPronoun && m.Len() > best.Len() {
				best, who = m, &v.doc.Entities[e]
			}
		}
	}
	if who != nil && !who.Anon {
		return article(who)
	}
	return capitals(strings.TrimRight(v.doc.Text[:p], " ,"))
}

// capitals gives the run of capitalised words at the end of a text.
func capitals(s string) string {
	f := strings.Fields(s[max(0, len(s)-80):])
	n := len(f)
	for n > 0 && (hasCapital(f[n-1]) && !strings.ContainsAny(f[n-1], ",.;:”\"") || n < len(f) && n > 1 && f[n-1] == "of" && hasCapital(f[n-2])) {
		n--
	}
	return small(strings.Join(f[n:], " "))
}

// described reports a source that says more than the name of its entity:
// "Azerbaijan's Border Service" is not to be shortened to "Azerbaijan".
func (v *view) described(st *casus.Statement) bool {
	ent := v.entity(st.Speaker)
	if len(st.Source) == 0 || ent == nil {
		return false
	}
	w := v.sourceWords(st)
	return len(strings.Fields(w)) > 1 && len(strings.Fields(w)) <= 10 && !isPronoun(w)
}

func (v *view) sourceWords(st *casus.Statement) string {
	var parts []string
	for _, s := range st.Source {
		parts = append(parts, v.doc.String(s))
	}
	w := strings.TrimPrefix(tidy(strings.Join(parts, " ")), "by ")
	if a := v.antecedent(st); isPronoun(w) && a != "" && !isPronoun(a) {
		w = a
	}
	w, _, _ = strings.Cut(small(undated(w)), ", who ")
	return shorten(strings.TrimRight(w, ","), 12)
}

// undated drops a dateline that was taken for a part of a name: "LIMA, May 2
// (Agency) - the minister".
func undated(w string) string {
	place, _, ok := strings.Cut(w, ",")
	if !ok || len(place) < 3 || strings.ToUpper(place) != place {
		return w
	}
	if _, rest, ok := strings.Cut(w, " - "); ok {
		return rest
	}
	if strings.HasSuffix(w, ")") {
		return ""
	}
	return w
}

// small begins an article in lower case: a voice stands inside a line.
func small(s string) string {
	for _, a := range []string{"The ", "A ", "An "} {
		if strings.HasPrefix(s, a) {
			return strings.ToLower(a) + s[len(a):]
		}
	}
	return s
}

// antecedent names what a relative pronoun stands for: of "the Gazette, which
// claimed that ..." the Gazette.
func (v *view) antecedent(st *casus.Statement) string {
	t := v.doc.TokenAt(st.Source[0].Start)
	for range 4 {
		if !v.token(t) {
			return ""
		}
		if v.doc.Tokens[t].Deprel == ud.AclRelcl {
			t = v.doc.Tokens[t].Head
			if id, ok := v.entityAt[t]; ok {
				return v.named(v.entity(id))
			}
			if u := v.doc.Tokens[t].UPOS; u != ud.NOUN && u != ud.PROPN {
				return ""
			}
			return tidy(v.render(v.subtree(t, aboutClause)))
		}
		t = v.doc.Tokens[t].Head
	}
	return ""
}

func isPronoun(s string) bool {
	switch strings.ToLower(s) {
	case "he", "she", "it", "they", "we", "i", "who", "which", "this", "that", "her", "him", "them", "us", "whom", "whose", "these", "those", "one", "each":
		return true
	}
	return false
}

// named gives the name of an entity with its office, unless the name holds it:
// "Colonel Meret Annaev", "Ana Ruiz, minister of Chile".
func (v *view) named(ent *casus.Entity) string {
	if ent.Kind != casus.Person || ent.Title == "" || strings.Contains(strings.ToLower(ent.Name), strings.ToLower(ent.Title)) {
		return article(ent)
	}
	office := shorten(tidy(ent.Title), 8)
	if !strings.Contains(office, " ") && hasCapital(office) {
		return office + " " + ent.Name
	}
	if of := v.entity(ent.Of); of != nil && !local[strings.ToLower(office[strings.LastIndexByte(office, ' ')+1:])] && of.Kind == casus.State && !strings.Contains(office, of.Name) && !strings.Contains(office, " of ") && !strings.Contains(office, "’s ") && !strings.Contains(office, "'s ") {
		office += " of " + article(of)
	}
	return ent.Name + ", " + office
}

// local are offices that are a party's, a town's or a body's, not the state's: no
// "leader of Turkey" for who leads a party in it.
var local = map[string]bool{"leader": true, "mayor": true, "governor": true, "head": true, "chief": true, "commander": true, "official": true, "lawmaker": true, "senator": true, "lawyer": true}

func hasCapital(s string) bool { return strings.ToLower(s) != s }

// article gives the name of an entity as a sentence needs it: "the United
// States".
func article(ent *casus.Entity) string {
	for _, p := range loadTables().article {
		if strings.HasPrefix(ent.Name, p) {
			return "the " + ent.Name
		}
	}
	return ent.Name
}

// actors names the parties of an event, "Armenia and Georgia".
func (v *view) actors(ids []casus.EntityID) string {
	var names []string
	for _, id := range ids {
		ent := v.entity(id)
		if ent == nil {
			continue
		}
		if n := strings.TrimSpace(article(ent)); n != "" && !isPronoun(n) && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return list(names)
}

// list joins names as English does.
func list(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// plain words an event from its code alone: "Turkmenistan accuses Azerbaijan".
func (v *view) plain(ev *casus.Event) string {
	words, ok := loadTables().verb[ev.Type.String()+"/"+ev.Mode]
	if !ok {
		words = loadTables().verb[ev.Type.String()+"/"]
	}
	src, tgt := v.actors(ev.Source), v.actors(ev.Target)
	if src == "" {
		src = "an unnamed party"
	}
	n := v.number(ev.Source)
	if tgt == "" || src == tgt && reciprocal(ev) {
		return src + " " + plural(words[1], n)
	}
	return src + " " + plural(words[0], n) + " " + tgt
}

// number is 2 where the actors take a verb in the plural: several, or a group
// named in the plural ("border guards").
func (v *view) number(ids []casus.EntityID) int {
	if len(ids) == 1 {
		if ent := v.entity(ids[0]); ent != nil && ent.Kind != casus.State && ent.Kind != casus.Person && strings.HasSuffix(ent.Name, "s") {
			return 2
		}
	}
	return len(ids)
}

// plural drops the "s" of the verbs when several act: "accuses or criticises"
// becomes "accuse or criticise".
func plural(words string, actors int) string {
	if actors < 2 {
		return words
	}
	f := strings.Fields(words)
	for i, w := range f {
		if i > 0 && f[i-1] != "or" {
			continue
		}
		switch {
		case strings.HasSuffix(w, "ies"):
			f[i] = strings.TrimSuffix(w, "ies") + "y"
		case strings.HasSuffix(w, "hes") || strings.HasSuffix(w, "oes"):
			f[i] = strings.TrimSuffix(w, "es")
		default:
			f[i] = strings.TrimSuffix(w, "s")
		}
	}
	return strings.Join(f, " ")
}

// reciprocal reports an event whose parties are source and target alike.
func reciprocal(ev *casus.Event) bool {
	return len(ev.Source) > 1 && slices.Equal(ev.Source, ev.Target)
}

// label gives an event as code: "ACCUSE TKMGOV > AZE, claimed".
func (t *telling) label() string {
	v, ev := t.v, t.ev
	s := ev.Type.String()
	if ev.Mode != "" {
		s += "/" + ev.Mode
	}
	src, tgt := v.codes(ev.Source), v.codes(ev.Target)
	if src+tgt != "" {
		s += " " + orDash(src)
	}
	if tgt != "" {
		s += " > " + tgt
	}
	if t.status != casus.StatusNone {
		s += ", " + t.status.String()
	}
	return s
}

func (v *view) codes(ids []casus.EntityID) string {
	var out []string
	for _, id := range ids {
		if ent := v.entity(id); ent != nil && ent.Code != "" && !slices.Contains(out, string(ent.Code)) {
			out = append(out, string(ent.Code))
		}
	}
	return strings.Join(out, "+")
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// dateWords gives a date as it is read aloud: "4 March", with the year where
// it is not the year of publication.
func dateWords(d casus.Date, year int16) string {
	if d.IsZero() {
		return ""
	}
	month := time.Month(d.Month).String()
	switch {
	case d.Month == 0:
		return fmt.Sprint(d.Year)
	case d.Day == 0 && d.Year == year:
		return month
	case d.Day == 0:
		return fmt.Sprintf("%s %d", month, d.Year)
	case d.Year == year:
		return fmt.Sprintf("%d %s", d.Day, month)
	}
	return fmt.Sprintf("%d %s %d", d.Day, month, d.Year)
}

// when words the time of an event: the day that the text gives, else none.
func (v *view) when(ev *casus.Event) string {
	t := ev.Time
	known := t.Time >= 0 && int(t.Time) < len(v.doc.Times)
	if t.Interval.IsZero() || !known && (t.Reason == "published" || len(v.doc.Tokens) > 0) {
		return ""
	}
	mod := ""
	if known {
		mod = partOf[v.doc.Times[t.Time].Mod]
	}
	year := v.doc.Published.Year
	start, end := t.Interval.Start, t.Interval.End
	switch {
	case start == end || t.Granularity == casus.Day || t.Granularity == casus.Hour:
		return dateWords(start, year)
	case t.Granularity == casus.Month || start.Day == 0 && start.Month != 0:
		return mod + dateWords(casus.Date{Year: start.Year, Month: start.Month}, year)
	case t.Granularity == casus.Year:
		return fmt.Sprint(start.Year)
	case end.IsZero():
		return "since " + dateWords(start, year)
	case start.IsZero():
		return "until " + dateWords(end, year)
	case t.Granularity <= casus.Week:
		return dateWords(start, year) + " to " + dateWords(end, year)
	}
	return ""
}

// partOf words the TIMEX3 modifiers that name a part of a month.
var partOf = map[string]string{"START": "early ", "MID": "mid-", "END": "end of "}

// severity orders the types for a page that has no room for all: force and
// what ends it first, words last.
var severity = [ontology.NumPlover]float64{ontology.ASSAULT: 9, ontology.MOBILIZE: 8, ontology.COERCE: 7, ontology.SANCTION: 7,
	ontology.RETREAT: 7, ontology.THREATEN: 7, ontology.PROTEST: 6, ontology.CONCEDE: 6, ontology.AGREE: 5, ontology.AID: 5,
	ontology.CONSULT: 4, ontology.SUPPORT: 4, ontology.COOPERATE: 4, ontology.REJECT: 4, ontology.ACCUSE: 3, ontology.REQUEST: 3}
