/* Elder mode and high contrast: by address or by button, remembered, sound. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SCREENS, assertSound, shoot, visit } from "../browser.mjs";
import { file, newPhone, track } from "../people.mjs";

const sizes = (page) => page.evaluate(() => ({
  text: parseFloat(getComputedStyle(document.body).fontSize),
  lowest: Math.min(...Array.from(document.querySelectorAll("main .button, main .tile, .tools button, .mainnav a"), (one) => one.getBoundingClientRect().height).filter(Boolean)),
}));

export function modes(rig) {
  test("the plain mode has 18 px text and targets of 48 px", async () => {
    const page = await visit(rig, SCREENS.phone);
    await page.goto("/");
    const { text, lowest } = await sizes(page);
    assert.equal(text, 18);
    assert.ok(lowest >= 48, `${lowest} px`);
    await page.close();
  });

  for (const [screen, size] of Object.entries(SCREENS)) {
    // features: 11
    test(`?elder=1 gives big text and big targets on every page of a ${screen}, and is remembered`, async () => {
      const page = await visit(rig, size);
      await page.goto("/?elder=1");
      const { text, lowest } = await sizes(page);
      assert.equal(text, 24);
      assert.ok(lowest >= 64, `${lowest} px`);
      assert.equal(await page.getByRole("button", { name: "长辈模式" }).getAttribute("aria-pressed"), "true");
      await page.getByRole("link", { name: /^打电话问：/ }).waitFor();
      await assertSound(page, "elder home");
      await shoot(page, `${screen}-elder-home`);
      const receipt = await file(rig, page, newPhone());
      await assertSound(page, "elder receipt");
      await track(page, receipt);
      await page.locator("#stage").waitFor();
      assert.equal((await sizes(page)).text, 24, "remembered without the address saying so");
      await assertSound(page, "elder case");
      await shoot(page, `${screen}-elder-case`);
      await page.getByRole("button", { name: "最大字" }).click();
      assert.equal((await sizes(page)).text, 30);
      await assertSound(page, "largest text");
      await page.getByRole("button", { name: "长辈模式" }).click();
      assert.equal((await sizes(page)).text, 18);
      await page.close();
    });

    test(`high contrast is sound on a ${screen}`, async () => {
      const page = await visit(rig, size);
      await page.goto("/");
      await page.getByRole("button", { name: "高对比" }).click();
      await assertSound(page, "contrast home");
      await shoot(page, `${screen}-contrast-home`);
      await page.goto("/file.html");
      await page.getByRole("button", { name: "获取验证码" }).click();
      await assertSound(page, "contrast error");
      await page.goto("/track.html");
      await assertSound(page, "contrast track");
      await page.close();
    });
  }
}
