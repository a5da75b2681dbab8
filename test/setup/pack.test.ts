/** What `make dist` is made of. It tries out its results itself; here is what is quick. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
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
import { promisify } from 'node:util'
import { pack, sha256 } from '../../setup/pack/archive.ts'
import { neededGlibc } from '../../setup/pack/glibc.ts'
import { addNative } from '../../setup/pack/native.ts'
import { packageOf } from '../../setup/pack/needed-files.ts'
import { LAUNCHER, startScript } from '../../setup/pack/start-script.ts'
import { type Carried, unpack } from '../../setup/pack/unpack.ts'

const run = promisify(execFile)

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

describe('a standalone build says which Node it needs', () => {
  const packed = [
    { version: '20.20.2', abi: '115' },
    { version: '22.23.3', abi: '127' },
  ]
  /** What it prints under a Node of these versions, and the exit code. */
  async function startUnder(t: TestContext, node: string, modules: string, nodes = packed): Promise<string> {
    const folder = await emptyFolder(t)
    const pretend = `Object.defineProperty(process, 'versions', { value: ${JSON.stringify({ node, modules })} })`
    await writeFile(path.join(folder, 'start.mjs'), startScript(nodes, './main.mjs'))
    await writeFile(path.join(folder, 'main.mjs'), 'export const main = (args) => process.stdout.write(args.join())')
    const args = [`--import=data:text/javascript,${encodeURIComponent(pretend)}`, path.join(folder, 'start.mjs'), 'up']
    return run(process.execPath, args).then(
      ({ stdout }) => stdout,
      ({ code, stderr }) => `${code} ${stderr}`,
    )
  }

  test('and starts under each that it has a native part for', async (t) => {
    assert.equal(await startUnder(t, '20.11.0', '115'), 'up')
    assert.equal(await startUnder(t, '22.0.0', '127'), 'up')
  })

  test('where it has none, or the Node is too old', async (t) => {
    const needs = (node: string): string =>
      `78 docspool: this program is packed for Node 20 (20.11 or newer) or 22, and this is Node ${node}; install one of those, or use the single executable.\n`
    assert.equal(await startUnder(t, '24.1.0', '137'), needs('24.1.0'))
    assert.equal(await startUnder(t, '20.10.0', '115'), needs('20.10.0'))
    assert.equal(await startUnder(t, '18.20.0', '108'), needs('18.20.0'))
    assert.match(
      await startUnder(t, '24.1.0', '137', packed.slice(1)),
      /packed for Node 22, and this is Node 24\.1\.0;/,
    )
  })

  test('where there is no Node', async (t) => {
    const folder = await emptyFolder(t)
    await writeFile(path.join(folder, 'docspool'), LAUNCHER)
    const started = run('/bin/sh', [path.join(folder, 'docspool'), 'up'], { env: { PATH: folder } })
    await assert.rejects(started, ({ code, stderr }) => {
      assert.equal(code, 78)
      assert.equal(
        stderr,
        'docspool: Node 20.11 or newer is needed; see https://nodejs.org/en/download, or use the single executable.\n',
      )
      return true
    })
  })
})

test('of several native parts, the one of the Node that runs is loaded', async (t) => {
  const folder = await emptyFolder(t)
  await mkdir(path.join(folder, 'src'))
  await writeFile(path.join(folder, 'other'), 'of another Node')
  const loaded = 'node_modules/nodegit/build/Release/nodegit.node'
  const built = path.join(import.meta.dirname, '../..', loaded)
  await addNative(folder, [
    { version: '1.2.3', abi: '1', file: path.join(folder, 'other') },
    { version: process.versions.node, abi: process.versions.modules, file: built },
  ])
  const { stdout } = await run(process.execPath, ['-p', `typeof require('./${loaded}').Repository`], { cwd: folder })
  assert.equal(stdout, 'function\n')
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
