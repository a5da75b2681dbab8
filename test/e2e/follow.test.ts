import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { hasEnded, post, waitFor } from '../support/client.ts'
import { until } from '../support/docspool.ts'
import { makeRepository } from '../support/repositories.ts'
import { createWorld, type World } from '../support/world.ts'

const run = promisify(execFile)

let world: World
before(async () => {
  world = await createWorld({ DOCSPOOL_CONCURRENCY: '1' })
})
after(() => world.close())

describe('curl -N', () => {
  it('shows a job line by line, through the death of its worker, to its end', async () => {
    await makeRepository(path.join(world.root, 'test/followed.git'), { 'a.py': 'def a():\n    pass\n' })
    world.git.faults = { hang: '/git-upload-pack' }
    const { body } = await post(world.origin, { repo_url: world.urlOf('followed') })
    const address = `${world.origin}/api/job/${body.job_id}/events`
    const curl = spawn('curl', ['-sN', '-H', 'Accept: text/plain', address], { stdio: ['ignore', 'pipe', 'inherit'] })
    const closed = once(curl, 'close')
    let text = ''
    curl.stdout.on('data', (chunk) => (text += String(chunk)))
    await until(() => /^\d\d:\d\d:\d\d {2}clone {2}\d+ % {2}/m.test(text) || undefined)
    assert.doesNotMatch(text, /^completed/m)
    const [worker] = await until(async () => {
      const pids = await world.docspool.pids('worker')
      return pids.length > 0 ? pids : undefined
    })
    world.git.faults = {}
    process.kill(worker as number, 'SIGKILL')
    await closed
    assert.equal(curl.exitCode, 0)
    const lines = text.trimEnd().split('\n')
    assert.match(lines[0] ?? '', new RegExp(`^(?:queued|processing) {2}${body.job_id}`))
    assert.ok(
      lines.some((line) => / {2}queued {2}to run again$/.test(line)),
      text,
    )
    assert.equal(lines.at(-1), `completed  ${body.job_id}  ${world.origin}/static-docs/${body.job_id}/`)
  })

  it('goes on after the last event it knows when the server was killed', async () => {
    const { body } = await post(world.origin, { repo_url: world.urlOf('followed') })
    const { status } = await waitFor(world.origin, body.job_id, hasEnded)
    assert.equal(status, 'completed')
    const address = `${world.origin}/api/job/${body.job_id}/events`
    const follow = async (id?: string) => {
      const { stdout } = await run('curl', [
        '-sN',
        ...(id === undefined ? [] : ['-H', `Last-Event-ID: ${id}`]),
        address,
      ])
      return [...stdout.matchAll(/^id: (\S+)\nevent: (\S+)\ndata: (.*)$/gm)].filter(([, , event]) => event !== 'state')
    }
    const whole = await follow()
    assert.equal(whole.at(-1)?.[2], 'end')
    const [server] = await world.docspool.pids('serve')
    process.kill(server as number, 'SIGKILL')
    await until(() =>
      fetch(address)
        .then(() => true)
        .catch(() => undefined),
    )
    const half = whole.length >> 1
    const rest = await follow(whole[half]?.[1])
    assert.deepEqual(
      rest.map(([text]) => text),
      whole.slice(half + 1).map(([text]) => text),
    )
  })
})
