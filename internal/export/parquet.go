package export

import (
	"io"
	"time"

	"casus"
	"casus/ontology"

	"github.com/parquet-go/parquet-go"
)

// Parquet: the flat table with its lists as lists. Casus only writes it:
// readers of Parquet panic on damaged files, and nothing here needs one.

// parquetGroup is how many rows share a row group: as many as are held in
// memory.
const parquetGroup = 10000

type parquetRow struct {
	ID            string           `parquet:"id"`
	Document      string           `parquet:"document,dict"`
	Event         string           `parquet:"event"`
	Outlet        string           `parquet:"outlet,dict"`
	URL           string           `parquet:"url,dict"`
	Title         string           `parquet:"title,dict"`
	Lang          string           `parquet:"lang,dict"`
	Published     *int32           `parquet:"published,optional,date"`
	Day           *int32           `parquet:"day,optional,date"`
	DayFrom       string           `parquet:"day_from,dict"`
	Time          string           `parquet:"time"`
	Start         *int32           `parquet:"start,optional,date"`
	End           *int32           `parquet:"end,optional,date"`
	Granularity   string           `parquet:"granularity,dict"`
	Type          string           `parquet:"type,dict"`
	Mode          string           `parquet:"mode,dict"`
	Contexts      []string         `parquet:"contexts,list"`
	CAMEO         string           `parquet:"cameo,dict"`
	UserType      string           `parquet:"user_type,dict"`
	Quad          int32            `parquet:"quad"`
	Goldstein     *float64         `parquet:"goldstein,optional"`
	Score         *float64         `parquet:"score,optional"`
	Source        []parquetParty   `parquet:"source,list"`
	Target        []parquetParty   `parquet:"target,list"`
	Reciprocal    bool             `parquet:"reciprocal"`
	Status        string           `parquet:"status,dict"`
	Phase         string           `parquet:"phase,dict"`
	Historical    bool             `parquet:"historical"`
	Place         *string          `parquet:"place,optional"`
	Country       *string          `parquet:"country,optional"`
	Lat           *float64         `parquet:"lat,optional"`
	Lon           *float64         `parquet:"lon,optional"`
	GeoNameID     *int32           `parquet:"geonameid,optional"`
	FCode         *string          `parquet:"fcode,optional"`
	Relation      *string          `parquet:"relation,optional"`
	Magnitude     []parquetFigures `parquet:"magnitude,list"`
	Voices        []parquetVoice   `parquet:"voices,list"`
	Trigger       string           `parquet:"trigger"`
	TriggerSpans  []parquetSpan    `parquet:"trigger_spans,list"`
	Sentence      int32            `parquet:"sentence"`
	SentenceStart int32            `parquet:"sentence_start"`
	SentenceEnd   int32            `parquet:"sentence_end"`
	SentenceText  string           `parquet:"sentence_text"`
	Mentions      []parquetSpan    `parquet:"mentions,list"`
	Joined        []string         `parquet:"joined,list"`
}

type parquetParty struct {
	Name    string `parquet:"name"`
	Text    string `parquet:"text"`
	Title   string `parquet:"title"`
	Kind    string `parquet:"kind"`
	Code    string `parquet:"code"`
	Country string `parquet:"country"`
}

type parquetFigures struct {
	Value float64 `parquet:"value"`
	Low   float64 `parquet:"low"`
	High  float64 `parquet:"high"`
	Unit  string  `parquet:"unit"`
	Class string  `parquet:"class"`
}

type parquetVoice struct {
	Chain   []string `parquet:"chain,list"`
	Speaker string   `parquet:"speaker"`
	Code    string   `parquet:"code"`
	Stance  string   `parquet:"stance"`
	Kind    string   `parquet:"kind"`
	Cue     string   `parquet:"cue"`
}

type parquetSpan struct {
	Start int32 `parquet:"start"`
	End   int32 `parquet:"end"`
}

type parquetWriter struct {
	w    *parquet.GenericWriter[parquetRow]
	rows int
}

func newParquetWriter(w io.Writer) *parquetWriter {
	return &parquetWriter{w: parquet.NewGenericWriter[parquetRow](w, parquet.Compression(&parquet.Zstd),
		parquet.CreatedBy("casus", "1", ""))}
}

func (p *parquetWriter) Write(r *Record) error {
	if _, err := p.w.Write([]parquetRow{parquetOf(r)}); err != nil {
		return err
	}
	if p.rows++; p.rows%parquetGroup == 0 {
		return p.w.Flush()
	}
	return nil
}

// Close writes the footer, without which the file can not be read.
func (p *parquetWriter) Close() error { return p.w.Close() }

func parquetOf(r *Record) parquetRow {
	w := parquetRow{ID: r.ID, Document: r.Document, Event: r.Event, Outlet: r.Outlet, URL: r.URL, Title: r.Title, Lang: r.Lang,
		Published: epochDay(r.Published), Day: epochDay(r.Day), DayFrom: r.DayFrom, Time: r.TimeValue, Start: epochDay(r.Start),
		End: epochDay(r.End), Granularity: r.Granularity.String(), Type: r.Type.String(), Mode: r.Mode, Contexts: r.Contexts,
		CAMEO: r.CAMEO, UserType: r.UserType, Quad: int32(r.quad()), Source: each(r.Source, parquetPartyOf), Target: each(r.Target, parquetPartyOf),
		Reciprocal: r.Reciprocal, Status: r.Status.String(), Phase: r.Phase.String(), Historical: r.Historical,
		Magnitude: each(r.Magnitude, func(f *Figures) parquetFigures { return parquetFigures{f.Value, f.Low, f.High, f.Unit, f.Class} }),
		Voices:    each(r.Voices, parquetVoiceOf), Trigger: r.Trigger, TriggerSpans: each(r.TriggerSpans, parquetSpanOf),
		Sentence: int32(r.Sentence), SentenceStart: int32(r.SentenceSpan.Start), SentenceEnd: int32(r.SentenceSpan.End),
		SentenceText: r.SentenceText, Mentions: each(r.Mentions, parquetSpanOf),
		Joined: each(r.Origins, func(o *Origin) string { return o.ID })}
	if r.Type != ontology.PloverNone {
		s := r.score()
		w.Score = &s
	}
	if c, ok := ontology.CAMEO(r.CAMEO); ok {
		g := short32(c.Goldstein)
		w.Goldstein = &g
	}
	if p := r.Place; p != nil {
		w.Place, w.Country, w.FCode, w.Relation = &p.Name, &p.Country, &p.FCode, &p.Relation
		if p.GeoNameID != 0 {
			w.GeoNameID = &p.GeoNameID
		}
		if p.Located {
			w.Lat, w.Lon = &p.Lat, &p.Lon
		}
	}
	return w
}

// epochDay gives the days since 1970; nil for a day that is not known.
func epochDay(d casus.Date) *int32 {
	if d.IsZero() {
		return nil
	}
	n := int32(d.Time().Unix() / int64(24*time.Hour/time.Second))
	return &n
}

func parquetPartyOf(p *Party) parquetParty {
	return parquetParty{p.Name, p.Text, p.Title, p.Kind.String(), string(p.Code), p.Country}
}

func parquetVoiceOf(a *Attribution) parquetVoice {
	return parquetVoice{append([]string{}, a.Chain...), a.Speaker, string(a.Code), a.Stance.String(), a.Kind.String(), a.Cue}
}

func parquetSpanOf(r *Range) parquetSpan { return parquetSpan{int32(r.Start), int32(r.End)} }
