package sqlstore

// settingRow is a row of settings.
type settingRow struct {
	Name  string `db:"name,key"`
	Value string `db:"value"`
}

var settingTable = newTable[settingRow]("cris_settings")

// recordKeyRow is the data key of a record of a person: the row of a table with a retention period
// of its own, and the rows of other tables that share its period.
type recordKeyRow struct {
	Class   string `db:"class,key"` // name of that table, as it is by default
	ID      string `db:"id,key"`    // key of that row
	KeyID   string `db:"key_id"`
	Wrapped string `db:"wrapped"` // base64
}

var recordKeyTable = newTable[recordKeyRow]("cris_record_keys")

// shred forgets the keys of records, so that nothing that was sealed with them can be opened. It
// does nothing for records that have none.
func (s *session) shred(class string, ids ...string) error {
	for _, id := range ids {
		if _, err := recordKeyTable.remove(s, recordKeyTable.byKey, class, id); err != nil {
			return err
		}
	}
	return nil
}
