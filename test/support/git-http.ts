/**
 * A smart HTTP git server for tests: node:http in front of `git http-backend`, on 127.0.0.1, with faults to order. It
 * serves the bare repositories below a folder as `/<owner>/<name>` with or without `.git`.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { gitEnvironment } from './repositories.ts'

/** What the server does instead of answering, or how it answers. */
export interface GitHttpFaults {
  /** Ask for HTTP Basic authentication, `user:password`; requests without it are answered 401. */
  basic?: string
  /** What those are answered that have no credentials, or others; 401 unless told. */
  strangers?: number
  /** Answer every request with this status. */
  status?: number
  /** Answer every request with a redirect to this address; `{path}` stands for the path and query asked for. */
  redirect?: string
  /** Accept requests and never answer those whose path ends with this text; `''` for all. */
  hang?: string
  /** Answer no request before this has resolved. */
  held?: Promise<void>
  /** Send packs a few bytes at a time, for ever. */
  drip?: boolean
  /** Cut the connection after this many bytes of a pack. */
  cutAfterBytes?: number
  /** Answer every request with this text, as a web page. */
  page?: string
  /** Fetching a commit that no ref points to: as hosts allow it (`true`), or as git does by itself (`false`, default). */
  anyCommit?: boolean
  /** Packs without some of their objects: sent as most hosts do (`true`), or not as git by itself (`false`, default). */
  filter?: boolean
}

export interface GitHttpServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string
  port: number
  /** Change it between requests. */
  faults: GitHttpFaults
  /** `GET /owner/name/info/refs?service=git-upload-pack`, …, in order. */
  requests: string[]
  /** The header `Authorization` of each, decoded when it is Basic; `''` for none. */
  authorizations: string[]
  close(): Promise<void>
}

/**
 * Start a server on a free port.
 *
 * @param root - Folder with `<owner>/<name>.git` or `<owner>/<name>`.
 */
export async function startGitHttp(root: string, faults: GitHttpFaults = {}): Promise<GitHttpServer> {
  const { listener, state, end } = createGitListener(root, faults)
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      end()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

/** The server's request listener alone, to put it behind TLS. `end` ends the git processes that still run. */
export function createGitListener(root: string, faults: GitHttpFaults = {}) {
  const state = { faults, requests: [] as string[], authorizations: [] as string[] }
  const running = new Set<ChildProcess>()
  const listener: RequestListener = (request, response) => {
    state.requests.push(`${request.method} ${request.url}`)
    state.authorizations.push(readBasic(request))
    const { held } = state.faults
    if (held === undefined) answer(request, response)
    else void held.then(() => answer(request, response))
  }
  function answer(request: IncomingMessage, response: ServerResponse): void {
    if (answerFault(state.faults, request, response)) return
    const child = startBackend(root, state.faults, request)
    running.add(child)
    child.on('close', () => running.delete(child))
    response.on('close', () => child.kill())
    void relay(child, request, response, state.faults)
  }
  const end = (): void => {
    for (const child of running) child.kill('SIGKILL')
  }
  return { listener, state, end }
}

/** True when the request has been dealt with. */
function answerFault(faults: GitHttpFaults, request: IncomingMessage, response: ServerResponse): boolean {
  const url = request.url ?? '/'
  if (faults.basic !== undefined && readBasic(request) !== faults.basic) {
    response.writeHead(faults.strangers ?? 401, { 'www-authenticate': 'Basic realm="git"' }).end('Who are you?\n')
    return true
  }
  if (faults.hang !== undefined && url.split('?')[0]?.endsWith(faults.hang)) return true
  if (faults.redirect !== undefined) {
    response.writeHead(302, { location: faults.redirect.replace('{path}', url) }).end()
    return true
  }
  if (faults.status !== undefined) {
    response.writeHead(faults.status, { 'content-type': 'text/plain' }).end(`status ${faults.status}\n`)
    return true
  }
  if (faults.page !== undefined) {
    response.writeHead(200, { 'content-type': 'text/html' }).end(faults.page)
    return true
  }
  return false
}

const readBasic = (request: IncomingMessage): string =>
  Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString()

function startBackend(root: string, faults: GitHttpFaults, request: IncomingMessage): ChildProcess {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const allow = String(faults.anyCommit ?? false)
  return spawn(
    'git',
    [
      ...['-c', 'safe.directory=*', '-c', 'http.getanyfile=false'],
      ...['-c', `uploadpack.allowAnySHA1InWant=${allow}`, '-c', `uploadpack.allowReachableSHA1InWant=${allow}`],
      ...['-c', `uploadpack.allowFilter=${faults.filter ?? false}`],
      'http-backend',
    ],
    {
      env: {
        ...gitEnvironment(),
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: findRepository(root, url.pathname),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        CONTENT_LENGTH: request.headers['content-length'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        REMOTE_ADDR: '127.0.0.1',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  )
}

/** The path as http-backend finds it: with `.git` where only that folder is there, without where only that one is. */
function findRepository(root: string, pathname: string): string {
  const match = /^(.*?)(\.git)?(\/info\/refs|\/git-upload-pack)$/.exec(pathname)
  if (match === null) return pathname
  const [, name = '', , rest = ''] = match
  return `${existsSync(path.join(root, `${name}.git`)) ? `${name}.git` : name}${rest}`
}

/** Send the request's body to the backend and its answer, whose head is CGI's, to the client. */
async function relay(
  child: ChildProcess,
  request: IncomingMessage,
  response: ServerResponse,
  faults: GitHttpFaults,
): Promise<void> {
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new Error('the backend has no pipes')
  stdin.on('error', () => {})
  request.pipe(stdin)
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  let head = Buffer.alloc(0)
  let sent: number | undefined
  const isPack = request.method === 'POST'
  for await (const chunk of stdout as AsyncIterable<Buffer>) {
    let body = chunk
    if (sent === undefined) {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end === -1) continue
      writeHead(response, head.toString('latin1', 0, end))
      body = head.subarray(end + 4)
      sent = 0
    }
    if (isPack && faults.drip) return drip(response, body)
    sent += body.length
    if (isPack && faults.cutAfterBytes !== undefined && sent > faults.cutAfterBytes) {
      response.destroy()
      return
    }
    if (!response.write(body)) await once(response, 'drain', { signal: gone.signal }).catch(() => {})
    if (response.destroyed) return
  }
  if (sent === undefined) response.writeHead(500)
  response.end()
}

function writeHead(response: ServerResponse, head: string): void {
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':')
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()]
    if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10)
    else response.setHeader(name, value)
  }
}

function drip(response: ServerResponse, body: Buffer): void {
  let at = 0
  const timer = setInterval(() => {
    response.write(body.subarray(at, at + 1))
    at = Math.min(at + 1, body.length - 1)
  }, 20)
  response.on('close', () => clearInterval(timer))
}
