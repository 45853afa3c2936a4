/* The working-day calendar, for administrators: how far it reaches, laying a notice of days off down, looking at what it would move, and confirming what somebody else laid down. */
import { busy, h, loading, section, settle, show } from "./dom.js";
import { call, loadMeta, newKey } from "./api.js";
import { fullDay, fullMoment, inThrees } from "./dates.js";
import { areaField, clearErrors, radioField, showErrors, showProblem, textField, valuesOf } from "./forms.js";
import { cell, moreButton, tableOf } from "./staff-rows.js";
import { afterALook, signInAgain } from "./staff-do.js";
import { problemCard } from "./staff-problem.js";

const TITLE = "工作日历";
const PROPOSES = ["system_admin"];
const CONFIRMS = ["system_admin", "security_admin"];
const FORMS = [{ value: "csv", label: "表格（CSV）", hint: "一行一天：2027-01-01,放假 或者 2027-01-30,上班" }, { value: "json", label: "JSON", hint: '{"year": 2027, "off": ["2027-01-01"], "make_up": ["2027-01-30"], "papers": ["文号"]}' }];
const HEADS = ["事项", "期限", "原来的日期", "改为", "说明"];

export async function drawDaysOff(desk, done) {
  show(desk.view, loading());
  let calendar;
  let meta;
  try {
    [calendar, meta] = await Promise.all([call("GET", "/calendar", { as: "staff" }), loadMeta()]);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard(TITLE, problem, () => drawDaysOff(desk)));
    return;
  }
  show(desk.view,
    h("h1", {}, TITLE),
    done && h("div", { class: "notice good", role: "status" }, h("p", {}, done)),
    calendar.task && h("div", { class: "notice warn" }, h("p", {}, calendar.task)),
    section("现在用的日历", h("dl", { class: "facts" }, [["版本", calendar.calendar], ["从", fullDay(calendar.first)], ["到", fullDay(calendar.horizon)], ["还有", `${calendar.days_ahead}天`]]
      .map(([words, value]) => h("div", {}, h("dt", {}, words), h("dd", {}, value))))),
    section("放假安排", calendar.notices.length ? h("ul", { class: "clocks" }, [...calendar.notices].reverse().map((notice) => noticeRow(desk, notice, meta))) : h("p", {}, "还没有录入过放假安排，用的是系统自带的日历。")),
    PROPOSES.includes(desk.me.role) && proposalForm(desk));
  settle(desk.view, TITLE);
}

/** What a notice says, who laid it down and confirmed it; of one that waits, what it would move. */
function noticeRow(desk, notice, meta) {
  const waits = notice.state === "proposed";
  const own = notice.proposed_by === desk.me.user;
  const place = h("div", { class: "moves" });
  const confirm = waits && CONFIRMS.includes(desk.me.role) && !own && afterALook(confirmButton(desk, notice, place));
  const look = h("button", { class: "button plain", type: "button" }, "看会动哪些日期");
  look.addEventListener("click", () => busy(look, "正在计算…", () => askMoves(notice.number)).then((page) => {
    if (!page) return;
    show(place, movesOf(desk, notice, page));
    if (confirm) confirm.reveal();
  }, (problem) => { if (!desk.refused(problem)) show(place, h("p", { class: "notice bad", role: "alert" }, problem.message)); }));
  return h("li", { "data-notice": String(notice.number) },
    h("div", { class: "clock-head" }, h("strong", {}, `${notice.year}年放假安排`), h("span", { class: `light ${waits ? "yellow" : "green"}` }, `${waits ? "◆" : "✓"} ${notice.state_label}`)),
    notice.papers.length > 0 && h("p", {}, notice.papers.join("、")),
    h("details", {}, h("summary", {}, `放假 ${notice.off.length} 天，调休上班 ${notice.make_up.length} 天`),
      h("p", {}, `放假：${notice.off.map(fullDay).join("、")}`), notice.make_up.length > 0 && h("p", {}, `上班：${notice.make_up.map(fullDay).join("、")}`)),
    h("p", { class: "hint small" }, `${notice.proposed_by} ${fullMoment(notice.proposed_at)} 录入`, notice.confirmed_by && `；${notice.confirmed_by} ${fullMoment(notice.confirmed_at)} 确认`),
    waits && h("div", { class: "actions" }, look, confirm && confirm.parts,
      own && h("span", { class: "hint" }, "录入和确认应当由两个人分别进行，请另一位管理员确认。")),
    place);
}

const askMoves = (number, cursor) => call("GET", `/calendar/notices/${number}/moves${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ""}`, { as: "staff" });

const move = (item) => [cell("事项", inThrees(item.case_number)), cell("期限", item.limit_label), cell("原来的日期", fullDay(item.due_before)), cell("改为", fullDay(item.due)),
  cell("说明", [item.of_petitioner && "信访人的权利", item.becomes_certain && "不再是暂定"].filter(Boolean).join("，") || "—")];

/** A page looks at a hundred cases; in many of them nothing moves. */
function movesOf(desk, notice, page) {
  const none = h("p", { hidden: page.items.length > 0 }, `看过 ${page.looked_at} 件在办的事项，没有要动的日期。`);
  const table = tableOf(`${notice.year}年放假安排会动的日期`, HEADS, page.items, move);
  table.hidden = !page.items.length;
  return [none, table, moreButton(desk, page.next_cursor, (cursor) => askMoves(notice.number, cursor), (items) => {
    table.tBodies[0].append(...items.map((item) => h("tr", {}, move(item))));
    table.hidden = !table.tBodies[0].rows.length;
    none.hidden = !table.hidden;
  })];
}

function confirmButton(desk, notice, place) {
  const key = newKey();
  const button = h("button", { class: "button", type: "button" }, "确认生效");
  button.addEventListener("click", async () => {
    try {
      const confirmed = await busy(button, "正在确认…", () => call("POST", `/calendar/notices/${notice.number}/confirm`, { body: {}, key, as: "staff" }));
      if (confirmed) await drawDaysOff(desk, `${notice.year}年放假安排已经生效。在办事项的日期几分钟内重新计算，并告知有关的人。`);
    } catch (problem) {
      if (!desk.refused(problem)) show(place, h("p", { class: "notice bad", role: "alert" }, problem.message));
    }
  });
  return button;
}

function proposalForm(desk) {
  let key = newKey();
  const button = h("button", { class: "button", type: "submit" }, "录入，等候确认");
  const year = textField({ name: "year", label: "哪一年", type: "number", class: "width-5", inputmode: "numeric" });
  const papers = areaField({ name: "papers", label: "文件名称和文号", hint: "一行写一份", class: "short" });
  const chooser = h("input", { type: "file", id: "notice-file", accept: ".csv,.json,text/csv,application/json" });
  const form = h("form", { novalidate: true, class: "card", "aria-label": "录入放假安排" }, h("h2", {}, "录入放假安排"),
    h("p", { class: "hint" }, "照国务院办公厅的通知录入。录入以后先看会动哪些日期，由另一位管理员确认才生效。"),
    radioField({ name: "form", label: "格式", value: "csv", options: FORMS }),
    year, papers,
    h("div", { class: "field" }, h("label", { for: "notice-file" }, "选文件（选填）"), chooser),
    areaField({ name: "content", label: "放假和调休上班的日子", hint: "可以直接粘贴" }),
    h("div", { class: "actions" }, button));
  const isTable = () => valuesOf(form).form === "csv";
  form.addEventListener("change", () => { year.hidden = papers.hidden = !isTable(); });
  chooser.addEventListener("change", async () => { if (chooser.files[0]) form.elements.content.value = await chooser.files[0].text(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { content, year: typed, papers: lines } = valuesOf(form);
    if (!content) return showErrors(form, [{ field: "content", message: "请粘贴或者选择放假安排" }]);
    clearErrors(form);
    const body = isTable() ? { form: "csv", content, ...(typed ? { year: Number(typed) } : {}), papers: lines.split("\n").map((line) => line.trim()).filter(Boolean) } : { form: "json", content };
    try {
      const made = await busy(button, "正在核对，请稍候…", () => call("POST", "/calendar/notices", { body, key, as: "staff" }));
      return made && drawDaysOff(desk, `${made.year}年放假安排已录入，等候另一位管理员确认。现在还没有动任何日期。`);
    } catch (problem) {
      if (!problem.uncertain) key = newKey();
      return problem.status === 401 ? signInAgain(form, desk) : showProblem(form, problem);
    }
  });
  return form;
}
