package addresschange_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
)

func TestCA1_TheNoticeSaysWhatTheCustomerKeeps(t *testing.T) {
	d := newDesk(t)
	record := d.submit(t, addresschangetest.NewReport("k", nil, func(r *addresschange.Report) { r.MovedOn = day("2022-08-10") })).Record
	english, err := d.Notice(record, cris.English)
	require.NoError(t, err)
	require.Equal(t, fmt.Sprintf(`We received your new address

Your confirmation number is %s. Please keep it.

You reported your new address on August 15, 2022. Starting that day, mail about the cases whose address we changed goes to the new address. Mail that was already on its way may still go to the old one.

If we did not change the address of a case that you named, check your receipt notice, or change the address by telephone or by letter.

We do not tell the immigration court. If you have a case there, you must tell the court yourself.

You do not need to send this report again. If you move again, or if something in this report was wrong, send a new report.
`, record.Confirmation), english.Text())
	spanish, err := d.Notice(record, cris.Spanish)
	require.NoError(t, err)
	require.Equal(t, fmt.Sprintf(`Recibimos su nueva dirección

Su número de confirmación es %s. Guárdelo.

Usted informó su nueva dirección el 15 de agosto de 2022. A partir de ese día, el correo sobre los casos cuya dirección cambiamos va a la nueva dirección. El correo que ya estaba en camino todavía puede llegar a la anterior.

Si no cambiamos la dirección de un caso que mencionó, revise su aviso de recibo, o cambie la dirección por teléfono o por carta.

No informamos al tribunal de inmigración. Si tiene un caso allí, usted mismo debe informar al tribunal.

No necesita enviar este informe otra vez. Si vuelve a mudarse, o si algo en este informe era incorrecto, envíe un informe nuevo.
`, record.Confirmation), spanish.Text())
}

func TestCA1_ALateReportGetsTheNoticeThatSaysTheLastDay(t *testing.T) {
	d := newDesk(t)
	record := d.submit(t, addresschangetest.NewReport("k", nil, func(r *addresschange.Report) { r.MovedOn = day("2022-08-04") })).Record
	require.True(t, record.Late())
	for language, want := range map[cris.Language]string{
		cris.English: "The last day to report your new address was August 14, 2022. Please report on time if you move again.",
		cris.Spanish: "El último día para informar su nueva dirección era el 14 de agosto de 2022. Si vuelve a mudarse, infórmela a tiempo.",
	} {
		letter, err := d.Notice(record, language)
		require.NoError(t, err)
		require.Len(t, letter.Paragraphs, 6)
		require.Equal(t, want, letter.Paragraphs[2])
	}
}

// CS-9: a case that is changed, one that is withheld and one that nobody has get the same words.
func TestCA1_TheNoticeTellsOfNoCase(t *testing.T) {
	mine, withheld := casestatustest.NewPendingCase(1), casestatustest.NewPendingCase(2, func(c *casestatus.Case) { c.Withheld = true })
	d := newDesk(t, mine, withheld)
	var first cris.Letter
	for i, named := range []casestatus.Case{mine, withheld, casestatustest.NewPendingCase(3)} {
		record := d.submit(t, addresschangetest.NewReport(named.Receipt.String(), []casestatus.Case{named})).Record
		record.Confirmation = addresschangetest.NewRecord(1).Confirmation
		letter, err := d.Notice(record, cris.English)
		require.NoError(t, err)
		if i == 0 {
			first = letter
		}
		require.Equal(t, first, letter)
		require.NotContains(t, letter.HTML(), named.Receipt.String())
	}
}

// The edition of the day of the report counts, and a report is not lost for want of one.
func TestCA1_TheNoticeIsTheOneInForceOnTheDayOfTheReport(t *testing.T) {
	phrase := func(words string) cris.Phrase { return cris.Phrase{English: words, Spanish: words} }
	text := func(edition string) cris.TemplateText {
		return cris.TemplateText{
			Edition: edition, From: day("2022-08-01"), Until: day("2022-08-31"),
			Subject: phrase(edition), Paragraphs: []cris.Phrase{phrase("{number} {effective}")},
		}
	}
	inTime, err := addresschange.NewNotice(text("ours"))
	require.NoError(t, err)
	_, err = addresschange.NewLateNotice(text("late"))
	require.ErrorContains(t, err, `variable "due_by" is not shown in en`)

	d := newDesk(t)
	d.Service = addresschange.NewService(d.db.AddressChanges(), d.db.Cases(), &addresschange.Options{
		Now: d.clock.Now, Policy: &addresschange.Policy{Notices: cris.Templates{inTime}},
	})
	for at, want := range map[string]string{"2022-08-15": "ours", "2022-09-01": ""} {
		d.clock.Set(at + "T14:30:00Z")
		filing := d.submit(t, addresschangetest.NewReport(at, nil, func(r *addresschange.Report) { r.MovedOn, r.Signature.On = day(at), day(at) }))
		require.Equal(t, addresschange.Accepted, filing.Outcome, filing.Reasons)
		d.clock.Set("2023-01-01T14:30:00Z")
		letter, err := d.Notice(filing.Record, cris.English)
		require.Equal(t, want, letter.Subject)
		if want == "" {
			require.ErrorIs(t, err, cris.ErrNotFound)
			continue
		}
		require.NoError(t, err)
	}
}

func TestCA1_TheNoticesOfThePackageLoad(t *testing.T) {
	for _, all := range []cris.Templates{addresschange.Notices(), addresschange.LateNotices()} {
		require.Len(t, all, 1)
		all[0] = cris.Template{}
	}
	require.NotEmpty(t, addresschange.Notices()[0].Edition(), "what a caller changes is the caller's")
	require.NotEmpty(t, addresschange.LateNotices()[0].Edition())
}

// A caller who changes a policy after the service was made changes nothing.
func TestNewService_KeepsItsPolicy(t *testing.T) {
	policy := addresschange.DefaultPolicy()
	d := newDesk(t)
	s := addresschange.NewService(d.db.AddressChanges(), d.db.Cases(), &addresschange.Options{Now: d.clock.Now, Policy: &policy})
	letters := func() (letters []cris.Letter) {
		for _, late := range []int{0, -1} {
			letter, err := s.Notice(addresschange.Record{Effective: day("2022-08-15"), DueBy: day("2022-08-15").AddDays(late)}, cris.English)
			require.NoError(t, err)
			letters = append(letters, letter)
		}
		return letters
	}
	before := letters()
	require.NotEqual(t, before[0], before[1])
	statement, err := s.Statement()
	require.NoError(t, err)
	policy.Notices[0], policy.LateNotices[0], policy.Statements[0] = cris.Template{}, cris.Template{}, cris.Statement{}
	require.Equal(t, before, letters())
	same, err := s.Statement()
	require.NoError(t, err)
	require.Equal(t, statement, same)
}
