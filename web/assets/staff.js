/* The desk of the staff: sign in, and one view per hash. What may be done comes from the server with every case. */
import { h, settle, show } from "./dom.js";
import { call, loadMeta, session } from "./api.js";
import { drawList } from "./staff-list.js";
import { drawCase } from "./staff-case.js";
import { drawRegister } from "./staff-register.js";
import { drawRegisterReport } from "./staff-register-report.js";
import { drawSearch } from "./staff-search.js";
import { drawLedger } from "./staff-ledger.js";
import { drawWatch } from "./staff-watch.js";
import { drawFigures } from "./staff-figures.js";
import { drawMessages } from "./staff-messages.js";
import { drawReport, drawReports } from "./staff-reports.js";
import { drawInspections } from "./staff-inspections.js";
import { drawTask } from "./staff-inspection.js";
import { drawOpening } from "./staff-inspection-open.js";
import { drawDaysOff } from "./staff-days-off.js";
import { drawDaysLost } from "./staff-days-lost.js";
import { drawLeave } from "./staff-leave.js";
import { drawFindings } from "./staff-findings.js";
import { drawAnnouncements } from "./staff-announcements.js";
import { drawProofs } from "./proofs.js";
import { signInForm } from "./staff-signin.js";

const view = document.getElementById("view");
const nav = document.getElementById("desk-nav");

const OVERSEERS = ["bureau", "joint_meeting", "leader", "supervisor"];
const HANDLES = ["window", "clerk", "unit_head", ...OVERSEERS];
const DESKS = ["window", "clerk", "unit_head", "bureau"];
const READERS = ["bureau", "clerk", "unit_head"];
const ADMINISTRATORS = ["system_admin", "security_admin", "audit_admin"];
const KEEPS_ROWS = ["system_admin", "supervisor"];
const TAKES_REPORTS = ["bureau", "discipline"];

/** Open to the posts in `for`, or to everybody who handles cases: administrators read none. `office` is the kind of the
    office whose tab it is; the view itself is open to every post; who has no such tab finds it `under` another. `one` draws what stands behind `#<id>/<number>`, `begun` what stands behind `#<id>/new`. What stands `beside` one's own name is no tab, and `tab` says whose tab it is alone. */
const VIEWS = [
  { id: "list", words: "待办", draw: drawList },
  { id: "search", words: "查找", draw: drawSearch },
  { id: "register", words: "登记", draw: drawRegister, for: DESKS, not: ["discipline"] },
  { id: "register-report", words: "登记", draw: drawRegisterReport, for: DESKS, office: ["discipline"], under: "register" },
  { id: "ledger", words: "上级交办", draw: drawLedger, for: OVERSEERS },
  { id: "inspections", words: "督查检查", draw: drawInspections, one: drawTask, begun: drawOpening, not: ["discipline"] },
  { id: "watch", words: "哪里晚了", draw: drawWatch, for: OVERSEERS },
  { id: "figures", words: "统计", draw: drawFigures, for: [...OVERSEERS, "unit_head"] },
  { id: "messages", words: "消息", draw: drawMessages },
  { id: "reports", words: "检举控告", draw: drawReports, one: drawReport, for: READERS, office: TAKES_REPORTS },
  { id: "announcements", words: "群发通知", draw: drawAnnouncements, for: ["bureau", "leader", "window"] },
  { id: "days-off", words: "工作日历", draw: drawDaysOff, for: ADMINISTRATORS },
  { id: "days-lost", words: "不可抗力", draw: drawDaysLost, for: ["bureau", "leader", "system_admin"], tab: ["system_admin"], under: "watch" },
  { id: "leave", words: "请假", draw: drawLeave, for: [...HANDLES, "system_admin"], beside: true },
  { id: "findings", words: "核对清单", draw: drawFindings, for: KEEPS_ROWS },
];
const isFor = (one, me) => (one.for ? one.for.includes(me.role) : !ADMINISTRATORS.includes(me.role));
const isTab = (one, me) => !one.beside && (!one.tab || one.tab.includes(me.role)) && isFor(one, me) && (!one.office || one.office.includes(kind)) && !(one.not || []).includes(kind);

/** What sort of office this person works for, once the dictionary has told it. */
let kind = "";
/** The view from which a case was opened: the way back leads there. */
let last = VIEWS[0];

/** `#case/<number>?step=…` opens the form of that step with what follows already filled in. */
function place() {
  const [path, query = ""] = location.hash.slice(1).split("?");
  const [id, number = ""] = path.split("/");
  const { step, ...values } = Object.fromEntries(new URLSearchParams(query));
  return { id, number, begin: step ? { action: step, values } : undefined };
}

/** Every view gets the page and a way to say that the session has ended. */
function draw() {
  const me = session.get("staff");
  drawNav(me);
  if (!me) return drawSignIn();
  const { id, number, begin } = place();
  const desk = { view, me, refused, back: last };
  if (id === "case" && /^\d{12}$/.test(number)) return drawCase(desk, number, begin);
  if (id === "proofs" && /^\d{12}$/.test(number)) return drawProofs(view, { number, session: () => "staff", back: `#case/${number}`, refused });
  const known = VIEWS.find((one) => one.id === id && isFor(one, me));
  if (!known) return location.replace(`#${VIEWS.find((one) => isFor(one, me)).id}`);
  const isOne = Boolean(known.one) && /^\d{12}$/.test(number);
  last = isOne ? { ...known, place: `${id}/${number}` } : known;
  if (isOne) return known.one(desk, number);
  return number === "new" && known.begun ? known.begun(desk) : known.draw(desk);
}

/** A dead session leads to the sign-in form and back to the same view; everything else is for the view to tell. */
function refused(problem) {
  if (problem.status !== 401) return false;
  draw();
  return true;
}

function drawNav(me) {
  nav.hidden = !me;
  if (!me) return;
  const { id } = place();
  const at = VIEWS.find((one) => one.id === (["case", "proofs"].includes(id) ? last.id : id)) || {};
  const now = at.under && !isTab(at, me) ? at.under : at.id;
  show(nav, h("ul", { class: "wrap" },
    VIEWS.filter((one) => isTab(one, me)).map(({ id: each, words }) => h("li", {}, h("a", { href: `#${each}`, "aria-current": each === now ? "page" : undefined }, words))),
    h("li", { class: "who" }, h("span", {}, [me.org_name || me.org, me.name].filter(Boolean).join(" · ")),
      VIEWS.filter((one) => one.beside && isFor(one, me)).map(({ id: each, words }) => h("a", { href: `#${each}`, "aria-current": each === now ? "page" : undefined }, words)), h("button", { type: "button", onclick: signOut }, "退出"))));
  if (!kind) learnKind(me);
}

function learnKind(me) {
  loadMeta().then(({ offices }) => {
    kind = (offices.find((office) => office.id === me.org) || { kind: "unknown" }).kind;
    drawNav(session.get("staff"));
  }, () => { /* the tabs that need it come with the next view */ });
}

async function signOut() {
  await call("DELETE", "/sessions/current", { as: "staff" }).catch(() => { /* it ends here in any case, and on the server by itself */ });
  session.clear("staff");
  kind = "";
  last = VIEWS[0];
  draw();
}

function drawSignIn() {
  show(view, signInForm({ title: h("h1", {}, "工作人员登录"), next: () => { kind = ""; draw(); } }));
  settle(view, "工作人员登录");
}

window.addEventListener("hashchange", draw);
draw();
