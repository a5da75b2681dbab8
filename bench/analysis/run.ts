/**
 * The analysis of a checkout beside what bounds it: parsing the same files with the same grammars and nothing else. Each
 * figure is of a process of its own, so that nothing is warm; rounds are interleaved and the middle one is told.
 */

import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle, THREADS } from '../../src/bundle.js'
import { median, print, readFlag } from '../measure.ts'
import { measureCommits } from './commits.ts'
import type { Task, Timed } from './once.ts'

/** Measured as the program runs: from a bundle. */
const BUNDLE = fileURLToPath(new URL('../../node_modules/.cache/docspool-bench', import.meta.url))

export async function run(): Promise<void> {
  const rounds = readFlag('rounds', 3)
  const folders = process.argv.filter((one) => one.startsWith('--repo=')).map((one) => path.resolve(one.slice(7)))
  if (folders.length === 0) throw new Error('Name a checkout: make bench ONLY="analysis --repo=/path/to/repository".')
  await rm(BUNDLE, { recursive: true, force: true })
  await bundle(['bench/analysis/once.ts', ...THREADS], BUNDLE)
  const commits = readFlag('commits', 0)
  for (const folder of folders) {
    await (commits > 0 ? measureCommits(folder, commits, rounds, once) : measure(folder, rounds))
  }
}

async function measure(folder: string, rounds: number): Promise<void> {
  const language = process.argv.find((one) => one.startsWith('--language='))?.slice(11)
  const cache = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  try {
    const tasks: Record<string, () => Promise<Task>> = {
      'parsing alone, 1 thread': async () => ({ kind: 'parse', folder }),
      'analysis, 1 thread': async () => ({ kind: 'analyse', folder, language, threads: 1 }),
      'analysis, cold': async () => ({ kind: 'analyse', folder, language, threads: availableParallelism() }),
      'analysis, shuffled': async () => ({ kind: 'analyse', folder, language, threads: 2, isShuffled: true }),
      'cold, keeping results': async () => {
        await rm(`${cache}/a`, { recursive: true, force: true })
        return { kind: 'analyse', folder, language, threads: availableParallelism(), cache: `${cache}/a` }
      },
      'nothing changed': async () => ({ kind: 'analyse', folder, language, cache: `${cache}/a` }),
      'one body changed': () => changed('body'),
      'one declaration changed': () => changed('declaration'),
      '… in a file few name': () => changed('declaration', 'leaf'),
      '… in a file many name': () => changed('declaration', 'central'),
    }
    const changed = async (
      change: 'body' | 'declaration',
      place: 'middle' | 'leaf' | 'central' = 'middle',
    ): Promise<Task> => {
      await rm(`${cache}/b`, { recursive: true, force: true })
      await cp(`${cache}/a`, `${cache}/b`, { recursive: true })
      return { kind: 'analyse', folder, language, cache: `${cache}/b`, change, place }
    }
    const found = new Map<string, Timed[]>(Object.keys(tasks).map((name) => [name, []]))
    for (let round = 0; round < rounds; round++) {
      for (const [name, task] of Object.entries(tasks)) found.get(name)?.push(once(await task()))
    }
    report(folder, found)
  } finally {
    await rm(cache, { recursive: true, force: true })
  }
}

function once(task: Task): Timed {
  const child = spawnSync(process.execPath, [path.join(BUNDLE, 'once.mjs'), JSON.stringify(task)], {
    encoding: 'utf8',
    maxBuffer: 64 * 1_048_576,
    timeout: 600_000,
  })
  const line = child.stdout.trim().split('\n').at(-1) ?? ''
  if (child.status !== 0 || line === '') throw new Error(`${JSON.stringify(task)}: ${child.stderr.slice(-2_000)}`)
  return JSON.parse(line) as Timed
}

function report(folder: string, found: ReadonlyMap<string, readonly Timed[]>): void {
  const first = [...found.values()][0]?.[0]
  print(`\n${path.basename(folder)}: ${first?.files} files, ${first?.lines} lines`)
  const base = median((found.get('parsing alone, 1 thread') ?? []).map(({ ms }) => ms))
  const full = median((found.get('analysis, cold') ?? []).map(({ ms }) => ms))
  print('                              ms      CPU ms     lines/s   of parsing   of cold   MB at most')
  for (const [name, all] of found) {
    const ms = median(all.map((one) => one.ms))
    const rate = Math.round(((all[0]?.lines ?? 0) * 1_000) / ms)
    const memory = Math.max(...all.map((one) => one.megabytes))
    const cpu = median(all.map((one) => one.cpuMs)).toFixed(0)
    const columns = [
      ms.toFixed(0).padStart(8),
      cpu.padStart(12),
      String(rate).padStart(12),
      (ms / base).toFixed(2).padStart(11),
    ]
    print(
      `${name.padEnd(24)}${columns.join('')}${(ms / full).toFixed(2).padStart(11)}${memory.toFixed(0).padStart(11)}`,
    )
  }
  const digests = [
    'analysis, 1 thread',
    'analysis, cold',
    'analysis, shuffled',
    'cold, keeping results',
    'nothing changed',
  ]
  const distinct = new Set(digests.flatMap((name) => (found.get(name) ?? []).map((one) => one.digest)))
  print(`results of the unchanged files: ${distinct.size === 1 ? 'all the same bytes' : `${distinct.size} different`}`)
}
