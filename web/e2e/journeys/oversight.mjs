/* Looking for a matter by person, what may be the same, and from who is late to an order. */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { test } from "node:test";
import { DESKTOP, assertSound, shoot, visit } from "../browser.mjs";
import { confirm, open } from "../desk.mjs";
import { STREET_LAMPS, answerQuestions, newPhone, signIn, submit, verifyPhone } from "../people.mjs";

const daysFrom = (iso, days) => new Date(Date.parse(iso.slice(0, 10)) + days * 86400000).toISOString().slice(0, 10);
const today = async (rig) => (await (await fetch(`${rig.base}/_local/clock`)).json()).now;

async function at(rig, user) {
  const page = await visit(rig, DESKTOP, { session: rig.sessions[user], refusals: [404] });
  await page.goto("/staff.html");
  if (!rig.sessions[user]) await signIn(rig, page, user);
  await page.locator(".lights").waitFor();
  return page;
}

/** Two matters of one person, whose name nobody else has. */
async function fileTwice(rig, name) {
  const page = await visit(rig, DESKTOP);
  await verifyPhone(rig, page, newPhone());
  const receipts = [];
  for (const again of [false, true]) {
    if (again) await page.getByRole("button", { name: "再反映一件" }).click();
    await answerQuestions(page, { ...STREET_LAMPS, name });
    receipts.push(await submit(page));
  }
  await page.close();
  return receipts;
}

export function oversight(rig) {
  test("a matter is found by the exact name of a person, and its likeness leads to a link", async () => {
    const name = `欧阳${String.fromCodePoint(0x4e00 + randomInt(5000), 0x4e00 + randomInt(5000))}`;
    const [first, second] = await fileTwice(rig, name);
    const page = await at(rig, "bureau1");
    await page.getByRole("link", { name: "查找" }).click();
    await page.getByLabel("要找的内容").fill(name);
    await page.getByRole("button", { name: "查找" }).click();
    await page.getByRole("heading", { name: "找到 2 件" }).waitFor();
    assert.doesNotMatch(decodeURIComponent(page.url()), /欧阳/, "no name enters the address");
    await assertSound(page, "search results");
    await shoot(page, "desktop-search");
    await open(page, first.number);
    await page.getByText("像不像同一件事").click();
    await page.locator("#candidates").getByRole("button", { name: /^关联/ }).first().click();
    const form = page.getByRole("form", { name: "关联" });
    assert.equal(await form.getByLabel("另一件的编号").inputValue(), second.number);
    await assertSound(page, "a link begun");
    await shoot(page, "desktop-candidates");
    await confirm(page, "关联");
    await page.getByRole("region", { name: "有关的事项" }).getByText(/同一事项/).waitFor();
    await page.close();
  });

  // features: 61
  test("an overseer goes from who is late to an order that is filled in already", async () => {
    const now = await today(rig);
    const window = await at(rig, "window1");
    await window.getByRole("link", { name: "登记", exact: true }).click();
    await window.getByLabel("来源").selectOption("letter");
    await window.getByLabel("收到日期").fill(daysFrom(now, -40));
    await window.getByLabel("姓名").fill("钱守田");
    await window.getByLabel("住址").fill("石桥镇五组");
    await window.getByLabel("申诉求决").check();
    await window.getByLabel("标题").fill("石桥镇灌溉泵站停用");
    await window.getByLabel("事情的经过").fill("泵站停了两季，二十亩田浇不上水。");
    await window.getByRole("button", { name: "登记", exact: true }).click();
    await window.getByRole("heading", { name: "已登记" }).waitFor();
    await window.close();

    const page = await at(rig, "supervisor1");
    await page.getByRole("link", { name: "哪里晚了" }).click();
    const late = page.locator("#watched > li").filter({ hasText: "石桥镇灌溉泵站停用" });
    await late.getByText(/未按期转送、交办/).first().waitFor();
    await assertSound(page, "who is late");
    await shoot(page, "desktop-watch");
    await late.getByRole("link", { name: /^督办/ }).first().click();
    const form = page.getByRole("form", { name: "督办" });
    assert.equal(await form.getByLabel("发现的问题").inputValue(), "not_registered");
    assert.equal(await form.getByLabel("督办哪个单位").inputValue(), "bureau");
    await form.getByLabel("发函督办").check();
    await form.getByLabel("督办要求").fill("请立即转送有权处理的单位，并说明为什么晚了。");
    await form.getByLabel("书面反馈").fill(daysFrom(now, 10));
    await shoot(page, "desktop-order");
    await confirm(page, "督办");
    await page.getByRole("region", { name: "另外要办的" }).getByText(/信访局/).first().waitFor();
    await page.close();
  });
}
