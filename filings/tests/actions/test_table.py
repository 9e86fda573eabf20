"""The table of actions is complete, and its parts agree with each other."""

import pytest

from filings.actions.spec import ActionSpec
from filings.actions.table import SPECS, TODO_GROUPS, awaited_roles, awaited_statuses, label_of
from filings.choices import Action, Role, Status
from filings.lifecycle import demands, transitions

every_action = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.action.name)


def test_every_action_is_declared_once() -> None:
    assert [spec.action for spec in SPECS] == list(Action)


def test_every_performed_action_has_one_function() -> None:
    assert set(transitions.OUTCOMES) == {spec.action for spec in SPECS if spec.transitions}


def test_every_demand_has_one_check() -> None:
    assert set(demands.CHECKS) == {demand for spec in SPECS if spec.transitions for demand in spec.demands}


def test_labels_and_sentences_differ() -> None:
    for texts in ([spec.label for spec in SPECS], [spec.out_of_turn for spec in SPECS]):
        assert len(set(texts)) == len(SPECS)


@every_action
def test_a_declaration_has_a_label_roles_and_sentences(spec: ActionSpec) -> None:
    assert spec.label
    assert spec.roles
    assert spec.out_of_turn.endswith("。")
    assert spec.action == Action.START or spec.done.endswith("。")


@every_action
def test_sentences_are_for_statuses_that_can_be_reached(spec: ActionSpec) -> None:
    reached = {status for targets in spec.transitions.values() for status in targets}
    assert set(spec.done_in) <= reached
    for status in reached:
        assert spec.confirmation(status) == spec.done_in.get(status, spec.done)


@every_action
def test_a_to_do_group_lists_filings_with_which_the_action_can_be_performed(spec: ActionSpec) -> None:
    assert {group.status for group in spec.todo} <= set(spec.transitions)


def test_every_status_can_be_left_and_all_but_the_first_reached() -> None:
    assert {status for spec in SPECS for status in spec.transitions} == set(Status)
    targets = {status for spec in SPECS for reached in spec.transitions.values() for status in reached}
    assert targets == set(Status)


def test_to_do_groups_come_in_order_one_for_each_status() -> None:
    assert [(group.status, group.title, group.button, group.page) for group in TODO_GROUPS] == [
        (Status.RETURNED, "退回修改", "修改", "fill"),
        (Status.SIGNING, "待我审签", "审签", "signing"),
        (Status.IN_REVIEW, "待我审核", "审核", "review"),
        (Status.DRAFT, "正在填报", "填报", "fill"),
    ]


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        (Role.FILLER, {Status.DRAFT, Status.RETURNED}),
        (Role.HEAD, {Status.SIGNING}),
        (Role.REVIEWER, {Status.IN_REVIEW}),
        (Role.MANAGER, set()),
        (Role.OBSERVER, set()),
    ],
)
def test_each_role_is_awaited_in_its_statuses(role: Role, statuses: set[Status]) -> None:
    assert set(awaited_statuses(role)) == statuses
    assert {status for status in Status if role in awaited_roles(status)} == statuses


def test_a_stored_action_has_a_label() -> None:
    assert label_of("pass") == "审核通过"
    with pytest.raises(ValueError, match="unknown"):
        label_of("unknown")
