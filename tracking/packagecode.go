package tracking

import "encoding/binary"

// setPackageCode takes 22 digits that are a valid number, as most records have them, and
// reports whether they are. Anything else is left to readNumber, which says what is wrong.
// It looks at eight digits at a time: reading files is mostly this.
func setPackageCode(n *Number, text []byte) bool {
	const zeros, pairs = 0x3030303030303030, 0x000f000f000f000f
	_ = text[packageLen-1]
	if text[0] != '9' || text[1] < '1' || text[1] > '5' {
		return false
	}
	a := binary.LittleEndian.Uint64(text[0:8])
	b := binary.LittleEndian.Uint64(text[8:16])
	c := binary.LittleEndian.Uint64(text[14:22])>>16 | 0x3030<<48 // the last six, and two zeros
	if notDigits(a)|notDigits(b)|notDigits(c) != 0 {
		return false
	}
	a, b, c = a-zeros, b-zeros, c-zeros
	if a>>16|b|c&0x000000ffffffffff == 0 {
		return false // all zero between the identifier and the check digit
	}
	// The digits at even places count three times. All 22 of them sum to no more than
	// what a lane of 16 bits holds.
	even := a&pairs + b&pairs + c&pairs
	odd := a>>8&pairs + b>>8&pairs + c>>8&pairs
	sum := (3*even + odd) * 0x0001000100010001 >> 48
	if sum%10 != 0 {
		return false
	}
	n.length = packageLen
	copy(n.text[:], text[:packageLen])
	clear(n.text[packageLen:])
	return true
}

// notDigits returns 0 if all eight bytes are digits.
func notDigits(word uint64) uint64 {
	const high, zeros, six = 0xf0f0f0f0f0f0f0f0, 0x3030303030303030, 0x0606060606060606
	// A byte from '0' to '?' has the high half 3, and from '0' to '9' also with 6 added.
	return (word&high ^ zeros) | ((word+six)&high ^ zeros)
}
