/** The spool of a service that is not root, and commands of root and of others beside it. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  chown,
  lchown,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { makeEmptyDatabase, sharedServer } from './postgres/server.ts'
import {
  begins,
  eventually,
  makeSpool,
  release,
  startServer,
  startSupervisor,
  stillRun,
} from './queue/faults/programs.ts'
import { program } from './support/docspool.ts'
import { lacking } from './support/skips.ts'
import { listTree } from './support/tree.ts'

const NOBODY = 65_534
const STRANGER = 4_242

interface Ending {
  code: number
  out: string
  err: string
}

/** @param uid - Who runs it; root unless given. */
function run(spoolDir: string, args: string[], uid = 0, env: Record<string, string> = {}): Promise<Ending> {
  const settings = { DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_PORT: '0', ...env }
  const options = { env: { ...process.env, ...settings }, uid, gid: uid, timeout: 120_000 }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...args], options, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    )
  })
}

/** A spool of nobody's. Skips where users cannot be changed. */
async function setUp(t: TestContext): Promise<string | undefined> {
  if (process.getuid?.() !== 0) {
    t.skip(lacking('the right to start programs as somebody else'))
    return undefined
  }
  const { spoolDir } = await makeSpool(t, NOBODY)
  const { code, err } = await run(spoolDir, ['init'], NOBODY)
  assert.equal(code, 0, err)
  return spoolDir
}

/** What is not nobody's. */
async function foreignFiles(spoolDir: string): Promise<string[]> {
  const names = await readdir(spoolDir, { recursive: true })
  const owners = await Promise.all(names.map(async (name) => (await lstat(path.join(spoolDir, name))).uid))
  return names.filter((_, index) => owners[index] !== NOBODY)
}

test('after a worker died, what root looks at changes nothing, and what root does leaves the spool to its service', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  const server = await startServer(t, spoolDir, { uid: NOBODY })
  const first = await startSupervisor(t, spoolDir, { uid: NOBODY })
  assert.equal((await server.post('held')).status, 202)
  await begins(spoolDir, 'held')
  assert.equal((await server.post('quick')).status, 202)
  // A record that cannot be read is put aside by whoever works with it, and by nobody who only looks.
  const shard = (await readdir(path.join(spoolDir, 'jobs')))[0] ?? ''
  const job = path.join(spoolDir, 'jobs', shard, (await readdir(path.join(spoolDir, 'jobs', shard)))[0] ?? '')
  for (const { process: killed } of [server, first]) {
    killed.kill('SIGKILL')
    await once(killed, 'close')
  }
  await writeFile(path.join(job, 'r000099.json'), 'torn', { mode: 0o600 })
  await chown(path.join(job, 'r000099.json'), NOBODY, NOBODY)

  const before = await listTree(spoolDir)
  for (const args of [['jobs'], ['jobs', '--json'], ['doctor'], ['check-config'], ['gc', '--dry-run']]) {
    const { code, out, err } = await run(spoolDir, args)
    assert.ok(code === 0 || args[0] === 'doctor', `${args}: ${out}${err}`)
    if (args[0] === 'jobs') assert.match(out, /acme--held/)
    assert.deepEqual(await listTree(spoolDir), before, `${args} writes nothing`)
  }
  for (const args of [['up'], ['serve'], ['supervise']]) {
    const { code, err } = await run(spoolDir, args)
    assert.equal(code, 78, err)
    assert.match(err, /^docspool: The spool .* belongs to nobody; you are root\. \(SPOOL_OF_ANOTHER_USER\)$/m)
    assert.ok(
      err.includes(`\nRun: sudo -E -H -u nobody node src/docspool.mjs ${args[0]} --spool-dir ${spoolDir}\n`),
      err,
    )
    assert.deepEqual(await listTree(spoolDir), before, `${args} writes nothing`)
  }
  for (const args of [['fsck'], ['gc'], ['pause'], ['drain', '--timeout', '9'], ['resume'], ['init']]) {
    const { code, out, err } = await run(spoolDir, args)
    assert.equal(code, 0, `${args}: ${out}${err}`)
    assert.doesNotMatch(out, /\/proc\/self/)
    assert.deepEqual(await foreignFiles(spoolDir), [], `${args} leaves nothing of root's`)
  }
  const again = await startServer(t, spoolDir, { uid: NOBODY })
  const second = await startSupervisor(t, spoolDir, { uid: NOBODY })
  await release(spoolDir, 'held')
  for (const name of ['held', 'quick'])
    await eventually(async () => (await again.read(name)).body.status === 'completed', `${name} completes`)
  stillRun(again, second)
})

test('another user is told whose the spool is, by every command', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  for (const folder of [path.dirname(spoolDir), path.dirname(path.dirname(spoolDir))]) await chmod(folder, 0o755)
  const before = await listTree(spoolDir)
  for (const command of ['jobs', 'fsck', 'gc', 'pause', 'resume', 'drain', 'init', 'up', 'serve', 'supervise']) {
    const { code, err } = await run(spoolDir, [command], STRANGER)
    assert.equal(code, 78, `${command}: ${err}`)
    assert.match(err, /^docspool: The spool .* belongs to nobody; you are user 4242\. \(SPOOL_OF_ANOTHER_USER\)$/m)
    assert.match(err, /^Run: sudo -E -H -u nobody /m)
  }
  // The command to use has all that was given, quoted for a shell.
  const named = await run(spoolDir, ['gc', '--dry-run', `--spool-dir=${spoolDir}`], STRANGER)
  assert.ok(named.err.endsWith(` gc --dry-run --spool-dir=${spoolDir}\n`), named.err)
  const demo = await run(spoolDir, ['demo', './my project'], STRANGER)
  assert.ok(demo.err.includes(` demo './my project' --spool-dir ${spoolDir}\n`), demo.err)
  const { code, out } = await run(spoolDir, ['doctor'], STRANGER)
  assert.equal(code, 1)
  assert.match(out, /^FAIL {2}spool: .*belongs to nobody.*sudo -E -H -u nobody/m)
  assert.deepEqual(await listTree(spoolDir), before)
})

test('records of root are seen by readyz and doctor, and fsck of root gives them back', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  const server = await startServer(t, spoolDir, { uid: NOBODY })
  assert.equal((await server.post('quick')).status, 202)
  const readiness = async () => (await (await fetch(`${server.origin}/readyz`)).json()).checks.files
  assert.deepEqual(await readiness(), { ok: true, foreign: 0 })
  const names = await readdir(path.join(spoolDir, 'jobs'), { recursive: true })
  const record = names.find((name) => name.endsWith('r000001.json')) ?? ''
  await chown(path.join(spoolDir, 'jobs', record), 0, 0)
  // A link out of the spool is not followed.
  const outside = path.join(path.dirname(spoolDir), 'outside')
  await writeFile(outside, '')
  await symlink(outside, path.join(spoolDir, 'link'))
  assert.deepEqual(await readiness(), { ok: false, foreign: 2 })
  const { out, code } = await run(spoolDir, ['doctor'])
  assert.equal(code, 1)
  assert.ok(out.includes(`jobs/${record}`), out)
  assert.match((await run(spoolDir, ['fsck'])).out, /^files of root that now belong to the owner of the spool: 1$/m)
  assert.deepEqual(
    (await foreignFiles(spoolDir)).filter((name) => name !== 'link'),
    [],
  )
  assert.equal((await lstat(outside)).uid, 0)
  assert.deepEqual(await readiness(), { ok: true, foreign: 0 })
  assert.equal((await server.read('quick')).status, 200)
})

test('a spool without LAYOUT is still its owner’s: root neither works in it as root nor goes through a link in it', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  const layout = path.join(spoolDir, 'LAYOUT')
  const outside = path.join(path.dirname(path.dirname(spoolDir)), 'outside')
  const kept = path.join(outside, 'kept')
  await mkdir(outside)
  await chown(outside, 0, 0)
  await writeFile(kept, '')
  await utimes(kept, 1, 1)
  await symlink(outside, path.join(spoolDir, 'keys', 'aa'))
  await lchown(path.join(spoolDir, 'keys', 'aa'), NOBODY, NOBODY)
  for (const args of [['gc'], ['pause'], ['drain', '--timeout', '9'], ['resume'], ['fsck'], ['init']]) {
    await rm(layout)
    const { code, out, err } = await run(spoolDir, args)
    assert.equal(code, 0, `${args}: ${out}${err}`)
    // The list goes through the link, wherever it lies by now.
    const foreign: string[] = (await foreignFiles(spoolDir)).filter((name) => path.basename(name) !== 'kept')
    assert.deepEqual(foreign, [], `${args} leaves nothing of root's`)
  }
  assert.deepEqual(await readdir(outside), ['kept'])
  await rm(layout)
  const before = await listTree(spoolDir)
  for (const command of ['up', 'serve', 'supervise']) {
    const { code, err } = await run(spoolDir, [command])
    assert.match(err, /\(SPOOL_OF_ANOTHER_USER\)$/m)
    assert.equal(code, 78, err)
  }
  assert.deepEqual(await listTree(spoolDir), before)
})

test('a LAYOUT that root has left in the spool of another user is given back by fsck', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  await chown(path.join(spoolDir, 'LAYOUT'), 0, 0)
  assert.equal((await run(spoolDir, ['serve'])).code, 78)
  for (const command of ['serve', 'jobs', 'pause', 'fsck']) {
    const { code, err } = await run(spoolDir, [command], NOBODY)
    assert.equal(code, 78, `${command}: ${err}`)
    assert.match(
      err,
      /^docspool: The spool .* belongs to nobody, but another user owns LAYOUT\. \(SPOOL_OF_ANOTHER_USER\)$/m,
    )
    assert.ok(err.includes(`\nRun as root: node src/docspool.mjs fsck --spool-dir ${spoolDir}\n`), err)
  }
  for (const uid of [0, NOBODY]) {
    const { code, out } = await run(spoolDir, ['doctor'], uid)
    assert.equal(code, 1)
    assert.match(out, /^FAIL {2}spool: .*belongs to nobody, but another user owns LAYOUT.*Run as root: .* fsck/m)
    assert.doesNotMatch(out, /jobs.*owned by another user/)
  }
  assert.match((await run(spoolDir, ['fsck'])).out, /^files of root that now belong to the owner of the spool: 1$/m)
  assert.deepEqual(await foreignFiles(spoolDir), [])
})

test('a folder of a spool that root has made is given to the owner of the spool by fsck', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  for (const mode of [0o700, 0o755]) {
    await chown(spoolDir, 0, 0)
    await chmod(spoolDir, mode)
    const { code, err } = await run(spoolDir, ['serve'], NOBODY)
    assert.equal(code, 78, err)
    assert.match(err, /^Run as root: .* fsck --spool-dir /m)
    assert.doesNotMatch(err, /sudo/)
    assert.match((await run(spoolDir, ['doctor'])).out, /^FAIL {2}spool: .*but another user owns the folder/m)
    const mended = await run(spoolDir, ['fsck'])
    assert.deepEqual([mended.code, (await lstat(spoolDir)).uid], [0, NOBODY], mended.err)
    assert.match(mended.out, /^files of root that now belong to the owner of the spool: 1$/m)
  }
  // As a volume of a container, whose folder is open to its group.
  await chown(spoolDir, 0, NOBODY)
  await chmod(spoolDir, 0o770)
  assert.doesNotMatch((await run(spoolDir, ['fsck'])).out, /given/)
  assert.equal((await run(spoolDir, ['fsck'], NOBODY)).code, 0)
})

test('files of a third user, and those that deny their owner, are named by fsck with the command that helps', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  const server = await startServer(t, spoolDir, { uid: NOBODY })
  for (const name of ['one', 'two', 'three']) assert.equal((await server.post(name)).status, 202)
  const jobs = (await readdir(path.join(spoolDir, 'jobs'), { recursive: true })).filter((name) => name.includes('acme'))
  const [foreign = '', denied = ''] = jobs.filter((name) => name.split('/').length === 2).map((name) => `jobs/${name}`)
  await chown(path.join(spoolDir, foreign), STRANGER, STRANGER)
  await chmod(path.join(spoolDir, denied), 0)
  for (const uid of [0, NOBODY]) {
    const { code, out, err } = await run(spoolDir, ['fsck'], uid)
    assert.equal(code, 1, out + err)
    assert.match(out, /^files that the owner of the spool cannot use: 2$/m)
    assert.ok(
      out.includes(`  ${foreign}: belongs to user 4242; run as root: chown -hR 65534:65534 ${spoolDir}/${foreign}\n`),
      out,
    )
    assert.ok(out.includes(`  ${denied}: its mode is 000; run as root: chmod -R u+rwX ${spoolDir}/${denied}\n`), out)
    assert.match(out, /^jobs: 3; checked more closely: 1$/m)
    assert.doesNotMatch(err, /INTERNAL|stack/)
  }
  await chown(path.join(spoolDir, foreign), NOBODY, NOBODY)
  await chmod(path.join(spoolDir, denied), 0o700)
  const { code, out } = await run(spoolDir, ['fsck'])
  assert.equal(code, 0, out)
  assert.match(out, /^jobs: 3; checked more closely: 3$/m)
})

test('folders in which their owner cannot write are named by fsck with the command that helps', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  const names = ['jobs', 'ready']
  for (const name of names) await chmod(path.join(spoolDir, name), 0o555)
  const { out } = await run(spoolDir, ['fsck'])
  for (const name of names)
    assert.ok(out.includes(`  ${name}: its mode is 555; run as root: chmod -R u+rwX ${spoolDir}/${name}\n`), out)
})

test('a folder of a third user that holds many jobs is named, though fsck cannot go on', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  await chown(path.join(spoolDir, 'repos'), STRANGER, STRANGER)
  const { code, out } = await run(spoolDir, ['fsck'])
  assert.notEqual(code, 0)
  assert.ok(out.includes(`  repos: belongs to user 4242; run as root: chown -hR 65534:65534 ${spoolDir}/repos\n`), out)
})

test('readyz is 503 for the folders that submissions need, and degraded for others that are root’s', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  const server = await startServer(t, spoolDir, { uid: NOBODY })
  const readiness = async () => {
    const answer = await fetch(`${server.origin}/readyz`)
    return { status: answer.status, body: await answer.json() }
  }
  for (const name of ['LAYOUT', 'active', 'ended', 'workers', 'jobs', 'ready', 'repos', 'tmp', 'keys', 'journal']) {
    const isNeeded = ['jobs', 'ready', 'repos', 'tmp', 'keys', 'journal'].includes(name)
    await chown(path.join(spoolDir, name), 0, 0)
    const { status, body } = await readiness()
    assert.equal(status, isNeeded ? 503 : 200, name)
    if (!isNeeded) assert.deepEqual([body.status, body.checks.files.ok], ['degraded', false], name)
    if (!isNeeded) assert.equal((await server.post(`quick-${name.toLowerCase()}`)).status, 202, name)
    const { out } = await run(spoolDir, ['doctor'])
    assert.match(out, new RegExp(`^FAIL {2}.*${name}`, 'm'))
    await chown(path.join(spoolDir, name), NOBODY, NOBODY)
    assert.deepEqual((await readiness()).body.checks.files, { ok: true, foreign: 0 }, name)
  }
})

test('a link in the place of a folder ends programs at once, and is nobody’s spool', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  const [jobs, elsewhere] = [path.join(spoolDir, 'jobs'), path.join(path.dirname(spoolDir), 'elsewhere')]
  await rename(jobs, elsewhere)
  await symlink(elsewhere, jobs)
  const { code, err } = await run(spoolDir, ['serve'], NOBODY)
  assert.equal(code, 78, err)
  assert.match(err, /jobs cannot be a part of the spool: it is a symbolic link\. \(SPOOL_UNUSABLE\)$/m)
  assert.doesNotMatch(err, /no restart/)
  const { out } = await run(spoolDir, ['doctor'], NOBODY)
  assert.match(out, /^FAIL {2}spool: .*jobs cannot be a part of the spool: it is a symbolic link/m)
  assert.doesNotMatch(out, /owned by another user/)
  await rm(path.join(spoolDir, 'LAYOUT'))
  const without = await run(spoolDir, ['serve'], NOBODY)
  assert.equal(without.code, 78)
  assert.doesNotMatch(without.err, /sudo/)
})

test('in the folder of another user without a spool, commands of root find none, and services do not start', async (t) => {
  if (process.getuid?.() !== 0) return t.skip(lacking('the right to start programs as somebody else'))
  const { spoolDir } = await makeSpool(t, NOBODY)
  await mkdir(spoolDir)
  await chown(spoolDir, NOBODY, NOBODY)
  for (const command of ['fsck', 'gc', 'pause', 'resume', 'drain']) {
    const { code, err } = await run(spoolDir, [command])
    assert.notEqual(code, 0)
    assert.ok(err.includes(`There is no spool in ${spoolDir}. (NO_SPOOL)`), err)
  }
  for (const command of ['up', 'serve', 'supervise']) assert.equal((await run(spoolDir, [command])).code, 78)
  assert.deepEqual(await readdir(spoolDir), [])
})

test('fsck of root gives back what docspool makes, and leaves other names of the root alone', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  const others = ['.snap', '.snap/daily', 'lost+found', 'notes.txt']
  await mkdir(path.join(spoolDir, '.snap'))
  await mkdir(path.join(spoolDir, 'lost+found'), { mode: 0o700 })
  for (const name of ['.snap/daily', 'notes.txt', 'spend.json', 'control/paused'])
    await writeFile(path.join(spoolDir, name), '')
  await mkdir(path.join(spoolDir, 'made'))
  assert.match((await run(spoolDir, ['fsck'])).out, /^files of root that now belong to the owner of the spool: 3$/m)
  assert.deepEqual((await foreignFiles(spoolDir)).sort(), others.sort())
})

test('root commands a spool whose owner cannot go down the path to it, as in /var/lib/private', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  const hidden = path.join(path.dirname(path.dirname(spoolDir)), 'private')
  await mkdir(hidden, { mode: 0o700 })
  const moved = path.join(hidden, 'spool')
  await rename(spoolDir, moved)
  for (const args of [['pause'], ['fsck'], ['resume']]) {
    const { code, err } = await run(moved, args)
    assert.equal(code, 0, `${args}: ${err}`)
    assert.deepEqual(await foreignFiles(moved), [])
  }
})

test('a spool that is expected is made by init alone, and for the owner of its folder', async (t) => {
  if (process.getuid?.() !== 0) return t.skip(lacking('the right to start programs as somebody else'))
  const { spoolDir } = await makeSpool(t, NOBODY)
  const expects = { DOCSPOOL_EXPECT_SPOOL: 'true' }
  for (const isMade of [false, true]) {
    if (isMade) await mkdir(spoolDir)
    for (const command of ['up', 'serve', 'supervise']) {
      const { code, err } = await run(spoolDir, [command], 0, expects)
      assert.equal(code, 78, err)
      const line = `docspool: There is no spool in ${spoolDir}, where one is expected. (SPOOL_MISSING)`
      assert.ok(err.split('\n').includes(line), err)
    }
    if (isMade) assert.deepEqual(await readdir(spoolDir), [])
  }
  await chown(spoolDir, NOBODY, NOBODY)
  const made = await run(spoolDir, ['init'])
  assert.match(made.out, new RegExp(`^Created the spool [0-9a-f]{32} in ${spoolDir}\\.\n$`))
  assert.deepEqual(await foreignFiles(spoolDir), [])
  const { id } = JSON.parse(await readFile(path.join(spoolDir, 'LAYOUT'), 'utf8'))
  assert.match((await run(spoolDir, ['init'])).out, /^There is already a spool in .*: [0-9a-f]{32}\.$/m)
  await startServer(t, spoolDir, { uid: NOBODY, env: expects })
  // Another one is away, and may come.
  const other = await run(spoolDir, ['serve'], NOBODY, { DOCSPOOL_EXPECT_SPOOL: 'f'.repeat(32) })
  assert.deepEqual([other.code, /\(SPOOL_UNAVAILABLE\)$/m.test(other.err)], [1, true], other.err)
  assert.equal(id.length, 32)
})

test('what can be no spool ends every program at once with a line', async (t) => {
  const { fs } = await makeSpool(t)
  const [file, dangling] = [path.join(fs, 'file'), path.join(fs, 'dangling')]
  await writeFile(file, '')
  await symlink(path.join(fs, 'nowhere', 'else'), dangling)
  for (const folder of ['/proc/x', '/sys/x', file, path.join(file, 'x'), dangling]) {
    for (const command of ['up', 'serve', 'supervise', 'init']) {
      const { code, err } = await run(folder, [command])
      assert.equal(code, 78, `${command} ${folder}: ${err}`)
      assert.match(
        err,
        /^(?:Starting docspool …\n)?docspool: [^\n]+ \(SPOOL_UNUSABLE\)\nSet DOCSPOOL_SPOOL_DIR or --spool-dir to a folder [^\n]+\n$/,
      )
    }
    assert.notEqual((await run(folder, ['jobs'])).code, 0)
  }
})

test('beside a database, root works in the folder as its owner, and no link in it leads anywhere else', async (t) => {
  const spoolDir = await setUp(t)
  if (spoolDir === undefined) return
  const env = { DOCSPOOL_DATABASE_URL: await makeEmptyDatabase(await sharedServer()) }
  assert.equal((await run(spoolDir, ['migrate'], 0, env)).code, 0)
  const limits = ['--job-cleanup-hours', '1', '--cache-expiry-days', '1', '--max-docs-gb', '1']
  const outside = path.join(path.dirname(path.dirname(spoolDir)), 'outside')
  const names = ['other', '.tmp-left', 'a'.repeat(32), 'b'.repeat(64)]
  for (const name of names) {
    await mkdir(path.join(outside, name, 'commits'), { recursive: true })
    await writeFile(path.join(outside, name, 'commits', 'c'.repeat(40)), '')
    for (const file of [`commits/${'c'.repeat(40)}`, 'commits', '.']) await utimes(path.join(outside, name, file), 1, 1)
  }
  const list = async () => (await readdir(outside, { recursive: true })).sort()
  const before = await list()
  for (const owner of [0, NOBODY]) {
    if (owner === NOBODY) await chownAll(outside)
    await chmod(path.dirname(path.dirname(spoolDir)), 0o755)
    for (const [name, command, code] of [
      ['cache/objects', 'gc', 0],
      ['cache/objects', 'fsck', 0],
      ['cache', 'gc', 78],
      ['docs', 'fsck', 78],
      ['docs', 'gc', 78],
    ] as const) {
      const folder = path.join(spoolDir, name)
      await rename(folder, `${folder}.aside`).catch(() => undefined)
      await symlink(outside, folder)
      await lchown(folder, NOBODY, NOBODY)
      for (const database of owner === 0 ? [env] : [env, {}]) {
        const ended = await run(spoolDir, [command, ...(command === 'gc' ? limits : [])], 0, database)
        assert.equal(ended.code, code, `${command}: ${ended.out}${ended.err}`)
        if (code === 78) assert.match(ended.err, /is a symbolic link/)
        assert.deepEqual(await list(), before, `${command} with ${name} a link`)
      }
      await rm(folder)
      await rename(`${folder}.aside`, folder).catch(() => undefined)
    }
  }
  assert.deepEqual(await foreignFiles(spoolDir), [], 'nothing of root’s is left')
  const stranger = await run(spoolDir, ['gc', ...limits], STRANGER, env)
  assert.equal(stranger.code, 78, stranger.err)
})

async function chownAll(folder: string): Promise<void> {
  for (const name of ['.', ...(await readdir(folder, { recursive: true }))])
    await chown(path.join(folder, name), NOBODY, NOBODY)
}
