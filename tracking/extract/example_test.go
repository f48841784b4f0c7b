package extract_test

import (
	"errors"
	"fmt"
	"strings"

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
