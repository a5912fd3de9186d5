// The snippets of the README run, and print what they say they print.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, symlink, mkdir, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = await readFile(path.join(root, "README.md"), "utf8");
const snippets = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map((found) => found[1]);

test("the README has its snippets", () => {
  assert.equal(snippets.length, 2);
});

for (const [position, snippet] of snippets.entries()) {
  test(`snippet ${position + 1} prints every line that is a comment`, async () => {
    // A project of its own, in which the package is installed under its name.
    const folder = await mkdtemp(path.join(root, "target", "readme-"));
    try {
      await mkdir(path.join(folder, "node_modules"));
      await symlink(path.join(root, "cs-wasm", "pkg"), path.join(folder, "node_modules", "customer-success"));
      await writeFile(path.join(folder, "snippet.mjs"), snippet);
      const { stdout } = await promisify(execFile)(process.execPath, ["snippet.mjs"], { cwd: folder });
      const told = snippet.split("\n").filter((line) => line.startsWith("// "));
      assert.deepEqual(stdout.trimEnd().split("\n"), told.map((line) => line.slice(3)));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}
