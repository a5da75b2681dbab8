/** The program as it is started: from a bundle that follows the sources, and without one where none can be made. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The sources in a folder of their own, whose program says that it is of this version. */
async function checkout(t: TestContext, version: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-bundle-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  for (const name of ['src', 'queue', 'templates', 'package.json', 'package-lock.json', 'tsconfig.json'])
    await cp(path.join(root, name), path.join(folder, name), { recursive: true })
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  await setVersion(folder, version)
  return folder
}

async function setVersion(folder: string, version: string): Promise<void> {
  const file = path.join(folder, 'src/base/version.ts')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/(GENERATOR_VERSION = )'[^']*'/, `$1'${version}'`))
}

interface Ended {
  code: number
  output: string
}

function start(folder: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(folder, 'src/docspool.mjs'), ...args], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), output: (stdout + stderr).trim() }),
    )
  })
}

const bundles = (folder: string): Promise<string[]> => readdir(path.join(folder, 'dist'))

test('the first start makes the bundle, the next uses it', async (t) => {
  const folder = await checkout(t, '1.1.1')
  assert.deepEqual(await start(folder, '--version'), { code: 0, output: '1.1.1' })
  const [name, ...others] = await bundles(folder)
  assert.match(name ?? '', /^[0-9a-f]{16}$/)
  assert.deepEqual(others, [])
  // What is in the bundle is what runs.
  const main = path.join(folder, 'dist', name ?? '', 'main.mjs')
  await writeFile(main, `export const main = async () => console.log('from the bundle')\n`)
  assert.deepEqual(await start(folder, '--version'), { code: 0, output: 'from the bundle' })
})

test('a changed source is what runs, and only a few old bundles stay', async (t) => {
  const folder = await checkout(t, '1.0')
  for (const version of ['1.0', '1.0.1', '1.0.22', '1.0.333', '1.0.4444']) {
    await setVersion(folder, version)
    assert.deepEqual(await start(folder, '--version'), { code: 0, output: version })
  }
  assert.equal((await bundles(folder)).length, 3)
})

test('programs that start at once leave one bundle and nothing else', async (t) => {
  const folder = await checkout(t, '2.2.2')
  const ended = await Promise.all(Array.from({ length: 6 }, () => start(folder, '--version')))
  assert.deepEqual(
    ended,
    Array.from({ length: 6 }, () => ({ code: 0, output: '2.2.2' })),
  )
  assert.equal((await bundles(folder)).length, 1)
})

test('where no bundle can be made, the sources run as they are', async (t) => {
  const folder = await checkout(t, '3.3.3')
  await writeFile(path.join(folder, 'dist'), 'no folder')
  assert.deepEqual(await start(folder, '--version'), { code: 0, output: '3.3.3' })
})

test('a source that is no TypeScript is named', async (t) => {
  const folder = await checkout(t, '4.4.4')
  await writeFile(path.join(folder, 'src/base/version.ts'), 'export const = 1\n')
  const { code, output } = await start(folder, '--version')
  assert.equal(code, 1)
  assert.match(output, /src\/base\/version\.ts/)
  assert.deepEqual(await bundles(folder), [])
})
