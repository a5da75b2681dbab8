/**
 * Whether what sets say of calls is what happens: the tests of checkouts run, and what ran is held against the graph and the call
 * tree of the page of calls. Python needs python3 (3.11 or newer) with pytest (Debian: python3-pytest), both need what the tests import
 * (`npm install` in a copy of the checkout). Runs code of the checkout.
 */

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { flags, print, setsWithCheckouts } from '../measure.ts'
import { runNode } from './javascript.ts'
import { runPytest } from './python.ts'
import type { Component, Told } from './ran.ts'

interface Edge {
  from: string
  to: string
  kind: string
  /** Line, column, and the context unless a call is unconditional. */
  places?: [number, number, string?][]
}

/** `--of=<set>:<checkout>`, several; `--tests=tests`, `--source=src` for folders that tests import from, `--python=python3`, `--command="node --test"`. */
export async function run(): Promise<void> {
  print(
    '| repository | unconditional calls of functions that ran | seen | share | steps of the tree that ran | seen | ten most passed in the tree | on the overview |',
  )
  print('| - | - | - | - | - | - | - | - |')
  for (const [set, checkout] of setsWithCheckouts()) for (const row of await judge(set, checkout)) print(row)
}

async function judge(set: string, root: string): Promise<string[]> {
  const { components, edges }: { components: Component[]; edges: Edge[] } = JSON.parse(
    await readFile(path.join(set, 'graph.json'), 'utf8'),
  )
  const overview = await readFile(path.join(set, 'overview.md'), 'utf8')
  const tree = await readFile(path.join(set, 'calls.md'), 'utf8').catch(() => overview)
  const ran = existsSync(path.join(root, 'package.json')) ? runNode(root, components) : runPytest(root, components)
  const byId = new Map(components.map((component) => [component.id, component]))
  const sure: Told[] = edges
    .filter(({ kind }) => kind === 'calls' || kind === 'instantiates')
    .flatMap(({ from, to, places = [] }) => {
      const [caller, callee] = [byId.get(from), byId.get(to)]
      if (caller === undefined || callee === undefined || !ran.hasCompleted(caller) || isOfTests(caller.file)) return []
      return places.flatMap(([line, , context]) =>
        context === undefined ? [{ file: caller.file, line, callees: [callee] }] : [],
      )
    })
    .filter(({ callees }) => callees.some((one) => ran.canBeSeen(one)))
  const steps = stepsOf(tree, components).filter(
    ({ file, line, callees }) => ran.hasRun(file, line) && callees.some((one) => ran.canBeSeen(one)),
  )
  const missed = [...sure, ...steps].filter((told) => !ran.isSeen(told))
  const top = [...ran.passes]
    .filter(([component]) => !isOfTests(component.file))
    .sort(([a, m], [b, n]) => n - m || (a.id < b.id ? -1 : 1))
    .slice(0, 10)
    .map(([component, count]) => ({ name: nameOf(component), count }))
  const named = (text: string): number =>
    top.filter(({ name }) => text.includes(`\`${name}\``) || text.includes(`${name} (`)).length
  const right = (told: readonly Told[]): number => told.filter((one) => ran.isSeen(one)).length
  const share = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(3))
  return [
    `| ${path.basename(root)} | ${sure.length} | ${right(sure)} | ${share(right(sure), sure.length)} | ${steps.length} | ${right(steps)} | ${named(tree)} of ${top.length} | ${named(overview)} |`,
    `  ${ran.report}`,
    ...missed.slice(0, 20).map(({ file, line, callees }) => {
      const names = callees.map(({ id }) => id).join(' or ')
      return `  not seen: ${file}:${line} calls ${names}`
    }),
    `  most passed: ${top.map(({ name, count }) => `${name} ${count}`).join(', ')}`,
  ]
}

const isOfTests = (file: string): boolean =>
  flags('tests').some((folder) => file === folder || file.startsWith(`${folder}/`))

/** `a/b.py#A.run~2` as `A.run`. */
const nameOf = ({ id }: Component): string => id.slice(id.indexOf('#') + 1).replace(/~\d+$/, '')

function stepsOf(tree: string, components: readonly Component[]): Told[] {
  return tree.split('\n').flatMap((text) => {
    const [, name] = /^ *- \[`([^`]+)`\]\([^)]+\)/.exec(text) ?? []
    const [, file, line] = /\(lines? \[\d+\]\(source\/([^)#]+)#L(\d+)\)/.exec(text) ?? []
    const callees = components.filter((one) => nameOf(one) === name)
    if (file === undefined || callees.length === 0) return []
    return [{ file: decodeURIComponent(file), line: Number(line), callees }]
  })
}
