module github.com/seed28e20331/cris/internal/dev/integration/drivers/mattn

go 1.26.0

replace github.com/seed28e20331/cris => ../../../../..

require (
	github.com/mattn/go-sqlite3 v1.14.53
	github.com/seed28e20331/cris v0.0.0
)

require (
	github.com/google/uuid v1.6.0 // indirect
	github.com/jmoiron/sqlx v1.4.0 // indirect
	github.com/shopspring/decimal v1.6.0 // indirect
	github.com/stretchr/testify v1.12.1 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/text v0.43.0 // indirect
)
