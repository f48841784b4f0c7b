package seal_test

import "crypto/fips140"

// isFIPSOnly reports whether this process runs in FIPS 140-3 mode and refuses everything else.
func isFIPSOnly() bool { return fips140.Enabled() && fips140.Enforced() }
