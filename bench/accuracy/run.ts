/**
 * `make accuracy`: analyses each repository of a folder and holds the result against every oracle of its languages.
 * It fetches nothing. Arguments: the folder, then names of repositories or oracles; without names all. `--guesses`
 * counts edges that are guessed from a unique name too; `--misses=<folder>` writes what was false and what is missing. The name
 * `sample` asks no oracle: it prints edges to be judged by hand.
 */

import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { analyse } from '#generate/analyse/analyse.ts'
import type { Analysis, Inventory } from '#generate/model.ts'
import { readCheckout } from './checkout.ts'
import { type Comparison, compare, type Score } from './compare.ts'
import { isHeldOut } from './corpora.ts'
import { ORACLES } from './oracles.ts'
import { sampleOf } from './sample.ts'
import { type Row, tableOf } from './table.ts'

/** Lines of each file of `--misses`; what is shown is spread over all. */
const MAX_MISSES = 500

const words = process.argv.slice(2)
const [folder, ...names] = words.filter((word) => !word.startsWith('--'))
const missesFolder = words.find((word) => word.startsWith('--misses='))?.slice('--misses='.length)
const withGuesses = words.includes('--guesses')
if (folder === undefined || folder === '') refuse('say where repositories are checked out')
if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) refuse(`there is no folder ${folder}`)

const checkouts = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, '.git')))
if (checkouts.length === 0) refuse(`${folder} has no git checkout in it`)
const repositories = checkouts.filter((name) => isChosen(name, readdirSync(folder)))
const oracles = ORACLES.filter((oracle) =>
  isChosen(
    oracle.name,
    ORACLES.map((one) => one.name),
  ),
)
const rows: Row[] = []
const notes: string[] = []
for (const name of repositories) await judgeRepository(name, path.resolve(folder, name))
if (rows.length + notes.length > 0) process.stdout.write(tableOf(rows, notes))

/** One line for who typed it, and no stack. */
function refuse(reason: string): never {
  process.stderr.write(`accuracy: ${reason}; make accuracy REPOS=<folder of git checkouts>\n`)
  process.exit(1)
}

/** Without a name of its sort everything is chosen. */
function isChosen(name: string, all: readonly string[]): boolean {
  const chosen = names.filter((one) => all.includes(one))
  return chosen.length === 0 || chosen.includes(name)
}

async function judgeRepository(name: string, checkout: string): Promise<void> {
  const inventory = await readCheckout(checkout)
  const begin = performance.now()
  const analysis = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  const seconds = (performance.now() - begin) / 1_000
  if (names.includes('sample')) {
    process.stdout.write(`${name}: ${sampleOf(analysis, inventory)}\n`)
    return
  }
  for (const oracle of oracles) {
    const files = filesOf(inventory, oracle.languages)
    if (files.length === 0) continue
    const verdict = await oracle.judge(checkout, files)
    const of = `${name} (${oracle.name})`
    if (typeof verdict === 'string') {
      notes.push(`${of}: ${verdict}`)
      continue
    }
    const comparison = compare(analysis, verdict, withGuesses)
    const calls = callsOf(analysis, oracle.languages)
    const commit = inventory.commit.slice(0, 8)
    rows.push({
      repository: name,
      commit,
      isHeldOut: isHeldOut(name),
      oracle: oracle.name,
      files: verdict.files.size,
      comparison,
      calls,
      seconds,
    })
    if (verdict.note !== undefined) notes.push(`${of}: ${verdict.note}`)
    if (missesFolder !== undefined) writeMisses(missesFolder, `${name}-${oracle.name}`, comparison)
  }
}

/** What the analysers were given. */
function filesOf(inventory: Inventory, languages: readonly string[]): string[] {
  return inventory.files
    .filter(
      (file) => file.text !== null && !file.generated && !file.vendored && languages.includes(file.language ?? ''),
    )
    .map((file) => file.path)
}

/** The share of calls whose target is known, or known to be elsewhere. */
function callsOf(analysis: Analysis, languages: readonly string[]): number {
  let resolved = 0
  let all = 0
  for (const report of analysis.reports) {
    if (!languages.includes(report.language)) continue
    resolved += report.callsResolved
    all += report.callsResolved + report.callsUnresolved
  }
  return resolved / all
}

function writeMisses(folder: string, name: string, comparison: Comparison): void {
  mkdirSync(folder, { recursive: true })
  for (const [part, score] of Object.entries(comparison) as [string, Score][]) {
    for (const [sort, lines] of [
      ['false', score.falseOnes],
      ['missing', score.missing],
    ] as const) {
      const causes = new Map<string, number>()
      for (const line of lines) {
        const cause = line.includes('\t') ? (line.split('\t')[0] ?? '') : ''
        causes.set(cause, (causes.get(cause) ?? 0) + 1)
      }
      const counts = [...causes].map(([cause, count]) => `# ${count} ${cause}`)
      const step = Math.max(1, lines.length / MAX_MISSES)
      const shown = lines.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
      writeFileSync(
        path.join(folder, `${name.replaceAll('/', '-')}-${part}-${sort}.txt`),
        `${[...counts, ...shown].join('\n')}\n`,
      )
    }
  }
}
