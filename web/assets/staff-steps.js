/* One row per step: which fields its form asks for and how they become the body. Which steps are offered, the server says. */
import { h } from "./dom.js";
import { areaField, radioField, selectField, textField, valuesOf } from "./forms.js";
import { choicesOf, officeField } from "./meta.js";
import { ratingFields, ratingOf } from "./rating.js";

const said = (name, label, hint, more = {}) => areaField({ name, label, hint, class: "short", ...more });

const filled = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
const plain = (form) => filled(valuesOf(form));

export const STEPS = {
  forward: { draw: (given) => [officeField(given, "to", "转给哪个单位"), said("note", "附言（选填）")] },
  assign: {
    draw: (given) => [officeField(given, "to", "交给哪个单位办理"),
      textField({ name: "due", label: "要求在哪天前反馈结果", type: "date", class: "width-11" }), said("note", "附言（选填）")],
  },
  object: {
    draw: (given) => [said("reason", "为什么不属于本单位职权范围", "请详细说明理由和依据"), officeField(given, "suggested", "建议由哪个单位办（选填）", "不确定")],
  },
  uphold_objection: { draw: () => [said("note", "附言（选填）")] },
  reject_objection: { draw: () => [said("reason", "不同意退回的理由")] },
  accept: {
    draw: ({ meta, found }) => [
      radioField({ name: "track", label: "办理途径", options: choicesOf(meta, "tracks"), value: trackOf(found) }),
      textField({ name: "undertaker", label: "承办人", hint: "一件事由一个人负责到底" })],
  },
  decline: {
    draw: ({ meta }) => [radioField({ name: "ground", label: "不予受理的情形", options: choicesOf(meta, "grounds") }),
      textField({ name: "where_to", label: "告诉信访人该找哪个单位" }), said("explanation", "说明理由", "会原样写进告知书")],
  },
  divert: {
    draw: ({ meta }) => [radioField({ name: "route", label: "应当走的法定途径", options: choicesOf(meta, "routes") }),
      textField({ name: "body", label: "由哪个机关、机构办理" }),
      textField({ name: "limit_note", label: "那里的期限（选填）", hint: "例如：自知道之日起 60 日内申请复议" }), said("explanation", "说明理由", "会原样写进告知书")],
  },
  reply: { draw: replyFields, read: opinionOf },
  serve: {
    draw: ({ meta, today }) => [radioField({ name: "method", label: "怎样送达", options: choicesOf(meta, "methods") }),
      textField({ name: "served_on", label: "送达日期", type: "date", class: "width-11", value: today }),
      textField({ name: "proof", label: "送达回证", hint: "网上送达可以不填；其他方式写签收人、邮件号等" })],
  },
  extend: {
    draw: () => [textField({ name: "days", label: "延长多少天", hint: "最多 30 日，只能延长一次", type: "number", min: 1, class: "width-5", inputmode: "numeric" }),
      said("reason", "延长的理由", "会告诉信访人")],
    read: (form) => { const values = plain(form); return { ...values, days: Number(values.days) || 0 }; },
  },
  rate: { draw: ({ found }) => ratingFields(found.agency && found.agency.name), read: (form) => ratingOf(form).body, miss: (form) => ratingOf(form).missing },
};

/** The kind decides the track; the server checks it, the form only starts from it. */
function trackOf(found) {
  return found.kind === "grievance" ? "petition_procedure" : found.kind;
}

export const bodyOf = (action, form) => (STEPS[action].read || plain)(form);
export const missingIn = (action, form) => (STEPS[action].miss ? STEPS[action].miss(form) : []);

const claimsOf = (found) => (found.claims && found.claims.length ? found.claims : [found.title]);

function replyFields({ meta, found }) {
  return [
    areaField({ name: "facts", label: "查明的事实", hint: "向谁了解、看了哪些材料、查明了什么" }),
    claimsOf(found).map((claim, index) => h("div", { class: "answer", "data-claim": String(index + 1) },
      h("h3", {}, `第${index + 1}项诉求`), h("p", { class: "hint said" }, claim),
      radioField({ name: `answers/${index}/finding`, label: "意见", options: choicesOf(meta, "findings"), inline: true }),
      said(`answers/${index}/answer`, "答复"),
      textField({ name: `answers/${index}/basis`, label: "依据", hint: "法律、法规、规章或者有关规定的名称和条款；解释说明的可以不写" }))),
  ];
}

function opinionOf(form) {
  const values = plain(form);
  const answers = Array.from(form.querySelectorAll("[data-claim]"), (block, index) => filled({
    claim: Number(block.dataset.claim),
    finding: values[`answers/${index}/finding`] || "",
    answer: values[`answers/${index}/answer`] || "",
    basis: values[`answers/${index}/basis`] || "",
  }));
  return filled({ facts: values.facts || "", answers });
}
