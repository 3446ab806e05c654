"""The kinds of record and which of their fields are sealed or sets, copied from the list that the page points to."""

SCHEMA = 3
SEALED = {
    "activity": {"title", "procedures", "procedure_note", "notes"},
    "attendance": set(),
    "beneficiary": {"first_name", "last_name", "birth_year", "phone", "no_phone", "email", "notes"},
    "place": set(),
    "tag": {"name", "description"},
    "computer": {"name", "advisor"},
    "organisation": set(),
}
"""Every kind that this client knows."""
SETS = {"topics", "families", "equipment", "tags"}
