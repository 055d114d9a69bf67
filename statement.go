package casus

// StatementKind tells how the content is reported, by quotation marks as
// PolNeAR does; the zero value means "not set".
type StatementKind uint8

// The kinds of statements.
const (
	StatementKindNone StatementKind = iota
	Direct                          // all of the content stands in quotation marks
	Indirect                        // none of it
	Mixed                           // some of it
)

var statementKinds = []string{"", "direct", "indirect", "mixed"}

// String gives the kind as the JSONL writes it.
func (k StatementKind) String() string { return statementKinds[min(int(k), len(statementKinds)-1)] }

// Stance is what the speaker does to the content, by the meaning of the cue;
// the zero value means "not set".
type Stance uint8

// The stances.
const (
	StanceNone   Stance = iota
	Assert              // says, tells, notes
	Claim               // claims, alleges, purports: the outlet keeps its distance
	Confirm             // confirms, acknowledges, admits
	Deny                // denies, rejects as false, refutes
	Decline             // declines to comment, refuses to say, would not
	Evade               // answers without answering, did not specify
	Threaten            // threatens, vows to strike
	Warn                // warns, cautions
	Ask                 // asks, calls on, urges, demands
	Plan                // plans, intends, promises, vows
	Decree              // orders, decrees, signs into force, rules
	Announce            // announces, declares: the saying makes it so
	Accuse              // accuses, blames, condemns
	Characterise        // regards as, calls, describes as
	Believe             // thinks, believes, expects, doubts
	Want                // wants, hopes, is interested in
	Know                // knows, learns, finds, realises
	Quote               // one voice carries another: "media quoted"
	Retract             // withdraws, corrects an earlier statement
	NumStance
)

var stances = [NumStance]string{"", "assert", "claim", "confirm", "deny", "decline", "evade", "threaten", "warn", "ask", "plan",
	"decree", "announce", "accuse", "characterise", "believe", "want", "know", "quote", "retract"}

// String gives the stance as the JSONL writes it.
func (s Stance) String() string { return stances[min(int(s), len(stances)-1)] }

// ParseStance reads what String writes; ok is false for an unknown word.
func ParseStance(s string) (st Stance, ok bool) {
	for i, n := range stances {
		if n == s {
			return Stance(i), true
		}
	}
	return StanceNone, false
}

// Statement is one attribution: somebody (Source), by some words (Cue), gives
// some content. Source and Content may be in pieces; Source may be missing.
// Speaker is the entity behind the source; Via are the statements that carry
// this one, outermost first, the last of them its parent.
type Statement struct {
	Source, Cue, Content []Span
	CueHead              TokenID // main word of the cue; None for a bare quotation
	Speaker              EntityID
	Via                  []StatementID
	// Answers are the statements of the document that this one denies or confirms
	// by naming them: "the rebels rejected the claim".
	Answers  []StatementID
	Kind     StatementKind
	Stance   Stance
	Negated  bool // "did not say that"
	Threat   *Threat
	Label    *Label
	Evidence []Evidence
}

// Threat takes a threatening statement apart: what is threatened, against whom,
// on what condition and by when. Parts that are not said are empty.
type Threat struct{ What, Against, Condition, ByWhen []Span }

// Label is a characterisation: what the speaker labels, and as what ("the
// drilling" as "a breach of its rights"). Of is empty when only a pronoun that
// belongs to the cue names it.
type Label struct{ Of, As []Span }

// Parent gives the statement that carries this one; None for the outermost.
func (s *Statement) Parent() StatementID {
	if len(s.Via) == 0 {
		return None
	}
	return s.Via[len(s.Via)-1]
}

// IndexStatements makes StatementOf answer from Statements. Whoever writes
// Statements calls it once. Of statements whose contents nest, the innermost
// (the shortest content) wins; of equal ones the later in the layer.
func (d *Document) IndexStatements() {
	d.statementAt = make([]StatementID, len(d.Tokens))
	size := make([]int, len(d.Tokens))
	for i := range d.statementAt {
		d.statementAt[i] = None
	}
	for s := range d.Statements {
		n := 0
		for _, c := range d.Statements[s].Content {
			n += c.Len()
		}
		for _, c := range d.Statements[s].Content {
			first, end := d.TokenRange(c)
			for t := first; t < end; t++ {
				if d.statementAt[t] == None || n <= size[t] {
					d.statementAt[t], size[t] = StatementID(s), n
				}
			}
		}
	}
}

// StatementOf gives the innermost statement whose content holds the token;
// None when the outlet itself says so, or before IndexStatements.
func (d *Document) StatementOf(t TokenID) StatementID {
	if t < 0 || int(t) >= len(d.statementAt) {
		return None
	}
	return d.statementAt[t]
}

// Chain gives the statements from the outermost to s itself.
func (d *Document) Chain(s StatementID) []StatementID {
	if s == None {
		return nil
	}
	return append(append([]StatementID(nil), d.Statements[s].Via...), s)
}
