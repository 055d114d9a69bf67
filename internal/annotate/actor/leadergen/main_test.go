package main

import (
	"strings"
	"testing"
)

func TestLine(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"family name in the middle", "ve\tchief of state\tAna MARIA Lopez\tPresident\t2001-01-01\t2002-02-02\t\t",
			"VENGOV\t\tpresident\t2001-01-01\t2002-02-02\tfactbook\tAna Maria Lopez;Ana Maria"},
		{"hyphen, no later than", "aa\thead of government\tEva WEVER-SMIT\tPrime Minister\t2001\t<2003-01-01\t\t",
			"ABWGOV\t\tprime minister\t2001\t2003-01-01\tfactbook<\tEva Wever-Smit"},
		{"last version that lists", "ch\tchief of state\tLI Ming\tPresident\t2001\t~2003-01-01\t\t",
			"CHNGOV\t\tpresident\t2001\t2003-01-01\tfactbook~\tLi Ming"},
		{"title torn apart", "al\tchief of state\tRepublic Ivo LEKA\tPresident of the\t2001\t\t\t", ""},
		{"junk before the name", "al\tchief of state\tGen. Ivo LEKA\tPresident\t2001\t\t\t", ""},
		{"two people", "am\thead of government\tIvo LEKA and Aram SAR\tDeputy Prime Minister\t2001\t\t\t", ""},
		{"a king by number", "ac\tchief of state\tCHARLES III\tKing\t2022\t\t\t", ""},
		{"unknown territory", "xx\tchief of state\tAna MARIA\tPresident\t2001\t\t\t", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			if err := run(strings.NewReader(tt.in), &b); err != nil {
				t.Fatal(err)
			}
			got := strings.TrimSpace(strings.TrimPrefix(b.String(), header))
			if got != tt.want {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}
