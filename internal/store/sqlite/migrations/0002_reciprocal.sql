-- +goose Up
-- The sides do it to each other (1), as of casus.Event. Magnitudes may hold low, high and class from now on; of older
-- rows the figure is both bounds.
ALTER TABLE events ADD COLUMN reciprocal INTEGER NOT NULL DEFAULT 0;
