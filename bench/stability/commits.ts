/** Commits of a repository that lies in a folder, read with git: what `clone` gives the generation, without a clone. */

import { execFileSync, spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { CommitTree, TreeEntry } from '#generate/model.ts'

export interface Commit {
  id: string
  subject: string
}

/** The newest commits of the first parents' line, the oldest of them first. */
export function commitsOf(folder: string, count: number): Commit[] {
  return git(folder, 'log', '--first-parent', `-${count}`, '--format=%H %s')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ id: line.slice(0, 40), subject: line.slice(41) }))
    .reverse()
}

/** The tree of one commit; its blobs are read at once. */
export async function treeOf(folder: string, commit: Commit): Promise<CommitTree> {
  const entries = git(folder, 'ls-tree', '-r', '-z', commit.id)
    .split('\0')
    .filter((line) => line !== '')
    .map((line): TreeEntry => {
      const tab = line.indexOf('\t')
      const [mode, , blob = ''] = line.slice(0, tab).split(' ')
      const kind = mode === '120000' ? 'symlink' : mode === '160000' ? 'submodule' : 'file'
      return { path: line.slice(tab + 1), blob, kind }
    })
  const blobs = await readBlobs(folder, [...new Set(entries.filter(isFile).map((entry) => entry.blob))])
  return {
    commit: commit.id,
    committedAt: new Date(git(folder, 'log', '-1', '--format=%cI', commit.id).trim()).toISOString(),
    subject: commit.subject,
    ref: null,
    isOnRef: true,
    entries,
    refused: 0,
    read: async (blob) => blobs.get(blob) ?? new Uint8Array(),
    close: async () => {},
  }
}

const isFile = (entry: TreeEntry): boolean => entry.kind === 'file'

/** `git cat-file --batch` answers each id with a line and the bytes. */
async function readBlobs(folder: string, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
  const child = spawn('git', ['-C', folder, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'inherit'] })
  Readable.from(ids.map((id) => `${id}\n`)).pipe(child.stdin)
  const all = await buffer(child.stdout)
  const blobs = new Map<string, Uint8Array>()
  for (let at = 0; at < all.length; ) {
    const end = all.indexOf(10, at)
    const [id = '', , size] = all.toString('latin1', at, end).split(' ')
    const bytes = Number(size)
    if (!Number.isFinite(bytes)) throw new Error(`git has no ${id}; a shallow clone lacks older commits`)
    blobs.set(id, all.subarray(end + 1, end + 1 + bytes))
    at = end + 2 + bytes
  }
  return blobs
}

function git(folder: string, ...words: string[]): string {
  return execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8', maxBuffer: 256 * 1_048_576 })
}
