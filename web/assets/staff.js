/* The desk of the staff: sign in, and one view per hash. What may be done comes from the server with every case. */
import { h, settle, show } from "./dom.js";
import { call, session } from "./api.js";
import { drawList } from "./staff-list.js";
import { drawCase } from "./staff-case.js";
import { drawRegister } from "./staff-register.js";
import { drawFigures } from "./staff-figures.js";
import { drawMessages } from "./staff-messages.js";
import { signInForm } from "./staff-signin.js";

const view = document.getElementById("view");
const nav = document.getElementById("desk-nav");

const VIEWS = [
  { id: "list", words: "待办", draw: drawList },
  { id: "register", words: "登记", draw: drawRegister },
  { id: "messages", words: "消息", draw: drawMessages },
  { id: "figures", words: "数字", draw: drawFigures, for: ["bureau", "joint_meeting", "leader", "supervisor", "unit_head"] },
];
const isFor = (one, me) => !one.for || one.for.includes(me.role);

/** Every view gets the page and a way to say that the session has ended. */
function draw() {
  const me = session.get("staff");
  drawNav(me);
  if (!me) return drawSignIn();
  const [id, number] = location.hash.slice(1).split("/");
  const desk = { view, me, refused };
  if (id === "case" && /^\d{12}$/.test(number)) return drawCase(desk, number);
  const known = VIEWS.find((one) => one.id === id && isFor(one, me));
  if (!known) return location.replace("#list");
  return known.draw(desk);
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
  const now = location.hash.slice(1).split("/")[0];
  show(nav, h("ul", { class: "wrap" },
    VIEWS.filter((one) => isFor(one, me)).map(({ id, words }) => h("li", {}, h("a", { href: `#${id}`, "aria-current": id === now || (id === "list" && now === "case") ? "page" : undefined }, words))),
    h("li", { class: "who" }, h("span", {}, `${me.org_name || me.org} · ${me.name}`), h("button", { type: "button", onclick: signOut }, "退出"))));
}

async function signOut() {
  await call("DELETE", "/sessions/current", { as: "staff" }).catch(() => { /* it ends here in any case, and on the server by itself */ });
  session.clear("staff");
  draw();
}

function drawSignIn() {
  show(view, signInForm({ title: h("h1", {}, "工作人员登录"), next: draw }));
  settle(view, "工作人员登录");
}

window.addEventListener("hashchange", draw);
draw();
