/** A git server over SSH for tests, on 127.0.0.1: takes one public key and runs `git-upload-pack` on repositories below a folder. */

import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import ssh2, { type Connection, type ServerChannel } from 'ssh2'
import { gitEnvironment } from './repositories.ts'

export interface GitSshServer {
  port: number
  /** Commands that clients asked for. */
  commands: string[]
  /** Connections so far, also those that were refused. */
  connections(): number
  /** What becomes of a command instead: it is never answered, or it fails with this text and status. */
  faults: { hang?: boolean; says?: { text: string; status: number } }
  close(): Promise<void>
}

/** Make a pair of keys without a passphrase: `<folder>/<name>` and `<folder>/<name>.pub`. */
export function makeKey(folder: string, name: string): string {
  const file = path.join(folder, name)
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', file])
  return file
}

/**
 * Start a server on a free port.
 *
 * @param root - Folder with `<owner>/<name>.git`.
 * @param hostKey - File of its private key.
 * @param clientKey - File of the private key whose public half it takes.
 */
export async function startGitSsh(root: string, hostKey: string, clientKey: string): Promise<GitSshServer> {
  const allowed = ssh2.utils.parseKey(readFileSync(`${clientKey}.pub`))
  if (allowed instanceof Error) throw allowed
  const state: Pick<GitSshServer, 'commands' | 'faults'> = { commands: [], faults: {} }
  const open = new Set<Connection>()
  let connections = 0
  const server = new ssh2.Server({ hostKeys: [readFileSync(hostKey)] }, (client) => {
    connections += 1
    open.add(client)
    client.on('close', () => open.delete(client))
    client.on('error', () => undefined)
    client.on('authentication', (context) => {
      const isKnown = context.method === 'publickey' && context.key.data.equals(allowed.getPublicSSH())
      const isSigned =
        context.method === 'publickey' &&
        (context.signature === undefined || allowed.verify(context.blob ?? '', context.signature) === true)
      if (isKnown && isSigned && context.username === 'git') context.accept()
      else context.reject(['publickey'])
    })
    client.on('ready', () => {
      client.on('session', (accept) => {
        accept().on('exec', (acceptExec, _reject, { command }) => {
          state.commands.push(command)
          answer(acceptExec(), command)
        })
      })
    })
  })

  function answer(channel: ServerChannel, command: string): void {
    if (state.faults.hang) return
    const said = state.faults.says
    const [, name] = /^git-upload-pack '\/?([\w./-]+)'$/.exec(command) ?? []
    if (said !== undefined || name === undefined || name.includes('..')) {
      channel.stderr.write(said?.text ?? 'fatal: no such command\n')
      channel.exit(said?.status ?? 128)
      channel.end()
      return
    }
    const git = ['-c', 'safe.directory=*', 'upload-pack', path.join(root, name)]
    const child = spawn('git', git, { env: gitEnvironment() })
    child.stdin.on('error', () => undefined)
    channel.on('error', () => undefined)
    channel.pipe(child.stdin)
    child.stdout.pipe(channel, { end: false })
    child.stderr.pipe(channel.stderr, { end: false })
    channel.on('close', () => child.kill())
    child.on('close', (code) => {
      channel.exit(code ?? 1)
      channel.end()
    })
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return Object.assign(state, {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: async () => {
      for (const client of open) client.end()
      await new Promise<void>((done) => server.close(() => done()))
    },
  })
}
