/** The tests of a Python checkout, run by pytest under a profile function. */

import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { flags } from '../measure.ts'
import { type Component, groupBy, isFunction, type Ran } from './ran.ts'

/** `[file, first line, last line, callee]`; a function is `file:line:name`. */
type TracedCall = [string, number, number, string]

interface Traced {
  calls: TracedCall[]
  completed: string[]
  /** How many tests pass through a function, by its key. */
  tests: Record<string, number>
  report: string
}

/** What is called for an instance of a class. */
const CONSTRUCTORS = ['__init__', '__new__']

export function runPytest(root: string, components: readonly Component[]): Ran {
  const input = JSON.stringify({ root, tests: flags('tests'), source: flags('source') })
  const script = path.join(import.meta.dirname, 'traced_calls.py')
  const python = flags('python')[0] ?? 'python3'
  const traced: Traced = JSON.parse(execFileSync(python, [script], { input, encoding: 'utf8', maxBuffer: 1 << 28 }))

  const byCaller = groupBy(traced.calls, ([file]) => file)
  const byName = groupBy(components.filter(isFunction), ({ file, name }) => `${file}:${name}`)
  const ids = new Set(components.map(({ id }) => id))
  /** The function of a key, whose line may be that of a decorator. */
  const componentAt = (key: string): Component | undefined => {
    const [, file = '', line = '', name = ''] = /^(.*):(\d+):([^:]*)$/.exec(key) ?? []
    const candidates = (byName.get(`${file}:${name}`) ?? []).filter(({ start_line }) => start_line >= Number(line))
    return candidates.sort((a, b) => a.start_line - b.start_line)[0]
  }
  const completed = new Set(traced.completed.map(componentAt))
  const passes = new Map<Component, number>()
  for (const [key, count] of Object.entries(traced.tests)) {
    const component = componentAt(key)
    if (component !== undefined) passes.set(component, count)
  }
  const callsAt = (file: string, line: number): TracedCall[] =>
    (byCaller.get(file) ?? []).filter(([, first, last]) => first <= line && line <= last)
  return {
    report: traced.report.trim().split('\n').at(-1) ?? '',
    passes,
    hasCompleted: (component) => completed.has(component),
    canBeSeen: (callee) => isFunction(callee) || CONSTRUCTORS.some((name) => ids.has(`${callee.id}.${name}`)),
    hasRun: (file, line) => callsAt(file, line).length > 0,
    isSeen({ file, line, callees }) {
      const names = new Set(callees.flatMap((one) => (isFunction(one) ? [one.name] : [...CONSTRUCTORS, '__call__'])))
      return callsAt(file, line).some(([, , , key]) => names.has(componentAt(key)?.name ?? ''))
    },
  }
}
