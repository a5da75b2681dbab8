/**
 * Talks to a host over SSH: the system's `ssh` runs `git-upload-pack` there. It gets the checked address, one key and
 * one list of known hosts, reads no configuration and never prompts.
 *
 * @see gitprotocol-pack(5), ssh_config(5)
 */

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { isErrno } from '#base/errors.ts'
import type { SshSettings } from '#base/git-settings.ts'
import { HostUnreachable } from '#egress/errors.ts'
import type { Network } from '#egress/network.ts'
import { resolveHost } from '#egress/resolve-host.ts'
import { parseAdvertisement, readPackets } from './advertisement.ts'
import { HostKeyRefused, RepositoryNotFound, RepositoryTooLarge, SshKeyRefused, SshUnusable } from './errors.ts'
import type { Upstream, UpstreamOptions } from './upstream.ts'

type Ssh = ChildProcessByStdio<Writable, Readable, Readable>

const CONNECT_TIMEOUT_S = 30
const MAX_ADVERTISEMENT_BYTES = 64 * 1_048_576
/** Characters of the error output that are examined: the last ones. */
const MAX_STDERR = 4_000
/** Exit status of `ssh` for its own failures; any other status is from the remote command. */
const SSH_FAILED = 255
/** Exit status of a shell for a program that does not exist; also used for a missing `ssh`. */
const NO_PROGRAM = 127
/** The start of a list of refs over HTTP; an empty repository may send nothing else. */
const SERVICE = Buffer.from('001e# service=git-upload-pack\n0000')

/**
 * Resolve the host and prepare the connection.
 *
 * @throws {AddressRefused | HostUnreachable}
 */
export async function openSshUpstream(
  options: Omit<UpstreamOptions, 'credentials'> & { ssh: SshSettings },
  { resolve }: Pick<Network, 'resolve'>,
): Promise<Upstream> {
  const { repository, signal, maxBytes } = options
  const url = new URL(repository.url)
  const addresses = await resolveHost(url.hostname, options.allowPrivateNetworks, resolve)
  const running = new Set<Ssh>()
  let received = 0
  /** The address that answered. */
  let address: string | undefined

  function start(to: string): Ssh {
    const child = spawn('ssh', sshArguments(url, to, options.ssh), { stdio: ['pipe', 'pipe', 'pipe'], signal })
    running.add(child)
    child.on('close', () => running.delete(child))
    // Errors are reported by the exit status and by the start itself.
    child.on('error', () => undefined)
    child.stdin.on('error', () => undefined)
    return child
  }

  async function* read(child: Ssh): AsyncGenerator<Buffer> {
    let stderr = ''
    let isEmpty = true
    const exit = new Promise<number>((done) => {
      child.once('error', (error) => done(isErrno(error, 'ENOENT') ? NO_PROGRAM : SSH_FAILED))
      child.once('close', (code) => done(code ?? SSH_FAILED))
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString()).slice(-MAX_STDERR)
    })
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      received += chunk.length
      if (received > maxBytes) {
        const limit = (maxBytes / 1_048_576).toFixed(1)
        throw new RepositoryTooLarge(`Expected at most ${limit} MB from ${repository.host}, found more.`)
      }
      isEmpty = false
      yield chunk
    }
    const code = await exit
    signal.throwIfAborted()
    if (code === SSH_FAILED || (isEmpty && code !== 0)) throw explain(code, stderr, repository)
  }

  /** Reads the list of refs; `rest` yields the bytes after it. */
  async function greet(child: Ssh): Promise<{ list: Buffer; rest: AsyncGenerator<Buffer> }> {
    const chunks = read(child)
    let list = Buffer.alloc(64 * 1_024)
    let length = 0
    let packets = { end: 0, isFlushed: false }
    for (;;) {
      const { value, done } = await chunks.next()
      if (done) throw new HostUnreachable(`${repository.host} closed the connection before it sent its list of refs.`)
      if (length + value.length > list.length) list = Buffer.concat([list], 2 * (length + value.length))
      value.copy(list, length)
      length += value.length
      packets = readPackets(list.subarray(0, length), packets.end)
      if (packets.isFlushed) return { list: list.subarray(0, packets.end), rest: chunks }
      if (length > MAX_ADVERTISEMENT_BYTES) {
        throw new RepositoryTooLarge(
          `The list of refs of ${repository.host} is larger than ${MAX_ADVERTISEMENT_BYTES} bytes.`,
        )
      }
    }
  }

  /** Connects to the first address that answers. */
  async function connect(): Promise<{ child: Ssh; list: Buffer; rest: AsyncGenerator<Buffer> }> {
    const candidates = address === undefined ? addresses : [address]
    for (const [index, candidate] of candidates.entries()) {
      const child = start(candidate)
      try {
        const greeting = await greet(child)
        address = candidate
        return { child, ...greeting }
      } catch (error) {
        child.kill('SIGKILL')
        if (!(error instanceof HostUnreachable) || index === candidates.length - 1) throw error
      }
    }
    throw new HostUnreachable(`${repository.host} has no address.`)
  }

  return {
    async readAdvertisement() {
      const { child, list } = await connect()
      // A flush packet: requests nothing.
      child.stdin.end('0000')
      child.stdout.destroy()
      return parseAdvertisement(Buffer.concat([SERVICE, list]))
    },
    async requestPack(body) {
      const { child, rest } = await connect()
      body.on('error', () => child.kill('SIGKILL')).pipe(child.stdin)
      return rest
    },
    received: () => received,
    close() {
      for (const child of running) child.kill('SIGKILL')
    },
  }
}

function sshArguments(url: URL, address: string, { keyFile, knownHostsFile }: SshSettings): string[] {
  const port = url.port === '' ? '22' : url.port
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const settings = {
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: quoted(knownHostsFile),
    GlobalKnownHostsFile: 'none',
    // As in known_hosts: the name, not the address, and the port if it is not 22.
    HostKeyAlias: port === '22' ? name : `[${name}]:${port}`,
    UpdateHostKeys: 'no',
    VerifyHostKeyDNS: 'no',
    IdentityFile: quoted(keyFile),
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    PreferredAuthentications: 'publickey',
    ProxyCommand: 'none',
    ControlPath: 'none',
    PermitLocalCommand: 'no',
    ClearAllForwardings: 'yes',
    ForwardAgent: 'no',
    CanonicalizeHostname: 'no',
    ConnectTimeout: String(CONNECT_TIMEOUT_S),
    ServerAliveInterval: '15',
    LogLevel: 'ERROR',
    HostName: address,
  }
  const given = Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`])
  // The path contains only letters, digits and `._~-/`.
  const command = `git-upload-pack '${url.pathname.replace(/^\/(?=~)/, '')}'`
  return ['-F', 'none', '-T', ...given, '-p', port, '-l', url.username, '--', 'host', command]
}

/** A path in ssh_config syntax: may contain spaces, no tokens. */
const quoted = (file: string): string => `"${file.replaceAll('%', '%%')}"`

/** Replaces messages of ssh or the host, because they may contain paths of this machine. */
function explain(code: number, stderr: string, { host, fullName }: UpstreamOptions['repository']): Error {
  const cause = new Error(stderr.trim())
  if (code === NO_PROGRAM) return new SshUnusable('The program ssh could not be started.', { cause })
  if (
    /host key verification failed|no (?:[\w-]{1,30} )?host key is known|host identification has changed/i.test(stderr)
  ) {
    return new HostKeyRefused(`The host key of ${host} is unknown or has changed.`, { cause })
  }
  if (/permission denied|load key|too many authentication failures|bad permissions/i.test(stderr)) {
    return new SshKeyRefused(`${host} refuses the SSH key.`, { cause })
  }
  if (code !== SSH_FAILED || /not found|could not be found|does not exist|not appear to be a git/i.test(stderr)) {
    return new RepositoryNotFound(`${host} has no repository ${fullName} that the SSH key can read.`, 'key')
  }
  return new HostUnreachable(`${host} could not be reached by SSH, or closed the connection.`, { cause })
}
