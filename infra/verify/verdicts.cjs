/* Runs the page's own verifier by Node over many files: for comparing it with the one at the command line.
 *   node verdicts.cjs logs FILE        each line of FILE is a file in base64; one verdict per line: "ok" or the fault
 *   node verdicts.cjs bytes FILE MASK  every byte of FILE changed by MASK, one at a time: how many were found
 *   node verdicts.cjs file FILE [KEYS] one file, whatever it is, with published keys */
const fs = require("node:fs");
const proof = require("../../web/assets/proof.js");

async function verdict(bytes, keys, work = proof.checkExport) {
  try {
    await work(bytes, keys);
    return "ok";
  } catch (error) {
    if (!(error instanceof proof.Fault)) throw error;
    return error.message;
  }
}

async function main([mode, path, more]) {
  if (mode === "logs") {
    const lines = fs.readFileSync(path, "utf8").split("\n").slice(0, -1);
    const found = [];
    for (const line of lines) found.push(await verdict(new Uint8Array(Buffer.from(line, "base64"))));
    process.stdout.write(`${found.join("\n")}\n`);
  } else if (mode === "bytes") {
    const bytes = new Uint8Array(fs.readFileSync(path));
    let found = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      bytes[at] ^= Number(more);
      found += (await verdict(bytes)) === "ok" ? 0 : 1;
      bytes[at] ^= Number(more);
    }
    process.stdout.write(`${JSON.stringify({ changed: bytes.length, found, untouched: await verdict(bytes) })}\n`);
  } else {
    const keys = more ? await proof.readKeys(JSON.parse(fs.readFileSync(more, "utf8"))) : new Map();
    process.stdout.write(`${await verdict(new Uint8Array(fs.readFileSync(path)), keys, proof.check)}\n`);
  }
}

main(process.argv.slice(2));
