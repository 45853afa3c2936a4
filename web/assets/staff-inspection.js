/* One task of supervision: its problems item by item, the cases that were drawn, votes and receptions, and what can be done now. */
import { h, loading, section, settle, show } from "./dom.js";
import { call, loadMeta, serverToday } from "./api.js";
import { day, inThrees, shortDay } from "./dates.js";
import { clockList, lightMark } from "./case.js";
import { timeline } from "./timeline.js";
import { stepsCard } from "./staff-do.js";
import { problemCard } from "./staff-problem.js";
import { isAwaited, progress } from "./staff-inspections.js";

const STATES = { waiting: ["grey", "○"], answered: ["yellow", "◆"], passed: ["green", "✓"], failed: ["red", "■"] };

export async function drawTask(desk, number) {
  show(desk.view, loading());
  try {
    const [found, meta, today] = await Promise.all([call("GET", `/cases/${number}`, { as: "staff" }), loadMeta(), serverToday()]);
    if (!found.inspection) return location.replace(`#case/${number}`);
    return drawFound(desk, found, { meta, today, me: desk.me });
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard(`编号 ${inThrees(number)}`, problem, () => drawTask(desk, number)));
    return undefined;
  }
}

function drawFound(desk, found, given, done) {
  const steps = stepsCard(desk, found, given, (changed, said) => drawFound(desk, changed, given, said));
  show(desk.view,
    h("a", { class: "back no-print", href: "#inspections" }, "回到督查检查"),
    h("div", { class: "case-top" },
      h("p", { class: "hint" }, "编号 ", h("span", { class: "digits" }, inThrees(found.case_number)), ` · ${found.inspection_label}`),
      h("h1", {}, found.title),
      h("p", { class: "stage-line" }, h("span", { class: "stage-tag", id: "stage" }, found.stage_label),
        found.due && [lightMark(found.light), h("span", {}, `反馈整改：${day(found.due)}前`)],
        waitingFor(found) && h("span", { class: "hint" }, waitingFor(found)))),
    done && h("div", { class: "notice good no-print", role: "status" }, h("p", {}, done)),
    h("div", { class: "desk-columns" },
      h("div", {},
        steps.card,
        itemsSection(found),
        sampleSection(found, steps),
        votesSection(found.votes),
        receptionsSection(found),
        factsSection(found)),
      h("div", {},
        found.clocks.length > 0 && section("时限", clockList(found.clocks)),
        section("办理经过", timeline(found.timeline, given.meta)))));
  settle(desk.view, found.title);
}

function waitingFor(found) {
  if (found.stage === "insp_answered") return `等${found.office.name}复查`;
  return isAwaited(found) ? `等${found.unit.name}反馈` : "";
}

function factsSection(found) {
  const rows = [["种类", found.inspection_label], ["立项的单位", found.office.name], ["被检查的单位", found.unit && found.unit.name], ["立项日期", shortDay(found.opened_on)],
    ["签收", found.unit && (found.signed_on ? `${shortDay(found.signed_on)}已签收` : "还没有签收")], ["依据", `《信访工作条例》${found.law}`]].filter(([, value]) => value);
  return section("基本情况", h("dl", { class: "facts" }, rows.map(([words, value]) => h("div", {}, h("dt", {}, words), h("dd", {}, value)))),
    found.note && [h("h3", {}, "依据和要求"), h("p", { class: "said" }, found.note)],
    h("div", { class: "actions" }, h("button", { class: "button plain", type: "button", onclick: () => window.print() }, "打印")));
}

/** Every problem with what the unit said of it and whether it is put right. */
function itemsSection(found) {
  if (!found.items.length) return null;
  return section("需要整改的问题", h("p", { class: "hint" }, progress(found)), h("ol", { class: "items" }, found.items.map((item) => h("li", { "data-item": String(item.no) },
    h("div", { class: "clock-head" }, h("strong", {}, `第${item.no}项`), stateMark(item)),
    h("p", { class: "said" }, item.text),
    item.answer && h("div", { class: "told" }, h("p", { class: "said" }, h("span", { class: "hint" }, "整改情况："), item.answer), h("p", {}, h("span", { class: "hint" }, "责任人："), item.responsible))))));
}

function stateMark({ state, state_label: label }) {
  const [level, shape] = STATES[state];
  return lightMark({ level, shape, text: label });
}

const sum = (sheets, name) => sheets.reduce((total, sheet) => total + sheet[name], 0);

/** The cases that were drawn, each with its sheet; what nobody went through yet stands open. */
function sampleSection({ sample }, steps) {
  if (!sample.length) return null;
  const left = sample.filter(({ checked }) => !checked).length;
  return section("抽取的事项和检查表",
    h("p", { class: "hint" }, "由系统随机抽取；先由系统评分，再由人逐件核对。不涉及的项目不计分。"),
    h("p", { class: "score-line" }, h("strong", {}, `共 ${sum(sample, "points")} 分，满分 ${sum(sample, "full")} 分`), left ? h("span", { class: "light yellow" }, h("span", { "aria-hidden": "true" }, "◆"), ` 还有 ${left} 件待核对`) : h("span", { class: "light green" }, h("span", { "aria-hidden": "true" }, "✓"), " 全部核对")),
    sample.map((sheet) => sheetCard(sheet, steps)));
}

function sheetCard(sheet, steps) {
  return h("details", { class: "sheet", open: !sheet.checked, "data-sheet": sheet.case_number },
    h("summary", {}, h("span", { class: "sheet-head" }, h("strong", { class: "digits" }, inThrees(sheet.case_number)), h("span", {}, `得 ${sheet.points} 分（满分 ${sheet.full} 分）`), h("span", { class: `light ${sheet.checked ? "green" : "yellow"}` }, h("span", { "aria-hidden": "true" }, sheet.checked ? "✓" : "◆"), sheet.checked ? " 已核对" : " 待核对"))),
    h("table", { class: "score-sheet" }, h("caption", { class: "visually-hidden" }, `事项 ${inThrees(sheet.case_number)} 的检查表`),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "检查项目"), h("th", { scope: "col" }, "得分"))),
      h("tbody", {}, sheet.lines.map((line) => h("tr", {},
        h("th", { scope: "row" }, line.label, h("span", { class: "hint small" }, ` ${line.law}`), line.reason && h("p", { class: "reason" }, h("span", { class: "hint" }, "改分的理由："), line.reason)),
        h("td", {}, h("span", { class: `light ${line.points === line.full ? "green" : "red"}` }, h("span", { "aria-hidden": "true" }, line.points === line.full ? "✓" : "■"), ` ${line.points}/${line.full}`)))))),
    h("div", { class: "sheet-actions no-print" },
      h("a", { class: "inline-target", href: `#case/${sheet.case_number}` }, "打开这一件"),
      steps.offers("score_sample") && h("button", { class: "button plain", type: "button", onclick: () => steps.open("score_sample", { number: sheet.case_number }) }, sheet.checked ? "再改评分" : "核对评分", h("span", { class: "visually-hidden" }, inThrees(sheet.case_number)))));
}

/** Who does not vote counts among those who took part. */
function votesSection(votes) {
  if (!votes) return null;
  const { participants, satisfied, basically, not_satisfied: not } = votes;
  const rows = [["满意", satisfied], ["基本满意", basically], ["不满意", not], ["没有投票", participants - satisfied - basically - not]];
  return section("民主评议结果", h("p", {}, h("strong", {}, `${participants} 人参加`)), h("ul", { class: "booked" }, rows.map(([words, count]) => h("li", {},
    h("div", { class: "clock-head" }, h("span", {}, words), h("span", {}, `${count} 票`)),
    h("span", { class: "booked-track", "aria-hidden": "true" }, count > 0 && bar(count / participants))))));
}

function bar(share) {
  const drawn = h("span", { class: "booked-bar" });
  drawn.style.width = `${share * 100}%`;
  return drawn;
}

function receptionsSection({ receptions }) {
  if (!receptions.length) return null;
  return section("接访记录", h("ul", { class: "clocks" }, receptions.map((one) => h("li", {},
    h("div", { class: "clock-head" }, h("strong", {}, `${one.leader_name}接待 ${one.visitors} 人`), h("span", { class: "hint" }, shortDay(one.on))),
    one.numbers.length > 0 && h("p", {}, h("span", { class: "hint" }, "有关事项："), one.numbers.map((number) => h("a", { class: "inline-target digits matter", href: `#case/${number}` }, inThrees(number)))),
    one.note && h("p", { class: "said" }, one.note)))));
}
