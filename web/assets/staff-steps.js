/* The forms of steps on the desk: most are drawn as the dictionary has them, these few start from the case. Which steps are offered, the server says. */
import { h } from "./dom.js";
import { areaField, radioField, selectField, textField, valuesOf } from "./forms.js";
import { bureauOf, choicesOf } from "./meta.js";
import { proposals } from "./proposals.js";
import { ratingFields, ratingOf } from "./rating.js";
import { INSPECTION_STEPS } from "./staff-inspection-steps.js";
import { drawFields, formOf, readFields } from "./step-form.js";

const said = (name, label, hint, more = {}) => areaField({ name, label, hint, class: "short", ...more });

const HANDED_OVER = ["forward", "assign"];
const filled = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
const plain = (form) => filled(valuesOf(form));

const STEPS = {
  accept: {
    draw: ({ meta, found }) => [
      radioField({ name: "track", label: "办理途径", options: choicesOf(meta, "tracks"), value: trackOf(found) }),
      textField({ name: "undertaker", label: "承办人", hint: "一件事由一个人负责到底" }),
      textField({ name: "limit_days", label: "履行法定职责的天数（选填）", hint: "只在按履行法定职责办理时填；没有规定的不填，按两个月", type: "number", min: 1, class: "width-5", inputmode: "numeric" }),
      textField({ name: "basis", label: "规定这一天数的法律、法规、规章（选填）" })],
    read: (form) => { const { limit_days: days, ...rest } = plain(form); return days ? { ...rest, limit_days: Number(days) } : rest; },
  },
  reply: { draw: directFields, read: opinionOf },
  draft_reply: { draw: opinionFields, read: opinionOf },
  answer_directly: {
    draw: (given) => [claimFields(given), drawFields(formOf(given.meta, "answer_directly"), given)],
    read: (form, meta) => ({ ...readFields(formOf(meta, "answer_directly"), form), answers: opinionOf(form).answers }),
  },
  serve: {
    draw: ({ meta, today, found }) => [radioField({ name: "method", label: "怎样送达", options: choicesOf(meta, "methods") }),
      textField({ name: "served_on", label: "送达日期", type: "date", class: "width-11", value: today }),
      textField({ name: "proof", label: "送达回证", hint: "网上送达可以不填；其他方式写签收人、邮件号等" }),
      found.track === "petition_procedure" && selectField({ name: "cause", label: "信访问题的成因", options: [{ value: "", label: "请选择" }, ...choicesOf(meta, "causes")] })],
  },
  ...INSPECTION_STEPS,
  rate: { draw: ({ meta, found }) => ratingFields(found.agency && found.agency.name, bureauOf(meta), { forStaff: true }), read: (form) => ratingOf(form).body, miss: (form) => ratingOf(form).missing },
};

/** A step can be taken here when its form is one of these or the dictionary has it. */
export const hasForm = (meta, action) => Boolean(STEPS[action] || formOf(meta, action));
export const fieldsOf = (action, given) => [HANDED_OVER.includes(action) && proposals(given.found), STEPS[action] ? STEPS[action].draw(given) : drawFields(formOf(given.meta, action), given)];

/** The kind decides the track; the server checks it, the form only starts from it. */
function trackOf(found) {
  return found.kind === "grievance" ? "petition_procedure" : found.kind;
}

export const bodyOf = (action, form, meta) => (STEPS[action] ? (STEPS[action].read || plain)(form, meta) : readFields(formOf(meta, action), form));
export const missingIn = (action, form) => (STEPS[action] && STEPS[action].miss ? STEPS[action].miss(form) : []);

const claimsOf = (found) => (found.claims && found.claims.length ? found.claims : [found.title]);

const HEADS = ["unit_head", "bureau"];

/** The answer in one step; a head may let through what the quality gate found. */
function directFields(given) {
  return [opinionFields(given), HEADS.includes((given.me || {}).role)
    && said("override_reason", "质量关没有通过、仍然放行的理由", "通过的不填；理由会一并存档")];
}

/** The opinion claim by claim; a draft that was returned stands in the form again. */
function opinionFields(given) {
  const before = given.found.draft || { answers: [], commitments: [] };
  return [
    areaField({ name: "facts", label: "查明的事实", hint: "向谁了解、看了哪些材料、查明了什么", value: before.facts || "" }),
    claimFields(given, (index) => promiseFields(index, before.commitments.find((one) => one.claim === index + 1))),
  ];
}

/** One answer for each claim, and below it what `more` adds. */
function claimFields({ meta, found }, more = () => null) {
  const before = found.draft || { answers: [] };
  return claimsOf(found).map((claim, index) => {
    const written = before.answers.find((one) => one.claim === index + 1) || {};
    return h("div", { class: "answer", "data-claim": String(index + 1) },
      h("h3", {}, `第${index + 1}项诉求`), h("p", { class: "hint said" }, claim),
      radioField({ name: `answers/${index}/finding`, label: "意见", options: choicesOf(meta, "findings"), inline: true, value: written.finding }),
      said(`answers/${index}/answer`, "答复", "写明查明的情况、处理意见和理由；要办的事写明何时办、由谁负责", { value: written.answer || "" }),
      textField({ name: `answers/${index}/basis`, label: "依据", hint: "法律、法规、规章或者有关规定的名称和条款；解释说明的可以不写", value: written.basis || "" }),
      more(index));
  });
}

function promiseFields(index, made = {}) {
  const name = (key) => `commitments/${index}/${key}`;
  return h("details", { "data-promise": String(index + 1), open: Boolean(made.what) }, h("summary", {}, "承诺事项（选填）"),
    textField({ name: name("what"), label: "承诺办什么", value: made.what || "", "data-key": "what" }),
    textField({ name: name("due"), label: "何时办好", type: "date", class: "width-11", value: made.due || "", "data-key": "due" }),
    textField({ name: name("responsible"), label: "由谁负责", value: made.responsible || "", "data-key": "responsible" }));
}

function opinionOf(form) {
  const values = plain(form);
  const answers = Array.from(form.querySelectorAll("[data-claim]"), (block, index) => filled({
    claim: Number(block.dataset.claim),
    finding: values[`answers/${index}/finding`] || "",
    answer: values[`answers/${index}/answer`] || "",
    basis: values[`answers/${index}/basis`] || "",
  }));
  const commitments = promisesOf(form);
  return { ...filled({ facts: values.facts || "", answers, override_reason: values.override_reason || "" }), ...(commitments.length ? { commitments } : {}) };
}

/** Only what was filled in is sent, so its fields take the place it has there: a refusal then finds its field. */
function promisesOf(form) {
  const made = [];
  for (const block of form.querySelectorAll("[data-promise]")) {
    const controls = Array.from(block.querySelectorAll("[data-key]"));
    const place = controls.some((control) => control.value.trim()) ? made.length : "none";
    for (const control of controls) {
      control.name = `commitments/${place}/${control.dataset.key}`;
      control.closest("[data-field]").dataset.field = control.name;
    }
    if (place !== "none") made.push({ claim: Number(block.dataset.promise), ...filled(Object.fromEntries(controls.map((control) => [control.dataset.key, control.value.trim()]))) });
  }
  return made;
}
