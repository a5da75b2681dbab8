/**
 * Whether what sets say of calls is what happens: the tests of Python checkouts run, and what really called what is held against
 * the graph and the call tree of the overview. Needs python3 (3.11 or newer) with pytest (Debian: python3-pytest) and what the
 * tests import; runs code of the checkout.
 */

import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { print } from '../measure.ts'

/** `[file, first line, last line, callee]`; a function is `file:line:name`. */
type TracedCall = [string, number, number, string]

interface Traced {
  calls: TracedCall[]
  completed: string[]
  /** How many tests pass through a function, by its key. */
  tests: Record<string, number>
  report: string
}

interface Component {
  id: string
  kind: string
  name: string
  file: string
  start_line: number
  end_line: number
}

interface Edge {
  from: string
  to: string
  kind: string
  /** Line, column, and the context unless a call is unconditional. */
  places?: [number, number, string?][]
}

/** A call that a page or the graph tells of. */
interface Told {
  file: string
  line: number
  callees: readonly Component[]
}

/** `--of=<set>:<checkout>`, several; `--source=src` for folders that tests import from, `--tests=tests`, `--python=python3`. */
export async function run(): Promise<void> {
  print(
    '| repository | unconditional calls that ran | seen | share | steps of the tree that ran | seen | ten most passed in the tree | on the overview |',
  )
  print('| - | - | - | - | - | - | - | - |')
  for (const of of flags('of')) {
    const [set = '', checkout = ''] = of.split(':')
    const rows = await judge(path.resolve(set), path.resolve(checkout))
    for (const row of rows) print(row)
  }
}

async function judge(set: string, root: string): Promise<string[]> {
  const input = JSON.stringify({ root, tests: flags('tests'), source: flags('source') })
  const traced: Traced = JSON.parse(
    execFileSync(flags('python')[0] ?? 'python3', [path.join(import.meta.dirname, 'traced.py')], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    }),
  )
  const { components, edges }: { components: Component[]; edges: Edge[] } = JSON.parse(
    await readFile(path.join(set, 'graph.json'), 'utf8'),
  )
  const overview = await readFile(path.join(set, 'overview.md'), 'utf8')
  const byId = new Map(components.map((component) => [component.id, component]))
  const seen = new Seen(traced, components)

  const sure: Told[] = edges
    .filter(({ kind }) => kind === 'calls' || kind === 'instantiates')
    .flatMap(({ from, to, places = [] }) => {
      const [caller, callee] = [byId.get(from), byId.get(to)]
      if (caller === undefined || callee === undefined || !seen.hasCompleted(caller) || isOfTests(caller.file))
        return []
      return places.flatMap(([line, , context]) =>
        context === undefined ? [{ file: caller.file, line, callees: [callee] }] : [],
      )
    })
    .filter(({ callees }) => callees.some((one) => seen.canBeSeen(one)))
  const steps = stepsOf(overview, components).filter(
    ({ file, line, callees }) => seen.hasRun(file, line) && callees.some((one) => seen.canBeSeen(one)),
  )
  const missed = [...sure, ...steps].filter((told) => !seen.isSeen(told))
  const top = Object.entries(traced.tests)
    .flatMap(([key, count]) => {
      const component = seen.componentAt(key)
      return component === undefined || isOfTests(component.file) ? [] : [{ component, count }]
    })
    .sort((a, b) => b.count - a.count || (a.component.id < b.component.id ? -1 : 1))
    .slice(0, 10)
  const inTree = treeOf(overview)
  const named = (text: string): number =>
    top.filter(({ component }) => text.includes(`\`${nameOf(component)}\``) || text.includes(`${nameOf(component)} (`))
      .length
  const right = (told: readonly Told[]): number => told.filter((one) => seen.isSeen(one)).length
  const share = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(3))
  return [
    `| ${path.basename(root)} | ${sure.length} | ${right(sure)} | ${share(right(sure), sure.length)} | ${steps.length} | ${right(steps)} | ${named(inTree)} of ${top.length} | ${named(overview)} |`,
    `  ${traced.report.trim().split('\n').at(-1)}`,
    ...missed
      .slice(0, 20)
      .map(
        ({ file, line, callees }) => `  not seen: ${file}:${line} calls ${callees.map(({ id }) => id).join(' or ')}`,
      ),
    `  most passed: ${top.map(({ component, count }) => `${nameOf(component)} ${count}`).join(', ')}`,
  ]
}

/** What ran, by place and by component. */
class Seen {
  readonly #byCaller = new Map<string, TracedCall[]>()
  readonly #completed: Set<Component>
  readonly #at = new Map<string, Component | undefined>()
  readonly #components: readonly Component[]

  constructor({ calls, completed }: Traced, components: readonly Component[]) {
    this.#components = components
    for (const call of calls) {
      const list = this.#byCaller.get(call[0])
      if (list === undefined) this.#byCaller.set(call[0], [call])
      else list.push(call)
    }
    this.#completed = new Set(completed.flatMap((key) => this.componentAt(key) ?? []))
  }

  /** The function of a key, whose line may be that of a decorator. */
  componentAt(key: string): Component | undefined {
    if (!this.#at.has(key)) {
      const [, file = '', line = '', name = ''] = /^(.*):(\d+):([^:]*)$/.exec(key) ?? []
      const candidates = this.#components
        .filter((one) => one.file === file && one.name === name && isFunction(one) && one.start_line >= Number(line))
        .sort((a, b) => a.start_line - b.start_line)
      this.#at.set(key, candidates[0])
    }
    return this.#at.get(key)
  }

  hasCompleted(component: Component): boolean {
    return this.#completed.has(component)
  }

  /** Whether calls of it would be seen: generated constructors and those of C would not. */
  canBeSeen(callee: Component): boolean {
    return isFunction(callee) || this.#constructorOf(callee) !== undefined
  }

  #constructorOf(type: Component): Component | undefined {
    return this.#components.find(({ id }) => id === `${type.id}.__init__` || id === `${type.id}.__new__`)
  }

  /** Whether anything of the checkout was called from a line. */
  hasRun(file: string, line: number): boolean {
    return (this.#byCaller.get(file) ?? []).some(([, first, last]) => first <= line && line <= last)
  }

  /** Whether a callee, or what overrides it by the same name, was called from the line. */
  isSeen({ file, line, callees }: Told): boolean {
    const names = new Set(
      callees.flatMap((one) => (isFunction(one) ? [one.name] : ['__init__', '__new__', '__call__'])),
    )
    return (this.#byCaller.get(file) ?? []).some(([, first, last, key]) => {
      if (line < first || line > last) return false
      const called = this.componentAt(key)
      return called !== undefined && names.has(called.name)
    })
  }
}

const isFunction = ({ kind }: Component): boolean => kind === 'function' || kind === 'method'

const isOfTests = (file: string): boolean =>
  flags('tests').some((folder) => file === folder || file.startsWith(`${folder}/`))

/** `a/b.py#A.run~2` as `A.run`. */
const nameOf = ({ id }: Component): string => id.slice(id.indexOf('#') + 1).replace(/~\d+$/, '')

/** The section of the overview with the tree of calls. */
function treeOf(overview: string): string {
  const [, section = ''] = /^(## What .*? calls.*?)^## /ms.exec(overview) ?? []
  return section
}

/** Calls that lines of the tree tell of, with all of the components that the name may mean. */
function stepsOf(overview: string, components: readonly Component[]): Told[] {
  return treeOf(overview)
    .split('\n')
    .flatMap((text) => {
      const [, name] = /^(?:- )?\[`([^`]+)`\]\([^)]+\)/.exec(text) ?? []
      const [, file, line] = /\(lines? \[\d+\]\(source\/([^)#]+)#L(\d+)\)/.exec(text) ?? []
      const callees = components.filter((one) => nameOf(one) === name)
      return file === undefined || callees.length === 0
        ? []
        : [{ file: decodeURIComponent(file), line: Number(line), callees }]
    })
}

function flags(name: string): string[] {
  const start = `--${name}=`
  return process.argv.flatMap((argument) => (argument.startsWith(start) ? [argument.slice(start.length)] : []))
}
