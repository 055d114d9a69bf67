package sqlite

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus/internal/store"
	"casus/internal/store/storetest"
	"casus/ontology"
)

var kills = flag.Int("kills", 8, "how often TestKilledWriterLosesNothing kills the writer")

func open(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func TestContract(t *testing.T) {
	storetest.Test(t, func(t *testing.T) store.Store { return open(t, filepath.Join(t.TempDir(), "a b?c#d.db")) })
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	other := filepath.Join(dir, "other.db")
	db, err := sql.Open("sqlite", other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE diary (day TEXT)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	newer := filepath.Join(dir, "newer.db")
	n := open(t, newer)
	if _, err := n.write.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)"); err != nil {
		t.Fatal(err)
	}
	n.Close()
	tests := []struct {
		path string
		want error
	}{{write("text.db", strings.Repeat("no database ", 100)), store.ErrNotStore}, {other, store.ErrNotStore}, {newer, store.ErrNewer}}
	for _, tt := range tests {
		db, err := Open(context.Background(), tt.path)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", filepath.Base(tt.path), err, tt.want)
		}
		if err == nil {
			db.Close()
		} else if !strings.Contains(err.Error(), tt.path) {
			t.Errorf("error does not name the file: %v", err)
		}
	}
	if _, err := OpenExisting(context.Background(), filepath.Join(dir, "absent.db")); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("absent: %v", err)
	}
}

func TestDatabaseIsDurableByPragma(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"))
	defer db.Close()
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"} {
		var got string
		if err := db.write.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s = %s (%v), want %s", pragma, got, err, want)
		}
	}
}

// TestHelperWriter is the child of TestKilledWriterLosesNothing: it stores
// documents for ever and prints the number of each one that Put has
// acknowledged.
func TestHelperWriter(t *testing.T) {
	path := os.Getenv("CASUS_TEST_WRITER")
	if path == "" {
		t.Skip("only run as a child")
	}
	db := open(t, path)
	for i := 0; ; i++ {
		id := fmt.Sprintf("%s-%d", os.Getenv("CASUS_TEST_ROUND"), i)
		if _, err := db.Put(context.Background(), "e", storetest.Doc(id, "2024-05-01", "Chad", "Niger", ontology.AID)); err != nil {
			t.Fatal(err)
		}
		fmt.Println("ack", id)
	}
}

// TestKilledWriterLosesNothing kills a writing process at random moments: what
// it acknowledged must be there, whole, and nothing torn.
func TestKilledWriterLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k.db")
	open(t, path).Close()
	acked := 0
	for round := range *kills {
		ids := killOne(t, path, round)
		acked += len(ids)
		check(t, path, ids)
	}
	if acked == 0 {
		t.Fatal("no document was acknowledged: the test proves nothing")
	}
	t.Logf("%d kills, %d acknowledged documents", *kills, acked)
}

func killOne(t *testing.T, path string, round int) []string {
	cmd := exec.Command(os.Args[0], "-test.run=^TestHelperWriter$")
	cmd.Env = append(os.Environ(), "CASUS_TEST_WRITER="+path, fmt.Sprintf("CASUS_TEST_ROUND=%d", round))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(time.Duration(100+rand.IntN(300))*time.Millisecond, func() { _ = cmd.Process.Kill() })
	var ids []string
	for sc := bufio.NewScanner(out); sc.Scan(); {
		if id, ok := strings.CutPrefix(sc.Text(), "ack "); ok {
			ids = append(ids, id)
		}
	}
	_ = cmd.Wait()
	return ids
}

func check(t *testing.T, path string, ids []string) {
	t.Helper()
	db := open(t, path)
	defer db.Close()
	var integrity string
	if err := db.write.QueryRow("PRAGMA integrity_check").Scan(&integrity); err != nil || integrity != "ok" {
		t.Fatalf("integrity: %s %v", integrity, err)
	}
	for _, id := range ids {
		if _, err := db.Document(context.Background(), id); err != nil {
			t.Fatalf("acknowledged document: %v", err)
		}
	}
	st, err := db.Stats(context.Background())
	if err != nil || st.Documents != st.Events || st.Documents != st.Statements {
		t.Fatalf("torn: %+v %v", st, err)
	}
}

func FuzzWords(f *testing.F) {
	db, err := Open(context.Background(), filepath.Join(f.TempDir(), "w.db"))
	if err != nil {
		f.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Put(context.Background(), "e", storetest.Doc("a", "2024-05-01", "Chad", "Niger", ontology.AID)); err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"acted", `"`, "a NEAR b", "x:y", "*", "\x00", "é ", "((", "- + ^"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		for _, err := range db.Events(context.Background(), store.EventFilter{Text: words, Actor: words}) {
			if err != nil {
				t.Fatalf("%q: %v", words, err)
			}
		}
	})
}

func BenchmarkPut(b *testing.B) {
	db, err := Open(context.Background(), filepath.Join(b.TempDir(), "b.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	n := 0
	for b.Loop() {
		if _, err := db.Put(context.Background(), "e", storetest.Doc(fmt.Sprint(n), "2024-05-01", "Chad", "Niger", ontology.AID)); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "documents/s")
}

// TestOldFigures: rows of before migration 2 have figures without bounds, and
// nothing mutual.
func TestOldFigures(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "old.db"))
	defer db.Close()
	if _, err := db.Put(context.Background(), "e1", storetest.Doc("a", "2024-05-01", "Chad", "Niger", ontology.ACCUSE)); err != nil {
		t.Fatal(err)
	}
	if _, err := db.write.Exec(`UPDATE events SET magnitude = '[{"value":7,"unit":"ship"}]'`); err != nil {
		t.Fatal(err)
	}
	for r, err := range db.Events(context.Background(), store.EventFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if m := r.Magnitude; len(m) != 1 || m[0].Value != 7 || m[0].Low != 7 || m[0].High != 7 || r.Reciprocal {
			t.Errorf("got %+v", r)
		}
	}
}
