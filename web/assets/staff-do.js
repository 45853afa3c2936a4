/* What can be done with a case now: first what moves it on, the rest folded by chapter; the form of the chosen step opens below. */
import { announce, busy, h, show } from "./dom.js";
import { call, newKey } from "./api.js";
import { moment } from "./dates.js";
import { clearErrors, prefill, showErrors, showProblem } from "./forms.js";
import { HELP, byChapter, ranked } from "./staff-help.js";
import { signInForm } from "./staff-signin.js";
import { bodyOf, fieldsOf, hasForm, missingIn } from "./staff-steps.js";

/** Buttons are the steps the server names. Gives the card, and `open(action, values)` for whoever has a step begun with something filled in. */
export function stepsCard(desk, found, given, redraw) {
  const steps = (found.next_steps || []).filter(({ action }) => hasForm(given.meta, action));
  const { first, rest } = ranked(steps, found);
  const place = h("div", { id: "step-place" });
  const more = h("div", {});
  const buttons = new Map(steps.map((step) => [step.action, h("button",
    { type: "button", class: step === first[0] ? "button" : "button plain", "aria-expanded": "false", "data-action": step.action, onclick: () => toggle(step) }, step.label)]));
  const pressed = () => Array.from(buttons.values()).find((button) => button.getAttribute("aria-expanded") === "true");

  function close() {
    for (const button of buttons.values()) button.setAttribute("aria-expanded", "false");
    show(place);
    show(more);
  }

  function toggle(step, values) {
    const button = buttons.get(step.action);
    const closing = pressed() === button && !values;
    close();
    if (closing) return;
    button.setAttribute("aria-expanded", "true");
    const form = stepForm(desk, found, given, step, { redraw, cancel: () => { close(); button.focus(); } });
    // The form opens right below its button: for a step of the folded part, inside of it.
    show(rest.includes(step) ? more : place, form);
    if (values) prefill(form, values, given.meta);
    const field = form.querySelector("input, select, textarea");
    if (field) field.focus();
  }

  function open(action, values) {
    const step = steps.find((one) => one.action === action);
    if (!step) return show(place, h("p", { class: "notice", role: "status" }, "这一步现在不能由您办理，请看上面的阶段和办理经过。"));
    const folded = buttons.get(action).closest("details");
    if (folded) folded.open = true;
    toggle(step, values);
    return place.closest("section").scrollIntoView({ block: "start" });
  }

  const card = h("section", { class: "card todo", "aria-labelledby": "now-title" }, h("h2", { id: "now-title" }, "现在要做"),
    first.length > 0 && h("ul", { class: "main-steps step-buttons" }, first.map((step) => h("li", {}, buttons.get(step.action), HELP[step.action] && h("p", { class: "hint" }, HELP[step.action])))),
    !steps.length && h("p", { class: "hint" }, "这件事目前没有要您办的一步。"),
    !first.length && rest.length > 0 && h("p", { class: "hint" }, "这件事现在不等您。需要时，可以办下面的步骤。"),
    place,
    rest.length > 0 && h("details", { class: "more-steps" }, h("summary", {}, `其他步骤（${rest.length}）`),
      byChapter(rest, given.meta).map(([chapter, those]) => h("div", { class: "chapter" }, h("h3", {}, chapter), h("div", { class: "step-buttons" }, those.map(({ action }) => buttons.get(action))))),
      more));
  return { card, open, offers: (action) => buttons.has(action) };
}

function stepForm(desk, found, given, step, { redraw, cancel }) {
  const key = newKey();
  const button = h("button", { class: "button", type: "submit" }, `确认${step.label}`);
  const form = h("form", { novalidate: true, class: "step-form", "aria-label": step.label },
    h("h3", {}, step.label, step.law && h("span", { class: "hint small" }, ` ${step.law}`)),
    HELP[step.action] && h("p", { class: "hint" }, HELP[step.action]),
    fieldsOf(step.action, { ...given, found }),
    h("div", { class: "actions" }, button, h("button", { class: "button quiet", type: "button", onclick: cancel }, "取消")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const missing = missingIn(step.action, form);
    if (missing.length) return showErrors(form, missing);
    clearErrors(form);
    try {
      const changed = await busy(button, "正在提交，请稍候…", () => call("POST", `/cases/${found.case_number}/${step.action}`,
        { body: bodyOf(step.action, form, given.meta), version: found.version, key, as: "staff" }));
      return changed && redraw(changed, `${step.label}：已办好。`);
    } catch (problem) {
      return explain(form, problem, desk, found);
    }
  });
  return form;
}

/** What a second person brings into force: the button comes when he has looked at what it does. A list has one of them in each row. */
export function afterALook(button) {
  const first = h("span", { class: "hint" }, "看过以后才能确认。");
  button.hidden = true;
  return { parts: [first, button], reveal: () => { first.hidden = true; button.hidden = false; } };
}

/** The session has ended: the form stays as it is typed, and sign-in stands before it. */
export function signInAgain(form, desk) {
  const again = signInForm({
    title: h("h3", {}, "登录已过期，请重新登录"), user: desk.me.user,
    next: () => { again.remove(); clearErrors(form); announce("已重新登录，请再提交一次"); form.querySelector("[type=submit]").focus(); },
  });
  form.before(again);
  again.querySelector("#field-password").focus();
}

/** The session has ended, or somebody was faster: the form stays as it is typed, and the next press counts anew. */
async function explain(form, problem, desk, found) {
  if (problem.status === 401) return signInAgain(form, desk);
  if (problem.status !== 412) return showProblem(form, problem);
  const summary = showProblem(form, problem);
  const newest = await call("GET", `/cases/${found.case_number}`, { as: "staff" }).catch(() => null);
  if (!newest) return summary;
  found.version = newest.version;
  const last = [...newest.timeline].sort((a, b) => b.seq - a.seq)[0];
  summary.append(h("p", {}, `最新进展：${last.label}${last.by ? `（${last.by}）` : ""}，${moment(last.at)}。现在是“${newest.stage_label}”。已填的内容还在，核对后可以再提交。`));
  announce("事项已有更新，已填的内容还在");
  return summary;
}
