package extract

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"casus"
)

func TestDecode(t *testing.T) {
	tests := []struct {
		name, body, encoding string
		want                 string
		err                  error
		remark               string
	}{
		{name: "utf-8", body: "Café", want: "Café"},
		{name: "byte order mark", body: "\xef\xbb\xbfText", want: "Text"},
		{name: "utf-16", body: "\xff\xfeT\x00e\x00", want: "Te"},
		{name: "utf-16 unmarked", body: "M\x00o\x00n\x00d\x00a\x00y\x00,\x00 \x00e\x00", want: "Monday, e", remark: "utf-16le"},
		{name: "utf-16 cut short", body: "\xff\xfeT\x00e", want: "T\ufffd", remark: "not all can be read as utf-16le: U+FFFD stands 1 times"},
		{name: "one stray control", body: "Talks \x00 open", want: "Talks \x00 open"},
		{name: "latin guessed", body: "The caf\xe9 in Paris was full of people.", want: "The café in Paris was full of people.", remark: "windows-1252"},
		{name: "cyrillic guessed", body: "\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0", want: "Привет, мир", remark: "windows-1251"},
		{name: "encoding named", body: "caf\xe9", encoding: "iso-8859-1", want: "café"},
		{name: "encoding unknown", body: "x", encoding: "klingon-8", err: ErrCharset},
		{name: "wrongly said to be utf-8", body: "caf\xe9", encoding: "utf-8", err: ErrCharset},
		{name: "damaged utf-8", body: strings.Repeat("Привет ", 10) + "\xff", err: ErrCharset},
		{name: "empty", body: "", err: ErrEmpty},
		{name: "blank", body: " \n\t ", err: ErrEmpty},
		{name: "binary", body: "\x7fELF\x02\x01\x01\x00\x00\x00\xff\xfe\x80", err: ErrBinary},
		{name: "nul bytes alone", body: "\x00\x00\x00\x00", err: ErrBinary},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Document(casus.Raw{Where: "f", ID: "f", Body: []byte(tt.body)}, Options{Encoding: tt.encoding})
			if !errors.Is(err, tt.err) {
				t.Fatalf("error: got %v, want %v", err, tt.err)
			}
			if err != nil {
				if !strings.HasPrefix(err.Error(), "f: extract: ") {
					t.Errorf("error without its place: %v", err)
				}
				return
			}
			if r.Doc.Text != tt.want {
				t.Errorf("text: got %q, want %q", r.Doc.Text, tt.want)
			}
			if got := strings.Join(r.Remarks, " "); !strings.Contains(got, tt.remark) || (tt.remark == "") != (got == "") {
				t.Errorf("remarks: got %q, want %q in it", got, tt.remark)
			}
		})
	}
}

func TestExactTextComesBackUnchanged(t *testing.T) {
	const text = "\ufeff Odd\u00a0spaces,\r\n and a replacement \ufffd. "
	r, err := Document(casus.Raw{Body: []byte(text), Exact: true}, Options{})
	if err != nil || r.Doc.Text != text {
		t.Fatalf("got %q, %v; want %q", r.Doc.Text, err, text)
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct{ text, want string }{
		{"The minister said that the talks will go on in Vienna.", "en"},
		{"Paris: Lavrov Meets Blinken", "en"},
		{"El ministro dijo que las negociaciones van a seguir en Viena con los dos países.", "es"},
		{"Le ministre a dit que les négociations vont se poursuivre dans la ville avec les deux pays.", "fr"},
		{"Der Minister sagte, dass die Gespräche in Wien mit den beiden Staaten nicht zu Ende sind.", "de"},
		{"Министр сказал, что переговоры продолжатся.", "ru"},
		{"Міністр сказав, що переговори тривають і їхній зміст є відомий.", "uk"},
		{"部长说谈判将继续。", "zh"},
		{"قال الوزير إن المحادثات مستمرة", "ar"},
		{strings.Repeat("xqz wvb kjh ", 20), "und"},
	}
	for _, tt := range tests {
		if got := Language(tt.text); got != tt.want {
			t.Errorf("Language(%q) = %s, want %s", tt.text, got, tt.want)
		}
	}
}

func FuzzDocument(f *testing.F) {
	for _, s := range []string{"plain", "\xff\xfea\x00", "caf\xe9", "\x00\x01", "\xef\xbb\xbf"} {
		f.Add([]byte(s), "")
	}
	f.Add([]byte("caf\xe9"), "koi8-r")
	f.Fuzz(func(t *testing.T, body []byte, encoding string) {
		r, err := Document(casus.Raw{Where: "f", ID: "f", Body: body}, Options{Encoding: encoding})
		if (err == nil) == (r.Doc == nil) {
			t.Fatalf("error %v with document %v", err, r.Doc)
		}
		if err == nil && !utf8.ValidString(r.Doc.Text) {
			t.Fatalf("text is not UTF-8: %q", r.Doc.Text)
		}
	})
}
