"""Small random towns in which every column is used, and policies that switch everything that has a switch."""

import random

COMMUNITIES = ["140524100001", "140524100002", "140524101201", "140522106003", "140502001001"]
DIVISIONS = ["14", "1405", "140524000000", "140524100", "140522106", "140502001001", *COMMUNITIES[:3]]
DOMAINS = [
    *["elderly_care", "mental_health", "community_correction", "left_behind_children", "women_family", "environment"],
    *["disability_support", "dispute_mediation", "youth_behaviour", "education_aid"],
]
SERVICES = [
    *["visit", "personal_care", "case_work", "psych_support", "psych_treatment", "correction_help", "tutoring"],
    *["mediation", "legal_aid", "activity", "law_enforcement", "respite"],
]
GROUPS = [
    *["elderly", "child", "disabled", "severe_mental_disorder", "youth_misconduct", "correction_subject"],
    *["violence_victim", "veteran", "left_behind"],
]
BANDS = ["0-5", "6-7", "8-11", "12-13", "14-15", "16-17", "18-34", "60-64", "80-89"]
QUALIFICATIONS = [
    *["sw_auxiliary", "sw_assistant", "sw_certified", "sw_senior", "psy_counselor", "elder_carer_5", "elder_carer_2"],
    *["nurse", "lawyer", "teacher", "mediator", "juvenile_specialist", "volunteer"],
]
AUTHORITIES = ["justice", "health", "joint_team", "women_federation"]
EMERGENCIES = ["harm_to_minor", "domestic_violence", "self_harm", "danger_to_others"]
KINDS = ["social_association", "social_service_agency", "filed_community_group", "social_work_station", "volunteer_team"]
COLOURS = ["green", "blue", "yellow", "red"]
DATES = ["2025-12-31", "2026-01-01", "2026-06-30", "2025-01-01"]
SWITCHES = ["H01", "H02", "H10", "H14", "H16", "H18", "H20", "T01"]
KEYS = {
    "communities": "community",
    "groups": "group_id",
    "organizations": "organization_id",
    "workers": "worker_id",
    "needs": "need_id",
}


def town(seed):
    """Rows by table, and a policy as TOML."""
    draw = Draw(seed)
    tables = {
        "communities": draw.communities(),
        "groups": draw.groups(),
        "organizations": draw.organizations(),
        "workers": [],
        "needs": [],
    }
    tables["workers"] = [draw.worker(k, tables["organizations"]) for k in range(draw.random.randint(1, 6))]
    tables["needs"] = [draw.need(k, tables) for k in range(draw.random.randint(1, 8))]
    # Twenty towns share a policy: it takes longer to read than a town.
    return tables, Draw(f"policy {seed // 20}").policy()


def columns(rows, key):
    """Rows as columns of texts; every table has its key."""
    names = dict.fromkeys([key, *(name for row in rows for name in row)])
    return {name: [row.get(name) for row in rows] for name in names}


class Draw:
    """One town's randomness: how friendly it is decides how many rules fail."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.friendly = self.random.choice([0.5, 0.85, 0.95, 0.99])

    def fails(self):
        return self.random.random() >= self.friendly

    def some(self, values, most=2):
        return ";".join(self.random.sample(values, self.random.randint(1, most)))

    def row(self, always, **seldom):
        """What is always there, and each of the rest as seldom as rules fail here."""
        return always | {name: value for name, value in seldom.items() if value is not None and self.fails()}

    def place(self):
        return {"lon": f"{self.random.uniform(112.8, 113.3):.4f}", "lat": f"{self.random.uniform(35.5, 35.8):.4f}"}

    def communities(self):
        chosen = self.chosen = self.random.sample(COMMUNITIES, self.random.randint(1, 4))
        rows = []
        for code in chosen:
            row = {"community": code, "urban_rural_class": self.random.choice(["111", "122", "210", "220"])}
            rows.append(row if self.fails() else row | self.place())
        return rows

    def groups(self):
        rows = []
        for k in range(self.random.randint(0, 3)):
            kind = self.random.choice(["fiscal_host", "fund_line", "federation"])
            row = {"group_id": f"g{k}", "kind": kind}
            row = self.row(row, parent_id=f"g{self.random.randrange(k)}" if k else None, capacity_max=str(k * 3))
            if kind == "fund_line":
                row = self.row(
                    row,
                    organization_kinds=self.some(KINDS),
                    domains=self.some(DOMAINS, 6),
                    service_area=self.some(DIVISIONS),
                    valid_until=self.random.choice(["2025-12-31", "2026-01-01"]),
                )
            rows.append(row)
        self.n_groups = len(rows)
        return rows

    def organizations(self):
        rows = []
        for k in range(self.random.randint(1, 3)):
            row = {
                "organization_id": f"o{k}",
                "status": "registered",
                "compliant": "true",
                "kind": self.random.choice(KINDS[:4]),
                "capacity_max": str(self.random.randint(0, 8)),
                "service_area": "1405",
                "minor_check_valid_until": "2026-12-31",
                "direct": self.random.choice(["true", "false"]),
                "domains": ";".join(self.random.sample(DOMAINS, self.random.randint(3, 10))),
            }
            row = self.row(
                row,
                status=self.random.choice(["registered", "filed", "incubating"]),
                kind="volunteer_team",
                compliant=self.random.choice(["true", "false"]),
                service_area=self.some(DIVISIONS),
                minor_check_valid_until=self.random.choice(DATES),
            )
            if self.n_groups and self.random.random() < 0.7:
                row["group_id"] = f"g{self.random.randrange(self.n_groups)}"
            if row["status"] == "incubating" and self.random.random() < 0.7:
                row["incubated_since"] = self.random.choice(DATES)
            for name in ("compliant", "kind", "minor_check_valid_until", "status"):
                if self.random.random() < 0.05:
                    del row[name]
            rows.append(row if self.random.random() < 0.5 else row | self.place())
        return rows

    def worker(self, k, organizations):
        row = {
            "worker_id": f"w{k}",
            "organization_id": self.random.choice(organizations)["organization_id"],
            "domains": ";".join(self.random.sample(DOMAINS, self.random.randint(3, 10))),
            "caseload_max": str(self.random.randint(0, 3)),
            "qualifications": ";".join(self.random.sample(QUALIFICATIONS, self.random.randint(2, 9))),
            "sex": "2",
            "clearance": "4",
            "authorities": self.some(AUTHORITIES, 4),
            "minor_check_valid_until": "2026-12-31",
        }
        row = self.row(
            row,
            qualifications=f"{self.random.choice(QUALIFICATIONS)}@{self.random.choice(DATES)}",
            sex=self.random.choice(["0", "1", "9"]),
            clearance=str(self.random.randint(0, 3)),
            authorities=self.some(AUTHORITIES, 1),
            minor_check_valid_until=self.random.choice(DATES),
            service_area=self.some(DIVISIONS),
            max_travel_minutes=str(self.random.choice([0, 20, 90])),
            base_community=self.random.choice(self.chosen),
        )
        for name in ("qualifications", "sex", "clearance", "authorities", "minor_check_valid_until"):
            if self.random.random() < 0.03:
                del row[name]
        return row | self.place() if self.random.random() < 0.3 else row

    def need(self, k, tables):
        ids = {name: [row[KEYS[name]] for row in tables[name]] for name in ("communities", "workers", "organizations")}
        row = {
            "need_id": f"n{k}",
            "community": self.random.choice(ids["communities"]),
            "domain": self.random.choice(DOMAINS),
            "risk": self.random.choice(COLOURS),
            "consent": "general;separate;guardian",
            "age_band": self.random.choice(BANDS[6:]),
            "sex": self.random.choice(["1", "2"]),
        }
        row = self.row(
            row,
            service_type=self.random.choice(SERVICES),
            groups=self.some(GROUPS, 3),
            consent=self.random.choice(["general", "general;separate", "statutory", "guardian"]),
            age_band=self.random.choice(BANDS),
            sex="0",
            juvenile_case="true",
            min_qualification=self.random.choice(QUALIFICATIONS),
            required_sex=self.random.choice(["1", "2", "9"]),
            excluded_workers=self.some(ids["workers"], 1),
            excluded_organizations=self.some(ids["organizations"], 1),
            assessor_organization=self.random.choice(ids["organizations"]),
            confidentiality=str(self.random.randint(0, 4)),
        )
        rare = {
            "guardianship": self.random.choice(["present", "unattended", "living_alone"]),
            "emergencies": self.some(EMERGENCIES),
            "automated_decision_refused": "true",
            "pinned_worker": self.random.choice(ids["workers"]),
            "household_id": f"h{self.random.randrange(3)}",
            "waiting_days": str(self.random.randrange(400)),
            "current_worker": self.random.choice(ids["workers"]),
            "preferred_workers": self.some(ids["workers"], 1),
        }
        row |= {name: value for name, value in rare.items() if self.random.random() < 0.05}
        for name in ("consent", "age_band", "sex"):
            if self.random.random() < 0.05:
                del row[name]
        return row | self.place() if self.random.random() < 0.2 else row

    def policy(self):
        """Its sections in the order that TOML asks for."""
        pick = self.random.choice
        text = [f'objective = "{pick(["tiers_then_score", "coverage_then_score", "score", "least_unequal"])}"', "[rules]"]
        text += [f"{rule} = {'false' if self.random.random() < 0.15 else 'true'}" for rule in SWITCHES]
        text += ["[travel]", f'unknown_location = "{pick(["pass", "pass", "fail", "same_township"])}"']
        text += [f"max_minutes = {pick([15, 60, 120])}", "[area]"]
        text += [f"cross_area_domains = {pick(['[]', '[]', '[]', str(self.random.sample(DOMAINS, 2))])}"]
        for area in self.random.sample(["14", "1405", "140524", "140524100", COMMUNITIES[0]], pick([0, 0, 1, 3])):
            text += ["[[overlay]]", f'area = "{area}"', "[overlay.rules]", f"{pick(SWITCHES)} = {pick(['true', 'false'])}"]
            text += ["[overlay.travel]", f"max_minutes = {pick([5, 45, 200])}"]
            text += ["[overlay.services.visit]", f"volunteers = {pick(['true', 'false'])}"]
            text += [f"red = {pick(['[]', str(self.random.sample(QUALIFICATIONS, 3))])}"]
            text += ["[overlay.volunteers]", f'max_risk = "{pick(COLOURS)}"']
            text += ["[overlay.assessment]", f"separate_domains = {self.random.sample(DOMAINS, 3)}"]
        return "\n".join(text).replace("'", '"')
