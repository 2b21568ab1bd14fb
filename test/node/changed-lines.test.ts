import { describe, expect, test } from "vitest";
import { changedLines } from "../../src/node/changed-lines.js";
import { readRawDiff } from "../../src/node/raw-diff.js";

describe("changedLines", () => {
  test("reads what was added and replaced, and no lines of what was only taken out", () => {
    const diff = `diff --git a/a.tf b/a.tf
index 1..2 100644
--- a/a.tf
+++ b/a.tf
@@ -3 +3,2 @@ resource
-old
+new
+newer
@@ -10,2 +11,0 @@
-gone
-gone too
diff --git a/b.tf b/b.tf
deleted file mode 100644
--- a/b.tf
+++ /dev/null
@@ -1,2 +0,0 @@
-++ b/c.tf
-x
diff --git a/d.tf b/d.tf
new file mode 100644
--- /dev/null
+++ b/d.tf
@@ -0,0 +1 @@
+@@ -1 +1,9 @@
\\ No newline at end of file
`;
    expect([...changedLines(diff)]).toEqual([
      ["a.tf", [{ start: 3, end: 5 }]],
      ["d.tf", [{ start: 1, end: 2 }]],
    ]);
  });

  test("reads paths with blanks, quotes and bytes beyond ASCII", () => {
    const hunk = "@@ -1 +1 @@\n-a\n+b\n";
    const diff = `--- a/a b.tf\t\n+++ b/a b.tf\t\n${hunk}+++ "b/\\303\\274 \\"q\\"\\t.tf"\n${hunk}`;
    expect([...changedLines(diff).keys()]).toEqual(["a b.tf", 'ü "q"\t.tf']);
  });
});

test("readRawDiff reads changes, moves, links and what is gone", () => {
  const [a, b] = ["a".repeat(40), "b".repeat(40)];
  const raw = [
    `:100644 100644 ${a} ${b} M`,
    "a.tf",
    `:100755 100644 ${a} ${b} R097`,
    "from.tf",
    "to.tf",
    `:100644 000000 ${a} ${b} D`,
    "gone.tf",
    `:000000 100644 ${a} ${b} A`,
    "new.tf",
    `:120000 100644 ${a} ${b} T`,
    "link.tf",
    "",
  ].join("\0");
  expect(readRawDiff(raw)).toEqual([
    { path: "a.tf", before: a, exists: true },
    { path: "to.tf", from: "from.tf", before: a, exists: true },
    { path: "gone.tf", before: a, exists: false },
    { path: "new.tf", exists: true },
    { path: "link.tf", exists: true },
  ]);
});
