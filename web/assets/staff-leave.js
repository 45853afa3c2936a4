/* Leave: who of one's own office is away and until when, saying so for oneself or for one's people, and being back. An administrator looks a person up by his user name. */
import { busy, h, loading, section, settle, show } from "./dom.js";
import { call } from "./api.js";
import { fullMoment, shortDay } from "./dates.js";
import { clearErrors, showErrors, showProblem, textField, valuesOf } from "./forms.js";
import { signInAgain } from "./staff-do.js";
import { problemCard } from "./staff-problem.js";

const TITLE = "请假登记";
const KEEPERS = ["system_admin"];
/** Nobody below stands in for these posts: without another one who holds the same post it goes up. */
const GOES_UP = ["unit_head", "leader", "supervisor"];

const span = ({ away_from: first, away_until: last }) => (first === last ? shortDay(first) : `${shortDay(first)}至${shortDay(last)}`);
const next = ({ role }) => (GOES_UP.includes(role) ? "将发给同岗位在岗的人；没有的，发给上一级" : "将发给本单位在岗的人；都不在时，发给上一级");
const pathOf = (id) => `/colleagues/${encodeURIComponent(id)}`;

export async function drawLeave(desk, done) {
  if (KEEPERS.includes(desk.me.role)) return drawLookUp(desk);
  show(desk.view, loading());
  let items;
  try {
    ({ items } = await call("GET", "/colleagues", { as: "staff" }));
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard(TITLE, problem, () => drawLeave(desk)));
    return;
  }
  const own = items.filter((one) => one.leave).sort((a, b) => (b.id === desk.me.user) - (a.id === desk.me.user));
  const redraw = (words) => drawLeave(desk, words);
  show(desk.view, h("h1", {}, TITLE), doneNotice(done),
    h("p", { class: "hint" }, "请假、外出期间，系统的提醒和督促不发给本人。请在走以前登记，回来以后销假。"),
    section("本单位的人", h("ul", { class: "clocks" }, own.map((one) => personRow(desk, one, redraw)))));
  settle(desk.view, TITLE);
}

const doneNotice = (words) => words && h("div", { class: "notice good", role: "status" }, h("p", {}, words));

function drawLookUp(desk) {
  const button = h("button", { class: "button", type: "submit" }, "查找");
  const place = h("div", {});
  const form = h("form", { novalidate: true, class: "card", "aria-label": "查找工作人员" },
    textField({ name: "user", label: "用户名", hint: "登录时用的名字", autocapitalize: "none", spellcheck: "false" }), h("div", { class: "actions" }, button));
  const look = async (user, done) => {
    clearErrors(form);
    try {
      const found = await busy(button, "正在查找…", () => call("GET", `${pathOf(user)}/leave`, { as: "staff" }));
      if (found) show(place, doneNotice(done), section(`${found.org_name} · ${found.name}`, h("ul", { class: "clocks" }, personRow(desk, found, (words) => look(user, words)))));
    } catch (problem) {
      show(place);
      if (problem.status === 401) signInAgain(form, desk);
      else showProblem(form, problem, { fallback: "user" });
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { user } = valuesOf(form);
    return user ? look(user) : showErrors(form, [{ field: "user", message: "请填写用户名" }]);
  });
  show(desk.view, h("h1", {}, TITLE), h("p", { class: "hint" }, "本人和负责人都不能登记时，由管理员代为登记或者销假。"), form, place);
  settle(desk.view, TITLE);
}

/** One person: at his post, going away, or away; and what can be done about it by whoever looks. */
function personRow(desk, one, redraw) {
  const { leave } = one;
  const state = leave.is_away ? ["yellow", "◆ 请假中"] : leave.away_from ? ["grey", "○ 将请假"] : ["green", "✓ 在岗"];
  const place = h("div", {});
  const open = h("button", { class: "button plain", type: "button", "aria-expanded": "false" }, leave.away_from ? "更改请假" : "登记请假", h("span", { class: "visually-hidden" }, `：${one.name}`));
  open.addEventListener("click", () => {
    const isOpen = open.getAttribute("aria-expanded") === "true";
    open.setAttribute("aria-expanded", String(!isOpen));
    show(place, !isOpen && leaveForm(desk, one, redraw, () => { show(place); open.setAttribute("aria-expanded", "false"); open.focus(); }));
    if (!isOpen) place.querySelector("input").focus();
  });
  return h("li", { "data-user": one.id },
    h("div", { class: "clock-head" }, h("strong", {}, one.name, one.id === desk.me.user && "（本人）"), h("span", { class: `light ${state[0]}` }, state[1])),
    h("p", { class: "hint small" }, one.role_label, leave.away_from && `；${span(leave)}请假`, leave.set_at && `；${leave.set_by} ${fullMoment(leave.set_at)} ${leave.away_from ? "登记" : "改过"}`),
    leave.may_set && h("div", { class: "actions" }, open, leave.away_from && backButton(desk, one, redraw, place)),
    place);
}

function leaveForm(desk, one, redraw, cancel) {
  const { leave } = one;
  const button = h("button", { class: "button", type: "submit" }, "确认登记");
  const told = h("p", { class: "notice", role: "status", hidden: true });
  const form = h("form", { novalidate: true, class: "step-form", "aria-label": `请假登记：${one.name}` },
    textField({ name: "away_from", label: "从哪天起", type: "date", value: leave.away_from || "" }),
    textField({ name: "away_until", label: "到哪天止", hint: "这一天也算，最迟到一年以后", type: "date", value: leave.away_until || "" }),
    told, h("div", { class: "actions" }, button, h("button", { class: "button quiet", type: "button", onclick: cancel }, "取消")));
  const tell = () => {
    const days = valuesOf(form);
    told.hidden = !days.away_from || !days.away_until || days.away_until < days.away_from;
    told.textContent = told.hidden ? "" : `${span(days)}的提醒${next(one)}。`;
  };
  form.addEventListener("input", tell);
  tell();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const days = valuesOf(form);
    const missing = [["away_from", "请填写从哪天起"], ["away_until", "请填写到哪天止"]].filter(([field]) => !days[field]).map(([field, message]) => ({ field, message }));
    if (missing.length) return showErrors(form, missing);
    clearErrors(form);
    try {
      const set = await busy(button, "正在登记…", () => call("POST", `${pathOf(one.id)}/leave`, { body: days, version: leave.version, as: "staff" }));
      return set && redraw(`${one.name}：${span(set.leave)}的提醒${next(one)}。`);
    } catch (problem) {
      return problem.status === 401 ? signInAgain(form, desk) : showProblem(form, problem);
    }
  });
  return form;
}

function backButton(desk, one, redraw, place) {
  const button = h("button", { class: "button plain", type: "button" }, "销假", h("span", { class: "visually-hidden" }, `：${one.name}`));
  button.addEventListener("click", async () => {
    try {
      const set = await busy(button, "正在销假…", () => call("POST", `${pathOf(one.id)}/back`, { body: {}, version: one.leave.version, as: "staff" }));
      if (set) redraw(`${one.name}：已销假，提醒重新发给本人。`);
    } catch (problem) {
      if (!desk.refused(problem)) show(place, h("p", { class: "notice bad", role: "alert" }, problem.message));
    }
  });
  return button;
}
