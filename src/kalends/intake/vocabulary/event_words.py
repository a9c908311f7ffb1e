"""English words that say what happened, head a message or are a place, and name nobody.

They are the sources of expressions. A word that is missing makes a question, never a wrong record.
"""

EVENTS = (
    "day|week|weekend|month|night|evening|morning|afternoon|fair|market|festival|party|"
    "parade|procession|concert|show|exhibition|exhibit|display|game|match|tournament|cup|"
    "race|run|marathon|walk|hike|ride|tour|visit|trip|camp|class|classes|course|training|"
    "workshop|seminar|lecture|talk|lesson|session|meeting|meet|briefing|conference|forum|"
    "summit|congress|hearing|debate|rally|march|drill|exercise|rehearsal|inspection|check|"
    "patrol|campaign|drive|clean-?up|sweep|raid|operation|crackdown|ceremony|celebration|"
    "anniversary|reception|dinner|lunch|breakfast|tea|coffee|picnic|barbecue|contest|"
    "competition|challenge|quiz|award|opening|launch|kick-?off|demo|demonstration|test|exam|"
    "survey|review|audit|vote|election|collection|donation|giveaway|fundraiser|signing|"
    "presentation|screening|premiere|performance|play|film|vigil|memorial|remembrance|"
    "hotline|duty|shift|work|repair|project|program|programme|event|activity|activities|"
    "outing|reunion|gathering|assembly|consultation|clinic|planting|painting|reading|gala|"
    "ball|pick|swap|sale|auction|bazaar|holiday|eve|season|house|open|appeal|interview|"
    "recruitment|registration|enrol?lment|graduation|evacuation|vaccination|introduction|"
    "orientation|cleaning|clearing|closure|roadshow|webinar|livestream|broadcast|story|"
    "stories|song|singing|dance|dancing|theatre|cinema|skating|swim|swimming|yoga|football|"
    "drinks|carving|baking|sewing|knitting|fishing|gardening|coding|drawing|tasting|derby|jam|"
    "mixer|social|"
    "basketball|chess|badminton|tennis|table tennis|volleyball"
)
HEADINGS = (
    "reminder|notice|update|news|alert|info|information|attention|announcement|minutes|"
    "agenda|note|memo|fyi|save the date|press release|invitation|schedule|plan|urgent|"
    "important|change|new|upcoming|today|correction|warning|advisory|diary|calendar|event|"
    "save|public notice|press notice|media release|public information|any other business|aob|"
    "action|actions|action point|action item|todo|to-do|done|decision|"
    "decisions|decided|resolved|resolution|"
    "agreed|outcome|result|next step|next steps|follow-up|"
    "followup|matters arising|item|report|log|entry|record|"
    "wanted|help wanted|volunteers wanted|volunteers needed|coming soon|appointment|"
    "booking|talk|lecture|workshop|exhibition|concert|training|seminar|open day"
)
# What has numbers of its own: Bulletin No. 7, item 4.
PAPERS = (
    "item|bulletin|newsletter|circular|issue|edition|memo|notice|report|letter|update|minutes|"
    "digest|briefing|entry|note|task|action|ticket|release|announcement|point"
)
PLACES = (
    "square|hall|park|street|road|avenue|lane|plaza|gardens?|stadium|arena|bridge|lake|hill|"
    "river|mall|gate|playground|campus|village|room [0-9]+|floor|corner|entrance|riverside|"
    "river ?bank|downtown|outdoors|online|airport"
)
# What stands before an event and says of what it is: bottle drive, tree-lighting.
THINGS = (
    "bike|bicycle|book|bottle|bulb|tree|flower|rose|garden|river|canal|beach|pond|lake|street|"
    "road|litter|rubbish|plastic|paper|clothes|toy|food|cake|bake|tea|coffee|blood|eye|flu|"
    "health|fire|flood|siren|first[ -]aid|safety|traffic|water|poetry|story|storytime|lego|craft|"
    "art|music|choir|film|movie|photo|dance|sports?|"
    "football|chess|quiz|career|job|school|summer|winter|spring|autumn|pet|dog|car|boot|charity|"
    "coding|computer|phone|history|nature|bird|star|moon|lantern|kite|sun|night|morning"
)
HAPPENING = (
    "(?:takes?|took|will take|is taking|to take) place|(?:is|are|was|were|will be|to be) held|"
    "starts?|began|begins?|opens?|opened|returns?|runs?|ran|happens?|happened|"
    "will (?:start|begin|open|run|return|happen)"
)
TIMES = "day|week|weekend|month|night|evening|morning|afternoon|eve|season|holiday"
BODIES = (
    "Cross|Crescent|Rotary|Lions|Scouts?|Army|Association|Union|Federation|Foundation|Guild|Corps|"
    "Chamber|Company|Ltd|Inc|Bureau|Department|Committee|Commission|Brigade|League|Council|Office|"
    "Agency|Authority|Ministry|UNICEF|UNESCO|YMCA|YWCA|WWF"
)
PEOPLE = (
    "people|persons?|residents?|volunteers?|pupils?|students?|parents?|children|families|"
    "teachers?|citizens?|neighbou?rs?|visitors?|shopkeepers?|traders?|drivers?|members?|staff|"
    "employees|workers?|officers?|cadres?|officials?|representatives?|delegates?|guests?|youths?|"
    "youngsters?|seniors?|elderly|villagers?|households?|cyclists?|riders?|everyone|everybody|all|"
    "many|others|attendees?|participants?|leaders?|experts?|doctors?|nurses?|firefighters?|locals"
)
BUILDINGS = (
    "hall|room|office|building|station|house|centre|center|canteen|yard|depot|car park|lobby|"
    "library|school|gym|field|pool|headquarters|hq|garage|grounds?|premises|reception|auditorium|theatre|"
    "clinic|museum|shop|store|kitchen|courtyard|terrace|stage|wing|basement|annexe?"
)
# Verbs whose forms in the past do not end in -ed, and those that help others.
DONE = (
    "has|have|had|is|are|was|were|will|did|does|do|gave|gives|brought|sent|lent|took|came|ran|went|"
    "made|put|set|kept|taught|spoke|drove|drew|ate|fed|bought|sold|built|caught|chose|cut|dug|found|"
    "fought|flew|got|grew|hid|hung|hit|laid|left|let|lit|met|paid|read|rode|rang|rose|said|sang|sat|"
    "saw|shook|shone|shot|showed|shown|slept|spent|split|spread|stood|stuck|swept|swam|threw|thought|"
    "woke|wore|won|wrote|began|bent|bound|blew|broke|dealt|did|drank|fell|forgave|froze|heard|knelt|"
    "led|lost|meant|rebuilt|sewed|sought|slid|swung|tore|understood|undertook|oversaw|withstood"
)
# What somebody did of whom it is said behind by; not who judged it, ordered it or was only named.
DOES_BY = (
    "(?!(?:approv|order|request|requir|recommend|demand|follow|preced|call|own|fund|owe|nam|affect"
    "|miss|cancel|prais|thank|congratulat|award|honou?r|commend|critici[sz]|welcom|want|expect|hop"
    "|inspir|bas|prompt|report|announc|ask|invit|authori[sz]|licen[cs]|mandat|endors|recogni[sz]"
    "|sign|issu|host|organi[sz]|head|chair|plann|cover|us)l?ed)"
    "(?:[a-z]+ed|given|lent|brought|taught|made|driven|drawn|sung|shown|kept|set up|built|taken"
    "|sent|paid)"
)
