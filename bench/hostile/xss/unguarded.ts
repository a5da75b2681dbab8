/**
 * The program without what makes texts safe to show, to see that this bench would notice: a bundle of the same sources with
 * the steps that sanitise and escape left out of it. There is no such setting, and nothing outside of this folder makes one.
 */

import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'
import { bundle, THREADS } from '../../../src/bundle.js'

/** By the end of a file's name: what stands for a part of it. */
const EDITS: readonly [file: string, from: string | RegExp, to: string][] = [
  ['src/markdown/allowed-html.ts', /^[\s\S]*$/, 'export const SCHEMA = false'],
  ['src/markdown/raw-html.ts', /^[\s\S]*$/, 'export const dropRawHtml = () => {}'],
  [
    'src/markdown/links.ts',
    /^[\s\S]*$/,
    'export const dropImages = () => {}; export const markExternalLinks = () => {}',
  ],
  ['src/markdown/html-text.ts', /^[\s\S]*$/, 'export const textOfHtml = (html) => html'],
  ['src/markdown/fragment.ts', '#safeUrl(url: string): string | null {', '#safeUrl(url) { return url'],
  [
    'src/markdown/stringify.ts',
    'handlers: quickHandlers',
    'handlers: { ...quickHandlers, text: (node) => node.value }',
  ],
  [
    'src/generate/prose/sentences.ts',
    'const source = visible(written).trim()',
    'if (written) return { sentences: [[{ text: written, isCode: false }]], faults: [] }\n$&',
  ],
  ['src/generate/prose/check-claim.ts', 'return boilerplateIn(text)', 'return undefined'],
  ['src/generate/prose/claimed-names.ts', 'of bareNames(piece.text)', 'of [{ text: piece.text, isName: false }]'],
  ['templates/source-lines.ts', "ENTITIES[sign] ?? ''", 'sign'],
  ['hast-util-to-html/lib/handle/text.js', 'return parent &&', 'return node.value; return parent &&'],
  ['hono/dist/utils/html.js', 'const match = str.search(escapeRe)', 'const match = -1'],
]

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const FOLDER = path.join(ROOT, 'node_modules/.cache/docspool-unguarded')

/** @returns The file that starts it. */
export async function makeUnguarded(): Promise<string> {
  const program = path.join(FOLDER, 'docspool.mjs')
  await rm(FOLDER, { recursive: true, force: true })
  const done = new Set<string>()
  const edits = [
    ...EDITS,
    ['src/processes/keep-running.ts', /fileURLToPath\(new URL\('docspool.mjs'.*/, JSON.stringify(program)],
  ] as typeof EDITS
  const plugin: Plugin = {
    name: 'unguarded',
    setup(build) {
      build.onLoad({ filter: /\.(?:ts|js)$/ }, async ({ path: file }) => {
        const own = edits.filter(([name]) => file.endsWith(`/${name}`))
        if (own.length === 0) return undefined
        let contents = await readFile(file, 'utf8')
        for (const [name, from, to] of own) {
          const edited = contents.replace(from, to)
          if (edited === contents) throw new Error(`${name} has changed: there is no ${from}`)
          done.add(name)
          contents = edited
        }
        return { contents, loader: file.endsWith('.ts') ? 'ts' : 'js' }
      })
    },
  }
  await bundle(['src/main.ts', ...THREADS], FOLDER, { plugins: [plugin] })
  for (const [name] of edits) if (!done.has(name)) throw new Error(`${name} is no part of the program`)
  await writeFile(program, "import { main } from './main.mjs'\n\nawait main(process.argv.slice(2))\n")
  return program
}
