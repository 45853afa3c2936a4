/* Where is my petition: by case number and query code, or by the verified mobile number. No number or code ever enters the address. */
import { busy, h, loading, settle, show } from "./dom.js";
import { call, loadMeta, newKey, session } from "./api.js";
import { day, digits, inThrees, shortDay } from "./dates.js";
import { clearErrors, showErrors, showProblem, textField, valuesOf } from "./forms.js";
import { filesCard } from "./photo.js";
import { clockList, dueRing, dutyList, isOwnRight, lightForPetitioner, nextClock, onRoad, opinionCard, roadBar, runningClock, targetList, writtenCard } from "./case.js";
import { timeline } from "./timeline.js";
import { codeForm, phoneForm } from "./verify.js";
import { ownStepsCard } from "./own-steps.js";
import { bureauOf } from "./meta.js";
import { ratingForm, ratingOf } from "./rating.js";
import { limitSentence, stageSentence } from "./words.js";
import { drawProofs } from "./proofs.js";
import { refusalCard } from "./refusal.js";

const view = document.getElementById("view");
const ASKED = "track.asked";
const asked = () => JSON.parse(sessionStorage.getItem(ASKED) || "null");

async function draw() {
  const step = location.hash.slice(1);
  if (step === "phone") return frame(phoneForm({ title: "用手机号查我的事", lead: h("p", {}, "忘了编号或查询码时用。只能看到用这个手机号反映的事。"), next: () => { location.hash = "code"; } }));
  if (step === "code") {
    const form = codeForm({ next: () => { location.hash = "mine"; }, change: () => { location.hash = "phone"; } });
    return form ? frame(form) : (location.hash = "phone");
  }
  if (step === "mine") return session.get("petitioner") ? drawMine() : (location.hash = "phone");
  if (step === "proofs" && asked()) return drawProofs(view, { number: asked().case_number, session: () => sessionFor(asked()), back: "#", refused });
  if (asked()) return drawCase();
  return drawQuery();
}

/** Whoever came by his telephone proves it again; whoever has number and query code is told what is wrong. */
function refused(problem) {
  if (problem.status !== 401 || asked().query_code) return false;
  location.hash = "phone";
  return true;
}

function frame(...content) {
  show(view, h("div", { class: "narrow card" }, content), step() && h("p", { class: "narrow" }, h("a", { class: "back", href: "#" }, "改用编号和查询码查")));
  settle(view, view.querySelector("h1").textContent);
}

const step = () => location.hash.slice(1);

function drawQuery(typed = {}, problem) {
  const button = h("button", { class: "button", type: "submit" }, "查询");
  const form = h("form", { novalidate: true },
    h("h1", {}, "查询进度"),
    textField({ name: "case_number", label: "编号", hint: "12 位数字，短信和回执上都有", class: "width-16 code-input", inputmode: "numeric", autocomplete: "off", value: inThrees(typed.case_number) }),
    textField({ name: "query_code", label: "查询码", hint: "16 位数字，在第二条短信里", class: "width-16 code-input", inputmode: "numeric", autocomplete: "off", value: typed.query_code }),
    h("div", { class: "actions" }, button));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = valuesOf(form);
    const query = { case_number: digits(values.case_number), query_code: digits(values.query_code) };
    const wrong = [...lengthFault(query.case_number, 12, "case_number", "编号"), ...lengthFault(query.query_code, 16, "query_code", "查询码")];
    if (wrong.length) return showErrors(form, wrong);
    clearErrors(form);
    return busy(button, "正在查询，请稍候…", () => ask(query)).then(
      (found) => { if (!found) return undefined; sessionStorage.setItem(ASKED, JSON.stringify(query)); return drawFound(found); },
      (failed) => showProblem(form, failed, { fallback: "query_code" }));
  });
  show(view,
    h("div", { class: "narrow card" }, form),
    h("div", { class: "narrow card help" }, h("h2", {}, "找不到编号或查询码？"),
      h("p", {}, "可以 ", h("a", { href: "#phone" }, "用手机验证码查我的事"), "，也可以带身份证到信访局窗口查。")));
  settle(view, "查询进度");
  if (problem) showProblem(form, problem, { fallback: "query_code" });
}

function lengthFault(value, length, field, what) {
  if (!value) return [{ field, message: `请填写${what}` }];
  if (!/^\d+$/.test(value)) return [{ field, message: `${what}只有数字，请检查有没有多打的字` }];
  return value.length === length ? [] : [{ field, message: `${what}是 ${length} 位数字，您填了 ${value.length} 位` }];
}

/** By code without a session; by phone with the petitioner's own. */
function ask(query) {
  return query.query_code
    ? call("POST", "/track", { body: query })
    : call("GET", `/cases/${query.case_number}`, { as: "petitioner" });
}

async function drawCase() {
  const query = asked();
  show(view, loading("正在查询，请稍候…"));
  try {
    await drawFound(await ask(query));
  } catch (problem) {
    if (!problem.uncertain) leave();
    drawQuery(query, problem);
  }
}

async function drawMine() {
  show(view, loading());
  let found;
  try {
    found = await call("GET", "/my/petitions", { as: "petitioner" });
  } catch (problem) {
    if (problem.status === 401) { location.hash = "phone"; return; }
    show(view, h("form", { class: "narrow card" }, h("h1", {}, "我反映过的事"), h("div", { class: "actions" }, h("button", { class: "button", type: "button", onclick: draw }, "再试一次"))));
    showProblem(view.querySelector("form"), problem);
    return;
  }
  const list = h("ul", { class: "mine" });
  const more = h("button", { class: "button plain", type: "button" }, "再看一些");
  const add = ({ items, next_cursor: cursor }) => {
    list.append(...items.map(mineRow));
    more.hidden = !cursor;
    more.onclick = () => busy(more, "正在加载…", () => call("GET", `/my/petitions?cursor=${encodeURIComponent(cursor)}`, { as: "petitioner" })).then(add);
  };
  add(found);
  show(view, h("div", { class: "narrow" }, h("h1", {}, "我反映过的事"),
    found.items.length ? [list, more] : h("div", { class: "card empty" }, h("p", {}, "用这个手机号还没有反映过事情。"), h("a", { class: "button", href: "file.html" }, "我要反映")),
    refusalCard(async () => "petitioner")));
  settle(view, "我反映过的事");
}

function mineRow(item) {
  return h("li", { class: "card" },
    h("h2", {}, h("a", { href: "#", onclick: () => sessionStorage.setItem(ASKED, JSON.stringify({ case_number: item.case_number })) }, item.title)),
    h("p", {}, item.stage_label),
    h("p", { class: "hint" }, `编号 ${inThrees(item.case_number)} · ${shortDay(item.received_on)}收到`, item.due && ` · 下一个日期 ${shortDay(item.due)}`));
}

function leave() {
  sessionStorage.removeItem(ASKED);
  session.clear("tracker");
}

/** The labels of closed lists and the forms of steps come from the dictionary; the page reads on without them. */
async function drawFound(found, thanks) {
  if (found.title === undefined) return drawReport(found);
  const meta = await loadMeta().catch(() => ({ labels: {} }));
  const clock = nextClock(found.clocks);
  const canRate = found.next_steps.some((one) => one.action === "rate") && runningClock(found.clocks, "rating");
  const byPhone = asked() && !asked().query_code;
  show(view,
    h("div", { class: "case-top" },
      h("p", { class: "hint" }, "编号 ", h("span", { class: "digits", id: "case-number" }, inThrees(found.case_number)), found.kind_label && ` · ${found.kind_label}`),
      h("h1", {}, found.title)),
    thanks && h("div", { class: "notice good", role: "status" }, h("h2", {}, thanks[0]), h("p", {}, thanks[1])),
    h("section", { class: "card status", "aria-labelledby": "status-title" },
      h("div", { class: "status-words" },
        h("h2", { class: "visually-hidden", id: "status-title" }, "办到哪一步了"),
        h("p", { class: "stage", id: "stage" }, found.stage_label),
        stageSentence(found.stage) && h("p", {}, stageSentence(found.stage)),
        clock && h("p", { class: "due" }, h("strong", {}, isOwnRight(clock) ? `${day(clock.due)}前` : `最迟 ${day(clock.due)}`), h("span", {}, limitSentence(clock)), lightForPetitioner(clock))),
      clock && dueRing(clock),
      roadBar(found.stage)),
    canRate && ratingForm({ agency: found.agency && found.agency.name, bureau: bureauOf(meta), onsubmit: (form, button) => rate(found, form, button) }),
    ownStepsCard(found, { meta, onsubmit: (asked) => take(found, asked) }),
    ratedCard(found, meta),
    opinionCard(found, { forPetitioner: true }),
    h("section", { class: "card", "aria-labelledby": "timeline-title" }, h("h2", { id: "timeline-title" }, "办理经过"), timeline(found.timeline, { ...meta, forPetitioner: true })),
    onRoad(found).length > 0 && h("section", { class: "card", "aria-labelledby": "clock-title" }, h("h2", { id: "clock-title" }, "办理期限"), clockList(onRoad(found), { forPetitioner: true }), targetList(found.targets)),
    found.duties.length > 0 && h("section", { class: "card", "aria-labelledby": "duty-title" }, h("h2", { id: "duty-title" }, "另外在办的"), dutyList(found.duties, { forPetitioner: true })),
    filesCard(found.files, (number) => openFile(found, number)),
    linksCard(found),
    writtenCard(found),
    refusalCard(() => sessionFor(asked())),
    h("div", { class: "actions" },
      h("button", { class: "button plain", type: "button", onclick: () => window.print() }, "打印"),
      found.may_take_away && h("a", { class: "button plain", href: "#proofs" }, "办理凭据"),
      h("button", { class: "button quiet", type: "button", onclick: () => { leave(); if (byPhone) { location.hash = "mine"; } else draw(); } }, byPhone ? "回到我反映过的事" : "查别的事")));
  settle(view, "查询进度");
}

/** What was made out of this matter, or what it was made out of: each has its own number and goes its own way. */
function linksCard({ links = [] }) {
  if (!links.length) return null;
  const byPhone = asked() && !asked().query_code;
  return h("section", { class: "card", "aria-labelledby": "links-title" }, h("h2", { id: "links-title" }, "有关的另一件"),
    h("ul", {}, links.map((link) => h("li", {}, `${shortDay(link.on)}${link.relation_label}，编号 `, h("strong", { class: "digits" }, inThrees(link.case_number))))),
    h("p", { class: "hint" }, byPhone ? "每一件都单独办、单独答复，在“我反映过的事”里都能看到。" : "每一件都单独办、单独答复。另一件的查询码在短信里，也可以用手机验证码查。"));
}

/** Of a report of misconduct number and query code tell its stage and its day, and nothing else. */
function drawReport(found) {
  show(view, h("div", { class: "narrow" },
    h("div", { class: "case-top" }, h("p", { class: "hint" }, "编号 ", h("span", { class: "digits", id: "case-number" }, inThrees(found.case_number))), h("h1", {}, "检举控告")),
    h("section", { class: "card status", "aria-label": "办到哪个阶段" }, h("div", { class: "status-words" },
      h("p", { class: "stage", id: "stage" }, found.stage_label), h("p", {}, `收到日期：${day(found.received_on)}`))),
    h("div", { class: "card" }, h("p", {}, "为了保护您，这里只显示阶段和收到的日期，不显示内容，也不显示由谁经办。"),
      h("p", {}, "有新的线索，可以再提交一次", h("a", { href: "report.html" }, "检举控告"), "，或者打 ", h("a", { href: "tel:12388", class: "digits" }, "12388"), "。")),
    h("div", { class: "actions" }, h("button", { class: "button quiet", type: "button", onclick: () => { leave(); draw(); } }, "查别的事"))));
  settle(view, "查询进度");
}

function ratedCard(found, meta) {
  if (!found.rating) return null;
  const { unit_label: unit, office_label: office, solved } = found.rating;
  return h("section", { class: "card", "aria-labelledby": "rated-title" }, h("h2", { id: "rated-title" }, "您的评价"),
    h("p", {}, `办理单位：${unit} · ${bureauOf(meta)}：${office} · ${solved ? "问题解决了" : "问题没有解决"}`));
}

const THANKS = ["谢谢您的评价", "您的意见已经记下，会用来改进工作。"];
let stepKey = newKey();

const rate = (found, form, button) => take(found, { action: "rate", ...ratingOf(form), form, button, thanks: THANKS });

async function sessionFor(query) {
  if (!query.query_code) return "petitioner";
  session.set("tracker", await call("POST", "/sessions", { body: query }));
  return "tracker";
}

const openFile = async (found, number) => call("GET", `/cases/${found.case_number}/files/${number}`, { as: await sessionFor(asked()) });

/** One step of the petitioner: by phone with his session, by query code with one that is opened for it. */
async function take(found, { action, body, missing, form, button, thanks }) {
  if (missing.length) return showErrors(form, missing);
  clearErrors(form);
  const query = asked();
  try {
    const taken = await busy(button, "正在提交，请稍候…", async () => {
      const as = await sessionFor(query);
      return call("POST", `/cases/${found.case_number}/${action}`, { body, version: found.version, key: stepKey, as });
    });
    if (!taken) return undefined;
    stepKey = newKey();
    return drawFound(taken, thanks);
  } catch (problem) {
    if (problem.status === 412) found.version = (await ask(query)).version;
    return showProblem(form, problem);
  }
}

window.addEventListener("hashchange", draw);
draw();
