/** A repository as it lies in a folder, read through git's list of its files: what `clone` gives the generation, without a clone. */

import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { takeInventory } from '#generate/inventory/inventory.ts'
import type { CommitTree, Inventory, TreeEntry } from '#generate/model.ts'

/** The program's own defaults. */
const LIMITS = { maxFiles: 50_000, maxFileBytes: 1_048_576, maxTotalBytes: 256 * 1_048_576 }

export async function readCheckout(folder: string): Promise<Inventory> {
  return takeInventory(treeOf(folder), LIMITS, { signal: new AbortController().signal, onProgress: () => {} })
}

function treeOf(folder: string): CommitTree {
  const run = (...words: string[]): string =>
    execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8', maxBuffer: 256 * 1_048_576 })
  const paths = new Map<string, string>()
  const entries = run('ls-files', '-s', '-z')
    .split('\0')
    .filter((line) => line !== '')
    .map((line): TreeEntry => {
      const tab = line.indexOf('\t')
      const name = line.slice(tab + 1)
      const [mode, blob = ''] = line.slice(0, tab).split(' ')
      paths.set(blob, name)
      return { path: name, blob, kind: mode === '120000' ? 'symlink' : mode === '160000' ? 'submodule' : 'file' }
    })
  return {
    commit: run('rev-parse', 'HEAD').trim(),
    committedAt: new Date(run('log', '-1', '--format=%cI').trim()).toISOString(),
    subject: '',
    ref: null,
    isOnRef: true,
    entries,
    refused: 0,
    read: (blob) => readFile(path.join(folder, paths.get(blob) ?? '')),
    close: async () => {},
  }
}
