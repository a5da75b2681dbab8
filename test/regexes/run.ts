/**
 * Judges every regular expression of the code: `node --import tsx test/regexes/run.ts`. Ends with 1 when one may be slow.
 * Verdicts are read from `verdicts.json`, to which those of new patterns are added: commit it. Without that file all are
 * judged again, which takes some ten minutes.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { accepted } from './accepted.ts'
import { type Site, sitesOf } from './collect.ts'
import { constructedBy, coveredBy } from './constructed.ts'
import { judge, keyOf } from './verdicts.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const FOLDERS = ['src', 'queue', 'templates']

const paths = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true }).map((name) => `${folder}/${String(name).split(sep).join('/')}`),
)
  .filter((path) => /\.(?:[cm]?[jt]sx?|scm)$/.test(path))
  .sort()

const sites = paths.flatMap((path) => sitesOf(path, readFileSync(join(root, path), 'utf8')))
const constructed = await constructedBy(paths)
const all: Site[] = [
  ...sites.filter(({ pattern }) => pattern !== undefined),
  ...constructed.map(({ path, pattern }) => ({ at: path, pattern })),
]

const problems: string[] = []
const covered = coveredBy(constructed)
for (const { at, pattern } of sites)
  if (pattern === undefined && !covered.has(at.slice(0, at.lastIndexOf(':'))))
    problems.push(`${at}: what this constructs is not checked; add it to test/regexes/constructed.ts`)

const patterns = all.flatMap(({ pattern }) => pattern ?? [])
const verdicts = await judge(patterns, fileURLToPath(new URL('verdicts.json', import.meta.url)))
const used = new Set<string>()
const count = { safe: 0, harmless: 0, accepted: 0 }
for (const { at, pattern } of all) {
  if (pattern === undefined) continue
  const key = keyOf(pattern)
  const verdict = verdicts.get(key)
  if (verdict === undefined) continue
  if (verdict.is === 'safe' || verdict.is === 'harmless') {
    count[verdict.is]++
    continue
  }
  const path = at.replace(/:\d+$/, '')
  const entry = accepted.findIndex((one) => one.path === path && key.startsWith(one.pattern))
  if (entry >= 0) {
    used.add(String(entry))
    count.accepted++
  } else
    problems.push(
      `${at}: ${key} is ${verdict.is} (${verdict.is === 'vulnerable' ? `${verdict.complexity}, for example ${JSON.stringify(verdict.attack.slice(0, 60))}` : verdict.reason})`,
    )
}
for (const [index, { path, pattern }] of accepted.entries())
  if (!used.has(String(index))) problems.push(`${path}: ${pattern} needs not be accepted any more`)

for (const problem of problems) console.error(problem)
console.log(
  `regular expressions: ${sites.filter(({ pattern }) => pattern !== undefined).length} literals, ${constructed.length} constructed; ` +
    `${count.safe} safe, ${count.harmless} harmless, ${count.accepted} accepted, ${problems.length} problems`,
)
process.exit(problems.length === 0 ? 0 : 1)
