import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "vscode-languageserver-protocol";
import { Client } from "./client.js";

const demo = new URL("../../fixtures/demo", import.meta.url).pathname;

/** A copy of the demo, and a client for it that has not started yet. */
export class DemoFolder {
  readonly directory = mkdtempSync(`${tmpdir()}/imdslint-lsp-`);
  readonly client = new Client();

  constructor() {
    cpSync(demo, this.directory, { recursive: true });
  }

  uri(path: string): string {
    return pathToFileURL(`${this.directory}/${path}`).href;
  }

  read(path: string): string {
    return readFileSync(`${this.directory}/${path}`, "utf8");
  }

  /** Writes a file and tells the server, as an editor does that watches. */
  async write(path: string, text: string): Promise<void> {
    writeFileSync(`${this.directory}/${path}`, text);
    await this.tellOf(path, 2);
  }

  /** Says that a file was created (1), changed (2) or deleted (3). */
  async tellOf(path: string, type: 1 | 2 | 3): Promise<void> {
    const changes = [{ uri: this.uri(path), type }];
    await this.client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  }

  /** Asks about the place where a text begins in a file as it is on disk, `into` code units in. */
  async ask<Answer>(
    method: string,
    path: string,
    text: string,
    { into = 0, within = this.read(path), ...more }: AskOptions = {},
  ): Promise<Answer> {
    const offset = within.indexOf(text);
    if (offset < 0) throw new Error(`${path} does not have ${text}`);
    const before = within.slice(0, offset + into).split("\n");
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    return await this.client.connection.sendRequest<Answer>(method, {
      textDocument: { uri: this.uri(path) },
      position,
      range: { start: position, end: position },
      ...more,
    });
  }

  /** Ends the server, however it is, and removes the folder. */
  remove(): void {
    this.client.process.kill("SIGKILL");
    rmSync(this.directory, { recursive: true });
  }
}

/** How to ask. */
export interface AskOptions {
  readonly into?: number;
  /** The text of the document, where that is another than on disk. */
  readonly within?: string;
  readonly [parameter: string]: unknown;
}

/** The rules of diagnostics, in their order. */
export function codes(diagnostics: readonly Diagnostic[]): readonly unknown[] {
  return diagnostics.map(({ code }) => code);
}
