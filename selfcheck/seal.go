package selfcheck

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/seed28e20331/cris"
)

// claimed is what is sealed between the two parts of a proofing: who the applicant claims to be,
// and what the conclusion needs.
//
// SC-5, SC-6: the address of residence is not part of it.
type claimed struct {
	Statement string
	Name      cris.NameParts
	BirthDate string
	SSN       string
	Provider  IdPTransactionID // the provider's number for the proofing; "" until it names one
	Attempt   []byte           // the ticket of the attempt that was counted, so that it can be given back; nil if none was
	After     []byte           // digest of what the browser brought back from the quiz before this one; nil for the first
}

// errSealed repeats nothing: it means that the token is not the one of the record.
var errSealed = errors.New("what is on record was sealed with another token")

// seal returns a text that only the token opens. All such texts have one length, so that the
// length of a name does not show.
func (t Token) seal(c claimed) (string, error) {
	plain, err := json.Marshal(c)
	if err != nil {
		return "", errors.New("selfcheck: the applicant cannot be sealed")
	}
	const block = 512
	padded := make([]byte, (len(plain)/block+1)*block)
	for i := copy(padded, plain); i < len(padded); i++ {
		padded[i] = ' '
	}
	box, err := t.box()
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(box.Seal(nil, nil, padded, []byte(t.Transaction()))), nil //nolint:gosec // G407 does not know NewGCMWithRandomNonce
}

// open returns what seal sealed.
func (t Token) open(sealed string) (claimed, error) {
	box, err := t.box()
	if err != nil {
		return claimed{}, err
	}
	text, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return claimed{}, errSealed
	}
	plain, err := box.Open(nil, nil, text, []byte(t.Transaction()))
	if err != nil {
		return claimed{}, errSealed
	}
	var c claimed
	if json.Unmarshal(plain, &c) != nil {
		return claimed{}, errSealed
	}
	return c, nil
}

// box returns AES-256-GCM under a key that follows from the token alone.
func (t Token) box() (cipher.AEAD, error) {
	const size = 32
	key, err := hkdf.Key(sha256.New, []byte(t.Reveal()), nil, "cris selfcheck applicant", size)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// claimOf returns what is sealed of an applicant.
func claimOf(statement string, applicant Applicant) claimed {
	return claimed{
		Statement: statement, Name: applicant.Name.Reveal(),
		BirthDate: applicant.BirthDate.Reveal().String(), SSN: applicant.SSN.Reveal(),
	}
}

// applicant returns the applicant without the address of residence.
func (c claimed) applicant() (Applicant, error) {
	name, nameErr := cris.NewPersonName(c.Name)
	birth, birthErr := cris.ParseDate(c.BirthDate)
	ssn := SSN{}
	var ssnErr error
	if c.SSN != "" {
		ssn, ssnErr = ParseSandboxSSN(c.SSN) // it was judged when it was entered
	}
	if errors.Join(nameErr, birthErr, ssnErr) != nil {
		return Applicant{}, errSealed
	}
	return Applicant{Name: name, BirthDate: cris.NewPersonal(birth), SSN: ssn}, nil
}

// after returns the claim with the quiz that follows what the browser brought back.
func (c claimed) after(returned string) claimed {
	c.After = nil
	if returned != "" {
		digest := sha256.Sum256([]byte(returned))
		c.After = digest[:]
	}
	return c
}

// isAfter reports whether both have the quiz that followed the same conclusion.
func (c claimed) isAfter(other claimed) bool {
	return c.After != nil && bytes.Equal(c.After, other.After)
}

// isSamePerson reports whether both are the claim of one person. The edition of the statement
// may differ.
func (c claimed) isSamePerson(other claimed) bool {
	return c.Name == other.Name && c.BirthDate == other.BirthDate && c.SSN == other.SSN
}
