package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"

	"casus"
	"casus/internal/export"
	"casus/internal/store"
)

// where gathers conditions and their arguments; every value is a parameter.
type where struct {
	conds []string
	args  []any
}

func (w *where) add(cond string, args ...any) {
	w.conds, w.args = append(w.conds, cond), append(w.args, args...)
}

func (w *where) String() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

func limit(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" LIMIT %d", n)
}

// Words quotes a user's words for FTS5, whose own syntax (NEAR, column
// filters, *) must not reach it: each word becomes a string, all must occur.
func Words(text string) string {
	var out []string
	for _, w := range strings.Fields(text) {
		w = strings.ReplaceAll(strings.ReplaceAll(w, "\x00", ""), `"`, `""`)
		if w != "" {
			out = append(out, `"`+w+`"`)
		}
	}
	return strings.Join(out, " ")
}

// like makes a pattern that finds text anywhere; its own signs are escaped.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text) + "%"
}

// isCode reports an actor code or the beginning of one: upper-case letters,
// three or more, in threes.
func isCode(s string) bool {
	if len(s) < 3 || len(s)%3 != 0 {
		return false
	}
	for _, c := range s {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

// actor adds the condition that an actor of the role ("" for either) fits.
func (w *where) actor(role, who string) {
	if who == "" {
		return
	}
	cond, arg := `a.name LIKE ? ESCAPE '\'`, any(like(who))
	args := []any{arg}
	if isCode(who) {
		cond, args = "a.code >= ? AND a.code < ?", []any{who, who + "["} // "[" follows "Z"
	}
	if role != "" {
		cond += " AND a.role = ?"
		args = append(args, role)
	}
	w.add("EXISTS (SELECT 1 FROM actors a WHERE a.event = e.key AND "+cond+")", args...)
}

func oneOf[T fmt.Stringer](w *where, column string, values []T) {
	if len(values) == 0 {
		return
	}
	marks := make([]string, len(values))
	args := make([]any, len(values))
	for i, v := range values {
		marks[i], args[i] = "?", v.String()
	}
	w.add(column+" IN ("+strings.Join(marks, ", ")+")", args...)
}

func (w *where) days(column string, from, to casus.Date) {
	if !from.IsZero() {
		w.add(column+" >= ?", from.String())
	}
	if !to.IsZero() {
		w.add(column+" <> '' AND "+column+" <= ?", lastDay(to))
	}
}

// lastDay makes "2025-08" hold all its days when days are compared as text.
func lastDay(d casus.Date) string {
	s := d.String()
	if d.Day == 0 {
		return s + "~"
	}
	return s
}

func eventWhere(f store.EventFilter) *where {
	w := &where{}
	w.actor("", f.Actor)
	w.actor("source", f.Source)
	w.actor("target", f.Target)
	oneOf(w, "e.type", f.Types)
	oneOf(w, "e.status", f.Status)
	w.days("e.first_day", f.From, f.To)
	if f.Place != "" {
		w.add(`(e.place LIKE ? ESCAPE '\' OR e.country = ?)`, like(f.Place), f.Place)
	}
	if f.Speaker != "" {
		w.add(`e.voices LIKE ? ESCAPE '\'`, like(f.Speaker))
	}
	if f.Document != "" {
		w.add("d.name = ?", f.Document)
	}
	if words := Words(f.Text); words != "" {
		w.add("e.key IN (SELECT rowid FROM event_words WHERE event_words MATCH ?)", words)
	}
	return w
}

// Events yields the events that fit.
func (db *DB) Events(ctx context.Context, f store.EventFilter) iter.Seq2[store.EventRow, error] {
	w := eventWhere(f)
	query := `SELECT e.key, d.name, e.n, d.outlet, d.url, d.title, d.published, e.type, e.mode, e.cameo, e.contexts, e.status, e.phase,
		e.first_day, e.last_day, e.time, e.place, e.country, e.lat, e.lon, e.magnitude, e.speaker, e.voices, e.stance,
		e.sentence, e.trigger, e.reciprocal FROM events e JOIN documents d ON d.key = e.document` + w.String() +
		" ORDER BY e.first_day, d.name, e.n" + limit(f.Limit)
	return func(yield func(store.EventRow, error) bool) {
		rows, err := collect(ctx, db.read, query, w.args, scanEvent)
		if err != nil {
			yield(store.EventRow{}, db.wrap("events", err))
			return
		}
		for _, r := range rows {
			if err := db.actorsOf(ctx, r.key, &r.EventRow); err != nil {
				yield(store.EventRow{}, db.wrap("events", err))
				return
			}
			if !yield(r.EventRow, nil) {
				return
			}
		}
	}
}

type keyedEvent struct {
	store.EventRow
	key int64
}

func scanEvent(rows *sql.Rows) (keyedEvent, error) {
	var r keyedEvent
	var n int
	var published, contexts, first, last, magnitude string
	var lat, lon sql.NullFloat64
	err := rows.Scan(&r.key, &r.Document, &n, &r.Outlet, &r.URL, &r.Title, &published, &r.Type, &r.Mode, &r.CAMEO, &contexts, &r.Status,
		&r.Phase, &first, &last, &r.TimeValue, &r.Place, &r.Country, &lat, &lon, &magnitude, &r.Speaker, &r.Voices, &r.Stance,
		&r.Sentence, &r.Trigger, &r.Reciprocal)
	if err != nil {
		return r, err
	}
	r.ID = fmt.Sprintf("%s#v%d", r.Document, n)
	r.Contexts = strings.Fields(contexts)
	r.Lat, r.Lon, r.Located = lat.Float64, lon.Float64, lat.Valid
	var figures []magnitudeRow
	if err := json.Unmarshal([]byte(magnitude), &figures); err != nil {
		return r, fmt.Errorf("magnitude of %s: %w", r.ID, err)
	}
	for i := range figures {
		r.Magnitude = append(r.Magnitude, figures[i].figure())
	}
	return r, dates(map[*casus.Date]string{&r.Published: published, &r.Start: first, &r.End: last})
}

func dates(ds map[*casus.Date]string) error {
	for d, s := range ds {
		if s == "" {
			continue
		}
		var err error
		if *d, err = casus.ParseDate(s); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) actorsOf(ctx context.Context, key int64, r *store.EventRow) error {
	rows, err := db.read.QueryContext(ctx, "SELECT role, name, code FROM actors WHERE event = ? ORDER BY role, n", key)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var role string
		var a store.ActorRow
		if err := rows.Scan(&role, &a.Name, &a.Code); err != nil {
			return err
		}
		if role == "source" {
			r.Source = append(r.Source, a)
		} else {
			r.Target = append(r.Target, a)
		}
	}
	return rows.Err()
}

// Document rebuilds a document by its name.
func (db *DB) Document(ctx context.Context, name string) (*casus.Document, error) {
	var packed []byte
	err := db.read.QueryRowContext(ctx, "SELECT line FROM documents WHERE name = ?", name).Scan(&packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, db.wrap(fmt.Sprintf("document %q", name), store.ErrNotFound)
	}
	if err != nil {
		return nil, db.wrap("document", err)
	}
	line, err := db.dec.DecodeAll(packed, nil)
	if err != nil {
		return nil, db.wrap(fmt.Sprintf("document %q", name), err)
	}
	doc, err := export.Decode(line)
	return doc, db.wrap(fmt.Sprintf("document %q", name), err)
}

// Documents yields the documents that fit.
func (db *DB) Documents(ctx context.Context, f store.DocumentFilter) iter.Seq2[store.DocumentRow, error] {
	w := &where{}
	if f.Outlet != "" {
		w.add("d.outlet = ?", f.Outlet)
	}
	w.days("d.published", f.From, f.To)
	if words := Words(f.Text); words != "" {
		w.add("d.key IN (SELECT rowid FROM document_words WHERE document_words MATCH ?)", words)
	}
	query := `SELECT d.name, d.id, d.outlet, d.url, d.title, d.lang, d.engine, d.published, d.size,
		(SELECT count(*) FROM events WHERE document = d.key), (SELECT count(*) FROM statements WHERE document = d.key)
		FROM documents d` + w.String() + " ORDER BY d.published, d.name" + limit(f.Limit)
	return query2(ctx, db, "documents", query, w.args, func(rows *sql.Rows) (r store.DocumentRow, err error) {
		var published string
		if err = rows.Scan(&r.Name, &r.ID, &r.Outlet, &r.URL, &r.Title, &r.Lang, &r.Engine, &published, &r.Size, &r.Events, &r.Statements); err != nil {
			return r, err
		}
		return r, dates(map[*casus.Date]string{&r.Published: published})
	})
}

// Failures yields the failures.
func (db *DB) Failures(ctx context.Context) iter.Seq2[store.FailureRow, error] {
	return query2(ctx, db, "failures", "SELECT place, id, stage, cause, hint FROM failures ORDER BY key", nil,
		func(rows *sql.Rows) (r store.FailureRow, err error) {
			return r, rows.Scan(&r.Where, &r.ID, &r.Stage, &r.Cause, &r.Hint)
		})
}

// query2 yields the rows of a query, read in full before the first is given.
func query2[T any](ctx context.Context, db *DB, what, query string, args []any, scan func(*sql.Rows) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		all, err := collect(ctx, db.read, query, args, scan)
		if err != nil {
			var zero T
			yield(zero, db.wrap(what, err))
			return
		}
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// collect reads the rows of a query and closes it before the next one, so that
// a slow consumer holds no read transaction.
func collect[T any](ctx context.Context, q *sql.DB, query string, args []any, scan func(*sql.Rows) (T, error)) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// Stats counts what is kept.
func (db *DB) Stats(ctx context.Context) (store.Stats, error) {
	var s store.Stats
	err := db.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM events),
		(SELECT count(*) FROM statements), (SELECT count(*) FROM failures)`).Scan(&s.Documents, &s.Events, &s.Statements, &s.Failures)
	return s, db.wrap("stats", err)
}
