/** What `make dist` is made of. It tries out its results itself; here is what is quick. */
import assert from 'node:assert/strict'
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { pack, sha256 } from '../../setup/pack/archive.ts'
import { neededGlibc } from '../../setup/pack/glibc.ts'
import { packageOf } from '../../setup/pack/needed-files.ts'
import { type Carried, unpack } from '../../setup/pack/unpack.ts'

async function emptyFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-pack-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test('the same files are packed to the same bytes, whenever and in whatever order they were written', async (t) => {
  const folder = await emptyFolder(t)
  const write = async (place: string, names: string[], seconds: number): Promise<string> => {
    const program = path.join(folder, place, 'program')
    await mkdir(program, { recursive: true })
    for (const name of names) {
      await writeFile(path.join(program, name), name)
      await utimes(path.join(program, name), seconds, seconds)
    }
    const archive = path.join(folder, `${place}.tar.gz`)
    await pack(program, archive)
    return sha256(archive)
  }
  const one = await write('one', ['a', 'b', 'c'], 1_000_000_000)
  assert.equal(await write('two', ['c', 'a', 'b'], 1_500_000_000), one)
  assert.notEqual(await write('three', ['c', 'a'], 1_000_000_000), one)
})

test('a file belongs to the innermost package', () => {
  assert.equal(packageOf('node_modules/a/lib/b.js'), 'node_modules/a')
  assert.equal(packageOf('node_modules/@a/b/c.wasm'), 'node_modules/@a/b')
  assert.equal(packageOf('node_modules/a/node_modules/b/c.js'), 'node_modules/a/node_modules/b')
  assert.equal(packageOf('src/main.ts'), undefined)
})

test('the newest glibc that any of the files asks for is what all of them need', async (t) => {
  const folder = await emptyFolder(t)
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const old = await write('old', '\x7fELF\0GLIBC_2.2.5\0GLIBC_2.34\0GLIBC_2.9\0')
  const newer = await write('newer', '\x7fELF\0GLIBC_2.38\0GLIBCXX_3.4.30\0says GLIBC_2.99 not found\0')
  assert.equal(await neededGlibc([old]), '2.34')
  assert.equal(await neededGlibc([newer, old]), '2.38')
  assert.equal(await neededGlibc([await write('none', '\0libc.so\0')]), undefined)
})

describe('what a single executable carries', () => {
  const text = 'onetwothree'
  /** Counts how often its bytes were asked for. */
  const carry = (): Carried & { reads: number } => ({
    digest: 'abc',
    files: [
      { path: 'one', size: 3 },
      { path: 'deep/er/two', size: 3 },
      { path: 'deep/three', size: 5 },
    ],
    reads: 0,
    read() {
      this.reads += 1
      return Buffer.from(text)
    },
  })
  const readAll = async (folder: string): Promise<string> =>
    (await Promise.all(carry().files.map((file) => readFile(path.join(folder, file.path), 'utf8')))).join(' ')

  test('is unpacked once, for this user alone', async (t) => {
    const cache = path.join(await emptyFolder(t), 'new', 'cache')
    const carried = carry()
    const folder = unpack(carried, cache)
    assert.equal(await readAll(folder), 'one two three')
    assert.equal(unpack(carried, cache), folder)
    assert.equal(carried.reads, 1)
    assert.deepEqual(await readdir(cache), ['program-abc'])
    for (const place of [cache, folder, path.join(folder, 'deep'), path.join(folder, 'one')])
      assert.equal((await lstat(place)).mode & 0o077, 0, place)
  })

  test('is unpacked again when a file is gone or cut short', async (t) => {
    const cache = await emptyFolder(t)
    const folder = unpack(carry(), cache)
    await rm(path.join(folder, 'deep/er/two'))
    assert.equal(await readAll(unpack(carry(), cache)), 'one two three')
    await truncate(path.join(folder, 'one'), 1)
    assert.equal(await readAll(unpack(carry(), cache)), 'one two three')
    assert.deepEqual(await readdir(cache), ['program-abc'])
  })

  test('is not looked for where others can write', async (t) => {
    const cache = await emptyFolder(t)
    const folder = unpack(carry(), cache)
    await chmod(folder, 0o777)
    assert.throws(() => unpack(carry(), cache), /can be written by others; set XDG_CACHE_HOME/)
    await chmod(folder, 0o700)
    await chmod(cache, 0o770)
    assert.throws(() => unpack(carry(), cache), /can be written by others/)
  })

  test('does not follow a link that stands where it belongs', async (t) => {
    const cache = await emptyFolder(t)
    const elsewhere = unpack(carry(), await emptyFolder(t))
    await symlink(elsewhere, path.join(cache, 'program-abc'))
    const folder = unpack(carry(), cache)
    assert.ok((await lstat(folder)).isDirectory())
    assert.equal(await readAll(elsewhere), 'one two three')
  })
})
