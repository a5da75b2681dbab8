/** Requests to docspool's HTTP interface, in this process or in another. */

import { z } from 'zod'

export interface ServiceRequest {
  method?: 'POST'
  headers?: Record<string, string>
  body?: string
  signal?: AbortSignal | undefined
}

export interface Service {
  /** @param path - With its query; starts with `/`. */
  fetch(path: string, request?: ServiceRequest): Promise<Response>
  /** Called with a notice that the reader of an answer must see about the documents that the answer is from. */
  notice?(text: string): void
}

const Problem = z.looseObject({ code: z.string(), detail: z.string(), hint: z.string().nullable().optional() })

/** Thrown when the service refuses a request. The message is for the reader. */
export class Refused extends Error {
  readonly code: string
  /** The message without the hint, which names tools, and without the code. */
  readonly detail: string
  readonly status: number
  /** Further members of the problem. */
  readonly more: Record<string, unknown>

  constructor(status: number, { code, detail, hint, ...more }: z.infer<typeof Problem>) {
    super(`${detail}${hint == null ? '' : ` ${hint}`} (${code})`)
    this.code = code
    this.detail = detail
    this.status = status
    this.more = more
  }
}

/** More than any source file that a set keeps. */
const MAX_TEXT_BYTES = 16 * 1_048_576
const MAX_PROBLEM_BYTES = 1_048_576
const JSON_TYPE = 'application/json'

/** @throws {Refused} Also with `TOO_LARGE` for more than 16 MiB. */
export async function readJson<T extends z.ZodType>(
  service: Service,
  path: string,
  schema: T,
  { headers, ...request }: ServiceRequest = {},
): Promise<z.output<T>> {
  const response = await ask(service, path, { ...request, headers: { accept: JSON_TYPE, ...headers } })
  return schema.parse(JSON.parse(await textOf(response, path, MAX_TEXT_BYTES)))
}

/**
 * @param maxBytes - A longer text is refused with `TOO_LARGE` as soon as that is known.
 * @throws {Refused}
 */
export async function readText(
  service: Service,
  path: string,
  { maxBytes = MAX_TEXT_BYTES, ...request }: ServiceRequest & { maxBytes?: number } = {},
): Promise<string> {
  return await textOf(await ask(service, path, request), path, maxBytes)
}

async function textOf(response: Response, path: string, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    bytes += next.value.length
    if (bytes > maxBytes) {
      await reader?.cancel()
      const detail = `${path.slice(0, 300)} has more than ${Math.floor(maxBytes / 1_048_576)} MiB.`
      throw new Refused(413, {
        code: 'TOO_LARGE',
        detail,
        hint: 'Read it over HTTP, or with a tool that reads it in parts.',
      })
    }
    text += decoder.decode(next.value, { stream: true })
  }
  return text + decoder.decode()
}

/** The JSON of an error response; `undefined` for anything else. */
async function bodyOf(response: Response, path: string): Promise<unknown> {
  try {
    return JSON.parse(await textOf(response, path, MAX_PROBLEM_BYTES))
  } catch {
    return undefined
  }
}

/**
 * A successful response; one redirect within the service is followed. `//host` and `/\\host` are other services.
 *
 * @throws {Refused}
 */
export async function ask(service: Service, path: string, request: ServiceRequest = {}): Promise<Response> {
  const first = await service.fetch(path, request)
  const location = first.headers.get('location')
  const isMoved = first.status >= 301 && first.status <= 308 && location !== null && /^\/(?![/\\])/.test(location)
  const response = isMoved ? await service.fetch(location, request) : first
  if (response.ok) return response
  const problem = Problem.safeParse(await bodyOf(response, path))
  if (problem.success) throw new Refused(response.status, problem.data)
  throw new Refused(response.status, {
    code: 'UNEXPECTED',
    detail: `The service answered ${response.status}.`,
    hint: null,
  })
}
