/* The timeline: what happened, when, by whom, and the words that were said with it. */
import { h } from "./dom.js";
import { day, moment, shortDay } from "./dates.js";

/** Facts of an event worth reading, in this order: name, words before it, how it reads. */
const FACTS = [
  ["to_name", "单位", String],
  ["report_by", "要求反馈", day],
  ["undertaker", "经办人员", String],
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
];

/** Words that people wrote, kept in the event's text. */
const SAID = [
  ["note", "附言"], ["reason", "理由"], ["explanation", "说明"], ["body", "办理机关"], ["where_to", "可以向这里提出"],
  ["limit_note", "期限"], ["earlier", "已有复核意见的编号"], ["basis", "期限依据"], ["proof", "送达回证"], ["remark", "意见"],
  ["present", "在场人员"], ["place", "地点"], ["override_reason", "放行的理由"],
];

/** Rows may come in any order: the newest stands on top. */
export function timeline(rows, { labels = {}, forPetitioner = false } = {}) {
  const sorted = [...(rows || [])].sort((a, b) => b.seq - a.seq);
  const by = (row) => (forPetitioner && row.by === "信访人" ? "您" : row.by);
  return h("ol", { class: "timeline", reversed: true }, sorted.map((row, index) => h("li", { class: index ? "past" : "now" },
    h("div", { class: "when" }, moment(row.at), by(row) && ` · ${by(row)}`),
    h("div", { class: "what" }, h("strong", {}, row.label), received(row), facts(row, labels), said(row)))));
}

/** Entered later than received: both dates are facts. */
function received(row) {
  return row.received_on && row.received_on !== row.at.slice(0, 10) ? h("p", {}, `收到日期 ${shortDay(row.received_on)}`) : null;
}

function facts(row, labels) {
  return FACTS.filter(([name]) => row[name] !== undefined && row[name] !== null && row[name] !== "")
    .map(([name, words, read]) => [words, read(row[name], labels)])
    .filter(([, shown]) => shown)
    .map(([words, shown]) => h("p", {}, h("span", { class: "hint" }, `${words}：`), shown));
}

function said(row) {
  const text = row.text || {};
  return SAID.filter(([name]) => text[name]).map(([name, words]) => h("p", { class: "said" }, h("span", { class: "hint" }, `${words}：`), text[name]));
}
