package casefile

import "strings"

// section is one file of a txtar archive with the line its text begins on.
// The reader stands here, and not a library's, because errors must name the
// line and the format is five lines long: a comment, then files, each begun
// by a line "-- name --".
type section struct {
	name string
	text string
	line int
}

// sections cuts an archive; the comment before the first file comes first,
// without a name.
func sections(data string) []section {
	out := []section{{line: 1}}
	no := 0
	for line := range strings.Lines(data) {
		no++
		if name, ok := marker(line); ok {
			out = append(out, section{name: name, line: no + 1})
			continue
		}
		out[len(out)-1].text += line
	}
	return out
}

func marker(line string) (name string, ok bool) {
	line = strings.TrimRight(line, "\r\n")
	if !strings.HasPrefix(line, "-- ") || !strings.HasSuffix(line, " --") || len(line) < len("-- x --") {
		return "", false
	}
	name = strings.TrimSpace(line[len("-- ") : len(line)-len(" --")])
	return name, name != ""
}
