"""Quoi: the topics of the activity, the usual ones first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app import labels
from app.services.commands import RecordActivity
from app.ui.recording.part import Part
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.field_row import FieldRow
from protocol.vocabulary import Topic

VISIBLE = 6
"""Topics shown before « + N thèmes »."""


class WhatPart(Part):
    """One topic or more among the nineteen."""

    def __init__(self) -> None:
        super().__init__()
        self._usual: tuple[Topic, ...] = tuple(Topic)
        self._preferred: tuple[Topic, ...] = ()
        self._topics: ChipGroup[Topic] = ChipGroup(multiple=True, visible=VISIBLE, others="thèmes")
        self._topics.changed.connect(self.changed)
        self.add_row(FieldRow("Quoi", self._topics), "topics")

    def set_usual(self, topics: Sequence[Topic]) -> None:
        """Offer all the topics in this order."""
        self._usual, self._preferred = tuple(topics), ()
        self._offer(self._topics.values())

    def prefer(self, topics: Sequence[Topic]) -> None:
        """Offer these first: those most often worked on with the person."""
        if tuple(topics) != self._preferred:
            self._preferred = tuple(topics)
            self._offer(self._topics.values())

    def topics(self) -> frozenset[Topic]:
        """The topics chosen."""
        return frozenset(self._topics.values())

    def add(self, topics: Iterable[Topic]) -> None:
        """Choose these too, as the advisor would."""
        self._offer({*self._topics.values(), *topics})
        self.changed.emit()

    def show_form(self, form: RecordActivity) -> None:
        self._offer(form.topics)

    def fill(self, form: RecordActivity) -> RecordActivity:
        return replace(form, topics=self.topics())

    def focus_first(self) -> None:
        """Put the keyboard on the first topic."""
        self._topics.focus_first()

    def _offer(self, chosen: Iterable[Topic]) -> None:
        order = _with_procedures_in_sight(list(dict.fromkeys((*self._preferred, *self._usual))))
        choices = [(topic, labels.TOPICS[topic], labels.TOPIC_HINTS[topic]) for topic in order]
        self._topics.set_choices(choices, chosen)


def _with_procedures_in_sight(topics: Sequence[Topic]) -> list[Topic]:
    """The same order, with the topic that unlocks the démarches among the visible ones: it is the most asked for."""
    if Topic.ADMINISTRATIVE_HELP in topics[:VISIBLE]:
        return list(topics)
    others = [topic for topic in topics if topic is not Topic.ADMINISTRATIVE_HELP]
    return [*others[: VISIBLE - 1], Topic.ADMINISTRATIVE_HELP, *others[VISIBLE - 1 :]]
