/* What a petitioner can still do, folded by what he wants: most forms are drawn as the dictionary has them, these few have words of this page. Shown only when the server offers it. */
import { h } from "./dom.js";
import { areaField, valuesOf } from "./forms.js";
import { apart, drawFields, formOf, readFields } from "./step-form.js";

const STEPS = {
  supplement: {
    summary: "补充材料",
    lead: "想起新的情况，随时可以补充，不影响办理期限。",
    field: { name: "text", label: "要补充的内容", max: 10000 },
    needed: "请写下要补充的内容",
    button: "提交补充",
    thanks: ["已经补充", "办理单位会看到您补充的内容。"],
  },
  urge: {
    summary: "催一催",
    lead: "每天可以催一次。催办会记下来，也会马上短信告诉您由谁办、哪天到期。",
    button: "催一催",
    thanks: ["催办已收到", "已经告诉办理单位，请留意短信。"],
  },
  withdraw: {
    summary: "撤回",
    lead: "撤回以后，各单位不再办理。有需要时还可以再提。",
    field: { name: "reason", label: "撤回的原因（选填）", max: 500, class: "short" },
    button: "确认撤回",
    thanks: ["已经撤回", "以后有需要，还可以再提。"],
  },
};

/** Said above the fields of a step; `without` are fields that only staff fill in, `never` choices that are theirs alone. */
const LATE = "期限已经过了。有正当理由（例如生病住院、受灾、没有收到答复）的，写明为什么耽误，由复查、复核机关审核，准不准都会告诉您理由。";
const BY_STAFF = ["dispatched_on", "received_on", "proof"];
const TOLD = {
  complete_contact: { lead: "补上电话、住址，以后的进展才能告诉您。登记时缺什么，补什么。" },
  join: { lead: "和他一起反映这件事。您会收到短信，但看不到别人的姓名和住址。" },
  revoke_proxy: { lead: "撤销以后，代理人不能再查看和办理。" },
  ask_recusal: { lead: "办事的人与这件事或者与您有直接利害关系的，可以请他回避。要不要回避由他的单位负责人决定，会告诉您。", never: ["himself"] },
  request_hearing: { lead: "重大、复杂、疑难的事，可以请求公开听证，当面把话说清楚。举行不举行，都会告诉您。" },
  request_review: { lead: "对答复不服的，请求上一级单位复查，自收到答复之日起 30 日内提出。", without: [...BY_STAFF, "late_reason"] },
  request_rereview: { lead: "对复查意见不服的，请求再上一级单位复核，自收到复查意见之日起 30 日内提出。", without: [...BY_STAFF, "late_reason"] },
  request_late_review: { lead: LATE, without: BY_STAFF },
  request_late_rereview: { lead: LATE, without: BY_STAFF },
  complain: { lead: "办事拖、态度差、没有按期告诉您，或者受到打击报复，都可以投诉。投诉的内容不给被投诉的单位和人员看。" },
};

const PURPOSES = [
  ["补充和催办", ["supplement", "urge", "complete_contact", "join", "revoke_proxy"]],
  ["申请回避、听证", ["ask_recusal", "request_hearing"]],
  ["不服、复查复核", ["request_review", "request_late_review", "request_rereview", "request_late_rereview"]],
  ["投诉", ["complain"]],
  ["撤回", ["withdraw"]],
];
const purposeOf = (action) => (PURPOSES.find(([, actions]) => actions.includes(action)) || ["其他"])[0];

/** A card with one closed part per purpose, the rating apart; null when the server offers nothing. */
export function ownStepsCard(found, { meta, onsubmit }) {
  const offered = found.next_steps.filter(({ action }) => action !== "rate" && (STEPS[action] || formOf(meta, action)));
  if (!offered.length) return null;
  const parts = [...PURPOSES.map(([words]) => words), "其他"]
    .map((words) => [words, offered.filter(({ action }) => purposeOf(action) === words)])
    .filter(([, steps]) => steps.length > 0);
  return h("section", { class: "card", "aria-labelledby": "own-title" }, h("h2", { id: "own-title" }, "您还可以"),
    parts.map(([words, steps]) => part(words, steps, (step) => (STEPS[step.action] ? ownForm(step.action, onsubmit) : drawnForm(step, { meta, found }, onsubmit)))));
}

/** A purpose with a single step opens its form at once; with several, each is folded in it. */
function part(words, steps, formFor) {
  const folded = (summary, ...content) => h("details", { class: "purpose" }, h("summary", {}, summary), content);
  if (steps.length === 1) return folded(summaryOf(steps[0], words), formFor(steps[0]));
  return folded(words, steps.map((step) => folded(summaryOf(step), formFor(step))));
}

function summaryOf({ action, label }, purpose = "") {
  if (STEPS[action]) return STEPS[action].summary;
  return label.startsWith(purpose) ? label : `${purpose}：${label}`;
}

function ownForm(action, onsubmit) {
  const { lead, field, needed, button: words, thanks } = STEPS[action];
  const button = h("button", { class: "button", type: "submit" }, words);
  const form = h("form", { novalidate: true, id: action }, h("p", {}, lead), field && areaField(field), h("div", { class: "actions" }, button));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = valuesOf(form);
    const missing = needed && !values[field.name] ? [{ field: field.name, message: needed }] : [];
    const body = field && values[field.name] ? { [field.name]: values[field.name] } : {};
    onsubmit({ action, body, missing, form, button, thanks });
  });
  return form;
}

/** The hint of a field speaks of the choices that go, so it goes with them. */
function withoutChoices(field, never) {
  const kept = (field.options || []).filter(({ value }) => !never.includes(value));
  return kept.length === (field.options || []).length ? field : { ...field, options: kept, hint: undefined };
}

function drawnForm({ action, label }, given, onsubmit) {
  const { lead, without = [], never = [] } = TOLD[action] || {};
  const fields = formOf(given.meta, action).filter(({ name }) => !without.includes(name)).map((field) => withoutChoices(field, never));
  const button = h("button", { class: "button", type: "submit" }, `确认${label}`);
  const form = apart(h("form", { novalidate: true }, lead && h("p", {}, lead), drawFields(fields, { ...given, me: {}, counted: true }), h("div", { class: "actions" }, button)), action);
  form.id = action;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onsubmit({ action, body: readFields(fields, form), missing: [], form, button, thanks: [`${label}：已提交`, "已经记下，可以在“办理经过”里看到。"] });
  });
  return form;
}
