package actor

import (
	"slices"
	"sync"

	"casus"
)

// Annotator fills the entity layer. It is immutable after New and safe for
// concurrent use.
type Annotator struct {
	t    *tables
	pool sync.Pool
}

// work is the scratch memory of one document.
type work struct {
	t       *tables
	doc     *casus.Document
	pieces  []piece
	tokWord []int32 // by token: its word in the lexicon, 0 without
	buf     []byte
	hits    []hit
	hitAt   []int32 // by token: hit that covers it, -1 without
	nameAt  []int32 // by token: name of the tagger
	placeAt []int32 // by token: place
	timeAt  []int32 // by token: time expression
	nps     []phrase
	npAt    []int32 // by hit: phrase it heads
	people  []named
	named   []int32 // by token: person name that begins there
	ents    []ent
	stateOf []int32 // by state: entity
	entAt   []int32 // by token: entity of the mention headed there
	aliases []alias
	// countries are those the document names, in order.
	countries []string
	votes     map[string][5]int32 // by text of a tagged name: how often it got each label
	labels    []casus.NameLabel   // by name of the tagger: the label it got most often
	order     []int32             // states in order of their last mention, newest last
	dateline  int32               // state of the dateline, -1
	only      int32               // the only state the document names, -1
	home      int32               // the only state by names of places and bodies as well, -1
}

// New loads the embedded tables and puts the records of users over them.
func New(over ...Record) (*Annotator, error) {
	t, err := loadTables(over)
	if err != nil {
		return nil, err
	}
	a := &Annotator{t: t}
	a.pool.New = func() any { return &work{t: t, votes: map[string][5]int32{}} }
	return a, nil
}

// Annotate fills doc.Entities and calls doc.IndexMentions.
func (a *Annotator) Annotate(doc *casus.Document) error {
	w := a.pool.Get().(*work)
	defer a.pool.Put(w)
	w.begin(doc)
	w.scan()
	w.countStates()
	w.phrases()
	w.findPeople()
	w.walk()
	w.surnames()
	doc.Entities = w.entities()
	doc.IndexMentions()
	w.doc = nil
	return nil
}

func (w *work) begin(doc *casus.Document) {
	w.doc = doc
	n := len(doc.Tokens)
	w.nameAt, w.placeAt, w.timeAt = resize(w.nameAt, n), resize(w.placeAt, n), resize(w.timeAt, n)
	w.named, w.entAt = resize(w.named, n), resize(w.entAt, n)
	for i := range n {
		w.timeAt[i] = -1
		w.nameAt[i], w.placeAt[i], w.named[i], w.entAt[i] = -1, -1, -1, -1
	}
	for i := range doc.Names {
		for t := doc.Names[i].First; t < doc.Names[i].End; t++ {
			w.nameAt[t] = int32(i)
		}
	}
	w.vote()
	for i := range doc.Places {
		first, end := doc.TokenRange(doc.Places[i].Span)
		for t := first; t < end; t++ {
			w.placeAt[t] = int32(i)
		}
	}
	for i := range doc.Times {
		first, end := doc.TokenRange(doc.Times[i].Span)
		for t := first; t < end; t++ {
			w.timeAt[t] = int32(i)
		}
	}
	w.stateOf = resize(w.stateOf, len(w.t.states))
	for i := range w.stateOf {
		w.stateOf[i] = -1
	}
	w.ents, w.people, w.order = w.ents[:0], w.people[:0], w.order[:0]
	w.aliases, w.dateline = w.aliases[:0], -1
}

// vote gives all namings with one text the label that most of them got: the
// tagger sees one sentence at a time, the document is read as a whole.
func (w *work) vote() {
	clear(w.votes)
	for i := range w.doc.Names {
		n := &w.doc.Names[i]
		v := w.votes[w.doc.String(n.Span)]
		v[n.Label] += 2
		w.votes[w.doc.String(n.Span)] = v
	}
	w.labels = w.labels[:0]
	for i := range w.doc.Names {
		n := &w.doc.Names[i]
		v := w.votes[w.doc.String(n.Span)]
		v[n.Label]++ // a tie leaves each its own
		best := n.Label
		for l := range v {
			if v[l] > v[best] {
				best = casus.NameLabel(l)
			}
		}
		w.labels = append(w.labels, best)
	}
}

// countStates finds the only state of the document, if there is just one: an
// article about one country need not repeat whose army it means.
func (w *work) countStates() {
	w.only, w.countries = -1, w.countries[:0]
	for i := range w.hits {
		h := &w.hits[i]
		if h.kinds&(1<<entState|1<<entAdj|1<<entPeople|1<<entCapital) == 0 || h.kinds.has(entBlock) {
			continue
		}
		if iso := w.t.states[h.state].iso; !slices.Contains(w.countries, iso) {
			w.countries = append(w.countries, iso)
		}
		w.only = h.state
	}
	if len(w.countries) != 1 {
		w.only = -1
	} else if s, ok := w.t.byISO[w.countries[0]]; ok {
		w.only = s
	}
	w.home = w.homeState()
}

// homeState gives the only state that the document names, counting the places
// and bodies of a state with it; -1 for several.
func (w *work) homeState() int32 {
	iso := ""
	one := func(c string) bool {
		if c == "" {
			return true
		}
		if iso == "" {
			iso = c
		}
		return iso == c
	}
	for _, c := range w.countries {
		if !one(c) {
			return -1
		}
	}
	for i := range w.doc.Places {
		if !one(w.doc.Places[i].Country) {
			return -1
		}
	}
	for i := range w.hits {
		h := &w.hits[i]
		if h.kinds&(1<<entBody) != 0 && !h.kinds.has(entBlock) && !w.t.bodies[h.body].medium && !one(w.t.bodies[h.body].country) {
			return -1
		}
	}
	if s, ok := w.t.byISO[iso]; ok && iso != "" {
		return s
	}
	return -1
}
