/** The tests of a JavaScript checkout, file by file, under V8's own coverage of blocks. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { flags } from '../measure.ts'
import { type Component, groupBy, isFunction, type Ran } from './ran.ts'

const Range = z.object({ startOffset: z.number(), endOffset: z.number(), count: z.number() })
const Coverage = z.object({
  result: z.array(
    z.object({ url: z.string(), functions: z.array(z.object({ functionName: z.string(), ranges: z.array(Range) })) }),
  ),
})

/** The ranges of one file in one run, outer ones first. */
type Ranges = z.infer<typeof Range>[]

/** `--tests` names the files of tests, `--command="node --test"` what runs one of them. */
export function runNode(root: string, components: readonly Component[]): Ran {
  const [program = 'node', ...args] = (flags('command')[0] ?? 'node --test').split(' ')
  const files = new Map<string, { text: string; starts: number[] }>()
  const byFile = groupBy(components.filter(isFunction), ({ file }) => file)
  const runs: Map<string, Ranges>[] = []
  const passes = new Map<Component, number>()
  const ids = new Set(components.map(({ id }) => id))
  let failed = 0
  for (const test of flags('tests').flatMap((one) => testFiles(root, one))) {
    const folder = mkdtempSync(path.join(tmpdir(), 'docspool-coverage-'))
    const env = { ...process.env, NODE_V8_COVERAGE: folder, NODE_TEST_CONTEXT: undefined }
    const { status } = spawnSync(program, [...args, test], { cwd: root, env, stdio: 'ignore', timeout: 120_000 })
    if (status !== 0) failed += 1
    const passed = new Set<Component>()
    for (const name of readdirSync(folder)) {
      const run = new Map<string, Ranges>()
      for (const { url, functions } of Coverage.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8')))
        .result) {
        const file = url.startsWith('file:') ? path.relative(root, fileURLToPath(url)) : '..'
        if (file.startsWith('..') || file.startsWith('node_modules')) continue
        const ranges = functions.flatMap((one) => one.ranges)
        run.set(
          file,
          ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset),
        )
        for (const one of functions) {
          const component = one.ranges[0] === undefined ? undefined : componentOf(file, one.functionName, one.ranges[0])
          if (component !== undefined) passed.add(component)
        }
      }
      runs.push(run)
    }
    rmSync(folder, { recursive: true })
    for (const one of passed) passes.set(one, (passes.get(one) ?? 0) + 1)
  }

  function textOf(file: string): { text: string; starts: number[] } {
    let found = files.get(file)
    if (found === undefined) {
      const text = readFileSync(path.join(root, file), 'utf8')
      found = { text, starts: [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)] }
      files.set(file, found)
    }
    return found
  }

  /** The function that ran as a range, by its name and its first line. */
  function componentOf(file: string, name: string, { startOffset, count }: Ranges[number]): Component | undefined {
    if (count === 0) return undefined
    const line = textOf(file).starts.findLastIndex((start) => start <= startOffset) + 1
    const named = (byFile.get(file) ?? []).filter((one) => one.start_line <= line && line <= one.end_line)
    const last = name.split('.').at(-1)
    return named.filter((one) => one.name === last).sort((a, b) => b.start_line - a.start_line)[0]
  }

  /** Whether code of a line ran in a run. */
  function ranIn(run: ReadonlyMap<string, Ranges>, file: string, line: number): boolean {
    const { text, starts } = textOf(file)
    const start = starts[line - 1] ?? 0
    const code = start + (/\S/.exec(text.slice(start))?.index ?? 0)
    const around = (run.get(file) ?? []).filter((one) => one.startOffset <= code && code < one.endOffset)
    return (around.at(-1)?.count ?? 0) > 0
  }

  return {
    report: `${failed} files of tests failed`,
    passes,
    hasCompleted: (component) => passes.has(component),
    canBeSeen: (callee) => isFunction(callee) || ids.has(`${callee.id}.constructor`),
    hasRun: (file, line) => runs.some((run) => ranIn(run, file, line)),
    isSeen: ({ file, line, callees }) =>
      runs.some((run) => ranIn(run, file, line)) &&
      components.some(
        (one) => passes.has(one) && callees.some(({ name, id }) => name === one.name || `${id}.constructor` === one.id),
      ),
  }
}

/** A file, or the files of a folder and those below it. */
function testFiles(root: string, name: string): string[] {
  if (/\.[cm]?js$/.test(name)) return [name]
  return readdirSync(path.join(root, name), { recursive: true })
    .map((below) => path.join(name, String(below)))
    .filter((file) => /\.[cm]?js$/.test(file))
    .sort()
}
