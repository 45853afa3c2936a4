/* One case on the desk: what was written, what can be done now, clocks, timeline, and the proof of every notice. */
import { h, loading, section, settle, show } from "./dom.js";
import { call, loadMeta, serverToday } from "./api.js";
import { day, inThrees, moment, shortDay } from "./dates.js";
import { filesCard } from "./photo.js";
import { clockList, dutyList, lightMark, nextClock, onRoad, opinionCard, promises, targetList } from "./case.js";
import { timeline } from "./timeline.js";
import { stepsCard } from "./staff-do.js";
import { problemCard } from "./staff-problem.js";
import { bookedSection, candidatesCard, linksSection, peopleRows } from "./staff-beside.js";
import { findingList } from "./staff-watch.js";

/** `begin` is a step whose form is to stand open, with what is already known of it. */
export async function drawCase(desk, number, begin) {
  show(desk.view, loading());
  try {
    const [found, meta, today] = await Promise.all([call("GET", `/cases/${number}`, { as: "staff" }), loadMeta(), serverToday()]);
    if (found.inspection) return location.replace(`#inspections/${number}`);
    const { open } = drawFound(desk, found, { meta, today, me: desk.me });
    if (!begin) return undefined;
    history.replaceState(null, "", `#case/${number}`);
    return open(begin.action, begin.values);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard(`编号 ${inThrees(number)}`, problem, () => drawCase(desk, number, begin)));
    return undefined;
  }
}

function drawFound(desk, found, given, done) {
  const clock = nextClock(found.clocks);
  const steps = stepsCard(desk, found, given, (changed, said) => drawFound(desk, changed, given, said));
  show(desk.view,
    h("a", { class: "back", href: `#${desk.back.place || desk.back.id}` }, `回到${desk.back.words}`),
    h("div", { class: "case-top" },
      h("p", { class: "hint" }, "编号 ", h("span", { class: "digits" }, inThrees(found.case_number)), ` · ${found.kind_label} · ${found.agency ? found.agency.name : "责任单位未定"}`),
      h("h1", {}, found.title),
      h("p", { class: "stage-line" }, h("span", { class: "stage-tag", id: "stage" }, found.stage_label), clock && [lightMark(clock.light), h("span", {}, `${clock.label}：${day(clock.due)}`)])),
    done && h("div", { class: "notice good", role: "status" }, h("p", {}, done)),
    h("div", { class: "desk-columns" },
      h("div", {},
        steps.card,
        (found.findings || []).length > 0 && section("哪里晚了、为什么", findingList(found.findings, found.case_number, steps.offers("supervise") && steps.open)),
        writtenSection(found),
        draftSection(found),
        filesCard(found.files, (number) => call("GET", `/cases/${found.case_number}/files/${number}`, { as: "staff" })),
        opinionCard(found),
        checksSection(found.checks),
        noticesSection(found.notices, given.meta)),
      h("div", {},
        onRoad(found).length > 0 && section("时限", clockList(onRoad(found)), targetList(found.targets)),
        found.duties.length > 0 && section("另外要办的", dutyList(found.duties)),
        linksSection(found),
        candidatesCard(found, steps),
        bookedSection(found.booked_days),
        section("办理经过", timeline(found.timeline, given.meta)),
        h("div", { class: "actions" }, h("a", { class: "button plain", href: `#proofs/${found.case_number}` }, "办理凭据")))));
  settle(desk.view, found.title);
  return steps;
}

function writtenSection(found) {
  const who = found.petitioner || {};
  const rows = [["信访人", who.name || "不详"], ["电话", who.phone], ["住址", who.address], ["身份证号", who.identity_number], ...peopleRows(found.people), ["地点", found.place],
    ["收到日期", shortDay(found.received_on)], ["登记时间", moment(found.registered_at)], ["来源", found.channel_label], ["类别", found.category], ["国家类别", found.category_official], ["办理途径", found.track_label], ["代录人", found.helper], ["上级系统编号", found.external_number], ...aboveRows(found.above)].filter(([, value]) => value);
  return section("信访事项",
    h("p", { class: "said" }, found.text),
    (found.claims || []).length > 0 && [h("h3", {}, "诉求"), h("ol", {}, found.claims.map((claim) => h("li", { class: "said" }, claim)))],
    h("dl", { class: "facts" }, rows.map(([words, value]) => h("div", {}, h("dt", {}, words), h("dd", {}, value)))));
}

const aboveRows = (above) => (above ? [["上级转交", above.from_above_label], ["上级要求反馈", above.above_due && shortDay(above.above_due)], ["办结报告", above.reported_on && `${shortDay(above.reported_on)}已提交`]] : []);

/** The draft as it lies there: for who reads it, and for who signs it. */
function draftSection({ draft, claims, title }) {
  if (!draft) return null;
  const asked = (claims || []).length ? claims : [title];
  return section(`处理意见稿（${draft.state_label}）`,
    draft.flags.length > 0 && h("p", { class: "notice" }, `质量关没有通过：${draft.flags.map(({ label }) => label).join("、")}`),
    h("h3", {}, "查明的事实"), h("p", { class: "said" }, draft.facts),
    draft.answers.map((answer) => h("div", { class: "answer" },
      h("h3", {}, `第${answer.claim}项诉求`, h("span", { class: `finding ${answer.finding}` }, answer.finding_label)),
      h("p", { class: "hint" }, asked[answer.claim - 1]),
      h("p", { class: "said" }, answer.answer),
      answer.basis && h("p", {}, h("strong", {}, "依据："), answer.basis),
      promises(draft.commitments, answer.claim))));
}

/** 三关四查: what passed and what did not, each with its words. */
function checksSection(checks) {
  if (!checks || !checks.length) return null;
  return section("三关四查", h("ul", { class: "clocks" }, checks.map((check) => h("li", {},
    h("div", { class: "clock-head" }, h("strong", {}, check.label), h("span", { class: `light ${check.passed ? "green" : "red"}` }, check.passed ? "✓ 通过" : "■ 没有通过")),
    h("div", { class: "hint" }, `${check.words} ${check.law}`)))));
}

const CHANNELS = { sms: "短信", site: "站内消息" };

/** How often a text was tried, where once was not enough. */
function repeats(notice) {
  const texts = (notice.attempts || []).map((one) => one.text);
  const most = Math.max(0, ...texts.map((text) => texts.filter((each) => each === text).length));
  return most > 1 ? ` · 发过${most}次` : "";
}

/** The proof of every notice: to whom, what was said, when it went out and what became of it. */
function noticesSection(notices, meta) {
  if (!notices || !notices.length) return null;
  const office = (id) => ((meta.offices || []).find((one) => one.id === id) || { name: id }).name;
  return section("告知和短信", h("ul", { class: "notices" }, notices.map((notice) => {
    const last = (notice.attempts || [])[notice.attempts.length - 1];
    return h("li", {},
      h("span", {}, notice.recipient_label || office(notice.recipient.replace(/^[a-z]+:/, "")), h("span", { class: "hint" }, ` · ${CHANNELS[notice.channel] || notice.channel}`)),
      h("span", { class: `notice-state ${notice.state}` }, notice.state_label, h("span", { class: "hint" }, ` ${moment(last ? last.at : notice.owed_at)}${repeats(notice)}`)),
      [].concat(notice.said || []).map((words) => h("p", { class: "hint small" }, words)),
      notice.reason && h("p", { class: "small" }, notice.reason));
  })));
}
