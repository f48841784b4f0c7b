package extract

// Kind says what a field holds, as far as it is read.
type Kind string

// The kinds of field: those up to ScanCountry are for a Layout of records, those after it
// for a HeaderLayout, and Ignored is for both.
const (
	Ignored        Kind = "ignored"         // skipped, whatever it holds; "" means it too
	TrackingNumber Kind = "tracking_number" // at most the 30 digits of a number, padded with spaces
	EventCode      Kind = "event_code"      // two characters
	EventName      Kind = "event_name"      // only read for a delivery to the original sender
	EventDate      Kind = "event_date"      // YYYYMMDD
	EventTime      Kind = "event_time"      // HHMM, local to the place
	ScanZIP        Kind = "scan_zip"        // five digits; spaces, 00000 or another code that no place has for none
	ScanCountry    Kind = "scan_country"    // two letters, or spaces
	RecordType     Kind = "record_type"     // the letter H, padded with spaces
	MailerID       Kind = "mailer_id"       // digits
	ElectronicFile Kind = "electronic_file" // number of the file, padded with spaces
	FileDate       Kind = "file_date"       // YYYYMMDD
	SeriesNumber   Kind = "series_number"   // digits: where the file stands in the series of the day
	RecordCount    Kind = "record_count"    // digits: records that follow
)

// Kinds lists the kinds of field.
func Kinds() []Kind {
	return []Kind{
		Ignored, TrackingNumber, EventCode, EventName, EventDate, EventTime, ScanZIP, ScanCountry,
		RecordType, MailerID, ElectronicFile, FileDate, SeriesNumber, RecordCount,
	}
}
