/* One box of the petitioner: no bulk notices to his telephone. What concerns his own matter comes as before. */
import { announce, h, loading, show } from "./dom.js";
import { call } from "./api.js";
import { boxField } from "./forms.js";

const KEPT = { true: "已记下：不再给您发群发短信。", false: "已记下：有群发短信时也发给您。" };

/** Folded, because it is seldom wanted; `sessionFor` gives whose session it is, which may have to be begun first. */
export function refusalCard(sessionFor) {
  const place = h("div", {});
  const card = h("details", { class: "card" }, h("summary", {}, h("h2", {}, "短信设置")), place);
  card.addEventListener("toggle", () => { if (card.open && !place.firstChild) draw(place, sessionFor); });
  return card;
}

const failed = (problem) => h("p", { class: "notice bad", role: "alert" }, problem.title || problem.message);

async function draw(place, sessionFor) {
  show(place, loading());
  try {
    const as = await sessionFor();
    const { refuses, has_phone: hasPhone } = await call("GET", "/my/refusal", { as });
    show(place, hasPhone ? boxOf(as, refuses) : h("p", {}, "这件事没有登记手机号码，收不到短信。"));
  } catch (problem) {
    show(place, failed(problem), h("button", { class: "button plain", type: "button", onclick: () => draw(place, sessionFor) }, "再试一次"));
  }
}

function boxOf(as, refuses) {
  const field = boxField({ name: "refuses", label: "不再接收群发短信", hint: "与我的信访件有关的通知照常发送", value: refuses });
  const box = field.querySelector("input");
  const said = h("div", {});
  box.addEventListener("change", async () => {
    const wanted = box.checked;
    box.disabled = true;
    try {
      await call("POST", "/my/refusal", { body: { refuses: wanted }, as });
      show(said, h("p", { class: "hint" }, KEPT[wanted]));
      announce(KEPT[wanted]);
    } catch (problem) {
      box.checked = !wanted;
      show(said, failed(problem));
    }
    box.disabled = false;
    box.focus();
  });
  return [field, said];
}
