/** `docspool generate` that does not return to its event loop: a frozen process is one that no signal handler reaches. */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { descendants, program, until } from '../support/docspool.ts'

describe('generate', { timeout: 240_000 }, () => {
  let folder: string
  /** Takes connections and never answers. */
  const silent = createServer()

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'docspool-ends-'))
    await mkdir(path.join(folder, 'tmp'))
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
  })

  after(async () => {
    silent.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('ends on SIGTERM though it computes, and leaves nothing behind', async () => {
    const connected = once(silent, 'connection')
    const host = `127.0.0.1:${(silent.address() as AddressInfo).port}`
    const started = spawn(process.execPath, [program, 'generate', `http://${host}/a/b.git`, '-o', 'out'], {
      cwd: folder,
      env: {
        ...process.env,
        TMPDIR: path.join(folder, 'tmp'),
        DOCSPOOL_ALLOWED_HOSTS: host,
        DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const closed = once(started, 'close')
    let printed = ''
    started.stderr.on('data', (chunk) => (printed += String(chunk)))
    await connected
    const [child] = await descendants(started.pid ?? 0, 'generate')
    assert.ok(child !== undefined)
    assert.equal((await readdir(path.join(folder, 'tmp'))).length, 1)
    process.kill(child, 'SIGSTOP')
    await until(async () => ((await stateOf(child)) === 'T' ? true : undefined))
    started.kill('SIGTERM')
    const [code] = await closed
    assert.equal(code, 1)
    assert.match(printed, /^docspool: stopped$/m)
    assert.ok([undefined, 'Z'].includes(await stateOf(child)))
    assert.deepEqual(await readdir(path.join(folder, 'tmp')), [])
    assert.deepEqual(await readdir(folder), ['tmp'])
  })
})

/** The letter of `/proc/<pid>/stat`; `undefined` when there is no such process. */
async function stateOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return stat?.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
}
