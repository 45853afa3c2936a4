/* Checks what the office gave out: exports of cases, receipts, roots, proofs of inclusion. WebCrypto, no network.
 * It shares no line with `infra/verify`, which checks the same at the command line: both name the same first fault, by
 * the same code. A classic script, so that the page also works when it is opened from a disk; Node runs this very file. */
(function (world) {
  "use strict";
  /** Missing in old browsers, and in all of them on a page that came over plain http: then nothing can be checked. */
  const { subtle } = world.crypto || {};
  const BEGINS = ascii('{"digest":"');
  const FOLLOWS = ascii('","export":');
  const HEX = /^[0-9a-f]{64}$/;
  const DEEPEST = 40;
  const SPKI = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";
  const ASCII = /^[\u0000-\u007f]*$/;

  class Fault extends Error {}

  function need(holds, code) {
    if (!holds) throw new Fault(code);
  }

  // --- bytes and hashes ---

  function ascii(text) {
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  }

  const utf8 = (text) => new TextEncoder().encode(text);
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const sha256 = async (bytes) => new Uint8Array(await subtle.digest("SHA-256", bytes));
  const isHash = (value) => typeof value === "string" && HEX.test(value);
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const has = (value, name) => Object.prototype.hasOwnProperty.call(value, name);
  const own = (value, name) => (has(value, name) ? value[name] : undefined);

  function joined(...parts) {
    const found = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) { found.set(part, at); at += part.length; }
    return found;
  }

  const leafHash = (body) => sha256(joined([0], body));
  const nodeHash = (left, right) => sha256(joined([1], left, right));

  /** RFC 6962, 2.1, as it is defined there: cut at the largest power of two below the number of leaves. */
  async function treeHash(leaves) {
    if (leaves.length === 0) return sha256(new Uint8Array(0));
    if (leaves.length === 1) return leaves[0];
    let cut = 1;
    while (cut * 2 < leaves.length) cut *= 2;
    return nodeHash(await treeHash(leaves.slice(0, cut)), await treeHash(leaves.slice(cut)));
  }

  /** The root that a path of inclusion leads to, by the same cut, from the top down to the leaf and back. */
  async function rootOfPath(index, size, leaf, path) {
    need(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size, "path");
    if (size === 1) {
      need(path.length === 0, "path");
      return leaf;
    }
    need(path.length > 0, "path");
    let cut = 1;
    while (cut * 2 < size) cut *= 2;
    const sibling = path[path.length - 1];
    const rest = path.slice(0, -1);
    if (index < cut) return nodeHash(await rootOfPath(index, cut, leaf, rest), sibling);
    return nodeHash(sibling, await rootOfPath(index - cut, size - cut, leaf, rest));
  }

  /** JSON in the one form: sorted keys, no spaces, UTF-8, whole numbers. Another form is a fault. */
  function readCanonical(bytes, code) {
    let text, value, same;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      value = JSON.parse(text);
      same = coded(value, 0) === text;
    } catch (error) {
      throw new Fault(code);
    }
    need(same, code);
    return value;
  }

  function coded(value, depth) {
    if (depth > DEEPEST) throw new Fault("deep");
    if (typeof value === "string") {
      encodeURIComponent(value); // throws for half a surrogate pair, which UTF-8 cannot hold
      return JSON.stringify(value);
    }
    if (typeof value === "number") {
      if (!Number.isSafeInteger(value)) throw new Fault("number");
      return JSON.stringify(value);
    }
    if (value === null || typeof value === "boolean") return String(value);
    if (Array.isArray(value)) return `[${value.map((each) => coded(each, depth + 1)).join(",")}]`;
    const names = Object.keys(value).sort();
    if (!names.every((name) => ASCII.test(name))) throw new Fault("name");
    return `{${names.map((name) => `${JSON.stringify(name)}:${coded(value[name], depth + 1)}`).join(",")}}`;
  }

  // --- an export ---

  const startsWith = (bytes, part, at = 0) => part.every((byte, i) => bytes[at + i] === byte);

  const isExport = (bytes) => startsWith(bytes, BEGINS);

  async function checkExport(bytes) {
    const a = BEGINS.length;
    const b = a + 64;
    need(isExport(bytes) && startsWith(bytes, FOLLOWS, b) && bytes[bytes.length - 1] === 0x7d, "form");
    const inner = bytes.subarray(b + FOLLOWS.length, bytes.length - 1);
    need(startsWith(bytes, ascii(hex(await sha256(inner))), a), "digest");
    const found = readCanonical(inner, "form");
    await checkChain(found);
    return found;
  }

  /** Events, head, tree and texts, whatever the file's own digest says. */
  async function checkChain(found) {
    need(isObject(found) && Array.isArray(own(found, "events")), "form");
    const hashes = [];
    const events = [];
    for (const [place, entry] of found.events.entries()) events.push(await event(found, place + 1, entry, hashes));
    need(own(found, "count") === hashes.length && hashes.length > 0, "count");
    need(own(found, "head") === hex(hashes[hashes.length - 1]), "head");
    need(own(found, "tree") === hex(await treeHash(hashes)), "tree");
    need(Array.isArray(own(found, "texts")), "form");
    for (const each of found.texts) {
      const seq = isObject(each) ? own(each, "seq") : undefined;
      need(Number.isInteger(seq) && seq >= 1 && seq <= events.length, "text");
      const told = events[seq - 1];
      const said = own(each, "text");
      need(told !== null && typeof said === "string" && own(told, "text") === hex(await sha256(utf8(said))), `text:${seq}`);
    }
  }

  async function event(found, seq, entry, hashes) {
    const code = `event:${seq}`;
    need(isObject(entry) && Object.keys(entry).length === 1, code);
    if (isHash(own(entry, "hash"))) {
      hashes.push(unhex(entry.hash));
      return null;
    }
    need(typeof own(entry, "body") === "string", code);
    const body = utf8(entry.body);
    const told = readCanonical(body, code);
    const prev = hashes.length ? hex(hashes[hashes.length - 1]) : "";
    need(isObject(told) && own(told, "case") === own(found, "case") && own(told, "seq") === seq, code);
    need(own(told, "prev") === prev, code);
    hashes.push(await leafHash(body));
    return told;
  }

  // --- signatures ---

  function unbase64(text, code) {
    need(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text), code);
    return ascii(world.atob(text));
  }

  async function isSigned(spki, body, signature) {
    if (!hex(spki).startsWith(SPKI) || signature.length !== 64) return false;
    try {
      const key = await subtle.importKey("spki", spki, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
      return await subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, body);
    } catch (error) {
      return false; // no point of the curve
    }
  }

  /** The published keys of a file: each under the name that its own bytes give it. */
  async function readKeys(value) {
    const found = new Map();
    const given = (isObject(value) && own(value, "keys")) || [];
    need(Array.isArray(given) && given.every((each) => isObject(each) && typeof own(each, "spki") === "string"), "keys");
    for (const { spki } of given) {
      const bytes = unbase64(spki, "key");
      found.set(hex(await sha256(bytes)).slice(0, 32), bytes);
    }
    return found;
  }

  async function checkEnvelope(envelope, keys) {
    need(isObject(envelope) && ["alg", "key", "signature", "statement"].every((name) => typeof own(envelope, name) === "string"), "envelope");
    need(envelope.alg === "ES256", "algorithm");
    need(keys.has(envelope.key), "key");
    const body = utf8(envelope.statement);
    need(await isSigned(keys.get(envelope.key), body, unbase64(envelope.signature, "signature")), "signature");
    return readCanonical(body, "statement");
  }

  // --- receipts, roots, inclusion ---

  const hashOf = async (entry) => (has(entry, "hash") ? entry.hash : hex(await leafHash(utf8(entry.body))));

  async function checkReceipt(statement, found) {
    need(own(statement, "kind") === "receipt", "receipt");
    if (!found || found.case !== own(statement, "case")) return;
    const seq = own(statement, "seq");
    need(Number.isInteger(seq) && seq >= 1 && seq <= found.events.length, `receipt:${seq}`);
    need((await hashOf(found.events[seq - 1])) === own(statement, "hash"), `receipt:${seq}`);
  }

  async function checkRoots(envelopes, keys) {
    need(Array.isArray(envelopes) && envelopes.length > 0, "empty");
    const roots = [];
    for (const envelope of envelopes) roots.push(await checkEnvelope(envelope, keys));
    for (let i = 0; i + 1 < roots.length; i += 1) {
      const [newer, older] = [roots[i], roots[i + 1]];
      const before = hex(await sha256(utf8(envelopes[i + 1].statement)));
      need(own(newer, "previous") === before, `root:${own(newer, "on")}`);
      need(own(newer, "no") === own(older, "no") + 1 && own(newer, "size") >= own(older, "size"), `root:${own(newer, "on")}`);
    }
    return roots;
  }

  async function checkInclusion(proof, keys, found) {
    need(isObject(proof) && ["case", "salt", "leaf"].every((name) => typeof own(proof, name) === "string"), "inclusion");
    const root = await checkEnvelope(own(proof, "root"), keys);
    const body = utf8(proof.leaf);
    const leaf = readCanonical(body, "leaf");
    need(/^([0-9a-f]{2})+$/.test(proof.salt) && isObject(leaf), "leaf");
    need(own(leaf, "blind") === hex(await sha256(joined(unhex(proof.salt), utf8(proof.case)))), "blind");
    const { path, index } = proof;
    need(Array.isArray(path) && path.every(isHash) && Number.isInteger(index) && Number.isInteger(own(root, "size")), "path");
    const reached = await rootOfPath(index, root.size, await leafHash(body), path.map(unhex));
    need(hex(reached) === own(root, "root"), "path");
    if (found && found.case === proof.case) await beginsWith(found, leaf);
    return root;
  }

  async function beginsWith(found, leaf) {
    const count = own(leaf, "count");
    need(Number.isInteger(count) && count >= 1 && count <= found.events.length, "prefix");
    const hashes = [];
    for (const entry of found.events.slice(0, count)) hashes.push(unhex(await hashOf(entry)));
    need(hex(hashes[count - 1]) === own(leaf, "head") && hex(await treeHash(hashes)) === own(leaf, "tree"), "prefix");
  }

  /** Check one file, whatever it is. `exports` are those that held already, by the number of their case. What it was,
   *  in Chinese, and the names of the keys that signed it; a Fault names the first thing that does not hold. */
  async function check(bytes, keys, exports = new Map()) {
    if (isExport(bytes)) {
      const told = await checkExport(bytes);
      const receipts = Array.isArray(told.receipts) ? told.receipts : [];
      if (keys.size) for (const each of receipts) await checkReceipt(await checkEnvelope(each, keys), told);
      const hidden = told.events.filter((entry) => has(entry, "hash")).length;
      const signed = keys.size ? `${receipts.length}份回执的签名有效` : `${receipts.length}份回执没有核对签名（没有选公布的公钥）`;
      return { export: told, keys: keys.size ? signers(receipts) : [], words: `事项 ${told.case} 的全部记录：${told.count}条记录首尾相连（${hidden}条只给出校验码），${signed}` };
    }
    let value;
    try {
      value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch (error) {
      throw new Fault("form");
    }
    need(isObject(value), "form");
    if (has(value, "roots")) return { words: `${(await checkRoots(value.roots, keys)).length}夜公布的校验值逐夜相连，签名有效`, keys: signers(value.roots) };
    if (has(value, "path")) {
      const root = await checkInclusion(value, keys, exports.get(value.case));
      return { words: `事项 ${value.case} 已列入 ${root.on} 公布的校验值`, keys: signers([value.root]) };
    }
    const envelopes = has(value, "items") ? value.items : [value];
    need(Array.isArray(envelopes) && envelopes.length > 0, "empty");
    for (const each of envelopes) {
      const statement = await checkEnvelope(each, keys);
      if (statement.kind === "receipt") await checkReceipt(statement, exports.get(statement.case));
    }
    return { words: `${envelopes.length}份签名有效`, keys: signers(envelopes) };
  }

  const signers = (envelopes) => [...new Set(envelopes.map(({ key }) => key))];

  const api = { Fault, canCheck: Boolean(subtle), check, checkChain, checkEnvelope, checkExport, checkInclusion, checkRoots, hex, isExport, leafHash, readKeys, rootOfPath, treeHash, unhex };
  if (typeof module === "object" && module.exports) module.exports = api;
  else world.Proof = api;
})(globalThis);
