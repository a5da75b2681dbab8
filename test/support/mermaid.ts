/** Judges diagrams with mermaid's own parser, which needs a document; it is loaded once, after there is one. */

import { JSDOM } from 'jsdom'

interface Parser {
  parse(text: string): Promise<unknown>
}

let loading: Promise<Parser> | undefined

async function load(): Promise<Parser> {
  const { window } = new JSDOM('<!doctype html><body></body>')
  Object.assign(globalThis, { window, document: window.document })
  const { default: mermaid } = (await import('mermaid')) as { default: Parser }
  return mermaid
}

/** The mermaid blocks of a Markdown text. */
export function diagramsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^(`{3,}|~{3,})mermaid\n([\s\S]*?)\n\1$/gm)].map((match) => match[2] ?? '')
}

/** @returns The parser's message, or `undefined` for a diagram it accepts. */
export async function faultOf(diagram: string): Promise<string | undefined> {
  loading ??= load()
  try {
    await (await loading).parse(diagram)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
