/* 群发通知: the bureau writes to many petitioners, a second person looks at it and releases it, either stops it, and a report tells what became of it. */
import { busy, h, loading, section, settle, show } from "./dom.js";
import { call, loadMeta, newKey } from "./api.js";
import { fullMoment } from "./dates.js";
import { areaField, clearErrors, radioField, selectField, showErrors, showProblem, textField, valuesOf } from "./forms.js";
import { categoriesOf, officeField } from "./meta.js";
import { cell, moreButton, tableOf } from "./staff-rows.js";
import { signInAgain } from "./staff-do.js";
import { problemCard } from "./staff-problem.js";

const TITLE = "群发通知";
const WRITES = ["bureau"];
const READS = ["bureau", "leader"];
const ENTERS = ["bureau", "window"];
const LIGHTS = { written: ["yellow", "◆"], released: ["yellow", "▶"], ended: ["green", "✓"], stopped: ["red", "■"] };

const ask = (cursor) => call("GET", `/announcements?${new URLSearchParams({ limit: 20, ...(cursor ? { cursor } : {}) })}`, { as: "staff" });
const one = (number, what = "") => call("GET", `/announcements/${number}${what}`, { as: "staff" });

export async function drawAnnouncements(desk, done) {
  show(desk.view, loading());
  const reads = READS.includes(desk.me.role);
  let page;
  let meta;
  try {
    [page, meta] = await Promise.all([reads ? ask() : null, loadMeta()]);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard(TITLE, problem, () => drawAnnouncements(desk)));
    return;
  }
  show(desk.view, h("h1", {}, TITLE),
    h("p", { class: "hint" }, "发给有在办事项的信访人，一个号码一条，每天8点到20点，在法定通知发完之后发。不接收的人不发。"),
    done && h("div", { class: "notice good", role: "status" }, h("p", {}, done)),
    page && listOf(desk, page),
    WRITES.includes(desk.me.role) && writingForm(desk, meta),
    ENTERS.includes(desk.me.role) && refusalForm(desk));
  settle(desk.view, TITLE);
}

function listOf(desk, page) {
  if (!page.items.length) return h("div", { class: "card empty" }, h("p", {}, "还没有群发过通知。"));
  const list = h("ul", { class: "clocks" }, page.items.map((item) => row(desk, item)));
  return section("写过的通知", list, moreButton(desk, page.next_cursor, ask, (items) => list.append(...items.map((item) => row(desk, item)))));
}

const whom = ({ category, org_name: office }) => (category || office ? `只发给${[office && `${office}在办的`, category && `“${category}”类`].filter(Boolean).join("、")}事项的信访人` : "发给全部有在办事项的信访人");

/** What was written and by whom; below it what it will be, or what became of it. */
function row(desk, item) {
  const place = h("div", { class: "moves" });
  const waits = item.state === "written";
  const [light, mark] = LIGHTS[item.state];
  const look = h("button", { class: "button plain", type: "button" }, waits ? "发布前先看" : "看发送情况");
  look.addEventListener("click", () => opened(desk, item, place, look));
  return h("li", { "data-announcement": String(item.number) },
    h("div", { class: "clock-head" }, h("strong", {}, item.text), h("span", { class: `light ${light}` }, `${mark} ${item.state_label}`)),
    h("p", {}, whom(item)),
    h("p", { class: "hint small" }, `${item.written_by} ${fullMoment(item.written_at)} 起草`,
      item.released_by && `；${item.released_by} ${fullMoment(item.released_at)} 发布`,
      item.stopped_by && `；${item.stopped_by} ${fullMoment(item.stopped_at)} ${item.released_by ? "停止" : "撤回"}`,
      item.ended_at && `；${fullMoment(item.ended_at)} 结束`),
    h("div", { class: "actions" }, look), place);
}

async function opened(desk, item, place, button) {
  const waits = item.state === "written";
  try {
    const told = await busy(button, waits ? "正在计算…" : "正在加载…", () => one(item.number, waits ? "/preview" : ""));
    if (told) show(place, waits ? previewOf(desk, item, told, place) : reportOf(desk, item, told, place));
  } catch (problem) {
    tell(desk, place, problem);
  }
}

function tell(desk, place, problem) {
  if (!desk.refused(problem)) show(place, h("p", { class: "notice bad", role: "alert" }, problem.detail || problem.title || problem.message));
}

const facts = (rows) => h("dl", { class: "facts" }, rows.filter(Boolean).map(([words, value]) => h("div", {}, h("dt", {}, words), h("dd", {}, value))));

function previewOf(desk, item, told, place) {
  const own = item.written_by === desk.me.user;
  return [h("p", { class: "notice" }, told.received), facts([
    ["收件人", `${told.is_all ? "" : "至少"}${told.recipients}人`],
    told.refused > 0 && ["不接收、因此不发", `${told.refused}人`],
    ["短信", `${told.segments}条，每条${told.units}个字`],
    told.fen !== null && ["费用", `${(told.fen / 100).toFixed(2)}元`],
    ["至少要发", told.per_day === null ? "没有安排群发短信的额度，不能发布" : told.days > 1 ? `${told.days}天（每天最多${told.per_day}条）` : lasting(told.seconds)]]),
  h("div", { class: "actions" }, !own && act(desk, item, place, "release", "发布", "已发布。几分钟内开始发送，法定通知优先。"), stopButton(desk, item, place, "撤回"),
    own && h("span", { class: "hint" }, "起草和发布应当由两个人分别进行，请另一位同事发布。"))];
}

const lasting = (seconds) => (seconds < 90 ? `${seconds}秒` : `${Math.ceil(seconds / 60)}分钟`);

function reportOf(desk, item, told, place) {
  const shown = told.counts.filter(({ count, state }) => count > 0 || state === "sent");
  return [h("p", { class: "notice" }, told.received),
    told.released_at && facts([["收件人", told.recipients === null ? "正在列出" : `${told.recipients}人`], ...shown.map(({ label, count }) => [label, `${count}人`])]),
    told.reasons.length > 0 && tableOf("没有发出的原因", ["没有发出的原因", "人数"], told.reasons, ({ reason, count }) => [h("td", { class: "main-cell" }, reason), cell("人数", String(count))]),
    told.state === "released" && h("div", { class: "actions" }, stopButton(desk, item, place, "停止发送"))];
}

const stopButton = (desk, item, place, words) => act(desk, item, place, "stop", words, words === "撤回" ? "已撤回，没有发给任何人。" : "已停止，还没有收到的人不再收到。");

function act(desk, item, place, action, words, done) {
  const key = newKey();
  const button = h("button", { class: action === "release" ? "button" : "button plain", type: "button" }, words);
  button.addEventListener("click", async () => {
    try {
      const moved = await busy(button, "正在提交…", () => call("POST", `/announcements/${item.number}/${action}`, { body: {}, key, as: "staff" }));
      if (moved) await drawAnnouncements(desk, done);
    } catch (problem) {
      tell(desk, place, problem);
    }
  });
  return button;
}

function writingForm(desk, meta) {
  let key = newKey();
  const button = h("button", { class: "button", type: "submit" }, "起草，等候发布");
  const form = h("form", { novalidate: true, class: "card", "aria-label": "起草群发通知" }, h("h2", {}, "起草群发通知"),
    areaField({ name: "text", label: "写什么", hint: "一两句话。署名和退订电话由系统加上，不写网址、编号和身份证号。", class: "short" }),
    selectField({ name: "category", label: "只发给这一类（选填）", options: [{ value: "", label: "不限类别" }, ...categoriesOf(meta)] }),
    officeField({ meta, me: desk.me }, "org", "只发给这个单位在办的（选填）", "不限单位"),
    h("div", { class: "actions" }, button));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { text, category, org } = valuesOf(form);
    if (!text) return showErrors(form, [{ field: "text", message: "请写明要告诉群众什么" }]);
    clearErrors(form);
    try {
      const made = await busy(button, "正在提交，请稍候…", () => call("POST", "/announcements", { body: { text, category, ...(org ? { org } : {}) }, key, as: "staff" }));
      return made && drawAnnouncements(desk, "已起草，等候另一位同事发布。现在还没有发给任何人。");
    } catch (problem) {
      return explain(form, problem, desk, () => { key = newKey(); });
    }
  });
  return form;
}

function refusalForm(desk) {
  const button = h("button", { class: "button plain", type: "submit" }, "记下");
  const said = h("div", { role: "status" });
  const form = h("form", { novalidate: true, class: "card", "aria-label": "登记退订" }, h("h2", {}, "登记退订"),
    h("p", { class: "hint" }, "群众打电话或到窗口说不想再收群发短信时填写。与他的信访件有关的通知照常发送。"),
    textField({ name: "phone", label: "手机号", inputmode: "numeric", autocomplete: "off", class: "width-16" }),
    radioField({ name: "wish", label: "他说", value: "true", inline: true, options: [{ value: "true", label: "不再接收" }, { value: "false", label: "重新接收" }] }),
    h("div", { class: "actions" }, button), said);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { phone, wish } = valuesOf(form);
    if (!phone) return showErrors(form, [{ field: "phone", message: "请填写手机号" }]);
    clearErrors(form);
    try {
      const kept = await busy(button, "正在提交…", () => call("POST", "/refusals", { body: { phone, refuses: wish === "true" }, as: "staff" }));
      if (!kept) return undefined;
      form.elements.phone.value = "";
      return show(said, h("p", { class: "notice good" }, kept.refuses ? "已记下：这个号码不再接收群发短信。" : "已记下：这个号码重新接收群发短信。"));
    } catch (problem) {
      show(said);
      return explain(form, problem, desk, () => {});
    }
  });
  return form;
}

/** The session has ended, or something has to be mended: what was typed stays, and is another submission then. */
function explain(form, problem, desk, anew) {
  if (problem.status === 401) return signInAgain(form, desk);
  if (!problem.uncertain) anew();
  return showProblem(form, problem);
}
