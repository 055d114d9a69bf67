package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// GeoJSON: a FeatureCollection with one feature a line, so that it can be
// written as it comes and cut by lines.

const (
	geoHead = `{"type":"FeatureCollection","features":[`
	geoTail = "]}"
)

type feature struct {
	Type       string      `json:"type"`
	ID         string      `json:"id"`
	Geometry   *point      `json:"geometry"`
	Properties *wireRecord `json:"properties"`
}

type point struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // longitude, latitude
}

type geoWriter struct {
	w       io.Writer
	started bool
}

func (g *geoWriter) Write(r *Record) error {
	f := feature{Type: "Feature", ID: r.ID, Properties: r.wire()}
	if r.Place != nil && r.Place.Located {
		f.Geometry = &point{"Point", [2]float64{r.Place.Lon, r.Place.Lat}}
	}
	b, err := marshal(f)
	if err != nil {
		return err
	}
	lead := ",\n"
	if !g.started {
		lead = geoHead + "\n"
		g.started = true
	}
	_, err = io.WriteString(g.w, lead+string(b))
	return err
}

// Close ends the collection: what was written until then is whole.
func (g *geoWriter) Close() error {
	tail := "\n" + geoTail + "\n"
	if !g.started {
		tail = geoHead + geoTail + "\n"
	}
	_, err := io.WriteString(g.w, tail)
	return err
}

// marshal is json.Marshal with < and & as they are.
func marshal(v any) ([]byte, error) {
	var b lineBuffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	if err != nil {
		return nil, err
	}
	return b[:len(b)-1], nil
}

type lineBuffer []byte

func (b *lineBuffer) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}

// readGeoJSON yields the features of a collection.
func readGeoJSON(in io.Reader) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		var c struct {
			Type     string            `json:"type"`
			Features []json.RawMessage `json:"features"`
		}
		if err := json.NewDecoder(in).Decode(&c); err != nil {
			yield(nil, fmt.Errorf("GeoJSON: %w", err))
			return
		}
		if c.Type != "FeatureCollection" {
			yield(nil, fmt.Errorf("GeoJSON: %q is no FeatureCollection", c.Type))
			return
		}
		for _, raw := range c.Features {
			if !yield(decodeFeature(raw)) {
				return
			}
		}
	}
}

func decodeFeature(raw json.RawMessage) (*Record, error) {
	var f feature
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, fmt.Errorf("feature: %w", err)
	}
	if f.Type != "Feature" || f.Properties == nil {
		return nil, errors.New("feature: no Feature with properties")
	}
	if g := f.Geometry; g != nil && (g.Type != "Point" || g.Coordinates[0] < -180 || g.Coordinates[0] > 180 || g.Coordinates[1] < -90 || g.Coordinates[1] > 90) {
		return nil, fmt.Errorf("feature %q: no point on earth", f.ID)
	}
	r, err := f.Properties.record()
	if err != nil {
		return nil, err
	}
	if r.ID != f.ID {
		return nil, fmt.Errorf("feature %q: its properties belong to %q", f.ID, r.ID)
	}
	return r, nil
}
