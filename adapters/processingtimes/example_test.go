package processingtimes_test

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/processingtimes"
	"github.com/seed28e20331/cris/casestatus"
)

// A row comes as a value, or as an exception that says what is wrong with it.
func ExampleRead() {
	const page = `{"data":{"processing_time":{"form_name":"I-102","office_code":"CSC","subtypes":[
		{"form_type":"142","publication_date":"January 28, 2022","service_request_date":"November 27, 2019",
		 "range":[{"unit":"Months","value":27.5},{"unit":"Months","value":24}]},
		{"form_type":"143","publication_date":"January 28, 2022","service_request_date":"",
		 "range":[{"unit":"Months","value":301.5},{"unit":"Months","value":29.5}]}]}}}`
	readOn := cris.MustParseDate("2022-02-19")
	for posted, err := range processingtimes.Read(strings.NewReader(page), readOn) {
		if exception, ok := errors.AsType[*processingtimes.Exception](err); ok {
			fmt.Println(exception) // reading goes on
			continue
		}
		if err != nil {
			fmt.Println(err) // the rest cannot be read
			return
		}
		days, _ := posted.Days()
		fmt.Println(posted.Form, posted.FormType, posted.Office, posted.Threshold, posted.InquiryDate, days)
	}
	// Output:
	// I-102 142 CSC 27.5 months 2019-11-27 815
	// processingtimes: line 1: form "I-102", type "143", office "CSC": range[0].value: longer than 20 years
}

// Tables that people collected name the subtypes by the keys of the agency's site.
func ExampleReadTable() {
	const table = `form_name,form_subtype,office_code,publication_date,range_upper,range_upper_unit,range_lower,range_lower_unit,service_request_date
I-485,131A-FAM,CHI,"October 30, 2024",26.5,Months,11,Months,"August 14, 2022"
`
	for posted, err := range processingtimes.ReadTable(strings.NewReader(table), cris.MustParseDate("2024-10-30"), casestatus.DefaultTables().Forms) {
		fmt.Println(posted.Form, posted.FormType, posted.Office, posted.InquiryDate, err)
	}
	// Output:
	// I-485 I-485 Family CHI 2022-08-14 <nil>
}

func ExampleWrite() {
	err := processingtimes.Write(os.Stdout, casestatus.ProcessingTime{
		Form: "I-102", FormType: "142", Office: "CSC",
		PublishedOn: cris.MustParseDate("2022-01-28"), InquiryDate: cris.MustParseDate("2019-11-27"),
		Threshold: casestatus.Bound{Value: decimal.RequireFromString("27.5"), Unit: casestatus.Months},
	})
	fmt.Println(err)
	// Output:
	// {"data":{"processing_time":{"form_name":"I-102","office_code":"CSC","subtypes":[{"form_type":"142","publication_date":"January 28, 2022","range":[{"unit":"Months","value":27.5},{"unit":"","value":""}],"service_request_date":"November 27, 2019"}]}},"message":"Query was successful"}
	// <nil>
}
