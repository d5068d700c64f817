"""Words with a capital that tell nobody's secret: dates, abbreviations of the sector, plain words.

A name-like word that one authority alone uses is taken for a name. These lists say which are none.
"""

_ABBREVIATIONS = """
ADHD AOB ASB ASBO ASC ASD ASSET ASYE ATM BME BMI CAF CAFCASS CAMHS CCG CCIS CDOP CEO CHC CIN CLA
CME CP CPN CPS CQC CRB CSC CSE CYP CYPP DA DASH DCS DfE DfES DMT DOB DoH DPA DSL DV DWP EBD ECHP
EDT EEF EH EHA EHC EHCP EHE EIF EMT EP ESOL EWO EYFS FAQ FE FGC FGM FIP FNP FOI FSM FSP FTE GCP
GCSE GP HMCI HMI HoS HR HV HWB IDACI IDVA ICT IMD IRO IT IYSS JCP JSNA KPI KS LA LAC LADO LSCB
LSCP LSOA MAPPA MARAC MARF MASH MAT MISPER MOU NCMP NDTMS NEET NFA NHS NICE NOT NPQ NQT NSPCC NVQ
OLA ONS PA PBR PCC PCT PDF PEP PIP PLO PMO PPU PRU PSA PSED PSHE PVI QA RAG RI RSL SALT SCB SCR
SDQ SEF SEN SENCO SEND SLA SLT SMART SMT SPOC SROI STEM TAC TAF TAFF TAS TF TOR UASC UK VCS VCSE
WTE YJB YOI YOS YOT YP
"""
_DAYS = """
January February March April May June July August September October November December Monday
Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter Ramadan Eid Spring Summer
Autumn Winter
"""
_PEOPLES = """
Arabic Asian Bengali British Bulgarian Chinese English European French German Hindi Irish Kurdish
Lithuanian Nepali Pashto Polish Portuguese Punjabi Roma Romanian Scottish Slovak Somali Spanish
Tamil Traveller Turkish Urdu Welsh Christian Hindu Jewish Muslim Sikh
"""
_BODIES = """
Action Agency Assembly Assessment Authority Barnardo Board Borough Bureau Cabinet Care Centre
Chief Child Children Commission Committee Community Council Councillor County Court Department
Director Directorate District Education England Executive Families Family Federation Forum
Foundation Fund Government Group Head Health Help Home Hospital House Housing Hub Inspector
Inspectorate Institute Lead Local Manager Member Minister National Network Nurse Office Officer
Ofsted Panel Parliament Partnership Police Primary Probation Project Protection Public
Safeguarding School Scrutiny Secondary Service Services Social Support Team Trust Unit University
Women Youth Dad Mum Nan
"""
_PAPERS = """
Act Action Agreement Annual Audit Business Charter Code Common Continuum Early Excel Form
Framework Guidance Improvement Information Integrated Joint Level Measurement Medium Memorandum
Model Module Needs Offer Outcome Plan Policy Poverty Priority Programme Protocol Quality Quarter
Record Referral Register Report Return Review Scale Section Signs Spreadsheet Stage Standard Star
Strategic Strategy Strengths Survey System Term Threshold Tool Toolkit Understanding Universal
Word Working
"""
_TOOLS = """
Eyberg Facebook Graded Incredible Liquidlogic Mosaic Outlook SurveyMonkey Triple Troubled Twitter
Webster Stratton
"""
_PLAIN = """
Attendance Best Better Big Bigger Both Caveat Dashboard Dip First Good Info Main Many More Most
Much Next Only Other Our Out Own Removed Stronger Strong Three Two Very Well Yes
"""
_WORDS = """
anchor ash barking barrow bath battle beacon bridge bury castle compass crook deal eye hatch hook
hope hyde lancing lantern lighthouse march marsh mere mold promise reading rugby rye sale sandwich
settle slough spring springboard stone street vale ware wash wells
"""

ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""Abbreviations that the whole sector uses, such as RAG for red, amber and green."""

PLAIN = frozenset(
    word.casefold()
    for word in " ".join((_DAYS, _PEOPLES, _BODIES, _PAPERS, _TOOLS, _PLAIN)).split()
)
"""Words that are written with a capital here and there and name no place and no local system."""

ALSO_WORDS = frozenset(_WORDS.split())
"""Names of places and services that are also words of the language, such as Reading."""


def is_plain(word: str) -> bool:
    """Tell whether a word with a capital is one that tells nothing, in the singular or plural."""
    folded = word.casefold()
    return word in ABBREVIATIONS or folded in PLAIN or folded.removesuffix("s") in PLAIN
