package erequest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

func TestER8_TheNoticeSaysWhatTheCustomerKeeps(t *testing.T) {
	d := newDesk(t)
	request := d.submit(t, submission("k1", erequest.CardNotReceived)).Request
	request.Confirmation = erequesttest.ConfirmationNumber(1)
	english, err := d.Notice(t.Context(), request, cris.English)
	require.NoError(t, err)
	require.Equal(t, fmt.Sprintf(`We received your request

Your confirmation number is %s. Please keep it. You can use it with your receipt number to check the status of your request.

You filed your request on August 15, 2022. We intend to respond by September 14, 2022.

Your request goes to the office that has your case. An officer there will look into it and respond in the way you chose. The officer may ask you for more information first.

You do not need to send this request again. You may make a new inquiry online on or after September 14, 2022. If we have not responded by September 14, 2022, you may place this request again on or after September 15, 2022.
`, request.Confirmation), english.Text())
	spanish, err := d.Notice(t.Context(), request, cris.Spanish)
	require.NoError(t, err)
	require.Equal(t, fmt.Sprintf(`Recibimos su solicitud

Su número de confirmación es %s. Guárdelo. Con él y con su número de recibo podrá ver el estado de su solicitud.

Usted presentó su solicitud el 15 de agosto de 2022. Tenemos la intención de responder a más tardar el 14 de septiembre de 2022.

Su solicitud va a la oficina que tiene su caso. Un oficial de esa oficina la examinará y le responderá de la manera que usted eligió. Antes, es posible que le pida más información.

No necesita enviar esta solicitud otra vez. Podrá hacer una nueva consulta en línea a partir del 14 de septiembre de 2022. Si no respondemos a más tardar el 14 de septiembre de 2022, podrá hacer esta solicitud de nuevo a partir del 15 de septiembre de 2022.
`, request.Confirmation), spanish.Text())
	require.Contains(t, spanish.HTML(), `<html lang="es">`)
	for _, letter := range []cris.Letter{english, spanish} {
		for _, personal := range []string{"Lindstr", "Ana", "1984", "ana@example.org", receipt.String(), request.ID, request.Key} {
			require.NotContains(t, letter.HTML(), personal)
		}
	}
}

// ER-9, ER-11: the wait is for online requests, and as long as the policy says.
func TestER9_TheNoticeSaysFromWhenANewInquiryMayBeMade(t *testing.T) {
	for _, tt := range []struct {
		channel erequest.Channel
		policy  erequest.Policy
		want    string
	}{
		{erequest.Online, erequest.Policy{WaitDays: 45}, "online on or after September 29, 2022. If we have not responded by September 14, 2022, you may place this request again on or after September 29, 2022."},
		{erequest.Online, erequest.Policy{WaitDays: -1}, "online on or after August 15, 2022."},
	} {
		d := newDeskUnder(t, &tt.policy)
		s := submission("k1", erequest.CardNotReceived)
		s.Channel = tt.channel
		letter, err := d.Notice(t.Context(), d.submit(t, s).Request, cris.English)
		require.NoError(t, err)
		require.Contains(t, letter.Text(), tt.want)
	}
}

// ER-8: the edition of the day of filing counts, and a request is not lost for want of one.
func TestER8_TheNoticeIsTheOneInForceOnTheDayOfFiling(t *testing.T) {
	load := func(edition, from, until string) cris.Template {
		words := cris.Phrase{English: edition + " {number} {filed} {respond_by} {ask_again} {repeat_from}", Spanish: "{number} {filed} {respond_by} {ask_again} {repeat_from}"}
		notice, err := erequest.NewNotice(cris.TemplateText{
			Edition: edition, From: cris.MustParseDate(from), Until: cris.MustParseDate(until),
			Subject: cris.Phrase{English: "Subject", Spanish: "Asunto"}, Paragraphs: []cris.Phrase{words},
		})
		require.NoError(t, err)
		return notice
	}
	d := newDeskUnder(t, &erequest.Policy{Notices: cris.Templates{load("old", "2020-01-01", "2022-08-16"), load("new", "2022-08-16", "2022-09-01")}})
	request := d.submit(t, submission("k1", erequest.CardNotReceived)).Request
	d.now = d.now.AddDate(0, 0, 5)
	letter, err := d.Notice(t.Context(), request, cris.English)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(letter.Paragraphs[0], "old "), letter.Paragraphs[0])

	d.now = d.now.AddDate(0, 1, 0)
	later := d.submit(t, submission("k2", erequest.CardNotReceived))
	require.Equal(t, erequest.Accepted, later.Outcome)
	_, err = d.Notice(t.Context(), later.Request, cris.English)
	require.ErrorIs(t, err, cris.ErrNotFound)
	_, has := later.Confirmation()
	require.True(t, has)
}

func TestER8_ANoticeWithoutOneOfItsVariablesIsNotLoaded(t *testing.T) {
	for _, notice := range erequest.Notices() {
		require.NotEmpty(t, notice.Edition())
	}
	_, err := erequest.NewNotice(cris.TemplateText{
		Edition: "x", Subject: cris.Phrase{English: "a", Spanish: "a"},
		Paragraphs: []cris.Phrase{{English: "{number} {filed} {respond_by}", Spanish: "{number} {filed} {respond_by}"}},
	})
	require.ErrorContains(t, err, `variable "ask_again" is not shown in en`)
}

// ER-9, ER-11: another request about the case makes the wait longer.
func TestER9_TheNoticeTakesAccountOfTheOtherRequestsOfTheCase(t *testing.T) {
	d := newDesk(t)
	request := d.submit(t, submission("k1", erequest.CardNotReceived)).Request
	d.now = d.now.AddDate(0, 0, 30)
	d.submit(t, submission("k2", erequest.NoticeNotReceived))
	letter, err := d.Notice(t.Context(), request, cris.English)
	require.NoError(t, err)
	require.Contains(t, letter.Text(), "online on or after October 14, 2022. If we have not responded by September 14, 2022, you may place this request again on or after October 14, 2022.")

	_, err = d.over(unreadable{d.db.ERequests()}).Notice(t.Context(), request, cris.English)
	require.EqualError(t, err, "erequest: notice: down")
}

// ER-5a, CS-9: whoever asked by telephone is sent to nothing that is online, where a protected
// case is not there.
func TestER5a_TheNoticeOfStaffSendsNobodyOnline(t *testing.T) {
	d := newDesk(t)
	withheld := onFile
	withheld.Withheld = true
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), withheld))
	for i, channel := range []erequest.Channel{erequest.Telephone, erequest.Letter, erequest.LocalOffice} {
		s := submission(fmt.Sprint("k", i), erequest.CardNotReceived)
		s.Channel = channel
		request := d.submit(t, s).Request
		for language, want := range map[cris.Language]string{cris.English: "please call us or write to us.", cris.Spanish: "llámenos o escríbanos."} {
			letter, err := d.Notice(t.Context(), request, language)
			require.NoError(t, err)
			require.Contains(t, letter.Text(), request.Confirmation.String())
			require.Contains(t, letter.Text(), want)
			require.NotContains(t, letter.Text(), "nline")
			require.NotContains(t, letter.Text(), "en línea")
		}
	}
}
