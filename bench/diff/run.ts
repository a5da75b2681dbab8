/**
 * Breaking changes that `docspool diff` finds between neighbouring releases, beside those of a tool that parses or compiles the
 * language: `node --import tsx bench/diff/run.ts <judge> <repository> <what> <folder> <tag> <tag>…`. A change counts by its
 * definition: where both have one, it is found.
 */

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readConfig } from '#base/config.ts'
import { optionsFor } from '#cli/generate.ts'
import type { Change } from '#diff/change.ts'
import { diffApis } from '#diff/diff.ts'
import { outline } from '#generate/pipeline.ts'
import type { PublicApi } from '#store/public-api.ts'
import { type Judged, judges } from './judges.ts'

const [judge = '', repository = '', what = '', folder = '', ...tags] = process.argv.slice(2)
const work = mkdtempSync(path.join(tmpdir(), 'bench-diff-'))
const config = readConfig({}, {})

async function apiAt(tag: string): Promise<PublicApi> {
  const workDir = mkdtempSync(path.join(work, 'clone-'))
  const options = optionsFor(
    { source: repository, commitId: tag, language: undefined, notes: undefined },
    config,
    workDir,
  )
  const api = await outline(options, { signal: new AbortController().signal, report: () => {} })
  rmSync(workDir, { recursive: true })
  return api
}

function extract(tag: string): string {
  const target = path.join(work, `tree-${tag.replaceAll('/', '_')}`)
  mkdirSync(target)
  const tar = execFileSync('git', ['-C', repository, 'archive', tag], { maxBuffer: 1 << 30 })
  execFileSync('tar', ['-x', '-C', target], { input: tar })
  return target
}

/** Where a change is in the older version, as the judges name it. */
function keyOf(api: PublicApi, { before, name }: Change): string | null {
  if (before === null) return null
  const found = api.definitions.find(
    ({ file, line, signature }) => file === before.file && line === before.line && signature === before.text,
  )
  // A member of a type that is written as an object.
  if (found === undefined) return before.file.endsWith('.ts') ? `${before.file}#${name.split('#').at(-1)}` : null
  const parts = [found.name]
  for (let at = found.parent; at !== undefined; at = api.definitions[at]?.parent)
    parts.unshift(api.definitions[at]?.name ?? '')
  return `${before.file}#${parts.join('.')}`
}

/** A member that users must define is a change of its interface for some judges, and of itself for others. */
const ownerOf = (key: string): string => key.replace(/\.[^.]*$/, '')

function byPlace(
  changes: readonly Change[],
  severity: Change['severity'],
  { before, after }: { before: PublicApi; after: PublicApi },
): Map<string, Change[]> {
  const found = new Map<string, Change[]>()
  for (const change of changes) {
    if (change.severity !== severity) continue
    const key = change.before === null ? keyOf(after, { ...change, before: change.after }) : keyOf(before, change)
    if (key === null || !isOurs(key)) continue
    const place = normal(key)
    found.set(place, [...(found.get(place) ?? []), change])
  }
  return found
}

interface Row {
  pair: string
  judge: number
  ours: number
  both: number
  missed: Judged[]
  extra: string[]
}

const rows: Row[] = []
const { compare, normal, isOurs } = judges(judge, what, folder, work)
let previous: { tag: string; api: PublicApi; tree: string } | undefined
for (const tag of tags) {
  const next = { tag, api: await apiAt(tag), tree: extract(tag) }
  if (previous !== undefined) {
    const theirs = compare(previous.tree, next.tree)
    const { changes } = diffApis(previous.api, next.api)
    const apis = { before: previous.api, after: next.api }
    const ours = byPlace(changes, 'breaking', apis)
    const unknown = byPlace(changes, 'unknown', apis)
    const known = new Set(theirs.map(({ key }) => key))
    const hasOne = (keys: ReadonlySet<string> | ReadonlyMap<string, unknown>, key: string): boolean =>
      keys.has(key) || keys.has(ownerOf(key)) || [...keys.keys()].some((other) => ownerOf(other) === key)
    const missed = theirs.filter(({ key }) => !hasOne(ours, key))
    const extra = [...ours].filter(([key]) => !hasOne(known, key))
    rows.push({
      pair: `${previous.tag} → ${tag}`,
      ...{ judge: known.size, ours: ours.size, both: ours.size - extra.length },
      missed,
      extra: extra.map(
        ([key, changes]) => `${key}: ${changes.map(({ rule, detail }) => `${rule} ${detail}`).join('; ')}`,
      ),
    })
    const { missed: _, extra: __, ...figures } = rows.at(-1) as Row
    console.log(JSON.stringify({ ...figures, missed: missed.length, extra: extra.length }))
    for (const { key, text } of missed)
      console.log(`  missed ${key}${hasOne(unknown, key) ? ', told as unknown' : ''} (${text})`)
    for (const one of rows.at(-1)?.extra ?? []) console.log(`  extra  ${one}`)
  }
  previous = next
}
const sum = (of: (row: Row) => number): number => rows.reduce((all, row) => all + of(row), 0)
const [theirs, ours, missed, extra] = [
  sum((row) => row.judge),
  sum((row) => row.ours),
  sum((row) => new Set(row.missed.map(({ key }) => key)).size),
  sum((row) => row.extra.length),
]
console.log(`found ${theirs - missed} of ${theirs}; of ours ${ours - extra} of ${ours} are the judge's too`)
writeFileSync(path.join(tmpdir(), `bench-diff-${judge}.json`), JSON.stringify(rows))
rmSync(work, { recursive: true, force: true })
