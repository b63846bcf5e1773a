"""The hard rules in plain Python, written from the guide: a second opinion on who may serve whom.

Rows are dictionaries of texts as they stand in the tables; what is missing is left out. The policy is its canonical text.
"""

import functools
import math

try:
    import tomllib
except ModuleNotFoundError:  # before Python 3.11
    import tomli as tomllib

COLOURS = ["green", "blue", "yellow", "red"]
MINORS = ["0-5", "6-7", "8-11", "12-13", "14-15", "16-17"]
LADDERS = [
    ["sw_auxiliary", "sw_assistant", "sw_certified", "sw_senior"],
    ["elder_carer_5", "elder_carer_4", "elder_carer_3", "elder_carer_2", "elder_carer_1"],
]
# Switches stand in the policy; these have none.
ALWAYS = ["D01", "E01", "H03", "H04", "H05", "H06", "H07", "H08", "H09", "H11", "H12", "H15", "H17", "H19"]


class Rules:
    """What the tables and the policy say of pairs."""

    def __init__(self, tables, policy):
        self.default = read(policy)
        self.today = str(self.default["evaluation_date"])
        self.by_id = {
            name: {row[key]: row for row in tables.get(name, [])}
            for name, key in [
                ("communities", "community"),
                ("groups", "group_id"),
                ("organizations", "organization_id"),
                ("workers", "worker_id"),
            ]
        }
        self.policies = {}

    def policy(self, community):
        """The policy where a need arises: overlays from the widest area to the smallest."""
        if community not in self.policies:
            merged = self.default
            here = [layer for layer in self.default.get("overlay", []) if contains(layer["area"], community)]
            for layer in sorted(here, key=lambda layer: len(digits(layer["area"]))):
                merged = merge(merged, {key: value for key, value in layer.items() if key != "area"})
            self.policies[community] = merged
        return self.policies[community]

    def service(self, need):
        return need.get("service_type") or self.policy(need["community"])["usual_service"][need["domain"]]

    def takes_part(self, need):
        """None, or why the need is no matter for the run."""
        if need.get("emergencies") or not self.h19(need):
            return "immediate"
        if self.service(need) == "psych_treatment":
            return "refer_medical"
        if self.service(need) == "law_enforcement":
            return "law_enforcement"
        if need.get("automated_decision_refused") == "true" and not need.get("pinned_worker"):
            return "human_only"
        return None

    def failed(self, need, worker, organization):
        """The codes of the rules that a pair fails; without a worker the organization serves directly."""
        on = [rule for rule, is_on in self.policy(need["community"])["rules"].items() if is_on]
        return {rule for rule in ALWAYS + on if not getattr(self, rule.lower())(need, worker, organization)}

    def held(self, worker):
        entries = [entry.split("@") for entry in listed(worker or {}, "qualifications")]
        return {code for code, *until in entries if not until or self.today <= until[0]}

    def groups_above(self, organization):
        above = organization.get("group_id")
        while above:
            yield (group := self.by_id["groups"][above])
            above = group.get("parent_id")

    def risk(self, need):
        urgent = need.get("emergencies") or not self.h19(need)
        return "red" if urgent else need["risk"]

    def is_minor(self, need):
        minors, groups = self.policy(need["community"])["minors"], set(listed(need, "groups"))
        if need["domain"] in minors["domains"] or groups & set(minors["groups"]):
            return True
        if need.get("juvenile_case") == "true" or need.get("age_band") in MINORS:
            return True
        is_adult = need["domain"] in minors["adult_domains"] or groups & set(minors["adult_groups"])
        return not need.get("age_band") and not is_adult

    def secrecy(self, need):
        least = self.policy(need["community"])["confidentiality"]["groups"]
        return max([int(need.get("confidentiality", 0))] + [least.get(group, 0) for group in listed(need, "groups")])

    def is_volunteer(self, worker, organization):
        kind = organization.get("kind")
        team = kind == "volunteer_team" if kind else organization.get("status") != "registered"
        return team or (worker is not None and self.held(worker) <= {"volunteer"})

    def area(self, worker, organization):
        return listed(worker or {}, "service_area") or listed(organization, "service_area")

    def d01(self, need, worker, organization):
        if worker is None and organization.get("direct") != "true":
            return False
        return need["domain"] in {entry.split(":")[0] for entry in listed(worker or organization, "domains")}

    def e01(self, need, *_):
        return not need.get("emergencies")

    def h01(self, need, worker, _):
        service, least = self.policy(need["community"])["services"].get(self.service(need), {}), need.get("min_qualification")
        if worker is None:
            return service.get("direct", False) and not least
        held = self.held(worker)
        wanted = service.get(self.risk(need), service.get("any_of", []))
        enough = {least} if least else held
        for ladder in LADDERS:
            enough |= set(ladder[ladder.index(least) :]) if least in ladder else set()
        return bool(held & set(wanted) or ("any" in wanted and held)) and bool(held & enough)

    def h02(self, need, _, organization):
        status, compliant = organization.get("status"), organization.get("compliant")
        if status == "registered":
            return compliant == "true"
        if status not in ("filed", "incubating") or compliant == "false":
            return False
        hosted = any(group.get("kind") == "fiscal_host" for group in self.groups_above(organization))
        return hosted and self.policy(need["community"])["services"].get(self.service(need), {}).get("filed_groups", False)

    def h03(self, need, worker, organization):
        checks = [row.get("minor_check_valid_until", "") for row in (worker, organization) if row is not None]
        return not self.is_minor(need) or all(self.today <= until for until in checks)

    def h04(self, need, worker, _):
        return not (is_corrected(need) and need.get("sex") != "1") or worker is None or worker.get("sex") == "2"

    def h05(self, need, worker, _):
        if not (is_corrected(need) and self.is_minor(need)):
            return True
        return worker is not None and worker.get("clearance") == "4" and "juvenile_specialist" in self.held(worker)

    def h06(self, need, worker, _):
        girl_victim = self.is_minor(need) and "violence_victim" in listed(need, "groups") and need.get("sex") != "1"
        return not girl_victim or (worker is not None and worker.get("sex") == "2")

    def h07(self, need, worker, organization):
        ill = need["domain"] == "mental_health" or "severe_mental_disorder" in listed(need, "groups")
        if not ill or self.risk(need) != "red":
            return True
        team = worker is None or "joint_team" in listed(worker, "authorities")
        return team and not self.is_volunteer(worker, organization)

    def h08(self, need, *_):
        return self.service(need) != "psych_treatment"

    def h09(self, need, worker, organization):
        excluded = worker is not None and worker["worker_id"] in listed(need, "excluded_workers")
        return not excluded and organization["organization_id"] not in listed(need, "excluded_organizations")

    def h10(self, need, _, organization):
        apart = need["domain"] in self.policy(need["community"])["assessment"]["separate_domains"]
        return not apart or need.get("assessor_organization") != organization["organization_id"]

    def h11(self, need, worker, _):
        policy = self.policy(need["community"])
        asked = set(policy["authorities"].get(need["domain"], []))
        if worker is None:
            return not asked and self.secrecy(need) <= policy["confidentiality"]["organization_max"]
        authorised = not asked or asked & set(listed(worker, "authorities"))
        return bool(authorised) and self.secrecy(need) <= int(worker.get("clearance", 0))

    def h12(self, need, *_):
        consents, groups = set(listed(need, "consent")), set(listed(need, "groups"))
        sensitive = self.secrecy(need) >= 2 or groups & set(self.policy(need["community"])["consent"]["sensitive_groups"])
        band = need.get("age_band")
        child = band in MINORS[:4] if band else self.is_minor(need)
        if "statutory" in consents:
            return True
        return bool(consents) and (not sensitive or "separate" in consents) and (not child or "guardian" in consents)

    def h14(self, need, worker, organization):
        crosses = need["domain"] in self.policy(need["community"])["area"]["cross_area_domains"]
        return crosses or any(contains(division, need["community"]) for division in self.area(worker, organization))

    def h15(self, need, worker, organization):
        policy = self.policy(need["community"])
        suits = policy["services"].get(self.service(need), {}).get("volunteers", False)
        low = COLOURS.index(self.risk(need)) <= COLOURS.index(policy["volunteers"]["max_risk"])
        return not self.is_volunteer(worker, organization) or (suits and low)

    def h16(self, need, worker, _):
        wanted = need.get("required_sex")
        return wanted not in ("1", "2") or (worker is not None and worker.get("sex") == wanted)

    def h17(self, need, *_):
        return self.service(need) != "law_enforcement"

    def h18(self, need, *_):
        violence = need["domain"] == "women_family" or "violence_victim" in listed(need, "groups")
        return not (violence and self.risk(need) == "red" and self.service(need) == "mediation")

    def h19(self, need, *_):
        below = {"unattended": MINORS[:2], "living_alone": MINORS[:5]}.get(need.get("guardianship"), [])
        band = need.get("age_band")
        return not below or (band not in below if band else not self.is_minor(need))

    def h20(self, need, _, organization):
        for line in self.groups_above(organization):
            kinds, domains, area = (listed(line, name) for name in ("organization_kinds", "domains", "service_area"))
            pays = not kinds or organization.get("kind") in kinds
            pays &= not domains or need["domain"] in domains
            pays &= not area or any(contains(division, need["community"]) for division in area)
            pays &= line.get("valid_from", "") <= self.today <= line.get("valid_until", "9999")
            if not pays:
                return False
        return True

    def t01(self, need, worker, organization):
        travel = self.policy(need["community"])["travel"]
        community, base = self.by_id["communities"][need["community"]], (worker or {}).get("base_community")
        home = point(need) or point(community)
        start = point(worker or {}) or point(self.by_id["communities"].get(base, {})) or point(organization)
        if home and start:
            terrain = travel[terrain_of(community, travel["mountain_divisions"])]
            hours = terrain["factor_per_mille"] / 1000 * kilometres(home, start) / terrain["speed_km_h"]
            longest = float((worker or {}).get("max_travel_minutes", travel["max_minutes"]))
            return 60 * hours + terrain["fixed_minutes"] <= longest
        if travel["unknown_location"] != "same_township":
            return travel["unknown_location"] == "pass"
        if base:
            return base[:9] == need["community"][:9]
        near = [division for division in self.area(worker, organization) if len(digits(division)) >= 9]
        return any(contains(division, need["community"]) for division in near)


@functools.lru_cache(maxsize=1)
def read(policy):
    return tomllib.loads(policy)


def merge(below, above):
    """The keys of both; of two the one above, and within sections key by key."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return below | {key: merge(below.get(key), value) for key, value in above.items()}


def listed(row, column):
    return [entry.strip() for entry in row.get(column, "").split(";") if entry]


def digits(division):
    """A division code without the zeros that fill it."""
    full = division.ljust(12, "0")
    return next(full[:n] for n in (2, 4, 6, 9, 12) if not full[n:].strip("0"))


def contains(division, community):
    return community.startswith(digits(division))


def is_corrected(need):
    return need["domain"] == "community_correction" or "correction_subject" in listed(need, "groups")


def terrain_of(community, mountains):
    if community.get("urban_rural_class", "").startswith("1"):
        return "urban"
    is_high = any(contains(division, community["community"]) for division in mountains)
    return "mountain" if is_high else "rural"


def point(row):
    return (float(row["lon"]), float(row["lat"])) if "lon" in row else None


def kilometres(a, b):
    """The great circle on a sphere of the mean radius."""
    (lon_a, lat_a), (lon_b, lat_b) = ([math.radians(degrees) for degrees in place] for place in (a, b))
    h = math.sin((lat_b - lat_a) / 2) ** 2
    h += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))
