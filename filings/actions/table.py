"""The table of actions. Permissions, buttons, the to-do list and all messages about actions are read from it.

What an action writes is bound to it in lifecycle/transitions.py.
"""

from collections.abc import Mapping

from filings.actions.spec import ActionSpec, Demand, TodoGroup
from filings.choices import Action, Role, Status

_REASON = "请写明原因和需要修改的内容。"

SPECS: tuple[ActionSpec, ...] = (
    ActionSpec(
        Action.START,
        label="开始填报",
        roles=(Role.FILLER,),
        out_of_turn="这份申报表已经开始填报。",
    ),
    ActionSpec(
        Action.SUBMIT,
        label="提交送签",
        roles=(Role.FILLER,),
        transitions={Status.DRAFT: (Status.SIGNING,), Status.RETURNED: (Status.SIGNING,)},
        demands={
            Demand.ERROR_FREE_DRAFT: "",
            Demand.CLOSED_ROWS_UNCHANGED: "请改回退回时的内容再提交；需要改的，请与审核人联系退回全表。",
            Demand.REMARKS_ANSWERED: "",
            Demand.ADJUSTED: "本表与现行定稿的内容相同，没有调整，不能提交。请先修改；不需要调整的，请取消调整。",
            Demand.WARNINGS_EXPLAINED: "",
            Demand.ADJUSTMENT_REASONED: "",
            Demand.NOTE_PRINTABLE: "",
        },
        out_of_turn="只有填报中或被退回的申报表可以提交。",
        done="已提交，等单位负责人审签。",
        todo=(
            TodoGroup(1, Status.RETURNED, "退回修改", "修改", "fill"),
            TodoGroup(4, Status.DRAFT, "正在填报", "填报", "fill"),
        ),
    ),
    ActionSpec(
        Action.SEND_BACK,
        label="退回填报人",
        roles=(Role.HEAD,),
        transitions={Status.SIGNING: (Status.DRAFT, Status.RETURNED)},
        demands={Demand.REASON: _REASON},
        out_of_turn="只有待单位审签的申报表可以退回填报人。",
        done="已退回填报人。",
    ),
    ActionSpec(
        Action.SIGN,
        label="审签同意",
        roles=(Role.HEAD,),
        transitions={Status.SIGNING: (Status.IN_REVIEW,)},
        demands={
            Demand.ERROR_FREE_REVISION: "请退回填报人修改，或请财政局豁免。",
            Demand.STATEMENTS_TICKED: "",
        },
        out_of_turn="只有待单位审签的申报表可以审签。",
        done="已审签，已送财政局审核。",
        todo=(TodoGroup(2, Status.SIGNING, "待我审签", "审签", "signing"),),
    ),
    ActionSpec(
        Action.WITHDRAW,
        label="撤回修改",
        roles=(Role.FILLER,),
        transitions={
            Status.SIGNING: (Status.DRAFT, Status.RETURNED),
            Status.IN_REVIEW: (Status.DRAFT, Status.RETURNED),
        },
        demands={Demand.NOT_REVIEWED: "已经有人审核，不能撤回；需要修改的，请联系审核人退回。"},
        out_of_turn="只有已提交、尚未有人审核的申报表可以撤回。",
        done="已撤回，可以继续修改。",
    ),
    ActionSpec(
        Action.RETURN,
        label="退回",
        roles=(Role.REVIEWER,),
        transitions={Status.IN_REVIEW: (Status.RETURNED,)},
        demands={Demand.REASON_OR_REMARKS: _REASON, Demand.CONSISTENT_SCORES: ""},
        out_of_turn="只有审核中的申报表可以退回。",
        done="已退回，填报单位会看到您的意见。",
    ),
    ActionSpec(
        Action.APPROVE_STAGE,
        label="审核通过",
        roles=(Role.REVIEWER,),
        transitions={Status.IN_REVIEW: (Status.IN_REVIEW, Status.APPROVED)},
        demands={
            Demand.ERROR_FREE_REVISION: "请退回填报单位修改，或写明理由豁免。",
            Demand.NOTHING_LEFT_OPEN: "请退回填报单位修改，或先认可已改好的意见。",
            Demand.CONSISTENT_SCORES: "",
        },
        out_of_turn="只有审核中的申报表可以审核通过。",
        done="已审核通过。",
        done_in={Status.APPROVED: "已审核通过。批复的定稿已盖章存档，可以下载。"},
        todo=(TodoGroup(3, Status.IN_REVIEW, "待我审核", "审核", "review"),),
    ),
    ActionSpec(
        Action.ADJUST,
        label="调整",
        roles=(Role.FILLER,),
        transitions={Status.APPROVED: (Status.DRAFT,)},
        demands={Demand.REASON: _REASON},
        out_of_turn="只有已批复的申报表可以调整。",
        done="已开始调整。新表批复之前，原定稿仍然有效。",
    ),
    ActionSpec(
        Action.CANCEL_ADJUSTMENT,
        label="取消调整",
        roles=(Role.FILLER,),
        transitions={Status.DRAFT: (Status.APPROVED,), Status.RETURNED: (Status.APPROVED,)},
        only_adjusting=frozenset({Status.DRAFT, Status.RETURNED}),
        out_of_turn="只有正在填报或被退回的调整可以取消。",
        done="已取消调整，原定稿继续有效。",
    ),
    ActionSpec(
        Action.REVOKE,
        label="撤回批复",
        roles=(Role.REVIEWER, Role.MANAGER),
        # An adjustment goes on without the copy: a department cannot delay a revocation by starting one.
        transitions={
            Status.APPROVED: (Status.IN_REVIEW,),
            **{status: (status,) for status in Status if status != Status.APPROVED},
        },
        only_adjusting=frozenset(Status) - {Status.APPROVED},
        demands={
            Demand.REASON: "请写明撤回批复的理由，核验页会注明。",
            Demand.PUBLISHABLE_REASON: "理由在核验页公开，请删去后再办。",
        },
        out_of_turn="只有已批复或正在调整的申报表可以撤回批复。",
        done="已撤回批复。原定稿保留存档，并标明已撤回；调整继续办理，批复后另发定稿。",
        done_in={Status.IN_REVIEW: "已撤回批复。原定稿保留存档，并标明已撤回。"},
    ),
    ActionSpec(
        Action.WAIVE,
        label="豁免核对结果",
        roles=(Role.MANAGER, Role.REVIEWER),
        demands={Demand.REASON: "请写明豁免的理由。"},
        out_of_turn="豁免在核对结果处逐项办理。",
        done="已豁免，记入办理经过。",
    ),
    ActionSpec(
        Action.CLAIM,
        label="认领",
        roles=(Role.REVIEWER,),
        out_of_turn="只有审核中的申报表可以认领。",
        done="已认领，归您审核。",
    ),
    ActionSpec(
        Action.HAND_OVER,
        label="移交",
        roles=(Role.REVIEWER, Role.MANAGER),
        out_of_turn="只有审核中的申报表可以移交。",
        done="已移交。",
    ),
    ActionSpec(
        Action.RELEASE,
        label="取消认领",
        roles=(Role.REVIEWER, Role.MANAGER),
        out_of_turn="只有已认领的申报表可以取消认领。",
        done="已取消认领，本环节的审核人都可以认领。",
    ),
    ActionSpec(
        Action.CONSULT,
        label="征求意见",
        roles=(Role.REVIEWER,),
        demands={Demand.REASON: "请写明征求意见的内容。"},
        out_of_turn="只有审核中的申报表可以征求意见。",
        done="已发出，等对方答复。",
    ),
    ActionSpec(
        Action.REMIND,
        label="催办",
        roles=(Role.REVIEWER, Role.MANAGER),
        out_of_turn="已批复的申报表不需要催办。",
        done="已催办。",
    ),
    ActionSpec(
        Action.EXTEND,
        label="延期",
        roles=(Role.MANAGER,),
        demands={Demand.REASON: "请写明延期的理由。"},
        out_of_turn="只有尚未送审的申报表可以延期。",
        done="已延期。",
    ),
    ActionSpec(
        Action.PUBLISH,
        label="公开",
        roles=(Role.REVIEWER, Role.MANAGER),
        out_of_turn="公开在「公开」页办理。",
        done="已公开。",
    ),
    ActionSpec(
        Action.UNPUBLISH,
        label="撤下公开",
        roles=(Role.REVIEWER, Role.MANAGER),
        demands={Demand.REASON: "请写明撤下的理由。"},
        out_of_turn="撤下公开在「公开」页办理。",
        done="已撤下，公众不能再查看。",
    ),
    ActionSpec(
        Action.WITHHOLD,
        label="不予公开",
        roles=(Role.REVIEWER, Role.MANAGER),
        demands={Demand.REASON: "请选择不予公开的依据。"},
        out_of_turn="不予公开在「公开」页办理。",
        done="已定为不予公开。",
    ),
    ActionSpec(
        Action.DISCLOSE,
        label="取消不予公开",
        roles=(Role.REVIEWER, Role.MANAGER),
        demands={Demand.REASON: "请写明取消的理由。"},
        out_of_turn="取消不予公开在「公开」页办理。",
        done="已取消不予公开，可以公开。",
    ),
    ActionSpec(
        Action.REISSUE,
        label="补办用印签名",
        roles=(Role.REVIEWER, Role.MANAGER),
        out_of_turn="补办用印签名在「公开」页办理。",
        done="已补办用印签名，另发定稿。",
    ),
)

ACTIONS: Mapping[Action, ActionSpec] = {spec.action: spec for spec in SPECS}
TODO_GROUPS: tuple[TodoGroup, ...] = tuple(
    sorted((group for spec in SPECS for group in spec.todo), key=lambda group: group.order)
)


def label_of(action: str) -> str:
    """Return the label of a stored action. Raises ValueError if there is no such action."""
    return ACTIONS[Action(action)].label


def awaited_statuses(role: str) -> tuple[Status, ...]:
    """Return the statuses in which filings wait for this role."""
    return tuple(group.status for spec in SPECS if role in spec.roles for group in spec.todo)


def awaited_roles(status: str) -> tuple[Role, ...]:
    """Return the roles for which filings of this status wait; empty for approved ones."""
    return tuple(role for spec in SPECS if any(group.status == status for group in spec.todo) for role in spec.roles)
