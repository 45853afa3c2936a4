/* The browser tests: one stack and one browser for all journeys, stopped at the end whatever happened. */
import { after } from "node:test";
import { launch } from "./browser.mjs";
import { startStack } from "./stack.mjs";
import { filing } from "./journeys/filing.mjs";
import { handling } from "./journeys/handling.mjs";
import { ownSteps } from "./journeys/own-steps.mjs";
import { faults } from "./journeys/faults.mjs";
import { access } from "./journeys/access.mjs";
import { modes } from "./journeys/modes.mjs";

const browser = await launch();
const stack = await startStack().catch(async (error) => { await browser.close(); throw error; });
const rig = { browser, base: stack.base, environment: stack.environment, sessions: {}, codes: {} };

after(async () => {
  await browser.close();
  await stack.stop();
});

for (const journey of [filing, handling, ownSteps, faults, access, modes]) journey(rig);
