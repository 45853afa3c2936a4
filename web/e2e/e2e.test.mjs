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
import { oversight } from "./journeys/oversight.mjs";
import { ways } from "./journeys/ways.mjs";
import { reportsOnPaper } from "./journeys/reports-on-paper.mjs";
import { inspections } from "./journeys/inspections.mjs";
import { proofs } from "./journeys/proofs.mjs";
import { admins } from "./journeys/admins.mjs";
import { announcements } from "./journeys/announcements.mjs";
import { words } from "./journeys/words.mjs";
import { daysLost } from "./journeys/days-lost.mjs";
import { leave } from "./journeys/leave.mjs";
import { untold } from "./journeys/untold.mjs";

const browser = await launch();
const stack = await startStack().catch(async (error) => { await browser.close(); throw error; });
const rig = { browser, base: stack.base, environment: stack.environment, sessions: {}, codes: {} };

after(async () => {
  await browser.close();
  await stack.stop();
});

/** `JOURNEYS=ways,oversight` runs these alone. */
const journeys = { filing, handling, ownSteps, ways, reportsOnPaper, oversight, inspections, proofs, words, leave, untold, daysLost, faults, access, modes, admins, announcements };
const wanted = (process.env.JOURNEYS || "").split(",").filter(Boolean);
for (const [name, journey] of Object.entries(journeys)) if (!wanted.length || wanted.includes(name)) journey(rig);
