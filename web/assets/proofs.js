/* 办理凭据: the deadline proofs of one case for printing, its signed receipts, and what can be taken away to check it. */
import { busy, h, loading, settle, show } from "./dom.js";
import { call, fetchText } from "./api.js";
import { inThrees, moment } from "./dates.js";
import { OF } from "./proofs-of.js";

const view = document.getElementById("view");
const OF_RECEIPTS = { filing: "登记回执", material: "收到材料回执", notice: "告知回执" };

/** On a paper that is kept a date has its year. */
const day = (iso) => iso.slice(0, 10).replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");

async function draw() {
  const { number, as, back } = JSON.parse(sessionStorage.getItem(OF) || "{}");
  if (!number) return show(view, h("div", { class: "narrow card" }, h("h1", {}, "办理凭据"), h("p", {}, "请先", h("a", { href: "track.html" }, "查到这件事"), "，再从那里打开。")));
  show(view, loading());
  try {
    const ask = (what) => call("GET", `/cases/${number}/${what}`, { as });
    const [told, receipts] = await Promise.all([ask("deadline-proofs"), ask("receipts")]);
    drawFound(told, receipts, { number, as, back });
  } catch (problem) {
    show(view, h("div", { class: "narrow card" }, h("h1", {}, "办理凭据"), h("p", { class: "notice warn", role: "alert" }, problem.message), h("div", { class: "actions" }, h("a", { class: "button", href: back }, "返回"))));
    settle(view, "办理凭据");
  }
  return undefined;
}

function drawFound(told, receipts, { number, as, back }) {
  show(view,
    h("a", { class: "back no-print", href: back }, "返回"),
    h("article", { class: "sheet" },
      h("h1", {}, "办结时限证明"),
      h("dl", { class: "facts" }, facts([["编号", inThrees(told.case_number)], ["收到日期", day(told.received_on)], ["目前阶段", told.stage_label], ["出具时间", moment(told.at)]])),
      told.proofs.map(proofTable),
      h("p", { class: "hint" }, "本证明由事件记录计算得出，可以用案件导出独立重算。记录末尾："),
      h("p", { class: "hash" }, told.head)),
    h("section", { class: "card receipts", "aria-labelledby": "receipts-title" }, h("h2", { id: "receipts-title" }, "已签名的回执"),
      receipts.items.length ? receipts.items.map(receiptRow) : h("p", {}, "回执在办理之后一两分钟内签好，请稍后再看。")),
    h("div", { class: "actions" },
      h("button", { class: "button", type: "button", onclick: () => window.print() }, "打印"),
      saveButton("下载案件导出", `${number}-export.json`, () => fetchText(`/cases/${number}/export`, { as })),
      receipts.items.length > 0 && saveButton("下载回执", `${number}-receipts.json`, async () => JSON.stringify(receipts)),
      saveButton("下载在根中的证明", `${number}-inclusion.json`, () => fetchText(`/cases/${number}/inclusion`, { as })),
      saveButton("下载公布的根和公钥", "roots.json", () => fetchText("/roots", {})),
      h("a", { class: "button quiet", href: "verify.html" }, "怎样核验")));
  settle(view, "办理凭据");
}

const facts = (rows) => rows.filter(([, value]) => value).map(([words, value]) => h("div", {}, h("dt", {}, words), h("dd", {}, value)));

function proofTable(proof) {
  const { start, end } = proof;
  const rows = [
    ["依据", proof.law],
    ["责任主体", proof.owner_name],
    ["起算", `${day(proof.start_on)}，${start.label}（第${start.seq}号记录）`],
    ["怎样计算", proof.derivation],
    ["放假安排", `${proof.calendar}版${proof.provisional ? "，尚未全部公布，日期暂定" : ""}`],
    ["停止计时", proof.pauses.map(([from, to]) => `${day(from)}至${to ? day(to) : "今"}`).join("；")],
    ["预警", proof.warnings.map(warningWords).join("；") || "没有发出"],
    ["到期日", day(proof.due)],
    ["结束", end ? `${day(end.on)}${end.event ? `，${end.event.label}（第${end.event.seq}号记录）` : ""}` : "还没有结束"],
    ["结论", h("strong", { class: `verdict ${proof.verdict}` }, proof.verdict_label, marginWords(proof))],
  ].filter(([, value]) => value);
  return h("table", { class: "proof" },
    h("caption", {}, proof.label, proof.run > 1 && `（第${proof.run}次起算）`),
    h("tbody", {}, rows.map(([words, value]) => h("tr", {}, h("th", { scope: "row" }, words), h("td", {}, value)))));
}

function marginWords({ margin, verdict }) {
  if (margin === null || (verdict === "in_time" && margin === 0)) return "";
  if (verdict === "in_time") return `，提前${margin}天`;
  return margin < 0 ? `，超期${-margin}天` : `，剩余${margin}天`;
}

const warningWords = (warning) => `${moment(warning.at)}${warning.label}${warning.notices.length ? `，告知${warning.notices.map((one) => `${one.recipient_label}（${one.state_label}）`).join("、")}` : ""}`;

/** A receipt in words, and its seal as it is: what was signed can be checked on the page for that. */
function receiptRow(envelope) {
  const said = JSON.parse(envelope.statement);
  return h("div", { class: "receipt" },
    h("h3", {}, OF_RECEIPTS[said.of], `（第${said.seq}号记录）`),
    h("dl", { class: "facts" }, facts([
      ["时间", moment(said.at)],
      ["下一个日期", said.next && `${day(said.next.due)}，${said.next.label}（${said.next.law}）`],
      ["告知时间", said.notice && moment(said.notice.at)],
    ])),
    h("p", { class: "hash" }, `摘要 ${said.hash}`));
}

function saveButton(words, name, get) {
  const button = h("button", { class: "button plain", type: "button" }, words);
  const said = h("span", { class: "hint", role: "status" });
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      const text = await busy(button, "正在准备…", get);
      if (text === undefined) return;
      const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: name });
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (problem) {
      said.textContent = problem.message;
    }
  });
  return [button, said];
}

draw();
