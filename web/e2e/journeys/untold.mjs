/* A letter whose writer cannot be told: nobody is owed a notice, and the unit has its date all the same. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SCREENS, assertSound, shoot, visit } from "../browser.mjs";
import { open } from "../desk.mjs";
import { say, signIn } from "../people.mjs";

const TARGET = "作出是否受理决定目标时限（姓名或者住址不清）";

export function untold(rig) {
  test("a letter without an address stands in the unit's list with a date of its own", async () => {
    const today = (await (await fetch(`${rig.base}/_local/clock`)).json()).now.slice(0, 10);
    const bureau = await visit(rig, SCREENS.desktop);
    if (!rig.sessions.bureau1) await signIn(rig, bureau, "bureau1");
    const letter = { channel: "letter", received_on: today, kind: "grievance", title: "水渠堵塞", text: "水渠堵了半年。", petitioner: { name: "冯春" } };
    const { case_number: number } = await say(rig, "bureau1", "/registrations", letter);
    await say(rig, "bureau1", `/cases/${number}/forward`, { to: "housing" }, 1);
    await bureau.close();
    for (const [screen, size] of Object.entries(SCREENS)) {
      const page = await visit(rig, size, { session: rig.sessions["housing-clerk"] });
      if (!rig.sessions["housing-clerk"]) await signIn(rig, page, "housing-clerk");
      await page.goto("/staff.html");
      await page.getByText("水渠堵塞").first().waitFor();
      await shoot(page, `${screen}-untold-list`);
      await open(page, number);
      assert.ok(await page.getByText(TARGET).count(), "the target is named where the unit works");
      await assertSound(page, `a case whose petitioner cannot be told, on a ${screen}`);
      await shoot(page, `${screen}-untold`);
      await page.close();
    }
  });
}
