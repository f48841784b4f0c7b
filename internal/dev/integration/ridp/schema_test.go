package ridp_test

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
)

// schemas are the published schemas of the service.
type schemas struct{ request, response *jsonschema.Schema }

// published reads the schemas, which are data of others and not part of this repository.
func published(t *testing.T) schemas {
	t.Helper()
	if os.Getenv("CRIS_DATA") == "" {
		t.Skip("CRIS_DATA is not set: it names the folder with the published schemas")
	}
	s, err := compiled()
	require.NoError(t, err)
	return s
}

var compiled = sync.OnceValues(func() (schemas, error) {
	request, err := compile("RIDP-Request-schema.json")
	if err != nil {
		return schemas{}, err
	}
	response, err := compile("RIDP-Response-schema.json")
	return schemas{request, response}, err
})

// compile reads one schema. What its text says and its rules do not is added: that a request
// has one of two parts, and that an answer has nothing else in it.
func compile(name string) (*jsonschema.Schema, error) {
	text, err := os.ReadFile(filepath.Join(os.Getenv("CRIS_DATA"), "selfcheck", "ridp", name))
	if err != nil {
		return nil, err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	if name == "RIDP-Request-schema.json" {
		type object = map[string]any
		message := at(document, "properties", "ridpRequest")
		message["oneOf"] = []any{object{"required": []any{"primaryRequest"}}, object{"required": []any{"secondaryRequest"}}}
		at(document, "definitions", "verificationAnswerArrayType", "properties", "verificationAnswerSet")["additionalProperties"] = false
	}
	const base = "https://schemas.example/" // the schemas name themselves with a relative address
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(base+name, document); err != nil {
		return nil, err
	}
	return compiler.Compile(base + name)
}

func at(document any, path ...string) map[string]any {
	object, _ := document.(map[string]any)
	for _, key := range path {
		object, _ = object[key].(map[string]any)
	}
	return object
}

// validate compares what went to and fro with the schemas. A response that a test broke on
// purpose is not compared.
func (s schemas) validate(t *testing.T, exchanges []ridptest.Exchange, isBroken bool) {
	t.Helper()
	for _, exchange := range exchanges {
		require.NoError(t, validate(s.request, exchange.Request), "%s", exchange.Request)
		if !isBroken || !exchange.IsScripted {
			require.NoError(t, validate(s.response, exchange.Response), "%s", exchange.Response)
		}
	}
}

func validate(schema *jsonschema.Schema, text []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// The schemas bite: what they must refuse is refused.
func TestSchemas_RefuseWhatIsWrong(t *testing.T) {
	s := published(t)
	for _, request := range []string{
		`{}`,
		`{"ridpRequest":{}}`,
		`{"ridpRequest":{"primaryRequest":{}}}`,
		`{"ridpRequest":{"primaryRequest":{"person":{"personGivenName":"Jo Ann","personSurName":"A"},` +
			`"contactInformation":{"streetName":"1 A St","cityName":"B","usStateCode":"IL","zipCode":"62701"}}}}`,
		`{"ridpRequest":{"primaryRequest":{"person":{"personGivenName":"Jo","personSurName":"A"},` +
			`"contactInformation":{"streetName":"1 A St","cityName":"B","usStateCode":"ZZ","zipCode":"62701"}}}}`,
		`{"ridpRequest":{"secondaryRequest":{"verificationAnswerArray":[],"sessionIdentification":"1","hubReferenceNumber":"1"}}}`,
	} {
		require.Error(t, validate(s.request, []byte(request)), request)
	}
	for _, response := range []string{
		`{}`,
		`{"ridpResponse":{}}`,
		`{"ridpResponse":{"finalDecisionCode":"RF9","responseMetadata":{"responseCode":"HS000000","responseText":""}}}`,
		`{"ridpResponse":{"responseMetadata":{"responseCode":"HS0","responseText":""}}}`,
		`{"ridpResponse":{"verificationQuestionArray":[],"responseMetadata":{"responseCode":"HS000000","responseText":""}}}`,
	} {
		require.Error(t, validate(s.response, []byte(response)), response)
	}
}
