// Package demo holds about forty articles of our own writing on one invented
// crisis, told by seven invented outlets over three weeks. It takes nothing and
// gives the articles in the order of their identifiers; it codes nothing. See
// README.md: nothing in the articles happened.
package demo

import (
	"embed"
	"fmt"
	"path"
	"strings"
)

//go:embed articles/*.txt
var files embed.FS

// Article is one article as its invented outlet published it.
type Article struct {
	ID        string
	Outlet    string
	Country   string // of the outlet, ISO 3166 alpha-3
	Ownership string // "state", "private" or "opposition"
	URL       string
	Published string // 2006-01-02
	Title     string
	Text      string // without the title; paragraphs divided by an empty line
}

// Articles gives all articles in the order of their file names, which is that
// of their identifiers.
func Articles() ([]Article, error) {
	entries, err := files.ReadDir("articles")
	if err != nil {
		return nil, fmt.Errorf("list demo articles: %w", err)
	}
	articles := make([]Article, 0, len(entries))
	for _, e := range entries {
		b, err := files.ReadFile(path.Join("articles", e.Name()))
		if err != nil {
			return nil, fmt.Errorf("read demo article: %w", err)
		}
		a, err := parse(string(b))
		if err != nil {
			return nil, fmt.Errorf("demo article %s: %w", e.Name(), err)
		}
		articles = append(articles, a)
	}
	return articles, nil
}

// parse reads a header of "key: value" lines, an empty line and the text.
func parse(s string) (Article, error) {
	header, text, ok := strings.Cut(s, "\n\n")
	if !ok {
		return Article{}, fmt.Errorf("no empty line after the header")
	}
	a := Article{Text: strings.TrimSpace(text)}
	field := map[string]*string{"id": &a.ID, "outlet": &a.Outlet, "country": &a.Country, "ownership": &a.Ownership,
		"url": &a.URL, "published": &a.Published, "title": &a.Title}
	for line := range strings.SplitSeq(header, "\n") {
		key, value, ok := strings.Cut(line, ":")
		at := field[key]
		if !ok || at == nil {
			return Article{}, fmt.Errorf("header line %q is none of ours", line)
		}
		*at = strings.TrimSpace(value)
	}
	for key, at := range field {
		if *at == "" {
			return Article{}, fmt.Errorf("header without %s", key)
		}
	}
	return a, nil
}
