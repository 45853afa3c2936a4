/* The page that checks files on this very device. A classic script, like proof.js: it also works from a disk. */
(function () {
  "use strict";
  const { Proof } = globalThis;
  const results = document.getElementById("results");
  const filesInput = document.getElementById("files");
  const keysInput = document.getElementById("keys");

  /** What a fault means, in words; its code stands beside it, the same as at the command line. */
  const FAULTS = {
    form: "文件格式不对，或者不是从网上信访下载的",
    empty: "这个文件里什么也没有",
    digest: "文件被改动过：内容与文件自带的校验码不符",
    count: "记录的总数不对",
    head: "最后一条记录与文件里的校验码不符",
    tree: "全部记录合起来与文件里的校验码不符",
    event: "这条记录被改动过，或者没有接在前一条之后",
    text: "文字与记录里的校验码不符",
    envelope: "不是一份签过名的文件",
    algorithm: "不认识的签名算法",
    key: "不是用您选的公钥签的",
    signature: "签名不对",
    statement: "签名的原文格式不对",
    receipt: "回执与全部记录中的那一条不是同一个",
    root: "这一夜公布的校验值没有接在前一夜之后",
    inclusion: "不是一份完整的证明",
    leaf: "证明的格式不对",
    blind: "证明不是这件事的",
    path: "与公布的校验值对不上",
    prefix: "全部记录与那一夜公布的校验值不符：以前的记录被改写过",
  };
  const HOLDS = ["good", "✓ 通过"];
  const FAILS = ["bad", "✕ 不通过"];
  const UNKNOWN = ["warn", "○ 没能核验"];
  const NO_KEY = "这个文件要用公布的公钥核对签名：请先在“公布的公钥”里选好，再核验";

  for (const input of [filesInput, keysInput]) input.addEventListener("change", () => { run().catch((error) => say([line(UNKNOWN, "", `请换一个浏览器再试（${error.name}）`)])); });

  /** Files and keys may be chosen faster than they are read: only the last choice is answered. */
  let latest = 0;

  async function run() {
    const mine = latest += 1;
    if (!Proof.canCheck) return say([line(UNKNOWN, "", "这个浏览器不能核验。请用新版浏览器，从 https 开头的网址打开这一页，或者把这一页存到电脑上再打开。")]);
    results.textContent = "正在核验…";
    const [files, published] = [await read(filesInput), await read(keysInput)];
    const lines = [];
    const keys = await keysOf(published, lines);
    const exports = new Map();
    files.sort((a, b) => Proof.isExport(b.bytes) - Proof.isExport(a.bytes));
    for (const { name, bytes } of files) lines.push(line(...await checked(name, bytes, keys, exports)));
    return mine === latest && say(lines);
  }

  const read = (input) => Promise.all(Array.from(input.files, async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));

  /** The published keys, from the files chosen as such and from nowhere else: those inside a file that is checked prove nothing. */
  async function keysOf(published, lines) {
    const found = new Map();
    for (const { name, bytes } of published) {
      try {
        const keys = await Proof.readKeys(JSON.parse(new TextDecoder().decode(bytes)));
        for (const [key, spki] of keys) found.set(key, spki);
        if (!keys.size) lines.push(line(UNKNOWN, name, "里面没有公钥"));
      } catch (error) {
        lines.push(line(UNKNOWN, name, "不是一份公钥文件"));
      }
    }
    return found;
  }

  /** How it stands, the name of the file, and the words for it. What is no Fault says nothing about the file. */
  async function checked(name, bytes, keys, exports) {
    try {
      const found = await Proof.check(bytes, keys, exports);
      if (found.export) exports.set(found.export.case, found.export);
      return [HOLDS, name, found.words, found.keys];
    } catch (error) {
      if (!(error instanceof Proof.Fault)) return [UNKNOWN, name, `请换一个浏览器再试（${error.name}）`];
      if (error.message === "key" && !keys.size) return [UNKNOWN, name, `${NO_KEY}〔key〕`];
      return [FAILS, name, `${wordsOf(error.message)}〔${error.message}〕`];
    }
  }

  function wordsOf(fault) {
    const [kind, which] = fault.split(":");
    const place = which && (kind === "root" ? `（${which}）` : `（第${which}条）`);
    return `${FAULTS[kind] || "有一处对不上"}${place || ""}`;
  }

  function line([style, verdict], name, words, keys = []) {
    const title = element("h3", name ? `${verdict}：${name}` : verdict);
    const box = element("div", "", title, element("p", words));
    box.className = `notice ${style}`;
    for (const key of keys) {
      const shown = element("span", key);
      shown.className = "hash";
      box.append(element("p", "签名公钥 ", shown, "（请与公布的对一对）"));
    }
    return box;
  }

  function element(tag, text, ...children) {
    const made = document.createElement(tag);
    if (text) made.append(text);
    made.append(...children);
    return made;
  }

  function say(lines) {
    results.textContent = "";
    results.append(...lines);
  }

  // From a disk there is no office behind the page: its ways lead nowhere, and its reading aids are modules, which no browser loads from a disk.
  if (location.protocol === "file:") {
    for (const part of document.querySelectorAll(".tools, .mainnav, .footer")) part.hidden = true;
    document.querySelector(".brandmark").removeAttribute("href");
  }
})();
