/** `docspool search`: searches all repositories of a server. */

import { CROSS_SEARCH_PATH, CrossSearchAnswer } from '#http/cross-search.ts'
import { kindText } from '#templates/format.ts'
import { call, type Service } from './service-client.ts'
import { say, sayJson } from './terminal.ts'

export interface SearchCommand {
  service: Service
  signal: AbortSignal
  /** Including its filters. */
  query: string
  json: boolean
}

/** @throws {ReportedError} The server refuses. @throws {ServerUnreachable} */
export async function runSearch({ service, signal, query, json }: SearchCommand): Promise<void> {
  const path = `${CROSS_SEARCH_PATH}?${new URLSearchParams({ q: query })}`
  const answer = await call(service, CrossSearchAnswer, path, { signal })
  if (json) return sayJson(answer.results)
  if (answer.corrected !== null) say(`Nothing matches as typed; showing results for: ${answer.corrected}`)
  for (const { title, kind, language, repository_name, file, line, text, href } of answer.results) {
    const place = file === null ? '' : `  ${file}${line === null ? '' : `:${line}`}`
    say(
      `${title}  (${kindText(kind, language)})  ${repository_name}${place}\n  ${new URL(href, service.origin).href}${text === '' ? '' : `\n  ${text}`}`,
    )
  }
  if (answer.results.length === 0) say('Nothing found.')
  if (answer.unknown_filters.length > 0)
    say(`Unknown repository, language or kind: ${answer.unknown_filters.join(', ')}`)
  if (!answer.complete) say('The index is being built; there may be more results.')
}
