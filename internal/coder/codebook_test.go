package coder

import (
	"strings"
	"testing"
)

// TestCodebook holds maps and frames of a user's own to a tree by hand.
func TestCodebook(t *testing.T) {
	dammed := "Oslo/Oslo/PROPN/2/nsubj dammed/dam/VERB:VBD/0/root the/the/DET/4/det river/river/NOUN/2/obj of/of/ADP/6/case Riga/Riga/PROPN/4/nmod | Oslo=NOR Riga=LVA"
	threat := "Oslo/Oslo/PROPN/2/nsubj threatened/threaten/VERB:VBD/0/root to/to/PART/4/mark dam/dam/VERB:VB/2/xcomp the/the/DET/6/det river/river/NOUN/4/obj of/of/ADP/8/case Riga/Riga/PROPN/6/nmod | Oslo=NOR Riga=LVA"
	bombed := "Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root Riga/Riga/PROPN/2/obj | Oslo=NOR Riga=LVA"
	frame := "type\tWATER\tw\nclass\tfresh\triver lake\nframe\tv\tdam\tobj=&fresh T=of\t-\tCOERCE/withhold\tWATER\t-\n"
	for _, c := range []struct{ name, book, sent, want string }{
		{"a frame of one's own", frame, dammed, "WATER COERCE/withhold 170 NOR > LVA asserted"},
		{"a threat of it is another type", frame, threat, " THREATEN 130 NOR > LVA asserted"},
		{"which a map can name", frame + "type\tTHREAT\tt\nmap\tTHREAT\ttype=THREATEN rule=coder.v.dam\t-\n", threat, "THREAT THREATEN 130 NOR > LVA asserted"},
		{"a frame before the built-in one", "type\tX\tx\nframe\tv\tbomb\tT=obj\t042\t-\tX\t-\n", bombed, "X CONSULT/visit 042 NOR > LVA asserted"},
		{"the first map that fits", "type\tA\ta\ntype\tB\tb\nmap\tA\tsource=LVA\t-\nmap\tB\ttype=ASSAULT|AID source=NOR target!=BLR words=Riga\t-\nmap\tA\tcameo=19\t-\n", bombed, "B ASSAULT/aerial 195 NOR > LVA asserted"},
		{"no map fits", "type\tA\ta\nmap\tA\ttype=ASSAULT status=denied\t-\n", bombed, " ASSAULT/aerial 195 NOR > LVA asserted"},
		{"dropped", "type\tA\ta\nunmapped\tdrop\n", bombed, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := ReadCodebook(strings.NewReader(c.book), "book")
			if err != nil {
				t.Fatal(err)
			}
			a, err := NewWith(Options{Codebook: b})
			if err != nil {
				t.Fatal(err)
			}
			doc := tree(t, c.sent)
			if err := a.Annotate(doc); err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range doc.Events {
				got = append(got, doc.Events[i].UserType+" "+line(doc, &doc.Events[i]))
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// FuzzCodebook: whatever the bytes, an error or a book that codes.
func FuzzCodebook(f *testing.F) {
	f.Add("type\tWATER\tw\nmap\tWATER\ttype=AID words=a|b\tx\nunmapped\tdrop\n")
	f.Add("type\tA\ta\nclass\tc\t&troops x_y\nframe\tn\tdam\tobj=&c|@actor S=subj T=of recip\t170\tCOERCE/withhold;military\tA\tx")
	f.Add("map\t\t=\t\nframe\t\t\t\t\t\t\t\n\ufefftype\t\t")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := ReadCodebook(strings.NewReader(text), "book")
		if (b == nil) == (err == nil) {
			t.Fatalf("book %v, error %v", b != nil, err)
		}
		if err != nil {
			return
		}
		a, err := NewWith(Options{Codebook: b})
		if err != nil {
			t.Fatal(err)
		}
		doc := tree(t, "Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root Riga/Riga/PROPN/2/obj | Oslo=NOR Riga=LVA")
		if err := a.Annotate(doc); err != nil {
			t.Fatal(err)
		}
	})
}
