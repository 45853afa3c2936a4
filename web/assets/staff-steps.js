/* The forms of steps on the desk: most are drawn as the dictionary has them, these few start from the case. Which steps are offered, the server says. */
import { h } from "./dom.js";
import { areaField, radioField, textField, valuesOf } from "./forms.js";
import { choicesOf } from "./meta.js";
import { proposals } from "./proposals.js";
import { ratingFields, ratingOf } from "./rating.js";
import { drawFields, formOf, readFields } from "./step-form.js";

const said = (name, label, hint, more = {}) => areaField({ name, label, hint, class: "short", ...more });

const HANDED_OVER = ["forward", "assign"];
const filled = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
const plain = (form) => filled(valuesOf(form));

const STEPS = {
  accept: {
    draw: ({ meta, found }) => [
      radioField({ name: "track", label: "办理途径", options: choicesOf(meta, "tracks"), value: trackOf(found) }),
      textField({ name: "undertaker", label: "承办人", hint: "一件事由一个人负责到底" })],
  },
  reply: { draw: replyFields, read: opinionOf },
  serve: {
    draw: ({ meta, today }) => [radioField({ name: "method", label: "怎样送达", options: choicesOf(meta, "methods") }),
      textField({ name: "served_on", label: "送达日期", type: "date", class: "width-11", value: today }),
      textField({ name: "proof", label: "送达回证", hint: "网上送达可以不填；其他方式写签收人、邮件号等" })],
  },
  rate: { draw: ({ found }) => ratingFields(found.agency && found.agency.name), read: (form) => ratingOf(form).body, miss: (form) => ratingOf(form).missing },
};

/** A step can be taken here when its form is one of these or the dictionary has it. */
export const hasForm = (meta, action) => Boolean(STEPS[action] || formOf(meta, action));
export const fieldsOf = (action, given) => [HANDED_OVER.includes(action) && proposals(given.found), STEPS[action] ? STEPS[action].draw(given) : drawFields(formOf(given.meta, action), given)];

/** The kind decides the track; the server checks it, the form only starts from it. */
function trackOf(found) {
  return found.kind === "grievance" ? "petition_procedure" : found.kind;
}

export const bodyOf = (action, form, meta) => (STEPS[action] ? (STEPS[action].read || plain)(form) : readFields(formOf(meta, action), form));
export const missingIn = (action, form) => (STEPS[action] && STEPS[action].miss ? STEPS[action].miss(form) : []);

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
