package eval

import "encoding/json"

// The wire form of a report, for programs. Figures are shares from 0 to 1.
type wireReport struct {
	Documents   int             `json:"documents"`
	Missing     int             `json:"missing"`
	Extra       int             `json:"extra"`
	Single      bool            `json:"single"`
	Measures    []wireMeasure   `json:"measures"`
	FalseAlarms int             `json:"false_alarms"`
	EventFree   int             `json:"event_free"`
	Types       []wireCounts    `json:"types"`
	MacroF1     float64         `json:"macro_f1"`
	Root        *wireCounts     `json:"cameo_root,omitempty"`
	Digits3     *wireCounts     `json:"cameo_3_digits,omitempty"`
	Trigger     *wireTrigger    `json:"trigger,omitempty"`
	Confusions  []wireConfusion `json:"confusions"`
	Tags        []wireTag       `json:"tags"`
	Phrases     *wirePhrases    `json:"actor_phrases,omitempty"`
}

type wirePhrases struct {
	Country wireShare `json:"country"`
	Role    wireShare `json:"role"`
	Code    wireShare `json:"code"`
}

type wireShare struct {
	Right int     `json:"right"`
	Of    int     `json:"of"`
	Share float64 `json:"share"`
}

type wireCounts struct {
	Name      string  `json:"name"`
	Right     int     `json:"right"`
	Predicted int     `json:"predicted"`
	Gold      int     `json:"gold"`
	P         float64 `json:"p"`
	R         float64 `json:"r"`
	F1        float64 `json:"f1"`
}

type wireMeasure struct {
	wireCounts
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

type wireTrigger struct {
	Gold  int `json:"gold"`
	Found int `json:"found"`
	Type  int `json:"type_right"`
}

type wireConfusion struct {
	Gold      string `json:"gold"`
	Predicted string `json:"predicted"`
	N         int    `json:"n"`
}

type wireTag struct {
	Tag       string  `json:"tag"`
	Documents int     `json:"documents"`
	Type      float64 `json:"type"`
	Pair      float64 `json:"pair"`
}

// MarshalJSON gives the report as docs/format/eval.md describes it.
func (rep *Report) MarshalJSON() ([]byte, error) {
	w := wireReport{Documents: rep.Documents, Missing: rep.Missing, Extra: rep.Extra, Single: rep.Single, Measures: []wireMeasure{}, FalseAlarms: rep.FalseAlarms,
		EventFree: rep.EventFree, Types: []wireCounts{}, MacroF1: rep.MacroF1, Confusions: []wireConfusion{}, Tags: []wireTag{}}
	for _, m := range rep.Measures {
		w.Measures = append(w.Measures, wireMeasure{counts(m.Name, m.Counts), m.Low, m.High})
	}
	for _, c := range rep.Types {
		w.Types = append(w.Types, counts(c.Type, c.Counts))
	}
	if rep.Roots.Gold > 0 {
		a, b := counts("root", rep.Roots), counts("3 digits", rep.Digits3)
		w.Root, w.Digits3 = &a, &b
	}
	if rep.Triggers > 0 {
		w.Trigger = &wireTrigger{rep.Triggers, rep.Found, rep.TypeHeld}
	}
	for _, c := range rep.Confusions {
		w.Confusions = append(w.Confusions, wireConfusion(c))
	}
	for _, t := range rep.Tags {
		w.Tags = append(w.Tags, wireTag(t))
	}
	if p := &rep.Phrases; p.Code.Of > 0 {
		w.Phrases = &wirePhrases{share(p.Country), share(p.Role), share(p.Code)}
	}
	return json.Marshal(w)
}

func share(s Share) wireShare { return wireShare{s.Right, s.Of, ratio(s.Right, s.Of)} }

func counts(name string, c Counts) wireCounts {
	return wireCounts{name, c.Right, c.Predicted, c.Gold, c.Precision(), c.Recall(), c.F1()}
}
