"""A line of a practice file (data/practice_reports.md) as the answers that its referrer would give. Pure."""

WHO = {
    "self": "self",
    "parent": "parent",
    "school": "school",
    "care": "care",
    "police_municipality": "care",
    "friend": "other",
    "neighbour": "other",
    "other": "other",
}
AGE_BANDS = {"<12": "under_12", "12-15": "12_15", "16-17": "16_17", "18-22": "18_22", "23+": "23_plus"}
LANGUAGES = {
    "ar": "Arabisch",
    "bg": "Bulgaars",
    "de": "Duits",
    "en": "Engels",
    "es": "Spaans",
    "fr": "Frans",
    "hu": "Hongaars",
    "nl": "Nederlands",
    "pl": "Pools",
    "ro": "Roemeens",
    "ti": "Tigrinya",
    "tl": "Tagalog",
    "tr": "Turks",
    "uk": "Oekraïens",
    "vi": "Vietnamees",
}


def answers_of(line: dict) -> tuple[str, dict[str, dict]]:
    """Return who files, and {step: {field: value}}."""
    who = WHO[line["referrer_role"]]
    about, referrer, safe = line["about"], line["referrer"] or {}, line["safe_contact"]
    step = line.get("meldcode_step")
    allowed = bool(safe["allowed"])
    answers = {
        "you": {
            "role": line["referrer_role"],
            "name": referrer.get("name"),
            "organisation": referrer.get("organisation"),
            "meldcode_step": "" if step is None else str(step),
        },
        "danger": {"danger": line["danger_now"]},
        "signs": {"signs": line["indicators"], "words": line["narrative"]},
        "person": _person(line),
        "place": {"place": about["place"]},
        "contact": {
            "allowed": "yes" if allowed else "no",
            "how": safe["how"] if allowed else "",
            "phone": referrer.get("phone"),
            "email": referrer.get("email"),
            "when": safe["when"],
            "never": safe["never"],
        },
    }
    return who, answers


def _person(line: dict) -> dict:
    about, suspect = line["about"], line["suspect"] or {}
    answers = {
        "name": about["name_or_nickname"],
        "age_band": AGE_BANDS.get(about["age_band"], "unknown"),
        "gender": about["gender"],
        "place": about["place"],
        "language": ", ".join(LANGUAGES.get(code, code) for code in about["languages"]),
    }
    answers |= {f"suspect_{part}": suspect.get(part) for part in ("nickname", "phone", "handle", "plate")}
    for n, peer in enumerate(line["others_at_risk"], start=1):
        answers |= {f"peer_{n}_relation": peer["relation"], f"peer_{n}_name": peer["name_or_initial"]}
    return answers
