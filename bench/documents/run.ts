/**
 * Real repositories through the real program over smart HTTP on loopback: seconds from POST to documents, and whether
 * what came out is right. `node --import tsx bench/documents.ts <bare repository>…`
 */

import { mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { hasEnded, post, readSet, waitFor } from '../test/support/client.ts'
import { diagramsOf, faultOf } from '../test/support/mermaid.ts'
import { walkSet } from '../test/support/walk-links.ts'
import { createWorld } from '../test/support/world.ts'

const LIMIT_MS = 600_000

/** @param folders - Bare repositories; without any, this measures nothing and says so. */
export async function run(folders: string[] = []): Promise<void> {
  if (folders.length === 0) {
    process.stdout.write('  no repositories given: node --import tsx bench/documents.ts <bare repository>…\n')
    return
  }
  const world = await createWorld({ DOCSPOOL_CONCURRENCY: '1' })
  world.git.faults = { anyCommit: true }
  try {
    for (const folder of folders) {
      const name = path.basename(path.resolve(folder).replace(/\/repo$/, '')).replace(/.*\+|\.git$/g, '')
      await mkdir(path.join(world.root, 'test'), { recursive: true })
      await symlink(path.resolve(folder), path.join(world.root, `test/${name}.git`))
      process.stdout.write(`  ${name}: ${await measure(world.origin, world.urlOf(name))}\n`)
    }
  } finally {
    await world.close()
  }
}

async function measure(origin: string, repoUrl: string): Promise<string> {
  const first = await time(origin, repoUrl)
  const { job } = first
  if (job.status !== 'completed') return `${job.error_code} ${job.error_message}`
  const docsPath = job.docs_path ?? ''
  const walked = await walkSet(origin, docsPath)
  const set = await readSet(origin, docsPath)
  const diagrams = [...set].filter(([file]) => file.endsWith('.md')).flatMap(([, text]) => diagramsOf(text))
  const faults = [...walked.faults]
  for (const diagram of diagrams) {
    const fault = await faultOf(diagram)
    if (fault !== undefined) faults.push(fault)
  }
  const second = await time(origin, repoUrl)
  const again = await readSet(origin, second.job.docs_path ?? '')
  const same = [...set].filter(([file, text]) => again.get(file) !== text).length
  const verification = JSON.parse(set.get('verification.json') ?? '{}') as { faults?: unknown[] }
  return [
    `${first.seconds} s (again ${second.seconds} s), ${job.progress}`,
    `${walked.internalLinks} internal links, ${walked.anchors} anchors, ${walked.sourceLinks} links to lines`,
    `${diagrams.length} diagrams, ${faults.length} faults, ${verification.faults?.length} in verification.json`,
    `${same} of ${set.size} files differ in the second run`,
    ...faults.slice(0, 5),
  ].join('\n    ')
}

async function time(origin: string, repoUrl: string) {
  const startedAt = performance.now()
  const { body } = await post(origin, { repo_url: repoUrl, force: true })
  const job = await waitFor(origin, body.job_id, hasEnded, LIMIT_MS)
  return { job, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) }
}

if (import.meta.url === `file://${process.argv[1]}`) await run(process.argv.slice(2))
