"""A page of each kind, by its address under the site or under a numbered release."""

NUMBERED = "releases/1/"

PAGES = [
    "",
    "trusts/",
    "trusts/hertfordshire/",
    "trusts/hertfordshire-area/",
    "trusts/cumbria-and-lancashire-crc/",
    "trusts/south-west-region/",
    "trusts/wales-probation-region/",
    "trusts/national-probation-service/",
    "trusts/nps-london/",
    "trusts/england-and-wales/",
    "map/",
    "map/?of=probation-region",
    "movement/",
    "divergence/",
    "measures/",
    "measures/oasys-high-risk-5-days/",
    "measures/accommodation-at-termination/",
    "measures/offenders-per-offender-manager/",
    "measures/obp-completions/",
    "measures/skills-for-life-referrals/",
    "measures/sickness-absence-days/",
    "measures/binary-rate-change/",
    "measures/planned-budget/",
    "measures/staff-in-post/",
    "measures/scorecard-position/",
    "measures/reoffences-per-reoffender/",
    "measures/oasys-15-days/",
    "compare/",
    "data/",
    "frameworks/",
    "frameworks/nps-targets-2002-05/",
    "frameworks/weighted-scorecard-2005-06/",
    "frameworks/weighted-scorecard-2006-07/",
    "frameworks/ippf-2009-10/",
    "frameworks/ptrs-2010-11/",
    "frameworks/ptrs-2011-12/",
    "frameworks/ptrs-2012-13/",
    "frameworks/service-levels-2017-20/",
    "frameworks/payment-by-results-2015-20/",
]
DOWNLOADS = [
    "figures/accommodation.csv",
    "trusts/hertfordshire-area.csv",
    "map.csv",
    "data/ratings.csv",
    "divergence/accommodation-beside-workload.csv",
    "data/national.csv",
    "measures/binary-rate.csv",
    "compare.csv?each=england-and-wales&measure=accommodation-at-termination&year=2009-10",
    "measures/binary-rate/trend-binary-rate.csv",
]


def bare(page: str) -> str:
    return f"/{page}"


def numbered(page: str) -> str:
    """The first page has an address of its own in a release, which has a page too."""
    return f"/{NUMBERED}{page or 'summary/'}"


BOTH = [address(page) for page in PAGES for address in (bare, numbered)]
EVERY_KIND = [*BOTH, "/releases/", "/releases/1/"]
