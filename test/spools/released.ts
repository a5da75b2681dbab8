/** The spools in `released/`, and what was written down of them when they were made. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { makeFolder } from '../queue/support.ts'
import type { Submission } from './submissions.ts'

const folder = fileURLToPath(new URL('released/', import.meta.url))

export interface Released {
  version: string
  /** The code of the release. */
  commit: string
  made_at: string
  jobs: { job_id: string; submission: Submission; docs_key: string | null }[]
}

export const RELEASED: readonly Released[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')))

/** A copy that goes away with the test. */
export async function unpack(t: TestContext, { version }: Released): Promise<string> {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  mkdirSync(spoolDir, { mode: 0o700 })
  execFileSync('tar', ['-C', spoolDir, '-xzf', path.join(folder, `${version}.tar.gz`), '--no-same-owner'])
  return spoolDir
}

/** The time at which the spool was made, going on from there. */
export function clockOf({ made_at }: Released): () => number {
  const aheadMs = Date.parse(made_at) - Date.now()
  return () => Date.now() + aheadMs
}

/** Every file and folder below with its contents and the time of its last change. */
export function takePrint(root: string): Map<string, string> {
  const print = new Map<string, string>()
  for (const name of readdirSync(root, { recursive: true }).map(String).sort()) {
    const file = path.join(root, name)
    const { mtimeMs } = statSync(file)
    const isFile = statSync(file).isFile()
    const bytes = isFile ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'folder'
    print.set(name, `${bytes} ${mtimeMs}`)
  }
  return print
}

/** What is new, gone or changed. */
export const changesOf = (before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] =>
  [...new Set([...before.keys(), ...now.keys()])].filter((name) => before.get(name) !== now.get(name))
