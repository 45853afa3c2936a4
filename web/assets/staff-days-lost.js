/* Days that nobody could use (不可抗力), for all open matters: laid down by one of the bureau or the government, looked at, confirmed by another; and how far the system has come with it. */
import { busy, h, loading, section, settle, show } from "./dom.js";
import { call, loadMeta, newKey } from "./api.js";
import { fullDay, fullMoment } from "./dates.js";
import { areaField, choicesField, clearErrors, showErrors, showProblem, textField, valuesOf } from "./forms.js";
import { afterALook, signInAgain } from "./staff-do.js";
import { problemCard } from "./staff-problem.js";

const TITLE = "不可抗力认定";
const DECIDES = ["bureau", "leader"];
const AREAS = ["township", "village"];
const NEEDED = [["begins", "请填写从哪天起"], ["ends", "请填写到哪天止"], ["document", "请填写文件名称和文号"], ["decided_by", "请填写由谁认定"], ["reason", "请写明发生了什么"]];

export async function drawDaysLost(desk, done) {
  show(desk.view, loading());
  let items;
  let meta;
  try {
    [{ items }, meta] = await Promise.all([call("GET", "/force-majeure", { as: "staff" }), loadMeta()]);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard(TITLE, problem, () => drawDaysLost(desk)));
    return;
  }
  const decides = DECIDES.includes(desk.me.role);
  const again = h("button", { class: "button plain", type: "button" }, "刷新进度");
  again.addEventListener("click", () => busy(again, "正在刷新…", () => drawDaysLost(desk)));
  show(desk.view, h("h1", {}, TITLE), done && h("div", { class: "notice good", role: "status" }, h("p", {}, done)),
    h("p", { class: "hint" }, "灾害等原因使信访人在一段时间里不能申请复查、复核或者评价的，认定以后这些天不计入期限。单位的办理期限不变，只在旁边写明。"),
    section("登记过的认定", items.length ? [h("ul", { class: "clocks" }, items.map((one) => decisionRow(desk, one, decides))), h("div", { class: "actions" }, again)] : h("p", {}, "还没有登记过。")),
    decides && proposalForm(desk, meta));
  settle(desk.view, TITLE);
}

const span = ({ begins, ends }) => (begins === ends ? fullDay(begins) : `${fullDay(begins)}至${fullDay(ends)}`);

function decisionRow(desk, one, decides) {
  const waits = one.state === "proposed";
  const own = one.proposed_by === desk.me.user;
  const place = h("div", { role: "status" });
  const confirm = waits && decides && !own && afterALook(confirmButton(desk, one, place));
  const look = h("button", { class: "button plain", type: "button" }, "看涉及多少件");
  look.addEventListener("click", () => busy(look, "正在计算…", () => preview(one.number)).then((sum) => {
    if (!sum) return;
    show(place, h("p", {}, wordsOf(sum)));
    if (confirm) confirm.reveal();
  },
    (problem) => { if (!desk.refused(problem)) show(place, h("p", { class: "notice bad", role: "alert" }, problem.message)); }));
  return h("li", { "data-decision": String(one.number) },
    h("div", { class: "clock-head" }, h("strong", {}, span(one)), h("span", { class: `light ${waits ? "yellow" : "green"}` }, `${waits ? "◆" : "✓"} ${one.state_label}`)),
    h("p", {}, `${one.decided_by}，${one.document}`), h("p", {}, one.reason),
    h("p", { class: "hint small" }, `影响：${one.places.map(({ name }) => name).join("、")}`),
    h("p", { class: "hint small" }, `${one.proposed_by} ${fullMoment(one.proposed_at)} 登记`, one.confirmed_by && `；${one.confirmed_by} ${fullMoment(one.confirmed_at)} 确认`),
    !waits && progressOf(one),
    waits && h("div", { class: "actions" }, look, confirm && confirm.parts, own && h("span", { class: "hint" }, "登记和确认应当由两个人分别进行，请另一位工作人员或者领导确认。")),
    place);
}

function progressOf({ total, done, failed }) {
  if (total === null) return h("p", { class: "progress-words" }, done > 0 ? `已登记 ${done} 件，一共涉及多少件还没有数完` : "系统正在数涉及多少件，几分钟内开始逐件登记。");
  return [h("p", { class: "progress-words" }, `已登记 ${done} 件，共 ${total} 件`, failed > 0 && `；${failed} 件没有登记上，系统会再试，已告知系统管理员`),
    total > 0 && h("progress", { max: String(total), value: String(done), "aria-label": `已登记 ${done} 件，共 ${total} 件` })];
}

/** A page looks at a thousand matters: the pages are added up. */
async function preview(number) {
  const sum = { petitions: 0, recorded: 0, rights: 0, looked_at: 0 };
  for (let cursor = ""; cursor !== null;) {
    const page = await call("GET", `/force-majeure/${number}/preview${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ""}`, { as: "staff" });
    for (const name of Object.keys(sum)) sum[name] += page[name];
    cursor = page.next_cursor;
  }
  return sum;
}

const wordsOf = ({ petitions, recorded, rights, looked_at: many }) => `看过 ${many} 件在办的事项，涉及 ${petitions} 件${recorded ? `（其中 ${recorded} 件已登记过这段时间）` : ""}，信访人的 ${rights} 项期限会顺延。`;

function confirmButton(desk, one, place) {
  const key = newKey();
  const button = h("button", { class: "button", type: "button" }, "确认生效");
  button.addEventListener("click", async () => {
    try {
      const confirmed = await busy(button, "正在确认…", () => call("POST", `/force-majeure/${one.number}/approve`, { body: {}, key, as: "staff" }));
      if (confirmed) await drawDaysLost(desk, "认定已经生效。系统几分钟内开始逐件登记，期限顺延的告知信访人。");
    } catch (problem) {
      if (!desk.refused(problem)) show(place, h("p", { class: "notice bad", role: "alert" }, problem.message));
    }
  });
  return button;
}

function proposalForm(desk, meta) {
  let key = newKey();
  const button = h("button", { class: "button", type: "submit" }, "登记，等候确认");
  const places = meta.offices.filter(({ kind }) => AREAS.includes(kind)).map(({ id, name }) => ({ value: id, label: name }));
  const form = h("form", { novalidate: true, class: "card", "aria-label": "登记不可抗力认定" }, h("h2", {}, "登记不可抗力认定"),
    h("p", { class: "hint" }, "只登记已经作出的认定。登记以后先看涉及多少件，由信访部门或者政府的另一人确认才生效。不要写个人信息，信访人会看到。"),
    textField({ name: "begins", label: "从哪天起", type: "date" }), textField({ name: "ends", label: "到哪天止", hint: "这一天也算", type: "date" }),
    textField({ name: "document", label: "文件名称和文号" }), textField({ name: "decided_by", label: "由谁认定", hint: "作出认定的机关" }),
    areaField({ name: "reason", label: "发生了什么", hint: "不能预见、不能避免且不能克服的客观情况", class: "short" }),
    places.length > 0 && h("details", {}, h("summary", {}, "只影响一部分地方"), choicesField({ name: "places", label: "影响哪些地方（选填）", hint: "不选是整个本地区；选了的，只登记由这些地方的单位登记或者办理的事项", options: places })),
    h("div", { class: "actions" }, button));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = valuesOf(form);
    const missing = NEEDED.filter(([field]) => !typed[field]).map(([field, message]) => ({ field, message }));
    if (missing.length) return showErrors(form, missing);
    clearErrors(form);
    const body = Object.fromEntries(NEEDED.map(([field]) => [field, typed[field]]));
    body.places = Array.from(form.querySelectorAll('[name="places"]:checked'), ({ value }) => value);
    try {
      const laid = await busy(button, "正在登记，请稍候…", () => call("POST", "/force-majeure", { body, key, as: "staff" }));
      return laid && drawDaysLost(desk, `${span(laid)}的认定已登记，等候另一人确认。现在还没有动任何日期。`);
    } catch (problem) {
      if (!problem.uncertain) key = newKey();
      return problem.status === 401 ? signInAgain(form, desk) : showProblem(form, problem);
    }
  });
  return form;
}
