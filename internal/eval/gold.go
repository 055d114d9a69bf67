package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/ontology"
)

// Gold is one document of a gold set as docs/format/eval.md describes it.
type Gold struct {
	ID, Text, Lang, Published string
	Scheme                    string // plover16, plover15, penta, actors, user or actor-code
	Actors                    string // "codes", "text" or "": what the actors can be compared by
	Single                    bool   // at most one event was coded: precision is a lower bound
	Events                    []Event
	Tags                      []string
	Phrase                    Phrase // of scheme actor-code, whose text is the wording of one actor
}

// Phrase is who the wording of one actor names.
type Phrase struct {
	Country string // "" where it has none
	Open    bool   // the annotators left the country open
	Role    string // sector; "" where they left it open
}

// Event is one record, gold or coded, as the scorer sees it.
type Event struct {
	Type           string // PLOVER type, of the scheme user the user's own
	CAMEO          string
	Source, Target []Actor
	Reciprocal     bool
	Trigger        []Piece
}

// Piece is a stretch of the text in code points, end exclusive.
type Piece struct{ Start, End int }

// Coded is one coded document.
type Coded struct {
	ID      string
	Events  []codedEvent
	longest Actor // the entity with the longest name
}

type codedEvent struct {
	Event
	userType string
	status   string
}

type wireGold struct {
	ID        *string     `json:"id"`
	Text      *string     `json:"text"`
	Lang      string      `json:"lang"`
	Published string      `json:"published"`
	Scheme    string      `json:"scheme"`
	Actors    string      `json:"actors"`
	Single    bool        `json:"single"`
	Events    []wireEvent `json:"events"`
	Tags      []string    `json:"tags"`
	Country   *string     `json:"country"`
	Role      string      `json:"role"`
}

type wireEvent struct {
	Plover struct {
		Type string `json:"type"`
	} `json:"plover"`
	UserType   string          `json:"user_type"`
	CAMEO      string          `json:"cameo"`
	Source     json.RawMessage `json:"source"`
	Target     json.RawMessage `json:"target"`
	Reciprocal bool            `json:"reciprocal"`
	Trigger    []wirePiece     `json:"trigger"`
	Status     string          `json:"status"`
}

type wirePiece struct {
	Start *int `json:"start"`
	End   *int `json:"end"`
}

type wireActor struct {
	Code string   `json:"code"`
	Text string   `json:"text"`
	Alt  []string `json:"alt"`
}

// schemes are the code books that a gold set may be coded by.
var schemes = []string{"plover16", "plover15", "penta", "actors", "user", phrases}

// phrases is the scheme of sets whose texts are wordings of one actor each.
const phrases = "actor-code"

// ReadGold reads a gold set, one document a line; name is for errors. It tells
// every line that is wrong, up to ten, and what to do about it.
func ReadGold(r io.Reader, name string) ([]Gold, error) {
	var out []Gold
	seen := map[string]int{}
	err := lines(r, name, func(line []byte, n int) error {
		var w wireGold
		if err := json.Unmarshal(line, &w); err != nil {
			return fmt.Errorf("no JSON object of a gold document: %w", err)
		}
		g, err := w.gold()
		if err != nil {
			return err
		}
		if at := seen[g.ID]; at != 0 {
			return fmt.Errorf("the id %q stands in line %d already: give each document its own", g.ID, at)
		}
		seen[g.ID] = n
		out = append(out, g)
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s: no document", name)
	}
	return out, err
}

func (w *wireGold) gold() (Gold, error) {
	if w.ID == nil || w.Text == nil {
		return Gold{}, errors.New(`needs "id" and "text", both strings`)
	}
	if w.Scheme == "" {
		w.Scheme = "plover16"
	}
	if !slices.Contains(schemes, w.Scheme) {
		return Gold{}, fmt.Errorf("unknown scheme %q: use one of %s", w.Scheme, strings.Join(schemes, ", "))
	}
	if w.Actors == "none" {
		w.Actors = ""
	}
	if w.Actors != "" && w.Actors != "codes" && w.Actors != "text" {
		return Gold{}, fmt.Errorf(`"actors" is %q: use "codes", "text" or "none"`, w.Actors)
	}
	g := Gold{ID: *w.ID, Text: *w.Text, Lang: w.Lang, Published: w.Published, Scheme: w.Scheme, Actors: w.Actors, Single: w.Single, Tags: w.Tags}
	if g.Scheme == phrases {
		return w.phrase(g)
	}
	length := utf8.RuneCountInString(g.Text)
	for i := range w.Events {
		ev, err := w.Events[i].gold(g.Scheme, length)
		if err != nil {
			return g, fmt.Errorf("event %d: %w", i+1, err)
		}
		g.Events = append(g.Events, ev)
	}
	return g, nil
}

func (w *wireGold) phrase(g Gold) (Gold, error) {
	if len(w.Events) > 0 {
		return g, fmt.Errorf(`a document of scheme %q is the wording of one actor: it has "country" and "role" and no "events"`, phrases)
	}
	if g.Phrase = (Phrase{Open: w.Country == nil, Role: w.Role}); w.Country != nil {
		g.Phrase.Country = *w.Country
	}
	if g.Phrase.Open && g.Phrase.Role == "" {
		return g, fmt.Errorf(`neither "country" nor "role": a document of scheme %q needs one of them ("country":"" for an actor without)`, phrases)
	}
	return g, nil
}

func (w *wireEvent) gold(scheme string, length int) (ev Event, err error) {
	ev = Event{Type: w.typ(), CAMEO: w.CAMEO, Reciprocal: w.Reciprocal}
	if scheme == "user" {
		if ev.Type = w.UserType; ev.Type == "" {
			return ev, errors.New(`no "user_type", which the scheme user needs`)
		}
	}
	if err := knownType(ev.Type, scheme); err != nil {
		return ev, err
	}
	if ev.Source, err = goldActors(w.Source); err != nil {
		return ev, fmt.Errorf("source: %w", err)
	}
	if ev.Target, err = goldActors(w.Target); err != nil {
		return ev, fmt.Errorf("target: %w", err)
	}
	for _, p := range w.Trigger {
		if p.Start == nil || p.End == nil {
			continue
		}
		if *p.Start < 0 || *p.End < *p.Start || *p.End > length {
			return ev, fmt.Errorf("trigger %d to %d is not in the text of %d code points: offsets are code points, not bytes, the end exclusive", *p.Start, *p.End, length)
		}
		ev.Trigger = append(ev.Trigger, Piece{*p.Start, *p.End})
	}
	return ev, nil
}

// knownType holds a gold type to its code book. A misspelt type would
// otherwise be missed for ever without a word.
func knownType(t, scheme string) error {
	switch scheme {
	case "user", "actors":
		return nil
	case "penta":
		if len(t) == 1 && t >= "1" && t <= "4" {
			return nil
		}
	}
	if _, ok := ontology.ParsePlover(t); ok || t == "" || t == "YIELD" {
		return nil
	}
	return fmt.Errorf("unknown type %q: the types are those of ontology/data/plover.tsv, and YIELD in plover15", t)
}

func goldActors(raw json.RawMessage) ([]Actor, error) {
	var ws []wireActor
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &ws); err != nil {
			return nil, fmt.Errorf(`no list of {"code","text"}: %w`, err)
		}
	}
	var out []Actor
	for _, w := range ws {
		out = append(out, newActor(w.Code, append([]string{w.Text}, w.Alt...)))
	}
	return out, nil
}

type wireCoded struct {
	ID       string      `json:"id"`
	Text     string      `json:"text"`
	Events   []wireEvent `json:"events"`
	Entities []struct {
		ID       string      `json:"id"`
		Name     string      `json:"name"`
		Code     string      `json:"code"`
		Mentions []wirePiece `json:"mentions"`
	} `json:"entities"`
}

// ReadCoded reads coded documents, one a line, as casus code writes them.
func ReadCoded(r io.Reader, name string) ([]Coded, error) {
	var out []Coded
	err := lines(r, name, func(line []byte, _ int) error {
		c, err := ParseCoded(line)
		out = append(out, c)
		return err
	})
	return out, err
}

// ParseCoded reads one line of casus code.
func ParseCoded(line []byte) (Coded, error) {
	var w wireCoded
	if err := json.Unmarshal(line, &w); err != nil {
		return Coded{}, fmt.Errorf("no coded document as casus code --format jsonl writes it: %w", err)
	}
	names := w.entities()
	c := Coded{ID: w.ID, longest: newActor(w.longest(), nil)}
	for i := range w.Events {
		e := &w.Events[i]
		ev := codedEvent{Event: Event{Type: e.typ(), CAMEO: e.CAMEO}, userType: e.UserType, status: e.Status}
		var err error
		if ev.Source, err = codedActors(e.Source, names); err != nil {
			return c, fmt.Errorf("event %d: source: %w", i+1, err)
		}
		if ev.Target, err = codedActors(e.Target, names); err != nil {
			return c, fmt.Errorf("event %d: target: %w", i+1, err)
		}
		for _, p := range e.Trigger {
			if p.Start != nil && p.End != nil {
				ev.Trigger = append(ev.Trigger, Piece{*p.Start, *p.End})
			}
		}
		c.Events = append(c.Events, ev)
	}
	return c, nil
}

// longest gives the code of the entity with the longest name, of the first of such.
func (w *wireCoded) longest() (code string) {
	most := 0
	for _, e := range w.Entities {
		if n := utf8.RuneCountInString(e.Name); n > most {
			most, code = n, e.Code
		}
	}
	return code
}

// entities gives each entity as an actor with its name and all its mentions.
func (w *wireCoded) entities() map[string]Actor {
	text := []rune(w.Text)
	out := map[string]Actor{}
	for _, e := range w.Entities {
		texts := []string{e.Name}
		for _, m := range e.Mentions {
			if m.Start != nil && m.End != nil && *m.Start >= 0 && *m.Start <= *m.End && *m.End <= len(text) {
				texts = append(texts, string(text[*m.Start:*m.End]))
			}
		}
		out[e.ID] = newActor(e.Code, texts)
	}
	return out
}

func codedActors(raw json.RawMessage, names map[string]Actor) ([]Actor, error) {
	var ids []string
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &ids); err != nil {
			return nil, fmt.Errorf("no list of entity ids: %w", err)
		}
	}
	var out []Actor
	for _, id := range ids {
		a, ok := names[id]
		if !ok {
			return nil, fmt.Errorf("no entity %q in the document", id)
		}
		out = append(out, a)
	}
	return out, nil
}

// oldNames are types of earlier drafts of PLOVER and what became of them.
var oldNames = map[string]string{"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT", "SACTION": "SANCTION"}

// typ gives the type of an event, of one without from its CAMEO code.
func (w *wireEvent) typ() string {
	t := strings.ToUpper(w.Plover.Type)
	if n := oldNames[t]; n != "" {
		return n
	}
	if t != "" {
		return t
	}
	for c := w.CAMEO; c != ""; c = c[:len(c)-1] {
		if t := prefixTypes[c]; t != "" {
			return t
		}
	}
	return ""
}

// prefixTypes is the coarse way from CAMEO to PLOVER that the reference scorer
// takes for gold without types, by the longest prefix.
var prefixTypes = map[string]string{"02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "CONCEDE",
	"0813": "RETREAT", "0814": "RETREAT", "084": "RETREAT", "085": "RETREAT", "086": "RETREAT", "087": "RETREAT", "09": "ACCUSE", "10": "REQUEST",
	"11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION", "163": "COERCE", "17": "COERCE",
	"1712": "ASSAULT", "175": "ASSAULT", "18": "ASSAULT", "19": "ASSAULT", "191": "COERCE", "192": "COERCE", "20": "ASSAULT"}

// maxErrors is how many wrong lines are told before reading stops.
const maxErrors = 10

// lines calls f with each line that is not empty and gathers the errors.
func lines(r io.Reader, name string, f func(line []byte, n int) error) error {
	br := bufio.NewReaderSize(r, 1<<16)
	var errs []error
	for n := 1; ; n++ {
		line, err := br.ReadBytes('\n')
		if s := strings.TrimSpace(string(line)); s != "" {
			if e := f([]byte(s), n); e != nil {
				errs = append(errs, fmt.Errorf("%s:%d: %w", name, n, e))
			}
		}
		if len(errs) >= maxErrors {
			return errors.Join(append(errs, fmt.Errorf("%s: more lines may be wrong: mend these first", name))...)
		}
		if errors.Is(err, io.EOF) {
			return errors.Join(errs...)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
}
