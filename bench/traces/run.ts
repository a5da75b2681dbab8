/**
 * What the diagrams of calls say, against what runs: the tests of each Python checkout of a folder are run under a recorder.
 * `--repos=<folder>`, or checkouts with `--repo=<path>`; `--list` tells the arrows that no test takes.
 */

import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { analyse } from '#generate/analyse/analyse.ts'
import { readPackages } from '#generate/manifests/read-packages.ts'
import type { Analysis, Diagram, Inventory } from '#generate/model.ts'
import { draftPages } from '#generate/pages/pages.ts'
import { partition } from '#generate/partition/partition.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { readCheckout } from '../accuracy/checkout.ts'
import { print } from '../measure.ts'
import { type Arrow, judge } from './judge.ts'
import { type Recording, record } from './recording.ts'

export async function run(): Promise<void> {
  const flags = (name: string): string[] =>
    process.argv.flatMap((one) => (one.startsWith(`--${name}=`) ? [path.resolve(one.slice(name.length + 3))] : []))
  const folders = flags('repos').flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
  const checkouts = [...flags('repo'), ...folders].filter((folder) => existsSync(path.join(folder, '.git'))).sort()
  if (checkouts.length === 0) throw new Error('Expected --repos=<folder of checkouts> or --repo=<checkout>.')
  for (const checkout of checkouts) {
    const recording = record(checkout)
    if (recording === undefined) {
      print(`  ${path.basename(checkout)}: no test ran`)
      continue
    }
    const inventory = await readCheckout(checkout)
    const analysis = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
    tell(path.basename(checkout), inventory, analysis, recording, process.argv.includes('--list'))
  }
}

export function tell(
  name: string,
  inventory: Inventory,
  analysis: Analysis,
  recording: Recording,
  isListed: boolean,
): void {
  const arrows = diagramsOf(name, inventory, analysis).flatMap(arrowsOf)
  const roles = new Map(inventory.files.map(({ path, role }) => [path, role]))
  const verdict = judge(analysis.components, (path) => roles.get(path) === 'code', arrows, recording)
  const share = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(3))
  const ran = verdict.arrows - verdict.unrun.length
  print(
    `  ${name}, ${recording.tests} tests: of ${verdict.arrows} calls drawn seen ${share(verdict.seen.length, verdict.arrows)}, of ${ran} whose caller ran ${share(verdict.seen.length, ran)}; of the ten busiest functions named ${verdict.named.length}`,
  )
  if (!isListed) return
  for (const { from, to } of verdict.unseen) print(`    unseen: ${from} -> ${to}`)
  for (const { from, to } of verdict.unrun) print(`    caller never ran: ${from} -> ${to}`)
  for (const id of verdict.busiest) print(`    busy: ${id}${verdict.named.includes(id) ? '' : ', not named'}`)
}

function diagramsOf(name: string, inventory: Inventory, analysis: Analysis): Diagram[] {
  const subject = { repoUrl: `https://example.org/bench/${name}`, name, fullName: `bench/${name}` }
  const packages = readPackages(inventory)
  const surfaces = surfacesOf(packages, analysis, inventory.files, name)
  const root = partition(inventory, analysis, subject)
  const about = { subject, commitSubject: '', ref: null, link: () => '' }
  const drafted = draftPages({ ...about, inventory, analysis, packages, surfaces, root })
  for (const _ of drafted.pages());
  return drafted.written().diagrams
}

/** The calls that a diagram draws; none of one that draws something else. */
function arrowsOf({ mermaid, nodes }: Diagram): Arrow[] {
  if (mermaid.startsWith('sequenceDiagram'))
    return Object.entries(nodes).flatMap(([name, [from, to]]) =>
      name.startsWith('m') && from !== undefined && to !== undefined ? [{ from, to }] : [],
    )
  if (!mermaid.startsWith('flowchart TD')) return []
  return [...mermaid.matchAll(/^ {2}(n\d+) -\.?->? (n\d+)$/gm)].flatMap(([, a = '', b = '']) => {
    const [from, to] = [nodes[a]?.[0], nodes[b]?.[0]]
    return from === undefined || to === undefined ? [] : [{ from, to }]
  })
}
