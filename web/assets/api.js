/* The one way to the server. Every failure, also a lost network, becomes a Problem with words for people. */
const BASE = "/api";
const PATIENCE_MS = 30000;

export class Problem extends Error {
  constructor({ status = 0, code = "", title, detail = "", law = "", errors = [], retryAfter = 0 }) {
    super(detail || title);
    Object.assign(this, { status, code, title, detail, law, errors, retryAfter });
  }

  /** The server may or may not have done it: the same Idempotency-Key must be used again. */
  get uncertain() {
    return this.status === 0 || this.status >= 500;
  }
}

const OFFLINE = "没有连上网络，您填的内容还在，请检查网络后再试一次";
const BY_STATUS = {
  401: ["请重新验证身份", "登录已过期，请重新验证。您填的内容还在"],
  403: ["这一步不能由您办理", ""],
  404: ["没有找到", "请核对后再试"],
  412: ["内容刚刚有变化", "这件事刚被别人更新，请看过最新内容后再提交"],
  413: ["内容太长", "请删减一些文字后再提交"],
  429: ["操作太频繁", "请稍候再试"],
  503: ["系统正忙", "没有提交成功，内容已保留，请稍后再试"],
};

/** RFC 4122 version 4 without crypto.randomUUID, which older office browsers lack. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export const session = {
  get: (role) => JSON.parse(sessionStorage.getItem(`session.${role}`) || "null"),
  set: (role, value) => sessionStorage.setItem(`session.${role}`, JSON.stringify(value)),
  clear: (role) => sessionStorage.removeItem(`session.${role}`),
};

/** `text`: the very bytes of the answer as they came, for a file that is checked byte by byte. */
export async function call(method, path, { body, key, version, as, text = false, cache = "no-store" } = {}) {
  const headers = { Accept: "application/json" };
  const token = as && (session.get(as) || {}).token;
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method === "POST") headers["Idempotency-Key"] = key || newKey();
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  const answer = await send(path, { method, headers, cache, body: body === undefined ? undefined : JSON.stringify(body) });
  if (answer.ok && text) return answer.text();
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const problem = await problemOf(answer);
  if (problem.status === 401 && token) session.clear(as);
  throw problem;
}

async function send(path, request) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  try {
    return await fetch(BASE + path, { ...request, signal: abort.signal, credentials: "omit" });
  } catch (error) {
    const slow = error.name === "AbortError";
    throw new Problem({
      code: slow ? "timeout" : "offline",
      title: slow ? "网络太慢，没有等到回音" : "没有连上网络",
      detail: slow ? "您填的内容还在，请再试一次。重复点击不会重复登记" : OFFLINE,
    });
  } finally {
    clearTimeout(timer);
  }
}

async function problemOf(answer) {
  const [title, detail] = BY_STATUS[answer.status] || ["没有办成", "系统暂时出了问题，您填的内容还在，请稍后再试"];
  const retryAfter = Number(answer.headers.get("Retry-After")) || 0;
  try {
    const told = await answer.json();
    return new Problem({
      status: answer.status, code: told.code, title: told.title || title, detail: told.detail || "", law: told.law || "",
      errors: told.errors || [], retryAfter,
    });
  } catch (error) {
    return new Problem({ status: answer.status, title, detail, retryAfter });
  }
}

let meta;
/** The dictionary of this office: names, telephone, categories, labels. Asked once per page view. */
export function loadMeta() {
  meta = meta || call("GET", "/meta", { cache: "default" }).catch((error) => { meta = undefined; throw error; });
  return meta;
}

/** The day it is at the server: forms that propose a date start from it, never from the clock of this machine. */
export const serverToday = () => call("GET", "/health").then(({ time }) => time.slice(0, 10));
