/* Reports of misconduct, for the body that has them (第三十条). They lie apart from all petitions; every opening is written down. */
import { busy, h, loading, section, settle, show } from "./dom.js";
import { call, loadMeta, newKey } from "./api.js";
import { inThrees, moment, shortDay } from "./dates.js";
import { clockList } from "./case.js";
import { clearErrors, showProblem } from "./forms.js";
import { apart, drawFields, readFields } from "./step-form.js";
import { cell, dueCell, moreButton, tableOf } from "./staff-rows.js";
import { signInAgain } from "./staff-do.js";
import { problemCard } from "./staff-problem.js";

const HEADS = ["检举控告", "阶段", "收到", "到期"];
const CALLED = { note: "说明", authority: "管理权限", outcome: "处置方式", people: "人员", offices: "单位", users: "工作人员" };
const ask = (cursor) => call("GET", `/sealed/reports${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ""}`, { as: "staff" });

const row = (item) => [
  h("td", { class: "main-cell" }, h("a", { href: `#reports/${item.case_number}` }, item.title), h("span", { class: "hint small" }, inThrees(item.case_number))),
  cell("阶段", item.stage_label), cell("收到", shortDay(item.received_on)), dueCell(item)];

export async function drawReports(desk, done) {
  show(desk.view, loading());
  let page;
  try {
    page = await ask();
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard("检举控告", problem, () => drawReports(desk)));
    return;
  }
  const table = tableOf("本单位的检举控告", HEADS, page.items, row);
  show(desk.view,
    h("h1", {}, "检举控告"),
    done && h("div", { class: "notice good", role: "status" }, h("p", {}, done)),
    h("div", { class: "notice warn" }, h("p", {}, "每打开一件，都会记下是谁、什么时候打开的。不得向被检举的人员和单位透露，也不得转给他们（《信访工作条例》第三十条第三款）。")),
    page.items.length || page.next_cursor
      ? [table, moreButton(desk, page.next_cursor, ask, (items) => table.tBodies[0].append(...items.map((item) => h("tr", {}, row(item)))))]
      : h("div", { class: "card empty" }, h("p", {}, "本单位没有检举控告。")));
  settle(desk.view, "检举控告");
}

export async function drawReport(desk, number) {
  show(desk.view, loading());
  try {
    const [found, meta] = await Promise.all([call("GET", `/sealed/reports/${number}`, { as: "staff" }), loadMeta()]);
    drawOpened(desk, found, meta);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard("检举控告", problem, () => drawReport(desk, number)));
  }
}

function drawOpened(desk, found, meta, done) {
  const { reporter, accused } = found;
  const who = [["检举人", reporter.name || "匿名"], ["电话", reporter.phone && `${reporter.phone}${reporter.verified ? "（已验证）" : "（未验证）"}`], ["住址", reporter.address],
    ["被检举的单位", accused.offices.map((office) => office.name).join("、")], ["被检举的人员", accused.people.map((one) => one.who).join("、")], ["怎么来的", found.channel_label], ["收到日期", shortDay(found.received_on)], ["随附的材料", found.documents], ["登记时间", moment(found.registered_at)]].filter(([, value]) => value);
  show(desk.view,
    h("a", { class: "back", href: "#reports" }, "回到检举控告"),
    h("div", { class: "case-top" }, h("p", { class: "hint" }, "编号 ", h("span", { class: "digits" }, inThrees(found.case_number))), h("h1", {}, found.title),
      h("p", { class: "stage-line" }, h("span", { class: "stage-tag", id: "stage" }, found.stage_label))),
    done && h("div", { class: "notice good", role: "status" }, h("p", {}, done)),
    h("div", { class: "desk-columns" },
      h("div", {}, stepsCard(desk, found, meta),
        section("检举的内容", h("p", { class: "said" }, found.text), h("dl", { class: "facts" }, who.map(([words, value]) => h("div", {}, h("dt", {}, words), h("dd", {}, value)))))),
      h("div", {}, found.clocks.length > 0 && section("时限", clockList(found.clocks)),
        section("办理经过", h("ol", { class: "timeline", reversed: true }, [...found.timeline].reverse().map((one, index) => entry(one, index, meta)))),
        section("谁打开过", h("ul", { class: "notices" }, found.readings.map((one) => h("li", {}, h("span", {}, `${one.org_name} ${one.user}`),
          h("span", { class: one.accused ? "light red" : "hint" }, [one.accused && "■ 现在被检举", one.wrote && "登记人", moment(one.at)].filter(Boolean).join(" · ")))))))));
  settle(desk.view, found.title);
}

const entry = (one, index, meta) => h("li", { class: index ? "past" : "now" }, h("div", { class: "when" }, `${moment(one.at)} · ${one.by}`),
  h("div", { class: "what" }, h("strong", {}, one.label), one.to_name && h("p", {}, h("span", { class: "hint" }, "单位："), one.to_name),
    Object.entries(one.text).filter(([name, said]) => CALLED[name] && said.length && one.seq > 1).map(([name, said]) => h("p", { class: "said" }, h("span", { class: "hint" }, `${CALLED[name]}：`), words(name, said, meta)))));

const words = (name, said, meta) => [].concat(said).map((one) => (name === "offices" ? (meta.offices.find(({ id }) => id === one) || { name: one }).name : one)).join("、");

function stepsCard(desk, found, meta) {
  if (!found.next_steps.length) return null;
  return h("section", { class: "card todo", "aria-labelledby": "now-title" }, h("h2", { id: "now-title" }, "现在要做"),
    found.next_steps.map((step) => h("details", {}, h("summary", {}, step.label), stepForm(desk, found, meta, step))));
}

function stepForm(desk, found, meta, step) {
  const key = newKey();
  const button = h("button", { class: "button", type: "submit" }, `确认${step.label}`);
  const form = apart(h("form", { novalidate: true, "aria-label": step.label }, step.law && h("p", { class: "hint small" }, step.law),
    drawFields(step.form, { meta, me: desk.me, found, everywhere: true }), h("div", { class: "actions" }, button)), step.action);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearErrors(form);
    try {
      const changed = await busy(button, "正在提交，请稍候…", () => call("POST", `/sealed/reports/${found.case_number}/${step.action}`,
        { body: readFields(step.form, form), version: found.version, key, as: "staff" }));
      if (!changed) return;
      // Whoever handed it over may not read it any more: then only its stage comes back.
      if (changed.title) drawOpened(desk, changed, meta, `${step.label}：已办好。`);
      else drawReports(desk, `${step.label}：已办好。这一件不再由本单位办理，本单位不能再查看。`);
    } catch (problem) {
      if (problem.status === 401) signInAgain(form, desk);
      else showProblem(form, problem);
    }
  });
  return form;
}
