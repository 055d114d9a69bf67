// Package sqlite keeps coded documents in one SQLite file: write-ahead log,
// synchronous FULL, one writer, a pool of readers. It takes and gives the
// contract of package store. docs/format/database.md describes the file.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	"casus/internal/store"

	"github.com/klauspost/compress/zstd"
	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks the file as ours: "CASU".
const applicationID = 0x43415355

// DB is a store in one file.
type DB struct {
	path  string
	write *sql.DB // one connection
	read  *sql.DB
	enc   *zstd.Encoder
	dec   *zstd.Decoder
}

var _ store.Store = (*DB)(nil)

// Open opens the database, making or migrating it as needed.
func Open(ctx context.Context, path string) (*DB, error) {
	db := &DB{path: path}
	if err := db.open(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	return db, nil
}

// OpenExisting opens a database that must be there.
func OpenExisting(ctx context.Context, path string) (*DB, error) {
	if _, err := os.Stat(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("database %s: %w: make it with casus code --db %s FILE", path, store.ErrNotFound, path)
		}
		return nil, fmt.Errorf("database %s: %w", path, err)
	}
	return Open(ctx, path)
}

// dsn sets on every connection what SQLite's defaults leave unsafe.
func dsn(path, txlock string, pragmas ...string) string {
	q := url.Values{"_txlock": {txlock}}
	for _, p := range append([]string{"busy_timeout(10000)", "foreign_keys(1)", "trusted_schema(0)"}, pragmas...) {
		q.Add("_pragma", p)
	}
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}
	return u.String()
}

func (db *DB) open(ctx context.Context) (err error) {
	if db.enc, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1)); err != nil {
		return err
	}
	if db.dec, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20)); err != nil {
		return err
	}
	db.write, err = sql.Open("sqlite", dsn(db.path, "immediate", "journal_mode(WAL)", "synchronous(FULL)"))
	if err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	if err := db.own(ctx); err != nil {
		return err
	}
	if err := db.migrate(ctx); err != nil {
		return err
	}
	db.read, err = sql.Open("sqlite", dsn(db.path, "deferred", "query_only(1)"))
	if err != nil {
		return err
	}
	db.read.SetMaxOpenConns(4)
	return nil
}

// own refuses a database that another program made, and marks a new one.
func (db *DB) own(ctx context.Context) error {
	var id, tables int
	if err := db.write.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return fmt.Errorf("%w: %w", store.ErrNotStore, err)
	}
	if id == applicationID {
		return nil
	}
	if err := db.write.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&tables); err != nil {
		return fmt.Errorf("%w: %w", store.ErrNotStore, err)
	}
	if tables > 0 {
		return store.ErrNotStore
	}
	_, err := db.write.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID))
	return err
}

func (db *DB) migrate(ctx context.Context) error {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db.write, sub)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if have > want {
		return fmt.Errorf("%w: schema %d, this one knows %d", store.ErrNewer, have, want)
	}
	if have == want {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Close releases the connections.
func (db *DB) Close() error {
	var errs []error
	for _, c := range []*sql.DB{db.read, db.write} {
		if c != nil {
			errs = append(errs, c.Close())
		}
	}
	if db.enc != nil {
		errs = append(errs, db.enc.Close())
	}
	if db.dec != nil {
		db.dec.Close()
	}
	return errors.Join(errs...)
}

func (db *DB) wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("database %s: %s: %w", db.path, what, err)
}
