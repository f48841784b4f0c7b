// Package extract reads and writes USPS Extract Files, the daily files of scan events
// (TR-1).
//
// # Records
//
// A record has 280 bytes and is two things at once: a line of comma-separated values in
// quotes, and a line of fixed width. Records end in CR LF, except perhaps the last.
// [Layout280] describes them:
//
//	byte   field                            width
//	2      tracking number                  22     a label of 13 characters is padded with spaces
//	27     electronic file number           22
//	52     mailer identifier                9
//	64     mailer name                      20
//	87     destination ZIP code             5
//	95     destination ZIP+4                4      inferred from here on
//	102    ZIP code of the scan             5
//	110    event code                       2
//	115    event name                       15
//	133    event date, YYYYMMDD             8
//	144    event time, HHMM, local          4
//	151    mail owner identifier            9
//	163    customer reference               30
//	196    country of the scan              2
//	201    recipient name                   20
//	224    original label                   22
//	249    unit of weight                   1
//	253    weight                           9
//	265    guaranteed delivery date         8
//	276    guaranteed delivery time         4
//
// Only the fields up to the destination ZIP code were published where this package could
// be checked against them. The others are inferred: they are the fields such files are
// known to have, and fill the record exactly. A file that differs is read with a [Layout]
// of its own.
//
// A ZIP code of zeros, or another that no place has, is no ZIP code. An event before 1990, after the day that follows the
// header's, or after Options.NotAfter is damaged.
//
// # Headers
//
// A file may begin with a [Header]. Its layout, [HeaderLayout280], is inferred altogether:
//
//	byte   field                            width
//	2      record type, the letter H        1
//	6      mailer identifier                9
//	18     electronic file number           22
//	43     file date, YYYYMMDD              8
//	54     number in the series of the day  2
//	59     records that follow              9
//	71     blank                            209
//
// Headers that differ are read with a [HeaderLayout] of their own. The first line counts as
// a damaged header, and not as a damaged record, where its quotes and commas fit a header
// better. Where files are known to have one, Options.WantHeader rejects all that have none.
//
// # Files
//
// Lines end in CR LF or LF, and a byte order mark may precede the first. Blank lines at
// the end, and a byte 0x1A as the very last, are nothing. A record whose fields and comma-
// separated values differ, because a quote stands inside a field, is damaged; so is one
// with a control character below the space, and a blank line before another record. A file
// with too many damaged records is not read to its end. [Reader.File] tells what a file
// held, and [tracking.MissingFiles] which files of a day are not there.
//
// [Open] also takes gzip files, and zip files with one file in them. Folders and links do
// not count, nor does what a desktop puts beside files: whatever is in __MACOSX, names that
// begin with a period, Thumbs.db, desktop.ini and their like. Files that are encrypted or
// would become too long are refused.
//
// # What is kept
//
// A record becomes a [tracking.Scan] and nothing else (TR-2): neither the name of the
// recipient nor the text of the event leaves the package. A damaged record becomes
// [tracking.Damage] that says where it is damaged and not what stands there; an error in
// the header rejects the file (TR-6).
//
// Beside it stands what may be kept of the damaged record. As far as quotes and commas are
// in their places, these are the fields that are kept of good records, with spaces for all
// others and an x for every byte of one that cannot be read. From the first misfit on
// there is an x for every byte, whatever it is, except that the three of quote, comma and
// quote stay wherever they are together: they show by how much the record was displaced,
// and of a name not even how long its words are.
//
//	good       "9400111206206406260787","9275000000000000000001","123456789","USCIS CARD PRODUCTIO","07405", ...
//	one lost   "9400111206206406260787","                      ","         ","xxxxxxxxxxxxxxxxxxx","xxxxx", ...
//
// A [Reader] needs the same memory for every input, and allocates nothing for a good
// record of a scan in the United States.
package extract
