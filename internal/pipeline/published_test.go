package pipeline

import (
	"testing"

	"casus/internal/annotate/actor"
	"casus/internal/annotate/timex"
)

func TestChooseYear(t *testing.T) {
	sunday := timex.WeekdayYear{Years: []int{2003, 2008, 2014, 2025, 2031}}
	tuesday := timex.WeekdayYear{Years: []int{2003, 2014, 2031}}
	tests := []struct {
		name    string
		dated   []timex.WeekdayYear
		offices []actor.OfficeYears
		year    int
		reason  string
	}{
		{"latest that is not to come", []timex.WeekdayYear{sunday}, nil, 2025, byWeekday},
		{"office decides", []timex.WeekdayYear{sunday}, []actor.OfficeYears{{Years: []int{2007, 2008, 2009}}}, 2008, byOffice},
		{"most offices", []timex.WeekdayYear{sunday}, []actor.OfficeYears{{Years: []int{2008, 2014}}, {Years: []int{2014}}}, 2014, byOffice},
		{"dates outweigh offices", []timex.WeekdayYear{sunday, tuesday}, []actor.OfficeYears{{Years: []int{2025}}}, 2014, byWeekday},
		{"nothing fits", []timex.WeekdayYear{{}}, nil, 0, ""},
	}
	for _, tt := range tests {
		if y, r := chooseYear(tt.dated, tt.offices); y != tt.year || r != tt.reason {
			t.Errorf("%s: got %d %q, want %d %q", tt.name, y, r, tt.year, tt.reason)
		}
	}
}
