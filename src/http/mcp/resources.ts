/** Documents as resources: `docspool://{id}/{file}`, with `llms.txt` as the index of each set. */

import { type McpServer, ProtocolError, ProtocolErrorCode, ResourceTemplate } from '@modelcontextprotocol/server'
import { noticeOf } from '#base/unreachable-commit.ts'
import { JobId } from '#http/job-in-path.ts'
import { isOffered, Job, Jobs } from './find-set.ts'
import { Refused, readJson, readText, type Service } from './service.ts'
import { fileName } from './wiki-tools.ts'

/** Maximum number of listed sets; list_repositories lists all. */
const MAX_LISTED = 100
/** A client reads a resource whole. Longer files are read in parts by tools, or over HTTP. */
const MAX_RESOURCE_BYTES = 1_048_576
const MARKDOWN = 'text/markdown'
const URI = /^docspool:\/\/([^/?#]{1,240})\/([^/?#]{1,200})$/

export function addResources(server: McpServer, service: Service): void {
  const list = async () => {
    const { jobs } = await readJson(service, `/api/jobs?documented=true&limit=${MAX_LISTED}`, Jobs)
    return {
      resources: jobs.filter(isOffered).map(({ job_id, repo_url, resolved_commit }) => ({
        uri: `docspool://${job_id}/llms.txt`,
        name: job_id,
        title: `Documentation of ${repo_url}`,
        description: `The pages of the documentation at commit ${resolved_commit}.`,
        mimeType: MARKDOWN,
      })),
    }
  }
  const about = {
    title: 'Pages of documentation',
    description: 'A page of a set of documents, such as overview.md; llms.txt lists them.',
    mimeType: MARKDOWN,
  }
  server.registerResource('page', new ResourceTemplate('docspool://{id}/{file}', { list }), about, async (uri) => {
    // Uses the URI as it was sent: a parsed URL would have resolved dots.
    const [, id = '', file = ''] = URI.exec(uri.href) ?? []
    const [job, name] = [decoded(id), decoded(file)]
    if (job === undefined || name === undefined || !JobId.safeParse(job).success) throw notFound(uri.href)
    const path = `/static-docs/${encodeURIComponent(job)}/${fileName(name)}`
    const request = { headers: { accept: MARKDOWN }, maxBytes: MAX_RESOURCE_BYTES }
    const text = await readText(service, path, request).catch((error) => {
      if (!(error instanceof Refused)) throw error
      throw error.status === 404
        ? notFound(uri.href)
        : new ProtocolError(ProtocolErrorCode.InvalidParams, error.message)
    })
    const isData = name.endsWith('.json')
    // Markdown contains the notice itself.
    const notice = isData ? noticeOf(await readJson(service, `/api/job/${encodeURIComponent(job)}`, Job)) : undefined
    const about = notice === undefined ? {} : { _meta: { notice } }
    return { contents: [{ uri: uri.href, mimeType: isData ? 'application/json' : MARKDOWN, text, ...about }] }
  })
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

const notFound = (uri: string): ProtocolError =>
  new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no resource ${uri.slice(0, 300)}.`)
