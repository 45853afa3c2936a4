/* Dates and numbers as people read them. Every date comes from the server: nothing here computes a time limit. */
const WEEKDAYS = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];

/** "2026-12-08" -> "12月8日（星期二）"; another year than the present one is named. */
export function day(iso) {
  if (!iso) return "";
  const [year, month, date] = iso.slice(0, 10).split("-").map(Number);
  const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, date)).getUTCDay()];
  const shown = year === new Date().getFullYear() ? "" : `${year}年`;
  return `${shown}${month}月${date}日（${weekday}）`;
}

export function shortDay(iso) {
  if (!iso) return "";
  return Number(iso.slice(0, 4)) === new Date().getFullYear() ? fullDay(iso).replace(/^\d+年/, "") : fullDay(iso);
}

/** "2026-12-08" -> "2026年12月8日": on a paper that is kept a date has its year. */
export function fullDay(iso) {
  if (!iso) return "";
  const [year, month, date] = iso.slice(0, 10).split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

/** "2026-11-23T10:32:05+08:00" -> "11月23日 10:32", always Beijing time: what was signed may name another. */
export const moment = (iso) => withClock(iso, shortDay);

export const fullMoment = (iso) => withClock(iso, fullDay);

function withClock(iso, dayOf) {
  if (!/T/.test(iso || "")) return dayOf(iso);
  const here = inBeijing(iso);
  return `${dayOf(here)} ${here.slice(11, 16)}`;
}

const BEIJING_MS = 8 * 3600 * 1000;
const inBeijing = (iso) => (/(Z|[+-]\d\d:\d\d)$/.test(iso) && !iso.endsWith("+08:00") ? new Date(Date.parse(iso) + BEIJING_MS).toISOString() : iso);

export const inThrees = (number) => String(number || "").replace(/(\d{3})(?=\d)/g, "$1 ");
export const inFours = (number) => String(number || "").replace(/(\d{4})(?=\d)/g, "$1 ");

/** What was typed, with full-width digits folded and blanks or dashes dropped. */
export const digits = (text) => String(text || "").normalize("NFKC").replace(/[\s\-–—·]/g, "");

/** Length as people count it: a rare Han character or an emoji is one. */
export const letters = (text) => Array.from(text || "").length;
