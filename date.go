package casus

import (
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar, or a month (Day 0), or a year
// (Month and Day 0). The zero value means "not set". Dates compare with ==.
type Date struct {
	Year  int16
	Month uint8
	Day   uint8
}

// NewDate gives the date of a day, normalised as time.Date does.
func NewDate(year, month, day int) Date {
	return DateOf(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
}

// DateOf gives the day of t in its own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{int16(y), uint8(m), uint8(d)}
}

// ParseDate reads 2006, 2006-01 or 2006-01-02, or the day of an RFC 3339
// time. A day that does not exist is an error.
func ParseDate(s string) (Date, error) {
	for _, l := range []string{"2006-01-02", time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05",
		"2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.Parse(l, s); err == nil {
			return DateOf(t), nil
		}
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		return Date{int16(t.Year()), uint8(t.Month()), 0}, nil
	}
	if t, err := time.Parse("2006", s); err == nil {
		return Date{int16(t.Year()), 0, 0}, nil
	}
	return Date{}, fmt.Errorf("date %q is not of the form 2006-01-02", s)
}

// IsZero reports a date that is not set.
func (d Date) IsZero() bool { return d == Date{} }

// Time gives the first instant of the date in UTC.
func (d Date) Time() time.Time {
	return time.Date(int(d.Year), time.Month(max(int(d.Month), 1)), max(int(d.Day), 1), 0, 0, 0, 0, time.UTC)
}

// AddDays gives the day n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Before reports whether d begins before e.
func (d Date) Before(e Date) bool {
	if d.Year != e.Year {
		return d.Year < e.Year
	}
	if d.Month != e.Month {
		return d.Month < e.Month
	}
	return d.Day < e.Day
}

// String gives the date as ISO 8601 writes it, as far as it is known; "" when
// not set.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	b := [10]byte{}
	y := int(d.Year)
	if y < 0 || y > 9999 {
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
	}
	b[0], b[1], b[2], b[3], b[4] = byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-'
	b[5], b[6], b[7], b[8], b[9] = '0'+d.Month/10, '0'+d.Month%10, '-', '0'+d.Day/10, '0'+d.Day%10
	return string(b[:])
}

// Interval is a stretch of days, both ends included. A zero end is open.
type Interval struct{ Start, End Date }

// IsZero reports an interval that is not set.
func (v Interval) IsZero() bool { return v == Interval{} }

// Granularity is how finely a time is known; the zero value means "not set".
type Granularity uint8

// The granularities.
const (
	GranularityNone Granularity = iota
	Hour
	Day
	Week
	Month
	Season
	Year
	Decade
	Century
)

var granularities = []string{"", "hour", "day", "week", "month", "season", "year", "decade", "century"}

// String gives the granularity as the JSONL writes it.
func (g Granularity) String() string { return granularities[min(int(g), len(granularities)-1)] }
