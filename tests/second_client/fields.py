"""The kinds of record and which of their fields are sealed or sets, copied from the list that the page points to."""

SCHEMA = 4
SEALED = {
    "activity": {"title", "procedures", "procedure_note", "notes"},
    "attendance": set(),
    "beneficiary": {
        "first_name",
        "last_name",
        "birth_year",
        "phone",
        "no_phone",
        "email",
        "notes",
        "address",
        "informed_on",
        "consent",
        "consent_on",
        "keep_until",
        "distinct_from",
        "merge",
    },
    "place": set(),
    "tag": {"name", "description"},
    "computer": {"name", "advisor"},
    "organisation": set(),
    "case": {"procedure", "name", "steps", "reference", "deadline", "opened_on", "closed_on", "notes"},
    "procedure": {"name", "bring", "steps", "site", "address", "delay", "phone", "source", "checked_on"},
    "mandate": {
        "duration",
        "starts_on",
        "expires_on",
        "families",
        "revoked",
        "acts",
        "made_at",
        "signing",
        "person_signature",
        "advisor_signature",
    },
    "mandate_entry": {"at", "act", "family", "said", "author", "previous", "digest"},
    "assessment": {"answers", "scores", "internet_use", "finer", "objectives", "notes"},
    "sheet": {"text"},
    "appointment": {"starts", "minutes", "place", "place_note", "subject", "case"},
}
"""Every kind that this client knows."""
SETS = {"topics", "families", "equipment", "tags", "cases", "sheets", "done"}
