"""A page of every kind that anybody may read, in both series: what holds for pages holds for these."""

SIMULATED = "/series/simulated/"
OF_A_SERIES = [
    "trusts/",
    "trusts/london/",
    "map/",
    "movement/",
    "divergence/",
    "measures/",
    "frameworks/",
    "frameworks/ptrs-2012-13/",
    "compare/",
    "data/",
    "releases/",
    "releases/1/",
]
RECORD = [
    "/",
    "/releases/1/summary/",
    "/trusts/hertfordshire-area/",
    "/trusts/england-and-wales/",
    "/measures/accommodation-at-termination/",
    "/measures/binary-rate/",
    "/compare/?each=england-and-wales&measure=accommodation-at-termination",
]
# One, each, several years, two measures, a group of ones own, months, and an organisation that there isn't.
REPORTS = "measure=court-reports-on-time&year=2012-13"
COMPARISONS = [
    f"organisation=london&{REPORTS}",
    "organisation=london&organisation=wales&measure=oasys-15-days",
    f"each=england-and-wales&{REPORTS}",
    f"each=england-and-wales&measure=local-adult-reoffending&{REPORTS}",
    f"organisation=london&organisation=wales&group=North:durham-tees-valley,northumbria&{REPORTS}&year=2011-12",
    f"organisation=london&by=month&{REPORTS}",
    f"organisation=nowhere&organisation=london&{REPORTS}",
]
SIMULATION = [
    SIMULATED,
    f"{SIMULATED}releases/1/summary/",
    f"{SIMULATED}trusts/wales-probation-region/",
    f"{SIMULATED}trusts/london/?year=2010-11",
    f"{SIMULATED}measures/oasys-15-days/?trust=london",
    f"{SIMULATED}map/?show=oasys-15-days",
    f"{SIMULATED}divergence/?year=2010-11&kind=timeliness&trust=london",
    *(f"{SIMULATED}compare/?{query}" for query in COMPARISONS),
]
ABOUT_NO_SERIES = ["/methods/", "/methods/rating-certainty/", "/glossary/", "/about/", "/series/", "/api/"]
PAGES = [
    *RECORD,
    *(f"/{page}" for page in OF_A_SERIES),
    *SIMULATION,
    *(f"{SIMULATED}{page}" for page in OF_A_SERIES),
    *ABOUT_NO_SERIES,
]
# Whoever isn't signed in yet can read these; those that need a link sent by mail aren't among them.
ACCOUNT = [
    "/account/sign-in/",
    "/account/signed-out/",
    "/account/forgotten/",
    "/account/forgotten/sent/",
    "/account/password-chosen/",
]
# The second says why there is none, and the third and fourth say that figures are simulated.
NOT_FOUND = ["/nowhere/", "/trusts/nowhere/", f"{SIMULATED}nowhere/", f"{SIMULATED}trusts/nowhere/"]
