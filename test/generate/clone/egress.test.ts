/**
 * No connection reaches what is not public, whatever the address looks like, whatever a name leads to and wherever a
 * host redirects. A server on loopback counts who comes. The tricks are of the kinds collected in "A New Era of SSRF"
 * (Orange Tsai), PayloadsAllTheThings and the tests of Gitea and curl.
 */

import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:net'
import path from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { parseRepository, type RepositoryPolicy } from '#base/repository.ts'
import { type GitHttpServer, startGitHttp } from '../../support/git-http.ts'
import { makeRepository } from '../../support/repositories.ts'
import { attempt, makeFolder, resolve } from './attempt.ts'

/** `{p}` is the port of the server that counts. */
const TRICKS = {
  schemes: [
    ...['http://127.0.0.1:{p}/a/b', 'HTTP://127.0.0.1:{p}/a/b', 'git://127.0.0.1:{p}/a/b', 'ssh://127.0.0.1:{p}/a/b'],
    ...[
      'ftp://127.0.0.1:{p}/a/b',
      'gopher://127.0.0.1:{p}/_GET%20/',
      'dict://127.0.0.1:{p}/info',
      'ws://127.0.0.1:{p}/a/b',
    ],
    ...['ldap://127.0.0.1:{p}/a', 'tftp://127.0.0.1:{p}/a', 'jar:http://127.0.0.1:{p}!/a', 'file://127.0.0.1:{p}/a/b'],
    ...[
      'ext::nc 127.0.0.1 {p}',
      'fd::17/a',
      'data:text/plain,a',
      'javascript:fetch("//127.0.0.1:{p}")',
      '//127.0.0.1:{p}/a/b',
    ],
    ...[
      'git@127.0.0.1:{p}/a/b',
      'git+ssh://127.0.0.1:{p}/a/b',
      'svn://127.0.0.1:{p}/a/b',
      'view-source:http://127.0.0.1:{p}/a/b',
    ],
    ...[
      'https:127.0.0.1:{p}/a/b',
      'https:/127.0.0.1:{p}/a/b',
      'https:///127.0.0.1:{p}/a/b',
      '-oProxyCommand=nc 127.0.0.1 {p}',
    ],
    ...[
      'ssh://-oProxyCommand=x@127.0.0.1:{p}/a/b',
      'http+unix://%2Frun%2Fdocker.sock/a/b',
      'blob:http://127.0.0.1:{p}/a',
    ],
  ],
  numbers: [
    ...['https://127.0.0.1:{p}/a/b', 'https://127.1:{p}/a/b', 'https://127.0.1:{p}/a/b', 'https://2130706433:{p}/a/b'],
    ...[
      'https://017700000001:{p}/a/b',
      'https://0177.0.0.1:{p}/a/b',
      'https://0177.0.0.0x1:{p}/a/b',
      'https://0x7f000001:{p}/a/b',
    ],
    ...[
      'https://0x7f.0x0.0x0.0x1:{p}/a/b',
      'https://0x7f.1:{p}/a/b',
      'https://0X7F.0.0.1:{p}/a/b',
      'https://127.0.0.1.:{p}/a/b',
    ],
    ...[
      'https://0:{p}/a/b',
      'https://0.0.0.0:{p}/a/b',
      'https://127.127.127.127:{p}/a/b',
      'https://127.000000.0.1:{p}/a/b',
    ],
    ...[
      'https://4294967297:{p}/a/b',
      'https://0x1007f000001:{p}/a/b',
      'https://127.0.0.257:{p}/a/b',
      'https://127.0.0.1%00:{p}/a/b',
    ],
    ...[
      'https://%31%32%37.0.0.1:{p}/a/b',
      'https://127%2e0%2e0%2e1:{p}/a/b',
      'https://127.0.0.1%2f@github.com:{p}/a/b',
    ],
  ],
  userInfo: [
    ...['https://github.com@127.0.0.1:{p}/a/b', 'https://github.com:x@127.0.0.1:{p}/a/b', 'https://@127.0.0.1:{p}/a/b'],
    ...[
      'https://:@127.0.0.1:{p}/a/b',
      'https://a@github.com@127.0.0.1:{p}/a/b',
      'https://github.com%40127.0.0.1:{p}/a/b',
    ],
    ...[
      'https://127.0.0.1:{p}@github.com/a/b',
      'https://github.com;127.0.0.1:{p}/a/b',
      'https://github.com,127.0.0.1:{p}/a/b',
    ],
    ...[
      'https://github.com&@127.0.0.1:{p}#@example.org/',
      'https://a:b:c@127.0.0.1:{p}/a/b',
      'https://127.0.0.1:{p}:443/a/b',
    ],
    ...[
      'https://127.0.0.1:{p} @github.com/a/b',
      'https://github.com+127.0.0.1:{p}/a/b',
      'https://github.com:80:{p}/a/b',
    ],
  ],
  fragmentsAndQueries: [
    ...[
      'https://github.com#@127.0.0.1:{p}/a/b',
      'https://127.0.0.1:{p}#@github.com/a/b',
      'https://127.0.0.1:{p}?@github.com/a/b',
    ],
    ...[
      'https://github.com?@127.0.0.1:{p}/a/b',
      'https://127.0.0.1:{p}/a/b#',
      'https://127.0.0.1:{p}/a/b?',
      'https://127.0.0.1:{p}/?u=https://github.com',
    ],
    ...[
      'https://127.0.0.1:{p}%23@github.com/a/b',
      'https://127.0.0.1:{p}%3f@github.com/a/b',
      'https://127.0.0.1:{p}/a/b;x#y?z',
    ],
  ],
  backslashes: [
    ...[
      'https://github.com\\@127.0.0.1:{p}/a/b',
      'https://127.0.0.1:{p}\\@github.com/a/b',
      'https:\\\\127.0.0.1:{p}\\a\\b',
    ],
    ...[
      'https://github.com\\.127.0.0.1:{p}/a/b',
      'https:/\\127.0.0.1:{p}/a/b',
      'https://127.0.0.1:{p}\\\\@github.com/a/b',
    ],
    ...['\\\\127.0.0.1:{p}\\a\\b', 'https://github.com/a/b\\..\\..\\@127.0.0.1:{p}/'],
  ],
  controls: [
    ...[
      'https://127.0.0.1:{p}/a/b\r\nHost: github.com',
      'https://127.0.0.1:{p}/a/b%0d%0aX: 1',
      'https://github.com\r\n@127.0.0.1:{p}/a/b',
    ],
    ...[
      'ht\ntps://127.0.0.1:{p}/a/b',
      'https://127.0.0.1\t:{p}/a/b',
      'https://127.0.0.1:{p}/a/b\0',
      'https://127.0.0.1:{p}/a\u2028b/c',
    ],
    ...[
      '\u0000https://127.0.0.1:{p}/a/b',
      'https://127.0.0.1:{p}/\u{10d0a}/b',
      'https://127.0.0.1:{p}/a\u000bb/c',
      'https://127.0.0.1:{p}/嘊嘍/b',
    ],
    ...[
      'https://127.0.0.1\u00ad:{p}/a/b',
      '\ufeffhttps://127.0.0.1:{p}/a/b',
      'https://127.0.0.1:{p}/a\u202eb/c',
      'https://127.\u200b0.0.1:{p}/a/b',
    ],
  ],
  unicode: [
    ...[
      'https://①②⑦.⓪.⓪.①:{p}/a/b',
      'https://127。0。0。1:{p}/a/b',
      'https://127．0．0．1:{p}/a/b',
      'https://１２７.0.0.1:{p}/a/b',
    ],
    ...[
      'https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{p}/a/b',
      'https://ⓔxample.internal:{p}/a/b',
      'https://githuｂ.com.127.0.0.1.nip.io:{p}/a/b',
    ],
    ...[
      'https://loc𝐚lhost:{p}/a/b',
      'https://ſub.local:{p}/a/b',
      'https://xn--localhost:{p}/a/b',
      'https://𝟏𝟐𝟕.𝟎.𝟎.𝟏:{p}/a/b',
    ],
    ...[
      'https://gіthub.com:{p}/a/b',
      'https://github.com⁄.127.0.0.1.nip.io:{p}/a/b',
      'https://github.com℀.evil.example:{p}/a/b',
    ],
  ],
  ipv6: [
    ...[
      'https://[::1]:{p}/a/b',
      'https://[::]:{p}/a/b',
      'https://[0:0:0:0:0:0:0:1]:{p}/a/b',
      'https://[0000::0001]:{p}/a/b',
    ],
    ...[
      'https://[::ffff:127.0.0.1]:{p}/a/b',
      'https://[::ffff:7f00:1]:{p}/a/b',
      'https://[::ffff:0:127.0.0.1]:{p}/a/b',
    ],
    ...[
      'https://[::127.0.0.1]:{p}/a/b',
      'https://[::7f00:1]:{p}/a/b',
      'https://[64:ff9b::127.0.0.1]:{p}/a/b',
      'https://[64:ff9b:1::7f00:1]:{p}/a/b',
    ],
    ...[
      'https://[2002:7f00:1::]:{p}/a/b',
      'https://[2001:0:7f00:1::]:{p}/a/b',
      'https://[fe80::1]:{p}/a/b',
      'https://[fe80::1%25lo]:{p}/a/b',
    ],
    ...[
      'https://[::1%25lo]:{p}/a/b',
      'https://[::1]%2f@github.com:{p}/a/b',
      'https://[fc00::1]:{p}/a/b',
      'https://[fec0::1]:{p}/a/b',
    ],
    ...[
      'https://[ff02::1]:{p}/a/b',
      'https://[100::1]:{p}/a/b',
      'https://[2001:db8::1]:{p}/a/b',
      'https://[5f00::1]:{p}/a/b',
    ],
    ...[
      'https://[::1:{p}/a/b',
      'https://::1:{p}/a/b',
      'https://[v1.127]:{p}/a/b',
      'https://[::ffff:0x7f.1]:{p}/a/b',
      'https://[4000::1]:{p}/a/b',
    ],
  ],
  ranges: [
    ...[
      'https://10.1.2.3:{p}/a/b',
      'https://172.16.0.1:{p}/a/b',
      'https://172.31.255.255:{p}/a/b',
      'https://192.168.1.1:{p}/a/b',
    ],
    ...[
      'https://100.64.0.1:{p}/a/b',
      'https://169.254.1.1:{p}/a/b',
      'https://192.0.0.8:{p}/a/b',
      'https://192.0.2.1:{p}/a/b',
    ],
    ...[
      'https://198.18.0.1:{p}/a/b',
      'https://198.51.100.1:{p}/a/b',
      'https://203.0.113.1:{p}/a/b',
      'https://224.0.0.1:{p}/a/b',
    ],
    ...[
      'https://240.0.0.1:{p}/a/b',
      'https://255.255.255.255:{p}/a/b',
      'https://192.88.99.1:{p}/a/b',
      'https://0.1.2.3:{p}/a/b',
    ],
  ],
  metadata: [
    ...[
      'https://169.254.169.254:{p}/latest/meta-data',
      'https://0xa9fea9fe:{p}/latest/meta-data',
      'https://2852039166:{p}/a/b',
    ],
    ...[
      'https://[fd00:ec2::254]:{p}/latest/meta-data',
      'https://[::ffff:169.254.169.254]:{p}/a/b',
      'https://[::a9fe:a9fe]:{p}/a/b',
    ],
    ...[
      'https://metadata.google.internal:{p}/a/b',
      'https://metadata:{p}/a/b',
      'https://instance-data:{p}/a/b',
      'https://169.254.170.2:{p}/v2/credentials',
    ],
    ...[
      'https://100.100.100.200:{p}/latest/meta-data',
      'https://168.63.129.16:{p}/machine/a',
      'https://192.0.0.192:{p}/latest/a',
      'https://rancher-metadata:{p}/a/b',
    ],
    ...[
      'https://kubernetes.default.svc:{p}/a/b',
      'https://host.docker.internal:{p}/a/b',
      'https://metadata.packet.net:{p}/a/b',
    ],
  ],
  names: [
    ...[
      'https://localhost:{p}/a/b',
      'https://LOCALHOST.:{p}/a/b',
      'https://a.localhost:{p}/a/b',
      'https://localhost.localdomain:{p}/a/b',
    ],
    ...[
      'https://127.0.0.1.nip.io:{p}/a/b',
      'https://localtest.me:{p}/a/b',
      'https://spoofed.burpcollaborator.net:{p}/a/b',
    ],
    ...[
      'https://ip6-localhost:{p}/a/b',
      'https://printer.local:{p}/a/b',
      'https://router.lan:{p}/a/b',
      'https://nas.home.arpa:{p}/a/b',
    ],
    ...[
      'https://github.com.evil.example:{p}/a/b',
      'https://evil.example:{p}/a/b',
      'https://github.com:{p}/a/b',
      'https://github.com.:{p}/a/b',
    ],
  ],
} as const

const STRICT: RepositoryPolicy = {
  allowedHosts: ['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org'],
  allowPrivateNetworks: false,
  localRepos: [],
}

describe('what a clone may connect to', () => {
  let sink: Server
  let port: number
  let connections = 0

  before(async () => {
    sink = createServer((socket) => {
      connections += 1
      socket.destroy()
    })
    await new Promise<void>((done) => sink.listen(0, '::', done))
    port = (sink.address() as { port: number }).port
  })
  after(() => void sink.close())
  beforeEach(() => {
    connections = 0
  })

  /** A policy that lets the host and port of an address through if any setting but that for private networks can. */
  const wide = (url: string, allowPrivateNetworks = false): RepositoryPolicy => {
    const hosts = URL.canParse(url) ? [new URL(url).host, new URL(url).hostname] : []
    return { ...STRICT, allowPrivateNetworks, allowedHosts: ['*', ...STRICT.allowedHosts, ...hosts] }
  }
  /** Every name leads to loopback. */
  const toLoopback = { resolve: async () => ['127.0.0.1'], caFiles: [] }

  async function tryAll(url: string, policy: RepositoryPolicy): Promise<'address' | 'connection' | 'clone'> {
    let repository: ReturnType<typeof parseRepository>
    try {
      repository = parseRepository(url, policy)
    } catch {
      return 'address'
    }
    const { allowPrivateNetworks } = policy
    try {
      await (await attempt(repository, null, { allowPrivateNetworks, timeoutMs: 5_000 }, toLoopback)).tree.close()
      return 'clone'
    } catch {
      return 'connection'
    }
  }

  for (const [kind, tricks] of Object.entries(TRICKS)) {
    test(`${tricks.length} tricks with ${kind} reach nothing, with the default hosts and with every host allowed`, async () => {
      for (const trick of tricks) {
        const url = trick.replaceAll('{p}', String(port))
        assert.equal(await tryAll(url, STRICT), 'address', url)
        assert.notEqual(await tryAll(url, wide(url)), 'clone', url)
        assert.equal(connections, 0, url)
      }
    })
  }

  test('there are tricks enough, no two the same, and some pass the address and stop at the connection', async () => {
    const all = Object.values(TRICKS).flat()
    assert.ok(all.length >= 150, String(all.length))
    assert.equal(new Set(all).size, all.length)
    const stopped = await Promise.all(
      TRICKS.names.map((trick) => trick.replaceAll('{p}', String(port))).map((url) => tryAll(url, wide(url))),
    )
    assert.ok(stopped.filter((where) => where === 'connection').length >= 5, stopped.join())
  })

  test('the server that counts is reached once private networks are allowed', async () => {
    for (const url of [
      `https://evil.example:${port}/a/b`,
      `https://2130706433:${port}/a/b`,
      `https://[::1]:${port}/a/b`,
    ]) {
      connections = 0
      assert.equal(await tryAll(url, wide(url, true)), 'connection', url)
      assert.ok(connections > 0, url)
    }
  })

  test('metadata services are out of reach even then', async () => {
    for (const address of [
      '169.254.169.254',
      '168.63.129.16',
      '100.100.100.200',
      'fd00:ec2::254',
      '::ffff:169.254.169.254',
    ]) {
      const repository = parseRepository(
        `https://evil.example:${port}/a/b`,
        wide(`https://evil.example:${port}/`, true),
      )
      const deps = { resolve: async () => [address], caFiles: [] }
      await assert.rejects(attempt(repository, null, {}, deps), { code: 'ADDRESS_REFUSED' })
    }
  })

  test('a name that is public when it is checked and loopback when it is used is asked once', async () => {
    // Not reachable where there is no IPv6; where there is, this address does not listen on that port.
    const answers = [['2606:50c0:8000::153'], ['127.0.0.1'], ['::1']]
    const url = `https://flip.example:${port}/a/b`
    let asked = 0
    const flip = { resolve: async () => answers[asked++] ?? ['127.0.0.1'], caFiles: [] }
    const running = attempt(
      parseRepository(url, wide(url)),
      null,
      { allowPrivateNetworks: false, timeoutMs: 400 },
      flip,
    )
    await assert.rejects(running, (error: { code?: string }) =>
      ['HOST_UNREACHABLE', 'CLONE_TIMED_OUT'].includes(error.code ?? ''),
    )
    assert.equal(asked, 1)
    assert.equal(connections, 0)
  })

  test('a name that has become loopback is refused the next time', async () => {
    const url = `https://flip.example:${port}/a/b`
    const running = attempt(parseRepository(url, wide(url)), null, { allowPrivateNetworks: false }, toLoopback)
    await assert.rejects(running, { code: 'ADDRESS_REFUSED' })
    assert.equal(connections, 0)
  })

  describe('after a redirect', () => {
    let root: string
    let host: GitHttpServer

    before(async () => {
      root = await makeFolder()
      await makeRepository(path.join(root, 'o', 'r.git'), { a: 'a' })
      host = await startGitHttp(root)
    })
    after(() => host.close())

    for (const location of [
      'http://127.0.0.1:{p}{path}',
      'https://127.0.0.1:{p}{path}',
      'http://localhost:{p}{path}',
      'http://[::1]:{p}{path}',
      'http://2130706433:{p}{path}',
      '//127.0.0.1:{p}{path}',
      '\\\\127.0.0.1:{p}{path}',
      'http:\\\\127.0.0.1:{p}{path}',
      'ftp://127.0.0.1:{p}{path}',
      'gopher://127.0.0.1:{p}/_{path}',
      'file://127.0.0.1:{p}{path}',
      'http://127.0.0.1:{own}@127.0.0.1:{p}{path}',
      'http://127.0.0.1:{p}#@127.0.0.1:{own}{path}',
      'http://127.0.0.1:{own}\\@127.0.0.1:{p}{path}',
      'http://169.254.169.254/latest/meta-data/info/refs?service=git-upload-pack',
      'http://metadata.google.internal{path}',
    ]) {
      test(`to ${location} nothing is reached`, async () => {
        const place = location.replaceAll('{p}', String(port)).replaceAll('{own}', String(host.port))
        host.faults = { redirect: place }
        const url = `${host.url}/o/r`
        const repository = parseRepository(url, wide(url, true))
        await assert.rejects(attempt(repository), { code: 'REDIRECT_REFUSED' })
        await assert.rejects(resolve(repository), { code: 'REDIRECT_REFUSED' })
        assert.equal(connections, 0)
      })
    }
  })
})
