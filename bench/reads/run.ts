/** Reads of the analysis against the judges; prints a table and what was false and missing. */

import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { analyse } from '#generate/analyse/analyse.ts'
import { readCheckout } from '../accuracy/checkout.ts'
import type { JudgedRead } from './judge.ts'
import { judgeTypescript } from './typescript.ts'

type Judge = (root: string, files: readonly string[]) => { files: string[]; reads: JudgedRead[] }

const judgePython: Judge = (root, files) => {
  const script = path.join(import.meta.dirname, 'python.py')
  const input = JSON.stringify({ root, files })
  return JSON.parse(execFileSync('python3', [script], { input, encoding: 'utf8', maxBuffer: 1 << 28 }))
}

const JUDGES: readonly [name: string, languages: readonly string[], judge: Judge][] = [
  ['python', ['python'], judgePython],
  ['typescript', ['typescript', 'javascript'], judgeTypescript],
]

const keyOf = ({ file, line, name }: Pick<JudgedRead, 'file' | 'line' | 'name'>): string => `${file}:${line} ${name}`

process.stdout.write(
  '| repository | judge | files | reads | precision | recall | defaults |\n| --- | --- | --- | --- | --- | --- | --- |\n',
)
const misses: string[] = []
for (const folder of process.argv.slice(2)) {
  const root = path.resolve(folder)
  const inventory = await readCheckout(root)
  const { reads } = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  for (const [name, languages, judge] of JUDGES) {
    const files = inventory.files
      .filter(
        (file) => languages.includes(file.language ?? '') && file.text !== null && !file.generated && !file.vendored,
      )
      .map((file) => file.path)
    if (files.length === 0) continue
    const answer = judge(root, files)
    const judged = new Set(answer.files)
    const wanted = new Map(answer.reads.map((read) => [keyOf(read), read]))
    const found = new Map(
      reads
        .filter(({ kind, file, name }) => kind === 'environment' && judged.has(file) && !name.includes('…'))
        .map((read) => [keyOf(read), read]),
    )
    const right = [...found.keys()].filter((key) => wanted.has(key))
    const withDefault = right.filter((key) => typeof wanted.get(key)?.default === 'string')
    const rightDefault = withDefault.filter((key) => found.get(key)?.default === wanted.get(key)?.default)
    const share = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(3))
    const cells = [
      path.basename(root),
      name,
      judged.size,
      wanted.size,
      share(right.length, found.size),
      share(right.length, wanted.size),
      share(rightDefault.length, withDefault.length),
    ]
    process.stdout.write(`| ${cells.join(' | ')} |\n`)
    for (const key of found.keys()) if (!wanted.has(key)) misses.push(`false    ${path.basename(root)} ${key}`)
    for (const key of wanted.keys()) if (!found.has(key)) misses.push(`missing  ${path.basename(root)} ${key}`)
    for (const key of withDefault)
      if (!rightDefault.includes(key))
        misses.push(
          `default  ${path.basename(root)} ${key}: ${found.get(key)?.default} for ${wanted.get(key)?.default}`,
        )
  }
}
process.stdout.write(`\n${misses.join('\n')}\n`)
