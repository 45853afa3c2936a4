/* The timeline: what happened, when, by whom, and the words that were said with it. */
import { h } from "./dom.js";
import { day, inThrees, moment, shortDay } from "./dates.js";

/** Facts of an event worth reading, in this order: name, words before it, how it reads. */
const FACTS = [
  ["to_name", "单位", String],
  ["organ_name", "复查、复核机关", String],
  ["at_time", "时间", moment],
  ["place_name", "地点", String],
  ["report_by", "要求反馈", day],
  ["ending", "拟作出", (value, labels) => (labels.endings || {})[value]],
  ["kind_before", "原类别", (value, labels) => (labels.kinds || {})[value]],
  ["track_before", "原办理途径", (value, labels) => (labels.tracks || {})[value]],
  ["ground", "情形", (value, labels) => (labels.grounds || {})[value]],
  ["route", "途径", (value, labels) => (labels.routes || {})[value]],
  ["days", "天数", (value) => `${value} 天`],
  ["how", "方式", (value, labels) => (labels.ways || {})[value]],
  ["held_on", "日期", day],
  ["method", "送达方式", (value, labels) => (labels.methods || {})[value]],
  ["served_on", "送达日期", day],
  ["cause", "成因", (value, labels) => (labels.causes || {})[value]],
  ["due_before", "原来的日期", day],
  ["due", "最迟", day],
  ["begins", "从", day],
  ["ends", "到", day],
  ["instead_name", "改告", String],
  ["noticed_late", "系统发现得晚", String],
];
const SHOWN_ABOVE = new Set(FACTS.map(([name]) => name));
const REGISTRATION = 1;

const items = (numbers) => (numbers.length ? `第${numbers.join("、")}项` : "");

/** Of tasks of supervision: other events use some of these names for codes. */
const TASK_FACTS = [
  ["items", "反馈了", items],
  ["passed", "整改到位", items],
  ["failed", "没有整改到位", items],
  ["scored", "事项", (number, labels, { points, full }) => `${inThrees(number)}，得 ${points} 分（满分 ${full} 分）`],
  ["visitors", "接待", (count) => `${count} 人`],
  ["participants", "参加", (count) => `${count} 人`],
];
const factsOf = ({ event }) => (/^inspection\./.test(event || "") ? [...TASK_FACTS, ...FACTS] : FACTS);

/** Words that people wrote, kept in the event's text. */
const SAID = [
  ["undertaker", "经办人员"], ["note", "附言"], ["reason", "理由"], ["explanation", "说明"], ["body", "办理机关"], ["where_to", "可以向这里提出"],
  ["limit_note", "期限"], ["earlier", "已有复核意见的编号"], ["proof", "送达回证"], ["remark", "意见"],
  ["present", "在场人员"], ["place", "地点"], ["override_reason", "放行的理由"],
  ["problem", "发现的问题"], ["demand", "督办要求"], ["leader", "包案的领导"], ["question", "请说明的问题"], ["advice", "回复"],
  ["facts", "查明的事实"], ["findings", "逐项意见"], ["basis", "依据"], ["opinion", "协办意见"], ["text", "内容"],
  ["request", "请求"], ["reasons", "事实和理由"], ["late_reason", "超过期限的理由"], ["document", "文件名称和文号"],
  ["minutes", "会议纪要"], ["chair", "主持人"], ["participants", "参加人员"], ["record", "笔录"], ["conclusion", "结论"], ["agreement", "协议内容"],
  ["situation", "情况"], ["measures", "已经采取的措施"], ["measure", "采取的措施"], ["person", "接收人"], ["told_at", "几点几分"],
  ["spoken_with", "与谁通话、见面"], ["told", "告知的内容"], ["helped", "怎样帮助申请"], ["result", "结果"], ["outcome", "结果"],
  ["report", "办结报告"], ["reward", "怎样奖励"], ["how", "方式"], ["name", "名称"],
];

/** Rows may come in any order: the newest stands on top. */
export function timeline(rows, { labels = {}, forms = {}, procedures = [], forPetitioner = false } = {}) {
  const codes = codesOf(forms, procedures);
  const sorted = [...(rows || [])].sort((a, b) => b.seq - a.seq);
  const by = (row) => (forPetitioner && row.by === "信访人" ? "您" : row.by);
  return h("ol", { class: "timeline", reversed: true }, sorted.map((row, index) => h("li", { class: index ? "past" : "now" },
    h("div", { class: "when" }, moment(row.at), by(row) && ` · ${by(row)}`),
    h("div", { class: "what" }, h("strong", {}, row.label), received(row), facts(row, labels), coded(row, codes), said(row)))));
}

/** Entered later than received: both dates are facts. */
function received(row) {
  return row.received_on && row.received_on !== row.at.slice(0, 10) ? h("p", {}, `收到日期 ${shortDay(row.received_on)}`) : null;
}

function facts(row, labels) {
  return factsOf(row).filter(([name]) => row[name] !== undefined && row[name] !== null && row[name] !== "")
    .map(([name, words, read]) => [words, read(row[name], labels, row)])
    .filter(([, shown]) => shown)
    .map(([words, shown]) => h("p", {}, h("span", { class: "hint" }, `${words}：`), shown));
}

/** What a closed list holds is called what the form calls it whose step records this event: event, field and code to the
 *  words of both. One code means several things elsewhere: `uphold` is a result of 复查 and of 复核. */
function codesOf(forms, procedures) {
  const found = {};
  for (const { action, emits } of procedures.flatMap(({ steps }) => steps)) {
    for (const { name, label, options } of forms[action] || []) {
      for (const option of options || []) found[codeOf(emits, name, option.value)] ??= [label.replace(/（.*）$/, ""), option.label];
    }
  }
  return found;
}

const codeOf = (event, name, value) => `${event}/${name}/${value}`;

function coded(row, codes) {
  if (row.seq === REGISTRATION) return null; // told at the head of the page
  return Object.keys(row).filter((name) => !SHOWN_ABOVE.has(name)).map((name) => codes[codeOf(row.event, name, row[name])])
    .filter(Boolean)
    .map(([words, shown]) => h("p", {}, h("span", { class: "hint" }, `${words}：`), shown));
}

function said(row) {
  const text = row.text || {};
  return SAID.filter(([name]) => text[name]).map(([name, words]) => h("p", { class: "said" }, h("span", { class: "hint" }, `${words}：`), text[name]));
}
