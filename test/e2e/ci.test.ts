/** What docs/ci.md has for GitHub and GitLab does what it says, as far as a shell can tell: its commands run in a checkout, with an archive that is fetched. */

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { program } from '../support/docspool.ts'
import { makeRepository } from '../support/repositories.ts'

const run = promisify(execFile)

test('the commands for GitHub make the site that is uploaded', async (t) => {
  const { jobs } = parse(await snippet('## GitHub Pages'))
  const steps: { run?: string; uses?: string; with?: { path?: string }; 'working-directory'?: string }[] =
    jobs.documentation.steps
  const { folder, checkout, env } = await prepare(t)
  const here = (text: string): string => text.replaceAll(/\$\{\{ runner.temp \}\}/g, folder)
  for (const { run: command, 'working-directory': where } of steps)
    if (command !== undefined) await run('bash', ['-ec', here(command)], { cwd: here(where ?? checkout), env })
  const site = steps.find(({ uses }) => uses?.startsWith('actions/upload-pages-artifact@'))?.with?.path
  await isSite(path.join(checkout, site ?? assert.fail()))
})

test('the commands for GitLab make the folder of the pages', async (t) => {
  const { pages } = parse(await snippet('## GitLab Pages'))
  const { folder, checkout, env } = await prepare(t)
  const script = (pages.script as string[]).map((line) => line.replaceAll('/tmp/docspool', `${folder}/docspool`))
  await run('bash', ['-ec', script.join('\n')], { cwd: checkout, env })
  await isSite(path.join(checkout, pages.artifacts.paths[0]))
})

/** The first block of YAML below a heading. */
async function snippet(heading: string): Promise<string> {
  const text = await readFile(new URL('../../docs/ci.md', import.meta.url), 'utf8')
  return /```yaml\n([\s\S]*?)```/.exec(text.slice(text.indexOf(heading)))?.[1] ?? assert.fail(heading)
}

/** A checkout, and an archive of the shape of `make dist` with this checkout's program, at an address. */
async function prepare(t: TestContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-ci-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const packed = path.join(folder, 'docspool-0.0.0-linux-x64')
  await mkdir(packed)
  await writeFile(path.join(packed, 'docspool'), `#!/bin/sh\nexec ${process.execPath} ${program} "$@"\n`)
  await chmod(path.join(packed, 'docspool'), 0o755)
  const { stdout } = await run('tar', ['-cz', '-C', folder, path.basename(packed)], { encoding: 'buffer' })
  const server = createServer((_, response) => response.end(stdout)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.after(() => server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const bare = path.join(folder, 'orbit.git')
  await makeRepository(bare, {
    'README.md': '# Orbit\n\nOrbit computes transfer orbits between two bodies.\n',
    'orbit.py': 'def plan():\n    pass\n',
  })
  const checkout = path.join(folder, 'orbit')
  await run('git', ['clone', '-q', bare, checkout])
  return { folder, checkout, env: { ...process.env, DOCSPOOL_ARCHIVE: `http://127.0.0.1:${port}/docspool.tar.gz` } }
}

async function isSite(folder: string): Promise<void> {
  assert.match(await readFile(path.join(folder, 'index.html'), 'utf8'), /computes transfer orbits between two bodies/)
}
