package export

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casus"
	"casus/ontology"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/parquet-go/parquet-go"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// fixtures gives the documents of testdata/formats/in.jsonl: invented
// articles with every status, places of every level, several sides, bodies
// between states, formulas, tabs and semicolons, one without a day, one that
// comes twice with different texts.
func fixtures(t testing.TB) (docs []*casus.Document, names []string) {
	b, err := os.ReadFile("testdata/formats/in.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(b) {
		doc, err := Decode(line)
		if err != nil {
			t.Fatal(err)
		}
		name := doc.ID
		if slices.Contains(names, name) {
			name += "@2"
		}
		docs, names = append(docs, doc), append(names, name)
	}
	if len(docs) < 6 {
		t.Fatalf("%d documents: the test looks at nothing", len(docs))
	}
	return docs, names
}

// exported writes the fixtures in a format.
func exported(t testing.TB, name string, opts Options) (out, side string, counts Counts) {
	docs, names := fixtures(t)
	return exportedDocs(t, name, opts, docs, names)
}

func exportedDocs(t testing.TB, name string, opts Options, docs []*casus.Document, names []string) (out, side string, counts Counts) {
	f, err := FormatNamed(name)
	if err != nil {
		t.Fatal(err)
	}
	var w, s bytes.Buffer
	opts.Sidecar = &s
	e := NewExporter(&w, f, opts)
	for i, doc := range docs {
		if err := e.Add(doc, names[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return w.String(), s.String(), e.Counts()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "formats", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s: want -, got +:\n%s", path, d)
	}
}

func TestGolden(t *testing.T) {
	for _, f := range Formats() {
		t.Run(f.Name, func(t *testing.T) {
			out, side, counts := exported(t, f.Name, Options{})
			if f.Name == "parquet" {
				out = parquetText(t, out)
			}
			golden(t, f.Name+".golden", out)
			golden(t, f.Name+".counts", counts.String()+"\n")
			if f.Name == "gdelt" {
				golden(t, "sidecar.golden", side)
			}
		})
	}
	out, side, counts := exported(t, "phoenix", Options{OneADay: true, SidecarName: "x.jsonl", Reciprocal: OneRow, Status: AllStatus()})
	golden(t, "phoenix-one-a-day.golden", out)
	golden(t, "phoenix-one-a-day.sidecar", side)
	golden(t, "phoenix-one-a-day.counts", counts.String()+"\n")
}

// parquetText reads Parquet back and writes its rows as JSON lines.
func parquetText(t *testing.T, file string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	for _, r := range parquetRows(t, file) {
		if err := enc.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func parquetRows(t *testing.T, file string) []parquetRow {
	rows, err := parquet.Read[parquetRow](strings.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestColumns holds names, order and number of the columns against what the
// field's own descriptions say, written here a second time.
func TestColumns(t *testing.T) {
	actor := func(n string) string {
		return fmt.Sprintf("Actor%[1]sCode Actor%[1]sName Actor%[1]sCountryCode Actor%[1]sKnownGroupCode Actor%[1]sEthnicCode Actor%[1]sReligion1Code Actor%[1]sReligion2Code Actor%[1]sType1Code Actor%[1]sType2Code Actor%[1]sType3Code", n)
	}
	geo := func(n string) string {
		return fmt.Sprintf("%[1]sGeo_Type %[1]sGeo_Fullname %[1]sGeo_CountryCode %[1]sGeo_ADM1Code %[1]sGeo_ADM2Code %[1]sGeo_Lat %[1]sGeo_Long %[1]sGeo_FeatureID", n)
	}
	tests := []struct {
		name   string
		layout *layout
		number int
		want   string // names, "_" for a space inside one
		header bool
	}{
		{"gdelt", gdeltLayout(), 61, "GLOBALEVENTID Day MonthYear Year FractionDate " + actor("1") + " " + actor("2") +
			" IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone " +
			geo("Actor1") + " " + geo("Actor2") + " " + geo("Action") + " DATEADDED SOURCEURL", false},
		{"icews", icewsLayout(), 20, "Event·ID Event·Date Source·Name Source·Sectors Source·Country Event·Text CAMEO·Code Intensity Target·Name " +
			"Target·Sectors Target·Country Story·ID Sentence·Number Publisher City District Province Country Latitude Longitude", true},
		{"phoenix", phoenixLayout(), 26, "EventID Date Year Month Day SourceActorFull SourceActorEntity SourceActorRole SourceActorAttribute " +
			"TargetActorFull TargetActorEntity TargetActorRole TargetActorAttribute EventCode EventRootCode PentaClass GoldsteinScore Issues Lat Lon " +
			"LocationName StateName CountryCode SentenceID URLs NewsSources", false},
		{"polecat", polecatLayout(), 40, "Event·ID Event·Date Event·Type Event·Mode Intensity Quad·Code Contexts Actor·Name Actor·Country Actor·COW " +
			"Primary·Actor·Sector Actor·Sectors Actor·Title Actor·Name·Raw Wikipedia·Actor·ID Recipient·Name Recipient·Country Recipient·COW " +
			"Primary·Recipient·Sector Recipient·Sectors Recipient·Title Recipient·Name·Raw Wikipedia·Recipient·ID Placename City District Province " +
			"Country Latitude Longitude GeoNames·ID Raw·Placename Feature·Type Source Publication·Date Story·People Story·Organizations " +
			"Story·Locations Language Version", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := strings.Fields(tt.want)
			for i := range want {
				want[i] = strings.ReplaceAll(want[i], "·", " ")
			}
			if len(want) != tt.number {
				t.Fatalf("the test lists %d columns, the format has %d", len(want), tt.number)
			}
			if d := cmp.Diff(want, tt.layout.names()); d != "" {
				t.Errorf("want -, got +:\n%s", d)
			}
			if tt.layout.header != tt.header || tt.layout.comma {
				t.Errorf("header %v comma %v", tt.layout.header, tt.layout.comma)
			}
			out, _, _ := exported(t, tt.name, Options{Status: AllStatus()})
			lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
			if tt.header {
				if lines[0] != strings.Join(want, "\t") {
					t.Errorf("header: %q", lines[0])
				}
				lines = lines[1:]
			}
			if len(lines) < 5 {
				t.Fatalf("%d rows", len(lines))
			}
			for _, l := range lines {
				cells := strings.Split(l, "\t")
				if len(cells) != tt.number {
					t.Errorf("%d cells: %q", len(cells), l)
					continue
				}
				for i, c := range tt.layout.columns {
					v := cells[i]
					if v == tt.layout.empty {
						v = ""
					}
					if err := checkType(c.typ, v); err != nil {
						t.Errorf("%s: %v", c.name, err)
					}
				}
			}
		})
	}
}

// TestMembers holds the tables of the JSON formats and of Parquet against what
// is written.
func TestMembers(t *testing.T) {
	for _, name := range []string{"plover", "geojson"} {
		out, _, _ := exported(t, name, Options{Status: AllStatus()})
		table := map[string]string{}
		for _, row := range readTable(name+".tsv", 4) {
			table[row[0]] = row[1]
		}
		seen := map[string]bool{}
		n := 0
		for line := range strings.Lines(out) {
			line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), ",")
			if name == "geojson" && !strings.HasPrefix(line, `{"type":"Feature",`) {
				continue
			}
			n++
			var m map[string]any
			if err := json.Unmarshal([]byte(line), &m); err != nil {
				t.Fatalf("%s: %v in %s", name, err, line)
			}
			for k := range m {
				seen[k] = true
				if table[k] == "" {
					t.Errorf("%s: member %q is not in the table", name, k)
				}
			}
			for k, typ := range table {
				if _, ok := m[k]; !ok && !strings.HasSuffix(typ, "?") {
					t.Errorf("%s: %q is missing in %s", name, k, line)
				}
			}
		}
		if n < 5 || len(seen) != len(table) {
			t.Errorf("%s: %d objects, %d of %d members seen", name, n, len(seen), len(table))
		}
	}
	var columns []string
	for _, row := range readTable("parquet.tsv", 4) {
		columns = append(columns, row[0])
	}
	var got []string
	for _, f := range parquet.SchemaOf(parquetRow{}).Fields() {
		got = append(got, f.Name())
	}
	if d := cmp.Diff(columns, got); d != "" {
		t.Errorf("parquet: want -, got +:\n%s", d)
	}
}

// holds says what a format keeps of a row: the rest is lost there and stands
// in the sidecar.
var holds = map[string]func(r *Record) *Record{
	"jsonl":   func(r *Record) *Record { return r },
	"geojson": func(r *Record) *Record { return r },
	"csv": func(r *Record) *Record {
		k := *r
		k.Evidence, k.People, k.Organizations, k.Locations, k.Lead = nil, nil, nil, nil, false
		k.Source, k.Target = keepParties(r.Source, csvParty), keepParties(r.Target, csvParty)
		k.Voices = nil
		for _, a := range r.Voices {
			k.Voices = append(k.Voices, Attribution{Chain: a.Chain, Speaker: a.Speaker, Code: a.Code, Stance: a.Stance, Cue: a.Cue})
		}
		k.TimeReason = ""
		if r.Place != nil {
			p := *r.Place
			p.Text = ""
			k.Place = &p
		}
		k.Magnitude = nil
		for _, m := range r.Magnitude {
			k.Magnitude = append(k.Magnitude, Figures{Value: m.Value, Low: m.Value, High: m.Value, Unit: m.Unit})
		}
		return &k
	},
	"plover": func(r *Record) *Record {
		k := &Record{ID: r.ID, Key: r.Key, Document: r.Document, Outlet: r.Outlet, URL: r.URL, Title: r.Title, Lang: r.Lang, Day: r.Day,
			Type: r.Type, Mode: r.Mode, Contexts: r.Contexts, Status: r.Status, Trigger: r.Trigger,
			Sentence: r.Sentence, SentenceSpan: r.SentenceSpan}
		k.Source, k.Target = keepParties(r.Source, ploverPartyKept), keepParties(r.Target, ploverPartyKept)
		if r.End != r.Day && r.DayFrom == "text" {
			k.End = r.End
		}
		if p := r.Place; p != nil {
			k.Place = &Location{Name: p.Name, Country: p.Country, FCode: p.FCode, GeoNameID: p.GeoNameID, Lat: p.Lat, Lon: p.Lon, Located: p.Located}
		}
		return k
	},
	"polecat": func(r *Record) *Record {
		k := &Record{ID: r.ID, Outlet: oneLine(r.Outlet), Lang: r.Lang, Published: r.Published, Day: r.Day, Type: r.Type, Mode: r.Mode,
			Contexts: r.Contexts, People: r.People, Organizations: r.Organizations, Locations: r.Locations}
		k.Source, k.Target = keepParties(r.Source, polecatPartyKept), keepParties(r.Target, polecatPartyKept)
		if p := r.Place; p != nil {
			k.Place = &Location{Name: p.Name, Text: p.Text, Country: p.Country, FCode: p.FCode, GeoNameID: p.GeoNameID, Lat: p.Lat, Lon: p.Lon, Located: p.Located}
		}
		return k
	},
	"phoenix": func(r *Record) *Record {
		k := &Record{Key: r.Key, Day: r.Day, CAMEO: r.CAMEO, Document: r.Document, Sentence: r.Sentence,
			URL: strings.ReplaceAll(orText(r.URL, r.Document), ";", "%3B"), Outlet: strings.ReplaceAll(orText(r.Outlet, r.Document), ";", ",")}
		k.Source, k.Target = keepParties(r.Source, codeKept(phoenixCodes, false)), keepParties(r.Target, codeKept(phoenixCodes, false))
		if p := r.Place; p != nil && p.Located {
			k.Place = &Location{Name: p.Name, Country: p.Country, Lat: p.Lat, Lon: p.Lon, Located: true}
		}
		return k
	},
	"icews": func(r *Record) *Record {
		k := &Record{Key: r.Key, Day: r.Day, CAMEO: r.CAMEO, Sentence: r.Sentence, Outlet: r.Outlet}
		k.Source, k.Target = keepParties(r.Source, icewsPartyKept), keepParties(r.Target, icewsPartyKept)
		if p := r.Place; p != nil {
			k.Place = &Location{Name: p.Name, Country: p.Country, Lat: p.Lat, Lon: p.Lon, Located: p.Located}
			switch p.level() {
			case populated:
				k.Place.FCode = "P.PPL"
			case first:
				k.Place.FCode = "A.ADM1"
			case second:
				k.Place.FCode = "A.ADM2"
			default:
				k.Place.Name = countryOf(p.Country).icews
			}
		}
		return k
	},
	"gdelt": func(r *Record) *Record {
		k := &Record{Key: r.Key, Day: r.Day, CAMEO: r.CAMEO, Lead: r.Lead, Published: r.Published, URL: orText(r.URL, r.Document)}
		k.Source, k.Target = keepParties(r.Source, codeKept(gdeltCodes, true)), keepParties(r.Target, codeKept(gdeltCodes, true))
		if p := r.Place; p != nil && p.Located {
			k.Place = &Location{Name: p.Name, Country: p.Country, Lat: p.Lat, Lon: p.Lon, Located: true}
		}
		return k
	},
}

func keepParties(ps []Party, keep func(Party) Party) []Party {
	var out []Party
	for _, p := range ps {
		out = append(out, keep(p))
	}
	return out
}

func csvParty(p Party) Party { return Party{Name: p.Name, Code: p.Code, Country: p.Country} }

func ploverPartyKept(p Party) Party {
	return Party{Name: p.Name, Text: p.Text, Title: p.Title, Code: p.Code, Country: p.Code.Country()}
}

// polecatPartyKept: a country beside an open code becomes the code, and "---"
// is lost.
func polecatPartyKept(p Party) Party {
	code := p.Code
	if p.Country != "" && code.Country() == "" {
		code = ontology.Actor(p.Country) + code
	}
	return Party{Name: p.Name, Text: p.Text, Title: p.Title, Country: p.Country, Code: ontology.Actor(strings.TrimPrefix(string(code), "---"))}
}

func icewsPartyKept(p Party) Party {
	q := polecatPartyKept(p)
	return Party{Name: p.Name, Country: q.Country, Code: q.Code}
}

func codeKept(c *cameoScheme, named bool) func(Party) Party {
	return func(p Party) Party {
		q := Party{Code: p.Code}
		if c == gdeltCodes {
			q.Code = ontology.Actor(strings.TrimPrefix(string(p.Code), "---"))
		}
		q.Country = q.Code.Country()
		if named {
			q.Name = strings.ToUpper(p.Name)
		}
		return q
	}
}

// TestRoundTrip writes, reads back, and compares what the format can hold;
// what was read is written again to the same bytes.
func TestRoundTrip(t *testing.T) {
	docs, names := fixtures(t)
	for _, f := range Formats() {
		if f.Name == "parquet" {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			var want []*Record
			e := NewExporter(&bytes.Buffer{}, f, Options{Status: everyState})
			for i, doc := range docs {
				for _, r := range Records(doc, names[i]) {
					for _, row := range r.rows(f.Dyadic, f.Reciprocal) {
						if e.lacks(row) == "" {
							want = append(want, holds[f.Name](row))
						}
					}
				}
			}
			out, _, _ := exported(t, f.Name, Options{Status: everyState})
			var got []*Record
			for r, err := range f.Read(strings.NewReader(out)) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, r)
			}
			if d := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(Record{})); d != "" {
				t.Errorf("want -, got +:\n%s", d)
			}
		})
	}
}

func TestParquetRoundTrip(t *testing.T) {
	docs, names := fixtures(t)
	var want []parquetRow
	for i, doc := range docs {
		for _, r := range Records(doc, names[i]) {
			want = append(want, parquetOf(r))
		}
	}
	out, _, _ := exported(t, "parquet", Options{})
	if d := cmp.Diff(want, parquetRows(t, out), cmpopts.EquateEmpty()); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
	again, _, _ := exported(t, "parquet", Options{})
	if out != again {
		t.Error("the same events give other bytes")
	}
}

// TestLossy names every code that a format does not give back: CAMEO codes,
// PLOVER types with their modes, sectors and countries.
func TestLossy(t *testing.T) {
	var b strings.Builder
	for _, name := range []string{"plover", "polecat", "phoenix", "icews", "gdelt"} {
		f, _ := FormatNamed(name)
		lossy(t, &b, f)
	}
	golden(t, "lossy.golden", b.String())
}

func lossy(t *testing.T, b *strings.Builder, f *Format) {
	base := func() *Record {
		p := Party{Name: "A", Code: "FRA", Country: "FRA"}
		return &Record{ID: "d#v1", Key: 1, Document: "d", Outlet: "o", URL: "u", Lang: "en", Day: casus.NewDate(2024, 1, 2), Type: ontology.AGREE,
			CAMEO: "030", Status: casus.Asserted, Source: []Party{p}, Target: []Party{p}, Published: casus.NewDate(2024, 1, 3)}
	}
	try := func(kind, value string, r *Record, of func(*Record) string) {
		var w bytes.Buffer
		out := f.open(&w, &Options{})
		if err := out.Write(r); err != nil {
			t.Fatal(err)
		}
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
		back := ""
		for got, err := range f.Read(&w) {
			if err != nil {
				back = "unreadable: " + err.Error()
				continue
			}
			back = of(got)
		}
		if back != value {
			fmt.Fprintf(b, "%s\t%s\t%s\t%s\n", f.Name, kind, value, back)
		}
	}
	for _, c := range ontology.CAMEOCodes() {
		if f.cameo {
			r := base()
			r.CAMEO = c.Code
			try("CAMEO code", c.Code, r, func(r *Record) string { return r.CAMEO })
		}
	}
	for p := ontology.AGREE; p < ontology.NumPlover; p++ {
		modes := []string{""}
		for _, m := range p.Modes() {
			modes = append(modes, m.Name)
		}
		for _, m := range modes {
			r := base()
			r.Type, r.Mode, r.CAMEO = p, m, ontology.ToCAMEO(p, m, nil)
			try("PLOVER type", p.String()+"/"+m, r, func(r *Record) string {
				typ, mode := r.Type, r.Mode
				if x, ok := ontology.FromCAMEO(r.CAMEO); ok && f.cameo {
					typ, mode = x.Type, x.Mode
				}
				return typ.String() + "/" + mode
			})
		}
	}
	for _, s := range ontology.Sectors() {
		code := ontology.Actor("FRA" + s.Code)
		if s.International {
			code = ontology.Actor(s.Code)
		}
		r := base()
		r.Source[0].Code, r.Source[0].Country = code, code.Country()
		try("sector", string(code), r, func(r *Record) string { return string(r.Source[0].Code) })
	}
	for _, row := range readTable("countries.tsv", 7) {
		r := base()
		r.Source[0].Code, r.Source[0].Country = ontology.Actor(row[0]), row[0]
		try("country of an actor", row[0], r, func(r *Record) string { return string(r.Source[0].Code) })
		r = base()
		r.Place = &Location{Name: "X", Country: row[0], FCode: "P.PPL", Lat: 1, Lon: 2, Located: true}
		try("country of a place", row[0], r, func(r *Record) string { return r.Place.Country })
	}
}

func TestGuardCell(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""}, {"plain", "plain"}, {"=1+1", "'=1+1"}, {"+cmd", "'+cmd"}, {"-5", "-5"}, {"-5 percent", "'-5 percent"}, {"@SUM(A1)", "'@SUM(A1)"},
		{"\t=1", "'\t=1"}, {"\r=1", "'\r=1"}, {"\n=1", "'\n=1"}, {"＝1", "'＝1"}, {"'=1", "''=1"}, {"''=1", "'''=1"}, {"'quoted'", "'quoted'"},
		{"'", "'"}, {"-3.5e4", "-3.5e4"}, {"---GOV", "'---GOV"},
	}
	for _, tt := range tests {
		if got := GuardCell(tt.in); got != tt.want {
			t.Errorf("GuardCell(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if back := unguardCell(GuardCell(tt.in)); back != tt.in {
			t.Errorf("%q comes back as %q", tt.in, back)
		}
	}
}

func TestCommaRows(t *testing.T) {
	rows := [][]string{{"a", "b,c", `d"e`, "f\r\ng", "h\ni", ""}, {"", "", "", "", "", ""}, {"x", "\r", "\n", `"`, `""`, ","}}
	var b []byte
	for _, row := range rows {
		for i, c := range row {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendCell(b, c)
		}
		b = append(b, "\r\n"...)
	}
	var got [][]string
	for row, err := range commaRows(bytes.NewReader(b)) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, row)
	}
	if d := cmp.Diff(rows, got); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
	for _, bad := range []string{"a\"b\r\n", "\"a\"b\r\n", "\"a"} {
		n := 0
		for _, err := range commaRows(strings.NewReader(bad)) {
			if err == nil {
				t.Errorf("%q was read", bad)
			}
			n++
		}
		if n != 1 {
			t.Errorf("%q: %d rows", bad, n)
		}
	}
}

// TestTabCells: what a cell between tabs can not hold becomes a space, and is
// counted; the row keeps its columns.
func TestTabCells(t *testing.T) {
	docs, names := fixtures(t)
	doc := *docs[0]
	doc.Outlet, doc.URL = "Pacific\tWire", "https://x.example/\r\ny"
	for _, name := range []string{"gdelt", "icews", "phoenix", "polecat"} {
		out, _, c := exportedDocs(t, name, Options{}, []*casus.Document{&doc}, names[:1])
		cells := 1 // outlet or address
		if name == "phoenix" {
			cells = 2
		}
		if c.Mended != c.Written*cells || c.Written == 0 {
			t.Errorf("%s: %d cells counted in %d rows", name, c.Mended, c.Written)
		}
		f, _ := FormatNamed(name)
		for _, err := range f.Read(strings.NewReader(out)) {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestKeys(t *testing.T) {
	seen := map[int64]string{}
	for i := range 20000 {
		id := "document-" + strconv.Itoa(i) + "#v1"
		k := keyOf(id)
		if k < 0 || k >= 1<<53 || float64(k) != float64(k) || int64(float64(k)) != k {
			t.Fatalf("%s: %d does not fit a floating point number", id, k)
		}
		if seen[k] != "" {
			t.Fatalf("%s and %s share %d", id, seen[k], k)
		}
		seen[k] = id
	}
	if k := keyOf("report-7#v3"); k != 309984119379424 {
		t.Errorf("report-7#v3 has the number %d: numbers must never change", k)
	}
}

func TestRows(t *testing.T) {
	side := func(s string) []Party {
		var out []Party
		for _, n := range strings.Fields(s) {
			out = append(out, Party{Name: n})
		}
		return out
	}
	tests := []struct {
		name, source, target, cameo string
		reciprocal, dyadic          bool
		dir                         Direction
		want                        string
	}{
		{"one pair", "A", "B", "112", false, true, OneRow, "e A>B 112"},
		{"open target", "A", "", "112", false, true, TwoRows, "e A> 112"},
		{"open source", "", "B", "112", false, true, TwoRows, "e >B 112"},
		{"all open", "", "", "112", false, true, OneRow, "e > 112"},
		{"every source with every target", "A B", "C D", "112", false, true, TwoRows, "e.1 A>C 112, e.2 A>D 112, e.3 B>C 112, e.4 B>D 112"},
		{"sides stay together", "A B", "C", "112", false, false, OneRow, "e A+B>C 112"},
		{"reciprocal, both ways", "A B", "", "040", true, true, TwoRows, "e.1 A>B 040, e.2 B>A 040"},
		{"reciprocal, one row", "A B", "", "040", true, true, OneRow, "e A>B 040"},
		{"three sides, both ways", "A B C", "", "057", true, true, TwoRows,
			"e.1 A>B 057, e.2 A>C 057, e.3 B>A 057, e.4 B>C 057, e.5 C>A 057, e.6 C>B 057"},
		{"three sides, one row each", "A B C", "", "057", true, true, OneRow, "e.1 A>B 057, e.2 A>C 057, e.3 B>C 057"},
		{"lists keep the sides of a reciprocal event", "A B", "", "040", true, false, OneRow, "e A+B> 040"},
		{"lists both ways", "A B", "", "040", true, false, TwoRows, "e.1 A>B 040, e.2 B>A 040"},
		{"a visit is hosted", "A", "B", "042", false, true, TwoRows, "e.1 A>B 042, e.2 B>A 043"},
		{"a visit in one row", "A", "B", "042", false, true, OneRow, "e A>B 042"},
		{"a visit of two, lists", "A B", "C", "042", false, false, TwoRows, "e.1 A+B>C 042, e.2 C>A+B 043"},
		{"a visit to nobody named", "A", "", "042", false, true, TwoRows, "e A> 042"},
		{"a clash with somebody", "A", "B", "190", true, true, TwoRows, "e.1 A>B 190, e.2 B>A 190"},
		{"a clash with somebody, one row", "A", "B", "190", true, true, OneRow, "e A>B 190"},
		{"reciprocal by the words, not by the code", "A B", "", "061", true, true, TwoRows, "e.1 A>B 061, e.2 B>A 061"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := &Record{ID: "e", CAMEO: tt.cameo, Type: ontology.CONSULT, Source: side(tt.source), Target: side(tt.target), Reciprocal: tt.reciprocal}
			var got []string
			for _, row := range r.rows(tt.dyadic, tt.dir) {
				names := func(ps []Party) string { return strings.Join(keepNames(ps), "+") }
				got = append(got, fmt.Sprintf("%s %s>%s %s", row.ID, names(row.Source), names(row.Target), row.CAMEO))
			}
			if s := strings.Join(got, ", "); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}

func keepNames(ps []Party) []string {
	var out []string
	for _, p := range ps {
		out = append(out, p.Name)
	}
	return out
}

// TestReciprocal: several sources without a target do it to each other only
// where code or text says so.
func TestReciprocal(t *testing.T) {
	two := []Party{{Name: "A"}, {Name: "B"}}
	between := []Reason{{Field: "source", Rule: "coder.role.between"}}
	tests := []struct {
		name string
		r    Record
		want bool
	}{
		{"A and B met", Record{CAMEO: "040", Source: two}, true},
		{"A and B met C", Record{CAMEO: "040", Source: two, Target: two[:1]}, false},
		{"A met", Record{CAMEO: "040", Source: two[:1]}, false},
		{"A and B bombed somebody not known", Record{CAMEO: "195", Source: two}, false},
		{"fighting between A and B", Record{CAMEO: "190", Source: two, Evidence: between}, true},
		{"A and B promised aid", Record{CAMEO: "033", Source: two}, false},
	}
	for _, tt := range tests {
		if got := tt.r.reciprocal(false); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestTwin: a deed that the coder told both ways is not turned again.
func TestTwin(t *testing.T) {
	trigger := []casus.Span{{Start: 12, End: 19}}
	ev := func(a, b casus.EntityID) casus.Event {
		return casus.Event{Type: ontology.ASSAULT, CAMEO: "190", Source: []casus.EntityID{a}, Target: []casus.EntityID{b}, Reciprocal: true, Trigger: trigger, Place: casus.None}
	}
	doc := &casus.Document{Text: "Oslo, Riga: clashes", Sentences: []casus.Sentence{{Span: casus.Span{End: 19}}},
		Entities: []casus.Entity{{Name: "Oslo", Code: "NOR"}, {Name: "Riga", Code: "LVA"}}}
	for _, tt := range []struct {
		events []casus.Event
		want   int
	}{{[]casus.Event{ev(0, 1)}, 2}, {[]casus.Event{ev(0, 1), ev(1, 0)}, 2}} {
		doc.Events = tt.events
		n := 0
		for _, r := range Records(doc, "d") {
			n += len(r.rows(true, TwoRows))
		}
		if n != tt.want {
			t.Errorf("%d events: got %d rows, want %d", len(tt.events), n, tt.want)
		}
	}
}

// TestEventsAreDocumented holds docs/format/export.md against the JSON lines.
func TestEventsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/format/export.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := undocumented(t, string(page), reflect.TypeFor[wireRecord]()); n < 60 {
		t.Errorf("%d fields found, which is too few to be all", n)
	}
}

// TestCountsBalance: no row is lost, in no format and with no policy.
func TestCountsBalance(t *testing.T) {
	for _, f := range Formats() {
		for _, opts := range []Options{{}, {OneADay: true}, {Status: []casus.Status{casus.Denied}}, {Reciprocal: OneRow}, {Reciprocal: TwoRows, OneADay: true}} {
			_, side, c := exported(t, f.Name, opts)
			left := 0
			for _, n := range c.LeftOut {
				left += n
			}
			if c.Rows == 0 || c.Rows != c.Written+c.Joined+left {
				t.Errorf("%s %+v: %v", f.Name, opts, c)
			}
			rows := 0
			for _, err := range commaRows(strings.NewReader(side)) {
				if err != nil {
					t.Fatal(err)
				}
				rows++
			}
			if rows != c.Rows+1 {
				t.Errorf("%s: %d rows in the sidecar, %d rows made", f.Name, rows-1, c.Rows)
			}
		}
	}
}

// TestOrderOfArrival: one a day gives the same table in whatever order the
// documents come, and identifiers never depend on it.
func TestOrderOfArrival(t *testing.T) {
	docs, names := fixtures(t)
	for _, f := range []string{"phoenix", "csv", "gdelt"} {
		want, _, _ := exportedDocs(t, f, Options{OneADay: true}, docs, names)
		for seed := range uint64(5) {
			d, n := slices.Clone(docs), slices.Clone(names)
			rand.New(rand.NewPCG(seed, 1)).Shuffle(len(d), func(i, j int) { d[i], d[j] = d[j], d[i]; n[i], n[j] = n[j], n[i] })
			if got, _, _ := exportedDocs(t, f, Options{OneADay: true}, d, n); got != want {
				t.Errorf("%s: want -, got +:\n%s", f, cmp.Diff(want, got))
			}
		}
	}
}

// TestSidecarKeys: the first column of the sidecar holds every identifier that
// the format wrote.
func TestSidecarKeys(t *testing.T) {
	for _, tt := range []struct {
		format string
		column int
	}{{"gdelt", 0}, {"icews", 0}, {"phoenix", 0}, {"polecat", 0}} {
		out, side, _ := exported(t, tt.format, Options{OneADay: true})
		written := map[string]bool{}
		for row, err := range commaRows(strings.NewReader(side)) {
			if err != nil {
				t.Fatal(err)
			}
			if row[2] == fateWritten {
				written[row[0]] = true
			}
			if row[2] == fateJoined && !written[row[4]] {
				t.Errorf("%s: %s was joined into %s, which was not written", tt.format, row[0], row[4])
			}
		}
		f, _ := FormatNamed(tt.format)
		n := 0
		for r, err := range f.Read(strings.NewReader(out)) {
			if err != nil {
				t.Fatal(err)
			}
			n++
			if !written[f.identifier(r)] {
				t.Errorf("%s: %s is not in the sidecar", tt.format, f.identifier(r))
			}
		}
		if n == 0 || n != len(written) {
			t.Errorf("%s: %d rows, %d in the sidecar", tt.format, n, len(written))
		}
	}
}

func TestReadRefuses(t *testing.T) {
	row := func(l *layout, change map[string]string) string {
		docs, names := fixtures(t)
		cells := l.cells(Records(docs[1], names[1])[0].rows(true, OneRow)[0])
		for i, c := range l.columns {
			if v, ok := change[c.name]; ok {
				cells[i] = v
			}
		}
		return strings.Join(cells, "\t")
	}
	tests := []struct{ name, format, in, want string }{
		{"too few columns", "gdelt", "1\t2", "2 cells, the format has 61"},
		{"a word for a number", "gdelt", row(gdeltLayout(), map[string]string{"NumMentions": "many"}), `column NumMentions: "many" is no whole number`},
		{"a day of seven digits", "gdelt", row(gdeltLayout(), map[string]string{"Day": "2024011"}), "column Day"},
		{"no such country", "gdelt", row(gdeltLayout(), map[string]string{"ActionGeo_CountryCode": "??"}), "no FIPS 10-4 country"},
		{"another header", "icews", "Event ID\tDate", "the header has 2 columns"},
		{"columns in another order", "polecat", strings.Replace(strings.Join(polecatLayout().names(), "\t"), "City\tDistrict", "District\tCity", 1), `has "City" there`},
		{"no type of PLOVER", "polecat", strings.Join(polecatLayout().names(), "\t") + "\n" + row(polecatLayout(), map[string]string{"Event Type": "QUARREL"}), "no PLOVER type"},
		{"parts that do not belong together", "polecat", strings.Join(polecatLayout().names(), "\t") + "\n" + row(polecatLayout(), map[string]string{"Actor Country": "Peru; Chile"}), "2 parts"},
		{"not JSON", "plover", "{", "PLOVER record"},
		{"no source", "plover", `{"id":"x","date":"2024-01-01","event":["AGREE"]}`, "required"},
		{"no collection", "geojson", `{"type":"Point"}`, "no FeatureCollection"},
		{"not on earth", "geojson", `{"type":"FeatureCollection","features":[{"type":"Feature","id":"x","geometry":{"type":"Point","coordinates":[10,95]},"properties":{"schema":1}}]}`, "no point on earth"},
		{"another schema", "jsonl", `{"schema":7,"id":"x"}`, "schema 7"},
		{"no status", "jsonl", `{"schema":1,"id":"x","status":"sure"}`, `"sure"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := FormatNamed(tt.format)
			if err != nil {
				t.Fatal(err)
			}
			var first error
			for _, err := range f.Read(strings.NewReader(tt.in)) {
				if first == nil {
					first = err
				}
			}
			if first == nil || !strings.Contains(first.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", first, tt.want)
			}
		})
	}
}

// FuzzRead: no reader panics, and what it reads is written and read again as
// the same.
func FuzzRead(f *testing.F) {
	for i, format := range Formats() {
		if format.read == nil {
			continue
		}
		out, _, _ := exported(f, format.Name, Options{Status: everyState})
		f.Add(i, []byte(out))
	}
	f.Fuzz(func(t *testing.T, i int, in []byte) {
		formats := Formats()
		format := formats[((i%len(formats))+len(formats))%len(formats)]
		if format.read == nil || format.Name == "phoenix" { // joins lists
			return
		}
		var records []*Record
		for r, err := range format.Read(bytes.NewReader(in)) {
			if err == nil {
				records = append(records, r)
			}
		}
		var w bytes.Buffer
		write := func(rs []*Record) string {
			w.Reset()
			out := format.open(&w, &Options{})
			for _, r := range rs {
				if err := out.Write(r); err != nil {
					t.Skip()
				}
			}
			out.Close()
			return w.String()
		}
		one := write(records)
		var again []*Record
		for r, err := range format.Read(strings.NewReader(one)) {
			if err != nil {
				t.Skip() // what was left out of one row may leave the next unreadable
			}
			again = append(again, r)
		}
		if two := write(again); one != two {
			t.Errorf("%s: written again\n%s\nafter\n%s", format.Name, two, one)
		}
	})
}

// FuzzExport: whatever document can be decoded is exported in every format
// without a panic, every row is counted, and what was written is read back
// without a fault.
func FuzzExport(f *testing.F) {
	b, err := os.ReadFile("testdata/formats/in.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	for line := range bytes.Lines(b) {
		f.Add(line)
	}
	f.Add([]byte(`{"schema":1,"id":"a;b\tc","text":"é","sentences":[{"start":0,"end":1}],"entities":[{"id":"e1","name":"x; y"},{"id":"e2","name":"None"}],` +
		`"events":[{"id":"v1","plover":{"type":"AID"},"source":["e1","e2"],"target":["e2"],"status":"claimed","time":{"value":"2024","start":"2024","end":"2024"}}]}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		doc, err := Decode(line)
		if err != nil {
			return
		}
		for _, format := range Formats() {
			out, _, c := exportedDocs(t, format.Name, Options{Status: everyState}, []*casus.Document{doc}, []string{doc.ID})
			left := 0
			for _, n := range c.LeftOut {
				left += n
			}
			if c.Rows != c.Written+left {
				t.Errorf("%s: %v", format.Name, c)
			}
			if format.read == nil {
				continue
			}
			rows := 0
			for _, err := range format.Read(strings.NewReader(out)) {
				rows++
				if err != nil {
					t.Errorf("%s: %v in\n%s", format.Name, err, out)
				}
			}
			if rows != c.Written {
				t.Errorf("%s: %d rows written, %d read", format.Name, c.Written, rows)
			}
		}
	})
}
