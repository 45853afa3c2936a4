/* The stack under test: the one at BASE_URL, or one of its own that is started here and stopped at the end. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const READY_WITHIN_MS = 240000;
const STOPS_WITHIN_MS = 60000;

export async function startStack() {
  if (process.env.BASE_URL) {
    return { base: process.env.BASE_URL.replace(/\/$/, ""), environment: process.env, stop: async () => {} };
  }
  const python = join(ROOT, ".venv", "bin", "python");
  if (!existsSync(python)) throw new Error("no .venv in the project: `make venv` makes one");
  const state = mkdtempSync(join(tmpdir(), "sunlight-e2e-"));
  const environment = { ...process.env, STATE: state };
  const port = await freePort();
  const stack = spawn(python, ["-m", "infra.local.run", "--port", String(port), "--state", state], { cwd: ROOT, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => stopped(stack, state);
  try {
    const base = await ready(stack);
    return { base, environment, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function ready(stack) {
  const told = [];
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the stack was not ready within 4 minutes:\n${told.slice(-20).join("\n")}`)), READY_WITHIN_MS);
    const read = (line) => {
      told.push(line);
      const match = /^READY (http:\/\/127\.0\.0\.1:\d+)\/$/.exec(line);
      if (!match) return;
      clearTimeout(timer);
      resolve(match[1]);
    };
    createInterface({ input: stack.stdout }).on("line", read);
    createInterface({ input: stack.stderr }).on("line", read);
    stack.once("exit", (code) => { clearTimeout(timer); reject(new Error(`the stack ended with ${code}:\n${told.slice(-20).join("\n")}`)); });
  });
}

async function stopped(stack, state) {
  if (stack.exitCode === null && stack.signalCode === null) {
    const ended = new Promise((resolve) => stack.once("exit", resolve));
    const hard = setTimeout(() => stack.kill("SIGKILL"), STOPS_WITHIN_MS);
    stack.kill("SIGTERM");
    await ended;
    clearTimeout(hard);
  }
  rmSync(state, { recursive: true, force: true });
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
