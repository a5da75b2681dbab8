import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { brotliCompressSync, constants } from 'node:zlib'
import { createSetStore } from '#store/sets.ts'
import { newSet } from './new-set.ts'

/** As old versions wrote it for a repository of so many pages: 1.5 KB for each. */
function oldManifest(key: string, pages: number): string {
  const names = Array.from({ length: pages }, (_, n) => `packages-group-${n}`)
  const headings = Array.from({ length: 30 }, (_, n) => ({ depth: 2, id: `heading-${n}`, text: `Heading ${n}` }))
  const stored = { at: 1_000_000, length: 1_000, inflated: 2_000 }
  const sha256 = 'a'.repeat(64)
  return JSON.stringify({
    version: 2,
    key,
    ...newSet('x').manifest,
    files: names.map((name) => ({ name: `${name}.md`, bytes: 2_000, sha256, stored })),
    pages: names.map((name) => ({
      ...{ file: `${name}.md`, title: name, module: name, html: `${name}.html`, headings, diagrams: 0, stored },
    })),
    tree: [
      {
        title: 'all',
        file: 'all.md',
        aside: true,
        children: names.map((name) => ({ title: name, file: `${name}.md`, children: [] })),
      },
    ],
  })
}

async function storeOf(t: TestContext, sets: readonly { pages: number; isPacked?: boolean }[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-manifests-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const keys: string[] = []
  for (const { pages, isPacked } of sets) {
    const key = createHash('sha256').update(String(keys.length)).digest('hex')
    await mkdir(path.join(folder, key))
    const text = oldManifest(key, pages)
    const packed = () => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })
    if (isPacked) await writeFile(path.join(folder, key, 'manifest.json.br'), packed())
    else await writeFile(path.join(folder, key, 'manifest.json'), text)
    keys.push(key)
  }
  return { store: createSetStore(folder), keys }
}

/** How many turns the event loop has until the promise resolves. */
async function turnsOf(running: Promise<unknown>): Promise<number> {
  let turns = 0
  let isRunning = true
  const turn = (): void => {
    turns += 1
    if (isRunning) setImmediate(turn)
  }
  setImmediate(turn)
  await running
  isRunning = false
  return turns
}

test('a manifest of many megabytes is read in slices, with a limited number of headings', async (t) => {
  const { store, keys } = await storeOf(t, [{ pages: 4_000 }, { pages: 4_000, isPacked: true }])
  for (const key of keys) {
    assert.ok((await turnsOf(store.readManifest(key))) >= 10)
    const manifest = await store.readManifest(key)
    assert.deepEqual([manifest?.pages.length, manifest?.files.length], [4_000, 4_000])
    assert.equal(manifest?.pages[3_999]?.headings.length, 12)
    assert.equal(manifest?.tree[0]?.aside, true)
    assert.equal(manifest?.tree[0]?.children[3_999]?.file, 'packages-group-3999.md')
    assert.equal(manifest?.files[3_999]?.stored?.inflated, 2_000)
  }
})

test('two large manifests and small ones stay in memory beside each other', async (t) => {
  const { store, keys } = await storeOf(t, [{ pages: 7_000 }, { pages: 10 }, { pages: 7_000 }, { pages: 10 }])
  const inOrder = async (): Promise<unknown[]> => {
    const read: unknown[] = []
    for (const key of keys) read.push(await store.readManifest(key))
    return read
  }
  const first = await inOrder()
  const again = await inOrder()
  assert.ok(first.every((manifest, index) => manifest !== undefined && manifest === again[index]))
})
