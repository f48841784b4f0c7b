// Package words holds no code: its tests see that nothing escapes the catalog of reasons,
// enumerations and words. Every reason is built in one place, is listed and has a code of
// its own; every enumeration is made of tokens and is listed; and for each of them that
// customers are told about there are words in both languages, and no words for anything
// else. Each check is shown flaws that it must find.
package words
