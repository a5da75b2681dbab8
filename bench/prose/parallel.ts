/** How well questions run side by side: the time of the prose beside what the endpoint's own time and their order allow. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeDocuments, openSubject } from './subject.ts'

const DELAY_MS = 300
const WIDTH = 8

interface Question {
  messages: { role: string; content: string }[]
  startedAt: number
  endedAt: number
}

export async function parallel(folder: string): Promise<string[]> {
  const subject = await openSubject(folder)
  try {
    await makeDocuments(subject)
    const lines: string[] = []
    for (const width of [1, WIDTH]) {
      const file = path.join(subject.root, `seen-${width}.json`)
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', fileURLToPath(new URL('./server.ts', import.meta.url)), String(DELAY_MS), file],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      )
      const [url] = (await once(child.stdout, 'data')) as [Buffer]
      await makeDocuments(subject, { url: url.toString().trim(), place: `width-${width}`, concurrency: width })
      child.kill('SIGTERM')
      await once(child, 'exit')
      const { seen, peak } = JSON.parse(readFileSync(file, 'utf8')) as { seen: Question[]; peak: number }
      const took = Math.max(...seen.map((one) => one.endedAt)) - Math.min(...seen.map((one) => one.startedAt))
      const ideal = idealMs(seen, width)
      lines.push(
        `${width} at once: ${seen.length} questions in ${(took / 1_000).toFixed(2)} s; without any work in between and in the order that they depend on each other ${(ideal / 1_000).toFixed(2)} s, ${(ideal / took).toFixed(2)} of it; at most ${peak} at once`,
      )
    }
    return [`answers of ${DELAY_MS} ms`, ...lines.map((line) => `  ${line}`)]
  } finally {
    await subject.close()
  }
}

/**
 * The time that the same questions need when each takes `DELAY_MS` and nothing else takes any: a list schedule, those first
 * that most others wait for (T. C. Hu, Parallel Sequencing and Assembly Line Problems, 1961).
 */
function idealMs(seen: readonly Question[], width: number): number {
  const rounds = new Map<Question, number>()
  const before = new Map(seen.map((one) => [one, dependenciesOf(one, seen)]))
  const chains = new Map<Question, number>()
  for (const one of [...seen].sort((a, b) => b.startedAt - a.startedAt)) {
    const behind = seen.filter((other) => before.get(other)?.has(one))
    chains.set(one, 1 + Math.max(0, ...behind.map((other) => chains.get(other) ?? 0)))
  }
  const left = new Set([...seen].sort((a, b) => (chains.get(b) ?? 0) - (chains.get(a) ?? 0)))
  for (let round = 0; left.size > 0; round++) {
    const ready = [...left].filter((one) =>
      [...(before.get(one) ?? [])].every((other) => (rounds.get(other) ?? Infinity) < round),
    )
    for (const one of ready.slice(0, width)) {
      rounds.set(one, round)
      left.delete(one)
    }
    if (round > seen.length * 2) throw new Error('Questions wait for each other.')
  }
  return (Math.max(...rounds.values()) + 1) * DELAY_MS
}

/** The earlier turns of the same conversation, the modules and parts that a question tells of, and for all the grouping. */
function dependenciesOf(one: Question, seen: readonly Question[]): Set<Question> {
  const words = one.messages[1]?.content ?? ''
  const isGrouping = (other: Question): boolean =>
    /name the modules of a repository/.test(other.messages[0]?.content ?? '')
  const isOverview = /explain the whole repository/.test(one.messages[0]?.content ?? '')
  const found = new Set<Question>()
  if (isGrouping(one)) return found
  const told = [...words.matchAll(/<modules>\n([\s\S]*?)\n<\/modules>/g)].map(([, lines]) => lines).join('\n')
  const below = new Set([...told.matchAll(/^(.*?): "/gm)].map(([, at]) => at))
  const own = /^<parts>$/m.test(words) ? /^<modules>\nThe module "(.*?)" \(/.exec(words)?.[1] : undefined
  for (const other of seen) {
    if (other === one || other.startedAt > one.startedAt) continue
    const isEarlier =
      other.messages.length < one.messages.length &&
      other.messages.every(({ content }, at) => content === one.messages[at]?.content)
    const about = /^(?:<modules>\n)?The module ".*?" \((.*?)\) of /.exec(other.messages[1]?.content ?? '')?.[1]
    const isBelow = about !== undefined && (isOverview || below.has(about)) && other.messages[1]?.content !== words
    const whole = /^<modules>\nFiles of the module "(.*?)" of /.exec(other.messages[1]?.content ?? '')?.[1]
    const isPart = own !== undefined && whole === own
    if (isEarlier || isBelow || isPart || isGrouping(other)) found.add(other)
  }
  return found
}
