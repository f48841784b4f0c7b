package extract_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking/extract"
)

func TestTR2_QuarantinedRecordHoldsOnlyWhatMayBeKept(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered, EventName: "LEFT WITH JANE", Other: map[string]string{
		"recipient name": "JANE Q CUSTOMER", "customer reference": "IOE0912345678", "mailer name": "JANE AND SONS",
	}})
	for _, test := range []struct{ name, line, want string }{
		{
			"an hour that does not exist", put(good, 144, "2400"),
			`"9400111206206406260787","                      ","         ","                    ","     ","    ","07405","01","               ","20130815","xxxx","         ","                              ","US","                    ","                      "," ","         ","        ","    "`,
		},
		{
			"a zero byte in the number", put(good, 5, "\x00"),
			`"xxxxxxxxxxxxxxxxxxxxxx","                      ","         ","                    ","     ","    ","07405","01","               ","20130815","0952","         ","                              ","US","                    ","                      "," ","         ","        ","    "`,
		},
		{
			"a name where the number and the country stand", put(put(good, 2, "JANE Q CUSTOMER       "), 196, "Ja"),
			`"xxxxxxxxxxxxxxxxxxxxxx","                      ","         ","                    ","     ","    ","07405","01","               ","20130815","0952","         ","                              ","xx","                    ","                      "," ","         ","        ","    "`,
		},
		{
			"a quote in a name",
			put(good, 205, `"`),
			`"9400111206206406260787","                      ","         ","                    ","     ","    ","07405","01","               ","20130815","0952","         ","                              ","US","                    ","                      "," ","         ","        ","    "`,
		},
		{
			"a byte short",
			good[:279] + "\r\n",
			`"9400111206206406260787","                      ","         ","                    ","     ","    ","07405","01","               ","20130815","0952","         ","                              ","US","                    ","                      "," ","         ","        ","xxxx`,
		},
		{
			"a byte long",
			good[:280] + "J\r\n",
			`"9400111206206406260787","                      ","         ","                    ","     ","    ","07405","01","               ","20130815","0952","         ","                              ","US","                    ","                      "," ","         ","        ","    "`,
		},
		{
			"a byte lost in the mailer's name",
			good[:70] + good[71:],
			`"9400111206206406260787","                      ","         ","xxxxxxxxxxxxxxxxxxx","xxxxx","xxxx","xxxxx","xx","xxxxxxxxxxxxxxx","xxxxxxxx","xxxx","xxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","xx","xxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","x","xxxxxxxxx","xxxxxxxx","xxxxx`,
		},
		{
			"no quote at the beginning",
			"JANE" + good[4:280] + "\r\n",
			`xxxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxx","xxxxxxxxxxxxxxxxxxxx","xxxxx","xxxx","xxxxx","xx","xxxxxxxxxxxxxxx","xxxxxxxx","xxxx","xxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","xx","xxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","x","xxxxxxxxx","xxxxxxxx","xxxxx`,
		},
		{"short", `"9400111206206406260787","JANE É` + "\n", `"9400111206206406260787","xxxxxxx`},
		{"separators at the beginning", `","JANE","Q` + "\n", `","xxxx","x`},
		{"text", "JANE, Q. CUSTOMER\n", "xxxxxxxxxxxxxxxxx"},
		{"blank", "\n" + good, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			for record, err := range extract.NewReader(strings.NewReader(test.line), nil).Records() {
				require.NoError(t, err)
				if record.Damage == nil {
					continue
				}
				require.Equal(t, test.want, record.Damage.Kept)
				require.NotContains(t, record.Damage.Kept+record.Damage.String(), "JANE")
				require.Contains(t, record.Damage.String(), "line 1, byte ")
			}
		})
	}
}

// Neither letters nor the lengths of words: records that differ in what is not kept alone
// have the same in quarantine, however they were damaged.
func TestTR2_QuarantinedRecordTellsNoNamesApart(t *testing.T) {
	with := func(name, reference string) string {
		return file(t, extract.FullRecord{Scan: delivered, Other: map[string]string{"recipient name": name, "mailer name": name, "customer reference": reference}})
	}
	keptOf := func(line string) (texts []string) {
		for record, err := range extract.NewReader(strings.NewReader(line), nil).Records() {
			require.NoError(t, err)
			if record.Damage != nil {
				texts = append(texts, record.Damage.Kept)
			}
		}
		return texts
	}
	one, other := with("ANA O'NEIL-SMITH", "IOE0912345678"), with("Bo, Li", "12 MAIN ST")
	for at := 1; at <= 280; at++ {
		for name, damaged := range map[string]func(line string) string{
			"overwritten": func(line string) string { return put(line, at, "x") },
			"quoted":      func(line string) string { return put(line, at, `"`) },
			"zero byte":   func(line string) string { return put(line, at, "\x00") },
			"lost":        func(line string) string { return line[:at-1] + line[at:] },
			"gained":      func(line string) string { return line[:at] + "x" + line[at:] },
			"cut":         func(line string) string { return line[:at] },
			"beheaded":    func(line string) string { return line[at:] },
		} {
			require.Equal(t, keptOf(damaged(one)), keptOf(damaged(other)), "%s at byte %d", name, at)
		}
	}
}
