import assert from 'node:assert/strict'
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, test } from 'node:test'
import { openSizes } from '#generate/clone/object-sizes.ts'
import { git, makeRepository } from '../../support/repositories.ts'
import { makeFolder } from './attempt.ts'

describe('sizes of objects', () => {
  let folder: string
  let root: string

  before(async () => {
    root = await makeFolder()
    const lines = Array.from({ length: 3_000 }, (_, line) => `line ${line * 7_919} of a file that changes a little\n`)
    const versions = Array.from({ length: 40 }, (_, version) => ({
      files: {
        text: lines.map((line, at) => (at < version * 50 ? `changed in version ${at} ${line}` : line)).join(''),
        [`f${version}`]: `file ${version}`,
        empty: '',
      },
      message: `version ${version}`,
      annotatedTag: `v${version}`,
    }))
    folder = (await makeRepository(path.join(root, 'r.git'), versions)).folder
  })

  /** What git says of every object, compared with what is read here. */
  async function areRight(objects = path.join(folder, 'objects')): Promise<{ deltas: boolean; count: number }> {
    const list = await git(folder, [
      'cat-file',
      '--batch-all-objects',
      '--batch-check=%(objectname) %(objectsize) %(deltabase)',
    ])
    const rows = list
      .trim()
      .split('\n')
      .map((row) => row.split(' '))
    const known = new Map(rows.map(([id = '', bytes, base = '']) => [id, { bytes: Number(bytes), base }]))
    const sizes = openSizes(objects)
    let deltas = false
    for (const [id, { bytes }] of known) {
      const chain: number[] = []
      for (let at = known.get(id); at !== undefined; at = known.get(at.base)) chain.push(at.bytes)
      assert.deepEqual(sizes.sizeOf(id), { bytes, peakBytes: Math.max(...chain) }, id)
      deltas ||= chain.length > 2
    }
    assert.equal(sizes.sizeOf('f'.repeat(40)), undefined)
    sizes.close()
    return { deltas, count: rows.length }
  }

  test('are right in packs with chains of deltas, by offset and by id', async () => {
    await git(folder, ['repack', '-adfq', '--depth=30'])
    assert.deepEqual(await areRight(), { deltas: true, count: 201 })
    await git(folder, ['-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq', '--depth=30'])
    assert.deepEqual(await areRight(), { deltas: true, count: 201 })
  })

  test('are right in packs that are indexed as if they were over 2 GB', async () => {
    await git(folder, ['repack', '-adfq'])
    const packs = path.join(folder, 'objects', 'pack')
    const index = (await readdir(packs)).find((name) => name.endsWith('.idx')) ?? ''
    await rm(path.join(packs, index))
    await git(packs, ['index-pack', '--index-version=2,0x40', '-o', index, index.replace('.idx', '.pack')])
    assert.equal((await areRight()).count, 201)
  })

  test('are right in folders that lend their objects', async () => {
    const borrower = path.join(root, 'borrower.git')
    await git(root, ['clone', '--quiet', '--bare', '--shared', folder, borrower])
    await areRight(path.join(borrower, 'objects'))
  })

  test('are right in loose files', async () => {
    const loose = (await makeRepository(path.join(root, 'loose.git'), { a: 'x'.repeat(100_000), b: '' })).folder
    const list = await git(loose, ['cat-file', '--batch-all-objects', '--batch-check=%(objectname) %(objectsize)'])
    const sizes = openSizes(path.join(loose, 'objects'))
    for (const row of list.trim().split('\n')) {
      const [id = '', bytes] = row.split(' ')
      assert.equal(sizes.sizeOf(id)?.bytes, Number(bytes))
    }
    sizes.close()
  })

  test('a pack that cannot be read leaves no file open', async () => {
    const pack = path.join(await makeFolder(), 'pack')
    await mkdir(pack)
    await writeFile(path.join(pack, 'pack-a.idx'), 'not an index')
    await writeFile(path.join(pack, 'pack-a.pack'), '')
    await writeFile(path.join(pack, 'pack-b.idx'), Buffer.alloc(2_000))
    await writeFile(path.join(pack, 'pack-b.pack'), '')
    await writeFile(path.join(pack, 'pack-c.idx'), Buffer.alloc(2_000))
    openSizes(path.dirname(pack)).close()
    const open = readdirSync('/proc/self/fd').flatMap((fd) => {
      const file = `/proc/self/fd/${fd}`
      return existsSync(file) ? [readlinkSync(file)] : []
    })
    assert.deepEqual(
      open.filter((file) => file.startsWith(pack)),
      [],
    )
  })

  test('are unknown in a folder without objects', () => {
    const sizes = openSizes(path.join(root, 'not-there'))
    assert.equal(sizes.sizeOf('f'.repeat(40)), undefined)
    sizes.close()
  })
})
