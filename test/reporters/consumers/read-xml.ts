import { SaxesParser } from "saxes";

/** An element with its attributes and its own text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** Reads a document as strictly as XML asks for; throws where it is not well-formed. */
export function readXml(document: string): XmlElement {
  const top = { name: "", attributes: {}, children: [] as XmlElement[], text: "" };
  const open = [top];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.on("text", (text) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += text;
  });
  parser.write(document).close();
  const [root, ...others] = top.children;
  if (root === undefined || others.length > 0) throw new Error("not exactly one root");
  return root;
}
