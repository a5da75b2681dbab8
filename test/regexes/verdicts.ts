/**
 * Asks `recheck` about patterns, runs the attacks that it finds, and keeps the verdicts.
 *
 * They are committed with the patterns: what decides a hard one takes up to a minute, and times that a busy machine
 * does not keep. A verdict holds as long as its pattern and the version of recheck.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type AttackPattern, check, type Diagnostics } from 'recheck'
import type { Pattern } from './collect.ts'

export type Verdict =
  | { is: 'safe' }
  /** An attack was found, and a million characters of it took so many milliseconds of processor time. */
  | { is: 'harmless'; attack: string; ms: number }
  | { is: 'vulnerable'; attack: string; complexity: string }
  | { is: 'undecided'; reason: string }

/** Enters the names of kept verdicts: raise it when what decides them changes. */
const VERSION = 'recheck 4.5.0, 3'
const AUTOMATON_MS = 3_000
const FUZZ_MS = 30_000
/** Characters of an attack, up to the largest text that is read: what takes squares of them is seen early. */
const ATTACK_CHARACTERS = [10_000, 30_000, 100_000, 1_000_000]
const MAX_REPLAY_MS = 250
/** Long enough for a busy machine. */
const REPLAY_DEADLINE_MS = 10_000

export const keyOf = ({ source, flags }: Pattern): string => `/${source}/${flags}`

/**
 * @param file - Holds the verdicts; afterwards those of these patterns and no others.
 * @param workers - Patterns that are judged at the same time.
 */
export async function judge(patterns: readonly Pattern[], file: string, workers = 2): Promise<Map<string, Verdict>> {
  process.env.RECHECK_BACKEND ??= backend()
  const known = readKept(file)
  const kept: Record<string, Verdict> = {}
  const verdicts = new Map<string, Verdict>()
  const open: Pattern[] = []
  const take = (pattern: Pattern, verdict: Verdict) => {
    verdicts.set(keyOf(pattern), verdict)
    kept[digestOf(pattern)] = verdict
  }
  for (const pattern of new Map(patterns.map((one) => [keyOf(one), one])).values()) {
    const verdict = known[digestOf(pattern)]
    if (verdict === undefined) open.push(pattern)
    else take(pattern, verdict)
  }
  const next = open.values()
  await Promise.all(
    Array.from({ length: Math.min(workers, open.length) }, async () => {
      const replay = new Replay()
      for (const pattern of next) {
        take(pattern, await judgeOne(pattern, replay))
        if (verdicts.size % 50 === 0) keep(file, { ...known, ...kept })
      }
      replay.end()
    }),
  )
  keep(file, kept)
  return verdicts
}

const digestOf = (pattern: Pattern): string =>
  createHash('sha256')
    .update(`${VERSION}\0${keyOf(pattern)}`)
    .digest('hex')
    .slice(0, 24)

/** In order, so that two branches merge, and as Biome formats it. */
function keep(file: string, kept: Record<string, Verdict>): void {
  const sorted = Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1))
  const text = `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`
  if (text !== readText(file)) writeFileSync(file, text)
}

/** Where recheck has no program for a system, its JavaScript does the same, some times slower. */
function backend(): string {
  const system = { darwin: 'macos', win32: 'windows' }[String(process.platform)] ?? process.platform
  try {
    createRequire(import.meta.url).resolve(`recheck-${system}-${process.arch}/package.json`)
    return 'native'
  } catch {
    return 'pure'
  }
}

function readKept(file: string): Record<string, Verdict> {
  const text = readText(file)
  return text === undefined ? {} : JSON.parse(text)
}

function readText(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

async function judgeOne(pattern: Pattern, replay: Replay): Promise<Verdict> {
  let said = await ask(pattern, 'auto', AUTOMATON_MS)
  if (said.status === 'unknown') said = await ask(pattern, 'fuzz', FUZZ_MS)
  if (said.status === 'safe') return { is: 'safe' }
  if (said.status === 'unknown') return { is: 'undecided', reason: said.error.kind }
  const attack = attackOf(said.attack, 60)
  let ms = 0
  for (const length of ATTACK_CHARACTERS)
    if (ms <= MAX_REPLAY_MS) ms = await replay.run(pattern, attackOf(said.attack, length))
  return ms <= MAX_REPLAY_MS
    ? { is: 'harmless', attack, ms }
    : { is: 'vulnerable', attack, complexity: said.complexity.summary }
}

const ask = ({ source, flags }: Pattern, checker: 'auto' | 'fuzz', timeout: number): Promise<Diagnostics> =>
  check(source, flags, { checker, timeout })

/** The attack, as long as that. */
function attackOf({ pumps, suffix }: AttackPattern, length: number): string {
  const fixed = pumps.reduce((sum, { prefix }) => sum + prefix.length, suffix.length)
  const pumped = Math.max(
    1,
    pumps.reduce((sum, { pump }) => sum + pump.length, 0),
  )
  const times = Math.max(1, Math.floor((length - fixed) / pumped))
  return pumps.map(({ prefix, pump }) => prefix + pump.repeat(times)).join('') + suffix
}

/** A process that runs attacks, and is ended when one takes too long. */
class Replay {
  #child: ChildProcess | undefined

  run({ source, flags }: Pattern, text: string): Promise<number> {
    const child = this.#child ?? fork(fileURLToPath(new URL('replay-process.mjs', import.meta.url)), { execArgv: [] })
    this.#child = child
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.end()
        resolve(Number.POSITIVE_INFINITY)
      }, REPLAY_DEADLINE_MS)
      child.once('message', (ms) => {
        clearTimeout(timer)
        child.removeAllListeners('error')
        resolve(Number(ms))
      })
      child.once('error', reject)
      child.send({ source, flags, text })
    })
  }

  end(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }
}
