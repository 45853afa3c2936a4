/* Filing a petition: one question a page, check, submit once. The hash names the page, so Back and Forward work. */
import { announce, busy, fill, h, loading, settle, show } from "./dom.js";
import { call, loadMeta, newKey, session } from "./api.js";
import { codeForm, masked, phoneForm } from "./verify.js";
import { day, inThrees } from "./dates.js";
import { dropDraft, dropReceipt, isStarted, keepReceipt, loadDraft, loadReceipt, petitionOf, saveDraft } from "./draft.js";
import { clearErrors, lawOf, showErrors, showProblem, valuesOf } from "./forms.js";
import { drawGuide } from "./file-guide.js";
import { peopleRows } from "./file-people.js";
import { KINDS, QUESTIONS, questionOf } from "./file-steps.js";
import { categoriesOf, officeOf } from "./meta.js";
import { ticket } from "./ticket.js";
import { limitSentence } from "./words.js";

const view = document.getElementById("view");
const ROAD = ["phone", "code", ...QUESTIONS.map((question) => question.id), "check"];
const ROAD_WORDS = [["phone", "验证手机"], ["kind", "选种类"], ["matter", "说事情"], ["claims", "写要求"], ["where", "地点和类别"], ["you", "您的信息"], ["check", "核对提交"]];
let pendingErrors = [];

const go = (step) => { location.hash = step; };
const verified = () => session.get("petitioner");

async function draw() {
  const step = location.hash.slice(1) || "start";
  const receipt = loadReceipt();
  const draft = loadDraft();
  if (step === "done") return receipt ? drawReceipt(receipt) : go("phone");
  if (receipt && !isStarted(draft)) return drawAlreadyFiled(receipt);
  if (step === "start") return location.replace(verified() ? "#kind" : "#phone");
  if (/^guide(-\d+)?$/.test(step)) return drawGuide(view, step, { choose: (kind) => { saveDraft({ ...loadDraft(), kind }); go(verified() ? "matter" : "phone"); }, skip: () => go(verified() ? "kind" : "phone"), settled: () => settle(view, view.querySelector("h1").textContent) });
  if (step === "phone") return frame(step, phonePage(draft));
  if (step === "code") {
    const form = codeForm({ next: (phone) => { saveDraft({ ...draft, phone }); go(isComplete(draft) ? "check" : "kind"); }, change: () => go("phone") });
    return form ? frame(step, form) : go("phone");
  }
  const question = QUESTIONS.find((one) => one.id === step);
  if (question) return drawQuestion(question, draft);
  if (step === "check") return firstGap(draft) ? go(firstGap(draft).id) : frame(step, checkPage(draft, await meta()));
  return go("phone");
}

const firstGap = (draft) => QUESTIONS.find((question) => question.miss(draft).length > 0);
const isComplete = (draft) => !firstGap(draft);

async function meta() {
  try {
    const told = await loadMeta();
    return { categories: categoriesOf(told) };
  } catch (problem) {
    return { categories: [] };
  }
}

/** The question beside what is already done; on top the way back and how far it still is. */
function frame(step, ...content) {
  const road = ROAD_WORDS.findIndex(([id]) => id === (step === "code" ? "phone" : step));
  const before = ROAD[ROAD.indexOf(step) - 1];
  const bar = h("span", {});
  bar.style.width = `${((road + 1) / ROAD_WORDS.length) * 100}%`;
  const back = before && !(before === "code" && verified());
  show(view, h("div", { class: "question" },
    h("div", {},
      back && h("a", { class: "back", href: `#${before}` }, "上一步"),
      h("div", { class: "progress" }, `第 ${road + 1} 步，共 ${ROAD_WORDS.length} 步`, h("div", { class: "progress-bar", "aria-hidden": "true" }, bar)),
      h("div", { class: "card" }, content)),
    sideCard(road)));
  settle(view, view.querySelector("h1").textContent);
}

function sideCard(road) {
  return h("aside", { class: "card no-print", "aria-label": "填写进度" },
    h("ol", { class: "checklist" }, ROAD_WORDS.map(([, words], index) => h("li", { class: index < road ? "done" : index === road ? "now" : "", "aria-current": index === road ? "step" : undefined }, words))),
    h("p", { class: "hint" }, "填的内容暂存在这个页面里，刷新不会丢；关掉页面就清空，不留在这台机器上。"),
    h("button", { class: "button quiet", type: "button", onclick: startOver }, "清除已填内容"));
}

function startOver() {
  if (isStarted(loadDraft()) && !window.confirm("清除已经填的全部内容吗？清除后不能恢复。")) return;
  dropDraft();
  dropReceipt();
  session.clear("petitioner");
  if (location.hash === "#phone") draw();
  else go("phone");
}

function phonePage(draft) {
  const known = verified();
  if (!known) {
    return phoneForm({
      title: "先验证您的手机号", phone: draft.phone, next: () => go("code"),
      lead: [
        h("p", {}, "用来确认是您本人反映，也用来把编号、查询码和进展发给您。整个过程约 5 分钟。"),
        h("p", {}, h("a", { class: "inline-target", href: "#guide" }, "不确定该不该在这里反映？一步步问我")),
        h("p", { class: "hint" }, "没有手机？可以打电话、写信或到信访局窗口，由工作人员替您登记，效力一样。"),
      ],
    });
  }
  return [
    h("h1", {}, "手机号已验证"),
    h("p", {}, "本次使用 ", h("strong", { class: "digits" }, masked(known.phone)), "。"),
    h("div", { class: "actions" }, h("a", { class: "button", href: isComplete(draft) ? "#check" : "#kind" }, "继续"),
      h("button", { class: "button quiet", type: "button", onclick: () => { session.clear("petitioner"); draw(); } }, "换个手机号")),
  ];
}

async function drawQuestion(question, draft) {
  if (!verified() && !isStarted(draft)) return go("phone");
  if (question.id === "where") show(view, loading());
  const form = h("form", { novalidate: true }, h("h1", {}, question.heading), question.draw(draft, question.id === "where" ? await meta() : {}),
    h("div", { class: "actions" }, h("button", { class: "button", type: "submit" }, "继续")));
  form.addEventListener("input", () => saveDraft({ ...loadDraft(), ...question.read(valuesOf(form)) }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answered = saveDraft({ ...loadDraft(), ...question.read(valuesOf(form)) });
    const missing = question.miss(answered);
    if (missing.length) return showErrors(form, missing);
    clearErrors(form);
    return go(nextAfter(question, answered));
  });
  frame(question.id, form);
  const mine = pendingErrors.filter((error) => questionOf(error.field) === question);
  if (mine.length) showErrors(form, mine);
  return undefined;
}

/** Someone who came back from the check page to mend one answer returns there. */
function nextAfter(question, draft) {
  pendingErrors = pendingErrors.filter((error) => questionOf(error.field) !== question);
  if (sessionStorage.getItem("petition.checked") && isComplete(draft)) return "check";
  return ROAD[ROAD.indexOf(question.id) + 1];
}

function checkPage(draft, { categories }) {
  sessionStorage.setItem("petition.checked", "1");
  const known = verified();
  const category = categories.flatMap((one) => one.options || [one]).find((one) => one.value === draft.category);
  const rows = [
    ["手机号", known ? masked(known.phone) : "需要重新验证", "phone"],
    ["种类", KINDS.find((kind) => kind.value === draft.kind).label, "kind"],
    ["一句话", draft.title, "matter"],
    ["经过", draft.text, "matter"],
    ...(draft.claims.length ? draft.claims.map((claim, index) => [`第${index + 1}项要求`, claim, "claims"]) : [["要求", "没有写", "claims"]]),
    ["地点", draft.place || "没有写", "where"],
    ["类别", category ? category.label : "不确定", "where"],
    ["姓名", draft.name, "you"],
    ["住址", draft.address, "you"],
    ["身份证号", draft.identity_number ? `${draft.identity_number.slice(0, 4)}**********${draft.identity_number.slice(-4)}` : "没有写", "you"],
    ...peopleRows(draft),
  ];
  const button = h("button", { class: "button", type: "submit" }, "确认提交");
  const form = h("form", { novalidate: true },
    h("h1", {}, "请核对，然后提交"),
    h("dl", { class: "summary-list" }, rows.map(([words, value, step]) => h("div", {},
      h("dt", {}, words), h("dd", {}, value),
      h("dd", {}, h("a", { href: `#${step}` }, "修改", h("span", { class: "visually-hidden" }, words)))))),
    h("p", { class: "hint" }, "提交，即表示您对内容的真实性负责（《信访工作条例》第十九条）。"),
    h("div", { class: "actions" }, button));
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(form, button); });
  return form;
}

async function submit(form, button) {
  const draft = loadDraft();
  if (!verified()) return askToVerifyAgain();
  clearErrors(form);
  let receipt;
  try {
    receipt = await busy(button, "正在提交，请稍候…", () => call("POST", "/petitions", { body: petitionOf(draft), key: draft.key, as: "petitioner" }));
  } catch (problem) {
    return explain(form, problem, draft);
  }
  if (receipt === undefined) return undefined;
  keepReceipt({ ...receipt, title: draft.title });
  sessionStorage.removeItem("petition.checked");
  return location.replace("#done");
}

function askToVerifyAgain() {
  go("phone");
  announce("登录已过期，请重新验证手机号。您填的内容还在");
}

function explain(form, problem, draft) {
  if (problem.status === 401) return askToVerifyAgain();
  pendingErrors = (problem.errors || []).map((error) => ({ field: (error.pointer || "").replace(/^\//, ""), message: error.message })).filter((error) => questionOf(error.field));
  if (pendingErrors.length) {
    return fill(showErrors(form, pendingErrors.map((error) => ({ message: error.message, href: `#${questionOf(error.field).id}` })), problem.title), [lawOf(problem.law)]);
  }
  const summary = showProblem(form, problem);
  if (problem.code === "key_reused") {
    summary.append(h("p", {}, "您前面按过一次提交，那一份已经登记，短信里有编号。要把现在这份作为另一件事提交吗？"),
      h("button", { class: "button plain", type: "button", onclick: () => { saveDraft({ ...draft, key: newKey() }); form.requestSubmit(); } }, "作为另一件事提交"));
  }
  if (problem.uncertain) summary.append(h("p", {}, "内容已经保留。请再按一次“确认提交”；重复按不会重复登记。"));
  return summary;
}

function drawReceipt(receipt) {
  show(view, h("div", { class: "narrow" },
    ticket("已登记", receipt, { before: h("p", {}, receipt.title) }),
    h("p", { class: "notice" }, "请抄下、截屏或打印这两个号，别给外人。短信也会发给您；查进度、看答复、评价都用它们。"),
    h("div", { class: "card" },
      h("h2", {}, "接下来"),
      h("p", {}, receipt.stage_label, receipt.received_on && `。收到日期：${day(receipt.received_on)}。`),
      h("ol", { class: "promises" }, (receipt.promises || []).map((promise) => h("li", {}, h("strong", {}, `最迟 ${day(promise.due)}`), `：${limitSentence(promise)}`, promise.law && h("span", { class: "hint" }, `（${promise.law}）`)))),
      h("p", { class: "hint" }, "到期前没有消息，可以来查进度，也可以打电话问：", h("span", { "data-phone": true }, "见页面下方"), "。")),
    h("div", { class: "actions" },
      h("a", { class: "button", href: "track.html", onclick: () => sessionStorage.setItem("track.asked", JSON.stringify({ case_number: receipt.case_number, query_code: receipt.query_code })) }, "查看进度"),
      h("button", { class: "button plain", type: "button", onclick: () => window.print() }, "打印"),
      h("button", { class: "button quiet", type: "button", onclick: fileAnother }, "再反映一件"))));
  loadMeta().then((told) => { view.querySelector("[data-phone]").textContent = officeOf(told).phone; }, () => {});
  settle(view, "已登记");
}

function fileAnother() {
  dropReceipt();
  dropDraft();
  go(verified() ? "kind" : "phone");
}

/** Back after submitting: say so instead of showing an empty form. */
function drawAlreadyFiled(receipt) {
  show(view, h("div", { class: "narrow card" },
    h("h1", {}, "这件事已经提交"),
    h("p", {}, "编号 ", h("strong", { class: "digits" }, inThrees(receipt.case_number)), "，不用再提交一次。"),
    h("div", { class: "actions" }, h("a", { class: "button", href: "#done" }, "看编号和查询码"),
      h("button", { class: "button plain", type: "button", onclick: fileAnother }, "再反映一件"))));
  settle(view, "这件事已经提交");
}

window.addEventListener("hashchange", draw);
draw();
