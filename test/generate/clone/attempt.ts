/** Runs the clone of a test: a fresh work folder, generous limits, and what was reported. Not a test. */

import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseRepository, type Repository } from '#base/repository.ts'
import type { Network } from '#egress/network.ts'
import { type CloneOptions, clone, resolveCommit } from '#generate/clone/clone.ts'
import type { CommitTree } from '#generate/model.ts'

/** A folder that is gone when the tests of the file are over. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-clone-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Any address, as if the operator allowed it. */
export function repositoryAt(url: string): Repository {
  const { host } = new URL(url)
  return parseRepository(url, { allowedHosts: [host], allowPrivateNetworks: true, localRepos: ['/'] })
}

export const repositoryIn = (folder: string): Repository => repositoryAt(pathToFileURL(folder).href)

export interface Attempt {
  tree: CommitTree
  workDir: string
  progress: { percent: number; text: string }[]
}

export async function attempt(
  repository: Repository,
  commitId: string | null = null,
  changes: Partial<CloneOptions> = {},
  deps?: Network,
): Promise<Attempt> {
  const workDir = changes.workDir ?? (await mkdtemp(path.join(tmpdir(), 'docspool-work-')))
  const progress: Attempt['progress'] = []
  try {
    const tree = await clone({ ...defaults(repository, commitId, workDir, progress), ...changes }, deps)
    const close = async (): Promise<void> => {
      await tree.close()
      await rm(workDir, { recursive: true, force: true })
    }
    return { tree: { ...tree, close }, workDir, progress }
  } catch (error) {
    if (changes.workDir === undefined) await rm(workDir, { recursive: true, force: true })
    throw error
  }
}

function defaults(
  repository: Repository,
  commitId: string | null,
  workDir: string,
  progress: Attempt['progress'],
): CloneOptions {
  return {
    repository,
    commitId,
    workDir,
    depth: 1,
    maxBytes: 100_000_000,
    maxFileBytes: 1_000_000,
    timeoutMs: 60_000,
    allowPrivateNetworks: true,
    signal: new AbortController().signal,
    onProgress: (percent, text) => progress.push({ percent, text }),
  }
}

/** The paths of a repository's files, after which the tree is closed. */
export async function pathsOf(repository: Repository, commitId: string | null = null): Promise<string[]> {
  const { tree } = await attempt(repository, commitId)
  await tree.close()
  return tree.entries.map((entry) => entry.path)
}

export async function textOf(tree: CommitTree, file: string): Promise<string> {
  const entry = tree.entries.find(({ path: name }) => name === file)
  return Buffer.from(await tree.read(entry?.blob ?? '')).toString()
}

export function resolve(
  repository: Repository,
  commitId: string | null = null,
  deps?: Network,
): Promise<string | null> {
  const signal = new AbortController().signal
  return resolveCommit({ repository, commitId, timeoutMs: 30_000, allowPrivateNetworks: true, signal }, deps)
}

/** For `assert.rejects`: an error with this code, a hint, and none of these texts in anything that is shown. */
export function withCode(code: string, ...hidden: string[]): (error: unknown) => boolean {
  return (error) => {
    const shown = JSON.stringify(error)
    const record = JSON.parse(shown) as { code?: string; hint?: string; message?: string }
    if (record.code !== code) throw new Error(`expected ${code}, found ${shown}`, { cause: error })
    if (!record.hint || !record.message) throw new Error(`no hint or no message: ${shown}`)
    const leaked = [...hidden, '/tmp/'].find((text) => shown.includes(text))
    if (leaked !== undefined) throw new Error(`${shown} shows ${leaked}`)
    return true
  }
}
