import { describe, expect, it } from "vitest";
import { relativePath, relativeUri } from "../../src/reporters/paths.js";

describe("paths", () => {
  it.each([
    ["/work/shop", "/work/shop/a/b.tf", "a/b.tf"],
    ["/work/shop/", "/work/shop/a.tf", "a.tf"],
    ["/work/shop", "/work/shop", "."],
    ["/work/shop/infra", "/work/shop/a.tf", "../a.tf"],
    ["/work/shop", "/work/shopping/a.tf", "../shopping/a.tf"],
    ["/", "/a.tf", "a.tf"],
    ["/a/b", "/", "../.."],
    ["C:/work", "C:/work/a.tf", "a.tf"],
    ["C:/work", "D:/a.tf", "D:/a.tf"],
  ])("seen from %s, %s is %s", (directory, path, expected) => {
    expect(relativePath(directory, path)).toBe(expected);
  });

  it.each([
    ["/r/a b/c#d?.yaml", "a%20b/c%23d%3F.yaml"],
    ["/r/100%25.yaml", "100%2525.yaml"],
    ["/r/größe/日本.tf", "gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC.tf"],
    ["/r/a:b.tf", "a%3Ab.tf"],
    ["/r/[x]\\y.tf", "%5Bx%5D%5Cy.tf"],
    ["/r/\ud83d.tf", "%EF%BF%BD.tf"],
    ["/a.tf", "../a.tf"],
  ])("the URI of %s in /r is %s", (path, expected) => {
    expect(relativeUri("/r", path)).toBe(expected);
  });

  it("gives a file on another drive an absolute URI", () => {
    expect(relativeUri("C:/r", "D:/a b.tf")).toBe("file:///D:/a%20b.tf");
  });
});
