"""Charges: the wording of an offence to its place in the UNODC classification (ICCS 1.0), two levels deep."""

import re
from dataclasses import replace

from extract.schema.annotation import Annotated, ChargeValue, Unresolved, Value

_TABLE = (
    (r"attempt\w* (?:\w+[- ]){0,2}(?:murder|homicide|kill)|attempt(?:ed|ing)? to kill", "0102", "attempted intentional homicide"),
    (r"war crime|genocide|crimes? against humanity|\btortur", "1101", "acts under universal jurisdiction"),
    (r"terror|extremis", "0906", "terrorism"),
    (r"involuntary manslaughter|negligent homicide|vehicular (?:homicide|manslaughter)|causing (?:the )?death by", "0103", "non-intentional homicide"),
    (r"murder|homicide|manslaughter|kill(?:ing|ed)|assassinat|femicide|stabbing .* to death|fatal", "0101", "intentional homicide"),
    (r"traffick\w+ (?:in|of) (?:persons|women|girls|children|humans)|human traffick|sex traffick|pimping|pandering", "0204", "trafficking in persons"),
    (r"child porn|prostitut|sexual exploitation|child sexual abuse (?:images|material)|indecent images", "0302", "sexual exploitation"),
    (r"\brap(?:e|ed|ing|es)\b|sexual|sodomy|lewd|molest|indecent|sex (?:crime|offen|with)|unlawful contact", "0301", "sexual violence"),
    (r"kidnap|abduct|hostage|false imprisonment|unlawful restraint|carrying away|illegal detention|deprivation of liberty", "0202", "acts against liberty"),
    (r"slavery|forced labou?r|servitude", "0203", "slavery and exploitation"),
    (r"robb(?:ery|ing|ed)|carjack|hold[- ]?up|mugging", "0401", "robbery"),
    (r"arson|vandal|criminal mischief|damag\w+|setting .* (?:on )?fire|criminal damage|destruction of property", "0504", "property damage"),
    (r"burgl|breaking and entering|home invasion|break-in", "0501", "burglary"),
    (r"money[- ]launder|proceeds of crime|stolen (?:property|goods)|receiving", "0704", "acts involving the proceeds of crime"),
    (r"brib|corrupt|embezzl|kickback|abuse of (?:power|office)|graft|misappropriat|misuse of (?:public )?funds", "0703", "corruption"),
    (r"forg|counterfeit|false documents?", "0702", "forgery and counterfeiting"),
    (r"tax|customs|smuggling of (?:cigarettes|goods)|licen[cs]|regulatory|insider trading", "0804", "acts contrary to public revenue or regulatory provisions"),
    (r"fraud|scam|swindl|identity theft|false pretences|ponzi|cheating|deception|scheme", "0701", "fraud"),
    (r"theft|steal|stole|larceny|shoplift|pickpocket|joyriding|looting|poach", "0502", "theft"),
    (r"drug|cocaine|heroin|meth|narcotic|controlled substance|marijuana|cannabis|fentanyl|opioid|opium", "0601", "unlawful acts involving controlled drugs"),
    (r"firearm|weapon|handgun|\bgun\b|ammunition|explosive|\bbombs?\b|unlawful use of a", "0901", "acts involving weapons and explosives"),
    (r"hack|computer|cyber", "0903", "acts against computer systems"),
    (r"gang|organi[sz]ed crime|racketeer|criminal (?:organi[sz]ation|enterprise|street)", "0905", "acts related to an organised criminal group"),
    (r"treason|sedit|espionage|spying|\bspy\b|subver|state security|national security|overthrow|coup|collusion|secession|separatis|leaking", "0904", "acts against state security"),
    (r"defam|libel|slander|insult", "0209", "defamation or insult"),
    (r"fake news|false (?:news|information)|propaganda|blasphem|incit|publishing|broadcasting|watching or|disseminat|spreading|apostasy|hate speech", "0803", "acts related to expression"),
    (r"perjury|obstruct|contempt|witness|escap|resisting|evading|bail|probation violation|failure to appear|tampering|bribery of|false (?:report|statement|testimony)", "0806", "acts against the justice system"),
    (r"election|vot(?:er|ing) fraud", "0807", "acts related to democratic elections"),
    (r"illegal(?:ly)? (?:entry|entering|cross)|immigra|people smuggl|smuggling of migrants|visa", "0805", "acts related to migration"),
    (r"riot|unlawful assembl|public (?:order|violence)|disorderly|trespass|protest|picketing|gathering|public nuisance|disturb|breach of the peace", "0801", "acts against public order behavioural standards"),
    (r"stalk|harass", "0208", "acts intended to induce fear or emotional distress"),
    (r"extort|blackmail|coerc|ransom", "0205", "coercion"),
    (r"child (?:abuse|neglect|endanger)|neglect|endanger\w* the welfare|cruelty to (?:a )?child|negligen", "0206", "negligence"),
    (r"reckless|endanger|dui|dwi|drunk|drink[- ]driving|driving under|intoxicated|hit[- ]and[- ]run|leaving the scene", "0207", "dangerous acts"),
    (r"assault|batter|beat|wound|mayhem|threat|shoot|stabb|attack|violence|abus|injur|menac|bodily harm|maiming|strangul|assail|acid", "0201", "assaults and threats"),
    (r"discriminat|hate crime|racis", "0210", "discrimination"),
    (r"animal|wildlife|ivory|species|pangolin", "1003", "acts involving protected or endangered species"),
    (r"pollut|toxic|waste|dumping", "1001", "environmental pollution"),
    (r"logging|fishing|mining", "1004", "depletion of natural resources"),
)  # fmt: skip
_PATTERNS = tuple(
    (re.compile(rf"\b{pattern}" if pattern[0].isalpha() else pattern, re.I), code, label)
    for pattern, code, label in _TABLE
)


def resolve_charge(text: str) -> ChargeValue | Unresolved:
    """Return the ICCS category whose terms the wording uses; the table's order settles wordings that use several.

    >>> resolve_charge("second-degree murder").iccs
    '0101'
    """
    for pattern, code, label in _PATTERNS:
        if pattern.search(text):
            return ChargeValue(code, label)
    return Unresolved("no category's terms in the words")


def resolve_charges(annotated: Annotated) -> Annotated:
    """Return the article with a value for every charge mention."""
    values: dict[int, Value] = {
        n: resolve_charge(one.text) for n, one in enumerate(annotated.mentions) if one.label == "charge"
    }
    return replace(annotated, values={**annotated.values, **values})
