/**
 * How much of a document set stays where it is from commit to commit: inventory, analysis and partition of each of the newest
 * commits of a checkout, and what differs between neighbours though nothing of it changed.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { analyse } from '#generate/analyse/analyse.ts'
import { ResultsCache } from '#generate/analyse/results-cache.ts'
import { takeInventory } from '#generate/inventory/inventory.ts'
import { partition } from '#generate/partition/partition.ts'
import { createStepCache } from '#store/step-cache.ts'
import { print, readFlag } from '../measure.ts'
import { type Change, createRandom, KINDS } from './changes.ts'
import { type Commit, commitsOf, treeOf } from './commits.ts'
import { compare, type Snapshot, snapshotOf } from './compare.ts'

/** The program's own defaults. */
const LIMITS = { maxFiles: 50_000, maxFileBytes: 1_048_576, maxTotalBytes: 256 * 1_048_576 }
const MAX_SHOWN = 12

export async function run(): Promise<void> {
  const count = readFlag('commits', 20)
  const folders = process.argv.filter((one) => one.startsWith('--repo=')).map((one) => path.resolve(one.slice(7)))
  if (folders.length === 0) throw new Error('Name a checkout: make bench ONLY="stability --repo=/path/to/repository".')
  for (const folder of folders) await measure(folder, count)
}

async function measure(folder: string, count: number): Promise<void> {
  const cache = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  try {
    const commits = commitsOf(folder, count + 1)
    print(`${folder}: ${commits.length} commits, up to ${commits.at(-1)?.id.slice(0, 7)}`)
    const sums = { moved: 0, changed: 0, renamed: 0, retitled: 0, least: 1 }
    let before: Snapshot | undefined
    let last: Change | undefined
    for (const commit of commits) {
      last = await read(folder, commit, cache)
      const after = snapshot(folder, last)
      if (before !== undefined) {
        const found = compare(before, after)
        sums.moved += found.moved.length
        sums.changed += found.changed.length
        sums.renamed += found.renamed.length
        sums.retitled += found.retitled.length
        sums.least = Math.min(sums.least, found.rand)
        report(commit, before, after, found)
      }
      before = after
    }
    print(
      `  in all: ${sums.moved} unchanged files moved, ${sums.changed} modules changed and ${sums.renamed} came or went though none of ` +
        `their files did, ${sums.retitled} titles changed alone, least adjusted Rand index ${sums.least.toFixed(4)}`,
    )
    if (before !== undefined) sizes(before)
    const changes = process.argv.some((one) => one.startsWith('--changes=')) ? readFlag('changes', 1) : 0
    if (last !== undefined && changes > 0) change(folder, last, changes)
  } finally {
    await rm(cache, { recursive: true, force: true })
  }
}

async function read(folder: string, commit: Commit, cache: string): Promise<Change> {
  const signal = new AbortController().signal
  const inventory = await takeInventory(await treeOf(folder, commit), LIMITS, { signal, onProgress() {} })
  const kept = new ResultsCache(createStepCache(cache, { scope: '' }), folder)
  return { inventory, analysis: await analyse(inventory, { signal, onProgress() {}, cache: kept }) }
}

function snapshot(folder: string, { inventory, analysis }: Change): Snapshot {
  const name = path.basename(folder)
  return snapshotOf(inventory, partition(inventory, analysis, { repoUrl: `file://${folder}`, name, fullName: name }))
}

/** Changes of single files, chosen by a seed. */
function change(folder: string, base: Change, count: number): void {
  const before = snapshot(folder, base)
  const files = base.inventory.files.filter((file) => before.leaves.has(file.path))
  for (const [kind, make] of Object.entries(KINDS)) {
    const random = createRandom(7)
    let times = 0
    let moved = 0
    let least = 1
    for (let n = 0; n < count; n++) {
      const file = files[Math.floor(random() * files.length)]
      if (file === undefined) continue
      const found = compare(before, snapshot(folder, make(base, file, random)))
      times += found.moved.length > 0 ? 1 : 0
      moved += found.moved.length
      least = Math.min(least, found.rand)
    }
    print(`  ${kind}: ${times} of ${count} times others move, ${moved} files in all, least Rand ${least.toFixed(4)}`)
  }
}

function report(commit: Commit, before: Snapshot, after: Snapshot, found: ReturnType<typeof compare>): void {
  const paths = new Set([...before.blobs.keys(), ...after.blobs.keys()])
  const touched = [...paths].filter((one) => before.blobs.get(one) !== after.blobs.get(one)).length
  print(
    `  ${commit.id.slice(0, 7)} ${String(touched).padStart(4)} files changed, ${after.sizes.size} modules, ${found.moved.length} moved, ` +
      `${found.changed.length + found.renamed.length} modules changed alone, Rand ${found.rand.toFixed(4)}  ${commit.subject.slice(0, 60)}`,
  )
  const moves = new Map<string, number>()
  for (const { from, to } of found.moved) moves.set(`${from} → ${to}`, (moves.get(`${from} → ${to}`) ?? 0) + 1)
  for (const [move, files] of [...moves].slice(0, MAX_SHOWN)) print(`      ${files} moved: ${move}`)
  for (const id of found.retitled.slice(0, MAX_SHOWN)) {
    print(`      title of ${id}: ${before.titles.get(id)} → ${after.titles.get(id)}`)
  }
}

function sizes({ sizes: bySize }: Snapshot): void {
  const sorted = [...bySize.values()].sort((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0
  print(
    `  the last one: ${sorted.length} pages of ${sorted[0] ?? 0} to ${sorted.at(-1) ?? 0} files, ${middle} in the middle`,
  )
  const largest = [...bySize].sort(([, a], [, b]) => b - a).slice(0, MAX_SHOWN)
  print(`  the largest: ${largest.map(([id, files]) => `${id} (${files})`).join(', ')}`)
}
