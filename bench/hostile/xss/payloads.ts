/** Collections of texts that make careless pages run scripts, as others publish them. They are read here, never run. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Longer ones are files rather than texts. */
const MAX_CHARS = 2_000

/** Clones of the repositories, below one folder: how the payloads of each are found. */
const CORPORA: Record<string, (folder: string) => string[]> = {
  DOMPurify: (folder) => literals(read(folder, 'test/fixtures/expect.mjs')),
  'xss-payload-list': (folder) => lines(read(folder, 'Intruder/xss-payload-list.txt')),
  PayloadsAllTheThings(folder) {
    const place = path.join(folder, 'XSS Injection')
    const lists = readdirSync(path.join(place, 'Intruders')).map((name) => lines(read(place, `Intruders/${name}`)))
    const pages = readdirSync(place).filter((name) => name.endsWith('.md'))
    return [...lists, ...pages.map((name) => blocks(read(place, name)))].flat()
  },
  'big-list-of-naughty-strings': (folder) => JSON.parse(read(folder, 'blns.json')) as string[],
}

/** @returns Each once, and how many each collection has. */
export function readPayloads(corpora: string): { payloads: string[]; counts: Record<string, number> } {
  const found = Object.entries(CORPORA).map(([name, list]) => {
    const folder = path.join(corpora, name)
    if (!existsSync(folder)) throw new Error(`--corpora: expected a clone of ${name} in ${corpora}`)
    return [name, list(folder).filter((text) => text.trim() !== '' && text.length <= MAX_CHARS)] as const
  })
  return {
    // What no text can hold, half a character, is replaced.
    payloads: [...new Set(found.flatMap(([, texts]) => texts.map((text) => Buffer.from(text).toString())))],
    counts: Object.fromEntries(found.map(([name, texts]) => [name, texts.length])),
  }
}

const read = (folder: string, name: string): string => readFileSync(path.join(folder, name), 'utf8')
const lines = (text: string): string[] => text.split(/\r?\n/)

/** The texts behind `"payload":` in a module of JavaScript. */
function literals(text: string): string[] {
  const found = text.matchAll(/["']?payload["']?\s*:\s*("(?:[^"\\\n]|\\.)*")/g)
  return [...found].map(([, literal = '']) => JSON.parse(literal.replace(/\\x([0-9a-f]{2})/gi, '\\u00$1')) as string)
}

/** Of a page of Markdown, the lines of its blocks of code, and each block as a whole. */
function blocks(text: string): string[] {
  const found = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, code = '']) => code.trim())
  return found.flatMap((code) => [code, ...lines(code)])
}
