import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer as createHttps, type Server } from 'node:https'
import { type AddressInfo, createServer as createTcp, type Server as TcpServer } from 'node:net'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createGitListener } from '../../support/git-http.ts'
import { makeRepository } from '../../support/repositories.ts'
import { attempt, makeFolder, repositoryAt, resolve, withCode } from './attempt.ts'

describe('a clone over TLS', () => {
  let folder: string
  let server: Server
  let port: number
  let backend: ReturnType<typeof createGitListener>
  let resolved: string[]

  before(async () => {
    folder = await makeFolder()
    makeCertificates(folder)
    await makeRepository(path.join(folder, 'o', 'r.git'), { 'secret.txt': 'for those who verify' })
    backend = createGitListener(folder)
    const [key, cert] = await Promise.all(['host.key', 'host.pem'].map((name) => readFile(path.join(folder, name))))
    server = createHttps({ key, cert }, backend.listener)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    port = (server.address() as AddressInfo).port
  })
  after(async () => {
    backend.end()
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })

  /** Every name leads to these addresses, one list a question. */
  const network = (caFiles: string[], ...answers: string[][]) => {
    resolved = []
    return {
      caFiles,
      resolve: async (name: string) => {
        resolved.push(name)
        return answers[resolved.length - 1] ?? answers.at(-1) ?? []
      },
    }
  }
  const authority = () => [path.join(folder, 'ca.pem'), path.join(folder, 'not-there.pem')]
  const at = (host: string) => repositoryAt(`https://${host}:${port}/o/r`)

  test('trusts an authority of the system that Node does not know', async () => {
    const { tree } = await attempt(at('git.example'), null, {}, network(authority(), ['127.0.0.1']))
    await tree.close()
    assert.deepEqual(
      tree.entries.map((entry) => entry.path),
      ['secret.txt'],
    )
  })

  test('asks for the address once, so a name that changes it in between gains nothing', async () => {
    const { tree } = await attempt(at('git.example'), null, {}, network(authority(), ['127.0.0.1'], ['127.0.0.9']))
    await tree.close()
    assert.deepEqual(resolved, ['git.example'])
    assert.equal(backend.state.requests.filter((request) => request.startsWith('POST')).length > 0, true)
  })

  test('refuses an authority that nobody knows', async () => {
    const deps = network([], ['127.0.0.1'])
    await assert.rejects(attempt(at('git.example'), null, {}, deps), withCode('TLS_FAILED'))
    await assert.rejects(resolve(at('git.example'), null, deps), withCode('TLS_FAILED'))
  })

  test('refuses a certificate for another name', () =>
    assert.rejects(attempt(at('other.example'), null, {}, network(authority(), ['127.0.0.1'])), withCode('TLS_FAILED')))

  test('refuses a host that does not speak TLS', async () => {
    const plain = createTcp((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')).listen(0, '127.0.0.1')
    await new Promise((done) => plain.once('listening', done))
    const { port: plainPort } = plain.address() as AddressInfo
    const repository = repositoryAt(`https://git.example:${plainPort}/o/r`)
    await assert.rejects(attempt(repository, null, {}, network(authority(), ['127.0.0.1'])), withCode('TLS_FAILED'))
    plain.close()
  })

  describe('with private networks refused', () => {
    let sink: TcpServer
    let hits = 0

    before(async () => {
      sink = createTcp((socket) => {
        hits += 1
        socket.destroy()
      }).listen(0, '127.0.0.1')
      await new Promise((done) => sink.once('listening', done))
    })
    after(() => void sink.close())

    const refuses = async (host: string, ...answers: string[][]): Promise<void> => {
      hits = 0
      const { port: sinkPort } = sink.address() as AddressInfo
      const repository = repositoryAt(`https://${host}:${sinkPort}/o/r`)
      const running = attempt(repository, null, { allowPrivateNetworks: false }, network([], ...answers))
      await assert.rejects(running, withCode('ADDRESS_REFUSED', '127.0.0.1', '10.0.0.7'))
      assert.equal(hits, 0)
    }

    test('a name that leads to a private address is not connected to', () => refuses('git.example', ['10.0.0.7']))
    test('one private address among public ones is enough', () => refuses('git.example', ['140.82.112.3', '127.0.0.1']))
    test('an IPv4 address written as IPv6 is looked through', () => refuses('git.example', ['::ffff:127.0.0.1']))
  })
})

/** An authority of our own and a certificate of it for git.example. */
function makeCertificates(folder: string): void {
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  }
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...ec, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test Authority')
  openssl(
    'req',
    ...ec,
    '-keyout',
    'host.key',
    '-out',
    'host.csr',
    '-subj',
    '/CN=git.example',
    '-addext',
    'subjectAltName=DNS:git.example',
  )
  openssl(
    'x509',
    '-req',
    '-in',
    'host.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-days',
    '2',
    '-copy_extensions',
    'copy',
    '-out',
    'host.pem',
  )
}
