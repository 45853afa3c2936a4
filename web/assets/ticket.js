/* Number and query code, large and in groups as they are read over the telephone: the same on every receipt. */
import { h } from "./dom.js";
import { inFours, inThrees } from "./dates.js";

const grouped = (text) => text.split(" ").map((part) => h("span", { class: "group" }, part));
const row = (words, id, value, shown) => h("div", {}, h("dt", {}, words), h("dd", { id, "data-value": value }, grouped(shown)));

/** Who has no telephone of his own may have no query code either. `before` and `after` stand above and below the numbers. */
export function ticket(heading, { case_number: number, query_code: code }, { before, after } = {}) {
  return h("div", { class: "ticket" }, h("h1", {}, heading), before, h("dl", {},
    row("编号", "case-number", number, inThrees(number)),
    code && row("查询码", "query-code", code, inFours(code))), after);
}
