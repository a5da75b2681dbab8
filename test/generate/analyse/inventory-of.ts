/** A small repository written down in a test. */

import { createHash } from 'node:crypto'
import { takeInventory } from '#generate/inventory/inventory.ts'
import type { CommitTree, Inventory } from '#generate/model.ts'

/** @param files - Text or bytes by path. */
export function treeOf(files: Record<string, string | Uint8Array>): CommitTree {
  const blobs = new Map<string, Uint8Array>()
  const entries = Object.entries(files).map(([path, content]) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    const blob = createHash('sha1').update(bytes).digest('hex')
    blobs.set(blob, bytes)
    return { path, blob, kind: 'file' as const }
  })
  return {
    commit: '0123456789abcdef0123456789abcdef01234567',
    committedAt: '2026-01-02T03:04:05Z',
    subject: 'A commit',
    ref: 'main',
    isOnRef: true,
    entries,
    refused: 0,
    read: async (blob) => {
      const bytes = blobs.get(blob)
      if (bytes === undefined) throw new Error(`no blob ${blob}`)
      return bytes
    },
    close: async () => {},
  }
}

export async function inventoryOf(files: Record<string, string | Uint8Array>): Promise<Inventory> {
  const limits = { maxFiles: 1_000, maxFileBytes: 1_048_576, maxTotalBytes: 100_000_000 }
  return takeInventory(treeOf(files), limits, { signal: new AbortController().signal, onProgress: () => {} })
}
