// Package pdf writes letters as PDF files, to be printed and mailed.
//
//	err := pdf.Write(file, decision.Letter, nil)
//
// A letter is set in Helvetica on US Letter paper: the subject as a heading, the paragraphs,
// the values with their labels, the sections with their steps, and a page number on each page.
// The same letter with the same options gives the same bytes.
//
// The font covers English and Spanish, and everything else in Windows-1252. A letter with any other
// character is refused, because a question mark in a name or a number is worse than no file.
//
// The files have a title and a language, but no tags, so that a screen reader has to guess at
// their structure. The accessible form of a letter is cris.Letter.HTML. Offer it alongside the
// file.
package pdf
