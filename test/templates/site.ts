/**
 * The pages on a real server for a browser: made-up jobs and a made-up set, real templates, assets and renderer, and
 * the headers the service answers with. Only what the tests beside it need.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pageOf } from '#http/api/api-page.ts'
import { describeApi } from '#http/api/openapi-document.ts'
import { table } from '#http/api/operations-table.ts'
import type { JobView, ShownEvent } from '#queue/contract.ts'
import { createDigest } from '#queue/log-digest.ts'
import { loadAssets } from '#server/asset-reader.ts'
import { ApiPage } from '#templates/api.tsx'
import { DocsPage } from '#templates/docs.tsx'
import { ErrorPage } from '#templates/error.tsx'
import { IndexPage } from '#templates/index.tsx'
import { JobPage } from '#templates/job.tsx'
import { serverLinks } from '#templates/links.ts'
import { fakeJob, fakeJobs, fakeLog, fakeSet, NO_COUNTS } from './fakes.ts'

export interface Site {
  origin: string
  /** The job that `/jobs/live` and `/api/job/live` show; assign to it and call `changed`. */
  live: JobView
  changed(): void
  /** Let the live job tell something: to who follows it, and on its page. */
  tell(event: ShownEvent): void
  /** Whether events can be followed. */
  hasEvents: boolean
  /** Cut all who follow off. */
  cut(): void
  close(): Promise<void>
}

const PAGE_CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const assets = await loadAssets()
const asset = assets.version

/** Start the site on a free port of the loopback. */
export async function startSite(): Promise<Site> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const site: Site = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    live: fakeJob({ job_id: 'live', status: 'processing' }),
    changed: () => {
      version += 1
      for (const wake of waiting.splice(0)) wake()
      for (const follower of followers) sendState(follower)
    },
    tell(event) {
      log.push(event)
      for (const follower of followers) sendEvent(follower, log.length)
    },
    hasEvents: true,
    cut() {
      for (const follower of followers) follower.destroy()
    },
    close: () => close(server),
  }
  let version = 1
  const waiting: (() => void)[] = []
  const followers = new Set<ServerResponse>()
  const log: ShownEvent[] = []
  const set = fakeSet()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', site.origin)
    const pageFile = /^\/static-docs\/[^/]+\/([^/]*)$/.exec(url.pathname)?.[1]
    if (url.pathname.startsWith('/assets/')) sendAsset(url.pathname.slice('/assets/'.length), response, site.origin)
    else if (url.pathname === '/api/job/live/events') follow(request, response, url.searchParams.get('after') ?? '')
    else if (url.pathname.endsWith('/events')) response.writeHead(204).end()
    else if (url.pathname.startsWith('/api/job/')) {
      const tag = `"${version}"`
      if (request.headers['if-none-match'] === tag) await new Promise<void>((resolve) => waiting.push(resolve))
      response
        .writeHead(200, { 'Content-Type': 'application/json', ETag: `"${version}"` })
        .end(JSON.stringify(site.live))
    } else if (pageFile !== undefined) {
      const page = set.manifest.pages.find(({ file }) => file === (pageFile === '' ? 'overview.md' : pageFile))
      const status = url.searchParams.get('status') === 'processing' ? 'processing' : 'completed'
      const job = fakeJob({ status })
      const html = set.html.get(page?.file ?? '')
      if (page === undefined || html === undefined) return send(response, 404, notFound())
      send(
        response,
        200,
        DocsPage({ job, manifest: set.manifest, page, bodyHtml: html, links: serverLinks(job.job_id, asset) }),
      )
    } else if (url.pathname.startsWith('/jobs/')) {
      const id = decodeURIComponent(url.pathname.slice('/jobs/'.length))
      const job = id === 'live' ? site.live : fakeJobs().find(({ job_id }) => job_id === id)
      if (job === undefined) return send(response, 404, notFound())
      send(response, 200, JobPage({ job, ...logOf(id), now: Date.now(), origin: site.origin, asset }))
    } else if (url.pathname === '/api') {
      send(response, 200, ApiPage({ ...pageOf(describeApi(table, site.origin)), asset }))
    } else if (url.pathname === '/' || url.pathname === '/empty' || url.pathname === '/refused') {
      send(response, 200, indexPage(url.pathname))
    } else send(response, 404, notFound())
  }

  function logOf(id: string) {
    const told = id === 'live' ? log : fakeLog()
    const digest = createDigest()
    for (const event of told) digest.add(event)
    const earlier = { count: Math.max(0, told.length - 50), stage: null }
    return { log: told.slice(-50), earlier, after: id === 'live' ? `1-${told.length}` : null, digest: digest.value }
  }

  function follow(request: IncomingMessage, response: ServerResponse, after: string): void {
    if (!site.hasEvents) {
      response.writeHead(503).end()
      return
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    response.write('retry: 50\n\n')
    const id = String(request.headers['last-event-id'] ?? after)
    sendState(response)
    for (let number = Number(id.split('-')[1]) + 1; number <= log.length; number++) sendEvent(response, number)
    followers.add(response)
    response.on('close', () => followers.delete(response))
  }

  function sendState(response: ServerResponse): void {
    response.write(`id: 1-${log.length}\nevent: state\ndata: ${JSON.stringify(site.live)}\n\n`)
  }

  function sendEvent(response: ServerResponse, number: number): void {
    const { type, ...data } = log[number - 1] as ShownEvent
    response.write(`id: 1-${number}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  function indexPage(path: string) {
    const isEmpty = path === '/empty'
    const error = { detail: 'Expected a full URL, found "flask".', hint: 'Give the address of a repository.' }
    return IndexPage({
      repositories: null,
      jobs: isEmpty ? [] : fakeJobs(),
      counts: isEmpty ? NO_COUNTS : { queued: 2, processing: 1, completed: 1_284, failed: 3 },
      form:
        path === '/refused' ? { repoUrl: 'flask', commitId: '', error } : { repoUrl: '', commitId: '', error: null },
      allowed: { hosts: ['github.com', 'gitlab.com'], isPrivateAllowed: false, isFolderAllowed: false },
      now: Date.now(),
      origin: site.origin,
      asset,
    })
  }

  return site
}

function notFound() {
  const detail = 'There is no job with this id.'
  return ErrorPage({ status: 404, title: 'No such job', detail, hint: 'It may have been deleted.', asset })
}

function send(response: ServerResponse, status: number, page: { toString(): string | Promise<string> }): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': PAGE_CSP })
  response.end(String(page))
}

function sendAsset(name: string, response: ServerResponse, origin: string): void {
  const found = assets.read(name)
  if (found === undefined) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, {
    'Content-Type': found.type,
    'Content-Security-Policy': found.csp?.replaceAll('{origin}', origin) ?? PAGE_CSP,
    'Cross-Origin-Resource-Policy': found.inFrame ? 'cross-origin' : 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(found.body)
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
