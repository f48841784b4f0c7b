// Package seal keeps the keys under which a store seals what is personal (PV-2) in a file: a
// [cris.Keys] for examples, for tests, and for programs whose machine protects the file. A key
// service of the host takes its place behind the same port; package cristest has its conformance
// kit.
//
//	keys, err := seal.Open("/etc/cris/keys.json")
//	store, err := sqlstore.Open(ctx, db, sqlstore.SealedBy(keys), nil)
//
// # What is in the file
//
// The file holds wrapping keys, of which one is in force, and the key of the blind indexes, all in
// clear: whoever has the file and the database reads everything. It must be readable by its owner
// alone, and be kept on a different disk and in a different backup from the database. Without it
// nothing that was sealed can be read, and nothing brings it back.
//
// # Rotation
//
// [File.Rotate] puts a new key in force. Programs that have the file open notice, because they look
// whether the file has changed before they use a key. What was wrapped by the key before stays
// wrapped until sqlstore's DB.Rewrap has wrapped it again; then [File.Destroy] makes the old key,
// and with it every copy of what it wrapped, useless. The key of the blind indexes is never
// rotated: all entries would have to be made anew.
//
// Keys are wrapped with AES-256-GCM and random nonces, and digests are HMAC-SHA-256 under a key
// that HKDF derives for each column. Everything is of the standard library, and runs with
// GODEBUG=fips140=only.
package seal
