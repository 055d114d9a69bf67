package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"casus"
	"casus/ontology"
)

// PLOVER's own JSON: one record an event, all sides in lists.

const ploverCodebook = "plover-0.8"

type ploverRecord struct {
	ID         string         `json:"id"`
	HasEvent   bool           `json:"has_event"`
	Date       string         `json:"date"`
	EndDate    string         `json:"enddate,omitempty"`
	Source     []ploverActor  `json:"source"`
	Recipient  []ploverActor  `json:"recipient,omitempty"`
	Event      []string       `json:"event"`
	EventLoc   *ploverPlace   `json:"event_loc,omitempty"`
	EventText  []string       `json:"event_text"`
	QuadCode   int            `json:"quad_code"`
	EventScale float64        `json:"event_scale"`
	Mode       string         `json:"mode,omitempty"`
	Context    []string       `json:"context,omitempty"`
	Status     string         `json:"status"`
	TextInfo   ploverText     `json:"text_info"`
	CiteInfo   ploverCitation `json:"cite_info"`
	Coder      string         `json:"coder"`
}

type ploverActor struct {
	Code   string `json:"code,omitempty"`
	Sector string `json:"sector,omitempty"`
	Text   string `json:"actor_text,omitempty"`
	Name   string `json:"identifier_text,omitempty"`
	Office string `json:"office,omitempty"`
}

type ploverPlace struct {
	GeoNameID    int32    `json:"geonameid,omitempty"`
	Name         string   `json:"name"`
	Lat          *float64 `json:"latitude,omitempty"`
	Lon          *float64 `json:"longitude,omitempty"`
	FeatureClass string   `json:"feature class,omitempty"`
	FeatureCode  string   `json:"feature code,omitempty"`
	CountryCode  string   `json:"country code,omitempty"`
	CC3          string   `json:"cc3,omitempty"`
}

type ploverText struct {
	Sequence int `json:"sequence"`
	Start    int `json:"start"`
	End      int `json:"end"`
}

type ploverCitation struct {
	Citation    string `json:"citation"`
	URL         string `json:"url,omitempty"`
	Title       string `json:"title,omitempty"`
	Language    string `json:"language,omitempty"`
	Publication string `json:"publication,omitempty"`
	Codebook    string `json:"codebook"`
}

func ploverOf(r *Record) *ploverRecord {
	w := &ploverRecord{ID: r.ID, HasEvent: true, Date: r.Day.String(), Source: each(r.Source, ploverActorOf), Event: []string{r.Type.String()},
		EventText: strings.Split(r.Trigger, " ... "), QuadCode: int(r.Type.Quad()), EventScale: r.score(), Mode: r.Mode, Context: r.Contexts,
		Status: r.Status.String(), TextInfo: ploverText{r.Sentence + 1, r.SentenceSpan.Start, r.SentenceSpan.End},
		CiteInfo: ploverCitation{r.Document, r.URL, r.Title, r.Lang, r.Outlet, ploverCodebook}, Coder: "casus"}
	if len(r.Target) > 0 {
		w.Recipient = each(r.Target, ploverActorOf)
	}
	if r.DayFrom == "text" && !r.End.IsZero() && r.End != r.Day {
		w.EndDate = r.End.String()
	}
	if p := r.Place; p != nil {
		class, code, _ := strings.Cut(p.FCode, ".")
		w.EventLoc = &ploverPlace{GeoNameID: p.GeoNameID, Name: p.Name, FeatureClass: class, FeatureCode: code,
			CountryCode: countryOf(p.Country).iso2, CC3: p.Country}
		if p.Located {
			w.EventLoc.Lat, w.EventLoc.Lon = &p.Lat, &p.Lon
		}
	}
	return w
}

// ploverActorOf divides a code into what stands in the place of the country
// and the sectors behind it.
func ploverActorOf(p *Party) ploverActor {
	code, sectors := p.Code.Country(), p.Code.Sectors()
	if strings.HasPrefix(string(p.Code), ontology.OpenCountry) {
		code = ontology.OpenCountry
	} else if code == "" && len(sectors) > 0 {
		if s, ok := ontology.LookupSector(sectors[0]); ok && s.International {
			code, sectors = sectors[0], sectors[1:]
		}
	}
	return ploverActor{code, strings.Join(sectors, ""), p.Text, p.Name, p.Title}
}

// decodePlover reads a PLOVER record.
func decodePlover(line []byte) (*Record, error) {
	var w ploverRecord
	if err := json.Unmarshal(line, &w); err != nil {
		return nil, fmt.Errorf("PLOVER record: %w", err)
	}
	if w.ID == "" || w.Date == "" || len(w.Event) == 0 || w.Source == nil {
		return nil, errors.New("PLOVER record: id, date, source and event are required")
	}
	f := &fromWire{}
	r := &Record{ID: w.ID, Key: keyOf(w.ID), Day: f.date(w.Date), End: f.date(w.EndDate), Source: every(w.Source, ploverParty),
		Target: every(w.Recipient, ploverParty), Mode: w.Mode, Contexts: every(w.Context, same), Trigger: strings.Join(w.EventText, " ... "),
		Sentence: w.TextInfo.Sequence - 1, SentenceSpan: Range{w.TextInfo.Start, w.TextInfo.End}, Document: w.CiteInfo.Citation,
		URL: w.CiteInfo.URL, Title: w.CiteInfo.Title, Lang: w.CiteInfo.Language, Outlet: w.CiteInfo.Publication}
	if err := setType(r, w.Event[0]); err != nil {
		f.fail("%w", err)
	}
	r.Status = closed(f, w.Status, casus.NumStatus, casus.Status.String)
	if p := w.EventLoc; p != nil {
		r.Place = &Location{Name: p.Name, GeoNameID: p.GeoNameID, Country: p.CC3, FCode: p.FeatureClass + "." + p.FeatureCode}
		if p.FeatureClass == "" {
			r.Place.FCode = ""
		}
		if p.Lat != nil && p.Lon != nil {
			r.Place.Lat, r.Place.Lon, r.Place.Located = *p.Lat, *p.Lon, true
		}
	}
	if f.err != nil {
		return nil, fmt.Errorf("PLOVER record %q: %w", w.ID, f.err)
	}
	return r, nil
}

func ploverParty(a *ploverActor) Party {
	p := Party{Name: a.Name, Text: a.Text, Title: a.Office, Code: ontology.Actor(a.Code + a.Sector)}
	p.Country = p.Code.Country()
	return p
}
