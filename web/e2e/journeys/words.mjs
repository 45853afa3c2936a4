/* Words that pages make themselves out of what the dictionary says, and what a page keeps or forgets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, PHONE, shoot, visit } from "../browser.mjs";
import { begin, open } from "../desk.mjs";
import { PASSWORD, file, freshCode, newPhone, signIn } from "../people.mjs";

const AT = "2026-11-26T09:00:00+08:00";

/** Codes that mean one thing in one step and another in the next. */
const CODES = [
  ["petition.reviewed", { outcome: "uphold" }, /复查结果：维持/],
  ["petition.rereviewed", { outcome: "uphold" }, /复核结果：维持/],
  ["petition.reclassified", { kind: "suggestion" }, /更正为哪一类：/],
  ["petition.split", { kind: "suggestion" }, /分出的部分属于：/],
];

async function at(rig, user, screen, refusals = []) {
  const page = await visit(rig, screen, { session: rig.sessions[user], refusals });
  await page.goto("/staff.html");
  if (!rig.sessions[user]) await signIn(rig, page, user);
  await page.locator(".lights").waitFor();
  return page;
}

const endSession = (page) => page.evaluate(() => sessionStorage.setItem("session.staff", JSON.stringify({ ...JSON.parse(sessionStorage.getItem("session.staff")), token: "x".repeat(43) })));

export function words(rig) {
  test("the timeline reads a code by the step that recorded it", async () => {
    const page = await visit(rig, DESKTOP);
    await page.goto("/track.html");
    for (const [event, data, expected] of CODES) {
      const shown = await page.evaluate(async ([row]) => {
        const [{ timeline }, { loadMeta }] = [await import("/assets/timeline.js"), await import("/assets/api.js")];
        return timeline([row], await loadMeta()).textContent;
      }, [{ seq: 2, event, label: "", at: AT, by: "", ...data }]);
      assert.match(shown, expected, event);
    }
    await page.close();
  });

  test("a time that was signed in another zone is told in Beijing time, with its year", async () => {
    const page = await visit(rig, DESKTOP);
    await page.goto("/track.html");
    const shown = await page.evaluate(async () => {
      const { fullMoment, moment } = await import("/assets/dates.js");
      return [fullMoment("2027-11-26T20:18:00+00:00"), fullMoment("2027-11-26T09:18:00+08:00"), moment("2027-12-01T09:30")];
    });
    assert.deepEqual(shown, ["2027年11月27日 04:18", "2027年11月26日 09:18", "2027年12月1日 09:30"]);
    await page.close();
  });

  test("only the page that keeps what is typed says so when the network is gone", async () => {
    const page = await visit(rig, PHONE);
    for (const [place, kept] of [["/file.html", true], ["/report.html", false], ["/staff.html#register-report", false], ["/verify.html", false]]) {
      await page.goto(place);
      await page.locator("#view h1, #view h2").first().waitFor();
      await page.context().setOffline(true);
      const said = await page.getByText("现在没有网络").textContent();
      assert.equal(said.includes("不会丢"), kept, `${place}: ${said}`);
      await page.context().setOffline(false);
    }
    await page.close();
  });

  test("a session that ends while a report is written down costs no word", async () => {
    const page = await at(rig, "window1", PHONE, [401, 422]);
    await page.goto("/staff.html#register-report");
    await page.getByRole("heading", { name: "登记检举控告" }).waitFor();
    await page.getByLabel("来信", { exact: true }).check();
    await page.getByLabel("用一句话说明检举什么").fill("青石村账目不公开");
    await page.getByLabel("检举谁").fill("青石村会计");
    await page.getByLabel("事情的经过").fill("写了很久的一段话");
    await endSession(page);
    await page.getByRole("button", { name: "登记并密封" }).click();
    await page.getByRole("heading", { name: "登录已过期，请重新登录" }).waitFor();
    await shoot(page, "phone-register-report-session-ended");
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByLabel("动态验证码").fill(await freshCode(rig, "window1"));
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("heading", { name: "登录已过期，请重新登录" }).waitFor({ state: "detached" });
    assert.equal(await page.getByLabel("事情的经过").inputValue(), "写了很久的一段话");
    await page.getByRole("button", { name: "登记并密封" }).click();
    await page.getByRole("heading", { name: "已收到" }).waitFor();
    rig.sessions.window1 = ["staff", await page.evaluate(() => sessionStorage.getItem("session.staff"))];
    await page.close();
  });

  test("a list of people that did not come is asked for again without losing the form, and not kept for the next user", async () => {
    const petitioner = await visit(rig, DESKTOP);
    const receipt = await file(rig, petitioner, newPhone());
    await petitioner.close();
    const page = await at(rig, "bureau1", DESKTOP);
    await open(page, receipt.number);
    await page.context().setOffline(true);
    const form = await begin(page, "领导包案");
    await form.getByText("没有取到人员名单").waitFor({ state: "attached" });
    await form.getByRole("textbox").first().fill("还在");
    await shoot(page, "desktop-no-people");
    await page.context().setOffline(false);
    await form.getByRole("button", { name: "再取一次名单" }).click();
    const people = form.locator("select").filter({ hasText: "王立新" });
    await people.waitFor();
    assert.equal(await form.getByRole("textbox").first().inputValue(), "还在");
    const asked = [];
    page.on("request", (request) => { if (request.url().endsWith("/api/colleagues")) asked.push(request.url()); });
    await form.getByRole("button", { name: "取消" }).click();
    await begin(page, "领导包案");
    await people.waitFor();
    assert.equal(asked.length, 0, "one user asks once");

    await page.getByRole("button", { name: "退出" }).click();
    await page.getByLabel("用户名").fill("bureau1");
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByLabel("动态验证码").fill(await freshCode(rig, "bureau1"));
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("heading", { name: "现在要做" }).waitFor();
    rig.sessions.bureau1 = ["staff", await page.evaluate(() => sessionStorage.getItem("session.staff"))];
    await begin(page, "领导包案");
    await people.waitFor();
    assert.equal(asked.length, 1, "whoever signs in next asks anew");
    page.faults.splice(0, page.faults.length, ...page.faults.filter((fault) => !fault.includes("ERR_INTERNET_DISCONNECTED")));
    await page.close();
  });

  test("somebody who may open no task is told so at its address", async () => {
    const page = await at(rig, "housing-clerk", PHONE);
    await page.goto("/staff.html#inspections/new");
    await page.getByText("您的岗位不能立项").waitFor();
    assert.equal(await page.getByRole("button", { name: "确认立项" }).count(), 0);
    await page.close();
  });
}
