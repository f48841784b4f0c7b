package casestatus

import (
	"slices"
	"strings"
	"sync"

	"github.com/seed28e20331/cris"
)

// TitleClass says what the title of a status tells about whether a case is pending (CS-10).
type TitleClass string

// The classes of titles.
const (
	TitlePending TitleClass = "pending" // work on the case goes on, or began anew
	TitleDecided TitleClass = "decided" // approved, denied, rejected, withdrawn, or what it led to is on its way
	TitleSilent  TitleClass = "silent"  // says nothing about it: the entry before counts
	TitleUnknown TitleClass = "unknown" // not in the table: counts as pending
)

// TitleClasses lists the classes of titles.
func TitleClasses() []TitleClass {
	return []TitleClass{TitlePending, TitleDecided, TitleSilent, TitleUnknown}
}

// ClassOfTitle returns what a title of the agency, in English, tells. Case, spacing and marks
// such as periods do not matter.
func ClassOfTitle(title string) TitleClass {
	if class, ok := titleClasses()[title]; ok { // as the agency writes it
		return class
	}
	if class, ok := titlesByCode()[titleCode(title)]; ok {
		return class
	}
	return TitleUnknown
}

// Pending reports whether the case is pending: whether the latest entry of its history that
// says anything about it does not say that it was decided or closed (CS-10). A status that
// is not known counts as pending, and so does a case without a history.
func (c Case) Pending() bool { return pending(c.History) }

func pending(history []StatusEntry) bool {
	for _, entry := range slices.Backward(history) {
		switch ClassOfTitle(entry.Title) {
		case TitleDecided:
			return false
		case TitlePending, TitleUnknown:
			return true
		case TitleSilent:
		}
	}
	return true
}

// folded is the same for titles that differ in case and spacing alone.
func folded(title string) string { return strings.ToLower(strings.Join(strings.Fields(title), " ")) }

var titleClasses = sync.OnceValue(func() map[string]TitleClass {
	classes := make(map[string]TitleClass, len(titles))
	for _, t := range titles {
		classes[t.english] = t.class
	}
	return classes
})

var titlesByCode = sync.OnceValue(func() map[cris.Code]TitleClass {
	classes := make(map[cris.Code]TitleClass, len(titles))
	for _, t := range titles {
		classes[titleCode(t.english)] = t.class
	}
	return classes
})

// titleCode is the code under which the words have a title. The agency writes some titles
// in more than one way.
func titleCode(title string) cris.Code {
	letters := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			return r
		case r == ' ' || r == '/' || r == '-':
			return '_'
		}
		return -1
	}, folded(title))
	return cris.Code("casestatus.title." + letters)
}

// titles are the titles of statuses that were seen on the agency's site, with what each
// tells (CS-10). Those of cards and documents on their way tell that the case was approved.
var titles = []struct {
	english string
	class   TitleClass
}{
	{"Advance Parole Document Was Produced", TitleDecided},
	{"Appeal Was Approved", TitleDecided},
	{"Appeal Was Dismissed", TitleDecided},
	{"Appeal Was Terminated and A Notice Was Mailed To Me", TitleDecided},
	{"Card Destroyed", TitleDecided},
	{"Card Is Being Returned to USCIS by Post Office", TitleDecided},
	{"Card Was Delivered To Me By The Post Office", TitleDecided},
	{"Card Was Destroyed", TitleDecided},
	{"Card Was Determined As Undeliverable By The Post Office", TitleDecided},
	{"Card Was Mailed To Me", TitleDecided},
	{"Card Was Picked Up By The United States Postal Service", TitleDecided},
	{"Card Was Returned To USCIS", TitleDecided},
	{"Case Approval Was Affirmed", TitleDecided},
	{"Case Approval Was Certified By USCIS", TitleDecided},
	{"Case Approval Was Reaffirmed And Mailed Back To Department Of State", TitleDecided},
	{"Case Approval Was Revoked", TitleDecided},
	{"Case Closed Benefit Received By Other Means", TitleDecided},
	{"Case Rejected Because I Sent An Incorrect Fee", TitleDecided},
	{"Case Rejected Because The Version Of The Form I Sent Is No Longer Accepted", TitleDecided},
	{"Case Rejected For Form Not Signed And Incorrect Form Version", TitleDecided},
	{"Case Rejected For Incorrect Fee", TitleDecided},
	{"Case Rejected For Incorrect Fee And Form Not Signed", TitleDecided},
	{"Case Rejected For Incorrect Fee And Incorrect Form Version", TitleDecided},
	{"Case Rejected For Incorrect Fee And Payment Not Signed", TitleDecided},
	{"Case Rejected For Incorrect Fee, Payment Not Signed And Incorrect Form Version", TitleDecided},
	{"Case Was Approved", TitleDecided},
	{"Case Was Approved And A Decision Notice Was Sent", TitleDecided},
	{"Case Was Approved And My Decision Was Emailed", TitleDecided},
	{"Case Was Approved And USCIS Notified The U.S. Consulate or Port of Entry", TitleDecided},
	{"Case Was Automatically Revoked", TitleDecided},
	{"Case Was Denied", TitleDecided},
	{"Case Was Denied And My Decision Notice Mailed", TitleDecided},
	{"Case Was Rejected Because I Did Not Sign My Form", TitleDecided},
	{"Case Was Rejected Because It Was Improperly Filed", TitleDecided},
	{"Case Was Rejected Because My Check Or Money Order Is Not Signed", TitleDecided},
	{"Certified Approval Of My Case Was Reversed by The Appellate Authority", TitleDecided},
	{"Certified Denial Of My Case Was Affirmed By Appellate Authority", TitleDecided},
	{"Denial Was Upheld by Court", TitleDecided},
	{"Document Destroyed", TitleDecided},
	{"Document Is Being Held For 180 Days", TitleDecided},
	{"Document Was Destroyed After USCIS Held It For 180 Days", TitleDecided},
	{"Document Was Destroyed And Letter Was Received", TitleDecided},
	{"Document Was Mailed", TitleDecided},
	{"Document Was Mailed But Not Returned To USCIS", TitleDecided},
	{"Document Was Mailed To Me", TitleDecided},
	{"Document Was Personally Delivered To Me", TitleDecided},
	{"Document Was Returned As Undeliverable", TitleDecided},
	{"Document Was Returned To USCIS", TitleDecided},
	{"Document Was Returned To USCIS And Is Being Held", TitleDecided},
	{"New Card Is Being Produced", TitleDecided},
	{"Permanent Resident Card Is Being Produced", TitleDecided},
	{"Petition Business Terminated/Over 180 Days/Not Automatically Revoked", TitleDecided},
	{"Petition Withdrawn/Over 180 Days/Not Automatically Revoked", TitleDecided},
	{"Petition/Application Was Rejected For Insufficient Funds", TitleDecided},
	{"Reentry Permit Was Produced", TitleDecided},
	{"Refugee Travel Document Was Produced", TitleDecided},
	{"Revocation Notice Was Sent", TitleDecided},
	{"Special Immigrant Juvenile Deferred Action Granted", TitleDecided},
	{"Special Immigrant Juvenile Deferred Action Not Granted", TitleDecided},
	{"Special Immigrant Juvenile Deferred Action Terminated", TitleDecided},
	{"Special Immigrant Juvenile Form I-360 Approved With Deferred Action", TitleDecided},
	{"Status Termination Notice Was Mailed", TitleDecided},
	{"Student Employment Authorization Document Automatically Terminated", TitleDecided},
	{"Termination Notice Sent", TitleDecided},
	{"Travel Document Was Destroyed", TitleDecided},
	{"Travel Document Was Destroyed After USCIS Held It For 180 Days", TitleDecided},
	{"Travel Document Was Mailed", TitleDecided},
	{"Travel Document Was Returned to USCIS And Will Be Held For 180 Days", TitleDecided},
	{"Withdrawal Acknowledgement Notice Was Sent", TitleDecided},
	{"Appeal Was Remanded To The Originating Office For Consideration", TitlePending},
	{"Biometrics Appointment Was Scheduled", TitlePending},
	{"CWR Notice of Intent to Revoke Sent", TitlePending},
	{"Case Accepted By The USCIS Lockbox", TitlePending},
	{"Case Is On Hold", TitlePending},
	{"Case Is On Hold Because Of Pending Litigation", TitlePending},
	{"Case Is Pending at a Local Office", TitlePending},
	{"Case Transferred And New Office Has Jurisdiction", TitlePending},
	{"Case Transferred To Another Office", TitlePending},
	{"Case Was Not Revoked or Cancelled By USCIS", TitlePending},
	{"Case Was Received", TitlePending},
	{"Case Was Received At Another USCIS Office", TitlePending},
	{"Case Was Received and A Receipt Notice Was Emailed", TitlePending},
	{"Case Was Received and A Receipt Notice Was Sent", TitlePending},
	{"Case Was Relocated From Administrative Appeals Office To USCIS Originating Office", TitlePending},
	{"Case Was Reopened", TitlePending},
	{"Case Was Reopened For Reconsideration", TitlePending},
	{"Case Was Returned To USCIS By The Executive Office of Immigration Review", TitlePending},
	{"Case Was Sent To The Administrative Appeals Office for Review", TitlePending},
	{"Case Was Sent To The Executive Office of Immigration Review", TitlePending},
	{"Case Was Transferred And A New Office Has Jurisdiction", TitlePending},
	{"Case Was Transferred To An Asylum Office", TitlePending},
	{"Case Was Transferred To International Office/Consulate", TitlePending},
	{"Case Was Transferred To Schedule An Interview", TitlePending},
	{"Case Was Updated To Show Fingerprints Were Taken", TitlePending},
	{"Case Was Updated To Show That No One Appeared for In-Person Processing", TitlePending},
	{"Case is Ready to Be Scheduled for An Interview", TitlePending},
	{"Department of State Sent Case to USCIS For Review", TitlePending},
	{"Eligibility Notice Was Mailed", TitlePending},
	{"Filed Under Known Employer Pilot", TitlePending},
	{"Fingerprint Fee Was Received", TitlePending},
	{"Fingerprint and Biometrics Appointment Was Scheduled", TitlePending},
	{"Intent To Rescind Notice Was Mailed", TitlePending},
	{"Intent to Revoke Notice Was Sent", TitlePending},
	{"Interview Cancelled", TitlePending},
	{"Interview Cancelled And Notice Ordered", TitlePending},
	{"Interview Was Completed And My Case Must Be Reviewed", TitlePending},
	{"Interview Was Rescheduled", TitlePending},
	{"Interview Was Scheduled", TitlePending},
	{"Premium Processing Case is Eligible for Pre-Certification", TitlePending},
	{"Premium Processing Case is Not Eligible for Pre-Certification", TitlePending},
	{"Prequalified Decision Notice Was Mailed", TitlePending},
	{"Request For Initial Evidence Was Sent", TitlePending},
	{"Request For Premium Processing Services Was Received", TitlePending},
	{"Request To Reschedule My Appointment Was Received", TitlePending},
	{"Request for Additional Evidence Was Sent", TitlePending},
	{"Request for Additional Information Received", TitlePending},
	{"Request for Initial and Additional Evidence Was Mailed", TitlePending},
	{"Response To USCIS' Request For Evidence Was Received", TitlePending},
	{"Sent to CDC for Opinion", TitlePending},
	{"CASE STATUS", TitleSilent},
	{"Amended Notice Was Mailed", TitleSilent},
	{"CNMI Semiannual Report Received", TitleSilent},
	{"CNMI Semiannual Report Rejected", TitleSilent},
	{"Card Was Received By USCIS Along With My Letter", TitleSilent},
	{"Case Is No Longer On Hold Because Of Pending Litigation", TitleSilent},
	{"Case Was Sent To The Department of State", TitleSilent},
	{"Continuation Notice Was Mailed", TitleSilent},
	{"Correspondence Was Received And USCIS Is Reviewing It", TitleSilent},
	{"Date of Birth Was Updated", TitleSilent},
	{"Document And Letter Was Received And Under Review", TitleSilent},
	{"Document and Letter Was Received", TitleSilent},
	{"Duplicate Notice Was Mailed", TitleSilent},
	{"Expedite Request Approved", TitleSilent},
	{"Expedite Request Denied", TitleSilent},
	{"Expedite Request Received", TitleSilent},
	{"Fee Refund Was Mailed", TitleSilent},
	{"Fee Will Be Refunded", TitleSilent},
	{"Fees Were Waived", TitleSilent},
	{"Form G-28 Was Rejected Because It Was Improperly Filed", TitleSilent},
	{"Litigation Notice Was Mailed", TitleSilent},
	{"Name Was Updated", TitleSilent},
	{"Notice Explaining Actions Mailed", TitleSilent},
	{"Notice Explaining USCIS Actions Was Mailed", TitleSilent},
	{"Notice Was Returned To USCIS Because The Post Office Could Not Deliver It", TitleSilent},
	{"Premium Processing Fee Will Be Refunded", TitleSilent},
	{"Request For A Duplicate Card Was Approved", TitleSilent},
	{"Request Was Processed", TitleSilent},
	{"Request Was Rejected", TitleSilent},
	{"Resubmitted Fee Was Not Accepted", TitleSilent},
	{"Termination Of Litigation Notice Was Mailed", TitleSilent},
	{"Travel Document Was Received By USCIS Along With My Letter", TitleSilent},
	{"Withdrawal Of My Appeal Was Acknowledged", TitleSilent},
}
