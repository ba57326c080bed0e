"""What holds of what was agreed, over several rounds."""

from __future__ import annotations

from bot.adapters.db.store import SqlStore
from bot.app.history import agreed_levels
from bot.core.rounds.lifecycle import Kind
from tests.unit.app.scene import DUE, S, Scene, played


def test_levels_stand_until_the_same_decision_gets_others(store: SqlStore) -> None:
    def play(scene: Scene) -> None:
        partner = scene.hamlet.partners[0]

        def standing() -> list[tuple[str, int]]:
            found = agreed_levels(scene.at(DUE), scene.hamlet.partnership)
            return [(agreed.decision.wording, agreed.levels[partner]) for agreed in found]

        scene.tx.rounds.agree_levels(scene.not_agreed, {partner: 1})
        later = scene.round(Kind.REFLECTION, S.MEETING, answer_until=DUE, digest_at=DUE, posted=True)
        again = scene.tx.rounds.add_decision(later.id, "Made-up decision A, reworded", continues=scene.agreed)
        assert standing() == [("Made-up decision A", 3), ("Made-up decision B", 1)], (
            "nothing is agreed anew yet"
        )
        scene.tx.rounds.agree_levels(again, {partner: 4})
        assert standing() == [("Made-up decision A, reworded", 4), ("Made-up decision B", 1)]

    played(store, play)
