/* Photos and papers: made small before they are sent, listed, and opened one at a time. Drawing a photo anew also leaves behind where and with what it was taken. */
import { announce, busy, h, show } from "./dom.js";
import { moment } from "./dates.js";
import { idOf } from "./forms.js";

const LARGEST = 150 * 1024;
const LONGEST_SIDE = 1600;
const QUALITIES = [0.85, 0.7, 0.55, 0.4];
const PHOTO = /^image\//;

/** The chosen file goes, as base64, into a hidden field of the form: what is read and sent is that. */
export function fileField({ name, label, hint }) {
  const content = h("input", { type: "hidden", name });
  const told = h("p", { class: "hint", role: "status" });
  const chosen = h("input", { type: "file", id: idOf(name), accept: "image/jpeg,image/png,image/*,application/pdf", "aria-describedby": `${idOf(name)}-hint` });
  let turn = 0;
  chosen.addEventListener("change", async () => {
    const mine = (turn += 1);
    content.value = "";
    if (!chosen.files.length) return show(told);
    show(told, "正在处理，请稍候…");
    const words = await prepared(chosen.files[0]).then((blob) => base64Of(blob).then((text) => {
      if (mine === turn) content.value = text;
      return `已准备好，${kilobytes(blob.size)}`;
    })).catch((problem) => problem.message);
    return mine === turn && show(told, words);
  });
  return h("div", { class: "field", "data-field": name }, h("label", { for: idOf(name) }, label),
    h("p", { class: "hint", id: `${idOf(name)}-hint` }, hint), chosen, told, content);
}

/** A file that may be sent. Raises an Error in words for people. */
async function prepared(file) {
  if (PHOTO.test(file.type)) return shrunk(await drawnFrom(file));
  if (file.type !== "application/pdf") throw new Error("只能上传照片（JPG、PNG）或者PDF");
  if (file.size > LARGEST) throw new Error("这个PDF超过150KB，请拍照上传，或者送到窗口");
  return file;
}

/** By data: and not blob:, which the page's own policy does not let in. */
function drawnFrom(file) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    const image = new Image();
    const unreadable = () => fail(new Error("这张照片打不开，请换一张JPG或者PNG"));
    image.onload = () => done(image);
    image.onerror = unreadable;
    reader.onerror = unreadable;
    reader.onload = () => { image.src = reader.result; };
    reader.readAsDataURL(file);
  });
}

/** JPEG of at most 150 KB: first coarser, then smaller. */
async function shrunk(image) {
  for (let side = LONGEST_SIDE; side >= 400; side = Math.round(side * 0.7)) {
    const scale = Math.min(1, side / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = h("canvas", { width: Math.max(1, Math.round(image.naturalWidth * scale)), height: Math.max(1, Math.round(image.naturalHeight * scale)) });
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(image, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", quality); });
      if (blob && blob.size <= LARGEST) return blob;
    }
  }
  throw new Error("这张照片缩小以后仍超过150KB，请换一张");
}

function base64Of(blob) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onerror = () => fail(new Error("文件读不出来，请重新选择"));
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.readAsDataURL(blob);
  });
}

const kilobytes = (size) => `${Math.max(1, Math.round(size / 1024))}KB`;

/** ask(number) fetches one; it is shown below its line, a PDF is handed over as a download. */
export function filesCard(files, ask) {
  if (!(files || []).length) return null;
  return h("section", { class: "card", "aria-label": "照片、材料" }, h("h2", {}, "照片、材料"),
    h("ul", { class: "clocks" }, files.map((file) => fileLine(file, ask))));
}

function fileLine(file, ask) {
  const place = h("div", {});
  const button = h("button", { class: "button plain", type: "button", "aria-label": `查看${file.name}` }, "查看");
  button.addEventListener("click", async () => {
    try {
      const found = await busy(button, "正在打开…", () => ask(file.number));
      if (found) show(place, opened(found));
    } catch (problem) {
      show(place, h("p", { class: "field-error", role: "alert" }, problem.message));
    }
  });
  return h("li", {}, h("div", { class: "clock-head" }, h("strong", {}, file.name), button),
    h("div", { class: "hint" }, `${file.by_staff ? "责任单位" : "信访人"} · ${moment(file.at)} · ${kilobytes(file.size)}${file.internal ? " · 只供办理人员查看" : ""}`), place);
}

function opened({ name, kind, content }) {
  const address = `data:${kind};base64,${content}`;
  announce(`已打开${name}`);
  return PHOTO.test(kind) ? h("img", { src: address, alt: name, class: "photo" }) : h("a", { href: address, download: `${name}.pdf` }, "下载PDF");
}
