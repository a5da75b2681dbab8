/** The channel to a child process that floods it: what the supervisor reads, and what it holds in memory. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { CHANNEL_ENV, MessageTooLong, ProcessChannel } from '#queue/process-channel.ts'
import { until } from './support.ts'

/** A child that runs a script of the shell; its fourth stream is the channel. */
function setUp(t: TestContext, script: string) {
  const child = spawn('sh', ['-c', script], {
    env: { ...process.env, ...CHANNEL_ENV },
    stdio: ['ignore', 2, 2, 'pipe'],
  })
  const channel = new ProcessChannel(child)
  t.after(() => {
    child.kill('SIGKILL')
    // Otherwise it goes on reading what the child has sent, at its limited pace.
    channel.close()
  })
  const messages: unknown[] = []
  const faults: unknown[] = []
  const listen = (answer?: object): void =>
    channel.listen({
      onMessage(message) {
        messages.push(message)
        if (answer !== undefined) channel.send(answer)
      },
      onFault: (error) => faults.push(error),
    })
  return { child, channel, messages, faults, listen }
}

test('messages come in order, however their bytes are cut, and a line that is not JSON is one that nobody understands', async (t) => {
  const { child, messages, listen } = setUp(t, `printf '{"a":' >&3; sleep 0.1; printf '"é"}\\n[]\\nx\\n1\\n2' >&3`)
  listen()
  await once(child, 'close')
  assert.deepEqual(messages, [{ a: 'é' }, [], undefined, 1])
})

test('a line without an end closes the channel before it fills the memory', async (t) => {
  const { child, channel, messages, faults, listen } = setUp(t, `exec cat /dev/zero >&3`)
  listen()
  await once(child, 'close')
  assert.deepEqual([messages, faults.length], [[], 1])
  assert.ok(faults[0] instanceof MessageTooLong)
  channel.send({ type: 'stop' })
})

test('what a listener throws is reported with its stack, and closes the channel', async (t) => {
  const { child, channel } = setUp(t, `printf '1\\n2\\n' >&3; exec cat <&3`)
  const defect = new Error('a defect of the listener')
  const messages: unknown[] = []
  const faults: unknown[] = []
  channel.listen({
    onMessage(message) {
      messages.push(message)
      throw defect
    },
    onFault: (error) => faults.push(error),
  })
  // The child ends when it has read to the end of its channel.
  await once(child, 'close')
  assert.deepEqual([messages, faults], [[1], [defect]])
})

test('the exit of the child is no fault, also in the middle of a message', async (t) => {
  const { child, messages, faults, listen } = setUp(t, `printf '1\\n{"a":' >&3; kill -KILL $$`)
  listen()
  await once(child, 'close')
  assert.deepEqual([messages, faults], [[1], []])
})

for (const [name, line] of [
  ['messages', '{}'],
  ['empty lines', ''],
] as const) {
  test(`at most a limited number of ${name} is read in a second`, async (t) => {
    const since = performance.now()
    const { child, messages, listen } = setUp(t, `exec yes '${line}' >&3`)
    listen()
    await until(() => messages.length > 2_000, 'some messages are read')
    child.kill('SIGKILL')
    const max = 1_000 * (Math.ceil((performance.now() - since) / 1_000) + 1)
    assert.ok(messages.length <= max, `${messages.length} of at most ${max}`)
  })
}

test('nothing is read from a process that does not read its answers', async (t) => {
  const { messages, listen } = setUp(t, `yes '{}' | head -c 2400 >&3; exec sleep 60`)
  listen({ answer: 'x'.repeat(100_000) })
  // All messages come in one piece: without the limit, they would all be answered at once.
  await until(() => messages.length > 10, 'some messages are read')
  assert.ok(messages.length < 50, `${messages.length} answers`)
})
