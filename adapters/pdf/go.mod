module github.com/seed28e20331/cris/adapters/pdf

go 1.26.0

replace github.com/seed28e20331/cris => ../..

require (
	codeberg.org/go-pdf/fpdf v0.12.0
	github.com/ledongthuc/pdf v0.0.0-20260907135840-6c8c28e0e8a0
	github.com/seed28e20331/cris v0.0.0
	github.com/stretchr/testify v1.12.1
	golang.org/x/text v0.43.0
)

require (
	github.com/google/uuid v1.6.0 // indirect
	github.com/shopspring/decimal v1.6.0 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)
