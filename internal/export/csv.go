package export

import (
	"fmt"
	"strconv"
	"strings"

	"casus"
	"casus/ontology"
)

// The flat table: one row an event, lists in a cell. Inside a list a semicolon
// of a name is written as a comma.

const csvSep = ";"

var csvLayout = onceTable(func() *layout {
	l := newLayout("csv.tsv", csvFields())
	l.comma, l.header = true, true
	return l
})

func csvFields() map[string]field {
	f := map[string]field{
		"id":          {get: idField.get, set: func(r *Record, v string) error { r.ID, r.Key = v, keyOf(v); return nil }},
		"document":    text(func(r *Record) *string { return &r.Document }),
		"event":       text(func(r *Record) *string { return &r.Event }),
		"outlet":      text(func(r *Record) *string { return &r.Outlet }),
		"url":         text(func(r *Record) *string { return &r.URL }),
		"title":       text(func(r *Record) *string { return &r.Title }),
		"lang":        text(func(r *Record) *string { return &r.Lang }),
		"published":   dateText(func(r *Record) *casus.Date { return &r.Published }),
		"day":         dayField,
		"day_from":    text(func(r *Record) *string { return &r.DayFrom }),
		"time":        text(func(r *Record) *string { return &r.TimeValue }),
		"start":       dateText(func(r *Record) *casus.Date { return &r.Start }),
		"end":         dateText(func(r *Record) *casus.Date { return &r.End }),
		"granularity": set(func(r *Record) *casus.Granularity { return &r.Granularity }, casus.Century+1, casus.Granularity.String),
		"type":        set(func(r *Record) *ontology.Plover { return &r.Type }, ontology.NumPlover, ontology.Plover.String),
		"mode":        text(func(r *Record) *string { return &r.Mode }),
		"contexts":    csvList(func(r *Record) *[]string { return &r.Contexts }),
		"cameo":       text(func(r *Record) *string { return &r.CAMEO }),
		"user_type":   text(func(r *Record) *string { return &r.UserType }),
		"quad": derived(func(r *Record) string {
			if r.quad() == ontology.QuadNone {
				return ""
			}
			return strconv.Itoa(int(r.quad()))
		}),
		"goldstein": derived(func(r *Record) string { return goldstein(r, goldsteinGDELT, float) }),
		"score": derived(func(r *Record) string {
			if r.Type == ontology.PloverNone {
				return ""
			}
			return float(r.score())
		}),
		"reciprocal": yesNo(func(r *Record) *bool { return &r.Reciprocal }),
		"status":     set(func(r *Record) *casus.Status { return &r.Status }, casus.NumStatus, casus.Status.String),
		"phase":      set(func(r *Record) *casus.Phase { return &r.Phase }, casus.Future+1, casus.Phase.String),
		"historical": yesNo(func(r *Record) *bool { return &r.Historical }),
		"place":      ofPlace(func(p *Location) *string { return &p.Name }),
		"country":    ofPlace(func(p *Location) *string { return &p.Country }),
		"lat":        latField,
		"lon":        lonField,
		"geonameid":  {get: geoNameID, set: setGeoNameID},
		"fcode":      ofPlace(func(p *Location) *string { return &p.FCode }),
		"relation":   ofPlace(func(p *Location) *string { return &p.Relation }),
		"magnitude":  {get: figuresText, set: setFigures},
		"voices": {get: func(r *Record) string {
			return joined(r.Voices, func(a *Attribution) string { return strings.Join(a.Chain, ", per ") })
		}, set: func(r *Record, v string) error {
			for _, chain := range unlist(v, csvSep) {
				r.Voices = append(r.Voices, Attribution{Chain: strings.Split(chain, ", per ")})
			}
			return nil
		}},
		"speaker":      ofVoices(func(a *Attribution) *string { return &a.Speaker }),
		"speaker_code": ofVoices(func(a *Attribution) *ontology.Actor { return &a.Code }),
		"stance": {get: func(r *Record) string {
			return joined(r.Voices, func(a *Attribution) string { return a.Stance.String() })
		}, set: setStances},
		"cue":            ofVoices(func(a *Attribution) *string { return &a.Cue }),
		"trigger":        text(func(r *Record) *string { return &r.Trigger }),
		"trigger_spans":  spansField(func(r *Record) *[]Range { return &r.TriggerSpans }),
		"sentence":       number(func(r *Record) *int { return &r.Sentence }),
		"sentence_start": number(func(r *Record) *int { return &r.SentenceSpan.Start }),
		"sentence_end":   number(func(r *Record) *int { return &r.SentenceSpan.End }),
		"sentence_text":  text(func(r *Record) *string { return &r.SentenceText }),
		"mentions":       spansField(func(r *Record) *[]Range { return &r.Mentions }),
		"joined": {get: func(r *Record) string { return joined(r.Origins, func(o *Origin) string { return o.ID }) },
			set: func(r *Record, v string) error {
				for _, id := range unlist(v, csvSep) {
					r.Origins = append(r.Origins, Origin{ID: id})
				}
				return nil
			}},
	}
	csvSide(f, "source", func(r *Record) *[]Party { return &r.Source })
	csvSide(f, "target", func(r *Record) *[]Party { return &r.Target })
	return f
}

// joined lists a value of each element. One empty element is told from an
// empty list by the columns beside it.
func joined[T any](list []T, of func(*T) string) string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = strings.ReplaceAll(of(&list[i]), csvSep, ",")
	}
	return strings.Join(out, csvSep)
}

func csvList(of func(*Record) *[]string) field {
	return field{func(r *Record) string { return joined(*of(r), same) },
		func(r *Record, v string) error { *of(r) = unlist(v, csvSep); return nil }}
}

func csvSide(f map[string]field, name string, of func(*Record) *[]Party) {
	each := func(get func(*Party) string, set func(*Party, string)) field {
		return field{func(r *Record) string { return joined(*of(r), get) }, func(r *Record, v string) error {
			return setParts(of(r), v, set)
		}}
	}
	f[name] = each(func(p *Party) string { return p.Name }, func(p *Party, v string) { p.Name = v })
	f[name+"_code"] = each(func(p *Party) string { return string(p.Code) }, func(p *Party, v string) { p.Code = ontology.Actor(v) })
	f[name+"_country"] = each(func(p *Party) string { return p.Country }, func(p *Party, v string) { p.Country = v })
}

// setParts gives each element of a list its part of a cell.
func setParts[T any](list *[]T, v string, set func(*T, string)) error {
	parts := strings.Split(v, csvSep)
	if *list == nil {
		*list = make([]T, len(parts))
	}
	if len(parts) != len(*list) {
		return fmt.Errorf("%d parts, the columns before have %d", len(parts), len(*list))
	}
	for i, part := range parts {
		set(&(*list)[i], part)
	}
	return nil
}

func ofVoices[T ~string](of func(*Attribution) *T) field {
	return field{func(r *Record) string { return joined(r.Voices, func(a *Attribution) string { return string(*of(a)) }) },
		func(r *Record, v string) error {
			return setParts(&r.Voices, v, func(a *Attribution, s string) { *of(a) = T(s) })
		}}
}

func setStances(r *Record, v string) error {
	var bad error
	err := setParts(&r.Voices, v, func(a *Attribution, s string) {
		st, ok := casus.ParseStance(s)
		if !ok {
			bad = fmt.Errorf("%q is no stance", s)
		}
		a.Stance = st
	})
	if err == nil {
		err = bad
	}
	return err
}

func ofPlace(of func(*Location) *string) field {
	return field{func(r *Record) string {
		if r.Place == nil {
			return ""
		}
		return *of(r.Place)
	}, func(r *Record, v string) error { *of(locationOf(r)) = v; return nil }}
}

// set is a column of a closed set.
func set[T ~uint8](of func(*Record) *T, n T, name func(T) string) field {
	return field{func(r *Record) string { return name(*of(r)) }, func(r *Record, v string) error {
		f := &fromWire{}
		*of(r) = closed(f, v, n, name)
		return f.err
	}}
}

func yesNo(of func(*Record) *bool) field {
	return field{func(r *Record) string { return strconv.FormatBool(*of(r)) },
		func(r *Record, v string) (err error) { *of(r), err = strconv.ParseBool(v); return err }}
}

func number(of func(*Record) *int) field {
	return field{func(r *Record) string { return strconv.Itoa(*of(r)) },
		func(r *Record, v string) (err error) { *of(r), err = strconv.Atoi(v); return err }}
}

func spansText(rs []Range) string {
	return joined(rs, func(r *Range) string { return fmt.Sprintf("%d-%d", r.Start, r.End) })
}

func spansField(of func(*Record) *[]Range) field {
	return field{func(r *Record) string { return spansText(*of(r)) }, func(r *Record, v string) error {
		for _, s := range unlist(v, csvSep) {
			a, b, _ := strings.Cut(s, "-")
			start, err1 := strconv.Atoi(a)
			end, err2 := strconv.Atoi(b)
			if err1 != nil || err2 != nil || start < 0 || end < start {
				return fmt.Errorf("%q is no span start-end", s)
			}
			*of(r) = append(*of(r), Range{start, end})
		}
		return nil
	}}
}

func figuresText(r *Record) string {
	return joined(r.Magnitude, func(f *Figures) string { return strings.TrimSpace(float(f.Value) + " " + f.Unit) })
}

func setFigures(r *Record, v string) error {
	for _, s := range unlist(v, csvSep) {
		value, unit, _ := strings.Cut(s, " ")
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return fmt.Errorf("%q does not begin with a number", s)
		}
		r.Magnitude = append(r.Magnitude, Figures{Value: n, Low: n, High: n, Unit: unit})
	}
	return nil
}
