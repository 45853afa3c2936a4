/* 办理凭据: the deadline proofs of one case for printing, its signed receipts, and what can be taken away to check it.
 * What is printed is kept, so every date has its year. */
import { announce, busy, h, loading, settle, show } from "./dom.js";
import { call } from "./api.js";
import { fullDay, fullMoment, inThrees } from "./dates.js";
import { article, told as wordsOf } from "./forms.js";

const OF_RECEIPTS = { filing: "登记回执", material: "收到材料回执", notice: "告知回执" };
const TITLE = "办理凭据";
/** A browser may begin to read the file after the click has returned. */
const KEPT_MS = 60000;

/** session: gives the role whose session asks, or a promise of it; back: the address of the page it was opened from;
 *  refused: told of every problem, says true when it has led on to another view. */
export async function drawProofs(view, given) {
  const { number, session, back, refused } = given;
  show(view, loading());
  try {
    const as = await session();
    const ask = (what) => call("GET", `/cases/${number}/${what}`, { as });
    const [told, receipts] = await Promise.all([ask("deadline-proofs"), ask("receipts")]);
    drawFound(view, told, receipts, { number, as, back });
  } catch (problem) {
    if (problem.title === undefined) throw problem;
    if (refused(problem)) return;
    show(view, h("div", { class: "narrow card" }, h("h1", {}, TITLE),
      h("div", { class: "notice bad", role: "alert" }, wordsOf(problem)),
      h("div", { class: "actions" }, h("button", { class: "button", type: "button", onclick: () => drawProofs(view, given) }, "再试一次"), h("a", { class: "button plain", href: back }, "返回"))));
    settle(view, TITLE);
  }
}

function drawFound(view, told, receipts, { number, as, back }) {
  const forPetitioner = as !== "staff";
  const take = (path) => call("GET", path, { as, text: true });
  show(view,
    h("a", { class: "back no-print", href: back }, "返回"),
    h("article", { class: "proof-sheet" },
      h("h1", {}, "办结时限证明"),
      h("dl", {}, facts([["编号", inThrees(told.case_number)], ["收到日期", fullDay(told.received_on)], ["目前阶段", told.stage_label], ["出具时间", fullMoment(told.at)]])),
      told.proofs.map((proof) => proofTable(proof, forPetitioner)),
      h("p", { class: "hint" }, "本证明由这件事的记录计算得出，可以用下载的全部记录独立重算。记录的校验码：", h("span", { class: "hash" }, told.head))),
    h("section", { class: "card receipts", "aria-labelledby": "receipts-title" }, h("h2", { id: "receipts-title" }, "已签名的回执"),
      receipts.items.length ? [receipts.items.map(receiptRow), publishedKeys(receipts)] : h("p", {}, "回执在办理之后一两分钟内签好，请稍后再看。")),
    h("div", { class: "actions" }, h("button", { class: "button", type: "button", onclick: () => window.print() }, "打印")),
    h("section", { class: "card no-print downloads", "aria-labelledby": "downloads-title" }, h("h2", { id: "downloads-title" }, "下载，自己核验"),
      h("ul", {},
        saveRow("下载这件事的全部记录", `${number}-export.json`, () => take(`/cases/${number}/export`)),
        receipts.items.length > 0 && saveRow("下载回执", `${number}-receipts.json`, async () => JSON.stringify(receipts)),
        saveRow("下载已列入公布的证明", `${number}-inclusion.json`, () => take(`/cases/${number}/inclusion`)),
        saveRow("下载每夜公布的校验值和公钥", "roots.json", () => call("GET", "/roots", { text: true }))),
      h("p", {}, h("a", { class: "inline-target", href: "verify.html" }, "去核验"))));
  settle(view, TITLE);
}

const facts = (rows) => rows.filter(([, value]) => value).map(([words, value]) => h("div", {}, h("dt", {}, words), h("dd", {}, value)));

/** Some warnings go to the office alone: a petitioner is not told of them, so nothing can be said of them here. */
function proofTable(proof, forPetitioner) {
  const { start, end } = proof;
  const warned = [...proof.warnings.map(warningWords), forPetitioner && "单位内部的预警不在此列"].filter(Boolean);
  const rows = [
    ["依据", article(proof.law)],
    ["责任主体", proof.owner_name],
    ["起算", `${fullDay(proof.start_on)}，${start.label}（第${start.seq}号记录）`],
    ["怎样计算", proof.derivation],
    ["放假安排", `${proof.calendar}版${proof.provisional ? "，尚未全部公布，日期暂定" : ""}`],
    ["停止计时", proof.pauses.map(([from, to]) => `${fullDay(from)}至${to ? fullDay(to) : "今"}`).join("；")],
    ["预警", warned.join("；") || "没有发出"],
    ["到期日", fullDay(proof.due)],
    ["结束", end ? `${fullDay(end.on)}${end.event ? `，${end.event.label}（第${end.event.seq}号记录）` : ""}` : "还没有结束"],
    ["结论", h("strong", { class: LIGHTS[proof.verdict] }, proof.verdict_label, marginWords(proof))],
  ].filter(([, value]) => value);
  return h("table", { class: "proof" },
    h("caption", {}, proof.label, proof.run > 1 && `（第${proof.run}次起算）`),
    h("tbody", {}, rows.map(([words, value]) => h("tr", {}, h("th", { scope: "row" }, words), h("td", {}, value)))));
}

const LIGHTS = { late: "light red", overdue: "light red", in_time: "light green", running: "light green" };

function marginWords({ margin, verdict }) {
  if (margin === null || (verdict === "in_time" && margin === 0)) return "";
  if (verdict === "in_time") return `，提前${margin}天`;
  return margin < 0 ? `，超期${-margin}天` : `，剩余${margin}天`;
}

const warningWords = (warning) => `${fullMoment(warning.at)} ${warning.label}${warning.notices.length ? `，告知${warning.notices.map((one) => `${one.recipient_label}（${one.state_label}）`).join("、")}` : ""}`;

/** A receipt in words, and its seal as it is: what was signed can be checked on the page for that. */
function receiptRow(envelope) {
  const said = JSON.parse(envelope.statement);
  return h("div", { class: "receipt" },
    h("h3", {}, OF_RECEIPTS[said.of], `（第${said.seq}号记录）`),
    h("dl", {}, facts([
      ["时间", fullMoment(said.at)],
      ["下一个日期", said.next && `${fullDay(said.next.due)}，${said.next.label}（${article(said.next.law)}）`],
      ["告知时间", said.notice && fullMoment(said.notice.at)],
      ["校验码", h("span", { class: "hash" }, said.hash)],
    ])));
}

/** On paper it is a copy that nobody can change later: what a file is signed with can be held against it. */
const publishedKeys = ({ keys }) => keys.length > 0 && h("p", { class: "hint" }, "公布的公钥：", keys.map(({ key }, index) => [index > 0 && "、", h("span", { class: "hash" }, key)]), "。核验时显示的签名公钥应当是它。");

function saveRow(words, name, get) {
  const button = h("button", { class: "button plain", type: "button" }, words);
  const said = h("span", { class: "hint", role: "status" });
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      const text = await busy(button, "正在准备…", get);
      if (text === undefined) return;
      save(text, name);
      said.textContent = `已下载：${name}`;
      announce("已下载");
    } catch (problem) {
      said.textContent = problem.message;
    }
  });
  return h("li", {}, button, said);
}

function save(text, name) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
