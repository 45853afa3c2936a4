/* The page that checks files on this very device. A classic script, like proof.js: it also works from a disk. */
(function () {
  "use strict";
  const { Proof } = globalThis;
  const input = document.getElementById("files");
  const results = document.getElementById("results");

  /** What a fault means, in words; its code stands beside it, the same as at the command line. */
  const FAULTS = {
    form: "文件格式不对，或者不是从网上信访下载的",
    digest: "文件被改动过：内容与文件自带的摘要不符",
    count: "事件的总数不对",
    head: "最后一个事件与案件的末尾不符",
    tree: "事件与摘要树的根不符",
    event: "这个事件被改动过，或者没有接在前一个之后",
    text: "文字与事件里的摘要不符",
    envelope: "不是一份签过名的文件",
    algorithm: "不认识的签名算法",
    key: "没有签名所用的公钥：请把公布的公钥（根的文件）一起选上",
    signature: "签名不对",
    statement: "签名的原文格式不对",
    receipt: "回执与案件导出中的事件不是同一个",
    root: "这一夜的根没有接在前一夜之后",
    inclusion: "不是一份完整的证明",
    leaf: "证明中的叶子格式不对",
    blind: "证明不是这件事的",
    path: "走不到公布的根",
    prefix: "案件导出与那一夜公布的内容不符：以前的记录被改写过",
  };

  input.addEventListener("change", async () => {
    results.textContent = "正在核验…";
    const files = await Promise.all(Array.from(input.files, async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
    const keys = await keysOf(files);
    files.sort((a, b) => Proof.isExport(b.bytes) - Proof.isExport(a.bytes));
    const lines = [];
    let told;
    for (const { name, bytes } of files) {
      const [holds, words, found] = await checked(bytes, keys, told);
      told = found || told;
      lines.push(line(name, holds, words));
    }
    results.textContent = "";
    results.append(...lines);
  });

  async function checked(bytes, keys, told) {
    try {
      const found = await Proof.check(bytes, keys, told);
      return [true, found.words, found.export];
    } catch (error) {
      if (!(error instanceof Proof.Fault)) return [false, `读不懂这个文件（${error.name}）`];
      const [kind, number] = error.message.split(":");
      const what = FAULTS[kind] || "不通过";
      return [false, `${what}${number ? `（第${number}号）` : ""}〔${error.message}〕`];
    }
  }

  /** The keys that were published: those in a file of roots, receipts or keys among the chosen ones. */
  async function keysOf(files) {
    const found = new Map();
    for (const { bytes } of files) {
      if (Proof.isExport(bytes)) continue;
      try {
        for (const [name, spki] of await Proof.readKeys(JSON.parse(new TextDecoder().decode(bytes)))) found.set(name, spki);
      } catch (error) { /* it says so itself when it is checked */ }
    }
    return found;
  }

  function line(name, holds, words) {
    const element = document.createElement("div");
    element.className = holds ? "notice good" : "notice warn";
    const title = document.createElement("h3");
    title.textContent = `${holds ? "✓ 通过" : "✕ 不通过"}：${name}`;
    const said = document.createElement("p");
    said.textContent = words;
    element.append(title, said);
    return element;
  }
})();
