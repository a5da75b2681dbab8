/**
 * Whether `impact` names the tests that a change concerns: each function of a Python checkout outside of its tests is taken for changed, and the files of
 * tests that really execute it, by coverage, are looked for among those that are named. Needs python3 with pytest and coverage
 * (Debian: python3-pytest, python3-coverage) and what the tests import; runs code of the checkout.
 */

import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { GRAPH_INDEX_FILE } from '#graph-queries/format.ts'
import { createGraphs } from '#graph-queries/graphs.ts'
import { type Answers, Parameters, type Question } from '#graph-queries/questions.ts'
import { flags, print, setsWithCheckouts } from '../measure.ts'

type Covered = Record<string, Record<string, string[]>>

interface Component {
  id: string
  kind: string
  file: string
  start_line: number
  end_line: number
}

/** `--of=<set>:<checkout>`, several; `--source=src` for folders that tests import from, `--tests=tests`, `--python=python3`. */
export async function run(): Promise<void> {
  print(
    '| repository | functions executed by tests | pairs with a file of tests | named | recall | files named for each, of all |',
  )
  print('| - | - | - | - | - | - |')
  for (const [set, checkout] of setsWithCheckouts()) for (const row of await judge(set, checkout)) print(row)
}

async function judge(set: string, root: string): Promise<string[]> {
  const source = flags('source')
  const input = JSON.stringify({ root, tests: flags('tests'), source: source.length === 0 ? ['src'] : source })
  const script = path.join(import.meta.dirname, 'covered.py')
  const printed = execFileSync(flags('python')[0] ?? 'python3', [script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const covered: Covered = JSON.parse(printed)
  const { components }: { components: Component[] } = JSON.parse(await readFile(path.join(set, 'graph.json'), 'utf8'))
  const index = await readFile(path.join(set, GRAPH_INDEX_FILE))
  const graphs = createGraphs({
    readFile: async () => index,
    readBytes: async (_, __, from, to) => index.subarray(from, to),
  })
  const tests = new Set(Object.values(covered).flatMap((lines) => Object.values(lines).flat()))
  const isOfTests = (file: string): boolean => flags('tests').some((folder) => file.startsWith(`${folder}/`))
  const missed: string[] = []
  let [functions, pairs, right, named] = [0, 0, 0, 0]
  for (const component of components) {
    if (!['function', 'method'].includes(component.kind) || isOfTests(component.file)) continue
    const executed = testsOf(component, components, covered)
    if (executed.size === 0) continue
    functions += 1
    const question = { ask: 'impact', ...Parameters.impact.parse({ symbol: [component.id] }) } as Question
    const outcome = await graphs.ask('key', question)
    if (outcome.is !== 'answer') throw new Error(`${component.id}: ${outcome.is}`)
    const answer = outcome.answer as Answers['impact']
    const files = new Set(answer.tests.map(({ file }) => file))
    named += files.size
    pairs += executed.size
    for (const file of executed)
      if (files.has(file)) right += 1
      else missed.push(`  missed: ${file} executes ${component.id}`)
  }
  const share = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(3))
  const mean = `${share(named, functions)} of ${tests.size}`
  return [
    `| ${path.basename(root)} | ${functions} | ${pairs} | ${right} | ${share(right, pairs)} | ${mean} |`,
    ...missed.slice(0, 20),
  ]
}

/** Files of tests that execute the body of a function; what is defined in it, and its first line, do not count. */
function testsOf(
  { id, file, start_line, end_line }: Component,
  all: readonly Component[],
  covered: Covered,
): Set<string> {
  const inner = all.filter(
    (one) => one.file === file && one.id !== id && one.start_line > start_line && one.end_line <= end_line,
  )
  const found = new Set<string>()
  for (const [text, tests] of Object.entries(covered[file] ?? {})) {
    const line = Number(text)
    if (line <= start_line || line > end_line) continue
    if (!inner.some((one) => line >= one.start_line && line <= one.end_line)) for (const test of tests) found.add(test)
  }
  return found
}
