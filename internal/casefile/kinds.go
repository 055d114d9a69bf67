package casefile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus"
	"casus/ontology"
)

// readEvent reads: TYPE[/mode] [SOURCE] [-> TARGET] key=value... at by via.
func readEvent(b *builder) error {
	b.line.layer = layer{"event", func(d *casus.Document) int { return len(d.Events) }, labelEvent}
	if err := readType(b); err != nil {
		return err
	}
	if t, ok := b.peek(); ok && t.key == "" && !eventWords[t.word()] {
		b.next()
		b.add(actor("source", t, func(e *casus.Event) []casus.EntityID { return e.Source }))
	}
	for {
		t, ok := b.next()
		if !ok {
			return nil
		}
		if err := readEventTerm(b, t); err != nil {
			return err
		}
	}
}

var eventWords = map[string]bool{"->": true, "at": true, "by": true, "via": true}

func readEventTerm(b *builder, t term) error {
	switch t.word() {
	case "->":
		t, ok := b.next()
		if !ok || t.key != "" {
			return fmt.Errorf("a target must follow ->")
		}
		b.add(actor("target", t, targets))
	case "at":
		t, err := b.phrase("at")
		if err != nil {
			return err
		}
		b.add(check{field: "trigger", anchor: true, groups: t.groups,
			spans: func(d *casus.Document, i int) []casus.Span {
				return slices.Concat(d.Events[i].Trigger, d.Events[i].Mentions)
			}})
	case "by":
		return readBy(b)
	case "via":
		t, ok := b.next()
		if !ok || !t.quoted() {
			return fmt.Errorf("a quoted speaker must follow via")
		}
		b.add(check{field: "via", groups: t.groups, values: values(eventVoices), fits: part})
	default:
		return b.key(t, eventKeys)
	}
	return nil
}

// targets gives the target of an event. What two do together (talks, a treaty)
// has both as sources, and each is then the other's target.
func targets(e *casus.Event) []casus.EntityID {
	if len(e.Target) == 0 && len(e.Source) > 1 {
		switch e.Type {
		case ontology.CONSULT, ontology.AGREE, ontology.SUPPORT, ontology.COOPERATE:
			return e.Source
		}
	}
	return e.Target
}

// readType reads "MOBILIZE", "ACCUSE|REJECT", "RETREAT/release" or "*".
func readType(b *builder) error {
	t, ok := b.next()
	if !ok || t.key != "" {
		return fmt.Errorf("a PLOVER type must follow event")
	}
	alts, err := t.one()
	if err != nil {
		return err
	}
	var types, modes []atom
	for _, a := range alts {
		name, mode, ok := strings.Cut(a.text, "/")
		if name != "*" && !isPlover(name) {
			return fmt.Errorf("%q is not a PLOVER type", name)
		}
		types = append(types, atom{text: name})
		if ok {
			modes = append(modes, atom{text: mode})
		}
	}
	b.add(check{field: "type", groups: [][]atom{types}, fits: whole,
		values: values(func(d *casus.Document, i int) []string { return []string{d.Events[i].Type.String()} })})
	if len(modes) > 0 {
		b.add(check{field: "mode", groups: [][]atom{modes}, fits: whole, values: values(eventKeys["mode"].values)})
	}
	return nil
}

// readBy reads the speaker of the innermost statement, or the word outlet.
func readBy(b *builder) error {
	t, ok := b.next()
	switch {
	case ok && t.word() == "outlet":
		t.groups = [][]atom{{{text: "-"}}}
	case !ok || !t.quoted():
		return fmt.Errorf("a quoted speaker or the word outlet must follow by")
	}
	b.add(check{field: "by", groups: t.groups, values: values(eventSpeakers), fits: part})
	return nil
}

// actor compares entities by code, or by name when the pattern is quoted.
func actor(name string, t term, ids func(*casus.Event) []casus.EntityID) check {
	vals := func(d *casus.Document, i int, a atom) (out []string) {
		for _, id := range ids(&d.Events[i]) {
			if a.quoted {
				out = append(out, entityNames(d, id)...)
			} else {
				out = append(out, codes(d, id)...)
			}
		}
		return out
	}
	return check{field: name, groups: t.groups, values: vals, fits: part}
}

// codes gives the code of an entity, or those of its members when it is a
// compound without a code of its own ("both countries").
func codes(d *casus.Document, id casus.EntityID) []string {
	if !valid(d, id) {
		return nil
	}
	ent := &d.Entities[id]
	if ent.Code != "" || len(ent.Members) == 0 {
		return []string{string(ent.Code)}
	}
	var out []string
	for _, m := range ent.Members {
		if valid(d, m) {
			out = append(out, string(d.Entities[m].Code))
		}
	}
	return out
}

var eventKeys = map[string]field{
	"status":     {values: func(d *casus.Document, i int) []string { return []string{d.Events[i].Status.String()} }, closed: isStatus},
	"phase":      {values: func(d *casus.Document, i int) []string { return []string{d.Events[i].Phase.String()} }, closed: isPhase},
	"background": {values: func(d *casus.Document, i int) []string { return yes(d.Events[i].Historical) }, closed: yesNo},
	"mode":       {values: func(d *casus.Document, i int) []string { return []string{d.Events[i].Mode} }},
	"cameo":      {values: func(d *casus.Document, i int) []string { return []string{d.Events[i].CAMEO} }},
	"time":       {values: func(d *casus.Document, i int) []string { return []string{d.Events[i].Time.Value} }},
	"context":    {values: func(d *casus.Document, i int) []string { return d.Events[i].Contexts }, many: true},
	"place":      {values: eventPlace, fits: part},
	"magnitude": {values: func(d *casus.Document, i int) (out []string) {
		for _, m := range d.Events[i].Magnitude {
			out = append(out, figure(m.Value))
		}
		return out
	}, many: true, closed: isFigure},
}

func eventPlace(d *casus.Document, i int) []string {
	p := d.Events[i].Place
	if p < 0 || int(p) >= len(d.Places) {
		return nil
	}
	return []string{d.Places[p].Country, d.Places[p].Name, d.String(d.Places[p].Span)}
}

func eventSpeakers(d *casus.Document, i int) (out []string) {
	for _, s := range d.Events[i].Attribution {
		out = append(out, speakers(d, s)...)
	}
	return out
}

func eventVoices(d *casus.Document, i int) (out []string) {
	for _, s := range d.Events[i].Attribution {
		for _, c := range d.Chain(s) {
			out = append(out, speakers(d, c)...)
		}
	}
	return out
}

func labelEvent(d *casus.Document, i int) string {
	e := &d.Events[i]
	s := "event " + e.Type.String()
	for _, t := range e.Trigger {
		s += " " + strconv.Quote(d.String(t))
	}
	return s
}

// readStatement reads: "speaker" CUE "content" key=value...
func readStatement(b *builder) error {
	b.line.layer = layer{"statement", func(d *casus.Document) int { return len(d.Statements) }, labelStatement}
	t, ok := b.next()
	if !ok || !t.quoted() && t.word() != "-" && t.word() != "*" {
		return fmt.Errorf("a quoted speaker, - or * must follow statement")
	}
	b.add(check{field: "speaker", groups: t.groups, fits: part,
		values: values(func(d *casus.Document, i int) []string { return speakers(d, casus.StatementID(i)) })})
	cue, ok := b.next()
	if !ok || cue.key != "" {
		return fmt.Errorf("the cue must follow the speaker")
	}
	b.add(check{field: "cue", groups: cue.groups, values: values(cues), fits: func(a atom, v string) bool {
		return strings.Contains(strings.ToLower(v), strings.ToLower(a.text))
	}})
	content, err := b.phrase("the cue")
	if err != nil {
		return err
	}
	r := cover
	if b.mood == forbid {
		r = touch
	}
	b.add(check{field: "content", anchor: true, groups: content.groups, reach: r,
		spans: func(d *casus.Document, i int) []casus.Span { return d.Statements[i].Content }})
	return readStatementKeys(b)
}

func readStatementKeys(b *builder) error {
	for {
		t, ok := b.next()
		if !ok {
			return nil
		}
		if t.word() == "via" {
			t, ok = b.next()
			t.key = "via"
		}
		if err := b.key(t, statementKeys); !ok || err != nil {
			return fmt.Errorf("after the content: %w", err)
		}
	}
}

var statementKeys = map[string]field{
	"stance": {values: func(d *casus.Document, i int) []string { return []string{d.Statements[i].Stance.String()} }, closed: isStance},
	"kind": {values: func(d *casus.Document, i int) []string { return []string{d.Statements[i].Kind.String()} },
		closed: among([]string{casus.Direct.String(), casus.Indirect.String(), casus.Mixed.String()})},
	"negated": {values: func(d *casus.Document, i int) []string { return yes(d.Statements[i].Negated) }, closed: yesNo},
	"via": {fits: part, values: func(d *casus.Document, i int) (out []string) {
		for _, v := range d.Statements[i].Via {
			out = append(out, speakers(d, v)...)
		}
		return out
	}},
	"answers": {fits: part, values: func(d *casus.Document, i int) (out []string) {
		for _, v := range d.Statements[i].Answers {
			out = append(out, speakers(d, v)...)
		}
		return out
	}},
	"threat":    threatKey(func(t *casus.Threat) []casus.Span { return t.What }),
	"against":   threatKey(func(t *casus.Threat) []casus.Span { return t.Against }),
	"condition": threatKey(func(t *casus.Threat) []casus.Span { return t.Condition }),
	"deadline":  threatKey(func(t *casus.Threat) []casus.Span { return t.ByWhen }),
	"of":        labelKey(func(l *casus.Label) []casus.Span { return l.Of }),
	"label":     labelKey(func(l *casus.Label) []casus.Span { return l.As }),
}

// threatKey compares the words of one part of a threat.
func threatKey(part func(*casus.Threat) []casus.Span) field {
	return field{values: func(d *casus.Document, i int) []string {
		if t := d.Statements[i].Threat; t != nil {
			return words(d, part(t))
		}
		return nil
	}}
}

// labelKey compares the words of one side of a characterisation.
func labelKey(side func(*casus.Label) []casus.Span) field {
	return field{values: func(d *casus.Document, i int) []string {
		if l := d.Statements[i].Label; l != nil {
			return words(d, side(l))
		}
		return nil
	}}
}

func words(d *casus.Document, spans []casus.Span) (out []string) {
	for _, s := range spans {
		out = append(out, d.String(s))
	}
	return out
}

// speakers gives the names of whoever makes a statement: the entity, and the
// words of the source.
func speakers(d *casus.Document, s casus.StatementID) []string {
	if s < 0 || int(s) >= len(d.Statements) {
		return nil
	}
	st := &d.Statements[s]
	var out []string
	if valid(d, st.Speaker) {
		out = append(out, d.Entities[st.Speaker].Name)
	}
	for _, src := range st.Source {
		out = append(out, d.String(src))
	}
	return out
}

func cues(d *casus.Document, i int) (out []string) {
	for _, c := range d.Statements[i].Cue {
		out = append(out, d.String(c))
	}
	return out
}

func labelStatement(d *casus.Document, i int) string {
	return fmt.Sprintf("statement by %q", strings.Join(speakers(d, casus.StatementID(i)), ", "))
}

// readEntity reads: "name" key=value... mention "phrase"...
func readEntity(b *builder) error {
	b.line.layer = layer{"entity", func(d *casus.Document) int { return len(d.Entities) },
		func(d *casus.Document, i int) string { return fmt.Sprintf("entity %q", d.Entities[i].Name) }}
	t, ok := b.next()
	if !ok || !t.quoted() {
		return fmt.Errorf("a quoted name must follow entity")
	}
	b.add(check{field: "name", anchor: true, groups: t.groups, fits: part,
		values: values(func(d *casus.Document, i int) []string { return entityNames(d, casus.EntityID(i)) })})
	for {
		t, ok := b.next()
		if !ok {
			return nil
		}
		if t.word() != "mention" {
			if err := b.key(t, entityKeys); err != nil {
				return err
			}
			continue
		}
		t, err := b.phrase("mention")
		if err != nil {
			return err
		}
		b.add(check{field: "mention", groups: t.groups, spans: mentionHeads, wide: mentionSpans})
	}
}

// entityNames gives what an entity may be called: its name and the names among
// its mentions. Pronouns and nouns are no names.
func entityNames(d *casus.Document, id casus.EntityID) []string {
	if !valid(d, id) {
		return nil
	}
	out := []string{d.Entities[id].Name}
	for _, m := range d.Entities[id].Mentions {
		if m.Kind == casus.MentionName {
			out = append(out, d.String(m.Span))
		}
	}
	return out
}

func mentionSpans(d *casus.Document, i int) (out []casus.Span) {
	for _, m := range d.Entities[i].Mentions {
		out = append(out, m.Span)
	}
	return out
}

// mentionHeads gives the main word of every mention, the whole of it where no
// head is known.
func mentionHeads(d *casus.Document, i int) (out []casus.Span) {
	for _, m := range d.Entities[i].Mentions {
		if m.Head >= 0 && int(m.Head) < len(d.Tokens) {
			out = append(out, d.Tokens[m.Head].Span)
		} else {
			out = append(out, m.Span)
		}
	}
	return out
}

var entityKeys = map[string]field{
	"code":    {values: func(d *casus.Document, i int) []string { return []string{string(d.Entities[i].Code)} }},
	"country": {values: func(d *casus.Document, i int) []string { return []string{d.Entities[i].Country} }},
	"anon":    {values: func(d *casus.Document, i int) []string { return yes(d.Entities[i].Anon) }, closed: yesNo},
	"count": {values: func(d *casus.Document, i int) []string {
		n := d.Entities[i].Count
		return []string{fmt.Sprintf("%d..%d", n.Low, n.High)}
	}},
	"kind": {values: func(d *casus.Document, i int) []string { return []string{d.Entities[i].Kind.String()} },
		closed: among([]string{"person", "state", "org", "group", "place", "role"})},
}

func valid(d *casus.Document, id casus.EntityID) bool { return id >= 0 && int(id) < len(d.Entities) }
