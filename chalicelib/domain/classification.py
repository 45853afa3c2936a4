"""Guided classification: the questions of 第二十九条至第三十一条 as a table, and where each path of answers leads.

The invariant, proved by a test: every path ends in exactly one proposal and every proposal is reached. A proposal
decides nothing: a person reads it and takes the step.
"""

from collections.abc import Mapping

from chalicelib.domain import intake
from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.domain.limits import HANDLE
from chalicelib.domain.values import value


@value
class Option:
    """One answer to a question, and where it leads: to another question, or to a proposal."""

    answer: str
    label: str
    to: str


@value
class Question:
    """What is asked, in words that need no lawyer."""

    id: str
    text: str
    law: str
    options: tuple[Option, ...]
    hint: str = ""


@value
class OutsideLimit:
    """A time limit of another law that the petitioner must not miss; no clock of ours runs for it."""

    label: str
    number: str
    law: str


@value
class Outcome:
    """What is proposed at the end of a path. `body` is the kind of organ, `advice` is for staff.

    `step` is what a clerk would do next, on this `track` or on this `ground` of an ending.
    """

    id: str
    label: str
    kind: str
    law: str
    body: str
    step: str
    notice: str
    track: str = ""
    ground: str = ""
    limits: tuple[OutsideLimit, ...] = ()
    advice: str = ""


@value
class Reason:
    """An answer that led there."""

    question: str
    asked: str
    answer: str
    said: str


@value
class Proposal:
    """An outcome, the answers that led to it, and the draft of the written notice."""

    outcome: Outcome
    why: tuple[Reason, ...]
    notice_draft: str


RECONSIDER = OutsideLimit("申请行政复议", "自知道或者应当知道该行政行为之日起60日", "《行政复议法》第二十条")
SUE = OutsideLimit("提起行政诉讼", "自知道或者应当知道该行政行为之日起6个月", "《行政诉讼法》第四十六条")
SUE_AFTER = OutsideLimit("不服行政复议决定的，提起行政诉讼", "自收到复议决定书之日起15日", "《行政诉讼法》第四十五条")
LABOUR = OutsideLimit("申请劳动争议仲裁", "自知道或者应当知道权利被侵害之日起1年", "《劳动争议调解仲裁法》第二十七条")
DISCLOSE = OutsideLimit("行政机关答复政府信息公开申请", "自收到申请之日起20个工作日", "《政府信息公开条例》第三十三条")
SILENT = OutsideLimit(
    "提起行政诉讼",
    "行政机关接到申请之日起两个月内不履行职责的，可以起诉；法律、法规对履行期限另有规定的，从其规定",
    "《行政诉讼法》第四十七条",
)

NO = "no"
QUESTIONS: tuple[Question, ...] = (
    Question(
        "purpose", "您这次来，主要想做什么？", "第十七条、第二十九条至第三十一条",
        (
            Option("suggest", "反映情况，提意见建议", "suggestion"),
            Option("report", "举报违纪、违法或者不正当的行为", "reported"),
            Option("ask", "问政策，问一件事怎么办", "consultation"),
            Option("information", "要求公开政府信息", "disclosure"),
            Option("solve", "有事要求解决，或者对处理结果不服", "court"),
        ),
    ),
    Question(
        "reported", "您举报的是谁？", "第三十条、第三十一条第五项",
        (
            Option("official", "党员、干部或者机关、单位的工作人员", "report_of_misconduct"),
            Option("other", "企业、商户或者其他个人", "whose_duty"),
        ),
    ),
    Question(
        "court", "这件事是不是正在由法院、检察院、公安机关办理，或者依法应当由它们办理？", "第三十一条第一项",
        (
            Option("open", "是，还没有依法终结", "raised_by"),
            Option("ended", "是，已经依法终结", "litigation_ended"),
            Option(NO, "不是", "arbitration"),
        ),
        "例如：合同、欠款、离婚、赔偿等民事纠纷，刑事案件，对判决不服。说不准的，选“不是”，由工作人员判断",
    ),
    Question(
        "raised_by", "这件事是怎样提出的？", "第二十条第二款、第二十二条第二款",
        (
            Option("in_person", "到接待场所来访", "litigation_guided"),
            Option("to_bureau", "向信访部门来信，或者网上、电话等提出", "litigation_transferred"),
            Option("to_unit", "向其他机关、单位来信，或者网上、电话等提出", "litigation_diverted"),
        ),
    ),
    Question(
        "arbitration", "这件事是不是应当由仲裁机构处理？", "第三十一条第二项",
        (
            Option("labour", "是，和用人单位之间的劳动、人事争议", "labour_arbitration"),
            Option("agreed", "是，双方有仲裁协议，或者法律规定由仲裁机构处理", "arbitration_by_law"),
            Option(NO, "不是", "party"),
        ),
        "要求劳动监察部门查处拖欠工资的，选“不是”",
    ),
    Question(
        "party", "您是不是党员或者公职人员，对给您本人的处分、处理决定不服？", "第三十一条第三项",
        (Option("yes", "是", "party_appeal"), Option(NO, "不是", "administrative")),
    ),
    Question(
        "administrative", "这件事是不是有专门的行政程序？", "第三十一条第四项",
        (
            Option("decision", "是，对行政机关的决定不服（处罚、征收、登记、不予批准等）", "reconsideration"),
            Option("procedure", "是，需要行政机关裁决、确认或者批准", "administrative_procedure"),
            Option(NO, "不是", "duty"),
        ),
    ),
    Question(
        "duty", "您是不是要求查处违法行为，或者要求行政机关保护您的人身、财产等权利？", "第三十一条第五项",
        (Option("yes", "是", "whose_duty"), Option(NO, "不是", "petition_procedure")),
    ),
    Question(
        "whose_duty", "依法应当由谁来查处或者保护？", "第三十一条第五项",
        (
            Option("ours", "接到这件事的单位自己", "own_duty"),
            Option("others", "别的行政机关，或者还不清楚", "duty_of_others"),
        ),
    ),
)  # fmt: skip
FIRST = QUESTIONS[0].id

_RECEIVED = "____：\n您于____年____月____日提出的信访事项（编号____）已收悉。"
_BY = "根据《信访工作条例》{law}，"
_ACCEPTED = "受理告知书\n" + _RECEIVED + "经审查，该事项属于{what}。" + _BY
_DIVERTED = "导入法定途径告知书\n" + _RECEIVED + "经审查，该事项应当由{body}依法处理。" + _BY + "{go}"
_DECLINED = "不予受理告知书\n" + _RECEIVED + "该事项涉及诉讼权利救济。" + _BY + "{go}"
_TRANSFERRED = "告知书\n" + _RECEIVED + "该事项涉法涉诉。" + _BY + "已转送{body}（名称、电话：____）依法处理。"
_ENDED = (
    "告知书\n"
    + _RECEIVED
    + "该事项已由政法部门依法终结，您的来信已转{body}（名称、电话：____）。"
    + _BY
    + "由当地党委、政府和基层组织做好疏导教育、矛盾化解、帮扶救助等工作；生活确有困难的，可以依法申请社会救助。"
)
_GO = "请您向{body}（名称、地址、电话：____）提出。{limits}"
_SIGNED = "\n（单位名称、印章）____年____月____日"

OUTCOMES: tuple[Outcome, ...] = (
    Outcome(
        "suggestion", "建议意见", intake.SUGGESTION, "第二十九条",
        body="有权处理的机关、单位", step="accept", track=intake.SUGGESTION,
        notice=_ACCEPTED + "我单位将认真研究论证，科学合理、具有现实可行性的予以采纳或者部分采纳，并答复您。",
    ),
    Outcome(
        "report_of_misconduct", "检举控告", intake.REPORT_OF_MISCONDUCT, "第三十条",
        body="有管理权限的纪检监察机关，或者有权处理的机关、单位", step="",
        notice="检举控告请通过检举控告渠道提出，由有管理权限的机关接收，不会转给被检举、控告的人员或者单位。",
        advice="不在普通事项中登记，请从检举控告渠道登记",
    ),
    Outcome(
        "consultation", "咨询", intake.CONSULTATION, "第二十三条",
        body="有关机关、单位", step="accept", track=intake.CONSULTATION,
        notice=_ACCEPTED + "我单位将及时答复您。",
    ),
    Outcome(
        "disclosure", "政府信息公开申请", intake.GRIEVANCE, "第三十一条第四项",
        body="制作或者保存该信息的行政机关", step="propose_ending", ground="administrative_procedure",
        notice=_DIVERTED, limits=(DISCLOSE,), advice="告知信访人以政府信息公开申请的形式提出",
    ),
    Outcome(
        "litigation_guided", "涉法涉诉（来访）", intake.GRIEVANCE, "第二十条第二款",
        body="有关政法部门", step="propose_ending", ground="litigation_matter",
        notice=_DECLINED, advice="当面释法明理，引导向有关政法部门提出（第二十二条第二款）",
    ),
    Outcome(
        "litigation_transferred", "涉法涉诉（信访部门收到）", intake.GRIEVANCE, "第二十二条第二款",
        body="同级政法部门", step="propose_ending", ground="political_legal", notice=_TRANSFERRED,
    ),
    Outcome(
        "litigation_diverted", "涉法涉诉（其他单位收到）", intake.GRIEVANCE, "第三十一条第一项",
        body="有关政法部门", step="propose_ending", ground="litigation", notice=_DIVERTED,
    ),
    Outcome(
        "litigation_ended", "涉法涉诉（已依法终结）", intake.GRIEVANCE, "第三十七条第三款",
        body="原办理的政法部门", step="propose_ending", ground="political_legal",
        notice=_ENDED,
        advice="不重新处理，同时了解是否需要社会救助或者司法救助（第三十七条）",
    ),
    Outcome(
        "labour_arbitration", "劳动人事争议仲裁", intake.GRIEVANCE, "第三十一条第二项",
        body="劳动人事争议仲裁委员会", step="propose_ending", ground="arbitration", notice=_DIVERTED, limits=(LABOUR,),
    ),
    Outcome(
        "arbitration_by_law", "仲裁", intake.GRIEVANCE, "第三十一条第二项",
        body="约定的或者法律规定的仲裁机构", step="propose_ending", ground="arbitration", notice=_DIVERTED,
    ),
    Outcome(
        "party_appeal", "党员申诉、申请复审", intake.GRIEVANCE, "第三十一条第三项",
        body="作出处分、处理决定的党组织或者机关", step="propose_ending", ground="party_appeal", notice=_DIVERTED,
    ),
    Outcome(
        "reconsideration", "行政复议、行政诉讼", intake.GRIEVANCE, "第三十一条第四项",
        body="行政复议机关或者人民法院", step="propose_ending", ground="administrative_procedure",
        notice=_DIVERTED, limits=(RECONSIDER, SUE, SUE_AFTER),
    ),
    Outcome(
        "administrative_procedure", "行政裁决、行政确认等行政程序", intake.GRIEVANCE, "第三十一条第四项",
        body="有权裁决、确认或者批准的行政机关", step="propose_ending", ground="administrative_procedure",
        notice=_DIVERTED, advice="本单位就是有权机关的，由本单位依照该行政程序办理",
    ),
    Outcome(
        "own_duty", "本单位履行法定职责", intake.GRIEVANCE, "第三十一条第五项",
        body="接到事项的单位", step="accept", track=intake.PERFORM_DUTY, limits=(SILENT,),
        notice=_ACCEPTED
        + "我单位将依照____（法律、法规、规章）的程序查处或者履行职责，于____年____月____日前答复您。{limits}",
        advice="由本单位自行启动程序，不用信访人另外申请",
    ),
    Outcome(
        "duty_of_others", "其他机关履行法定职责", intake.GRIEVANCE, "第三十一条第五项",
        body="主管该事项的行政机关", step="propose_ending", track=intake.PERFORM_DUTY, ground=intake.PERFORM_DUTY,
        notice=_DIVERTED, limits=(SILENT,), advice="主管机关在本地区的，信访部门应当转送、交办，由它直接履行职责",
    ),
    Outcome(
        "petition_procedure", "信访程序", intake.GRIEVANCE, "第三十一条第六项",
        body="有权处理的机关、单位", step="accept", track=intake.PETITION_PROCEDURE,
        notice=_ACCEPTED
        + f"我单位按信访程序办理，听取您陈述事实和理由，调查核实，自受理之日起{HANDLE.days}日内出具信访处理意见书；"
        "情况复杂需要延长的，另行告知。对处理意见不服的，可以依照条例第三十五条请求复查。",
    ),
)  # fmt: skip
WHAT = {
    intake.SUGGESTION: "建议意见类事项",
    intake.CONSULTATION: "咨询事项",
    intake.PETITION_PROCEDURE: "申诉求决类事项",
    intake.PERFORM_DUTY: "申请查处违法行为、履行保护合法权益职责的事项",
}
"""What a notice of acceptance calls a matter on this track."""

_QUESTIONS: Mapping[str, Question] = {each.id: each for each in QUESTIONS}
_OUTCOMES: Mapping[str, Outcome] = {each.id: each for each in OUTCOMES}


def classify(answers: Mapping[str, str]) -> Question | Proposal:
    """The next question, or what the answers so far propose (第二十九条至第三十一条). Raises FieldsInvalid."""
    at, why = FIRST, []
    while (question := _QUESTIONS.get(at)) and question.id in answers:
        chosen = next((each for each in question.options if each.answer == answers[question.id]), None)
        if chosen is None:
            raise FieldsInvalid([FieldError(f"/answers/{question.id}", "请从列出的答案中选择", "not_a_choice")])
        why.append(Reason(question.id, question.text, chosen.answer, chosen.label))
        at = chosen.to
    strange = set(answers) - {each.question for each in why}
    if strange:
        said = "前面的回答没有引到这一问，请去掉后重新提交"
        raise FieldsInvalid([FieldError(f"/answers/{each}", said, "not_asked") for each in sorted(strange)])
    if question is not None:
        return question
    outcome = _OUTCOMES[at]
    return Proposal(outcome, tuple(why), draft(outcome))


def draft(outcome: Outcome) -> str:
    """The written notice as it may be sent, with blanks for what only the case knows (第二十三条)."""
    limits = "".join(f"请注意：{each.label}，{each.number}（{each.law}）。" for each in outcome.limits)
    go = _GO.format(body=outcome.body, limits=limits)
    what = WHAT.get(outcome.track, "")
    said = outcome.notice.format(law=outcome.law, body=outcome.body, limits=limits, go=go, what=what)
    return said + _SIGNED if "\n" in said else said
