/* What stands beside a case: the people with the petitioner, other matters, and whose every day was. */
import { announce, h, section, show } from "./dom.js";
import { call } from "./api.js";
import { inThrees, shortDay } from "./dates.js";

const called = ({ name, phone }) => [name, phone].filter(Boolean).join(" ");
const caseLink = (number) => h("a", { href: `#case/${number}` }, inThrees(number));

/** Representatives, joint signers, proxy and the rest, as rows of facts. */
export function peopleRows(people) {
  if (!people) return [];
  const { representatives, signers, joint_signers: names = [], proxy, persons } = people;
  return [
    ["信访代表", representatives.map(called).join("，")],
    ["联名人", signers > 0 && `${signers} 人${names.length ? `：${names.map(called).join("，")}` : ""}`],
    ["代理人", proxy && `${called(proxy)}${proxy.relation ? `（${proxy.relation}）` : ""}${proxy.revoked ? " · 已撤销代理" : ""}`],
    ["人数", persons > 1 && `${persons} 人${people.group_visit ? "（多人来访）" : ""}`],
    ["越级来访", people.level_skipping && "是，已照常登记"],
    ["其他人", people.open_to_join && "可以加入，一起反映"],
  ];
}

/** Whose every day was since the matter was received. */
export function bookedSection(days) {
  if (!(days || []).length) return null;
  const most = Math.max(1, ...days.map((one) => one.days));
  return section("这些天在谁手里", h("ul", { class: "booked" }, days.map((one) => {
    const bar = h("span", { class: "booked-bar", "aria-hidden": "true" });
    bar.style.width = `${(one.days / most) * 100}%`;
    return h("li", {}, h("div", { class: "clock-head" }, h("span", {}, one.org_name), h("strong", {}, `${one.days} 天`)), bar);
  })));
}

/** What a person has already said of this case and another. */
export function linksSection(found) {
  const rows = [
    found.merged_with && h("li", {}, "已并入 ", caseLink(found.merged_with)),
    ...(found.merged || []).map((number) => h("li", {}, "并入本件的 ", caseLink(number))),
    ...(found.links || []).map((link) => h("li", {}, `${link.relation_label} `, caseLink(link.case_number), h("span", { class: "hint small" }, ` ${shortDay(link.on)}`))),
    found.repeat && h("li", {}, "重复信访", found.charged_to_name && `，记在${found.charged_to_name}`),
  ].filter(Boolean);
  return rows.length > 0 && section("有关的事项", h("ul", {}, rows));
}

/** Matters that may be the same, asked for when somebody wants to know. `steps` opens the form of a link or a merger. */
export function candidatesCard(found, steps) {
  if (!steps.offers("link") && !steps.offers("merge")) return null;
  const place = h("div", {});
  const card = h("details", { class: "card", id: "candidates" }, h("summary", {}, h("h2", {}, "像不像同一件事")), place);
  card.addEventListener("toggle", () => { if (card.open && !place.firstChild) fetchInto(place, found, steps); });
  return card;
}

function fetchInto(place, found, steps) {
  show(place, h("p", { class: "loading", role: "status" }, "正在比对，请稍候…"));
  call("GET", `/cases/${found.case_number}/candidates`, { as: "staff" }).then(({ items, looked_at: many }) => {
    show(place, h("p", { class: "hint" }, `比对了 ${many} 件。只是提示，请打开看过再定。`),
      items.length ? h("ul", { class: "clocks" }, items.map((item) => candidate(item, steps))) : h("p", {}, "没有找到像的。"));
    announce(items.length ? `有 ${items.length} 件像的` : "没有找到像的");
  }, (problem) => show(place, h("p", { class: "notice bad", role: "alert" }, problem.title),
    h("button", { class: "button plain", type: "button", onclick: () => fetchInto(place, found, steps) }, "再试一次")));
}

function candidate(item, steps) {
  const who = item.reasons.map((one) => one.reason);
  const relation = who.includes("same_matter") ? "same_matter" : "same_person";
  const begin = (action, words, values) => steps.offers(action)
    && h("button", { class: "button plain", type: "button", onclick: () => steps.open(action, values) }, words, h("span", { class: "visually-hidden" }, item.title));
  return h("li", {},
    h("div", {}, h("a", { href: `#case/${item.case_number}` }, item.title)),
    h("div", { class: "hint small" }, `${inThrees(item.case_number)} · ${item.stage_label} · ${shortDay(item.received_on)}收到 · ${item.agency_name || "责任单位未定"}`),
    h("div", {}, item.reasons.map((one) => h("span", { class: "finding" }, one.reason_label))),
    item.relation ? h("p", { class: "hint small" }, "已经关联")
      : h("div", { class: "actions" }, begin("link", "关联", { other: item.case_number, relation }), begin("merge", "并案", { other: item.case_number })));
}
