package timex

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"casus"
)

func annotate(t testing.TB, text, published string) *casus.Document {
	t.Helper()
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	doc := &casus.Document{Text: text}
	if published != "" {
		if doc.Published, err = casus.ParseDate(published); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Annotate(doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func short(doc *casus.Document) string {
	var out []string
	for _, x := range doc.Times {
		s := fmt.Sprintf("[%s] %s %s", doc.String(x.Span), x.Type, x.Value)
		if x.Mod != "" {
			s += " " + x.Mod
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// Every document is published on Wednesday, 15 October 2025.
func TestNews(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"weekday in the past", "On Sunday the radio quoted the mayor.", "[Sunday] DATE 2025-10-12"},
		{"weekday ahead", "The ministers will meet on Sunday.", "[Sunday] DATE 2025-10-19"},
		{"weekday of the day itself", "The port was closed Wednesday.", "[Wednesday] DATE 2025-10-15"},
		{"until looks ahead", "The truce was extended until Friday.", "[Friday] DATE 2025-10-17"},
		{"weekday with its date", "They spoke on Sunday, October 12.", "[Sunday, October 12] DATE 2025-10-12"},
		{"weekday chooses the year", "They spoke on Monday, December 30.", "[Monday, December 30] DATE 2024-12-30"},
		{"full date, American", "on March 4, 2022, the", "[March 4, 2022] DATE 2022-03-04"},
		{"full date, military", "signed on 2 Nov 2021 in", "[2 Nov 2021] DATE 2021-11-02"},
		{"a month near ahead behind a past verb", "The port opened in November.", "[November] DATE 2024-11"},
		{"a month ahead that a past verb sets", "They announced a vote in November.", "[November] DATE 2025-11"},
		{"payable is ahead", "It declared a dividend payable in December.", "[December] DATE 2025-12"},
		{"since is behind", "Since November, 20 have died.", "[November] DATE 2024-11"},
		{"an hour that a part of the day tells", "The convoy left at 4 in the morning.", "[4 in the morning] TIME 2025-10-15T04:00"},
		{"a number before a part of the day", "Shells killed 4 in the morning.", ""},
		{"midday", "They spoke at midday on Monday.", "[midday on Monday] TIME 2025-10-13T12:00"},
		{"a length of less than a day is no date", "An hour and a half later the line was cut.", "[An hour and a half later] DURATION PT1H30M"},
		{"or so ago", "The bridge fell a week or so ago.", "[a week or so ago] DATE 2025-W41"},
		{"one day to come", "They will one day return.", "[one day] DATE FUTURE_REF"},
		{"a programme", "She spoke on the radio's \"This Week\" and said nothing.", ""},
		{"a newspaper", "She told USA Today that it was false.", ""},
		{"early hours", "The wall fell in the early hours of Monday.", "[the early hours of Monday] TIME 2025-10-13TMO START"},
		{"overnight", "Shelling went on overnight.", "[overnight] TIME 2025-10-14TNI"},
		{"weekdays of a stretch behind us", "The talks ran from Tuesday to Thursday.", "[Tuesday] DATE 2025-10-07; [Thursday] DATE 2025-10-09"},
		{"weekdays of a stretch ahead", "The port will close from Friday to Tuesday.", "[Friday] DATE 2025-10-17; [Tuesday] DATE 2025-10-21"},
		{"age of a thing in centuries", "The centuries-old bridge fell.", ""},
		{"matter of days", "It is a matter of days, minutes apart and older by decades.", ""},
		{"early morning hours", "Shells fell in the early morning hours of Oct. 3.", "[the early morning hours of Oct. 3] TIME 2025-10-03TMO START"},
		{"clock with its mark", "The column left at 05:30hrs.", "[05:30hrs] TIME 2025-10-15T05:30"},
		{"age in decades", "a man in his 30s and a woman in her early 40s", ""},
		{"weeks before a day told", "They left on September 30 under a truce signed two weeks earlier.", "[September 30] DATE 2025-09-30; [two weeks earlier] DATE 2025-W38"},
		{"ISO", "dated 2021-11-02.", "[2021-11-02] DATE 2021-11-02"},
		{"slashes", "on 3/14/2021 and", "[3/14/2021] DATE 2021-03-14"},
		{"dots", "am 14.03.2021 and", "[14.03.2021] DATE 2021-03-14"},
		{"end of a month", "At the end of August the fleet left port.", "[the end of August] DATE 2025-08 END"},
		{"early, mid, late", "in early May, mid-June and late July", "[early May] DATE 2025-05 START; [mid-June] DATE 2025-06 MID; [late July] DATE 2025-07 END"},
		{"from month to month", "It lasted from March to May.", "[March] DATE 2025-03; [May] DATE 2025-05"},
		{"may as a verb", "They may leave. May they stay.", ""},
		{"march as a verb", "They march on the capital.", ""},
		{"last and next units", "last week, last month, next year", "[last week] DATE 2025-W41; [last month] DATE 2025-09; [next year] DATE 2026"},
		{"ago", "three days ago and two years ago", "[three days ago] DATE 2025-10-12; [two years ago] DATE 2023"},
		{"days", "yesterday, today and tomorrow", "[yesterday] DATE 2025-10-14; [today] DATE 2025-10-15; [tomorrow] DATE 2025-10-16"},
		{"the day before yesterday", "shelled the day before yesterday and due the day after tomorrow", "[the day before yesterday] DATE 2025-10-13; [the day after tomorrow] DATE 2025-10-17"},
		{"by looks ahead", "They must leave by Friday.", "[Friday] DATE 2025-10-17"},
		{"by in the past", "By Friday, the town had fallen.", "[Friday] DATE 2025-10-10"},
		{"until in the past", "Until Friday, nobody had crossed the river.", "[Friday] DATE 2025-10-10"},
		{"beyond looks ahead", "Kenya refused to let them stay beyond January.", "[January] DATE 2026-01"},
		{"is to", "The envoy is to visit the camp on Thursday.", "[Thursday] DATE 2025-10-16"},
		{"agreed to", "The rivals agreed to meet on Monday.", "[Monday] DATE 2025-10-20"},
		{"set to", "The talks were set to resume Monday.", "[Monday] DATE 2025-10-20"},
		{"a plan that lapsed", "The truce had been due to expire on Friday.", "[Friday] DATE 2025-10-10"},
		{"could not", "The owner could not be reached on Sunday.", "[Sunday] DATE 2025-10-12"},
		{"possessive behind", "The union would look for ways around Monday's ruling.", "[Monday] DATE 2025-10-13"},
		{"possessive ahead", "Troops patrolled the capital ahead of Sunday's vote.", "[Sunday] DATE 2025-10-19"},
		{"since looks back", "The bridge will stay shut, as it has been since Monday.", "[Monday] DATE 2025-10-13"},
		{"a season behind", "In late autumn it had been open.", "[late autumn] DATE 2024-FA END"},
		{"year-end", "to finish by year-end", "[year-end] DATE 2025 END"},
		{"decades", "in the nineties and for two decades", "[the nineties] DATE 199; [two decades] DURATION P20Y"},
		{"past and near future as nouns", "He had lied in the past. It may open in the near future.", "[the past] DATE PAST_REF; [the near future] DATE FUTURE_REF"},
		{"part of a day", "They arrived on Monday night.", "[Monday night] TIME 2025-10-13TNI"},
		{"night between two days", "on the night of 3-4 May 2021 they", "[the night of 3] TIME 2021-05-03TNI; [4 May 2021] DATE 2021-05-04"},
		{"clock with day", "at 10:30 p.m. on Monday it was", "[10:30 p.m. on Monday] TIME 2025-10-13T22:30"},
		{"zone", "at 0600 GMT it", "[0600 GMT] TIME 2025-10-15T06:00Z"},
		{"since a year", "since 2014 they", "[2014] DATE 2014"},
		{"counts are no years", "about 2000 people and 1990 tanks, $1995", ""},
		{"decade", "in the 1990s, the early 1980s", "[the 1990s] DATE 199; [the early 1980s] DATE 198 START"},
		{"century", "the 19th century", "[the 19th century] DATE 18"},
		{"quarter", "in the second quarter of 2023", "[the second quarter of 2023] DATE 2023-Q2"},
		{"the quarter reported", "Profit fell in the fiscal fourth quarter. A plant opened in May. Sales in the latest period were flat.",
			"[the fiscal fourth quarter] DATE 2025-Q4; [May] DATE 2025-05; [the latest period] DATE 2025-Q4"},
		{"a quarter that is not over", "Third-quarter profit fell. It expects a fourth-quarter charge. Sales were flat in the latest quarter against a year ago.",
			"[Third-quarter] DATE 2025-Q3; [fourth-quarter] DATE 2025-Q4; [the latest quarter] DATE 2025-Q3; [a year ago] DATE 2024-Q3"},
		{"season", "in the summer of 2023", "[the summer of 2023] DATE 2023-SU"},
		{"fiscal year", "in fiscal 2023 it", "[fiscal 2023] DATE 2023"},
		{"durations", "for three weeks, a two-month truce, several hours", "[three weeks] DURATION P3W; [two-month] DURATION P2M; [several hours] DURATION PTXH"},
		{"bounded duration", "more than two years", "[more than two years] DURATION P2Y MORE_THAN"},
		{"half", "two and a half years", "[two and a half years] DURATION P2Y6M"},
		{"sets", "every day, each Monday", "[every day] SET P1D; [each Monday] SET XXXX-WXX-1"},
		{"references", "They now hold the hill and recently lost it.", "[now] DATE PRESENT_REF; [recently] DATE PAST_REF"},
		{"range of days", "from April 6-7, 2021", "[April 6] DATE 2021-04-06; [7, 2021] DATE 2021-04-07"},
		{"range of years", "the war of 1995-96", "[1995] DATE 1995; [96] DATE 1996"},
		{"before our era", "in 218 BC he crossed", "[218 BC] DATE BC0218"},
		{"ages are no times", "a 6-year-old girl", ""},
		{"fall as a noun", "the fall of the city", ""},
		{"no crossing of paragraphs", "They came in May\n\n12 ships sailed", "[May] DATE 2025-05"},
		{"typographic dash", "on 6–7 January 2021", "[6] DATE 2021-01-06; [7 January 2021] DATE 2021-01-07"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := short(annotate(t, c.text, "2025-10-15")); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// A history is resolved against the dates it tells, not against the day it was
// written.
func TestNarrative(t *testing.T) {
	text := "The revolt of 1871 followed that of 1868 and of 1862. On 3 May 1873 the fort fell. The next day the garrison left. " +
		"In June the governor fled. Ten days later, on 20 June 1873, he returned. In 1874, in 1875 and in 1876 there was peace. " +
		"In December 1876 it ended; in January the army came. The following year it left."
	got := short(annotate(t, text, "2009-06-01"))
	for _, want := range []string{"[The next day] DATE 1873-05-04", "[June] DATE 1873-06", "[January] DATE 1877-01", "[The following year] DATE 1878"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
}

func TestUnknownPublished(t *testing.T) {
	want := "[Sunday] DATE XXXX-WXX-7; [March 3] DATE XXXX-03-03"
	if got := short(annotate(t, "They met on Sunday and on March 3.", "")); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestInterval(t *testing.T) {
	for _, c := range []struct{ text, start, end, gran string }{
		{"At the end of August they left.", "2025-08-21", "2025-08-31", "month"},
		{"in early September they", "2025-09-01", "2025-09-10", "month"},
		{"in mid-2024 they", "2024-05-01", "2024-08-31", "year"},
		{"in February 2024 they", "2024-02-01", "2024-02-29", "month"},
		{"last week they", "2025-10-06", "2025-10-12", "week"},
		{"in the third quarter of 2024", "2024-07-01", "2024-09-30", "season"},
		{"in the late 1990s", "1996-09-01", "1999-12-31", "decade"},
		{"on Monday they met", "2025-10-13", "2025-10-13", "day"},
		{"at 10 a.m. on Monday they met", "2025-10-13", "2025-10-13", "hour"},
	} {
		doc := annotate(t, c.text, "2025-10-15")
		if len(doc.Times) != 1 {
			t.Fatalf("%s: %s", c.text, short(doc))
		}
		x := doc.Times[0]
		if x.Interval.Start.String() != c.start || x.Interval.End.String() != c.end || x.Granularity.String() != c.gran {
			t.Errorf("%s: %s..%s %s, want %s..%s %s", c.text, x.Interval.Start, x.Interval.End, x.Granularity, c.start, c.end, c.gran)
		}
	}
}

func TestContradictionIsKept(t *testing.T) {
	doc := annotate(t, "They met on Sunday, October 14, 2025.", "2025-10-15") // a Tuesday
	if x := doc.Times[0]; x.Value != "2025-10-14" || x.Rule != "timex.weekday-contradicts" {
		t.Errorf("got %s by %s", x.Value, x.Rule)
	}
	doc = annotate(t, "They met on February 30, 2025.", "2025-10-15")
	if x := doc.Times[0]; x.Rule != "timex.no-such-day" || !x.Interval.IsZero() {
		t.Errorf("got %s by %s, interval %v", x.Value, x.Rule, x.Interval)
	}
}

func TestHistorical(t *testing.T) {
	doc := annotate(t, "The treaty of 1994 and the talks of last month", "2025-10-15")
	if len(doc.Times) != 2 || !doc.Times[0].Historical || doc.Times[1].Historical {
		t.Errorf("%s: %v", short(doc), doc.Times)
	}
}

func TestYearsByWeekday(t *testing.T) {
	doc := &casus.Document{Text: "The paper wrote on Monday, March 3 that talks began on Friday, 28 February. On Sunday, May 4, 2014 they had failed."}
	got := YearsByWeekday(doc)
	if len(got) != 2 || got[0].Weekday != time.Monday || got[0].Month != 3 || got[0].Day != 3 {
		t.Fatalf("got %+v", got)
	}
	for _, y := range []int{2014, 2025, 2031} {
		if !slices.Contains(got[0].Years, y) {
			t.Errorf("%d is not among %v", y, got[0].Years)
		}
	}
	if slices.Contains(got[0].Years, 2024) {
		t.Error("3 March 2024 was a Sunday")
	}
	if d := PublishedFrom(doc, 2025); d.String() != "2025-03-03" {
		t.Errorf("published %s", d)
	}
	if d := PublishedFrom(doc, 2024); !d.IsZero() {
		t.Errorf("published %s in a year that fits nothing", d)
	}
}

func check(t testing.TB, doc *casus.Document) {
	t.Helper()
	last := casus.Pos(0)
	for _, x := range doc.Times {
		if x.Start < last || x.Empty() || int(x.End) > len(doc.Text) {
			t.Fatalf("span %v out of order or bounds", x.Span)
		}
		if !utf8.RuneStart(doc.Text[x.Start]) || int(x.End) < len(doc.Text) && !utf8.RuneStart(doc.Text[x.End]) {
			t.Fatalf("span %v cuts a rune", x.Span)
		}
		if x.Value == "" || x.Type == casus.TimeTypeNone || x.Rule == "" {
			t.Fatalf("%q: value %q type %q rule %q", doc.String(x.Span), x.Value, x.Type, x.Rule)
		}
		if !x.Interval.IsZero() && x.Interval.End.Before(x.Interval.Start) {
			t.Fatalf("%q: interval %v", doc.String(x.Span), x.Interval)
		}
		last = x.End
	}
}

func FuzzAnnotate(f *testing.F) {
	f.Add("On Sunday, November 2 at 10:30 p.m. GMT, two and a half years ago", true)
	f.Add("6-7 January 1916, 218 BC, the late 1990s, '89, 2021-11-02, the 1988 second quarter", false)
	f.Add("the end of the year ended March 31, 1.2.2003 9/11/2001 nineteen ninety-six", true)
	a, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string, dated bool) {
		if !utf8.ValidString(text) {
			return
		}
		doc := &casus.Document{Text: text}
		if dated {
			doc.Published = casus.NewDate(2025, 10, 15)
		}
		if err := a.Annotate(doc); err != nil {
			t.Fatal(err)
		}
		check(t, doc)
		first := short(doc)
		if err := a.Annotate(doc); err != nil || short(doc) != first {
			t.Fatalf("a second run gives %s, not %s", short(doc), first)
		}
		YearsByWeekday(doc)
	})
}

func BenchmarkAnnotate(b *testing.B) {
	a, err := New()
	if err != nil {
		b.Fatal(err)
	}
	const sentences = 40
	doc := &casus.Document{Published: casus.NewDate(2025, 10, 15), Text: strings.Repeat(
		"On Sunday, October 12, the ministry of the island republic said that three patrol boats had left the northern harbour at the end of August. ", sentences)}
	b.ReportAllocs()
	for b.Loop() {
		if err := a.Annotate(doc); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(sentences*float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(); err != nil {
			b.Fatal(err)
		}
	}
}
