package main

import (
	"encoding/gob"
	"errors"
	"os"

	"casus/ud"
)

// cached is what the jackknife gives to one document.
type cached struct {
	UPOS  []ud.UPOS
	XPOS  []ud.XPOS
	Feats []ud.Feats
	Lemma []string
}

func (t *trainer) writeCache() error {
	var all []cached
	for _, d := range t.tagged {
		var c cached
		for _, tok := range d.Tokens {
			c.UPOS, c.XPOS = append(c.UPOS, tok.UPOS), append(c.XPOS, tok.XPOS)
			c.Feats, c.Lemma = append(c.Feats, tok.Feats), append(c.Lemma, tok.Lemma)
		}
		all = append(all, c)
	}
	f, err := os.Create(t.opts.cache)
	if err != nil {
		return err
	}
	if err := gob.NewEncoder(f).Encode(all); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func (t *trainer) readCache() error {
	f, err := os.Open(t.opts.cache)
	if err != nil {
		return err
	}
	defer f.Close()
	var all []cached
	if err := gob.NewDecoder(f).Decode(&all); err != nil {
		return err
	}
	if len(all) != len(t.tagged) {
		return errors.New("the cache is of other documents")
	}
	for i, c := range all {
		tokens := t.tagged[i].Tokens
		if len(c.UPOS) != len(tokens) {
			return errors.New("the cache is of other documents")
		}
		for k := range tokens {
			tokens[k].UPOS, tokens[k].XPOS, tokens[k].Feats, tokens[k].Lemma = c.UPOS[k], c.XPOS[k], c.Feats[k], c.Lemma[k]
		}
	}
	return nil
}
