package extract_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// A server that has no such file may answer with a page that says so.
func ExampleOpen() {
	page := "<html><h1>404 Not Found</h1></html>\n"
	file, err := extract.Open("EXTRACT_20130815_01.txt", strings.NewReader(page), &extract.Options{WantHeader: true})
	if err != nil {
		return // the file could not be read
	}
	for _, err := range file.Records {
		if rejected, is := errors.AsType[*extract.HeaderError](err); is {
			fmt.Println(rejected)
		}
	}
	// Output:
	// extract: file rejected: EXTRACT_20130815_01.txt: header, byte 1: record: no_header
}

func ExampleReader() {
	good := `"9400111206206406260787","9275000000000000000001","123456789","USCIS CARD PRODUCTIO","07405","1234","07405","01","DELIVERED      ","20130815","0952","123456789","IOE0912345678                 ","US","JANE Q CUSTOMER     ","                      ","L","000000123","20130817","1200"` + "\r\n"
	damaged := strings.Replace(good, `"0952"`, `"2452"`, 1)
	for record, err := range extract.NewReader(strings.NewReader(good+damaged), nil).Records() {
		if err != nil {
			return // the file could not be read
		}
		if record.Damage != nil {
			fmt.Println(record.Damage)
			continue
		}
		scan := record.Scan
		fmt.Println(scan.Number, scan.Class(), scan.At, scan.Place.ZIP)
	}
	// Output:
	// 9400111206206406260787 delivered 2013-08-15T09:52 07405
	// line 2, byte 144: event time: no_such_time
}

// A test or a simulation writes files as the USPS sends them.
func ExampleWriter() {
	var file bytes.Buffer
	out := extract.NewWriter(&file, nil)
	err := out.WriteHeader(extract.Header{
		MailerID: "899561482", ElectronicFile: "cris-20130815-01", Date: cris.MustParseDate("2013-08-15"), Series: 1, Records: 1,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	err = out.Write(extract.FullRecord{Scan: tracking.Scan{
		Number: tracking.MustParseNumber("9400111206206406260787"), Code: "01", At: tracking.MustParseLocalTime("2013-08-15T09:52"),
		Place: tracking.Place{ZIP: cris.MustParseZIP("07405"), Country: "US"},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for record, err := range extract.NewReader(&file, nil).Records() {
		fmt.Println(record.Line, record.Scan.Number, record.Scan.Code, record.Scan.At, err)
	}
	// Output:
	// 2 9400111206206406260787 01 2013-08-15T09:52 <nil>
}
