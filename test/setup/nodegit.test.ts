/** Steps of `setup/nodegit.sh` that are quick; building itself is what each set-up does. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { newestIn } from '../../setup/nodes/fetch.ts'

const run = promisify(execFile)
const script = path.join(import.meta.dirname, '../../setup/nodegit.sh')

async function emptyFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-nodegit-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Runs one function of the script. */
async function call(name: string, cwd: string, env: Record<string, string> = {}): Promise<string> {
  const text = /^NAME\(\) \{\n.*?^\}\n/ms.source.replace('NAME', name)
  const [body] = new RegExp(text, 'ms').exec(await readFile(script, 'utf8')) ?? []
  assert.ok(body !== undefined, name)
  const command = `set -euo pipefail; root=.\n${body}\n${name}`
  const { stdout } = await run('bash', ['-c', command], { cwd, env: { ...process.env, ...env } })
  return stdout.trim()
}

test('headers of another Node than the one that is built for are not taken, whoever names them', async (t) => {
  const folder = await emptyFolder(t)
  const write = async (name: string, abi: string): Promise<string> => {
    const headers = path.join(folder, name, 'include/node')
    await mkdir(headers, { recursive: true })
    await writeFile(path.join(headers, 'node_version.h'), `#define NODE_MODULE_VERSION ${abi}\n`)
    return path.join(folder, name)
  }
  const own = await write('own', process.versions.modules)
  const other = await write('other', `${Number(process.versions.modules) + 1}`)
  assert.equal(await call('node_headers', folder, { npm_config_nodedir: own }), own)
  assert.notEqual(await call('node_headers', folder, { npm_config_nodedir: other }), other)
})

test('every source is compiled in one batch', async (t) => {
  const folder = await emptyFolder(t)
  const names = Array.from({ length: 20 }, (_, at) => `src/${at % 2 === 0 ? 'functions/' : ''}s${at}.cc`)
  await mkdir(path.join(folder, 'src'))
  const listed = [...names, 'src/s1.cc'].map((name) => `      "${name}",\n`).join('')
  await writeFile(path.join(folder, 'binding.gyp'), `{\n    "sources": [\n${listed}    ],\n    "libraries": []\n}\n`)
  await call('batch_sources', folder)
  const batches = (await readdir(path.join(folder, 'src'))).sort()
  const texts = await Promise.all(batches.map((name) => readFile(path.join(folder, 'src', name), 'utf8')))
  const included = [...texts.join('').matchAll(/^#include "(.*)"$/gm)].map(([, name]) => `src/${name}`)
  assert.deepEqual(included.sort(), names.sort())
  const compiled = [...(await readFile(path.join(folder, 'binding.gyp'), 'utf8')).matchAll(/"src\/(.*?)"/g)]
  assert.deepEqual(compiled.map(([, name]) => name).sort(), batches)
})

test('the newest Node is found among the versions that npm prints', () => {
  assert.equal(newestIn('["26.9.0", "26.12.1", "26.10.0"]\n'), '26.12.1')
  assert.equal(newestIn('"20.11.1"\n'), '20.11.1')
  assert.equal(newestIn(''), undefined)
})
