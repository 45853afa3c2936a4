/* The parts of a case that petitioner and staff both look at: light, timeline, clocks, opinion, what was written. */
import { h, svg } from "./dom.js";
import { day, inThrees, moment, shortDay } from "./dates.js";

const SHAPES = { green: "●", yellow: "◆", red: "■", grey: "○" };

/** Shape, colour and word together: readable in greyscale and aloud. */
export function lightMark(light) {
  if (!light) return null;
  const shape = light.shape && light.shape.length === 1 ? light.shape : SHAPES[light.level] || "○";
  const words = (light.text || "").replace(/^[●◆■○✓]\s*/, "");
  return h("span", { class: `light ${light.level}` }, h("span", { "aria-hidden": "true" }, shape), ` ${words}`);
}

export const numberMark = (number) => h("span", { class: "digits" }, inThrees(number));

const RUNNING = "running";

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
    text(52, 54, "ring-number", String(Math.abs(left))), text(52, 76, "ring-word", left < 0 ? "天超期" : "天"));
}

const text = (x, y, name, words) => svg("text", { x, y, class: name, "text-anchor": "middle" }, words);
const daysBetween = (from, to) => (Date.parse(to.slice(0, 10)) - Date.parse((from || to).slice(0, 10))) / 86400000;

/** Rows may come in any order: the newest stands on top, numbered by the chain. */
export function timeline(rows, extra = () => null) {
  const sorted = [...(rows || [])].sort((a, b) => b.seq - a.seq);
  return h("ol", { class: "timeline", reversed: true }, sorted.map((row, index) => h("li", { class: index ? "past" : "now" },
    h("div", { class: "when" }, moment(row.at || row.on)),
    h("div", { class: "what" },
      h("strong", {}, row.label), row.by && h("span", { class: "hint" }, ` ${row.by}`),
      row.on && row.at && row.on !== row.at.slice(0, 10) && h("span", { class: "hint" }, ` 按 ${shortDay(row.on)} 计`),
      (row.lines || []).map((line) => h("p", { class: "said" }, line)),
      row.text && h("p", { class: "said" }, row.text),
      extra(row)))));
}

const CLOCK_STATES = { met: "✓ 按期完成", met_late: "✓ 超期完成", lapsed: "○ 已届满", moot: "○ 不再计时" };

export function clockList(clocks) {
  return h("ul", { class: "clocks" }, (clocks || []).map((clock) => h("li", {},
    h("div", { class: "clock-head" },
      h("strong", {}, clock.label),
      clock.state === RUNNING ? lightMark(clock.light) : h("span", { class: `light ${clock.state === "met_late" ? "red" : "grey"}` }, CLOCK_STATES[clock.state] || "")),
    h("div", {}, clock.due ? `${day(clock.due)}前` : "没有法定期限", clock.provisional && h("span", { class: "hint" }, "（暂定，待放假通知）"),
      clock.law && h("span", { class: "hint" }, ` ${clock.law}`)),
    clock.legal_due && clock.stat_due && clock.legal_due !== clock.stat_due
      && h("div", { class: "hint small" }, `法定到期日 ${shortDay(clock.legal_due)} · 统计到期日 ${shortDay(clock.stat_due)}`),
    clock.derivation && h("details", {}, h("summary", {}, "这个日期怎么算的"), h("p", { class: "said" }, [].concat(clock.derivation).join("\n"))))));
}

const FINDINGS = { support: "予以支持", explain: "解释说明", not_support: "不予支持" };

export function opinionCard(opinion, claims) {
  if (!opinion) return null;
  return h("section", { class: "card opinion", "aria-labelledby": "opinion-title" },
    h("h2", { id: "opinion-title" }, opinion.label || "处理意见"),
    opinion.facts && [h("h3", {}, "查明的事实"), h("p", { class: "said" }, opinion.facts)],
    (opinion.answers || []).map((answer) => h("div", { class: "answer" },
      h("h3", {}, `您的第${answer.claim}项要求`, h("span", { class: `finding ${answer.finding}` }, answer.finding_label || FINDINGS[answer.finding] || "")),
      claims && claims[answer.claim - 1] && h("p", { class: "hint" }, claims[answer.claim - 1]),
      h("p", { class: "said" }, answer.answer),
      answer.basis && h("p", {}, h("strong", {}, "依据："), answer.basis))),
    opinion.remedy && h("p", { class: "notice" }, opinion.remedy));
}

export function writtenCard(view, { open = false, heading = "您反映的内容" } = {}) {
  return h("details", { class: "card", open },
    h("summary", {}, h("h2", {}, heading)),
    h("p", { class: "said" }, view.text),
    (view.claims || []).length > 0 && [h("h3", {}, "希望怎样解决"), h("ol", {}, view.claims.map((claim) => h("li", { class: "said" }, claim)))],
    view.place && h("p", {}, h("strong", {}, "地点："), view.place));
}

const ROAD = [["登记", ["registered"]], ["告知", ["forwarded", "assigned", "objected"]], ["办理", ["accepted"]], ["答复", ["replied"]], ["评价", ["served", "concluded", "declined", "diverted"]]];
const ENDED_EARLY = ["declined", "diverted"];

/** Five stops from registration to rating; a matter that leaves the road early shows no bar. */
export function roadBar(stage) {
  const now = ROAD.findIndex(([, stages]) => stages.includes(stage));
  if (now < 0 || ENDED_EARLY.includes(stage)) return null;
  const ended = stage === "concluded";
  return h("ol", { class: "roadbar", "aria-label": "办理阶段" }, ROAD.map(([words], index) => h("li",
    { class: index < now || ended ? "done" : index === now ? "now" : "", "aria-current": index === now && !ended ? "step" : undefined }, words)));
}
