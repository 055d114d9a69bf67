package neural

import (
	"encoding/json"
	"errors"
	"fmt"

	"casus"
	"casus/internal/nlp/encoder"
	"casus/internal/nlp/model"
	"casus/ud"
)

// The sections of a model file that Load reads.
const (
	SectionEncoder = "encoder" // tensors
	SectionVocab   = "vocab"   // word pieces, one a line; a student has its teacher's
	SectionHeads   = "heads"   // JSON: sizes, heads and their labels
)

// Tier is a loaded model. It is immutable and safe for concurrent use.
type Tier struct {
	wp   *encoder.WordPiece
	enc  *encoder.Encoder
	size encoder.Config
	// window is how many pieces of neighbouring sentences are read together; a
	// longer sentence is read alone.
	window int

	tags, mlp *encoder.Linear
	mlps      map[string]block
	width     struct{ tags, mlp int }

	upos, xpos, feats, ner, fine, cue, status, value, begin block

	uposOf  []ud.UPOS
	xposOf  []ud.XPOS
	featsOf []ud.Feats
	nerOf   iob
	fineOf  iob
	relOf   []ud.Deprel

	statusOf []casus.Status

	arc  biaffine
	rel  biaffine
	role biaffine
}

// block is a run of outputs of a layer.
type block struct{ at, n int }

func (b block) of(row []float32) []float32 { return row[b.at : b.at+b.n] }

// header is the section "heads".
type header struct {
	Config encoder.Config `json:"config"`
	// Window is how many pieces of neighbouring sentences are read together, as
	// in training; 0: every sentence alone.
	Window int `json:"window"`
	Tags   []struct {
		Name   string   `json:"name"`
		At     int      `json:"at"`
		Labels []string `json:"labels"`
		// Follow, of heads that find names: how much likelier label b is
		// behind label a than anywhere, in nats. It may be missing.
		Follow [][]float32 `json:"follow"`
	} `json:"tags"`
	MLP []struct {
		Name string `json:"name"`
		At   int    `json:"at"`
		Size int    `json:"size"`
	} `json:"mlp"`
	Rel  []string `json:"rel"`
	Role []string `json:"role"`
}

// Load reads the tier from a model file and checks that every part fits.
func Load(f *model.File) (*Tier, error) { return load(f, nil) }

// LoadStudent reads a tier whose word pieces and their embeddings are those of
// another, its teacher: the model file holds neither.
func LoadStudent(f *model.File, teacher *Tier) (*Tier, error) { return load(f, teacher) }

func load(f *model.File, teacher *Tier) (*Tier, error) {
	var h header
	b, err := f.Section(SectionHeads)
	if err != nil {
		return nil, fmt.Errorf("neural: %w", err)
	}
	if err := json.Unmarshal(b, &h); err != nil {
		return nil, fmt.Errorf("neural: section %q: %w", SectionHeads, err)
	}
	if h.Window < 0 || h.Window > h.Config.MaxPos {
		return nil, fmt.Errorf("neural: section %q: windows of %d pieces, the network reads 0 to %d", SectionHeads, h.Window, h.Config.MaxPos)
	}
	t := &Tier{size: h.Config, window: h.Window, mlps: map[string]block{}}
	if teacher != nil {
		t.wp = teacher.wp
	} else if t.wp, err = loadPieces(f); err != nil {
		return nil, fmt.Errorf("neural: %w", err)
	}
	if b, err = f.Section(SectionEncoder); err != nil {
		return nil, fmt.Errorf("neural: %w", err)
	}
	tensors, err := encoder.OpenTensors(b)
	if err != nil {
		return nil, fmt.Errorf("neural: section %q: %w", SectionEncoder, err)
	}
	if teacher != nil {
		t.enc, err = encoder.LoadSharing(tensors, h.Config, teacher.enc)
	} else {
		t.enc, err = encoder.Load(tensors, h.Config)
	}
	if err == nil {
		err = t.load(&h, tensors)
	}
	if err != nil {
		return nil, fmt.Errorf("neural: %w", err)
	}
	return t, nil
}

func loadPieces(f *model.File) (*encoder.WordPiece, error) {
	b, err := f.Section(SectionVocab)
	if err != nil {
		return nil, err
	}
	wp, err := encoder.LoadWordPiece(b)
	if err != nil {
		return nil, fmt.Errorf("section %q: %w", SectionVocab, err)
	}
	return wp, nil
}

func (t *Tier) load(h *header, tensors *encoder.Tensors) error {
	var err error
	if t.enc.Shapes() != numShapes {
		return fmt.Errorf("%d word shapes, want %d", t.enc.Shapes(), numShapes)
	}
	if err := t.labels(h); err != nil {
		return err
	}
	for _, m := range h.MLP {
		if m.At != t.width.mlp || m.Size < 1 {
			return fmt.Errorf("head %q begins at output %d, want %d", m.Name, m.At, t.width.mlp)
		}
		t.mlps[m.Name] = block{m.At, m.Size}
		t.width.mlp += m.Size
	}
	if t.tags, err = encoder.LoadLinear(tensors, "tags", h.Config.Hidden, t.width.tags); err != nil {
		return err
	}
	if t.mlp, err = encoder.LoadLinear(tensors, "mlp", h.Config.Hidden, t.width.mlp); err != nil {
		return err
	}
	for _, x := range []struct {
		to         *biaffine
		name, a, b string
		labels     int
	}{{&t.arc, "arc", "arc_dep", "arc_head", 1}, {&t.rel, "rel", "rel_dep", "rel_head", len(h.Rel)}, {&t.role, "role", "role_cue", "role_word", len(h.Role)}} {
		if t.mlps[x.a].n == 0 || t.mlps[x.a].n != t.mlps[x.b].n {
			return fmt.Errorf("heads %q and %q do not fit together", x.a, x.b)
		}
		if err := x.to.load(tensors, x.name, t.mlps[x.a], t.mlps[x.b], x.labels); err != nil {
			return err
		}
	}
	return nil
}

// labels gives each head its outputs and turns labels into values.
func (t *Tier) labels(h *header) error {
	want := map[string]*block{"upos": &t.upos, "xpos": &t.xpos, "feats": &t.feats, "ner": &t.ner,
		"ner_pol": &t.fine, "cue": &t.cue, "status": &t.status, "value": &t.value, "begin": &t.begin}
	var errs []error
	for _, g := range h.Tags {
		if g.At != t.width.tags || len(g.Labels) == 0 {
			return fmt.Errorf("head %q begins at output %d, want %d", g.Name, g.At, t.width.tags)
		}
		t.width.tags += len(g.Labels)
		b := want[g.Name]
		if b == nil {
			continue // lemma scripts, and heads of later versions, are not looked at
		}
		*b = block{g.At, len(g.Labels)}
		var err error
		switch g.Name {
		case "upos":
			t.uposOf, err = each(g.Labels, ud.ParseUPOS)
		case "xpos":
			t.xposOf, err = each(g.Labels, ud.ParseXPOS)
		case "feats":
			t.featsOf, err = each(g.Labels, parseFeats)
		case "ner":
			t.nerOf, err = parseIOB(g.Labels, g.Follow)
		case "status":
			t.statusOf, err = each(g.Labels, parseStatus)
		case "ner_pol":
			t.fineOf, err = parseIOB(g.Labels, g.Follow)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("head %q: %w", g.Name, err))
		}
	}
	for _, name := range []string{"upos", "xpos", "feats", "ner", "cue"} {
		if want[name].n == 0 {
			errs = append(errs, fmt.Errorf("no head %q", name))
		}
	}
	if t.cue.n != len(cueLabels) || len(h.Role) != len(roleLabels) {
		errs = append(errs, fmt.Errorf("%d cue and %d role labels, want %d and %d", t.cue.n, len(h.Role), len(cueLabels), len(roleLabels)))
	}
	if t.begin.n != 0 && t.begin.n != len(beginLabels) {
		errs = append(errs, fmt.Errorf("%d labels for where sentences begin, want %d", t.begin.n, len(beginLabels)))
	}
	var err error
	if t.relOf, err = each(h.Rel, ud.ParseDeprel); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func each[T any](labels []string, parse func(string) (T, error)) ([]T, error) {
	out := make([]T, len(labels))
	for i, l := range labels {
		v, err := parse(l)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func parseFeats(s string) (ud.Feats, error) {
	if s == "_" {
		return "", nil
	}
	return ud.Feats(s), nil
}

func parseStatus(s string) (casus.Status, error) {
	st, ok := casus.ParseStatus(s)
	if !ok {
		return st, fmt.Errorf("unknown status %q", s)
	}
	return st, nil
}

// cueLabels are the labels of the head "cue": outside, in a cue, its main word.
var cueLabels = [3]string{"O", "I", "H"}

// roleLabels are the labels of the head "role", of a word for a cue.
var roleLabels = [3]string{"O", "source", "content"}

const (
	cueInside = 1
	cueHead   = 2

	roleSource  = 1
	roleContent = 2
)

// Longest gives the number of pieces above which a sentence cannot be read
// whole, its two marks counted in.
func (t *Tier) Longest() int { return t.size.MaxPos }
