package tracking

import (
	"sync"
	"time"

	"github.com/seed28e20331/cris"
)

// Zones are the time zones of the addresses whose ZIP code begins with the same three
// digits, by their names in the IANA database. The zone of most of them comes first.
type Zones []string

// ZonesOf returns the zones of a ZIP code, nil where there is none: of no ZIP code, one
// outside the ranges of all states and territories, or one of the armed forces, whose post
// offices are anywhere. Where a three-digit area spans zones it has several. The clocks of
// each zone agree with those of the places since the beginning of 2008; before that,
// places in Indiana kept others. The slice is shared and must not be changed.
func ZonesOf(zip cris.ZIP) Zones {
	if zip.IsZero() {
		return nil
	}
	text := zip.Five().String()
	if zones, is := zonesOfTerritories[text]; is {
		return zones
	}
	return zonesByArea[int(text[0]-'0')*100+int(text[1]-'0')*10+int(text[2]-'0')]
}

// The zones that the table names often.
const (
	eastern  = "America/New_York"
	indiana  = "America/Indiana/Indianapolis"
	central  = "America/Chicago"
	mountain = "America/Denver"
	boise    = "America/Boise"
	arizona  = "America/Phoenix"
	pacific  = "America/Los_Angeles"
	alaska   = "America/Anchorage"
)

// zoneAreas are ranges of the first three digits of a ZIP code and their zones. A later
// line overrides an earlier one: states come first, and then the areas that differ.
var zoneAreas = []struct {
	first, last int
	zones       Zones
}{
	{5, 5, Zones{eastern}},                // Holtsville NY
	{6, 7, Zones{"America/Puerto_Rico"}},  // PR
	{8, 8, Zones{"America/St_Thomas"}},    // VI
	{9, 9, Zones{"America/Puerto_Rico"}},  // PR
	{10, 89, Zones{eastern}},              // MA RI NH ME VT CT NJ
	{100, 349, Zones{eastern}},            // NY PA DE DC MD VA WV NC SC GA FL
	{350, 369, Zones{central}},            // AL
	{370, 385, Zones{central}},            // TN
	{386, 397, Zones{central}},            // MS
	{398, 399, Zones{eastern}},            // GA
	{400, 427, Zones{eastern}},            // KY
	{430, 459, Zones{eastern}},            // OH
	{460, 479, Zones{indiana}},            // IN
	{480, 499, Zones{"America/Detroit"}},  // MI
	{500, 567, Zones{central}},            // IA WI MN
	{569, 569, Zones{eastern}},            // DC, returns to the government
	{570, 588, Zones{central}},            // SD ND
	{590, 599, Zones{mountain}},           // MT
	{600, 693, Zones{central}},            // IL MO KS NE
	{700, 799, Zones{central}},            // LA AR OK TX
	{800, 831, Zones{mountain}},           // CO WY
	{832, 838, Zones{boise}},              // ID
	{840, 847, Zones{mountain}},           // UT
	{850, 865, Zones{arizona}},            // AZ
	{870, 884, Zones{mountain}},           // NM
	{885, 885, Zones{mountain}},           // El Paso TX
	{889, 961, Zones{pacific}},            // NV CA
	{967, 968, Zones{"Pacific/Honolulu"}}, // HI
	{969, 969, Zones{"Pacific/Guam"}},     // GU MP
	{970, 994, Zones{pacific}},            // OR WA
	{995, 997, Zones{alaska}},             // AK
	{998, 999, Zones{"America/Juneau"}},   // AK

	{340, 340, nil},                                                   // armed forces, Americas
	{324, 324, Zones{central, eastern}},                               // Panama City FL; Port St. Joe is eastern
	{325, 325, Zones{central}},                                        // Pensacola FL
	{368, 368, Zones{central, eastern}},                               // Phenix City AL keeps the clock of Columbus GA
	{373, 373, Zones{eastern, central}},                               // around Chattanooga TN; Tullahoma is central
	{374, 374, Zones{eastern}},                                        // Chattanooga TN
	{376, 376, Zones{eastern}},                                        // Johnson City TN
	{377, 377, Zones{eastern, central}},                               // around Knoxville TN; Crab Orchard is central
	{378, 379, Zones{eastern}},                                        // Knoxville TN
	{401, 401, Zones{eastern, central}},                               // around Louisville KY; Breckinridge County is central
	{420, 424, Zones{central}},                                        // western KY
	{426, 426, Zones{eastern, central}},                               // around Somerset KY; Russell Springs is central
	{427, 427, Zones{eastern, central}},                               // Elizabethtown KY; Columbia is central
	{463, 464, Zones{central}},                                        // Gary IN
	{465, 465, Zones{indiana, central}},                               // around South Bend IN; Knox is central
	{469, 469, Zones{indiana, central}},                               // Kokomo IN; Ora is central
	{475, 475, Zones{indiana, central}},                               // Washington IN; Tell City is central
	{476, 477, Zones{central}},                                        // Evansville IN
	{479, 479, Zones{indiana, central}},                               // Lafayette IN; Rensselaer is central
	{498, 499, Zones{"America/Detroit", "America/Menominee"}},         // Upper Peninsula MI; four counties are central
	{575, 575, Zones{central, mountain}},                              // Pierre SD; Philip is mountain
	{576, 576, Zones{mountain, central}},                              // Lemmon SD; Mobridge is central
	{577, 577, Zones{mountain}},                                       // Rapid City SD
	{585, 585, Zones{central, mountain}},                              // Bismarck ND; Elgin is mountain
	{586, 586, Zones{mountain, central}},                              // Dickinson ND; Glen Ullin and Hebron are central
	{588, 588, Zones{central, mountain}},                              // Williston ND; the south of McKenzie County is mountain
	{677, 678, Zones{central, mountain}},                              // Colby and Dodge City KS; Goodland and Tribune are mountain
	{690, 692, Zones{central, mountain}},                              // McCook, North Platte and Valentine NE; Ogallala is mountain
	{693, 693, Zones{mountain}},                                       // Alliance NE
	{798, 798, Zones{mountain, central}},                              // around El Paso TX; Alpine is central
	{799, 799, Zones{mountain}},                                       // El Paso TX
	{835, 835, Zones{pacific, boise}},                                 // Lewiston ID; Riggins is mountain
	{838, 838, Zones{pacific}},                                        // Coeur d'Alene ID
	{860, 860, Zones{arizona, mountain}},                              // Flagstaff AZ; the Navajo Nation sets its clocks forward
	{865, 865, Zones{mountain, arizona}},                              // Window Rock AZ; Sanders does not set them forward
	{898, 898, Zones{pacific, mountain}},                              // Elko NV; West Wendover is mountain
	{979, 979, Zones{boise, pacific}},                                 // Ontario OR; the south of Malheur County is pacific
	{995, 995, Zones{alaska, "America/Adak"}},                         // around Anchorage AK; Adak
	{999, 999, Zones{"America/Sitka", "America/Metlakatla", pacific}}, // Ketchikan AK; Metlakatla; Hyder keeps the clock of Stewart BC
}

// zonesOfTerritories are the ZIP codes in the Pacific whose area is another's.
var zonesOfTerritories = map[string]Zones{
	"96799": {"Pacific/Pago_Pago"},    // AS
	"96898": {"Pacific/Wake"},         // UM, Wake Island
	"96939": {"Pacific/Palau"},        // PW
	"96940": {"Pacific/Palau"},        // PW
	"96941": {"Pacific/Guadalcanal"},  // FM, Pohnpei
	"96942": {"Pacific/Port_Moresby"}, // FM, Chuuk
	"96943": {"Pacific/Port_Moresby"}, // FM, Yap
	"96944": {"Pacific/Kosrae"},       // FM, Kosrae
	"96960": {"Pacific/Tarawa"},       // MH, Majuro
	"96970": {"Pacific/Kwajalein"},    // MH, Ebeye
}

var zonesByArea = func() (areas [1000]Zones) {
	for _, area := range zoneAreas {
		for i := area.first; i <= area.last; i++ {
			areas[i] = area.zones
		}
	}
	return areas
}()

// locations has every zone of the tables, loaded once.
var locations = sync.OnceValue(func() map[string]*time.Location {
	loaded := map[string]*time.Location{}
	load := func(zones Zones) {
		for _, name := range zones {
			if loaded[name] == nil {
				zone, err := time.LoadLocation(name)
				if err != nil {
					panic(err) // the database of zones is part of the program
				}
				loaded[name] = zone
			}
		}
	}
	for _, area := range zoneAreas {
		load(area.zones)
	}
	for _, zones := range zonesOfTerritories {
		load(zones)
	}
	return loaded
})
