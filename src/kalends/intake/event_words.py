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
    "basketball|chess|badminton|tennis|table tennis|volleyball"
)
HEADINGS = (
    "reminder|notice|update|news|alert|info|information|attention|announcement|minutes|"
    "agenda|note|memo|fyi|save the date|press release|invitation|schedule|plan|urgent|"
    "important|change|new|upcoming|today|correction|warning|advisory|diary|calendar|event|"
    "save"
)
PLACES = (
    "square|hall|park|street|road|avenue|lane|plaza|gardens?|stadium|arena|bridge|lake|hill|"
    "river|mall|gate|playground|campus|village|room [0-9]+|floor|corner|entrance|riverside|"
    "river ?bank|downtown|outdoors|online|airport"
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
