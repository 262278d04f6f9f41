"""Which words make an actor a state, an organisation, a group or a person: the head of the phrase decides."""

import re
from typing import Final

STATE: Final = re.compile(
    r"^(?:government|govt|regime|junta|authorities|kremlin|white house|downing street|state|republic|islamic republic|"
    r"administration|kingdom|leadership|centre|north|south)$",
    re.IGNORECASE,
)
STATE_NAMES: Final = frozenset(
    ("kremlin", "the kremlin", "white house", "downing street", "hermit kingdom", "islamic republic", "state of israel")
)
CAPITALS: Final = {
    "pyongyang": "PRK", "beijing": "CHN", "moscow": "RUS", "tehran": "IRN", "kyiv": "UKR", "kiev": "UKR",
    "riyadh": "SAU", "ankara": "TUR", "minsk": "BLR", "damascus": "SYR", "islamabad": "PAK", "new delhi": "IND",
    "pretoria": "ZAF", "seoul": "KOR", "tokyo": "JPN", "havana": "CUB", "caracas": "VEN", "kabul": "AFG",
    "baghdad": "IRQ", "taipei": "TWN", "brussels": "BEL", "kremlin": "RUS", "the kremlin": "RUS",
    "white house": "USA", "downing street": "GBR",
}  # fmt: skip
"""Capitals and seats that, as an actor, stand for their state."""

ORGANISATION: Final = frozenset(
    """court courts tribunal police department dept office agency bureau commission committee council corporation
    company corp inc llc ltd bank university school college hospital clinic army military navy forces force guard
    guards fbi dea atf nypd lapd nopd hbpd apd cbi nia ice pd association organisation organization union party
    front watch amnesty network group foundation centre center institute jury juries parliament senate congress
    church mosque newspaper mission unit division squad taskforce prosecution prosecutor's prosecutors militia
    taliban isis hamas hezbollah federation federations ministry judiciary media press embassy consulate assembly
    cabinet security service services district times post journal news channel radio television tv broadcaster
    outlet website magazine daily gazette tribune reuters afp bbc cnn nbc cbs abc npr dawn jazeera xinhua tass
    interpol europol un nato eu firm firms business club league board authority administration tatmadaw vhp bjp rss
    ira eta pkk factory plant airline restaurant store shop dealership motel hotel prison jail enforcement
    department's chamber branch crown archdiocese diocese campaign coalition alliance movement brotherhood society
    trust fund syndicate cartel mafia brigade battalion regiment legislature ministries municipality treasury
    detectives' exchange microsoft google amazon facebook twitter offices patrol constabulary gendarmerie
    investigation investigations intelligence lawyers' newspapers reports report affidavit indictment complaint
    records documents document evidence testimony fir""".split()
)
"""Heads of bodies; papers that speak for one ("court records") count as it."""

GROUP: Final = frozenset(
    """people men women children others those they them we us victims crowd crowds mob mobs gang gangs couple family
    families public community staff crew youth personnel troops opposition police-officers folk pair trio duo
    majority dozens hundreds thousands scores several many some both all members residents jurors dissidents kar-
    sevaks uyghurs uighurs rohingya nazis muslims hindus christians jews kurds sikhs dalits roma everyone
    parishioners newlyweds humanity population team teams minority cell""".split()
)
PERSON: Final = frozenset(
    """man woman boy girl teen teenager child baby infant toddler son daughter wife husband mother father brother
    sister uncle aunt nephew niece cousin grandmother grandfather friend girlfriend boyfriend partner neighbour
    neighbor driver passenger suspect defendant victim judge magistrate officer detective deputy sheriff chief
    attorney lawyer prosecutor president minister premier governor mayor king queen prince princess emperor
    spokesman spokeswoman spokesperson reporter journalist editor activist teacher student worker employee boss
    director manager owner gunman shooter attacker assailant killer robber thief burglar bomber kidnapper captor
    leader commander general colonel captain sergeant lieutenant soldier politician lawmaker senator congressman
    congresswoman mp member ambassador official secretary chairman chairwoman doctor nurse pastor priest bishop imam
    monk cleric someone somebody anyone person individual accused convict inmate prisoner detainee hostage witness
    source complainant informant resident pedestrian bystander cyclist he she him her his hers i me you juvenile
    minor adult male female roommate client customer clerk cashier teller tenant landlord citizen national one
    patient youth's expert year-old self-proclaimed dictator founder blogger singer rapper actor businessman
    businesswoman billionaire tycoon executive ceo engineer pilot farmer guard's undercover teenager's constable
    superintendent commissioner inspector coroner examiner analyst researcher academic professor author writer
    photographer designer cop trooper agent operator instructor investigator guard adviser advisor unionist
    pedophile terrorist co-conspirator accomplice fugitive migrant refugee militant rebel fighter jihadist supporter
    protester demonstrator critic dissident adherent""".split()
)
_LEADING: Final = re.compile(r"^(?:the|a|an|this|that|his|her|their|its|our|my|two|one)\s+", re.IGNORECASE)
_TAIL: Final = re.compile(
    r"\s*(?:,|\(|\b(?:of|in|from|with|who|whom|that|which|for|at|on|to|near|by|including|accused|suspected|under|calling|"
    r"against|linked|living|working|identified|known|behind|described|wearing|as|inside|outside|after|about)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER: Final = re.compile(
    r"^(?:(?:at least|more than|over|about|around|nearly|up to|some|as many as|an? (?:estimated|additional|total of))"
    r"\s+)?"
    r"(?:\d[\d,.]*(?!-year|-month|-day|\w)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|"
    r"eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|dozens?|hundreds?|thousands|scores|several|"
    r"many|some|both|multiple|numerous|various|a group|a number|other|remaining)\b(?!-year)",
    re.IGNORECASE,
)


def head_of(phrase: str) -> str:
    """Return the head noun: the last word before "of", "in", "who" or a comma.

    >>> head_of("members of the 8 Trey Crips"), head_of("Varrena Regional Court")
    ('members', 'court')
    """
    bare = _TAIL.sub("", _LEADING.sub("", phrase.strip())) or phrase
    words = re.findall(r"[\w'’&-]+", bare)
    return words[-1].lower().replace("’", "'").removesuffix("'s") if words else ""


def kind_of_phrase(phrase: str) -> tuple[str, float]:
    """Return the kind a phrase tells, and how surely, 0 to 3.

    >>> kind_of_phrase("police officers")[0], kind_of_phrase("Ana Ruiz")[0], kind_of_phrase("prosecutors")[0]
    ('group', 'person', 'organisation')
    """
    head = head_of(phrase)
    counted = _NUMBER.match(phrase.strip()) is not None
    if counted and head not in ("one", "person") and (head in GROUP or head.endswith("s") or head.isdigit()):
        return "group", 3
    if head in PERSON and not (head == "guard" and not phrase.islower()):
        return "person", 3
    if STATE.search(head):
        return "state", 3
    if head == "guard" and not phrase.islower():
        return "organisation", 2  # the National Guard; a "security guard" is a person
    if head in GROUP or counted:
        return "group", 2.5 if head not in ("they", "them", "we", "us") else 0.5
    if head in ORGANISATION or re.search(
        r"(?:'s|s') office\b|\b(?:court|police|ministry|department) of\b", phrase, re.I
    ):
        return "organisation", 2.5
    return _by_shape(phrase, head)


def _by_shape(phrase: str, head: str) -> tuple[str, float]:
    words = phrase.split()
    last = words[-1] if words else ""
    if head.removesuffix("s") in ORGANISATION:
        return "organisation", 2.5
    if head.removesuffix("s") in PERSON or (head.endswith("s") and not head.endswith("ss") and last.islower()):
        return "group", 2.5
    if head.endswith(("men", "women", "people", "folk")) and last.islower():
        return "group", 2.5
    if phrase.isupper() and len(phrase) <= 5:
        return "organisation", 1.5
    if 2 <= len(words) <= 4 and all(word[0].isupper() for word in words):
        return "person", 2
    return "person", 1 if last[:1].isupper() else 0.5
