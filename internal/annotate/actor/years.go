package actor

import (
	"slices"

	"casus"
)

// tableYear is the last year the tables of office holders speak of.
const tableYear = 2026

// OfficeYears are the years in which a person whom the text names with a title
// held that office.
type OfficeYears struct {
	Name, Office string
	Span         casus.Span // of the title and name
	Years        []int      // ascending, without repeats
}

// YearsByOffice gives, in text order, the years in which the persons of the
// text held the offices that the text gives them: "Prime Minister Theresa May"
// is 2016 to 2019. It needs tokens and names only and leaves the document
// alone. A "former" minister says nothing.
func (a *Annotator) YearsByOffice(doc *casus.Document) []OfficeYears {
	w := a.pool.Get().(*work)
	defer a.pool.Put(w)
	w.begin(doc)
	w.scan()
	w.countStates()
	w.phrases()
	w.findPeople()
	var out []OfficeYears
	for i := range w.people {
		p := &w.people[i]
		if p.ref < 0 || p.title < 0 || w.nps[p.title].former {
			continue
		}
		if y := w.yearsOf(p); len(y.Years) > 0 {
			out = append(out, y)
		}
	}
	w.doc = nil
	return out
}

func (w *work) yearsOf(p *named) OfficeYears {
	np := &w.nps[p.title]
	c := w.code(np)
	out := OfficeYears{Name: w.t.people[p.ref].name, Span: w.doc.TokenSpan(min(np.first, p.first), max(p.end, np.end))}
	for i := range w.t.people[p.ref].offices {
		o := &w.t.people[p.ref].offices[i]
		if !w.likeTitle(o.title, np.row) || c.country != "" && o.code.Country() != c.country {
			continue
		}
		out.Office = o.title
		last := tableYear
		if !o.end.IsZero() {
			last = int(o.end.Year)
		}
		for y := int(o.start.Year); y <= last; y++ {
			out.Years = append(out.Years, y)
		}
	}
	slices.Sort(out.Years)
	out.Years = slices.Compact(out.Years)
	return out
}
