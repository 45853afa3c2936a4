/* Every page on both screens: no serious finding of axe, nothing wider than the screen, all of it by keyboard. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SCREENS, assertFits, assertSound, shoot, visit } from "../browser.mjs";
import { unfold } from "../desk.mjs";
import { STREET_LAMPS, answerQuestions, file, newPhone, signIn, submit, track, verifyPhone } from "../people.mjs";

const NARROW = { viewport: { width: 320, height: 640 } };

async function lookAtPublicPages(rig, page, look) {
  await page.goto("/");
  await look("home");
  await page.goto("/report.html");
  await page.getByRole("heading", { name: "检举控告", exact: true }).waitFor();
  await page.getByText("选择被检举的单位（选填）").click();
  await look("report");
  await page.goto("/file.html#guide");
  await page.getByRole("heading", { name: "您这次来，主要想做什么？" }).waitFor();
  await look("guide");
  await page.goto("/file.html");
  await page.getByRole("heading", { name: "先验证您的手机号" }).waitFor();
  await look("file-phone");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await look("file-phone-error");
  await verifyPhone(rig, page, newPhone());
  let step = 0;
  await answerQuestions(page, STREET_LAMPS, { beforeNext: () => look(`file-question-${++step}`) });
  await look("file-check");
  const receipt = await submit(page);
  await look("file-done");
  await page.goto("/track.html");
  await page.getByRole("heading", { name: "查询进度" }).waitFor();
  await look("track");
  await track(page, receipt);
  await page.locator("#stage").waitFor();
  await page.getByText("这个日期怎么算的").first().click();
  await page.getByText("您反映的内容").click();
  for (const part of await page.locator(".purpose > summary").all()) if (await part.isVisible()) await part.click();
  await look("track-case");
  return receipt;
}

async function lookAtDesk(rig, page, look, number) {
  await page.goto("/staff.html#list");
  await page.locator(".lights").waitFor();
  await look("staff-list");
  await page.goto(`/staff.html#case/${number}`);
  await page.getByRole("heading", { name: "现在要做" }).waitFor();
  await look("staff-case");
  await unfold(page);
  await look("staff-more-steps");
  for (const button of await page.locator(".step-buttons button").all()) {
    await button.click();
    await look(`staff-step-${await button.getAttribute("data-action")}`);
  }
  await page.goto("/staff.html#register");
  await page.getByRole("heading", { name: "登记信访事项" }).waitFor();
  await look("staff-register");
  for (const [view, heading] of [["search", "查找"], ["ledger", "上级交办台账"], ["watch", "哪里晚了、为什么"], ["reports", "检举控告"], ["inspections", "督查检查"], ["inspections/new", "督查检查立项"], ["leave", "请假登记"], ["days-lost", "不可抗力认定"]]) {
    await page.goto(`/staff.html#${view}`);
    await page.getByRole("heading", { name: heading, exact: true }).waitFor();
    await look(`staff-${view.replace("/", "-")}`);
  }
  await page.goto("/staff.html#messages");
  await page.getByRole("heading", { name: "消息" }).waitFor();
  await look("staff-messages");
  await page.goto("/staff.html#figures");
  await page.getByRole("heading", { name: "统计" }).waitFor();
  await page.getByText(/共登记\d+件/).waitFor();
  await look("staff-figures");
}

export function access(rig) {
  test("the bureau signs in for the looks at the desk", async () => {
    const page = await visit(rig, SCREENS.desktop, { session: rig.sessions.bureau1 });
    await page.goto("/staff.html");
    if (!rig.sessions.bureau1) await signIn(rig, page, "bureau1");
    await page.locator(".lights").waitFor();
    await page.close();
  });

  for (const [screen, size] of Object.entries(SCREENS)) {
    // features: 5
    test(`every page is sound on a ${screen}`, async () => {
      const page = await visit(rig, size, { session: rig.sessions.bureau1 });
      const look = async (what) => { await assertSound(page, `${what} on a ${screen}`); await shoot(page, `${screen}-${what}`); };
      const { number } = await lookAtPublicPages(rig, page, look);
      await lookAtDesk(rig, page, look, number);
      await page.close();
      const stranger = await visit(rig, size);
      await stranger.goto("/staff.html");
      await stranger.getByRole("heading", { name: "工作人员登录" }).waitFor();
      await assertSound(stranger, `sign-in on a ${screen}`);
      await stranger.close();
    });
  }

  test("nothing scrolls sideways at 320 px", async () => {
    const page = await visit(rig, NARROW, { session: rig.sessions.bureau1 });
    const look = (what) => assertFits(page, `${what} at 320 px`);
    const { number } = await lookAtPublicPages(rig, page, look);
    await lookAtDesk(rig, page, look, number);
    await page.close();
  });

  test("a petition is filed by keyboard alone", async () => {
    const page = await visit(rig, SCREENS.desktop);
    await verifyPhone(rig, page, newPhone());
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "出了什么事？" }).waitFor();
    for (const words of [STREET_LAMPS.title, STREET_LAMPS.text]) {
      await page.keyboard.press("Tab");
      await page.keyboard.insertText(words);
    }
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "您希望怎样解决？" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", "the focus goes on with the heading");
    await page.close();
  });
}
