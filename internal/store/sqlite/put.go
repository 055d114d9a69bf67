package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"casus"
	"casus/internal/export"
	"casus/internal/store"
)

// Put keeps documents in one transaction.
func (db *DB) Put(ctx context.Context, engine string, docs ...*casus.Document) ([]store.Outcome, error) {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, db.wrap("put", err)
	}
	defer tx.Rollback()
	p := putter{ctx: ctx, tx: tx, engine: engine, db: db}
	out := make([]store.Outcome, len(docs))
	for i, doc := range docs {
		if out[i], err = p.document(doc); err != nil {
			return nil, db.wrap(fmt.Sprintf("put document %q", doc.ID), err)
		}
	}
	if err := tx.Commit(); err != nil {
		return nil, db.wrap("put", err)
	}
	return out, nil
}

// putter writes the rows of documents inside a transaction.
type putter struct {
	ctx    context.Context
	tx     *sql.Tx
	db     *DB
	engine string
	enc    export.Encoder
	key    int64 // of the document being written
}

func (p *putter) exec(query string, args ...any) (int64, error) {
	r, err := p.tx.ExecContext(p.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// contentKey is the hash of a document's identity and text; the identity is
// part of it because the same text from two outlets is two voices.
func contentKey(doc *casus.Document) []byte {
	h := sha256.New()
	for _, s := range []string{doc.Outlet, doc.URL, doc.Title, published(doc), doc.Text} {
		fmt.Fprintf(h, "%d:%s\n", len(s), s)
	}
	return h.Sum(nil)
}

// published is the day that the outlet gave; a day found in the text may be
// found otherwise by the next engine and is no part of the identity.
func published(doc *casus.Document) string {
	if doc.PublishedReason != "given" {
		return ""
	}
	return doc.Published.String()
}

func (p *putter) document(doc *casus.Document) (store.Outcome, error) {
	sum := contentKey(doc)
	var engine string
	err := p.tx.QueryRowContext(p.ctx, "SELECT key, engine FROM documents WHERE id = ? AND sha256 = ?", doc.ID, sum).Scan(&p.key, &engine)
	switch {
	case err == nil && engine == p.engine:
		return store.Duplicate, nil
	case err == nil:
		return store.Recoded, p.recode(doc)
	case !errors.Is(err, sql.ErrNoRows):
		return 0, err
	}
	return p.insert(doc, sum)
}

func (p *putter) insert(doc *casus.Document, sum []byte) (store.Outcome, error) {
	var revision int
	err := p.tx.QueryRowContext(p.ctx, "SELECT coalesce(max(revision), 0) + 1 FROM documents WHERE id = ?", doc.ID).Scan(&revision)
	if err != nil {
		return 0, err
	}
	outcome := store.Stored
	if revision > 1 {
		outcome = store.Revised
	}
	name, err := p.freeName(doc.ID, revision)
	if err != nil {
		return 0, err
	}
	line, err := p.line(doc)
	if err != nil {
		return 0, err
	}
	p.key, err = p.exec(`INSERT INTO documents (name, id, revision, outlet, url, title, lang, published, sha256, engine, size, line)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, name, doc.ID, revision, doc.Outlet, doc.URL, doc.Title, doc.Lang,
		doc.Published.String(), sum, p.engine, len(doc.Text), line)
	if err != nil {
		return 0, err
	}
	if _, err := p.exec("INSERT INTO document_words (rowid, title, text) VALUES (?, ?, ?)", p.key, doc.Title, doc.Text); err != nil {
		return 0, err
	}
	return outcome, p.layers(doc)
}

// freeName gives the identity itself for the first text, "id@2" for the second,
// and goes on counting where another document already has that identity.
func (p *putter) freeName(id string, revision int) (string, error) {
	for n := revision; ; n++ {
		name := id
		if n > 1 {
			name = fmt.Sprintf("%s@%d", id, n)
		}
		var taken int
		if err := p.tx.QueryRowContext(p.ctx, "SELECT count(*) FROM documents WHERE name = ?", name).Scan(&taken); err != nil || taken == 0 {
			return name, err
		}
	}
}

func (p *putter) line(doc *casus.Document) ([]byte, error) {
	line, err := p.enc.Append(nil, doc)
	if err != nil {
		return nil, err
	}
	return p.db.enc.EncodeAll(line, nil), nil
}

// recode replaces the layers of a document that another engine coded.
func (p *putter) recode(doc *casus.Document) error {
	line, err := p.line(doc)
	if err != nil {
		return err
	}
	for _, q := range []string{
		"DELETE FROM event_words WHERE rowid IN (SELECT key FROM events WHERE document = ?)",
		"DELETE FROM statement_words WHERE rowid IN (SELECT key FROM statements WHERE document = ?)",
		"DELETE FROM events WHERE document = ?", "DELETE FROM statements WHERE document = ?"} {
		if _, err := p.exec(q, p.key); err != nil {
			return err
		}
	}
	if _, err := p.exec("UPDATE documents SET engine = ?, line = ?, lang = ?, published = ? WHERE key = ?", p.engine, line, doc.Lang,
		doc.Published.String(), p.key); err != nil {
		return err
	}
	return p.layers(doc)
}

func (p *putter) layers(doc *casus.Document) error {
	for i := range doc.Statements {
		if err := p.statement(doc, casus.StatementID(i)); err != nil {
			return fmt.Errorf("statement %d: %w", i+1, err)
		}
	}
	for i := range doc.Events {
		if err := p.event(doc, casus.EventID(i)); err != nil {
			return fmt.Errorf("event %d: %w", i+1, err)
		}
	}
	return nil
}

func (p *putter) statement(doc *casus.Document, id casus.StatementID) error {
	s := &doc.Statements[id]
	code := ""
	if s.Speaker != casus.None {
		code = string(doc.Entities[s.Speaker].Code)
	}
	content := export.Quote(doc, s.Content)
	key, err := p.exec(`INSERT INTO statements (document, n, speaker, code, voices, stance, kind, cue, content)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, p.key, int(id)+1, export.Voice(doc, id), code, export.Voices(doc, id),
		s.Stance.String(), s.Kind.String(), export.Quote(doc, s.Cue), content)
	if err != nil {
		return err
	}
	_, err = p.exec("INSERT INTO statement_words (rowid, content) VALUES (?, ?)", key, content)
	return err
}

func (p *putter) event(doc *casus.Document, id casus.EventID) error {
	ev := &doc.Events[id]
	r := row(doc, ev)
	magnitude, err := json.Marshal(r.magnitude)
	if err != nil {
		return err
	}
	key, err := p.exec(`INSERT INTO events (document, n, type, mode, cameo, contexts, status, phase, first_day, last_day, time,
		place, country, lat, lon, magnitude, speaker, voices, stance, sentence, trigger, reciprocal)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, p.key, int(id)+1, ev.Type.String(), ev.Mode, ev.CAMEO,
		strings.Join(ev.Contexts, " "), ev.Status.String(), ev.Phase.String(), r.first, r.last, ev.Time.Value, r.place, r.country,
		r.lat, r.lon, string(magnitude), r.speaker, r.voices, r.stance, r.sentence, export.Quote(doc, ev.Trigger), ev.Reciprocal)
	if err != nil {
		return err
	}
	if _, err := p.exec("INSERT INTO event_words (rowid, title, sentence) VALUES (?, ?, ?)", key, doc.Title, r.sentence); err != nil {
		return err
	}
	if err := p.actors(doc, key, "source", ev.Source); err != nil {
		return err
	}
	return p.actors(doc, key, "target", ev.Target)
}

func (p *putter) actors(doc *casus.Document, event int64, role string, ids []casus.EntityID) error {
	for i, id := range ids {
		ent := &doc.Entities[id]
		if _, err := p.exec("INSERT INTO actors (event, role, n, name, code) VALUES (?, ?, ?, ?, ?)", event, role, i, ent.Name,
			string(ent.Code)); err != nil {
			return err
		}
	}
	return nil
}

// magnitudeRow is a figure as the magnitude column holds it. Rows of before
// migration 2 have no bounds.
type magnitudeRow struct {
	Value float64  `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
	Unit  string   `json:"unit"`
	Class string   `json:"class,omitempty"`
}

// figure gives the figure of a row.
func (m *magnitudeRow) figure() casus.Magnitude {
	out := casus.Magnitude{Quantity: casus.None, Value: m.Value, Low: m.Value, High: m.Value, Unit: m.Unit, Class: m.Class}
	if m.Low != nil && m.High != nil {
		out.Low, out.High = *m.Low, *m.High
	}
	return out
}

// eventRow holds the columns of an event that are drawn from other layers.
type eventRow struct {
	first, last, place, country       string
	lat, lon                          any
	speaker, voices, stance, sentence string
	magnitude                         []magnitudeRow
}

func row(doc *casus.Document, ev *casus.Event) eventRow {
	r := eventRow{first: ev.Time.Interval.Start.String(), last: ev.Time.Interval.End.String(), magnitude: []magnitudeRow{},
		sentence: export.Quote(doc, []casus.Span{doc.Sentences[ev.Sentence].Span})}
	if r.first == "" {
		r.first = doc.Published.String()
	}
	if r.last == "" {
		r.last = r.first
	}
	if ev.Place != casus.None {
		pl := &doc.Places[ev.Place]
		r.place, r.country = pl.Name, pl.Country
		if pl.Located() {
			r.lat, r.lon = float64(pl.Lat), float64(pl.Lon)
		}
	}
	for _, m := range ev.Magnitude {
		r.magnitude = append(r.magnitude, magnitudeRow{m.Value, &m.Low, &m.High, m.Unit, m.Class})
	}
	if len(ev.Attribution) > 0 {
		s := ev.Attribution[0]
		r.speaker, r.voices, r.stance = export.Voice(doc, s), export.Voices(doc, s), doc.Statements[s].Stance.String()
	}
	return r
}

// PutFailure keeps a failure; the same failure twice is kept once.
func (db *DB) PutFailure(ctx context.Context, f *casus.Failure) error {
	_, err := db.write.ExecContext(ctx, "INSERT OR IGNORE INTO failures (place, id, stage, cause, hint) VALUES (?, ?, ?, ?, ?)",
		f.Where, f.ID, f.Stage, f.Cause.Error(), f.Hint)
	return db.wrap("put failure", err)
}
