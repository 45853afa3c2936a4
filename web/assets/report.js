/* Reporting misconduct (第三十条): one page, nothing kept on this machine, no name needed. The server seals it and shows only its stage afterwards. */
import { busy, h, settle, show } from "./dom.js";
import { call, loadMeta, newKey, session } from "./api.js";
import { day, digits } from "./dates.js";
import { areaField, clearErrors, radioField, showErrors, showProblem, textField, valuesOf } from "./forms.js";
import { PEOPLE_HINT, accusationOf, accusedOffices, missingIn } from "./report-form.js";
import { ticket } from "./ticket.js";
import { masked } from "./verify.js";

const view = document.getElementById("view");
let key = newKey();
const known = () => session.get("petitioner");

const secrecy = () => h("details", { open: true, class: "card" }, h("summary", {}, h("h2", {}, "先看一看：谁看得到，谁看不到")),
  h("ul", {},
    h("li", {}, h("strong", {}, "看得到的："), "有权接收的机关的经办人员。先由信访局专人登记，再移送有管理权限的机关；检举的就是信访局或者它的人员，直接到纪检监察机关。他们看得到全部内容，实名的也看得到您的姓名和电话。"),
    h("li", {}, h("strong", {}, "看不到的："), "被检举的人和单位、办别的信访事项的单位，都看不到，也查不到有这件事。内容单独加密保管；谁在什么时候打开过，都有记录。"),
    h("li", {}, h("strong", {}, "匿名的："), "这里不记您的姓名和电话。但内容里如果写了只有您知道的细节，别人可能猜到是您；在单位的电脑、网络上填写，管网络的人也可能看到您打开过这个网站。"),
    h("li", {}, h("strong", {}, "以后："), "凭编号和查询码，只能查到办到哪个阶段和收到的日期。匿名的，不会有人联系您。")),
  h("p", { class: "hint" }, "请实事求是。不得捏造、歪曲事实，不得诬告陷害（《信访工作条例》第十九条）。"),
  h("p", {}, "不想在网上写的，可以打纪检监察机关的举报电话 ", h("a", { href: "tel:12388", class: "digits inline-target" }, "12388"), "。"));

function draw(meta) {
  const button = h("button", { class: "button", type: "submit" }, "提交检举控告");
  const named = h("div", { class: "people", hidden: true },
    textField({ name: "name", label: "您的姓名", autocomplete: "name" }),
    known() ? h("p", { class: "notice" }, `会附上您验证过的手机号 ${masked(known().phone)}。`)
      : textField({ name: "phone", label: "您的电话（选填）", hint: "需要向您核实时用", class: "width-11", inputmode: "tel", autocomplete: "tel-national" }),
    textField({ name: "address", label: "您的住址（选填）", autocomplete: "street-address" }));
  const form = h("form", { novalidate: true, class: "card", id: "report" },
    textField({ name: "title", label: "用一句话说明检举什么", max: 60, autocomplete: "off" }),
    areaField({ name: "people", label: "检举谁", hint: PEOPLE_HINT, class: "short" }),
    meta && accusedOffices(meta),
    areaField({ name: "text", label: "事情的经过", hint: "时间、地点、什么人、做了什么，有什么证据", max: 10000 }),
    radioField({ name: "who", label: "要不要写您的姓名？", value: "anonymous", options: [
      { value: "anonymous", label: "不写，匿名检举", hint: "不记姓名和电话，也没有人会联系您" },
      { value: "named", label: "写，实名检举", hint: "按规定告知您受理和处理情况" }] }),
    named,
    h("p", { class: "hint" }, "填的内容不存在这台机器上，刷新或关掉页面就没有了。"),
    h("div", { class: "actions" }, button));
  const isNamed = () => valuesOf(form).who === "named";
  form.addEventListener("change", () => { named.hidden = !isNamed(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(form, button, isNamed()); });
  show(view, h("div", { class: "narrow" }, h("h1", {}, "检举控告"),
    h("p", {}, "检举、控告党员、干部和机关、单位工作人员的违纪违法、失职渎职，请在这里写。求解决问题的，请到", h("a", { href: "file.html" }, "我要反映"), "。"),
    secrecy(), form));
  settle(view, "检举控告");
}

/** A report without a name goes without the session too: nothing ties it to a telephone. */
function reportOf(form, isNamed) {
  const body = accusationOf(form);
  if (!isNamed) return body;
  const values = valuesOf(form);
  const phone = digits(values.phone);
  return { ...body, name: values.name, ...(phone ? { phone } : {}), ...(values.address ? { address: values.address } : {}) };
}

async function submit(form, button, isNamed) {
  const body = reportOf(form, isNamed);
  const missing = missingIn(body, "请写一写事情的经过");
  if (isNamed && !body.name) missing.push({ field: "name", message: "实名检举的，请填写姓名；不想写的，请选匿名" });
  if (missing.length) return showErrors(form, missing);
  clearErrors(form);
  try {
    const receipt = await busy(button, "正在提交，请稍候…", () => call("POST", "/reports", { body, key, as: isNamed && known() ? "petitioner" : undefined }));
    return receipt && drawReceipt(receipt);
  } catch (problem) {
    if (problem.code === "key_reused") key = newKey();
    return showProblem(form, problem);
  }
}

function drawReceipt(receipt) {
  show(view, h("div", { class: "narrow" },
    ticket("已收到您的检举控告", receipt),
    h("p", { class: "notice warn" }, h("strong", {}, "请现在就抄下这两个号，别给任何人。"), "这一页只显示一次，也不会发短信；丢了，谁也补不回来。"),
    h("div", { class: "card" }, h("h2", {}, "接下来"), h("p", {}, `${receipt.stage_label}。收到日期：${day(receipt.received_on)}。`),
      h("p", {}, "有管理权限的机关会依规依纪处理。想知道办到哪个阶段，到“查询进度”填编号和查询码；那里不显示内容。")),
    h("div", { class: "actions" }, h("a", { class: "button", href: "track.html" }, "去查询进度"), h("a", { class: "button plain", href: "index.html" }, "回首页"))));
  settle(view, "已收到");
}

loadMeta().then(draw, () => draw(null));
