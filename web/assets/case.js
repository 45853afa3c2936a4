/* The parts of a case that petitioner and staff both look at: light, clocks, opinion, what was written. */
import { h, svg } from "./dom.js";
import { day, inThrees, shortDay } from "./dates.js";
import { limitSentence } from "./words.js";

const SHAPES = { green: "●", yellow: "◆", red: "■", grey: "○" };
const RUNNING = "running";

/** Shape, colour and word together: readable in greyscale and aloud. */
export function lightMark(light, words = light && light.text) {
  if (!light) return null;
  return h("span", { class: `light ${light.level}` }, h("span", { "aria-hidden": "true" }, light.shape || SHAPES[light.level] || "○"), ` ${words}`);
}

/** A petitioner reads of his own right how long it is left, and of an organ's duty whether it is in time. */
export function lightForPetitioner(clock) {
  const { level, text, days_left: left } = clock.light;
  if (isOwnRight(clock)) return lightMark({ ...clock.light, level: level === "red" ? "grey" : level, shape: "" }, left > 0 ? `还剩 ${left} 天` : "今天是最后一天");
  return lightMark(clock.light, level === "green" ? "正在按时办理" : text);
}

export const isOwnRight = (clock) => clock.owner === "petitioner";

export const numberMark = (number) => h("span", { class: "digits" }, inThrees(number));

export const runningClock = (clocks, limit) => (clocks || []).find((clock) => clock.limit === limit && clock.state === RUNNING);

/** The clocks of the matter itself; those of a duty beside the road are shown with it. */
export const onRoad = (found) => (found.clocks || []).filter((clock) => !clock.about);

/** The clock whose day comes next: what the reader wants to know first. */
export function nextClock(clocks) {
  return (clocks || []).filter((clock) => clock.state === RUNNING && clock.due).sort((a, b) => (a.due < b.due ? -1 : 1))[0];
}

/** A ring that empties towards the due day; the number stands inside and the words beside it. */
export function dueRing(clock) {
  const left = clock.light && clock.light.days_left;
  if (left === undefined || left === null) return null;
  const span = Math.max(1, daysBetween(clock.start, clock.due));
  const share = Math.max(0, Math.min(1, left / span));
  const around = 2 * Math.PI * 44;
  return svg("svg", { viewBox: "0 0 104 104", class: `ring ${clock.light.level}`, "aria-hidden": "true", focusable: "false" },
    svg("circle", { cx: 52, cy: 52, r: 44, class: "ring-back" }),
    svg("circle", { cx: 52, cy: 52, r: 44, class: "ring-front", "stroke-dasharray": `${share * around} ${around}`, transform: "rotate(-90 52 52)" }),
    text(52, 32, "ring-word", left < 0 ? "已超期" : "还剩"), text(52, 64, "ring-number", String(Math.abs(left))), text(52, 84, "ring-word", "天"));
}

const text = (x, y, name, words) => svg("text", { x, y, class: name, "text-anchor": "middle" }, words);
const daysBetween = (from, to) => (Date.parse(to.slice(0, 10)) - Date.parse((from || to).slice(0, 10))) / 86400000;

const CLOCK_STATES = { met: "✓ 按期完成", met_late: "✓ 超期完成", lapsed: "○ 已届满", moot: "○ 不再计时" };

export function clockList(clocks, { forPetitioner = false } = {}) {
  const mark = (clock) => {
    if (clock.state !== RUNNING) return h("span", { class: `light ${clock.state === "met_late" ? "red" : "grey"}` }, CLOCK_STATES[clock.state] || "");
    return forPetitioner ? lightForPetitioner(clock) : lightMark(clock.light);
  };
  return h("ul", { class: "clocks" }, (clocks || []).map((clock) => h("li", {},
    h("div", { class: "clock-head" }, h("strong", {}, forPetitioner ? limitSentence(clock) : clock.label), mark(clock)),
    h("div", {}, `${day(clock.due)}前`, clock.provisional && h("span", { class: "hint" }, "（暂定，待放假通知）"),
      h("span", { class: "hint" }, ` ${forPetitioner && isOwnRight(clock) ? "您的权利" : clock.owner_name || ""} ${clock.law || ""}`)),
    !forPetitioner && clock.legal_due !== clock.stat_due
      && h("div", { class: "hint small" }, `法定到期日 ${shortDay(clock.legal_due)} · 统计到期日 ${shortDay(clock.stat_due)}`),
    clock.days_unusable > 0 && h("div", { class: "hint small" }, `其间有${clock.days_unusable}天属于不可抗力，期限不变${clock.excused_days > 0 ? `；超期的天数里有${clock.excused_days}天` : ""}`),
    clock.derivation && h("details", {}, h("summary", {}, "这个日期怎么算的"), h("p", { class: "said" }, clock.derivation)))));
}

/** What this place promises beyond the law: beside the limits, never a lateness. */
export function targetList(targets) {
  if (!(targets || []).length) return null;
  return h("ul", { class: "clocks" }, targets.map((target) => h("li", {},
    h("div", { class: "clock-head" }, h("strong", {}, target.label), h("span", { class: "light grey" }, target.text)),
    h("div", {}, `${day(target.due)}前`, h("span", { class: "hint" }, ` ${target.note}`)))));
}

/** What is owed beside the road: orders, answers of departments, promises, each with its date. */
export function dutyList(duties, { forPetitioner = false } = {}) {
  return h("ul", { class: "clocks" }, duties.map((duty) => h("li", {},
    h("div", { class: "clock-head" }, h("strong", {}, `${duty.kind_label}第${duty.no}项`), h("span", { class: "hint" }, duty.state_label)),
    h("div", {}, duty.org_name),
    duty.clocks.length > 0 && clockList(duty.clocks, { forPetitioner }))));
}

/** The written opinion, claim by claim; a running right to review is told with its last day. */
export function opinionCard(found, { forPetitioner = false } = {}) {
  const { opinion, claims, clocks, title } = found;
  if (!opinion) return null;
  const review = runningClock(clocks, "ask_review");
  const asked = (claims || []).length ? claims : [title];
  return h("section", { class: "card opinion", "aria-labelledby": "opinion-title" },
    h("h2", { id: "opinion-title" }, forPetitioner ? "给您的答复" : "处理意见"),
    opinion.facts && [h("h3", {}, "查明的事实"), h("p", { class: "said" }, opinion.facts)],
    opinion.answers.map((answer) => h("div", { class: "answer" },
      h("h3", {}, forPetitioner ? `您的第${answer.claim}项要求` : `第${answer.claim}项诉求`, h("span", { class: `finding ${answer.finding}` }, answer.finding_label)),
      h("p", { class: "hint" }, asked[answer.claim - 1]),
      h("p", { class: "said" }, answer.answer),
      answer.basis && h("p", {}, h("strong", {}, "依据："), answer.basis),
      promises(opinion.commitments, answer.claim))),
    review && h("p", { class: "notice" }, forPetitioner
      ? `不服这个意见的，可以在 ${day(review.due)}前请求上一级单位复查（${review.law}）。`
      : `信访人可以在 ${day(review.due)}前请求复查（${review.law}）。`));
}

/** What was promised for a claim: what, by when, by whom. */
export function promises(commitments, claim) {
  return (commitments || []).filter((one) => one.claim === claim).map((one) => h("p", {}, h("strong", {}, "承诺："), `${one.what}，${day(one.due)}前，由${one.responsible}负责。`));
}

export function writtenCard(view) {
  return h("details", { class: "card" },
    h("summary", {}, h("h2", {}, "您反映的内容")),
    h("p", { class: "said" }, view.text),
    (view.claims || []).length > 0 && [h("h3", {}, "希望怎样解决"), h("ol", {}, view.claims.map((claim) => h("li", { class: "said" }, claim)))],
    view.place && h("p", {}, h("strong", {}, "地点："), view.place));
}

const ROAD = [["登记", ["registered"]], ["告知", ["forwarded", "assigned", "objected", "disputed"]], ["办理", ["accepted", "redo"]], ["答复", ["replied"]], ["评价", ["served", "settled", "concluded"]]];

/** Five stops from registration to rating; a matter that left this road (不予受理、导入法定途径) shows none. */
export function roadBar(stage) {
  const now = ROAD.findIndex(([, stages]) => stages.includes(stage));
  if (now < 0) return null;
  const ended = stage === "concluded";
  return h("ol", { class: "roadbar", "aria-label": "办理阶段" }, ROAD.map(([words], index) => h("li",
    { class: index < now || ended ? "done" : index === now ? "now" : "", "aria-current": index === now && !ended ? "step" : undefined }, words)));
}
