import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { parseRepository, type Repository } from '#base/repository.ts'
import type { CloneOptions } from '#generate/clone/clone.ts'
import { type GitSshServer, makeKey, startGitSsh } from '../../support/git-ssh.ts'
import { makeRepository } from '../../support/repositories.ts'
import { missingTool } from '../../support/skips.ts'
import { attempt, makeFolder, withCode } from './attempt.ts'

describe('a clone over SSH', { skip: missingTool('ssh') }, () => {
  let root: string
  let server: GitSshServer
  let oldest: string
  let ssh: { keyFile: string; knownHostsFile: string }

  before(async () => {
    root = await makeFolder()
    const commits = [{ files: { a: '1' } }, { files: { a: '2', b: 'b' } }, { files: { a: '3' } }]
    oldest = (await makeRepository(path.join(root, 'o', 'r.git'), commits)).commits[0] ?? ''
    await makeRepository(path.join(root, 'o', 'big.git'), { big: randomBytes(3_000_000) })
    await makeRepository(path.join(root, 'o', 'empty.git'), [])
    const [hostKey, keyFile] = [makeKey(root, 'host'), makeKey(root, 'deploy key')]
    server = await startGitSsh(root, hostKey, keyFile)
    const knownHostsFile = path.join(root, 'known hosts')
    const publicKey = await readFile(`${hostKey}.pub`, 'utf8')
    await writeFile(knownHostsFile, `[git.example]:${server.port} ${publicKey}`)
    ssh = { keyFile, knownHostsFile }
  })
  after(() => server.close())
  beforeEach(() => {
    server.commands.length = 0
    server.faults = {}
  })

  const at = (name: string, host = `git.example:${server.port}`): Repository =>
    parseRepository(`ssh://git@${host}/${name}`, {
      ...{ allowedHosts: [host], allowPrivateNetworks: true, localRepos: [], ssh },
    })
  const toServer = { resolve: async () => ['127.0.0.1'], caFiles: [] }
  const fetch = (name: string, commitId: string | null = null, changes: Partial<CloneOptions> = {}, deps = toServer) =>
    attempt(at(name), commitId, { ssh, ...changes }, deps)
  const listOf = async (running: ReturnType<typeof fetch>): Promise<string[]> => {
    const { tree } = await running
    await tree.close()
    return tree.entries.map((entry) => entry.path)
  }

  for (const depth of [1, 0]) {
    test(`fetches with a depth of ${depth}`, async () => {
      assert.deepEqual(await listOf(fetch('o/r', null, { depth })), ['a'])
      assert.ok(server.commands.length >= 2)
      assert.deepEqual(new Set(server.commands), new Set(["git-upload-pack '/o/r'"]))
    })
  }

  test('fetches an older commit and a larger pack', async () => {
    const { tree } = await fetch('o/r', oldest.slice(0, 10))
    assert.equal(tree.commit, oldest)
    await tree.close()
    assert.deepEqual(await listOf(fetch('o/big')), ['big'])
  })

  test('uses the next address of the host when the first does not answer', async () => {
    const two = { ...toServer, resolve: async () => ['127.0.0.77', '127.0.0.1'] }
    assert.deepEqual(await listOf(fetch('o/r', null, {}, two)), ['a'])
  })

  const fails = (code: string, running: Promise<unknown>) => assert.rejects(running, withCode(code, root, ssh.keyFile))

  test('says what is wrong', async () => {
    await fails('REPOSITORY_NOT_FOUND', fetch('o/none'))
    await fails('EMPTY_REPOSITORY', fetch('o/empty'))
    await fails('REPOSITORY_TOO_LARGE', fetch('o/big', null, { maxBytes: 1_000_000 }))
    server.faults = { says: { text: 'ERROR: Repository not found.\n', status: 1 } }
    await fails('REPOSITORY_NOT_FOUND', fetch('o/r'))
    server.faults = { hang: true }
    await fails('CLONE_TIMED_OUT', fetch('o/r', null, { timeoutMs: 1_500 }))
    await fails('SSH_UNUSABLE', attempt(at('o/r'), null, {}, toServer))
  })

  test('refuses a host whose key is not known, or is another one', async () => {
    const empty = path.join(root, 'nobody')
    await writeFile(empty, '')
    await fails('HOST_KEY_REFUSED', fetch('o/r', null, { ssh: { ...ssh, knownHostsFile: empty } }))
    const other = path.join(root, 'other')
    await writeFile(other, `[git.example]:${server.port} ${await readFile(`${ssh.keyFile}.pub`, 'utf8')}`)
    await fails('HOST_KEY_REFUSED', fetch('o/r', null, { ssh: { ...ssh, knownHostsFile: other } }))
    assert.deepEqual(server.commands, [])
    assert.equal(await readFile(empty, 'utf8'), '')
  })

  test('says when the key is not taken', async () => {
    const keyFile = makeKey(await mkdtemp(path.join(root, 'stranger-')), 'key')
    await fails('SSH_KEY_REFUSED', fetch('o/r', null, { ssh: { ...ssh, keyFile } }))
  })

  test('connects to no private address where they are not allowed', async () => {
    const before_ = server.connections()
    await fails('ADDRESS_REFUSED', fetch('o/r', null, { allowPrivateNetworks: false }))
    assert.equal(server.connections(), before_)
  })

  test('leaves nothing behind', async () => {
    const workDir = await mkdtemp(path.join(root, 'work-'))
    const { tree } = await fetch('o/r', null, { workDir })
    await tree.close()
    server.faults = { hang: true }
    await fails('CLONE_TIMED_OUT', fetch('o/r', null, { workDir, timeoutMs: 800 }))
    // `attempt` has cleared the folder that it was given.
    assert.deepEqual(await readdir(workDir).catch(() => []), [])
  })
})
