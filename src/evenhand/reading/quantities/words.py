"""Word lists of the reader of quantities: what people, weapons, units and harm are called. No names."""

from evenhand.model.reading import QuantityRole
from evenhand.model.wordlist import word_set

PERSONS = word_set(
    """people persons person civilians civilian men man women woman children child kids kid boys boy girls girl
    infants infant babies baby toddlers toddler teenagers teenager youths youth adults adult residents
    resident citizens citizen locals villagers villager inhabitants individuals victims victim casualties
    casualty dead wounded injured soldiers soldier troops troop fighters fighter militants militant elements
    terrorists terrorist rebels rebel insurgents insurgent gunmen gunman militiamen militiaman combatants
    combatant guards guard staff policemen policeman policewomen officers officer police commanders
    commander members member recruits conscripts servicemen serviceman personnel medics medic doctors doctor
    nurses nurse paramedics rescuers rescuer workers worker volunteers volunteer journalists journalist
    reporters activists activist students student pupils teachers teacher passengers passenger patients
    patient prisoners prisoner detainees detainee hostages hostage captives captive refugees refugee evacuees
    migrants migrant displaced families family households household relatives relative brothers brother
    sisters sister sons son daughters daughter mothers mother fathers father husbands wives pilots pilot
    drivers driver bodies body corpses lives souls survivors survivor bombers bomber attackers attacker
    assailants assailant suspects suspect believers worshippers mourners protesters protester demonstrators
    demonstrator peacekeepers peacekeeper contractors contractor sailors sailor peasants farmers farmer nuns
    priests priest monks deaths fatalities martyrs martyr crew users customers employees others eligible
    jihadists jihadist extremists tribesmen elders officials advisers instructors mercenaries mercenary
    guerrillas guerrilla orphans widows gendarmes gendarme herders herder shepherds shepherd pilgrims pilgrim
    hunters minors minor elderly toddlers firefighters firefighter paratroopers marines deserters settlers settler
    schoolchildren schoolgirls schoolboys passersby shoppers commuters bystanders clerics nomads caretakers caretaker
    engineers engineer shopkeepers shopkeeper labourers labourer laborers laborer traders miners fishermen fisherman
    invaders invader occupiers bandits bandit raiders midwives midwife wife husband grandmother grandfather grandson
    granddaughter uncle aunt cousin cousins nephew
    niece nephews nieces cadets tourists foreigners nationals guests tribespeople cooks cleaners cook
    missionaries missionary chaplains deacons seminarians novices catechists pastors pastor bishops imams imam rabbis
    preachers nun maids maid servants housekeepers gardeners bodyguards bodyguard escorts companions companion
    colleagues friends neighbours neighbors porters merchants vendors bakers tailors carpenters mechanics electricians
    technicians loggers woodcutters herdsmen cowherds goatherds pastoralists planters campesinos ranchers landowners
    ploughmen peddlers beggars professors professor lecturers academics lawyers lawyer judges judge magistrates
    prosecutors mayors councillors politicians diplomats diplomat unionists schoolteachers headmasters principals
    orderlies surgeons surgeon pharmacists vaccinators dentists lifeguards footballers musicians singers artists
    writers editors photographers photographer cameramen cameraman broadcasters bloggers paramilitaries paramilitary
    vigilantes vigilante reservists gunners snipers sniper airmen seamen crewmen crewman infantrymen commandos commando
    rangers legionnaires constables constable sergeants lieutenants captains colonels colonel generals corporals
    parents grandparents grandchildren siblings twins newborns newborn adolescents teens classmates brides churchgoers
    congregants faithful parishioners devotees revellers revelers spectators holidaymakers onlookers motorists
    pedestrians cyclists motorcyclists riders travellers travelers diners strikers marchers rioters looters voters
    candidates delegates observers inspectors humanitarians defenders inmates inmate convicts internees exiles
    returnees islanders townspeople townsfolk countrymen compatriots porter leaders supporters followers
    sympathisers sympathizers collaborators informers dissidents opponents"""
)
WEAPONS = word_set(
    """rockets rocket shells shell missiles missile bombs bomb munitions munition rounds round grenades grenade
    mines mine mortars mortar projectiles projectile drones drone warplanes warplane jets jet helicopters
    helicopter tanks tank rifles rifle guns gun ieds ied vbieds vbied svbieds weapons weapon warheads
    warhead cylinders howitzers howitzer launchers launcher explosives torpedoes fireballs fireball
    cartridges bullets bullet barrels mig ammunition artillery pistols kalashnikovs manpads bombers torpedo"""
)
AREA_UNITS = word_set("hectares hectare acres acre dunums dunum dunams")
LENGTHS = word_set(
    """km kilometers kilometres kilometer kilometre miles mile meters metres meter metre m ft feet foot yards yard
    inches inch cm mm nanometer millimeters millimeter kg kilograms kilogram grams gram g lb lbs pounds
    pound tons tonnes ton tonne ounces ounce litres liters litre liter gallons gallon barrels barrel hp bhp
    horsepower kw mw gw kwh mwh gwh watts watt w kilowatts megawatts gigawatts mph kph kmh mpg rpm hz khz
    mhz ghz gb mb tb kb gbps mbps volts v degrees degree celsius fahrenheit c f nm ps knots decibels
    calories ppb ppm points point basis mah"""
)
DURATIONS = word_set(
    """years year months month weeks week days day hours hour minutes minute seconds second decades decade
    centuries century nights night seasons season quarters min mins sec secs hrs"""
)
MONEY_WORDS = word_set(
    """dollars dollar euros euro pounds sterling rubles roubles ruble rouble yen yuan rupees rupee lira liras
    shekels shekel crowns francs pesos cents cent pence usd eur gbp jpy us sen rm baht won riyals dinars
    dirhams"""
)
PERCENT_WORDS = word_set("percent pc percentage pct")
_CUES_OF: dict[QuantityRole, str] = {
    "killed": (
        "martyrdom lynched "
        "killed killing kill kills dead died die dies death deaths toll lives martyred martyrs slain perished beheaded "
        "assassination assassinations executed execution executions stoned massacred assassinated drowned fatalities "
        "murdered murdering slaughtered "
        "shot claimed bodies corpses killings murder lost hanged gunned eliminated liquidated elimination liquidation"
    ),
    "injured": (
        "injured injuring injure injures injuries injury wounded wounding wounds hurt maimed hospitalised "
        "hospitalized suffocation suffered critical burns symptoms suffocated paralysed"
    ),
    "detained": (
        "detained detaining arrested arresting captured abducted abducting kidnapped kidnapping hostages hostage "
        "prisoners prisoner imprisoned captive custody jailed rounded"
    ),
    "displaced": "displaced displacing fled flee fleeing homeless uprooted displacement refugees",
    "people": "missing raped raping rape rapes tortured torturing torture unaccounted",
    "evacuated": "evacuated evacuating evacuation evacuees bussed rescued",
}
CUES: dict[str, QuantityRole] = {word: role for role, words in _CUES_OF.items() for word in words.split()}
"""Word → role of the people counted beside it."""
_DEEDS_OF: dict[QuantityRole, str] = {
    "killed": (
        "murder murders assassination assassinations killing killings massacre massacres slaughter slaying slayings "
        "execution executions beheading beheadings hanging lynching martyrdom death deaths"
    ),
    "injured": "wounding maiming",
    "detained": "arrest arrests detention kidnapping kidnappings abduction abductions imprisonment",
}
DEEDS_ON_PERSONS: dict[str, QuantityRole] = {word: role for role, words in _DEEDS_OF.items() for word in words.split()}
"""Noun → role of whoever stands behind it with "of", whatever they are called: "the murder of six novices"."""
NOT_PERSONS = word_set(
    """animals animal cattle cows cow oxen sheep lambs goats goat livestock camels camel horses horse donkeys donkey
    mules dogs dog pigs pig chickens poultry birds elephants elephant lions wolves fish herds heads
    villages village towns town cities houses house homes jobs companies years months weeks days hours cells"""
)
"""What dies or is killed without being anybody."""
PERPETRATORS = word_set("bombers bomber attackers attacker gunmen gunman assailants assailant")
"""Who acts, not whom the act befell: their number is no toll."""
HARM_NOUNS = word_set(
    """casualties casualty deaths death injuries fatalities victims losses dead killed wounded injured people
    civilians children"""
)
"""After "no": nothing of these is a count of zero."""
SINGLE = word_set(
    """woman man child boy girl civilian soldier policeman policewoman militant fighter baby infant toddler
    teenager journalist medic doctor nurse paramedic guard officer pilot commander rebel terrorist person
    resident driver farmer worker volunteer student teacher villager passenger gunman militiaman priest
    prisoner hostage protester bomber schoolgirl schoolboy photographer cameraman mother father brother
    sister son daughter nun monk peacekeeper serviceman family gendarme herder shepherd settler firefighter pensioner
    activist youth teen minor cleric imam mayor judge contractor paramilitary wife husband grandmother grandfather
    grandson granddaughter uncle aunt cousin nephew niece"""
)
"""After "a", "his" or "their": one person, when harm is said of them."""
PARENTS = word_set("father fathers mother mothers parent parents dad mum grandfather grandmother widow widower")
"""Before "of four": how many children someone has, never a toll."""
NUMBERED = word_set(
    """resolution resolutions no nos number numbers article articles page pages flight room unit act law decree
    bill section paragraph chapter channel model route highway road phase stage level grade category type
    version mark mk boeing airbus leopard abrams windows apollo formula psalm verse group protocol
    convention annex table figure fig appendix point exhibit case camp sector checkpoint hill zone area
    district block building gate terminal pier platform line lane brigade division regiment battalion corps
    squadron operation season episode volume vol issue iphone galaxy xbox playstation top big points fortune
    ftse nasdaq dow s&p sp stoxx nikkei age aged locator code zip box suite apartment floor interstate
    bottom"""
)
"""Before a number these make a name or a number in a row, not a count."""
NOT_COUNTED = word_set("""am pm a.m p.m gmt est edt pdt utc o'clock bc ad bst cet""")
STOPS = word_set(
    """was were is are be been being had has have having in at by on from to with and or but including who that
    which when while after before since during as for into near through under over between against amid
    among along across around about inside outside per because if than so where whose whom it they he she we
    i you its this these those said says told reported announced also not did does do will would could can
    may might should must up down out off according more killed dead died injured wounded detained arrested
    captured abducted kidnapped displaced fled evacuated hit struck left living late early overnight
    yesterday today earlier later both all each such still remain remained took began destroyed managed
    suffered carried conducted fired got went came made became described participated won lost started heard lay
    lie lies lying monday tuesday wednesday thursday friday saturday sunday tonight tomorrow"""
)
RAISED = word_set(
    """up rose rises rise rising gained gains gain climbed climbs jumped jumps jump surged surge soared advanced
    added increase increased increases increasing grew higher rallied adding expanded boosted boost rebound
    grow climb"""
)
LOWERED = word_set(
    """down fell fall falls falling dropped drops drop lost slid plunged plummeted plummeting sank decline declined
    declines decreased decrease lower slipped tumbled dipped dip shed eased cut slumped losing shrank"""
)
MOVES = RAISED | LOWERED
STREETS = word_set("road street st ave avenue way lane drive boulevard blvd square")
TOLL_WORDS = word_set("toll total number count tally")
