/* How a petitioner is told of a time limit or a stage: a sentence, never the label of the staff alone. */
const SENTENCES = {
  route: "转到负责办理的单位",
  inform: "书面告诉您由谁办、怎么办",
  inform_direct: "书面告诉您由谁办、怎么办",
  handle: "办结，给您书面答复",
  suggestion_target: "研究并答复您",
  consultation_target: "答复您",
  ask_review: "不服答复的，可以请求复查",
  rating: "可以评价",
  perform_duty: "依法查处或者履行职责，给您答复",
  simple_handle: "简易办理，给您答复",
  redo: "重新办理，给您新的答复",
  review_decide: "作出复查意见",
  ask_rereview: "不服复查意见的，可以请求复核",
  rereview_decide: "作出复核意见",
  late_request: "审核您超过期限提出的申请，告诉您准不准",
  hearing_answer: "告诉您举行不举行听证",
  hearing: "举行听证",
  decide_recusal: "决定有关人员要不要回避，并告诉您",
  decide_dispute: "确定由哪个单位办",
  complaint: "核实您的投诉，给您答复",
};

/** What a stage means for the petitioner, where its name alone may leave him guessing. */
const STAGES = {
  objected: "那个单位认为不归它管，信访局正在核实。不用您跑，最后由谁办会短信告诉您。",
  disputed: "几个单位对由谁办有不同意见，正在由上级指定。不用您跑，定了会告诉您。",
  replied: "意见已经签发，正在送给您，送到以后就能在这里看到。",
  declined: "不受理不等于您的事没有道理，而是依规定不能按信访程序办。该找谁、为什么，写在下面。",
  diverted: "这件事要由法律规定的单位按它的程序办。该找谁、有什么期限，写在下面，请别误了日子。",
  transferred: "这件事已经转给依法有权处理的机关，由它办理。",
  settled: "协议对双方都有约束。对方没有照办的，可以在这里投诉，或者打电话告诉我们。",
  redo: "原来的意见已经撤销，责任单位要重新调查，重新答复您。",
  under_review: "上一级单位正在复查，您不用再提一次。",
  reviewed: "复查意见已经作出。不服的，可以在期限内请求复核。",
  under_rereview: "再上一级单位正在复核，您不用再提一次。",
  rereviewed: "复核是信访程序的最后一步，以后不再按信访程序重新办理；有新的事实和理由的，可以作为新的事反映。",
  concluded: "信访程序到这里结束了。以前的答复一直可以在这里看。",
  not_taken_again: "同一件事已经走完信访程序，不再重新受理；有新的事实和理由的，可以作为新的事反映。",
};

export const stageSentence = (stage) => STAGES[stage] || "";

export const limitSentence = ({ limit, label }) => SENTENCES[limit] || label;
