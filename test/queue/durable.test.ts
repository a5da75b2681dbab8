/** What is answered is on the disk: in the order of system calls, and after kill -9 at any time. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openQueue } from '#queue/open-queue.ts'
import { missingTool } from '../support/skips.ts'
import { atEnd, makeFolder, settings, silent } from './support.ts'

const script = fileURLToPath(new URL('submit-process.ts', import.meta.url))

async function makeSpool(t: TestContext): Promise<string> {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  await (await openQueue(spoolDir, settings, { log: silent, clock: Date.now })).close()
  return spoolDir
}

test('the record is in a journal that is synced before the answer', async (t) => {
  const lack = missingTool('strace')
  if (lack) return t.skip(lack)
  const spoolDir = await makeSpool(t)
  const trace = `${spoolDir}.trace`
  const calls = 'trace=fsync,fdatasync,link,linkat,rename,renameat,renameat2,mkdir,write,writev,pwrite64,pwritev'
  // Each sync takes long, and no other call waits for its thread: an answer that does not wait for it comes before its end.
  const strace = ['-f', '-y', '-e', calls, '-e', 'inject=fsync,fdatasync:delay_enter=100000', '-o', trace]
  const program = [process.execPath, '--import', 'tsx', script, spoolDir, '1']
  const env = { ...process.env, UV_THREADPOOL_SIZE: '16' }
  assert.equal(spawnSync('strace', [...strace, ...program], { env }).status, 0)

  const lines = (await readFile(trace, 'utf8')).split('\n')
  const from = lines.findIndex((line) => line.includes('READY'))
  const answer = lines.findIndex((line) => line.includes('ACCEPTED'))
  const steps = lines.slice(from, answer)
  /** Where the last call like this ended. A call that another thread interrupts has its end on a later line. */
  const find = (pattern: RegExp): number => {
    const begin = steps.findLastIndex((line) => pattern.test(line))
    assert.ok(begin >= 0, `${pattern} before the answer`)
    const line = steps[begin] ?? ''
    if (!line.includes('<unfinished')) return begin
    const thread = line.split(' ')[0] ?? ''
    return steps.findIndex(
      (other, index) => index > begin && other.startsWith(`${thread} `) && other.includes('resumed'),
    )
  }
  const link = find(/link(at)?\(.*tmp\/.*, .*r000001\.json/)
  const enqueue = find(/rename.*\/ready\//)
  const line = find(new RegExp(`p?writev?(64)?\\([0-9]+<${spoolDir}/journal/`))
  const sync = find(new RegExp(`f(data)?sync\\([0-9]+<${spoolDir}/journal/`))
  const name = find(new RegExp(`f(data)?sync\\([0-9]+<${spoolDir}/journal>`))
  assert.ok(link < enqueue, 'the record before the queue')
  assert.ok(link < line && line < sync, 'the line after it is certain that the record is this one, and synced')
  assert.ok(name < sync, 'the name of the journal, too')
})

test('a job that its acceptor did not live to make durable is made so before the answer of who joins it', async (t) => {
  const lack = missingTool('strace')
  if (lack) return t.skip(lack)
  const spoolDir = await makeSpool(t)
  const program = [process.execPath, '--import', 'tsx', script, spoolDir, '1']
  const [command = '', ...args] = program
  const died = spawnSync(command, args, { env: { ...process.env, DOCSPOOL_FAILPOINT: 'accept:entered=exit' } })
  assert.equal(died.signal, 'SIGKILL')
  const trace = `${spoolDir}.trace`
  const strace = ['-f', '-y', '-e', 'trace=fsync,fdatasync,write', '-o', trace]
  assert.equal(spawnSync('strace', [...strace, ...program]).status, 0)
  const lines = (await readFile(trace, 'utf8')).split('\n')
  const answer = lines.findIndex((line) => line.includes('ACCEPTED acme--0'))
  const from = lines.findIndex((line) => line.includes('READY'))
  const folder = `${spoolDir}/jobs/[0-9a-f]{2}`
  for (const what of [`${folder}/acme--0/r000001.json`, `${folder}/acme--0`, folder]) {
    const sync = new RegExp(`f(data)?sync\\([0-9]+<${what}>`)
    assert.ok(from >= 0 && lines.slice(from, answer).some((line) => sync.test(line)), what)
  }
})

test('after kill -9 in the middle of submissions every answered job is there, and at most one more', async (t) => {
  const spoolDir = await makeSpool(t)
  let answered: string[] = []
  for (let round = 0; round < 4; round++) {
    const child = spawn(process.execPath, ['--import', 'tsx', script, spoolDir, '100000'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    atEnd(t, () => child.kill('SIGKILL'))
    let out = ''
    child.stdout.on('data', (chunk) => {
      out += String(chunk)
      if (out.split('\n').length > 40 + 30 * round) child.kill('SIGKILL')
    })
    await new Promise((resolve) => child.once('close', resolve))
    answered = out.split('\n').flatMap((line) => (line.startsWith('ACCEPTED ') ? [line.slice('ACCEPTED '.length)] : []))
    const queue = await openQueue(spoolDir, settings, { log: silent, clock: Date.now })
    for (const id of answered) assert.equal((await queue.read(id))?.view.status, 'queued', id)
    const names = (await readdir(path.join(spoolDir, 'ready'))).map((name) => name.slice('5-1700000000000-'.length))
    assert.deepEqual(
      answered.filter((id) => !names.includes(id)),
      [],
    )
    assert.ok(names.length <= answered.length + 1, `${names.length} entries, ${answered.length} answers`)
    await queue.close()
  }
})
