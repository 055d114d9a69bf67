package actor_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"casus"
	"casus/internal/annotate/actor"
)

func FuzzReadRecords(f *testing.F) {
	f.Add("kind,code,names\nperson,KENGOV,Amos Otieno\nnoun,~LAB,docker;dockhand\n")
	f.Add("names,kind,code,from,to\n\"A;B\",group,TCDREB,,2003-08-14\nX,body,IGO,2001,1999\n")
	f.Add("kind,code,names\nbody,\"KEN\nGOV,X\n")
	f.Fuzz(func(t *testing.T, s string) {
		recs, _ := actor.ReadRecords(strings.NewReader(s), "f")
		roundTrip(t, recs)
	})
}

func FuzzReadPetrarch(f *testing.F) {
	f.Add("SUNRISE_ ; x\n\t[TCDINS <030814]\n\t[TCDGOV >030814]\n+SUN_RISE_\n")
	f.Add("!FOLK! = MAN, WOMAN\nRELIEF_!FOLK! {RELIEVERS_} [~HLH]\n")
	f.Add("A_ [IGOUNO 990101-20010101] [XXX]\n<!-- x -->\n+B")
	f.Fuzz(func(t *testing.T, s string) {
		recs, _ := actor.ReadPetrarchActors(strings.NewReader(s), "f")
		roundTrip(t, recs)
		recs, _ = actor.ReadPetrarchAgents(strings.NewReader(s), "f")
		roundTrip(t, recs)
	})
}

// roundTrip holds records to what is written of them and read again.
func roundTrip(t *testing.T, recs []actor.Record) {
	t.Helper()
	var first, second bytes.Buffer
	if err := actor.WriteRecords(&first, recs); err != nil {
		t.Fatal(err)
	}
	again, bad := actor.ReadRecords(bytes.NewReader(first.Bytes()), "again")
	if len(bad) > 0 {
		t.Fatalf("written but not readable: %v\n%s", bad[0], first.String())
	}
	if err := actor.WriteRecords(&second, again); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Errorf("written\n%s\nread and written again\n%s", first.String(), second.String())
	}
}

func TestPetrarchDays(t *testing.T) {
	recs, bad := actor.ReadPetrarchActors(strings.NewReader("X_Y_ [KEN <970502] [KENGOV 19970502-070627] [KENELI >070627]\n"), "f")
	if len(bad) > 0 || len(recs) != 3 {
		t.Fatalf("got %d records, %v", len(recs), bad)
	}
	want := []string{" 1997-05-02", "1997-05-02 2007-06-27", "2007-06-27 "}
	for i, r := range recs {
		from, to := "", ""
		if !r.From.IsZero() {
			from = r.From.String()
		}
		if !r.To.IsZero() {
			to = r.To.String()
		}
		if got := from + " " + to; got != want[i] {
			t.Errorf("code %s: days got %q, want %q", r.Code, got, want[i])
		}
	}
}

// TestOver puts records over the base and reads them in a document.
func TestOver(t *testing.T) {
	day := func(s string) casus.Date {
		d, err := casus.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	a, err := actor.New(
		actor.Record{Kind: actor.Body, Code: "TCDGOV", Names: []string{"NATO"}},
		actor.Record{Kind: actor.Person, Code: "KENGOV", Office: "minister", Names: []string{"Amos Otieno"}, From: day("2001"), To: day("2004")},
		actor.Record{Kind: actor.Person, Code: "KENOPP", Office: "opposition leader", Names: []string{"Amos Otieno"}, From: day("2004")},
		actor.Record{Kind: actor.Noun, Code: "---BUS", Names: []string{"timber baron"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, on, code string }{
		{"NATO", "2010-01-01", "TCDGOV"}, {"Amos Otieno", "2002-02-02", "KENGOV"}, {"Amos Otieno", "2010-02-02", "KENOPP"},
		{"timber baron", "", "---BUS"}, {"timber barons", "", "---BUS"},
	} {
		var on casus.Date
		if tt.on != "" {
			on = day(tt.on)
		}
		got, err := a.Lookup(tt.name, on)
		if err != nil || len(got) != 1 || string(got[0].Code) != tt.code {
			t.Errorf("%s on %s: got %+v %v, want only %s", tt.name, tt.on, got, err, tt.code)
		}
	}
	if _, err := actor.New(actor.Record{Kind: "wizard", Names: []string{"X"}}); err == nil {
		t.Error("a record of unknown kind is taken")
	}
}

func TestLookup(t *testing.T) {
	a, err := annotator()
	if err != nil {
		t.Fatal(err)
	}
	d := casus.Date{Year: 2022, Month: 1, Day: 1}
	got, err := a.Lookup("European Union", d)
	if err != nil || len(got) != 1 || len(got[0].Members) != 27 {
		t.Errorf("European Union in 2022: got %+v %v, want 27 members", got, err)
	}
	d.Year = 2019
	if got, err = a.Lookup("European Union", d); err != nil || len(got) != 1 || len(got[0].Members) != 28 {
		t.Errorf("European Union in 2019: got %+v %v, want 28 members", got, err)
	}
	if got, _ = a.Lookup("no such actor", d); !reflect.DeepEqual(got, []actor.Reading(nil)) {
		t.Errorf("got %+v for a name that is not there", got)
	}
}
