/** A good model: what a set costs, what it costs again, after a change, and whether all that held without it holds still. */

import { execFileSync } from 'node:child_process'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Generated } from '#generate/options.ts'
import { startModelServer } from '../../test/support/model/server.ts'
import { bookFaults, slotsOf, totalsOf } from './figures.ts'
import { judgeSet, readCheckout } from './judge.ts'
import { makeDocuments, openSubject } from './subject.ts'

export async function wellBehaved(folder: string): Promise<string[]> {
  const copy = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  const repository = path.join(copy, path.basename(folder))
  execFileSync('git', ['clone', '-q', '--no-hardlinks', folder, repository])
  const subject = await openSubject(repository)
  const server = await startModelServer()
  try {
    const offline = await makeDocuments(subject)
    const startedAt = performance.now()
    const made = await makeDocuments(subject, { url: server.url, place: 'good' })
    const seconds = (performance.now() - startedAt) / 1_000
    await server.idle()
    const books = bookFaults(made, server)
    const judged = judgeSet(made, offline, readCheckout(repository))
    const calls = server.counters.requests
    const again = await makeDocuments(subject, { url: server.url, place: 'good' })
    const asked = server.counters.requests - calls
    const changed = await commitChange(repository, made)
    const before = server.counters.requests
    await makeDocuments(subject, { url: server.url, place: 'good' })
    const later = server.counters.requests - before
    return [
      `well-behaved: ${seconds.toFixed(1)} s with the analysis kept, ${totalsOf(made)}`,
      `  ${slotsOf(made)}`,
      `  ${judged.added} lines added, ${judged.names} names, ${judged.links} links: ${judged.faults.length} wrong`,
      ...judged.faults.slice(0, 5).map((fault) => `    ${fault}`),
      `  measures that differ from those without a model: ${differences(offline, made).join(', ') || 'none'}`,
      `  our books and the server's counters: ${books.join('; ') || 'equal'}`,
      `  the same commit again: ${asked} asked, ${sameBytes(made, again) ? 'the same bytes' : 'OTHER BYTES'}`,
      `  one function added in ${changed}: ${later} of ${calls} asked (${((later / calls) * 100).toFixed(0)} %)`,
    ]
  } finally {
    await server.close()
    await subject.close()
    await rm(copy, { recursive: true, force: true })
  }
}

/** Commits a line at the end of the code file that a module's page names first. */
async function commitChange(repository: string, made: Generated): Promise<string> {
  const graph = JSON.parse(String(made.set.files.get('graph.json') ?? '{}')) as {
    files?: { path: string; language: string | null; module: string | null }[]
    components?: { file: string; exported: boolean }[]
  }
  const counted = new Map<string, number>()
  for (const { file } of graph.components ?? []) counted.set(file, (counted.get(file) ?? 0) + 1)
  const code = (graph.files ?? []).filter(
    ({ path: file, module }) => module !== null && (counted.get(file) ?? 0) > 3 && !/test|example|bench/i.test(file),
  )
  const file = code[Math.floor(code.length / 2)]?.path ?? ''
  const forms: Readonly<Record<string, string>> = {
    py: '\n\ndef added_later():\n    return 1\n',
    ts: '\nexport function addedLater() {\n  return 1\n}\n',
    go: '\nfunc AddedLater() int {\n\treturn 1\n}\n',
    c: '\nint added_later(void) { return 1; }\n',
    java: '\nclass AddedLater {}\n',
  }
  await appendFile(path.join(repository, file), forms[path.extname(file).slice(1)] ?? '\n')
  const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org']
  execFileSync('git', ['-C', repository, ...identity, 'commit', '-qam', 'Add a function'])
  return file
}

/** Of what the program checks itself and of the pages: that must not be worse with a model. */
function differences(offline: Generated, made: Generated): string[] {
  const read = (of: Generated) =>
    JSON.parse(String(of.set.files.get('verification.json') ?? '{}')) as {
      fault_count: number
      checked: Record<string, number>
    }
  const [before, after] = [read(offline), read(made)]
  const differing: string[] = []
  if (after.fault_count !== before.fault_count) differing.push(`faults ${before.fault_count} and ${after.fault_count}`)
  for (const kind of ['pages', 'entries', 'index_anchors'] as const)
    if (before.checked[kind] !== after.checked[kind])
      differing.push(`${kind} ${before.checked[kind]} and ${after.checked[kind]}`)
  for (const kind of ['internal_links', 'source_links', 'diagrams', 'identifiers'] as const)
    if ((after.checked[kind] ?? 0) < (before.checked[kind] ?? 0)) differing.push(`${kind} fell`)
  if (entriesOf(offline) !== entriesOf(made)) differing.push('entries of the index')
  return differing
}

/** What has an entry and where it is defined; a model may put two modules, and so their entries, on one page. */
function entriesOf(made: Generated): string {
  const index = JSON.parse(String(made.set.files.get('index.json') ?? '[]')) as Record<string, unknown>[]
  return JSON.stringify(index.map(({ id, start_line, end_line }) => [id, start_line, end_line]))
}

function sameBytes(one: Generated, other: Generated): boolean {
  return [...one.set.files].every(([name, text]) => String(other.set.files.get(name)) === String(text))
}
