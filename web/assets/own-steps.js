/* What a petitioner can still do: add material, urge, withdraw in words of this page, anything else as the dictionary has it. Shown only when the server offers it. */
import { h } from "./dom.js";
import { areaField, valuesOf } from "./forms.js";
import { foldedForm, formOf } from "./step-form.js";

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

/** A card with one closed form per step the server offers, the rating apart; null when it offers none. */
export function ownStepsCard(found, { meta, onsubmit }) {
  const offered = found.next_steps.filter(({ action }) => action !== "rate");
  const own = Object.keys(STEPS).filter((action) => offered.some((one) => one.action === action)).map((action) => stepForm(action, onsubmit));
  const others = offered.filter(({ action }) => !STEPS[action] && formOf(meta, action)).map((step) => foldedForm(step, formOf(meta, step.action), { meta, found }, onsubmit));
  if (!own.length && !others.length) return null;
  return h("section", { class: "card", "aria-labelledby": "own-title" }, h("h2", { id: "own-title" }, "您还可以"), own, others);
}

function stepForm(action, onsubmit) {
  const { summary, lead, field, needed, button: words, thanks } = STEPS[action];
  const button = h("button", { class: "button", type: "submit" }, words);
  const form = h("form", { novalidate: true, id: action }, h("p", {}, lead), field && areaField(field), h("div", { class: "actions" }, button));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = valuesOf(form);
    const missing = needed && !values[field.name] ? [{ field: field.name, message: needed }] : [];
    const body = field && values[field.name] ? { [field.name]: values[field.name] } : {};
    onsubmit({ action, body, missing, form, button, thanks });
  });
  return h("details", {}, h("summary", {}, summary), form);
}
