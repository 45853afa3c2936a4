/* Which steps move a matter on from where it stands, and one plain sentence for each: what it does, what the petitioner is told. */

/** What somebody waits for, wherever the matter stands: offered only to whoever owes it. */
const OWED = ["decide_recusal", "check_signal", "tell_urgent", "answer_order", "verify_order", "report_instruction", "feed_back", "answer_complaint", "answer_jointly", "decline_support", "advise",
  "record_notice", "complete_contact", "decide_late_request", "decline", "divert", "transfer", "not_take_again", "return_proposal"];

const TO_HANDLE = ["sign", "second_read", "return_draft", "hear_petitioner", "investigate", "draft_reply", "reply"];

/** By stage, the likeliest first. */
const ROAD = {
  registered: ["forward", "assign", "accept", "answer_directly"],
  forwarded: ["accept", "accept_simply", "object"],
  assigned: ["accept", "accept_simply", "object"],
  objected: ["uphold_objection", "reject_objection"],
  disputed: ["designate"],
  accepted: TO_HANDLE,
  redo: TO_HANDLE,
  replied: ["serve"],
  served: ["report_completion", "decide_suggestion", "rate"],
  settled: ["report_completion", "rate"],
  under_review: ["send_file", "decide_review"],
  reviewed: ["serve_review", "report_completion"],
  under_rereview: ["send_file", "decide_rereview"],
  rereviewed: ["serve_rereview", "report_completion"],
  concluded: ["report_completion", "rate"],
  insp_open: ["sign_for", "answer_inspection", "score_sample", "record_votes", "record_reception", "close_inspection"],
  insp_answered: ["recheck", "score_sample"],
  declined: ["report_completion"],
};

/** For who only oversees. */
const OVERSEEING = ["supervise", "press", "instruct", "impose"];

const ONCE = ["hear_petitioner", "investigate"];
const AT_MOST = 4;

export const HELP = {
  forward: "转给有权处理的单位。系统开始计算它 15 日内书面告知的期限，并短信告诉信访人转到了哪里。",
  assign: "转给有权处理的单位，并要求它在您定的日子前反馈结果。信访人会收到短信，知道由谁办。",
  accept: "由本单位按规定的程序办理。信访人会收到受理告知和办理期限，所以承办人要写准。",
  accept_simply: "事情简单清楚的，按简易程序办，期限更短。信访人会收到短信告知。",
  answer_directly: "一看就能答复的，现在就答复，不再转办。答复会送给信访人。",
  object: "不属于本单位职权的，5 个工作日内退回并写明理由。退回期间不用受理，由转送的单位核实。",
  uphold_objection: "同意退回，事项回到“待分办”，由您重新转送。信访人只看到正在核实由谁办。",
  reject_objection: "不同意退回，事项仍由原单位办理。理由会告诉该单位。",
  designate: "有争议的，由您指定一个单位受理。决定会告诉各单位和信访人。",
  hear_petitioner: "与信访人当面或者电话谈，把他说的记下来。谈话记录附在事项里，信访人看得到您已听取陈述。",
  investigate: "把查了什么、看到什么记下来，答复时要用。一件事可以记多次。",
  draft_reply: "逐项写答复，写好后由另一个人核稿、负责人签发。签发以前，信访人看不到。",
  second_read: "看过拟稿、同意送签的，按这里。拟稿人自己不能核稿。",
  return_draft: "拟稿要改的，写明改什么，退给拟稿人。信访人看不到。",
  sign: "签发后，处理意见正式作出，不能再改，接着要送达信访人。",
  reply: "写好逐项答复，就作出处理意见，接着要送达信访人。",
  serve: "把处理意见书送到信访人手里并登记。从送达之日起，他有 30 日可以请求复查，也可以评价。",
  rate: "替来电、来访的信访人登记他的评价，照他的原话记。",
  report_completion: "把办理结果报告给交办的上级。信访人不收短信。",
  decide_suggestion: "告诉提建议的人，建议采纳了没有、为什么。",
  send_file: "复查、复核机关不在本系统的，把案卷连同移送函送去，并登记文号。",
  decide_review: "写明复查结果和理由。作出后还要送达信访人。",
  decide_rereview: "写明复核结果和理由。复核意见是最后一步，信访程序到此终结。",
  serve_review: "把复查意见书送给信访人并登记。从送达之日起，他有 30 日可以请求复核。",
  serve_rereview: "把复核意见书送给信访人并登记。",
  sign_for: "表示本单位已经收到。签收不影响反馈的日期。",
  answer_inspection: "逐项写明整改情况和责任人，一次报齐。反馈后由立项的单位复查。",
  recheck: "逐项看是不是整改到位。没到位的勾出来、重新定日子；全部到位的，自动办结。",
  score_sample: "逐件看系统的评分对不对。对的直接确认；不对的，改一项分并写明理由，可以多次改。",
  record_votes: "评议结束后，照票数登记。登记后不能改，请核对再提交。",
  record_reception: "每接访一次登记一次，写明接待多少人、涉及哪些事项。",
  close_inspection: "该登记、该核对的都完成后，办结归档。",
  supervise: "要求单位在您定的日子前书面反馈，短信会发给该单位。信访人会看到已经督办。",
  press: "马上短信催责任单位抓紧办，期限不变。信访人会看到上级已催办。",
  instruct: "写下批示和报告落实的日子，发给责任单位。",
  answer_order: "按督办的要求写明办到哪一步，由督办的单位核实。",
  verify_order: "看反馈是不是属实。不认可的，定一个重新反馈的日子。",
  report_instruction: "向批示的领导报告落实情况。",
  feed_back: "写明建议采纳没有，不采纳的写明理由。",
  answer_complaint: "核实投诉并答复信访人。投诉内容不得给被投诉的单位和人员看。",
  answer_jointly: "对主办单位问的事写出本单位的意见。",
  decline_support: "问的事不归本单位管的，写明理由。",
  advise: "回复信访局的征询，事项还不算转到本单位。",
  check_signal: "内容里有紧急情况的字样，请马上看一看、问一问，再写明是不是真的紧急。",
  record_notice: "系统没有送到的告知，由您打电话、寄信或当面告诉，再在这里登记。",
  complete_contact: "登记时缺电话或者住址的，补上以后才能告知信访人。",
  decide_recusal: "决定这名工作人员要不要回避，并告诉申请人。",
  decide_late_request: "看超过期限的理由是否正当。决定和理由会原样告诉信访人。",
  decline: "确认不予受理，理由和该找谁会书面告诉信访人。",
  divert: "确认由法律规定的机关依法处理，告知书会送信访人。",
  transfer: "确认转有关机关处理，信访人会收到告知。",
  not_take_again: "确认不再受理，理由会书面告诉信访人。",
  return_proposal: "拟定的结论要改的，写明理由退回重拟。信访人看不到。",
};

/** The steps in two parts: what moves the matter on, with what was done already behind; and the rest. */
export function ranked(steps, found) {
  const order = [...OWED, ...(ROAD[found.stage] || [])];
  const isDone = ({ action, label }) => ONCE.includes(action) && found.timeline.some((row) => row.label === label);
  const rank = (step) => order.indexOf(step.action) + (isDone(step) ? order.length : 0);
  let first = steps.filter(({ action }) => order.includes(action)).sort((a, b) => rank(a) - rank(b));
  if (!first.length) first = steps.filter(({ action }) => OVERSEEING.includes(action)).sort((a, b) => OVERSEEING.indexOf(a.action) - OVERSEEING.indexOf(b.action)).slice(0, 2);
  first = first.slice(0, AT_MOST);
  return { first, rest: steps.filter((step) => !first.includes(step)) };
}

/** The rest by chapter of the dictionary, in its order. */
export function byChapter(steps, meta) {
  const chapters = new Map();
  const rows = meta.procedures.flatMap((procedure) => procedure.steps);
  for (const step of steps) {
    const { chapter = "其他" } = rows.find(({ action }) => action === step.action) || {};
    chapters.set(chapter, [...(chapters.get(chapter) || []), step]);
  }
  return [...chapters];
}
