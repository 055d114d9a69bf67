package casefile

import (
	"fmt"
	"strconv"
	"strings"

	"casus"
)

// anchored begins a line of a layer whose candidates stand at a phrase.
func anchored(b *builder, l layer, r reach, span func(*casus.Document, int) casus.Span) error {
	b.line.layer = l
	if l.label == nil {
		b.line.layer.label = func(d *casus.Document, i int) string { return fmt.Sprintf("%s %q", l.name, d.String(span(d, i))) }
	}
	t, err := b.phrase(l.name)
	if err != nil {
		return err
	}
	b.add(check{field: "words", anchor: true, groups: t.groups, reach: r,
		spans: func(d *casus.Document, i int) []casus.Span { return []casus.Span{span(d, i)} }})
	return nil
}

// value reads a word without key as the value of a field.
func value(b *builder, name string, f field) error {
	t, ok := b.peek()
	if !ok || t.key != "" {
		return nil
	}
	b.next()
	t.key = name
	return b.key(t, map[string]field{name: f})
}

func readTime(b *builder) error {
	err := anchored(b, layer{name: "time", len: func(d *casus.Document) int { return len(d.Times) }}, touch,
		func(d *casus.Document, i int) casus.Span { return d.Times[i].Span })
	if err != nil {
		return err
	}
	f := field{values: func(d *casus.Document, i int) []string { return []string{d.Times[i].Value} }}
	if err := value(b, "value", f); err != nil {
		return err
	}
	return b.keys(timeKeys)
}

var timeKeys = map[string]field{
	"type": {values: func(d *casus.Document, i int) []string { return []string{d.Times[i].Type.String()} },
		closed: among([]string{"DATE", "TIME", "DURATION", "SET"})},
	"mod": {values: func(d *casus.Document, i int) []string { return []string{d.Times[i].Mod} }},
}

func readPlace(b *builder) error {
	err := anchored(b, layer{name: "place", len: func(d *casus.Document) int { return len(d.Places) }}, touch,
		func(d *casus.Document, i int) casus.Span { return d.Places[i].Span })
	if err != nil {
		return err
	}
	return b.keys(placeKeys)
}

var placeKeys = map[string]field{
	"name":     {values: func(d *casus.Document, i int) []string { return []string{d.Places[i].Name} }, fits: part},
	"country":  {values: func(d *casus.Document, i int) []string { return []string{d.Places[i].Country} }},
	"relation": {values: func(d *casus.Document, i int) []string { return []string{d.Places[i].Relation} }},
	"as": {values: func(d *casus.Document, i int) []string {
		if d.Places[i].AsActor {
			return []string{"actor"}
		}
		return []string{"place"}
	}, closed: among([]string{"actor", "place"})},
}

func readQuantity(b *builder) error {
	err := anchored(b, layer{name: "quantity", len: func(d *casus.Document) int { return len(d.Quantities) }}, touch,
		func(d *casus.Document, i int) casus.Span { return d.Quantities[i].Span })
	if err != nil {
		return err
	}
	f := figures(func(q *casus.Quantity) float64 { return q.Value })
	if err := value(b, "value", f); err != nil {
		return err
	}
	return b.keys(quantityKeys)
}

var quantityKeys = map[string]field{
	"low":     figures(func(q *casus.Quantity) float64 { return q.Low }),
	"high":    figures(func(q *casus.Quantity) float64 { return q.High }),
	"unit":    {values: func(d *casus.Document, i int) []string { return []string{d.Quantities[i].Unit} }},
	"class":   {values: func(d *casus.Document, i int) []string { return []string{d.Quantities[i].Class} }},
	"approx":  {values: func(d *casus.Document, i int) []string { return yes(d.Quantities[i].Approx) }, closed: yesNo},
	"atleast": {values: func(d *casus.Document, i int) []string { return yes(d.Quantities[i].AtLeast) }, closed: yesNo},
	"atmost":  {values: func(d *casus.Document, i int) []string { return yes(d.Quantities[i].AtMost) }, closed: yesNo},
}

func figures(get func(*casus.Quantity) float64) field {
	return field{closed: isFigure, values: func(d *casus.Document, i int) []string { return []string{figure(get(&d.Quantities[i]))} }}
}

// figure writes a number as a case file does: no exponent, no grouping.
func figure(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func isFigure(s string) bool {
	v, err := strconv.ParseFloat(s, 64)
	return err == nil && figure(v) == s
}

func readPredicate(b *builder) error {
	err := anchored(b, layer{name: "predicate", len: func(d *casus.Document) int { return len(d.Predicates) }}, touch,
		func(d *casus.Document, i int) casus.Span { return d.Tokens[d.Predicates[i].Head].Span })
	if err != nil {
		return err
	}
	return b.keys(predicateKeys)
}

var predicateKeys = map[string]field{
	"status":     {values: func(d *casus.Document, i int) []string { return []string{d.Predicates[i].Status.String()} }, closed: isStatus},
	"own":        {values: func(d *casus.Document, i int) []string { return []string{d.Predicates[i].Own.String()} }, closed: isStatus},
	"phase":      {values: func(d *casus.Document, i int) []string { return []string{d.Predicates[i].Phase.String()} }, closed: isPhase},
	"background": {values: func(d *casus.Document, i int) []string { return yes(d.Predicates[i].Historical) }, closed: yesNo},
}

var roles = []string{casus.Body: "body", casus.Headline: "headline", casus.Dateline: "dateline", casus.Byline: "byline", casus.Subhead: "subhead"}

func readSentence(b *builder) error {
	err := anchored(b, layer{name: "sentence", len: func(d *casus.Document) int { return len(d.Sentences) }}, equal,
		func(d *casus.Document, i int) casus.Span { return d.Sentences[i].Span })
	if err != nil {
		return err
	}
	return b.keys(map[string]field{"role": {closed: among(roles), values: func(d *casus.Document, i int) []string {
		return []string{roles[min(int(d.Sentences[i].Role), len(roles)-1)]}
	}}})
}

func readPublished(b *builder) error {
	b.line.layer = layer{"document", func(*casus.Document) int { return 1 }, func(d *casus.Document, _ int) string {
		return strings.TrimSpace("document " + d.ID)
	}}
	if _, ok := b.peek(); !ok {
		return fmt.Errorf("a date must follow")
	}
	f := field{values: func(d *casus.Document, _ int) []string { return []string{d.Published.String()} }}
	if err := value(b, "published", f); err != nil {
		return err
	}
	return b.keys(nil)
}
