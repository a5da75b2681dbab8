/** The unit file under a real systemd: it is ready when it serves, its jobs have their time, what hangs is started again. */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { post, waitFor } from '../support/client.ts'
import { until } from '../support/docspool.ts'
import { freePort } from '../support/free-port.ts'
import { type GitHttpServer, startGitHttp } from '../support/git-http.ts'
import { makeRepository } from '../support/repositories.ts'
import { lacking, missingTool } from '../support/skips.ts'
import { bootSystemd, hasSystemd, type Systemd } from '../support/systemd.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const UNIT = '/etc/systemd/system/docspool.service'
const isRoot = process.getuid?.() === 0

describe('the unit', {
  skip: missingTool('systemd', hasSystemd) || (!isRoot && lacking('root, who can boot a systemd')),
}, () => {
  let folder: string
  let git: GitHttpServer
  let systemd: Systemd | undefined
  let origin: string

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'docspool-unit-'))
    git = await startGitHttp(folder)
    await makeRepository(path.join(folder, 'test/small.git'), { 'a.py': 'x = 1\n' })
    systemd = await bootSystemd()
    const port = await freePort()
    origin = `http://127.0.0.1:${port}`
    const settings = [
      ...[`DOCSPOOL_PORT=${port}`, `DOCSPOOL_ALLOWED_HOSTS=127.0.0.1:${git.port}`],
      'DOCSPOOL_ALLOW_PRIVATE_NETWORKS=true',
    ]
    await systemd?.write(UNIT, await readFile(path.join(root, 'setup/docspool.service'), 'utf8'))
    await systemd?.write('/etc/docspool/docspool.env', `${settings.join('\n')}\n`)
    // As docs/operations.md has it, by root: the unit hands the folder to its account.
    const init = ['node', '/opt/docspool/src/docspool.mjs', 'init', '--spool-dir', '/var/lib/docspool']
    const made = await systemd?.run(...init)
    assert.equal(made?.code ?? 0, 0, made?.text)
  })
  after(async () => {
    await systemd?.close()
    await git.close()
    await rm(folder, { recursive: true, force: true })
  })

  const show = async (inside: Systemd, property: string): Promise<string> =>
    (await inside.run('systemctl', 'show', '--value', '--property', property, 'docspool')).text.trim()

  async function start(inside: Systemd): Promise<void> {
    const { code, text } = await inside.run('bash', '-c', 'systemctl daemon-reload && systemctl start docspool')
    assert.equal(code, 0, text + (await inside.run('journalctl', '-u', 'docspool')).text)
  }

  test('has started when the server answers, and says where', async (t) => {
    if (systemd === undefined) return t.skip(lacking('what a systemd needs to boot'))
    await start(systemd)
    assert.equal((await fetch(`${origin}/healthz`)).status, 200)
    await until(async () => (await show(systemd as Systemd, 'StatusText')) === `Serving ${origin}` || undefined)
    const { text } = await systemd.run(
      ...['bash', '-c', 'cat /proc/$(pgrep -f "docspool.mjs [s]erve")/environ | tr "\\0" "\\n"'],
    )
    assert.match(text, /^DOCSPOOL_SPOOL_DIR=/m)
    assert.doesNotMatch(text, /NOTIFY_SOCKET|WATCHDOG/)
  })

  test('gives a job its time when it is stopped', async (t) => {
    if (systemd === undefined) return t.skip(lacking('what a systemd needs to boot'))
    await start(systemd)
    let release: () => void = () => undefined
    git.faults = {
      held: new Promise((resolve) => {
        release = resolve
      }),
    }
    const { body } = await post(origin, { repo_url: `${git.url}/test/small` })
    const before = git.requests.length
    await until(() => git.requests.length > 0 || before > 0 || undefined)
    const stopping = systemd.run('systemctl', 'stop', 'docspool')
    await until(async () => /Stopping/.test(await show(systemd as Systemd, 'StatusText')) || undefined)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    release()
    assert.equal((await stopping).code, 0)
    assert.equal(await show(systemd, 'Result'), 'success')
    git.faults = {}
    await start(systemd)
    const job = await waitFor(origin, body.job_id, ({ status }) => status === 'completed')
    assert.equal(job.epoch, 1)
  })

  test('a server that hangs is started again by up, and up that hangs by systemd', async (t) => {
    if (systemd === undefined) return t.skip(lacking('what a systemd needs to boot'))
    await systemd.write(`${UNIT}.d/watchdog.conf`, '[Service]\nWatchdogSec=24\n')
    await systemd.run('systemctl', 'stop', 'docspool')
    await start(systemd)
    const up = await show(systemd, 'MainPID')
    await systemd.run('bash', '-c', 'kill -STOP $(pgrep -f "docspool.mjs [s]erve")')
    const answers = () =>
      fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(1_000) }).then(
        ({ ok }) => ok || undefined,
        () => undefined,
      )
    assert.equal(await answers(), undefined)
    await until(answers)
    assert.equal(await show(systemd, 'MainPID'), up)
    await systemd.run('kill', '-STOP', up)
    await until(async () => Number(await show(systemd as Systemd, 'NRestarts')) > 0 || undefined)
    await until(answers)
    assert.notEqual(await show(systemd, 'MainPID'), up)
    await systemd.run('bash', '-c', `rm ${UNIT}.d/watchdog.conf; systemctl stop docspool`)
  })

  test('stays down with settings that do not fit', async (t) => {
    if (systemd === undefined) return t.skip(lacking('what a systemd needs to boot'))
    await systemd.write(`${UNIT}.d/odd.conf`, '[Service]\nEnvironment=DOCSPOOL_CONCURRENCY=many\nRestartSec=100ms\n')
    const starting = 'systemctl stop docspool; systemctl daemon-reload && systemctl start docspool'
    const { code } = await systemd.run('bash', '-c', starting)
    assert.notEqual(code, 0)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    assert.deepEqual([await show(systemd, 'ActiveState'), await show(systemd, 'NRestarts')], ['failed', '0'])
    assert.equal(await show(systemd, 'ExecMainStatus'), '78')
  })
})
