package main

import (
	"encoding/binary"
	"fmt"
	"math"
)

// unpickle reads a Python pickle that holds lists of strings and numbers only,
// protocol 4. Any other opcode is an error: no class is ever looked up and no
// code is run.
func unpickle(data []byte) (any, error) {
	p := &pickle{data: data}
	for p.at < len(p.data) {
		op := p.data[p.at]
		p.at++
		if op == '.' {
			if len(p.stack) != 1 {
				return nil, fmt.Errorf("pickle: %d values left at the end", len(p.stack))
			}
			return p.stack[0], nil
		}
		if err := p.step(op); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("pickle: no end")
}

type pickle struct {
	data  []byte
	at    int
	stack []any
	marks []int
	memo  []any
}

type pickleList struct{ items []any }

func (p *pickle) take(n int) ([]byte, error) {
	if n < 0 || p.at+n > len(p.data) {
		return nil, fmt.Errorf("pickle: short at byte %d", p.at)
	}
	b := p.data[p.at : p.at+n]
	p.at += n
	return b, nil
}

// widths gives the bytes of argument of each opcode read here.
var widths = map[byte]int{0x80: 1, 0x95: 8, ']': 0, 0x94: 0, '(': 0, 0x8C: 1, 'X': 4, 'h': 1, 'j': 4, 'G': 8, 'J': 4, 'M': 2,
	'K': 1, 0x8A: 1, 'e': 0, 'a': 0, 'N': 0}

func (p *pickle) step(op byte) error {
	w, ok := widths[op]
	if !ok {
		return fmt.Errorf("pickle: opcode %#x at byte %d", op, p.at-1)
	}
	arg, err := p.take(w)
	if err != nil {
		return err
	}
	le := binary.LittleEndian
	switch op {
	case ']':
		p.push(&pickleList{})
	case 'N':
		p.push(nil)
	case 0x94:
		if len(p.stack) == 0 {
			return fmt.Errorf("pickle: nothing to remember at byte %d", p.at)
		}
		p.memo = append(p.memo, p.stack[len(p.stack)-1])
	case '(':
		p.marks = append(p.marks, len(p.stack))
	case 0x8C:
		return p.text(int(arg[0]))
	case 'X':
		return p.text(int(le.Uint32(arg)))
	case 'h':
		return p.get(int(arg[0]))
	case 'j':
		return p.get(int(le.Uint32(arg)))
	case 'G':
		p.push(math.Float64frombits(binary.BigEndian.Uint64(arg)))
	case 'J':
		p.push(float64(int32(le.Uint32(arg))))
	case 'M':
		p.push(float64(le.Uint16(arg)))
	case 'K':
		p.push(float64(arg[0]))
	case 0x8A:
		return p.long(int(arg[0]))
	case 'e':
		return p.appends()
	case 'a':
		p.marks = append(p.marks, len(p.stack)-1)
		return p.appends()
	}
	return nil
}

func (p *pickle) push(v any) { p.stack = append(p.stack, v) }

func (p *pickle) text(n int) error {
	b, err := p.take(n)
	if err == nil {
		p.push(string(b))
	}
	return err
}

func (p *pickle) get(i int) error {
	if i >= len(p.memo) {
		return fmt.Errorf("pickle: memo %d of %d", i, len(p.memo))
	}
	p.push(p.memo[i])
	return nil
}

// long reads a little-endian whole number of n bytes; those of the package
// (populations) are positive and short.
func (p *pickle) long(n int) error {
	b, err := p.take(n)
	if err != nil || n > 8 {
		return fmt.Errorf("pickle: number of %d bytes", n)
	}
	v := 0.0
	for i := n - 1; i >= 0; i-- {
		v = v*256 + float64(b[i])
	}
	p.push(v)
	return nil
}

func (p *pickle) appends() error {
	if len(p.marks) == 0 {
		return fmt.Errorf("pickle: no mark at byte %d", p.at)
	}
	m := p.marks[len(p.marks)-1]
	p.marks = p.marks[:len(p.marks)-1]
	if m < 1 || m > len(p.stack) {
		return fmt.Errorf("pickle: no list at byte %d", p.at)
	}
	l, ok := p.stack[m-1].(*pickleList)
	if !ok {
		return fmt.Errorf("pickle: append to no list at byte %d", p.at)
	}
	l.items = append(l.items, p.stack[m:]...)
	p.stack = p.stack[:m]
	return nil
}
