package demo

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestArticlesAreWellFormed(t *testing.T) {
	articles, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	if len(articles) != 40 {
		t.Errorf("%d articles, want 40", len(articles))
	}
	if !slices.IsSortedFunc(articles, func(a, b Article) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("articles are not in the order of their identifiers")
	}
	first, last := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 22, 0, 0, 0, 0, time.UTC)
	outlets, seen := map[string]string{}, map[string]bool{}
	for _, a := range articles {
		if seen[a.ID] {
			t.Errorf("%s: identifier used twice", a.ID)
		}
		seen[a.ID] = true
		if u, err := url.Parse(a.URL); err != nil || !strings.HasSuffix(u.Hostname(), ".example") {
			t.Errorf("%s: address %q is not under .example", a.ID, a.URL)
		}
		if d, err := time.Parse(time.DateOnly, a.Published); err != nil || d.Before(first) || d.After(last) {
			t.Errorf("%s: published %q outside the three weeks", a.ID, a.Published)
		}
		if known, ok := outlets[a.Outlet]; ok && known != a.Country+a.Ownership {
			t.Errorf("%s: outlet %q is described in two ways", a.ID, a.Outlet)
		}
		outlets[a.Outlet] = a.Country + a.Ownership
		if n := len(strings.Fields(a.Text)); n < 50 {
			t.Errorf("%s: only %d words", a.ID, n)
		}
	}
	if len(outlets) != 7 {
		t.Errorf("%d outlets, want 7", len(outlets))
	}
}

// Weekdays in the articles must fit the calendar, or every date that is
// resolved from them is nonsense: "on Friday, March 6".
func TestWeekdaysFitDates(t *testing.T) {
	articles, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, a := range articles {
		words := strings.Fields(a.Text)
		for i := 0; i+2 < len(words); i++ {
			day, err := time.Parse("Monday, January 2 2006", words[i]+" "+words[i+1]+" "+strings.Trim(words[i+2], ".,")+" 2026")
			if err != nil {
				continue
			}
			found++
			if got := day.Weekday().String() + ","; got != words[i] {
				t.Errorf("%s: %s %s %s is a %s", a.ID, words[i], words[i+1], words[i+2], got)
			}
		}
	}
	if found == 0 {
		t.Error("no weekday with a date found: the test looks at nothing")
	}
}

func TestParseRefuses(t *testing.T) {
	for name, in := range map[string]string{
		"no text":       "id: x",
		"unknown field": "id: x\ncolour: red\n\ntext",
		"missing field": "id: x\n\ntext",
	} {
		if _, err := parse(in); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
