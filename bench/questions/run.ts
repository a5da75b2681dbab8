/**
 * Finding by question: of the subjects of commits, how many lead to a file that the commit changed, among the first five and ten code files that
 * an answer names without a model; beside plain full-text searches of the same sources in the same run. `--sets=<folder>` has a set for each
 * repository, of the commit that `--clones=<folder>`, with its history, is asked for by `--print-bases`.
 */

import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { askerOf } from '#ask/asker.ts'
import { createWrittenReader, findWrittenSets } from '#cli/written-sets.ts'
import { print } from '../measure.ts'
import { createBm25, createCounting, readSources } from './baselines.ts'
import { type CommitQuestion, isCode, readHistory } from './commits.ts'

const flag = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)

const TEST = /(?:^|[/_.-])(?:tests?|specs?|__tests__|playground|e2e)(?:[/_.-]|$)/i

export async function run(): Promise<void> {
  const [sets, clones, count] = [flag('sets'), flag('clones'), Number(flag('commits') ?? 200)]
  if (clones === undefined) throw new Error('Expected --clones=<folder>, with a clone for each repository.')
  const names = (flag('only')?.split(',') ?? readdirSync(clones)).filter((name) => existsSync(path.join(clones, name)))
  if (process.argv.includes('--print-bases') || sets === undefined) {
    for (const name of names) print(`${name} ${readHistory(path.join(clones, name), count).base}`)
    return
  }
  const total = new Map<string, number[]>()
  for (const name of names) {
    if (!existsSync(path.join(sets, name, 'search.json'))) continue
    const clone = path.join(clones, name)
    const { base, questions } = readHistory(clone, count)
    const [set] = await findWrittenSets(path.join(sets, name))
    if (set === undefined || set.manifest.commit !== base) throw new Error(`${name} is not documented at ${base}.`)
    const asker = askerOf(createWrittenReader([set]))
    const sources = readSources(clone, base)
    const [bm25, counting] = [createBm25(sources), createCounting(sources)]
    const ask = async (question: string) =>
      ((await asker.ask(set.manifest.key, question))?.answer.files ?? []).filter(isCode)
    const ways = { ask, bm25: async (text: string) => bm25(text), counting: async (text: string) => counting(text) }
    const found = Object.fromEntries(Object.keys(ways).map((way) => [way, [0, 0, 0, 0]])) as Record<string, number[]>
    for (const question of questions) {
      for (const [way, search] of Object.entries(ways)) {
        const hits = hitsOf(question, await search(question.subject))
        hits.forEach((hit, at) => {
          if (found[way] !== undefined) found[way][at] = (found[way][at] ?? 0) + hit
        })
        if (process.argv.includes('--missed') && way === 'ask' && hits[1] === 0)
          print(
            `    missed: ${question.subject}: ${question.files.join(' ')}; ${(await ask(question.subject)).slice(0, 5).join(' ')}`,
          )
      }
    }
    print(`  ${name}: ${questions.length} questions, ${sources.length} code files`)
    for (const [way, hits] of Object.entries(found)) {
      print(`    ${way.padEnd(9)} ${tell(hits, questions.length)}`)
      const sum = total.get(way) ?? [0, 0, 0, 0, 0]
      total.set(
        way,
        [...hits, questions.length].map((value, at) => value + (sum[at] ?? 0)),
      )
    }
  }
  for (const [way, sum] of total) print(`  all: ${way.padEnd(9)} ${tell(sum, sum.at(-1) ?? 0)}`)
}

/** Whether a true file is among the first five, the first ten; the same where tests are no truth. */
function hitsOf({ files }: CommitQuestion, found: readonly string[]): number[] {
  const has = (most: number, truth: readonly string[]) =>
    Number(found.slice(0, most).some((file) => truth.includes(file)))
  const own = files.filter((file) => !TEST.test(file))
  return [has(5, files), has(10, files), has(5, own), has(10, own)]
}

function tell(hits: readonly number[], count: number): string {
  const [five = 0, ten = 0, ownFive = 0, ownTen = 0] = hits.map((value) => ((100 * value) / count).toFixed(1))
  return `first five ${five} %, first ten ${ten} %; of files that are no tests ${ownFive} %, ${ownTen} %`
}
