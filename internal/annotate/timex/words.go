package timex

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed data/words.tsv
var wordData string

// class is a role a word can play in a time expression; a word may have a few
// of them ("second" is a unit and an ordinal).
type class uint8

// The classes of the word table, in the order of classNames.
const (
	cNone class = iota
	cA
	cAD
	cAfter
	cAhead
	cAgo
	cAmpm
	cAnd
	cAnother
	cApprox
	cApproxSome
	cAs
	cAt
	cBC
	cBe
	cBefore
	cBy
	cCan
	cClock
	cClockWord
	cComing
	cCounted
	cCouple
	cDayPart
	cDayParts
	cDayRef
	cDayWord
	cDecadeWord
	cEarlier
	cEarly
	cEndOf
	cEnded
	cEve
	cEvery
	cFiscal
	cFinal
	cFollowing
	cFormer
	cFor
	cFreq
	cFull
	cFuture
	cFutureRef
	cHad
	cHalf
	cHoliday
	cHourMark
	cIn
	cIsWas
	cIt
	cLast
	cLate
	cLater
	cLatest
	cLeast
	cLess
	cLessThan
	cLessWord
	cLocal
	cLong
	cMid
	cMidOf
	cModalMay
	cMonth
	cMonthAbbr
	cMore
	cMoreWord
	cMost
	cNear
	cNew
	cNext
	cNot
	cNow
	cNum
	cNumCtx
	cOf
	cOld
	cOn
	cOnce
	cOne
	cOnly
	cOr
	cOrd
	cOrdSuffix
	cPart
	cPast
	cPastRef
	cPer
	cPeriod
	cPresentAdj
	cPresentNoun
	cPresentRef
	cPrevious
	cRecent
	cRest
	cRight
	cS
	cSame
	cScale
	cScales
	cSeason
	cSeasons
	cSince
	cStartOf
	cThan
	cThat
	cThe
	cThese
	cThis
	cThose
	cTime
	cTo
	cTonight
	cUnit
	cUnits
	cUntil
	cUp
	cVFut
	cVPast
	cVPlan
	cVPres
	cVSched
	cVOpen
	cVTo
	cVague
	cVery
	cWeekday
	cWeekdayAbbr
	cWeekdays
	cWith
	cLetter // one letter, for "a.m.", "B.C."
	cZone
	numClass
)

var classNames = map[string]class{
	"a": cA, "ad": cAD, "after": cAfter, "ago": cAgo, "ampm": cAmpm, "and": cAnd, "another": cAnother,
	"approx": cApprox, "approxsome": cApproxSome, "as": cAs, "at": cAt, "bc": cBC, "be": cBe, "before": cBefore, "by": cBy, "can": cCan, "had": cHad, "near": cNear, "since": cSince, "iswas": cIsWas, "vsched": cVSched, "vopen": cVOpen, "vto": cVTo,

	"clock": cClock, "clockword": cClockWord, "coming": cComing, "counted": cCounted, "couple": cCouple,
	"daypart": cDayPart, "dayparts": cDayParts, "dayref": cDayRef, "dayword": cDayWord, "decadeword": cDecadeWord,
	"earlier": cEarlier, "early": cEarly, "endof": cEndOf, "ended": cEnded, "eve": cEve, "every": cEvery,
	"fiscal": cFiscal, "final": cFinal, "following": cFollowing, "former": cFormer, "right": cRight, "rest": cRest, "ahead": cAhead, "for": cFor, "freq": cFreq, "full": cFull, "futurenoun": cFuture,
	"futureref": cFutureRef, "half": cHalf, "holiday": cHoliday, "hourmark": cHourMark, "in": cIn, "it": cIt,
	"last": cLast, "late": cLate, "later": cLater, "latest": cLatest, "leastword": cLeast, "less": cLess,
	"lessthan": cLessThan, "lessword": cLessWord, "local": cLocal, "long": cLong, "mid": cMid, "midof": cMidOf,
	"modalmay": cModalMay, "month": cMonth, "monthabbr": cMonthAbbr, "more": cMore, "moreword": cMoreWord,
	"mostword": cMost, "new": cNew, "next": cNext, "not": cNot, "nowword": cNow, "num": cNum, "numctx": cNumCtx,
	"of": cOf, "old": cOld, "on": cOn, "once": cOnce, "one": cOne, "only": cOnly, "or": cOr, "ord": cOrd,
	"ordsuf": cOrdSuffix, "part": cPart, "past": cPast, "pastref": cPastRef, "per": cPer, "period": cPeriod,
	"presentadj": cPresentAdj, "presentnoun": cPresentNoun, "presentref": cPresentRef, "previous": cPrevious,
	"recent": cRecent, "letters": cS, "same": cSame, "scale": cScale, "scales": cScales, "season": cSeason,
	"seasons": cSeasons, "startof": cStartOf, "than": cThan, "that": cThat, "the": cThe, "these": cThese,
	"this": cThis, "those": cThose, "time": cTime, "to": cTo, "tonight": cTonight, "unit": cUnit, "units": cUnits,
	"until": cUntil, "up": cUp, "vfut": cVFut, "vpast": cVPast, "vplan": cVPlan, "vpres": cVPres, "vague": cVague, "very": cVery,
	"weekday": cWeekday, "weekdayabbr": cWeekdayAbbr, "weekdays": cWeekdays, "with": cWith, "letter": cLetter,
	"zone": cZone,
}

// entry is what the table knows of a word: up to four classes with a value.
type entry struct {
	class [4]class
	value [4]int16
}

const longestWord = 14

// lexicon maps lower-cased words to their classes.
type lexicon map[string]entry

func readLexicon(data string) (lexicon, error) {
	lex := make(lexicon, 512)
	for n, line := range strings.Split(data, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("word table line %d: %d columns, not 3", n+1, len(f))
		}
		c, ok := classNames[f[1]]
		if !ok {
			return nil, fmt.Errorf("word table line %d: unknown class %q", n+1, f[1])
		}
		v, err := strconv.ParseInt(f[2], 10, 16)
		if err != nil {
			return nil, fmt.Errorf("word table line %d: %w", n+1, err)
		}
		if err := lex.add(f[0], c, int16(v)); err != nil {
			return nil, fmt.Errorf("word table line %d: %w", n+1, err)
		}
	}
	return lex, nil
}

func (lex lexicon) add(word string, c class, v int16) error {
	if len(word) > longestWord {
		return fmt.Errorf("word %q is longer than %d bytes", word, longestWord)
	}
	e := lex[word]
	for i := range e.class {
		if e.class[i] == cNone {
			e.class[i], e.value[i] = c, v
			lex[word] = e
			return nil
		}
	}
	return fmt.Errorf("word %q has too many classes", word)
}
