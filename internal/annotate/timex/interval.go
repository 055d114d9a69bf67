package timex

import "casus"

// whole gives the days a date covers.
func whole(d casus.Date) casus.Interval {
	y, m := int(d.Year), int(d.Month)
	switch {
	case d.Month == 0:
		return casus.Interval{Start: casus.NewDate(y, 1, 1), End: casus.NewDate(y, 12, 31)}
	case d.Day == 0:
		return casus.Interval{Start: casus.NewDate(y, m, 1), End: casus.NewDate(y, m+1, 0)}
	}
	return casus.Interval{Start: d, End: d}
}

func granularity(d casus.Date) casus.Granularity {
	switch {
	case d.Month == 0:
		return casus.Year
	case d.Day == 0:
		return casus.Month
	}
	return casus.Day
}

// narrow cuts an interval to the third that the modifier names: the end of
// August is 21 to 31 August, the end of 1942 September to December. Days and
// weeks are left whole.
func narrow(iv casus.Interval, mod string, g casus.Granularity) casus.Interval {
	third := 0
	switch mod {
	case modStart:
		third = 0
	case modMid:
		third = 1
	case modEnd:
		third = 2
	default:
		return iv
	}
	if iv.IsZero() || g < casus.Month {
		return iv
	}
	if g == casus.Month {
		return monthThird(iv, third)
	}
	first := iv.Start
	months := (int(iv.End.Year)-int(first.Year))*12 + int(iv.End.Month) - int(first.Month) + 1
	from, to := months*third/3, months*(third+1)/3
	return casus.Interval{
		Start: casus.NewDate(int(first.Year), int(first.Month)+from, 1),
		End:   casus.NewDate(int(first.Year), int(first.Month)+to, 0),
	}
}

func monthThird(iv casus.Interval, third int) casus.Interval {
	switch third {
	case 0:
		return casus.Interval{Start: iv.Start, End: iv.Start.AddDays(9)}
	case 1:
		return casus.Interval{Start: iv.Start.AddDays(10), End: iv.Start.AddDays(19)}
	}
	return casus.Interval{Start: iv.Start.AddDays(20), End: iv.End}
}
